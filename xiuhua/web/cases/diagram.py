"""The diagram of the procedure a case walks, with the place it has reached; of its matters beside it too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from xiuhua.cases import queries
from xiuhua.cases.procedure.draw import svg
from xiuhua.cases.procedure.moves import Table
from xiuhua.cases.procedure.tables import table_on
from xiuhua.kernel import clock
from xiuhua.org import queries as org
from xiuhua.web.cases.matters import label_of, party_of
from xiuhua.web.cases.reaching import case_of
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, in_english, show


@dataclass(frozen=True, slots=True)
class Drawn:
    """One diagram: what it is of, where it stands, the picture."""

    label: str
    state: str
    picture: SafeString


@in_room("cases", "cases.see", "cases.keep")
def diagram(request: Request, pk: int) -> HttpResponse:
    found = case_of(request, pk)
    # A case that is closed stays drawn by the text under which it ended.
    day = clock.day_of(found.state_since) if found.closed_on else request.today
    table = table_on(found.procedure, day)
    here = table.states_by_id.get(found.state)
    label = f"{_(found.get_procedure_display())}（{table.version}）"
    drawn: Sequence[Drawn] = [
        Drawn(label, _(here.label) if here else found.state, _drawn(table, found.state)),
        *(_of_matter(place) for place in queries.beside(found, request.today)[0]),
    ]
    return show(request, "web/cases/diagram.html", {"case": found, "drawn": drawn})


def _of_matter(place: queries.Place) -> Drawn:
    number = place.matter.number if place.matter else 0
    name = label_of(place.side, number, party_of(place)) if place.side else ""
    return Drawn(name, _(place.table.state(place.state).label), _drawn(place.table, place.state))


def _drawn(table: Table, here: str) -> SafeString:
    language = "en" if in_english() else "zh"
    # Drawn from our own tables, every text in it escaped.
    return mark_safe(svg(table, here, lambda article: org.citation(article, language)))  # noqa: S308
