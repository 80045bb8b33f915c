"""Cases written: one act for a batch, one record entry for each case. Nothing here checks anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from xiuhua.cases.actions import wait
from xiuhua.cases.actions.annulment_rows import keep_row
from xiuhua.cases.actions.matters import wait_in
from xiuhua.cases.backfill import bills, numbers
from xiuhua.cases.backfill.beside import leads_by_number
from xiuhua.cases.backfill.checking import CASE, DOCUMENT, STEP, Prepared
from xiuhua.cases.backfill.known import Known
from xiuhua.cases.backfill.matters import MATTER
from xiuhua.cases.models import Case, CaseParty, Document, Matter, Step
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
        beside = _matters(ids, batch)
        _steps(ids, batch, beside)
        _follow(ids, beside, batch, at)
        _others(ids, batch, act)
        bills.write([(pk, bill) for pk, p in zip(ids, batch, strict=True) for bill in p.bills], act)
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


def _matters(ids: Sequence[int], batch: Sequence[Prepared]) -> list[list[int]]:
    """The matters of each case; their keys, by case in the order in which they began."""
    total = sum(len(p.matters) for p in batch)
    if not total:
        return [[] for _ in batch]
    keys = iter(rows.reserve(Matter, total))
    placed = [[next(keys) for _ in p.matters] for p in batch]
    rows.insert(
        Matter,
        ("id", "case", *MATTER),
        (
            (key, case, *m.values)
            for case, own, p in zip(ids, placed, batch, strict=True)
            for key, m in zip(own, p.matters, strict=True)
        ),
        moments_kept=True,
    )
    return placed


def _follow(
    ids: Sequence[int], placed: Sequence[Sequence[int]], batch: Sequence[Prepared], at: datetime
) -> None:
    """What hangs on matters: the rows of remedies, and the waits that time alone will end."""
    for case, own, p in zip(ids, placed, batch, strict=True):
        for key, m in zip(own, p.matters, strict=True):
            row = Matter(pk=key, case_id=case, procedure=m.procedure, state_since=m.since)
            keep_row(row, m.block, at)
            wait_in(row, m.ends)


def _others(ids: Sequence[int], batch: Sequence[Prepared], act: record.Act) -> None:
    """The further parties of each case, registered, known to whom the case is known, and found with it."""
    joined = [(pk, p, other) for pk, p in zip(ids, batch, strict=True) for other in p.others]
    if not joined:
        return
    parties = registers.enrol([(o.arrival, p.known_to, o.joined_on) for _, p, o in joined], act)
    rows.insert(
        CaseParty,
        ("case", "party", "code", "joined_on", "left_on"),
        (
            (pk, party, o.code, o.joined_on, o.left_on)
            for party, (pk, _, o) in zip(parties, joined, strict=True)
        ),
    )


def _steps(ids: Sequence[int], batch: Sequence[Prepared], matters: Sequence[Sequence[int]]) -> None:
    """The steps, and the documents that hang on them."""
    keys = iter(rows.reserve(Step, sum(len(p.steps) for p in batch)))
    placed = [[next(keys) for _ in p.steps] for p in batch]
    steps = _step_rows(ids, placed, batch, matters)
    rows.insert(Step, ("id", "case", "matter", *STEP), steps, moments_kept=True)
    rows.insert(Document, ("case", "step", *DOCUMENT), _document_rows(ids, placed, batch))


def _step_rows(
    ids: Sequence[int],
    placed: Sequence[Sequence[int]],
    batch: Sequence[Prepared],
    matters: Sequence[Sequence[int]],
) -> Iterator[tuple[Any, ...]]:
    for case, keys, prepared, own in zip(ids, placed, batch, matters, strict=True):
        of = {place: pk for pk, m in zip(own, prepared.matters, strict=True) for place in m.steps}
        for place, (key, step) in enumerate(zip(keys, prepared.steps, strict=True)):
            yield (key, case, of.get(place), *step)


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
