"""The decision: discussed where it must be, inside the range, in the right name, in time, and not twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from xiuhua.cases.procedure.articles import PPL21_FROM
from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards.ranges import fits
from xiuhua.cases.procedure.guards.reading import (
    P1,
    block,
    come,
    limit_began,
    people,
    rows,
    same_money,
    step_of,
    suspended_days,
    written,
)
from xiuhua.cases.procedure.guards.sharing import is_several, items, norm_for, of_party, parties
from xiuhua.cases.procedure.periods import FAMILIES
from xiuhua.cases.procedure.setting import Setting

NO_PENALTY = frozenset(
    {
        "slight",
        "first",
        "no_fault",
        "corrected",
        "not_proved",
        "time_barred",
        "under_age",
        "lacks_capacity",
    }
)
SINCE_2021 = frozenset({"first", "no_fault"})
# Shanghai lets subdistrict offices punish in their own name from this day; the text was not read.
FIRST_SUBDISTRICT = "2022-01-01"
BUREAU_KINDS = frozenset({"street_squad", "special_area_squad", "brigade", "detachment"})


def quorum(file: File, setting: Setting) -> bool:
    return people(block(file, "discussion").get("present_ids"), setting.params["discussion_quorum"])


def opinions_recorded(file: File, setting: Setting) -> bool:
    """Each person's opinion is in the minutes, and the minutes are signed."""
    discussion = block(file, "discussion")
    present, opinions = discussion.get("present_ids") or (), discussion.get("opinions") or ()
    said = discussion.get("opinions_recorded") is True or 0 < len(present) <= len(opinions)
    return said and discussion.get("minutes_signed") is True


def discussion_not_required(file: File, setting: Setting) -> bool:
    return not block(file, "case").get("complex_or_major") or bool(block(file, "discussion").get("on"))


def follows_discussion(file: File, setting: Setting) -> bool:
    concluded = block(file, "discussion").get("conclusion_fine") or 0
    return same_money(block(file, "decision").get("fine") or 0, concluded)


def amount_in_range(file: File, setting: Setting) -> bool:
    """The fine lies inside the range of the norm, or of the band whose condition is named; of several, each in its own:
    that the sum would fit helps nobody.
    """
    if is_several(file):
        punished = {pair: row for pair, row in items(file, "decision").items() if row.get("kinds")}
        return bool(punished) and all(fits(norm_for(file, *pair), row) for pair, row in punished.items())
    return fits(block(file, "cause"), block(file, "decision"))


def kind_has_basis(file: File, setting: Setting) -> bool:
    """Every kind decided is one that the norm knows (PPL21 §38)."""
    if is_several(file):
        return all(
            frozenset(row.get("kinds") or ()) <= frozenset(norm_for(file, *pair).get("kinds_allowed") or ())
            for pair, row in items(file, "decision").items()
        )
    kinds = frozenset(block(file, "decision").get("kinds") or ())
    return bool(kinds) and kinds <= frozenset(block(file, "cause").get("kinds_allowed") or ())


def _needs_refusal(file: File) -> bool:
    """Whether some act that is punished may only be punished after a refusal."""
    if is_several(file):
        found = (pair for pair, row in items(file, "decision").items() if row.get("kinds"))
        return any(norm_for(file, *pair).get("needs_refusal") for pair in found)
    return bool(block(file, "cause").get("needs_refusal"))


def refusal_proved(file: File, setting: Setting) -> bool:
    """Where only refusal is punishable: the order was served and a recheck after its day found it not obeyed."""
    if not _needs_refusal(file):
        return True
    correction = block(file, "correction")
    due = correction.get("due_on") or ""
    return (
        come(correction.get("served_on"), due)
        and correction.get("recheck_result") == "not_corrected"
        and due < (correction.get("rechecked_on") or "")
    )


def not_fined_before(file: File, setting: Setting) -> bool:
    """The same act of this party was not fined before (PPL21 §29)."""
    if "fine" not in (block(file, "decision").get("kinds") or ()):
        return True
    fined = (id for id in parties(file) if of_party(file, "decision", id) > 0) if is_several(file) else (P1,)
    names = {parties(file)[id].get("name") for id in fined}
    return not any(
        o.get("same_act") and (o.get("fine") or 0) > 0 and o.get("party_name") in names
        for o in rows(file, "other_decisions")
    )


def _name_fits(case: Mapping[str, Any], day: str) -> bool:
    """SHUM §4: squads in subdistricts and units of the bureau in the bureau's name, town squads in their town's.

    Since 2022 a subdistrict office may decide itself, where its powers were published.
    """
    unit, name = case.get("handling_unit_kind"), case.get("authority_kind")
    if unit == "town_squad":
        return name == "town_government"
    if unit == "street_squad" and name == "subdistrict_office":
        return day >= FIRST_SUBDISTRICT and written(case.get("street_power_basis"))
    return unit in BUREAU_KINDS and name == "district_bureau"


def authority_matches_unit(file: File, setting: Setting) -> bool:
    """The name, the decider and the head of the paper are those in which this unit acts."""
    case, decision = block(file, "case"), block(file, "decision")
    role, printed = decision.get("approver_role"), decision.get("authority_name")
    by_bureau = case.get("authority_kind") == "district_bureau"
    return (
        _name_fits(case, setting.day)
        and (not role or (role == "town_approver") is not by_bureau)
        and (not printed or printed == case.get("authority_name"))
    )


def not_crime(file: File, setting: Setting) -> bool:
    """No suspected crime waits for the police (PPL21 §27)."""
    suspected = block(file, "violation").get("crime_suspected")
    return not suspected or block(file, "referral").get("police_result") == "refused"


def within_limit(file: File, setting: Setting) -> bool:
    """Ninety days from filing (PPL21 §60), less suspensions, plus an extension that a law allows.

    `limit_began` says from which day.
    """
    began, length = limit_began(file), FAMILIES["case_decision"][-1].length
    if began is None or length is None:
        return False
    case = block(file, "case")
    extra = case.get("decision_limit_extended_by_days") or 0
    if extra and not written(case.get("decision_limit_extension_basis")):
        return False
    return setting.on <= began + timedelta(days=length + extra + suspended_days(file))


def no_penalty_ground(file: File, setting: Setting) -> bool:
    """A ground of the law is named, and the facts of the file do not contradict it."""
    violation, ground = block(file, "violation"), block(file, "no_penalty").get("ground")
    if ground in SINCE_2021 and setting.on < PPL21_FROM:
        return False
    if ground == "slight":
        return (
            violation.get("slight") is True
            and bool(violation.get("corrected_on"))
            and not violation.get("harm")
        )
    if ground == "first":
        return violation.get("first_offence") is True and bool(violation.get("corrected_on"))
    if ground == "corrected":
        return block(file, "correction").get("recheck_result") == "corrected"
    return ground in NO_PENALTY


def party_educated(file: File, setting: Setting) -> bool:
    no_penalty = block(step_of(file), "no_penalty")
    return no_penalty.get("education_given") is True or written(no_penalty.get("education"))
