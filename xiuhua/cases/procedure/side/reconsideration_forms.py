"""Forms of a reconsideration: what each step states of it. Pure data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from xiuhua.cases.procedure.facts.deriving import Derive, Fragment
from xiuhua.cases.procedure.facts.field import Fields, asked, optional, silent
from xiuhua.cases.procedure.facts.shared import COUNT, PERSON, C, D, L, N, T, Y
from xiuhua.cases.procedure.periods import length_on

BLOCK = "reconsideration"

BODIES = (
    ("district_government", "区人民政府", "District government"),
    ("city_department", "市级主管部门", "City department"),
)
CHECKS = (
    ("right", "原决定正确，应予维持", "The decision is right"),
    ("wrong", "原决定有误，应予纠正", "The decision is wrong"),
)
SIMPLE_GROUNDS = (
    ("on_spot", "被申请的行政行为是当场作出的", "Made on the spot"),
    ("warning", "被申请的行政行为是警告或者通报批评", "Warning or public criticism"),
    ("small_amount", "案件涉及款额在法定数额以下", "Small amount"),
    ("agreed", "当事人各方同意适用简易程序", "All parties agree"),
)
GROUNDS = (
    ("facts", "主要事实不清、证据不足", "Main facts unclear or unproved"),
    ("procedure", "违反法定程序", "Procedure of the law broken"),
    ("basis", "适用依据错误或者不合法", "Wrong or unlawful basis"),
    ("power", "超越或者滥用职权", "Power exceeded or abused"),
    ("improper", "明显不当或者内容不适当", "Clearly improper"),
    ("silence", "逾期不答复视为无证据", "No answer, so no evidence"),
    ("other", "其他", "Other"),
)
DISMISSALS = (
    ("no_duty", "没有相应法定职责或者已经履行", "No such duty, or it was done"),
    ("not_admissible", "受理后发现不符合受理条件", "Found inadmissible after acceptance"),
)

# fmt: off
PAPER: Fields = (asked(f"{BLOCK}.document", T, "复议机关文书名称和文号", "Paper of the body and its number"),)
DECIDED: Fields = (
    *PAPER,
    asked(f"{BLOCK}.decided_on", D, "复议决定日期", "Decided on", default="today"),
    asked(f"{BLOCK}.served_on", D, "申请人收到决定日期", "Applicant received it on", default="today"),
)
OVERTURNED: Fields = (
    *DECIDED,
    asked(f"{BLOCK}.ground", C, "理由", "Ground", choices=GROUNDS),
    asked(f"{BLOCK}.found", L, "复议机关认定的问题", "What the body found"),
)
REVOKED: Fields = (
    *OVERTURNED,
    asked(f"{BLOCK}.new_decision", Y, "责令重新作出决定", "New decision ordered"),
    optional(f"{BLOCK}.new_decision_days", COUNT, "重新作出决定的期限（日）", "Days for the new decision"),
)
VARIED: Fields = (
    *OVERTURNED,
    asked(f"{BLOCK}.varied_fine", N, "变更后的罚款（元）", "Fine as varied (yuan)"),
    silent(f"{BLOCK}.original_fine", N, "decision.fine"),
)
ENDED: Fields = (*PAPER, asked(f"{BLOCK}.decided_on", D, "日期", "Day", default="today"))
COPY: Fields = (
    *PAPER,
    asked(f"{BLOCK}.copy_received_on", D, "本机关收到申请书副本日期", "Copy received on", default="today"),
)
REPLY: Fields = (
    asked(f"{BLOCK}.replied_on", D, "提交答复日期", "Answered on", default="today"),
    asked(f"{BLOCK}.reply", L, "答复要点", "The answer in short"),
    asked(f"{BLOCK}.evidence_handed_in", Y, "已提交证据、依据和其他材料", "Evidence and basis handed in"),
    asked(f"{BLOCK}.evidence_list", L, "证据目录", "List of the evidence"),
    silent(f"{BLOCK}.replied_by", PERSON, "actor"),
)
APPLIED: Fields = (
    asked(f"{BLOCK}.applicant", T, "申请人", "Applicant", default="party.name"),
    asked(f"{BLOCK}.body", C, "复议机关", "Body", choices=BODIES, default="const:district_government"),
    asked(f"{BLOCK}.applied_on", D, "申请日期", "Applied on", default="today"),
    asked(f"{BLOCK}.request", L, "复议请求", "What is asked for"),
    optional(f"{BLOCK}.late_reason", T, "超过期限的正当理由", "Good reason for coming late"),
)
CARRIED_OUT: Fields = (
    asked(f"{BLOCK}.carried_out_on", D, "执行日期", "Carried out on", default="today"),
    asked(f"{BLOCK}.carried_out", L, "执行情况", "How it was carried out"),
    optional("refund.done_on", D, "退还款物日期", "Money and goods returned on", default="refund.done_on"),
    silent(f"{BLOCK}.carried_out_by", PERSON, "actor"),
)
WITHDRAWN_PUBLICITY: Fields = (
    optional("publicity.withdrawn_on", D, "撤回公示日期", "Publication withdrawn on", default="publicity.withdrawn_on"),
    optional("publicity.withdrawal_reason", T, "撤回公示说明的理由", "Reason given with the withdrawal",
             default="publicity.withdrawal_reason"),
)

FORMS: Mapping[str, Fields] = {
    "apply": (*APPLIED, silent(f"{BLOCK}.body_received_on", D, "today")),
    "apply_through_agency": APPLIED,
    "correct_itself": (
        asked(f"{BLOCK}.self_check", C, "自查结论", "Own finding", choices=CHECKS, default="const:wrong"),
        asked(f"{BLOCK}.found", L, "原决定的错误", "What is wrong"),
        asked(f"{BLOCK}.document", T, "纠正文书名称和文号", "Paper of the correction and its number"),
        asked(f"{BLOCK}.decided_on", D, "纠正日期", "Corrected on", default="today"),
        asked(f"{BLOCK}.new_decision", Y, "重新作出决定", "A new decision follows"),
        silent(f"{BLOCK}.corrected_by", PERSON, "actor"),
    ),
    "forward_application": (
        asked(f"{BLOCK}.self_check", C, "自查结论", "Own finding", choices=CHECKS, default="const:right"),
        asked(f"{BLOCK}.self_check_reason", L, "维持的理由", "Why it is right"),
        asked(f"{BLOCK}.body_received_on", D, "转送日期", "Forwarded on", default="today"),
    ),
    "let_period_lapse": (),
    "refuse_application": (*ENDED, asked(f"{BLOCK}.refusal_reason", L, "不予受理的理由", "Why it is refused")),
    "accept_application": (
        *PAPER, asked(f"{BLOCK}.accepted_on", D, "受理日期", "Accepted on", default="today"),
    ),
    "ask_completion": (
        *PAPER,
        asked(f"{BLOCK}.completion_notice_on", D, "申请人收到补正通知日期", "Notice to complete received on",
              default="today"),
        asked(f"{BLOCK}.completion_wanted", L, "需要补正的材料", "What is missing"),
    ),
    "complete_application": (
        asked(f"{BLOCK}.completed_on", D, "补正日期", "Completed on", default="today"),
        asked(f"{BLOCK}.accepted_on", D, "受理日期", "Accepted on", default="today"),
    ),
    "abandon_application": (silent(f"{BLOCK}.decided_on", D, "today"),),
    "send_copy": COPY,
    "send_copy_simple": (
        *COPY,
        asked(f"{BLOCK}.simple_ground", C, "适用简易程序的理由", "Ground of the simple procedure",
              choices=SIMPLE_GROUNDS),
    ),
    "reply": REPLY,
    "reply_simple": REPLY,
    "simple_to_normal": (*PAPER, asked(f"{BLOCK}.normal_from", D, "转为普通程序日期", "Changed on", default="today")),
    "suspend_review": (
        *PAPER,
        asked(f"{BLOCK}.suspended_on", D, "中止日期", "Suspended on", default="today"),
        asked(f"{BLOCK}.suspension_reason", L, "中止理由", "Why it is suspended"),
    ),
    "resume_review": (
        *PAPER,
        asked(f"{BLOCK}.resumed_on", D, "恢复日期", "Resumed on", default="today"),
        silent(f"{BLOCK}.suspended_on", D, f"{BLOCK}.suspended_on"),
        silent(f"{BLOCK}.accepted_on", D, f"{BLOCK}.accepted_on"),
        silent(f"{BLOCK}.extended_until", D, f"{BLOCK}.extended_until"),
    ),
    "extend_review": (
        *PAPER,
        asked(f"{BLOCK}.extended_on", D, "批准延长日期", "Extended on", default="today"),
        silent(f"{BLOCK}.accepted_on", D, f"{BLOCK}.accepted_on"),
        silent(f"{BLOCK}.extended_until", D, f"{BLOCK}.extended_until"),
    ),
    "withdraw_application": (
        *ENDED,
        asked(f"{BLOCK}.withdrawal_reason", L, "撤回理由", "Why it is withdrawn"),
        asked(f"{BLOCK}.voluntary", Y, "申请人自愿撤回", "Withdrawn freely"),
    ),
    **dict.fromkeys(("uphold", "uphold_simple"), DECIDED),
    **dict.fromkeys(("vary", "vary_simple"), VARIED),
    **dict.fromkeys(("revoke", "revoke_simple"), REVOKED),
    "lose_by_silence": REVOKED,
    "declare_unlawful": OVERTURNED,
    "declare_void": OVERTURNED,
    "dismiss": (*DECIDED, asked(f"{BLOCK}.dismissal", C, "驳回理由", "Why it is dismissed", choices=DISMISSALS)),
    "mediate": (*DECIDED, asked(f"{BLOCK}.agreed", L, "调解内容", "What was agreed")),
    **dict.fromkeys(
        ("carry_out_revocation", "carry_out_unlawful", "carry_out_void"), (*CARRIED_OUT, *WITHDRAWN_PUBLICITY)
    ),
    "carry_out_variation": (
        *CARRIED_OUT,
        asked("decision.fine", N, "变更后的罚款（元）", "Fine as varied (yuan)", default=f"{BLOCK}.varied_fine"),
        optional("publicity.changed_on", D, "更正公示日期", "Publication corrected on", default="publicity.changed_on"),
    ),
}

OUTCOMES: Mapping[str, str] = {
    "refuse_application": "refused",
    "correct_itself": "corrected",
    "abandon_application": "terminated",
    "withdraw_application": "terminated",
    "uphold": "upheld",
    "uphold_simple": "upheld",
    "vary": "varied",
    "vary_simple": "varied",
    "revoke": "revoked",
    "revoke_simple": "revoked",
    "lose_by_silence": "revoked",
    "declare_unlawful": "declared_unlawful",
    "declare_void": "declared_void",
    "dismiss": "dismissed",
    "mediate": "mediated",
}
FIXED: Mapping[str, Mapping[str, Any]] = {
    **{move: {f"{BLOCK}.outcome": outcome} for move, outcome in OUTCOMES.items()},
    "send_copy": {f"{BLOCK}.procedure": "ordinary"},
    "send_copy_simple": {f"{BLOCK}.procedure": "simple"},
    "simple_to_normal": {f"{BLOCK}.procedure": "ordinary"},
}
# The decisions in the normal procedure: an extension or a suspension moves their last day.
DECIDING = ("uphold", "vary", "revoke", "declare_unlawful", "declare_void", "dismiss")
# fmt: on


def _received(facts: Fragment) -> None:
    """An application made to the body itself is received on the day on which it is made."""
    facts[BLOCK]["body_received_on"] = facts[BLOCK]["applied_on"]


def _move_on(own: Fragment, days: int) -> None:
    """The last day for the decision as it stood moves on by `days` (ARL17 §31, ARL23 §62)."""
    if base := own.get("extended_until"):
        own["extended_until"] = (date.fromisoformat(base) + timedelta(days=days)).isoformat()
        return
    accepted = date.fromisoformat(own["accepted_on"])
    whole = length_on("reconsideration_decide", accepted) + days
    own["extended_until"] = (accepted + timedelta(days=whole)).isoformat()


def _extended(facts: Fragment) -> None:
    own = facts[BLOCK]
    if not own.get("accepted_on"):
        return  # tried at the wrong moment: the table says so
    day = date.fromisoformat(own["accepted_on"])
    whole = length_on("reconsideration_decide_extended", day)
    _move_on(own, whole - length_on("reconsideration_decide", day))


def _resumed(facts: Fragment) -> None:
    """The days of the suspension do not count."""
    own = facts[BLOCK]
    if not (own.get("suspended_on") and own.get("accepted_on")):
        return
    still = date.fromisoformat(own["resumed_on"]) - date.fromisoformat(own["suspended_on"])
    _move_on(own, still.days)


def _decision_falls(by: str) -> Derive:
    """What the main road reads of a decision that no longer stands, or stands changed."""

    def derive(facts: Fragment) -> None:
        own = facts[BLOCK]
        facts["annulment"] = {
            "by": by,
            "document": own["document"],
            "on": own["decided_on"],
            "new_decision": own.get("new_decision", False),
        }

    return derive


def published_as_varied(facts: Fragment) -> None:
    """The published amount, in ten thousand yuan, is that of the decision as it was varied."""
    fine = facts.get("decision", {}).get("fine")
    if fine is not None:
        facts.setdefault("publicity", {})["amount_wan"] = round(fine / 10000, 6)


DERIVED: Mapping[str, tuple[Derive, ...]] = {
    "apply": (_received,),
    "extend_review": (_extended,),
    "resume_review": (_resumed,),
    "correct_itself": (_decision_falls("self"),),
    "carry_out_variation": (published_as_varied,),
    **dict.fromkeys(
        ("revoke", "revoke_simple", "lose_by_silence", "declare_void", "vary", "vary_simple"),
        (_decision_falls("reconsideration"),),
    ),
}
