"""Pages of bills and of what the bank reports."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import Any

import pytest

from xiuhua.cases.models import BankLine, FineBill
from xiuhua.cases.tests.bench.bench import O1, SERVED, Bench, Went
from xiuhua.kernel import clock
from xiuhua.web.cases.tests.conftest import browser

pytestmark = pytest.mark.slow

CLERK = ("squad_legal_clerk", 0)
HEADER = "reference,paid_on,amount,payer,bill_number,receipt_no\n"
BANK = "/cases/money/bank/"


def billed(bench: Bench) -> tuple[FineBill, datetime]:
    case, at = bench.at_step("decide_penalty")
    at = bench.walk(case, (Went(O1, "serve_decision", 1, SERVED),), at)
    return FineBill.objects.select_related("case").get(case=case), at


def sent(*rows: str) -> io.BytesIO:
    file = io.BytesIO((HEADER + "".join(f"{row}\n" for row in rows)).encode())
    file.name = "bank.csv"
    return file


def row(bill: FineBill | None, at: datetime, amount: str = "8000", reference: str = "流水1") -> str:
    return f"{reference},{at.date().isoformat()},{amount},示例某人,{bill.number if bill else ''},票1"


def posted(bench: Bench, at: datetime, do: str, *rows: str) -> Any:
    with clock.held_at(at):
        return browser(bench, CLERK).post(BANK, {"file": sent(*rows), "do": do})


def test_bills_are_listed_with_what_is_owed_and_open_on_their_reckoning(bench: Bench) -> None:
    bill, at = billed(bench)
    with clock.held_at(at):
        client = browser(bench, O1)
        page = client.get("/cases/money/").content.decode()
        own = client.get(f"/cases/money/{bill.pk}/").content.decode()
        case = client.get(f"/cases/{bill.case.pk}/").content.decode()
    assert f"/cases/money/{bill.pk}/" in case
    assert bill.number in page
    assert "8,000" in page
    assert bill.number in own
    assert "尚欠" in own


def test_the_list_narrows_to_what_is_overdue_and_goes_out_as_a_table(bench: Bench) -> None:
    bill, at = billed(bench)
    client = browser(bench, O1)
    with clock.held_at(at):
        assert bill.number not in client.get("/cases/money/?state=overdue").content.decode()
    with clock.held_at(at + timedelta(days=40)):
        client = browser(bench, O1)
        assert bill.number in client.get("/cases/money/?state=overdue").content.decode()
        table = b"".join(client.get("/cases/money/?state=overdue&format=csv")).decode()
    assert bill.number in table


def test_bills_of_other_units_are_not_seen(bench: Bench) -> None:
    bill, at = billed(bench)
    with clock.held_at(at):
        client = browser(bench, O1, bench.bureau.west)
        assert bill.number not in client.get("/cases/money/").content.decode()
        assert client.get(f"/cases/money/{bill.pk}/").status_code == 404


def test_a_file_of_the_bank_is_checked_first_and_then_brought_in(bench: Bench) -> None:
    bill, at = billed(bench)
    assert "可导入 1" in posted(bench, at, "check", row(bill, at)).content.decode()
    assert not BankLine.objects.exists()
    assert posted(bench, at, "write", row(bill, at)).status_code == 302
    bill.refresh_from_db()
    assert bill.state == "paid"
    again = posted(bench, at, "write", row(bill, at)).content.decode()
    assert "已导入过 1" in again


def test_a_faulty_file_names_its_rows_and_does_not_come_in(bench: Bench) -> None:
    bill, at = billed(bench)
    page = posted(bench, at, "write", row(bill, at), row(bill, at, "零", "流水2")).content.decode()
    assert "金额应为数字" in page
    assert not BankLine.objects.exists()
    with clock.held_at(at):
        assert "请选择文件" in browser(bench, CLERK).post(BANK, {"do": "check"}).content.decode()


def test_a_payment_without_a_bill_is_assigned_or_sent_back_on_the_page(bench: Bench) -> None:
    bill, at = billed(bench)
    posted(bench, at, "write", row(None, at, "100", "流水甲"), row(None, at, "7", "流水乙"))
    first, second = BankLine.objects.order_by("pk")
    with clock.held_at(at):
        client = browser(bench, CLERK)
        assert "流水甲" in client.get(BANK).content.decode()
        client.post(f"{BANK}{first.pk}/assign/", {"number": "0", "reason": "附言写明"})
        client.post(f"{BANK}{first.pk}/assign/", {"number": bill.number, "reason": "附言写明案号"})
        client.post(f"{BANK}{second.pk}/send-back/", {"reason": "与本局无关"})
        client.post(f"{BANK}{second.pk}/send-back/", {"reason": "与本局无关"})
    bill.refresh_from_db()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (float(bill.paid), first.state, second.state) == (100.0, "booked", "sent_back")


def test_what_was_paid_too_much_is_shown_until_it_went_back(bench: Bench) -> None:
    bill, at = billed(bench)
    posted(bench, at, "write", row(bill, at, "8100"))
    line = BankLine.objects.get()
    with clock.held_at(at):
        client = browser(bench, CLERK)
        assert "多缴待退" in client.get(BANK).content.decode()
        client.post(f"{BANK}{line.pk}/return/", {"on": "不是日期"})
        line.refresh_from_db()
        assert line.returned_on is None
        client.post(f"{BANK}{line.pk}/return/", {"on": ""})
        assert "多缴待退" not in client.get(BANK).content.decode()


def test_open_bills_go_to_the_bank_with_what_each_owes(bench: Bench) -> None:
    bill, at = billed(bench)
    with clock.held_at(at):
        text = browser(bench, CLERK).get(f"{BANK}bills.csv").content.decode("utf-8-sig")
    assert f"{bill.number},{bill.case.party_name},8000.00," in text


def test_only_those_who_reconcile_open_the_page_of_the_bank(bench: Bench) -> None:
    _, at = billed(bench)
    with clock.held_at(at):
        assert browser(bench, O1).get(BANK).status_code == 409


def test_the_bill_is_printed_as_pdf_and_docx_and_only_for_those_who_see_the_case(bench: Bench) -> None:
    bill, at = billed(bench)
    with clock.held_at(at):
        client = browser(bench, O1)
        assert f"/cases/money/{bill.pk}/bill.pdf" in client.get(f"/cases/money/{bill.pk}/").content.decode()
        pdf = client.get(f"/cases/money/{bill.pk}/bill.pdf")
        word = client.get(f"/cases/money/{bill.pk}/bill.docx")
        none = [client.get(f"/cases/money/{bill.pk}/bill.{e}").status_code for e in ("txt", "pdf?part=1")]
        other = browser(bench, O1, bench.bureau.west).get(f"/cases/money/{bill.pk}/bill.pdf")
    assert b"".join(pdf).startswith(b"%PDF")
    assert b"".join(word).startswith(b"PK")
    assert none == [404, 404]
    assert other.status_code == 404
