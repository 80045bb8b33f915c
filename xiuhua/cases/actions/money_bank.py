"""What the bank reports: brought in, booked by the number of the bill, confirmed or assigned by a person, sent back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from xiuhua.cases import permissions, queries
from xiuhua.cases.actions import joined
from xiuhua.cases.models import BankFile, BankLine, Case, FineBill, Matter
from xiuhua.cases.models.money import RECONCILE
from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards import sharing
from xiuhua.cases.procedure.side.payment_booking import booking, on_the_road
from xiuhua.cases.queries import money
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import SYSTEM, Actor, Invalid, Refusal, Refused

LEAST_REASON = 4


@dataclass(frozen=True, slots=True)
class Reported:
    """One payment as the bank's file says it."""

    row: int
    reference: str
    paid_on: date
    amount: Decimal
    payer: str
    receipt_no: str
    bill_number: str = ""


@dataclass(slots=True)
class Brought:
    """What became of a file: how many lines were booked, proposed, left unmatched, and were in already."""

    counts: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys((*BankLine.State.values, "known"), 0)
    )


def check_can_reconcile(by: Actor) -> None:
    """Raises Refused unless `by` holds a post that reconciles; the system does."""
    if not by.is_system and not by.can(RECONCILE):
        raise Refused(
            Refusal(
                RECONCILE,
                "您的岗位不核对银行到账",
                meaning="Your post does not reconcile the bank's payments.",
                ground="平台规则 §14",
            )
        )


def bring_in(*, name: str, sha256: str, lines: Sequence[Reported], by: Actor, at: datetime) -> Brought:
    """Keep every payment of a file that is not known yet, and book those that name an open bill.

    A payment that names none is proposed for the one open bill of that payer over that sum, else kept unmatched. The
    bookings are the system's: the bank's word, by the number of the bill. A line or file that came before does nothing.
    """
    check_can_reconcile(by)
    brought = Brought()
    if BankFile.objects.filter(sha256=sha256).exists():
        brought.counts["known"] = len(lines)
        return brought
    known = set(
        BankLine.objects.filter(reference__in=[r.reference for r in lines]).values_list(
            "reference", flat=True
        )
    )
    with record.act("money.bring_in", by=by, at=at) as act:
        file = BankFile(name=name[:120], sha256=sha256, at=at, by_user=by.user_id, by_name=by.name)
        file.save()
        for reported in lines:
            if reported.reference in known:
                brought.counts["known"] += 1
                continue
            known.add(reported.reference)
            brought.counts[_kept(file, reported, at).state] += 1
        act.entry(on=file, facts={"lines": len(lines), **brought.counts})
    return brought


def _kept(file: BankFile, reported: Reported, at: datetime) -> BankLine:
    line = BankLine(
        file=file,
        row=reported.row,
        reference=reported.reference,
        paid_on=reported.paid_on,
        amount=reported.amount,
        payer=reported.payer,
        bill_number=reported.bill_number,
        receipt_no=reported.receipt_no,
    )
    line.save()
    if bill := FineBill.objects.filter(number=reported.bill_number).first() if reported.bill_number else None:
        _try_to_book(line, bill, at)
    else:
        _propose(line)
    return line


def _try_to_book(line: BankLine, bill: FineBill, at: datetime) -> None:
    """Book it, or keep it as a proposal with the reason why the case does not take it."""
    try:
        with transaction.atomic():
            _of_nobody_else(line, bill)
            _book(line, bill, SYSTEM, at)
    except (Refused, Invalid) as why:
        line.bill, line.state, line.step = bill, BankLine.State.PROPOSED, None
        line.booked, line.reason = Decimal(0), str(why)[:300]
        line.save()


def _propose(line: BankLine) -> None:
    """The one open bill of that payer over that sum, if there is just one."""
    open_bills = FineBill.objects.filter(state=FineBill.State.OPEN, payer=line.payer)
    fitting = [bill for bill in open_bills.select_related("case") if line.amount in _sums(bill)]
    if len(fitting) == 1:
        line.bill, line.state = fitting[0], BankLine.State.PROPOSED
        line.save()


def _sums(bill: FineBill) -> set[Decimal]:
    """The sums that somebody would pay on a bill: all that is left, or the next instalment."""
    plan = (money.file_of_bill(bill).get("deferral") or {}).get("plan") or ()
    return {bill.left, *(Decimal(str(row["amount"])).quantize(Decimal("0.01")) for row in plan)}


