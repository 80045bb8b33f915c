"""Reads of bills and of what the bank reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from xiuhua.cases.models import BankLine, FineBill
from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards.apart import of_one
from xiuhua.cases.procedure.guards.reading import block, paid, rows
from xiuhua.cases.procedure.surcharge import Reckoning, due_on, reckoned
from xiuhua.cases.queries.files import file_of
from xiuhua.cases.queries.law import parameters_on
from xiuhua.kernel.authz import Actor


def bills(user: Actor) -> QuerySet[FineBill]:
    """Bills of the cases that `user` sees, with what every list shows of them."""
    return FineBill.objects.visible(user).select_related("case", "case__handling_unit", "case__cause")


def waiting(user: Actor) -> QuerySet[BankLine]:
    """Payments that wait for a person: proposals, and those that fit no bill."""
    states = (BankLine.State.PROPOSED, BankLine.State.UNMATCHED)
    return (
        BankLine.objects.visible(user)
        .filter(state__in=states)
        .select_related("bill", "bill__case", "file")
        .order_by("paid_on", "pk")
    )


def credits(user: Actor) -> QuerySet[BankLine]:
    """Booked payments of which a part was not owed and has not gone back yet."""
    return (
        BankLine.objects.visible(user)
        .filter(booked__lt=F("amount"), state=BankLine.State.BOOKED, returned_on=None)
        .select_related("bill", "bill__case")
        .order_by("paid_on", "pk")
    )


@dataclass(frozen=True, slots=True)
class Account:
    """What a case owes on a day, yuan: the decision's money, the surcharge reckoned to that day, waiver, payments."""

    fine: float
    gains: float
    surcharge: float
    waived: float
    paid: float
    total: float
    reckoning: Reckoning | None
    items: Sequence[Mapping[str, Any]]
    plan: Sequence[Mapping[str, Any]]

    @property
    def left(self) -> float:
        return round(self.total - self.paid, 2)


def file_of_bill(bill: FineBill) -> File:
    """The file of the bill's case; where each of several parties pays apart, as the one who owes it has it."""
    file = file_of(bill.case)
    return of_one(file, bill.party) if bill.party else file


def is_past(bill: FineBill) -> bool:
    """Whether the decision that the bill is for fell and was taken back, so that the file speaks of it no more."""
    if FineBill.objects.filter(case=bill.case_id, party=bill.party, turn__gt=bill.turn).exists():
        return True
    return bill.state != FineBill.State.OPEN and not block(file_of_bill(bill), "payment").get("began_on")


def _as_it_was(bill: FineBill) -> Account:
    """What the bill said when its decision was taken back."""
    sums = [float(sum_) for sum_ in (bill.amount, bill.surcharge, bill.waived, bill.paid)]
    fine, surcharge, waived, had = sums
    return Account(fine, 0, surcharge, waived, had, round(fine + surcharge - waived, 2), None, (), ())


def account(bill: FineBill, on: date) -> Account:
    """The account of the bill's case on `on`; once it is settled, the surcharge is that of its last day."""
    if is_past(bill):
        return _as_it_was(bill)
    file = file_of_bill(bill)
    decision, surcharge = block(file, "decision"), block(file, "surcharge")
    day = date.fromisoformat(surcharge["to_on"]) if surcharge.get("to_on") else on
    found = reckoned(file, day, parameters_on(day))
    return Account(
        fine=decision.get("fine") or 0,
        gains=decision.get("gains") or 0,
        surcharge=found.amount if found else surcharge.get("amount") or 0,
        waived=surcharge.get("waived") or 0,
        paid=paid(file),
        total=due_on(file, day, parameters_on(day)),
        reckoning=found,
        items=rows(block(file, "payment"), "items"),
        plan=rows(block(file, "deferral"), "plan"),
    )


def for_the_bank(user: Actor, on: date) -> Sequence[tuple[str, str, str, str, str]]:
    """Open bills as the bank takes them: number, payer, what is owed on `on`, last day to pay, what for."""
    open_bills = bills(user).filter(state=FineBill.State.OPEN).order_by("number")
    return [
        (
            bill.number,
            bill.payer,
            f"{account(bill, on).left:.2f}",
            bill.due_on.isoformat() if bill.due_on else "",
            bill.what,
        )
        for bill in open_bills
    ]
