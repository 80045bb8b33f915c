"""The list of devices, the page of one, its track, and who looked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiuhua.kernel import areas
from xiuhua.kernel.authz import Invalid
from xiuhua.kernel.models import Area
from xiuhua.observations import actions, permissions, queries, rules
from xiuhua.observations.models import Device
from xiuhua.org import queries as org
from xiuhua.web.frame import exports
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.formats import day
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, in_english, show
from xiuhua.web.frame.parts import Fact
from xiuhua.web.observations import words
from xiuhua.web.observations.drawing import draw
from xiuhua.web.observations.history import turns
from xiuhua.web.observations.lists import DEVICES
from xiuhua.web.observations.orders import on_duty, panel

WATCHES_AT_MOST = 200
MAP_WATCHES_AT_MOST = 50
SHORTEST_INSIDE = 60


@in_room("devices", "devices.see")
def devices(request: Request) -> HttpResponseBase:
    base = queries.devices(request.actor).order_by()
    if exports.wanted(request):
        return exports.respond(request, _("定位设备"), DEVICES.columns, DEVICES.ordered(request, base))
    shown = DEVICES.show(request, base)
    context = {
        "shown": shown,
        "table": words.lines(shown.rows, queries.open_faults(request.actor), request.at),
        "room": "devices",
        "may_manage": permissions.can_manage(request.actor),
    }
    return show(request, "web/observations/devices.html", context, part="web/observations/_devices.html")


@in_room("devices")
def device(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.devices(request.actor), pk=pk)
    return show(request, "web/observations/device.html", page(request, found))


@in_room("devices")
def track(request: Request, pk: int) -> HttpResponse:
    """The track of a day: asked for with a reason, which is written down."""
    found = get_object_or_404(queries.devices(request.actor), pk=pk)
    if request.method != "POST":
        return show(request, "web/observations/device.html", page(request, found))
    form = Form(_asked(request, found), now=request.at, data=request.POST)
    looked: actions.Track | None = None
    try:
        said = form.values()
        looked = actions.look_at_track(
            device=found, day=said["day"], reason=said.get("reason") or "", by=request.actor, at=request.at
        )
    except Invalid as error:
        form.take(error)
    status = 200 if looked else 422
    return show(request, "web/observations/device.html", page(request, found, form, looked), status=status)


@in_room("devices")
def gpx(request: Request, pk: int) -> HttpResponse:
    """The same track as a GPX file; taking it along is a look like any other."""
    found = get_object_or_404(queries.devices(request.actor), pk=pk)
    form = Form(_asked(request, found), now=request.at, data=request.POST)
    said = form.values()
    looked = actions.look_at_track(
        device=found, day=said["day"], reason=said.get("reason") or "", by=request.actor, at=request.at
    )
    answer = HttpResponse(rules.write_gpx(found.name, looked.fixes), content_type="application/gpx+xml")
    answer["Content-Disposition"] = f'attachment; filename="track-{found.pk}-{looked.day:%Y%m%d}.gpx"'
    return answer


@in_room("devices")
def watched(request: Request) -> HttpResponse:
    rows = queries.watches(request.actor)[:WATCHES_AT_MOST]
    at_map = queries.map_watches(request.actor)[:MAP_WATCHES_AT_MOST]
    mine = request.actor.officer_id
    english = in_english()
    units = {u.code: (english and u.name_en) or u.name for u in org.units(request.actor)}
    context = {
        "rows": [
            (
                row,
                units.get(row.unit_code, row.unit_code),
                row.officer_id is not None and row.officer_id == mine,
            )
            for row in rows
        ],
        "at_map": [
            (
                row,
                units.get(row.unit_code, row.unit_code),
                [units.get(u.code, u.name) for u in row.units.all()],
            )
            for row in at_map
        ],
        "again": queries.order_limits()["look_minutes"],
    }
    return show(request, "web/observations/watched.html", context)


def _asked(request: Request, device: Device) -> list[Field]:
    fields = [Field("day", _("日期"), Kind.DAY, required=True, initial=request.today)]
    own = device.officer_id is not None and device.officer_id == request.actor.officer_id
    # One's own device may have been another's on the day that is asked for.
    if not own or queries.bearers_since(device, device.registered_at) != {device.officer_id}:
        kept = _("写入记录，被查看人读得到") if device.officer_id else _("写入记录和查看日志")
        fields.append(Field("reason", _("查看事由"), required=not own, hint=kept, wide=True))
    return fields


def page(
    request: Request, device: Device, form: Form | None = None, looked: actions.Track | None = None
) -> dict[str, Any]:
    follows = permissions.can_follow(device, request.actor)
    now = queries.current_of(device, request.actor, request.at) if follows else None
    (line,) = words.lines([device], queries.open_faults(request.actor).filter(device=device), request.at)
    fixes: Sequence[rules.Fix] = looked.fixes if looked else ()
    stops: Sequence[rules.Stop] = looked.stops if looked else ()
    trips: Sequence[rules.Trip] = looked.trips if looked else ()
    working = on_duty(request, device)
    if now:
        actions.look_live(devices=[device], what=rules.WatchKind.NOW, by=request.actor, at=request.at)
    here = (now.lon, now.lat) if now and now.lon is not None and now.lat is not None else None
    sheet = Area.objects.visible(request.actor).values_list("name", "lon", "lat", "geometry")
    return {
        "device": device,
        "line": line,
        "facts": facts(device, line),
        "now": now,
        "now_at": words.moment(now.at) if now and now.at else None,
        "follows": follows,
        "form": form or Form(_asked(request, device), now=request.at),
        "looked": looked,
        "drawing": draw(sheet, fixes, stops, here) if follows else None,
        "legs": _legs(stops),
        "trips": _trips(trips),
        "inside": _inside(request, fixes),
        "summary": _summary(looked) if looked else "",
        "on_duty": working,
        "history": turns(request, device),
        "ordering": panel(request, device, working),
        "may_manage": permissions.can_manage(request.actor) and device.withdrawn_at is None,
        "needs_code": device.protocol != rules.Protocol.JT808,
    }


def facts(device: Device, line: words.Line) -> list[Fact]:
    unit = (in_english() and device.unit.name_en) or device.unit.name
    told = device.told
    rows = [
        (_("设备种类"), _(device.get_kind_display())),
        (_("协议"), device.get_protocol_display()),
        (_("设备号"), device.identity),
        (_("配属单位"), unit),
        (_("使用人"), device.officer.name if device.officer else ""),
        (_("号牌"), device.plate),
        (_("坐标系"), _(device.get_datum_display())),
        (_("校验"), _("放宽：校验和、长度不符的报文也接受") if device.lenient else _("严格")),
        (_("设备自报"), " ".join(str(told[k]) for k in ("maker", "model", "terminal") if told.get(k))),
        (_("登记时间"), day(device.registered_at.date())),
    ]
    return [Fact(label, value) for label, value in rows if value]


def _legs(stops: Sequence[rules.Stop]) -> list[tuple[int, Any, Any, str]]:
    """Number, from, to, and how long of each stop."""
    return [
        (n, words.moment(s.starts), words.moment(s.ends), _("%(n)d 分钟") % {"n": round(s.seconds / 60)})
        for n, s in enumerate(stops, 1)
    ]


def _trips(trips: Sequence[rules.Trip]) -> list[tuple[int, Any, Any, str, str]]:
    """Number, from, to, how far and how long of each trip."""
    return [
        (
            n,
            words.moment(t.starts),
            words.moment(t.ends),
            f"{t.metres / 1000:,.1f}",
            _("%(n)d 分钟") % {"n": round((t.ends - t.starts) / 60_000)},
        )
        for n, t in enumerate(trips, 1)
    ]


def _inside(request: Request, fixes: Sequence[rules.Fix]) -> list[tuple[str, str]]:
    """How long the device was in each subdistrict or town, the longest first."""
    if not fixes:
        return []
    places = [(fix.lon, fix.lat) for fix in fixes]
    there = dict(zip(places, areas.locator().at_many(places), strict=True))
    seconds = {
        area.name: rules.seconds_inside(fixes, partial(_lies_in, there, area.pk))
        for area in there.values()
        if area is not None
    }
    longest = sorted(seconds.items(), key=lambda pair: -pair[1])
    return [
        (name, _("%(n)d 分钟") % {"n": round(spent / 60)})
        for name, spent in longest
        if spent >= SHORTEST_INSIDE
    ]


def _lies_in(there: Mapping[tuple[float, float], Area | None], pk: int, lon: float, lat: float) -> bool:
    area = there[lon, lat]
    return area is not None and area.pk == pk


def _summary(looked: actions.Track) -> str:
    points, stops = len(looked.fixes), len(looked.stops)
    if not points:
        return _("这一天没有留存的位置：非当班时段不留存，超过保存期限的已删除。")
    said = ngettext("%(n)d 个位置", "%(n)d 个位置", points) % {"n": points}
    stood = ngettext("停留 %(n)d 处", "停留 %(n)d 处", stops) % {"n": stops}
    return _("%(points)s，行程 %(km)s 公里，%(stops)s") % {
        "points": said,
        "km": f"{looked.kilometres:,.1f}",
        "stops": stood,
    }
