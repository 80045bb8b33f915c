"""Events as CloudEvents 1.0 in structured JSON: what each kind may tell, and its one text. Pure.

The text is written once, stored, signed and sent as it is. `id` with `source` is how a receiver knows a repetition.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import orjson

MEDIA_TYPE = "application/cloudevents+json; charset=utf-8"
POSITION = "xiuhua.position.updated"
ALARM = "xiuhua.alarm.raised"
ORDER_SENT = "xiuhua.order.sent"
ORDER_CLOSED = "xiuhua.order.closed"
LEAD_REGISTERED = "xiuhua.lead.registered"
LEAD_CLOSED = "xiuhua.lead.closed"
# Kind → everything that can be told of it. `reference/exchange_events.csv` says which of these are.
FIELDS: Mapping[str, frozenset[str]] = {
    POSITION: frozenset(["device", "kind", "unit", "area", "lon", "lat", "speed_kmh", "channels"]),
    ALARM: frozenset(["kind", "device", "unit", "area", "lon", "lat", "since", "measured", "limit"]),
    ORDER_SENT: frozenset(["unit", "area", "lon", "lat", "sent_at", "due_at", "lead"]),
    ORDER_CLOSED: frozenset(["unit", "area", "state", "sent_at", "acknowledged_at", "closed_at", "lead"]),
    LEAD_REGISTERED: frozenset(["kind", "source", "unit", "area", "lon", "lat", "received_at"]),
    LEAD_CLOSED: frozenset(["kind", "unit", "area", "outcome", "received_at", "closed_at"]),
}
# What may stand in a reference of RFC 3986 as it is; all else in `source` is percent-encoded.
URI = "%:/?#[]@!$&'()*+,;=~"
_GB_ID = re.compile(r"[0-9]{20}")


@dataclass(frozen=True, slots=True)
class Happening:
    """Something of ours that can be told: `key` names it once for all time, `data` holds every field of its kind.

    `unit` and `area` are codes, empty where it has none: subscriptions are limited by them.
    """

    type: str
    key: str
    subject: str
    at: datetime
    unit: str
    area: str
    data: Mapping[str, Any]


def is_gb_id(text: str) -> bool:
    """Whether this is a number of GB/T 28181 (annex D): 20 digits."""
    return bool(_GB_ID.fullmatch(text))


def subject_of_device(protocol: str, identity: str, pk: int) -> str:
    """A device of GB/T 28181 is called by its number in the catalogue; others by ours, which tells no SIM card and no
    person.
    """
    return identity if protocol == "gb28181" and is_gb_id(identity) else f"device/{pk}"


def told(moment: datetime | None) -> str | None:
    """RFC 3339 in UTC."""
    if moment is None:
        return None
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z").replace(".000Z", "Z")


def body(happening: Happening, *, id: str, source: str, fields: Collection[str]) -> str:
    """The event as it is stored and sent, with those of its data that `fields` names and that are known."""
    data = {name: happening.data[name] for name in sorted(fields) if happening.data.get(name) is not None}
    return orjson.dumps(
        {
            "specversion": "1.0",
            "id": id,
            "source": quote(source, safe=URI),
            "type": happening.type,
            "subject": happening.subject,
            "time": told(happening.at),
            "datacontenttype": "application/json",
            "data": data,
        }
    ).decode()


def data_of(event: Mapping[str, Any]) -> bytes:
    """The data of a structured event, whichever way it is written. Raises ValueError for an event that lacks what
    every event has.
    """
    if missing := [n for n in ("specversion", "id", "source", "type") if not event.get(n)]:
        raise ValueError(f"{', '.join(missing)} missing")
    if event["specversion"] != "1.0":
        raise ValueError(f"specversion {event['specversion']}")
    if "data_base64" in event:
        return base64.b64decode(event["data_base64"], validate=True)
    return orjson.dumps(event.get("data"))


def wants(
    happening: Happening, kinds: Collection[str], units: Collection[str], areas: Collection[str]
) -> bool:
    """Whether a subscription is about it. Without units all are meant, without areas all places; something without a
    place is not in any.
    """
    return (
        happening.type in kinds
        and (not units or happening.unit in units)
        and (not areas or happening.area in areas)
    )
