"""Notes as their readers see them, and what a reader says of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from xiuhua.cases import actions, queries
from xiuhua.cases.models import GuidanceNote
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, go, show


@dataclass(frozen=True, slots=True)
class Beside:
    """A note as a reader sees it, with what this reader said of it."""

    note: GuidanceNote
    mark: str


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
