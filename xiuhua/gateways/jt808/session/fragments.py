"""Messages in sub-packages: put together in any order, once; what is missing is asked for again. Pure.

Fragments of one message have consecutive serials, so the serial of the first names the message. A terminal that begins
message after message and ends none cannot fill the memory: the oldest is given up.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from xiuhua.gateways.jt808.codec import BadFrame, Fault, Frame

MOST_OPEN = 4
MOST_BYTES = 8 * 1024 * 1024
# After so many questions for the same gaps a message is given up.
MOST_QUESTIONS = 3


@dataclass(slots=True)
class _Message:
    total: int
    first: int
    frame: Frame
    parts: dict[int, bytes] = field(default_factory=dict)
    size: int = 0
    touched: float = 0.0
    asked: int = 0


@dataclass(slots=True)
class Fragments:
    """The messages of one connection that are not complete."""

    open: dict[tuple[int, int, int], _Message] = field(default_factory=dict)

    def add(self, frame: Frame, now: float) -> Frame | None:
        """The whole message once its last fragment is here: with the serial of the first, no part of a total.

        Raises BadFrame for an index outside its total, and for more bytes than one connection may hold.
        """
        if not 1 <= frame.part <= frame.total:
            raise BadFrame(Fault.FRAGMENT)
        first = (frame.serial - frame.part + 1) & 0xFFFF
        key = (frame.msg_id, first, frame.total)
        message = self.open.get(key)
        if message is None:
            message = self.open[key] = _Message(frame.total, first, frame)
            if len(self.open) > MOST_OPEN:
                del self.open[min(self.open, key=lambda k: self.open[k].touched if k != key else now + 1)]
        message.touched = now
        if frame.part not in message.parts:
            message.parts[frame.part] = frame.body
            message.size += len(frame.body)
        if sum(each.size for each in self.open.values()) > MOST_BYTES:
            del self.open[key]
            raise BadFrame(Fault.FRAGMENT)
        if len(message.parts) < message.total:
            return None
        del self.open[key]
        body = b"".join(message.parts[i] for i in range(1, message.total + 1))
        return frame._replace(serial=first, body=body, total=0, part=0)

    def gaps(self, now: float, quiet: float) -> list[tuple[Frame, int, list[int]]]:
        """Messages that no fragment came for during `quiet` seconds: one of their frames, the first serial, what lacks.

        What was asked for in vain is given up.
        """
        found = []
        for key, message in list(self.open.items()):
            if now - message.touched < quiet:
                continue
            if message.asked == MOST_QUESTIONS:
                del self.open[key]
                continue
            message.asked += 1
            message.touched = now
            lacks = [i for i in range(1, message.total + 1) if i not in message.parts]
            found.append((message.frame, message.first, lacks))
        return found
