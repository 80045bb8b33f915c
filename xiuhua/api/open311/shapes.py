"""What the answers say. See the package for what is told to whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from xiuhua.api.open311.wire import Row, Single, Table
from xiuhua.kernel import clock
from xiuhua.leads import queries, rules
from xiuhua.leads.queries import Lead, LeadKind

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
NAMESPACE = "http://api.open311.org/discovery"
# When what this face offers last changed; a client that knows it need not look again.
CHANGESET = "2026-11-25T00:00:00+08:00"
# About a hundred metres.
COARSE = 3


def w3c(moment: datetime | None) -> str:
    """W3CDTF with seconds and zone."""
    return moment.astimezone(clock.SHANGHAI).isoformat(timespec="seconds") if moment else ""


def discovery(url: str, contact: str, key_service: str) -> Single:
    endpoint = {
        "specification": SPECIFICATION,
        "url": url,
        "changeset": CHANGESET,
        "type": "production",
        "formats": ["text/xml", "application/json"],
    }
    row = {
        "changeset": CHANGESET,
        "contact": contact,
        "key_service": key_service,
        "endpoints": [endpoint],
    }
    return Single("discovery", row, NAMESPACE)


def services(kinds: Iterable[LeadKind], asking: frozenset[int], english: bool) -> Table:
    """`asking` are the pks of the kinds that have questions."""
    rows = [
        {
            "service_code": kind.code,
            "service_name": kind.name_en if english else kind.name,
            "description": kind.name if english else kind.name_en,
            "metadata": kind.pk in asking,
            "type": "realtime",
            "keywords": f"{kind.name},{kind.name_en}",
            "group": _("城市管理"),
        }
        for kind in kinds
    ]
    return Table("services", "service", rows)


def definition(kind: LeadKind, questions: Sequence[rules.Attribute]) -> Single:
    attributes = [
        {
            "variable": True,
            "code": q.code,
            "datatype": q.datatype,
            "required": q.required,
            "datatype_description": "",
            "order": place,
            "description": q.description,
            "values": [{"key": key, "name": name} for key, name in q.values.items()],
        }
        for place, q in enumerate(questions, 1)
    ]
    return Single("service_definition", {"service_code": kind.code, "attributes": attributes})


def posted(lead: Lead) -> Table:
    row = {
        "service_request_id": lead.public_id,
        "service_notice": _("已收到，核查情况将在五个工作日内告知。"),
        "account_id": "",
    }
    return Table("service_requests", "request", [row])


def requests(leads: Iterable[Lead], own: frozenset[int], english: bool) -> Table:
    """`own` are the pks of the leads that the asking key posted."""
    table, calendar = queries.answer_clocks()
    rows = [
        _request(lead, queries.expected_at(lead, table, calendar), lead.pk in own, english) for lead in leads
    ]
    return Table("service_requests", "request", rows)


def _request(lead: Lead, expected: datetime | None, is_own: bool, english: bool) -> Row:
    answer = queries.answer_of(lead)
    return {
        "service_request_id": lead.public_id,
        "status": "closed" if answer.is_closed else "open",
        "status_notes": _(answer.sentence),
        "service_name": lead.kind.name_en if english else lead.kind.name,
        "service_code": lead.kind.code,
        **(_told(lead) if is_own else _coarse(lead)),
        "service_notice": "",
        "requested_datetime": w3c(lead.received_at),
        "updated_datetime": w3c(answer.updated_at),
        "expected_datetime": w3c(expected),
        "address_id": "",
        "zipcode": "",
    }


def _told(lead: Lead) -> Mapping[str, Any]:
    return {
        "description": lead.content,
        "agency_responsible": lead.unit.name if lead.unit else "",
        "address": lead.place or (lead.area.name if lead.area else ""),
        "lat": lead.lat,
        "long": lead.lon,
        "media_url": next((m.url for m in lead.media.all() if m.url), ""),
    }


def _coarse(lead: Lead) -> Mapping[str, Any]:
    return {
        "description": "",
        "agency_responsible": "",
        "address": lead.area.name if lead.area else "",
        "lat": None if lead.lat is None else round(lead.lat, COARSE),
        "long": None if lead.lon is None else round(lead.lon, COARSE),
        "media_url": "",
    }


def tokens(lead: Lead) -> Table:
    """A request has its id at once, which is its own token."""
    row = {"service_request_id": lead.public_id, "token": lead.public_id}
    return Table("service_requests", "request", [row])


def updates(found: Iterable[queries.Update]) -> Table:
    rows = [
        {
            "update_id": str(update.id),
            "service_request_id": update.public_id,
            "status": "closed" if update.is_closed else "open",
            "updated_datetime": w3c(update.at),
            "description": _(update.sentence),
            "media_url": "",
        }
        for update in found
    ]
    return Table("service_request_updates", "request_update", rows)
