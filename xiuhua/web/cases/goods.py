"""What lies in the store now: registered, seized and confiscated things by unit, with last day and case; and one list
of them with the state of each thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from xiuhua.cases import queries
from xiuhua.cases.models import Document, Matter
from xiuhua.cases.models.case import GOODS_IN_KEEPING
from xiuhua.cases.procedure.side.confiscated_goods_forms import WAYS
from xiuhua.cases.queries import goods as store
from xiuhua.cases.queries.goods import Kept, Thing
from xiuhua.kernel import clock
from xiuhua.kernel import queries as kernel
from xiuhua.org import queries as org
from xiuhua.web.cases import words
from xiuhua.web.frame import clocks, exports
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, in_english, show
from xiuhua.web.frame.lists import Column, Filter, Listing, Sort, View, one_of
from xiuhua.web.frame.parts import State

# Days ahead that the page offers: its own view is the first of them.
AHEAD = (3, 7, 15)
SHOWN_GOODS = 3
WAY_LABELS = {code: label for code, label, _english in WAYS}
# What became of a thing; the ways of confiscated things among them.
ENDS = {
    **WAY_LABELS,
    "returned": gettext_noop("退还当事人"),
    "confiscated": gettext_noop("没收后已处理"),
    "disposed_perishable": gettext_noop("易腐物品已处理"),
    "disposed_unclaimed": gettext_noop("无人认领已处置"),
    "sent_with_crime": gettext_noop("随案移送公安机关"),
    "sent_with_referral": gettext_noop("随案移送有管辖权的机关"),
}
# States in which whoever keeps the things is to act.
TO_HAND_OUT = (
    "release_decided",
    "confiscated",
    "registration_decided",
    *store.CONFISCATED,
    *store.OVERDUE_STATES,
)


@dataclass(frozen=True, slots=True)
class Row:
    """A matter with what it holds. `more`: how many of its things are not named."""

    matter: Matter
    label: str
    state: State
    kept: Kept
    goods: Sequence[Mapping[str, Any]]
    more: int
    clock: clocks.Clock | None


@dataclass(frozen=True, slots=True)
class UnitLine:
    """How much lies in the store for one unit, and how much of it runs out soon or has run out."""

    name: str
    n: int
    soon: int
    url: str
    current: bool


def _due(rows: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
    today, found = clock.today(), Q(pk__in=[])
    if "over" in values:
        found |= Q(due_on__lt=today) | Q(state__in=store.OVERDUE_STATES)
    days = [int(v) for v in values if v.isdecimal() and len(v) < 4]
    if days:
        found |= Q(due_on__range=(today, today + timedelta(days=max(days))))
    return rows.filter(found)


def _states(_request: Request) -> Sequence[tuple[str, str]]:
    labels = {s.id: s.label for side in _sides() for t in side.tables for s in t.states}
    return [
        (s, _(labels[s])) for s in (*store.REGISTERED, *store.TAKEN_OVER, *store.SEIZED, *store.CONFISCATED)
    ]


def _sides() -> list[Any]:
    return [queries.sides()[name] for name in (store.REGISTRATION, store.MEASURE, store.CONFISCATION)]


def _kinds(_request: Request) -> Sequence[tuple[str, str]]:
    return [(side.procedure, words.side_label(side)) for side in _sides()]


def _units(request: Request) -> Sequence[tuple[str, str]]:
    held = store.in_store(request.actor).values("case__handling_unit")
    found = org.handling_units().filter(pk__in=held)
    return [(str(u.pk), (in_english() and u.name_en) or u.short_name) for u in found]


def _search(rows: QuerySet[Any], values: Sequence[str]) -> QuerySet[Any]:
    return rows.filter(case__search__contains=values[0].lower())


def _within(days: int) -> str | Promise:
    return _("%(n)d 日内到期") % {"n": days}


def _held(matter: Matter) -> Kept:
    return store.kept([matter])[matter.pk]


def state_label(matter: Matter) -> str:
    """Where the matter stands, in the reader's language."""
    states = {s.id: s.label for table in queries.sides()[matter.procedure].tables for s in table.states}
    return _(states.get(matter.state, matter.state))


GOODS: Listing[Matter] = Listing(
    room="goods",
    filters=(
        Filter(
            "q", gettext_lazy("查找"), _search, kind="text", placeholder=gettext_lazy("案号、当事人、地点")
        ),
        Filter("unit", gettext_lazy("单位"), one_of("case__handling_unit"), choices=_units),
        Filter("kind", gettext_lazy("程序"), one_of("procedure"), choices=_kinds),
        Filter("state", gettext_lazy("环节"), one_of("state"), choices=_states),
        Filter(
            "due",
            gettext_lazy("时钟"),
            _due,
            choices=lambda _r: [("over", _("已届满")), *((str(n), _within(n)) for n in AHEAD)],
        ),
    ),
    sorts=(
        Sort("due", gettext_lazy("届满日"), "due_on", nullable=True),
        Sort("opened", gettext_lazy("开始时间"), "-opened_at"),
    ),
    columns=(
        Column(gettext_lazy("案号"), lambda m: m.case.number),
        Column(gettext_lazy("当事人"), lambda m: m.case.party_name),
        Column(gettext_lazy("办案单位"), lambda m: m.case.handling_unit.name),
        Column(gettext_lazy("程序"), lambda m: words.side_label(queries.sides()[m.procedure])),
        Column(gettext_lazy("环节"), state_label),
        Column(gettext_lazy("物品"), lambda m: store.said(_held(m).goods)),
        Column(gettext_lazy("存放地点"), lambda m: _held(m).place),
        Column(gettext_lazy("取得日期"), lambda m: _held(m).since),
        Column(gettext_lazy("届满日"), lambda m: m.due_on),
    ),
    views=(
        View(gettext_lazy("全部"), ""),
        View(gettext_lazy("已届满"), "due=over"),
        View(gettext_lazy("七日内到期"), "due=7"),
        View(gettext_lazy("待退还或者处理"), "&".join(f"state={s}" for s in TO_HAND_OUT)),
        View(gettext_lazy("公告认领中"), "state=unclaimed"),
        View(gettext_lazy("没收物品"), f"kind={store.CONFISCATION}"),
    ),
)


