"""A second reading of the notation, to hold the compiled one to: the tree is walked, one node after the other.

Nothing is shared with `notation` and `compiling` but the functions that are named in expressions. Slow and plain.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from xiuhua.cases.checker.law import functions
from xiuhua.cases.checker.rules import Rule
from xiuhua.cases.checker.tests.world import law, rules
from xiuhua.cases.checker.tidying import tidied

ORDER: Mapping[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
READ_THE_FILE = {
    "acts", "decided_or_closed", "demand_due", "hearing_due", "investigators", "limit_kind", "paid", "pay_due", "penal",
    "recording_required", "request_in_time", "review_required", "suspended_days", "svc", "eff", "recorded",
    "remedy_days_in", "measure_days", "test_days", "tier_contains",
}  # fmt: skip


class Walker:
    """Works out one expression over one file."""

    def __init__(self, file: Mapping[str, Any], key: str | None) -> None:
        self.file, self.key = file, key
        self.named = functions(law())

    def value(self, node: ast.expr, bound: Mapping[str, Any]) -> Any:
        match node:
            case ast.Constant():
                return node.value
            case ast.Name():
                return self._name(node.id, bound)
            case ast.Attribute():
                base = self.value(node.value, bound)
                return base.get(node.attr) if isinstance(base, Mapping) else None
            case ast.BoolOp():
                return self._logic(node, bound)
            case ast.UnaryOp():
                return not self.value(node.operand, bound)
            case ast.IfExp():
                return self.value(node.body if self.value(node.test, bound) else node.orelse, bound)
            case ast.Compare():
                return self._compared(node, bound)
            case ast.BinOp():
                return self._counted(node, bound)
            case ast.Subscript():
                return self._part(self.value(node.value, bound), node.slice)
            case ast.Tuple() | ast.List() | ast.Set():
                return [self.value(item, bound) for item in node.elts]
            case ast.GeneratorExp() | ast.ListComp():
                return [self.value(node.elt, inner) for inner in self._walked(node.generators, bound)]
            case ast.Call():
                assert isinstance(node.func, ast.Name)
                return self._called(node.func.id, [self.value(part, bound) for part in node.args])
        raise AssertionError(ast.dump(node))

    def _name(self, name: str, bound: Mapping[str, Any]) -> Any:
        if name in bound:
            return bound[name]
        if name in ("ordinary", "summary"):
            return self.file.get("case", {}).get("procedure") == name
        return self.file.get(name)

    def _logic(self, node: ast.BoolOp, bound: Mapping[str, Any]) -> Any:
        wanted, value = isinstance(node.op, ast.Or), None
        for part in node.values:
            value = self.value(part, bound)
            if bool(value) is wanted:
                break
        return value

    def _compared(self, node: ast.Compare, bound: Mapping[str, Any]) -> bool:
        values = [self.value(part, bound) for part in (node.left, *node.comparators)]
        return all(self._pair(op, a, b) for op, a, b in zip(node.ops, values, values[1:], strict=False))

    def _pair(self, op: ast.cmpop, a: Any, b: Any) -> bool:
        if isinstance(op, (ast.In, ast.NotIn)):
            return (a in list(b or ())) is isinstance(op, ast.In)
        if isinstance(op, (ast.Eq, ast.Is, ast.NotEq, ast.IsNot)):
            if {type(a), type(b)} == {list, set}:
                a, b = set(a), set(b)
            return (a == b) is isinstance(op, (ast.Eq, ast.Is))
        return a is not None and b is not None and bool(ORDER[type(op)](a, b))

    def _counted(self, node: ast.BinOp, bound: Mapping[str, Any]) -> Any:
        a, b = self.value(node.left, bound), self.value(node.right, bound)
        if a is None or b is None:
            return None
        match node.op:
            case ast.Add():
                return a + b
            case ast.Sub():
                return a - b
            case ast.Mult():
                return a * b
            case ast.BitAnd():
                return set(a) & set(b)
        raise AssertionError(ast.dump(node))

    def _part(self, value: Any, where: ast.expr) -> Any:
        if value is None:
            return None
        if isinstance(where, ast.Slice):
            assert isinstance(where.lower, ast.Constant)
            assert isinstance(where.upper, ast.Constant)
            return value[where.lower.value : where.upper.value]
        assert isinstance(where, ast.Constant)
        place = where.value
        return value[place] if isinstance(place, int) and place < len(value) else None

    def _walked(
        self, loops: list[ast.comprehension], bound: Mapping[str, Any]
    ) -> Iterator[Mapping[str, Any]]:
        if not loops:
            yield bound
            return
        loop, *rest = loops
        assert isinstance(loop.target, ast.Name)
        for item in self.value(loop.iter, bound) or ():
            inner = {**bound, loop.target.id: item}
            if all(self.value(test, inner) for test in loop.ifs):
                yield from self._walked(rest, inner)

    def _called(self, name: str, given: list[Any]) -> Any:
        match name, given:
            case "missing", [x]:
                return x is None
            case "present", [x]:
                return x is not None
            case "before", [a, b]:
                return a is not None and b is not None and a < b
            case "after", [a, b]:
                return a is not None and b is not None and a > b
            case "any", [found]:
                return any(found)
            case "len", [x]:
                return len(x or ())
            case "set", _:
                return set(given[0] or ()) if given else set()
            case "officer", [person]:
                return next((row for row in self.file.get("officers", ()) if row.get("id") == person), {})
            case "param", [asked]:
                return self.named["param"](self.key, asked)
        return self.named[name](self.file, *given) if name in READ_THE_FILE else self.named[name](*given)


def key_of(rule: Rule, file: Mapping[str, Any]) -> str | None:
    """The key date of a rule in the file, else the day of the decision, else that of the lead."""
    for path in (rule.key_date, "decision.decided_on", "case.lead_received_on"):
        block, _, name = path.partition(".")
        if value := file.get(block, {}).get(name):
            return str(value)[:10]
    return None


def walked(file: Mapping[str, Any]) -> frozenset[str]:
    """The rules that fire, read the slow way."""
    plain = tidied(file)
    return frozenset(rule.id for rule in rules() if _fires(rule, plain))


def _fires(rule: Rule, file: Mapping[str, Any]) -> bool:
    key = key_of(rule, file)
    if rule.valid_from and (key is None or key < rule.valid_from):
        return False
    if rule.valid_to and (key is None or key > rule.valid_to):
        return False
    walker = Walker(file, key)
    return all(
        walker.value(ast.parse(text, mode="eval").body, {}) for text in (rule.applies_when, rule.condition)
    )
