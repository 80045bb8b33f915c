"""Forms of service, payment, default, publication, remedies, closing and the archive."""

from __future__ import annotations

from collections.abc import Mapping

from xiuhua.cases.procedure.facts.field import Fields, Kind, asked, optional, silent
from xiuhua.cases.procedure.facts.on_scene import ANNULLED, ARCHIVED
from xiuhua.cases.procedure.facts.picks import DEFERRALS, OLD_MONEY, TERMINATIONS
from xiuhua.cases.procedure.facts.shared import (
    CLOSING,
    COUNT,
    ENFORCED,
    FUTURE,
    PERSON,
    SURCHARGE,
    C,
    D,
    L,
    N,
    T,
    money_in,
    service,
    video,
)

# fmt: off
DUTIES: Fields = (
    optional("duty.what", T, "已履行的其他义务", "Other duty done"),
    optional("duty.done_on", D, "履行日期", "Done on"),
)
DEFERRED: Fields = (
    asked("deferral.applied_on", D, "当事人申请日期", "Applied on"),
    asked("deferral.kind", C, "延期或者分期", "Kind", choices=DEFERRALS),
    asked("deferral.reason", L, "经济困难的情况", "Hardship"),
    asked("plan.count", COUNT, "期数", "Instalments", default="const:1"),
    asked("plan.first_due", D, "首期（延期）期限", "First due on", time=FUTURE),
    silent("plan.amount", N, "still_owed", required=True),
    optional("deferral.papers", T, "证明材料", "Papers"),
    silent("deferral.approved_on", D, "today", required=True),
    silent("deferral.approver_id", PERSON, "actor"),
    silent("deferral.approver_role", T, "actor_role", required=True),
)
PUBLISHED: Fields = (
    asked("publicity.published_on", D, "公示日期", "Published on", default="today"),
    silent("publicity.number", T, "decision.number"),
    silent("publicity.amount_wan", Kind.DECIMAL, "amount_wan"),
)
CLOSED_WITH_GOODS: Fields = (*CLOSING, optional("closing.goods", T, "涉案物品处理情况", "Goods"))

CARRYING_OUT_FORMS: Mapping[str, Fields] = {
    "serve_decision": (*service("penalty_decision"), *video("service_decision")),
    "serve_no_penalty": service("no_penalty_decision"),
    "perform": (*money_in("still_owed", must=False), *DUTIES),
    "enter_deferral": DEFERRED,
    "defer_late": DEFERRED,
    "pay_instalment": money_in("next_instalment"),
    "perform_deferred": (*money_in("still_owed", must=False), *DUTIES),
    "break_deferral": (),
    "fall_overdue": (),
    "perform_late": (*money_in("still_owed", must=False), *SURCHARGE, *DUTIES),
    "execute": (*ENFORCED, *money_in("", must=False), *SURCHARGE),
    "terminate_execution": (
        asked("termination.ground", C, "终结执行理由", "Ground", choices=TERMINATIONS, default="termination.ground"),
        asked("reason", L, "理由", "Reason", default="termination.reason"),
        silent("termination.on", D, "today"),
    ),
    "annul_decision": ANNULLED,
    "annul_overdue_decision": ANNULLED,
    "annul_performed_decision": ANNULLED,
    "annul_deferred_decision": ANNULLED,
    "annul_executed_decision": ANNULLED,
    "annul_terminated_decision": ANNULLED,
    "annul_no_penalty": ANNULLED,
    "annul_closed_decision": ANNULLED,
    "redo_after_annulment": (
        asked("annulment.new_ground", L, "重新作出与原决定不同之处", "What differs from the old decision"),
        optional("refund.way", C, "原决定已缴款项的处理", "Money paid under the old decision", choices=OLD_MONEY),
        optional("refund.done_on", D, "退还款物日期", "Money and goods returned on", default="refund.done_on"),
        optional("refund.request", T, "当事人申请抵缴的书面材料", "Written request of the party to set it off"),
        silent("refund.amount", N, "old_money"),
        silent("refund.receipts", T, "old_receipts"),
    ),
    "publish_decision": PUBLISHED,
    "publish_deferred": PUBLISHED,
    "publish_overdue": PUBLISHED,
    "publish_performed": PUBLISHED,
    "close_annulled": (
        *CLOSING,
        optional("refund.done_on", D, "退还款物日期", "Money and goods returned on"),
        optional("publicity.withdrawn_on", D, "撤回公示日期", "Publication withdrawn on"),
    ),
    "close_performed": CLOSED_WITH_GOODS,
    "close_executed": CLOSED_WITH_GOODS,
    "close_terminated": CLOSED_WITH_GOODS,
    "close_no_penalty": CLOSED_WITH_GOODS,
    "close_withdrawn": CLOSED_WITH_GOODS,
    "close_criminal": (*CLOSING, optional("referral.goods_receipt", T, "物品移交回执", "Receipt for the goods")),
    "close_referred": (*CLOSING, asked("referral.receipt", T, "接收机关回执", "Receipt")),
    "archive_case": ARCHIVED,
}
# fmt: on
