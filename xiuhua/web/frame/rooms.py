"""The rooms of the rail: which a person may enter, and how much of their own work lies in each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiuhua.kernel import queries as kernel
from xiuhua.web.frame.http import Request


@dataclass(frozen=True, slots=True)
class Count:
    """My work in a room, and how much of it is overdue."""

    n: int = 0
    over: int = 0


Counter = Callable[[Request], Count]


@dataclass(frozen=True, slots=True)
class Room:
    """A line of the rail. `permissions`: any of them opens the room; none means everybody signed in."""

    key: str
    label: str | Promise
    url_name: str
    permissions: tuple[str, ...] = ()
    group: int = 0
    icon: str = ""
    on_phone: bool = False

    def open_to(self, request: Request) -> bool:
        return not self.permissions or any(request.actor.can(p) for p in self.permissions)


ROOMS = (
    Room("today", _("今日"), "web:today", group=0, icon="calendar", on_phone=True),
    Room(
        "leads",
        _("线索"),
        "web:leads",
        ("leads.see", "leads.register"),
        group=1,
        icon="triangle",
        on_phone=True,
    ),
    Room("duty", _("勤务"), "web:duty", ("duty.see",), group=1),
    Room("cases", _("案件"), "web:cases", ("cases.see", "cases.keep"), group=1, icon="folder", on_phone=True),
    Room("evidence", _("证据"), "web:exhibits", ("evidence.see",), group=1),
    Room("oversight", _("督察"), "web:samples", ("oversight.see",), group=1),
    Room("command", _("指挥图"), "web:command", ("positions.see", "duty.work"), group=2),
    Room("registers", _("名册"), "web:parties", ("registers.see",), group=2),
    Room("devices", _("设备"), "web:devices", ("devices.see",), group=2),
    Room("reports", _("报表"), "web:figures", ("reports.see",), group=2),
    Room("exchange", _("对外共享"), "web:exchange", ("exchange.see",), group=2),
    Room("law", _("法规库"), "web:law", (), group=2),
    Room("record", _("全过程记录"), "web:record", ("record.see",), group=2),
    Room("users", _("账号"), "web:users", ("org.manage", "org.secure"), group=3),
    Room("units", _("单位"), "web:units", (), group=3),
    Room("me", _("我的"), "web:me", (), group=9, icon="person", on_phone=True),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A room as drawn for one request."""

    key: str
    label: str | Promise
    url: str
    current: bool
    count: Count
    icon: str
    rule: bool = False


# Rooms register how they count; a room without a counter shows no number.
COUNTERS: dict[str, Counter] = {}
# Account → the counts of its rooms, and when they were counted: the last entry of the record, and the minute.
_counted: dict[int, tuple[tuple[int, datetime], dict[str, Count]]] = {}
PEOPLE = 2000


def counts(key: str) -> Callable[[Counter], Counter]:
    """Decorator: this function counts a person's own work in room `key`."""

    def keep(counter: Counter) -> Counter:
        COUNTERS[key] = counter
        return counter

    return keep


def _url(room: Room) -> str:
    """The address of a room; a face that is not installed has none and is left out."""
    try:
        return reverse(room.url_name)
    except NoReverseMatch:
        return ""


def _counts(request: Request) -> dict[str, Count]:
    """The counts of this person, by room; filled as rooms are drawn.

    What is counted changes with an entry of the record or with the time. So what a process has counted stands until
    somebody does something, and a minute at most.
    """
    mark = (kernel.last_entry(), request.at.replace(second=0, microsecond=0))
    who = request.actor.user_id or 0
    if who not in _counted or _counted[who][0] != mark:
        if len(_counted) >= PEOPLE:
            _counted.clear()
        _counted[who] = (mark, {})
    return _counted[who][1]


def forget() -> None:
    """Count anew: the tests take entries back, which nobody else can."""
    _counted.clear()


def _lines(request: Request, rooms: Iterable[Room]) -> list[Line]:
    out: list[Line] = []
    last_group: int | None = None
    counted: dict[str, Count] | None = None
    for room in rooms:
        url = _url(room)
        if not url or not room.open_to(request):
            continue
        count, counter = Count(), COUNTERS.get(room.key)
        if counter:
            counted = _counts(request) if counted is None else counted
            count = counted.get(room.key) or counted.setdefault(room.key, counter(request))
        out.append(
            Line(
                key=room.key,
                label=room.label,
                url=url,
                current=_is_current(request, room),
                count=count,
                icon=room.icon,
                rule=last_group is not None and room.group != last_group,
            )
        )
        last_group = room.group
    return out


def _is_current(request: Request, room: Room) -> bool:
    """The room an address lies in: its view module's folder under `web` tells."""
    match = request.resolver_match
    return bool(match and match.kwargs is not None and getattr(match.func, "room", "") == room.key)


def rail(request: Request) -> list[Line]:
    return _lines(request, [r for r in ROOMS if r.key != "me"])


def me(request: Request) -> list[Line]:
    """The person's own room, which stands on the phone's bottom line only."""
    return _lines(request, [r for r in ROOMS if r.key == "me"])
