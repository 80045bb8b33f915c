"""What an order to a terminal says and how it was answered, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from xiuhua.observations import rules
from xiuhua.observations.models import DeviceOrder
from xiuhua.web.frame.parts import State

_KIND, _STATE = rules.OrderKind, rules.OrderState
_TONES = {
    _STATE.QUEUED: "wait",
    _STATE.SENT: "wait",
    _STATE.ANSWERED: "done",
    _STATE.REFUSED: "refused",
    _STATE.TIMED_OUT: "back",
    _STATE.WITHDRAWN: "back",
}
# Parameters of JT/T 808 as terminals number them.
_NUMBERED = {"0x0001": "heartbeat_seconds", "0x0027": "sleep_seconds", "0x0029": "report_seconds"}


def state_of(order: DeviceOrder) -> State:
    return State(_(order.get_state_display()), _TONES[_STATE(order.state)])


def what_of(order: DeviceOrder) -> str:
    """What it says beside its kind."""
    said = order.parameters
    if order.kind == _KIND.TEXT:
        flags = {"urgent": _("紧急"), "display": _("终端显示"), "speak": _("语音播报")}
        told = _("、").join(word for flag, word in flags.items() if said.get(flag))
        return _("“%(text)s”（%(flags)s）") % {"text": said["text"], "flags": told}
    if order.kind == _KIND.TRACK:
        return _("每%(n)s秒，持续%(m)s分钟") % {"n": said["interval"], "m": said["minutes"]}
    if order.kind == _KIND.PHOTO:
        return _("通道%(n)s") % {"n": said["channel"]}
    return _settings(said) if order.kind == _KIND.SETTINGS else ""


def _settings(values: Mapping[str, Any]) -> str:
    return _("，").join(
        _("%(what)s %(n)s 秒") % {"what": _(label), "n": values[name]}
        for name, label in rules.SETTINGS.items()
        if name in values
    )


def answer_of(order: DeviceOrder) -> str:
    """How it went, as far as its state does not say it."""
    if order.state == _STATE.REFUSED:
        return _(order.note) if order.note else _failure(order)
    if order.state == _STATE.TIMED_OUT:
        return _("终端未应答") if order.sent_at else _("终端未上线")
    if order.state != _STATE.ANSWERED:
        return ""
    if order.kind == _KIND.POSITION:
        return _("位置已留存") if order.facts.get("kept") else _("未定位或不当班，没有留存")
    if order.kind == _KIND.PHOTO:
        return "" if order.facts.get("exhibits") else _("照片未到")
    if order.kind == _KIND.PARAMETERS:
        return _values(order.facts.get("values", {}))
    return ""


def _failure(order: DeviceOrder) -> str:
    if order.result == 2 and "media" in order.facts:
        return _("没有这个通道")
    known = {1: _("终端执行失败"), 2: _("终端认为消息有误"), 3: _("终端不支持")}
    return known.get(order.result or 0, _("终端答复 %(n)s") % {"n": order.result})


def _values(found: Mapping[str, str]) -> str:
    known = {name: int(found[id_], 16) for id_, name in _NUMBERED.items() if found.get(id_)}
    rest = len(found) - len(known)
    told = [_settings(known)] if known else []
    if rest:
        told.append(_("另有%(n)s项") % {"n": rest})
    return _("，").join(told)
