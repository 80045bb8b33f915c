"""How people and vehicles on the map are told in words."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.command import queries, rules
from xiuhua.kernel import clock
from xiuhua.org.queries import Unit
from xiuhua.web.frame.http import in_english
from xiuhua.web.frame.parts import State

TONES = {rules.Standing.MOVING: "now", rules.Standing.STILL: "wait", rules.Standing.LOST: "refused"}


def unit_name(unit: Unit) -> str:
    return (in_english() and unit.name_en) or unit.short_name


def standing(mover: queries.Mover) -> State:
    return State(_(rules.STANDING_LABELS[mover.standing]), TONES[mover.standing])


def doing(mover: queries.Mover) -> str:
    """The order or task at hand, else the shift and its beat."""
    if mover.order is not None:
        return _("调度令：%(what)s") % {"what": mover.order.what}
    if mover.task is not None:
        return _("任务：%(what)s") % {"what": mover.task.title}
    if mover.shift is None:
        return _("当班")
    kind = (in_english() and mover.shift.kind.name_en) or mover.shift.kind.name
    return f"{kind} · {mover.shift.beat.name}" if mover.shift.beat else str(kind)


def kind(mover: queries.Mover) -> str:
    return _("车辆") if mover.is_car else _("队员")


def moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, clock.SHANGHAI)


def ago(milliseconds: int, now: datetime) -> str:
    """8 秒前, 12 分钟前, 3 小时前."""
    seconds = max(0, int(now.timestamp() - milliseconds / 1000))
    if seconds < 60:
        return _("%(n)s 秒前") % {"n": seconds}
    if seconds < 3600:
        return _("%(n)s 分钟前") % {"n": seconds // 60}
    return _("%(n)s 小时前") % {"n": seconds // 3600}


def distance(metres: float) -> str:
    if metres < 1000:
        return _("%(m)s 米") % {"m": round(metres)}
    return _("%(km)s 公里") % {"km": f"{metres / 1000:.1f}"}


def doing_url(mover: queries.Mover) -> str:
    """The page of the order or task at hand."""
    if mover.order is not None:
        return reverse("web:command-order", args=[mover.order.pk])
    return reverse("web:duty-task", args=[mover.task.pk]) if mover.task is not None else ""
