"""A figure of the street with its definition, its parts and the rows it counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.duty.models import (
    CheckIn,
    Finding,
    Inspection,
    LevelOrder,
    Operation,
    Point,
    Reserve,
    RoadPatrol,
    Shift,
    Stop,
    Task,
)
from xiuhua.org.figures import Figure, Period
from xiuhua.reports import queries
from xiuhua.web.frame import formats
from xiuhua.web.frame.http import Request, in_english, show

PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a figure: what it is, of which unit and person, when, and where it is opened."""

    what: str
    unit: str
    who: str
    when: str
    url: str = ""


def _unit(unit: Any) -> str:
    return str((in_english() and unit.name_en) or unit.short_name)


def _kind(kind: Any) -> str:
    return str((in_english() and kind.name_en) or kind.name)


def _shift(row: Shift) -> Row:
    when = f"{formats.short_day(row.day)} {formats.time_of(row.attended_at)}"
    return Row(_kind(row.kind), _unit(row.unit), row.officer.name, when)


def _stop(row: Stop) -> Row:
    shift = row.shift
    return Row(row.point.name, _unit(shift.unit), shift.officer.name, formats.moment(row.reached_at))


def _check_in(row: CheckIn) -> Row:
    return Row(row.point.name, _unit(row.unit), row.officer.name, formats.moment(row.at))


def _finding(row: Finding) -> Row:
    kind = (in_english() and row.lead.kind.name_en) or row.lead.kind.name
    url = reverse("web:lead", args=[row.lead_id])
    # Whoever counts need not see leads: the number stands on the page of the lead.
    return Row(kind, _unit(row.unit), row.officer.name, formats.moment(row.found_at), url)


def _task(row: Task) -> Row:
    who = row.officer.name if row.officer else "—"
    url = reverse("web:duty-task", args=[row.pk])
    return Row(row.title, _unit(row.unit), who, formats.short_day(row.day), url)


def _point(row: Point) -> Row:
    return Row(f"{row.code}　{row.name}", _unit(row.unit), "—", formats.day(row.active_from))


def _order(row: LevelOrder) -> Row:
    url = reverse("web:duty-event", args=[row.event_id])
    return Row(row.name, "—", row.event.name, formats.day(row.event.starts_on), url)


def _reserve(row: Reserve) -> Row:
    url = reverse("web:duty-event", args=[row.event_id])
    return Row(row.name, _unit(row.unit), row.event.name, formats.day(row.event.starts_on), url)


def _road(row: RoadPatrol) -> Row:
    return Row(row.road, _unit(row.unit), row.officer.name, formats.moment(row.at))


def _inspection(row: Inspection) -> Row:
    what = f"{row.whom}　{_(row.get_outcome_display())}"
    return Row(what, _unit(row.unit), row.officer.name, formats.moment(row.at))


def _operation(row: Operation) -> Row:
    url = reverse("web:duty-operation", args=[row.pk])
    return Row(row.title, _unit(row.unit), "—", formats.day(row.held_on), url)


# Model → what of it is read beside the row, its order, and how a row is told.
TELLS: Mapping[type[Any], tuple[tuple[str, ...], str, Callable[[Any], Row]]] = {
    Shift: (("unit", "officer", "kind"), "-day", _shift),
    Stop: (("point", "shift__unit", "shift__officer"), "-reached_at", _stop),
    CheckIn: (("unit", "officer", "point"), "-at", _check_in),
    Finding: (("unit", "officer", "lead__kind"), "-found_at", _finding),
    Task: (("unit", "officer"), "-issued_at", _task),
    Point: (("unit",), "code", _point),
    LevelOrder: (("event",), "-event__starts_on", _order),
    Reserve: (("unit", "event"), "-event__starts_on", _reserve),
    RoadPatrol: (("unit", "officer"), "-at", _road),
    Inspection: (("unit", "officer"), "-at", _inspection),
    Operation: (("unit",), "-held_on", _operation),
}


def rows_of(figure: Figure, found: QuerySet[Any]) -> tuple[QuerySet[Any], Callable[[Any], Row]]:
    related, order, tell = TELLS[found.model]
    return found.select_related(*related).order_by(order, "-pk"), tell


def page(request: Request, figure: Figure, period: Period, said: Mapping[str, Any]) -> HttpResponse:
    """The page of one figure of the street; `said` is what the ledger says of it."""
    found = queries.rows(figure, request.actor, period)
    unit = request.GET.get("unit", "")
    if unit.isdecimal() and figure.unit:
        found = found.filter(**{figure.unit: int(unit)})
    rows, tell = rows_of(figure, found)
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    by_unit = queries.by_unit(figure, request.actor, period)
    context = {
        **said,
        "value_said": said["shown"],
        "period": period,
        "years": range(request.today.year, 2016, -1),
        "is_month": period.start.month == period.end.month,
        "by_month": queries.by_month(figure, request.actor, Period.year(period.start.year)),
        "by_unit": by_unit,
        "unit": unit,
        "shown": shown,
        "rows": [tell(row) for row in shown],
        "person": _("活动") if found.model in (LevelOrder, Reserve) else _("人员"),
    }
    return show(request, "web/duty/figure.html", context)
