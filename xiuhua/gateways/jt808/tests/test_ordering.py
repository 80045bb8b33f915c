"""Orders that people gave reach a terminal over a real socket, once, and its answers come back to them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from xiuhua.evidence.models import Exhibit
from xiuhua.evidence.tests.test_rules import FILES
from xiuhua.gateways.jt808 import messages, ordering
from xiuhua.gateways.jt808.codec import Frame
from xiuhua.gateways.jt808.messages import Answer, Msg
from xiuhua.gateways.jt808.server import Server
from xiuhua.gateways.jt808.tests.terminal import Street, Terminal, body
from xiuhua.gateways.jt808.tests.test_server import NOW, POSITIONS, on_the_street, served
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.kernel.models import RecordEntry
from xiuhua.observations import actions
from xiuhua.observations.models import Device, DeviceOrder
from xiuhua.observations.rules import OrderKind
from xiuhua.observations.tests.stored import Stored, stored
from xiuhua.observations.tests.street import HOUR
from xiuhua.registers.tests.bureau import Bureau

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SAID: dict[OrderKind, dict[str, Any]] = {
    OrderKind.TEXT: {"text": "请回中队", "urgent": True, "display": True, "speak": False},
    OrderKind.POSITION: {},
    OrderKind.TRACK: {"interval": 10, "minutes": 5},
    OrderKind.PHOTO: {"channel": 2},
    OrderKind.PARAMETERS: {},
    OrderKind.SETTINGS: {"heartbeat_seconds": 60, "report_seconds": 20},
}


@pytest.fixture
def store(tmp_path: Path, db: None) -> Iterator[Stored]:
    with stored(tmp_path) as made:
        yield made


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ordering, "LOOK_SECONDS", 0.02)


def ordered(device: Device, kind: OrderKind) -> DeviceOrder:
    return actions.order_device(
        device=device,
        kind=kind,
        parameters=SAID[kind],
        why="示例：查找遇险车辆",
        purpose="rescue",
        by=SYSTEM,
        at=clock.now(),
    )


def general(frame: Frame, result: int = 0) -> bytes:
    return messages.answer_body(Answer(frame.serial, frame.msg_id, result))


async def done(server: Server, look: Callable[[], bool]) -> None:
    """Wait until `look` is true, as the thread of the gateway sees the tables."""
    loop = asyncio.get_running_loop()
    for _ in range(3000):
        if await loop.run_in_executor(server.threads, look):
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never came to that")


async def told(street: Street) -> tuple[Terminal, Frame]:
    terminal = await street.terminal()
    await terminal.signed_on()
    return terminal, await terminal.read()


@pytest.mark.parametrize(
    "sent",
    [
        (OrderKind.TEXT, Msg.TEXT, "05" + "请回中队".encode("gbk").hex()),
        (OrderKind.TRACK, Msg.TRACK, "000a0000012c"),
        (OrderKind.SETTINGS, Msg.SET_PARAMETERS, "0200000001040000003c000000290400000014"),
    ],
)
@pytest.mark.parametrize(("result", "state"), [(0, "answered"), (3, "refused")])
def test_a_general_answer_ends_an_order(
    bureau: Bureau, store: Stored, sent: tuple[OrderKind, Msg, str], result: int, state: str
) -> None:
    kind, msg_id, content = sent
    order = ordered(on_the_street(bureau), kind)

    async def walk(server: Server, street: Street) -> None:
        terminal, frame = await told(street)
        assert (frame.msg_id, frame.body.hex()) == (msg_id, content)
        terminal.write(Msg.TERMINAL_ANSWER, general(frame, result))
        await done(server, lambda: DeviceOrder.objects.filter(pk=order.pk, state=state).exists())
        # It is sent once.
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(terminal.read(), 0.2)

    served(store, walk)
    order.refresh_from_db()
    assert (order.result, order.answered_at is not None, order.sent_at is not None) == (result, True, True)
    verbs = RecordEntry.objects.filter(subject=f"observations.deviceorder:{order.pk}").order_by("pk")
    assert [v.verb.partition(".")[2] for v in verbs] == ["order_device", "send_order", "answer_order"]


def test_where_it_is_comes_as_a_position_and_no_place_stands_in_the_order(
    bureau: Bureau, store: Stored
) -> None:
    device = on_the_street(bureau)
    order = ordered(device, OrderKind.POSITION)

    async def walk(server: Server, street: Street) -> None:
        terminal, frame = await told(street)
        assert (frame.msg_id, frame.body) == (Msg.ASK_POSITION, b"")
        terminal.write(Msg.TERMINAL_ANSWER, general(frame))
        terminal.write(Msg.POSITION_ANSWER, frame.serial.to_bytes(2, "big") + body(NOW))
        await done(server, lambda: DeviceOrder.objects.filter(pk=order.pk, state="answered").exists())

    served(store, walk)
    order.refresh_from_db()
    assert order.facts == {"kept": 1}
    assert store.rows(POSITIONS) == [(device.pk, NOW * 1000, 121.505, 31.205, 33.0, 0)]


def test_parameters_come_with_their_own_answer(bureau: Bureau, store: Stored) -> None:
    order = ordered(on_the_street(bureau), OrderKind.PARAMETERS)

    async def walk(server: Server, street: Street) -> None:
        terminal, frame = await told(street)
        assert frame.msg_id == Msg.ASK_PARAMETERS
        answer = frame.serial.to_bytes(2, "big") + messages.set_parameters({0x29: 30})
        terminal.write(Msg.PARAMETERS, answer)
        await done(server, lambda: DeviceOrder.objects.filter(pk=order.pk, state="answered").exists())

    served(store, walk)
    order.refresh_from_db()
    assert order.facts == {"values": {"0x0029": "0000001e"}}


@pytest.mark.parametrize("announced", [True, False])
def test_a_picture_that_was_ordered_is_put_to_its_order(
    bureau: Bureau, store: Stored, announced: bool
) -> None:
    order = ordered(on_the_street(bureau), OrderKind.PHOTO)
    picture = bytes.fromhex("0000000700000002") + body(NOW - 1) + FILES["image/jpeg"]
    of_its_own = bytes.fromhex("0000000800000302") + body(NOW - 1) + FILES["image/jpeg"] + b"\0"

    async def walk(server: Server, street: Street) -> None:
        terminal, frame = await told(street)
        assert (frame.msg_id, frame.body[:3]) == (Msg.SHOOT, b"\x02\0\1")
        terminal.write(Msg.TERMINAL_ANSWER, general(frame))
        if announced:
            told_ = frame.serial.to_bytes(2, "big") + bytes.fromhex("00" + "0001" + "00000007")
            terminal.write(Msg.SHOT_ANSWER, told_)
            assert (await terminal.answer()).msg_id == Msg.SHOT_ANSWER
        for content in (picture, of_its_own):
            terminal.write(Msg.MEDIA, content)
            assert (await terminal.read()).msg_id == Msg.MEDIA_ANSWER

    served(store, walk)
    order.refresh_from_db()
    assert order.state == "answered"
    first, other = Exhibit.objects.order_by("pk")
    assert order.facts["exhibits"] == [first.pk]
    assert other.pk not in order.facts["exhibits"]


def test_a_terminal_that_cannot_take_a_picture_says_so_after_all(bureau: Bureau, store: Stored) -> None:
    order = ordered(on_the_street(bureau), OrderKind.PHOTO)

    async def walk(server: Server, street: Street) -> None:
        terminal, frame = await told(street)
        terminal.write(Msg.TERMINAL_ANSWER, general(frame))
        terminal.write(Msg.SHOT_ANSWER, frame.serial.to_bytes(2, "big") + b"\x02")
        assert (await terminal.answer()).msg_id == Msg.SHOT_ANSWER

    served(store, walk)
    order.refresh_from_db()
    assert (order.state, order.result) == ("refused", 2)


def test_an_answer_to_nothing_changes_nothing(bureau: Bureau, store: Stored) -> None:
    on_the_street(bureau)

    async def walk(server: Server, street: Street) -> None:
        terminal = await street.terminal()
        await terminal.signed_on()
        terminal.write(Msg.TERMINAL_ANSWER, messages.answer_body(Answer(77, Msg.TEXT, 0)))
        terminal.write(Msg.TERMINAL_ANSWER, messages.answer_body(Answer(77, 0x9999, 0)))
        terminal.write(Msg.POSITION, body(NOW))
        assert (await terminal.answer()).msg_id == Msg.POSITION

    served(store, walk)
    assert not RecordEntry.objects.filter(verb="observations.answer_order").exists()


def test_an_order_whose_time_is_over_is_not_sent(bureau: Bureau, store: Stored) -> None:
    device = on_the_street(bureau)
    at = clock.now() - HOUR
    order = actions.order_device(
        device=device, kind=OrderKind.TEXT, parameters=SAID[OrderKind.TEXT], by=SYSTEM, at=at
    )

    async def walk(server: Server, street: Street) -> None:
        terminal = await street.terminal()
        await terminal.signed_on()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(terminal.read(), 0.2)

    served(store, walk)
    order.refresh_from_db()
    assert (order.state, order.sent_at) == ("timed_out", None)


def test_a_table_that_fails_is_asked_again(
    bureau: Bureau, store: Stored, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    order = ordered(on_the_street(bureau), OrderKind.TEXT)
    real, times = ordering.waiting, 0

    def failing(there: list[str]) -> list[tuple[int, str]]:
        nonlocal times
        times += 1
        if times < 3:
            raise OSError("示例：磁盘已满")
        return real(there)

    monkeypatch.setattr(ordering, "waiting", failing)

    async def walk(server: Server, street: Street) -> None:
        _, frame = await told(street)
        assert frame.msg_id == Msg.TEXT

    served(store, walk)
    order.refresh_from_db()
    assert order.state == "sent"
    assert "tried again" in caplog.text
