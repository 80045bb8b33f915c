"""The session of one connection. Pure: the server hands in bytes and moments and sends what comes out."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable

from xiuhua.gateways.jt808 import codec, messages
from xiuhua.gateways.jt808.codec import ENCRYPTED, V2019, VERSION_FLAG, BadFrame, Fault, Frame
from xiuhua.gateways.jt808.messages import Msg, Result
from xiuhua.gateways.jt808.session.events import (
    Ack,
    Authenticating,
    Dropped,
    Event,
    Heard,
    MediaCame,
    Points,
    Registering,
    Replied,
    ShotAnswered,
    Told,
)
from xiuhua.gateways.jt808.session.fragments import Fragments

# After so many seconds without a fragment the missing ones are asked for.
QUIET_SECONDS = 5.0
_TAIL = struct.Struct(">HHHB").pack
_ONE = int(Msg.POSITION)
_POSITIONS = frozenset({_ONE, int(Msg.BATCH)})


def nobody(_identity: str) -> bool:
    return False


class Session:
    """`lenient` tells of an identity whether wrong checksums and lengths of its terminal are let pass.

    `identity` is that of the authenticated terminal, empty before. Frames of another are dropped: one connection is
    one terminal.
    """

    __slots__ = (
        "_base",
        "_fragments",
        "_head",
        "_lenient",
        "_plain",
        "_splitter",
        "_strict",
        "identity",
        "phone",
        "serial",
        "version",
    )

    def __init__(self, lenient: Callable[[str], bool] = nobody) -> None:
        self._splitter = codec.Splitter()
        self._fragments: Fragments | None = None
        self._lenient = lenient
        self._strict = True
        self.identity = ""
        self.phone, self.version = b"", 0
        self.serial = 0
        self._head, self._base, self._plain = b"", 0, 0

    # In

    def receive(self, data: bytes, now: float = 0.0) -> list[Event]:
        """What the terminal did by these bytes, in its order. Positions that follow one another come as one event."""
        events: list[Event] = []
        before = self._splitter.overlong
        for raw in self._splitter.feed(data):
            try:
                if not self._quick(raw, events):
                    self._take(raw, now, events)
            except BadFrame as bad:
                events.append(Dropped(bad.fault, raw))
        if self._splitter.overlong > before:
            events.append(Dropped(Fault.OVERLONG, b""))
        return events

    def _quick(self, raw: bytes, events: list[Event]) -> bool:
        """Take a plain position of the terminal that is signed on: all but a few frames are that, and this way costs
        half of the other. Anything else, wrong frames too, is left to `_take`.
        """
        if not raw.startswith(b"\x02\x00") or not self.identity or b"\x7d" in raw:
            return False
        size = len(raw)
        start = 17 if self.version == V2019 else 12
        if size < start + 29 or raw[2] << 8 | raw[3] != self._plain | size - start - 1 or codec.folded(raw):
            return False
        if not raw.startswith(self.phone, start - 2 - len(self.phone)):
            return False
        point = messages.position(raw[start:-1])
        serial = raw[start - 2] << 8 | raw[start - 1]
        last = events[-1] if events else None
        if type(last) is Points:
            last.acks.append((serial, _ONE))
            last.points.append(point)
        else:
            events.append(Points([(serial, _ONE)], [point]))
        return True

    def _take(self, raw: bytes, now: float, events: list[Event]) -> None:
        frame = self._frame(raw)
        msg_id = frame.msg_id
        if frame.total:
            whole = self._whole(frame, now)
            if whole is None:
                # Positions are acknowledged when they are durable, and a part of them never is.
                if msg_id not in _POSITIONS:
                    events.append(Heard(frame, Result.OK))
                return
            frame = whole
        if msg_id not in _POSITIONS or not self.identity:
            events.append(self._event(frame))
            return
        found = [messages.position(frame.body)] if msg_id == _ONE else messages.batch(frame.body)[1]
        last = events[-1] if events else None
        if type(last) is Points:
            last.acks.append((frame.serial, msg_id))
            last.points.extend(found)
        else:
            events.append(Points([(frame.serial, msg_id)], found))

    def _frame(self, raw: bytes) -> Frame:
        try:
            frame = codec.decode(raw, self._strict)
        except BadFrame:
            if self.identity:
                raise
            # Whose frame it is stands in the frame itself.
            frame = codec.decode(raw, strict=False)
            if not self._lenient(frame.identity):
                raise
        if frame.phone != self.phone or frame.version != self.version:
            # The same number in the header of another version is the same terminal.
            if self.identity and frame.identity != self.identity:
                raise BadFrame(Fault.IDENTITY)
            self._answers_to(frame)
        if frame.attr & ENCRYPTED:
            raise BadFrame(Fault.ENCRYPTED)
        return frame

    def _whole(self, frame: Frame, now: float) -> Frame | None:
        if not self.identity:
            raise BadFrame(Fault.EARLY)
        if self._fragments is None:
            self._fragments = Fragments()
        return self._fragments.add(frame, now)

    def _event(self, frame: Frame) -> Event:
        if frame.msg_id == Msg.REGISTER:
            return Registering(frame, messages.registration(frame))
        if frame.msg_id == Msg.AUTHENTICATE:
            return Authenticating(frame, messages.authentication(frame))
        if not self.identity:
            raise BadFrame(Fault.EARLY)
        make = _MAKERS.get(frame.msg_id)
        if make is not None:
            return make(frame)
        known = frame.msg_id in _ONLY_HEARD
        return Heard(frame, Result.OK if known else Result.UNSUPPORTED)

    # Out

    def confirm(self, acks: Iterable[Ack], result: int = Result.OK) -> bytes:
        """0x8001 for each of `acks`."""
        out = []
        head, base, serial = self._head, self._base, self.serial
        for to, msg_id in acks:
            tail = _TAIL(serial, to, msg_id, result)
            folded = int.from_bytes(tail, "big")
            folded ^= folded >> 32
            folded ^= folded >> 16
            folded ^= folded >> 8
            whole = b"%b%b%c" % (head, tail, base ^ (folded & 0xFF))
            if b"\x7d" in whole or b"\x7e" in whole:
                whole = codec.escaped(whole)
            out.append(whole)
            serial = (serial + 1) & 0xFFFF
        self.serial = serial
        return b"\x7e" + b"\x7e\x7e".join(out) + b"\x7e" if out else b""

    def heard(self, event: Heard) -> bytes:
        return self.confirm([(event.frame.serial, event.frame.msg_id)], event.result)

    def registered(self, event: Registering, result: int, code: str = "") -> bytes:
        body = messages.registration_answer(event.frame.serial, result, code)
        return self.send(Msg.REGISTERED, body)

    def authenticated(self, event: Authenticating, taken: bool, *, lenient: bool = False) -> bytes:
        """From now on, if `taken`, the terminal is heard."""
        if taken:
            self.identity = event.frame.identity
            self._strict = not lenient
        return self.confirm([(event.frame.serial, event.frame.msg_id)], Result.OK if taken else Result.FAILED)

    def media_taken(self, event: MediaCame) -> bytes:
        """0x8800: the media is complete."""
        return self.send(Msg.MEDIA_ANSWER, messages.media_answer(event.media.id))

    def shot_heard(self, event: ShotAnswered) -> bytes:
        return self.confirm([(event.frame.serial, event.frame.msg_id)])

    def told_time(self, seconds: int) -> bytes:
        return self.send(Msg.TIME, messages.time_body(seconds))

    def send(self, msg_id: int, body: bytes) -> bytes:
        """A message of the platform, in sub-packages if it is long. Its serial is `serial` before the call."""
        frames = codec.encode_all(msg_id, self.version, self.phone, self.serial, body)
        self.serial = (self.serial + len(frames)) & 0xFFFF
        return b"".join(frames)

    def reserve(self) -> int:
        """A serial for a message that is sent later by `send_as`; nothing else takes it."""
        serial = self.serial
        self.serial = (serial + 1) & 0xFFFF
        return serial

    def send_as(self, serial: int, msg_id: int, body: bytes) -> bytes:
        """A message of one packet with a serial from `reserve`. Raises ValueError for a body that is longer."""
        return codec.encode(Frame(msg_id, self.version, self.phone, serial, body))

    def overdue(self, now: float) -> bytes:
        """0x8003 for messages of which fragments are missing for a while."""
        if self._fragments is None:
            return b""
        return b"".join(
            self.send(Msg.MISSING, messages.missing_body(frame.version, first, lacks))
            for frame, first, lacks in self._fragments.gaps(now, QUIET_SECONDS)
        )

    def _answers_to(self, frame: Frame) -> None:
        """Answers go out in the version, and with the phone's very bytes, of what is answered."""
        self.phone, self.version = frame.phone, frame.version
        self._plain = VERSION_FLAG if frame.version == V2019 else 0
        if frame.version == V2019:
            self._head = struct.pack(">HHB", Msg.PLATFORM_ANSWER, 5 | VERSION_FLAG, 1) + frame.phone
        else:
            self._head = struct.pack(">HH", Msg.PLATFORM_ANSWER, 5) + frame.phone
        self._base = codec.folded(self._head)


