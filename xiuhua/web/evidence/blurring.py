"""Covering faces by hand: regions drawn on a frame or typed as numbers, each for its seconds, looked at, then made.

What is drawn lands in the number fields, so that everything can be done without a mouse and without a script.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.evidence import actions, queries
from xiuhua.evidence.models import Exhibit
from xiuhua.evidence.queries.covering import preview
from xiuhua.evidence.queries.media import Unreadable
from xiuhua.evidence.rules.regions import Region, region_faults
from xiuhua.kernel import files
from xiuhua.kernel.authz import Invalid
from xiuhua.web.evidence import showing
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms.fields import Field
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, show
from xiuhua.web.frame.sending import tried

SIDES = ("left", "top", "right", "bottom")
TIMES = ("start", "end")
NAMES = (*SIDES, *TIMES)
SPARE = 4
_NUMBER = re.compile(r"\d{1,6}(\.\d{1,3})?\Z")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of numbers as it was typed; `fault` says what is wrong with it."""

    values: Mapping[str, str]
    fault: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(self.values.values())

    @property
    def region(self) -> Region | None:
        """What the line says: sides in percent, seconds; None while something is missing or no number."""
        said = self.values
        if any(not _NUMBER.match(said[side]) for side in SIDES):
            return None
        if any(said[name] and not _NUMBER.match(said[name]) for name in TIMES):
            return None
        left, top, right, bottom = (float(said[side]) / 100 for side in SIDES)
        end = float(said["end"]) if said["end"] else None
        return Region(left, top, right, bottom, float(said["start"] or 0), end)


def rows_of(data: MultiValueDict[str, str]) -> list[Row]:
    """The lines that hold something, in their order, each with its fault."""
    columns = {name: data.getlist(name) for name in NAMES}
    count = len(columns["left"])
    rows = [
        Row({name: (texts[n] if n < len(texts) else "").strip() for name, texts in columns.items()})
        for n in range(count)
    ]
    return [Row(row.values, _fault(row)) for row in rows if not row.is_empty]


def _fault(row: Row) -> str:
    if row.region is None:
        return _("四边都写百分数，秒数只写数字")
    found = region_faults([row.region])
    return _(next(iter(found.values()))) if found else ""


def _regions(rows: Sequence[Row]) -> list[Region]:
    """Raises Invalid if a line has a fault."""
    if any(row.fault for row in rows):
        raise Invalid({"regions": _("有的区域填写有误")})
    return [row.region for row in rows if row.region is not None]


def _exhibit(request: Request, pk: int) -> Exhibit:
    found = get_object_or_404(queries.exhibits(request.actor), pk=pk)
    if found.file is None or not found.file.media_type.startswith(("video/", "image/")):
        raise Http404
    if not files.kept(found.file.sha256):
        raise Http404
    return found


@in_room("evidence", "evidence.add")
@require_http_methods(["GET", "HEAD", "POST"])
def blur(request: Request, pk: int) -> HttpResponse:
    """The form. Sent with `preview` it shows the covered frame and makes nothing."""
    exhibit = _exhibit(request, pk)
    actions.use(exhibit=exhibit, how="view", by=request.actor, at=request.at)
    data = request.POST if request.method == "POST" else None
    hint = _("写入保管记录，本件证据的查看人都看得到")
    form = Form([Field("why", _("事由"), required=True, wide=True, hint=hint)], now=request.at, data=data)
    rows = rows_of(request.POST)
    looking = "preview" in request.POST

    def act(values: dict[str, Any]) -> HttpResponse:
        made = actions.blur(
            exhibit=exhibit, regions=_regions(rows), why=values["why"], by=request.actor, at=request.at
        )
        messages.success(request, _("已制作遮挡副本，原件不变。"))
        return go(request, reverse("web:exhibit", args=[made.pk]))

    if looking:
        return show(request, "web/evidence/blur.html", _context(request, exhibit, form, rows))
    done = tried(request, form, act)
    context = {**_context(request, exhibit, form, rows), "refusals": done.refusals}
    return done.went or show(request, "web/evidence/blur.html", context, status=done.status)


def _context(request: Request, exhibit: Exhibit, form: Form, rows: list[Row]) -> dict[str, Any]:
    blank = Row(dict.fromkeys(NAMES, ""))
    media = queries.media_of(exhibit)
    second = request.POST.get("second", "").strip()
    good = [row.values for row in rows if not row.fault]
    said = urlencode({"second": second, **{name: [row[name] for row in good] for name in NAMES}}, doseq=True)
    return {
        "exhibit": exhibit,
        "form": form,
        "rows": [*rows, *[blank] * SPARE],
        "blank": blank,
        "is_film": exhibit.file is not None and exhibit.file.media_type.startswith("video/"),
        "open": showing.is_open(request, exhibit),
        "media": media,
        "second": second,
        "longest": f"{media.facts.get('seconds', 0) if media else 0:.1f}",
        "preview": f"{reverse('web:exhibit-blur-frame', args=[exhibit.pk])}?{said}" if good else "",
    }


@in_room("evidence", "evidence.add")
@require_safe
def frame(request: Request, pk: int) -> HttpResponseBase:
    """One frame with what is covered then: of the film itself for who has said why, else of its small picture."""
    exhibit = _exhibit(request, pk)
    rows = [row for row in rows_of(request.GET) if not row.fault]
    regions = [row.region for row in rows if row.region is not None]
    said = request.GET.get("second", "")
    second = float(said) if _NUMBER.match(said) else 0.0
    media, file = queries.media_of(exhibit), exhibit.file
    if file is None or (media is None and not showing.is_open(request, exhibit)):
        raise Http404
    try:
        if showing.is_open(request, exhibit):
            picture = preview(files.path_of(file.sha256), file.media_type, regions, second)
        elif media is not None and media.thumbnail is not None:
            small = files.path_of(media.thumbnail.sha256)
            covered = [Region(r.left, r.top, r.right, r.bottom) for r in regions if r.shown(second)]
            picture = preview(small, "image/jpeg", covered, 0)
        else:
            raise Http404
    except Unreadable:
        raise Http404 from None
    return showing.guarded(HttpResponse(picture, content_type="image/jpeg"))
