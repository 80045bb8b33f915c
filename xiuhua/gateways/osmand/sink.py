"""What phones report, as rows for the store. Pure."""

from __future__ import annotations

import json

from xiuhua.gateways.osmand.messages import Report
from xiuhua.observations.actions import Heard, Row
from xiuhua.observations.queries import Known
from xiuhua.observations.rules import Datum, on_duty, plausible, to_wgs84

AHEAD_MS = 600_000
# Bits of our own in the status of a phone.
MOCK = 1
MOST_ATTRIBUTES = 2048


def taken(known: Known, report: Report, now_ms: int) -> tuple[Row | None, Heard]:
    """The row of a report, if it has a place and was made on duty, and what became known of the phone."""
    at = now_ms if report.at is None or report.at > now_ms + AHEAD_MS else report.at
    if not on_duty(at, known.hours):
        return None, Heard(known.pk, now_ms, frames=1, off_duty=1)
    row = _row(known, report, at, now_ms)
    return row, Heard(known.pk, now_ms, row, frames=1)


def _row(known: Known, report: Report, at: int, now_ms: int) -> Row | None:
    lon, lat = report.lon, report.lat
    if lon is None or lat is None or not plausible(lon, lat):
        return None
    lon_sent = lat_sent = None
    if known.datum is not Datum.WGS84:
        lon_sent, lat_sent = lon, lat
        lon, lat = to_wgs84(lon, lat, known.datum)
    told = dict(report.attributes)
    if report.battery is not None:
        told["batt"] = report.battery
    items = json.dumps(told, ensure_ascii=False).encode() if told else None
    return Row(
        device=known.pk,
        at=at,
        received=now_ms,
        lon=lon,
        lat=lat,
        lon_sent=lon_sent,
        lat_sent=lat_sent,
        datum=int(known.datum),
        speed=report.speed,
        course=round(report.course) % 360 if report.course is not None else None,
        altitude=report.altitude,
        accuracy=report.accuracy,
        status=MOCK if report.mock else 0,
        items=items if items and len(items) <= MOST_ATTRIBUTES else None,
    )
