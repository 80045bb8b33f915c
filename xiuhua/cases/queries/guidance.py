"""Templates of typical cases and notes beside a step: which count on a day, and what they say of one case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from xiuhua.cases.models import Case, CaseTemplate, GuidanceNote, NoteMark
from xiuhua.cases.procedure.file import File
from xiuhua.cases.reviewing.wording import BLANKS, LISTS_EVIDENCE, USES, applies, filled
from xiuhua.kernel.authz import Actor
from xiuhua.org.queries import citation


@dataclass(frozen=True, slots=True)
class Offered:
    """A template beside the form of one step: per field of the form the text filled from the case; the evidence."""

    template: CaseTemplate
    texts: Mapping[str, str]
    evidence: Sequence[str]


def templates(user: Actor) -> QuerySet[CaseTemplate]:
    """Every version of every template, the latest first."""
    return CaseTemplate.objects.visible(user).order_by("code", "-valid_from")


def templates_on(user: Actor, on: date) -> QuerySet[CaseTemplate]:
    """Those that count on `on`: of each code the latest version that has begun, unless it is withdrawn by then."""
    begun = CaseTemplate.objects.filter(valid_from__lte=on)
    later = begun.filter(code=OuterRef("code"), valid_from__gt=OuterRef("valid_from"))
    counting = CaseTemplate.objects.visible(user).filter(~Exists(later), valid_from__lte=on)
    return counting.filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on)).order_by("code")


def offered(user: Actor, case: Case, file: File, move: str, on: date) -> list[Offered]:
    """The templates for the cause of the case that say something at `move`, filled from its file."""
    uses = USES.get(move, {})
    if not uses and move not in LISTS_EVIDENCE:
        return []
    known = blanks_of(case, file)
    return [
        Offered(
            template,
            {path: filled(getattr(template, text), known) for path, text in uses.items()},
            template.evidence.splitlines() if move in LISTS_EVIDENCE else (),
        )
        for template in templates_on(user, on).filter(cause_code=case.cause.code)
    ]


def blanks_of(case: Case, file: File) -> dict[str, str]:
    """What the case knows of the blanks; nothing for what it does not know."""
    report, order = file.get("investigation_report") or {}, file.get("correction") or {}
    cause, fine = file.get("cause") or {}, report.get("proposed_fine")
    found = {
        "party": (file.get("party") or {}).get("name"),
        "place": case.place,
        "found_on": f"{case.found_on.year}年{case.found_on.month}月{case.found_on.day}日",
        "cause": case.cause.name,
        "violates": citation(cause.get("violates") or "", "zh"),
        "basis": citation(cause.get("basis") or "", "zh"),
        "fine": f"{float(fine):g}" if fine else "",
        "requirement": order.get("requirement"),
    }
    return {name: str(found[name] or "") for name in BLANKS.values()}


def notes(user: Actor) -> QuerySet[GuidanceNote]:
    """Every note with how often it helped and how often it was called outdated, the newest first."""
    rows = GuidanceNote.objects.visible(user).select_related("author")
    said = NoteMark.Mark
    return rows.annotate(
        helped=Count("marks", Q(marks__mark=said.HELPED)),
        outdated=Count("marks", Q(marks__mark=said.OUTDATED)),
    ).order_by("-published_at", "-pk")


def notes_on(user: Actor, on: date) -> QuerySet[GuidanceNote]:
    """The notes that count on `on`: begun, not run out, not withdrawn."""
    open_end = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    kept = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on)
    return notes(user).filter(open_end, kept, valid_from__lte=on)


def notes_at(user: Actor, move: str, cause: str, on: date) -> list[GuidanceNote]:
    """The notes that stand beside `move` in a case about `cause`."""
    rows = notes_on(user, on).filter(moves__contains=move)
    return [n for n in rows if move in n.moves.split(";") and applies(n.cause, cause)]


def marks_of(user: Actor, notes: Sequence[GuidanceNote]) -> Mapping[int, str]:
    """Note → what this person said of it."""
    mine = NoteMark.objects.visible(user).filter(officer=user.officer_id, note__in=[n.pk for n in notes])
    return dict(mine.values_list("note", "mark"))
