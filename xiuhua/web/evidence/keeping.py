"""Why each recording is kept and how long; holds by hand; lists of what goes, by three people, with their report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.evidence import actions, permissions, queries
from xiuhua.evidence.models import Hold, Recording
from xiuhua.evidence.rules import keeping as rules
from xiuhua.kernel import queries as kernel
from xiuhua.kernel import record
from xiuhua.web.frame import exports, verbs
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.formats import day, moment
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, show
from xiuhua.web.frame.lists import Column, Filter, Listing, Sort, View, one_of
from xiuhua.web.frame.parts import Entry, Fact
from xiuhua.web.frame.sending import tried
from xiuhua.web.templatetags.xiuhua import named


def _kinds(_request: Request) -> Sequence[tuple[str, str]]:
    return [(k.value, label) for k, label in rules.HOLD_LABELS.items()]


def _find(rows: QuerySet[Hold], values: Sequence[str]) -> QuerySet[Hold]:
    text = values[0].strip()
    return rows.filter(Q(label__icontains=text) | Q(recording__file_name__icontains=text))


def _lasting(rows: QuerySet[Hold], values: Sequence[str]) -> QuerySet[Hold]:
    return rows.filter(until__isnull="yes" in values) if len(values) == 1 else rows


HOLDS: Listing[Hold] = Listing(
    room="holds",
    filters=(
        Filter("q", gettext_lazy("查找"), _find, kind="text", placeholder=gettext_lazy("文件名、案号")),
        Filter("kind", gettext_lazy("保全事由"), one_of("kind"), choices=_kinds),
        Filter(
            "open",
            gettext_lazy("状态"),
            _lasting,
            choices=lambda _r: [("yes", gettext_lazy("未解除")), ("no", gettext_lazy("已解除"))],
        ),
    ),
    sorts=(Sort("new", gettext_lazy("保全时间"), "-since"),),
    columns=(
        Column(gettext_lazy("文件名"), lambda h: h.recording.file_name),
        Column(gettext_lazy("单位"), lambda h: h.recording.unit.name),
        Column(gettext_lazy("保全事由"), lambda h: _(h.get_kind_display())),
        Column(gettext_lazy("对象"), lambda h: h.label),
        Column(gettext_lazy("依据"), lambda h: h.ground),
        Column(gettext_lazy("保全时间"), lambda h: h.since),
        Column(gettext_lazy("保全至"), lambda h: h.ends_on),
        Column(gettext_lazy("解除时间"), lambda h: h.until),
        Column(gettext_lazy("解除原因"), lambda h: h.until_reason),
    ),
    views=(
        View(gettext_lazy("未解除"), "open=yes"),
        View(gettext_lazy("人工保全"), "kind=manual"),
        View(gettext_lazy("全部"), ""),
    ),
)


def ends(hold: Hold, today: date) -> str:
    """How long a hold lasts, in words."""
    if hold.until is not None:
        return _("已解除：%(reason)s") % {"reason": _(hold.until_reason)}
    if hold.ends_on is None:
        return _(rules.HOLD_ENDS[rules.HoldKind(hold.kind)])
    said = _("至%(day)s") if hold.ends_on >= today else _("%(day)s已到期")
    return said % {"day": day(hold.ends_on)}


@in_room("evidence", "evidence.see")
@require_safe
def holds(request: Request) -> HttpResponseBase:
    base = queries.holds(request.actor).order_by()
    if exports.wanted(request):
        return exports.respond(request, _("保全"), HOLDS.columns, HOLDS.ordered(request, base))
    shown = HOLDS.show(request, base)
    rows = [(hold, ends(hold, request.today)) for hold in shown.rows]
    may_lift = permissions.can_archive(request.actor)
    context = {"shown": shown, "table": rows, "room": "holds", "tab": "holds", "may_lift": may_lift}
    return show(request, "web/evidence/holds.html", context, part="web/evidence/_holds.html")


def _recording(request: Request, pk: int) -> Recording:
    return get_object_or_404(queries.recordings(request.actor), pk=pk)


@in_room("evidence", "evidence.see")
@require_safe
def recording(request: Request, pk: int) -> HttpResponse:
    """One recording: what its manifest says, and why it is still there."""
    row = _recording(request, pk)
    kept = queries.keeping_of([row], request.today)[row.pk]
    entries = kernel.history(record.subject_of(row)).order_by("-pk")
    context = {
        "recording": row,
        "facts": list(_facts(row)),
        "kept": kept,
        "retention": retention(kept),
        "holds": [(h, ends(h, request.today)) for h in row.holds.order_by("-pk")],
        "may_hold": permissions.can_hold(request.actor) and row.state != "destroyed",
        "may_lift": permissions.can_archive(request.actor),
        "may_ask": permissions.can_add(request.actor),
        "entries": [Entry(e.at, verbs.label(e.verb), e.actor_name, verbs.note(e), e.pk) for e in entries],
        "tab": "recordings",
    }
    return show(request, "web/evidence/recording.html", context)


def retention(kept: queries.Keeping) -> str:
    """The retention of its category, in words."""
    if kept.category is None:
        return _("没有保存期限的规定，不得销毁")
    if kept.until is None:
        return _("长期保存")
    return _("保存至%(day)s") % {"day": day(kept.until)}


def _facts(row: Recording) -> list[Fact]:
    span = "–".join(moment(t) for t in (row.started_at, row.ended_at) if t)
    found = [
        Fact(_("单位"), named(row.unit)),
        Fact(_("使用人"), row.officer.name if row.officer else row.officer_no or "—"),
        Fact(_("记录仪编号"), row.recorder_no or "—"),
        Fact(_("起止"), span or "—", note=_("设备时钟")),
        Fact(_("采集站"), row.station.name, note=moment(row.docked_at)),
        Fact("SHA-256", row.sha256),
        Fact("SM3", row.sm3),
    ]
    if row.exhibit_id:
        url = reverse("web:exhibit", args=[row.exhibit_id])
        found.insert(0, Fact(_("证据"), row.file_name, url=url))
    return found


def _asked(
    request: Request, title: str, back: str, fields: list[Field], act: Any, *, note: str
) -> HttpResponse:
    form = Form(fields, now=request.at, data=request.POST if request.method == "POST" else None)
    done = tried(request, form, act)
    context = {"form": form, "title": title, "back": back, "note": note, "refusals": done.refusals}
    return done.went or show(request, "web/evidence/keeping_act.html", context, status=done.status)


@in_room("evidence", "evidence.see")
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: Request, pk: int) -> HttpResponse:
    row = _recording(request, pk)
    back = reverse("web:recording", args=[pk])

    def act(values: dict[str, Any]) -> HttpResponse:
        actions.hold_by_hand(recording=row, by=request.actor, at=request.at, **values)
        messages.success(request, _("已保全，到期前不会销毁。"))
        return go(request, back)

    fields = [
        Field("ground", _("保全依据"), required=True, wide=True, focus=True),
        Field("ends_on", _("保全至"), Kind.DAY, required=True),
    ]
    return _asked(request, _("保全这件记录"), back, fields, act, note=row.file_name)


@in_room("evidence", "evidence.see")
@require_http_methods(["GET", "HEAD", "POST"])
def ask_lift(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.holds(request.actor), pk=pk)
    back = reverse("web:recording", args=[row.recording_id])

    def act(values: dict[str, Any]) -> HttpResponse:
        actions.ask_lift(hold=row, reason=values["reason"], by=request.actor, at=request.at)
        messages.success(request, _("已提请解除，由证据保管员确认后才解除。"))
        return go(request, back)

    fields = [Field("reason", _("提请解除的原因"), required=True, wide=True, focus=True)]
    return _asked(request, _("提请解除这项保全"), back, fields, act, note=_whose(row))


def _whose(row: Hold) -> str:
    return f"{row.recording.file_name}　{_(row.get_kind_display())}　{row.label}"


@in_room("evidence", "cases.keep")
@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.holds(request.actor), pk=pk)
    back = reverse("web:recording", args=[row.recording_id])

    def act(values: dict[str, Any]) -> HttpResponse:
        actions.lift(hold=row, reason=values["reason"], by=request.actor, at=request.at)
        messages.success(request, _("保全已解除。"))
        return go(request, back)

    fields = [Field("reason", _("解除原因"), required=True, wide=True, focus=True)]
    note = _whose(row)
    if row.lift_asked_at is not None:
        said = _("%(who)s %(when)s 提请解除：%(why)s")
        note += "　" + said % {
            "who": row.lift_asked_name,
            "when": moment(row.lift_asked_at),
            "why": row.lift_reason,
        }
    return _asked(request, _("解除这项保全"), back, fields, act, note=note)
