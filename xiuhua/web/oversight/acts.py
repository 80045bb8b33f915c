"""What is done with a drawn recording: it is played, judged, answered, appealed, decided, closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from xiuhua.kernel import clock
from xiuhua.oversight import actions, queries, rules
from xiuhua.oversight.models import Sent
from xiuhua.web.evidence import showing
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.citing import said as cited
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, in_english, show
from xiuhua.web.frame.sending import tried
from xiuhua.web.oversight import corrections, names
from xiuhua.web.oversight.listing import SEES
from xiuhua.web.oversight.page import found

Act = Callable[[Sent, dict[str, Any]], None]
FOUND: Mapping[str, Callable[[Request, int], Sent]] = {"sample": found, "correction": corrections.found}


def _back(request: Request, kind: str, row: Sent, said: str) -> HttpResponse:
    messages.success(request, said)
    return go(request, reverse(f"web:{kind}", args=[row.pk]))


@in_room("oversight", "oversight.review")
@require_POST
def watch(request: Request, pk: int) -> HttpResponse:
    """Played for this purpose, as the trail of the exhibit says; the film opens on the page of the sample."""
    row = found(request, pk)
    actions.watch(sample=row, by=request.actor, at=request.at)
    if row.recording.exhibit is not None:
        showing.open_for(request, row.recording.exhibit)
    return go(request, reverse("web:sample", args=[pk]) + "#player")


def _asked(
    request: Request,
    where: tuple[str, int],
    title: str,
    fields: Sequence[Field],
    act: Act,
    *,
    said: str,
    note: str = "",
) -> HttpResponse:
    """`where`: whether it is a sample or a correction, and its id."""
    kind, pk = where
    row = FOUND[kind](request, pk)
    form = Form(fields, now=request.at, data=request.POST if request.method == "POST" else None)

    def tell(values: dict[str, Any]) -> HttpResponse:
        act(row, values)
        return _back(request, kind, row, said)

    done = tried(request, form, tell)
    context = {
        "row": row,
        "name": names.name_of(row),
        "list": names.list_of(kind),
        "url": reverse(f"web:{kind}", args=[pk]),
        "form": form,
        "title": title,
        "note": note,
        "refusals": done.refusals,
    }
    return done.went or show(request, "web/oversight/act.html", context, status=done.status)


@in_room("oversight", "oversight.review")
@require_http_methods(["GET", "HEAD", "POST"])
def judge(request: Request, pk: int) -> HttpResponse:
    """The sheet beside the film: every item answered; a fault says what was seen and at which second."""
    row = found(request, pk)
    items = queries.items(clock.day_of(row.recording.started_at or request.at))
    form = Form(
        [*(field for item in items for field in _item_fields(item)), Field("note", _("总体评价"), Kind.LONG)],
        now=request.at,
        data=request.POST if request.method == "POST" else None,
    )

    def act(values: dict[str, Any]) -> HttpResponse:
        said = {
            item.code: rules.Said(
                values[item.code] or "", values[f"{item.code}_note"] or "", values[f"{item.code}_second"]
            )
            for item in items
        }
        note = values["note"] or ""
        actions.judge(sample=row, said=said, note=note, by=request.actor, at=request.at)
        return _back(request, "sample", row, _("评查表已提交；有问题的已发给单位。"))

    done = tried(request, form, act)
    exhibit = row.recording.exhibit
    context = {
        "sample": row,
        "form": form,
        "overall": form["note"],
        "rows": [(item, _name(item), [form[f.name] for f in _item_fields(item)]) for item in items],
        "refusals": done.refusals,
        "exhibit": exhibit,
        "open": exhibit is not None and showing.is_open(request, exhibit),
    }
    return done.went or show(request, "web/oversight/judge.html", context, status=done.status)


def _name(item: queries.Item) -> str:
    return item.name_en if in_english() else item.name


def _item_fields(item: queries.Item) -> tuple[Field, Field, Field]:
    choices = [(v.value, label) for v, label in rules.VERDICT_LABELS.items()]
    ground = cited(item.ground, in_english()) if item.ground else ""
    return (
        Field(item.code, _name(item), Kind.CHIPS, choices=choices, hint=ground or _("必答"), wide=True),
        Field(f"{item.code}_note", _("问题"), attrs={"maxlength": "200"}),
        Field(f"{item.code}_second", _("在第几秒"), Kind.NUMBER, unit=_("秒")),
    )


@in_room("oversight", *SEES)
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: Request, pk: int, kind: str = "sample") -> HttpResponse:
    def act(row: Sent, values: dict[str, Any]) -> None:
        told = {name: values[name] or "" for name in ("text", "why", "answerable") if name in values}
        actions.reply(row=row, **told, by=request.actor, at=request.at)

    fields = [Field("text", _("整改情况"), Kind.LONG, required=True, focus=kind == "sample")]
    if kind == "correction":
        why = Field("why", _("原因分析"), Kind.LONG, required=True, focus=True)
        answerable = Field(
            "answerable",
            _("责任认定"),
            required=True,
            wide=True,
            attrs={"maxlength": "200"},
            hint=_("谁负责、如何处理"),
        )
        fields = [why, *fields, answerable]
    return _asked(request, (kind, pk), _("回复整改"), fields, act, said=_("已回复，等待督察员销号。"))


@in_room("oversight", *SEES)
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: Request, pk: int, kind: str = "sample") -> HttpResponse:
    def act(row: Sent, values: dict[str, Any]) -> None:
        actions.appeal(row=row, reason=values["reason"], by=request.actor, at=request.at)

    fields = [Field("reason", _("申诉理由"), Kind.LONG, required=True, focus=True)]
    note = _("只能申诉一次，由没有参与的人决定。")
    return _asked(request, (kind, pk), _("申诉"), fields, act, said=_("申诉已提交。"), note=note)


@in_room("oversight", *SEES)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: Request, pk: int, kind: str = "sample") -> HttpResponse:
    def act(row: Sent, values: dict[str, Any]) -> None:
        upheld = values["upheld"] == "yes"
        actions.decide(row=row, upheld=upheld, reason=values["reason"], by=request.actor, at=request.at)

    choices = [("no", _("申诉成立，撤销")), ("yes", _("申诉不成立，维持"))]
    fields = [
        Field("upheld", _("决定"), Kind.CHIPS, required=True, choices=choices),
        Field("reason", _("理由"), Kind.LONG, required=True),
    ]
    return _asked(request, (kind, pk), _("决定申诉"), fields, act, said=_("申诉已决定。"))


@in_room("oversight", "oversight.review")
@require_POST
def close(request: Request, pk: int, kind: str = "sample") -> HttpResponse:
    row = FOUND[kind](request, pk)
    actions.close(row=row, by=request.actor, at=request.at)
    return _back(request, kind, row, _("已销号。"))


@in_room("oversight", "oversight.review")
@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: Request, pk: int, kind: str = "sample") -> HttpResponse:
    def act(row: Sent, values: dict[str, Any]) -> None:
        actions.send_back(row=row, reason=values["reason"], by=request.actor, at=request.at)

    fields = [Field("reason", _("理由"), Kind.LONG, required=True, focus=True)]
    return _asked(request, (kind, pk), _("退回再改"), fields, act, said=_("已退回，期限重新计算。"))
