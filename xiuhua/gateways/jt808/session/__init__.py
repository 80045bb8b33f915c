"""One connection of a terminal: bytes in, events out. No socket, no clock, no table.

    for event in session.receive(data):
        ...                                   # the server acts on it, then sends what `confirm` and the like return

Before a terminal is authenticated only registration and authentication are let in.
"""

from xiuhua.gateways.jt808.session.core import Session
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

__all__ = [
    "Ack",
    "Authenticating",
    "Dropped",
    "Event",
    "Heard",
    "MediaCame",
    "Points",
    "Registering",
    "Replied",
    "Session",
    "ShotAnswered",
    "Told",
]