def _media(frame: Frame) -> Event:
    return MediaCame(frame, messages.media(frame.body))


def _answer(frame: Frame) -> Event:
    return Replied(*messages.answer(frame.body), {})


def _parameters(frame: Frame) -> Event:
    serial, found = messages.parameters(frame.body)
    facts = {f"0x{id_:04X}": value.hex() for id_, value in found.items()}
    return Replied(serial, Msg.ASK_PARAMETERS, Result.OK, facts, own=True)


def _position_answer(frame: Frame) -> Event:
    if len(frame.body) < 2:
        raise BadFrame(Fault.BODY)
    serial, point = int.from_bytes(frame.body[:2], "big"), messages.position(frame.body[2:])
    return Replied(serial, Msg.ASK_POSITION, Result.OK, {}, point, own=True)


def _shots(frame: Frame) -> Event:
    return ShotAnswered(frame, *messages.shots(frame.body))


_MAKERS: dict[int, Callable[[Frame], Event]] = {
    Msg.TERMINAL_ANSWER: _answer,
    Msg.PARAMETERS: _parameters,
    Msg.POSITION_ANSWER: _position_answer,
    Msg.MEDIA: _media,
    Msg.SHOT_ANSWER: _shots,
    Msg.ASK_TIME: Told,
}
_ONLY_HEARD = {Msg.HEARTBEAT, Msg.UNREGISTER, Msg.MEDIA_EVENT}
