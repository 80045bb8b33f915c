"""Forms of a suit against a decision: what each step states of it. Pure data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from xiuhua.cases.procedure.facts.deriving import Derive, Fragment
from xiuhua.cases.procedure.facts.field import Fields, Time, asked, optional, silent
from xiuhua.cases.procedure.facts.shared import COUNT, PERSON, C, D, L, N, T, Y
from xiuhua.cases.procedure.periods import length_on
from xiuhua.cases.procedure.side.reconsideration_forms import GROUNDS, published_as_varied

BLOCK = "litigation"

POSTS = (
    ("head", "正职负责人", "Head"),
    ("deputy", "副职负责人", "Deputy head"),
    ("other_in_charge", "其他参与分管的负责人", "Other person in charge"),
)
MEDIATED = (
    ("compensation", "行政赔偿、补偿", "Compensation"),
    ("discretion", "行政机关行使法定的自由裁量权", "Discretion of the agency"),
)
ENDS = (
    ("claims_dismissed", "驳回诉讼请求", "Claims dismissed"),
    ("suit_dismissed", "驳回起诉", "Suit dismissed"),
    ("revoked", "撤销", "Revoked"),
    ("varied", "变更", "Varied"),
    ("declared_unlawful", "确认违法", "Declared unlawful"),
    ("declared_void", "确认无效", "Declared void"),
    ("ordered_to_act", "责令履行职责", "Ordered to act"),
    ("withdrawn", "撤诉", "Withdrawn"),
    ("mediated", "调解", "Mediated"),
)
# With these the decision does not stand any more, or not as it was.
FALLEN = frozenset({"revoked", "varied", "declared_void"})

# fmt: off
PAPER: Fields = (asked(f"{BLOCK}.document", T, "法院文书名称和文号", "Paper of the court and its number"),)
ENDED: Fields = (*PAPER, asked(f"{BLOCK}.ended_on", D, "日期", "Day", default="today"))
WITHDRAWN: Fields = (*ENDED, asked(f"{BLOCK}.withdrawal_reason", L, "撤诉理由", "Why it is withdrawn"))
SUIT: Fields = (
    asked(f"{BLOCK}.plaintiff", T, "原告", "Plaintiff", default="party.name"),
    asked(f"{BLOCK}.court", T, "受诉法院", "Court"),
    asked(f"{BLOCK}.filed_on", D, "起诉日期", "Filed on", default="today"),
    asked(f"{BLOCK}.request", L, "诉讼请求", "What is asked for"),
    optional(f"{BLOCK}.late_reason", T, "超过期限的正当理由", "Good reason for coming late"),
)
JUDGED: Fields = (
    *PAPER,
    asked(f"{BLOCK}.judged_on", D, "判决日期", "Judged on", default="today"),
    asked(f"{BLOCK}.judgment_served_on", D, "判决书送达日期", "Judgment served on", default="today"),
)
OVERTURNED: Fields = (
    *JUDGED,
    asked(f"{BLOCK}.ground", C, "理由", "Ground", choices=GROUNDS),
    asked(f"{BLOCK}.found", L, "法院认定的问题", "What the court found"),
)
NEW_DECISION: Fields = (
    optional(f"{BLOCK}.new_decision", Y, "责令重新作出行政行为", "New decision ordered", default="no"),
    optional(f"{BLOCK}.new_decision_days", COUNT, "重新作出的期限（日）", "Days for the new decision"),
)
VARIED: Fields = (
    asked(f"{BLOCK}.varied_fine", N, "变更后的罚款（元）", "Fine as varied (yuan)"),
    silent(f"{BLOCK}.original_fine", N, "decision.fine"),
)
APPEAL: Fields = (
    asked(f"{BLOCK}.appealed_on", D, "上诉日期", "Appealed on", default="today"),
    asked(f"{BLOCK}.appellant", T, "上诉人", "Appellant"),
    asked(f"{BLOCK}.appeal_reason", L, "上诉理由", "Why it is appealed"),
)
LAST_WORD: Fields = (
    *PAPER,
    asked(f"{BLOCK}.ended_on", D, "裁判日期", "Decided on", default="today"),
    asked(f"{BLOCK}.outcome", C, "最终结果", "Final outcome", choices=ENDS),
    optional(f"{BLOCK}.ground", C, "纠正的理由", "Ground of the correction", choices=GROUNDS,
             default=f"{BLOCK}.ground"),
    optional(f"{BLOCK}.found", L, "法院认定的问题", "What the court found", default=f"{BLOCK}.found"),
    optional(f"{BLOCK}.new_decision", Y, "责令重新作出行政行为", "New decision ordered",
             default=f"{BLOCK}.new_decision"),
    optional(f"{BLOCK}.varied_fine", N, "变更后的罚款（元）", "Fine as varied (yuan)",
             default=f"{BLOCK}.varied_fine"),
    optional(f"{BLOCK}.appeal_trial_on", D, "开庭日期", "Tried on"),
    optional(f"{BLOCK}.appeal_head_attended", Y, "负责人出庭", "Head attended"),
    optional(f"{BLOCK}.appeal_absence_statement", L, "负责人不能出庭的情况说明", "Why the head could not attend"),
)
FINAL: Fields = (
    silent(f"{BLOCK}.ended_on", D, "today", required=True),
    silent(f"{BLOCK}.document", T, f"{BLOCK}.document"),
    silent(f"{BLOCK}.new_decision", Y, f"{BLOCK}.new_decision"),
    silent(f"{BLOCK}.varied_fine", N, f"{BLOCK}.varied_fine"),
)

FORMS: Mapping[str, Fields] = {
    "file_suit": SUIT,
    "file_suit_after_review": (*SUIT, silent(f"{BLOCK}.review_received_on", D, "reconsiderations.-1.served_on")),
    "let_suit_lapse": (),
    "let_review_suit_lapse": (),
    "court_registers": (
        *PAPER,
        asked(f"{BLOCK}.accepted_on", D, "立案日期", "Registered on", default="today"),
        optional(f"{BLOCK}.court_case_no", T, "法院案号", "Number at the court"),
    ),
    "court_refuses": ENDED,
    "serve_suit": (
        *PAPER, asked(f"{BLOCK}.copy_received_on", D, "本机关收到起诉状副本日期", "Copy received on", default="today"),
    ),
    "answer_suit": (
        asked(f"{BLOCK}.answered_on", D, "提交答辩状日期", "Answered on", default="today"),
        asked(f"{BLOCK}.answer", L, "答辩要点", "The answer in short"),
        asked(f"{BLOCK}.evidence_handed_in", Y, "已提交证据和所依据的规范性文件", "Evidence and basis handed in"),
        asked(f"{BLOCK}.evidence_list", L, "证据目录", "List of the evidence"),
        silent(f"{BLOCK}.answered_by", PERSON, "actor"),
    ),
    "miss_answer": (silent(f"{BLOCK}.answer_missed_on", D, "today"),),
    "set_trial": (
        *PAPER,
        asked(f"{BLOCK}.summoned_on", D, "收到传票日期", "Summons received on", default="today"),
        asked(f"{BLOCK}.trial_due_on", D, "开庭日期", "Trial on", time=Time.ANY),
    ),
    "attend_trial": (
        asked(f"{BLOCK}.trial_on", D, "开庭日期", "Tried on", default="today"),
        asked(f"{BLOCK}.head_attended", Y, "负责人出庭", "Head attended"),
        optional(f"{BLOCK}.attendee", T, "出庭负责人", "Who attended"),
        optional(f"{BLOCK}.attendee_post", C, "出庭负责人职务", "Post of who attended", choices=POSTS),
        optional(f"{BLOCK}.absence_statement", L, "负责人不能出庭的情况说明", "Why the head could not attend"),
        optional(f"{BLOCK}.agents", T, "出庭的工作人员、律师", "Staff and lawyers in court"),
    ),
    "withdraw_suit": WITHDRAWN,
    "withdraw_after_trial": WITHDRAWN,
    "dismiss_suit": (
        *PAPER,
        asked(f"{BLOCK}.ruling_on", D, "裁定日期", "Ruled on", default="today"),
        asked(f"{BLOCK}.ruling_served_on", D, "裁定书送达日期", "Ruling served on", default="today"),
    ),
    "mediate_suit": (
        *ENDED,
        asked(f"{BLOCK}.mediation_kind", C, "可以调解的事项", "Kind that may be mediated", choices=MEDIATED),
        asked(f"{BLOCK}.agreed", L, "调解内容", "What was agreed"),
    ),
    "dismiss_claims": JUDGED,
    "revoke_by_court": (*OVERTURNED, *NEW_DECISION),
    "vary_by_court": (*OVERTURNED, *VARIED),
    "declare_unlawful_by_court": OVERTURNED,
    "declare_void_by_court": OVERTURNED,
    "order_duty": (*OVERTURNED, asked(f"{BLOCK}.duty", L, "责令履行的职责和期限", "Duty ordered and its time")),
    **dict.fromkeys(
        ("appeal_claims", "appeal_revocation", "appeal_dismissal", "appeal_variation", "appeal_unlawful",
         "appeal_void", "appeal_duty"),
        APPEAL,
    ),
    "remand_suit": (*PAPER, asked(f"{BLOCK}.accepted_on", D, "发回后立案日期", "Registered again on", default="today")),
    "decide_appeal": LAST_WORD,
    **dict.fromkeys(
        ("make_final_claims", "make_final_revoked", "make_final_varied", "make_final_unlawful", "make_final_void",
         "make_final_duty", "make_final_dismissal"),
        FINAL,
    ),
    "open_retrial": (
        *PAPER,
        asked(f"{BLOCK}.court", T, "再审法院", "Court of the retrial"),
        asked(f"{BLOCK}.accepted_on", D, "裁定再审日期", "Retrial ordered on", default="today"),
        asked(f"{BLOCK}.retrial_reason", L, "再审理由", "Why it is tried again"),
    ),
    "decide_retrial": (*LAST_WORD, silent(f"{BLOCK}.fell_by", T, "annulment.by")),
    "carry_out_judgment": (
        asked(f"{BLOCK}.carried_out_on", D, "履行日期", "Carried out on", default="today"),
        asked(f"{BLOCK}.carried_out", L, "履行情况", "How it was carried out"),
        optional("refund.done_on", D, "退还款物日期", "Money and goods returned on", default="refund.done_on"),
        optional("publicity.withdrawn_on", D, "撤回公示日期", "Publication withdrawn on",
                 default="publicity.withdrawn_on"),
        optional("publicity.withdrawal_reason", T, "撤回公示说明的理由", "Reason given with the withdrawal",
                 default="publicity.withdrawal_reason"),
        optional("publicity.changed_on", D, "更正公示日期", "Publication corrected on", default="publicity.changed_on"),
        silent("decision.fine", N, f"{BLOCK}.varied_in_force"),
        silent(f"{BLOCK}.carried_out_by", PERSON, "actor"),
    ),
}

FIRST: Mapping[str, str] = {
    "dismiss_claims": "claims_dismissed",
    "dismiss_suit": "suit_dismissed",
    "revoke_by_court": "revoked",
    "vary_by_court": "varied",
    "declare_unlawful_by_court": "declared_unlawful",
    "declare_void_by_court": "declared_void",
    "order_duty": "ordered_to_act",
}
LAST: Mapping[str, str] = {
    "court_refuses": "not_registered",
    "withdraw_suit": "withdrawn",
    "withdraw_after_trial": "withdrawn",
    "mediate_suit": "mediated",
    "make_final_claims": "claims_dismissed",
    "make_final_revoked": "revoked",
    "make_final_varied": "varied",
    "make_final_unlawful": "declared_unlawful",
    "make_final_void": "declared_void",
    "make_final_duty": "ordered_to_act",
    "make_final_dismissal": "suit_dismissed",
}
APPEALS = tuple(move for move in FORMS if move.startswith("appeal_"))
AGAIN = ("first_outcome", "judged_on", "answered_on", "trial_on", "head_attended", "absence_statement", "ground")
FIXED: Mapping[str, Mapping[str, Any]] = {
    **{move: {f"{BLOCK}.first_outcome": outcome} for move, outcome in FIRST.items()},
    **{move: {f"{BLOCK}.outcome": outcome} for move, outcome in LAST.items()},
    **{move: {f"{BLOCK}.instance": "second"} for move in APPEALS},
    "file_suit": {f"{BLOCK}.instance": "first"},
    "file_suit_after_review": {f"{BLOCK}.instance": "first"},
    "open_retrial": {f"{BLOCK}.instance": "retrial"},
    "remand_suit": {f"{BLOCK}.instance": "first", **{f"{BLOCK}.{key}": None for key in AGAIN}},
}
# fmt: on


def _answer_until(facts: Fragment) -> None:
    own = facts[BLOCK]
    received = date.fromisoformat(own["copy_received_on"])
    last = received + timedelta(days=length_on("suit_answer", received))
    own["answer_until"] = last.isoformat()


def _final(facts: Fragment) -> None:
    """What the main road reads once the last word is against the decision."""
    own = facts[BLOCK]
    if own["outcome"] in FALLEN:
        facts["annulment"] = {
            "by": "court",
            "document": own.get("document"),
            "on": own["ended_on"],
            "new_decision": own.get("new_decision", False),
        }
    if own["outcome"] == "varied":
        own["varied_in_force"] = own.get("varied_fine")


def _tried_again(facts: Fragment) -> None:
    """A retrial that lets the decision stand takes back what the court before it had said."""
    _final(facts)
    own = facts[BLOCK]
    if own.get("fell_by") == "court" and own["outcome"] not in FALLEN:
        facts["annulment"] = None


DERIVED: Mapping[str, tuple[Derive, ...]] = {
    "serve_suit": (_answer_until,),
    **dict.fromkeys(
        ("make_final_revoked", "make_final_varied", "make_final_void", "decide_appeal"), (_final,)
    ),
    "decide_retrial": (_tried_again,),
    "carry_out_judgment": (published_as_varied,),
}
