"""What a terminal did, as the server is told. Pure."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from xiuhua.gateways.jt808.codec import Fault, Frame
from xiuhua.gateways.jt808.messages import Authentication, Media, Position, Registration

# What is to be acknowledged: serial and message id.
Ack: TypeAlias = tuple[int, int]


class Registering(NamedTuple):
    """0x0100: answer with `Session.registered`."""

    frame: Frame
    said: Registration


class Authenticating(NamedTuple):
    """0x0102: answer with `Session.authenticated`."""

    frame: Frame
    said: Authentication


class Points(NamedTuple):
    """Positions, and what `Session.confirm` shall acknowledge once they are durable."""

    acks: list[Ack]
    points: list[Position]


class Heard(NamedTuple):
    """A message that needs nothing but its acknowledgement: heartbeat, unregistration, one that we do not use."""

    frame: Frame
    result: int


class Told(NamedTuple):
    """A message that is answered by `reply` and by nothing else, such as the question for the time."""

    frame: Frame


class Replied(NamedTuple):
    """The terminal answered an order: the serial of our message, its id, and how it went.

    `facts` holds parameters (0x0104) as hex by id; `point` the position that was asked for (0x0201). `own` is an answer
    that brings what was asked for, not the general one.
    """

    serial: int
    msg_id: int
    result: int
    facts: dict[str, str]
    point: Position | None = None
    own: bool = False


class ShotAnswered(NamedTuple):
    """0x0805: the terminal took pictures, or could not: acknowledge with `Session.shot_heard`."""

    frame: Frame
    serial: int
    result: int
    media: list[int]


class MediaCame(NamedTuple):
    """A whole picture, sound or film: answer with `Session.media_taken` once it is durable."""

    frame: Frame
    media: Media


class Dropped(NamedTuple):
    """What was not taken, and why; `raw` as it came, for a look."""

    fault: Fault
    raw: bytes


Event: TypeAlias = (
    Registering | Authenticating | Points | Heard | Told | Replied | ShotAnswered | MediaCame | Dropped
)
