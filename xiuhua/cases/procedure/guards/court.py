"""Guards of the application to the court for enforcement (AEL §53 to §60). Pure."""

from __future__ import annotations

from datetime import date

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards.court_remedies import application_starts, remedies_ended
from xiuhua.cases.procedure.guards.guard import Guard, Reads
from xiuhua.cases.procedure.guards.reading import HEADS, block, come, iso, matter_step, written
from xiuhua.cases.procedure.periods import last_day
from xiuhua.cases.procedure.setting import Setting

FILE, FACTS = Reads.FILE, Reads.FACTS
# AEL §55: what every application holds.
MATERIALS = frozenset({"application", "decision", "party_opinion_and_demand", "object"})


def no_own_power(file: File, setting: Setting) -> bool:
    """The catalogue knows the cause and no power of the agency's own to enforce its decisions."""
    cause = block(file, "cause")
    return bool(cause.get("code")) and cause.get("enforcement_power") is not True


def remedies_over(file: File, setting: Setting) -> bool:
    ended = remedies_ended(file, setting.calendar)
    return ended is not None and setting.on > ended


def long_after_demand(file: File, setting: Setting) -> bool:
    served = block(file, "demand").get("served_on")
    last = last_day("demand_before_court", iso(served), setting.calendar) if served else None
    return last is not None and setting.on > last


def papers_complete(file: File, setting: Setting) -> bool:
    """Each of the four kinds of paper is named, and the file holds what it rests on (AEL §55)."""
    court, decision = block(file, "court"), block(file, "decision")
    named = frozenset(court.get("materials") or ()) >= MATERIALS
    rests = decision.get("decided_on") and block(file, "demand").get("served_on")
    return named and bool(rests) and written(court.get("party_opinion")) and written(court.get("object"))


def signed_and_sealed(file: File, setting: Setting) -> bool:
    own = block(file, "court")
    by_head = own.get("signed_by_head") is True and own.get("signer_role") in HEADS
    return by_head and own.get("sealed") is True and come(own.get("signed_on"), setting.day)


def _until(file: File, setting: Setting) -> date | None:
    start = application_starts(file, setting.calendar)
    return last_day("court_application", start, setting.calendar) if start else None


def in_three_months(file: File, setting: Setting) -> bool:
    """Within three months of the start, or later with a good reason that is written (SPC18 §156)."""
    until = _until(file, setting)
    return until is not None and (setting.on <= until or written(block(file, "court").get("late_reason")))


def three_months_over(file: File, setting: Setting) -> bool:
    until = _until(file, setting)
    late = written(block(file, "court").get("late_reason"))
    return until is not None and setting.on > until and not late


def court_paper(file: File, setting: Setting) -> bool:
    """This step names the paper of the court, and its day has come."""
    own = matter_step(file)
    return written(own.get("document")) and come(own.get("document_on"), setting.day)


def in_15_days(file: File, setting: Setting) -> bool:
    ruled = block(file, "court").get("ruling_received_on") or ""
    asked = matter_step(file).get("higher_applied_on") or ""
    last = last_day("court_refusal_review", iso(ruled), setting.calendar) if ruled else None
    return last is not None and ruled <= asked <= min(last.isoformat(), setting.day)


# fmt: off
GUARDS = (
    Guard("no_own_enforcement_power", no_own_power, FILE, "AEL §53",
          "本机关有强制执行权，不应申请法院执行", "No law gives the agency its own enforcement here."),
    Guard("remedy_periods_over", remedies_over, FILE, "AEL §53",
          "复议和诉讼期限未满，不得强制执行",
          "All remedy periods ended unused, or the remedy upheld the decision."),
    Guard("ten_working_days_after_demand", long_after_demand, FILE, "AEL §54",
          "催告书送达未满十个工作日，不得申请法院强制执行",
          "10 working days since service of the demand have passed."),
    Guard("court_papers_complete", papers_complete, FACTS, "AEL §55",
          "申请强制执行材料不齐", "The papers for the court are complete."),
    Guard("signed_and_sealed", signed_and_sealed, FACTS, "AEL §55",
          "申请书未由负责人签名盖章并注明日期", "The head signed, sealed and dated the application."),
    Guard("within_three_months", in_three_months, FACTS, "AEL §53",
          "已超过三个月申请期限", "The application comes within three months."),
    Guard("three_months_over", three_months_over, FILE, "AEL §53",
          "申请法院强制执行期限未过", "Three months since the end of the remedy periods have passed."),
    Guard("court_paper_received", court_paper, FACTS, "AEL §56",
          "未收到法院相应文书，不得登记", "The paper of the court for this step is filed."),
    Guard("within_15_days", in_15_days, FACTS, "AEL §56",
          "已超过十五日", "The request to the higher court came within 15 days."),
)
# fmt: on
