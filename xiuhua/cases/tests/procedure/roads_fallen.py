"""Roads of decisions that fall late: while they are paid off, after force, after the end, after the closing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xiuhua.cases.tests.procedure.live import Live
from xiuhua.cases.tests.procedure.roads import (
    PAID,
    _revoked,
    delivered,
    in_instalments,
    overdue,
    served,
    unpunished,
)


def revoked_by_the_government(y: str) -> list[dict[str, str]]:
    """A reconsideration beside the road whose last word is against the decision."""
    return [{"outcome": "revoked", "decided_on": f"{y}-07-19", "document": "示例复决1号"}]


def _fell(y: str, **more: Any) -> dict[str, Any]:
    return _revoked(f"{y}-07-19", **more)


def fallen_in_instalments(y: str) -> Live:
    return in_instalments(y).go("annul_deferred_decision", f"{y}-07-20", **_fell(y))


def fallen_after_force(y: str) -> Live:
    why = {"surcharge__reason_less": "法院执行，未加处"}
    case = overdue(y).go("execute", f"{y}-07-03", item__amount=1000, **PAID, **why)
    return case.go("annul_executed_decision", f"{y}-07-20", **_fell(y))


def fallen_after_the_end(y: str) -> Live:
    case = overdue(y).go("terminate_execution", f"{y}-07-03", termination__ground="died", reason="无遗产")
    return case.go("annul_terminated_decision", f"{y}-07-20", **_fell(y))


def no_penalty_fallen(y: str) -> Live:
    """Somebody harmed by the act had the decision not to punish it revoked."""
    case = unpunished(y).go("annul_no_penalty", f"{y}-07-20", **_fell(y, annulment__new_decision=True))
    return case.go("redo_after_annulment", f"{y}-07-25", annulment__new_ground="应当处罚，补充取证")


def closed(y: str) -> Live:
    """An ordinary case that was paid and closed, and whose decision the government revoked afterwards."""
    case = served(y, reconsiderations=revoked_by_the_government(y)).go("publish_decision", f"{y}-03-25")
    return case.go("perform", f"{y}-03-26", "party", **PAID).go("close_performed", f"{y}-04-08", "squad_head")


def fallen_when_closed(y: str) -> Live:
    case = closed(y).go("annul_closed_decision", f"{y}-07-20", **_fell(y))
    back = {"refund__done_on": f"{y}-07-21", "publicity__withdrawn_on": f"{y}-07-21"}
    return case.go("close_annulled", f"{y}-07-22", "squad_head", **back)


def spot_paid(y: str) -> Live:
    fallen = revoked_by_the_government(y)
    return delivered(f"{y}-05-16", 50, reconsiderations=fallen).go(
        "pay_at_bank", f"{y}-05-18", "party", **PAID
    )


def spot_fallen_when_paid(y: str) -> Live:
    return spot_paid(y).go("annul_paid", f"{y}-07-20", **_fell(y))


def spot_fallen_when_recorded(y: str) -> Live:
    return spot_paid(y).go("report_for_record", f"{y}-05-19").go("annul_recorded", f"{y}-07-20", **_fell(y))


def spot_closed(y: str) -> Live:
    return spot_paid(y).go("report_for_record", f"{y}-05-19").go("close_summary", f"{y}-05-22")


def spot_fallen_when_closed(y: str) -> Live:
    return spot_closed(y).go("annul_closed", f"{y}-07-20", **_fell(y))


FALLEN: tuple[Callable[[str], Live], ...] = (
    fallen_in_instalments,
    fallen_after_force,
    fallen_after_the_end,
    no_penalty_fallen,
    fallen_when_closed,
    spot_fallen_when_paid,
    spot_fallen_when_recorded,
    spot_fallen_when_closed,
)
