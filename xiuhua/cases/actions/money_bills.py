"""The bill of a fine: issued when its payment begins, and kept to what the file of the case says."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from xiuhua.cases.models import Case, FineBill
from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards import apart
from xiuhua.cases.procedure.guards.payment import instalment_until
from xiuhua.cases.procedure.guards.reading import block, falls, owed, paid, pay_until
from xiuhua.kernel import clock, numbering, record
from xiuhua.kernel.workdays import Calendar

ENDED = {"handed_to_enforcement": FineBill.State.ENFORCED, "dropped": FineBill.State.DROPPED}


def bill_of(case: Case, party: str = "") -> FineBill | None:
    """The bill of the case, or of one of its parties who pay apart, by its latest decision; None without one."""
    return FineBill.objects.filter(case=case, party=party).order_by("turn").last()


def issue(case: Case, file: File, calendar: Calendar, act: record.Act, *, party: str = "") -> FineBill:
    """Issue the bill for what the decision asks, with a number of its own; of `party`, `file` is as that one has it."""
    day = clock.day_of(act.at)
    decision, before = block(file, "decision"), bill_of(case, party)
    bill = FineBill(
        case=case,
        party=party,
        turn=before.turn + 1 if before else 1,
        payer=_payer(file) or case.party_name,
        number=numbering.take(
            kind="fine_bill",
            unit_code=case.handling_unit.code,
            prefix=case.handling_unit.form_prefix,
            year=day.year,
            subject=record.subject_of(case),
            act=act,
        ),
        what=f"{decision.get('number') or case.number}号处罚决定",
        issued_on=day,
        amount=asked_for(file),
        due_on=pay_until(file, calendar),
    )
    bill.save()
    act.entry(on=bill, facts={"amount": str(bill.amount), "case": case.number}, verb="money.issue_bill")
    return bill


def asked_for(file: File) -> Decimal:
    """What the decision asks, yuan: fine and confiscated gains."""
    decision = block(file, "decision")
    return _yuan(decision.get("fine")) + _yuan(decision.get("gains"))


def _payer(file: File) -> str:
    return str(block(file, "party").get("name") or "")[:120]


def figures(file: File, calendar: Calendar, ended_in: str = "") -> Mapping[str, Any]:
    """What the bill says by the file as it is; `ended_in` is the state in which the payment ended, if it has."""
    surcharge = block(file, "surcharge")
    name = _payer(file)
    return {
        **({"payer": name} if name else {}),
        "due_on": instalment_until(file) or pay_until(file, calendar),
        "surcharge": _yuan(surcharge.get("amount")),
        "waived": _yuan(surcharge.get("waived")),
        "paid": _yuan(paid(file)),
        "state": _state(ended_in, file),
    }


def _state(ended_in: str, file: File) -> str:
    if apart.is_apart(file) and falls(block(file, "annulment")):
        return FineBill.State.DROPPED
    if not ended_in:
        return FineBill.State.OPEN
    if ended_in == "handed_to_enforcement" and paid(file) > owed(file) - 0.005:
        return FineBill.State.PAID
    return ENDED.get(ended_in, FineBill.State.PAID)


def refresh(bill: FineBill, new: Mapping[str, Any]) -> bool:
    """Put `new` figures on the bill; whether anything changed. Saved by the caller."""
    changed = any(getattr(bill, name) != value for name, value in new.items())
    for name, value in new.items():
        setattr(bill, name, value)
    return changed


def _yuan(amount: Any) -> Decimal:
    return Decimal(str(amount or 0)).quantize(Decimal("0.01"))
