"""Answers: general ones both ways, of a registration, the time, and lists of fragments that are missing. Pure."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import NamedTuple

from xiuhua.gateways.jt808.codec import V2019, BadFrame, Fault
from xiuhua.gateways.jt808.messages.ids import Registered
from xiuhua.gateways.jt808.messages.positions import EAST_8, bcd_time

_ANSWER = struct.Struct(">HHB")
MOST_MISSING = {2013: 255, 2019: 400}


class Answer(NamedTuple):
    """0x0001 or 0x8001: to which serial and message, and how it went."""

    serial: int
    msg_id: int
    result: int


def answer(body: bytes) -> Answer:
    """Raises BadFrame for a body that is too short."""
    if len(body) < _ANSWER.size:
        raise BadFrame(Fault.BODY)
    return Answer(*_ANSWER.unpack_from(body))


def answer_body(said: Answer) -> bytes:
    return _ANSWER.pack(*said)


def registration_answer(serial: int, result: int, code: str = "") -> bytes:
    """0x8100: the code follows only if the registration is taken."""
    head = struct.pack(">HB", serial, result)
    return head + code.encode("gbk") if result == Registered.OK else head


def time_body(seconds: int) -> bytes:
    """0x8004: the one message whose time is UTC."""
    return bcd_time(seconds - EAST_8)


def missing_body(version: int, first: int, indexes: Sequence[int]) -> bytes:
    """0x8003: the serial of the first fragment, and the indexes (from 1) that did not come, as many as fit."""
    chosen = list(indexes)[: MOST_MISSING[version]]
    head = struct.pack(">HH" if version == V2019 else ">HB", first, len(chosen))
    return head + struct.pack(f">{len(chosen)}H", *chosen)


def missing(version: int, body: bytes) -> tuple[int, list[int]]:
    """What a 0x8003 or 0x0005 asks for again: serial of the first fragment, and the indexes. Raises BadFrame."""
    form = ">HH" if version == V2019 else ">HB"
    start = struct.calcsize(form)
    if len(body) < start:
        raise BadFrame(Fault.BODY)
    first, count = struct.unpack_from(form, body)
    if len(body) < start + 2 * count:
        raise BadFrame(Fault.BODY)
    return first, list(struct.unpack_from(f">{count}H", body, start))
