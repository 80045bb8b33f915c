"""The figures of powers moved down to towns, and the rows behind each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Sum
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.cases import figures as bench
from xiuhua.org import figures
from xiuhua.org.figures import Figure, Period
from xiuhua.web.frame import formats
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, in_english, show

FIGURES: Mapping[str, Figure] = {f.id: f for f in (*figures.MENTORING, *bench.DELEGATING)}
# Of which kind the rows of a figure are: how the page shows them.
ROWS = {"B01": "units", "B02": "sessions", "B03": "sessions", "B04": "sessions", "B07": "matters"}
SHOWN = 200


def period_of(request: Request) -> Period:
    said = request.GET.get("year", "")
    year = int(said) if said.isdigit() and 2000 <= int(said) <= request.today.year else request.today.year
    return Period.year(year)


def _said(figure: Figure) -> dict[str, str]:
    if in_english():
        said = {"label": figure.label_en, "measure": figure.measure_en, "definition": figure.definition_en}
        return {**said, "missing": figure.missing_en}
    said = {"label": figure.label, "measure": figure.measure, "definition": figure.definition}
    return {**said, "missing": figure.missing}


def value_of(request: Request, figure: Figure, period: Period) -> dict[str, Any]:
    """A figure with its value, its words and the address of its rows."""
    rows = figure.rows(request.actor, period)
    value: Any = rows.count()
    if figure.total:
        value = round((rows.aggregate(summed=Sum(figure.total))["summed"] or 0) / figure.per, figure.decimals)
    url = f"{reverse('web:delegation-rows', args=[figure.id])}?year={period.start.year}"
    shown = formats.NONE if figure.missing else formats.number(value)
    return {**_said(figure), "id": figure.id, "value": shown, "url": url}


@in_room("units", "reports.see")
def rows(request: Request, figure_id: str) -> HttpResponse:
    """The rows behind a figure, of those that the person may see."""
    figure, period = FIGURES.get(figure_id), period_of(request)
    if figure is None:
        raise Http404(_("没有这个统计数"))
    kind = ROWS.get(figure_id, "cases")
    found = figure.rows(request.actor, period)
    joins = {
        "sessions": ("mentor", "delegation__row__unit"),
        "matters": ("case__cause", "case__handling_unit"),
        "cases": ("cause", "handling_unit"),
    }.get(kind, ())
    if figure.day:
        found = found.select_related(*joins).order_by(f"-{figure.day}", "-pk")
    context = {**value_of(request, figure, period), "kind": kind, "rows": found[:SHOWN], "period": period}
    return show(request, "web/org/delegation_rows.html", context)
