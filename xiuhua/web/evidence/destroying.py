"""Lists of recordings that may go: proposed by one person, reviewed by a second, carried out by a third, reported."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiuhua.evidence import actions, permissions, queries
from xiuhua.evidence.models import Destruction
from xiuhua.kernel import queries as kernel
from xiuhua.kernel import record
from xiuhua.kernel.authz import Invalid, Refused, Said
from xiuhua.org import queries as org
from xiuhua.web.evidence.outcomes import Outcome, outcomes_of
from xiuhua.web.frame import verbs
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, show
from xiuhua.web.frame.parts import Entry, May, MayNot, State
from xiuhua.web.frame.sending import tried

# So many are put on one list at once; the rest waits for the next.
OFFERED = 200
PAGE = 40


def state_of(row: Destruction) -> State:
    if row.done_at is not None:
        return State(_("已销毁"), "done")
    return State(_("待销毁"), "now") if row.reviewed_at is not None else State(_("待审核"), "wait")


@in_room("evidence", "evidence.see")
@require_safe
def lists(request: Request) -> HttpResponse:
    rows = queries.destructions(request.actor).annotate(count=Count("recordings"))
    leaf: Page[Any] = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": [(row, state_of(row), row.count) for row in leaf],
        "leaf": leaf,
        "tab": "destructions",
        "may_propose": permissions.can_add(request.actor),
    }
    return show(request, "web/evidence/destructions.html", context)


@in_room("evidence", "evidence.add")
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: Request) -> HttpResponse:
    """What of the own unit is past its time and held by nothing; the author ticks and says why."""
    unit = get_object_or_404(org.units(request.actor), pk=request.actor.unit_id or 0)
    offered = list(queries.past_retention(request.actor, unit.pk, request.today)[:OFFERED])
    data = request.POST if request.method == "POST" else None
    form = Form([Field("reason", _("理由"), required=True, wide=True)], now=request.at, data=data)
    chosen = {int(pk) for pk in request.POST.getlist("recordings") if pk.isdecimal()}

    def act(values: dict[str, str]) -> HttpResponse:
        if chosen - {row.pk for row in offered}:
            raise Invalid({"recordings": _("有的记录已不能列入清单，请重新选择")})
        made = actions.propose_destruction(
            unit=unit,
            recordings=[row for row in offered if row.pk in chosen],
            reason=values["reason"],
            by=request.actor,
            at=request.at,
        )
        messages.success(request, _("清单已提出，请另一人审核。"))
        return go(request, reverse("web:destruction", args=[made.pk]))

    done = tried(request, form, act)
    kept = queries.keeping_of(offered, request.today)
    rows = [(row, kept[row.pk], data is None or row.pk in chosen) for row in offered]
    context = {"form": form, "rows": rows, "unit": unit, "refusals": done.refusals, "tab": "destructions"}
    return done.went or show(request, "web/evidence/destruction_new.html", context, status=done.status)


def _found(request: Request, pk: int) -> Destruction:
    return get_object_or_404(queries.destructions(request.actor), pk=pk)


@in_room("evidence", "evidence.see")
@require_safe
def one(request: Request, pk: int) -> HttpResponse:
    """A list, its three hands, and what came of each recording: the report."""
    row = _found(request, pk)
    outcomes = outcomes_of(row, request.at)
    may, may_not = _hands(request, row)
    entries = kernel.history(record.subject_of(row)).order_by("-pk")
    context = {
        "row": row,
        "state": state_of(row),
        "table": [(one.recording, _said(row, one)) for one in outcomes],
        "gone": sum(one.gone for one in outcomes),
        "may": may,
        "may_not": may_not,
        "entries": [Entry(e.at, verbs.label(e.verb), e.actor_name, verbs.note(e), e.pk) for e in entries],
        "tab": "destructions",
    }
    return show(request, "web/evidence/destruction.html", context)


def _said(row: Destruction, one: Outcome) -> State:
    if one.gone:
        return State(_("已销毁"), "done")
    if one.held_for:
        return State(_("保全中：%(why)s") % {"why": one.held_for}, "refused")
    return State(_("保留"), "back") if row.done_at is not None else State(_("待销毁"), "wait")


def _hands(request: Request, row: Destruction) -> tuple[list[May], list[MayNot]]:
    """The next hand, if it may be this person's; else why not."""
    if row.done_at is not None:
        return [], []
    reviewing = row.reviewed_at is None
    label = _("审核通过") if reviewing else _("销毁")
    name = "web:destruction-review" if reviewing else "web:destruction-destroy"
    check = permissions.check_can_review_destruction if reviewing else permissions.check_can_destroy
    try:
        check(row, request.actor)
    except Refused as error:
        return [], [MayNot(label, tuple(error.refusals))]
    return [May(label, reverse(name, args=[row.pk]), post=reviewing, stop=not reviewing)], []


@in_room("evidence", "cases.keep")
@require_POST
def review(request: Request, pk: int) -> HttpResponse:
    actions.review_destruction(destruction=_found(request, pk), by=request.actor, at=request.at)
    messages.success(request, _("审核通过，请第三人销毁。"))
    return go(request, reverse("web:destruction", args=[pk]))


@in_room("evidence", "cases.keep")
@require_http_methods(["GET", "HEAD", "POST"])
def destroy(request: Request, pk: int) -> HttpResponse:
    """Nothing brings the films back, so whoever destroys them says how many they are."""
    row = _found(request, pk)
    permissions.check_can_destroy(row, request.actor)
    count = row.recordings.count()
    back = reverse("web:destruction", args=[pk])
    form = Form(
        [Field("count", _("清单件数"), Kind.NUMBER, required=True, focus=True, hint=_("输入件数以确认"))],
        now=request.at,
        data=request.POST if request.method == "POST" else None,
    )

    def act(values: dict[str, int]) -> HttpResponse:
        if values["count"] != count:
            raise Invalid({"count": Said("清单上有%(n)s件，与输入的不一致", n=count)})
        actions.destroy(destruction=row, by=request.actor, at=request.at)
        messages.success(request, _("已销毁，登记信息、摘要值和销毁报告保留。"))
        return go(request, back)

    done = tried(request, form, act)
    context = {
        "form": form,
        "title": _("销毁"),
        "back": back,
        "note": _("清单所列%(n)s件执法记录销毁后不能恢复") % {"n": count},
        "refusals": done.refusals,
    }
    return done.went or show(request, "web/evidence/keeping_act.html", context, status=done.status)
