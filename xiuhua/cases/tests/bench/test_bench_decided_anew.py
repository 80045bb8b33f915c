"""A decision made anew after it fell: its own bill and days, and what was paid under the old one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from xiuhua.cases.models import Case, FineBill
from xiuhua.cases.queries import money
from xiuhua.cases.tests.bench.bench import (
    DEPUTY,
    HEAD,
    IN_2018,
    LEGAL,
    O1,
    ORDINARY,
    PUBLICITY,
    REPORTED,
    REVIEWER,
    SERVED,
    STATES,
    Bench,
    Went,
)
from xiuhua.cases.tests.bench.remedies import ASKED, Remedies
from xiuhua.cases.tests.bench.test_bench_shares import brought, paid_line
from xiuhua.kernel.authz import Invalid
from xiuhua.kernel.models import RecordEntry
from xiuhua.registers.tests.bureau import AT

pytestmark = pytest.mark.slow

NEW = {"annulment.new_ground": "补充证据后重新认定"}
SET_OFF = {**NEW, "refund.way": "set_off", "refund.request": "示例申请书"}


def fallen(bench: Bench, last: str, year: int = 2026) -> Remedies:
    """A decision of 8,000 yuan that the government revoked, with the order to decide anew."""
    at = IN_2018 if year == 2018 else AT
    found = bench.open(at)
    case = Remedies.of(bench, found, bench.walk(found, ORDINARY[: STATES[last]], at))
    case.walk("reconsideration", (*ASKED, "revoke"))
    step = "annul_performed_decision" if last == "perform" else "annul_decision"
    case.at += timedelta(minutes=5)
    bench.go(case.fresh, Went(DEPUTY, step), case.at)
    return case


def again(bench: Bench, case: Remedies, fine: float, says: dict[str, Any]) -> Case:
    """The decision made anew over `fine` yuan and served."""
    road = (
        Went(DEPUTY, "redo_after_annulment", 1, says),
        Went(O1, "close_investigation", 1, {**REPORTED, "investigation_report.proposed_fine": fine}),
        Went(REVIEWER, "adjudicate", 1),
        Went(LEGAL, "pass_legal_review", 1),
        Went(O1, "serve_prior_notice", 1),
        Went(O1, "waive_defence", 1, {"defence.waived_in_writing": True}),
        Went(DEPUTY, "decide_penalty", 1),
        Went(O1, "serve_decision", 1, SERVED),
    )
    found = case.fresh
    case.at = bench.walk(found, road, case.at)
    found.refresh_from_db()
    return found


def bills(case: Case) -> list[tuple[int, str, float, float]]:
    found = FineBill.objects.filter(case=case).order_by("turn")
    return [(b.turn, b.state, float(b.amount), float(b.paid)) for b in found]


@pytest.mark.parametrize("year", [2018, 2026])
def test_a_decision_made_anew_has_a_bill_and_days_of_its_own(bench: Bench, year: int) -> None:
    case = fallen(bench, "publish_decision", year)
    old = FineBill.objects.get(case=case.case)
    found = again(bench, case, 6000, NEW)
    assert bills(found) == [(1, "dropped", 8000, 0), (2, "open", 6000, 0)]
    new = FineBill.objects.get(case=found, turn=2)
    assert new.number != old.number
    assert new.due_on is not None
    assert old.due_on is not None
    assert (new.due_on - case.at.date()).days == 15
    payments = found.matters.filter(procedure="payment").order_by("number")
    assert [m.state for m in payments] == ["dropped", "payable"]
    assert (money.is_past(old), money.is_past(new)) == (True, False)
    assert (money.account(old, case.at.date()).fine, money.account(new, case.at.date()).left) == (8000, 6000)
    assert brought(case.at, paid_line(1, case.at, 6000, old.payer, old.number)) == {"proposed": 1}
    assert brought(case.at + timedelta(hours=1), paid_line(2, case.at, 6000, new.payer, new.number)) == {
        "booked": 1
    }
    found.refresh_from_db()
    assert (found.state, bills(found)) == ("performed", [(1, "dropped", 8000, 0), (2, "paid", 6000, 6000)])


def test_money_paid_before_is_accounted_before_anything_is_decided_anew(bench: Bench) -> None:
    case = fallen(bench, "perform")
    typed: dict[str, Any] = {"annulment__new_ground": "补充证据后重新认定"}
    assert bench.refused(case.fresh, DEPUTY, "redo_after_annulment", case.at, **typed) == {
        "old_money_accounted": "AEL §41"
    }
    typed |= {"refund__way": "set_off"}
    assert set(bench.refused(case.fresh, DEPUTY, "redo_after_annulment", case.at, **typed)) == {
        "old_money_accounted"
    }


@pytest.mark.parametrize(
    ("fine", "state", "left"), [(8000, "performed", 0), (9500, "served", 1500), (6000, "performed", 0)]
)
def test_money_that_the_party_lets_set_off_pays_the_new_fine(
    bench: Bench, fine: float, state: str, left: float
) -> None:
    case = fallen(bench, "perform")
    found = again(bench, case, fine, SET_OFF)
    assert (found.state, bills(found)[0]) == (state, (1, "paid", 8000, 8000))
    new = FineBill.objects.get(case=found, turn=2)
    assert (float(new.left), float(new.paid)) == (left, min(fine, 8000))
    [item] = case.file["payment"]["items"]
    assert (item["amount"], item["receipt_no"]) == (min(fine, 8000), "示例0001")
    assert case.file["refund"]["amount"] == 8000
    verbs = RecordEntry.objects.filter(at__gte=case.at).values_list("verb", flat=True)
    assert any(verb.startswith("cases.payment.pay") for verb in verbs)


def test_what_the_new_fine_does_not_take_goes_back_before_the_case_closes(bench: Bench) -> None:
    case = fallen(bench, "perform")
    found = again(bench, case, 6000, SET_OFF)
    case.at += timedelta(days=1)
    case.work()
    bench.go(found, Went(PUBLICITY, "publish_performed"), case.at)
    case.at += timedelta(minutes=5)
    with pytest.raises(Invalid) as caught:
        bench.go(found, Went(HEAD, "close_performed"), case.at)
    assert set(caught.value.errors) == {"refund.rest_returned_on"}
    says = {"refund.rest_returned_on": case.at.date()}
    bench.go(found, Went(HEAD, "close_performed", says=says), case.at)
    assert found.state == "closed"


def test_money_that_went_back_leaves_the_new_fine_to_be_paid(bench: Bench) -> None:
    case = fallen(bench, "perform")
    found = again(bench, case, 6000, {**NEW, "refund.way": "returned", "refund.done_on": "+0"})
    assert (found.state, bills(found)) == ("served", [(1, "paid", 8000, 8000), (2, "open", 6000, 0)])
