"""Leads written: one act for a batch, one record entry for each lead. Nothing here checks anything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from xiuhua.kernel import numbering, record, rows
from xiuhua.kernel.authz import Actor
from xiuhua.leads.backfill.checking import FILLED, Prepared
from xiuhua.leads.models import Lead, Reporter
from xiuhua.org import queries as org

_OWN = (
    "id",
    "number",
    "public_id",
    "search",
    "attributes",
    "registered_at",
    "registered_by",
    "registered_unit",
    "case_subject",
    "case_label",
    "imported",
)
_SUBJECT = Lead._meta.label_lower


def write(batch: Sequence[Prepared], *, by: Actor, at: datetime) -> None:
    """All of the batch in one act."""
    with record.act("leads.bring_in", by=by, at=at) as act:
        ids = rows.reserve(Lead, len(batch))
        numbers = _numbers(batch, ids, act)
        rows.insert(Lead, (*FILLED, *_OWN), _lead_rows(batch, ids, numbers, act), moments_kept=True)
        rows.insert(
            Reporter,
            ("lead", "name", "phone", "email", "account"),
            ((pk, *p.reporter, "") for pk, p in zip(ids, batch, strict=True) if p.reporter),
        )
        act.bulk([_line(pk, n, p, act) for pk, n, p in zip(ids, numbers, batch, strict=True)])


def _numbers(batch: Sequence[Prepared], ids: Sequence[int], act: record.Act) -> list[str]:
    """The number that each lead had, or a new one in the series of the year in which it was received."""
    bureau = org.bureau()
    years: dict[int, list[int]] = defaultdict(list)
    numbers = [prepared.number for prepared in batch]
    for place, number in enumerate(numbers):
        if not number:
            years[batch[place].received_at.year].append(place)
    for year, places in sorted(years.items()):
        taken = numbering.take_many(
            kind="lead",
            unit_code=bureau.code if bureau else "",
            year=year,
            subjects=[f"{_SUBJECT}:{ids[place]}" for place in places],
            act=act,
        )
        for place, number in zip(places, taken, strict=True):
            numbers[place] = number
    return numbers


def _lead_rows(
    batch: Sequence[Prepared], ids: Sequence[int], numbers: Sequence[str], act: record.Act
) -> Iterator[tuple[Any, ...]]:
    by = act.by
    for pk, number, p in zip(ids, numbers, batch, strict=True):
        found = f"{number} {p.search}"
        own = (pk, number, p.public_id, found, "{}", act.kept, by.officer_id, by.unit_id, "", "", True)
        yield (*p.values, *own)


def _line(pk: int, number: str, prepared: Prepared, act: record.Act) -> record.Line:
    return act.line(subject=f"{_SUBJECT}:{pk}", label=f"{number} {prepared.kind}", facts=prepared.facts)
