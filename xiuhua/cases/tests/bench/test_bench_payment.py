"""The payment of a fine: it begins by itself, and it and the road of its case follow one another both ways."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from xiuhua.cases import actions, queries
from xiuhua.cases.actions import stepping
from xiuhua.cases.models import Case, Document, Matter
from xiuhua.cases.tests.bench.bench import (
    DEPUTY,
    HEAD,
    O1,
    SERVED,
    Bench,
    Went,
    Who,
    grounds,
    nothing_written,
)
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import SYSTEM, Refused
from xiuhua.kernel.models import Job, RecordEntry

pytestmark = pytest.mark.slow

SERVE = Went(O1, "serve_decision", 1, SERVED)
MONEY = {"item.receipt_no": "示例0001"}
Says = Mapping[str, Any] | None
YEARS = pytest.mark.parametrize("year", [2026, 2018])
ASKED = {"deferral.kind": "instalment", "deferral.reason": "停业", "deferral.wanted_count": 2}


def served(bench: Bench, year: int = 2026) -> tuple[Case, Matter, datetime]:
    """A company fined 8,000 yuan that has just had its decision, and the payment that began with it."""
    case, at = bench.at_step("decide_penalty", year)
    at = bench.walk(case, (SERVE,), at)
    return case, payment(case), at


def payment(case: Case) -> Matter:
    return Matter.objects.select_related("case").get(case=case, procedure="payment")


def go(bench: Bench, matter: Matter, went: tuple[Who, str], at: datetime, says: Says = None) -> None:
    who, move = went
    squad = who[0] in {"officer", "squad_head", "squad_legal_clerk"}
    by = bench.actor(who, matter.case.handling_unit if squad else None, at)
    actions.take_in(matter=matter, move=move, values=says or {}, by=by, at=at)
    matter.case.refresh_from_db()


def refused(
    bench: Bench, matter: Matter, went: tuple[Who, str], at: datetime, says: Says = None
) -> dict[str, str]:
    with nothing_written(), pytest.raises(Refused) as caught:
        go(bench, matter, went, at, says)
    return grounds(caught.value.refusals)


def both(matter: Matter) -> tuple[str, str]:
    """Where the payment and its case stand."""
    case = Case.objects.get(pk=matter.case_id)
    return Matter.objects.get(pk=matter.pk).state, case.state


def money(matter: Matter) -> list[tuple[str, float]]:
    file = queries.file_of(Case.objects.get(pk=matter.case_id))
    return [(row["on"], row["amount"]) for row in file["payment"].get("items", ())]


def on(day: date) -> datetime:
    return datetime.combine(day, time(10, 0), clock.SHANGHAI)


def days(at: datetime, n: int) -> datetime:
    return at + timedelta(days=n)


def overdue(bench: Bench, year: int = 2026) -> tuple[Matter, datetime]:
    """Nobody paid: time has moved both on, the day after the last day to pay."""
    _, matter, _ = served(bench, year)
    assert matter.due_on is not None
    at = on(matter.due_on + timedelta(days=1))
    assert actions.lapse_in(matter=matter, at=at) is not None
    assert both(matter) == ("overdue", "overdue")
    return payment(matter.case), at


def surcharged(bench: Bench, year: int = 2026) -> tuple[Matter, datetime]:
    matter, at = overdue(bench, year)
    go(bench, matter, (DEPUTY, "start_surcharge"), at)
    return payment(matter.case), at


@YEARS
def test_it_begins_by_itself_when_the_decision_is_served(bench: Bench, year: int) -> None:
    case, matter, at = served(bench, year)
    assert (matter.state, matter.clock) == ("payable", "pay_in_full")
    assert matter.due_on == queries.setting(at.date()).calendar.due(at.date(), 15, "calendar_day").day
    step = matter.steps.get()
    assert (step.role, step.by_user, step.seq) == ("system", None, case.steps_taken)
    assert RecordEntry.objects.get(pk=step.entry or 0).verb == "cases.payment.start_payment_period"


def test_a_decision_that_is_not_served_begins_none(bench: Bench) -> None:
    case, _ = bench.at_step("decide_penalty")
    assert not case.matters.exists()


def test_a_fine_on_the_spot_is_to_be_paid_at_the_bank_or_was_taken_in_cash(bench: Bench) -> None:
    at = bench.at_step("decide_penalty")[1]
    assert payment(bench.spot(at)).state == "payable"
    cash = bench.spot(at, paying="small_amount", item__receipt_no="示例票1")
    assert (cash.state, cash.matters.count()) == ("cash_collected", 0)


@YEARS
def test_what_is_paid_in_the_payment_moves_the_road_on_and_is_not_typed_again(
    bench: Bench, year: int
) -> None:
    case, matter, at = served(bench, year)
    go(bench, matter, (O1, "pay_in_full"), days(at, 3), MONEY)
    assert both(matter) == ("settled", "performed")
    assert money(matter) == [(days(at, 3).date().isoformat(), 8000)]
    case.refresh_from_db()
    assert case.paid == 8000
    assert Document.objects.filter(case=case, kind="fine_receipt").count() == 1
    bench.go(case, Went(("publicity_clerk", 0), "publish_performed"), days(at, 3))
    bench.go(case, Went(HEAD, "close_performed"), days(at, 4))
    assert case.state == "closed"


@YEARS
def test_what_is_paid_on_the_road_settles_the_payment_and_counts_once(bench: Bench, year: int) -> None:
    case, matter, at = served(bench, year)
    bench.go(case, Went(O1, "perform", 0, MONEY), days(at, 3))
    assert both(matter) == ("settled", "performed")
    assert [amount for _, amount in money(matter)] == [8000]
    assert Document.objects.filter(case=case, kind="fine_receipt").count() == 1
    last = Matter.objects.get(pk=matter.pk).steps.latest("seq")
    assert (last.move, last.facts, last.role) == ("pay_in_full", {}, "party")


def test_the_road_waits_where_more_than_money_is_owed_and_takes_no_second_payment(bench: Bench) -> None:
    case, at = bench.at_step("decide_penalty", decision={"other_duties": "清理油污"})
    at = bench.walk(case, (SERVE,), at)
    matter = payment(case)
    go(bench, matter, (O1, "pay_in_full"), days(at, 1), MONEY)
    assert both(matter) == ("settled", "served")
    done = {"duty.what": "清理油污", "duty.done_on": days(at, 2).date().isoformat()}
    bench.go(case, Went(O1, "perform", 0, done), days(at, 2))
    assert both(matter) == ("settled", "performed")
    assert [amount for _, amount in money(matter)] == [8000]


def test_a_part_is_kept_and_the_rest_settles_both(bench: Bench) -> None:
    _, matter, at = served(bench)
    go(bench, matter, (O1, "pay_part_payable"), days(at, 1), MONEY | {"item.amount": 3000})
    assert both(matter) == ("payable", "served")
    assert "pays_part" in refused(bench, matter, (O1, "pay_part_payable"), days(at, 2), MONEY)
    assert "paid_in_full" in refused(
        bench, matter, (O1, "pay_in_full"), days(at, 2), MONEY | {"item.amount": 8000}
    )
    go(bench, matter, (O1, "pay_in_full"), days(at, 2), MONEY)
    assert both(matter) == ("settled", "performed")
    assert [amount for _, amount in money(matter)] == [3000, 5000]


def applied(bench: Bench, year: int = 2026) -> tuple[Matter, datetime]:
    _, matter, at = served(bench, year)
    go(bench, matter, (O1, "apply_deferral"), days(at, 2), ASKED)
    return payment(matter.case), days(at, 2)


def in_instalments(bench: Bench, year: int = 2026) -> tuple[Matter, datetime]:
    """Two parts of 4,000, a month apart, the first thirty days from the approval."""
    matter, at = applied(bench, year)
    at = days(at, 1)
    go(
        bench,
        matter,
        (DEPUTY, "approve_instalments"),
        at,
        {"plan.first_due": days(at, 30).date().isoformat()},
    )
    return payment(matter.case), at


@YEARS
def test_instalments_are_asked_approved_paid_and_the_road_goes_along(bench: Bench, year: int) -> None:
    matter, at = in_instalments(bench, year)
    assert both(matter) == ("in_instalments", "deferred")
    plan = queries.file_of(matter.case)["deferral"]["plan"]
    assert [row["amount"] for row in plan] == [4000, 4000]
    assert Document.objects.filter(case=matter.case, kind="deferral_approval").count() == 1
    assert "instalment_amount_matches" in refused(
        bench, matter, (O1, "pay_instalment"), days(at, 9), MONEY | {"item.amount": 1}
    )
    go(bench, matter, (O1, "pay_instalment"), days(at, 9), MONEY)
    assert both(matter) == ("in_instalments", "deferred")
    go(bench, matter, (O1, "pay_last_instalment"), days(at, 40), MONEY)
    assert both(matter) == ("settled", "performed")
    assert [amount for _, amount in money(matter)] == [4000, 4000]


def test_a_deferral_entered_on_the_road_stands_in_the_payment_with_its_instalments(bench: Bench) -> None:
    case, matter, at = served(bench)
    says = {
        "deferral.applied_on": at.date(),
        "deferral.kind": "instalment",
        "deferral.reason": "停业",
        "plan.count": 2,
        "plan.first_due": days(at, 30).date(),
    }
    bench.go(case, Went(DEPUTY, "enter_deferral", 0, says), days(at, 1))
    assert both(matter) == ("in_instalments", "deferred")
    bench.go(case, Went(O1, "pay_instalment", 0, MONEY), days(at, 9))
    assert both(matter) == ("in_instalments", "deferred")
    bench.go(case, Went(O1, "perform_deferred", 0, MONEY), days(at, 12))
    assert both(matter) == ("settled", "performed")
    assert [amount for _, amount in money(matter)] == [4000, 4000]


def test_a_deferral_is_refused_with_a_reason_by_a_head_and_the_days_run_on(bench: Bench) -> None:
    matter, at = applied(bench)
    assert "wrong_role" in refused(bench, matter, (O1, "refuse_deferral"), at, {"reason": "不困难"})
    go(bench, matter, (DEPUTY, "refuse_deferral"), at, {"reason": "未证明经济困难"})
    assert both(matter) == ("payable", "served")
    assert Document.objects.filter(case=matter.case, kind="deferral_approval").count() == 0


def test_a_single_day_of_deferral_that_passes_unpaid_moves_both(bench: Bench) -> None:
    _, matter, at = served(bench)
    go(bench, matter, (O1, "apply_deferral"), at, ASKED | {"deferral.kind": "deferral"})
    go(bench, matter, (DEPUTY, "approve_deferral"), at, {"plan.first_due": days(at, 40).date().isoformat()})
    assert both(matter) == ("deferred", "deferred")
    matter = payment(matter.case)
    assert matter.due_on == days(at, 40).date()
    assert actions.lapse_in(matter=matter, at=days(at, 40)) is None
    assert actions.lapse_in(matter=matter, at=days(at, 41)) is not None
    assert both(matter) == ("overdue", "overdue")


def test_a_missed_instalment_found_on_the_road_moves_the_payment_too(bench: Bench) -> None:
    matter, at = in_instalments(bench)
    assert actions.lapse(case=matter.case, at=days(at, 31)) is not None
    assert both(matter) == ("overdue", "overdue")


def test_money_that_comes_while_an_application_is_open_settles_both(bench: Bench) -> None:
    matter, at = applied(bench)
    go(bench, matter, (O1, "pay_while_asked"), days(at, 1), MONEY)
    assert both(matter) == ("settled", "performed")


@YEARS
def test_time_moves_both_whichever_looks_first(bench: Bench, year: int) -> None:
    case, matter, _ = served(bench, year)
    assert matter.due_on is not None
    assert actions.lapse(case=case, at=on(matter.due_on)) is None
    assert actions.lapse(case=case, at=on(matter.due_on + timedelta(days=1))) is not None
    assert both(matter) == ("overdue", "overdue")
    assert actions.lapse_in(matter=matter, at=on(matter.due_on + timedelta(days=2))) is None


@YEARS
def test_paid_late_without_a_surcharge_decision_says_why_there_is_none(bench: Bench, year: int) -> None:
    matter, at = overdue(bench, year)
    go(bench, matter, (O1, "pay_late"), days(at, 1), MONEY)
    assert both(matter) == ("settled", "performed")
    assert queries.file_of(matter.case)["surcharge"] == {"reason_less": "未作出加处罚款决定"}


@YEARS
def test_the_surcharge_is_reckoned_to_the_day_of_the_payment(bench: Bench, year: int) -> None:
    matter, at = surcharged(bench, year)
    paid_at = days(at, 9)
    short = refused(bench, matter, (O1, "pay_with_surcharge"), paid_at, MONEY | {"item.amount": 8000})
    assert "paid_in_full" in short
    go(bench, matter, (O1, "pay_with_surcharge"), paid_at, MONEY)
    assert both(matter) == ("settled", "performed")
    surcharge = queries.file_of(matter.case)["surcharge"]
    assert (surcharge["days"], surcharge["amount"]) == (10, 2400)
    assert [amount for _, amount in money(matter)] == [10400]


def test_a_waiver_needs_its_reason_and_lessens_what_is_owed(bench: Bench) -> None:
    matter, at = surcharged(bench)
    says = MONEY | {"item.amount": 8000, "surcharge.waived": 240}
    assert "surcharge_settled" in refused(bench, matter, (O1, "pay_with_surcharge"), at, says)
    go(bench, matter, (O1, "pay_with_surcharge"), at, says | {"surcharge.reason_less": "执行协议约定"})
    assert both(matter) == ("settled", "performed")


def test_nobody_but_a_head_adds_a_surcharge_and_not_before_the_day(bench: Bench) -> None:
    matter, at = overdue(bench)
    assert "wrong_role" in refused(bench, matter, (O1, "start_surcharge"), at)
    _, early, at = served(bench)
    assert "wrong_state" in refused(bench, early, (DEPUTY, "start_surcharge"), at)


@YEARS
def test_the_surcharge_stops_at_the_fine_and_goes_on_to_the_demand(bench: Bench, year: int) -> None:
    matter, at = surcharged(bench, year)
    assert actions.lapse_in(matter=matter, at=days(at, 32)) is None
    assert actions.lapse_in(matter=matter, at=days(at, 33)) is not None
    assert both(matter) == ("surcharge_capped", "overdue")
    assert queries.file_of(matter.case)["surcharge"]["amount"] == 8000
    go(bench, payment(matter.case), (DEPUTY, "go_to_demand_capped"), days(at, 34))
    assert both(matter) == ("handed_to_enforcement", "overdue")


def test_a_capped_surcharge_is_paid_with_the_fine(bench: Bench) -> None:
    matter, at = surcharged(bench)
    actions.lapse_in(matter=matter, at=days(at, 33))
    go(bench, payment(matter.case), (O1, "pay_capped"), days(at, 60), MONEY)
    assert both(matter) == ("settled", "performed")
    assert [amount for _, amount in money(matter)] == [16000]


def test_the_demand_waits_until_the_surcharge_has_run_for_more_than_thirty_days(bench: Bench) -> None:
    matter, at = surcharged(bench)
    assert "surcharge_over_30_days" in refused(bench, matter, (DEPUTY, "go_to_demand"), days(at, 29))
    go(bench, matter, (DEPUTY, "go_to_demand"), days(at, 30))
    assert both(matter) == ("handed_to_enforcement", "overdue")
    assert queries.file_of(matter.case)["surcharge"]["days"] == 31


def test_without_a_surcharge_the_demand_waits_for_the_end_of_the_remedies(bench: Bench) -> None:
    matter, at = overdue(bench)
    assert "remedy_periods_over" in refused(bench, matter, (DEPUTY, "go_to_demand_without_surcharge"), at)
    go(bench, matter, (DEPUTY, "go_to_demand_without_surcharge"), days(at, 200))
    assert both(matter) == ("handed_to_enforcement", "overdue")


def test_after_default_a_plan_may_still_be_asked_for_and_refused(bench: Bench) -> None:
    matter, at = overdue(bench)
    go(bench, matter, (O1, "apply_late_deferral"), at, ASKED)
    assert both(matter) == ("deferral_asked", "overdue")
    go(
        bench,
        payment(matter.case),
        (DEPUTY, "approve_instalments"),
        at,
        {"plan.first_due": days(at, 9).date()},
    )
    assert both(matter) == ("in_instalments", "deferred")


def test_the_road_makes_no_plan_while_the_surcharge_runs(bench: Bench) -> None:
    matter, at = surcharged(bench)
    when = days(at, 30).date()
    found = bench.refused(
        matter.case, DEPUTY, "defer_late", at, deferral__applied_on=at.date(), deferral__kind="deferral",
        deferral__reason="停业", plan__first_due=when,
    )  # fmt: skip
    assert "payment_state" in found


def test_cash_on_request_far_away_is_taken_in_the_payment_of_an_ordinary_case(bench: Bench) -> None:
    _, matter, at = served(bench)
    asked = MONEY | {"payment.party_asked": False}
    assert "remote_and_party_asked" in refused(bench, matter, (O1, "pay_cash_remote"), at, asked)
    go(bench, matter, (O1, "pay_cash_remote"), at, MONEY | {"payment.party_asked": True})
    assert both(matter) == ("settled", "performed")


def test_a_decision_that_is_revoked_ends_its_payment(bench: Bench) -> None:
    case, matter, at = served(bench)
    says = {"annulment.by": "self", "annulment.document": "示例决定", "annulment.on": at.date()}
    bench.go(case, Went(DEPUTY, "annul_decision", 0, says), days(at, 1))
    assert both(matter) == ("dropped", "annulled")
    assert Matter.objects.get(pk=matter.pk).ended


def test_history_that_came_in_without_a_payment_goes_its_road_alone(bench: Bench) -> None:
    case, at = bench.at_step("decide_penalty")
    says = bench.says(SERVE, at)
    stepping.take(case=case, move="serve_decision", values=says, by=bench.actor(O1, at=at), at=at)
    bench.go(case, Went(O1, "perform", 0, MONEY), at)
    assert (case.state, case.matters.count()) == ("performed", 0)


def test_the_wait_of_the_payment_is_asked_for_in_the_same_act(bench: Bench) -> None:
    _, matter, _ = served(bench)
    assert Job.objects.filter(name="cases.lapse_matter", payload={"matter": matter.pk}).count() == 1


def test_nobody_begins_or_drops_a_payment_by_hand(bench: Bench) -> None:
    case, matter, at = served(bench)
    assert "wrong_role" in refused(bench, matter, (DEPUTY, "drop_payable"), at)
    by = bench.actor(O1, case.handling_unit, at)
    with pytest.raises(Refused) as caught:
        actions.begin(case=case, procedure="payment", move="start_payment_period", values={}, by=by, at=at)
    assert {"begun_already", "wrong_role"} & set(grounds(caught.value.refusals))


def test_a_suit_pauses_the_surcharge_and_its_end_resumes_it(bench: Bench) -> None:
    matter, at = surcharged(bench)
    case = matter.case
    case.base = {**case.base, "litigation": {"accepted_on": days(at, 5).date().isoformat()}}
    _saved(case)
    assert actions.lapse_in(matter=matter, at=days(at, 5)) is not None
    assert both(matter) == ("surcharge_paused", "overdue")
    case.refresh_from_db()
    case.base["litigation"]["ended_on"] = days(at, 8).date().isoformat()
    _saved(case)
    assert actions.lapse_in(matter=matter, at=days(at, 9)) is not None
    assert both(matter) == ("surcharged", "overdue")
    go(bench, payment(case), (O1, "pay_with_surcharge"), days(at, 9), MONEY)
    surcharge = queries.file_of(case)["surcharge"]
    assert (surcharge["days"], surcharge["paused_days"], surcharge["amount"]) == (6, 4, 1440)


def _saved(case: Case) -> None:
    with record.act("示例", by=SYSTEM, at=clock.now()) as act:
        case.save()
        act.entry(on=case, facts={})


def test_what_is_paid_while_the_surcharge_stands_still_settles_both(bench: Bench) -> None:
    matter, at = surcharged(bench)
    case = matter.case
    case.base = {**case.base, "litigation": {"accepted_on": days(at, 1).date().isoformat()}}
    _saved(case)
    actions.lapse_in(matter=matter, at=days(at, 1))
    go(bench, payment(case), (O1, "settle_paused"), days(at, 20), MONEY)
    assert both(matter) == ("settled", "performed")
    assert [amount for _, amount in money(matter)] == [8240]
