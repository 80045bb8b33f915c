"""The record (全过程记录): every act writes one entry in the same transaction; nothing is written outside acts.

    with record.act("leads.accept", by=by, at=at) as act:
        lead.state = State.ACCEPTED
        lead.save()
        act.entry(on=lead, facts={"unit": unit.code})
        act.later("leads.tell_reporter", {"lead": lead.pk})

An act that ends without an entry is a programming error and is rolled back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

import orjson
from django.db import models, transaction

from xiuhua.kernel import outbox, rows
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import RecordEntry, acting

_FIELDS = (
    "at",
    "verb",
    "actor_id",
    "actor_name",
    "unit_code",
    "subject",
    "label",
    "facts",
    "facts_hash",
)
# The values of an entry in the order of `_FIELDS`, its moment as the tables keep it.
Line = tuple[Any, ...]


class Stated(NamedTuple):
    """Facts as the record keeps them: their canonical text, and its SHA-256 in hexadecimal."""

    text: str
    digest: str


class NoEntry(RuntimeError):
    """An act finished without saying what was done."""


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"{type(value).__name__} is not a fact that can be recorded")


_CANONICAL = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATETIME


def canonical(facts: Mapping[str, Any]) -> str:
    """The one JSON text of `facts`: sorted keys, no spaces, UTF-8. Dates are ISO text, decimals plain."""
    return orjson.dumps(facts, default=_plain, option=_CANONICAL).decode()


def stated(facts: Mapping[str, Any]) -> Stated:
    """`facts` made ready for an entry; a backfill does so before it holds up the database."""
    text = canonical(facts)
    return Stated(text, hashlib.sha256(text.encode()).hexdigest())


def subject_of(on: models.Model) -> str:
    """How an entry names its object: `cases.case:17`. It is no foreign key: the record never hinders live data."""
    return f"{on._meta.label_lower}:{on.pk}"


class Act:
    """One act under way: who does it and when; collects its entries."""

    def __init__(self, verb: str, by: Actor, at: datetime) -> None:
        self.verb, self.by, self.at = verb, by, at
        self.kept = rows.kept(at)
        self.spoken = False

    def entry(
        self, *, on: models.Model, facts: Mapping[str, Any], label: str = "", verb: str = ""
    ) -> RecordEntry:
        """Write what was done to `on`. `facts` are as said; `label` is how people call the object."""
        line = self.line(subject=subject_of(on), label=label or str(on), facts=facts, verb=verb)
        row = RecordEntry(**dict(zip(_FIELDS, (self.at, *line[1:]), strict=True)))
        row.save(force_insert=True)
        self.spoken = True
        return row

    def line(self, *, subject: str, label: str, facts: Mapping[str, Any] | Stated, verb: str = "") -> Line:
        """An entry not yet written, for `bulk`: no model instance, of which backfills would make many."""
        by, ready = self.by, facts if isinstance(facts, Stated) else stated(facts)
        said = (by.user_id, by.name, by.unit_code, subject, label[:200], *ready)
        return (self.kept, verb or self.verb, *said)

    def bulk(self, lines: Sequence[Line]) -> None:
        """Write many entries at once: the backfill doors record one entry for each thing that came in."""
        rows.insert(RecordEntry, _FIELDS, lines, moments_kept=True)
        self.spoken = self.spoken or bool(lines)

    def later(
        self, job: str, payload: Mapping[str, Any], *, at: datetime | None = None, key: str = ""
    ) -> None:
        """What must happen later: a row of the outbox in this same transaction."""
        outbox.put(job, payload, run_at=at or self.at, key=key)


@contextmanager
def act(verb: str, *, by: Actor, at: datetime) -> Iterator[Act]:
    """One transaction with its record entry. Acts may nest: the inner one joins the outer transaction.

    Raises NoEntry if the block ends without an entry; any exception rolls everything back.
    """
    if at.tzinfo is None:
        raise ValueError("an act needs an aware moment")
    current = Act(verb, by, at)
    with transaction.atomic():
        token = acting.set(True)
        try:
            yield current
        finally:
            acting.reset(token)
        if not current.spoken:
            raise NoEntry(verb)
