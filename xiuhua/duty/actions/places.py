"""Beats and points."""

from __future__ import annotations

from datetime import date, datetime

from xiuhua.duty import permissions
from xiuhua.duty.models import Beat, Point
from xiuhua.duty.queries import limits
from xiuhua.kernel import areas, record
from xiuhua.kernel.authz import Actor, Invalid
from xiuhua.leads.rules import point_faults
from xiuhua.org.queries import Unit

WIDEST = 1000


def add_beat(*, unit: Unit, code: str, name: str, by: Actor, at: datetime) -> Beat:
    """Raises Invalid for a code that is taken."""
    permissions.check_can_plan(unit.pk, by)
    errors = _named(code, name)
    if Beat.objects.filter(unit=unit, code=code.strip()).exists():
        errors["code"] = "本单位已有这个代码"
    if errors:
        raise Invalid(errors)
    with record.act("duty.add_beat", by=by, at=at) as act:
        beat = Beat(unit=unit, code=code.strip(), name=name.strip(), area=unit.areas.order_by("code").first())
        beat.save(force_insert=True)
        act.entry(on=beat, facts={"unit": unit.code, "code": beat.code, "name": beat.name})
    return beat


def add_point(
    *,
    unit: Unit,
    code: str,
    name: str,
    lon: float,
    lat: float,
    by: Actor,
    at: datetime,
    active_from: date,
    radius: int | None = None,
    beat: Beat | None = None,
    is_post: bool = False,
) -> Point:
    """A point in the district; the radius is the usual one where none is given. Raises Invalid."""
    permissions.check_can_plan(unit.pk, by)
    errors = _named(code, name) | point_faults(lon, lat)
    radius = limits().radius_metres if radius is None else radius
    if not 0 < radius <= WIDEST:
        errors["radius"] = f"范围应在1至{WIDEST}米之间"
    if not errors and areas.locator().areas and areas.area_at(lon, lat) is None:
        errors["lon"] = "坐标不在本区范围内"
    if beat is not None and beat.unit_id != unit.pk:
        errors["beat"] = "巡区不属于这个单位"
    if Point.objects.filter(unit=unit, code=code.strip()).exists():
        errors["code"] = "本单位已有这个代码"
    if errors:
        raise Invalid(errors)
    with record.act("duty.add_point", by=by, at=at) as act:
        point = Point(
            unit=unit,
            beat=beat,
            code=code.strip(),
            name=name.strip(),
            lon=lon,
            lat=lat,
            radius=radius,
            is_post=is_post,
            active_from=active_from,
        )
        point.save(force_insert=True)
        facts = {"unit": unit.code, "code": point.code, "lon": lon, "lat": lat, "radius": radius}
        act.entry(on=point, facts={**facts, "is_post": is_post})
    return point


def close_point(*, point: Point, on: date, by: Actor, at: datetime) -> Point:
    """`on` is the last day on which it is active. Raises Invalid for a day before it began."""
    permissions.check_can_plan(point.unit_id, by)
    if on < point.active_from:
        raise Invalid({"on": "停用日不能早于启用日"})
    with record.act("duty.close_point", by=by, at=at) as act:
        point.active_to = on
        point.save()
        act.entry(on=point, facts={"code": point.code, "on": on})
    return point


def _named(code: str, name: str) -> dict[str, str]:
    found = {}
    if not code.strip() or len(code.strip()) > 20:
        found["code"] = "请写20字以内的代码"
    if not name.strip() or len(name.strip()) > 60:
        found["name"] = "请写60字以内的名称"
    return found
