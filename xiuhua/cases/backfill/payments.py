"""The bank's files: payments in (CSV or Parquet), open bills out (CSV).

    outcome = bring_in(read("bank.csv"), by=by, at=at)               a dry run: every fault, nothing written
    outcome = bring_in(read("bank.csv"), by=by, at=at, write=True)   the same, and kept

A row is one payment with the bank's own reference; what is in already is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from xiuhua.cases.actions import money_bank
from xiuhua.cases.actions.money_bank import Reported
from xiuhua.cases.models import BankLine
from xiuhua.kernel import clock, sources
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.sources import Source
from xiuhua.leads.backfill import Outcome, RowFault, write_faults

COLUMNS = ("reference", "paid_on", "amount", "payer", "bill_number", "receipt_no")
NEEDED = ("reference", "paid_on", "amount", "payer", "receipt_no")

__all__ = ["COLUMNS", "NEEDED", "Outcome", "bring_in", "read", "write_faults"]


def read(path: Path | str) -> Source:
    """See `sources.read`."""
    return sources.read(path, COLUMNS, NEEDED)


def bring_in(
    source: Source,
    *,
    by: Actor,
    at: datetime,
    write: bool = False,
    skip_faulty: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Outcome:
    """Check every row, and keep the payments if all are well or `skip_faulty`. Raises Refused for whom may not."""
    money_bank.check_can_reconcile(by)
    outcome = Outcome()
    good: list[Reported] = []
    for number, cells in enumerate(source.rows(), 1):
        outcome.rows += 1
        faults = list(_faults(number, cells, clock.day_of(at)))
        outcome.faults += faults
        if not faults and cells is not None:
            good.append(_reported(number, cells))
        if progress:
            progress(outcome.rows, source.total)
    outcome.faults += _doubles(good)
    bad = {fault.row for fault in outcome.faults}
    good = [r for r in good if r.row not in bad]
    known = set(
        BankLine.objects.filter(reference__in=[r.reference for r in good]).values_list("reference", flat=True)
    )
    outcome.good, outcome.passed_over = len(good) - len(known), len(known)
    if write and good and (skip_faulty or not outcome.faults):
        money_bank.bring_in(name=source.path.name, sha256=source.sha256, lines=good, by=by, at=at)
        outcome.written = outcome.good
    return outcome


def _faults(number: int, cells: sources.Cells, today: date) -> Iterator[RowFault]:
    if cells is None:
        yield RowFault(number, "", "", "列数与表头不符")
        return
    row = _named(cells)
    for name in NEEDED:
        if not row[name]:
            yield RowFault(number, row["reference"], name, "不能为空")
    for name, most in (("reference", 60), ("payer", 120), ("bill_number", 40), ("receipt_no", 60)):
        if len(row[name]) > most:
            yield RowFault(number, row["reference"], name, f"最多{most}个字")
    if row["paid_on"] and (reason := _no_day(row["paid_on"], today)):
        yield RowFault(number, row["reference"], "paid_on", reason)
    if row["amount"] and (reason := _no_sum(row["amount"])):
        yield RowFault(number, row["reference"], "amount", reason)


def _named(cells: Any) -> Mapping[str, str]:
    return {name: str(cell).strip() for name, cell in zip(COLUMNS, cells, strict=True)}


def _no_day(text: str, today: date) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return "日期应写作 2018-05-16"
    return "日期晚于今天" if day > today else ""


def _no_sum(text: str) -> str:
    try:
        amount = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return "金额应为数字"
    if not amount.is_finite() or amount <= 0:
        return "金额应大于零"
    if amount.adjusted() > 8:
        return "金额过大"
    return "金额最多两位小数" if amount != round(amount, 2) else ""


def _reported(number: int, cells: Any) -> Reported:
    row = _named(cells)
    return Reported(
        row=number,
        reference=row["reference"],
        paid_on=date.fromisoformat(row["paid_on"]),
        amount=Decimal(row["amount"].replace(",", "")).quantize(Decimal("0.01")),
        payer=row["payer"],
        receipt_no=row["receipt_no"],
        bill_number=row["bill_number"],
    )


def _doubles(good: list[Reported]) -> list[RowFault]:
    seen: dict[str, int] = {}
    found = []
    for one in good:
        if one.reference in seen:
            found.append(RowFault(one.row, one.reference, "reference", f"与第{seen[one.reference]}行重复"))
        seen.setdefault(one.reference, one.row)
    return found
