"""The page of a case: what it is, its clock, what can be done now, what not and why, and everything in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from xiuhua.cases import permissions, queries
from xiuhua.cases.documents.as_html import to_html
from xiuhua.cases.models import Case, Document, Step
from xiuhua.cases.procedure import periods, road, walk
from xiuhua.cases.procedure.clocks import RunningClock
from xiuhua.cases.procedure.tables import latest
from xiuhua.cases.queries import recordings
from xiuhua.kernel import clock
from xiuhua.kernel import queries as kernel
from xiuhua.kernel.workdays import Calendar
from xiuhua.web.cases import bound, companions, contents, matters, repeating, several, words
from xiuhua.web.cases.findings import checked
from xiuhua.web.cases.reaching import case_of, through_joint
from xiuhua.web.frame import clocks
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, go, in_english, show
from xiuhua.web.frame.parts import May, MayNot, TrackStep, brief

KEYS = "123456789"
SHOWN_BLOCKED = 4
# Of an act that is not open the weightiest reasons are said.
SHOWN_REASONS = 2
# Documents and evidence name the party in full: posts that only count or look on do not open them.
READERS = ("registers.see", "evidence.see", "cases.work")


@in_room("cases", "cases.see", "cases.keep")
def case(request: Request, pk: int) -> HttpResponse:
    try:
        found = case_of(request, pk)
    except Http404:
        if joint := through_joint(request, pk):
            return go(request, reverse("web:joint", args=[joint]))
        raise
    return show(request, "web/cases/case.html", context_of(request, found))


def context_of(request: Request, found: Case) -> dict[str, Any]:
    """Everything the page shows of a case."""
    steps = list(found.steps.select_related("matter").order_by("seq"))
    read = queries.folded(found, steps=steps)
    file = queries.whole(read)
    papers = list(found.documents.order_by("issued_on", "pk"))
    may, may_not = acts(request, found, file)
    stops = track(found, [s for s in steps if s.matter_id is None])
    beside, begin = matters.rows_of(request, found, permissions.can_work(found, request.actor), read)
    evidence = contents.exhibits(request, found, file)
    may_read = any(request.actor.can(permission) for permission in READERS)
    return {
        "case": found,
        "state": words.state_of(found, request.actor),
        "clocks": clocks_of(found, file, request),
        "track": stops,
        "track_brief": brief(stops),
        "may": may,
        "may_not": may_not,
        "matters": beside,
        "begin": begin,
        "party_facts": contents.party_facts(request, found, file),
        "may_see_party": bool(found.party_id) and request.actor.can("registers.see"),
        "act_facts": contents.act_facts(request, found, file),
        "people": contents.people(found, file),
        "papers": contents.paper_rows(papers, file),
        "may_read": may_read,
        **paper_context(request, found, _chosen(request, papers, steps) if may_read else None, steps),
        "exhibits": evidence,
        "recorded": recordings.complete_of(found, request.actor) if may_read else None,
        "pictures": [row for row in evidence if row.is_picture] if may_read else [],
        "money": contents.money(found, file),
        "several": several.of_case(request, found, file),
        **bound.volume_context(request, found),
        **companions.of_case(request, found, contents.timeline(found, steps, papers, file)),
        "earlier": repeating.of_case(request, found),
        "may_add": permissions.can_work(found, request.actor) and not (found.closed_on or found.decided_on),
        # Procedures beside the road have texts of their own.
        "text_of_law": next((s.law_version for s in reversed(steps) if s.matter_id is None), ""),
        "checked": checked(found, file),
        "neighbours": neighbours(request, found),
    }


def neighbours(request: Request, found: Case) -> dict[str, int | None]:
    """The cases before and after this one in the order of the list: the newest first."""
    rows = Case.objects.whole(request.actor)
    newer = rows.filter(opened_at__gte=found.opened_at).exclude(opened_at=found.opened_at, pk__lte=found.pk)
    older = rows.filter(opened_at__lte=found.opened_at).exclude(opened_at=found.opened_at, pk__gte=found.pk)
    return {
        "previous": newer.order_by("opened_at", "pk").values_list("pk", flat=True).first(),
        "next": older.order_by("-opened_at", "-pk").values_list("pk", flat=True).first(),
    }


def paper_context(
    request: Request, found: Case, chosen: Document | None, steps: Sequence[Step] | None = None
) -> dict[str, Any]:
    """The document of the preview, drawn as it was issued; masked for posts that do not open the registers."""
    if chosen is None:
        return {"chosen": None, "chosen_title": "", "paper_html": ""}
    chosen.case = found
    try:
        file = queries.file_at(chosen.step, steps) if chosen.step else None
        drawn = queries.paper_of(chosen, file, queries.audience_of(request.actor))
    except ValueError:
        # A paper of imported history whose facts the old system did not hold.
        return {
            "chosen": chosen,
            "chosen_title": queries.shelf().kinds[chosen.kind].label_zh,
            "paper_html": "",
        }
    # to_html escapes every fact itself; the rest is our own markup.
    return {"chosen": chosen, "chosen_title": drawn.title, "paper_html": mark_safe(to_html(drawn))}  # noqa: S308


def _chosen(request: Request, papers: Sequence[Document], steps: Sequence[Step]) -> Document | None:
    """The document of the preview: the one the address names, else the newest; with the step that issued it."""
    wanted = request.GET.get("paper", "")
    chosen = next((p for p in papers if str(p.pk) == wanted), papers[-1] if papers else None)
    issued = next((s for s in steps if chosen and s.pk == chosen.step_id), None)
    if chosen and issued:
        chosen.step = issued
    return chosen


def acts(request: Request, found: Case, file: Mapping[str, Any]) -> tuple[list[May], list[MayNot]]:
    """Buttons for what is open, reasons for what is not: first of what the person's own post would do."""
    if not permissions.can_work(found, request.actor):
        return [], []
    choices = queries.choices(queries.road_of(found, request.today, dict(file)), request.actor, request.today)
    may = [_may(found, choice, number) for number, choice in enumerate(c for c in choices if c.is_open)]
    blocked = sorted((c for c in choices if not c.is_open), key=_is_of_others)
    return may, [MayNot(c.move.label, c.refusals[:SHOWN_REASONS]) for c in blocked[:SHOWN_BLOCKED]]


