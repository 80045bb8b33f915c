"""Walks over lists, written anew: `any(… for x in …)`, sums, and the places at which a walk finds something. Pure."""

from __future__ import annotations

import ast

from xiuhua.cases.checker.fields import FIELDS, LISTS
from xiuhua.cases.checker.notation.base import Base
from xiuhua.cases.checker.notation.written import Code, Refused


class Walks(Base):
    def _listcomp(self, node: ast.ListComp) -> Code:
        return Code(f"[{self.walk(node)[1]}]")

    def walk(self, node: ast.ListComp | ast.GeneratorExp) -> tuple[Code, str]:
        """What is walked over first, and the whole without its brackets."""
        before, self.inside = dict(self.variables), self.inside + 1
        first, loops = None, []
        for loop in node.generators:
            over, line = self.line(loop)
            first = first or over
            loops.append(line)
        assert first is not None
        text = f"{self.of(node.elt).text} {' '.join(loops)}"
        self.variables, self.inside = before, self.inside - 1
        return first, text

    def line(self, loop: ast.comprehension) -> tuple[Code, str]:
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

    def any_of(self, node: ast.expr) -> str:
        if not isinstance(node, ast.GeneratorExp):
            raise Refused("“any” asks a walk over a list")
        outer = not self.inside
        over, text = self.walk(node)
        if outer and isinstance(node.generators[0].iter, (ast.Name, ast.Attribute, ast.Call)):
            self._find(node, over)
        cheap = f"{over.rows} and " if over.rows.isidentifier() else ""
        return f"({cheap}any({text}))"

    def _find(self, node: ast.GeneratorExp, over: Code) -> None:
        """The places of the first list at which the walk finds something."""
        before, self.inside = dict(self.variables), self.inside + 1
        first, *rest = node.generators
        self.line(first)
        assert isinstance(first.target, ast.Name)
        variable = f"v_{first.target.id}"
        tests = [f"if {self.of(test).text}" for test in first.ifs]
        loops = [self.line(loop)[1] for loop in rest]
        inner = f"any({self.of(node.elt).text} for v__ in (0,) {' '.join([*tests, *loops])})"
        self.variables, self.inside = before, self.inside - 1
        label = ast.unparse(first.iter)
        self.written.lists.append((label, f"[i for i, {variable} in enumerate({over.text}) if {inner}]"))

    def loop(self, node: ast.expr) -> None:
        """Where the whole is one `any(…)` over one list, a plain loop does the same and is faster."""
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "any"):
            return
        walk = node.args[0]
        if isinstance(walk, ast.GeneratorExp) and len(walk.generators) == 1 and not walk.generators[0].ifs:
            self.inside += 1
            _, line = self.line(walk.generators[0])
            self.written.loop = (line, self.of(walk.elt).text)
