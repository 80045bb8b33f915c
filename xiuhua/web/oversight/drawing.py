"""A month by unit, drawing what is short of the goals, and each draw with its seed, which anybody may repeat."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.org import queries as org
from xiuhua.oversight import actions, permissions, queries
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, in_english, show
from xiuhua.web.frame.parts import Fact
from xiuhua.web.frame.sending import tried
from xiuhua.web.oversight.listing import SEES

MONTHS_OFFERED = 12


def _asked_month(request: Request) -> date:
    """The month of the address; the running one if it names none that has one before it and one after."""
    try:
        found = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return queries.month_of(request.today)
    return found if date.min.year < found.year < date.max.year else queries.month_of(request.today)


def _moved(month: date, by: int) -> date:
    year, index = divmod(month.year * 12 + month.month - 1 + by, 12)
    return date(year, index + 1, 1)


@in_room("oversight", *SEES)
@require_safe
def units(request: Request) -> HttpResponse:
    """Goal, drawn, looked at, faults: each number opens its rows."""
    month = _asked_month(request)
    lines = queries.by_unit(request.actor, month, request.today)
    names = ("goal", "drawn", "looked", "faulty", "faults", "late")
    context = {
        "lines": lines,
        "total": {name: sum(getattr(line, name) for line in lines) for name in names},
        "month": month,
        "before": f"{_moved(month, -1):%Y-%m}",
        "after": f"{_moved(month, 1):%Y-%m}" if _moved(month, 1) <= request.today else "",
        "reached": sum(line.reached for line in lines),
        "tab": "units",
    }
    return show(request, "web/oversight/units.html", context)


@in_room("oversight", *SEES)
@require_http_methods(["GET", "HEAD", "POST"])
def draws(request: Request) -> HttpResponse:
    """Every draw, and the form of the next one: a month is all it asks."""
    this = queries.month_of(request.today)
    months = [f"{_moved(this, -back):%Y-%m}" for back in range(MONTHS_OFFERED)]
    field = Field(
        "month", _("月份"), Kind.CHOICE, required=True, choices=[(m, m) for m in months], initial=months[0]
    )
    form = Form([field], now=request.at, data=request.POST if request.method == "POST" else None)

    def act(values: dict[str, Any]) -> HttpResponse:
        month = date.fromisoformat(f"{values['month']}-01")
        made = actions.draw(month=month, by=request.actor, at=request.at)
        count = made.samples.count()
        said = ngettext("已抽取%(n)d件视频。", "已抽取%(n)d件视频。", count) % {"n": count}
        messages.success(request, said)
        return go(request, reverse("web:draw", args=[made.pk]))

    done = tried(request, form, act)
    rows = [(row, sum(len(s["drawn"]) for s in row.strata)) for row in queries.draws(request.actor)[:100]]
    context = {
        "rows": rows,
        "form": form,
        "may_draw": permissions.can_draw(request.actor),
        "refusals": done.refusals,
        "tab": "draws",
    }
    return done.went or show(request, "web/oversight/draws.html", context, status=done.status)


@in_room("oversight", *SEES)
@require_safe
def one(request: Request, pk: int) -> HttpResponse:
    """A draw: its seed, its strata, what it took, and whether it comes out the same when done again now."""
    row = get_object_or_404(queries.draws(request.actor), pk=pk)
    names = {unit.pk: unit for unit in org.units(request.actor)}
    samples = list(queries.samples(request.actor).filter(draw=row).order_by("unit__code", "place"))
    english = in_english()
    avoided = [(english and u.name_en) or u.short_name for pk, u in names.items() if pk in row.not_units]
    facts = [
        Fact(_("月份"), f"{row.month:%Y-%m}"),
        Fact(_("抽取人"), row.drawn_name),
        Fact(_("随机种子"), row.seed),
        Fact(_("回避"), _("、").join(avoided) or "—", note=_("抽取人本人和所在单位的视频不抽")),
        Fact(_("次序"), _("按“种子:文件SHA-256”的SHA-256从小到大，各单位取目标所缺件数")),
    ]
    context = {
        "row": row,
        "facts": facts,
        "strata": [(names.get(s["unit"]), s) for s in row.strata if s["held"]],
        "samples": samples,
        "repeats": queries.repeats(row),
        "tab": "draws",
    }
    return show(request, "web/oversight/draw.html", context)
