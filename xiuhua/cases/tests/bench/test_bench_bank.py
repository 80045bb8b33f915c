"""Bills and the bank: numbered, kept to the file, booked once, proposed, assigned, sent back, overpaid."""

from __future__ import annotations

import hashlib
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from xiuhua.cases import queries
from xiuhua.cases.actions import money_bank
from xiuhua.cases.actions.money_bank import Reported
from xiuhua.cases.backfill import payments
from xiuhua.cases.models import BankFile, BankLine, FineBill, Matter
from xiuhua.cases.tests.bench.bench import DEPUTY, HEAD, O1, SERVED, Bench, Went, nothing_written
from xiuhua.cases.tests.bench.test_bench_payment import days, go, in_instalments, payment, surcharged
from xiuhua.kernel.authz import SYSTEM, Invalid, Refused
from xiuhua.kernel.models import RecordEntry

pytestmark = pytest.mark.slow

CLERK = ("squad_legal_clerk", 0)
HEADER = "reference,paid_on,amount,payer,bill_number,receipt_no\n"


def billed(bench: Bench) -> tuple[Any, datetime]:
    """An open bill of 8,000 yuan."""
    case, at = bench.at_step("decide_penalty")
    at = bench.walk(case, (Went(O1, "serve_decision", 1, SERVED),), at)
    return FineBill.objects.get(case=case), at


def line(bill: FineBill | None, at: datetime, amount: float = 8000, **more: str) -> Reported:
    number = BankLine.objects.count() + 1
    return Reported(
        row=1,
        reference=more.get("reference", f"流水{number:05}"),
        paid_on=at.date(),
        amount=Decimal(str(amount)).quantize(Decimal("0.01")),
        payer=more.get("payer", "示例某人"),
        receipt_no=f"票{number:05}",
        bill_number=bill.number if bill else more.get("bill_number", ""),
    )


def brought(at: datetime, *lines: Reported, name: str = "bank.csv") -> dict[str, int]:
    sha = hashlib.sha256(repr(lines).encode()).hexdigest()
    found = money_bank.bring_in(name=name, sha256=sha, lines=lines, by=SYSTEM, at=at)
    return {key: n for key, n in found.counts.items() if n}


def now(bill: FineBill) -> Any:
    return FineBill.objects.select_related("case").get(pk=bill.pk)


def last() -> Any:
    return BankLine.objects.latest("pk")


def test_a_bill_is_issued_with_the_payment_and_has_a_number_of_its_own(bench: Bench) -> None:
    bill, _ = billed(bench)
    assert (bill.amount, bill.paid, bill.left, bill.state) == (8000, 0, 8000, "open")
    assert bill.number.isdigit()
    assert bill.due_on == payment(bill.case).due_on
    assert bill.case.decision_number in bill.what
    other, _ = billed(bench)
    assert other.number != bill.number
    entry = RecordEntry.objects.get(subject=f"cases.finebill:{bill.pk}", verb="money.issue_bill")
    assert '"amount":"8000.00"' in entry.facts


def test_a_payment_that_names_the_bill_is_booked_and_moves_the_case_on(bench: Bench) -> None:
    bill, at = billed(bench)
    assert brought(days(at, 3), line(bill, days(at, 2))) == {"booked": 1}
    assert (now(bill).state, now(bill).left) == ("paid", 0)
    case = now(bill).case
    assert (case.state, case.paid) == ("performed", 8000)
    row = last()
    assert (row.booked, row.credit) == (8000, 0)
    assert row.step is not None
    assert (row.step.move, row.step.role, row.step.by_user) == ("pay_in_full", "party", None)
    assert queries.file_of(case)["payment"]["items"][0]["receipt_no"] == row.receipt_no


def test_a_file_and_a_line_that_come_twice_do_nothing_twice(bench: Bench) -> None:
    bill, at = billed(bench)
    one, at = line(bill, at, 3000), days(at, 3)
    assert brought(at, one) == {"booked": 1}
    with nothing_written():
        assert brought(at, one) == {"known": 1}
    assert brought(at, one, line(bill, at, 5000, reference="流水新")) == {"booked": 1, "known": 1}
    assert now(bill).paid == 8000
    assert BankLine.objects.count() == 2


