"""Orders to terminals: who may give which, when they are refused, sent once, ended; what the record says."""

from __future__ import annotations

from typing import Any

import pytest

from xiuhua.kernel.authz import SYSTEM, Actor, Invalid, Refused
from xiuhua.kernel.models import RecordEntry
from xiuhua.observations import actions, permissions, queries
from xiuhua.observations.models import Device, DeviceOrder, Watch
from xiuhua.observations.rules import WATCHING, OrderKind
from xiuhua.observations.tests.street import HOUR, car, on_duty, phone
from xiuhua.org.models import Officer
from xiuhua.registers.tests.bureau import AT, Bureau

WATCH = {"why": "示例：车辆失联", "purpose": "rescue"}
TEXT: dict[str, Any] = {"parameters": {"text": "请回中队", "display": True}}
TALK, SEE, TUNE = "talk", "see", "tune"


def ordered(device: Device, kind: OrderKind = OrderKind.TEXT, **more: Any) -> DeviceOrder:
    values: dict[str, Any] = {"by": SYSTEM, "at": AT, **(TEXT if kind is OrderKind.TEXT else {}), **more}
    return actions.order_device(device=device, kind=kind, **values)


def photo(device: Device, **more: Any) -> DeviceOrder:
    return ordered(device, OrderKind.PHOTO, parameters={"channel": 1}, **{**WATCH, **more})


@pytest.fixture
def terminal(bureau: Bureau) -> Device:
    device = car(bureau.east)
    on_duty(device=device, hours=1)
    return device


@pytest.mark.parametrize(
    ("role", "own", "may"),
    [
        ("squad_head", True, {TALK, SEE, TUNE}),
        ("squad_legal_clerk", True, {TALK, TUNE}),
        ("duty_dispatcher", False, {TALK, SEE, TUNE}),
        ("system_administrator", False, {TUNE}),
        ("officer", True, set()),
        ("auxiliary", True, set()),
        ("command_operator", False, set()),
        ("supervision_inspector", False, set()),
        ("statistics_clerk", False, set()),
        ("bureau_head", False, set()),
        ("auditor", False, set()),
    ],
)
def test_who_may_order_what(bureau: Bureau, terminal: Device, role: str, own: bool, may: set[str]) -> None:
    by = bureau.actor(role, bureau.east if own else None)
    right = {
        OrderKind.TEXT: TALK,
        OrderKind.PARAMETERS: TUNE,
        OrderKind.SETTINGS: TUNE,
        **dict.fromkeys(WATCHING, SEE),
    }
    for kind in OrderKind:
        assert permissions.can_order(terminal, kind, by) is (right[kind] in may), kind


@pytest.mark.parametrize("role", ["squad_head", "squad_legal_clerk"])
def test_nobody_orders_terminals_of_another_unit(bureau: Bureau, terminal: Device, role: str) -> None:
    by = bureau.actor(role, bureau.west)
    for kind in OrderKind:
        with pytest.raises(Refused):
            ordered(terminal, kind, by=by, **({} if kind is OrderKind.TEXT else {"parameters": {}}))
    assert not DeviceOrder.objects.exists()


def test_who_may_not_look_is_told_the_ground(bureau: Bureau, terminal: Device) -> None:
    clerk = bureau.actor("squad_legal_clerk", bureau.east)
    with pytest.raises(Refused) as told:
        photo(terminal, by=clerk)
    (refusal,) = told.value.refusals
    assert (refusal.code, refusal.ground) == ("terminal_watching_not_yours", "PIPL §34")


@pytest.mark.parametrize("kind", sorted(WATCHING))
def test_off_duty_nobody_is_looked_at(bureau: Bureau, kind: OrderKind) -> None:
    device = car(bureau.east)
    with pytest.raises(Refused) as told:
        ordered(device, kind, **WATCH)
    (refusal,) = told.value.refusals
    assert (refusal.code, refusal.ground) == ("terminal_off_duty", "PIPL §34")
    assert not Watch.objects.exists()
    # Words and parameters look at nobody.
    assert ordered(device).state == "queued"
    assert ordered(device, OrderKind.PARAMETERS).state == "queued"


