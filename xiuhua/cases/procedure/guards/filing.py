"""Before the case: is it ours, is there something to it, is it not too late, who approves."""

from __future__ import annotations

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards.reading import (
    block,
    come,
    iso,
    matter,
    matter_step,
    rows,
    step_of,
    written,
)
from xiuhua.cases.procedure.periods import clock_on
from xiuhua.cases.procedure.setting import Setting
from xiuhua.kernel.workdays import add_months

NO_GROUND = frozenset({"no_violation", "not_proved", "not_the_party", "party_gone"})
FAILED_CRITERIA = frozenset(
    {"no_party_or_act", "no_penalty_likely", "time_barred", "not_ours", "filed_elsewhere"}
)


def place_in_jurisdiction(file: File, setting: Setting) -> bool:
    """The place of the act lies in the area of the unit, or jurisdiction was appointed."""
    case = block(file, "case")
    place = block(file, "violation").get("place_code")
    return bool(case.get("appointed_jurisdiction")) or place in (case.get("handling_area_codes") or ())


def our_power(file: File, setting: Setting) -> bool:
    """The authority matrix gives us this act here, or the norm names us or was transferred to us."""
    said = block(file, "case").get("our_power")
    if said is not None:
        return said is True
    cause = block(file, "cause")
    ours = cause.get("statutory_enforcer") == "C" or bool(cause.get("transfer_basis"))
    return ours and place_in_jurisdiction(file, setting)


def not_our_power(file: File, setting: Setting) -> bool:
    return not our_power(file, setting)


def within_limitation(file: File, setting: Setting) -> bool:
    """The act was found before the limitation period ended; a continuing act has not begun to lapse.

    PPL21 §36: two years from the end of the act; five where life, health or finance is harmed, since 2021-07-15.
    """
    violation = block(file, "violation")
    found = iso(violation.get("discovered_on") or setting.day)
    ended = violation.get("ended_on") or (not violation.get("continuing") and violation.get("occurred_on"))
    if not ended:
        return bool(violation.get("continuing"))
    clock = (
        clock_on("limitation_health_safety", setting.on)
        if violation.get("affects_life_health_finance")
        else None
    )
    clock = clock or clock_on("limitation_general", setting.on)
    return clock is not None and clock.length is not None and found <= add_months(iso(ended), clock.length)


def no_earlier_filing(file: File, setting: Setting) -> bool:
    """No other agency filed the same act before us, unless jurisdiction was appointed."""
    case = block(file, "case")
    earlier = case.get("earlier_filing_elsewhere_on")
    return not earlier or earlier > setting.day or bool(case.get("appointed_jurisdiction"))


def _something_there(file: File) -> bool:
    """A party or an act is known, and a norm that could be broken."""
    violation = block(file, "violation")
    known = block(file, "party").get("name") or violation.get("facts") or violation.get("occurred_on")
    return bool(known) and bool(block(file, "cause").get("basis"))


def criteria_met(file: File, setting: Setting) -> bool:
    """Party or act known, a norm broken, a penalty likely (PPL21 §54)."""
    return _something_there(file) and block(file, "filing").get("penalty_likely") is not False


def criteria_not_met(file: File, setting: Setting) -> bool:
    """One criterion is named that fails, with the reason; what the file itself can tell must not contradict it."""
    filing = block(step_of(file), "filing")
    failed = filing.get("failed_criterion")
    if failed not in FAILED_CRITERIA or not written(filing.get("refusal_reason")):
        return False
    match failed:
        case "time_barred":
            return not within_limitation(file, setting)
        case "not_ours":
            return not our_power(file, setting)
        case "filed_elsewhere":
            return not no_earlier_filing(file, setting)
    return True


def approver_is_not_proposer(file: File, setting: Setting) -> bool:
    """Neither the approver named nor the person acting is among the proposers."""
    filing = block(file, "filing")
    stated = block(step_of(file), "filing").get("approver_id")
    people = {p for p in (stated, setting.actor_id) if p}
    return bool(people) and people.isdisjoint(filing.get("proposer_ids") or ())


def reason_given(file: File, setting: Setting) -> bool:
    """The step itself states its reason."""
    return written(step_of(file).get("reason"))


def suspension_ground(file: File, setting: Setting) -> bool:
    """A ground of suspension is named and approved."""
    suspension = block(step_of(file), "suspension")
    return written(suspension.get("ground")) and bool(suspension.get("approved_by"))


def suspension_over(file: File, setting: Setting) -> bool:
    """The ground is gone: the day is named and the suspension stands as a whole in the file.

    A matter that was suspended itself says on which day it goes on and why.
    """
    if since := matter(file).get("suspended_on"):
        own = matter_step(file)
        day = own.get("resumed_on") or ""
        return since <= day <= setting.day and written(own.get("resumed_reason"))
    ended = block(step_of(file), "suspension").get("ended_on")
    periods = rows(block(file, "case"), "suspensions")
    return come(ended, setting.day) and bool(periods) and periods[-1].get("to_on") == ended


def no_ground_after_filing(file: File, setting: Setting) -> bool:
    """The investigation found no ground for a penalty, and says why."""
    investigation = block(file, "investigation")
    return investigation.get("result") in NO_GROUND and written(investigation.get("reason"))


def goods_go_along(file: File, setting: Setting) -> bool:
    """Whatever was seized or registered goes to the receiving agency, or is settled already."""
    held = [m for m in rows(file, "measures") if not m.get("outcome")]
    held += [r for r in rows(file, "registrations") if not r.get("handled_on")]
    return not held or block(file, "referral").get("goods_sent") is True


def evidence_asked_for(file: File, setting: Setting) -> bool:
    """The request names who holds the evidence, each piece of it, and a day that is still to come."""
    asked = rows(step_of(file), "evidence_requests")
    return bool(asked) and all(
        written(a.get("to")) and bool(a.get("items")) and (a.get("due_on") or "") >= setting.day
        for a in asked
    )


def question_for_other(file: File, setting: Setting) -> bool:
    """The request names the department and what it shall say."""
    asked = rows(step_of(file), "assistance")
    return bool(asked) and all(written(a.get("to")) and written(a.get("question")) for a in asked)
