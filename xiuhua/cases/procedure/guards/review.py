"""The desk between investigation and decision: complete papers, and reviewers who did not investigate."""

from __future__ import annotations

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards.reading import block, hearing_told, rows, step_of, stood_apart
from xiuhua.cases.procedure.setting import Setting

INVESTIGATION_PAPERS = frozenset({"filing_form", "investigation_report"})
RECORDS = frozenset({"inspection_record", "survey_record", "scene_record", "interview_record"})


def file_complete(file: File, setting: Setting) -> bool:
    """Filing form, at least one record of an act, investigation report, and evidence."""
    kinds = {d.get("kind") for d in rows(file, "documents")}
    return kinds >= INVESTIGATION_PAPERS and not RECORDS.isdisjoint(kinds) and bool(rows(file, "evidence"))


def not_investigator(file: File, setting: Setting) -> bool:
    """Neither the reviewer named by this step nor the person acting took part in the investigation."""
    step = step_of(file)
    stated = block(step, "adjudication").get("reviewer_id") or block(step, "legal_review").get("reviewer_id")
    return stood_apart(file, stated, setting.actor_id)


def qualified(file: File, setting: Setting) -> bool:
    """A first-time reviewer names the legal qualification."""
    review = block(file, "legal_review")
    first = review.get("first_time_reviewer") and setting.params["legal_review_qualification"]
    return not first or bool(review.get("qualification_no"))


def required(file: File, setting: Setting) -> bool:
    """By the bureau's plan every ordinary case in its name; by PPL21 §58 four kinds; and every mitigated case."""
    case = block(file, "case")
    return (
        (setting.params["legal_review_every_ordinary"] and case.get("authority_kind") == "district_bureau")
        or bool(case.get("public_interest") or case.get("multi_legal_relations"))
        or bool(case.get("review_required_by_act") or hearing_told(file))
        or block(file, "decision").get("tier") == "mitigated"
    )


def passed(file: File, setting: Setting) -> bool:
    """A review that was made must have passed, before this day and by somebody other than the decider."""
    review = block(file, "legal_review")
    if not review.get("on"):
        return not required(file, setting)
    decider = block(file, "decision").get("approver_id") or setting.actor_id
    return (
        review.get("opinion") == "pass"
        and review["on"] <= setting.day
        and (not decider or decider != review.get("reviewer_id"))
    )


def not_the_investigator(file: File, setting: Setting) -> bool:
    """Neither the decider named by this step nor the person acting took part in the investigation."""
    step = step_of(file)
    stated = block(step, "decision").get("approver_id") or block(step, "no_penalty").get("approver_id")
    return stood_apart(file, stated, setting.actor_id)
