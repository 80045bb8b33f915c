"""Guards of suits against a decision. Pure."""

from __future__ import annotations

from datetime import date

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards import remedies
from xiuhua.cases.procedure.guards.guard import Guard, Reads
from xiuhua.cases.procedure.guards.reading import (
    block,
    come,
    iso,
    matter,
    matter_step,
    received,
    rows,
    written,
)
from xiuhua.cases.procedure.guards.remedies_side import (
    FALLEN,
    OVERTURNED,
    excused,
    in_time_with_evidence,
    not_told,
    paper_received,
    publicity_changed,
    review_suit_until,
    said,
    suit_until,
    time_went_by,
)
from xiuhua.cases.procedure.periods import last_day
from xiuhua.cases.procedure.setting import Setting

FILE, FACTS = Reads.FILE, Reads.FACTS


def filed_in_time(file: File, setting: Setting) -> bool:
    until, on = suit_until(file), said(file, "filed_on")
    if until is None or not come(on, setting.day):
        return False
    return (
        iso(on) <= until or excused(file) or not_told(file, "tells_litigation", iso(received(file)), iso(on))
    )


def not_first_to_reconsideration(file: File, setting: Setting) -> bool:
    """An on-the-spot penalty goes to reconsideration before the court, since the law of 2023."""
    summary = block(file, "case").get("procedure") == "summary"
    return not (summary and setting.params["on_spot_reconsideration_first"])


def filed_after_review(file: File, setting: Setting) -> bool:
    until, on = review_suit_until(file), said(file, "filed_on")
    return until is not None and come(on, setting.day) and (iso(on) <= until or excused(file))


def _unsued(file: File) -> bool:
    return not any(row.get("filed_on") for row in rows(file, "litigations"))


def suit_period_over(file: File, setting: Setting) -> bool:
    until = suit_until(file)
    told = block(file, "decision").get("tells_litigation") is not False
    reviewed = any(row.get("applied_on") for row in rows(file, "reconsiderations"))
    return until is not None and told and setting.on > until and _unsued(file) and not reviewed


def review_suit_period_over(file: File, setting: Setting) -> bool:
    until = review_suit_until(file)
    return until is not None and setting.on > until and _unsued(file)


def _answer_until(file: File, setting: Setting) -> date | None:
    copied = matter(file).get("copy_received_on")
    return last_day("suit_answer", iso(copied), setting.calendar) if copied else None


def answered_with_evidence(file: File, setting: Setting) -> bool:
    return in_time_with_evidence(file, setting, "answer", "answered_on", _answer_until(file, setting))


def answer_missed(file: File, setting: Setting) -> bool:
    return time_went_by(file, setting, "answered_on", _answer_until(file, setting))


def head_or_reason(file: File, setting: Setting) -> bool:
    """The head came, or somebody else in charge, and is named with the post; or the written reason why not."""
    step = matter_step(file)
    if step.get("head_attended") is True:
        return written(step.get("attendee")) and bool(step.get("attendee_post"))
    stated = written(step.get("absence_statement")) and written(step.get("agents"))
    return step.get("head_attended") is False and stated


def withdrawal_allowed(file: File, setting: Setting) -> bool:
    step = matter_step(file)
    return written(step.get("document")) and come(step.get("ended_on"), setting.day)


def mediation_allowed(file: File, setting: Setting) -> bool:
    step = matter_step(file)
    return step.get("mediation_kind") in {"compensation", "discretion"} and written(step.get("agreed"))


def _appealed(file: File, setting: Setting, family: str, key: str) -> bool:
    served, on = matter(file).get(key), said(file, "appealed_on")
    last = last_day(family, iso(served), setting.calendar) if served else None
    return last is not None and come(on, setting.day) and iso(on) <= last


def judgment_appealed(file: File, setting: Setting) -> bool:
    return _appealed(file, setting, "appeal_judgment", "judgment_served_on")


def ruling_appealed(file: File, setting: Setting) -> bool:
    return _appealed(file, setting, "appeal_ruling", "ruling_served_on")


def appeal_over(file: File, setting: Setting) -> bool:
    """Ten days after a ruling, fifteen after a judgment, whichever ended the first instance."""
    own = matter(file)
    ruled = own.get("first_outcome") == "suit_dismissed"
    family, key = (
        ("appeal_ruling", "ruling_served_on") if ruled else ("appeal_judgment", "judgment_served_on")
    )
    served = own.get(key)
    last = last_day(family, iso(served), setting.calendar) if served else None
    return last is not None and setting.on > last


