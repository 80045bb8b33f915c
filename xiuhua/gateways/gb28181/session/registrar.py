"""The registrar of GB/T 28181 (§9.1, §9.6, §9.8, §9.11): who is there, proved by digest, and what they tell.

1. A REGISTER is challenged with a nonce that holds once and for a minute; whoever answers it is bound to where it came
   from. A renewal is challenged like the first: a Call-ID that was heard once proves nothing.
2. A MESSAGE or NOTIFY counts only from whom is bound, and from the host that it is bound to; whoever registered over
   TLS is heard over TLS only, for an address of UDP is easily made up. Else 403, upon which cameras register anew.
3. A position is answered when it is durable (`Where.answer`, `answered`); all else at once.
4. `tick`, each second: requests of ours are sent again, subscriptions made and renewed, the silent let go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from xiuhua.gateways.gb28181 import codec, digest, messages
from xiuhua.gateways.gb28181.codec import Fault, Malformed, Message
from xiuhua.gateways.gb28181.session.asking import Asking, Pending, Reached, Subscription
from xiuhua.gateways.gb28181.session.events import (
    Alarmed,
    Alive,
    Catalogued,
    Dropped,
    Event,
    Gone,
    Key,
    Peer,
    Registered,
    Send,
    TurnedAway,
    Where,
    Who,
)
from xiuhua.gateways.gb28181.session.replies import Replies, key_of

# GB/T 28181-2016 9.6: a keep-alive each minute; three missed, and the device is gone.
SILENT_SECONDS = 180.0
NONCE_SECONDS = 60.0
# A camera that just came has other things to do, and after an outage all come at once.
ASKED_AFTER = 30.0
QUESTIONS = ("DeviceInfo", "Catalog")
SHORTEST, LONGEST = 60, 86_400
MOST_CHALLENGES = 50_000
ALLOW = ("Allow", "REGISTER, MESSAGE, NOTIFY, OPTIONS")
NEEDED = ("from", "to", "call-id", "cseq")


@dataclass(frozen=True, slots=True)
class Rules:
    """What the registrar asks of the world: the kept digest of a device (None: not in the registry), whether its
    positions are wanted now, and words that nobody can guess."""

    secret_of: Callable[[str], str | None]
    is_followed: Callable[[str], bool]
    token: Callable[[], str]


@dataclass(slots=True)
class Binding:
    """A camera that is registered: where it is reached, until when, when it was heard, when it is asked what it is."""

    peer: Peer
    contact: str
    until: float
    heard: float
    ask_at: float | None
    subscription: Subscription | None = None


class Asked(NamedTuple):
    """A request, where it came from, and when: as seconds and as a moment."""

    message: Message
    peer: Peer
    key: Key
    now: float
    at: datetime


class Registrar:
    """`receive` and `tick` take the moment; what they give is sent, and told to the rooms, in its order."""

    def __init__(self, server_id: str, rules: Rules) -> None:
        self.domain = server_id[:10]
        self._rules = rules
        self._tag = rules.token()
        # By device and host: whoever asks in its name from elsewhere does not spoil the challenge of the device.
        self._challenges: dict[tuple[str, str], tuple[str, float]] = {}
        self._replies = Replies()
        self._asking = Asking(server_id, self.domain, rules.token)
        self.bindings: dict[str, Binding] = {}

    def receive(self, data: bytes, peer: Peer, at: datetime) -> Iterator[Event]:
        """One message from `peer`. Nothing that comes raises."""
        now = at.timestamp()
        try:
            message = codec.parse(data)
            if not message.via or not all(message[name] for name in NEEDED):
                raise Malformed(Fault.LACKS)
        except Malformed as error:
            yield Dropped(peer, "", error.fault, data)
            return
        if message.status:
            yield from self._answer(message, now)
            return
        if message.method == "ACK":
            return
        key = key_of(message, peer)
        if key in self._replies:
            given = self._replies[key]
            if given is not None:
                yield Send(peer, given)
            return
        yield from self._request(Asked(message, peer, key, now, at))

    def _request(self, asked: Asked) -> Iterator[Event]:
        method = asked.message.method
        if method == "REGISTER":
            yield from self._register(asked)
        elif method in {"MESSAGE", "NOTIFY"}:
            yield from self._told(asked)
        elif method == "OPTIONS":
            yield self._reply(asked, 200, "OK", [ALLOW])
        else:
            yield self._reply(asked, 405, "Method Not Allowed", [ALLOW])

    def answered(self, where: Where, now: float) -> Send:
        """The position of `where` is durable: its answer, which a repeated request will get, too."""
        self._replies.keep(where.key, where.answer.data, now)
        return where.answer

    def not_taken(self, where: Where) -> None:
        """Nobody can keep the position of `where` now: it is not answered, and heard when it is sent again."""
        self._replies.drop(where.key)

    def _reply(self, asked: Asked, status: int, reason: str, more: Sequence[tuple[str, str]] = ()) -> Send:
        data = self._written(asked, status, reason, more)
        self._replies.keep(asked.key, data, asked.now)
        return Send(asked.peer, data)

    def _written(self, asked: Asked, status: int, reason: str, more: Sequence[tuple[str, str]] = ()) -> bytes:
        source = (asked.peer.host, asked.peer.port)
        return codec.reply(asked.message, status, reason, source=source, tag=self._tag, more=more)

    # Registering

    def _register(self, asked: Asked) -> Iterator[Event]:
        message, peer = asked.message, asked.peer
        device_id = codec.user_of(message["to"])
        expires = _expires(message)
        if expires is None or not device_id:
            yield self._reply(asked, 400, "Bad Request")
            return
        kept = self._rules.secret_of(device_id)
        if not kept:
            yield self._reply(asked, 403, "Forbidden")
            yield TurnedAway(device_id, peer, "unknown")
            return
        said = digest.credentials(message["authorization"])
        whose = (device_id, peer.host)
        stale = said is not None and not self._holds(whose, said.nonce, asked.now)
        if said is None or stale:
            yield self._challenge(asked, whose, stale=stale)
            return
        del self._challenges[whose]
        if said.username != device_id or not digest.proves(said, kept, "REGISTER"):
            yield self._reply(asked, 403, "Forbidden")
            yield TurnedAway(device_id, peer, "wrong_password")
            return
        yield from self._proved(asked, device_id, expires)

    def _holds(self, whose: tuple[str, str], nonce: str, now: float) -> bool:
        given = self._challenges.get(whose)
        return given is not None and given[0] == nonce and now < given[1]

    def _challenge(self, asked: Asked, whose: tuple[str, str], *, stale: bool) -> Send:
        nonce = self._rules.token()
        self._challenges.pop(whose, None)
        self._challenges[whose] = (nonce, asked.now + NONCE_SECONDS)
        if len(self._challenges) > MOST_CHALLENGES:
            del self._challenges[next(iter(self._challenges))]
        said = f'Digest realm="{self.domain}",nonce="{nonce}",algorithm=MD5'
        more = [("WWW-Authenticate", f"{said},stale=true" if stale else said)]
        return self._reply(asked, 401, "Unauthorized", more)

    def _proved(self, asked: Asked, device_id: str, expires: int) -> Iterator[Event]:
        peer, now = asked.peer, asked.now
        before = self.bindings.get(device_id)
        if expires == 0:
            self.bindings.pop(device_id, None)
            yield self._reply(asked, 200, "OK", [("Expires", "0"), _date(asked.at)])
            yield Gone(device_id, "said")
            return
        granted = min(max(expires, SHORTEST), LONGEST)
        contact = asked.message["contact"]
        uri = codec.address_of(contact) or f"sip:{device_id}@{peer.host}:{peer.port}"
        again = before is not None and before.peer == peer
        # After a device registered anew from elsewhere, its dialogs are gone.
        kept = before.subscription if before is not None and again else None
        ask_at = before.ask_at if before is not None and again else now + ASKED_AFTER
        self.bindings[device_id] = Binding(peer, uri, now + granted, now, ask_at, kept)
        more = [("Contact", contact or f"<{uri}>"), ("Expires", str(granted)), _date(asked.at)]
        yield self._reply(asked, 200, "OK", more)
        yield Registered(device_id, peer, again)

    # What the registered tell

    def _told(self, asked: Asked) -> Iterator[Event]:
        message, peer = asked.message, asked.peer
        # What the body calls itself may be a channel, or wrong: the sender is who was proved.
        device_id = codec.user_of(message["from"])
        binding = self.bindings.get(device_id)
        if binding is None or not _same_way(binding.peer, peer):
            yield self._reply(asked, 403, "Forbidden")
            yield TurnedAway(device_id, peer, "not_registered")
            return
        binding.heard, binding.peer = asked.now, peer
        if message["subscription-state"].lower().startswith("terminated"):
            binding.subscription = None
        if not message.body and message.method == "NOTIFY":
            yield self._reply(asked, 200, "OK")
            return
        try:
            body = messages.read(message.body)
        except Malformed as error:
            yield self._reply(asked, 400, "Bad Request")
            yield Dropped(peer, device_id, error.fault, message.body)
            return
        if isinstance(body, messages.Position):
            self._replies.keep(asked.key, None, asked.now)
            yield Where(device_id, body, Send(peer, self._written(asked, 200, "OK")), asked.key)
            return
        yield self._reply(asked, 200, "OK")
        yield _event(device_id, body)

    def _answer(self, message: Message, now: float) -> Iterator[Event]:
        """An answer to a request of ours. A camera that refuses a subscription is asked again when it is renewed."""
        pending: Pending | None = self._asking.answered(message)
        if pending is None or not pending.subscribes:
            return
        binding = self.bindings.get(pending.subscribes)
        held = binding.subscription if binding else None
        if binding is None or held is None or held.call_id != message["call-id"]:
            return
        if message.status < 300:
            held.to, held.confirmed = message["to"], True
        elif message.status == 481:
            binding.subscription = None
        yield Alive(pending.subscribes)

    # Time

    def tick(self, at: datetime) -> Iterator[Event]:
        """What a second brings."""
        now = at.timestamp()
        self._replies.forget(now)
        yield from self._asking.again(now)
        for device_id, binding in list(self.bindings.items()):
            if now >= binding.until or now - binding.heard > SILENT_SECONDS:
                del self.bindings[device_id]
                yield Gone(device_id, "expired" if now >= binding.until else "silent")
            elif self._rules.secret_of(device_id) is None:
                del self.bindings[device_id]
                yield Gone(device_id, "withdrawn")
            else:
                yield from self._asked(device_id, binding, now)

    def _asked(self, device_id: str, binding: Binding, now: float) -> Iterator[Event]:
        if self._rules.is_followed(device_id):
            yield from self._followed(device_id, binding, now)
        if binding.ask_at is not None and now >= binding.ask_at:
            binding.ask_at = None
            for command in QUESTIONS:
                yield self._asking.message(Reached(device_id, binding.contact, binding.peer), command, now)

    def _followed(self, device_id: str, binding: Binding, now: float) -> Iterator[Event]:
        held = binding.subscription
        if held is not None and now < held.renew_at:
            return
        # What was never confirmed is no dialog: it begins anew.
        before = held if held is not None and held.confirmed else None
        reached = Reached(device_id, binding.contact, binding.peer)
        binding.subscription, send = self._asking.subscribe(reached, now, before)
        yield send


def _same_way(bound: Peer, peer: Peer) -> bool:
    return bound.host == peer.host and (bound.transport != "TLS" or peer.transport == "TLS")


def _event(device_id: str, body: messages.Body) -> Event:
    if isinstance(body, messages.Catalogue):
        return Catalogued(device_id, body)
    if isinstance(body, messages.DeviceInfo):
        return Who(device_id, body)
    if isinstance(body, messages.Alarm):
        return Alarmed(device_id, body)
    return Alive(device_id)


def _expires(message: Message) -> int | None:
    """Seconds, from the header or from the Contact; None where neither says a number."""
    said = codec.parameter(message["contact"].partition(">")[2], "expires") or message["expires"]
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else None


def _date(at: datetime) -> tuple[str, str]:
    """Cameras set their clock by it: the local time, not that of RFC 1123 (GB/T 28181-2016 9.10)."""
    local = at.astimezone(messages.CHINA)
    return "Date", f"{local:%Y-%m-%dT%H:%M:%S}.{local.microsecond // 1000:03d}"
