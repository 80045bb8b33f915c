"""Reads what a GET asks for: ids, services, status, and a range of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from xiuhua.api.open311.faults import Wrong, invalid
from xiuhua.leads.queries import Lead

SPAN = timedelta(days=90)
MOST = 1000


@dataclass(frozen=True, slots=True)
class Range:
    """From `start` up to and with `end`; never longer than 90 days."""

    start: datetime
    end: datetime


def listed(text: str) -> list[str]:
    """The parts of a list said with commas."""
    return [part.strip() for part in text.split(",") if part.strip()]


def range_of(request: HttpRequest, at: datetime) -> Range:
    """The range that is asked for; the last 90 days if none is. Raises Wrong for what is no time or too long."""
    start, end = (_moment(request, name) for name in ("start_date", "end_date"))
    if start and end:
        if not timedelta(0) <= end - start <= SPAN:
            raise invalid({"end_date": "起止时间应先后有序，且不超过90天"})
        return Range(start, end)
    if start:
        return Range(start, start + SPAN)
    end = end or at
    return Range(end - SPAN, end)


def _moment(request: HttpRequest, name: str) -> datetime | None:
    # A plus sign in an address is a space; clients that do not escape it mean +08:00.
    text = request.GET.get(name, "").strip().replace(" ", "+")
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise invalid({name: "应为带时区的时间，如2026-01-02T03:04:05+08:00"}) from error
    if moment.tzinfo is None:
        raise invalid({name: "时间应带时区"})
    return moment


def narrowed(rows: QuerySet[Lead], request: HttpRequest, at: datetime) -> QuerySet[Lead]:
    """The rows that are asked for, at most 1,000. A list of ids overrides everything else. Raises Wrong."""
    if ids := listed(request.GET.get("service_request_id", "")):
        return rows.filter(public_id__in=ids[:MOST])
    asked = range_of(request, at)
    rows = rows.filter(received_at__gte=asked.start, received_at__lte=asked.end)
    if codes := listed(request.GET.get("service_code", "")):
        rows = rows.filter(kind__code__in=codes)
    return rows.filter(_status(listed(request.GET.get("status", "")))).order_by("-received_at", "-pk")[:MOST]


def _status(wanted: list[str]) -> Q:
    if not set(wanted) <= {"open", "closed"}:
        raise Wrong((400, "status: open, closed"))
    if len(set(wanted)) != 1:
        return Q()
    return Q(outcome="") if wanted[0] == "open" else ~Q(outcome="")
