"""Frames that came in and were not taken: the list, and one of them field by field and byte by byte."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xiuhua.kernel.models import RecordEntry
from xiuhua.observations import actions, permissions, queries, rules
from xiuhua.observations.models import OddFrame
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, show
from xiuhua.web.frame.parts import Fact, State

LISTED = 200
# JT/T 808-2019, annex; of what terminals send, what the gateway reads.
MESSAGES = {
    0x0001: "终端通用应答",
    0x0002: "终端心跳",
    0x0003: "终端注销",
    0x0004: "查询服务器时间请求",
    0x0005: "终端补传分包请求",
    0x0100: "终端注册",
    0x0102: "终端鉴权",
    0x0104: "查询终端参数应答",
    0x0200: "位置信息汇报",
    0x0201: "位置信息查询应答",
    0x0704: "定位数据批量上传",
    0x0800: "多媒体事件信息上传",
    0x0801: "多媒体数据上传",
    0x0805: "摄像头立即拍摄命令应答",
}


def why(fault: str) -> str:
    """Why the gateway did not take it, in words; what it says itself where there are none."""
    known = {
        "short": _("报文过短"),
        "escape": _("转义有误"),
        "checksum": _("校验码不符"),
        "length": _("长度与声明不符"),
        "overlong": _("报文过长"),
        "encrypted": _("报文加密，不能读取"),
        "body": _("消息体不能读取"),
        "identity": _("设备号与连接不符"),
        "early": _("未鉴权先上报"),
        "fragment": _("分包不完整"),
        "unknown": _("设备未登记或消息未知"),
        "too_long": _("报文过长"),
        "no_end_of_headers": _("报文头没有结束"),
        "start_line": _("首行有误"),
        "headers": _("报文头有误"),
        "content_length": _("长度与声明不符"),
        "lacks_a_header": _("缺少必要的报文头"),
        "too long": _("报文过长"),
        "no text": _("不是文本"),
        "too many fields": _("字段过多"),
        "no device": _("没有设备号"),
        "no JSON": _("不是 JSON"),
        "no object": _("不是 JSON 对象"),
    }
    return known.get(fault, fault)


def _state(look: RecordEntry | None) -> State:
    return State(_("已查看"), "done") if look else State(_("待查看"), "now")


def _at(frame: OddFrame) -> datetime:
    return datetime.fromtimestamp(frame.at / 1000, UTC)


@in_room("devices", "devices.see")
@require_safe
def odd_frames(request: Request) -> HttpResponse:
    """The last ones; with `all` those that somebody looked at, too."""
    frames = list(queries.odd_frames(request.actor)[:LISTED])
    devices, looks = queries.devices_of_odd(frames, request.actor), queries.looks(frames)
    everything = "all" in request.GET
    rows = [
        {
            "frame": frame,
            "at": _at(frame),
            "device": devices.get((frame.protocol, frame.identity)),
            "why": why(frame.fault),
            "state": _state(looks.get(frame.pk)),
        }
        for frame in frames
        if everything or frame.pk not in looks
    ]
    waiting = len(frames) - len(looks)
    context = {"rows": rows, "all": everything, "waiting": waiting, "total": len(frames), "listed": LISTED}
    return show(request, "web/observations/odd_frames.html", context)


@in_room("devices", "devices.see")
@require_safe
def odd_frame(request: Request, pk: int) -> HttpResponse:
    """One frame, as far as it can be read."""
    return _page(request, get_object_or_404(queries.odd_frames(request.actor), pk=pk))


@in_room("devices", "devices.see")
@require_POST
def look_at_odd(request: Request, pk: int) -> HttpResponse:
    """Somebody looked, and says what it was."""
    frame = get_object_or_404(queries.odd_frames(request.actor), pk=pk)
    actions.look_at_odd(frame=frame, note=request.POST.get("note", ""), by=request.actor, at=request.at)
    return redirect("web:odd-frame", pk=pk)


def _page(request: Request, frame: OddFrame) -> HttpResponse:
    raw, look = bytes(frame.raw), queries.look_of(frame)
    device = queries.devices_of_odd([frame], request.actor).get((frame.protocol, frame.identity))
    context: dict[str, Any] = {
        "odd": frame,
        "at": _at(frame),
        "device": device,
        "why": why(frame.fault),
        "state": _state(look),
        "look": look,
        "note": json.loads(look.facts)["note"] if look else "",
        "size": len(raw),
        "dump": rules.dump(raw),
        "facts": _fields(raw) if frame.protocol == rules.Protocol.JT808 else [],
        "text": "" if frame.protocol == rules.Protocol.JT808 else rules.text_of(raw),
        "may_look": look is None and permissions.can_look_at_odd(frame, request.actor),
    }
    return show(request, "web/observations/odd_frame.html", context)


def _fields(raw: bytes) -> list[Fact]:
    """The header of JT/T 808 with a note where it contradicts the bytes."""
    read, doubt = rules.read_jt808(raw), rules.Doubt
    if read.message is None:
        return []
    named = MESSAGES.get(read.message)
    facts = [Fact(_("消息"), f"0x{read.message:04X}", note=_(named) if named else _("网关不读的消息"))]
    if read.year is not None:
        facts.append(Fact(_("版本"), f"JT/T 808-{read.year}"))
    if read.phone is not None:
        note = _("不是 BCD 码") if doubt.NOT_BCD in read.doubts else ""
        facts.append(Fact(_("终端号"), read.phone, note=note))
    if read.serial is not None:
        facts.append(Fact(_("流水号"), str(read.serial)))
    if read.declared is not None:
        note = _("实有 %(n)s 字节") % {"n": len(read.body)} if doubt.LENGTH in read.doubts else ""
        facts.append(Fact(_("声明长度"), _("%(n)s 字节") % {"n": read.declared}, note=note))
    if read.sent is not None:
        note = _("应为 %(code)02X") % {"code": read.counted or 0} if doubt.CHECKSUM in read.doubts else ""
        facts.append(Fact(_("校验码"), f"{read.sent:02X}", note=note))
    if doubt.ESCAPE in read.doubts:
        facts.append(Fact(_("转义"), "7D", note=_("其后应为 01 或 02")))
    return facts
