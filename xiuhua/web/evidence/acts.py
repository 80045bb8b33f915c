"""What is done with an exhibit on its page: each a short form that asks why, and one act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xiuhua.evidence import actions, queries
from xiuhua.evidence.models import Exhibit
from xiuhua.kernel import files
from xiuhua.kernel.authz import Invalid
from xiuhua.web.evidence import showing
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, show
from xiuhua.web.frame.sending import tried

Act = Callable[[Exhibit, dict[str, Any]], HttpResponseBase]


def _find(request: Request, pk: int) -> Exhibit:
    return get_object_or_404(queries.exhibits(request.actor).select_related("file", "unit"), pk=pk)


def _why() -> Field:
    return Field(
        "why",
        _("事由"),
        required=True,
        wide=True,
        focus=True,
        hint=_("写入保管记录，本件证据的查看人都看得到"),
    )


def _asked(
    request: Request, pk: int, title: str, fields: Sequence[Field], act: Act, *, note: str = ""
) -> HttpResponseBase:
    """The form of an act, or what came of it."""
    exhibit = _find(request, pk)
    form = Form(fields, now=request.at, data=request.POST if request.method == "POST" else None)
    # `tried` takes what a browser is answered with; a file is such an answer, too.
    done = tried(request, form, lambda values: act(exhibit, values))  # type: ignore[arg-type, return-value]
    context = {"exhibit": exhibit, "form": form, "title": title, "note": note, "refusals": done.refusals}
    return done.went or show(request, "web/evidence/act.html", context, status=done.status)


def _back(request: Request, exhibit: Exhibit, said: str) -> HttpResponse:
    messages.success(request, said)
    return go(request, reverse("web:exhibit", args=[exhibit.pk]))


@in_room("evidence", "evidence.see")
def play(request: Request, pk: int) -> HttpResponseBase:
    def act(exhibit: Exhibit, values: dict[str, Any]) -> HttpResponse:
        actions.use(exhibit=exhibit, how="play", why=values["why"], by=request.actor, at=request.at)
        showing.open_for(request, exhibit)
        return go(request, reverse("web:exhibit", args=[exhibit.pk]) + "#player")

    return _asked(request, pk, _("播放"), [_why()], act)


@in_room("evidence", "evidence.see")
def copy(request: Request, pk: int) -> HttpResponseBase:
    def act(exhibit: Exhibit, values: dict[str, Any]) -> HttpResponseBase:
        if exhibit.file is None:
            raise Invalid({"why": _("没有文件可以复制")})
        actions.use(exhibit=exhibit, how="copy", why=values["why"], by=request.actor, at=request.at)
        return FileResponse(
            files.open_(exhibit.file.sha256),
            as_attachment=True,
            filename=exhibit.name,
            content_type=exhibit.file.media_type,
        )

    return _asked(request, pk, _("复制"), [_why()], act)


@in_room("evidence", "evidence.see")
def export(request: Request, pk: int) -> HttpResponseBase:
    def act(exhibit: Exhibit, values: dict[str, Any]) -> HttpResponseBase:
        bag = actions.export(exhibit=exhibit, why=values["why"], by=request.actor, at=request.at)
        name = f"evidence-{exhibit.pk}.zip"
        return FileResponse(bag, as_attachment=True, filename=name, content_type="application/zip")

    note = _("证据包含原文件、保管记录、每条记录的证明和核验程序，收件人不用绣花即可核验。")
    return _asked(request, pk, _("导出证据包"), [_why()], act, note=note)


@in_room("evidence", "evidence.add")
def clip(request: Request, pk: int) -> HttpResponseBase:
    fields = [
        Field("start", _("从第几秒"), Kind.DECIMAL, required=True, unit=_("秒")),
        Field("end", _("到第几秒"), Kind.DECIMAL, required=True, unit=_("秒")),
        _why(),
    ]

    def act(exhibit: Exhibit, values: dict[str, Any]) -> HttpResponse:
        start, end = float(values["start"]), float(values["end"])
        made = actions.clip(
            exhibit=exhibit, start=start, end=end, why=values["why"], by=request.actor, at=request.at
        )
        return _back(request, made, _("已截取为新的证据，原件不变。"))

    return _asked(request, pk, _("截取"), fields, act)


@in_room("evidence", "evidence.add")
def correct_time(request: Request, pk: int) -> HttpResponseBase:
    fields = [
        Field("captured_at", _("真实拍摄时间"), Kind.MOMENT, required=True, focus=True),
        Field("reason", _("依据"), required=True, wide=True),
    ]

    def act(exhibit: Exhibit, values: dict[str, Any]) -> HttpResponse:
        actions.correct_time(exhibit=exhibit, by=request.actor, at=request.at, **values)
        return _back(request, exhibit, _("已登记更正，设备时间保留不变。"))

    return _asked(request, pk, _("更正拍摄时间"), fields, act)


@in_room("evidence", "evidence.add")
@require_POST
def stamp(request: Request, pk: int) -> HttpResponse:
    exhibit = _find(request, pk)
    row = actions.stamp(exhibit=exhibit, by=request.actor, at=request.at)
    return _back(request, exhibit, _("已取得时间戳：%(at)s") % {"at": row.said_at.isoformat()})
