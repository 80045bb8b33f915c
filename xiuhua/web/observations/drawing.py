"""A track on the schematic areas, as an SVG without a script. Pure but for the areas, which are handed in."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from xiuhua.observations.rules import Fix, Stop, thinned

WIDTH, HEIGHT = 720, 460
# A track is shown with this much around it, and never closer than this, in kilometres.
MARGIN, CLOSEST = 0.15, 3.0
DEGREE_KM = 111.195
MOST_POINTS = 1500
# Names of areas are left out where there would be too many to read.
MOST_NAMES = 14
# The bar of the scale: the first of these lengths in kilometres that is this long on the sheet.
BARS, SHORTEST_BAR = (1, 2, 5, 10, 20, 50), 60


@dataclass(frozen=True, slots=True)
class Spot:
    x: float
    y: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    areas: list[str]
    names: list[Spot]
    track: str
    stops: list[Spot]
    start: Spot | None
    here: Spot | None
    bar: float
    bar_km: int

    width: int = WIDTH
    height: int = HEIGHT


Points = Sequence[tuple[float, float]]


class Frame:
    """From degrees to the sheet: north up, a kilometre the same length in both directions."""

    def __init__(self, points: Points) -> None:
        lons, lats = [p[0] for p in points], [p[1] for p in points]
        self.lon, self.lat = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
        self.narrow = math.cos(math.radians(self.lat))
        wide = (max(lons) - min(lons)) * DEGREE_KM * self.narrow
        high = (max(lats) - min(lats)) * DEGREE_KM
        room = 1 + 2 * MARGIN
        self.scale = min(
            WIDTH / max(wide * room, CLOSEST), HEIGHT / max(high * room, CLOSEST * HEIGHT / WIDTH)
        )

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        x = WIDTH / 2 + (lon - self.lon) * DEGREE_KM * self.narrow * self.scale
        y = HEIGHT / 2 - (lat - self.lat) * DEGREE_KM * self.scale
        return round(x, 1), round(y, 1)

    def path(self, points: Points) -> str:
        return "M" + "L".join(f"{x} {y}" for x, y in (self.at(*p[:2]) for p in points))


def _rings(geometry: dict[str, Any]) -> Iterable[Points]:
    shapes = geometry["coordinates"]
    for polygon in [shapes] if geometry["type"] == "Polygon" else shapes:
        yield from polygon


def draw(
    areas: Iterable[tuple[str, float, float, dict[str, Any]]],
    fixes: Sequence[Fix],
    stops: Sequence[Stop] = (),
    here: tuple[float, float] | None = None,
) -> Drawing:
    """`areas` are name, longitude and latitude of the name, geometry. Without a fix the whole district is shown."""
    known = list(areas)
    points = [(f.lon, f.lat) for f in fixes] + ([here] if here else [])
    everywhere = [p for _, _, _, geometry in known for ring in _rings(geometry) for p in ring]
    frame = Frame(points or everywhere or [(0.0, 0.0)])
    names = [Spot(*frame.at(lon, lat), label=name) for name, lon, lat, _ in known]
    seen = [n for n in names if 30 < n.x < WIDTH - 30 and 16 < n.y < HEIGHT - 8]
    shown = thinned(fixes, MOST_POINTS)
    bar_km = next((km for km in BARS if km * frame.scale >= SHORTEST_BAR), BARS[-1])
    return Drawing(
        areas=["".join(frame.path(ring) + "Z" for ring in _rings(geometry)) for _, _, _, geometry in known],
        names=seen if len(seen) <= MOST_NAMES else [],
        track=frame.path([(f.lon, f.lat) for f in shown]) if len(shown) > 1 else "",
        stops=[Spot(*frame.at(s.lon, s.lat), label=str(n)) for n, s in enumerate(stops, 1)],
        start=Spot(*frame.at(fixes[0].lon, fixes[0].lat)) if fixes else None,
        here=Spot(*frame.at(*here)) if here else None,
        bar=round(bar_km * frame.scale, 1),
        bar_km=bar_km,
    )
