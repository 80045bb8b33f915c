"""The list of leads: its filters, orders, views and columns, and what a row offers to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiuhua.kernel.models import Area
from xiuhua.leads import queries, rules
from xiuhua.leads.models import Lead
from xiuhua.org import queries as org
from xiuhua.web.frame import rooms
from xiuhua.web.frame.http import Request, in_english
from xiuhua.web.frame.lists import Column, Filter, Listing, Sort, View, between, one_of

# The acts a row offers, in the order of the road; the first that is allowed is the main act of the row.
ROW_ACTS = ("verify", "dispatch", "accept", "hand_to_case")
BULK_ACTS = ("verify", "dispatch", "accept")
SOON = timedelta(days=7)


def _states(_request: Request) -> Sequence[tuple[str, str]]:
    return [(s.value, label) for s, label in rules.STATE_LABELS.items()]


def _sources(_request: Request) -> Sequence[tuple[str, str]]:
    return [(s.value, label) for s, label in rules.SOURCE_LABELS.items()]


def _kinds(_request: Request) -> Sequence[tuple[str, str]]:
    return [(k.code, k.name_en if in_english() else k.name) for k in queries.kinds()]


def _units(request: Request) -> Sequence[tuple[str, str]]:
    """The units whose leads the person may see: all, or the own ones."""
    scope = request.actor.scope("leads.see")
    units = org.handling_units()
    if not scope.everything:
        units = units.filter(pk__in=scope.units)
    return [(u.code, (in_english() and u.name_en) or u.short_name) for u in units]


def _areas(_request: Request) -> Sequence[tuple[str, str]]:
    return list(Area.objects.order_by("code").values_list("code", "name"))


def _due(rows: QuerySet[Lead], values: Sequence[str]) -> QuerySet[Lead]:
    """`over`: past its day; `soon`: up to a week from now. The day comes with the value: `soon:2026-05-18`."""
    wanted = Q()
    for value in values:
        name, _sep, day = value.partition(":")
        if name == "over":
            wanted |= Q(due_on__lt=day)
        else:
            wanted |= Q(due_on__gte=day[:10], due_on__lte=day[11:])
    return rows.filter(wanted)


def _due_choices(request: Request) -> Sequence[tuple[str, str]]:
    today, week = request.today, request.today + SOON
    return [
        (f"over:{today}", _("已超期")),
        (f"soon:{today}:{week}", _("七天内到期")),
    ]


def _find(rows: QuerySet[Lead], values: Sequence[str]) -> QuerySet[Lead]:
    text = values[0].strip()
    return rows.filter(
        Q(search__contains=text.lower()) | Q(number__contains=text) | Q(public_id=text) | Q(source_ref=text)
    )


LEADS: Listing[Lead] = Listing(
    room="leads",
    filters=(
        Filter("state", gettext_lazy("状态"), one_of("state"), choices=_states),
        Filter("kind", gettext_lazy("类别"), one_of("kind__code"), choices=_kinds),
        Filter("due", gettext_lazy("时钟"), _due, choices=_due_choices),
        Filter("unit", gettext_lazy("承办单位"), one_of("unit__code"), choices=_units),
        Filter("area", gettext_lazy("区域"), one_of("area__code"), choices=_areas),
        Filter("source", gettext_lazy("来源"), one_of("source"), choices=_sources),
        Filter("received", gettext_lazy("收到"), between("received_at__date"), kind="day"),
        Filter(
            "q",
            gettext_lazy("查找"),
            _find,
            kind="text",
            placeholder=gettext_lazy("编号、地点、内容、拼音首字母"),
        ),
    ),
    sorts=(
        Sort("received", gettext_lazy("收到时间"), "-received_at"),
        Sort("due", gettext_lazy("最近的时钟"), "due_on", nullable=True),
        Sort("state", gettext_lazy("进入状态时间"), "-state_since"),
    ),
    columns=(
        Column(gettext_lazy("编号"), lambda x: x.number),
        Column(gettext_lazy("类别"), lambda x: (in_english() and x.kind.name_en) or x.kind.name),
        Column(gettext_lazy("地点"), lambda x: x.place),
        Column(gettext_lazy("内容"), lambda x: x.content),
        Column(gettext_lazy("来源"), lambda x: _(x.get_source_display())),
        Column(gettext_lazy("区域"), lambda x: x.area.name if x.area else ""),
        Column(gettext_lazy("状态"), lambda x: _(x.get_state_display())),
        Column(gettext_lazy("期限届满日"), lambda x: x.due_on),
        Column(gettext_lazy("承办单位"), lambda x: x.unit.short_name if x.unit else ""),
        Column(gettext_lazy("收到"), lambda x: x.received_at),
    ),
    views=(
        View(
            gettext_lazy("待核实"),
            "state=registered&sort=due",
            lambda r: r.actor.can("leads.verify"),
            lambda r: waiting(r).get("to_verify", 0),
        ),
        View(
            gettext_lazy("待派发"),
            "state=verified&state=returned&sort=due",
            lambda r: r.actor.can("leads.dispatch"),
            lambda r: waiting(r).get("to_dispatch", 0),
        ),
        View(
            gettext_lazy("待接收"),
            "state=dispatched&sort=due",
            lambda r: r.actor.can("leads.work"),
            lambda r: waiting(r).get("to_accept", 0),
        ),
        View(
            gettext_lazy("处理中"),
            "state=accepted&sort=due",
            lambda r: r.actor.can("leads.work"),
            lambda r: waiting(r).get("in_hand", 0),
        ),
        View(gettext_lazy("全部"), ""),
    ),
)


def waiting(request: Request) -> dict[str, int]:
    """How many leads wait on each heap of this person; asked once a request."""
    held: dict[str, int] | None = getattr(request, "_leads_waiting", None)
    if held is None:
        held = queries.counts_for(request.actor, request.today)
        request._leads_waiting = held  # type: ignore[attr-defined]  # kept for this request only
    return held


@rooms.counts("leads")
def count(request: Request) -> rooms.Count:
    """My work among the leads."""
    heaps = waiting(request)
    return rooms.Count(sum(n for name, n in heaps.items() if name != "overdue"), heaps.get("overdue", 0))


def row_act(lead: Lead, request: Request) -> rules.Move | None:
    """The main act of a row: the first on the road that this person may do now. No query."""
    for name in ROW_ACTS:
        move = rules.MOVES[name]
        if name == "dispatch" and lead.state == rules.State.DISPATCHED:
            continue  # sending it elsewhere is possible, but it is the unit's turn
        if not queries.refusals_of(move, lead, request.actor):
            return move
    return None
