"""Orders that people gave, as messages: taken from the table each second, sent once, and ended by what is answered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol, TypeVar

from xiuhua.gateways.jt808 import messages
from xiuhua.gateways.jt808.messages import Msg
from xiuhua.gateways.jt808.session import Replied, Session, ShotAnswered
from xiuhua.kernel import clock
from xiuhua.observations import actions, queries
from xiuhua.observations.actions import Sending
from xiuhua.observations.rules import OrderKind

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
T = TypeVar("T")
# Message → the kinds of orders that go out in it.
KINDS: Mapping[int, tuple[OrderKind, ...]] = {
    Msg.TEXT: (OrderKind.TEXT,),
    Msg.ASK_POSITION: (OrderKind.POSITION,),
    Msg.TRACK: (OrderKind.TRACK,),
    Msg.SHOOT: (OrderKind.PHOTO,),
    Msg.ASK_PARAMETERS: (OrderKind.PARAMETERS,),
    Msg.SET_PARAMETERS: (OrderKind.SETTINGS,),
}


class Apart(Protocol):
    """Runs an act that reads or writes in a thread."""

    def __call__(self, act: Callable[[], T], /) -> Awaitable[T]: ...


class Line(Protocol):
    """The connection of a terminal that proved who it is."""

    session: Session

    def send(self, data: bytes) -> None: ...


def message(order: Sending, version: int) -> tuple[Msg, bytes]:
    """Id and body of the message that carries an order; it fits into one packet."""
    said = order.parameters
    if order.kind is OrderKind.TEXT:
        flags = {name: bool(said.get(name)) for name in ("urgent", "display", "speak")}
        return Msg.TEXT, messages.say(version, said["text"], **flags)
    if order.kind is OrderKind.POSITION:
        return Msg.ASK_POSITION, b""
    if order.kind is OrderKind.TRACK:
        return Msg.TRACK, messages.track(said["interval"], order.seconds)
    if order.kind is OrderKind.PHOTO:
        return Msg.SHOOT, messages.shoot(messages.Shot(channel=said["channel"]))
    if order.kind is OrderKind.PARAMETERS:
        return Msg.ASK_PARAMETERS, messages.ask_parameters()
    # In the order of their numbers: PostgreSQL keeps the keys of JSON in one of its own.
    values = {id_: said[name] for id_, name in sorted(messages.PARAMETERS.items()) if name in said}
    return Msg.SET_PARAMETERS, messages.set_parameters(values)


class Ordering:
    """`lines` are the terminals that are connected, by identity."""

    def __init__(self, lines: Mapping[str, Line], apart: Apart) -> None:
        self._lines, self._apart = lines, apart
        self.sent = 0

    async def run(self) -> None:
        """Look for orders until we are cancelled. A database that fails is asked again a second later."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self.look()
            except Exception:
                log.exception("orders to terminals cannot be read; tried again")

    async def look(self) -> None:
        there = list(self._lines)
        for pk, identity in await self._apart(lambda: waiting(there)):
            line = self._lines.get(identity)
            if line is not None:
                await self._send(pk, line)

    async def _send(self, pk: int, line: Line) -> None:
        # The number is ours before the order is: its answer may come sooner than another look at the table.
        serial = line.session.reserve()
        order = await self._apart(lambda: actions.send_order(pk=pk, serial=serial, at=clock.now()))
        if order is not None:
            msg_id, body = message(order, line.session.version)
            line.send(line.session.send_as(serial, msg_id, body))
            self.sent += 1


def waiting(there: list[str]) -> list[tuple[int, str]]:
    """Orders for these terminals; those whose time is over end here. Runs in a thread."""
    now = clock.now()
    actions.end_orders(at=now)
    return queries.orders_waiting(there, "jt808", now)


def replied(device: int, event: Replied, kept: int) -> None:
    """Write down what a terminal answered. `kept`: positions that came with it and stay. Runs in a thread."""
    facts: dict[str, object] = {"values": event.facts} if event.facts else {}
    if event.point is not None:
        facts["kept"] = kept
    actions.answer_order(
        device_id=device,
        serial=event.serial,
        kinds=KINDS.get(event.msg_id, ()),
        result=event.result,
        own=event.own,
        facts=facts,
        at=clock.now(),
    )


def shot(device: int, event: ShotAnswered) -> None:
    """Write down which pictures a terminal announced. Runs in a thread."""
    actions.answer_order(
        device_id=device,
        serial=event.serial,
        kinds=KINDS[Msg.SHOOT],
        result=event.result,
        own=True,
        facts={"media": event.media},
        at=clock.now(),
    )
