"""The list of cases, and how much of it is a person's own work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from xiuhua.cases import queries
from xiuhua.cases.models import Case
from xiuhua.kernel import queries as kernel
from xiuhua.web.cases import words
from xiuhua.web.cases.listing import CASES
from xiuhua.web.frame import clocks, exports, rooms
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, show
from xiuhua.web.frame.parts import State


@dataclass(frozen=True, slots=True)
class Row:
    """A case as its row shows it."""

    case: Case
    state: State
    clock: clocks.Clock | None


def rows_of(cases: Iterable[Case], request: Request) -> list[Row]:
    calendar = kernel.calendar()
    return [
        Row(case, words.state_of(case, request.actor), words.clock_of(case, request.today, calendar))
        for case in cases
    ]


@in_room("cases", "cases.see", "cases.keep")
def cases(request: Request) -> HttpResponseBase:
    base = queries.seen(request.actor)
    if exports.wanted(request):
        return exports.respond(request, _("案件"), CASES.columns, CASES.ordered(request, base))
    shown = CASES.show(request, base)
    context = {
        "shown": shown,
        "rows": rows_of(shown.rows, request),
        "may_open": bool(request.actor.scope("cases.work").units),
        "empty": _("没有符合条件的案件。放宽筛选，或清除条件。") if shown.is_filtered else _("还没有案件。"),
    }
    return show(request, "web/cases/cases.html", context, part="web/cases/_list.html")


@rooms.counts("cases")
def my_work(request: Request) -> rooms.Count:
    """Cases in which the next act is one of ours, and how many of them have run over their clock."""
    return rooms.Count(*queries.work_of(request.actor, request.today))
