"""What the moves of a hearing state. Pure data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xiuhua.cases.procedure.facts.deriving import Derive, Fragment
from xiuhua.cases.procedure.facts.field import Fields, asked, optional, silent
from xiuhua.cases.procedure.facts.shared import FUTURE, PERSON, REASON, WHO, C, D, L, M, T, Y, service, video
from xiuhua.cases.procedure.guards.reading import effective

WAYS = (("written", "书面", "In writing"), ("oral", "口头", "Orally"))
TIES = (
    ("investigated", "参与过本案调查", "Took part in the investigation"),
    ("interest", "与本案有直接利害关系", "Has an interest in the case"),
    ("relative", "与当事人有亲属关系", "Is related to the party"),
    ("other", "其他可能影响公正的关系", "Another tie that may touch fairness"),
)
ATTENDANCE = (
    ("absent", "无正当理由未到场", "Did not come without good reason"),
    ("left", "未经许可中途退场", "Left without leave"),
)

# fmt: off
WITHDRAWN: Fields = (
    asked("hearing.waived_in_writing", Y, "已书面撤回", "Withdrawn in writing"),
    asked("hearing.waived_on", D, "撤回日期", "Withdrawn on", default="today"),
)
FORMS: Mapping[str, Fields] = {
    "receive_request": (
        asked("hearing.requested_on", D, "要求听证日期", "Requested on", default="hearing.requested_on|today"),
        asked("hearing.request_way", C, "提出方式", "How it was asked", choices=WAYS, default="const:written"),
        optional("hearing.request_reason", L, "要求听证的理由", "Reasons given"),
        silent("hearing.received_by_id", PERSON, "actor"),
    ),
    "reject_late_request": (
        asked("hearing.late_request_on", D, "提出日期", "Asked for on", default="today"),
        asked("hearing.rejection_reason", L, "说明", "Explanation",
              default="const:当事人在法定期限届满后提出听证要求，依法不组织听证。"),
        silent("hearing.rejected_on", D, "today", required=True),
    ),
    "appoint_host": (
        asked("hearing.host_id", PERSON, "听证主持人", "Host"),
        optional("hearing.recorder_id", PERSON, "记录人", "Recorder"),
        silent("hearing.appointed_on", D, "today", required=True),
        silent("hearing.appointed_by_id", PERSON, "actor"),
    ),
    "replace_host": (
        asked("recusal.ground", C, "回避事由", "Ground", choices=TIES),
        asked("recusal.reason", L, "说明", "Explanation"),
        silent("recusal.person_id", PERSON, "hearing.host_id"),
        silent("recusal.result", T, "const:granted"),
        silent("recusal.decided_on", D, "today"),
        silent("recusal.decided_by_role", T, "actor_role"),
        silent("hearing.replaced_on", D, "today", required=True),
    ),
    "withdraw_request": WITHDRAWN,
    "serve_hearing_notice": (
        asked("hearing.planned_at", M, "听证时间", "Day and hour of the hearing", time=FUTURE),
        asked("hearing.planned_place", T, "听证地点", "Place of the hearing"),
        asked("hearing.public", Y, "公开举行", "Public", default="yes"),
        optional("hearing.private_ground", T, "不公开的理由", "Why not public"),
        optional("hearing.others_told", T, "通知的其他有关人员", "Others concerned who were told"),
        *service("hearing_notice"),
    ),
    "postpone_hearing": (
        *REASON,
        silent("hearing.postponed_from", M, "hearing.planned_at"),
        silent("hearing.postponed_on", D, "today", required=True),
    ),
    "withdraw_before_notice": WITHDRAWN,
    "withdraw_before_hearing": WITHDRAWN,
    "hold_hearing": (
        asked("hearing.held_on", D, "听证日期", "Held on", default="today"),
        asked("hearing.from_at", M, "开始时间", "From", default="hearing.planned_at"),
        asked("hearing.to_at", M, "结束时间", "To", default="now"),
        asked("hearing.place", T, "地点", "Place", default="hearing.planned_place"),
        asked("hearing.investigator_ids", WHO, "到场的调查人员", "Investigators present", default="case_officers"),
        asked("hearing.attended_by", T, "到场的当事人（代理人）", "Party or agent present", default="party.name"),
        optional("hearing.others_present", T, "其他到场人员", "Others present"),
        asked("hearing.case_put", L, "调查人员提出的违法事实、证据和处罚建议", "What the investigators put forward",
              default="violation.facts"),
        asked("hearing.party_said", L, "当事人的申辩和质证", "What the party answered"),
        optional("hearing.last_said", L, "辩论和最后陈述", "Debate and last words"),
        *video("hearing"),
    ),
    "end_by_absence": (
        asked("hearing.attendance", C, "缺席情形", "How the party was absent", choices=ATTENDANCE),
        asked("hearing.absence_reason", L, "通知、等候和缺席的经过", "What was done and how the party was absent"),
        silent("hearing.place", T, "hearing.planned_place"),
        silent("hearing.ended_on", D, "today", required=True),
    ),
    "sign_record": (
        asked("hearing.record_signed", Y, "笔录已核对签名", "Record read and signed"),
        optional("hearing.refusal_noted", Y, "拒签已注明", "Refusal noted"),
        optional("hearing.refusal_reason", T, "拒签原因", "Reason of the refusal"),
        silent("hearing.signed_on", D, "today", required=True),
    ),
    "report_hearing": (
        asked("hearing.finding", L, "听证认定的事实和证据", "What the hearing found"),
        asked("hearing.opinion", L, "处理意见", "Opinion"),
        silent("hearing.report_on", D, "today", required=True),
    ),
}
# fmt: on

# While the host has it in hand, the main road cannot take a result that nobody reported.
GOES_ON: Mapping[str, Any] = {"hearing.under_way": True}
ENDED: Mapping[str, Any] = {"hearing.under_way": False}
TAKEN_BACK = {**ENDED, "hearing.opinion": "当事人撤回听证要求，听证终止，按照未举行听证处理。"}
FIXED: Mapping[str, Mapping[str, Any]] = {
    "receive_request": GOES_ON,
    "replace_host": {"hearing.host_id": None, "hearing.recorder_id": None},
    "withdraw_request": TAKEN_BACK,
    "postpone_hearing": {"hearing.planned_at": None, "hearing.notice_served_on": None},
    "withdraw_before_notice": TAKEN_BACK,
    "withdraw_before_hearing": TAKEN_BACK,
    "end_by_absence": {
        **ENDED,
        "hearing.ended_by_absence": True,
        "hearing.opinion": "当事人无正当理由拒不出席听证或者中途退场，视为放弃听证权利，听证终止。",
    },
    "report_hearing": {**ENDED, "hearing.report_written": True},
}


def _served(facts: Fragment) -> None:
    """The notice counts as served on the day its service took effect."""
    for row in facts.get("services", ()):
        facts["hearing"]["notice_served_on"] = effective(row)


def _why_postponed(facts: Fragment) -> None:
    facts["hearing"]["postponed_reason"] = facts.get("reason")


DERIVED: Mapping[str, tuple[Derive, ...]] = {
    "serve_hearing_notice": (_served,),
    "postpone_hearing": (_why_postponed,),
}
