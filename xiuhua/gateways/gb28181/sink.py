"""What cameras say, as rows and acts of the rooms."""

from __future__ import annotations

from datetime import datetime

from xiuhua.gateways.gb28181.messages import Catalogue, DeviceInfo, Position
from xiuhua.gateways.roll import Roll
from xiuhua.observations import actions, queries
from xiuhua.observations.actions import Row
from xiuhua.observations.queries import Known
from xiuhua.observations.rules import Datum, on_duty, plausible, to_wgs84

# A clock that is further ahead is wrong: the moment of receiving counts.
AHEAD_MS = 600_000


def row_of(known: Known, said: Position, now_ms: int) -> Row | None:
    """The row for the store; None for no place, and for one outside duty hours, of which nothing is kept."""
    at = now_ms if said.at is None else round(said.at.timestamp() * 1000)
    if at > now_ms + AHEAD_MS:
        at = now_ms
    if not plausible(said.lon, said.lat) or not on_duty(at, known.hours):
        return None
    lon, lat, sent = said.lon, said.lat, known.datum
    lon_sent = lat_sent = None
    if sent is not Datum.WGS84:
        lon_sent, lat_sent = lon, lat
        lon, lat = to_wgs84(lon, lat, sent)
    course = round(said.course) % 360 if said.course is not None else None
    return Row(
        known.pk, at, now_ms, lon, lat, lon_sent, lat_sent, sent, said.speed, course, said.altitude
    )  # fmt: skip


class Sink:
    """The rooms behind the gateway. What writes runs in a thread."""

    def __init__(self, roll: Roll) -> None:
        self.roll = roll

    def told(self, device_id: str, info: DeviceInfo, at: datetime) -> None:
        """What the camera says that it is, if that is news."""
        known = self.roll.known.get(device_id)
        if known is not None:
            said = {"name": info.name, "manufacturer": info.manufacturer, "model": info.model}
            actions.tell(device_id=known.pk, told={**said, "firmware": info.firmware}, at=at)

    def catalogue(self, device_id: str, came: Catalogue, at: datetime) -> None:
        """The channels that can be played."""
        known = self.roll.known.get(device_id)
        if known is None:
            return
        channels = [
            queries.Told(c.id, c.name, c.manufacturer, c.model, c.status == "ON", c.parent_id, c.civil_code)
            for c in came.items
        ]
        actions.list_channels(device_id=known.pk, channels=channels, at=at)
