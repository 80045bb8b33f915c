"""Who may do what on the street: pairs of a check that refuses with reasons, and a question."""

from __future__ import annotations

from datetime import datetime, timedelta

from xiuhua.duty import rules
from xiuhua.duty.models import Appeal, CheckIn, Shift, Swap, Task
from xiuhua.duty.queries import limits, standing_of
from xiuhua.kernel.authz import Actor, Refusal, Refused, holds
from xiuhua.org import queries as org


def _refuse(code: str, sentence: str, meaning: str, ground: str = "") -> Refused:
    return Refused(Refusal(code, sentence, ground, meaning))


def reaches(permission: str, unit_id: int, by: Actor) -> bool:
    """Whether `permission` reaches over the rows of a unit: the own one, one that acts in our name, or all."""
    scope = by.scope(permission)
    if scope.everything or unit_id in scope.units:
        return True
    return bool(scope.authorities) and unit_id in set(org.acting_for(scope.authorities))


def check_can_plan(unit_id: int, by: Actor) -> None:
    """Rosters are made by the unit's own heads and clerk. Raises Refused."""
    if not reaches("duty.plan", unit_id, by):
        raise _refuse(
            "plan_elsewhere", "排班由本单位负责人和内勤办理", "rosters are made by the unit's heads and clerk"
        )


def can_plan(unit_id: int, by: Actor) -> bool:
    return holds(lambda: check_can_plan(unit_id, by))


def check_can_work(by: Actor) -> None:
    """People who go out on the street. Raises Refused."""
    if by.officer_id is None or not by.can("duty.work"):
        raise _refuse("no_street_duty", "您的岗位不上街执勤", "your post has no duty on the street")


def can_work(by: Actor) -> bool:
    return holds(lambda: check_can_work(by))


def check_can_inspect(by: Actor) -> None:
    """An inspection is an act of enforcement: officers with a certificate only. Raises Refused."""
    check_can_work(by)
    if not by.can("leads.work"):
        raise _refuse(
            "inspection_needs_officer",
            "执法检查由持证执法人员实施",
            "inspections are made by certified officers",
            "SHUM §16",
        )


def can_inspect(by: Actor) -> bool:
    return holds(lambda: check_can_inspect(by))


def check_can_ask_swap(shift: Shift, by: Actor, at: datetime) -> None:
    """One's own shift, before it begins. Raises Refused."""
    if shift.officer_id != by.officer_id:
        raise _refuse("swap_of_another", "只能换自己的班", "one asks for one's own shift only")
    if shift.cancelled or shift.starts_at <= at:
        raise _refuse("swap_too_late", "班次已开始或已取消，不能再换", "the shift has begun or was cancelled")


def can_ask_swap(shift: Shift, by: Actor, at: datetime) -> bool:
    return holds(lambda: check_can_ask_swap(shift, by, at))


def check_can_answer_swap(swap: Swap, by: Actor) -> None:
    """The other officer consents or declines. Raises Refused."""
    if swap.other_id != by.officer_id:
        raise _refuse("swap_not_asked_of_you", "只有对方本人可以答复", "only the one who was asked answers")
    if swap.state != rules.SwapState.ASKED:
        raise _refuse("swap_answered", "这次换班已经答复", "this swap has been answered")


def can_answer_swap(swap: Swap, by: Actor) -> bool:
    return holds(lambda: check_can_answer_swap(swap, by))


def check_can_decide_swap(swap: Swap, by: Actor) -> None:
    """The head of the unit approves what both want, and never an own swap. Raises Refused."""
    if not reaches("duty.decide", swap.shift.unit_id, by):
        raise _refuse("swap_for_head", "换班由本单位负责人批准", "swaps are approved by the head of the unit")
    if by.officer_id in (swap.asker_id, swap.other_id):
        raise _refuse(
            "swap_of_oneself",
            "不得批准与本人有关的换班",
            "nobody approves a swap that he or she is part of",
        )
    if swap.state != rules.SwapState.CONSENTED:
        raise _refuse(
            "swap_without_consent",
            "对方没有同意，不能批准",
            "without the other officer's consent there is nothing to approve",
        )


def can_decide_swap(swap: Swap, by: Actor) -> bool:
    return holds(lambda: check_can_decide_swap(swap, by))


def check_can_withdraw_swap(swap: Swap, by: Actor) -> None:
    if swap.asker_id != by.officer_id or swap.state not in rules.SWAP_OPEN:
        raise _refuse("swap_not_yours", "只能撤回自己提出且未办结的换班", "only one's own open swap")


