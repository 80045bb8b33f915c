"""The list of cases: filters, orders, views, and the columns of its export."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from xiuhua.cases import queries
from xiuhua.cases.models import Case
from xiuhua.cases.procedure.road import TRACK
from xiuhua.kernel import clock
from xiuhua.org import queries as org
from xiuhua.web.cases.words import state_labels
from xiuhua.web.frame.http import Request, in_english
from xiuhua.web.frame.lists import Column, Filter, Listing, Sort, View, between, one_of

SOON = timedelta(days=7)


# The stations that the list asks for by name; those of the summary procedure pass within minutes.
SHOWN_TRACKS = ("ordinary", "demolition")


def _stations(request: Request) -> Sequence[tuple[str, str]]:
    shown = [s for name in SHOWN_TRACKS for s in TRACK[name] if s.states]
    labels = {s.id: s.label_en if in_english() else s.label_zh for s in shown}
    return [*labels.items(), ("done", str(_("已了结")))]


def _at_station(rows: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
    found = Q(pk__in=[])
    for procedure, track in TRACK.items():
        states = {state for station in track if station.id in values for state in station.states}
        found |= Q(procedure=procedure, state__in=states, closed_on__isnull=True)
    if "done" in values:
        found |= Q(closed_on__isnull=False)
    return rows.filter(found)


def _due(rows: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
    today = clock.today()
    found = Q(pk__in=[])
    if "over" in values:
        found |= Q(due_on__lt=today)
    if "soon" in values:
        found |= Q(due_on__range=(today, today + SOON))
    return rows.filter(found)


def _whose(rows: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
    if "back" in values:
        rows = rows.filter(sent_back=True)
    mine = next((v for v in values if v.isdigit()), "")
    return rows.filter(officer=mine) if mine else rows


def _units(request: Request) -> Sequence[tuple[str, str]]:
    scope = request.actor.scope("cases.see")
    if not scope.everything and not scope.authorities:
        return ()
    return [(str(u.pk), u.short_name) for u in org.handling_units()]


def _whose_choices(request: Request) -> Sequence[tuple[str, str]]:
    mine = [(str(request.actor.officer_id), str(_("我经办")))] if request.actor.officer_id else []
    return [*mine, ("back", str(_("退回的")))]


def _search(rows: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
    return queries.matching(rows, values[0])


FILTERS = (
    Filter("q", _("查找"), _search, kind="text", placeholder=_("案号、当事人、地点、拼音首字母")),
    Filter("unit", _("单位"), one_of("handling_unit"), choices=_units),
    Filter("procedure", _("程序"), one_of("procedure"), choices=lambda _r: Case.Procedure.choices),
    Filter("station", _("环节"), _at_station, choices=_stations),
    Filter(
        "cause",
        _("案由"),
        one_of("cause__code"),
        choices=lambda r: [(c.code, f"{c.code} {c.name}") for c in queries.causes(r.today)],
    ),
    Filter("due", _("时钟"), _due, choices=lambda _r: [("over", _("已超期")), ("soon", _("七日内到期"))]),
    Filter("whose", _("经办"), _whose, choices=_whose_choices),
    Filter("opened", _("登记"), between("opened_at__date"), kind="day"),
    Filter("filed", _("立案"), between("filed_on"), kind="day"),
    Filter("decided", _("决定"), between("decided_on"), kind="day"),
    Filter("closed", _("结案"), between("closed_on"), kind="day"),
    Filter("demolished", _("拆除"), between("demolished_on"), kind="day"),
)

SORTS = (
    Sort("opened", _("登记时间"), "-opened_at"),
    Sort("due", _("最近的时钟"), "due_on", nullable=True),
    Sort("closed", _("结案日期"), "-closed_on", nullable=True),
    Sort("demolished", _("拆除日期"), "-demolished_on", nullable=True),
    Sort("fine", _("罚款"), "-fine", nullable=True),
)

COLUMNS = (
    Column(_("案号"), lambda c: c.number),
    Column(_("程序"), lambda c: c.get_procedure_display()),
    Column(_("环节"), lambda c: state_labels(c.procedure).get(c.state, c.state)),
    Column(_("办案单位"), lambda c: c.handling_unit.name),
    Column(_("执法主体"), lambda c: c.authority.name),
    Column(_("案由"), lambda c: c.cause.name),
    Column(_("当事人"), lambda c: c.party_name),
    Column(_("地点"), lambda c: c.place),
    Column(_("发现日期"), lambda c: c.found_on),
    Column(_("立案日期"), lambda c: c.filed_on),
    Column(_("决定日期"), lambda c: c.decided_on),
    Column(_("送达日期"), lambda c: c.served_on),
    Column(_("结案日期"), lambda c: c.closed_on),
    Column(_("决定书文号"), lambda c: c.decision_number),
    Column(_("罚款（元）"), lambda c: c.fine),
    Column(_("已缴（元）"), lambda c: c.paid),
    Column(_("违法建筑面积（平方米）"), lambda c: c.area_m2),
    Column(_("拆除日期"), lambda c: c.demolished_on),
)

CASES: Listing[Case] = Listing(
    room="cases",
    filters=FILTERS,
    sorts=SORTS,
    columns=COLUMNS,
    views=(
        View(_("全部"), ""),
        View(_("超期"), "due=over&sort=due"),
        View(_("七日内到期"), "due=soon&sort=due"),
        View(_("退回的"), "whose=back"),
        View(_("待送达"), "station=serve"),
        View(_("已决定未缴"), "station=perform"),
        View(_("已了结"), "station=done&sort=closed"),
    ),
)
