"""Fines of one cause side by side: tier by tier, unit by unit, and those that lie apart with their reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xiuhua.cases import permissions, queries
from xiuhua.cases.actions.outliers import explain_outlier
from xiuhua.cases.discretion.spread import Spread
from xiuhua.cases.queries import distribution, library
from xiuhua.cases.queries.distribution import Fined, Group
from xiuhua.kernel.authz import Invalid
from xiuhua.org import queries as org
from xiuhua.web.frame import dates
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, go, in_english, show
from xiuhua.web.frame.telling import told
from xiuhua.web.law import labels
from xiuhua.web.law.strips import Picture, picture, x_of

# So many fines that lie apart are listed at once, the unexplained first.
LISTED = 25


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    spread: Spread
    picture: Picture
    url: str


@dataclass(frozen=True, slots=True)
class Apart:
    """A fine that lies apart: its case, the usual fine of its kind, and what was said of it."""

    row: Fined
    unit: str
    reason: Any
    may_explain: bool


@dataclass(frozen=True, slots=True)
class Shown:
    label: Any
    kind: Any
    group: Group
    rows: Sequence[Row]
    apart: Sequence[Apart]
    more: int
    unexplained: int
    fence_x: str
    fence_width: str


def period_of(request: Request) -> tuple[date, date, str]:
    """The days of the address, without them the last ended year with fines; and what is wrong with them."""
    year = distribution.latest_year(request.actor, request.today.year) or request.today.year
    found, fault = [date(year, 1, 1), date(year, 12, 31)], ""
    for place, name in enumerate(("from", "to")):
        text = request.GET.get(name, "").strip()
        try:
            if text:
                found[place] = dates.parse_day(text, request.today)
        except ValueError as error:
            fault = _(str(error))
    if found[0] > found[1]:
        fault = _("起日晚于止日")
    return found[0], found[1], fault


@in_room("law", "cases.see")
def fines(request: Request) -> HttpResponse:
    start, end, fault = period_of(request)
    counted = distribution.causes_fined(request.actor, start, end)
    code = request.GET.get("cause", "") or (counted[0][0] if counted else "")
    found = library.versions(code)
    groups = distribution.distribution(request.actor, code, start, end) if found else []
    names = {
        u.pk: (u.name_en or u.short_name) if in_english() else u.short_name for u in org.units(request.actor)
    }
    asked = {"cause": code, "from": start.isoformat(), "to": end.isoformat()}
    shown = [_shown(request, group, names, asked) for group in groups]
    context = {
        "start": start,
        "end": end,
        "fault": fault,
        "code": code,
        "cause": found[-1] if found else None,
        "choices": _choices(counted),
        "groups": shown,
        "total": sum(g.group.whole.count for g in shown),
        "unexplained": sum(g.unexplained for g in shown),
        "query": urlencode(asked),
        "all_query": urlencode({**asked, "all": "1"}),
    }
    return show(request, "web/law/fines.html", context, part="web/law/_fines.html")


def _choices(counted: Sequence[tuple[str, int]]) -> list[tuple[str, str, int]]:
    found = {
        c.code: (c.name_en if in_english() else c.name) for c in library.latest(code for code, _n in counted)
    }
    return [(code, found.get(code, code), n) for code, n in counted]


def _shown(request: Request, group: Group, names: dict[int, str], asked: dict[str, str]) -> Shown:
    reasons = distribution.reasons_of(request.actor, [row.case for row in group.apart])
    ordered = sorted(group.apart, key=lambda row: (row.case in reasons, -row.fine))
    listed = ordered if request.GET.get("all") else ordered[:LISTED]
    cases = {c.pk: c for c in queries.listed(request.actor).filter(pk__in=[row.case for row in listed])}
    apart = [
        Apart(
            row,
            names.get(row.unit, ""),
            reasons.get(row.case),
            permissions.can_work(cases[row.case], request.actor),
        )
        for row in listed
    ]
    low, high = group.within or (group.floor, group.ceiling)
    left = x_of(max(low, group.floor), group)
    right = x_of(min(high, group.ceiling), group)
    return Shown(
        label=labels.TIERS.get(group.tier, group.tier),
        kind=_("单位") if group.kind else "",
        group=group,
        rows=[
            Row(names.get(unit, ""), spread, picture(spread, rows, group), _rows_url(unit, asked))
            for unit, spread, rows in group.units
        ],
        apart=apart,
        more=len(ordered) - len(listed),
        unexplained=len(ordered) - len(reasons),
        fence_x=f"{left:.1f}",
        fence_width=f"{max(0.0, right - left):.1f}",
    )


def _rows_url(unit: int, asked: dict[str, str]) -> str:
    """The list of cases that holds the rows of a unit."""
    query = {
        "unit": str(unit),
        "cause": asked["cause"],
        "decided_from": asked["from"],
        "decided_to": asked["to"],
        "sort": "fine",
    }
    return f"{reverse('web:cases')}?{urlencode(query)}"


@in_room("law", "cases.work")
@require_POST
def reason(request: Request, pk: int) -> HttpResponse:
    """Write down why the fine of a case lies apart."""
    case = get_object_or_404(queries.listed(request.actor), pk=pk)
    back = f"{reverse('web:law-fines')}?{request.POST.get('back', '')}#apart-{pk}"
    try:
        explain_outlier(case=case, reason=request.POST.get("reason", ""), by=request.actor, at=request.at)
    except Invalid as error:
        messages.error(request, " ".join(told(text) for text in error.errors.values()))
    else:
        messages.success(request, _("理由已记入案件 %(number)s 的记录。") % {"number": case.number})
    return go(request, back)