def can_withdraw_swap(swap: Swap, by: Actor) -> bool:
    return holds(lambda: check_can_withdraw_swap(swap, by))


def check_can_appeal(shift: Shift, by: Actor, at: datetime) -> None:
    """One's own absence or lateness, within the days that the table gives, once. Raises Refused."""
    if shift.officer_id != by.officer_id:
        raise _refuse("appeal_of_another", "只能就自己的考勤申诉", "one appeals for oneself only")
    if standing_of(shift, at) not in (rules.Standing.ABSENT, rules.Standing.LATE):
        raise _refuse("nothing_to_appeal", "这一班没有缺勤或迟到", "there is no absence to appeal")
    days = limits().appeal_days
    if at > shift.ends_at + timedelta(days=days):
        raise _refuse(
            "appeal_too_late",
            f"班次结束已超过{days}日，不再受理申诉",
            f"more than {days} days have passed since the shift",
        )
    if Appeal.objects.filter(shift=shift).exists():
        raise _refuse("appealed_already", "这一班已经申诉过", "this shift was appealed already")


def can_appeal(shift: Shift, by: Actor, at: datetime) -> bool:
    return holds(lambda: check_can_appeal(shift, by, at))


def check_can_decide_appeal(appeal: Appeal, by: Actor) -> None:
    """A leader of the unit, never on an own appeal. Raises Refused."""
    if not reaches("duty.decide", appeal.shift.unit_id, by):
        raise _refuse(
            "appeal_for_head", "申诉由本单位负责人决定", "appeals are decided by the head of the unit"
        )
    if appeal.officer_id == by.officer_id:
        raise _refuse("own_appeal", "不得决定本人的申诉", "nobody decides an own appeal")
    if appeal.state != rules.AppealState.OPEN:
        raise _refuse("appeal_decided", "这件申诉已经决定", "this appeal has been decided")


def can_decide_appeal(appeal: Appeal, by: Actor) -> bool:
    return holds(lambda: check_can_decide_appeal(appeal, by))


def check_can_review(check_in: CheckIn, by: Actor) -> None:
    """An inspector looks into a doubtful check-in of somebody else, once. Raises Refused."""
    if not reaches("duty.inspect", check_in.unit_id, by):
        raise _refuse("review_for_inspector", "可疑签到由督察员核查", "doubtful check-ins are for inspectors")
    if check_in.officer_id == by.officer_id:
        raise _refuse("own_check_in", "不得核查本人的签到", "nobody looks into an own check-in")
    if check_in.verdict != rules.Verdict.DOUBTFUL or check_in.review:
        raise _refuse("nothing_to_review", "这次签到没有待核查的疑点", "nothing waits to be looked into here")


def can_review(check_in: CheckIn, by: Actor) -> bool:
    return holds(lambda: check_can_review(check_in, by))


def check_can_order(by: Actor) -> None:
    """Duty levels are ordered for the district. Raises Refused."""
    if not (by.is_system or by.can("duty.order")):
        raise _refuse("order_needed", "勤务等级由区局或指挥中心决定", "duty levels are ordered by the bureau")


def can_order(by: Actor) -> bool:
    return holds(lambda: check_can_order(by))


def check_can_task(unit_id: int, by: Actor) -> None:
    """Tasks go to the own unit, to those that act in one's name, or anywhere from the desk. Raises Refused."""
    if not reaches("duty.task", unit_id, by):
        raise _refuse("task_elsewhere", "不能给这个单位下达任务", "tasks cannot be given to this unit by you")


def can_task(unit_id: int, by: Actor) -> bool:
    return holds(lambda: check_can_task(unit_id, by))


def check_can_carry_out(task: Task, by: Actor) -> None:
    """People of the unit; a task that names somebody is carried out by that person. Raises Refused."""
    if not reaches("duty.work", task.unit_id, by):
        raise _refuse("task_of_another_unit", "任务由承办单位办理", "the task is another unit's")
    if task.officer_id is not None and task.officer_id != by.officer_id:
        raise _refuse("task_of_another", "任务已指定承办人", "the task names somebody else")
    if task.state not in rules.TASK_OPEN:
        raise _refuse("task_closed", "任务已办结", "the task is closed")


def can_carry_out(task: Task, by: Actor) -> bool:
    return holds(lambda: check_can_carry_out(task, by))
