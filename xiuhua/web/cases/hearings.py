"""Hearings to come, for hosts and for the offices that have a part in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import HttpResponse
from django.utils.translation import gettext as _

from xiuhua.cases import queries
from xiuhua.cases.queries import Hearing
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, show
from xiuhua.web.frame.parts import State


@dataclass(frozen=True, slots=True)
class Row:
    """A hearing as the list shows it. `mine`: the person is its host."""

    hearing: Hearing
    state: State
    mine: bool


@dataclass(frozen=True, slots=True)
class Day:
    """The hearings of one day; None is for those that have no day yet."""

    day: date | None
    rows: Sequence[Row]


@in_room("cases", "cases.see")
def hearings(request: Request) -> HttpResponse:
    mine = "mine" in request.GET
    rows = [row for row in _rows(request, queries.hearings(request.actor)) if row.mine or not mine]
    context = {"days": by_day(rows), "total": len(rows), "mine": mine, "today": request.today}
    return show(request, "web/cases/hearings.html", context)


def by_day(rows: Iterable[Row]) -> list[Day]:
    """The rows, which come in the order of their days, under the day of each."""
    return [
        Day(day, list(found)) for day, found in groupby(rows, lambda r: r.hearing.at and r.hearing.at.date())
    ]


def _rows(request: Request, found: Sequence[Hearing]) -> list[Row]:
    table = queries.sides()["hearing"].table_on(request.today)
    me = str(request.actor.officer_id or "")
    return [
        Row(
            h,
            State(_(table.state(h.matter.state).label), _tone(h, me)),
            bool(me) and h.host_id == me,
        )
        for h in found
    ]


def _tone(hearing: Hearing, me: str) -> str:
    return "now" if me and hearing.host_id == me else "wait"
