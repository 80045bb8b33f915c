"""Cases written: one act for a batch, one record entry for each case. Nothing here checks anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from xiuhua.cases.actions import wait
from xiuhua.cases.backfill import numbers
from xiuhua.cases.backfill.beside import leads_by_number
from xiuhua.cases.backfill.checking import CASE, DOCUMENT, STEP, Prepared
from xiuhua.cases.backfill.known import Known
from xiuhua.cases.models import Case, Document, Step
from xiuhua.kernel import record, rows
from xiuhua.kernel.authz import Actor
from xiuhua.registers import backfill as registers

_SUBJECT = Case._meta.label_lower


def write(batch: Sequence[Prepared], known: Known, sha256: str, *, by: Actor, at: datetime) -> None:
    """All of the batch in one act; `sha256` is that of the file it stands in."""
    leads = leads_by_number({p.lead for p in batch if p.lead})
    with record.act("cases.bring_in", by=by, at=at) as act:
        parties = registers.enrol([(p.party, p.known_to, p.since) for p in batch], act)
        ids = rows.reserve(Case, len(batch))
        rows.insert(
            Case,
            ("id", "party", "lead", *CASE),
            (
                (pk, party, leads.get(p.lead), *p.case)
                for pk, party, p in zip(ids, parties, batch, strict=True)
            ),
            moments_kept=True,
        )
        _steps(ids, batch)
        numbers.enter(
            [(n, f"{_SUBJECT}:{pk}") for pk, p in zip(ids, batch, strict=True) for n in p.numbers],
            known,
            act,
        )
        for pk, p in zip(ids, batch, strict=True):
            if at_rest := p.waiting:
                case = Case(
                    pk=pk, procedure=at_rest.procedure, state=at_rest.state, state_since=at_rest.since
                )
                wait(case, at_rest.file, at_rest.on, known.calendar)
        act.bulk([_line(pk, p, sha256, act) for pk, p in zip(ids, batch, strict=True)])


def _steps(ids: Sequence[int], batch: Sequence[Prepared]) -> None:
    """The steps, and the documents that hang on them."""
    keys = iter(rows.reserve(Step, sum(len(p.steps) for p in batch)))
    placed = [[next(keys) for _ in p.steps] for p in batch]
    rows.insert(Step, ("id", "case", *STEP), _step_rows(ids, placed, batch), moments_kept=True)
    rows.insert(Document, ("case", "step", *DOCUMENT), _document_rows(ids, placed, batch))


def _step_rows(
    ids: Sequence[int], placed: Sequence[Sequence[int]], batch: Sequence[Prepared]
) -> Iterator[tuple[Any, ...]]:
    for case, keys, prepared in zip(ids, placed, batch, strict=True):
        for key, step in zip(keys, prepared.steps, strict=True):
            yield (key, case, *step)


def _document_rows(
    ids: Sequence[int], placed: Sequence[Sequence[int]], batch: Sequence[Prepared]
) -> Iterator[tuple[Any, ...]]:
    for case, keys, prepared in zip(ids, placed, batch, strict=True):
        for place, document in prepared.documents:
            yield (case, keys[place], *document)


def _line(pk: int, prepared: Prepared, sha256: str, act: record.Act) -> record.Line:
    return act.line(
        subject=f"{_SUBJECT}:{pk}",
        label=prepared.number,
        facts={**prepared.entry, "file": sha256},
    )
