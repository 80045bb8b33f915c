"""Hearing (听证): asked for, a host of no part in the investigation, notice in good time, held, reported. Pure data.

PPL17 §42, §43; PPL21 §63 to §65. The notice comes seven days before, working days since 2021-07-15. The case waits in
the state of a hearing until the host has reported; then the main road takes over what the hearing came to.

Beside the draft the table asks: that a plan is heard once, that the host appointed is the one who acts and was not told
to stand aside, that the notice reached the party, and that the hearing is held on the day of the notice.
"""

from __future__ import annotations

from datetime import date

from xiuhua.cases.procedure.moves import Certainty, State, Table, move
from xiuhua.cases.procedure.side.hearing_forms import DERIVED, FIXED, FORMS
from xiuhua.cases.procedure.side.shape import Side

CHECKED, MEMORY = Certainty.CHECKED, Certainty.MEMORY
CLERK, HOST, HEADS = "squad_legal_clerk", "hearing_host", "bureau_deputy_head town_approver"
NOTICE = (
    "hearing_notice_early_enough open_or_secret_ground appointed_host_acts served_by_lawful_method "
    "hearing_notice_proved"
)
HOLD = "host_not_investigator investigators_present recording_on appointed_host_acts held_as_notified"

# fmt: off
STATES = (
    State("none", "未开始"),
    State("requested", "已申请听证"),
    State("not_held", "未举行听证", final=True),
    State("host_appointed", "已定主持人"),
    State("scheduled", "已通知听证"),
    State("held", "听证已举行"),
    State("record_signed", "笔录已核对"),
    State("reported", "已报告", final=True),
)

