"""Prior notice, statement and defence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards.hearing import is_due
from xiuhua.cases.procedure.guards.reading import (
    P1,
    block,
    come,
    defence_of,
    hearing_told,
    iso,
    step_of,
    written,
)
from xiuhua.cases.procedure.guards.several import heard_or_waived
from xiuhua.cases.procedure.guards.sharing import (
    defence_by,
    is_several,
    items,
    notice_served_to,
    of_party,
    parties,
)
from xiuhua.cases.procedure.setting import Setting

CHANGES = frozenset({"new_facts", "new_basis", "heavier_plan"})


def states_facts(file: File, setting: Setting) -> bool:
    notice = block(file, "notice")
    return bool(notice.get("facts") and notice.get("reasons") and notice.get("basis"))


def states_plan(file: File, setting: Setting) -> bool:
    """The kinds, and the amount where a fine is among them (PPL21 §44)."""
    notice = block(file, "notice")
    kinds = notice.get("planned_kinds") or ()
    return bool(kinds) and ("fine" not in kinds or (notice.get("planned_fine") or 0) > 0)


def tells_rights(file: File, setting: Setting) -> bool:
    """The right of defence, and that of a hearing where one is due."""
    notice = block(file, "notice")
    return notice.get("tells_defence") is True and (
        notice.get("tells_hearing") is True or not is_due(file, setting.params)
    )


def served(file: File, setting: Setting) -> bool:
    """The notice that holds now is served: not one that a later change of the plan overtook."""
    day = block(file, "notice").get("served_on")
    return come(day, setting.day) and (block(file, "renotice").get("on") or "") <= (day or "")


def defence_recorded(file: File, setting: Setting) -> bool:
    defence = defence_of(file)
    return bool(defence.get("received_on")) and defence.get("recorded") is True


def waived_in_writing(file: File, setting: Setting) -> bool:
    """This step brings a signed waiver of the defence or of the hearing, dated no earlier than what is waived."""
    step = step_of(file)
    asked = str(block(file, "hearing").get("requested_on") or "")
    told = {
        "defence": str(block(file, "notice").get("served_on") or ""),
        "hearing": max(hearing_told(file) or "", asked),
    }
    return any(_waived(block(step, name), since) for name, since in told.items())


def _waived(said: Mapping[str, Any], since: str) -> bool:
    return said.get("waived_in_writing") is True and str(said.get("waived_on") or since) >= since


def defence_until(file: File) -> date | None:
    """The last day of those that the notice gave; the day of service does not count. None before it is served.

    Of several parties, that of the one that was served last.
    """
    notice = block(file, "notice")
    day, days = notice.get("served_on"), notice.get("defence_days")
    if day and is_several(file):
        day = max([day, *(notice_served_to(file, party) for party in parties(file))])
    return iso(day) + timedelta(days=days) if day and days is not None else None


def defence_period_over(file: File, setting: Setting) -> bool:
    """The days that the notice gave have passed."""
    until = defence_until(file)
    return until is not None and setting.on > until


def points_answered(file: File, setting: Setting) -> bool:
    """The recheck is dated, a refusal has its reason, and where points are listed each has its answer."""
    defence = block(file, "defence")
    points, answers = defence.get("points") or (), defence.get("answers") or ()
    if not defence.get("rechecked_on") or len(answers) < len(points) or not all(written(a) for a in answers):
        return False
    return defence.get("adopted") is True or written(defence.get("reason"))


def not_heavier(file: File, setting: Setting) -> bool:
    """Neither fine nor kinds go beyond what the notice planned (PPL21 §45)."""
    if is_several(file):
        return _no_share_heavier(file)
    notice, decision, defence = block(file, "notice"), block(file, "decision"), block(file, "defence")
    planned = notice.get("planned_fine")
    if planned is None:
        planned = block(file, "investigation_report").get("proposed_fine")
    fine = max(decision.get("fine") or 0, defence.get("proposed_fine") or 0)
    if fine > (planned or 0):
        return False
    kinds = notice.get("planned_kinds")
    return not kinds or frozenset(decision.get("kinds") or ()) <= frozenset(kinds)


def _no_share_heavier(file: File) -> bool:
    """For no party and no act is more decided, nor for a party more proposed after its defence, than it was told."""
    planned, decided = items(file, "notice"), items(file, "decision")
    for pair, row in decided.items():
        told = planned.get(pair) or {}
        if (row.get("fine") or 0) > (told.get("fine") or 0):
            return False
        if not frozenset(row.get("kinds") or ()) <= frozenset(told.get("kinds") or ()):
            return False
    return all(
        (defence_by(file, party).get("proposed_fine") or 0) <= of_party(file, "notice", party)
        for party in parties(file)
    )


def done_or_waived(file: File, setting: Setting) -> bool:
    """The defence was rechecked; or it was waived in writing; or its days ran out unused. Of several, that of each."""
    if is_several(file) and not all(heard_or_waived(file, id, setting) for id in parties(file) if id != P1):
        return False
    defence = block(file, "defence")
    if defence.get("received_on"):
        return come(defence.get("rechecked_on"), setting.day)
    return defence.get("waived_in_writing") is True or defence_period_over(file, setting)


def plan_changed(file: File, setting: Setting) -> bool:
    """Why the plan changed is said, and the old notice and what followed from it are taken back."""
    change = block(step_of(file), "renotice")
    gone = not (file.get("notice") or file.get("defence") or file.get("hearing"))
    return gone and change.get("ground") in CHANGES and written(change.get("reason"))
