"""The application to the court for enforcement (申请法院强制执行). Pure data.

AEL §53 to §60: when the remedies are over and ten working days have passed since the demand, within three months.
These count from the end of the remedies, or of a later deferral (PPL21 §72); while reconsideration or suit is under
way nothing counts and nothing is filed. The day is reckoned anew each time, for a remedy may yet be asked for.

The draft's guard `court_notice_received` is that of suits; here it is `court_paper_received`, which cites AEL §56.
"""

from __future__ import annotations

from datetime import date

from xiuhua.cases.procedure.guards.apart import paying
from xiuhua.cases.procedure.guards.court_remedies import application_running, court_opens
from xiuhua.cases.procedure.moves import Certainty, State, Table, move
from xiuhua.cases.procedure.side.court_forms import DERIVED, FIXED, FORMS
from xiuhua.cases.procedure.side.shape import Side

DEPUTIES = "bureau_deputy_head town_approver"
THREE_MONTHS = ("remedy_period_ended", 3, "month")
COURT_TAKES_IN = ("court_application_received", 5, "working_day")
HIGHER_TAKES_IN = ("higher_application_received", 15, "calendar_day")
HIGHER_RULES = ("higher_application_received", 30, "calendar_day")
ASK_HIGHER = ("court_ruling_received", 15, "calendar_day")

# fmt: off
STATES = (
    State("demand_period_over", "催告期满"),
    State("prepared", "材料已备"),
    State("signed", "已签字"),
    State("applied", "已申请"),
    State("right_lost", "丧失申请权", final=True),
    State("accepted", "已受理"),
    State("not_accepted", "不予受理"),
    State("higher_review", "上级法院复议中"),
    State("allowed", "准予执行"),
    State("disallowed", "不予执行"),
    State("higher_review_enforcement", "对不予执行复议中"),
    State("ended_without_execution", "未执行终结", final=True),
    State("executed", "已强制执行", final=True),
)

MOVES = (
    move("prepare", "准备申请材料", "demand_period_over", "prepared", "officer",
         guards="court_papers_complete", documents="court_application", law="AEL §55",
         states="court.prepared_on"),
    move("sign_application", "负责人签名盖章", "prepared", "signed", "bureau_head town_approver",
         guards="signed_and_sealed", documents="court_application", law="AEL §55", states="court.signed_on"),
    move("apply_to_court", "向法院申请", "signed", "applied", "officer",
         guards="no_own_enforcement_power remedy_periods_over ten_working_days_after_demand within_three_months",
         documents="court_application", clock=THREE_MONTHS, law="AEL §53; AEL §54; SPC18 §156",
         note="Deferral moves the start: PPL21 §72", states="court.applied_on"),
    move("miss_three_months", "逾期未申请", "prepared", "right_lost", "system", guards="three_months_over",
         clock=THREE_MONTHS, law="AEL §53; SPC18 §156", note="Not accepted without good reason",
         states="court.missed_on"),
    move("court_accepts", "法院受理", "applied", "accepted", "court", guards="court_paper_received",
         clock=COURT_TAKES_IN, law="AEL §56; AEL §69", states="court.accepted_on"),
    move("court_refuses_accepting", "法院不予受理", "applied", "not_accepted", "court",
         guards="court_paper_received", clock=COURT_TAKES_IN, law="AEL §56",
         states="court.ruling_received_on"),
    move("ask_higher_court", "向上一级法院申请复议", "not_accepted", "higher_review", DEPUTIES,
         guards="within_15_days", clock=ASK_HIGHER, law="AEL §56", states="court.higher_applied_on"),
    move("higher_accepts", "上级裁定受理", "higher_review", "accepted", "court",
         guards="court_paper_received", clock=HIGHER_TAKES_IN, law="AEL §56", states="court.accepted_on"),
    move("higher_refuses", "上级维持不受理", "higher_review", "right_lost", "court",
         guards="court_paper_received", clock=HIGHER_TAKES_IN, law="AEL §56", states="court.document_on"),
    move("accept_refusal", "不再申请复议", "not_accepted", "right_lost", DEPUTIES, guards="reason_recorded",
         law="AEL §56", states="reason"),
    move("court_allows", "裁定准予执行", "accepted", "allowed", "court", guards="court_paper_received",
         clock=("court_accepted", 7, "working_day"), law="AEL §57; AEL §69; SPC18 §160",
         note="30 days where doubts (AEL §58)", states="court.allowed_on"),
    move("court_disallows", "裁定不予执行", "accepted", "disallowed", "court", guards="court_paper_received",
         clock=("court_accepted", 30, "calendar_day"), law="AEL §58; SPC18 §161",
         states="court.ruling_received_on"),
    move("review_disallowed", "对不予执行申请复议", "disallowed", "higher_review_enforcement", DEPUTIES,
         guards="within_15_days", clock=ASK_HIGHER, law="AEL §58", states="court.higher_applied_on"),
    move("higher_allows", "上级裁定执行", "higher_review_enforcement", "allowed", "court",
         guards="court_paper_received", clock=HIGHER_RULES, law="AEL §58", states="court.allowed_on"),
    move("higher_disallows", "上级裁定不予执行", "higher_review_enforcement", "ended_without_execution",
         "court", guards="court_paper_received", clock=HIGHER_RULES, law="AEL §58", states="court.document_on"),
    move("leave_disallowed", "接受不予执行", "disallowed", "ended_without_execution", DEPUTIES,
         guards="reason_recorded", law="AEL §58", states="reason"),
    move("court_executes", "法院执行完毕", "allowed", "executed", "court", guards="court_paper_received",
         law="SPC18 §160", states="enforcement.finished_on"),
    move("court_terminates", "法院终结执行", "allowed", "ended_without_execution", "court",
         guards="court_paper_received", law="ALL §101", certainty=Certainty.MEMORY, states="court.document_on"),
)
# fmt: on

SIDE = Side(
    procedure="court_application",
    label_zh="申请法院强制执行",
    label_en="Application to the court",
    block="court",
    kept_in="",
    apart=paying,
    begins_at=("demand_period_over",),
    begins_in=frozenset({"overdue"}),
    tables=(Table("court_application", "2012", date(2012, 1, 1), None, STATES, MOVES),),
    forms=FORMS,
    fixed=FIXED,
    derived=DERIVED,
    events={
        "remedy_period_ended": "court.start_on",
        "court_application_received": "court.applied_on",
        "court_ruling_received": "court.ruling_received_on",
        "higher_application_received": "court.higher_applied_on",
        "court_accepted": "court.accepted_on",
    },
    numbers={"court_application": "court"},
    issued_by={"court_application": frozenset({"sign_application"})},
    reckoned={"remedy_period_ended": application_running},
    opens={"apply_to_court": court_opens},
    while_in=dict.fromkeys(("sign_application", "apply_to_court", "court_executes"), frozenset({"overdue"})),
)
