"""What the answer of a receiver means: the handshake, and each delivery (CloudEvents webhook 1.0). Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum

# The longest that a receiver can make us wait by Retry-After.
LONGEST_ASKED = timedelta(days=1)


class Verdict(StrEnum):
    """What the sender does with a delivery after an answer. `AGAIN` waits by the table or as long as was asked."""

    DELIVERED = "delivered"
    ACCEPTED = "accepted"
    AGAIN = "again"
    REFUSED = "refused"
    GONE = "gone"


def verdict(status: int | None) -> Verdict:
    """By the status of HTTP, None where no answer came. A redirection is not followed: it counts as a failure."""
    if status == 202:
        return Verdict.ACCEPTED
    if status is not None and 200 <= status < 300:
        return Verdict.DELIVERED
    if status == 410:
        return Verdict.GONE
    return Verdict.REFUSED if status == 415 else Verdict.AGAIN


class State(StrEnum):
    """Where a delivery is."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    ACCEPTED = "accepted"
    GIVEN_UP = "given_up"
    DROPPED = "dropped"


STATE_LABELS = {
    State.WAITING: "待推送",
    State.DELIVERED: "已推送",
    State.ACCEPTED: "对方已接收",
    State.GIVEN_UP: "已放弃推送",
    State.DROPPED: "已取消推送",
}


def asked_wait(header: str, now: datetime) -> timedelta:
    """How long `Retry-After` asks to wait: seconds or a date; nothing where it cannot be read, at most a day."""
    text = header.strip()
    if text.isascii() and text.isdecimal():
        return min(timedelta(seconds=int(text[:9])), LONGEST_ASKED)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return timedelta(0)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(moment - now, timedelta(0)), LONGEST_ASKED)


def next_try(tries: int, waits: Sequence[timedelta], asked: timedelta = timedelta(0)) -> timedelta | None:
    """How long to wait after so many tries that failed; None: it is given up."""
    return max(waits[tries - 1], asked) if tries <= len(waits) else None


def oldest(now: datetime, waits: Sequence[timedelta]) -> datetime:
    """What was queued before waited longer than all tries together take: whoever was away so long is sent no flood."""
    return now - sum(waits, timedelta(0))


@dataclass(frozen=True, slots=True)
class Permission:
    """What a receiver let us: how many a minute, None for as many as we like."""

    per_minute: int | None


def permission(origin: str, status: int | None, headers: Mapping[str, str], asked: int) -> Permission | None:
    """What the answer to OPTIONS allows; None: nothing may be delivered. `headers` with names in lower case.

    Without a rate the one that was asked for holds; a rate that cannot be read, or none at all, is one a minute.
    """
    if status is None or not 200 <= status < 300:
        return None
    allowed = headers.get("webhook-allowed-origin", "").strip().lower()
    if allowed not in ("*", origin.lower()):
        return None
    rate = headers.get("webhook-allowed-rate", "").strip()
    if rate == "*":
        return Permission(None)
    if not rate:
        return Permission(asked)
    return Permission(max(1, int(rate[:6])) if rate.isascii() and rate.isdecimal() else 1)


# Refusals that speak of whoever sends, or of the road: the next message would fare no better.
_OF_THE_SENDER = frozenset({401, 403, 404, 405, 407, 408, 425, 429})


def holds_the_line(status: int | None) -> bool:
    """Whether a failure speaks of the receiver and not of this one message: then the others wait, too."""
    return status is None or status in _OF_THE_SENDER or not 400 <= status < 500
