"""Calls of the functions of the notation, written anew. Pure."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from xiuhua.cases.checker.notation.logic import Logic
from xiuhua.cases.checker.notation.walks import Walks
from xiuhua.cases.checker.notation.words import INLINE, OF_THE_FILE, PLAIN, READING, ROWS_OF
from xiuhua.cases.checker.notation.written import Code, Refused


class Calls(Logic, Walks):
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
            self.note_read(f"{name}()")
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
            if local.isidentifier() and local.isascii():
                self.note_read(f"{name}({arguments})")
                self.written.once[local] = text
                return Code(local, ROWS_OF.get(name, ""))
        return Code(text, ROWS_OF.get(name, ""))

    def _inline(self, name: str, given: Sequence[ast.expr]) -> str:
        if name in ("missing", "present"):
            return f"({self.of(given[0]).text} {'is' if name == 'missing' else 'is not'} None)"
        if name in ("before", "after"):
            return self.ordered(given[0], "<" if name == "before" else ">", given[1])
        if name == "any":
            return self.any_of(given[0])
        if name == "sum" and isinstance(given[0], ast.GeneratorExp):
            return f"fn_sum([{self.walk(given[0])[1]}])"
        if name == "sum":
            raise Refused("“sum” adds up a walk over a list")
        text = self.of(given[0]).text if given else "()"
        return f"{name}({text} or ())"
