"""Guards of reconsiderations, and the days by which a suit must come. Pure.

Reconsiderations and suits stand in the file as the rows of `reconsiderations` and `litigations`; one that has its
`decided_on` or `ended_on` is over.
"""

from __future__ import annotations

from datetime import date

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards import apart
from xiuhua.cases.procedure.guards.court_remedies import UNTOLD_MONTHS
from xiuhua.cases.procedure.guards.guard import Guard, Reads
from xiuhua.cases.procedure.guards.reading import (
    block,
    bodies_named,
    come,
    iso,
    matter,
    matter_step,
    received,
    rows,
    same_money,
    step_of,
    written,
)
from xiuhua.cases.procedure.periods import clock_on, last_day
from xiuhua.cases.procedure.setting import Setting
from xiuhua.kernel.workdays import Calendar, add_months

FILE, FACTS = Reads.FILE, Reads.FACTS
OVERTURNED = frozenset(
    {"revoked", "varied", "declared_unlawful", "declared_void", "ordered_to_act", "corrected"}
)
# With these what was published of the decision is withdrawn (PPL21 §48).
FALLEN = OVERTURNED - {"ordered_to_act"}


def application_until(known: date, calendar: Calendar) -> date | None:
    """The last day on which a party that knows the decision since `known` may ask for reconsideration."""
    return last_day("reconsideration_apply", known, calendar)


def suit_until(file: File) -> date | None:
    """The last day on which the party may sue directly (ALL §46); None before the decision is known."""
    known = received(file)
    clock = clock_on("suit_direct", iso(known)) if known else None
    return add_months(iso(known), clock.length) if clock and clock.length else None


def review_suit_until(file: File) -> date | None:
    """The last day on which the party may sue against the latest reconsideration (ALL §45)."""
    decided = [r["served_on"] for r in rows(file, "reconsiderations") if r.get("served_on")]
    clock = clock_on("suit_after_reconsideration", iso(decided[-1])) if decided else None
    if clock is None or clock.length is None:
        return None
    return date.fromordinal(iso(decided[-1]).toordinal() + clock.length)


def still_published(file: File) -> bool:
    """Whether the decision was published and not withdrawn since; of several parties apart, of one of them."""
    if found := apart.published(file):
        return any(still_published(apart.of_one(file, party)) for party in found)
    publicity = block(file, "publicity")
    published: str = publicity.get("published_on") or ""
    withdrawn: str = publicity.get("withdrawn_on") or ""
    return withdrawn < published


def fell_on(file: File) -> str:
    """The day on which the last of the words against the decision came, ISO text; empty where it stands."""
    words = [
        *((r.get("outcome"), r.get("decided_on")) for r in rows(file, "reconsiderations")),
        *((r.get("outcome"), r.get("ended_on")) for r in rows(file, "litigations")),
    ]
    days = [str(day) for outcome, day in words if day and outcome in FALLEN]
    return max([*days, str(block(file, "annulment").get("on") or "")])


def _known(file: File) -> date | None:
    day = received(file)
    return iso(day) if day else None


def said(file: File, key: str) -> str:
    """A day that the step states itself; empty where it does not."""
    return matter_step(file).get(key) or ""


def excused(file: File) -> bool:
    """A good reason for coming late, on which the body or the court decides."""
    return written(matter_step(file).get("late_reason"))


def not_told(file: File, key: str, known: date, day: date) -> bool:
    """A party that was not told of its right has a year."""
    return block(file, "decision").get(key) is False and day <= add_months(known, UNTOLD_MONTHS)


def applied_in_time(file: File, setting: Setting) -> bool:
    known, on = _known(file), said(file, "applied_on")
    if known is None or not come(on, setting.day):
        return False
    last = application_until(known, setting.calendar)
    in_time = last is not None and iso(on) <= last
    return in_time or excused(file) or not_told(file, "tells_reconsideration", known, iso(on))


def right_body(file: File, setting: Setting) -> bool:
    """A body that the law of the day names; against a town only the district government (ARL17 §13)."""
    return matter_step(file).get("body") in bodies_named(file, setting.params)


def on_spot_or_machine(file: File, setting: Setting) -> bool:
    if block(file, "case").get("procedure") == "summary":
        return True
    return any(e.get("from_auto_camera") and e.get("relied_on") is not False for e in rows(file, "evidence"))


def found_wrong(file: File, setting: Setting) -> bool:
    step = matter_step(file)
    return step.get("self_check") == "wrong" and written(step.get("found")) and written(step.get("document"))


def found_right(file: File, setting: Setting) -> bool:
    step = matter_step(file)
    return step.get("self_check") == "right" and written(step.get("self_check_reason"))


def application_period_over(file: File, setting: Setting) -> bool:
    """Over for a party that was told; nobody who was not told loses the right by these days."""
    known = _known(file)
    last = application_until(known, setting.calendar) if known else None
    told = block(file, "decision").get("tells_reconsideration") is not False
    return last is not None and told and setting.on > last and not rows(file, "reconsiderations")


def paper_received(file: File, setting: Setting) -> bool:
    """The paper on which this step rests is named by the step itself."""
    return written(matter_step(file).get("document"))


def _completion_until(file: File, setting: Setting) -> date | None:
    told = matter(file).get("completion_notice_on")
    return last_day("reconsideration_completion", iso(told), setting.calendar) if told else None


def completed_in_time(file: File, setting: Setting) -> bool:
    until, on = _completion_until(file, setting), said(file, "completed_on")
    return until is not None and come(on, setting.day) and iso(on) <= until


def completion_over(file: File, setting: Setting) -> bool:
    until = _completion_until(file, setting)
    return until is not None and setting.on > until and not matter(file).get("completed_on")


