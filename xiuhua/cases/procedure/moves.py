"""The shapes of a procedure table: states, moves, clocks. Pure data.

A table is one procedure in one text of the law. A move leaves one state and enters one (the same, where it only
adds to the file); it names who may make it, the guards that must be true after its facts are in the file, the
papers it may produce, the clock it stands under and the articles it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class Certainty(StrEnum):
    """How well a row is founded: the text was read; a second source was seen; written from memory."""

    READ = "read"
    CHECKED = "checked"
    MEMORY = "memory"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class State:
    """A station of a case. From a final state no move leads away, but for a closed case whose decision fell later."""

    id: str
    label: str
    final: bool = False


@dataclass(frozen=True, slots=True)
class ClockRule:
    """A move should come within `length` `unit`s of `start_event`; the day of the event does not count."""

    start_event: str
    length: int
    unit: str


@dataclass(frozen=True, slots=True)
class Move:
    """One row of a procedure table. `articles` are short citations such as "PPL21 §62".

    `states` is the path of the fact that the step must state to be this step, empty for none; None where `stating`
    knows it. A move that `waits` may come only when its clock has run out; the others should come before.
    """

    id: str
    label: str
    source: str
    target: str
    roles: frozenset[str]
    guards: tuple[str, ...]
    documents: tuple[str, ...]
    clock: ClockRule | None
    articles: tuple[str, ...]
    certainty: Certainty
    note: str = ""
    states: str | None = None
    waits: bool = False

    @property
    def stays(self) -> bool:
        """Adds to the file without leaving the state."""
        return self.source == self.target


def move(
    id: str,
    label: str,
    source: str,
    target: str,
    roles: str,
    *,
    guards: str = "",
    documents: str = "",
    clock: tuple[str, int, str] | None = None,
    law: str = "",
    certainty: Certainty = Certainty.READ,
    note: str = "",
    states: str | None = None,
    waits: bool = False,
) -> Move:
    """A row as the tables write it: roles, guards and documents apart by blanks, articles by semicolons."""
    return Move(
        id=id,
        label=label,
        source=source,
        target=target,
        roles=frozenset(roles.split()),
        guards=tuple(guards.split()),
        documents=tuple(documents.split()),
        clock=ClockRule(*clock) if clock else None,
        articles=tuple(a.strip() for a in law.split(";") if a.strip()),
        certainty=certainty,
        note=note,
        states=states,
        waits=waits,
    )


@dataclass(frozen=True, slots=True)
class Table:
    """A procedure in one text of the law, in force from `valid_from` to `valid_to`, both included; None is open."""

    procedure: str
    version: str
    valid_from: date | None
    valid_to: date | None
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    by_id: Mapping[str, Move] = field(init=False, repr=False, compare=False)
    by_state: Mapping[str, tuple[Move, ...]] = field(init=False, repr=False, compare=False)
    states_by_id: Mapping[str, State] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        leaving = {s.id: tuple(m for m in self.moves if m.source == s.id) for s in self.states}
        object.__setattr__(self, "by_id", MappingProxyType({m.id: m for m in self.moves}))
        object.__setattr__(self, "by_state", MappingProxyType(leaving))
        object.__setattr__(self, "states_by_id", MappingProxyType({s.id: s for s in self.states}))

    @property
    def initial(self) -> str:
        """Where a case begins unless it is said otherwise."""
        return self.states[0].id

    @property
    def beginnings(self) -> tuple[str, ...]:
        """Every state in which a case may begin: the first, and those into which no move leads."""
        entered = {m.target for m in self.moves if not m.stays}
        return (self.initial, *(s.id for s in self.states[1:] if s.id not in entered))

    def move(self, id: str) -> Move:
        """The move called `id`. Raises KeyError if this table has none."""
        return self.by_id[id]

    def leaving(self, state: str) -> tuple[Move, ...]:
        """The moves that leave `state`, in the order of the table; none for an unknown state."""
        return self.by_state.get(state, ())

    def state(self, id: str) -> State:
        """The state called `id`. Raises KeyError if this table has none."""
        return self.states_by_id[id]


ROLE_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "officer": "执法队员",
        "squad_legal_clerk": "法制员",
        "squad_head": "中队长",
        "brigade_head": "大队（支队）长",
        "case_centre_reviewer": "案件审理人员",
        "legal_reviewer": "法制审核人员",
        "bureau_deputy_head": "分管副局长",
        "bureau_head": "局长",
        "town_approver": "镇审批人",
        "publicity_clerk": "公示专员",
        "hearing_host": "听证主持人",
        "evidence_custodian": "证据保管员",
        "party": "当事人",
        "court": "人民法院",
        "reconsideration_body": "复议机关",
        "district_government": "区政府",
        "system": "系统",
    }
)
_SQUAD = frozenset({"officer", "squad_legal_clerk", "squad_head", "brigade_head"})
_OFFICE = frozenset(
    {"squad_legal_clerk", "squad_head", "brigade_head", "legal_reviewer", "case_centre_reviewer"}
)

# The party, courts and other bodies have no account: what they do is written down by these posts.
OUTSIDERS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "party": _SQUAD,
        "court": _OFFICE,
        "reconsideration_body": _OFFICE,
        "district_government": _OFFICE,
    }
)


def may_make(move: Move, roles: frozenset[str]) -> bool:
    """Whether someone with `roles` may make the move, or write it down for the party."""
    if not move.roles.isdisjoint(roles):
        return True
    return any(o in move.roles and not r.isdisjoint(roles) for o, r in OUTSIDERS.items())


def acting_role(move: Move, roles: Iterable[str]) -> str:
    """The role in which someone with `roles` may make the move, "party" where the party's act is written down.

    Empty where none of the roles will do.
    """
    held = frozenset(roles)
    for role in sorted(move.roles & held):
        return role
    for outsider, recorders in OUTSIDERS.items():
        if outsider in move.roles and held & recorders:
            return outsider
    return ""