def _book(line: BankLine, bill: FineBill, by: Actor, at: datetime) -> None:
    case = Case.objects.get(pk=bill.case_id)
    if money.is_past(bill):
        raise Invalid({"bill": "该缴款通知所依据的决定已被撤销，请核对是否为新决定的缴款"})
    payment, file = joined.payment_of(case, bill.party), money.file_of_bill(bill)
    params = queries.parameters_on(line.paid_on)
    found = booking(file, _where(case, payment, bill), float(line.amount), line.paid_on, params)
    if found.move:
        values = {
            "payment.method": "bank",
            "item.on": line.paid_on,
            "item.amount": found.amount,
            "item.receipt_no": line.receipt_no,
            **(_of_party(file, line.payer) if not bill.party else _of_share(payment, bill)),
            **({} if payment or bill.party else on_the_road(file, line.paid_on, params)),
        }
        line.step = joined.record_payment(
            case=case, move=found.move, values=values, by=by, at=at, party=bill.party
        )
    line.bill, line.state = bill, BankLine.State.BOOKED
    line.booked = Decimal(str(found.amount)).quantize(Decimal("0.01"))
    with record.act("money.book", by=by, at=at) as act:
        line.save()
        act.entry(
            on=line,
            facts={"bill": bill.number, "booked": str(line.booked), "credit": str(line.credit)},
            label=line.reference,
        )


def _where(case: Case, payment: Matter | None, bill: FineBill) -> str:
    """Where the money is taken in: in the payment, else on the road, for the case or for one of its parties."""
    if payment:
        return payment.state
    return f"{'share' if bill.party else 'road'}:{case.state}"


def _of_share(payment: Matter | None, bill: FineBill) -> dict[str, str]:
    return {} if payment else {"item.party": bill.party}


def _of_nobody_else(line: BankLine, bill: FineBill) -> None:
    """Raises Invalid where the payer is another party of the same case than the one whose bill it names: a person looks
    whether it pays for the other.
    """
    if (
        bill.party
        and FineBill.objects.filter(case=bill.case_id, payer=line.payer).exclude(pk=bill.pk).exists()
    ):
        raise Invalid({"payer": "付款人是本案另一名当事人，请核对所填缴款通知号"})


def _of_party(file: File, payer: str) -> dict[str, str]:
    """Whose payment it is, where a case has several parties: that of the one whose name the bank gives.

    Raises Invalid where it is nobody's: the share of one is not paid by anybody else's word.
    """
    parties = sharing.parties(file)
    if len(parties) == 1:
        return {}
    whose = [id for id, party in parties.items() if party.get("name") == payer]
    if len(whose) != 1:
        raise Invalid({"payer": "本案有多名当事人，付款人不是其中之一，请核对是谁缴款"})
    return {"item.party": whose[0]}


def assign(*, line: BankLine, bill: FineBill, reason: str, by: Actor, at: datetime) -> BankLine:
    """Book a payment on `bill`: a proposal that is confirmed, or one that fits none and is assigned with a reason.

    Raises Invalid without a reason where it was not proposed, Refused where the line is settled, the bill is out of
    reach, or the case does not take the payment.
    """
    with transaction.atomic():
        now = _open_line(line, by)
        permissions.check_can_work(bill.case, by)
        if now.bill_id != bill.pk and len(reason.strip()) < LEAST_REASON:
            raise Invalid({"reason": "请写明为何对到这份缴款通知"})
        now.reason = reason.strip()[:300]
        _book(now, bill, by, at)
    line.refresh_from_db()
    return line


def send_back(*, line: BankLine, reason: str, by: Actor, at: datetime) -> BankLine:
    """Say that a payment that fits no bill went back to the payer. Raises like `assign`."""
    if len(reason.strip()) < LEAST_REASON:
        raise Invalid({"reason": "请写明退回的理由"})
    with record.act("money.send_back", by=by, at=at) as act:
        now = _open_line(line, by)
        now.state, now.bill, now.reason = BankLine.State.SENT_BACK, None, reason.strip()[:300]
        now.save()
        act.entry(on=now, facts={"amount": str(now.amount)}, label=now.reference)
    line.refresh_from_db()
    return line


def return_credit(*, line: BankLine, on: date, by: Actor, at: datetime) -> BankLine:
    """Say that what was paid too much went back on `on`. Raises Refused where there is nothing to return."""
    check_can_reconcile(by)
    if on > clock.day_of(at):
        raise Invalid({"on": "退还日期不能晚于今天"})
    with record.act("money.return_credit", by=by, at=at) as act:
        now = BankLine.objects.select_for_update().get(pk=line.pk)
        if not now.credit or now.bill is None:
            raise Refused(
                Refusal(
                    "no_credit",
                    "这笔款项没有多缴",
                    meaning="Nothing was paid too much.",
                    ground="平台规则 §14",
                )
            )
        permissions.check_can_work(now.bill.case, by)
        sum_ = now.credit
        now.returned_on = on
        now.save()
        act.entry(on=now, facts={"returned": str(sum_), "on": on.isoformat()}, label=now.reference)
    line.refresh_from_db()
    return line


def _open_line(line: BankLine, by: Actor) -> BankLine:
    """The row, locked. Raises Refused where it is booked or sent back already."""
    check_can_reconcile(by)
    now = BankLine.objects.select_for_update().get(pk=line.pk)
    if now.state in (BankLine.State.BOOKED, BankLine.State.SENT_BACK):
        raise Refused(
            Refusal(
                "settled_line",
                "这笔款项已经处理",
                meaning="This payment has been dealt with already.",
                ground="平台规则 §14",
            )
        )
    return now