def test_parts_are_booked_as_parts_and_what_is_too_much_is_kept_to_be_returned(bench: Bench) -> None:
    bill, at = billed(bench)
    brought(at, line(bill, at, 3000))
    assert (now(bill).left, now(bill).state, now(bill).case.state) == (5000, "open", "served")
    brought(days(at, 1), line(bill, at, 6000))
    assert (now(bill).state, now(bill).paid, last().booked, last().credit) == ("paid", 8000, 5000, 1000)
    clerk = bench.actor(CLERK, bill.case.handling_unit, at)
    with nothing_written(), pytest.raises(Invalid):
        money_bank.return_credit(line=last(), on=days(at, 9).date(), by=clerk, at=days(at, 2))
    money_bank.return_credit(line=last(), on=days(at, 2).date(), by=clerk, at=days(at, 2))
    assert last().credit == 0
    with nothing_written(), pytest.raises(Refused):
        money_bank.return_credit(line=last(), on=days(at, 2).date(), by=clerk, at=days(at, 2))


def test_a_bill_that_is_paid_already_takes_nothing_more_and_the_whole_is_a_proposal_or_credit(
    bench: Bench,
) -> None:
    bill, at = billed(bench)
    brought(at, line(bill, at))
    assert brought(days(at, 1), line(bill, at)) == {"booked": 1}
    assert (last().booked, last().credit, now(bill).paid) == (0, 8000, 8000)
    assert last().step is None


def test_without_a_number_one_open_bill_of_the_payer_over_the_sum_is_proposed_and_a_person_confirms(
    bench: Bench,
) -> None:
    bill, at = billed(bench)
    payer = bill.case.party_name
    assert brought(at, line(None, at, payer=payer)) == {"proposed": 1}
    assert (last().bill, now(bill).paid) == (bill, 0)
    clerk = bench.actor(CLERK, bill.case.handling_unit, at)
    money_bank.assign(line=last(), bill=now(bill), reason="", by=clerk, at=days(at, 1))
    assert (last().state, now(bill).state) == ("booked", "paid")
    assert last().step is not None
    assert last().step.by_user == clerk.user_id
    with nothing_written(), pytest.raises(Refused):
        money_bank.assign(line=last(), bill=now(bill), reason="再来一次", by=clerk, at=days(at, 1))


def test_two_bills_that_fit_are_no_proposal(bench: Bench) -> None:
    bill, at = billed(bench)
    billed(bench)
    assert brought(at, line(None, at, payer=bill.case.party_name)) == {"unmatched": 1}


def test_a_payment_that_fits_no_bill_is_kept_assigned_with_a_reason_or_sent_back(bench: Bench) -> None:
    bill, at = billed(bench)
    clerk = bench.actor(CLERK, bill.case.handling_unit, at)
    assert brought(at, line(None, at, 123, bill_number="0000000000")) == {"unmatched": 1}
    with nothing_written(), pytest.raises(Invalid):
        money_bank.assign(line=last(), bill=bill, reason=" ", by=clerk, at=at)
    money_bank.assign(line=last(), bill=bill, reason="附言写明案号", by=clerk, at=at)
    assert (last().state, now(bill).paid) == ("booked", 123)
    brought(at, line(None, at, 77))
    with nothing_written(), pytest.raises(Invalid):
        money_bank.send_back(line=last(), reason="", by=clerk, at=at)
    money_bank.send_back(line=last(), reason="与本局无关", by=clerk, at=at)
    assert last().state == "sent_back"
    with nothing_written(), pytest.raises(Refused):
        money_bank.send_back(line=last(), reason="与本局无关", by=clerk, at=at)


def test_who_does_not_reconcile_or_does_not_reach_the_case_books_nothing(bench: Bench) -> None:
    bill, at = billed(bench)
    brought(at, line(None, at, 123))
    officer = bench.actor(O1, bill.case.handling_unit, at)
    head = bench.actor(HEAD, bill.case.handling_unit, at)
    west = bench.actor(CLERK, bench.bureau.west, at)
    for by in (officer, head, west):
        with nothing_written(), pytest.raises(Refused):
            money_bank.assign(line=last(), bill=bill, reason="附言写明案号", by=by, at=at)
    for by in (officer, head):
        with nothing_written(), pytest.raises(Refused):
            money_bank.bring_in(name="x", sha256="0", lines=[line(bill, at)], by=by, at=at)
    assert BankLine.objects.visible(officer).count() == 0
    assert BankLine.objects.visible(west).count() == 1
    assert BankFile.objects.visible(west).count() == 0


def test_the_surcharge_is_booked_to_the_day_on_which_the_bank_had_the_money(bench: Bench) -> None:
    matter, at = surcharged(bench)
    bill: Any = FineBill.objects.get(case=matter.case)
    brought(days(at, 20), line(bill, days(at, 9), 10400))
    assert (now(bill).state, now(bill).surcharge, now(bill).paid, last().credit) == ("paid", 2400, 10400, 0)