@pytest.mark.parametrize(
    ("said", "field"),
    [({"why": " "}, "why"), ({"purpose": ""}, "purpose"), ({"purpose": "curiosity"}, "purpose")],
)
def test_without_a_purpose_and_a_reason_nobody_is_looked_at(
    terminal: Device, said: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as wrong:
        photo(terminal, **said)
    assert wrong.value.errors.keys() == {field}
    assert not DeviceOrder.objects.exists()
    assert not Watch.objects.exists()


def test_a_look_is_written_down_with_its_purpose_and_basis(bureau: Bureau, terminal: Device) -> None:
    by = bureau.actor("duty_dispatcher")
    order = photo(terminal, by=by)
    assert (order.purpose, order.basis, order.by_name) == ("rescue", "PIPL §13", by.name)
    watch = Watch.objects.get()
    assert (watch.what, watch.reason, watch.watcher, watch.device_id) == (
        "photo", WATCH["why"], by.user_id, terminal.pk,
    )  # fmt: skip
    entry = RecordEntry.objects.get(verb="observations.order_device")
    assert "PIPL §13" in entry.facts
    ordered(terminal, by=by)
    assert Watch.objects.count() == 1


def test_only_terminals_in_use_take_orders(bureau: Bureau, terminal: Device) -> None:
    officer = Officer.objects.get(pk=bureau.actor("officer", bureau.east).officer_id or 0)
    with pytest.raises(Invalid, match="不接受指令"):
        ordered(phone(bureau.east, officer))
    actions.withdraw(device=terminal, reason="示例", by=SYSTEM, at=AT)
    with pytest.raises(Invalid, match="已停用"):
        ordered(terminal)


def test_an_order_is_sent_once(terminal: Device) -> None:
    order = ordered(terminal)
    assert queries.orders_waiting([terminal.identity], "jt808", AT) == [(order.pk, terminal.identity)]
    assert queries.orders_waiting(["1"], "jt808", AT) == []
    sending = actions.send_order(pk=order.pk, serial=5, at=AT)
    assert sending is not None
    assert actions.send_order(pk=order.pk, serial=9, at=AT) is None
    assert queries.orders_waiting([terminal.identity], "jt808", AT) == []
    order.refresh_from_db()
    assert (order.state, order.serial) == ("sent", 5)
    assert RecordEntry.objects.filter(verb="observations.send_order").count() == 1


def test_a_look_that_waited_past_the_end_of_duty_is_not_sent(bureau: Bureau) -> None:
    device = car(bureau.east)
    on_duty(source="duty.shift:1", device=device, hours=8)
    order = photo(device)
    # The shift is cut short while the terminal is away.
    on_duty(source="duty.shift:1", device=device, hours=0.1)
    assert actions.send_order(pk=order.pk, serial=1, at=AT + HOUR / 4) is None
    order.refresh_from_db()
    assert (order.state, order.sent_at) == ("refused", None)
    assert "不在当班时段" in order.note


def test_denser_positions_end_with_the_duty(terminal: Device) -> None:
    order = ordered(terminal, OrderKind.TRACK, parameters={"interval": 10, "minutes": 60}, **WATCH)
    sending = actions.send_order(pk=order.pk, serial=1, at=AT + HOUR / 4)
    assert sending is not None
    assert sending.seconds == 45 * 60


def test_the_latest_order_with_the_number_is_answered_and_only_of_its_kind(terminal: Device) -> None:
    old, new = ordered(terminal), ordered(terminal)
    actions.send_order(pk=old.pk, serial=3, at=AT)
    actions.send_order(pk=new.pk, serial=3, at=AT + HOUR / 60)
    said: dict[str, Any] = {"device_id": terminal.pk, "serial": 3, "result": 0, "own": False, "at": AT + HOUR}
    assert actions.answer_order(kinds=[OrderKind.PHOTO], **said) is None
    assert actions.answer_order(kinds=[OrderKind.TEXT], **{**said, "serial": 4}) is None
    answered = actions.answer_order(kinds=[OrderKind.TEXT], **said)
    assert answered == new
    old.refresh_from_db()
    assert old.state == "sent"


def test_what_nobody_takes_or_answers_times_out_once(terminal: Device) -> None:
    away, silent, fresh = ordered(terminal), ordered(terminal), ordered(terminal, at=AT + HOUR)
    actions.send_order(pk=silent.pk, serial=3, at=AT + HOUR / 60)
    assert actions.end_orders(at=AT + HOUR / 60) == 0
    assert actions.end_orders(at=AT + HOUR) == 2
    assert actions.end_orders(at=AT + HOUR) == 0
    states = DeviceOrder.objects.in_bulk()
    assert [states[o.pk].state for o in (away, silent, fresh)] == ["timed_out", "timed_out", "queued"]
    assert actions.send_order(pk=away.pk, serial=9, at=AT + HOUR) is None


def test_an_order_past_its_end_is_not_sent_even_if_nobody_ended_it(terminal: Device) -> None:
    order = ordered(terminal)
    assert actions.send_order(pk=order.pk, serial=1, at=AT + HOUR) is None


def test_a_picture_of_an_order_long_ago_belongs_to_none(terminal: Device) -> None:
    order = photo(terminal)
    actions.send_order(pk=order.pk, serial=1, at=AT)
    came: dict[str, Any] = {"device_id": terminal.pk, "media": 7, "channel": 1, "exhibit": 1}
    assert actions.attach_media(**came, at=AT + 2 * HOUR) is None
    assert actions.attach_media(**{**came, "channel": 2}, at=AT) is None
    assert actions.attach_media(**came, at=AT) == order


def test_orders_are_seen_by_whoever_sees_the_device(bureau: Bureau, terminal: Device) -> None:
    order = ordered(terminal)

    def sees(by: Actor) -> bool:
        return queries.orders_of(terminal, by).filter(pk=order.pk).exists()

    assert sees(bureau.actor("squad_head", bureau.east))
    assert not sees(bureau.actor("squad_head", bureau.west))
    assert not sees(bureau.actor("officer", bureau.east))


def refused(order: DeviceOrder, by: Actor) -> str:
    with pytest.raises(Refused) as told:
        actions.withdraw_order(order=order, by=by, at=AT)
    (refusal,) = told.value.refusals
    return refusal.code


def test_an_order_that_waits_is_taken_back_by_whoever_gave_it_and_never_sent(
    bureau: Bureau, terminal: Device
) -> None:
    head = bureau.actor("squad_head", bureau.east)
    order = photo(terminal, by=head)
    for stranger in (bureau.actor("duty_dispatcher"), bureau.actor("system_administrator"), SYSTEM):
        assert refused(order, stranger) == "terminal_order_of_another"
        assert not permissions.can_withdraw_order(order, stranger)
    assert permissions.can_withdraw_order(order, head)
    assert actions.withdraw_order(order=order, by=head, at=AT).state == "withdrawn"
    entry = RecordEntry.objects.get(verb="observations.withdraw_order")
    assert (entry.actor_id, entry.subject) == (head.user_id, f"observations.deviceorder:{order.pk}")
    assert queries.orders_waiting([terminal.identity], "jt808", AT) == []
    assert actions.send_order(pk=order.pk, serial=1, at=AT) is None
    assert actions.end_orders(at=AT + HOUR) == 0
    assert DeviceOrder.objects.get().state == "withdrawn"
    # That somebody wanted to look is not taken back.
    assert Watch.objects.count() == 1
    assert refused(order, head) == "terminal_order_gone"


def test_what_a_gateway_took_meanwhile_is_not_taken_back(bureau: Bureau, terminal: Device) -> None:
    head = bureau.actor("squad_head", bureau.east)
    order = ordered(terminal, by=head)
    assert actions.send_order(pk=order.pk, serial=5, at=AT) is not None
    assert order.state == "queued"
    assert refused(order, head) == "terminal_order_gone"
    assert DeviceOrder.objects.get().state == "sent"
    assert not RecordEntry.objects.filter(verb="observations.withdraw_order").exists()


def test_orders_of_nobody_are_taken_back_by_nobody(terminal: Device) -> None:
    assert refused(ordered(terminal), SYSTEM) == "terminal_order_of_another"
