"""The demand (催告) and what comes of it: performance, enforcement by the agency itself, or the court. Pure data.

AEL §34 to §43 and §53, in one text since 2012. Added to the draft is `serve_enforcement`: AEL §38 wants the enforcement
decision served, and the draft's guard of `enforce` asks for that service without a step that states it.
"""

from __future__ import annotations

from datetime import date

from xiuhua.cases.procedure.guards.apart import paying
from xiuhua.cases.procedure.guards.court_remedies import court_opens
from xiuhua.cases.procedure.moves import State, Table, move
from xiuhua.cases.procedure.side.demand_forms import DERIVED, FIXED, FORMS
from xiuhua.cases.procedure.side.shape import Side

HEADS = "bureau_deputy_head bureau_head town_approver"
DEPUTIES = "bureau_deputy_head town_approver"
AFTER_DEMAND = ("demand_served", 10, "working_day")

# fmt: off
STATES = (
    State("duty_unmet", "义务未履行"),
    State("demand_issued", "催告书已制发"),
    State("demand_served", "催告书已送达"),
    State("performed", "已履行", final=True),
    State("demand_defence_heard", "已听取催告申辩"),
    State("enforcement_dropped", "停止强制执行", final=True),
    State("enforcement_decided", "强制执行决定"),
    State("enforced", "已强制执行", final=True),
    State("execution_agreed", "执行协议"),
    State("execution_suspended", "中止执行"),
    State("execution_terminated", "终结执行", final=True),
    State("handed_to_court", "转法院执行", final=True),
)

MOVES = (
    move("issue_demand", "制发催告书", "duty_unmet", "demand_issued", "officer",
         guards="demand_fields_complete share_overdue", documents="demand_notice", law="AEL §35; AEL §54",
         states="demand.issued_on"),
    move("serve_demand", "送达催告书", "demand_issued", "demand_served", "officer",
         guards="served_by_lawful_method receipt_complete", documents="service_receipt", law="AEL §38",
         states="services"),
    move("perform_after_demand", "催告后履行", "demand_served", "performed", "party", guards="paid_in_full",
         documents="fine_receipt", law="AEL §35", states="demand.performed_on"),
    move("hear_demand_defence", "听取催告陈述申辩", "demand_served", "demand_defence_heard", "officer",
         guards="defence_recorded", documents="defence_record", law="AEL §36", states="demand.heard_on"),
    move("accept_demand_defence", "申辩成立停止执行", "demand_defence_heard", "enforcement_dropped", DEPUTIES,
         guards="defence_accepted", documents="recheck_opinion", law="AEL §36", states="demand.rechecked_on"),
    move("decide_own_enforcement", "作出强制执行决定", "demand_served", "enforcement_decided", HEADS,
         guards="own_enforcement_power demand_period_over no_justified_reason no_deferral_running",
         documents="enforcement_decision", law="AEL §37", states="enforcement.decided_on"),
    move("decide_after_defence", "复核后作出强制执行决定", "demand_defence_heard", "enforcement_decided", HEADS,
         guards="own_enforcement_power demand_period_over no_justified_reason no_deferral_running",
         documents="enforcement_decision", law="AEL §37", states="enforcement.decided_on"),
    move("decide_immediately", "催告期内立即执行", "demand_served", "enforcement_decided", HEADS,
         guards="own_enforcement_power asset_flight_signs no_deferral_running",
         documents="enforcement_decision", law="AEL §37", states="enforcement.decided_on"),
    move("serve_enforcement", "送达强制执行决定书", "enforcement_decided", "enforcement_decided", "officer",
         guards="served_by_lawful_method receipt_complete", documents="service_receipt", law="AEL §38",
         states="services"),
    move("enforce", "实施强制执行", "enforcement_decided", "enforced", "officer",
         guards="not_at_night_or_holiday no_cutting_of_utilities recording_on enforcement_decision_served "
                "no_deferral_running",
         documents="enforcement_record", law="AEL §43; AEL §38", states="enforcement.implemented_at"),
    move("agree_execution", "达成执行协议", "enforcement_decided", "execution_agreed", DEPUTIES,
         guards="no_harm_to_public_or_others", law="AEL §42", states="demand.agreed_on"),
    move("keep_agreement", "履行执行协议", "execution_agreed", "performed", "party", guards="agreement_kept",
         law="AEL §42", states="demand.performed_on"),
    move("break_agreement", "不履行执行协议", "execution_agreed", "enforcement_decided", "system",
         guards="agreement_broken", law="AEL §42", states="demand.agreement_broken_on"),
    move("suspend_execution", "中止执行", "enforcement_decided", "execution_suspended", DEPUTIES,
         guards="execution_suspension_ground", law="AEL §39", states="demand.suspended_on"),
    move("resume_execution", "恢复执行", "execution_suspended", "enforcement_decided", DEPUTIES,
         guards="suspension_ground_gone", law="AEL §39", states="demand.resumed_on"),
    move("stop_after_three_years", "满三年不再执行", "execution_suspended", "execution_terminated", DEPUTIES,
         guards="three_years_without_capacity", clock=("execution_suspended", 36, "month"), law="AEL §39",
         states="termination.ground", waits=True),
    move("terminate", "终结执行", "enforcement_decided", "execution_terminated", DEPUTIES,
         guards="termination_ground", law="AEL §40", states="termination.ground"),
    move("hand_to_court", "转申请法院执行", "demand_served", "handed_to_court", DEPUTIES,
         guards="no_own_enforcement_power ten_working_days_after_demand remedy_periods_over",
         documents="court_application", clock=AFTER_DEMAND, law="AEL §53; AEL §54; AEL §69",
         states="demand.handed_on", waits=True),
    move("hand_to_court_after_defence", "复核后转法院", "demand_defence_heard", "handed_to_court", DEPUTIES,
         guards="no_own_enforcement_power ten_working_days_after_demand remedy_periods_over",
         documents="court_application", clock=AFTER_DEMAND, law="AEL §53; AEL §54; AEL §69",
         states="demand.handed_on", waits=True),
)
# fmt: on

SIDE = Side(
    procedure="demand",
    label_zh="催告和强制执行",
    label_en="Demand and enforcement",
    block="demand",
    kept_in="",
    apart=paying,
    begins_at=("duty_unmet",),
    begins_in=frozenset({"overdue"}),
    tables=(Table("demand", "2012", date(2012, 1, 1), None, STATES, MOVES),),
    forms=FORMS,
    fixed=FIXED,
    derived=DERIVED,
    events={"demand_served": "demand.served_on", "execution_suspended": "demand.suspended_on"},
    ends={"break_agreement": "demand.agreement_due_on"},
    numbers={"demand_notice": "demand", "enforcement_decision": "enforcement"},
    # The application is written and signed in the procedure of the court.
    issued_by={"court_application": frozenset()},
    # What is executed, paid, revoked or closed is not enforced again.
    while_in=dict.fromkeys(
        (
            "decide_own_enforcement",
            "decide_after_defence",
            "decide_immediately",
            "enforce",
            "hand_to_court",
            "hand_to_court_after_defence",
        ),
        frozenset({"overdue", "deferred"}),
    ),
    opens={"hand_to_court": court_opens, "hand_to_court_after_defence": court_opens},
)
