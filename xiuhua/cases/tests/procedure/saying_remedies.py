"""What the forms of reconsiderations and suits are given in tests, beside what the platform knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PAPER = {"document": "示例府复〔示例〕1号"}
OVERTURNED = {**PAPER, "ground": "facts", "found": "主要证据不足"}
REPLY = {"reply": "原决定事实清楚", "evidence_list": "证据一至九", "evidence_handed_in": True}
DONE = {"carried_out": "已按复议决定执行", "refund.done_on": "today"}
WITHDRAWN = {"withdrawal_reason": "已自行和解", "voluntary": True}
SIMPLE = {**PAPER, "simple_ground": "agreed"}
# Move → what its form is given beside what the platform knows; a key without a point lies in the block of the matter.
REVIEW: Mapping[str, Mapping[str, Any]] = {
    "apply": {"request": "请求撤销处罚决定"},
    "apply_through_agency": {"request": "请求撤销处罚决定"},
    "correct_itself": {"found": "适用依据错误", "document": "示例纠正决定1号", "new_decision": False},
    "forward_application": {"self_check_reason": "事实清楚，程序合法"},
    "refuse_application": {**PAPER, "refusal_reason": "已提起诉讼"},
    "ask_completion": {**PAPER, "completion_wanted": "身份证明"},
    "complete_application": {},
    "send_copy_simple": SIMPLE,
    "reply": REPLY,
    "reply_simple": REPLY,
    "suspend_review": {**PAPER, "suspension_reason": "等待另案结果"},
    "withdraw_application": {**PAPER, **WITHDRAWN},
    "vary": {**OVERTURNED, "varied_fine": 5000},
    "vary_simple": {**OVERTURNED, "varied_fine": 5000},
    "revoke": {**OVERTURNED, "new_decision": True},
    "revoke_simple": {**OVERTURNED, "new_decision": False},
    "lose_by_silence": {**OVERTURNED, "ground": "silence", "new_decision": False},
    "declare_unlawful": OVERTURNED,
    "declare_void": OVERTURNED,
    "dismiss": {**PAPER, "dismissal": "not_admissible"},
    "mediate": {**PAPER, "agreed": "减为五千元"},
    **dict.fromkeys(
        ("carry_out_revocation", "carry_out_variation", "carry_out_unlawful", "carry_out_void"), DONE
    ),
}
ANSWER = {"answer": "请求驳回诉讼请求", "evidence_list": "证据一至九", "evidence_handed_in": True}
APPEAL = {"appellant": "示例餐饮有限公司", "appeal_reason": "不服一审判决"}
STANDS = {**PAPER, "outcome": "claims_dismissed"}
FALLS = {**OVERTURNED, "outcome": "revoked"}
SUIT: Mapping[str, Mapping[str, Any]] = {
    "file_suit": {"court": "示例区人民法院", "request": "请求撤销处罚决定"},
    "file_suit_after_review": {"court": "示例区人民法院", "request": "请求撤销处罚决定"},
    "answer_suit": ANSWER,
    "set_trial": {**PAPER, "trial_due_on": "today"},
    "attend_trial": {"head_attended": True, "attendee": "示例副局长", "attendee_post": "deputy"},
    "withdraw_suit": {**PAPER, "withdrawal_reason": "已和解"},
    "withdraw_after_trial": {**PAPER, "withdrawal_reason": "已和解"},
    "mediate_suit": {**PAPER, "mediation_kind": "discretion", "agreed": "减为五千元"},
    "revoke_by_court": {**OVERTURNED, "new_decision": True},
    "vary_by_court": {**OVERTURNED, "varied_fine": 5000},
    "declare_unlawful_by_court": OVERTURNED,
    "declare_void_by_court": OVERTURNED,
    "order_duty": {**OVERTURNED, "duty": "六十日内重新处理"},
    **dict.fromkeys(
        ("appeal_claims", "appeal_revocation", "appeal_dismissal", "appeal_variation", "appeal_unlawful",
         "appeal_void", "appeal_duty"),
        APPEAL,
    ),
    "open_retrial": {**PAPER, "court": "示例中级人民法院", "retrial_reason": "有新的证据"},
    "decide_appeal": STANDS,
    "decide_retrial": FALLS,
    "carry_out_judgment": {"carried_out": "已履行生效判决", "refund.done_on": "today"},
}  # fmt: skip
SAYS = {"reconsideration": REVIEW, "litigation": SUIT}
ASKED = ("apply", "accept_application", "send_copy", "reply")
TRIED = ("file_suit", "court_registers", "serve_suit", "answer_suit", "set_trial", "attend_trial")
