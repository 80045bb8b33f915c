"""Steps of a procedure beside the main road: a seizure, a hearing, a payment, a suit.

A matter begins with one of its first moves, walks the table of its own procedure, and leaves the state of the case
alone. What it states lies in the file of the case, where the guards of the main road read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django.db import transaction

from xiuhua.cases import queries
from xiuhua.cases.actions import annulment_rows, papers
from xiuhua.cases.actions.stepping import (
    Walk,
    in_order,
    judged,
    lock,
    refresh_columns,
    stated,
    wait,
    written,
)
from xiuhua.cases.models import Case, Matter, Step
from xiuhua.cases.procedure.file import at as stated_at
from xiuhua.cases.procedure.judging import of_case
from xiuhua.cases.procedure.moves import Move
from xiuhua.cases.procedure.side import clocks
from xiuhua.cases.procedure.tables import latest
from xiuhua.cases.queries import Place
from xiuhua.kernel import clock, outbox, record
from xiuhua.kernel.authz import SYSTEM, Actor, Refusal, Refused, Said

# The job that looks whether the wait of a matter is over (see `cases.jobs`).
LAPSE = "cases.lapse_matter"
# In the block of a matter that another began: procedure and number of the one before it.
FOLLOWS = "follows"


def begin(
    *,
    case: Case,
    procedure: str,
    move: str,
    values: Mapping[str, Any],
    by: Actor,
    at: datetime,
    party: str = "",
) -> Matter:
    """Begin a matter of `procedure` with `move`, stating `values` (path → value of the move's form); `party` names by
    its id in the file whose it is, where each of several parties has one of its own.

    Raises KeyError for a procedure that does not exist, Invalid with field and reason for wrong input, Refused with
    reason and article where the procedure, the state of the case or the authority forbids it.
    """
    side = queries.sides()[procedure]
    with record.act(f"cases.{procedure}.{move}", by=by, at=at) as act:
        locked = lock(case, by)
        place = queries.place_in(locked, side, clock.day_of(at), party=party)
        check_may_begin(place)
        walking = Walk(place, place.file, by, at, act)
        step_in(walking, move, stated(walking, move, values))
        matter = locked.matters.filter(procedure=procedure).latest("number")
    case.refresh_from_db()
    return matter


def take_in(*, matter: Matter, move: str, values: Mapping[str, Any], by: Actor, at: datetime) -> Step:
    """Make `move` in a matter that has begun. Raises like `begin`; nothing is half written."""
    with record.act(f"cases.{matter.procedure}.{move}", by=by, at=at) as act:
        locked = lock(matter.case, by)
        now = locked.matters.get(pk=matter.pk)
        in_order(at, now)
        place = queries.place_in(locked, queries.sides()[now.procedure], clock.day_of(at), now)
        walking = Walk(place, place.file, by, at, act)
        step = step_in(walking, move, stated(walking, move, values))
    matter.refresh_from_db()
    return step


def check_may_begin(place: Place) -> None:
    """Raises Refused where the case stands in a state in which no such matter begins, or one that it may have only once
    has begun already.
    """
    case, side = place.case, place.side
    if side is None:
        return
    if not queries.may_begin(case, side):
        here = latest(case.procedure).states_by_id.get(case.state)
        said = Said(
            "案件现处于“%(state)s”，不能开始%(side)s",
            state=here.label if here else case.state,
            side=side.label_zh,
        )
        meaning = f"{side.label_en} cannot begin in this state of the case."
        raise Refused(Refusal("wrong_state", said, _basis(place), meaning))
    if (side.apart or place.party) and place.party not in queries.whose(side, queries.file_of(case)):
        whose = "本案各当事人分别缴款和执行，应当写明是哪一名被罚款的当事人"
        raise Refused(Refusal("whose_share", whose, _basis(place), "Each fined party has one of its own."))
    under_way = case.matters.filter(procedure=side.procedure, party=place.party, ended=False)
    if not side.kept_in and under_way.exists():
        said = Said("本案的%(side)s正在进行", side=side.label_zh)
        raise Refused(Refusal("begun_already", said, _basis(place), "One of its kind is under way."))


def _basis(place: Place) -> str:
    """The articles on which a procedure begins."""
    begins = place.side.begins_at if place.side else ()
    first = [m for m in place.table.moves if m.source in begins]
    return "; ".join(dict.fromkeys(article for m in first for article in m.articles))


def step_in(walking: Walk, move: str, facts: Mapping[str, Any]) -> Step:
    """Make the step of a matter with `facts`, if its table and every guard allow it; begin the matter if it is new."""
    place, row = walking.place, walking.place.table.by_id[move]
    state = place.matter.state if place.matter else row.source if _begins(place, row) else place.state
    whole, planned = judged(walking, row, facts, state)
    if place.side and (late := of_case(place.side, row, place.case.state, latest(place.case.procedure))):
        raise Refused(*late)
    matter = place.matter or _new(walking, row)
    step = written(walking, row, place.kept(whole), state, matter)
    _moved(walking, matter, row)
    block = walking.file.get(place.side.block, {}) if place.side else {}
    if remedy := annulment_rows.keep_row(matter, block, walking.at):
        annulment_rows.tell_oversight(remedy, walking.at)
    papers.issue(step, planned, walking.file, walking.by)
    _start_next(walking, matter, row, whole)
    walking.file = queries.file_of(place.case)
    refresh_columns(walking)
    wait(place.case, walking.file, walking.day)
    return step


def _start_next(walking: Walk, matter: Matter, row: Move, facts: Mapping[str, Any]) -> None:
    """Begin the matter that this move begins, with what it stated of it; the new block names the matter before it."""
    place = walking.place
    if place.side is None or row.id not in place.side.starts:
        return
    procedure, first = place.side.starts[row.id]
    begun = queries.place_in(place.case, queries.sides()[procedure], walking.day)
    check_may_begin(begun)
    typed = {f.path: stated_at(facts, f.path) for f in begun.forms[first] if f.shown}
    walk = Walk(begun, begun.file, walking.by, walking.at, walking.act)
    said = stated(walk, first, {path: value for path, value in typed.items() if value is not None})
    if begun.side:
        said.setdefault(begun.side.block, {})[FOLLOWS] = f"{matter.procedure}:{matter.number}"
    step_in(walk, first, said)


def _begins(place: Place, row: Move) -> bool:
    return place.side is not None and row.source in place.side.begins_at


def _new(walking: Walk, row: Move) -> Matter:
    case, procedure = walking.case, walking.place.table.procedure
    matter = Matter(
        case=case,
        procedure=procedure,
        number=case.matters.filter(procedure=procedure).count() + 1,
        party=walking.place.party,
        state=row.source,
        state_since=walking.at,
        opened_at=walking.at,
    )
    matter.save()
    return matter


def _moved(walking: Walk, matter: Matter, row: Move) -> None:
    """The matter in its new state, with the clock that runs there."""
    if matter.state != row.target:
        matter.state, matter.state_since = row.target, walking.at
    matter.ended = walking.place.table.state(matter.state).final
    refresh_clock(walking, matter)
    matter.save()


def refresh_clock(walking: Walk, matter: Matter) -> None:
    """The nearest clock of the matter into its columns; if time alone moves it on, the job that looks again."""
    side, calendar = queries.sides()[matter.procedure], queries.setting(walking.day).calendar
    running = clocks.running(side, matter.state, walking.file, walking.day, calendar)
    nearest = next((r for r in running if not r.waits), None)
    matter.clock = nearest.move.id if nearest else ""
    matter.due_on = nearest.due.day if nearest else None
    matter.due_provisional = bool(nearest and nearest.due.provisional)
    matter.due_at = nearest.moment.replace(tzinfo=clock.SHANGHAI) if nearest and nearest.moment else None
    wait_in(matter, clocks.lapse(side, matter.state, walking.file, walking.day, calendar))


def wait_in(matter: Matter, ends: clocks.Running | None) -> None:
    """If time alone moves the matter on, ask for it on the day after; what is asked for again is the same wait."""
    if ends is not None:
        since = int(matter.state_since.timestamp())
        outbox.put(
            LAPSE,
            {"matter": matter.pk},
            run_at=datetime.combine(ends.first, time.min, clock.SHANGHAI),
            key=f"{LAPSE}:{matter.pk}:{since}:{ends.move.id}:{ends.due.day}",
        )


def lapse_in(*, matter: Matter, at: datetime) -> Step | None:
    """Make the move that time makes of `matter`, if its wait is over at `at` by the law of that day; else None."""
    with transaction.atomic():
        case = Case.objects.select_for_update(of=("self",)).get(pk=matter.case_id)
        now, today = case.matters.get(pk=matter.pk), clock.day_of(at)
        side = queries.sides()[now.procedure]
        place = queries.place_in(case, side, today, now)
        due = clocks.lapse(side, now.state, place.file, today, queries.setting(today).calendar)
        step = None
        if due is not None and due.first <= today:
            step = take_in(matter=now, move=due.move.id, values={}, by=SYSTEM, at=at)
        else:
            wait_in(now, due)
        outbox.finish()
    return step
