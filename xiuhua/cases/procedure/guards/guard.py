"""What a guard is. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.setting import Setting

Check = Callable[[File, Setting], bool]


class Reads(StrEnum):
    """FILE: can be judged before a move states anything. FACTS: depends on what the form of the move will say."""

    FILE = "file"
    FACTS = "facts"


@dataclass(frozen=True, slots=True)
class Guard:
    """One condition of a move. `sentence` is told when it is not met; `meaning` says what must be true.

    `article` is the number in the newest text, empty for a rule of the agency; see `articles` for older days.
    `stated_by` are the moves whose own form states what a FILE guard reads.
    """

    name: str
    check: Check
    reads: Reads
    article: str
    sentence: str
    meaning: str
    stated_by: frozenset[str] = frozenset()

    def judges_before(self, move_id: str) -> bool:
        """Whether it can be asked before the form of this move is filled in."""
        return self.reads is Reads.FILE and move_id not in self.stated_by
