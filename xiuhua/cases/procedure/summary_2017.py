"""The summary (on-the-spot) procedure under the Administrative Penalty Law as amended in 2017, until 2021-07-14.

Rules of the file
1. What may happen in this procedure under this text stands here and nowhere else: no action, page or import knows
   another way from one state to the next.
2. One move is one row. A guard is only named here; what it asks is in `guards`. A new guard needs both.
3. Articles are those of this text; `certainty` says how well the row is founded, and stays until somebody has read
   the source. Numbers of PPL17 are from memory or from secondary pages.
4. The diagrams in the manual and on the case page are drawn from this table. Nothing is drawn by hand.
"""

from __future__ import annotations

from datetime import date

from xiuhua.cases.procedure.moves import Certainty, Table, move
from xiuhua.cases.procedure.states import SUMMARY

CHECKED = Certainty.CHECKED
MEMORY = Certainty.MEMORY

# One move is a few lines, so that the table can be read as one.
# fmt: off
MOVES = (
    move("arrive_on_scene", "到达现场", "lead", "on_scene", "officer",
         guards="two_certified_officers recording_on place_in_jurisdiction",
         clock=("lead_received", 5, "working_day"), law="SHUM §16; SHUM §26",
         note="A reporter is told the result of the check in 5 working days"),
    move("show_certificate", "出示执法证件", "on_scene", "identified", "officer",
         guards="certificate_shown no_conflict_of_interest", law="PPL17 §34; SHUM §16", certainty=MEMORY),
    move("persuade", "教育劝阻", "identified", "persuaded", "officer",
         guards="act_slight corrected_on_the_spot education_first_applies", documents="persuasion_record",
         law="SHUM §18", note="No case is opened, the persuasion is recorded"),
    move("dismiss_no_violation", "未发现违法", "identified", "no_violation", "officer",
         guards="violation_not_found", documents="inspection_record", law="PPL17 §30", certainty=MEMORY,
         note="Agency practice, the lead is answered"),
    move("switch_to_ordinary", "转为一般程序", "identified", "switched_to_ordinary", "officer",
         guards="summary_not_allowed", documents="lead_register", law="PPL17 §36", certainty=MEMORY,
         note="Facts unclear, above the limit, or another kind than warning or fine"),
    move("tell_facts_and_rights", "口头告知", "identified", "told", "officer",
         guards="facts_clear legal_basis_exists summary_fine_within_limit summary_kind_allowed "
                "within_limitation party_identity_known", documents="on_spot_decision",
         law="PPL17 §31; PPL17 §33", certainty=MEMORY, note="Oral, recorded in the form and on video"),
    move("hear_defence", "听取陈述申辩", "told", "defence_heard", "officer", guards="defence_listened",
         documents="on_spot_decision", law="PPL17 §32", certainty=MEMORY),
    move("switch_after_defence", "申辩后转一般程序", "defence_heard", "switched_to_ordinary", "officer",
         guards="summary_not_allowed", documents="lead_register", law="PPL17 §36", certainty=MEMORY),
    move("drop_after_defence", "申辩成立不予处罚", "defence_heard", "no_violation", "officer",
         guards="defence_accepted", documents="inspection_record", law="PPL17 §32", certainty=MEMORY),
    move("decide_on_spot", "当场作出处罚决定", "defence_heard", "decided", "officer",
         guards="not_heavier_after_defence amount_in_range_or_ground form_numbered two_officers_signed",
         documents="on_spot_decision", law="PPL17 §34", certainty=MEMORY),
    move("hand_over_on_spot", "当场交付决定书", "decided", "delivered", "officer",
         guards="handed_over_same_day refusal_noted_if_refused", documents="on_spot_decision",
         law="PPL17 §34", certainty=MEMORY,
         note="From 2024-01-01 the form must say that reconsideration comes first (ARL23 §23)"),
    move("report_before_payment", "缴款前报所属机关备案", "delivered", "delivered", "officer",
         guards="register_entry_made", law="PPL17 §34", certainty=MEMORY,
         note="The law sets no order between report and payment"),
    move("collect_cash", "当场收缴罚款", "delivered", "cash_collected", "officer",
         guards="cash_allowed fine_receipt_issued", documents="fine_receipt", law="PPL17 §47; PPL17 §49",
         certainty=MEMORY),
    move("hand_in_cash", "收缴罚款交至机关", "cash_collected", "cash_with_agency", "officer",
         guards="cash_counted", clock=("cash_collected", 2, "calendar_day"), law="PPL17 §50",
         certainty=MEMORY),
    move("deposit_cash", "罚款缴付指定银行", "cash_with_agency", "paid", "squad_head brigade_head",
         guards="bank_slip_attached", documents="fine_receipt",
         clock=("cash_received_by_agency", 2, "calendar_day"), law="PPL17 §50", certainty=MEMORY),
    move("pay_at_bank", "银行缴款", "delivered", "paid", "party", guards="paid_in_full",
         documents="fine_receipt", clock=("decision_received", 15, "calendar_day"), law="PPL17 §46",
         certainty=CHECKED),
    move("acknowledge_warning", "警告履行完毕", "delivered", "paid", "officer", guards="warning_only",
         law="PPL17 §34", certainty=MEMORY, note="No money to pay"),
    move("fall_overdue", "逾期未缴", "delivered", "overdue", "system",
         guards="payment_due_passed not_deferred", clock=("decision_received", 15, "calendar_day"),
         law="PPL17 §51", certainty=MEMORY, note="Continues in procedure payment"),
    move("settle_late", "逾期后履行", "overdue", "paid", "party", guards="paid_in_full surcharge_settled",
         documents="fine_receipt", law="PPL17 §51", certainty=MEMORY),
    move("finish_by_force", "强制执行完毕", "overdue", "paid", "bureau_deputy_head town_approver",
         guards="enforcement_finished", documents="court_application", law="AEL §53"),
    move("annul_on_spot", "当场处罚被撤销", "delivered", "annulled", "bureau_deputy_head town_approver",
         guards="annulled_by_remedy_or_self", law="ARL17 §28; ALL §70"),
    move("annul_overdue", "逾期后被撤销", "overdue", "annulled", "bureau_deputy_head town_approver",
         guards="annulled_by_remedy_or_self", law="ARL17 §28; ALL §70"),
    move("annul_paid", "缴清后被撤销", "paid", "annulled", "bureau_deputy_head town_approver",
         guards="annulled_by_remedy_or_self", law="AEL §41; ARL17 §28; ALL §70"),
    move("annul_recorded", "备案后被撤销", "recorded", "annulled", "bureau_deputy_head town_approver",
         guards="annulled_by_remedy_or_self", law="AEL §41; ARL17 §28; ALL §70"),
    move("annul_closed", "结案后被撤销变更", "closed", "annulled", "bureau_deputy_head town_approver",
         guards="annulled_by_remedy_or_self closed_decision_fell", law="AEL §41; ARL17 §28; ALL §70"),
    move("report_for_record", "报所属机关备案", "paid", "recorded", "officer",
         guards="register_entry_made", law="PPL17 §34", certainty=MEMORY,
         note="The length of days is an agency rule (configuration); may be done before payment"),
    move("close_reported", "已备案案件结案", "paid", "closed", "squad_head brigade_head",
         guards="register_entry_made documents_complete money_reconciled", documents="archive_index",
         law="PPL17 §34", certainty=MEMORY, note="Where the report came before the payment"),
    move("close_summary", "简易案件结案", "recorded", "closed", "squad_head brigade_head",
         guards="documents_complete money_reconciled", documents="archive_index", law="PPL17 §34",
         certainty=MEMORY),
    move("archive_case", "归档", "closed", "closed", "squad_legal_clerk", guards="archive_in_order",
         documents="archive_index case_statistics_card", law="案卷管理规定 §5; 案卷管理规定 §7", certainty=CHECKED,
         note="Numbers and binds the volume; the case stays closed"),
)
# fmt: on

TABLE = Table(
    procedure="summary",
    version="2017",
    valid_from=None,
    valid_to=date(2021, 7, 14),
    states=SUMMARY,
    moves=MOVES,
)
