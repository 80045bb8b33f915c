"""What guides somebody at a step: the notes of the reviewers, and texts of typical cases to take into the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xiuhua.cases import queries
from xiuhua.cases.models import CaseTemplate
from xiuhua.cases.queries import Place
from xiuhua.web.cases.marking import beside
from xiuhua.web.frame.forms.facts import field_of
from xiuhua.web.frame.http import Request, in_english


@dataclass(frozen=True, slots=True)
class Text:
    """A text that a field of the form can take: the id of its input, its label, the words."""

    target: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A template as the step shows it."""

    title: str
    author: str
    since: Any
    texts: Sequence[Text]
    evidence: Sequence[str]


def of_step(request: Request, place: Place, move: str) -> dict[str, Any]:
    """The context of the panel beside the form of `move`."""
    case, on = place.case, request.today
    labels = {fact.path: field_of(fact).label for fact in place.forms.get(move, ())}
    offers = [
        Offer(
            title_of(o.template),
            o.template.author,
            o.template.valid_from,
            [
                Text("f-" + path.replace(".", "-"), labels[path], words)
                for path, words in o.texts.items()
                if path in labels
            ],
            o.evidence,
        )
        for o in queries.offered(request.actor, case, place.file, move, on)
    ]
    return {
        "offers": offers,
        "notes": beside(request, queries.notes_at(request.actor, _name_of(place, move), case.cause.code, on)),
    }


def _name_of(place: Place, move: str) -> str:
    """How a note names the step: by itself on a main road, with its procedure in a matter beside it."""
    return move if place.is_main_road else f"{place.table.procedure}:{move}"


def title_of(template: CaseTemplate) -> str:
    """Its title in the language of the page, where it has an English one."""
    return (in_english() and template.title_en) or template.title
