"""The notation of the rules: an expression is read with `ast`, held to a white list, and written anew. Pure.

Nothing of the text is ever evaluated. Each node that is allowed is put down in code of our own making, in which a
missing field is None: empty, false, of length 0, and in no order to anything. Names are fields of the file
(`fields.FIELDS`), the functions of `FUNCTIONS`, and the variables of `any(… for x in …)`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from xiuhua.cases.checker.fields import BLOCKS, FIELDS, LISTS

LONGEST = 1000  # characters of one expression
LARGEST = 10**9

# Functions of the file alone: worked out once for a file. `ordinary` and `summary` stand without brackets.
OF_THE_FILE = frozenset({
    "acts", "decided_or_closed", "demand_due", "hearing_due", "investigators", "limit_kind", "paid", "pay_due", "penal",
    "recording_required", "request_in_time", "review_required", "suspended_days",
})  # fmt: skip
BARE = frozenset({"ordinary", "summary"})
# name → how many arguments. The first group reads the file, the second only its arguments.
READING: Mapping[str, int] = {
    "officer": 1, "svc": 1, "eff": 1, "recorded": 1, "remedy_days_in": 2, "measure_days": 1, "test_days": 1,
    "tier_contains": 4,
}  # fmt: skip
PLAIN: Mapping[str, int] = {
    "days": 2, "wd": 2, "wdays": 2, "add_days": 2, "add_months": 2, "add_years": 2, "hours": 2, "overlap": 4, "d": 1,
    "age_on": 2, "night": 1, "legal_holiday": 1, "in_order": 2, "re_ten": 1, "usci_ok": 1, "money": 1, "kinds_of": 1,
    "min": 2, "max": 2,
}  # fmt: skip
INLINE: Mapping[str, int] = {
    "missing": 1, "present": 1, "before": 2, "after": 2, "len": 1, "set": 1, "sum": 1, "any": 1,
}  # fmt: skip
# What the rows are that a function gives back, or walks over.
ROWS_OF = {"officer": "officers[]", "svc": "services[]", "recorded": "recording[]", "acts": "acts[]"}
ACT_FIELDS = {"on": "day", "officer_ids": "ids", "certificate_shown": "flag"}

_ORDER = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
_SAME = {ast.Eq: "==", ast.NotEq: "!=", ast.Is: "is", ast.IsNot: "is not"}
_WITHIN = {ast.In: "in", ast.NotIn: "not in"}
_ARITHMETIC = {ast.Add: "plus", ast.Sub: "minus", ast.Mult: "times", ast.BitAnd: "shared"}


class Refused(ValueError):
    """An expression that is not in the notation; the message says what of it and why."""


@dataclass(frozen=True, slots=True)
class Code:
    """A part of an expression, written anew. `rows` names the fields of the row (or of the rows) that it gives."""

    text: str
    rows: str = ""


@dataclass
class Written:
    """An expression, written anew.

    `fields` are the paths it reads, `once` the local names worked out once for a file with the code of each, `names`
    the local names of fields, `parameters` what it asks of `param`. `reads` are the
    fields, those of rows too, and the questions. `lists` are its outer `any(…)`: what is walked
    over, and the code for the places of the hits. `loop` is the whole as a loop and the test in it, where it is one.
    """

    code: str = ""
    fields: list[str] = field(default_factory=list)
    once: dict[str, str] = field(default_factory=dict)
    names: dict[str, tuple[str, str]] = field(default_factory=dict)
    lists: list[tuple[str, str]] = field(default_factory=list)
    parameters: set[str] = field(default_factory=set)
    reads: set[str] = field(default_factory=set)
    loop: tuple[str, str] | None = None


def write(text: str, day: str = "day") -> Written:
    """`text` written anew; `param` asks for the local name `day`. Raises Refused with the reason."""
    if len(text) > LONGEST:
        raise Refused(f"longer than {LONGEST} characters")
    try:
        tree = ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Refused(f"cannot be read: {error.args[0]}") from None
    writer = _Writer(day)
    writer.written.code = writer.of(tree.body).text
    writer.loop(tree.body)
    return writer.written


def _is_there(node: ast.expr) -> bool:
    """Whether a value is never missing: a constant, a length."""
    is_length = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len"
    return isinstance(node, ast.Constant) or is_length


class _Writer:
    def __init__(self, day: str) -> None:
        self.written = Written()
        self.day = day
        self.variables: dict[str, str] = {}
        self.inside = 0  # how many `not` and `any` we are in: only an outer `any` is a list of hits
        self._temporary = 0

    def loop(self, node: ast.expr) -> None:
        """Where the whole is one `any(…)` over one list, a plain loop does the same and is faster."""
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "any"):
            return
        walk = node.args[0]
        if isinstance(walk, ast.GeneratorExp) and len(walk.generators) == 1 and not walk.generators[0].ifs:
            self.inside += 1
            _, line = self._loop(walk.generators[0])
            self.written.loop = (line, self.of(walk.elt).text)

    def of(self, node: ast.expr) -> Code:
        write: Callable[[ast.expr], Code] | None = getattr(self, f"_{type(node).__name__.lower()}", None)
        if write is None:
            raise Refused(f"“{type(node).__name__}” is not in the notation")
        return write(node)

    def _held(self, node: ast.expr) -> tuple[str, str]:
        """Code that names a value once, and code that names it again."""
        text = self.of(node).text
        if text.isidentifier() or _is_there(node):
            return text, text
        self._temporary += 1
        return f"(t_{self._temporary} := {text})", f"t_{self._temporary}"

    def _constant(self, node: ast.Constant) -> Code:
        value = node.value
        number = type(value) in (int, float) and -LARGEST < value < LARGEST  # type: ignore[operator]
        if value is None or type(value) in (bool, str) or number:
            return Code(repr(value))
        raise Refused(f"“{value!r}” is no text, number or flag")

    def _name(self, node: ast.Name) -> Code:
        name = node.id
        if name in self.variables:
            return Code(f"v_{name}", self.variables[name])
        if name in BARE:
            self.written.once[f"z_{name}"] = f"fn_{name}(file)"
            self._reads("case.procedure")
            return Code(f"z_{name}")
        if name in LISTS:
            self._reads(name)
            self.written.names[f"l_{name}"] = (name, "")
            return Code(f"l_{name}", f"{name}[]")
        raise Refused(f"“{name}” is no field, function or variable here")

    def _reads(self, path: str) -> None:
        self.written.reads.add(path)
        if path not in self.written.fields:
            self.written.fields.append(path)

    def _attribute(self, node: ast.Attribute) -> Code:
        base = node.value
        if isinstance(base, ast.Name) and base.id in BLOCKS and base.id not in self.variables:
            block, name = base.id, node.attr
            kind = self._kind(block, name)
            local = f"f_{block}__{name}"
            self.written.names[local] = (block, name)
            self._reads(f"{block}.{name}")
            return Code(local, f"{block}.{name}[]" if kind == "rows" else "")
        row = self.of(base)
        self._kind(row.rows, node.attr)
        self.written.reads.add(f"{row.rows.replace('[]', '')}.{node.attr}")
        simple = row.text.isidentifier()
        return Code(f"{row.text if simple else f'({row.text} or EMPTY)'}.get({node.attr!r})")

    def _kind(self, where: str, name: str) -> str:
        known = ACT_FIELDS if where == "acts[]" else FIELDS.get(where, {})
        if name not in known:
            raise Refused(f"“{where or '?'}.{name}” is no field of the file")
        return known[name]

    def _boolop(self, node: ast.BoolOp) -> Code:
        word = " and " if isinstance(node.op, ast.And) else " or "
        parts = [self.of(value) for value in node.values]
        return Code(f"({word.join(part.text for part in parts)})", parts[0].rows)

    def _unaryop(self, node: ast.UnaryOp) -> Code:
        if not isinstance(node.op, ast.Not):
            raise Refused(f"“{type(node.op).__name__}” is not in the notation")
        self.inside += 1
        text = self.of(node.operand).text
        self.inside -= 1
        return Code(f"(not {text})")

    def _ifexp(self, node: ast.IfExp) -> Code:
        test, yes, no = (self.of(part).text for part in (node.test, node.body, node.orelse))
        return Code(f"({yes} if {test} else {no})")

    def _binop(self, node: ast.BinOp) -> Code:
        name = _ARITHMETIC.get(type(node.op))
        if name is None:
            raise Refused(f"“{type(node.op).__name__}” is not in the notation")
        return Code(f"fn_{name}({self.of(node.left).text}, {self.of(node.right).text})")

    def _compare(self, node: ast.Compare) -> Code:
        parts, left = [], node.left
        for op, right in zip(node.ops, node.comparators, strict=True):
            parts.append(self._compared(left, op, right))
            left = right
        return Code(parts[0] if len(parts) == 1 else f"({' and '.join(parts)})")

    def _compared(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> str:
        if type(op) in _ORDER:
            return self._ordered(left, _ORDER[type(op)], right)
        if type(op) in _SAME:
            if isinstance(op, (ast.Is, ast.IsNot)) and not (
                isinstance(right, ast.Constant) and right.value is None
            ):
                raise Refused("“is” compares with None only")
            return f"({self.of(left).text} {_SAME[type(op)]} {self.of(right).text})"
        among = self.of(right).text
        literal = isinstance(right, (ast.Tuple, ast.Set, ast.ListComp)) or among.startswith("z_")
        return f"({self.of(left).text} {_WITHIN[type(op)]} {among if literal else f'({among} or ())'})"

    def _ordered(self, left: ast.expr, sign: str, right: ast.expr) -> str:
        """True where both are there and in this order."""
        (a, again_a), (b, again_b) = self._held(left), self._held(right)
        there = [f"{text} is not None" for node, text in ((left, a), (right, b)) if not _is_there(node)]
        return f"({' and '.join([*there, f'{again_a} {sign} {again_b}'])})"

    def _subscript(self, node: ast.Subscript) -> Code:
        of = self.of(node.value)
        if isinstance(node.slice, ast.Slice):
            low, high = (self._whole(part) for part in (node.slice.lower, node.slice.upper))
            return Code(f"fn_cut({of.text}, {low}, {high})")
        return Code(f"fn_at({of.text}, {self._whole(node.slice)})", of.rows)

    def _whole(self, node: ast.expr | None) -> int:
        if isinstance(node, ast.Constant) and type(node.value) is int and 0 <= node.value < LONGEST:
            return node.value
        raise Refused("a place in a list or a text is a whole number")

    def _tuple(self, node: ast.Tuple | ast.List | ast.Set) -> Code:
        if not all(isinstance(item, ast.Constant) for item in node.elts):
            raise Refused("a list in an expression holds texts and numbers only")
        items = "".join(f"{self.of(item).text}, " for item in node.elts)
        return Code(f"{{{items}}}" if isinstance(node, ast.Set) else f"({items})")

    _list = _set = _tuple

    def _listcomp(self, node: ast.ListComp) -> Code:
        return Code(f"[{self._walk(node)[1]}]")

    def _walk(self, node: ast.ListComp | ast.GeneratorExp) -> tuple[Code, str]:
        """What is walked over first, and the whole without its brackets."""
        before, self.inside = dict(self.variables), self.inside + 1
        first, loops = None, []
        for loop in node.generators:
            over, line = self._loop(loop)
            first = first or over
            loops.append(line)
        assert first is not None
        text = f"{self.of(node.elt).text} {' '.join(loops)}"
        self.variables, self.inside = before, self.inside - 1
        return first, text

    def _loop(self, loop: ast.comprehension) -> tuple[Code, str]:
        if not isinstance(loop.target, ast.Name) or loop.is_async:
            raise Refused("a walk names one variable")
        name = loop.target.id
        if name in FIELDS or name in LISTS or not name.isascii():
            raise Refused(f"the variable “{name}” is called like a block")
        over = self.of(loop.iter)
        self.variables[name] = over.rows
        text = f"({over.text} or ())"
        tests = "".join(f" if {self.of(test).text}" for test in loop.ifs)
        return Code(text, over.text), f"for v_{name} in {text}{tests}"

    def _call(self, node: ast.Call) -> Code:
        if not isinstance(node.func, ast.Name) or node.keywords:
            raise Refused("only the functions of the notation are called")
        name, given = node.func.id, node.args
        wanted = 0 if name in OF_THE_FILE else {**READING, **PLAIN, **INLINE, "param": 1}.get(name)
        if wanted is None:
            raise Refused(f"there is no function “{name}”")
        if len(given) != wanted and not (name == "set" and not given):
            raise Refused(f"“{name}” takes {wanted} arguments, not {len(given)}")
        if name in OF_THE_FILE:
            self.written.once[f"z_{name}"] = f"fn_{name}(file)"
            self._reads(f"{name}()")
            return Code(f"z_{name}", ROWS_OF.get(name, ""))
        if name in INLINE:
            return Code(self._inline(name, given))
        if name == "param":
            return self._param(given[0])
        return self._named(name, given)

    def _param(self, node: ast.expr) -> Code:
        if not isinstance(node, ast.Constant) or type(node.value) is not str:
            raise Refused("“param” names a parameter")
        self.written.parameters.add(node.value)
        return Code(f"fn_param({self.day}, {node.value!r})")

    def _named(self, name: str, given: Sequence[ast.expr]) -> Code:
        arguments = ", ".join(self.of(part).text for part in given)
        if name in READING:
            self.written.reads.add(f"{name}()")
        if name == "officer":
            self.written.once["z_staff"] = "fn_staff(file)"
            return Code(f"z_staff.get({arguments})", ROWS_OF[name])
        text = f"fn_{name}({f'file, {arguments}' if name in READING else arguments})"
        if name in READING and all(isinstance(part, ast.Constant) for part in given):
            # The same question of many rules: worked out once for a file.
            local = f"z_{name}_" + "_".join(
                str(part.value) for part in given if isinstance(part, ast.Constant)
            )
            if local.isidentifier():
                self._reads(f"{name}({arguments})")
                self.written.once[local] = text
                return Code(local, ROWS_OF.get(name, ""))
        return Code(text, ROWS_OF.get(name, ""))

    def _inline(self, name: str, given: Sequence[ast.expr]) -> str:
        if name in ("missing", "present"):
            return f"({self.of(given[0]).text} {'is' if name == 'missing' else 'is not'} None)"
        if name in ("before", "after"):
            return self._ordered(given[0], "<" if name == "before" else ">", given[1])
        if name == "any":
            return self._any(given[0])
        if name == "sum" and isinstance(given[0], ast.GeneratorExp):
            return f"fn_sum([{self._walk(given[0])[1]}])"
        if name == "sum":
            raise Refused("“sum” adds up a walk over a list")
        text = self.of(given[0]).text if given else "()"
        return f"{name}({text} or ())"

    def _any(self, node: ast.expr) -> str:
        if not isinstance(node, ast.GeneratorExp):
            raise Refused("“any” asks a walk over a list")
        outer = not self.inside
        over, text = self._walk(node)
        if outer and isinstance(node.generators[0].iter, (ast.Name, ast.Attribute, ast.Call)):
            self._find(node, over)
        cheap = f"{over.rows} and " if over.rows.isidentifier() else ""
        return f"({cheap}any({text}))"

    def _find(self, node: ast.GeneratorExp, over: Code) -> None:
        """The places of the first list at which the walk finds something."""
        before, self.inside = dict(self.variables), self.inside + 1
        first, *rest = node.generators
        self._loop(first)
        assert isinstance(first.target, ast.Name)
        variable = f"v_{first.target.id}"
        tests = [f"if {self.of(test).text}" for test in first.ifs]
        loops = [self._loop(loop)[1] for loop in rest]
        inner = f"any({self.of(node.elt).text} for v__ in (0,) {' '.join([*tests, *loops])})"
        self.variables, self.inside = before, self.inside - 1
        label = ast.unparse(first.iter)
        self.written.lists.append((label, f"[i for i, {variable} in enumerate({over.text}) if {inner}]"))
