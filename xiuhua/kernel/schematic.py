"""A schematic map of a district: a partition into cells, computed from nothing but centroids and sizes. Pure.

1. The outline: discs of each area's size around its centroid, melted into one smooth shape of the summed size.
2. The cells: the power diagram of the centroids (a point belongs to the smallest squared distance minus weight),
   cut by the outline. Newton's method finds the weights for which every cell has the size it should have; such
   weights always exist (Aurenhammer, Hoffmann and Aronov 1998).
3. The borders are put together once and cut into faces once, so that neighbours share every point of their border.

Neighbourhoods come out much as on the ground, shapes do not: it is for a demo, and says so where it is shown.
Lengths are kilometres in a plane that touches the earth in the middle of the district.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import affinity
from shapely.geometry import LineString, MultiPoint, Point, Polygon, box

from xiuhua.kernel.geojson import degree_km

# How far the outline is smoothed, as a part of the district's width: about 2 km in 1,400 km².
SMOOTH = 1 / 19
ROUNDS = 60
PRECISE_ENOUGH = 1e-4
DIGITS = 6
# What lies nearer together is one point.
FINEST_KM = 1e-6

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Plane:
    """The plane in which the district is drawn, around (lon, lat)."""

    lon: float
    lat: float

    def to_km(self, lon: float, lat: float) -> tuple[float, float]:
        east, north = degree_km(self.lat)
        return (lon - self.lon) * east, (lat - self.lat) * north

    def to_degrees(self, points: Array) -> Array:
        degrees: Array = np.round(points / degree_km(self.lat) + np.array([self.lon, self.lat]), DIGITS)
        return degrees


@dataclass(frozen=True, slots=True)
class Border:
    """A stretch of border between the cells `a` and `b`, before the outline cuts it."""

    a: int
    b: int
    line: LineString


def schematic(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A GeoJSON FeatureCollection of one polygon for each row, with its properties and `schematic`: true.

    A row has code, name, kind, lon, lat (degrees, WGS-84) and area_km2. The rows of kind `special` lie over the
    others as circles of their size. Raises ValueError for fewer than two rows to divide among.
    """
    parts = [row for row in rows if row["kind"] != "special"]
    if len(parts) < 2:
        raise ValueError("a partition needs two areas or more")
    plane = Plane(
        float(np.mean([float(row["lon"]) for row in parts])),
        float(np.mean([float(row["lat"]) for row in parts])),
    )
    cells = _partition(
        np.array([plane.to_km(float(row["lon"]), float(row["lat"])) for row in parts]),
        np.array([float(row["area_km2"]) for row in parts]),
    )
    drawn = {row["code"]: cell for row, cell in zip(parts, cells, strict=True)}
    for row in rows:
        if row["kind"] == "special":
            drawn[row["code"]] = _disc(
                plane.to_km(float(row["lon"]), float(row["lat"])), float(row["area_km2"])
            )
    features = [_feature(row, drawn[row["code"]], plane) for row in rows]
    return {"type": "FeatureCollection", "features": features}


def _disc(centre: tuple[float, float], area: float, grown: float = 1.0) -> Polygon:
    return Point(centre).buffer(math.sqrt(area / math.pi) * grown, quad_segs=12)


def _feature(row: Mapping[str, Any], cell: Polygon, plane: Plane) -> dict[str, Any]:
    on_earth = shapely.transform(cell, plane.to_degrees)
    inside = on_earth.representative_point()
    properties = {name: row[name] for name in ("code", "name", "kind")}
    properties |= {"area_km2": round(cell.area, 3), "schematic": True}
    properties |= {"lon": round(inside.x, DIGITS), "lat": round(inside.y, DIGITS)}
    return {"type": "Feature", "properties": properties, "geometry": shapely.geometry.mapping(on_earth)}


def _outline(sites: Array, sizes: Array) -> Polygon:
    """Step 1: the discs grow until the smooth shape around them is about as large as all areas together."""
    smooth = math.sqrt(sizes.sum()) * SMOOTH
    outline, low, high = Polygon(), 0.5, 2 + 2 * math.sqrt(len(sites))
    for _ in range(14):
        grown = (low + high) / 2
        discs = [_disc(tuple(site), size, grown) for site, size in zip(sites, sizes, strict=True)]
        closed = shapely.union_all(discs).buffer(2 * smooth, quad_segs=8).buffer(-3 * smooth, quad_segs=8)
        shape = closed.buffer(smooth, quad_segs=8)
        pieces = [part for part in shapely.get_parts(shape) if not part.is_empty]
        outline = Polygon(max(pieces, key=lambda part: part.area).exterior) if pieces else Polygon()
        low, high = (grown, high) if outline.area < sizes.sum() else (low, grown)
    return outline


def _drawn_together(sites: Array, sizes: Array, *, convex: bool) -> tuple[Array, Polygon]:
    """The sites and the outline around them; sites too far apart for their sizes are moved nearer together."""
    outline = _outline(sites, sizes)
    while not all(outline.covers(Point(site)) for site in sites):
        room, hull = math.sqrt(sizes.sum()), MultiPoint(sites).convex_hull
        sites = sites * min(0.9, 0.8 * room / math.sqrt(hull.area + 1), 3 * room / (hull.length + 1))
        outline = _outline(sites, sizes)
    if convex:
        outline = outline.convex_hull
    # Where two discs meet, the outline grows by a leap; a scale near one makes up the rest.
    scale = math.sqrt(sizes.sum() / outline.area)
    return sites * scale, affinity.scale(outline, scale, scale, origin=(0, 0))


