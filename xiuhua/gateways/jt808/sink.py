"""What terminals say, as rows and acts of the rooms: pure where it can be, the acts in threads of their own."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from xiuhua.evidence import actions as evidence
from xiuhua.gateways.jt808.messages import Media, Position, Registration
from xiuhua.gateways.jt808.messages.ids import Registered
from xiuhua.gateways.roll import Roll
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM, Invalid
from xiuhua.observations import actions, queries
from xiuhua.observations.actions import Row
from xiuhua.observations.queries import Known
from xiuhua.observations.rules import Datum, on_duty, plausible, stretch_at, to_wgs84

# A clock that is further ahead is wrong: the moment of receiving counts.
AHEAD_MS = 600_000
# Bits of the status and the alarm that are looked at here (JT/T 808-2013 tables 24 and 25).
_FIXED, _SOUTH, _WEST, _SHIFTED = 1 << 1, 1 << 2, 1 << 3, 1 << 5
_CODE_BYTES = 9
# The event of media that the platform asked for (JT/T 808-2013, 0x0801).
ORDERED = 0


class Taken(NamedTuple):
    """What is kept of some positions: the rows, all alarm bits, and how many lay outside duty hours."""

    rows: list[Row]
    alarm: int
    off_duty: int


def taken(known: Known, points: Sequence[Position], now_ms: int) -> Taken:
    """Rows for the store. A point without a fix says how the device is and nothing of where; one outside duty hours is
    not kept at all.
    """
    rows: list[Row] = []
    alarms = off = 0
    pk, datum, hours = known.pk, known.datum, known.hours
    first = last = 0
    for alarm, status, lat_raw, lon_raw, altitude, speed, course, seconds, items in points:
        alarms |= alarm
        at = now_ms if seconds is None or seconds * 1000 > now_ms + AHEAD_MS else seconds * 1000
        if not first <= at < last:
            stretch = stretch_at(at, hours)
            if stretch is None:
                off += 1
                continue
            first, last = stretch
        if not status & _FIXED:
            continue
        lat = (-lat_raw if status & _SOUTH else lat_raw) / 1e6
        lon = (-lon_raw if status & _WEST else lon_raw) / 1e6
        if not plausible(lon, lat):
            continue
        sent = Datum.GCJ02 if status & _SHIFTED else datum
        lon_sent = lat_sent = None
        if sent is not Datum.WGS84:
            lon_sent, lat_sent = lon, lat
            lon, lat = to_wgs84(lon, lat, sent)
        rows.append(
            Row(
                pk, at, now_ms, lon, lat, lon_sent, lat_sent, sent, speed / 10, course, altitude, None,
                alarm, status, items or None,
            )
        )  # fmt: skip
    return Taken(rows, alarms, off)


@dataclass
class Sink:
    """The rooms behind the gateway."""

    roll: Roll
    no_kept_media: list[str] = field(default_factory=list)

    def register(self, identity: str, said: Registration, at: datetime) -> tuple[int, str]:
        """Result and code for a 0x0100: only a device of the registry, built into the vehicle that it says, gets one.

        Runs in a thread: it writes.
        """
        known = self.roll.known.get(identity)
        if known is None:
            return Registered.TERMINAL_UNKNOWN, ""
        plate = queries.Device.objects.filter(pk=known.pk).values_list("plate", flat=True).first()
        if said.colour and said.plate and plate and said.plate.upper() != plate:
            return Registered.VEHICLE_UNKNOWN, ""
        code = secrets.token_hex(_CODE_BYTES)
        told = {**said._asdict(), "protocol_year": said.year}
        try:
            actions.sign_on(device_id=known.pk, told=told, code=code, at=at)
        except queries.Device.DoesNotExist:
            return Registered.TERMINAL_UNKNOWN, ""
        self.roll.issued(known, code)
        return Registered.OK, code

    def keep_media(self, identity: str, came: Media, at: datetime) -> None:
        """A picture, sound or film becomes an exhibit of the unit, if it was taken on duty; one that was ordered is put
        to its order. Runs in a thread.
        """
        known = self.roll.known.get(identity)
        position = came.position
        seconds = position.at if position else None
        captured = datetime.fromtimestamp(seconds, clock.SHANGHAI) if seconds is not None else None
        if captured is not None and captured > at:
            captured = None
        if known is None or not on_duty(round((captured or at).timestamp() * 1000), known.hours):
            return
        device = queries.Device.objects.select_related("unit").get(pk=known.pk)
        place = f"{position.lat:.6f},{position.lon:.6f}" if position and position.fixed else ""
        try:
            exhibit = evidence.add(
                kind="audio_visual",
                name=f"{device.name} {came.id}",
                data=came.data,
                captured_at=captured,
                place=place,
                device_id=device.identity,
                unit=device.unit,
                by=SYSTEM,
                at=at,
            )
        except Invalid as error:
            self.no_kept_media.append(f"{identity} {came.id}: {error}")
            return
        if came.event == ORDERED:
            actions.attach_media(
                device_id=device.pk, media=came.id, channel=came.channel, exhibit=exhibit.pk, at=at
            )
