"""Procedures beside the main road on the page of a case: those under way, those that may begin, the form of a step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.cases import actions, queries
from xiuhua.cases.models import Case, Matter, Step
from xiuhua.cases.models.case import GOODS_IN_KEEPING
from xiuhua.cases.procedure.file import at
from xiuhua.cases.procedure.side import Side, clocks
from xiuhua.cases.procedure.walk import Choice
from xiuhua.cases.queries import Place, money
from xiuhua.kernel import queries as kernel
from xiuhua.kernel.clock import SHANGHAI
from xiuhua.kernel.workdays import Calendar
from xiuhua.web.cases import steps
from xiuhua.web.cases.packet import Packet, packet_of
from xiuhua.web.cases.reaching import case_of
from xiuhua.web.frame import clocks as faces
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, in_english
from xiuhua.web.frame.parts import May, MayNot, State

SHOWN_REASONS = 1
# The procedure whose papers go out as one packet.
TO_COURT = "court_application"
PAYMENT = "payment"


@dataclass(frozen=True, slots=True)
class MatterRow:
    """A matter as the page of its case shows it: what it is, where it stands, its clocks, what can be done."""

    label: str
    state: State
    clocks: Sequence[faces.Clock]
    may: Sequence[May]
    may_not: Sequence[MayNot]
    packet: Packet | None = None
    url: str = ""
    url_label: str = ""


def label_of(side: Side, number: int = 0, of: str = "") -> str:
    """What it is called; with a number where a case may have several, and `of` whom where each party has one."""
    name = side.label_en if in_english() else side.label_zh
    whose = f"{name}　{of}" if of else name
    return f"{whose} {number}" if number and side.kept_in else whose


def party_of(place: Place) -> str:
    """What the one of several parties is called whose matter it is; empty where it is of the case."""
    return str(at(place.file, "party.name") or place.party) if place.party else ""


def _started(side: Side, choice: Choice, of: str) -> str:
    between = ": " if in_english() else "："
    return f"{label_of(side, of=of)}{between}{_(choice.move.label)}"


def rows_of(
    request: Request, found: Case, works: bool, read: queries.Folded
) -> tuple[list[MatterRow], list[May]]:
    """The matters of a case, and the buttons that begin a new one for somebody who works the case."""
    under_way, new = queries.beside(found, request.today, read)
    begin = [
        May(_started(place.side, choice, party_of(place)), _address(place, choice.move.id))
        for place in (new if works else ())
        for choice in queries.choices(place, request.actor, request.today)
        if place.side and _is_own(choice) and choice.is_open
    ]
    return [_row(request, place, place.matter, works) for place in under_way if place.matter], begin


def _row(request: Request, place: Place, matter: Matter, works: bool) -> MatterRow:
    side, here = queries.sides()[matter.procedure], place.table.states_by_id.get(matter.state)
    choices = queries.choices(place, request.actor, request.today) if works and not matter.ended else []
    tone = "done" if matter.ended else "now" if any(c.is_open for c in choices) else "wait"
    return MatterRow(
        _named(place, side, matter),
        State(_(here.label) if here else matter.state, tone),
        [] if matter.ended else _clocks(request, place, side),
        [May(c.move.label, _address(place, c.move.id)) for c in choices if c.is_open],
        [MayNot(c.move.label, c.refusals[:SHOWN_REASONS]) for c in choices if not c.is_open and _is_own(c)],
        packet_of(place.case) if works and matter.procedure == TO_COURT else None,
        *_page_of(request, place.case, matter),
    )


def _page_of(request: Request, case: Case, matter: Matter) -> tuple[str, str]:
    """The page that the matter has of its own, and what it is called: the bill of a payment, the list of things."""
    if matter.procedure == PAYMENT:
        return _bill(request, case, matter), _("应缴与已缴")
    if matter.procedure in GOODS_IN_KEEPING:
        return reverse("web:goods-list", args=[matter.pk]), _("物品清单")
    return "", ""


def _bill(request: Request, case: Case, matter: Matter) -> str:
    """The page of what the case, or one of its parties, owes by the decision of this payment; "" without a bill."""
    same = case.matters.filter(procedure=PAYMENT, party=matter.party, number__lte=matter.number)
    bills = money.bills(request.actor).filter(case=case, party=matter.party, turn=same.count())
    found = bills.values_list("pk", flat=True).first()
    return reverse("web:money-bill", args=[found]) if found else ""


def _named(place: Place, side: Side, matter: Matter) -> str:
    """What the matter is called, with the document that it is about."""
    kind = queries.shelf().kinds.get(str(at(place.file, side.about) or "")) if side.about else None
    name = label_of(side, matter.number, party_of(place))
    return f"{name}　{_(kind.label_zh)}" if kind else name


def _is_own(choice: Choice) -> bool:
    """What others would do is not told to somebody who could not do it anyhow."""
    return not any(r.code == "wrong_role" for r in choice.refusals)


def _clocks(request: Request, place: Place, side: Side) -> list[faces.Clock]:
    calendar = kernel.calendar()
    found = clocks.running(side, place.state, place.file, request.today, calendar)
    # A wait that is over is nothing to be late for.
    return [_clock(request, r, calendar) for r in _apart(found) if not r.waits or r.first > request.today]


def _apart(found: Sequence[clocks.Running]) -> list[clocks.Running]:
    """One clock for each last day: where time itself makes a move then, that one, for it says what happens."""
    by_day: dict[tuple[date, bool], clocks.Running] = {}
    for r in found:
        if "system" in r.move.roles or (r.due.day, r.waits) not in by_day:
            by_day[r.due.day, r.waits] = r
    return list(by_day.values())


def _clock(request: Request, r: clocks.Running, calendar: Calendar) -> faces.Clock:
    label, ground = _(r.move.label), "; ".join(r.move.articles)
    if r.moment and not r.waits:
        return faces.moment_clock(label, r.moment.replace(tzinfo=SHANGHAI), now=request.at, ground=ground)
    return faces.day_clock(
        _("%(move)s最早") % {"move": label} if r.waits else label,
        r.first if r.waits else r.due.day,
        today=request.today,
        calendar=calendar,
        unit=r.move.clock.unit if r.move.clock and not r.opens else "calendar_day",
        ground=ground,
        provisional=r.due.provisional,
    )


def _address(place: Place, move: str, name: str = "web:case-matter") -> str:
    if place.matter:
        return reverse(f"{name}-step", args=[place.case.pk, place.matter.pk, move])
    whose = f"?party={place.party}" if place.party else ""
    return reverse(f"{name}-new", args=[place.case.pk, place.table.procedure, move]) + whose


def _new(request: Request, pk: int, procedure: str) -> Place:
    """A new matter of the case, of the party that the address names where each has one of its own."""
    if procedure not in queries.sides():
        raise Http404(_("没有这种程序"))
    case, side, party = case_of(request, pk), queries.sides()[procedure], request.GET.get("party", "")
    if party and party not in queries.whose(side, queries.file_of(case)):
        raise Http404(_("本案没有这名被罚款的当事人"))
    return queries.place_in(case, side, request.today, party=party)


def _there(request: Request, pk: int, matter_pk: int) -> Place:
    case = case_of(request, pk)
    matter = get_object_or_404(Matter.objects.visible(request.actor), pk=matter_pk, case=case)
    return queries.place_in(case, queries.sides()[matter.procedure], request.today, matter)


@in_room("cases", "cases.work")
def begin(request: Request, pk: int, procedure: str, move: str) -> HttpResponse:
    place = _new(request, pk, procedure)

    def take(values: Mapping[str, Any]) -> Step:
        matter = actions.begin(
            case=place.case,
            procedure=procedure,
            move=move,
            values=values,
            by=request.actor,
            at=request.at,
            party=place.party,
        )
        return matter.steps.latest("seq")

    return _page(request, place, move, take, f"matter-new-{pk}-{procedure}-{move}{place.party}")


@in_room("cases", "cases.work", "cases.keep")
def step(request: Request, pk: int, matter_pk: int, move: str) -> HttpResponse:
    place = _there(request, pk, matter_pk)
    matter = get_object_or_404(Matter.objects.visible(request.actor), pk=matter_pk)

    def take(values: Mapping[str, Any]) -> Step:
        return actions.take_in(matter=matter, move=move, values=values, by=request.actor, at=request.at)

    return _page(request, place, move, take, f"matter-{matter_pk}-{move}")


def _page(request: Request, place: Place, move: str, take: steps.Take, key: str) -> HttpResponse:
    urls = (_address(place, move), _address(place, move, "web:case-matter-preview"))
    return steps.page(request, place, move, take, key=key, urls=urls)


@in_room("cases", "cases.work")
def begin_preview(request: Request, pk: int, procedure: str, move: str) -> HttpResponse:
    return steps.papers_beside(request, _new(request, pk, procedure), move)


@in_room("cases", "cases.work", "cases.keep")
def step_preview(request: Request, pk: int, matter_pk: int, move: str) -> HttpResponse:
    return steps.papers_beside(request, _there(request, pk, matter_pk), move)
