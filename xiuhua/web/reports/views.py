"""Figures: the ledger, one figure with its chart, rows and definition, and the same as JSON and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xiuhua.duty import figures as duty
from xiuhua.org import queries as org
from xiuhua.org.figures import Figure, Period
from xiuhua.reports import queries
from xiuhua.web.cases.links import rows_url
from xiuhua.web.duty.figures import page as duty_page
from xiuhua.web.frame import formats
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, in_english, show
from xiuhua.web.reports.others import GROUPS, OTHERS, Chapter
from xiuhua.web.reports.others import page as other_page

FIRST_ROWS = 8
# Figures whose rows are no cases.
DUTY = frozenset(f.id for f in duty.FIGURES)
# The first is what the ledger opens on; each is counted only when it is looked at.
CHAPTERS: Mapping[str, Chapter] = {
    "cases": Chapter(gettext_noop("案件"), tuple(id for id in queries.FIGURES if id not in DUTY | OTHERS)),
    "duty": Chapter(gettext_noop("勤务"), tuple(id for id in queries.FIGURES if id in DUTY - OTHERS)),
    **GROUPS,
}
CHAPTER_OF = {id: code for code, chapter in CHAPTERS.items() for id in chapter.ids}
# Where the choice of years begins.
FIRST_YEAR = 2017


def period_of(request: Request) -> Period:
    """The year of the address, and in it a month if one is named; without either the last ended year with cases."""
    year = _number(request, "year", 0, 2000, request.today.year + 1) or _last_year(request)
    month = _number(request, "month", 0, 1, 12)
    if not month:
        return Period.year(year)
    following = date(year + month // 12, month % 12 + 1, 1)
    return Period(date(year, month, 1), date.fromordinal(following.toordinal() - 1))


def _last_year(request: Request) -> int:
    """The latest ended year of a case that this person may see and that is closed; with none, last year.

    By the day a case was found: the year after the last work holds only what was left to close.
    """
    last = request.today.year - 1
    closed = queries.rows(
        queries.FIGURES["J01"], request.actor, Period(date(FIRST_YEAR, 1, 1), date(last, 12, 31))
    )
    latest = closed.order_by("-found_on").values_list("found_on", flat=True).first()
    return latest.year if latest else last


def _number(request: Request, name: str, default: int, low: int, high: int) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isdigit() and low <= int(text) <= high else default


def _figure(figure_id: str) -> Figure:
    found = queries.FIGURES.get(figure_id)
    if found is None:
        raise Http404(_("没有这个统计数"))
    return found


def _said(figure: Figure) -> dict[str, str]:
    """The words of a figure in the page's language."""
    if in_english():
        return {
            "label": figure.label_en,
            "measure": figure.measure_en,
            "definition": figure.definition_en,
            "missing": figure.missing_en,
        }
    return {
        "label": figure.label,
        "measure": figure.measure,
        "definition": figure.definition,
        "missing": figure.missing,
    }


def _value(request: Request, figure: Figure, period: Period) -> dict[str, Any]:
    value = queries.value(figure, request.actor, period)
    return {
        **_said(figure),
        "id": figure.id,
        "of": CHAPTER_OF[figure.id],
        "figure": figure,
        "value": value,
        "shown": "—" if value.value is None else formats.number(value.value),
        "url": f"{reverse('web:figure', args=[figure.id])}?year={period.start.year}",
    }


@in_room("reports", "reports.see")
def figures(request: Request) -> HttpResponse:
    period = period_of(request)
    asked = request.GET.get("of", "")
    of = asked if asked in CHAPTERS else next(iter(CHAPTERS))
    context = {
        "period": period,
        "years": range(request.today.year, FIRST_YEAR - 1, -1),
        "of": of,
        "chapter": _(CHAPTERS[of].name),
        "chapters": [(code, _(chapter.name)) for code, chapter in CHAPTERS.items()],
        "figures": [_value(request, queries.FIGURES[id], period) for id in CHAPTERS[of].ids],
        **(_closings(request, period) if of == "cases" else {}),
    }
    return show(request, "web/reports/figures.html", context)


