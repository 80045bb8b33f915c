"""出勤率, 到岗率, 管事率: the three rates of a month with their definitions, and the absences behind them."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.utils.translation import gettext as _

from xiuhua.duty import figures, queries
from xiuhua.org.figures import Denominator, Figure, Period
from xiuhua.web.duty import words
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, in_english, show

PAGE = 40


def _month(request: Request) -> Period:
    try:
        first = date.fromisoformat(request.GET.get("month", "") + "-01")
    except ValueError:
        first = request.today.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    return Period(first, min(after - timedelta(days=1), max(request.today, first)))


def _rate(figure: Figure, request: Request, period: Period) -> dict[str, object]:
    count = figure.rows(request.actor, period).count()
    under: Denominator | None = figure.out_of(request.actor, period) if figure.out_of else None
    english = in_english()
    return {
        "label": figure.label_en if english else figure.label,
        "definition": figure.definition_en if english else figure.definition,
        "shown": f"{100 * count / under.number:.1f}%" if under else "—",
        "count": count,
        "under": under,
        "under_label": (under.label_en if english else under.label) if under else "",
        "id": figure.id,
    }


@in_room("duty", "duty.see")
def rates(request: Request) -> HttpResponse:
    """Rates of the month up to today; below them the shifts not attended or begun late, which may be appealed."""
    period = _month(request)
    late = Q(attended_at__isnull=True, ends_at__lt=request.at)
    missed = queries.shifts(request.actor).filter(late, day__range=(period.start, period.end))
    unit = words.unit_of(request) if request.GET.get("unit") else None
    if unit is not None:
        missed = missed.filter(unit=unit)
    shown = Paginator(missed, PAGE).get_page(request.GET.get("page"))
    context = {
        "rates": [_rate(f, request, period) for f in figures.RATES],
        "period": period,
        "before": (period.start - timedelta(days=1)).strftime("%Y-%m"),
        "after": (period.start + timedelta(days=32)).strftime("%Y-%m"),
        "month": period.start.strftime("%Y-%m"),
        "shown": shown,
        "rows": [(s, words.kind(s.kind), words.standing(s, request)) for s in shown],
        "appeals": queries.appeals(request.actor)[:20],
        "may_read": request.actor.can("reports.see"),
        "heading": _("缺勤的班次"),
    }
    return show(request, "web/duty/rates.html", context)
