"""What a procedure beside the main road is: its tables, its forms, where its facts lie in the file. Pure.

Rules of the file
1. A seizure, a hearing, a payment or a suit walks a table of its own, in a state of its own, while the case stands
   where it stands. Of some (seizures, suits) a case may have several at once; each is a matter with a number.
2. A matter states its facts in a block of its own. Where a case may have several, the file of the case shows each
   block as a row of the list `kept_in`, with the key `state` beside it; where there is one, the block itself.
3. Whatever else a matter states (services, documents, payments) belongs to the case and lies where the case keeps it.
4. The guards of a matter read the file of the case with the block of the matter in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from xiuhua.cases.procedure.facts.deriving import Derive, Fragment
from xiuhua.cases.procedure.facts.field import Fields
from xiuhua.cases.procedure.moves import Move, Table
from xiuhua.kernel.workdays import Calendar

# A day that stands nowhere in the file but follows from it; None while it does not.
Reckon = Callable[[Mapping[str, Any], Calendar], date | None]
# Adds to the facts of a step what follows from the file and from the parameters in force on a day.
Complete = Callable[[Fragment, Mapping[str, Any], Callable[[date], Mapping[str, Any]]], None]


@dataclass(frozen=True, slots=True)
class Side:
    """A procedure beside the main road.

    block       where a matter keeps its facts, such as `measure`
    kept_in     the list of the case's file in which each matter is a row (`measures`); empty: one at a time
    kept_once   key of the block that a matter must have stated before it is such a row: what was only asked for, or
                refused, is nothing that a case has to settle
    apart       the parties each of whom has one of its own (see `guards.apart`); none where the case has it as a whole
    begins_at   the states from which a matter may begin, the first of them the usual one
    begins_in   the states of the case in which a new matter may begin; empty: any that is not the end
    tables      one for each text of the law, the oldest first
    forms       move → its form
    fixed       move → path → what the move states by being that move
    derived     move → what follows from the typed facts, as in `facts.deriving`
    numbers     kind of document → block in which its number stands as `number`, or `block.key`
    issued_by   kind of document → the moves that issue it, where others of its moves only read or hand it on
    events      event of a clock → path of its day or moment in the file of the matter
    ends        move without a clock of its own → path of the day until which it should come, or that it waits for
    families    move → family of `periods`: its row of the day of the event counts, where the law of the period changed
                on another day than the table
    about       path in the block of a matter of the kind of document that it is about; empty for most
    reckoned    event of a clock → its day, where that must be reckoned anew from what happened since
    starts      move → procedure and first move of a new matter that it begins in the same act
    opens       move → the last day on which it may not be made yet, where the law makes it wait beside its clock
    until       move without a clock of its own → the last day before it may or must come, reckoned from the file
    completes   move → what the platform adds to its facts from the file (such as a surcharge up to the day paid)
    while_in    move → the states of the case in which alone it may be made; a move not named goes on whatever came
    followers   moves that nobody makes, neither people nor time: they follow a step of the main road
    """

    procedure: str
    label_zh: str
    label_en: str
    block: str
    kept_in: str
    begins_at: tuple[str, ...]
    begins_in: frozenset[str]
    tables: tuple[Table, ...]
    forms: Mapping[str, Fields]
    fixed: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    events: Mapping[str, str] = field(default_factory=dict)
    ends: Mapping[str, str] = field(default_factory=dict)
    derived: Mapping[str, tuple[Derive, ...]] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    issued_by: Mapping[str, frozenset[str]] = field(default_factory=dict)
    families: Mapping[str, str] = field(default_factory=dict)
    about: str = ""
    reckoned: Mapping[str, Reckon] = field(default_factory=dict)
    opens: Mapping[str, Reckon] = field(default_factory=dict)
    kept_once: str = ""
    apart: Callable[[Mapping[str, Any]], Sequence[str]] | None = None
    starts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    until: Mapping[str, Reckon] = field(default_factory=dict)
    completes: Mapping[str, Complete] = field(default_factory=dict)
    followers: frozenset[str] = frozenset()
    while_in: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def table_on(self, day: date) -> Table:
        """The table in force on `day`; before the first one, the first."""
        held = [t for t in self.tables if t.valid_from is None or t.valid_from <= day]
        return held[-1] if held else self.tables[0]

    def goes_on(self, move: str, state: str) -> bool:
        """Whether the move may be made while the case stands in `state`; "" where that is not known."""
        return not state or move not in self.while_in or state in self.while_in[move]

    def beginnings(self, day: date) -> list[Move]:
        """The moves with which a matter may begin, in the order of the table."""
        return [m for m in self.table_on(day).moves if m.source in self.begins_at]
