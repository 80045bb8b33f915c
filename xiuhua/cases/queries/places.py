"""Where a move is made: on the main road of a case, or in a matter beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xiuhua.cases.models import Case, Matter
from xiuhua.cases.procedure import walk
from xiuhua.cases.procedure.demolition_road import DEMOLITION
from xiuhua.cases.procedure.facts.composing import compose_with
from xiuhua.cases.procedure.facts.deriving import DERIVED
from xiuhua.cases.procedure.facts.field import Fields
from xiuhua.cases.procedure.facts.fixed import FIXED
from xiuhua.cases.procedure.facts.shaping import forms_of, of_whom
from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards.apart import of_one, to_case
from xiuhua.cases.procedure.moves import Table
from xiuhua.cases.procedure.side import SIDES, Side
from xiuhua.cases.procedure.side.folding import Own, as_read_by, listed
from xiuhua.cases.procedure.tables import latest, table_on
from xiuhua.cases.queries.files import Folded, folded
from xiuhua.cases.queries.law import parameters_on, setting
from xiuhua.cases.queries.reach import roles_on
from xiuhua.kernel.authz import Actor

# Main roads that bring their own forms: their moves bear names that other procedures have as well.
OWN: Mapping[str, Side] = {DEMOLITION.procedure: DEMOLITION}


@dataclass(frozen=True, slots=True)
class Place:
    """A case or one of its matters on a day: the file as guards read it, the table in force, the state, the forms.

    `side` is what the procedure brings along; None where the forms and papers are those that the summary and the
    ordinary road share. `matter` is None on a main road, and for a matter that is only about to begin. `party`: whose
    it is, where each of several parties has one of its own; the file is then as that one has it.
    """

    case: Case
    file: File
    table: Table
    state: str
    forms: Mapping[str, Fields]
    side: Side | None = None
    matter: Matter | None = None
    party: str = ""

    @property
    def is_main_road(self) -> bool:
        """Whether this is the procedure of the case itself."""
        return self.table.procedure == self.case.procedure

    def has(self, move: str) -> bool:
        """Whether the procedure knows the move and has a form for it."""
        return move in self.table.by_id and move in self.forms

    def kept(self, facts: Mapping[str, Any]) -> Mapping[str, Any]:
        """What a step states here, as the file of the case keeps it."""
        return to_case(facts, self.party) if self.party else facts

    def compose(self, move: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """The facts that a step of `move` states. Raises ValueError for values that the checks would refuse."""
        if self.side is None:
            derived = DERIVED.get(move, ())
            return compose_with(self.forms[move], values, FIXED.get(move, {}), derived)
        fixed = self.side.fixed.get(move, {})
        facts = compose_with(self.forms[move], values, fixed, self.side.derived.get(move, ()))
        if complete := self.side.completes.get(move):
            complete(facts, self.file, parameters_on)
        return facts


def road_of(case: Case, on: date, file: File | None = None) -> Place:
    """The case on its main road."""
    found = folded(case) if file is None else None
    whole = listed(found[0], found[1].values()) if found else file or {}
    own = OWN.get(case.procedure)
    return Place(
        case, whole, table_on(case.procedure, on), case.state, own.forms if own else forms_of(whole), own
    )


def place_in(case: Case, side: Side, on: date, matter: Matter | None = None, party: str = "") -> Place:
    """One matter of the case, or a new one of its kind; of one of several parties where `party` names it."""
    file, own = folded(case)
    return _place(_Whole(case, listed(file, own.values()), own), side, on, matter, party)


@dataclass(frozen=True, slots=True)
class _Whole:
    """A case with its file, and by their ids what its matters have stated."""

    case: Case
    file: File
    own: Mapping[int, Own]


def _place(whole: _Whole, side: Side, on: date, matter: Matter | None, party: str = "") -> Place:
    state, party = (matter.state, matter.party) if matter else (side.begins_at[0], party)
    file = of_one(whole.file, party) if party else whole.file
    read = as_read_by(file, side, whole.own.get(matter.pk) if matter else None)
    forms = side.forms
    if file.get("parties"):
        forms = {move: of_whom(fields, file) for move, fields in side.forms.items()}
    return Place(whole.case, read, side.table_on(on), state, forms, side, matter, party)


def beside(case: Case, on: date, read: Folded | None = None) -> tuple[list[Place], list[Place]]:
    """The matters of the case in the order in which they began, and those that may begin in its present state.

    `read` is what was folded of the case already.
    """
    file, own = read or folded(case)
    whole, there = (
        _Whole(case, listed(file, own.values()), own),
        list(case.matters.order_by("opened_at", "pk")),
    )
    running = {(m.procedure, m.party) for m in there if not m.ended}
    under_way = [_place(whole, SIDES[m.procedure], on, m) for m in there]
    new = [
        _place(whole, side, on, None, party)
        for side in SIDES.values()
        if may_begin(case, side)
        for party in whose(side, whole.file)
        if side.kept_in or (side.procedure, party) not in running
    ]
    return under_way, new


def whose(side: Side, file: File) -> Sequence[str]:
    """The parties of each of whom such a matter may begin; only "" where the case as a whole has it."""
    return (side.apart(file) if side.apart else ()) or ("",)


def may_begin(case: Case, side: Side) -> bool:
    """Whether a matter of this kind may begin in the state in which the case stands."""
    if side.begins_in:
        return case.state in side.begins_in
    table = latest(case.procedure)
    return case.state in table.states_by_id and not table.state(case.state).final


def choices(place: Place, user: Actor, on: date) -> Sequence[walk.Choice]:
    """What `user` can do there now and what not yet, with the reasons; an archived case goes on only if it must."""
    known = setting(on, user, roles_on(place.case, user))
    if place.side is None or place.is_main_road:
        found = walk.choices(place.table, place.state, place.file, known)
        closed = place.case.archive_number and place.case.closed_on
        return [c for c in found if c.is_open and not c.move.stays] if closed else found
    return walk.side_choices(
        place.side, place.table, place.state, place.file, known, case_state=place.case.state
    )


def sides() -> Mapping[str, Side]:
    """Every procedure beside the main road, by its name."""
    return SIDES
