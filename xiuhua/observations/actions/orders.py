"""Orders to terminals: given by people, sent once by one gateway, answered by the terminal, ended in the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import SYSTEM, Actor, Invalid, Refused
from xiuhua.observations import rules
from xiuhua.observations.models import Device, DeviceOrder, Watch
from xiuhua.observations.permissions import (
    OFF_DUTY,
    ORDER_GONE,
    check_can_order,
    check_can_withdraw_order,
)
from xiuhua.observations.queries import hours_of, order_limits, purposes
from xiuhua.observations.queries.known import milliseconds

SHORTEST_WHY = 2
_STATE, _KIND = rules.OrderState, rules.OrderKind


class Sending(NamedTuple):
    """What the gateway puts into its message. `seconds` is how long denser positions may last, 0 for other kinds."""

    pk: int
    kind: rules.OrderKind
    parameters: Mapping[str, Any]
    seconds: int


class _NotOurs(Exception):
    """Another gateway took the order, or it ended, while we were about to."""


def order_device(
    *,
    device: Device,
    kind: rules.OrderKind,
    by: Actor,
    at: datetime,
    parameters: Mapping[str, Any] | None = None,
    why: str = "",
    purpose: str = "",
) -> DeviceOrder:
    """An order that waits for its terminal. One that looks at people has its purpose, its reason and an entry among
    the looks.

    Raises Refused for somebody who may not, and outside the hours of duty for orders that look at people; Invalid with
    field and reason.
    """
    check_can_order(device, kind, by)
    said, limits, hours = dict(parameters or {}), order_limits(), hours_of(device, at)
    if "text" in said:
        said["text"] = str(said["text"]).strip()
    watches = kind in rules.WATCHING
    if watches and not rules.on_duty(milliseconds(at), hours):
        raise Refused(OFF_DUTY)
    errors = rules.order_faults(kind, said, limits)
    if device.protocol != rules.Protocol.JT808:
        errors["device"] = "这种设备不接受指令"
    elif device.withdrawn_at is not None:
        errors["device"] = "设备已停用"
    known = purposes().get(purpose) if watches else None
    if watches and known is None:
        errors["purpose"] = "请选择目的"
    if watches and len(why.strip()) < SHORTEST_WHY:
        errors["why"] = "请写明事由"
    if errors:
        raise Invalid(errors)
    due = rules.due_ms(kind, milliseconds(at), limits["waiting_minutes"], hours)
    with record.act("observations.order_device", by=by, at=at) as act:
        order = DeviceOrder(
            device=device,
            kind=kind,
            parameters=said,
            why=why.strip()[:200],
            purpose=known.code if known else "",
            basis=known.basis if known else "",
            by_user=by.user_id,
            by_name=by.name,
            unit_code=by.unit_code,
            at=at,
            ends_at=datetime.fromtimestamp(due / 1000, UTC),
        )
        order.save(force_insert=True)
        if watches:
            _watch(order, by)
        facts = {"kind": kind, "parameters": said, "why": order.why, "purpose": order.purpose}
        act.entry(on=order, facts={**facts, "basis": order.basis, "ends_at": order.ends_at})
    return order


def _watch(order: DeviceOrder, by: Actor) -> None:
    Watch(
        device=order.device,
        officer_id=order.device.officer_id,
        watcher=by.user_id,
        watcher_name=by.name,
        unit_code=by.unit_code,
        reason=order.why,
        what=order.kind,
        day=clock.day_of(order.at),
        at=order.at,
    ).save(force_insert=True)


def withdraw_order(*, order: DeviceOrder, by: Actor, at: datetime) -> DeviceOrder:
    """Taken back by whoever gave it, before a gateway took it. A look that it asked for stays among the looks.

    Raises Refused.
    """
    check_can_withdraw_order(order, by)
    if not _turn(order, _STATE.QUEUED, "observations.withdraw_order", at, by, state=_STATE.WITHDRAWN):
        raise Refused(ORDER_GONE)
    return order


def send_order(*, pk: int, serial: int, at: datetime) -> Sending | None:
    """Take an order that waits, for the message with this serial: after that no other gateway gets it.

    None if it is somebody else's already or has ended; and for an order that looks at people whose duty is over, which
    is refused now. It counts as sent from here: one that gets lost on the way is not sent twice.
    """
    order = DeviceOrder.objects.select_related("device").get(pk=pk)
    kind, now = _KIND(order.kind), milliseconds(at)
    hours = hours_of(order.device, at) if kind in rules.WATCHING else ()
    if kind in rules.WATCHING and not rules.on_duty(now, hours):
        _turn(
            order, _STATE.QUEUED, "observations.end_order", at, state=_STATE.REFUSED, note=OFF_DUTY.sentence
        )
        return None
    if order.ends_at <= at:
        return None
    if not _turn(
        order, _STATE.QUEUED, "observations.send_order", at, state=_STATE.SENT, serial=serial, sent_at=at
    ):
        return None
    seconds = 0
    if kind is _KIND.TRACK:
        seconds = rules.track_seconds(order.parameters["minutes"], now, hours)
    return Sending(order.pk, kind, order.parameters, seconds)


def answer_order(
    *,
    device_id: int,
    serial: int,
    kinds: Iterable[rules.OrderKind],
    result: int,
    own: bool,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
) -> DeviceOrder | None:
    """A terminal answered the message with this serial; None if no order of these kinds waits for that.

    Serials begin anew with each connection: the latest order that has the number is meant.
    """
    rows = DeviceOrder.objects.select_related("device").filter(
        device=device_id, serial=serial, kind__in=list(kinds), state__in=(_STATE.SENT, _STATE.ANSWERED)
    )
    order = rows.order_by("-sent_at", "-pk").first()
    if order is None:
        return None
    before = _STATE(order.state)
    after = rules.order_after(_KIND(order.kind), before, result, own=own)
    if after is None:
        return None
    told = {**order.facts, **(facts or {})}
    done = _turn(
        order,
        before,
        "observations.answer_order",
        at,
        state=after,
        result=result,
        answered_at=at,
        facts=told,
    )
    return order if done else None


def attach_media(
    *, device_id: int, media: int, channel: int, exhibit: int, at: datetime
) -> DeviceOrder | None:
    """A picture that was taken on order belongs to the latest order that it fits; None if there is none."""
    rows = DeviceOrder.objects.select_related("device").filter(
        device=device_id, kind=_KIND.PHOTO, state__in=(_STATE.SENT, _STATE.ANSWERED)
    )
    # Pictures of an hour ago are of no order that still waits for some.
    recent = rows.filter(sent_at__gt=at - timedelta(hours=1)).order_by("-sent_at", "-pk")
    order = next((o for o in recent if rules.photo_is_of(o.parameters, o.facts, media, channel)), None)
    if order is None:
        return None
    told = {**order.facts, "exhibits": [*order.facts.get("exhibits", []), exhibit]}
    done = _turn(order, _STATE(order.state), "observations.attach_media", at, facts=told)
    return order if done else None


def end_orders(*, at: datetime) -> int:
    """Orders whose time is over, sent or not, have timed out; how many."""
    patience = timedelta(seconds=order_limits()["answer_seconds"])
    rows = DeviceOrder.objects.select_related("device")
    late = [
        *rows.filter(state=_STATE.QUEUED, ends_at__lte=at),
        *rows.filter(state=_STATE.SENT, sent_at__lte=at - patience),
    ]
    return sum(
        _turn(order, _STATE(order.state), "observations.end_order", at, state=_STATE.TIMED_OUT)
        for order in late
    )


def _turn(
    order: DeviceOrder,
    before: rules.OrderState,
    verb: str,
    at: datetime,
    by: Actor = SYSTEM,
    **values: Any,
) -> bool:
    """Set `values` if the order is still in the state `before`, with an entry; whether it was."""
    try:
        with record.act(verb, by=by, at=at) as act:
            if not DeviceOrder.objects.filter(pk=order.pk, state=before).update(**values):
                raise _NotOurs
            for name, value in values.items():
                setattr(order, name, value)
            act.entry(on=order, facts=values)
    except _NotOurs:
        return False
    return True
