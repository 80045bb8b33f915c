"""Answers that were given, kept for requests that come again (RFC 3261 §17.2.2)."""

from __future__ import annotations

from collections import OrderedDict

from xiuhua.gateways.gb28181.codec import Message
from xiuhua.gateways.gb28181.session.events import Key, Peer

# 64 times T1 of half a second.
KEPT_SECONDS = 32.0
MOST = 50_000


def key_of(message: Message, peer: Peer) -> Key:
    """By the branch of the topmost Via; devices without one, by Call-ID and CSeq."""
    return peer, message.branch or f"{message['call-id']} {message['cseq']}", message.method


class Replies:
    """What each request was answered, or that its answer is still to come (None)."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, tuple[float, bytes | None]] = OrderedDict()

    def __contains__(self, key: Key) -> bool:
        return key in self._kept

    def __getitem__(self, key: Key) -> bytes | None:
        return self._kept[key][1]

    def keep(self, key: Key, answer: bytes | None, now: float) -> None:
        self._kept[key] = (now + KEPT_SECONDS, answer)
        if len(self._kept) > MOST:
            self._kept.popitem(last=False)

    def drop(self, key: Key) -> None:
        """Nobody took the request: the same once more is new."""
        self._kept.pop(key, None)

    def forget(self, now: float) -> None:
        """Those whose time is over; they lie in the order in which they were first given."""
        while self._kept:
            until, _ = next(iter(self._kept.values()))
            if until > now:
                return
            self._kept.popitem(last=False)
