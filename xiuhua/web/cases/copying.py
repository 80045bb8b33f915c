"""Words of a like case beside the form of a step: chosen from closed cases, taken over by a button, marked as taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.cases import queries
from xiuhua.cases.models import Case
from xiuhua.cases.procedure.facts.likeness import MEASURED, WORDS
from xiuhua.cases.queries import Place
from xiuhua.cases.queries import likes as like
from xiuhua.web.cases.guiding import Text
from xiuhua.web.cases.reaching import case_of
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms.facts import field_of
from xiuhua.web.frame.http import Request, show


@dataclass(frozen=True, slots=True)
class Choice:
    """A like case to choose, and where its words are asked for."""

    case: Case
    url: str


def of_step(request: Request, place: Place, move: str) -> dict[str, Any]:
    """The like cases of a step whose form takes words; on a procedure beside the road there are none."""
    takes = any(f.shown and f.path in WORDS | MEASURED for f in place.forms.get(move, ()))
    if not takes or not place.is_main_road:
        return {"likes": []}
    found = [
        Choice(one, reverse("web:case-like", args=[place.case.pk, move, one.pk]))
        for one in like.likes(request.actor, place.case)
    ]
    return {"likes": found}


@in_room("cases", "cases.work")
def words(request: Request, pk: int, move: str, like_pk: int) -> HttpResponse:
    """What one like case lends to the form of `move`. Nothing is written."""
    place = queries.road_of(case_of(request, pk), request.today)
    found = like.like_of(request.actor, place, move, like_pk) if place.has(move) else None
    if found is None:
        raise Http404(_("没有这件同类案件"))
    context = {"like": found.case, "texts": _texts(place, move, found.texts)}
    return show(request, "web/cases/_like.html", context)


def _texts(place: Place, move: str, texts: Any) -> Sequence[Text]:
    labels = {fact.path: field_of(fact).label for fact in place.forms[move]}
    return [Text("f-" + path.replace(".", "-"), labels[path], said) for path, said in texts.items()]
