"""Roads and their grades: how they get in from GeoJSON, and a sketch of them for a bureau that has no survey.

The grades are those of CJJ 37-2012 §3.1.1 (城市道路分级). The sketch joins the centres of areas: it is for a demo, and
says so where it is shown.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import shapely
from shapely.geometry import LineString, MultiLineString, MultiPoint, mapping, shape
from shapely.geometry.base import BaseGeometry

from xiuhua.kernel import record
from xiuhua.kernel.authz import Actor, Invalid, Said
from xiuhua.kernel.geojson import NAMED_AT_MOST, degree_km
from xiuhua.kernel.models import Road

Grade = Road.Grade
# As files write them: the words of the standard, those that people use, our own.
WORDS: Mapping[str, Grade] = {
    **{grade.value: grade for grade in Grade},
    **{str(grade.label): grade for grade in Grade},
    "主干道": Grade.ARTERIAL,
    "次干道": Grade.COLLECTOR,
    "支道": Grade.LOCAL,
}
DIGITS = 6
_CHANGED = ("name", "grade", "length_km", "geometry", "schematic", "source")
# How long the local roads of a sketched area are, as a part of its width.
LOCAL_PART = 0.3


@dataclass(frozen=True, slots=True)
class Line:
    """One road that can be taken over."""

    code: str
    name: str
    grade: Grade
    geometry: BaseGeometry

    @property
    def length_km(self) -> float:
        east, north = degree_km(self.geometry.centroid.y)
        return round(float(shapely.transform(self.geometry, lambda points: points * (east, north)).length), 3)


def check(data: Any) -> list[Line]:
    """The roads in a GeoJSON FeatureCollection of (Multi)LineString, WGS-84, each with `name` and `grade`.

    `code` tells two roads of one name apart; without it the name is the code. Raises Invalid naming every fault.
    """
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list) or data.get("type") != "FeatureCollection":
        raise Invalid({"file": "不是 GeoJSON FeatureCollection（须有 type 和 features）"})
    if not features:
        raise Invalid({"features": "文件中没有任何道路"})
    found, errors, seen = list[Line](), dict[str, str](), set[str]()
    for index, feature in enumerate(features):
        try:
            line = _line(feature)
            if line.code in seen:
                raise Invalid({"code": Said("%(code)s 出现两次；同名道路请以 code 区分", code=line.code)})
            seen.add(line.code)
            found.append(line)
        except Invalid as fault:
            errors |= {f"features[{index}].{name}": reason for name, reason in fault.errors.items()}
    if errors:
        shown = dict(list(errors.items())[:NAMED_AT_MOST])
        if len(errors) > NAMED_AT_MOST:
            shown["…"] = Said("另有 %(n)s 处", n=len(errors) - NAMED_AT_MOST)
        raise Invalid(shown)
    return found


def _line(feature: Any) -> Line:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        raise Invalid({"properties": "缺少属性"})
    name = str(properties.get("name") or "").strip()
    if not name:
        raise Invalid({"name": "缺少"})
    code = str(properties.get("code") or "").strip() or name
    grade = WORDS.get(str(properties.get("grade") or "").strip())
    if grade is None:
        labels = tuple(str(each.label) for each in Grade)
        raise Invalid({"grade": Said("%(road)s的等级应为%(grades)s", road=name, grades=labels)})
    for field, value, most in (("name", name, 60), ("code", code, 60)):
        if len(value) > most:
            raise Invalid({field: Said("%(text)s…超过%(n)s字", text=value[:12], n=most)})
    return Line(code, name, grade, _geometry(feature.get("geometry"), name))


def _geometry(data: Any, who: str) -> BaseGeometry:
    if not isinstance(data, dict) or data.get("type") not in {"LineString", "MultiLineString"}:
        raise Invalid({"geometry": Said("%(road)s不是 LineString 或 MultiLineString", road=who)})
    try:
        geometry = shapely.force_2d(shape(data))
        west, south, east, north = geometry.bounds
    except (TypeError, ValueError, IndexError, AttributeError, shapely.errors.ShapelyError) as error:
        raise Invalid({"geometry": Said("%(road)s的坐标读不出来", road=who)}) from error
    if not all(map(math.isfinite, (west, south, east, north))) or geometry.length == 0:
        raise Invalid({"geometry": Said("%(road)s没有长度", road=who)})
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise Invalid(
            {"geometry": Said("%(road)s的坐标超出 WGS-84 经纬度范围（GeoJSON 经度在前）", road=who)}
        )
    return geometry


def put(
    lines: Sequence[Line], *, source: str, by: Actor, at: datetime, schematic: bool = False
) -> tuple[int, int]:
    """Take roads over: new ones are added, known ones get their new line and grade. All of them or none.

    Surveyed roads take the place of a sketch. Returns how many were put and how many of a sketch went.
    """
    with record.act("roads.put", by=by, at=at) as act:
        gone = 0
        if not schematic:
            sketched = Road.objects.filter(schematic=True).exclude(code__in=[line.code for line in lines])
            gone = sketched.delete()[0]
        before = dict(Road.objects.filter(code__in=[each.code for each in lines]).values_list("code", "pk"))
        rows = [_row(line, before.get(line.code), source[:200], schematic) for line in lines]
        Road.objects.bulk_create([row for row in rows if row.pk is None])
        Road.objects.bulk_update([row for row in rows if row.code in before], _CHANGED)
        first = Road.objects.get(code=lines[0].code)
        facts = {
            "roads": len(lines),
            "sketch_gone": gone,
            "km": round(sum(line.length_km for line in lines), 3),
            "source": source[:200],
            "schematic": schematic,
            "geometry_sha256": hashlib.sha256(b"".join(line.geometry.wkb for line in lines)).hexdigest(),
        }
        act.entry(on=first, label=f"{first.name}等{len(lines)}条道路", facts=facts)
    return len(lines), gone


def _row(line: Line, pk: int | None, source: str, schematic: bool) -> Road:
    return Road(
        pk=pk,
        code=line.code,
        name=line.name,
        grade=line.grade,
        length_km=line.length_km,
        geometry=dict(mapping(line.geometry)),
        schematic=schematic,
        source=source,
    )


def known() -> bool:
    """Whether there is any road yet, surveyed or sketched."""
    return Road.objects.exists()


def put_sketch(rows: Sequence[Mapping[str, Any]], *, source: str, by: Actor, at: datetime) -> int:
    """Draw roads between the areas of the reference data (see `sketch`) and take them over. How many."""
    drawn = sketch(rows)
    return put(drawn, source=source, by=by, at=at, schematic=True)[0] if drawn else 0


def sketch(rows: Sequence[Mapping[str, Any]]) -> list[Line]:
    """Roads between areas (name, short_name, kind, lon, lat, area_km2), the same for the same rows.

    Arterial where no third area lies nearer to both than they to each other (the relative neighbourhood graph),
    collector between other neighbours (Delaunay), two local ones across each centre.
    """
    places = [row for row in rows if row["kind"] != "special"]
    spots = [(float(row["lon"]), float(row["lat"])) for row in places]
    if len(places) < 3:
        return []
    east, north = degree_km(sum(lat for _, lat in spots) / len(spots))
    flat = [(lon * east, lat * north) for lon, lat in spots]
    return [*_between(places, spots, flat), *_across(places, spots, (east, north))]


def _between(
    places: Sequence[Mapping[str, Any]],
    spots: Sequence[tuple[float, float]],
    flat: Sequence[tuple[float, float]],
) -> Iterator[Line]:
    number = {spot: n for n, spot in enumerate(flat)}
    edges = shapely.get_parts(shapely.delaunay_triangles(MultiPoint(flat), only_edges=True))
    pairs = {tuple(sorted(number[(x, y)] for x, y in edge.coords)) for edge in edges}
    for a, b in sorted(pairs):
        apart = math.dist(flat[a], flat[b])
        nearer = any(
            max(math.dist(flat[a], spot), math.dist(flat[b], spot)) < apart
            for n, spot in enumerate(flat)
            if n not in (a, b)
        )
        name = f"{_short(places[a])}—{_short(places[b])}路"
        grade = Grade.COLLECTOR if nearer else Grade.ARTERIAL
        yield Line(f"sketch:{name}", name, grade, LineString([spots[a], spots[b]]))


def _across(
    places: Sequence[Mapping[str, Any]], spots: Sequence[tuple[float, float]], degree: tuple[float, float]
) -> Iterator[Line]:
    for place, (lon, lat) in zip(places, spots, strict=True):
        half = math.sqrt(float(place["area_km2"])) * LOCAL_PART
        x, y = half / degree[0], half / degree[1]
        for word, dx, dy in (("东西", x, 0.0), ("南北", 0.0, y)):
            name = f"{_short(place)}{word}支路"
            ends = [
                (round(lon - dx, DIGITS), round(lat - dy, DIGITS)),
                (round(lon + dx, DIGITS), round(lat + dy, DIGITS)),
            ]
            yield Line(f"sketch:{name}", name, Grade.LOCAL, MultiLineString([ends]))


def _short(place: Mapping[str, Any]) -> str:
    return str(place.get("short_name") or place["name"])
