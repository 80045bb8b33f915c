"""When the party can no longer ask for a remedy, and from when the agency's own period for the court runs. Pure.

Reconsideration may be asked for within 60 days and a suit brought within six months of receipt (ARL23 §20, ALL §46);
after a reconsideration that leaves the decision standing a suit within 15 days (ALL §45). Whoever was not told has a
year (SPC18 §64, ARL23 §20). What is under way keeps everything waiting; what overturned the decision ends it for good.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from xiuhua.cases.procedure.articles import PPL21_FROM
from xiuhua.cases.procedure.guards.reading import block, iso, received, rows
from xiuhua.cases.procedure.periods import last_day
from xiuhua.kernel.workdays import Calendar, add_months

# Where a file keeps them: alone as a block, or each as a row of a list. The day that ends each, the best known first.
RECONSIDERATIONS = ("reconsideration", "reconsiderations")
SUITS = ("litigation", "litigations", "suits")
RECONSIDERED = ("served_on", "decided_on", "ended_on")
JUDGED = ("ended_on", "final_on")
BEGUN = ("applied_on", "accepted_on", "filed_on", "registered_on")
# Outcomes that leave the decision as it was; whatever else it was, this decision is not carried out.
STANDING = frozenset(
    {
        "upheld",
        "dismissed",
        "refused",
        "terminated",
        "withdrawn",
        "claims_dismissed",
        "suit_dismissed",
        "not_registered",
        "period_over",
    }
)
# Who was not told of a remedy has a year (SPC18 §64, ARL23 §20).
UNTOLD_MONTHS = 12


def ways_used(file: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[Mapping[str, Any]]:
    """The remedies of these names that were asked for, in the order of the file."""
    return filter(_begun, _ways(file, names))


def _ways(file: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[Mapping[str, Any]]:
    for name in names:
        found = file.get(name) or ()
        yield from [found] if isinstance(found, Mapping) else found


def _end(way: Mapping[str, Any], days: tuple[str, ...]) -> str:
    return next((str(way[day]) for day in days if way.get(day)), "")


def _begun(way: Mapping[str, Any]) -> bool:
    return any(way.get(day) for day in BEGUN)


def _untold(file: Mapping[str, Any]) -> bool:
    """Whether the decision leaves out a remedy that the party has."""
    decision = block(file, "decision")
    first = decision.get("tells_reconsideration_first") is True
    suit = not first and decision.get("tells_litigation") is False
    return suit or decision.get("tells_reconsideration") is False


def _unused(file: Mapping[str, Any], calendar: Calendar) -> date | None:
    """The last day on which the party may still ask, if it has asked for nothing; None before receipt."""
    day = received(dict(file))
    if not day:
        return None
    had = iso(day)
    if _untold(file):
        return add_months(had, UNTOLD_MONTHS)
    first = block(file, "decision").get("tells_reconsideration_first") is True
    ways = (
        last_day("reconsideration_apply", had, calendar),
        None if first else last_day("suit_direct", had, calendar),
    )
    return max((d for d in ways if d), default=None)


def remedies_ended(file: Mapping[str, Any], calendar: Calendar) -> date | None:
    """The last day of the remedies against the decision; None while one is under way, or where it did not stand."""
    until = _unused(file, calendar)
    if until is None:
        return None
    days = [until]
    for names, ends in ((RECONSIDERATIONS, RECONSIDERED), (SUITS, JUDGED)):
        for way in ways_used(file, names):
            end, outcome = _end(way, ends), way.get("outcome")
            if outcome not in STANDING and (outcome or not end):
                return None
            days += [_after(iso(end), names, calendar)] if end else []
    return max(days)


def _after(end: date, names: tuple[str, ...], calendar: Calendar) -> date:
    """The last day to sue after a reconsideration that ended on `end`; of a suit the end itself."""
    more = last_day("suit_after_reconsideration", end, calendar) if names is RECONSIDERATIONS else None
    return more or end


def deferred_until(file: Mapping[str, Any]) -> date | None:
    """The end of an approved deferral or plan, where it moves the start (PPL21 §72); PPL17 had no such rule."""
    deferral = block(file, "deferral")
    dues = [iso(row["due"]) for row in rows(deferral, "plan") if row.get("due")]
    last = max(dues, default=None) if deferral.get("approved_on") else None
    return last if last and last >= PPL21_FROM else None


def application_starts(file: Mapping[str, Any], calendar: Calendar) -> date | None:
    """The day from which the three months of AEL §53 count: the end of the remedies, or of a later deferral."""
    ended, deferred = remedies_ended(file, calendar), deferred_until(file)
    return max(ended, deferred) if ended and deferred else ended


def application_running(file: Mapping[str, Any], calendar: Calendar) -> date | None:
    """The same, for the clock; None where a good reason for lateness is written (SPC18 §156)."""
    return None if block(file, "court").get("late_reason") else application_starts(file, calendar)


def court_opens(file: Mapping[str, Any], calendar: Calendar) -> date | None:
    """The last day on which the court may not be asked yet: remedies over, ten working days since the demand."""
    ended, served = remedies_ended(file, calendar), block(file, "demand").get("served_on")
    demanded = last_day("demand_before_court", iso(served), calendar) if served else None
    return max(ended, demanded) if ended and demanded else None
