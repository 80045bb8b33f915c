"""All rules as one function, compiled once. Pure.

A rule's text is written anew by `notation`; here the parts are put together. What many rules read is read once: each
field, each question about the file, and each `applies_when`, which stands for all rules that share it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import CodeType
from typing import Any

from xiuhua.cases.checker.fields import BLOCKS
from xiuhua.cases.checker.notation import Written, write
from xiuhua.cases.checker.parsing import DECIDED, LEAD, Parsed
from xiuhua.cases.checker.rules import Rule

# What a rule may call besides the functions that it is handed: nothing else of Python is within its reach.
BUILTINS: Mapping[str, Any] = {
    "any": any, "len": len, "set": set, "enumerate": enumerate, "type": type, "dict": dict, "list": list, "str": str,
    "Exception": Exception,
}  # fmt: skip
Functions = Mapping[str, Callable[..., Any]]
Check = Callable[[Mapping[str, Any]], tuple[list[int], list[int]]]
Places = Callable[[Mapping[str, Any]], list[list[int]]]


def checked(parsed: Sequence[Parsed], functions: Functions) -> Check:
    """file → the indices of the rules that fire, and of those that cannot be judged on this file."""
    lines = ["def check(file):", " fired, unread = [], []"]
    lines += _read([w for p in parsed for w in (p.applies, p.condition, p.key)], _keys(parsed))
    groups: dict[str, list[int]] = {}
    for index, one in enumerate(parsed):
        groups.setdefault(one.applies.code, []).append(index)
    for code, members in groups.items():
        lines += _group(code, members, parsed)
    lines.append(" return fired, unread")
    made: Check = _made(lines, "check", functions)
    return made


def located(one: Parsed, functions: Functions) -> Places:
    """file → for each `any(…)` of the condition the places of its list at which it finds something."""
    found = ", ".join(code for _, code in one.condition.lists)
    lines = ["def places(file):", *_read([one.condition, one.key], _keys([one])), f" return [{found}]"]
    made: Places = _made(lines, "places", functions)
    return made


def _made(lines: Sequence[str], name: str, functions: Functions) -> Any:
    code: CodeType = compile("\n".join(lines), f"<rules: {name}>", "exec")
    space: dict[str, Any] = {f"fn_{called}": function for called, function in functions.items()}
    space |= {"EMPTY": {}, "UNREADABLE": Unreadable(), "__builtins__": dict(BUILTINS)}
    exec(code, space)  # noqa: S102 - code of our own making, see `notation`
    return space[name]


def _keys(parsed: Sequence[Parsed]) -> Mapping[str, str]:
    """Local name of a key date → local name of the field, for rules that ask for it."""
    asked = [
        p
        for p in parsed
        if p.rule.valid_from or p.rule.valid_to or p.condition.parameters or p.applies.parameters
    ]
    return {f"k_{name}": f"f_{name}" for p in asked for name in (p.rule.key_date.replace(".", "__"),)}


def _read(written: Sequence[Written], keys: Mapping[str, str]) -> list[str]:
    """The lines that read blocks, fields, lists, key dates and questions into local names."""
    names = {local: path for w in [*written, write(DECIDED), write(LEAD)] for local, path in w.names.items()}
    once = {local: code for w in written for local, code in w.once.items()}
    lines = []
    for name in sorted({block for block, _ in names.values() if block in BLOCKS}):
        lines += [f" b_{name} = file.get({name!r})", f" if type(b_{name}) is not dict: b_{name} = EMPTY"]
    for local, (block, name) in sorted(names.items()):
        if name:
            lines.append(f" {local} = b_{block}.get({name!r})")
        else:
            lines += [f" {local} = file.get({block!r})", f" if type({local}) is not list: {local} = ()"]
    decided, lead = (f"f_{path.replace('.', '__')}" for path in (DECIDED, LEAD))
    for local, of in keys.items():
        lines += [
            f" {local} = {of} or {decided} or {lead}",
            f" {local} = {local}[:10] if type({local}) is str else None",
        ]
    for local, code in once.items():
        lines += [" try:", f"  {local} = {code}", " except Exception:", f"  {local} = UNREADABLE"]
    return lines


def _group(applies: str, members: Sequence[int], parsed: Sequence[Parsed]) -> list[str]:
    lines = [
        " try:",
        f"  applies = True if {applies} else False",
        " except Exception:",
        f"  applies = False; unread += {list(members)}",
        " if applies:",
    ]
    for index in members:
        one = parsed[index]
        lines += ["  try:", *_judged(one, index), "  except Exception:", f"   unread.append({index})"]
    return lines


def _judged(one: Parsed, index: int) -> list[str]:
    force = _in_force(one.rule)
    if one.condition.loop is None:
        return [f"   if {' and '.join([*force, one.condition.code])}: fired.append({index})"]
    line, test = one.condition.loop
    return [
        f"   if {' and '.join(force) or 'True'}:",
        f"    {line}:",
        f"     if {test}:",
        f"      fired.append({index})",
        "      break",
    ]


def _in_force(rule: Rule) -> list[str]:
    """Tests that the key date lies in the version; without any date only rules without bounds hold."""
    key = f"k_{rule.key_date.replace('.', '__')}"
    tests = [f"{key} is not None"] if rule.valid_from or rule.valid_to else []
    if rule.valid_from:
        tests.append(f"{key} >= {rule.valid_from!r}")
    if rule.valid_to:
        tests.append(f"{key} <= {rule.valid_to!r}")
    return tests


class Unreadable:
    """Stands for an answer that could not be worked out: whatever is asked of it raises."""

    def _never(self, *_: Any) -> Any:
        raise TypeError("the file cannot be read here")

    __bool__ = __len__ = __iter__ = __contains__ = __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = (
        _never
    )
    __hash__ = None  # type: ignore[assignment]
