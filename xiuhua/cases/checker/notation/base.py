"""How parts of an expression are written anew: what each kind of writer needs. Pure."""

from __future__ import annotations

import ast
from collections.abc import Callable

from xiuhua.cases.checker.notation.words import DEEPEST
from xiuhua.cases.checker.notation.written import Code, Refused, Written


def is_there(node: ast.expr) -> bool:
    """Whether a value is never missing: a constant, a length."""
    is_length = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len"
    return isinstance(node, ast.Constant) or is_length


class Base:
    """`variables` are those of the walks around, with the rows they stand for. `inside` counts the walks and the `not`
    around: only an outer `any` is a list of hits.
    """

    def __init__(self, day: str) -> None:
        self.written = Written()
        self.day = day
        self.variables: dict[str, str] = {}
        self.inside = 0
        self._temporary = 0
        self._depth = 0

    def of(self, node: ast.expr) -> Code:
        """One part, by the writer of its kind. Raises Refused for a kind that is not in the notation."""
        write: Callable[[ast.expr], Code] | None = getattr(self, f"_{type(node).__name__.lower()}", None)
        if write is None:
            raise Refused(f"“{type(node).__name__}” is not in the notation")
        self._depth += 1
        if self._depth > DEEPEST:
            raise Refused(f"more than {DEEPEST} parts within parts")
        found = write(node)
        self._depth -= 1
        return found

    def held(self, node: ast.expr) -> tuple[str, str]:
        """Code that names a value once, and code that names it again."""
        text = self.of(node).text
        if text.isidentifier() or is_there(node):
            return text, text
        self._temporary += 1
        return f"(t_{self._temporary} := {text})", f"t_{self._temporary}"

    def note_read(self, path: str) -> None:
        self.written.reads.add(path)
        if path not in self.written.fields:
            self.written.fields.append(path)
