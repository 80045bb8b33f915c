"""Leads come in: a report of somebody, or what officers find themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from xiuhua.kernel import record
from xiuhua.kernel.authz import Actor, Invalid, Refusal, Refused, Said
from xiuhua.kernel.models import Area
from xiuhua.leads import rules
from xiuhua.leads.actions.saying import Reported, Sent, cause_faults, located, media_faults
from xiuhua.leads.actions.writing import authority_of, new, write
from xiuhua.leads.models import Lead, LeadKind, Reporter
from xiuhua.leads.permissions import check_can_register, check_can_register_finding
from xiuhua.leads.queries import attributes_of
from xiuhua.org import queries as org


def register(
    *,
    kind: LeadKind,
    source: str,
    content: str,
    by: Actor,
    at: datetime,
    place: str = "",
    lon: float | None = None,
    lat: float | None = None,
    area: Area | None = None,
    received_at: datetime | None = None,
    source_ref: str = "",
    cause: str = "",
    attributes: Mapping[str, Any] | None = None,
    media: Sequence[Sent] = (),
    reporter: Reported | None = None,
) -> Lead:
    """A lead waits to be verified. Raises Invalid with field and reason, Refused for a post that registers none.

    `received_at` is when the report reached us (without it, now): clocks run from then. A source may give its own
    number, which it can give only once.
    """
    check_can_register(by)
    reporter = reporter or Reported()
    values = {
        "source": source,
        "content": content,
        "place": place,
        "lon": lon,
        "lat": lat,
        "received_at": received_at or at,
        "source_ref": source_ref,
        **{f"reporter_{name}": value for name, value in asdict(reporter).items()},
    }
    errors = (
        rules.faults(values, at)
        | rules.attribute_faults(attributes_of(kind), attributes or {})
        | media_faults(media)
        | cause_faults(cause)
    )
    if not by.can("leads.register") and source != rules.Source.OPEN311:
        errors["source"] = "接口账号只能登记公开接口来件"
    where = located(place, lon, lat, area, errors)
    if source_ref and "source" not in errors and _is_known(source, source_ref):
        errors["source_ref"] = "该来源编号已登记过"
    if errors:
        raise Invalid(errors)
    lead = new(
        kind=kind,
        source=source,
        where=where,
        content=content,
        cause=cause,
        attributes=attributes or {},
        by=by,
        at=at,
    )
    lead.source_ref, lead.received_at, lead.has_reporter = source_ref, received_at or at, bool(reporter)
    with record.act("leads.register", by=by, at=at) as act:
        write(lead, media, act)
        if reporter:
            Reporter(lead=lead, **asdict(reporter)).save(force_insert=True)
    return lead


def register_finding(
    *,
    kind: LeadKind,
    content: str,
    by: Actor,
    at: datetime,
    place: str = "",
    lon: float | None = None,
    lat: float | None = None,
    area: Area | None = None,
    cause: str = "",
    attributes: Mapping[str, Any] | None = None,
    photos: Sequence[Sent] = (),
) -> Lead:
    """What officers find on patrol: verified by having been seen, and at once in the hands of their own unit.

    Raises Invalid with field and reason; Refused for people without the right, and where another unit handles.
    """
    check_can_register_finding(by)
    values = {
        "source": rules.Source.PATROL,
        "content": content,
        "place": place,
        "lon": lon,
        "lat": lat,
        "received_at": at,
    }
    errors = (
        rules.faults(values, at)
        | rules.attribute_faults(attributes_of(kind), attributes or {})
        | media_faults(photos, "photos")
        | cause_faults(cause)
    )
    where = located(place, lon, lat, area, errors)
    if errors:
        raise Invalid(errors)
    lead = new(
        kind=kind,
        source=rules.Source.PATROL,
        where=where,
        content=content,
        cause=cause,
        attributes=attributes or {},
        by=by,
        at=at,
    )
    lead.state = rules.State.ACCEPTED
    lead.verified_at = lead.dispatched_at = lead.accepted_at = lead.on_scene_at = at
    _take_over(lead, by, at)
    with record.act("leads.register_finding", by=by, at=at) as act:
        write(lead, photos, act)
    return lead


def _take_over(lead: Lead, by: Actor, at: datetime) -> None:
    """Into the finder's own unit, if it handles there. Raises Refused."""
    units = by.scope("leads.work").units
    unit = org.units(by).filter(pk=by.unit_id if by.unit_id in units else min(units)).get()
    if lead.area is not None and not unit.areas.filter(pk=lead.area.pk).exists():
        raise Refused(
            Refusal(
                "not_our_area",
                Said(
                    "%(area)s不是%(unit)s的管辖范围；请登记为线索，由承办单位处理",
                    area=lead.area.name,
                    unit=unit.name,
                ),
                "SHUM §14",
                "another unit handles at this place: register a lead instead",
                field="place",
            )
        )
    lead.unit = unit
    lead.authority = authority_of(unit, lead, at)


def _is_known(source: str, source_ref: str) -> bool:
    return Lead.objects.filter(source=source, source_ref=source_ref).exists()
