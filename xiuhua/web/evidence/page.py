"""What the page of an exhibit shows: what it is, its file, where it is used, what was made of it, who had it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.cases.queries import Case
from xiuhua.cases.queries.used import tied_to, used_in
from xiuhua.evidence import permissions, queries
from xiuhua.evidence.models import Exhibit
from xiuhua.kernel import files
from xiuhua.web.evidence import showing
from xiuhua.web.frame import verbs
from xiuhua.web.frame.formats import moment
from xiuhua.web.frame.http import Request
from xiuhua.web.frame.parts import Entry, Fact, May
from xiuhua.web.templatetags.xiuhua import named

MEGA = 1_000_000


def context(request: Request, exhibit: Exhibit) -> dict[str, Any]:
    media = queries.media_of(exhibit)
    kind = exhibit.file.media_type.partition("/")[0] if exhibit.file else ""
    return {
        "exhibit": exhibit,
        "facts": list(_facts(exhibit)),
        "file_facts": list(_file_facts(exhibit)),
        "media": media,
        "shape": kind,
        "open": showing.is_open(request, exhibit) and _is_kept(exhibit),
        "kept": _is_kept(exhibit),
        "uses": list(_uses(request, exhibit.pk)),
        "origin": _seen(request, exhibit),
        "derived": _derived(request, exhibit),
        "stamps": exhibit.time_stamps.order_by("pk"),
        "corrections": exhibit.time_facts.order_by("pk"),
        "may": list(_may(request, exhibit, kind)),
        "may_not": [],
        "entries": [
            Entry(e.at, verbs.label(e.verb), e.actor_name, verbs.note(e), e.pk)
            for e in queries.trail(exhibit).order_by("-pk")
        ],
    }


def _uses(request: Request, exhibit: int) -> Iterator[tuple[Case, str]]:
    """The case and what for: the evidence lists with what it shows there, then the acts whose recording it is."""
    yield from ((row.case, row.shows) for row in used_in(request.actor, exhibit))
    yield from ((case, _("执法记录")) for case in tied_to(request.actor, exhibit))


def _facts(exhibit: Exhibit) -> Iterator[Fact]:
    yield Fact(_("证据种类"), _(exhibit.get_kind_display()))
    yield Fact(_("证据来源"), _(exhibit.get_source_display()))
    if exhibit.captured_at:
        believed = queries.time_of(exhibit)
        corrected = believed is not None and believed != exhibit.captured_at
        note = _("设备时钟，已更正") if corrected else _("设备时钟")
        yield Fact(_("拍摄时间"), moment(exhibit.captured_at), note=note)
        if corrected and believed is not None:
            yield Fact(_("更正后"), moment(believed))
    people = "、".join(officer.name for officer in exhibit.collected_by.order_by("pk"))
    for label, value in (
        (_("拍摄地点"), exhibit.place),
        (_("拍摄设备编号"), exhibit.device_id),
        (_("收集人"), people),
        (_("原始载体存放处"), exhibit.carrier),
        (_("证据说明"), exhibit.note),
    ):
        if value:
            yield Fact(label, value)
    yield Fact(_("加入单位"), named(exhibit.unit))
    if (recording := queries.recording_of(exhibit.pk)) is not None:
        url = reverse("web:recording", args=[recording.pk])
        yield Fact(_("执法记录"), _("为何保存、保存多久"), url=url)


def _file_facts(exhibit: Exhibit) -> Iterator[Fact]:
    if exhibit.file is None:
        return
    yield Fact(_("类型"), exhibit.file.media_type)
    yield Fact(_("大小"), _size(exhibit.file.size))
    media = queries.media_of(exhibit)
    told = media.facts if media else {}
    if "seconds" in told:
        minutes, seconds = divmod(round(told["seconds"]), 60)
        yield Fact(_("时长"), f"{minutes}:{seconds:02}")
    if "width" in told:
        yield Fact(_("画面"), f"{told['width']} × {told['height']}")
    if "taken" in told:
        yield Fact(_("照片自带时间"), told["taken"], note=_("EXIF，未经更改"))
    if "lat" in told:
        yield Fact(_("照片自带位置"), f"{told['lat']}, {told['lon']}")
    if "unreadable" in told:
        yield Fact(_("内容"), _("无法读取"))
    if not _is_kept(exhibit):
        yield Fact(_("现在"), _("已销毁，登记信息和摘要值保留"))
    yield Fact("SHA-256", exhibit.file.sha256)
    if exhibit.file.sm3:
        yield Fact("SM3", exhibit.file.sm3)


def _size(count: int) -> str:
    return f"{count / MEGA:,.1f} MB" if count >= MEGA else f"{count / 1000:,.1f} KB"


def _seen(request: Request, exhibit: Exhibit) -> Any:
    """What it was made of, if the reader may see that."""
    origin = queries.origin_of(exhibit)
    seen = origin and queries.exhibits(request.actor).filter(pk=origin.parent_id).exists()
    return origin if seen else None


def _derived(request: Request, exhibit: Exhibit) -> list[Exhibit]:
    return list(queries.exhibits(request.actor).filter(origin__parent=exhibit).order_by("pk"))


def _is_kept(exhibit: Exhibit) -> bool:
    return exhibit.file is not None and files.kept(exhibit.file.sha256)


def _may(request: Request, exhibit: Exhibit, kind: str) -> Iterator[May]:
    kept = _is_kept(exhibit)
    kind = kind if kept else ""
    acts = [("play", _("播放"))] if kind in ("video", "audio") else []
    acts += [("play", _("看原图"))] if kind == "image" else []
    acts += [("copy", _("复制")), ("export", _("导出证据包"))] if kept else []
    if permissions.can_add(request.actor):
        acts += [("clip", _("截取"))] if kind == "video" else []
        acts += [("blur", _("遮挡人脸"))] if kind in ("video", "image") else []
        acts += [("time", _("更正拍摄时间"))]
        acts += [("stamp", _("加盖时间戳"))] if kept and settings.TIME_STAMP_URL else []
    for name, label in acts:
        yield May(label, reverse(f"web:exhibit-{name}", args=[exhibit.pk]), post=name == "stamp")