def ground_named(file: File, setting: Setting) -> bool:
    """Whoever overturns says why; a varied fine is stated."""
    step = matter_step(file)
    outcome = step.get("outcome")
    if outcome not in OVERTURNED:
        return bool(outcome)
    said = bool(step.get("ground")) and written(step.get("found"))
    return said and (outcome != "varied" or step.get("varied_fine") is not None)


def judged_before(file: File, setting: Setting) -> bool:
    return any(row.get("ended_on") and row.get("outcome") for row in rows(file, "litigations"))


def judgment_done(file: File, setting: Setting) -> bool:
    own = matter(file)
    done = written(own.get("carried_out")) and come(own.get("carried_out_on"), setting.day)
    if own.get("outcome") in {"revoked", "declared_void"}:
        return done and remedies.money_and_goods_returned(file, setting)
    return done


def withdrawn_if_overturned(file: File, setting: Setting) -> bool:
    outcome = matter(file).get("outcome")
    if outcome == "varied":
        return publicity_changed(file, setting)
    if outcome in FALLEN:
        return remedies.publicity_withdrawn(file, setting)
    return bool(outcome)


# fmt: off
GUARDS = (
    Guard("filed_in_six_months", filed_in_time, FACTS, "ALL §46",
          "已超过六个月起诉期限", "The suit came within six months of knowledge, or late with a good reason."),
    Guard("reconsideration_not_first", not_first_to_reconsideration, FILE, "ARL23 §23",
          "对当场处罚不服的，应当先申请行政复议", "The law does not send this decision to reconsideration first."),
    Guard("filed_in_15_days", filed_after_review, FACTS, "ALL §45",
          "已超过复议后十五日起诉期限", "The suit came within 15 days of the reconsideration."),
    Guard("six_months_over", suit_period_over, FILE, "ALL §46",
          "起诉期限未满", "Six months since knowledge have passed without suit or reconsideration."),
    Guard("fifteen_days_over", review_suit_period_over, FILE, "ALL §45",
          "复议后起诉期限未满", "15 days since the reconsideration have passed without a suit."),
    Guard("court_notice_received", paper_received, FACTS, "",
          "未收到法院相应文书，不得登记", "The paper of the court for this step is filed."),
    Guard("answer_with_evidence", answered_with_evidence, FACTS, "ALL §67",
          "未备齐证据和规范性文件，或者已过期限，不得提交答辩",
          "Answer, evidence and basis are handed in within the time."),
    Guard("answer_missed", answer_missed, FILE, "ALL §34",
          "答辩举证期限未过", "The time for the answer passed without one."),
    Guard("head_or_written_reason", head_or_reason, FACTS, "ALL §3",
          "负责人未出庭且未提交情况说明",
          "The head or another in charge came; else the reason is written and staff came."),
    Guard("court_allows_withdrawal", withdrawal_allowed, FACTS, "ALL §62",
          "没有法院准许撤诉裁定", "The court allowed the withdrawal."),
    Guard("mediation_allowed_kind", mediation_allowed, FACTS, "ALL §60",
          "本案不属于可以调解的范围", "It is about compensation or the discretion of the agency."),
    Guard("appealed_in_15_days", judgment_appealed, FACTS, "ALL §85",
          "已超过判决上诉期限", "The appeal came within 15 days of the judgment."),
    Guard("appealed_in_10_days", ruling_appealed, FACTS, "ALL §85",
          "已超过裁定上诉期限", "The appeal came within 10 days of the ruling."),
    Guard("appeal_period_over", appeal_over, FILE, "ALL §85",
          "上诉期未满，裁判尚未生效", "The time for an appeal has passed."),
    Guard("ground_named_if_overturned", ground_named, FACTS, "ALL §70",
          "裁判纠正原决定的，应当载明理由", "A judgment that overturns names its ground."),
    Guard("earlier_judgment_final", judged_before, FILE, "ALL §90",
          "没有生效裁判，不得再审", "A judgment of this case is in force."),
    Guard("judgment_duties_done", judgment_done, FACTS, "ALL §94",
          "判决义务未履行完毕", "What the judgment asks for was done, and money and goods went back."),
    Guard("publicity_withdrawn_if_overturned", withdrawn_if_overturned, FACTS, "PPL21 §48",
          "被推翻的决定未撤回公示", "Where the decision fell, the published item was withdrawn or corrected."),
)
# fmt: on
