"""Somebody is sent, signs for it, goes, and says what came of it; what nobody signs for rises."""

from __future__ import annotations

from datetime import datetime, timedelta

from xiuhua.command import permissions, rules
from xiuhua.command.models import Order
from xiuhua.command.queries import limits, offered
from xiuhua.kernel import outbox, record
from xiuhua.kernel.authz import SYSTEM, Actor, Invalid, Refusal, Refused
from xiuhua.leads.queries import Lead
from xiuhua.org.queries import Officer

RISE = "command.rise"


def _said(field: str, text: str, missing: str) -> str:
    if not text.strip():
        raise Invalid({field: missing})
    return text.strip()


def send_order(
    *,
    officer: Officer,
    what: str,
    lon: float,
    lat: float,
    by: Actor,
    at: datetime,
    place: str = "",
    lead: Lead | None = None,
) -> Order:
    """Send somebody who is on the map, free and entitled. The time to sign for it begins.

    Raises Refused with everything that speaks against this person, with its ground; Invalid without words.
    """
    what = _said("what", what, "请写明要求")
    with record.act("command.send_order", by=by, at=at) as act:
        found = next(
            (o for o in offered(by, lon, lat, at, lead=lead) if o.mover.device.officer_id == officer.pk), None
        )
        if found is None:
            raise Refused(
                Refusal(
                    "officer_not_on_map",
                    "此人不在班或您看不到其位置",
                    meaning="not on duty or not followed by you",
                )
            )
        permissions.check_can_order(found.mover.device.unit_id, by)
        if not found.ranked.fit:
            raise Refused(*(refusal_of(h) for h in found.ranked.hindrances))
        order = Order(
            lead=lead,
            unit=found.mover.device.unit,
            officer=officer,
            what=what[:200],
            place=place.strip()[:200],
            lon=lon,
            lat=lat,
            metres=round(found.ranked.candidate.metres),
            grounds=grounds_of(found.ranked.candidate, enforces=lead is not None),
            state=rules.OrderState.SENT,
            sent_at=at,
            sent_by=by.name,
            due_at=at + timedelta(minutes=limits().ack_minutes),
        )
        order.save(force_insert=True)
        facts = {
            "officer": officer.pk,
            "lead": lead.number if lead else "",
            "metres": order.metres,
            "due_at": order.due_at,
        }
        act.entry(on=order, facts=facts)
        if lead is not None:
            act.entry(on=lead, facts={"officer": officer.pk, "what": order.what}, label=lead.number)
        act.later(RISE, {"order": order.pk}, at=order.due_at)
    return order


def refusal_of(hindrance: rules.Hindrance) -> Refusal:
    ground = rules.HINDRANCE_GROUNDS.get(hindrance, "")
    return Refusal(f"order_{hindrance.value}", rules.HINDRANCE_LABELS[hindrance], ground)


def grounds_of(one: rules.Candidate, *, enforces: bool) -> list[str]:
    """Why this person could be sent, as words that pages translate."""
    held = ["在班", "手上没有任务"]
    return [*held, "所在单位有权处理", "有执法证", "附近有同单位同事"] if enforces else held


def _lock(order: Order) -> None:
    order.refresh_from_db(from_queryset=Order.objects.select_for_update())


def acknowledge(*, order: Order, by: Actor, at: datetime) -> Order:
    """The officer signs for it; then it rises no more. Raises Refused for somebody else and a second time."""
    with record.act("command.acknowledge", by=by, at=at) as act:
        _lock(order)
        permissions.check_can_carry_out(order, by)
        if order.state != rules.OrderState.SENT:
            raise Refused(
                Refusal("order_acknowledged", "调度令已签收", meaning="the order was signed for already")
            )
        order.state, order.acknowledged_at = rules.OrderState.ACKNOWLEDGED, at
        order.save()
        act.entry(on=order, facts={"level": order.level, "late": at > order.due_at})
    return order


def report(*, order: Order, result: str, by: Actor, at: datetime) -> Order:
    """What came of it. Raises Refused before it was signed for, Invalid without words."""
    result = _said("result", result, "请写明结果")
    with record.act("command.report_order", by=by, at=at) as act:
        _lock(order)
        permissions.check_can_carry_out(order, by)
        if order.state != rules.OrderState.ACKNOWLEDGED:
            raise Refused(
                Refusal("order_not_acknowledged", "请先签收调度令", meaning="sign for the order first")
            )
        order.state, order.closed_at, order.result = rules.OrderState.DONE, at, result[:300]
        order.save()
        act.entry(on=order, facts={"result": order.result})
    return order


def withdraw(*, order: Order, reason: str, by: Actor, at: datetime) -> Order:
    """Taken back by those who may give such orders. Raises Refused for one that is closed, Invalid without a reason."""
    reason = _said("reason", reason, "请写明撤回的原因")
    with record.act("command.withdraw_order", by=by, at=at) as act:
        _lock(order)
        permissions.check_can_order(order.unit_id, by)
        if order.state not in rules.ORDER_OPEN:
            raise Refused(Refusal("order_closed", "调度令已办结", meaning="the order is closed"))
        order.state, order.closed_at, order.result = rules.OrderState.WITHDRAWN, at, reason[:300]
        order.save()
        act.entry(on=order, facts={"reason": order.result})
    return order


def rise(*, order_id: int, at: datetime) -> bool:
    """Tell the head of the unit, then the desk, while nobody has signed; whether anything was told."""
    order = Order.objects.get(pk=order_id)
    if rules.next_level(order.state, order.level, order.due_at, at, limits()) == order.level:
        return False
    with record.act("command.rise", by=SYSTEM, at=at) as act:
        _lock(order)
        order.level = rules.next_level(order.state, order.level, order.due_at, at, limits())
        order.save()
        act.entry(on=order, facts={"level": order.level, "state": order.state})
        if order.level < rules.HIGHEST_LEVEL:
            act.later(RISE, {"order": order.pk}, at=order.due_at + timedelta(minutes=limits().desk_minutes))
        outbox.finish()
    return True
