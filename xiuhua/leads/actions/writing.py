"""A lead is written: the row, its number, what was sent with it, the entry."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from xiuhua.evidence.rules import media_type_of
from xiuhua.kernel import clock, files, numbering, record, rows
from xiuhua.kernel.authz import Actor, Refusal, Refused, Said
from xiuhua.leads import rules
from xiuhua.leads.actions.moving import label_of, save
from xiuhua.leads.actions.saying import Place, Sent
from xiuhua.leads.models import Lead, LeadKind, LeadMedia
from xiuhua.org import queries as org
from xiuhua.org.rules import search_text


def new(
    *,
    kind: LeadKind,
    source: str,
    where: Place,
    content: str,
    cause: str,
    attributes: Mapping[str, Any],
    by: Actor,
    at: datetime,
) -> Lead:
    """A lead not yet written, received at `at` and waiting to be verified."""
    return Lead(
        kind=kind,
        source=source,
        cause_hint=cause,
        content=content.strip(),
        attributes={k: v for k, v in attributes.items() if v not in (None, "", [])},
        place=where.words,
        lon=where.lon,
        lat=where.lat,
        area=where.area,
        received_at=at,
        registered_at=at,
        registered_by_id=by.officer_id,
        registered_unit_id=by.unit_id,
        state=rules.State.REGISTERED,
        state_since=at,
        public_id=rules.public_id(secrets.token_bytes(rules.PUBLIC_NOISE)),
    )


def write(lead: Lead, media: Sequence[Sent], act: record.Act) -> None:
    """Save the lead with its number, what was sent with it, and the entry."""
    # The register of numbers names the row that has a number, so the key of the row comes first.
    (lead.pk,) = rows.reserve(Lead, 1)
    bureau = org.bureau()
    lead.number = numbering.take(
        kind="lead",
        unit_code=bureau.code if bureau else "",
        year=clock.day_of(act.at).year,
        subject=record.subject_of(lead),
        act=act,
    )
    lead.search = search_of(lead)
    save(lead, new=True)
    hashes = []
    for sent in media:
        file = files.store(sent.data, media_type_of(sent.data), act=act) if sent.data else None
        LeadMedia(lead=lead, file=file, url=sent.url, name=sent.name[:120], added_at=act.at).save(
            force_insert=True
        )
        hashes.append(file.sha256 if file else sent.url)
    facts = {
        "source": lead.source,
        "source_ref": lead.source_ref,
        "kind": lead.kind.code,
        "cause": lead.cause_hint,
        "area": lead.area.code if lead.area else "",
        "unit": lead.unit.code if lead.unit else "",
        "received_at": lead.received_at,
        "digest": digest_of(lead),
        "media": hashes,
        "has_reporter": lead.has_reporter,
    }
    act.entry(on=lead, facts=facts, label=label_of(lead))


def digest_of(lead: Lead) -> str:
    """What was reported and where, as one hash: the record proves it without telling it."""
    said = {
        "content": lead.content,
        "attributes": lead.attributes,
        "place": lead.place,
        "lon": lead.lon,
        "lat": lead.lat,
    }
    return hashlib.sha256(record.canonical(said).encode()).hexdigest()


def search_of(lead: Lead) -> str:
    """What a lead is found by: number, place, kind, and short answers such as a plate."""
    answers = [str(v) for v in lead.attributes.values() if len(str(v)) <= 30]
    return search_text(lead.number, lead.place, lead.kind.name, *answers, limit=400)


def authority_of(unit: org.Unit, lead: Lead, at: datetime) -> org.Unit:
    """In whose name `unit` handles this lead on the day of `at`. Raises Refused where it may not (SHUM §4)."""
    row = org.authority_for(unit, group_of(lead), clock.day_of(at))
    if row is None:
        raise Refused(
            Refusal(
                "not_our_power",
                Said("权责清单中%(unit)s当日无权处理此类事项", unit=unit.name),
                "SHUM §4",
                "the authority matrix does not give this kind of matter to the unit on this day",
                field="unit",
            )
        )
    return row.authority


def group_of(lead: Lead) -> str:
    """The group of causes a lead most likely belongs to; `*` where nothing is known."""
    return (lead.cause_hint or lead.kind.cause)[:2] or "*"
