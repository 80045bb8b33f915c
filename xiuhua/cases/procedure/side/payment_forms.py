"""Forms of the payment of a fine, and what the platform states by itself. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from xiuhua.cases.procedure.facts.deriving import Fragment
from xiuhua.cases.procedure.facts.field import Fields, asked, optional, silent
from xiuhua.cases.procedure.facts.picks import DEFERRALS
from xiuhua.cases.procedure.facts.shared import (
    COUNT,
    FUTURE,
    PERSON,
    REASON,
    C,
    D,
    L,
    N,
    T,
    Y,
    money_in,
)
from xiuhua.cases.procedure.guards.reading import iso
from xiuhua.cases.procedure.surcharge import reckoned

Params = Callable[[date], Mapping[str, Any]]
NONE_YET = "未作出加处罚款决定"
ON_THE_REST = "已缴部分自缴纳次日起不再加处"
ALL_PAUSED = "期间均在复议、诉讼中，不计算加处罚款"


def applied(facts: Fragment) -> None:
    """A new application stands alone: what was approved before it no longer counts."""
    facts["deferral"].update(approved_on=None, plan=None, broken_on=None)


def settled(facts: Fragment, file: Mapping[str, Any], params: Params) -> None:
    """The surcharge up to the day of the payment, with its days."""
    day = next((item.get("on") for item in facts.get("payment", {}).get("items", ())), None)
    if day:
        _stated(facts, file, iso(day), params)


def handed_over(facts: Fragment, file: Mapping[str, Any], params: Params) -> None:
    """The surcharge up to the day on which it stops growing or the case goes on to enforcement."""
    day = facts.get("payment", {}).get("handed_over_on") or facts.get("surcharge", {}).get("capped_on")
    if day:
        _stated(facts, file, iso(day), params)


def _stated(facts: Fragment, file: Mapping[str, Any], day: date, params: Params) -> None:
    found = reckoned(file, day, params(day))
    if found is None:
        return
    own = facts.setdefault("surcharge", {})
    own.update(
        amount=_plain(found.amount), days=found.days, paused_days=found.paused_days, to_on=day.isoformat()
    )
    if not own.get("reason_less") and (found.on_parts or not found.amount):
        own["reason_less"] = ON_THE_REST if found.amount else ALL_PAUSED


def _plain(amount: float) -> int | float:
    return int(amount) if amount == int(amount) else amount


# fmt: off
APPLIED: Fields = (
    asked("deferral.applied_on", D, "当事人申请日期", "Applied on", default="today"),
    asked("deferral.kind", C, "延期或者分期", "Kind", choices=DEFERRALS),
    asked("deferral.reason", L, "经济困难的情况", "Hardship"),
    optional("deferral.wanted_count", COUNT, "申请的期数", "Instalments asked for"),
    optional("deferral.wanted_first", D, "申请的首期（延期）期限", "First due day asked for", time=FUTURE),
    optional("deferral.papers", T, "证明材料", "Papers"),
)
APPROVER: Fields = (
    silent("plan.amount", N, "owed_whole", required=True),
    silent("deferral.approved_on", D, "today", required=True),
    silent("deferral.approver_id", PERSON, "actor"),
    silent("deferral.approver_role", T, "actor_role", required=True),
)
WAIVED: Fields = (
    optional("surcharge.waived", N, "减免加处罚款（元）", "Surcharge waived (yuan)"),
    optional("surcharge.reason_less", T, "减免的理由", "Why it is waived"),
)
PAID: Fields = money_in("due_today")
SETTLED: Fields = (*PAID, *WAIVED)
HANDED_OVER: Fields = (
    silent("payment.handed_over_on", D, "today", required=True),
    silent("payment.handed_over_by", PERSON, "actor"),
)

FORMS: Mapping[str, Fields] = {
    "start_payment_period": (
        silent("payment.began_on", D, "today", required=True),
        silent("payment.due_on", D, "pay_due"),
    ),
    "pay_in_full": PAID,
    "pay_cash_remote": (
        asked("payment.party_asked", Y, "到银行缴款确有困难，当事人提出当场缴纳", "The party asked to pay on the spot"),
        silent("payment.cash_ground", C, "const:remote_on_request"),
        *money_in("due_today", method="cash"),
        optional("payment.officer_handed_in_on", D, "交至机关日期", "Handed in on"),
        optional("payment.agency_deposited_on", D, "缴付银行日期", "Deposited on"),
        optional("payment.bank_slip_no", T, "银行缴款凭证号", "Number of the bank slip"),
    ),
    "pay_cash_on_spot": (
        silent("payment.cash_ground", C, "const:small_amount"),
        *money_in("due_today", method="cash"),
    ),
    "apply_deferral": APPLIED,
    "apply_late_deferral": APPLIED,
    "refuse_deferral": (*REASON, silent("deferral.refused_on", D, "today", required=True)),
    "approve_deferral": (
        asked("plan.first_due", D, "延期至", "Deferred until", default="deferral.wanted_first", time=FUTURE),
        silent("plan.count", COUNT, "const:1"),
        *APPROVER,
    ),
    "approve_instalments": (
        asked("plan.count", COUNT, "期数", "Instalments", default="deferral.wanted_count|const:2"),
        asked("plan.first_due", D, "首期期限", "First due on", default="deferral.wanted_first", time=FUTURE),
        *APPROVER,
    ),
    "pay_deferred": PAID,
    "pay_instalment": money_in("next_instalment"),
    "pay_last_instalment": PAID,
    "pay_while_asked": SETTLED,
    "miss_due_date": (),
    "miss_deferral": (silent("deferral.broken_on", D, "today", required=True),),
    "miss_instalment": (silent("deferral.broken_on", D, "today", required=True),),
    "start_surcharge": (
        optional("surcharge.opinion", T, "决定意见", "Opinion", default="const:同意加处罚款"),
        silent("surcharge.decided_on", D, "today", required=True),
        silent("surcharge.from_on", D, "surcharge_from", required=True),
        silent("surcharge.approver_id", PERSON, "actor"),
        silent("surcharge.approver_role", T, "actor_role"),
    ),
    "pause_surcharge": (silent("surcharge.paused_on", D, "today", required=True),),
    "resume_surcharge": (silent("surcharge.resumed_on", D, "today", required=True),),
    "cap_surcharge": (silent("surcharge.capped_on", D, "today", required=True),),
    "settle_paused": SETTLED,
    "pay_late": (
        *PAID,
        asked("surcharge.reason_less", T, "未加处罚款的理由", "Why there is no surcharge", default=f"const:{NONE_YET}"),
    ),
    "pay_with_surcharge": SETTLED,
    "pay_capped": SETTLED,
    "go_to_demand": HANDED_OVER,
    "go_to_demand_capped": HANDED_OVER,
    "go_to_demand_without_surcharge": HANDED_OVER,
}
# fmt: on
