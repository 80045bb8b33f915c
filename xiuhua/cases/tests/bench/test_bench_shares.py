"""Two parties fined apart: each with its payment, bill, plan, surcharge, demand and court, until the case ends."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from xiuhua.cases import actions, queries
from xiuhua.cases.actions.money_bank import Reported, assign, bring_in
from xiuhua.cases.models import BankLine, Case, Document, FineBill, Matter, Step
from xiuhua.cases.procedure.guards import apart
from xiuhua.cases.queries import money
from xiuhua.cases.queries.bill_paper import bill_paper
from xiuhua.cases.tests.bench.bench import DEPUTY, HEAD, O1, Bench, Went, Who, grounds, nothing_written
from xiuhua.cases.tests.bench.test_bench_several import ON_COMPANY, ON_OWNER, PLAN, shares, told
from xiuhua.kernel.authz import SYSTEM, Invalid, Refused
from xiuhua.registers.tests.bureau import AT

pytestmark = pytest.mark.slow


def decided(bench: Bench, at: datetime = AT) -> tuple[Case, datetime]:
    """The company owes 9,000 yuan, its owner 50; the owner has the decision."""
    case, at = told(bench, at)
    road = (
        Went(O1, "waive_defence", 1, {"defence.waived_in_writing": True}),
        Went(DEPUTY, "decide_penalty", 7, shares(PLAN)),
        Went(O1, "serve_decision_on_party", 1, ON_OWNER),
    )
    return case, bench.walk(case, road, at)


def served(bench: Bench, at: datetime = AT, *, later: int = 0) -> tuple[Case, datetime]:
    """The same, and the company has it, too, `later` days after its owner."""
    case, at = decided(bench, at)
    return case, bench.walk(case, (Went(O1, "serve_decision", later, ON_COMPANY),), at)


def payment(case: Case, party: str) -> Matter:
    return Matter.objects.select_related("case").get(case=case, procedure="payment", party=party)


def bill(case: Case, party: str) -> Any:
    return FineBill.objects.select_related("case").get(case=case, party=party)


def by(bench: Bench, case: Case, who: Who, at: datetime) -> Any:
    squad = who[0] in {"officer", "squad_head", "squad_legal_clerk"}
    return bench.actor(who, case.handling_unit if squad else None, at)


def go(
    bench: Bench, matter: Matter, move: str, at: datetime, says: dict[str, Any] | None = None, *, who: Who = O1
) -> Step:  # fmt: skip
    actor = by(bench, matter.case, who, at)
    return actions.take_in(matter=matter, move=move, values=says or {}, by=actor, at=at)


def lapsed(case: Case, at: datetime) -> None:
    for one in case.matters.filter(procedure="payment", ended=False):
        actions.lapse_in(matter=one, at=at)
    case.refresh_from_db()


def paid_line(number: int, at: datetime, amount: float, payer: str, bill_number: str) -> Reported:
    sum_ = Decimal(str(amount)).quantize(Decimal("0.01"))
    return Reported(number, f"示例流水{number}", at.date(), sum_, payer, f"示例票{number}", bill_number)


def brought(at: datetime, *lines: Reported) -> dict[str, int]:
    found = bring_in(
        name="示例.csv", sha256=f"{len(lines)}{at:%m%d%H%M}".ljust(64, "0"), lines=lines, by=SYSTEM, at=at
    )
    return {key: n for key, n in found.counts.items() if n}


def overdue(bench: Bench, at: datetime = AT) -> tuple[Case, datetime]:
    """The company paid; its owner did not, and its days are over."""
    case, at = served(bench, at)
    go(bench, payment(case, "P1"), "pay_in_full", at, {"item.receipt_no": "示例P1"})
    at += timedelta(days=17)
    lapsed(case, at)
    return case, at


def handed_over(bench: Bench) -> tuple[Case, datetime]:
    """The owner was surcharged to the cap, and its payment went on to enforcement."""
    case, at = overdue(bench)
    go(bench, payment(case, "P2"), "start_surcharge", at, who=DEPUTY)
    at += timedelta(days=40)
    go(bench, payment(case, "P2"), "cap_surcharge", at, who=("system", 0))
    at += timedelta(days=1)
    go(bench, payment(case, "P2"), "go_to_demand_capped", at, who=DEPUTY)
    case.refresh_from_db()
    return case, at


def demanded(bench: Bench, case: Case, at: datetime) -> Matter:
    actor = by(bench, case, O1, at)
    matter = actions.begin(
        case=case, procedure="demand", move="issue_demand", values={}, by=actor, at=at, party="P2"
    )
    return Matter.objects.select_related("case").get(pk=matter.pk)


def test_each_party_that_is_fined_has_a_payment_and_a_bill_of_its_own_from_its_own_service_on(
    bench: Bench,
) -> None:
    case, _ = decided(bench)
    assert [(m.party, m.state) for m in case.matters.filter(procedure="payment")] == [("P2", "payable")]
    bench.walk(case, (Went(O1, "serve_decision", 9, ON_COMPANY),), _)
    first, second = bill(case, "P1"), bill(case, "P2")
    assert (first.amount, second.amount) == (9000, 50)
    assert (first.payer, second.payer) == ("示例餐饮有限公司", "示例店主")
    assert first.number != second.number
    assert first.number.isdigit()
    assert (first.due_on - second.due_on).days == 9
    assert money.account(second, second.issued_on).total == 50
    text = bill_paper(second, second.issued_on).text()
    assert "示例店主" in text
    assert "示例餐饮有限公司" not in text
    assert second.number in text


def test_one_bill_a_party_and_none_for_who_is_not_fined(bench: Bench) -> None:
    case, at = told(bench, AT)
    only = {"P1.V1": 8000.0, "P1.V2": 0.0, "P2.V1": 0.0, "P2.V2": 0.0}
    road = (
        Went(O1, "waive_defence", 1, {"defence.waived_in_writing": True}),
        Went(DEPUTY, "decide_penalty", 7, shares(only)),
        Went(O1, "serve_decision_on_party", 1, ON_OWNER),
        Went(O1, "serve_decision", 1, ON_COMPANY),
    )
    bench.walk(case, road, at)
    assert [b.party for b in FineBill.objects.filter(case=case)] == ["P1"]


def test_the_case_takes_in_no_money_for_all_where_each_pays_apart(bench: Bench) -> None:
    case, at = served(bench)
    asked = bench.invalid(case, O1, "perform", at, item__amount=9050, item__receipt_no="示例")
    assert set(asked) == {"item.amount", "item.receipt_no"}
    assert bench.refused(case, O1, "perform", at) == {"paid_in_full": "PPL21 §67"}
    wants: dict[str, Any] = {"deferral__applied_on": at.date(), "deferral__kind": "deferral",
             "deferral__reason": "困难",
             "plan__first_due": at.date() + timedelta(days=30)}  # fmt: skip
    assert bench.refused(case, DEPUTY, "enter_deferral", at, **wants) == {"each_pays_apart": "PPL21 §67"}
    actor = by(bench, case, O1, at)
    with nothing_written(), pytest.raises(Refused) as caught:
        actions.begin(case=case, procedure="payment", move="start_payment_period", values={}, by=actor, at=at)
    assert caught.value.refusals


def test_a_deferral_of_one_leaves_the_days_of_the_other_as_they_are(bench: Bench) -> None:
    case, at = served(bench)
    applied = {"deferral.kind": "instalment", "deferral.reason": "停业"}
    go(bench, payment(case, "P1"), "apply_deferral", at, applied)
    plan = {"plan.count": 3, "plan.first_due": at.date() + timedelta(days=30)}
    go(bench, payment(case, "P1"), "approve_instalments", at, plan, who=DEPUTY)
    case.refresh_from_db()
    assert (case.state, payment(case, "P1").state) == ("served", "in_instalments")
    file = queries.file_of(case)
    assert [row["amount"] for row in apart.of_one(file, "P1")["deferral"]["plan"]] == [3000, 3000, 3000]
    assert "deferral" not in apart.of_one(file, "P2")
    lapsed(case, at + timedelta(days=17))
    assert (payment(case, "P1").state, payment(case, "P2").state) == ("in_instalments", "overdue")
    assert case.state == "overdue"
    go(bench, payment(case, "P1"), "pay_instalment", at + timedelta(days=20), {"item.receipt_no": "示例一"})
    assert (bill(case, "P1").left, bill(case, "P1").state) == (6000, "open")


def test_the_surcharge_is_of_one_fine_alone_and_stops_at_that_fine(bench: Bench) -> None:
    """PPL21 §72: three percent of the 50 yuan a day, and no more than 50 yuan, though the other was fined 9,000."""
    case, at = overdue(bench)
    assert case.state == "overdue"
    go(bench, payment(case, "P2"), "start_surcharge", at, who=DEPUTY)
    second = bill(case, "P2")
    assert money.account(second, at.date()).surcharge == pytest.approx(
        1.5 * ((at.date() - second.due_on).days)
    )
    at += timedelta(days=40)
    go(bench, payment(case, "P2"), "cap_surcharge", at, who=("system", 0))
    assert (bill(case, "P2").surcharge, bill(case, "P2").left) == (50, 100)
    assert (bill(case, "P1").surcharge, bill(case, "P1").state) == (0, "paid")
    with pytest.raises(Refused) as caught:
        go(bench, payment(case, "P1"), "start_surcharge", at, who=DEPUTY)
    assert "wrong_state" in grounds(caught.value.refusals)


def test_a_demand_is_made_of_who_owes_and_of_nobody_else(bench: Bench) -> None:
    case, at = handed_over(bench)
    actor = by(bench, case, O1, at)
    for party, code in (("", "whose_share"), ("P3", "whose_share"), ("P1", "share_overdue")):
        says = {"demand.amount": 9000} if party == "P1" else {}
        with nothing_written(), pytest.raises(Refused) as caught:
            actions.begin(
                case=case, procedure="demand", move="issue_demand", values=says, by=actor, at=at, party=party
            )
        assert set(grounds(caught.value.refusals)) == {code}, party
    matter = demanded(bench, case, at)
    paper = Document.objects.get(case=case, kind="demand_notice").text
    assert "示例店主" in paper
    assert "示例餐饮有限公司" not in paper
    receipt = {"service.receipt": True, "service.receiver_relation": "self"}
    go(bench, matter, "serve_demand", at, receipt)
    file = queries.file_of(case)
    assert "demand" not in file
    assert file["shares"]["P2"]["demand"]["amount"] == 100
    assert [row["party"] for row in file["services"] if row["document"] == "demand_notice"] == ["P2"]
    with nothing_written(), pytest.raises(Refused) as again:
        demanded(bench, case, at)
    assert set(grounds(again.value.refusals)) == {"begun_already"}


def to_court(bench: Bench, case: Case, at: datetime) -> datetime:
    """The owner is demanded of, taken to the court, and the court carries it out."""
    matter = demanded(bench, case, at)
    go(bench, matter, "serve_demand", at, {"service.receipt": True, "service.receiver_relation": "self"})
    at += timedelta(days=140)
    go(bench, matter, "hand_to_court", at, who=DEPUTY)
    actor = by(bench, case, O1, at)
    court = actions.begin(
        case=case, procedure="court_application", move="prepare", values={"court.name": "示例法院"}, by=actor,
        at=at, party="P2",
    )  # fmt: skip
    signed = {"court.signed_by_head": True, "court.sealed": True}
    go(bench, court, "sign_application", at, signed, who=("bureau_head", 0))
    text = Document.objects.get(case=case, kind="court_application").text
    assert "示例店主" in text
    assert "9,000" not in text
    go(bench, court, "apply_to_court", at)
    paper = {"court.document": "示例裁定"}
    for move in ("court_accepts", "court_allows"):
        go(bench, court, move, at, paper, who=("squad_legal_clerk", 0))
    money_ = {"item.amount": 100, "item.receipt_no": "示例法院票", "payment.method": "bank"}
    go(bench, court, "court_executes", at, {**paper, **money_}, who=("squad_legal_clerk", 0))
    case.refresh_from_db()
    return at


def test_a_case_of_which_one_paid_and_one_was_forced_is_executed_and_closed(bench: Bench) -> None:
    case, at = handed_over(bench)
    assert bench.refused(case, DEPUTY, "execute", at) == {"enforcement_finished": "AEL §37"}
    at = to_court(bench, case, at)
    assert (bill(case, "P2").state, bill(case, "P2").left) == ("paid", 0)
    bench.go(case, Went(DEPUTY, "execute"), at)
    bench.go(case, Went(HEAD, "close_executed"), at)
    assert (case.state, case.paid) == ("closed", Decimal(9100))


def test_an_execution_that_ended_for_one_ends_the_case_only_when_the_others_are_settled(bench: Bench) -> None:
    case, at = served(bench)
    at += timedelta(days=17)
    lapsed(case, at)
    died: dict[str, Any] = {
        "ending__party": "P2",
        "ending__ground": "died",
        "ending__reason": "已死亡，无遗产",
    }
    ends: dict[str, Any] = {"termination__ground": "died", "reason": "当事人死亡"}
    assert bench.refused(case, DEPUTY, "terminate_execution", at, **ends) == {"termination_ground": "AEL §40"}
    of_company: dict[str, Any] = {**died, "ending__party": "P1"}
    assert bench.refused(case, DEPUTY, "terminate_share", at, **of_company) == {"share_may_end": "AEL §40"}
    bench.go(
        case, Went(DEPUTY, "terminate_share", says={k.replace("__", "."): v for k, v in died.items()}), at
    )
    assert (payment(case, "P2").state, bill(case, "P2").state) == ("dropped", "dropped")
    assert set(bench.invalid(case, DEPUTY, "terminate_share", at, **died)) == {"ending.party"}
    assert bench.refused(case, DEPUTY, "terminate_execution", at, **ends) == {"termination_ground": "AEL §40"}
    reason = {"surcharge.reason_less": "未作出加处罚款决定", "item.receipt_no": "示例P1"}
    go(bench, payment(case, "P1"), "pay_late", at, reason)
    case.refresh_from_db()
    assert case.state == "overdue"
    bench.go(
        case, Went(DEPUTY, "terminate_execution", says={k.replace("__", "."): v for k, v in ends.items()}), at
    )
    bench.go(case, Went(HEAD, "close_terminated"), at)
    assert case.state == "closed"


def test_what_the_bank_reports_is_booked_on_the_bill_that_it_names(bench: Bench) -> None:
    case, at = served(bench)
    at += timedelta(days=1)
    first, second = bill(case, "P1"), bill(case, "P2")
    lines = (
        paid_line(1, at, 60, "示例路人", second.number),
        paid_line(2, at, 9000, "示例店主", first.number),
        paid_line(3, at, 50, "示例店主", ""),
    )
    assert brought(at, *lines) == {"booked": 1, "proposed": 1, "unmatched": 1}
    assert (bill(case, "P2").state, bill(case, "P2").paid, bill(case, "P1").paid) == ("paid", 50, 0)
    over = BankLine.objects.get(reference="示例流水1")
    assert (over.booked, over.credit) == (Decimal(50), Decimal(10))
    other = BankLine.objects.get(reference="示例流水2")
    assert "另一名当事人" in other.reason
    assign(line=other, bill=first, reason="", by=SYSTEM, at=at)
    case.refresh_from_db()
    assert (bill(case, "P1").state, case.state, case.paid) == ("paid", "performed", Decimal(9050))


def test_a_payment_without_a_number_is_proposed_for_the_bill_of_that_payer(bench: Bench) -> None:
    case, at = served(bench)
    assert brought(at, paid_line(1, at, 50, "示例店主", "")) == {"proposed": 1}
    assert BankLine.objects.get(reference="示例流水1").bill == bill(case, "P2")
    out = money.for_the_bank(SYSTEM, at.date())
    assert {row[:3] for row in out if row[0] in {bill(case, "P1").number, bill(case, "P2").number}} == {
        (bill(case, "P1").number, "示例餐饮有限公司", "9000.00"),
        (bill(case, "P2").number, "示例店主", "50.00"),
    }


def test_money_that_comes_after_the_hand_over_is_booked_for_that_party_and_the_case_goes_on(
    bench: Bench,
) -> None:
    case, at = handed_over(bench)
    number = bill(case, "P2").number
    assert brought(at, paid_line(1, at, 30, "示例店主", number)) == {"booked": 1}
    assert (bill(case, "P2").left, bill(case, "P2").state) == (70, "enforced")
    case.refresh_from_db()
    assert case.state == "overdue"
    more: dict[str, Any] = {"item__party": "P2", "item__amount": 71, "item__receipt_no": "示例"}
    assert bench.refused(case, O1, "pay_enforced_share", at, **more) == {"enforced_share_pays": "PPL21 §72"}
    at += timedelta(minutes=5)
    assert brought(at, paid_line(2, at, 70, "示例店主", number)) == {"booked": 1}
    case.refresh_from_db()
    assert (bill(case, "P2").state, case.state) == ("paid", "performed")


def test_when_the_decision_falls_nobody_is_asked_any_more(bench: Bench) -> None:
    case, at = served(bench)
    fell = {
        "annulment.by": "self",
        "annulment.document": "示例撤销决定",
        "annulment.on": at.date(),
        "reason": "事实有误",
    }
    fields = {f.path for f in queries.road_of(case, at.date()).forms["annul_decision"] if f.shown}
    bench.go(case, Went(DEPUTY, "annul_decision", says={k: v for k, v in fell.items() if k in fields}), at)
    assert {m.state for m in case.matters.filter(procedure="payment")} == {"dropped"}
    assert {b.state for b in FineBill.objects.filter(case=case)} == {"dropped"}


def test_a_bill_of_one_party_cannot_be_paid_on_that_of_the_other_by_the_machine(bench: Bench) -> None:
    case, at = served(bench)
    row = paid_line(1, at, 50, "示例餐饮有限公司", bill(case, "P2").number)
    assert brought(at, row) == {"proposed": 1}
    assert bill(case, "P2").paid == 0
    with pytest.raises(Invalid):
        assign(line=BankLine.objects.get(), bill=bill(case, "P1"), reason="", by=SYSTEM, at=at)
