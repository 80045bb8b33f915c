"""Substitute performance (代履行): what the party was to clear or restore is done in its place, at its cost. Pure data.

AEL §50 to §52. The usual way begins with a demand that was served and not followed; on roads, rivers and public places
what the party cannot clear is cleared at once, whatever the case has come to.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from xiuhua.cases.procedure.guards.reading import block, iso
from xiuhua.cases.procedure.moves import State, Table, move
from xiuhua.cases.procedure.periods import length_on
from xiuhua.cases.procedure.side.shape import Side
from xiuhua.cases.procedure.side.substitute_forms import DERIVED, FIXED, FORMS
from xiuhua.kernel.workdays import Calendar

HEADS = "bureau_deputy_head bureau_head town_approver"
DEPUTIES = "bureau_deputy_head town_approver"
# From the first check to a decision that nobody followed.
OPEN = (
    "on_scene identified checked filing_proposed filed investigating investigation_closed adjudicated"
    " legal_review_passed notified hearing_offered defence_received defence_done hearing_pending discussed"
    " decided served overdue"
)

# fmt: off
STATES = (
    State("demanded", "已催告"),
    State("substitute_decided", "代履行决定"),
    State("substitute_served", "代履行决定已送达"),
    State("final_demand", "代履行前催告"),
    State("performed", "已履行", final=True),
    State("substituted", "代履行完毕"),
    State("obstacle_found", "发现障碍物"),
    State("immediate_running", "立即代履行中"),
    State("signed", "已签字"),
    State("cost_charged", "费用已核收"),
    State("closed", "已结案", final=True),
)

MOVES = (
    move("decide_substitute", "作出代履行决定", "demanded", "substitute_decided", HEADS,
         guards="restoring_duty demand_served_and_unmet harm_kind_listed substitute_fields_complete",
         documents="substitute_decision", law="AEL §50; AEL §51", states="substitute.decided_on"),
    move("serve_substitute", "送达代履行决定书", "substitute_decided", "substitute_served", "officer",
         guards="served_by_lawful_method receipt_complete", documents="service_receipt", law="AEL §51",
         states="services"),
    move("demand_again", "代履行三日前催告", "substitute_served", "final_demand", "officer",
         guards="demand_fields_complete", documents="demand_notice",
         clock=("substitute_executed", -3, "working_day"), law="AEL §51; AEL §69",
         note="At least 3 working days before", states="substitute.demand_on"),
    move("perform_before", "当事人履行停止代履行", "final_demand", "performed", "party",
         guards="other_duties_done", documents="recheck_record", law="AEL §51", states="substitute.performed_on"),
    move("carry_out_substitute", "实施代履行", "final_demand", "substituted", "officer",
         guards="three_working_days_after_demand performer_without_interest supervisor_present no_violence",
         documents="substitute_record", law="AEL §50; AEL §51", states="substitute.executed_on"),
    move("decide_immediate", "立即代履行", "obstacle_found", "immediate_running", "officer",
         guards="public_way_obstacle party_cannot_clear two_certified_officers",
         documents="substitute_decision", law="AEL §52", states="substitute.decided_on"),
    move("notify_absent", "事后通知当事人", "immediate_running", "substituted", "officer",
         guards="absent_party_told_at_once", documents="service_receipt", law="AEL §52",
         states="substitute.executed_on"),
    move("sign_record", "到场人员签字", "substituted", "signed", "officer", guards="all_signed",
         documents="substitute_record", law="AEL §51", states="substitute.signed_on"),
    move("charge_cost", "核定并收取费用", "signed", "cost_charged", DEPUTIES, guards="cost_reasonable",
         law="AEL §51", states="substitute.cost"),
    move("waive_cost", "不收费用结束", "signed", "closed", DEPUTIES, guards="reason_recorded", law="AEL §51",
         states="reason"),
    move("close_substitute", "代履行终结", "cost_charged", "closed", "squad_head brigade_head",
         guards="documents_complete", law="AEL §51", states="substitute.closed_on"),
)
# fmt: on


def _waits_for(file: Mapping[str, Any], calendar: Calendar) -> date | None:
    """The last day on which it may not be carried out yet: the third working day after the last demand may."""
    day = block(file, "substitute").get("demand_on")
    if not day:
        return None
    return calendar.after(iso(day), length_on("substitute_demand", iso(day))) - timedelta(days=1)


SIDE = Side(
    procedure="substitute_performance",
    label_zh="代履行",
    label_en="Substitute performance",
    block="substitute",
    kept_in="",
    begins_at=("demanded", "obstacle_found"),
    begins_in=frozenset(OPEN.split()),
    tables=(Table("substitute_performance", "2012", date(2012, 1, 1), None, STATES, MOVES),),
    forms=FORMS,
    fixed=FIXED,
    derived=DERIVED,
    numbers={"substitute_decision": "substitute"},
    issued_by={
        # Signed where it is made: the paper that the people on the spot signed is the record.
        "substitute_record": frozenset({"sign_record"}),
        # The recheck of a correction has its own record; here the duty itself is written down.
        "recheck_record": frozenset(),
    },
    opens={"carry_out_substitute": _waits_for},
    while_in=dict.fromkeys(
        ("decide_substitute", "demand_again", "carry_out_substitute"), frozenset({*OPEN.split(), "deferred"})
    ),
)