def _is_of_others(choice: walk.Choice) -> bool:
    return any(refusal.code == "wrong_role" for refusal in choice.refusals)


def _may(found: Case, choice: walk.Choice, number: int) -> May:
    key = KEYS[number] if number < len(KEYS) else ""
    return May(choice.move.label, reverse("web:case-step", args=[found.pk, choice.move.id]), key)


def clocks_of(found: Case, file: Mapping[str, Any], request: Request) -> list[clocks.Clock]:
    calendar = kernel.calendar()
    return [
        _clock(found, running, request, calendar)
        for running in queries.running_clocks(found, dict(file), request.today)
    ]


def _clock(found: Case, running: RunningClock, request: Request, calendar: Calendar) -> clocks.Clock:
    if running.moment is not None:
        until = running.moment.replace(tzinfo=clock.SHANGHAI)
        return clocks.moment_clock(
            words.until(_(running.label), until), until, now=request.at, ground=running.article
        )
    return clocks.day_clock(
        _(running.label),
        running.due.day,
        today=request.today,
        calendar=calendar,
        unit=periods.BY_ID[running.clock_id].unit if running.clock_id in periods.BY_ID else "calendar_day",
        ground=running.article,
        provisional=running.due.provisional,
        suspended=found.state == "suspended" and running.clock_id == "case_decision",
    )


def track(found: Case, steps: Sequence[Step]) -> list[TrackStep]:
    """The stations of the procedure: done with their day, here, skipped, or ahead."""
    days = {step.move: clock.day_of(step.at) for step in steps}
    stations = road.TRACK[found.procedure]
    here = road.station_of(found.procedure, found.state)
    # A closed case may still go into the archive: what lies open is not passed over.
    open_yet = {move.id for move in latest(found.procedure).leaving(found.state)}
    last_done = max((i for i, s in enumerate(stations) if s.is_done(days)), default=-1)
    out = []
    for number, station in enumerate(stations):
        label = station.label_en if in_english() else station.label_zh
        day = max((days[m] for m in station.moves if m in days), default=None)
        if here is station and not found.closed_on:
            mark = "here"
        elif day is not None:
            mark = "done"
        elif number < last_done or (found.closed_on and station.moves.isdisjoint(open_yet)):
            mark = "skip"
        else:
            mark = ""
        note = _("本案未经过") if mark == "skip" else (_("视情况") if station.optional and not mark else "")
        out.append(TrackStep(label, mark, note, day))
    return out
