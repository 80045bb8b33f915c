"""Hearings: when the right exists, whether the request is in time, and whether the matter is settled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards.reading import (
    P1,
    block,
    come,
    hearing_told,
    investigated,
    iso,
    limit_kind,
    rows,
    step_of,
)
from xiuhua.cases.procedure.guards.sharing import (
    is_several,
    items,
    kinds_of,
    norm_for,
    notice_served_to,
    of_party,
    parties,
    served_to,
)
from xiuhua.cases.procedure.periods import last_day
from xiuhua.cases.procedure.setting import Setting
from xiuhua.kernel.workdays import Calendar

# PPL21 §63; PPL17 §42 names the first two and says "and the like": the careful side counts all for both texts.
HEARING_KINDS = frozenset(
    {
        "suspend_business",
        "revoke_licence",
        "suspend_licence",
        "downgrade",
        "close_business",
        "restrict_trade",
        "bar_from_trade",
        "confiscate_vehicle",
    }
)


def is_due(file: File, params: Mapping[str, Any]) -> bool:
    """Whether the planned penalty gives the right to a hearing: by its kind, its amount, or by the cause itself.

    Before there is a notice, and under the text of 2017 that did not ask it to state the plan, the report counts.
    """
    if is_several(file):
        return any(is_due_for(file, party, params) for party in parties(file))
    notice, report = block(file, "notice"), block(file, "investigation_report")
    kinds = notice.get("planned_kinds") or report.get("proposed_kinds") or ()
    fine = notice.get("planned_fine") or report.get("proposed_fine") or 0
    large = params["hearing_fine_" + limit_kind(file, params)]
    if fine >= large or not HEARING_KINDS.isdisjoint(kinds):
        return True
    if params["hearing_confiscation_counts"] and (notice.get("planned_confiscation") or 0) >= large:
        return True
    return bool(block(file, "cause").get("hearing_always"))


def is_due_for(file: File, party: str, params: Mapping[str, Any]) -> bool:
    """The same for one of several parties: by the sum of what is planned against it, for all its acts together."""
    name = "notice" if block(file, "notice").get("items") else "investigation_report"
    large = params["hearing_fine_" + limit_kind({"party": parties(file)[party]}, params)]
    if of_party(file, name, party) >= large or not HEARING_KINDS.isdisjoint(kinds_of(file, name, party)):
        return True
    if params["hearing_confiscation_counts"] and of_party(file, name, party, "gains") >= large:
        return True
    punished = (pair for pair, row in items(file, name).items() if pair[0] == party and row.get("kinds"))
    return any(norm_for(file, *pair).get("hearing_always") for pair in punished)


def required(file: File, setting: Setting) -> bool:
    return is_due(file, setting.params)


def asked_until(file: File, calendar: Calendar) -> date | None:
    """The last day to ask for a hearing, by the law of the day on which the right was told; None if it was not."""
    told = hearing_told(file)
    return last_day("hearing_request", iso(told), calendar) if told else None


def requested_in_time(file: File, setting: Setting) -> bool:
    asked, until = block(file, "hearing").get("requested_on"), asked_until(file, setting.calendar)
    return come(asked, setting.day) and until is not None and iso(str(asked)) <= until


def period_over(file: File, setting: Setting) -> bool:
    """The days to ask for a hearing ran out, and nobody asked in time: not even a request that was turned down."""
    until, turned_down = asked_until(file, setting.calendar), block(file, "hearing").get("late_request_on")
    if until is None or (turned_down and iso(turned_down) <= until):
        return False
    return setting.on > until and not requested_in_time(file, setting)


def ended(file: File, setting: Setting) -> bool:
    """Held, or ended without being held, with a report on it; while the host still has it in hand, it is not."""
    hearing = block(file, "hearing")
    if hearing.get("under_way") is True:
        return False
    over = hearing.get("held_on") or hearing.get("ended_by_absence") or hearing.get("waived_in_writing")
    report = hearing.get("report_on")
    return bool(over) and come(hearing.get("held_on") or report, report or "") and come(report, setting.day)


def settled(file: File, setting: Setting) -> bool:
    """If a hearing was due it was told, and then held, waived in writing or not asked for in time.

    One that the host still has in hand is not settled, whatever was waived meanwhile: it is withdrawn there.
    """
    told = hearing_told(file)
    if not told:
        return not is_due(file, setting.params)
    if not all(settled_for(file, party, setting) for party in parties(file) if party != P1):
        return False
    hearing = block(file, "hearing")
    if hearing.get("under_way") is True:
        return False
    if hearing.get("waived_in_writing") is True:
        return True
    if requested_in_time(file, setting):
        return ended(file, setting)
    return period_over(file, setting)


def request_by(file: Mapping[str, Any], party: str) -> Mapping[str, Any]:
    """What a further party said to its right to a hearing: that it asks for one, or waives it."""
    found: dict[str, Any] = {}
    for row in rows(file, "hearing_requests"):
        if row.get("party") == party:
            found |= row
    return found


def told_to(file: Mapping[str, Any], party: str) -> str:
    """The day on which a further party was told of its right, by a paper of its own or in the prior notice; else ""."""
    own = served_to(file, frozenset({"hearing_right_notice"}), party)
    return own or (notice_served_to(file, party) if block(file, "notice").get("tells_hearing") else "")


def asked_until_by(file: Mapping[str, Any], party: str, calendar: Calendar) -> date | None:
    """The last day on which a further party may ask; None while it was not told."""
    told = told_to(file, party)
    return last_day("hearing_request", iso(told), calendar) if told else None


def settled_for(file: File, party: str, setting: Setting) -> bool:
    """The right of a further party: it has none, waived it, let its own days go by, or was heard as it asked."""
    said, until = request_by(file, party), asked_until_by(file, party, setting.calendar)
    if not is_due_for(file, party, setting.params) or said.get("waived_in_writing") is True:
        return True
    if said.get("requested_on"):
        hearing = block(file, "hearing")
        over = hearing.get("held_on") or hearing.get("ended_by_absence")
        return (
            bool(over)
            and hearing.get("under_way") is not True
            and come(hearing.get("report_on"), setting.day)
        )
    return until is not None and setting.on > until


def _said_now(file: File) -> tuple[str, Mapping[str, Any]]:
    """The further party whose word on its right this step states, and all that is known of it."""
    named = {str(row.get("party") or "") for row in rows(step_of(file), "hearing_requests")}
    party = named.pop() if len(named) == 1 else ""
    return (party, request_by(file, party)) if party in parties(file) and party != P1 else ("", {})


def other_requests(file: File, setting: Setting) -> bool:
    """A further party that has the right asks within its own days (PPL21 §64)."""
    party, said = _said_now(file)
    asked, until = said.get("requested_on"), asked_until_by(file, party, setting.calendar) if party else None
    if until is None or not is_due_for(file, party, setting.params) or said.get("waived_in_writing") is True:
        return False
    return come(asked, setting.day) and iso(str(asked)) <= until


def other_waives(file: File, setting: Setting) -> bool:
    """A further party waives in writing, and did not ask before."""
    party, said = _said_now(file)
    return bool(party) and said.get("waived_in_writing") is True and not said.get("requested_on")


def host_not_investigator(file: File, setting: Setting) -> bool:
    """Whoever hosts or hosted a hearing took no part in the investigation."""
    hearing = block(file, "hearing")
    host = hearing.get("host_id")
    return not investigated(file, str(host)) if host else not hearing.get("held_on")


def notice_early_enough(file: File, setting: Setting) -> bool:
    """A hearing held or planned was announced the days of the law before: the day of the notice does not count."""
    hearing = block(file, "hearing")
    held, told = hearing.get("held_on") or hearing.get("planned_at"), hearing.get("notice_served_on")
    if not held:
        return True
    earliest = last_day("hearing_notice", iso(told), setting.calendar) if told else None
    return earliest is not None and iso(held) >= earliest
