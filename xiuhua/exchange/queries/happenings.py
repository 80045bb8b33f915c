"""What happened of which an agency can be told, read from the rooms below.

What people do is read off the record, which lacks nothing that was done; positions off the picture, on duty only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db.models import Max

from xiuhua.command import queries as command
from xiuhua.exchange.rules import Happening, subject_of_device, told
from xiuhua.exchange.rules import events as kinds
from xiuhua.kernel import areas
from xiuhua.kernel import queries as kernel
from xiuhua.kernel.authz import SYSTEM
from xiuhua.leads import queries as leads
from xiuhua.observations import queries as observations

# Act → the kind of event that it is.
OF_ACTS: Mapping[str, str] = {
    "command.raise_alarm": kinds.ALARM,
    "command.send_order": kinds.ORDER_SENT,
    "command.report_order": kinds.ORDER_CLOSED,
    "command.withdraw_order": kinds.ORDER_CLOSED,
    "leads.register": kinds.LEAD_REGISTERED,
    "leads.register_finding": kinds.LEAD_REGISTERED,
    "leads.settle": kinds.LEAD_CLOSED,
    "leads.transfer_out": kinds.LEAD_CLOSED,
    "leads.record_outcome": kinds.LEAD_CLOSED,
    "leads.share_outcome": kinds.LEAD_CLOSED,
}
TABLES = {
    kinds.ALARM: "command.alarm",
    kinds.ORDER_SENT: "command.order",
    kinds.ORDER_CLOSED: "command.order",
    kinds.LEAD_REGISTERED: "leads.lead",
    kinds.LEAD_CLOSED: "leads.lead",
}
# No look reads farther back: two thousand entries a minute for ten minutes.
MOST_ENTRIES = 20_000
# Digits of a coordinate: a tenth of a metre, finer than any receiver measures.
DIGITS = 6


def happenings(wanted: frozenset[str], since: datetime, decimals: int) -> Iterator[Happening]:
    """What people and the platform did since a moment, of the types `wanted`; places of leads, and of orders
    for them, rounded to `decimals`.
    """
    verbs = [verb for verb, kind in OF_ACTS.items() if kind in wanted]
    entries = kernel.entries(SYSTEM)
    last = entries.aggregate(n=Max("pk"))["n"] or 0
    found = entries.filter(pk__gt=last - MOST_ENTRIES, at__gte=since, verb__in=verbs).order_by("pk")
    acts: dict[str, list[tuple[int, str, datetime]]] = {}
    for pk, verb, subject, at in found.values_list("pk", "verb", "subject", "at"):
        table, _, row = subject.partition(":")
        # An order for a lead is written on both: the entry on its own row counts.
        if table == TABLES[OF_ACTS[verb]]:
            acts.setdefault(table, []).append((int(row), f"{OF_ACTS[verb]}|{pk}", at))
    yield from _alarms(acts.get("command.alarm", ()))
    yield from _orders(acts.get("command.order", ()), decimals)
    yield from _leads(acts.get("leads.lead", ()), decimals)


Acts = Sequence[tuple[int, str, datetime]]


def _area(ground: areas.Locator, lon: float, lat: float) -> str:
    found = ground.at(lon, lat)
    return found.code if found else ""


def _happening(mark: str, subject: str, at: datetime, data: Mapping[str, Any]) -> Happening:
    kind, _, entry = mark.partition("|")
    return Happening(kind, f"{kind}:{entry}", subject, at, data["unit"] or "", data["area"] or "", data)


def _alarms(acts: Acts) -> Iterator[Happening]:
    rows, ground = command.alarms(SYSTEM).in_bulk([pk for pk, _, _ in acts]), areas.locator()
    for pk, mark, at in acts:
        alarm, device = rows[pk], rows[pk].device
        subject = subject_of_device(device.protocol, device.identity, device.pk)
        data = {
            "kind": alarm.kind,
            "device": subject,
            "unit": alarm.unit.code,
            "area": _area(ground, alarm.lon, alarm.lat),
            "lon": round(alarm.lon, DIGITS),
            "lat": round(alarm.lat, DIGITS),
            "since": told(alarm.since),
            "measured": alarm.measured,
            "limit": alarm.limit,
        }
        yield _happening(mark, subject, at, data)


def _orders(acts: Acts, decimals: int) -> Iterator[Happening]:
    rows, ground = command.orders(SYSTEM).in_bulk([pk for pk, _, _ in acts]), areas.locator()
    for pk, mark, at in acts:
        order = rows[pk]
        # Sent for a lead, it goes where the lead is, and that is told of no lead exactly.
        digits = decimals if order.lead else DIGITS
        data = {
            "unit": order.unit.code,
            "area": _area(ground, order.lon, order.lat),
            "lon": round(order.lon, digits),
            "lat": round(order.lat, digits),
            "state": order.state,
            "sent_at": told(order.sent_at),
            "due_at": told(order.due_at),
            "acknowledged_at": told(order.acknowledged_at),
            "closed_at": told(order.closed_at),
            "lead": order.lead.number if order.lead else None,
        }
        yield _happening(mark, f"order/{pk}", at, data)


def _leads(acts: Acts, decimals: int) -> Iterator[Happening]:
    rows = leads.leads(SYSTEM).in_bulk([pk for pk, _, _ in acts])
    for pk, mark, at in acts:
        lead = rows[pk]
        data = {
            "kind": lead.kind.code,
            "source": lead.source,
            "unit": lead.unit.code if lead.unit else "",
            "area": lead.area.code if lead.area else "",
            "lon": round(lead.lon, decimals) if lead.lon is not None else None,
            "lat": round(lead.lat, decimals) if lead.lat is not None else None,
            "outcome": lead.outcome or None,
            "received_at": told(lead.received_at),
            "closed_at": told(at),
        }
        yield _happening(mark, lead.number, at, data)


def positions(at: datetime) -> Iterator[Happening]:
    """Where each device on duty was seen last in the stretch that runs: no person, no SIM card, no plate."""
    devices = command.followed(SYSTEM).select_related("unit").in_bulk()
    channels: dict[int, list[str]] = {}
    for channel in observations.channels(SYSTEM):
        channels.setdefault(channel.device_id, []).append(channel.identity)
    ground = areas.locator()
    for pk, seen in command.everyone(at).items():
        device = devices[pk]
        subject = subject_of_device(device.protocol, device.identity, pk)
        data = {
            "device": subject,
            "kind": device.kind,
            "unit": device.unit.code,
            "lon": round(seen.lon, DIGITS),
            "lat": round(seen.lat, DIGITS),
            "speed_kmh": seen.speed,
            "channels": channels.get(pk),
        }
        moment = datetime.fromtimestamp(seen.at / 1000, UTC)
        key = f"{kinds.POSITION}:{pk}:{seen.at}"
        area = _area(ground, seen.lon, seen.lat)
        yield Happening(kinds.POSITION, key, subject, moment, device.unit.code, area, data | {"area": area})
