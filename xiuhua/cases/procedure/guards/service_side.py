"""Guards of the service of one document, step by step (PPL21 §61; CivPL23 §87 to §95). Pure.

What a row of service must prove at the end, however it came about, stands in `service`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards.guard import Guard, Reads
from xiuhua.cases.procedure.guards.reading import (
    DECISIONS,
    EMPTY,
    come,
    iso,
    matter,
    matter_step,
    rows,
    step_of,
    written,
)
from xiuhua.cases.procedure.guards.service import RECEIVERS
from xiuhua.cases.procedure.periods import last_day
from xiuhua.cases.procedure.setting import Setting

FILE, FACTS = Reads.FILE, Reads.FACTS


def _row(file: File) -> Mapping[str, Any]:
    """The service that this step brings about."""
    found = rows(step_of(file), "services")
    return found[-1] if found else EMPTY


def sealed_and_dated(file: File, setting: Setting) -> bool:
    """The paper bears its seal and a day that has come; a decision is one that was made."""
    own = matter(file)
    made = own.get("document") not in DECISIONS or come(own.get("decided_on"), setting.day)
    return made and own.get("sealed") is True and come(own.get("issued_on"), setting.day)


def receiver_entitled(file: File, setting: Setting) -> bool:
    row = _row(file)
    return row.get("receiver_relation") in RECEIVERS and written(row.get("receiver_name"))


def refusal_recorded(file: File, setting: Setting) -> bool:
    own = matter_step(file)
    return written(own.get("refusal_reason")) and come(own.get("refused_on"), setting.day)


def left_at_residence(file: File, setting: Setting) -> bool:
    return matter_step(file).get("at_residence") is True and written(_row(file).get("place"))


def witness_or_video(file: File, setting: Setting) -> bool:
    row = _row(file)
    return row.get("witness_signed") is True or written(row.get("video_ref"))


def consent_before(file: File, setting: Setting) -> bool:
    row = _row(file)
    return come(row.get("confirmation_signed_on"), row.get("on") or "")


def arrival_recorded(file: File, setting: Setting) -> bool:
    """The paper arrived, not before it was sent and not after today."""
    row = _row(file)
    arrived = (row.get("arrived_at") or "")[:10]
    return bool(arrived) and (row.get("on") or "9999") <= arrived <= setting.day


def direct_is_hard(file: File, setting: Setting) -> bool:
    return written(matter(file).get("hard_reason"))


def slip_kept(file: File, setting: Setting) -> bool:
    own = matter_step(file)
    return own.get("slip_kept") is True and written(own.get("post_no"))


def post_receipt_dated(file: File, setting: Setting) -> bool:
    """The receipt bears a day between the sending and today."""
    row = _row(file)
    day = row.get("post_receipt_on") or ""
    return bool(day) and (row.get("on") or "9999") <= day <= setting.day


def returned_mail_kept(file: File, setting: Setting) -> bool:
    own = matter_step(file)
    return own.get("returned_mail_kept") is True and come(own.get("returned_on"), setting.day)


def others_tried(file: File, setting: Setting) -> bool:
    """What was tried is written down."""
    return written(matter(file).get("attempts"))


def announcement_reasoned(file: File, setting: Setting) -> bool:
    return written(matter_step(file).get("reason"))


def announcement_over(file: File, setting: Setting) -> bool:
    """The days of the announcement have run out by the law of the day on which it was posted."""
    start = matter(file).get("announced_on")
    last = last_day("announcement", iso(start), setting.calendar) if start else None
    return last is not None and setting.on > last


# fmt: off
GUARDS = (
    Guard("document_sealed_and_dated", sealed_and_dated, FACTS, "PPL21 §59",
          "文书未盖章或者未注明日期，不得送达", "The paper bears seal and date."),
    Guard("receiver_entitled", receiver_entitled, FACTS, "CivPL23 §88",
          "签收人不具有代收资格", "The receiver may receive for the party."),
    Guard("refusal_reason_recorded", refusal_recorded, FACTS, "CivPL23 §89",
          "送达回证未记明拒收事由和日期", "Reason and date of the refusal are on the receipt."),
    Guard("left_at_residence", left_at_residence, FACTS, "CivPL23 §89",
          "未留置于受送达人住所", "The paper was left at the residence of the party."),
    Guard("witness_or_video", witness_or_video, FACTS, "CivPL23 §89",
          "留置送达无见证人且无音像记录", "A witness signed, or photos or video show the leaving."),
    Guard("consent_signed_before", consent_before, FACTS, "PPL21 §61",
          "未签订电子送达确认书，不得电子送达",
          "The consent to electronic service was signed before the sending."),
    Guard("arrival_recorded", arrival_recorded, FACTS, "CivPL23 §90",
          "未记录电子文书到达时间，不得确认送达", "The arrival in the party's system is recorded."),
    Guard("direct_service_hard", direct_is_hard, FACTS, "CivPL23 §91",
          "未说明直接送达困难的理由", "A reason why direct service is hard is written."),
    Guard("postal_slip_kept", slip_kept, FACTS, "CivPL23 §91",
          "未保存邮寄凭证", "The posting slip is in the file."),
    Guard("post_receipt_dated", post_receipt_dated, FACTS, "CivPL23 §91",
          "邮寄回执未注明收件日期", "The postal receipt bears the date."),
    Guard("returned_mail_kept", returned_mail_kept, FACTS, "",
          "未保存退回邮件", "The returned mail is in the file."),
    Guard("other_methods_tried", others_tried, FACTS, "CivPL23 §95",
          "其他方式尚可送达，不得公告送达", "Other ways of service failed and are recorded."),
    Guard("announcement_reason_recorded", announcement_reasoned, FACTS, "CivPL23 §95",
          "未记明公告送达的原因和经过，不得公告",
          "Reason and course of the announcement are in the file."),
    Guard("announcement_period_over", announcement_over, FILE, "SHUM §25",
          "公告期未满，尚未视为送达", "The days of the announcement have passed."),
)
# fmt: on
