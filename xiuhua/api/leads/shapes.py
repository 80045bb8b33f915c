"""What leads look like to machines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Schema

from xiuhua.api.answers import RefusalOut, refusal_out
from xiuhua.kernel.authz import Actor
from xiuhua.leads import queries, rules
from xiuhua.leads.queries import Lead, LeadKind
from xiuhua.org import queries as org


class Named(Schema):
    """A code with its name in the caller's language."""

    code: str
    name: str


class DueOut(Schema):
    """A deadline: its last day, for hours also the moment. `provisional`: the calendar is not known that far."""

    clock: str
    label: str
    on: date
    at: datetime | None
    provisional: bool
    ground: str = ""
    citation: str = ""


class LeadOut(Schema):
    """A lead in a list. Who reported it is in no answer of this interface."""

    id: int
    number: str
    source: Named
    source_ref: str
    kind: Named
    cause: str
    content: str
    attributes: dict[str, Any]
    place: str
    area: Named | None
    lon: float | None
    lat: float | None
    received_at: datetime
    state: Named
    unit: Named | None
    has_reporter: bool
    due_on: date | None
    due_clock: str
    outcome: Named | None
    outcome_note: str
    outcome_at: datetime | None
    case: str
    merged_into: int | None


class LeadsOut(Schema):
    """A page of leads; `next` is the cursor of the page behind it, empty on the last one."""

    items: list[LeadOut]
    next: str


class MoveOut(Schema):
    """A move of the table: open if there are no refusals."""

    move: str
    label: str
    refusals: list[RefusalOut]


class EntryOut(Schema):
    """What was done, by whom, when."""

    at: datetime
    verb: str
    by: str
    unit: str


class MediaOut(Schema):
    """A photo: kept here (`GET /leads/{id}/media/{media}`), or at an address elsewhere."""

    id: int
    name: str
    url: str
    sha256: str
    media_type: str


class LeadWhole(LeadOut):
    """A lead with everything that hangs on it."""

    clocks: list[DueOut]
    moves: list[MoveOut]
    media: list[MediaOut]
    timeline: list[EntryOut]


class NearOut(Schema):
    """A lead that may be the same thing, how far away and how many hours before."""

    lead: LeadOut
    metres: int
    hours: float


class KindOut(Schema):
    """What a lead can be about, and what is asked of whoever reports it."""

    code: str
    name: str
    causes: list[str]
    questions: list[dict[str, Any]]


def in_english() -> bool:
    return (get_language() or "").startswith("en")


def named(code: str, label: str) -> Named:
    return Named(code=code, name=_(label))


def kind_named(kind: LeadKind) -> Named:
    return Named(code=kind.code, name=kind.name_en if in_english() else kind.name)


def unit_named(unit: org.Unit | None) -> Named | None:
    if unit is None:
        return None
    return Named(code=unit.code, name=(in_english() and unit.name_en) or unit.name)


def lead_out(lead: Lead) -> LeadOut:
    """For rows of `queries.leads`, which bring kind, unit and area along."""
    return LeadOut(**_values(lead))


def _values(lead: Lead) -> dict[str, Any]:
    return {
        "id": lead.pk,
        "number": lead.number,
        "source": named(lead.source, rules.SOURCE_LABELS[rules.Source(lead.source)]),
        "source_ref": lead.source_ref,
        "kind": kind_named(lead.kind),
        "cause": lead.cause_hint,
        "content": lead.content,
        "attributes": lead.attributes,
        "place": lead.place,
        "area": Named(code=lead.area.code, name=lead.area.name) if lead.area else None,
        "lon": lead.lon,
        "lat": lead.lat,
        "received_at": lead.received_at,
        "state": named(lead.state, rules.STATE_LABELS[rules.State(lead.state)]),
        "unit": unit_named(lead.unit),
        "has_reporter": lead.has_reporter,
        "due_on": lead.due_on,
        "due_clock": lead.due_clock,
        "outcome": named(lead.outcome, rules.OUTCOME_LABELS[rules.Outcome(lead.outcome)])
        if lead.outcome
        else None,
        "outcome_note": lead.outcome_note,
        "outcome_at": lead.outcome_at,
        "case": lead.case_label,
        "merged_into": lead.merged_into_id,
    }


def lead_whole(lead: Lead, user: Actor) -> LeadWhole:
    return LeadWhole(
        **_values(lead),
        clocks=[_due(c) for c in queries.clocks_of(lead)],
        moves=[
            MoveOut(
                move=move.id,
                label=move.label_en if in_english() else move.label,
                refusals=[refusal_out(r) for r in refusals],
            )
            for move, refusals in queries.moves(lead, user)
        ],
        media=_media(lead),
        timeline=[
            EntryOut(at=e.at, verb=e.verb, by=e.actor_name, unit=e.unit_code) for e in queries.timeline(lead)
        ],
    )


def _due(clock: rules.Running) -> DueOut:
    period = clock.period
    return DueOut(
        clock=period.code,
        label=period.label_en if in_english() else period.label,
        on=clock.day,
        at=clock.moment,
        provisional=clock.provisional,
        ground=period.article,
        citation=org.citation(period.article, get_language() or "") if period.article else "",
    )


def _media(lead: Lead) -> list[MediaOut]:
    return [
        MediaOut(
            id=m.pk,
            name=m.name,
            url=m.url,
            sha256=m.file.sha256 if m.file else "",
            media_type=m.file.media_type if m.file else "",
        )
        for m in queries.media_of(lead)
    ]


def near_out(found: Sequence[queries.Near]) -> list[NearOut]:
    return [
        NearOut(lead=lead_out(n.lead), metres=n.metres, hours=round(n.apart.total_seconds() / 3600, 1))
        for n in found
    ]


def kind_out(kind: LeadKind) -> KindOut:
    return KindOut(
        code=kind.code,
        name=kind_named(kind).name,
        causes=[code for code in kind.causes.split(";") if code],
        questions=[
            {
                "code": q.code,
                "datatype": q.datatype,
                "required": q.required,
                "description": q.description,
                "values": q.values,
            }
            for q in queries.attributes_of(kind, in_english())
        ],
    )