def simple_kind(file: File, setting: Setting) -> bool:
    """What the ground names is so by the file; that all parties agree is read in the paper."""
    ground, decision = matter_step(file).get("simple_ground"), block(file, "decision")
    if ground == "on_spot":
        return block(file, "case").get("procedure") == "summary"
    if ground == "warning":
        return bool(decision.get("kinds")) and set(decision["kinds"]) <= {"warning", "criticism"}
    if ground == "small_amount":
        fine = decision.get("fine")
        return fine is not None and fine <= setting.params["reconsideration_simple_amount"]
    return ground == "agreed"


def _reply_until(file: File, setting: Setting) -> date | None:
    own = matter(file)
    simple = own.get("procedure") == "simple"
    family = "reconsideration_reply_simple" if simple else "reconsideration_reply"
    copied = own.get("copy_received_on")
    return last_day(family, iso(copied), setting.calendar) if copied else None


def in_time_with_evidence(file: File, setting: Setting, text: str, on: str, until: date | None) -> bool:
    """What was written, its list of evidence and the evidence itself are in, on a day that has come and is not late."""
    step, day = matter_step(file), said(file, on)
    whole = (
        written(step.get(text))
        and written(step.get("evidence_list"))
        and step.get("evidence_handed_in") is True
    )
    return whole and until is not None and come(day, setting.day) and iso(day) <= until


def time_went_by(file: File, setting: Setting, on: str, until: date | None) -> bool:
    """The last day is over and nothing came."""
    return until is not None and setting.on > until and not matter(file).get(on)


def replied_with_evidence(file: File, setting: Setting) -> bool:
    return in_time_with_evidence(file, setting, "reply", "replied_on", _reply_until(file, setting))


def reply_missed(file: File, setting: Setting) -> bool:
    return time_went_by(file, setting, "replied_on", _reply_until(file, setting))


def withdrawn_freely(file: File, setting: Setting) -> bool:
    step = matter_step(file)
    return step.get("voluntary") is True and written(step.get("withdrawal_reason"))


def publicity_changed(file: File, setting: Setting) -> bool:
    """What was published shows the decision as it was varied, or nothing is shown any more.

    Of several parties published apart, what was published of the one whose remedy it is.
    """
    whose = str(matter(file).get("party") or "")
    if whose in apart.published(file):
        file = apart.of_one(file, whose)
    publicity, fine = block(file, "publicity"), block(file, "decision").get("fine") or 0
    if not still_published(file):
        return True
    return come(publicity.get("changed_on"), setting.day) and same_money(
        (publicity.get("amount_wan") or 0) * 10000, fine
    )


# Withdrawal of the publication


def fell_after_publication(file: File, setting: Setting) -> bool:
    return still_published(file) and come(fell_on(file), setting.day)


def withdrawal_explained(file: File, setting: Setting) -> bool:
    """This very step says why it is withdrawn, in public (PPL21 §48)."""
    return written(block(step_of(file), "publicity").get("withdrawal_reason"))


# fmt: off
GUARDS = (
    Guard("applied_in_60_days", applied_in_time, FACTS, "ARL23 §20",
          "已超过六十日复议申请期限",
          "The application came within 60 days of knowledge, or late with a good reason."),
    Guard("body_may_be_asked", right_body, FACTS, "ARL23 §24",
          "不能向该机关申请行政复议", "The body is one to which the law of the day lets the party turn."),
    Guard("on_spot_or_machine_decision", on_spot_or_machine, FILE, "ARL23 §32",
          "不属于可以通过处罚机关提交复议的情形", "The decision was made on the spot or from camera records."),
    Guard("decision_found_wrong", found_wrong, FACTS, "ARL23 §32",
          "未认定原决定有误，不得自行纠正", "The agency found an error of its own and corrected it by a paper."),
    Guard("agency_upholds_decision", found_right, FACTS, "ARL23 §32",
          "尚未复核原处罚决定，不得转送复议机关",
          "The deciding agency found its decision right and wants it upheld."),
    Guard("sixty_days_over", application_period_over, FILE, "ARL23 §20",
          "复议期限未满", "60 days since knowledge have passed without an application."),
    Guard("reconsideration_notice_received", paper_received, FACTS, "ARL23 §30",
          "未收到复议机关相应文书", "The paper of the reconsideration body for this step is filed."),
    Guard("completed_in_time", completed_in_time, FACTS, "ARL23 §31",
          "已超过补正期限", "The missing papers came within the period."),
    Guard("completion_period_over", completion_over, FILE, "ARL23 §31",
          "补正期限未满", "The completion period ended without papers."),
    Guard("simple_reconsideration", simple_kind, FACTS, "ARL23 §53",
          "不适用复议简易程序", "The case is of a kind for the simple procedure."),
    Guard("reply_with_evidence", replied_with_evidence, FACTS, "ARL23 §48",
          "未备齐证据，或者已过答复期限，不得答复", "Reply and evidence are handed in within the time."),
    Guard("reply_missed", reply_missed, FILE, "ARL23 §70",
          "复议答复期限未过", "The time for the reply passed without one."),
    Guard("withdrawal_voluntary", withdrawn_freely, FACTS, "ARL23 §74",
          "撤回申请未说明理由", "The applicant withdraws freely and says why."),
    Guard("publicity_changed", publicity_changed, FACTS, "PPL21 §48",
          "公示信息未更正", "The published item shows the varied decision."),
    Guard("decision_fell_after_publication", fell_after_publication, FILE, "PPL21 §48",
          "决定未被推翻或者未曾公示，无须撤回", "The decision fell and stands published."),
    Guard("withdrawal_explained", withdrawal_explained, FACTS, "PPL21 §48",
          "撤回公示未公开说明理由", "The reason of the withdrawal is made public."),
)
# fmt: on
