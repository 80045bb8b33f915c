"""Areas on the ground: which one a point lies in, and how their boundaries get in.

Where areas overlap, a special area goes before others and a smaller one before a larger one.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Sum
from shapely import STRtree, points
from shapely.geometry import Point, shape

from xiuhua.kernel import geojson, record
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import Area
from xiuhua.kernel.schematic import schematic as partition

# Count of the areas and sum of their revisions: tells one state of the table from another.
Version = tuple[int, int]


@dataclass(frozen=True)
class Locator:
    """The areas in memory: about two microseconds for a point. Make one for a run of points, drop it afterwards."""

    version: Version
    areas: Sequence[Area]
    tree: STRtree

    def at(self, lon: float, lat: float) -> Area | None:
        """The area in which the point lies; None outside all of them, or where there is no such point."""
        if not (math.isfinite(lon) and math.isfinite(lat)):
            return None
        hits = self.tree.query(Point(lon, lat), predicate="intersects")
        return self.areas[int(hits.min())] if len(hits) else None

    def at_many(self, places: Sequence[tuple[float, float]]) -> list[Area | None]:
        """`at` for many points at once: fifty times as fast, for the backfill doors."""
        found: list[Area | None] = [None] * len(places)
        finite = [i for i, (lon, lat) in enumerate(places) if math.isfinite(lon) and math.isfinite(lat)]
        if not finite:
            return found
        there = points([places[i] for i in finite])
        first: dict[int, int] = {}
        for place, area in self.tree.query(there, predicate="intersects").T.tolist():
            first[place] = min(area, first.get(place, area))
        for place, area in first.items():
            found[finite[place]] = self.areas[area]
        return found


def _version() -> Version:
    found = Area.objects.aggregate(n=Count("pk"), s=Sum("revision"))
    return found["n"], found["s"] or 0


_latest: list[Locator] = []


def locator() -> Locator:
    """The areas as they are now; read anew only if they changed, also by another process."""
    version = _version()
    if not _latest or _latest[0].version != version:
        found = sorted(
            Area.objects.all(), key=lambda area: (area.kind != Area.Kind.SPECIAL, area.area_km2, area.code)
        )
        _latest[:] = [Locator(version, found, STRtree([shape(area.geometry) for area in found]))]
    return _latest[0]


def area_at(lon: float, lat: float) -> Area | None:
    """The area in which a point (degrees, WGS-84) lies; None outside all of them."""
    return locator().at(lon, lat)


def known(rows: Iterable[Mapping[str, Any]] = ()) -> dict[str, geojson.Known]:
    """Code → what is known of it: the rows of the reference data, then what the database says."""
    places = {
        str(row["code"]): geojson.Known(
            str(row["name"]), str(row["kind"]), float(row["lon"]), float(row["lat"])
        )
        for row in rows
    }
    for area in Area.objects.defer("geometry"):
        places[area.code] = geojson.Known(area.name, area.kind, area.lon, area.lat)
    return places


def put(
    shapes: Sequence[geojson.Shape], *, source: str, by: Actor, at: datetime, schematic: bool = False
) -> list[Area]:
    """Take boundaries over: new areas are added, known ones get their new boundary. All of them or none.

    `source` says where they come from; it is shown with the map. Returns the areas that changed.
    """
    changed = []
    with record.act("areas.put", by=by, at=at) as act:
        before = {area.code: area for area in Area.objects.filter(code__in=[each.code for each in shapes])}
        for each in shapes:
            area = before.get(each.code) or Area(code=each.code)
            inside = each.geometry.representative_point()
            stated = {
                "name": each.name,
                "kind": each.kind,
                "lon": round(inside.x, 6),
                "lat": round(inside.y, 6),
                "area_km2": each.area_km2,
                "schematic": schematic,
                "source": source[:200],
            }
            for name, value in stated.items():
                setattr(area, name, value)
            area.geometry = each.as_geojson
            area.save()
            digest = hashlib.sha256(each.geometry.wkb).hexdigest()
            act.entry(on=area, facts={"code": each.code, **stated, "geometry_sha256": digest})
            changed.append(area)
        if not changed:
            raise ValueError("there are no boundaries to put")
    return changed


def put_schematic(rows: Sequence[Mapping[str, Any]], *, source: str, by: Actor, at: datetime) -> list[Area]:
    """Draw the areas of the reference data as a schematic partition (see `schematic`) and take them over."""
    drawn = geojson.check(partition(rows), known(rows), allow_new=True)
    return put(drawn.shapes, source=source, by=by, at=at, schematic=True)
