"""GPX 1.1, the exchange format of tracks: written and read. Pure. Times are UTC, coordinates WGS-84 by definition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from xiuhua.observations.rules.devices import plausible
from xiuhua.observations.rules.tracks import Fix

MOST_POINTS = 500_000
_MIDDLE = 1000


class BadGpx(ValueError):
    """A file that is no GPX, or holds what no track can hold. The text is for the person who chose it."""


def write_gpx(name: str, fixes: Sequence[Fix]) -> str:
    """One track with one segment."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gpx version="1.1" creator="Xiuhua" xmlns="http://www.topografix.com/GPX/1/1">',
        f"<trk><name>{escape(name)}</name><trkseg>",
        *map(_point, fixes),
        "</trkseg></trk>",
        "</gpx>",
    ]
    return "\n".join(lines) + "\n"


def _point(fix: Fix) -> str:
    at = (
        datetime.fromtimestamp(fix.at / _MIDDLE, UTC)
        .isoformat(timespec="milliseconds")
        .replace("+00:00", "Z")
    )
    height = "" if fix.altitude is None else f"<ele>{fix.altitude:g}</ele>"
    return f'<trkpt lat="{fix.lat:.7f}" lon="{fix.lon:.7f}">{height}<time>{at}</time></trkpt>'


def read_gpx(text: str) -> list[Fix]:
    """The points of all tracks that have a time, in the order of their times. Raises BadGpx.

    A document type is refused: it could define entities that grow without end.
    """
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise BadGpx("文件含有文档类型定义，不接受")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - entities cannot be defined without a document type
    except ElementTree.ParseError as error:
        raise BadGpx("文件不是可读的XML") from error
    if _plain(root.tag) != "gpx":
        raise BadGpx("文件不是GPX")
    found = [fix for fix in map(_fix, _points(root)) if fix is not None]
    if not found:
        raise BadGpx("文件里没有带时间的轨迹点")
    if len(found) > MOST_POINTS:
        raise BadGpx(f"轨迹点多于{MOST_POINTS}个")
    return sorted(found, key=lambda fix: fix.at)


def _plain(tag: str) -> str:
    return tag.rpartition("}")[2]


def _points(root: ElementTree.Element) -> Iterable[ElementTree.Element]:
    return (each for each in root.iter() if _plain(each.tag) == "trkpt")


def _fix(point: ElementTree.Element) -> Fix | None:
    told = {_plain(child.tag): (child.text or "").strip() for child in point}
    if not told.get("time"):
        return None
    try:
        at = datetime.fromisoformat(told["time"])
        lon, lat = float(point.get("lon", "")), float(point.get("lat", ""))
        height = float(told["ele"]) if told.get("ele") else None
    except ValueError as error:
        raise BadGpx("有轨迹点的经纬度、高程或时间不可读") from error
    if not plausible(lon, lat):
        raise BadGpx("有轨迹点的经纬度超出范围")
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return Fix(round(at.timestamp() * _MIDDLE), lon, lat, altitude=height)