def _cut(
    polygon: list[tuple[Array, int]], normal: Array, limit: float, other: int
) -> list[tuple[Array, int]]:
    """The part of a convex polygon where normal · x ≤ limit.

    A polygon is its corners, each with whose border begins there.
    """
    kept: list[tuple[Array, int]] = []
    side = [float(normal @ corner) - limit for corner, _ in polygon]
    for i, (corner, owner) in enumerate(polygon):
        following, ahead = polygon[(i + 1) % len(polygon)][0], side[(i + 1) % len(polygon)]
        if side[i] < 0:
            kept.append((corner, owner))
        if (side[i] < 0) != (ahead < 0):
            at = corner + (following - corner) * (side[i] / (side[i] - ahead))
            kept.append((at, other if side[i] < 0 else owner))
    return kept


def _cells(sites: Array, weights: Array, frame: Polygon) -> list[list[tuple[Array, int]]]:
    """The power diagram inside a rectangular frame; -1 owns the border of the frame."""
    corners = [(np.array(corner), -1) for corner in list(frame.exterior.coords)[:-1]]
    cells = []
    for i, site in enumerate(sites):
        cell = corners
        for j in np.argsort(((sites - site) ** 2).sum(axis=1)):
            if j != i and cell:
                limit = sites[j] @ sites[j] - site @ site - weights[j] + weights[i]
                cell = _cut(cell, 2 * (sites[j] - site), float(limit), int(j))
        cells.append(cell)
    return cells


def _borders(cells: Sequence[list[tuple[Array, int]]]) -> list[Border]:
    borders = []
    for i, cell in enumerate(cells):
        for at, (corner, other) in enumerate(cell):
            following = cell[(at + 1) % len(cell)][0]
            if other > i and not np.allclose(corner, following):
                borders.append(Border(i, other, LineString([corner, following])))
    return borders


def _weights(sites: Array, sizes: Array, outline: Polygon, frame: Polygon) -> Array:
    """Step 2: the weights whose cells have these sizes, by damped Newton steps from the Voronoi diagram."""
    weights = np.zeros(len(sites))
    areas, slope = _measure(sites, weights, outline, frame)
    for _ in range(ROUNDS):
        missing = sizes - areas
        if np.abs(missing / sizes).max() < PRECISE_ENOUGH:
            break
        step = np.linalg.lstsq(slope, missing, rcond=None)[0]
        damping = 1.0
        while damping > 1e-4:
            tried = weights + damping * step
            new_areas, new_slope = _measure(sites, tried, outline, frame)
            better = np.linalg.norm(sizes - new_areas) < np.linalg.norm(missing)
            if better and new_areas.min() > 0.2 * min(areas.min(), sizes.min()):
                weights, areas, slope = tried, new_areas, new_slope
                break
            damping /= 2
        else:
            break
    return weights


def _measure(sites: Array, weights: Array, outline: Polygon, frame: Polygon) -> tuple[Array, Array]:
    """The sizes of the cells, and how they change with the weights."""
    cells = _cells(sites, weights, frame)
    # Cells are convex; the hull of the corners is valid also where rounding puts two of them on one place.
    shapes = [MultiPoint([corner for corner, _ in cell]).convex_hull for cell in cells]
    areas = shapely.area(shapely.intersection(shapes, outline))
    slope = np.zeros((len(sites), len(sites)))
    for border in _borders(cells):
        a, b = border.a, border.b
        change = border.line.intersection(outline).length / (2 * float(np.linalg.norm(sites[a] - sites[b])))
        slope[a, b] -= change
        slope[b, a] -= change
        slope[a, a] += change
        slope[b, b] += change
    return areas, slope


def _partition(sites: Array, sizes: Array) -> list[Polygon]:
    """Steps 1 to 3; the cells in the order of the sites.

    Where a bay of the outline would cut a cell in two, the outline is made convex.
    """
    cells = _divided(*_drawn_together(sites, sizes, convex=False), sizes)
    if all(isinstance(cell, Polygon) for cell in cells):
        return cells
    return _divided(*_drawn_together(sites, sizes, convex=True), sizes)


def _divided(sites: Array, outline: Polygon, sizes: Array) -> list[Polygon]:
    west, south, east, north = outline.bounds
    frame = box(west - 1, south - 1, east + 1, north + 1)
    weights = _weights(sites, sizes, outline, frame)
    lines = [border.line for border in _borders(_cells(sites, weights, frame))]
    faces = shapely.polygonize([shapely.union_all([*lines, outline.exterior], grid_size=FINEST_KM)])
    owned: list[list[Polygon]] = [[] for _ in sites]
    for face in faces.geoms:
        point = face.representative_point()
        if outline.contains(point):
            power = ((sites - np.array([point.x, point.y])) ** 2).sum(axis=1) - weights
            owned[int(power.argmin())].append(face)
    return [shapely.union_all(faces_of) for faces_of in owned]
