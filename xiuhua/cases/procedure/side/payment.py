"""Payment of a fine (罚款缴纳): the days to pay, deferral and instalments, default, surcharge, hand-over. Pure data.

PPL17 §46 to §52, PPL21 §66 to §73, AEL §45, §46. It begins by itself when a decision with a fine has been served, and
it and the main road follow one another (see `payment_joint`).

1. The rows drafted from the statutes stand as drafted. Added are payments that cover only a part, those that come on
   the spot or while an application is open, and the end of a payment that nobody may ask for any more.
2. PPL17 knew no pause of the surcharge: its rows of the pause are kept as drafted, but their guard holds only from the
   day of PPL21 §73.
3. A surcharge begins the day after the last day to pay; where a plan was approved, after the last day of the plan, also
   when an earlier instalment was missed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xiuhua.cases.procedure.facts.deriving import DERIVED as OF_THE_ROAD
from xiuhua.cases.procedure.facts.shared import money_in
from xiuhua.cases.procedure.guards.apart import paying
from xiuhua.cases.procedure.guards.payment import instalment_until
from xiuhua.cases.procedure.moves import Certainty, Move, State, Table, move
from xiuhua.cases.procedure.side import payment_days as days
from xiuhua.cases.procedure.side.payment_forms import FORMS, applied, handed_over, settled
from xiuhua.cases.procedure.side.shape import Side

CHECKED, MEMORY, READ = Certainty.CHECKED, Certainty.MEMORY, Certainty.READ
HEADS = "bureau_deputy_head town_approver"

# fmt: off
STATES = (
    State("decision_served", "决定书已送达"),
    State("payable", "缴款期内"),
    State("settled", "已了结", final=True),
    State("deferral_asked", "申请延期分期"),
    State("deferred", "延期分期中"),
    State("in_instalments", "分期缴纳中"),
    State("overdue", "逾期未履行"),
    State("surcharged", "加处罚款中"),
    State("surcharge_paused", "加处罚款停计"),
    State("surcharge_capped", "加处罚款达上限"),
    State("handed_to_enforcement", "转强制执行", final=True),
    State("dropped", "不再收缴", final=True),
)
# Where money may come in; each such state gives its name to two moves.
OPEN = ("payable", "deferral_asked", "deferred", "in_instalments", "overdue", "surcharged", "surcharge_paused",
        "surcharge_capped")


def more(pay: str, cash: str, certainty: Certainty) -> Iterator[Move]:
    """The rows that were added, with the articles of one text: of payment, and of cash on the spot."""
    yield move("pay_cash_on_spot", "当场收缴", "payable", "settled", "officer",
               guards="cash_allowed fine_receipt_issued", documents="fine_receipt", law=cash, certainty=certainty,
               note="As in the summary procedure; hand-in clocks run there", states="payment.items")
    yield move("pay_while_asked", "申请期间缴清", "deferral_asked", "settled", "party", guards="paid_in_full",
               documents="fine_receipt", law=pay, certainty=MEMORY, note="No text forbids it", states="payment.items")
    for state in OPEN:
        yield move(f"pay_part_{state}", "缴纳一部分", state, state, "party", guards="fine_receipt_issued pays_part",
                   documents="fine_receipt", law=pay, certainty=MEMORY, note="No text forbids it",
                   states="payment.items")
        yield move(f"drop_{state}", "不再收缴", state, "dropped", "system", guards="payment_dropped",
                   law="AEL §40", note="The decision fell, or its execution ended; follows the main road", states="")


MOVES_2017 = (
    move("start_payment_period", "缴款期开始", "decision_served", "payable", "system",
         guards="service_effective", law="PPL17 §46", certainty=CHECKED, states="payment.began_on"),
    move("pay_in_full", "足额缴纳", "payable", "settled", "party", guards="paid_in_full",
         documents="fine_receipt", clock=("decision_received", 15, "calendar_day"), law="PPL17 §46",
         certainty=CHECKED, states="payment.items"),
    move("pay_cash_remote", "边远水上当场收缴", "payable", "settled", "officer",
         guards="remote_and_party_asked fine_receipt_issued", documents="fine_receipt", law="PPL17 §48",
         certainty=MEMORY, note="Hand-in clocks as in summary", states="payment.items"),
    move("apply_deferral", "申请延期分期", "payable", "deferral_asked", "party", guards="hardship_application",
         documents="deferral_application", law="PPL17 §52", certainty=MEMORY, states="deferral.applied_on"),
    move("refuse_deferral", "不批准延期分期", "deferral_asked", "payable", HEADS, guards="reason_given",
         documents="deferral_approval", law="PPL17 §52", certainty=MEMORY, states="deferral.refused_on"),
    move("approve_deferral", "批准延期", "deferral_asked", "deferred", HEADS, guards="plan_dates_set",
         documents="deferral_approval", law="PPL17 §52", certainty=MEMORY, states="deferral.approved_on"),
    move("approve_instalments", "批准分期", "deferral_asked", "in_instalments", HEADS,
         guards="plan_sums_to_fine plan_dates_set", documents="deferral_approval", law="PPL17 §52",
         certainty=MEMORY, states="deferral.approved_on"),
    move("pay_deferred", "延期内缴清", "deferred", "settled", "party", guards="paid_in_full",
         documents="fine_receipt", law="PPL17 §52", certainty=MEMORY, states="payment.items"),
    move("pay_instalment", "缴纳一期", "in_instalments", "in_instalments", "party",
         guards="instalment_amount_matches", documents="fine_receipt", law="PPL17 §52", certainty=MEMORY,
         states="payment.items"),
    move("pay_last_instalment", "缴清末期", "in_instalments", "settled", "party", guards="paid_in_full",
         documents="fine_receipt", law="PPL17 §52", certainty=MEMORY, states="payment.items"),
    move("miss_deferral", "延期届满未缴", "deferred", "overdue", "system", guards="deferral_over",
         law="PPL17 §51", certainty=MEMORY, note="Court clock runs from the end of the deferral (PPL21 §72)",
         states="deferral.broken_on"),
    move("miss_instalment", "分期未按时缴", "in_instalments", "overdue", "system", guards="instalment_missed",
         law="PPL17 §51", certainty=MEMORY, states="deferral.broken_on"),
    move("miss_due_date", "逾期未缴", "payable", "overdue", "system", guards="payment_due_passed",
         clock=("decision_received", 15, "calendar_day"), law="PPL17 §51", certainty=MEMORY, states=""),
    move("apply_late_deferral", "逾期后申请分期", "overdue", "deferral_asked", "party",
         guards="hardship_application", documents="deferral_application", law="PPL17 §52; AEL §42",
         certainty=MEMORY, states="deferral.applied_on"),
    move("start_surcharge", "加处罚款", "overdue", "surcharged", HEADS,
         guards="payment_due_passed surcharge_told_in_decision", documents="surcharge_decision",
         clock=("payment_due_passed", 1, "calendar_day"), law="PPL17 §51; AEL §45", certainty=MEMORY,
         note="3% of the fine a day, 'may'", states="surcharge.decided_on", waits=True),
    move("pause_surcharge", "复议诉讼期间停计", "surcharged", "surcharge_paused", "system",
         guards="remedy_pending", law="AEL §45", certainty=MEMORY,
         note="Before 2021 the pause was not in this law", states="surcharge.paused_on"),
    move("resume_surcharge", "恢复计算", "surcharge_paused", "surcharged", "system", guards="remedy_over",
         law="AEL §45", certainty=MEMORY, states="surcharge.resumed_on"),
    move("settle_paused", "停计期间缴清", "surcharge_paused", "settled", "party",
         guards="paid_in_full surcharge_settled", documents="fine_receipt", law="PPL17 §51", certainty=MEMORY,
         states="payment.items"),
    move("cap_surcharge", "加处罚款达上限", "surcharged", "surcharge_capped", "system",
         guards="surcharge_equals_fine", law="AEL §45", note="After 34 days at 3% (33.34)",
         states="surcharge.capped_on"),
    move("pay_late", "逾期缴清", "overdue", "settled", "party", guards="paid_in_full", documents="fine_receipt",
         law="PPL17 §51", certainty=MEMORY, states="payment.items"),
    move("pay_with_surcharge", "连同加处罚款缴清", "surcharged", "settled", "party",
         guards="paid_in_full surcharge_settled", documents="fine_receipt", law="PPL17 §51", certainty=MEMORY,
         states="payment.items"),
    move("pay_capped", "按上限缴清", "surcharge_capped", "settled", "party",
         guards="paid_in_full surcharge_settled", documents="fine_receipt", law="AEL §45",
         states="payment.items"),
    move("go_to_demand", "转催告", "surcharged", "handed_to_enforcement", HEADS,
         guards="surcharge_over_30_days", documents="demand_notice",
         clock=("surcharge_started", 30, "calendar_day"), law="AEL §46", states="payment.handed_over_on",
         waits=True),
    move("go_to_demand_capped", "转催告(已达上限)", "surcharge_capped", "handed_to_enforcement", HEADS,
         guards="surcharge_over_30_days", documents="demand_notice", law="AEL §46",
         states="payment.handed_over_on"),
    move("go_to_demand_without_surcharge", "未加处直接催告", "overdue", "handed_to_enforcement", HEADS,
         guards="remedy_periods_over", documents="demand_notice", law="AEL §53; AEL §54",
         note="Surcharge is optional", states="payment.handed_over_on"),
    *more("PPL17 §46", "PPL17 §47", MEMORY),
)
MOVES_2021 = (
    move("start_payment_period", "缴款期开始", "decision_served", "payable", "system",
         guards="service_effective", law="PPL21 §67", states="payment.began_on"),
    move("pay_in_full", "足额缴纳", "payable", "settled", "party", guards="paid_in_full",
         documents="fine_receipt", clock=("decision_received", 15, "calendar_day"), law="PPL21 §67",
         states="payment.items"),
    move("pay_cash_remote", "边远水上当场收缴", "payable", "settled", "officer",
         guards="remote_and_party_asked fine_receipt_issued", documents="fine_receipt", law="PPL21 §69",
         note="Hand-in clocks as in summary", states="payment.items"),
    move("apply_deferral", "申请延期分期", "payable", "deferral_asked", "party", guards="hardship_application",
         documents="deferral_application", law="PPL21 §66", states="deferral.applied_on"),
    move("refuse_deferral", "不批准延期分期", "deferral_asked", "payable", HEADS, guards="reason_given",
         documents="deferral_approval", law="PPL21 §66", states="deferral.refused_on"),
    move("approve_deferral", "批准延期", "deferral_asked", "deferred", HEADS, guards="plan_dates_set",
         documents="deferral_approval", law="PPL21 §66", states="deferral.approved_on"),
    move("approve_instalments", "批准分期", "deferral_asked", "in_instalments", HEADS,
         guards="plan_sums_to_fine plan_dates_set", documents="deferral_approval", law="PPL21 §66",
         states="deferral.approved_on"),
    move("pay_deferred", "延期内缴清", "deferred", "settled", "party", guards="paid_in_full",
         documents="fine_receipt", law="PPL21 §66", states="payment.items"),
    move("pay_instalment", "缴纳一期", "in_instalments", "in_instalments", "party",
         guards="instalment_amount_matches", documents="fine_receipt", law="PPL21 §66", states="payment.items"),
    move("pay_last_instalment", "缴清末期", "in_instalments", "settled", "party", guards="paid_in_full",
         documents="fine_receipt", law="PPL21 §66", states="payment.items"),
    move("miss_deferral", "延期届满未缴", "deferred", "overdue", "system", guards="deferral_over",
         law="PPL21 §72", note="Court clock runs from the end of the deferral (PPL21 §72)",
         states="deferral.broken_on"),
    move("miss_instalment", "分期未按时缴", "in_instalments", "overdue", "system", guards="instalment_missed",
         law="PPL21 §72", states="deferral.broken_on"),
    move("miss_due_date", "逾期未缴", "payable", "overdue", "system", guards="payment_due_passed",
         clock=("decision_received", 15, "calendar_day"), law="PPL21 §72", states=""),
    move("apply_late_deferral", "逾期后申请分期", "overdue", "deferral_asked", "party",
         guards="hardship_application", documents="deferral_application", law="PPL21 §66; AEL §42",
         states="deferral.applied_on"),
    move("start_surcharge", "加处罚款", "overdue", "surcharged", HEADS,
         guards="payment_due_passed surcharge_told_in_decision", documents="surcharge_decision",
         clock=("payment_due_passed", 1, "calendar_day"), law="PPL21 §72; AEL §45",
         note="3% of the fine a day, 'may'", states="surcharge.decided_on", waits=True),
    move("pause_surcharge", "复议诉讼期间停计", "surcharged", "surcharge_paused", "system",
         guards="remedy_pending", law="PPL21 §73", note="Before 2021 the pause was not in this law",
         states="surcharge.paused_on"),
    move("resume_surcharge", "恢复计算", "surcharge_paused", "surcharged", "system", guards="remedy_over",
         law="PPL21 §73", states="surcharge.resumed_on"),
    move("settle_paused", "停计期间缴清", "surcharge_paused", "settled", "party",
         guards="paid_in_full surcharge_settled", documents="fine_receipt", law="PPL21 §72",
         states="payment.items"),
    move("cap_surcharge", "加处罚款达上限", "surcharged", "surcharge_capped", "system",
         guards="surcharge_equals_fine", law="PPL21 §72; AEL §45", note="After 34 days at 3% (33.34)",
         states="surcharge.capped_on"),
    move("pay_late", "逾期缴清", "overdue", "settled", "party", guards="paid_in_full", documents="fine_receipt",
         law="PPL21 §72", states="payment.items"),
    move("pay_with_surcharge", "连同加处罚款缴清", "surcharged", "settled", "party",
         guards="paid_in_full surcharge_settled", documents="fine_receipt", law="PPL21 §72",
         states="payment.items"),
    move("pay_capped", "按上限缴清", "surcharge_capped", "settled", "party",
         guards="paid_in_full surcharge_settled", documents="fine_receipt", law="AEL §45",
         states="payment.items"),
    move("go_to_demand", "转催告", "surcharged", "handed_to_enforcement", HEADS,
         guards="surcharge_over_30_days", documents="demand_notice",
         clock=("surcharge_started", 30, "calendar_day"), law="AEL §46", states="payment.handed_over_on",
         waits=True),
    move("go_to_demand_capped", "转催告(已达上限)", "surcharge_capped", "handed_to_enforcement", HEADS,
         guards="surcharge_over_30_days", documents="demand_notice", law="AEL §46",
         states="payment.handed_over_on"),
    move("go_to_demand_without_surcharge", "未加处直接催告", "overdue", "handed_to_enforcement", HEADS,
         guards="remedy_periods_over", documents="demand_notice", law="AEL §53; AEL §54",
         note="Surcharge is optional", states="payment.handed_over_on"),
    *more("PPL21 §67", "PPL21 §68", READ),
)
# fmt: on

FOLLOWERS = frozenset({"start_payment_period", *(f"drop_{state}" for state in OPEN)})
SETTLING = (
    "pay_late",
    "pay_with_surcharge",
    "pay_capped",
    "settle_paused",
    "pay_while_asked",
)

SIDE = Side(
    procedure="payment",
    label_zh="罚款缴纳",
    label_en="Payment of the fine",
    block="payment",
    kept_in="",
    apart=paying,
    begins_at=("decision_served",),
    # A further party may have the decision before the case counts as served.
    begins_in=frozenset({"decided", "served", "delivered"}),
    tables=(
        Table("payment", "2017", None, date(2021, 7, 14), STATES, MOVES_2017),
        Table("payment", "2021", date(2021, 7, 15), None, STATES, MOVES_2021),
    ),
    forms={
        **FORMS,
        **{f"pay_part_{state}": money_in("due_today") for state in OPEN},
        **{f"drop_{state}": () for state in OPEN},
    },
    fixed={
        "apply_deferral": {"deferral.hardship_stated": True},
        "apply_late_deferral": {"deferral.hardship_stated": True},
        "approve_deferral": {"deferral.kind": "deferral"},
        "approve_instalments": {"deferral.kind": "instalment"},
    },
    derived={
        "apply_deferral": (applied,),
        "apply_late_deferral": (applied,),
        "approve_deferral": OF_THE_ROAD["enter_deferral"],
        "approve_instalments": OF_THE_ROAD["enter_deferral"],
    },
    completes=dict.fromkeys(SETTLING, settled)
    | dict.fromkeys(("go_to_demand", "go_to_demand_capped", "cap_surcharge"), handed_over),
    numbers={"deferral_approval": "deferral", "surcharge_decision": "surcharge.decision_number"},
    issued_by={
        "deferral_approval": frozenset({"approve_deferral", "approve_instalments"}),
        "demand_notice": frozenset(),
    },
    events={
        "decision_received": "decision.delivered_on",
        "payment_due_passed": "payment.due_on",
        "surcharge_started": "surcharge.from_on",
    },
    reckoned={"decision_received": days.had, "payment_due_passed": days.last_to_pay},
    families={"pay_in_full": "payment", "miss_due_date": "payment"},
    until={
        "miss_deferral": days.last_to_pay,
        "miss_instalment": lambda file, calendar: instalment_until(dict(file)),
        "pause_surcharge": days.before_the_pause,
        "resume_surcharge": days.end_of_the_pause,
        "cap_surcharge": days.before_the_cap,
    },
    followers=FOLLOWERS,
)
