"""The figures of my unit this month. Each opens exactly its rows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.cases import queries as cases
from xiuhua.kernel import queries as kernel
from xiuhua.kernel.models import Leaf
from xiuhua.leads import queries as leads
from xiuhua.leads import rules
from xiuhua.org import queries as org
from xiuhua.web.frame.formats import number
from xiuhua.web.frame.http import Request
from xiuhua.web.frame.parts import Figure

SEALED = Exists(Leaf.objects.filter(entry_id=OuterRef("pk")))


def month_of(today: date) -> tuple[date, date]:
    """The first day of this month, and today."""
    return today.replace(day=1), today


def month_before(today: date) -> tuple[date, date]:
    """The same days of the month before; its end where that month is shorter."""
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), min(last, last.replace(day=min(today.day, last.day)))


def _link(name: str, **query: object) -> str:
    return f"{reverse(name)}?{urlencode(query, doseq=True)}"


def figures(request: Request) -> list[Figure]:
    """Of cases for those who see cases, of leads for those who see leads."""
    out: list[Figure] = []
    if request.actor.can("cases.see"):
        out += _of_cases(request)
    if request.actor.can("leads.see"):
        out += _of_leads(request)
    if request.actor.can("org.see"):
        out += _of_accounts(request)
    if request.actor.can("record.see"):
        out += _of_record(request)
    return out


def _within(column: str, span: tuple[date, date]) -> Q:
    return Q(**{f"{column}__range": span})


def _of_cases(request: Request) -> list[Figure]:
    now, before = month_of(request.today), month_before(request.today)
    # Of the many old cases none is counted: they are left where they lie.
    since = before[0]
    told = Q(filed_on__gte=since) | Q(closed_on__gte=since) | Q(closed_on__isnull=True)
    rows: QuerySet[Any] = cases.listed(request.actor).filter(told).order_by()
    n = rows.aggregate(
        filed=Count("pk", filter=_within("filed_on", now)),
        filed_before=Count("pk", filter=_within("filed_on", before)),
        closed=Count("pk", filter=_within("closed_on", now)),
        closed_before=Count("pk", filter=_within("closed_on", before)),
        open=Count("pk", filter=Q(closed_on__isnull=True)),
        over=Count("pk", filter=Q(closed_on__isnull=True, due_on__lt=request.today)),
    )
    first, last = now
    return [
        Figure(
            _("本月立案"),
            number(n["filed"]),
            _link("web:cases", filed_from=first, filed_to=last),
            _("上月同日 %(n)s") % {"n": number(n["filed_before"])},
        ),
        Figure(
            _("本月办结"),
            number(n["closed"]),
            _link("web:cases", closed_from=first, closed_to=last),
            _("上月同日 %(n)s") % {"n": number(n["closed_before"])},
        ),
        Figure(_("在办案件"), number(n["open"]), _link("web:cases", open="1")),
        Figure(_("案件超期"), number(n["over"]), _link("web:cases", due="over"), over=n["over"] > 0),
    ]


def _of_leads(request: Request) -> list[Figure]:
    now, before = month_of(request.today), month_before(request.today)
    rows = leads.leads(request.actor).order_by()
    closed = [state.value for state in rules.CLOSED]
    n = rows.aggregate(
        received=Count("pk", filter=_within("received_at__date", now)),
        before=Count("pk", filter=_within("received_at__date", before)),
        open=Count("pk", filter=~Q(state__in=closed)),
        over=Count("pk", filter=Q(due_on__lt=request.today)),
    )
    first, last = now
    open_states = [s.value for s in rules.State if s not in rules.CLOSED]
    return [
        Figure(
            _("本月线索"),
            number(n["received"]),
            _link("web:leads", received_from=first, received_to=last),
            _("上月同日 %(n)s") % {"n": number(n["before"])},
        ),
        Figure(_("未结线索"), number(n["open"]), _link("web:leads", state=open_states)),
        Figure(
            _("线索超期"),
            number(n["over"]),
            _link("web:leads", due=f"over:{request.today}"),
            over=n["over"] > 0,
        ),
    ]


def _of_accounts(request: Request) -> list[Figure]:
    n = org.users(request.actor).aggregate(
        active=Count("pk", filter=Q(is_active=True), distinct=True),
        disabled=Count("pk", filter=Q(is_active=False), distinct=True),
        signed_in=Count(
            "pk", filter=Q(login_sessions__ended_at__isnull=True, last_login__isnull=False), distinct=True
        ),
    )
    opens = any(request.actor.can(p) for p in ("org.manage", "org.secure"))
    url = reverse("web:users") if opens else reverse("web:units")
    return [
        Figure(_("启用的账号"), number(n["active"]), f"{url}?active=yes" if opens else url),
        Figure(_("停用的账号"), number(n["disabled"]), f"{url}?active=no" if opens else url),
        Figure(_("登录着的人"), number(n["signed_in"]), f"{url}?sort=seen" if opens else url),
    ]


def _of_record(request: Request) -> list[Figure]:
    rows = kernel.entries(request.actor).order_by()
    n = rows.aggregate(
        all=Count("pk"),
        today=Count("pk", filter=Q(at__date=request.today)),
        sealed=Count("pk", filter=SEALED),
    )
    url = reverse("web:record")
    return [
        Figure(
            _("今日记录"),
            number(n["today"]),
            _link("web:record", at_from=request.today, at_to=request.today),
            _("共 %(n)s 条") % {"n": number(n["all"])},
        ),
        Figure(_("待封存"), number(n["all"] - n["sealed"]), url, over=False),
    ]