def _closings(request: Request, period: Period) -> dict[str, Any]:
    """Cases closed by month, as the picture and the table under it."""
    months = queries.by_month(queries.FIGURES["J03"], request.actor, period)
    ordinary = queries.by_month(queries.FIGURES["J04"], request.actor, period)
    return {
        "months": [(s, o, s.rows + o.rows) for s, o in zip(months, ordinary, strict=True)],
        "chart": {
            "labels": [_(m.name) for m in months],
            "series": [
                {"name": _said(queries.FIGURES["J04"])["label"], "values": [m.rows for m in ordinary]},
                {"name": _said(queries.FIGURES["J03"])["label"], "values": [m.rows for m in months]},
            ],
        },
    }


@in_room("reports", "reports.see")
def figure(request: Request, figure_id: str) -> HttpResponse:
    found, period = _figure(figure_id), period_of(request)
    if found.id in DUTY:
        return duty_page(request, found, period, _value(request, found, period))
    if found.id in OTHERS:
        return other_page(request, found, period, _value(request, found, period))
    by_month = queries.by_month(found, request.actor, Period.year(period.start.year))
    by_unit = queries.by_unit(found, request.actor, period)
    names = _unit_names(request, by_unit)
    context = {
        **_value(request, found, period),
        "period": period,
        "is_closing": found.day == "closed_on",
        "is_month": period.start.month == period.end.month,
        "years": range(request.today.year, FIRST_YEAR - 1, -1),
        "by_month": by_month,
        "by_unit": by_unit,
        "month_chart": {
            "labels": [_(m.name) for m in by_month],
            "series": [{"name": "", "values": [m.rows for m in by_month]}],
        },
        "period_query": _query(period),
        # A ratio is drawn by the rows under it: their measure is not that of the figure.
        "row_measure": _("件") if found.denominator or found.total else "",
        "unit_chart": {
            "labels": [names[u.key] for u in by_unit],
            "series": [{"name": "", "values": [u.rows for u in by_unit]}],
        },
        "unit_chart_size": "is-few" if len(by_unit) < 5 else "is-some" if len(by_unit) < 16 else "",
        "unit_rows": [(names[u.key], u.rows, rows_url(found, period, unit=u.key)) for u in by_unit],
        "first": queries.rows(found, request.actor, period)
        .select_related("cause")
        .order_by(f"-{found.day}", "-pk")[:FIRST_ROWS],
        "rows_url": rows_url(found, period),
    }
    return show(request, "web/reports/figure.html", context)


def _query(period: Period) -> str:
    """The period as the address names it."""
    whole = period.start.month != period.end.month
    return f"year={period.start.year}" if whole else f"year={period.start.year}&month={period.start.month}"


def _unit_names(request: Request, parts: Sequence[queries.Part]) -> dict[int, str]:
    """The names of the units in the page's language."""
    if not in_english():
        return {part.key: part.name for part in parts}
    english = {u.pk: u.name_en for u in org.units(request.actor)}
    return {part.key: english.get(part.key) or part.name for part in parts}


@in_room("reports", "reports.see")
def figure_data(request: Request, figure_id: str, ending: str) -> HttpResponse:
    """The figure by unit and month as data, from the same queries as the page."""
    found, period = _figure(figure_id), period_of(request)
    data = queries.as_data(found, request.actor, period)
    if ending == "json":
        return JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    if ending != "csv":
        raise Http404(_("只有 JSON 和 CSV"))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["part", "key", "name", "rows"])
    writer.writerow(["all", figure_id, data["label"], data["rows"]])
    for part in ("by_unit", "by_month"):
        writer.writerows([part, row["key"], row["name"], row["rows"]] for row in data[part])
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{figure_id}-{period.start.year}.csv"'
    return response
