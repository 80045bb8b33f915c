"""Where a patrol car drives: from point to point inside its area, with stops. Pure; the same seed, the same way."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from random import Random

from xiuhua.simulation.world import KM_PER_DEGREE, Place

SLOW_KMH, FAST_KMH = 12, 45
# Of the points reached, so many are stopped at, for so many seconds.
STOPPED_AT, STOP_SECONDS = 0.4, (60, 600)


@dataclass
class Route:
    """A drive without end. `step` lets time pass and tells place, speed in km/h and course in degrees."""

    place: Place
    rng: Random
    lon: float = 0
    lat: float = 0
    to: tuple[float, float] = (0, 0)
    speed: float = 0
    course: int = 0
    resting: float = 0
    driven: float = field(default=0)

    def __post_init__(self) -> None:
        self.lon, self.lat = self.place.point(self.rng)
        self._next()

    def _next(self) -> None:
        self.to = self.place.point(self.rng)
        self.speed = self.rng.uniform(SLOW_KMH, FAST_KMH)
        east, north = self._away()
        self.course = round(math.degrees(math.atan2(east, north))) % 360

    def _away(self) -> tuple[float, float]:
        """Kilometres east and north that are left."""
        narrow = math.cos(math.radians(self.lat))
        return (self.to[0] - self.lon) * KM_PER_DEGREE * narrow, (self.to[1] - self.lat) * KM_PER_DEGREE

    def step(self, seconds: float) -> tuple[float, float, float, int]:
        """Longitude, latitude, speed, course after `seconds` more."""
        if self.resting > 0:
            self.resting = max(0.0, self.resting - seconds)
            return self.lon, self.lat, 0.0, self.course
        left = math.hypot(*self._away())
        way = self.speed * seconds / 3600
        if way >= left:
            self.lon, self.lat = self.to
            self.driven += left
            if self.rng.random() < STOPPED_AT:
                self.resting = self.rng.uniform(*STOP_SECONDS)
            self._next()
        else:
            part = way / left
            self.lon += (self.to[0] - self.lon) * part
            self.lat += (self.to[1] - self.lat) * part
            self.driven += way
        return self.lon, self.lat, self.speed, self.course
