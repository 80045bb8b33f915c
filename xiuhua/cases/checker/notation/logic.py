"""And, or, not, comparisons and arithmetic, written anew. Pure."""

from __future__ import annotations

import ast

from xiuhua.cases.checker.notation.base import Base, is_there
from xiuhua.cases.checker.notation.words import ARITHMETIC, ORDER, SAME, WITHIN
from xiuhua.cases.checker.notation.written import Code, Refused


class Logic(Base):
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
        name = ARITHMETIC.get(type(node.op))
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
        if type(op) in ORDER:
            return self.ordered(left, ORDER[type(op)], right)
        if type(op) in SAME:
            if isinstance(op, (ast.Is, ast.IsNot)) and not (
                isinstance(right, ast.Constant) and right.value is None
            ):
                raise Refused("“is” compares with None only")
            return f"({self.of(left).text} {SAME[type(op)]} {self.of(right).text})"
        among = self.of(right).text
        literal = isinstance(right, (ast.Tuple, ast.Set, ast.ListComp)) or among.startswith("z_")
        return f"({self.of(left).text} {WITHIN[type(op)]} {among if literal else f'({among} or ())'})"

    def ordered(self, left: ast.expr, sign: str, right: ast.expr) -> str:
        """True where both are there and in this order."""
        (a, again_a), (b, again_b) = self.held(left), self.held(right)
        there = [f"{text} is not None" for node, text in ((left, a), (right, b)) if not is_there(node)]
        return f"({' and '.join([*there, f'{again_a} {sign} {again_b}'])})"
