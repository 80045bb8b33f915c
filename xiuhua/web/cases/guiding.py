"""What guides somebody at a step: the notes of the reviewers, and texts of typical cases to take into the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from xiuhua.cases import actions, queries
from xiuhua.cases.models import CaseTemplate, GuidanceNote
from xiuhua.cases.queries import Place
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms.facts import field_of
from xiuhua.web.frame.http import Request, go, in_english, show


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


@dataclass(frozen=True, slots=True)
class Beside:
    """A note as a reader sees it, with what this reader said of it."""

    note: GuidanceNote
    mark: str


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
        "notes": beside(request, queries.notes_at(request.actor, move, case.cause.code, on)),
    }


def title_of(template: CaseTemplate) -> str:
    """Its title in the language of the page, where it has an English one."""
    return (in_english() and template.title_en) or template.title


def beside(request: Request, notes: Sequence[GuidanceNote]) -> list[Beside]:
    said = queries.marks_of(request.actor, notes)
    return [Beside(note, said.get(note.pk, "")) for note in notes]


@in_room("cases", "cases.see")
@require_POST
def mark(request: Request, pk: int) -> HttpResponse:
    """Say that a note helped or is outdated; beside a step only the note is drawn again, so nothing typed is lost."""
    note = get_object_or_404(queries.notes_on(request.actor, request.today), pk=pk)
    actions.mark_note(note=note, mark=request.POST.get("mark", ""), by=request.actor, at=request.at)
    if not request.htmx:
        return go(request, reverse("web:notes"))
    (row,) = beside(request, [note])
    return show(request, "web/cases/_note.html", {"row": row})