MOVES_2017 = (
    move("receive_request", "收到听证申请", "none", "requested", CLERK,
         guards="hearing_requested_in_time not_heard_yet", law="PPL17 §42", certainty=CHECKED,
         states="hearing.requested_on"),
    move("reject_late_request", "逾期申请不组织", "none", "not_held", CLERK, guards="hearing_period_over",
         law="PPL17 §42", certainty=CHECKED, states="hearing.rejected_on"),
    move("appoint_host", "指定听证主持人", "requested", "host_appointed", HEADS,
         guards="host_not_investigator host_may_host", law="PPL17 §42", certainty=CHECKED,
         states="hearing.host_id"),
    move("replace_host", "主持人回避", "host_appointed", "requested", HEADS, guards="host_conflict_found",
         law="PPL17 §42", certainty=CHECKED, states="hearing.replaced_on"),
    move("withdraw_request", "撤回听证申请", "requested", "not_held", "party", guards="waiver_in_writing",
         documents="waiver_statement", law="PPL17 §42", certainty=MEMORY, states="hearing.waived_on"),
    move("serve_hearing_notice", "送达听证通知书", "host_appointed", "scheduled", HOST, guards=NOTICE,
         documents="hearing_notice service_receipt", clock=("hearing_notice_served", 7, "calendar_day"),
         law="PPL17 §42", certainty=CHECKED, note="Before the hearing", states="hearing.notice_served_on"),
    move("postpone_hearing", "延期听证", "scheduled", "host_appointed", HOST,
         guards="reason_recorded appointed_host_acts", documents="hearing_notice", law="PPL17 §42", certainty=MEMORY,
         states="hearing.postponed_on"),
    move("withdraw_before_notice", "听证通知前撤回", "host_appointed", "not_held", "party", guards="waiver_in_writing",
         documents="waiver_statement", law="PPL17 §42", certainty=MEMORY,
         note="Not in the draft: a host who is named binds nobody to a request", states="hearing.waived_on"),
    move("withdraw_before_hearing", "听证前撤回", "scheduled", "not_held", "party", guards="waiver_in_writing",
         documents="waiver_statement", law="PPL17 §42", certainty=MEMORY, states="hearing.waived_on"),
    move("hold_hearing", "举行听证", "scheduled", "held", HOST, guards=HOLD, documents="hearing_record",
         law="PPL17 §42", certainty=CHECKED, states="hearing.held_on"),
    move("end_by_absence", "拒不出席终止听证", "scheduled", "not_held", HOST,
         guards="absent_without_reason appointed_host_acts", documents="hearing_record", law="PPL17 §42",
         certainty=MEMORY,
         states="hearing.ended_on"),
    move("sign_record", "核对签字", "held", "record_signed", "party", guards="hearing_record_signed_or_noted",
         documents="hearing_record", law="PPL17 §42", certainty=CHECKED, states="hearing.signed_on"),
    move("report_hearing", "听证报告", "record_signed", "reported", HOST,
         guards="opinion_given appointed_host_acts", documents="hearing_report", law="PPL17 §43",
         certainty=CHECKED, states="hearing.report_on"),
)
MOVES_2021 = (
    move("receive_request", "收到听证申请", "none", "requested", CLERK,
         guards="hearing_requested_in_time not_heard_yet", law="PPL21 §64", states="hearing.requested_on"),
    move("reject_late_request", "逾期申请不组织", "none", "not_held", CLERK, guards="hearing_period_over",
         law="PPL21 §64", states="hearing.rejected_on"),
    move("appoint_host", "指定听证主持人", "requested", "host_appointed", HEADS,
         guards="host_not_investigator host_may_host", law="PPL21 §64", states="hearing.host_id"),
    move("replace_host", "主持人回避", "host_appointed", "requested", HEADS, guards="host_conflict_found",
         law="PPL21 §64", states="hearing.replaced_on"),
    move("withdraw_request", "撤回听证申请", "requested", "not_held", "party", guards="waiver_in_writing",
         documents="waiver_statement", law="PPL21 §64", certainty=MEMORY, states="hearing.waived_on"),
    move("serve_hearing_notice", "送达听证通知书", "host_appointed", "scheduled", HOST, guards=NOTICE,
         documents="hearing_notice service_receipt", clock=("hearing_notice_served", 7, "working_day"),
         law="PPL21 §64; PPL21 §85", note="Before the hearing", states="hearing.notice_served_on"),
    move("postpone_hearing", "延期听证", "scheduled", "host_appointed", HOST,
         guards="reason_recorded appointed_host_acts", documents="hearing_notice", law="PPL21 §64", certainty=MEMORY,
         states="hearing.postponed_on"),
    move("withdraw_before_notice", "听证通知前撤回", "host_appointed", "not_held", "party", guards="waiver_in_writing",
         documents="waiver_statement", law="PPL21 §64", certainty=MEMORY,
         note="Not in the draft: a host who is named binds nobody to a request", states="hearing.waived_on"),
    move("withdraw_before_hearing", "听证前撤回", "scheduled", "not_held", "party", guards="waiver_in_writing",
         documents="waiver_statement", law="PPL21 §64", certainty=MEMORY, states="hearing.waived_on"),
    move("hold_hearing", "举行听证", "scheduled", "held", HOST, guards=HOLD, documents="hearing_record",
         law="PPL21 §64", states="hearing.held_on"),
    move("end_by_absence", "拒不出席终止听证", "scheduled", "not_held", HOST,
         guards="absent_without_reason appointed_host_acts", documents="hearing_record", law="PPL21 §64",
         states="hearing.ended_on"),
    move("sign_record", "核对签字", "held", "record_signed", "party", guards="hearing_record_signed_or_noted",
         documents="hearing_record", law="PPL21 §64", states="hearing.signed_on"),
    move("report_hearing", "听证报告", "record_signed", "reported", HOST,
         guards="opinion_given appointed_host_acts", documents="hearing_report", law="PPL21 §65",
         states="hearing.report_on"),
)
# fmt: on

SIDE = Side(
    procedure="hearing",
    label_zh="听证",
    label_en="Hearing",
    block="hearing",
    kept_in="",
    begins_at=("none",),
    begins_in=frozenset({"hearing_offered", "defence_received", "defence_done", "hearing_pending"}),
    tables=(
        Table("hearing", "2017", None, date(2021, 7, 14), STATES, MOVES_2017),
        Table("hearing", "2021", date(2021, 7, 15), None, STATES, MOVES_2021),
    ),
    forms=FORMS,
    fixed=FIXED,
    derived=DERIVED,
    issued_by={
        "hearing_notice": frozenset({"serve_hearing_notice"}),
        "hearing_record": frozenset({"hold_hearing", "end_by_absence"}),
    },
    events={"hearing_notice_served": "hearing.notice_served_on"},
    # The day of the notice is the day of the hearing: lists and the page of the case count towards it.
    ends={"hold_hearing": "hearing.planned_at"},
)
