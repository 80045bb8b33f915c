"""Which open cases a change of the law touches, and in which way. Pure.

Substance follows the day of the act, unless the text at the decision is lighter (PPL21 §37); procedure follows the day
of each step. So a new range touches a case that is not decided yet and whose act is older only where it is lighter or
cannot be told apart; a new period touches every case that has not yet passed the step it belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xiuhua.cases.discretion.comparing import Text, Verdict, compare

LIGHTER_LAW = "PPL21 §37"


class Way(StrEnum):
    """How a case is touched.

    LIGHTER: the later, lighter text applies. UNCLEAR: somebody has to compare. CORRECTED: the text of the act's own day
    reads otherwise than the file took it. REVIEW: the case was decided since under another text. STEPS: steps to come
    follow the new rule. DISCRETION: the tier is weighed anew before the decision. LIMITATION: the new period holds for
    the act only where it is shorter.
    """

    LIGHTER = "lighter"
    UNCLEAR = "unclear"
    CORRECTED = "corrected"
    REVIEW = "review"
    STEPS = "steps"
    DISCRETION = "discretion"
    LIMITATION = "limitation"


@dataclass(frozen=True, slots=True)
class OpenCase:
    """What of an open case decides whether a change touches it.

    `acted_on`: the day of the act, or that of its finding. `text`: what its file took the norm to say.
    """

    key: int
    procedure: str
    cause: str
    acted_on: date
    opened_on: date
    filed_on: date | None = None
    decided_on: date | None = None
    served_on: date | None = None
    party_kind: str = "citizen"
    text: Text | None = None


@dataclass(frozen=True, slots=True)
class NewText:
    """A version of a cause, new or read otherwise, that begins on `day` (None: always) and ends with `until`.

    `before` and `after` give the text that went before it and its own for the kind of party of a case.
    """

    code: str
    day: date | None
    until: date | None
    before: Callable[[OpenCase], Text | None]
    after: Callable[[OpenCase], Text]


@dataclass(frozen=True, slots=True)
class NewValue:
    """A parameter that has another value from `day` on, or (`corrected`) always had."""

    name: str
    day: date | None
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class NewGuidance:
    """Tiers or further ranges of a cause (`*`: of every cause) that are others from `day` on, or were corrected."""

    code: str
    day: date | None
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """Until which event of the case a parameter matters, in which procedures; `substance`: it follows the act."""

    until: str
    procedures: frozenset[str] = frozenset({"summary", "ordinary"})
    substance: bool = False


SUMMARY, ORDINARY = frozenset({"summary"}), frozenset({"ordinary"})
_UNTIL: Mapping[str, tuple[str, frozenset[str], str]] = {
    "filing": ("filed_on", ORDINARY, "filing_days filing_required"),
    "on the spot": (
        "decided_on",
        SUMMARY,
        "summary_fine_citizen summary_fine_organisation on_spot_reconsideration_first",
    ),
    "before the decision": (
        "decided_on",
        ORDINARY,
        "decision_days decision_months_environment discussion_quorum discussion_needs_heavier hearing_request_days "
        "hearing_notice_days hearing_record_binding hearing_confiscation_counts hearing_fine_citizen "
        "hearing_fine_organisation hearing_kinds legal_review_every_ordinary legal_review_qualification "
        "legal_review_kinds notice_planned_penalty_required registration_days registration_by_head "
        "camera_review_required measure_days measure_extension_days measure_urgent_report_hours "
        "assistance_answer_days crime_referral_days",
    ),
    "before any decision": (
        "decided_on",
        SUMMARY | ORDINARY,
        "min_officers certificate_shown defence_days individual_business_counts_as same_act_higher_range "
        "lighter_later_law",
    ),
    "service": ("served_on", ORDINARY, "service_days announcement_days electronic_service"),
    "after the decision": (
        "",
        SUMMARY | ORDINARY,
        "cash_limit cash_hand_in_days cash_deposit_days cash_hard_to_enforce cash_remote_on_request pay_days "
        "surcharge_percent surcharge_cap_percent surcharge_pauses_in_remedy publicity_days "
        "publicity_withdrawal_days publication_of_decisions reconsideration_days reconsideration_bodies "
        "reconsideration_answer_days reconsideration_answer_days_simple reconsideration_decision_days "
        "reconsideration_decision_days_simple reconsideration_extension_days reconsideration_simple_amount "
        "litigation_months litigation_days_after_reconsideration litigation_answer_days demand_court_days "
        "court_application_months enforcement_court "
        "summary_cases_per_volume collecting_bank upload_days perishable_days unclaimed_days",
    ),
    "after the spot": ("", SUMMARY, "on_spot_report_days"),
}
STAGES: Mapping[str, Stage] = {
    name: Stage(until, procedures) for until, procedures, names in _UNTIL.values() for name in names.split()
} | {name: Stage("decided_on", substance=True) for name in ("limitation_months", "limitation_months_health")}
# Parameters of leads and of figures, which no case waits for.
NOT_OF_CASES = frozenset(
    {
        "lead_transfer_days",
        "reporter_answer_days",
        "sanitation_complaint_days",
        "outlier_least_cases",
        "outlier_of_box",
        "outlier_of_span",
    }
)


def _before(one: date | None, other: date | None) -> bool:
    """Whether a day lies before another; None as the other is the beginning of time."""
    return one is not None and other is not None and one < other


def by_text(change: NewText, case: OpenCase, today: date) -> Way | None:
    """How a new or corrected version of a cause touches an open case; None where it does not.

    Beside the text of the act's own day only the one counts that holds when it is decided: today or later.
    """
    if case.cause != change.code:
        return None
    after = change.after(case)
    own = not _before(case.acted_on, change.day) and not _before(change.until, case.acted_on)
    if own:
        return None if case.text is None or case.text == after else _reread(case)
    at_decision = case.decided_on or max(today, change.day or today)
    if not _before(case.acted_on, change.day) or _before(at_decision, change.day):
        return None
    if _before(change.until, at_decision):
        return None
    held = case.text or change.before(case)
    verdict = Verdict.UNCLEAR if held is None else compare(held, after)
    if verdict in {Verdict.SAME, Verdict.HEAVIER}:
        return None
    if case.decided_on:
        return Way.REVIEW
    return Way.LIGHTER if verdict is Verdict.LIGHTER else Way.UNCLEAR


def _reread(case: OpenCase) -> Way:
    """The text of the act's own day is not the one in the file."""
    return Way.REVIEW if case.decided_on else Way.CORRECTED


def by_value(change: NewValue, case: OpenCase) -> Way | None:
    """How another value of a parameter touches an open case; None where it does not."""
    stage = STAGES.get(change.name)
    if stage is None or case.procedure not in stage.procedures:
        return None
    if not change.corrected and not _before(case.opened_on, change.day):
        return None
    passed = getattr(case, stage.until) if stage.until else None
    if stage.substance:
        return None if passed else Way.LIMITATION
    if passed is None:
        return Way.STEPS
    return Way.REVIEW if change.corrected or not _before(passed, change.day) else None


def by_guidance(change: NewGuidance, case: OpenCase) -> Way | None:
    """How other tiers or ranges touch an open case (PPL21 §34): who is not decided yet is weighed anew."""
    if change.code not in ("*", case.cause):
        return None
    if not change.corrected and change.day is not None and not _before(case.opened_on, change.day):
        return None
    if case.decided_on is None:
        return Way.DISCRETION
    return Way.REVIEW if change.corrected or not _before(case.decided_on, change.day) else None
