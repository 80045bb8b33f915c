"""The dialogue with cameras: messages in, answers and events out; no socket, no clock. Pure."""

from xiuhua.gateways.gb28181.session.events import (
    Alarmed,
    Alive,
    Catalogued,
    Dropped,
    Event,
    Gone,
    Peer,
    Registered,
    Send,
    TurnedAway,
    Where,
    Who,
)
from xiuhua.gateways.gb28181.session.registrar import Registrar, Rules

__all__ = [
    "Alarmed",
    "Alive",
    "Catalogued",
    "Dropped",
    "Event",
    "Gone",
    "Peer",
    "Registered",
    "Registrar",
    "Rules",
    "Send",
    "TurnedAway",
    "Where",
    "Who",
]
