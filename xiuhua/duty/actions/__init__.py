"""The only writes of the street. Each is a verb with named facts, the actor and the moment, and leaves an entry."""

from xiuhua.duty.actions.events import (
    Guarded,
    answer_call,
    declare_event,
    end_event,
    form_reserve,
    start_plan,
)
from xiuhua.duty.actions.places import add_beat, add_point, close_point
from xiuhua.duty.actions.presence import check_in, find, finding_of_key, once, persuade, review_check_in
from xiuhua.duty.actions.roster import Brought, bring_in, cancel_shift, copy_week, plan_shift
from xiuhua.duty.actions.rounds import inspect, patrol_road
from xiuhua.duty.actions.swaps import (
    answer_swap,
    appeal,
    ask_swap,
    decide_appeal,
    decide_swap,
    withdraw_swap,
)
from xiuhua.duty.actions.tasks import (
    issue_task,
    note_progress,
    plan_operation,
    receive_task,
    report_operation,
    report_task,
    withdraw_task,
)

__all__ = [
    "Brought",
    "Guarded",
    "add_beat",
    "add_point",
    "answer_call",
    "answer_swap",
    "appeal",
    "ask_swap",
    "bring_in",
    "cancel_shift",
    "check_in",
    "close_point",
    "copy_week",
    "decide_appeal",
    "decide_swap",
    "declare_event",
    "end_event",
    "find",
    "finding_of_key",
    "form_reserve",
    "inspect",
    "issue_task",
    "note_progress",
    "once",
    "patrol_road",
    "persuade",
    "plan_operation",
    "plan_shift",
    "receive_task",
    "report_operation",
    "report_task",
    "review_check_in",
    "start_plan",
    "withdraw_swap",
    "withdraw_task",
]
