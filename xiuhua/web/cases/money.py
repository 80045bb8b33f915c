"""Bills for fines: the list, and what one case owes with its reckoning line by line."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiuhua.cases import queries
from xiuhua.cases.documents.as_docx import to_docx
from xiuhua.cases.documents.as_pdf import to_pdf
from xiuhua.cases.models import FineBill
from xiuhua.cases.models.money import RECONCILE
from xiuhua.cases.queries import money
from xiuhua.cases.queries.bill_paper import bill_paper, instalments
from xiuhua.kernel import clock
from xiuhua.org import queries as org
from xiuhua.web.cases import words
from xiuhua.web.cases.papers import TYPES
from xiuhua.web.frame import exports
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, show
from xiuhua.web.frame.lists import Column, Filter, Listing, Sort, View, between, one_of


def _search(rows: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
    for word in values[0].split():
        rows = rows.filter(
            Q(number__contains=word) | Q(payer__contains=word) | Q(case__search__contains=word.lower())
        )
    return rows


def _in_state(rows: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
    found = Q(state__in=[v for v in values if v != "overdue"])
    if "overdue" in values:
        found |= Q(state=FineBill.State.OPEN, due_on__lt=clock.today())
    return rows.filter(found)


def _units(request: Request) -> Sequence[tuple[str, str]]:
    scope = request.actor.scope("cases.see")
    if not scope.everything and not scope.authorities:
        return ()
    return [(str(u.pk), u.short_name) for u in org.handling_units()]


BILLS: Listing[FineBill] = Listing(
    room="money",
    filters=(
        Filter(
            "q", gettext_lazy("查找"), _search, kind="text", placeholder=gettext_lazy("通知号、案号、当事人")
        ),
        Filter("unit", gettext_lazy("单位"), one_of("case__handling_unit"), choices=_units),
        Filter(
            "state",
            gettext_lazy("状态"),
            _in_state,
            choices=lambda _r: [*FineBill.State.choices, ("overdue", gettext_lazy("已逾期"))],
        ),
        Filter("due", gettext_lazy("缴款期限"), between("due_on"), kind="day"),
        Filter("issued", gettext_lazy("开具日期"), between("issued_on"), kind="day"),
    ),
    sorts=(
        Sort("issued", gettext_lazy("开具日期"), "-issued_on"),
        Sort("due", gettext_lazy("缴款期限"), "due_on", nullable=True),
        Sort("amount", gettext_lazy("应缴"), "-amount"),
    ),
    columns=(
        Column(gettext_lazy("缴款通知号"), lambda b: b.number),
        Column(gettext_lazy("案号"), lambda b: b.case.number),
        Column(gettext_lazy("当事人"), lambda b: b.payer),
        Column(gettext_lazy("事项"), lambda b: b.what),
        Column(gettext_lazy("办案单位"), lambda b: b.case.handling_unit.name),
        Column(gettext_lazy("开具日期"), lambda b: b.issued_on),
        Column(gettext_lazy("缴款期限"), lambda b: b.due_on),
        Column(gettext_lazy("应缴（元）"), lambda b: b.amount),
        Column(gettext_lazy("加处罚款（元）"), lambda b: b.surcharge),
        Column(gettext_lazy("减免（元）"), lambda b: b.waived),
        Column(gettext_lazy("已缴（元）"), lambda b: b.paid),
        Column(gettext_lazy("状态"), lambda b: b.get_state_display()),
    ),
    views=(
        View(gettext_lazy("全部"), ""),
        View(gettext_lazy("待缴"), "state=open&sort=due"),
        View(gettext_lazy("已逾期"), "state=overdue&sort=due"),
        View(gettext_lazy("已缴清"), "state=paid"),
    ),
)


@in_room("cases", "cases.see")
def bills(request: Request) -> HttpResponseBase:
    base = money.bills(request.actor)
    if exports.wanted(request):
        return exports.respond(request, _("缴款通知"), BILLS.columns, BILLS.ordered(request, base))
    shown = BILLS.show(request, base)
    context = {
        "shown": shown,
        "rows": [(bill, words.state_of_bill(bill, request.today)) for bill in shown.rows],
        "may_reconcile": request.actor.can(RECONCILE),
        "empty": _("没有符合条件的缴款通知。") if shown.is_filtered else _("还没有缴款通知。"),
    }
    return show(request, "web/cases/money.html", context, part="web/cases/_money_list.html")


@in_room("cases", "cases.see")
def bill(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(money.bills(request.actor), pk=pk)
    account = money.account(found, request.today)
    context = {
        "bill": found,
        "state": words.state_of_bill(found, request.today),
        "account": account,
        "parts": instalments(account),
        "lines": found.lines.order_by("paid_on", "pk"),
    }
    return show(request, "web/cases/money_bill.html", context)


@in_room("cases", "cases.see")
def bill_file(request: Request, pk: int, ending: str) -> FileResponse:
    """The bill to print as it is owed today; `part` names one instalment of an approved plan."""
    found = get_object_or_404(money.bills(request.actor).select_related("case__authority"), pk=pk)
    part = request.GET.get("part", "0")
    if ending not in TYPES or not part.isdecimal():
        raise Http404(_("只有 PDF 和 DOCX"))
    try:
        audience = queries.audience_of(request.actor)
        drawn = bill_paper(found, request.today, part=int(part), audience=audience)
    except LookupError as error:
        raise Http404(_("没有这一期")) from error
    body = to_pdf([drawn], queries.font_dirs()) if ending == "pdf" else to_docx([drawn])
    name = f"{found.number}-{drawn.title}.{ending}"
    return FileResponse(
        BytesIO(body), as_attachment=ending == "docx", filename=name, content_type=TYPES[ending]
    )
