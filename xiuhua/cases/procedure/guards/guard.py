"""What a guard is. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.setting import Setting

Check = Callable[[File, Setting], bool]


class Reads(StrEnum):
    """FILE: can be judged before the move states anything. FACTS: depends on what its own form will say."""

    FILE = "file"
    FACTS = "facts"


@dataclass(frozen=True, slots=True)
class Guard:
    """One condition of a move. `sentence` is told when it is not met; `meaning` says what must be true.

    `article` is the number in the newest text, empty for a rule of the agency; see `articles` for older days.
    """

    name: str
    check: Check
    reads: Reads
    article: str
    sentence: str
    meaning: str
