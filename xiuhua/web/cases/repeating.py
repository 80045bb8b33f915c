"""The panel of earlier cases: of the same party or near the same place, beside a form that opens or weighs a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from xiuhua.cases import queries
from xiuhua.cases.models import Case
from xiuhua.cases.queries import repeats
from xiuhua.cases.queries.discretion import factors_for
from xiuhua.cases.queries.repeats import Earlier, Found, Wanted
from xiuhua.leads import queries as leads
from xiuhua.leads.queries import Lead
from xiuhua.registers import queries as registers
from xiuhua.registers.queries import Party
from xiuhua.web.cases import words
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, in_english, show
from xiuhua.web.frame.parts import State


@dataclass(frozen=True, slots=True)
class Line:
    """An earlier case as the panel shows it: why it is there, and what was decided."""

    case: Case
    why: str
    state: State
    counts: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """What the panel says: how far it looked, whether it makes the act one again, and as which circumstance."""

    lines: Sequence[Line]
    months: int
    metres: int
    again: int
    factor: str


def of_case(request: Request, case: Case) -> Panel:
    """The panel of a case that is open."""
    return panel(request, repeats.of_case(request.actor, case), case.found_on)


def panel(request: Request, found: Found, on: date) -> Panel:
    """The rows in words, and the circumstance by its name."""
    named = {f.code: f for f in factors_for(on, request.today)}
    factor = named.get(found.factor)
    return Panel(
        lines=[_line(request, row) for row in found.rows],
        months=found.months,
        metres=found.metres,
        again=len(found.counted),
        factor=((in_english() and factor.label_en) or factor.label) if factor else "",
    )


def _line(request: Request, row: Earlier) -> Line:
    why = [_("同一当事人")] if row.by_party else []
    if row.metres is not None:
        why.append(_("相距 %(n)d 米") % {"n": row.metres})
    elif not row.by_party:
        why.append(_("同一地点"))
    if row.same_cause:
        why.append(_("同一案由"))
    return Line(row.case, "　".join(why), words.state_of(row.case, request.actor), row.counts)


def wanted_of(request: Request, said: Mapping[str, Any], lead: Lead | None) -> Wanted:
    """What a form about to open a case says so far; whatever cannot be read yet is left out."""
    day = _day(said.get("occurred_on") or said.get("found_on")) or request.today
    day = min(day, request.today)
    party = _party(request, said)
    return Wanted(
        acted_on=day,
        party=party.pk if party else None,
        cause=queries.cause_on(str(said.get("cause") or said.get("cause.code") or ""), day),
        place=str(said.get("place") or said.get("violation.place") or ""),
        lon=lead.lon if lead else None,
        lat=lead.lat if lead else None,
    )


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text or ""))
    except ValueError:
        return None


def _party(request: Request, said: Mapping[str, Any]) -> Party | None:
    """The party that was chosen, or the one that the number typed belongs to, where this person may see it."""
    key = str(said.get("party") or "")
    seen = registers.parties(request.actor)
    if key.isdigit():
        return seen.filter(pk=key).first()
    number = str(said.get("new_party.number") or said.get("party.number") or "").strip().upper()
    found = registers.find(request.actor, number, limit=1) if number else []
    return found[0] if found and number in (found[0].id_no, found[0].credit_code) else None


@in_room("cases", "cases.work")
def earlier(request: Request) -> HttpResponse:
    """The panel for what the form says now. Nothing is written."""
    said = request.POST if request.method == "POST" else request.GET
    return show(request, "web/cases/_earlier.html", context_of(request, said, _lead_of(request, said)))


def context_of(request: Request, said: Mapping[str, Any], lead: Lead | None) -> dict[str, Any]:
    """What `_earlier.html` shows of a form."""
    wanted = wanted_of(request, said, lead)
    return {"earlier": panel(request, repeats.earlier(request.actor, wanted), wanted.acted_on)}


def _lead_of(request: Request, said: Mapping[str, Any]) -> Lead | None:
    key = str(said.get("lead") or "")
    return leads.leads(request.actor).filter(pk=key).first() if key.isdigit() else None
