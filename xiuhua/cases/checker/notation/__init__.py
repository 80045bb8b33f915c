"""The notation of the rules: an expression is read with `ast`, held to a white list, and written anew. Pure.

Nothing of the text is ever evaluated. Each part that is allowed is put down in code of our own making, in which a
missing field is None: empty, false, of length 0, and in no order to anything. Names are fields of the file
(`fields.FIELDS`), the functions of `words`, and the variables of `any(… for x in …)`.
"""

from __future__ import annotations

import ast

from xiuhua.cases.checker.notation.calls import Calls
from xiuhua.cases.checker.notation.values import Values
from xiuhua.cases.checker.notation.words import LONGEST
from xiuhua.cases.checker.notation.written import Refused, Written

__all__ = ["Refused", "Written", "write"]


class _Writer(Values, Calls):
    """Every kind of part."""


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
