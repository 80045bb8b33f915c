"""Names, fields, constants and parts of lists, written anew. Pure."""

from __future__ import annotations

import ast

from xiuhua.cases.checker.fields import BLOCKS, FIELDS, LISTS
from xiuhua.cases.checker.notation.base import Base
from xiuhua.cases.checker.notation.words import ACT_FIELDS, BARE, LARGEST, LONGEST
from xiuhua.cases.checker.notation.written import Code, Refused


class Values(Base):
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
            self.note_read("case.procedure")
            return Code(f"z_{name}")
        if name in LISTS:
            self.note_read(name)
            self.written.names[f"l_{name}"] = (name, "")
            return Code(f"l_{name}", f"{name}[]")
        raise Refused(f"“{name}” is no field, function or variable here")

    def _attribute(self, node: ast.Attribute) -> Code:
        base = node.value
        if isinstance(base, ast.Name) and base.id in BLOCKS and base.id not in self.variables:
            block, name = base.id, node.attr
            kind = self._kind(block, name)
            local = f"f_{block}__{name}"
            self.written.names[local] = (block, name)
            self.note_read(f"{block}.{name}")
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
