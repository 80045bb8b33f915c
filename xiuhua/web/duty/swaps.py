"""Swaps and appeals: asked on the phone, answered there, decided by the head."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xiuhua.duty import actions, permissions, queries
from xiuhua.duty.models import Shift, Swap
from xiuhua.kernel.authz import Invalid
from xiuhua.org import queries as org
from xiuhua.web.duty import words
from xiuhua.web.duty.roster import form_page, shift_of
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.formats import short_day
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go


def _swap_fields(request: Request, shift: Shift) -> list[Field]:
    others = [(str(o.pk), o.name) for o in org.officers_of(shift.unit, shift.day) if o.pk != shift.officer_id]
    coming = queries.shifts(request.actor).filter(unit=shift.unit, starts_at__gt=request.at)
    theirs = [
        (str(s.pk), f"{s.officer.name}　{short_day(s.day)}　{words.kind(s.kind)}")
        for s in coming.exclude(officer=shift.officer_id).order_by("starts_at")[:60]
    ]
    return [
        Field("other", _("和谁换"), Kind.CHOICE, required=True, choices=others, wide=True),
        Field(
            "in_exchange",
            _("换对方哪一班"),
            Kind.CHOICE,
            choices=theirs,
            wide=True,
            hint=_("不选就是请对方代班"),
        ),
        Field("reason", _("事由"), Kind.LONG, required=True),
    ]


@in_room("duty", "duty.work")
def ask(request: Request, pk: int) -> HttpResponse:
    shift = shift_of(request, pk)
    permissions.check_can_ask_swap(shift, request.actor, request.at)
    form = Form(_swap_fields(request, shift), now=request.at, data=request.POST or None)
    back = reverse("web:duty-shift", args=[pk])
    if request.method == "POST":
        try:
            said = form.values()
            other = org.officers(request.actor).get(pk=int(said["other"]))
            theirs = shift_of(request, int(said["in_exchange"])) if said["in_exchange"] else None
            actions.ask_swap(
                shift=shift,
                other=other,
                in_exchange=theirs,
                reason=said["reason"],
                by=request.actor,
                at=request.at,
            )
        except Invalid as error:
            form.take(error)
        else:
            return go(request, back)
    note = f"{short_day(shift.day)}　{words.kind(shift.kind)}"
    return form_page(request, form, _("申请换班"), back=back, note=note)


def _swap(request: Request, pk: int) -> Swap:
    return get_object_or_404(queries.swaps(request.actor), pk=pk)


@in_room("duty", "duty.see")
@require_POST
def swap_act(request: Request, pk: int) -> HttpResponse:
    """Consent, decline, approve, refuse or withdraw, as the button says."""
    swap, note = _swap(request, pk), request.POST.get("note", "")
    by, at, do = request.actor, request.at, request.POST.get("do", "")
    if do in {"consent", "decline"}:
        actions.answer_swap(swap=swap, consent=do == "consent", note=note, by=by, at=at)
    elif do in {"approve", "refuse"}:
        actions.decide_swap(swap=swap, approve=do == "approve", note=note, by=by, at=at)
    elif do == "withdraw":
        actions.withdraw_swap(swap=swap, by=by, at=at)
    else:
        raise Invalid({"do": "请从所列各项中选"})
    return go(request, request.POST.get("back") or reverse("web:duty-shift", args=[swap.shift_id]))


@in_room("duty", "duty.work")
def appeal(request: Request, pk: int) -> HttpResponse:
    """Why an absence, or coming late, is none."""
    shift = shift_of(request, pk)
    permissions.check_can_appeal(shift, request.actor, request.at)
    form = Form(
        [Field("reason", _("申诉的理由"), Kind.LONG, required=True, focus=True)],
        now=request.at,
        data=request.POST or None,
    )
    back = reverse("web:duty-shift", args=[pk])
    if request.method == "POST":
        try:
            actions.appeal(shift=shift, reason=form.values()["reason"], by=request.actor, at=request.at)
        except Invalid as error:
            form.take(error)
        else:
            return go(request, back)
    note = f"{short_day(shift.day)}　{words.kind(shift.kind)}"
    return form_page(request, form, _("考勤申诉"), back=back, note=note)


@in_room("duty", "duty.decide")
def decide_appeal(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.appeals(request.actor), pk=pk)
    choices = [("grant", _("申诉成立")), ("refuse", _("申诉不成立"))]
    form = Form(
        [
            Field("decision", _("决定"), Kind.CHIPS, required=True, choices=choices, wide=True),
            Field("reason", _("决定的理由"), Kind.LONG, required=True),
        ],
        now=request.at,
        data=request.POST or None,
    )
    back = reverse("web:duty-shift", args=[found.shift_id])
    if request.method == "POST":
        try:
            said = form.values()
            actions.decide_appeal(
                appeal=found,
                grant=said["decision"] == "grant",
                reason=said["reason"],
                by=request.actor,
                at=request.at,
            )
        except Invalid as error:
            form.take(error)
        else:
            return go(request, back)
    note = f"{found.officer.name}　{short_day(found.shift.day)}：{found.reason}"
    return form_page(request, form, _("决定申诉"), back=back, note=note)
