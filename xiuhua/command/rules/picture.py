"""One point of the live picture. Pure; moments are ms since 1970 UTC, distances metres, speeds km/h."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from xiuhua.observations.rules import metres

MINUTE = 60_000
# Slower than a stroll is standing: receivers at rest say up to this.
STILL_KMH = 2.0
# A person rides in a car of the own unit if both were this near at moments this near to each other.
RIDE_METRES = 25.0
RIDE_MS = 2 * MINUTE


class Standing(StrEnum):
    MOVING = "moving"
    STILL = "still"
    LOST = "lost"


STANDING_LABELS = {Standing.MOVING: "移动中", Standing.STILL: "停留", Standing.LOST: "失联"}


class Seen(NamedTuple):
    """Where somebody or something was seen last. `key` is o and the officer's number, or d and the device's."""

    key: str
    device: int
    at: int
    lon: float
    lat: float
    speed: float | None = None


def standing(seen: Seen, now: int, lost_minutes: int) -> Standing:
    """Lost where nothing was heard for longer than `lost_minutes`."""
    if now - seen.at > lost_minutes * MINUTE:
        return Standing.LOST
    return Standing.MOVING if (seen.speed or 0.0) > STILL_KMH else Standing.STILL


def freshest(found: Iterable[Seen]) -> dict[str, Seen]:
    """One position for each person or vehicle: somebody may carry two devices."""
    newest: dict[str, Seen] = {}
    for seen in found:
        before = newest.get(seen.key)
        if before is None or seen.at > before.at:
            newest[seen.key] = seen
    return newest


def car_of(person: Seen, cars: Mapping[str, Seen]) -> tuple[str, float] | None:
    """The key of the car in which somebody seems to sit, and how far apart they were; a guess, told as one."""
    near = [
        (metres((person.lon, person.lat), (car.lon, car.lat)), key)
        for key, car in cars.items()
        if abs(car.at - person.at) <= RIDE_MS
    ]
    apart, key = min(near, default=(RIDE_METRES + 1, ""))
    return (key, apart) if apart <= RIDE_METRES else None
