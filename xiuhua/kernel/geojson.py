"""Reads boundaries from GeoJSON and says what is wrong with them, feature by feature. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import shapely
from shapely import STRtree
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from xiuhua.kernel.authz import Invalid

FAR_DEGREES = 1.0
OVERLAP_KM2 = 0.001
NAMED_AT_MOST = 30


@dataclass(frozen=True, slots=True)
class Known:
    """An area that the platform knows: its name, and where its middle is."""

    name: str
    kind: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Shape:
    """One boundary that can be taken over."""

    code: str
    name: str
    kind: str
    geometry: BaseGeometry
    area_km2: float

    @property
    def as_geojson(self) -> dict[str, Any]:
        return dict(mapping(self.geometry))


@dataclass
class Checked:
    """What a file holds. `notes` are worth a look; nothing in them hinders the import."""

    shapes: list[Shape] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def degree_km(lat: float) -> tuple[float, float]:
    """The length in km of a degree of longitude and of a degree of latitude, on the WGS-84 ellipsoid."""
    phi = math.radians(lat)
    east = 111.41513 * math.cos(phi) - 0.09455 * math.cos(3 * phi) + 0.00012 * math.cos(5 * phi)
    north = 111.13209 - 0.56605 * math.cos(2 * phi) + 0.0012 * math.cos(4 * phi)
    return east, north


def km2(geometry: BaseGeometry) -> float:
    """The size in square kilometres, good to a thousandth for an area as small as a town."""
    east, north = degree_km(geometry.centroid.y if not geometry.is_empty else 0.0)
    return float(geometry.area) * east * north


def check(data: Any, known: Mapping[str, Known], *, allow_new: bool = False) -> Checked:
    """The boundaries in a GeoJSON FeatureCollection, each with `code` and `name`, (Multi)Polygon, WGS-84.

    A code that is not `known` needs `allow_new` and a `kind`. Raises Invalid naming every feature and its fault.
    """
    if (
        not isinstance(data, dict)
        or data.get("type") != "FeatureCollection"
        or not isinstance(data.get("features"), list)
    ):
        raise Invalid({"file": "不是 GeoJSON FeatureCollection（须有 type 和 features）"})
    if not data["features"]:
        raise Invalid({"features": "文件中没有任何区域"})
    checked, errors, seen = Checked(), dict[str, str](), set[str]()
    for index, feature in enumerate(data["features"]):
        where = f"features[{index}]"
        try:
            found = _shape(feature, known, allow_new)
            if found.code in seen:
                raise Invalid({"code": f"{found.code} 出现两次"})
            seen.add(found.code)
            checked.shapes.append(found)
        except Invalid as fault:
            errors |= {f"{where}.{name}": reason for name, reason in fault.errors.items()}
    if errors:
        shown = dict(list(errors.items())[:NAMED_AT_MOST])
        if len(errors) > NAMED_AT_MOST:
            shown["…"] = f"另有 {len(errors) - NAMED_AT_MOST} 处"
        raise Invalid(shown)
    checked.notes.extend(_notes(checked.shapes, known))
    return checked


def _shape(feature: Any, known: Mapping[str, Known], allow_new: bool) -> Shape:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        raise Invalid({"properties": "缺少属性"})
    code, name = str(properties.get("code") or "").strip(), str(properties.get("name") or "").strip()
    missing = [label for label, value in (("code", code), ("name", name)) if not value]
    if missing:
        raise Invalid(dict.fromkeys(missing, "缺少"))
    place = known.get(code)
    if place is None and not allow_new:
        raise Invalid({"code": f"{code}（{name}）不是已知的区域代码"})
    kind = place.kind if place else str(properties.get("kind") or "")
    if kind not in {"street", "town", "special"}:
        raise Invalid({"kind": f"{code}（{name}）的类别应为 street、town 或 special"})
    geometry = _geometry(feature.get("geometry"), f"{code}（{name}）")
    if place is not None:
        _must_be_near(geometry, place, f"{code}（{name}）")
    return Shape(code, name, kind, geometry, round(km2(geometry), 3))


def _geometry(data: Any, who: str) -> BaseGeometry:
    if not isinstance(data, dict) or data.get("type") not in {"Polygon", "MultiPolygon"}:
        raise Invalid({"geometry": f"{who} 不是 Polygon 或 MultiPolygon"})
    polygons = [data.get("coordinates")] if data["type"] == "Polygon" else data.get("coordinates")
    try:
        for ring in (ring for polygon in polygons or [[]] for ring in polygon or [[]]):
            _check_ring(ring, who)
        geometry = shapely.force_2d(shape(data))
    except (TypeError, ValueError, IndexError, AttributeError) as error:
        raise Invalid({"geometry": f"{who} 的坐标读不出来"}) from error
    if not geometry.is_valid:
        raise Invalid({"geometry": f"{who} 的边界无效：{shapely.is_valid_reason(geometry)}"})
    return geometry


def _check_ring(ring: Sequence[Sequence[float]], who: str) -> None:
    if len(ring) < 4:
        raise Invalid({"geometry": f"{who} 有一个环不足四点"})
    if list(ring[0]) != list(ring[-1]):
        raise Invalid({"geometry": f"{who} 有一个环没有闭合"})
    for point in ring:
        lon, lat = float(point[0]), float(point[1])
        if not (math.isfinite(lon) and math.isfinite(lat) and -180 <= lon <= 180 and -90 <= lat <= 90):
            swapped = "；经纬度像是颠倒了（GeoJSON 经度在前）" if abs(lon) <= 90 < abs(lat) <= 180 else ""
            raise Invalid({"geometry": f"{who} 的坐标 ({lon:g}, {lat:g}) 超出 WGS-84 经纬度范围{swapped}"})


def _must_be_near(geometry: BaseGeometry, place: Known, who: str) -> None:
    middle = geometry.centroid
    if math.hypot(middle.x - place.lon, middle.y - place.lat) > FAR_DEGREES:
        swapped = math.hypot(middle.y - place.lon, middle.x - place.lat) <= FAR_DEGREES
        hint = "；经纬度像是颠倒了（GeoJSON 经度在前）" if swapped else ""
        raise Invalid({"geometry": f"{who} 的中心 ({middle.x:.3f}, {middle.y:.3f}) 远离已知位置{hint}"})


def _notes(shapes: Sequence[Shape], known: Mapping[str, Known]) -> Iterator[str]:
    for each in shapes:
        if each.code in known and known[each.code].name != each.name:
            yield f"{each.code} 原名 {known[each.code].name}，文件中为 {each.name}"
    absent = [place.name for code, place in known.items() if code not in {each.code for each in shapes}]
    if absent:
        yield f"文件中没有 {len(absent)} 个已知区域，保留原边界：{'、'.join(absent[:NAMED_AT_MOST])}"
    yield from (f"{a.name} 与 {b.name} 重叠 {size:.3f} 平方公里" for a, b, size in overlaps(shapes))


def overlaps(shapes: Sequence[Shape]) -> Iterable[tuple[Shape, Shape, float]]:
    """Pairs that share ground, with how much in km². Special areas lie over others by their nature."""
    plain = [each for each in shapes if each.kind != "special"]
    tree = STRtree([each.geometry for each in plain])
    for i, j in zip(*tree.query([each.geometry for each in plain], predicate="intersects"), strict=True):
        if i < j:
            size = km2(plain[i].geometry.intersection(plain[j].geometry))
            if size > OVERLAP_KM2:
                yield plain[i], plain[j], size
