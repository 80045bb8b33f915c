"""What the bank reports: files in and out, proposals to confirm, payments to assign or send back, credits to return."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xiuhua.cases.actions import money_bank
from xiuhua.cases.backfill import payments
from xiuhua.cases.models import BankLine
from xiuhua.cases.models.money import RECONCILE
from xiuhua.cases.queries import money
from xiuhua.kernel.authz import Invalid, Refused
from xiuhua.web.frame import dates
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, go, show
from xiuhua.web.frame.parts import State
from xiuhua.web.frame.telling import told

SHOWN_FAULTS = 30
MOST = 100
HEADER = ("bill_number", "payer", "amount", "due_on", "what")


@in_room("cases", RECONCILE)
def bank(request: Request) -> HttpResponse:
    """The page; a posted file is checked, and kept where it is asked for and has no fault."""
    context: dict[str, Any] = {
        "waiting": [
            (line, State(_(line.get_state_display()))) for line in money.waiting(request.actor)[:MOST]
        ],
        "credits": money.credits(request.actor)[:MOST],
        "columns": payments.COLUMNS,
    }
    sent = request.FILES.get("file") if request.method == "POST" else None
    if isinstance(sent, UploadedFile):
        try:
            outcome = _read(request, sent, write=request.POST.get("do") == "write")
        except Invalid as error:
            context["wrong"] = [f"{name}：{told(reason)}" for name, reason in error.errors.items()]
        else:
            if outcome.written:
                messages.success(request, _("已导入 %(n)s 笔到账。") % {"n": outcome.written})
                return go(request, reverse("web:money-bank"))
            context |= {"outcome": outcome, "faults": outcome.faults[:SHOWN_FAULTS]}
    elif request.method == "POST":
        context["wrong"] = [_("请选择文件。")]
    return show(request, "web/cases/money_bank.html", context)


def _read(request: Request, sent: UploadedFile[Any], *, write: bool) -> payments.Outcome:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(sent.name or "bank.csv").name
        path.write_bytes(sent.read())
        return payments.bring_in(payments.read(path), by=request.actor, at=request.at, write=write)


@in_room("cases", RECONCILE)
def bank_out(request: Request) -> HttpResponse:
    """Open bills as CSV for the bank, with what each owes today."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(money.for_the_bank(request.actor, request.today))
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="bills-{request.today.isoformat()}.csv"'
    return answer


def _do(request: Request, act: Callable[[], object], said: str) -> HttpResponse:
    """Make the act and say what came of it, on the page of the bank."""
    try:
        act()
    except Invalid as error:
        messages.error(request, " ".join(told(text) for text in error.errors.values()))
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, said)
    return go(request, reverse("web:money-bank"))


def _line(request: Request, pk: int) -> BankLine:
    return get_object_or_404(BankLine.objects.visible(request.actor), pk=pk)


@in_room("cases", RECONCILE)
@require_POST
def assign(request: Request, pk: int) -> HttpResponse:
    """Book the payment on the bill that is proposed or whose number was typed."""
    line = _line(request, pk)
    number = request.POST.get("number", "").strip()
    found = money.bills(request.actor).filter(number=number).first() if number else line.bill
    if found is None:
        messages.error(request, _("没有这个缴款通知号，或者不在您的范围内。"))
        return go(request, reverse("web:money-bank"))
    reason = request.POST.get("reason", "")
    return _do(
        request,
        lambda: money_bank.assign(line=line, bill=found, reason=reason, by=request.actor, at=request.at),
        _("已入账：%(number)s。") % {"number": found.number},
    )


@in_room("cases", RECONCILE)
@require_POST
def send_back(request: Request, pk: int) -> HttpResponse:
    line, reason = _line(request, pk), request.POST.get("reason", "")
    return _do(
        request,
        lambda: money_bank.send_back(line=line, reason=reason, by=request.actor, at=request.at),
        _("已登记退回：%(reference)s。") % {"reference": line.reference},
    )


@in_room("cases", RECONCILE)
@require_POST
def return_credit(request: Request, pk: int) -> HttpResponse:
    line = _line(request, pk)
    typed = request.POST.get("on", "").strip()
    return _do(
        request,
        lambda: money_bank.return_credit(line=line, on=_day(typed, request), by=request.actor, at=request.at),
        _("已登记退还多缴款：%(reference)s。") % {"reference": line.reference},
    )


def _day(typed: str, request: Request) -> date:
    """The day typed, today if none. Raises Invalid."""
    try:
        return dates.parse_day(typed, request.today) if typed else request.today
    except ValueError as error:
        raise Invalid({"on": str(error)}) from None
