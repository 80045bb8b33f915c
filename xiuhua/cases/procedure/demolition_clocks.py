"""The deadlines of a demolition: hours to the scene, days that law and papers set, the month of the reporter. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from xiuhua.cases.procedure.clocks import RunningClock
from xiuhua.cases.procedure.demolition import TABLE
from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards.reading import block, iso
from xiuhua.cases.procedure.periods import BY_ID, due
from xiuhua.kernel.workdays import Calendar, Due

SCENE = {"found": "illegal_building_scene", "found_being_built": "illegal_building_scene_being_built"}
# Nobody is late when these are over: something only becomes possible. They stand after the deadlines.
WAITS = frozenset({"illegal_building_notice"})
# Until the building is gone the order runs; what the papers themselves set is not a period of the law.
ORDERED = frozenset({"ordered", "order_served", "ordered_being_built"})


def running(file: File, state: str, on: date, calendar: Calendar) -> list[RunningClock]:
    """Every deadline that runs for this file in this state, the nearest first, waits last; overdue ones stay."""
    if state not in TABLE.states_by_id or TABLE.state(state).final:
        return []
    found = [
        *_scene(file, state),
        *_reporter(file, calendar),
        *_notice(file, state, on, calendar),
        *_in_papers(file, state),
    ]
    return sorted(found, key=lambda c: (c.clock_id in WAITS, c.due.day, c.clock_id))


def _scene(file: File, state: str) -> Iterator[RunningClock]:
    """The hours since the report or the finding (SHDB §7)."""
    clock, reported = BY_ID.get(SCENE.get(state, "")), block(file, "demolition").get("reported_at")
    if clock is None or not reported:
        return
    until = datetime.fromisoformat(reported) + timedelta(hours=clock.length or 0)
    yield RunningClock(
        clock.id, clock.label, iso(reported), Due(until.date()), clock.article, clock.consequence, until
    )


def _reporter(file: File, calendar: Calendar) -> Iterator[RunningClock]:
    """Whoever reported is told within a month (SHDB §5)."""
    own = block(file, "demolition")
    if own.get("has_reporter") and own.get("reported_at") and not own.get("reporter_told_on"):
        clock, start = BY_ID["illegal_building_reporter"], iso(own["reported_at"])
        until = due(clock.id, start, calendar)
        yield RunningClock(clock.id, clock.label, start, until, clock.article, clock.consequence)


def _notice(file: File, state: str, on: date, calendar: Calendar) -> Iterator[RunningClock]:
    """The days for which a notice hangs before it counts as service (SHDB §9)."""
    posted = block(file, "demolition").get("notice_posted_on")
    if state == "order_served" and posted:
        clock, start = BY_ID["illegal_building_notice"], iso(posted)
        until = due(clock.id, start, calendar)
        if until.day >= on:
            yield RunningClock(clock.id, clock.label, start, until, clock.article, clock.consequence)


def _in_papers(file: File, state: str) -> Iterator[RunningClock]:
    """The last days that the order, the demand, the announcement and the clearing notice set themselves."""
    own, demand = block(file, "demolition"), block(file, "demand")
    if state in ORDERED and own.get("order_due_on"):
        yield RunningClock(
            "demolition_due", "限期拆除期限", iso(own["ordered_on"]), Due(iso(own["order_due_on"])), "SHDB §8"
        )
    if state in ("demanded", "order_served") and demand.get("served_on") and demand.get("duty_days"):
        start = iso(demand["served_on"])
        yield RunningClock(
            "demand_due", "催告期限", start, Due(start + timedelta(days=demand["duty_days"])), "AEL §35"
        )
    if state == "forced_decided" and own.get("self_due_on"):
        start = iso(own["force_announced_on"])
        yield RunningClock(
            "self_removal_due", "公告限期自行拆除", start, Due(iso(own["self_due_on"])), "AEL §44"
        )
    correction = block(file, "correction")
    if state == "clearing" and correction.get("due_on"):
        start = iso(correction["ordered_on"])
        yield RunningClock("clearing_due", "清理期限", start, Due(iso(correction["due_on"])), "SHDB §13")