def test_an_instalment_is_booked_as_one_and_the_bill_is_due_with_the_next(bench: Bench) -> None:
    matter, at = in_instalments(bench)
    bill: Any = FineBill.objects.get(case=matter.case)
    first = bill.due_on
    brought(days(at, 2), line(bill, days(at, 1), 4000))
    assert last().step is not None
    assert last().step.move == "pay_instalment"
    assert first is not None
    assert now(bill).due_on is not None
    assert now(bill).due_on > first


def test_after_the_hand_over_the_whole_is_booked_on_the_road_and_a_part_waits_for_a_person(
    bench: Bench,
) -> None:
    matter, at = surcharged(bench)
    bill: Any = FineBill.objects.get(case=matter.case)
    go(bench, matter, (DEPUTY, "go_to_demand"), days(at, 31))
    assert now(bill).state == "enforced"
    assert brought(days(at, 40), line(bill, days(at, 40), 1000)) == {"proposed": 1}
    assert last().reason
    assert (last().booked, now(bill).paid) == (0, 0)
    assert brought(days(at, 40), line(bill, days(at, 40), 16000)) == {"booked": 1}
    assert (now(bill).paid, now(bill).left, now(bill).case.state) == (16000, 0, "performed")
    assert Matter.objects.get(pk=matter.pk).state == "handed_to_enforcement"


def test_paid_on_the_road_the_bill_is_paid_too(bench: Bench) -> None:
    bill, at = billed(bench)
    bench.go(now(bill).case, Went(O1, "perform", 0, {"item.receipt_no": "票1"}), at)
    assert now(bill).state == "paid"


def written(folder: Path, *rows: str) -> Path:
    path = folder / "bank.csv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (",2026-05-01,5,甲,,票1", "reference"),
        ("流1,2026-5-1,5,甲,,票1", "paid_on"),
        ("流1,2099-05-01,5,甲,,票1", "paid_on"),
        ("流1,2026-05-01,零,甲,,票1", "amount"),
        ("流1,2026-05-01,0,甲,,票1", "amount"),
        ("流1,2026-05-01,-5,甲,,票1", "amount"),
        ("流1,2026-05-01,1.005,甲,,票1", "amount"),
        ("流1,2026-05-01,NaN,甲,,票1", "amount"),
        ("流1,2026-05-01,1e12,甲,,票1", "amount"),
        ("流1,2026-05-01,5,,,票1", "payer"),
        ("流1,2026-05-01,5,甲,,", "receipt_no"),
        ("流1,2026-05-01,5,甲," + "9" * 41 + ",票1", "bill_number"),
    ],
)
def test_a_bad_line_is_named_by_row_and_field_and_nothing_is_written(
    bench: Bench, tmp_path: Path, row: str, field: str
) -> None:
    _, at = billed(bench)
    at = at.replace(year=2026, month=12)
    source = payments.read(written(tmp_path, "流0,2026-05-01,5,甲,,票0", row))
    with nothing_written():
        outcome = payments.bring_in(source, by=SYSTEM, at=at, write=True)
    assert [(f.row, f.field) for f in outcome.faults] == [(2, field)]


def test_a_dry_run_counts_and_writes_nothing_and_the_same_reference_twice_is_a_fault(
    bench: Bench, tmp_path: Path
) -> None:
    bill, at = billed(bench)
    day = at.date().isoformat()
    source = payments.read(written(tmp_path, f"流1,{day},8000,甲,{bill.number},票1", f"流2,{day},5,乙,,票2"))
    with nothing_written():
        dry = payments.bring_in(source, by=SYSTEM, at=at)
    assert (dry.rows, dry.good, dry.written) == (2, 2, 0)
    assert payments.bring_in(source, by=SYSTEM, at=at, write=True).written == 2
    again = payments.bring_in(source, by=SYSTEM, at=at, write=True)
    assert (again.passed_over, again.written) == (2, 0)
    double = payments.read(written(tmp_path, f"流3,{day},5,甲,,票3", f"流3,{day},5,甲,,票3"))
    assert [(f.row, f.field) for f in payments.bring_in(double, by=SYSTEM, at=at).faults] == [
        (2, "reference")
    ]


def test_every_act_of_the_bank_has_its_entry(bench: Bench) -> None:
    bill, at = billed(bench)
    clerk = bench.actor(CLERK, bill.case.handling_unit, at)
    brought(at, line(bill, at, 8100), line(None, at, 7, reference="流水无主"))
    money_bank.send_back(line=last(), reason="与本局无关", by=clerk, at=at)
    paid_too_much = BankLine.objects.get(bill=bill)
    money_bank.return_credit(line=paid_too_much, on=at.date(), by=clerk, at=at)
    verbs = set(RecordEntry.objects.values_list("verb", flat=True))
    assert {
        "money.bring_in",
        "money.book",
        "money.send_back",
        "money.return_credit",
        "money.issue_bill",
    } <= verbs