@in_room("cases", "cases.see", "cases.keep")
def goods(request: Request) -> HttpResponseBase:
    base = store.in_store(request.actor)
    if exports.wanted(request):
        return exports.respond(request, _("涉案物品"), GOODS.columns, GOODS.ordered(request, base))
    shown = GOODS.show(request, base)
    context = {
        "shown": shown,
        "rows": rows_of(shown.rows, request),
        "units": units_of(request, base),
        "days": AHEAD[1],
        "empty": _("没有符合条件的物品。")
        if shown.is_filtered
        else _("库里没有登记保存、查封扣押或者没收的物品。"),
    }
    return show(request, "web/cases/goods.html", context, part="web/cases/_goods.html")


def units_of(request: Request, base: QuerySet[Matter]) -> list[UnitLine]:
    """A line for each unit; one unit alone needs none."""
    chosen = request.GET.getlist("unit")
    found = store.by_unit(base, request.today + timedelta(days=AHEAD[1]))
    lines = [
        UnitLine(
            (in_english() and row["case__handling_unit__name_en"]) or row["case__handling_unit__short_name"],
            row["n"],
            row["soon"],
            f"?unit={row['case__handling_unit']}",
            str(row["case__handling_unit"]) in chosen,
        )
        for row in found
    ]
    return lines if len(lines) > 1 else []


def rows_of(matters: Iterable[Matter], request: Request) -> list[Row]:
    found = list(matters)
    held = store.kept(found)
    return [_row(matter, held[matter.pk], request) for matter in found]


def _row(matter: Matter, kept: Kept, request: Request) -> Row:
    tone = (
        "back" if matter.state in store.OVERDUE_STATES else "now" if matter.state in TO_HAND_OUT else "wait"
    )
    tone = "done" if matter.ended else tone
    return Row(
        matter,
        words.side_label(queries.sides()[matter.procedure]),
        State(state_label(matter), tone),
        kept,
        kept.goods[:SHOWN_GOODS],
        max(len(kept.goods) - SHOWN_GOODS, 0),
        _clock(matter, request),
    )


def _clock(matter: Matter, request: Request) -> clocks.Clock | None:
    """The nearest clock of the matter, as its columns keep it; none where no day is set."""
    rule = queries.sides()[matter.procedure].table_on(request.today).by_id.get(matter.clock)
    if rule and matter.due_at:
        return clocks.moment_clock(_(rule.label), matter.due_at, now=request.at)
    if matter.due_on is None:
        return None
    return clocks.day_clock(
        _(rule.label) if rule else _("期限届满"),
        matter.due_on,
        today=request.today,
        calendar=kernel.calendar(),
        unit=rule.clock.unit if rule and rule.clock else "calendar_day",
        ground="; ".join(rule.articles) if rule else "",
        provisional=matter.due_provisional,
    )


@in_room("cases", "cases.see", "cases.keep")
def listed(request: Request, pk: int) -> HttpResponse:
    """One list of things: each with its own state, where it lies, what it is worth, what it brought."""
    lists = Matter.objects.visible(request.actor).filter(procedure__in=GOODS_IN_KEEPING)
    matter = get_object_or_404(lists.select_related("case__handling_unit"), pk=pk)
    row = rows_of([matter], request)[0]
    papers = Document.objects.visible(request.actor).filter(step__matter=matter).order_by("issued_on", "pk")
    context = {
        "row": row,
        "things": [(thing, _stands(thing)) for thing in row.kept.things],
        "facts": row.kept.block,
        "lots": [
            {**lot, "disposed_on": _day(lot.get("disposed_on")), "remitted_on": _day(lot.get("remitted_on"))}
            for lot in row.kept.block.get("lots") or ()
        ],
        "papers": [(paper, _(queries.shelf().kinds[paper.kind].label_zh)) for paper in papers],
    }
    return show(request, "web/cases/goods_list.html", context)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _stands(thing: Thing) -> State:
    """What a thing has come to, in words."""
    if thing.end:
        return State(_(ENDS.get(thing.end, thing.end)), "done")
    if thing.way:
        return State(_("待处理：%(way)s") % {"way": _(WAY_LABELS[thing.way])}, "now")
    return State(_("在库"), "wait")
