"""Histories with several parties and with payments: who was joined is found with the case, and money has its bill."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from xiuhua.cases import backfill, queries
from xiuhua.cases.backfill import bills, matters
from xiuhua.cases.backfill.checking import Faulty, Prepared, check
from xiuhua.cases.backfill.columns import COLUMNS
from xiuhua.cases.backfill.history import History, Moment, Told
from xiuhua.cases.backfill.known import Known
from xiuhua.cases.models import Case, CaseParty, FineBill
from xiuhua.cases.procedure import walk
from xiuhua.cases.tests.backfill.bench import (
    AT,
    Bench,
    ordinary,
    ordinary_history,
    row,
    summary_history,
    write,
)
from xiuhua.cases.tests.procedure.roads_several import served
from xiuhua.cases.tests.procedure.setting import setting_for
from xiuhua.cases.tests.procedure.test_procedure_apart import begun, paid
from xiuhua.kernel.authz import SYSTEM
from xiuhua.kernel.models import RecordEntry, TakenNumber
from xiuhua.registers import queries as registers

pytestmark = pytest.mark.slow

OTHER = {
    "id": "P2",
    "kind": "citizen",
    "name": "李示例",
    "id_no": "990001198003020050",
    "address": "示例路3号",
    "reason": "共同设摊",
    "joined_on": "2018-05-19",
}


def step(
    move: str, at: str, facts: dict[str, Any], *, by: str = "A1", role: str = "officer"
) -> dict[str, Any]:
    return {"move": move, "at": at, "by": f"staff:{by}" if by else "", "role": role, "facts": facts}


def joined(**changed: Any) -> dict[str, Any]:
    """An ordinary case to which a second party was joined."""
    said = ordinary_history()
    other = {key: value for key, value in {**OTHER, **changed}.items() if value is not None}
    said["steps"].append(step("join_party", "2018-05-19T09:00", {"parties": [other]}))
    return said


def released() -> dict[str, Any]:
    said = joined()
    left = {"id": "P2", "left_on": "2018-05-20", "left_reason": "查明未参与"}
    said["steps"].append(step("release_party", "2018-05-20T09:00", {"parties": [left]}))
    return said


def payable() -> dict[str, Any]:
    """A penalty on the spot that was not taken in cash, with its payment under way and a part of it paid."""
    said = copy.deepcopy(summary_history())
    said["steps"] = said["steps"][:6]
    began = step(
        "start_payment_period",
        "2018-05-16T09:30",
        {"payment": {"began_on": "2018-05-16"}},
        by="",
        role="system",
    )
    item = {"on": "2018-05-18", "amount": 20, "receipt_no": "示例票1"}
    part = step("pay_part_payable", "2018-05-18T10:00", {"payment": {"items": [item]}}, by="K1", role="party")
    part["facts"]["documents"] = [{"kind": "fine_receipt", "issued_on": "2018-05-18"}]
    said["steps"] += [{**one, "matter": "payment:1"} for one in (began, part)]
    return said


def bring(path: Path, *, write_: bool = True) -> backfill.Outcome:
    return backfill.bring_in(backfill.read(path), by=SYSTEM, at=AT, write=write_)


def reasons(outcome: backfill.Outcome) -> list[str]:
    return [f.reason for f in outcome.faults]


def test_a_party_that_was_joined_is_in_the_register_and_finds_the_case(bench: Bench, tmp_path: Path) -> None:
    outcome = bring(write(tmp_path / "a.csv", [ordinary(joined())]))
    assert reasons(outcome) == []
    case, kept = Case.objects.get(), CaseParty.objects.get()
    assert (kept.case, kept.code, kept.joined_on, kept.left_on) == (case, "P2", date(2018, 5, 19), None)
    assert registers.parties(SYSTEM).get(pk=kept.party_id).name == "李示例"
    assert "李示例" in case.search
    assert list(queries.of_party(SYSTEM, kept.party_id)) == [case]


def test_who_was_released_is_kept_with_its_day_and_no_longer_finds_the_case(
    bench: Bench, tmp_path: Path
) -> None:
    assert reasons(bring(write(tmp_path / "a.csv", [ordinary(released())]))) == []
    kept = CaseParty.objects.get()
    assert kept.left_on == date(2018, 5, 20)
    assert not queries.of_party(SYSTEM, kept.party_id).exists()


def test_a_dry_run_writes_no_party_and_no_bill_and_the_same_file_again_writes_nothing_twice(
    bench: Bench, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.csv", [ordinary(joined()), row(payable())])
    dry = bring(path, write_=False)
    assert (reasons(dry), dry.good) == ([], 2)
    assert not CaseParty.objects.exists()
    assert not FineBill.objects.exists()
    bring(path)
    assert bring(path).written == 0
    assert (CaseParty.objects.count(), FineBill.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"id_no": "990001198003020051"}, "P2 id_no："),
        ({"phone": "一二三"}, "P2 phone："),
        ({"usci": "91310115MA1H7XMP2X", "kind": "organisation", "id_no": None}, "P2 usci："),
    ],
)
def test_what_the_register_would_refuse_of_a_further_party_is_told_with_its_step_and_field(
    known: Known, changed: dict[str, Any], says: str
) -> None:
    cells = dict.fromkeys(COLUMNS, "") | ordinary(joined(**changed))
    found = check(7, cells, known, AT.date())
    assert isinstance(found, Faulty)
    fault = found.faults[0]
    assert (fault.row, fault.field) == (7, "history[5].join_party")
    assert fault.reason.startswith(says)


def test_a_number_that_another_name_bears_is_told_at_the_step_that_joined_it(
    bench: Bench, tmp_path: Path
) -> None:
    first = ordinary(joined())
    second = ordinary(joined(name="赵示例"), number="浦01-18-0003", party_id_no="990001198003020077")
    outcome = bring(write(tmp_path / "a.csv", [first, second]), write_=False)
    assert [(f.row, f.field) for f in outcome.faults] == [(2, "history[5].join_party")]
    assert outcome.faults[0].reason.startswith("赵示例：")


def test_a_party_that_a_page_would_refuse_to_join_is_refused_to_a_history_as_well(known: Known) -> None:
    cells = dict.fromkeys(COLUMNS, "") | ordinary(joined(reason=None))
    found = check(1, cells, known, AT.date())
    assert isinstance(found, Faulty)
    assert found.faults[0].field == "history[5].join_party"
    assert "身份未查明或者未写明理由" in found.faults[0].reason


def test_an_imported_payment_has_a_bill_that_says_what_is_left_and_until_when(
    bench: Bench, tmp_path: Path
) -> None:
    assert reasons(bring(write(tmp_path / "a.csv", [row(payable())]))) == []
    case, bill = Case.objects.get(), FineBill.objects.get()
    assert (bill.case, bill.party, bill.payer, bill.state) == (case, "", "王示例", "open")
    assert (bill.amount, bill.paid, bill.left) == (Decimal(50), Decimal(20), Decimal(30))
    assert bill.number.isdigit()
    assert (bill.issued_on, bill.due_on) == (date(2018, 5, 16), date(2018, 5, 31))
    assert "1181501001" in bill.what
    assert TakenNumber.objects.filter(number=bill.number, subject=f"cases.case:{case.pk}").exists()
    entry = RecordEntry.objects.get(subject=f"cases.finebill:{bill.pk}")
    assert (entry.verb, entry.label) == ("money.issue_bill", bill.number)


def test_each_party_that_pays_apart_has_a_matter_and_a_bill_of_its_own(known: Known) -> None:
    steps = [*begun("2018"), paid("2018", "P2", 5000, 1)]
    moments = [
        Moment(s.move, s.on, s.facts, s.role, s.by, s.matter, s.on.isoformat(), f"{s.on} 02:00:00")
        for s in steps
    ]
    run = walk.replay("ordinary", steps, served("2018").base, setting_for)
    assert run.faults == ()
    said, today = History({}, moments), date(2018, 4, 2)
    beside = matters.of_run(said, run, today, known.calendar)
    assert [dict(zip(matters.MATTER, m.values, strict=True))["party"] for m in beside] == ["P2", "P1"]
    owed = bills.of_run(bills.Walked("示例号", "", said, run, known.units["S"], today, known.calendar))
    assert not isinstance(owed, Told)
    told = [dict(zip(bills.BILL, bill.values, strict=True)) for bill in owed]
    assert [(b["party"], b["payer"], b["amount"], b["paid"], b["state"]) for b in told] == [
        ("P2", "示例商贸有限公司", "5000.00", "5000.00", "paid"),
        ("P1", "张示例", "1500.00", "0.00", "open"),
    ]


def test_a_payment_of_a_unit_without_prefixes_cannot_have_a_bill_and_the_row_says_so(known: Known) -> None:
    bare = replace(known, units={code: replace(unit, prefixes=()) for code, unit in known.units.items()})
    cells = dict.fromkeys(COLUMNS, "") | row(payable())
    found = check(3, cells, bare, AT.date())
    assert isinstance(found, Faulty)
    assert [(f.row, f.field) for f in found.faults] == [(3, "unit")]
    assert "没有编号前缀" in found.faults[0].reason


def test_a_history_of_one_party_and_no_payment_brings_neither(known: Known) -> None:
    found = check(1, dict.fromkeys(COLUMNS, "") | row(), known, AT.date())
    assert isinstance(found, Prepared)
    assert (found.others, found.bills) == ((), ())
