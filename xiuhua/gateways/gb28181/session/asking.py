"""Requests of the platform to cameras: sent again until they are answered (RFC 3261 §17.1.2), subscriptions renewed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from xiuhua.gateways.gb28181 import codec, messages
from xiuhua.gateways.gb28181.codec import Message
from xiuhua.gateways.gb28181.session.events import Peer, Send

T1, T2, GIVEN_UP = 0.5, 4.0, 32.0
# GB/T 28181-2016 9.11: a subscription to positions; renewed when four fifths of its time are over.
SUBSCRIBED_SECONDS = 3600
RENEWED_AT = 0.8
INTERVAL_SECONDS = 5
# Stands for the address of the socket by which a request leaves: the socket knows it, and fills it in.
OURS = "0.0.0.0:0"


class Reached(NamedTuple):
    """Whom a request is for, by which address, and where it is sent."""

    device_id: str
    contact: str
    peer: Peer


class _Ids(NamedTuple):
    """What tells a dialog and its turn."""

    from_: str
    to: str
    call_id: str
    cseq: int


@dataclass(slots=True)
class Pending:
    """A request that waits for its answer: sent again at `again_at`, given up at `until`."""

    peer: Peer
    data: bytes
    cseq: int
    again_at: float
    wait: float
    until: float
    subscribes: str = ""


@dataclass(slots=True)
class Subscription:
    """A dialog in which a camera tells where it is."""

    call_id: str
    from_: str
    to: str
    cseq: int
    renew_at: float
    confirmed: bool = False


@dataclass
class Asking:
    """The platform as the one who asks. `token` makes ids that nobody can guess."""

    server_id: str
    domain: str
    token: Callable[[], str]
    serial: int = 0
    pending: dict[str, Pending] = field(default_factory=dict)

    def message(self, to: Reached, command: str, now: float) -> Send:
        """A MESSAGE with a question of this command."""
        self.serial += 1
        ids = _Ids(self._from(), f"<sip:{to.device_id}@{self.domain}>", self.token(), 1)
        return self._send("MESSAGE", to, ids, messages.query(command, self.serial, to.device_id), now)

    def subscribe(self, to: Reached, now: float, before: Subscription | None) -> tuple[Subscription, Send]:
        """A subscription to the positions of a camera, or the renewal of `before`."""
        self.serial += 1
        body = messages.query("MobilePosition", self.serial, to.device_id, Interval=INTERVAL_SECONDS)
        renew_at = now + SUBSCRIBED_SECONDS * RENEWED_AT
        if before is None:
            address = f"<sip:{to.device_id}@{self.domain}>"
            held = Subscription(self.token(), self._from(), address, 1, renew_at)
        else:
            held = Subscription(before.call_id, before.from_, before.to, before.cseq + 1, renew_at, True)
        ids = _Ids(held.from_, held.to, held.call_id, held.cseq)
        return held, self._send("SUBSCRIBE", to, ids, body, now)

    def _from(self) -> str:
        return f"<sip:{self.server_id}@{self.domain}>;tag={self.token()}"

    def _send(self, method: str, to: Reached, ids: _Ids, body: bytes, now: float) -> Send:
        subscribes = method == "SUBSCRIBE"
        # Without it a camera would answer a dialog of TLS in the clear.
        by_tls = ";transport=tls" if to.peer.transport == "TLS" else ""
        headers = [
            ("Via", f"{codec.VERSION}/{to.peer.transport} {OURS};rport;branch=z9hG4bK{self.token()}"),
            ("From", ids.from_),
            ("To", ids.to),
            ("Call-ID", ids.call_id),
            ("CSeq", f"{ids.cseq} {method}"),
            ("Contact", f"<sip:{self.server_id}@{OURS}{by_tls}>"),
            ("Max-Forwards", "70"),
            *([("Event", "presence"), ("Expires", str(SUBSCRIBED_SECONDS))] if subscribes else []),
            ("Content-Type", messages.CONTENT_TYPE),
        ]
        data = codec.request(method, to.contact, headers, body)
        whose = to.device_id if subscribes else ""
        self.pending[ids.call_id] = Pending(to.peer, data, ids.cseq, now + T1, T1, now + GIVEN_UP, whose)
        return Send(to.peer, data)

    def answered(self, message: Message) -> Pending | None:
        """The request that this answer ends; None for a provisional one, or one that nobody waits for."""
        waiting = self.pending.get(message["call-id"])
        if waiting is None or waiting.cseq != message.cseq[0] or message.status < 200:
            return None
        return self.pending.pop(message["call-id"])

    def again(self, now: float) -> Iterator[Send]:
        """Requests whose answer is late, once more; those that waited too long are given up."""
        for call_id, waiting in list(self.pending.items()):
            if now >= waiting.until:
                del self.pending[call_id]
            elif now >= waiting.again_at and waiting.peer.transport == "UDP":
                waiting.wait = min(waiting.wait * 2, T2)
                waiting.again_at = now + waiting.wait
                yield Send(waiting.peer, waiting.data)
