"""What comes out of the dialogue: bytes to send, and what became known."""

from __future__ import annotations

from typing import NamedTuple

from xiuhua.gateways.gb28181.codec import Fault
from xiuhua.gateways.gb28181.messages import Alarm, Catalogue, DeviceInfo, Position


class Peer(NamedTuple):
    """Where a message came from, and so where the answer goes: `UDP`, `TCP` or `TLS`, host and port."""

    transport: str
    host: str
    port: int


# A request by where it came from, its branch and its method: the same once more is answered the same.
Key = tuple[Peer, str, str]


class Send(NamedTuple):
    peer: Peer
    data: bytes


class Registered(NamedTuple):
    """A camera proved who it is; `again` if it was registered already."""

    device_id: str
    peer: Peer
    again: bool


class Alive(NamedTuple):
    device_id: str


class Where(NamedTuple):
    """A position; `answer` is sent when it is durable, by `Registrar.answered`."""

    device_id: str
    position: Position
    answer: Send
    key: Key


class Catalogued(NamedTuple):
    device_id: str
    catalogue: Catalogue


class Who(NamedTuple):
    device_id: str
    info: DeviceInfo


class Alarmed(NamedTuple):
    device_id: str
    alarm: Alarm


class Gone(NamedTuple):
    """A camera is registered no more: it said so, its time ran out, or it was silent for three keep-alives."""

    device_id: str
    why: str


class TurnedAway(NamedTuple):
    """Somebody who is not in the registry, who did not prove it, or who is not registered."""

    device_id: str
    peer: Peer
    why: str


class Dropped(NamedTuple):
    """What could not be read, for a look."""

    peer: Peer
    device_id: str
    fault: Fault
    raw: bytes


Event = Send | Registered | Alive | Where | Catalogued | Who | Alarmed | Gone | TurnedAway | Dropped
