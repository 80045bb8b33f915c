"""Forms of the moves that only a case with several parties or acts knows. Pure data.

Whose or which it is, is a plain text here: `shaping` makes it a choice of those of the case.
"""

from __future__ import annotations

from collections.abc import Mapping

from xiuhua.cases.procedure.facts.field import FactField, Fields, Kind, Time, asked, optional, silent
from xiuhua.cases.procedure.facts.picks import PARTY_KINDS, TERMINATIONS
from xiuhua.cases.procedure.facts.shared import PERSON, WHO, C, D, L, N, T, Y, money_in, service

PARTY = asked("service.party", T, "受送达的当事人", "Party served")
PAYS = asked("item.party", T, "缴款的当事人", "Party that pays")
# A decision that is revoked falls for all; three years of suspension end in the demand of the party itself.
ENDS = tuple(pick for pick in TERMINATIONS if pick[0] in ("died", "dissolved", "object_lost"))
RECORDED_OF = asked("heard.party", T, "陈述申辩的当事人", "Party heard")

# fmt: off
JOINED: Fields = (
    asked("joined.kind", C, "当事人种类", "Kind of party", choices=PARTY_KINDS),
    asked("joined.name", T, "姓名或者名称", "Name"),
    optional("joined.id_no", T, "公民身份号码", "Identity number", help="公民、个体工商户经营者填写"),
    optional("joined.usci", T, "统一社会信用代码", "Credit code", help="单位填写"),
    optional("joined.legal_representative", T, "法定代表人（负责人）", "Legal representative"),
    asked("joined.address", T, "住址（住所）", "Address"),
    optional("joined.phone", T, "联系电话", "Telephone"),
    asked("joined.reason", L, "追加的理由", "Why this party is joined"),
    silent("joined.id", T, "next_party", required=True),
    silent("joined.joined_on", D, "today", required=True),
)
ACT: Fields = (
    asked("added.cause_code", T, "案由", "Cause"),
    asked("added.facts", L, "违法事实", "Facts"),
    asked("added.place", T, "地点", "Place", default="violation.place"),
    asked("added.occurred_on", D, "违法行为发生日期", "Day of the act", default="violation.occurred_on",
          time=Time.ANY),
    asked("added.discovered_on", D, "发现日期", "Day of the finding", default="today", time=Time.ANY),
    asked("added.reason", L, "追加的理由", "Why this act is joined"),
    silent("added.id", T, "next_act", required=True),
    silent("added.joined_on", D, "today", required=True),
)
WHICH = asked("added.id", T, "违法行为", "Act")
HEARD: Fields = (
    RECORDED_OF,
    optional("heard.waived_in_writing", Y, "已书面放弃陈述申辩", "Waived in writing"),
    optional("heard.received_on", D, "陈述申辩日期", "Received on", default="today"),
    optional("heard.speaker_name", T, "陈述申辩人", "Speaker"),
    optional("heard.content", L, "陈述申辩内容", "What was said"),
    optional("heard.papers", T, "提交的证据", "Papers"),
    silent("heard.officer_ids", WHO, "case_officers"),
)
ASKS = asked("request.party", T, "当事人", "Party")
ASKED: Fields = (
    ASKS,
    asked("request.requested_on", D, "要求听证日期", "Requested on", default="today"),
    optional("request.content", L, "听证请求和理由", "What is asked, and why"),
)
WAIVED: Fields = (
    ASKS,
    asked("request.waived_in_writing", Y, "已书面放弃听证", "Hearing waived in writing"),
    asked("request.waived_on", D, "放弃日期", "Waived on", default="today"),
)


def _served(document: str) -> Fields:
    return (PARTY, *(_without_name(f) for f in service(document)))


def _without_name(field: FactField) -> FactField:
    """The receiver is not the first party: nobody is filled in."""
    if field.path != "service.receiver_name":
        return field
    return optional(field.path, Kind.TEXT, field.label_zh, field.label_en)


SEVERAL_FORMS: Mapping[str, Fields] = {
    "join_party": JOINED,
    "release_party": (
        asked("joined.id", T, "当事人", "Party"),
        asked("joined.left_reason", L, "理由", "Reason"),
        silent("joined.left_on", D, "today", required=True),
    ),
    "add_violation": ACT,
    "amend_violation": (
        WHICH,
        optional("added.facts", L, "违法事实", "Facts"),
        silent("added.amended_on", D, "today", required=True),
    ),
    "drop_violation": (
        WHICH,
        asked("added.left_reason", L, "理由", "Reason"),
        silent("added.left_on", D, "today", required=True),
    ),
    "serve_notice_on_party": _served("prior_notice"),
    "hear_other_party": HEARD,
    "hear_other_party_late": HEARD,
    "recheck_other_party": (
        RECORDED_OF,
        asked("heard.adopted", Y, "采纳", "Adopted"),
        asked("heard.reason", L, "逐项复核情况和理由", "Answer to each point"),
        optional("heard.proposed_fine", N, "复核后拟罚款合计（元）", "Sum of the fines after the recheck (yuan)"),
        silent("heard.rechecked_on", D, "today", required=True),
        silent("heard.recheck_officer_ids", WHO, "case_officers"),
    ),
    "serve_hearing_right_on_party": _served("hearing_right_notice"),
    "request_other_hearing": ASKED,
    "request_other_hearing_late": ASKED,
    "join_hearing": ASKED,
    "waive_other_hearing": WAIVED,
    "waive_other_hearing_late": WAIVED,
    "pay_enforced_share": (PAYS, *money_in("")),
    "terminate_share": (
        asked("ending.party", T, "终结执行的当事人", "Party"),
        asked("ending.ground", C, "终结执行理由", "Ground", choices=ENDS),
        asked("ending.reason", L, "说明", "Explanation"),
        silent("ending.on", D, "today", required=True),
        silent("ending.approver_id", PERSON, "actor"),
    ),
    "serve_decision_on_party": _served("penalty_decision"),
    "serve_no_penalty_on_party": _served("no_penalty_decision"),
}
# fmt: on
