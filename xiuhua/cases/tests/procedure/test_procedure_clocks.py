"""Periods by date, and the deadlines that run for a case."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from xiuhua.cases.procedure.clocks import RunningClock, running
from xiuhua.cases.procedure.file import fold, merge
from xiuhua.cases.procedure.periods import BY_ID, CLOCKS, FAMILIES, clock_on, due, last_day, length_on
from xiuhua.cases.tests.procedure import roads
from xiuhua.cases.tests.procedure.live import Live, opened
from xiuhua.cases.tests.procedure.setting import calendar


def d(text: str) -> date:
    return date.fromisoformat(text)


def test_the_rows_of_a_family_follow_one_another_without_overlap() -> None:
    assert len(BY_ID) == len(CLOCKS)
    for family, rows in FAMILIES.items():
        for a, b in pairwise(rows):
            assert a.until is not None, family
            assert b.since is not None, family
            assert (b.since - a.until).days == 1, family


@pytest.mark.parametrize(
    ("family", "day", "id"),
    [
        ("hearing_request", "2021-07-14", "hearing_request_17"),
        ("hearing_request", "2021-07-15", "hearing_request_21"),
        ("announcement", "2021-12-31", "announcement_60"),
        ("announcement", "2022-01-01", "announcement_30"),
        ("case_decision", "2021-07-15", "case_decision"),
        ("reconsideration_apply", "2024-01-01", "reconsideration_apply_23"),
        ("surcharge_30_days", "2018-05-16", "surcharge_30_days"),
    ],
)
def test_the_day_picks_the_row_of_a_family(family: str, day: str, id: str) -> None:
    found = clock_on(family, d(day))
    assert found is not None
    assert found.id == id


def test_where_the_text_of_a_day_sets_no_period_there_is_none() -> None:
    assert clock_on("case_decision", d("2021-07-14")) is None
    assert last_day("case_decision", d("2021-07-14"), calendar()) is None
    assert last_day("defence_period", d("2023-05-16"), calendar()) is None
    with pytest.raises(KeyError):
        clock_on("patience", d("2023-05-16"))


@pytest.mark.parametrize(
    ("id", "start", "end"),
    [
        ("hearing_request_17", "2018-09-20", "2018-09-23"),
        ("hearing_request_21", "2023-05-08", "2023-05-15"),
        ("payment_17", "2018-05-16", "2018-05-31"),
        ("publicity_penalty", "2018-09-26", "2018-10-10"),
        ("decision_service_21", "2023-05-18", "2023-05-29"),
        ("limitation_general", "2021-05-16", "2023-05-16"),
    ],
)
def test_a_period_ends_on_its_day(id: str, start: str, end: str) -> None:
    assert due(id, d(start), calendar()).day == d(end)


def test_a_period_without_length_cannot_be_counted() -> None:
    with pytest.raises(ValueError, match="filing_promptly"):
        due("filing_promptly", d("2023-05-16"), calendar())
    assert due("payment_21", d("2060-01-01"), calendar()).provisional


def runs(case: Live, day: str) -> dict[str, str]:
    return {c.clock_id: c.due.day.isoformat() for c in running(case.file, case.state, d(day), calendar())}


def test_a_reported_case_must_be_answered_until_it_is_filed() -> None:
    case = Live(opened("ordinary", "2023-03-28", case={"lead_source": "report"}))
    assert runs(case, "2023-03-28") == {"reporter_answer": "2023-04-04"}
    told = merge(case.file, {"case": {"reporter_told_on": "2023-04-03"}})
    assert running(told, "lead", d("2023-04-03"), calendar()) == []
    assert runs(Live(opened("ordinary", "2023-03-28")), "2023-03-28") == {}


def test_the_decision_must_come_in_ninety_days_moved_by_suspensions_and_extension() -> None:
    case = roads.investigating("2023")
    assert runs(case, "2023-03-02") == {"case_decision": "2023-05-31"}
    case.go(
        "suspend_investigation", "2023-03-10", suspension__ground="等待鉴定", suspension__stops_clock=True
    )
    found = running(case.file, case.state, d("2023-03-15"), calendar())
    assert [(c.clock_id, c.due.day, c.provisional) for c in found] == [
        ("case_decision", d("2023-06-05"), True)
    ]
    case.go("resume_investigation", "2023-03-20", reason="鉴定已出")
    assert runs(case, "2023-03-20") == {"case_decision": "2023-06-10"}
    longer = {"case": {"decision_limit_extended_by_days": 30, "decision_limit_extension_basis": "示例条例"}}
    found = running(merge(case.file, longer), case.state, d("2023-03-20"), calendar())
    assert found[0].due.day == d("2023-07-10")
    assert found[0].days_left(d("2023-07-01")) == 9


def test_a_suspension_that_stops_no_clock_moves_nothing() -> None:
    case = roads.investigating("2023")
    case.go(
        "suspend_investigation", "2023-03-10", suspension__ground="等待鉴定", suspension__stops_clock=False
    )
    found = running(case.file, case.state, d("2023-03-15"), calendar())
    assert [(c.due.day, c.provisional) for c in found] == [(d("2023-05-31"), False)]


def test_the_text_of_2017_sets_no_limit_and_a_running_case_gets_one_on_the_day_of_change() -> None:
    assert runs(roads.investigating("2018"), "2018-03-02") == {}
    assert runs(roads.investigating("2021"), "2021-07-14") == {}
    assert runs(roads.investigating("2021"), "2021-07-15") == {"case_decision": "2021-10-13"}


def test_notice_defence_and_hearing_run_beside_each_other_and_lapse() -> None:
    case = roads.hearing_offered("2023")
    shown = runs(case, "2023-03-20")
    assert shown == {
        "defence_period": "2023-03-22",
        "hearing_request_21": "2023-03-24",
        "case_decision": "2023-05-31",
    }
    assert set(runs(case, "2023-03-23")) == {"hearing_request_21", "case_decision"}
    assert set(runs(case, "2023-03-27")) == {"case_decision"}
    waived = merge(case.file, {"hearing": {"waived_in_writing": True}})
    ids = {c.clock_id for c in running(waived, case.state, d("2023-03-20"), calendar())}
    assert ids == {"defence_period", "case_decision"}
    assert "hearing_request_17" in runs(roads.hearing_offered("2018"), "2018-03-20")


def test_service_payment_and_publication_run_until_they_are_done() -> None:
    decided = roads.waived("2023").go("decide_penalty", "2023-03-21", "bureau_deputy_head")
    assert runs(decided, "2023-03-21") == {"decision_service_21": "2023-03-30"}
    case = decided.go("serve_decision", "2023-03-22", **roads.SERVED)
    assert runs(case, "2023-03-22") == {"publicity_penalty": "2023-03-30", "payment_21": "2023-04-06"}
    case.go("publish_decision", "2023-03-25")
    assert runs(case, "2023-04-10") == {"payment_21": "2023-04-06"}
    case.go("perform", "2023-04-10", "party", **roads.PAID)
    assert runs(case, "2023-04-10") == {}
    silent = merge(roads.served("2023").file, {"publicity": {"required": False}})
    assert [c.clock_id for c in running(silent, "served", d("2023-03-22"), calendar())] == ["payment_21"]


def test_cash_goes_on_in_two_days_and_two_more() -> None:
    case = roads.delivered("2023-05-16", 50)
    assert runs(case, "2023-05-16") == {"payment_21": "2023-05-31"}
    case.go("collect_cash", "2023-05-16", payment__cash_ground="small_amount", **roads.PAID)
    assert runs(case, "2023-05-16") == {"cash_hand_in_21": "2023-05-18"}
    case.go("hand_in_cash", "2023-05-17", payment__handed_in_amount=50)
    assert runs(case, "2023-05-17") == {"cash_deposit_21": "2023-05-19"}
    empty: dict[str, Any] = {"payment": {}}
    assert running(empty, "cash_collected", d("2023-05-17"), calendar()) == []


def test_a_correction_order_waits_for_its_recheck() -> None:
    case = roads.investigating("2023").go("inspect", "2023-03-03", **roads.RECORD)
    case.go("order_correction", "2023-03-05", correction__due_on="2023-03-10", **roads.ORDER)
    found = running(case.file, case.state, d("2023-03-12"), calendar())
    assert (found[0].clock_id, found[0].due.day, found[0].article) == (
        "correction_due",
        d("2023-03-10"),
        "PPL21 §28",
    )
    assert found[0].days_left(d("2023-03-12")) == -2
    bare = merge(case.file, {"correction": {"ordered_on": None}})
    assert running(bare, case.state, d("2023-03-12"), calendar())[0].started_on == d("2023-03-10")
    older = roads.investigating("2018").go("inspect", "2018-03-03", **roads.RECORD)
    older.go("order_correction", "2018-03-05", correction__due_on="2018-03-10", **roads.ORDER)
    assert running(older.file, older.state, d("2018-03-06"), calendar())[0].article == "PPL17 §23"


def test_the_next_unpaid_instalment_is_the_clock_of_a_deferral() -> None:
    case = roads.in_instalments("2023")
    assert runs(case, "2023-03-29")["instalment"] == "2023-04-30"
    case.go("pay_instalment", "2023-04-28", "party", **roads.PAID)
    assert runs(case, "2023-04-28")["instalment"] == "2023-05-30"
    paid = merge(case.file, {"payment": {"items": [{"on": "2023-05-01", "amount": 700}]}})
    assert "instalment" not in {c.clock_id for c in running(paid, "deferred", d("2023-05-01"), calendar())}
    assert running({"deferral": {}}, "deferred", d("2023-05-01"), calendar()) == []


CASES: tuple[tuple[str, str, dict[str, Any], dict[str, str]], ...] = (
    (
        "crime_referral_proposed",
        "2023-03-10",
        {"referral": {"proposed_on": "2023-03-10"}},
        {"crime_referral_decision": "2023-03-13"},
    ),
    (
        "crime_referral_approved",
        "2023-03-12",
        {"referral": {"approved_on": "2023-03-12"}},
        {"crime_referral_hand_over": "2023-03-13"},
    ),
    ("overdue", "2023-04-07", {"surcharge": {"from_on": "2023-04-07"}}, {"surcharge_cap": "2023-05-11"}),
    (
        "overdue",
        "2023-10-01",
        {"court": {"remedy_ended_on": "2023-09-22"}},
        {"court_application": "2023-12-22"},
    ),
    ("overdue", "2023-10-01", {"court": {"remedy_ended_on": "2023-09-22", "applied_on": "2023-10-01"}}, {}),
    (
        "annulled",
        "2023-05-20",
        {"publicity": {"published_on": "2023-03-25"}, "annulment": {"on": "2023-05-19"}},
        {"publicity_withdrawal": "2023-05-24"},
    ),
    (
        "investigating",
        "2023-03-06",
        {"registrations": [{"made_on": "2023-03-06"}]},
        {"registration_21": "2023-03-15"},
    ),
    (
        "investigating",
        "2023-03-06",
        {"registrations": [{"made_on": "2023-03-06", "handled_on": "2023-03-07"}]},
        {},
    ),
    (
        "investigating",
        "2023-03-06",
        {"assistance": [{"asked_on": "2023-03-05"}]},
        {"assistance_answer": "2023-03-15"},
    ),
    ("investigating", "2023-03-16", {"assistance": [{"asked_on": "2023-03-05"}]}, {}),
    ("closed", "2023-03-16", {"filing": {"approved_on": "2023-03-01"}}, {}),
)


@pytest.mark.parametrize(("state", "day", "file", "expected"), CASES)
def test_a_deadline_runs_from_its_event_in_its_states(
    state: str, day: str, file: dict[str, Any], expected: dict[str, str]
) -> None:
    found = running(fold({}, file), state, d(day), calendar())
    assert {c.clock_id: c.due.day.isoformat() for c in found} == expected
    assert all(isinstance(c, RunningClock) and c.label and c.article for c in found)


def test_the_length_of_a_period_is_that_of_its_day_and_of_the_oldest_text_before() -> None:
    assert length_on("surcharge_30_days", date(2023, 1, 1)) == 30
    assert length_on("surcharge_30_days", date(2000, 1, 1)) == 30
    assert length_on("reconsideration_reply", date(2023, 12, 31)) == 10
    assert length_on("assistance_answer", date(2023, 1, 1)) == 10
    without = next(family for family, rows in FAMILIES.items() if rows[0].length is None)
    assert length_on(without, date(1990, 1, 1)) == 0
