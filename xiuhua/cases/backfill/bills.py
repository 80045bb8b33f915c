"""The bills of payments that come in with a history: what each says, numbered in the series of its unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xiuhua.cases.actions import money_bills
from xiuhua.cases.backfill.history import History, Told
from xiuhua.cases.backfill.known import UnitKnown
from xiuhua.cases.models import FineBill
from xiuhua.cases.procedure import walk
from xiuhua.cases.procedure.guards.reading import block
from xiuhua.cases.procedure.side.folding import as_read_in
from xiuhua.kernel import numbering, record, rows
from xiuhua.kernel.workdays import Calendar

PAYMENT = "payment"
KIND = "fine_bill"
# Columns of a bill beside its case and number, in the order in which `Bill` holds their values.
BILL = ("party", "payer", "what", "issued_on", "due_on", "amount", "surcharge", "waived", "paid", "state")


@dataclass(frozen=True, slots=True)
class Bill:
    """A bill that may be written: the values of its columns, and the unit and year in whose series it is numbered."""

    unit: str
    prefix: str
    year: int
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Walked:
    """A history that was walked without a fault: of which case, whose, handled by whom, and the day it comes in."""

    number: str
    payer: str
    said: History
    run: walk.Replay
    unit: UnitKnown
    today: date
    calendar: Calendar


def of_run(walked: Walked) -> tuple[Bill, ...] | Told:
    """The bills of a history that was walked without a fault; or why none can be numbered."""
    payments = {name: own for name, own in walked.run.matters.items() if own.side.procedure == PAYMENT}
    # What was billed under a decision that fell and was made anew is not told by the file any more.
    names = list({own.party: name for name, own in payments.items()}.values())
    if not names:
        return ()
    if not walked.unit.prefixes:
        said = f"单位“{walked.unit.name}”没有编号前缀，不能为导入的缴款开具缴款通知"
        return Told("unit", said)
    return tuple(_bill(name, walked) for name in names)


def _bill(name: str, walked: Walked) -> Bill:
    said, run, unit, today = walked.said, walked.run, walked.unit, walked.today
    own = run.matters[name]
    file = as_read_in(run.whole, own)
    decision = block(file, "decision")
    ended = own.side.table_on(today).state(own.state).final
    figures = money_bills.figures(file, walked.calendar, own.state if ended else "")
    began = next(step.on for step in said.steps if step.matter == name)
    values: Mapping[str, Any] = {
        "payer": walked.payer,
        **figures,
        "party": own.party,
        "what": f"{decision.get('number') or walked.number}号处罚决定",
        "issued_on": began,
        "amount": money_bills.asked_for(file),
    }
    return Bill(unit.code, unit.prefixes[0], began.year, tuple(_plain(values[column]) for column in BILL))


def _plain(value: Any) -> Any:
    """A value as the bulk insert wants it."""
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None else str(value)


def write(bills: Sequence[tuple[int, Bill]], act: record.Act) -> None:
    """Number and write the bills, each with the key of its case, in the transaction of `act`."""
    keys = rows.reserve(FineBill, len(bills)) if bills else []
    series: dict[tuple[str, str, int], list[int]] = {}
    for place, (_, bill) in enumerate(bills):
        series.setdefault((bill.unit, bill.prefix, bill.year), []).append(place)
    numbers = [""] * len(bills)
    for (unit, prefix, year), places in series.items():
        subjects = [f"cases.case:{bills[place][0]}" for place in places]
        taken = numbering.take_many(
            kind=KIND, unit_code=unit, year=year, subjects=subjects, act=act, prefix=prefix
        )
        for place, number in zip(places, taken, strict=True):
            numbers[place] = number
    told = list(zip(keys, numbers, bills, strict=True))
    rows.insert(
        FineBill, ("id", "case", "number", *BILL), ((pk, case, n, *b.values) for pk, n, (case, b) in told)
    )
    act.bulk([_line(pk, number, bill, act) for pk, number, (_, bill) in told])


def _line(pk: int, number: str, bill: Bill, act: record.Act) -> record.Line:
    subject = f"{FineBill._meta.label_lower}:{pk}"
    said = dict(zip(BILL, bill.values, strict=True))
    facts = {name: str(said[name]) for name in ("amount", "paid", "state")}
    return act.line(subject=subject, label=number, facts=facts, verb="money.issue_bill")
