"""Guards of the hearing itself (PPL17 §42, §43; PPL21 §64, §65). Pure.

Whether there is a right to it, whether it was asked for in time and whether it is settled stand in `hearing`.
"""

from __future__ import annotations

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards import hearing
from xiuhua.cases.procedure.guards.guard import Guard, Reads
from xiuhua.cases.procedure.guards.reading import (
    block,
    come,
    hearing_told,
    investigated,
    rows,
    step_of,
    written,
)
from xiuhua.cases.procedure.guards.service import proved
from xiuhua.cases.procedure.setting import Setting

FILE, FACTS = Reads.FILE, Reads.FACTS
NOTICE = "hearing_notice"
# What a host may not be, beside an investigator (PPL21 §64: an interest in the case).
TIES = frozenset({"interest", "relative", "other"})
ABSENT = frozenset({"absent", "left"})


def not_heard_yet(file: File, setting: Setting) -> bool:
    """On the plan that was told there was no hearing, nor was it given up: a second one is not had for the asking.

    What the first of several parties gave up, another may still ask for.
    """
    own = block(file, "hearing")
    others = any(row.get("requested_on") for row in rows(file, "hearing_requests"))
    ended = ("held_on", "ended_by_absence", *(() if others else ("waived_in_writing",)), "report_on")
    return bool(hearing_told(file)) and not any(own.get(key) for key in ended)


def host_may_host(file: File, setting: Setting) -> bool:
    """A host is named who was not told to stand aside and declared no interest."""
    host = block(file, "hearing").get("host_id")
    aside = {r.get("person_id") for r in rows(file, "recusals") if r.get("result") == "granted"}
    aside |= {o.get("id") for o in rows(file, "officers") if o.get("interest_declared")}
    return bool(host) and host not in aside


def conflict_found(file: File, setting: Setting) -> bool:
    """The host who steps back investigated the case, or the tie is named with its reason."""
    asked = rows(step_of(file), "recusals")
    if not asked or not asked[-1].get("person_id"):
        return False
    row = asked[-1]
    if row.get("ground") == "investigated":
        return investigated(file, str(row["person_id"]))
    return row.get("ground") in TIES and written(row.get("reason"))


def host_acts(file: File, setting: Setting) -> bool:
    """Who acts is the host that was appointed; a history may leave the person unnamed."""
    host = block(file, "hearing").get("host_id")
    return bool(host) and setting.actor_id in ("", host)


def open_or_private_ground(file: File, setting: Setting) -> bool:
    hearing = block(file, "hearing")
    return hearing.get("public") is True or (
        hearing.get("public") is False and written(hearing.get("private_ground"))
    )


def notice_proved(file: File, setting: Setting) -> bool:
    """The step states the service of the notice, in a way that its receipt proves."""
    found = [row for row in rows(step_of(file), "services") if row.get("document") == NOTICE]
    return bool(found) and proved(found[-1], setting)


def held_as_notified(file: File, setting: Setting) -> bool:
    """Held on the day that the notice named."""
    hearing = block(file, "hearing")
    planned = (hearing.get("planned_at") or "")[:10]
    return bool(planned) and hearing.get("held_on") == planned


def investigators_present(file: File, setting: Setting) -> bool:
    """Somebody came who investigated, and nobody is named as such who did not."""
    came = block(file, "hearing").get("investigator_ids") or ()
    return bool(came) and all(investigated(file, person) for person in came)


def absent_without_reason(file: File, setting: Setting) -> bool:
    """The day of the notice has come, and it is written down how the party stayed away or left."""
    hearing = block(file, "hearing")
    noted = hearing.get("attendance") in ABSENT and written(hearing.get("absence_reason"))
    return noted and come(hearing.get("planned_at"), setting.day)


def record_signed_or_noted(file: File, setting: Setting) -> bool:
    hearing = block(file, "hearing")
    refused = hearing.get("refusal_noted") is True and written(hearing.get("refusal_reason"))
    return hearing.get("record_signed") is True or refused


def opinion_given(file: File, setting: Setting) -> bool:
    """The report of this step has an opinion, and it is not older than the hearing."""
    stated, held = block(step_of(file), "hearing"), block(file, "hearing").get("held_on") or "9999"
    return written(stated.get("opinion")) and held <= (stated.get("report_on") or "") <= setting.day


# fmt: off
GUARDS = (
    Guard("other_hearing_in_time", hearing.other_requests, FACTS, "PPL21 §64",
          "该当事人没有听证权，或者已超过其申请期限，或者已书面放弃",
          "A further party that has the right asked within its own days."),
    Guard("other_hearing_waived", hearing.other_waives, FACTS, "PPL21 §62",
          "该当事人未书面放弃听证，或者已经要求听证", "A further party waived in writing and did not ask before."),
    Guard("not_heard_yet", not_heard_yet, FILE, "PPL21 §64",
          "本次告知已经举行听证或者当事人已放弃听证，不再组织",
          "There was no hearing on this plan yet, and it was not given up."),
    Guard("host_may_host", host_may_host, FACTS, "PPL21 §64",
          "拟任主持人应当回避，不得指定", "The host named has no interest and was not told to stand aside."),
    Guard("host_conflict_found", conflict_found, FACTS, "PPL21 §64",
          "主持人无回避事由", "The host investigated the case or has an interest."),
    Guard("appointed_host_acts", host_acts, FILE, "PPL21 §64",
          "应当由本案指定的听证主持人办理", "The host appointed for this hearing acts himself."),
    Guard("open_or_secret_ground", open_or_private_ground, FACTS, "PPL21 §64",
          "不公开听证未说明理由", "The hearing is open, or a secrecy ground is named."),
    Guard("hearing_notice_proved", notice_proved, FACTS, "CivPL23 §87",
          "听证通知书的送达凭证不全", "The service of the hearing notice is proved."),
    Guard("held_as_notified", held_as_notified, FACTS, "PPL21 §64",
          "举行听证的日期与听证通知书不一致", "The hearing is held on the day of its notice."),
    Guard("investigators_present", investigators_present, FACTS, "PPL21 §64",
          "调查人员未到场", "The investigators attend the hearing."),
    Guard("absent_without_reason", absent_without_reason, FACTS, "PPL21 §64",
          "当事人缺席理由未记明，不得终止听证",
          "The party stayed away or left the hearing without good reason."),
    Guard("hearing_record_signed_or_noted", record_signed_or_noted, FACTS, "PPL21 §64",
          "听证笔录未签字且未注明", "The party signed the hearing record or refusal is noted."),
    Guard("opinion_given", opinion_given, FACTS, "PPL21 §65",
          "听证报告没有处理意见", "The host's opinion is in the report."),
)
# fmt: on
