"""Which deadlines run for a case now, until when and under which article. Pure.

A period is a row of `periods`; what starts it and what ends it is read off the file. Some deadlines stand in the
papers themselves: the day of a correction order, the days for a defence, an instalment plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from xiuhua.cases.procedure.articles import on_day
from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards import apart
from xiuhua.cases.procedure.guards.reading import (
    DECISIONS,
    block,
    hearing_told,
    iso,
    limit_began,
    owed,
    paid,
    received,
    rows,
    served,
    suspended_days,
)
from xiuhua.cases.procedure.periods import BY_ID, CLOCKS, FAMILIES, Clock, clock_on, due, last_day
from xiuhua.kernel.workdays import Calendar, Due

__all__ = ["BY_ID", "CLOCKS", "FAMILIES", "Clock", "RunningClock", "clock_on", "due", "last_day", "running"]

Begins = Callable[[File], str]

BEFORE_FILING = frozenset(["lead", "on_scene", "identified", "checked", "filing_proposed"])
# fmt: off
UNDECIDED = frozenset({
    "filed", "investigating", "suspended", "crime_referral_proposed", "crime_referral_approved",
    "investigation_closed", "adjudicated", "legal_review_passed", "no_penalty_proposed", "notified",
    "hearing_offered", "defence_received", "defence_done", "hearing_pending", "discussed",
})
# fmt: on
INVESTIGATING = frozenset({"checked", "filing_proposed", "filed", "investigating"})
NOTIFIED = frozenset({"notified", "hearing_offered", "defence_received", "defence_done"})
REPORTED = frozenset({"report", "complaint", "hotline"})


@dataclass(frozen=True, slots=True)
class RunningClock:
    """A deadline that runs now. Its day is provisional past the known calendar, or while it stands still.

    `moment` is its end where the law counts hours, local time without a zone, as files keep moments.
    """

    clock_id: str
    label: str
    started_on: date
    due: Due
    article: str
    consequence: str = ""
    moment: datetime | None = None

    @property
    def provisional(self) -> bool:
        return self.due.provisional

    def days_left(self, on: date) -> int:
        """Calendar days from `on` to the last day; negative when it is over."""
        return (self.due.day - on).days


def _if(condition: object, day: Any) -> str:
    return str(day) if condition and day else ""


def _unanswered_report(file: File) -> str:
    case = block(file, "case")
    waits = case.get("lead_source") in REPORTED and not case.get("reporter_told_on")
    return _if(waits, case.get("lead_received_on"))


def _decided(file: File) -> str:
    return block(file, "decision").get("decided_on") or block(file, "no_penalty").get("decided_on") or ""


def _unserved(file: File) -> str:
    return _if(not served(file, DECISIONS), _decided(file))


def _unpaid(file: File) -> str:
    """Of several parties who pay apart, the first day on which one had the decision who still owes, not deferred."""
    if apart.pays_apart(file):
        open_ = [a for a in apart.open_shares(file) if not block(a, "deferral").get("approved_on")]
        return min(filter(None, map(received, open_)), default="")
    return _if(paid(file) < owed(file) - 0.005, received(file))


def _unpublished(file: File) -> str:
    publicity = block(file, "publicity")
    waits = not publicity.get("published_on") or (file.get("parties") and apart.unpublished(file))
    return _if(publicity.get("required", True) and waits, _decided(file))


def _cash_taken(file: File) -> str:
    items = rows(block(file, "payment"), "items")
    return str(items[-1].get("on") or "") if items else ""


def _hearing_open(file: File) -> str:
    hearing = block(file, "hearing")
    return _if(not hearing.get("requested_on") and not hearing.get("waived_in_writing"), hearing_told(file))


def _still_shown(file: File) -> str:
    found = [apart.of_one(file, party) for party in apart.published(file)] or [file]
    of_each = [block(one, "publicity") for one in found]
    shown = any(p.get("published_on") and not p.get("withdrawn_on") for p in of_each)
    return _if(shown, block(file, "annulment").get("on"))


def _from(name: str, key: str, until: str = "") -> Begins:
    """Runs from `name.key` until `name.until` is stated."""
    return lambda file: _if(not (until and block(file, name).get(until)), block(file, name).get(key))


@dataclass(frozen=True, slots=True)
class _Watch:
    """A family of periods, the states in which it may run, and the day on which it began; empty if it does not.

    One that lapses is the party's: once over, it is no longer shown.
    """

    family: str
    states: frozenset[str]
    begins: Begins
    lapses: bool = False


WATCHES = (
    _Watch("reporter_answer", BEFORE_FILING, _unanswered_report),
    _Watch("hearing_request", NOTIFIED, _hearing_open, lapses=True),
    _Watch("decision_service", frozenset({"decided", "no_penalty"}), _unserved),
    _Watch("payment", frozenset({"served", "delivered", "overdue"}), _unpaid),
    _Watch("cash_hand_in", frozenset({"cash_collected"}), _cash_taken),
    _Watch("cash_deposit", frozenset({"cash_with_agency"}), _from("payment", "officer_handed_in_on")),
    _Watch(
        "publicity_penalty",
        frozenset({"served", "deferred", "overdue", "performed", "executed"}),
        _unpublished,
    ),
    _Watch(
        "crime_referral_decision",
        frozenset({"crime_referral_proposed"}),
        _from("referral", "proposed_on", "approved_on"),
    ),
    _Watch(
        "crime_referral_hand_over", frozenset({"crime_referral_approved"}), _from("referral", "approved_on")
    ),
    _Watch("surcharge_cap", frozenset({"overdue"}), _from("surcharge", "from_on")),
    _Watch("court_application", frozenset({"overdue"}), _from("court", "remedy_ended_on", "applied_on")),
    _Watch("publicity_withdrawal", frozenset({"annulled"}), _still_shown),
)


def _of_law(file: File, state: str, on: date, calendar: Calendar) -> Iterator[RunningClock]:
    for watch in WATCHES:
        start = watch.begins(file) if state in watch.states else ""
        clock = clock_on(watch.family, iso(start)) if start else None
        if clock is None:
            continue
        found = _running(clock, iso(start), calendar)
        if found.due.day >= on or not watch.lapses:
            yield found


def _running(clock: Clock, start: date, calendar: Calendar) -> RunningClock:
    until = due(clock.id, start, calendar)
    return RunningClock(clock.id, clock.label, start, until, clock.article, clock.consequence)


def _decision_limit(file: File, state: str, on: date, calendar: Calendar) -> Iterator[RunningClock]:
    """Ninety days from filing, moved by suspensions and a lawful extension; in a suspension the day moves on."""
    start = limit_began(file)
    if state not in UNDECIDED or start is None or on < start:
        return
    clock = FAMILIES["case_decision"][-1]
    case, suspension = block(file, "case"), block(file, "suspension")
    extra = suspended_days(file)
    if case.get("decision_limit_extension_basis"):
        extra += case.get("decision_limit_extended_by_days") or 0
    still = state == "suspended" and suspension.get("stops_clock") is not False
    if still:
        extra += (on - iso(suspension["from_on"])).days
    day = due(clock.id, start, calendar).day + timedelta(days=extra)
    until = Due(day, provisional=still or day > calendar.known_until)
    yield RunningClock(clock.id, clock.label, start, until, clock.article, clock.consequence)


def _in_papers(file: File, state: str, on: date) -> Iterator[RunningClock]:
    """Deadlines whose day or length stands in a paper of this case."""
    correction, notice, deferral = block(file, "correction"), block(file, "notice"), block(file, "deferral")
    if state in INVESTIGATING and correction.get("due_on") and not correction.get("rechecked_on"):
        until = Due(iso(correction["due_on"]))
        began = iso(correction.get("ordered_on") or correction["due_on"])
        yield RunningClock("correction_due", "责令改正期限", began, until, on_day("PPL21 §28", on)[0])
    if state in ("notified", "hearing_offered") and notice.get("served_on"):
        began = iso(notice["served_on"])
        until = Due(began + timedelta(days=notice.get("defence_days") or 0))
        if until.day >= on:
            clock = BY_ID["defence_period"]
            yield RunningClock(clock.id, clock.label, began, until, clock.article)
    if state == "deferred":
        yield from _instalment(file, deferral.get("plan") or (), on)


def _instalment(file: File, plan: Any, on: date) -> Iterator[RunningClock]:
    """The first instalment that the payments do not cover."""
    total, article = 0.0, on_day("PPL21 §66", on)[0]
    for row in plan:
        total += row.get("amount") or 0
        if paid(file) < total - 0.005:
            began = iso(block(file, "deferral").get("approved_on") or row["due"])
            yield RunningClock("instalment", "分期（延期）缴款期限", began, Due(iso(row["due"])), article)
            return


def _of_rows(file: File, state: str, on: date, calendar: Calendar) -> Iterator[RunningClock]:
    """Registered items not yet decided on, and other departments that still have time to answer."""
    for row in rows(file, "registrations"):
        made = row.get("made_on") if not row.get("handled_on") else None
        clock = clock_on("registration", iso(made)) if made else None
        if made and clock is not None:
            yield _running(clock, iso(made), calendar)
    for row in rows(file, "assistance") if state == "investigating" else ():
        found = _running(BY_ID["assistance_answer"], iso(row["asked_on"]), calendar)
        if found.due.day >= on:
            yield found


def running(file: File, state: str, on: date, calendar: Calendar) -> list[RunningClock]:
    """Every deadline that runs for this file in this state, the nearest first; overdue ones stay in the list."""
    found = [
        *_of_law(file, state, on, calendar),
        *_decision_limit(file, state, on, calendar),
        *_in_papers(file, state, on),
        *_of_rows(file, state, on, calendar),
    ]
    return sorted(found, key=lambda clock: (clock.due.day, clock.clock_id))
