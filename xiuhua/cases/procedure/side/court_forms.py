"""Forms of the application to the court. Pure data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xiuhua.cases.procedure.facts.deriving import Derive, Fragment, only_if_paid
from xiuhua.cases.procedure.facts.field import Fields, asked, optional, silent
from xiuhua.cases.procedure.facts.picks import TERMINATIONS
from xiuhua.cases.procedure.facts.shared import CC, PERSON, REASON, C, D, L, T, Y, money_in

# AEL §55, in its order.
MATERIALS = (
    ("application", "强制执行申请书", "Application"),
    ("decision", "行政决定书及作出决定的事实、理由和依据", "Decision with facts, reasons and basis"),
    ("party_opinion_and_demand", "当事人的意见及行政机关催告情况", "Opinion of the party, and the demand"),
    ("object", "申请强制执行标的情况", "What is to be enforced"),
    ("other", "法律、行政法规规定的其他材料", "Other papers the law asks for"),
)

# fmt: off
PAPER: Fields = (
    asked("court.document", T, "法院文书名称和文号", "Paper of the court and its number"),
    asked("court.document_on", D, "文书日期", "Day of the paper", default="today"),
)
RULING: Fields = (*PAPER, asked("court.ruling_received_on", D, "收到裁定日期", "Ruling received on", default="today"))
ACCEPTED: Fields = (*PAPER, asked("court.accepted_on", D, "受理日期", "Accepted on", default="today"))
ALLOWED: Fields = (*PAPER, silent("court.allowed_on", D, "today", required=True))
HIGHER: Fields = (
    asked("court.higher_applied_on", D, "申请复议日期", "Asked the higher court on", default="today"),
    asked("court.higher_reason", L, "申请复议的理由", "Reason"),
    silent("court.higher_approver_id", PERSON, "actor"),
)

FORMS: Mapping[str, Fields] = {
    "prepare": (
        asked("court.name", T, "受理法院", "Court", default="param:enforcement_court"),
        asked("court.object", L, "申请强制执行的标的", "What is to be enforced", default="object_of_enforcement"),
        asked("court.party_opinion", L, "当事人的意见", "Opinion of the party", default="opinion_of_party"),
        asked("court.materials", CC, "申请材料", "Papers", choices=MATERIALS,
              default="four_kinds_of_paper"),
        optional("court.assets", L, "已知的财产线索", "Known assets"),
        optional("court.late_reason", L, "逾期申请的正当理由", "Good reason for applying late"),
        silent("court.remedies_used", T, "remedies_used"),
        silent("court.prepared_on", D, "today", required=True),
    ),
    "sign_application": (
        asked("court.signed_by_head", Y, "负责人已签名", "Signed by the head"),
        asked("court.sealed", Y, "已加盖行政机关印章", "Sealed"),
        silent("court.signed_on", D, "today", required=True),
        silent("court.signer_id", PERSON, "actor"),
        silent("court.signer_role", T, "actor_role"),
    ),
    "apply_to_court": (
        silent("court.applied_on", D, "today", required=True),
        silent("court.remedy_ended_on", D, "remedies_ended"),
        silent("court.start_on", D, "application_starts"),
    ),
    "miss_three_months": (
        silent("court.missed_on", D, "today", required=True),
        silent("court.start_on", D, "application_starts"),
    ),
    "court_accepts": ACCEPTED,
    "court_refuses_accepting": (*RULING, optional("court.refusal_reason", L, "不予受理的理由", "Reason of the court")),
    "ask_higher_court": HIGHER,
    "higher_accepts": ACCEPTED,
    "higher_refuses": PAPER,
    "accept_refusal": REASON,
    "court_allows": ALLOWED,
    "court_disallows": (*RULING, optional("court.disallowed_reason", L, "不予执行的理由", "Reason of the court")),
    "review_disallowed": HIGHER,
    "higher_allows": ALLOWED,
    "higher_disallows": PAPER,
    "leave_disallowed": REASON,
    "court_executes": (
        *PAPER,
        asked("enforcement.finished_on", D, "执行完毕日期", "Finished on", default="today"),
        *money_in("", must=False),
        optional("duty.what", T, "已执行的其他义务", "Other duty enforced"),
        optional("duty.done_on", D, "完成日期", "Done on"),
    ),
    "court_terminates": (
        *PAPER,
        asked("termination.ground", C, "终结执行理由", "Ground", choices=TERMINATIONS),
        asked("termination.reason", L, "说明", "Explanation"),
        silent("termination.on", D, "today"),
    ),
}

# What an earlier application of the same case left is not what this one says.
ANEW = ("applied_on", "accepted_on", "signed_by_head", "sealed", "signed_on", "ruling_received_on", "higher_applied_on",
        "start_on", "remedy_ended_on", "allowed_on", "missed_on", "number", "document", "document_on")
FIXED: Mapping[str, Mapping[str, Any]] = {
    "prepare": {f"court.{name}": None for name in ANEW},
    "court_executes": {"enforcement.way": "人民法院强制执行"},
}
# fmt: on


def _without_old_reason(facts: Fragment) -> None:
    facts["court"].setdefault("late_reason", None)


DERIVED: Mapping[str, tuple[Derive, ...]] = {
    "prepare": (_without_old_reason,),
    "court_executes": (only_if_paid,),
}
