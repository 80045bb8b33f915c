"""The page of a case: what it is, its clock, what can be done now, what not and why, and everything in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from xiuhua.cases import permissions, queries
from xiuhua.cases.documents.as_html import to_html
from xiuhua.cases.models import Case, Document, Step
from xiuhua.cases.procedure import periods, road, walk
from xiuhua.kernel import clock
from xiuhua.kernel import queries as kernel
from xiuhua.org import queries as org
from xiuhua.web.cases import words
from xiuhua.web.frame import clocks, formats
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, in_english, show
from xiuhua.web.frame.parts import Entry, Fact, May, MayNot, TrackStep

KEYS = "123456789"
SHOWN_BLOCKED = 4


def case_of(request: Request, pk: int) -> Case:
    return get_object_or_404(queries.listed(request.actor).select_related("party", "lead", "area"), pk=pk)


@in_room("cases", "cases.see")
def case(request: Request, pk: int) -> HttpResponse:
    found = case_of(request, pk)
    return show(request, "web/cases/case.html", context_of(request, found))


def context_of(request: Request, found: Case) -> dict[str, Any]:
    """Everything the page shows of a case."""
    file = queries.file_of(found)
    steps = list(found.steps.order_by("seq"))
    papers = list(found.documents.order_by("issued_on", "pk"))
    may, may_not = acts(request, found, file)
    chosen = _chosen(request, papers)
    return {
        "case": found,
        "state": words.state_of(found, request.actor),
        "clocks": clocks_of(found, file, request),
        "track": track(found, steps),
        "may": may,
        "may_not": may_not,
        "party_facts": party_facts(request, found, file),
        "act_facts": act_facts(found, file),
        "papers": [(paper, queries.shelf().kinds[paper.kind].label_zh) for paper in papers],
        **paper_context(found, chosen),
        "exhibits": exhibits(file),
        "money": money(found, file),
        "entries": timeline(found, steps),
        "history": queries.of_party(request.actor, found.party_id).exclude(pk=found.pk)[:5]
        if found.party_id
        else (),
        "may_add": permissions.can_work(found, request.actor) and not found.closed_on,
        "text_of_law": steps[-1].law_version if steps else "",
    }


@dataclass(frozen=True, slots=True)
class ExhibitRow:
    """A line of the evidence list. `digest` is the beginning of the SHA-256."""

    kind: str
    shows: str
    day: date | None
    digest: str
    url: str


def exhibits(file: Mapping[str, Any]) -> list[ExhibitRow]:
    kinds = queries.shelf().codes["evidence_kind"]
    return [
        ExhibitRow(
            _(kinds.get(row.get("kind", ""), row.get("kind", ""))),
            row.get("note") or row.get("shows") or "",
            date.fromisoformat(row["collected_on"][:10]) if row.get("collected_on") else None,
            (row.get("sha256") or "")[:8],
            "",
        )
        for row in file.get("evidence") or ()
    ]


def paper_context(found: Case, chosen: Document | None) -> dict[str, Any]:
    """The document of the preview, drawn as it was issued."""
    if chosen is None:
        return {"chosen": None, "chosen_title": "", "paper_html": ""}
    chosen.case = found
    drawn = queries.paper_of(chosen)
    # to_html escapes every fact itself; the rest is our own markup.
    return {"chosen": chosen, "chosen_title": drawn.title, "paper_html": mark_safe(to_html(drawn))}  # noqa: S308


def _chosen(request: Request, papers: Sequence[Document]) -> Document | None:
    """The document of the preview: the one the address names, else the newest."""
    wanted = request.GET.get("paper", "")
    return next((p for p in papers if str(p.pk) == wanted), papers[-1] if papers else None)


def acts(request: Request, found: Case, file: Mapping[str, Any]) -> tuple[list[May], list[MayNot]]:
    """Buttons for what is open, reasons for what is not."""
    if not permissions.can_work(found, request.actor):
        return [], []
    choices = queries.choices(found, dict(file), request.actor, request.today)
    may = [_may(found, choice, number) for number, choice in enumerate(c for c in choices if c.is_open)]
    may_not = [MayNot(c.move.label, c.refusals) for c in choices if not c.is_open]
    return may, may_not[:SHOWN_BLOCKED]


def _may(found: Case, choice: walk.Choice, number: int) -> May:
    key = KEYS[number] if number < len(KEYS) else ""
    return May(choice.move.label, reverse("web:case-step", args=[found.pk, choice.move.id]), key)


def clocks_of(found: Case, file: Mapping[str, Any], request: Request) -> list[clocks.Clock]:
    calendar = kernel.calendar()
    return [
        clocks.day_clock(
            _(running.label),
            running.due.day,
            today=request.today,
            calendar=calendar,
            unit=periods.BY_ID[running.clock_id].unit
            if running.clock_id in periods.BY_ID
            else "calendar_day",
            ground=running.article,
            provisional=running.due.provisional,
            suspended=found.state == "suspended" and running.clock_id == "case_decision",
        )
        for running in queries.running_clocks(found, dict(file), request.today)
    ]


def track(found: Case, steps: Sequence[Step]) -> list[TrackStep]:
    """The stations of the procedure: done with their day, here, skipped, or ahead."""
    days = {step.move: clock.day_of(step.at) for step in steps}
    stations = road.TRACK[found.procedure]
    here = road.station_of(found.procedure, found.state)
    last_done = max((i for i, s in enumerate(stations) if s.is_done(days)), default=-1)
    out = []
    for number, station in enumerate(stations):
        label = station.label_en if in_english() else station.label_zh
        day = max((days[m] for m in station.moves if m in days), default=None)
        if here is station and not found.closed_on:
            mark = "here"
        elif day is not None:
            mark = "done"
        elif number < last_done or found.closed_on:
            mark = "skip"
        else:
            mark = ""
        note = _("本案未经过") if mark == "skip" else (_("视情况") if station.optional and not mark else "")
        out.append(TrackStep(label, mark, note, day))
    return out


def party_facts(request: Request, found: Case, file: Mapping[str, Any]) -> list[Fact]:
    """The party as this case knows it; numbers are masked for posts without the register."""
    party, masked = file.get("party") or {}, not request.actor.can("registers.see")
    url = reverse("web:party", args=[found.party_id]) if found.party_id and not masked else ""
    rows = (
        ("名称", party.get("name"), url),
        ("身份证件号码", party.get("id_no"), ""),
        ("统一社会信用代码", party.get("usci"), ""),
        ("法定代表人", party.get("legal_representative"), ""),
        ("住所（住址）", party.get("address"), ""),
        ("电话", party.get("phone"), ""),
    )
    hidden = {"身份证件号码", "电话", "住所（住址）"}
    return [
        Fact(_(label), "＊＊＊" if masked and label in hidden else str(value), link)
        for label, value, link in rows
        if value
    ]


def act_facts(found: Case, file: Mapping[str, Any]) -> list[Fact]:
    """The violation: cause, clauses, range, what is planned or decided."""
    cause, act = file.get("cause") or {}, file.get("violation") or {}
    floor, ceiling = cause.get("floor"), cause.get("ceiling")
    span = f"{formats.number(floor or 0)}–{formats.number(ceiling)} {_('元')}" if ceiling else ""
    rows = (
        ("案由", f"{found.cause.name} {found.cause.code}"),
        ("违反", org.citation(cause.get("violates") or "", "en" if in_english() else "zh")),
        ("依据", org.citation(cause.get("basis") or "", "en" if in_english() else "zh")),
        ("幅度", span),
        ("地点", found.place),
        ("事实", act.get("facts")),
        ("来源", found.lead.number if found.lead else _("巡查发现")),
    )
    return [Fact(_(label), str(value)) for label, value in rows if value]


def money(found: Case, file: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Fine, paid, what is open, and each payment."""
    if found.fine is None:
        return None
    return {
        "fine": found.fine,
        "paid": found.paid,
        "open": found.fine - found.paid,
        "items": [
            (date.fromisoformat(item["on"][:10]), item.get("amount"), item.get("receipt_no") or "—")
            for item in (file.get("payment") or {}).get("items", ())
        ],
    }


def timeline(found: Case, steps: Sequence[Step]) -> list[Entry]:
    """Every act, the newest first, with its place in the record."""
    labels = words.move_labels(found.procedure)
    return [Entry(s.at, _(labels.get(s.move, s.move)), s.by_name, "", s.entry) for s in reversed(steps)]
