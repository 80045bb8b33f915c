"""Questions about a whole file: truth tables, the missing answer included."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from xiuhua.cases.checker import reading
from xiuhua.cases.checker.dated import tier_spans
from xiuhua.cases.checker.law import functions
from xiuhua.cases.checker.tests.world import law

ASK = functions(law())


@pytest.mark.parametrize(
    ("kind", "limit"),
    [
        ("citizen", "citizen"),
        ("organisation", "organisation"),
        ("individual_business", "citizen"),
        (None, "organisation"),
    ],
)
def test_the_limits_are_those_of_the_kind_of_party(kind: str | None, limit: str) -> None:
    assert ASK["limit_kind"]({"party": {"kind": kind}, "decision": {"decided_on": "2018-09-26"}}) == limit


@pytest.mark.parametrize(
    ("notice", "kind", "due"),
    [
        ({}, "citizen", False),
        ({"planned_fine": 4999}, "citizen", False),
        ({"planned_fine": 5000}, "citizen", True),
        ({"planned_fine": 5000}, "individual_business", True),
        ({"planned_fine": 49_999}, "organisation", False),
        ({"planned_fine": 50_000}, "organisation", True),
        ({"planned_kinds": ["fine", "warning"]}, "citizen", False),
        ({"planned_kinds": ["revoke_licence"]}, "citizen", True),
        ({"planned_confiscation": 5000, "served_on": "2021-07-14"}, "citizen", False),
        ({"planned_confiscation": 5000, "served_on": "2021-07-15"}, "citizen", True),
        ({"planned_confiscation": 5000, "issued_on": "2021-07-15"}, "citizen", True),
    ],
)
def test_a_hearing_is_due_by_kind_of_penalty_or_amount(notice: dict[str, Any], kind: str, due: bool) -> None:
    assert ASK["hearing_due"]({"notice": notice, "party": {"kind": kind}}) is due


@pytest.mark.parametrize(
    ("told", "asked", "in_time"),
    [
        ("2018-09-20", "2018-09-23", True),
        ("2018-09-20", "2018-09-24", False),
        ("2021-07-14", "2021-07-17", True),
        ("2021-07-14", "2021-07-18", False),
        ("2021-07-15", "2021-07-22", True),
        ("2021-07-15", "2021-07-23", False),
        ("2023-05-08", "2023-05-15", True),
        ("2023-05-08", "2023-05-16", False),
        (None, "2023-05-16", False),
        ("2023-05-08", None, False),
    ],
)
def test_a_hearing_is_asked_for_in_time_by_the_text_of_the_day_it_was_told(
    told: str | None, asked: str | None, in_time: bool
) -> None:
    assert ASK["request_in_time"]({"hearing": {"told_on": told, "requested_on": asked}}) is in_time
    assert (
        ASK["request_in_time"]({"notice": {"served_on": told}, "hearing": {"requested_on": asked}}) is in_time
    )


@pytest.mark.parametrize(
    ("row", "day"),
    [
        ({"method": "direct", "on": "2018-09-28"}, "2018-09-28"),
        ({"method": "left", "on": "2018-09-28"}, "2018-09-28"),
        ({"method": "electronic", "on": "2018-09-28", "effective_on": "2018-09-29"}, "2018-09-29"),
        ({"method": "post", "on": "2018-09-28", "post_receipt_on": "2018-10-08"}, "2018-10-08"),
        ({"method": "post", "on": "2018-09-28"}, None),
        ({"method": "announcement", "on": "2018-09-28", "effective_on": "2018-11-27"}, "2018-11-27"),
        ({"method": "announcement", "on": "2018-09-28"}, None),
    ],
)
def test_service_takes_effect_on_the_day_of_its_way(row: dict[str, Any], day: str | None) -> None:
    file = {
        "services": [
            {"document": "prior_notice", "on": "2018-01-01"},
            {"document": "penalty_decision", **row},
        ]
    }
    assert reading.eff(file, "penalty_decision") == day


@pytest.mark.parametrize(
    ("file", "day"),
    [
        ({"decision": {"delivered_on": "2018-05-16"}}, "2018-05-31"),
        (
            {"services": [{"document": "penalty_decision", "method": "direct", "on": "2018-09-28"}]},
            "2018-10-13",
        ),
        ({"deferral": {"plan": [{"due": "2023-08-31"}, {"due": "2023-06-30"}]}}, "2023-08-31"),
        ({"deferral": {"plan": [{"amount": 5}]}}, None),
        ({}, None),
    ],
)
def test_payment_is_due_by_the_plan_or_fifteen_days_after_receipt(
    file: dict[str, Any], day: str | None
) -> None:
    assert ASK["pay_due"](file) == day


@pytest.mark.parametrize(
    ("ways", "days"),
    [
        ({}, 0),
        ({"reconsideration": {"accepted_on": "2023-09-05", "decided_on": "2023-09-08"}}, 4),
        ({"reconsideration": {"accepted_on": "2023-08-01", "decided_on": "2023-09-02"}}, 2),
        ({"reconsideration": {"accepted_on": "2023-09-09"}}, 2),
        ({"litigation": {"accepted_on": "2023-09-10", "ended_on": "2023-12-01"}}, 1),
        ({"litigation": {"accepted_on": "2023-09-11"}}, 0),
        (
            {
                "reconsideration": {"accepted_on": "2023-09-05", "decided_on": "2023-09-08"},
                "litigation": {"accepted_on": "2023-09-08"},
            },
            6,
        ),
    ],
)
def test_days_of_remedies_are_counted_once_and_inside_the_span(ways: dict[str, Any], days: int) -> None:
    assert reading.remedy_days_in(ways, "2023-09-01", "2023-09-10") == days
    assert reading.remedy_days_in(ways, None, "2023-09-10") == 0


@pytest.mark.parametrize(
    ("measure", "days"),
    [
        ({"implemented_at": "2018-09-05T11:00", "ended_on": "2018-09-28"}, 23),
        ({"implemented_at": "2018-09-05T11:00"}, 41),
        ({"implemented_at": "2018-09-05T11:00", "test_from": "2018-09-06", "test_to": "2018-09-16"}, 41),
        (
            {
                "implemented_at": "2018-09-05T11:00",
                "test_from": "2018-09-06",
                "test_to": "2018-09-16",
                "test_told_on": "2018-09-06",
            },
            31,
        ),
        (
            {
                "implemented_at": "2018-09-01",
                "ended_on": "2018-11-10",
                "test_from": "2018-10-10",
                "test_to": "2018-10-20",
                "test_told_on": "2018-10-09",
                "tests": [
                    {"from": "2018-09-06", "to": "2018-09-26", "told_on": "2018-09-06"},
                    {"from": "2018-10-10", "to": "2018-10-20", "told_on": "2018-10-09"},
                    {"from": "2018-10-21", "to": "2018-10-25"},
                ],
            },
            40,
        ),
        ({}, None),
    ],
)
def test_a_seizure_lasts_to_its_end_less_the_test_days_that_were_told(
    measure: dict[str, Any], days: int | None
) -> None:
    assert reading.measure_days({"case": {"closed_on": "2018-10-16"}}, measure) == days


def test_only_approved_suspensions_with_a_ground_that_stop_the_clock_are_left_out() -> None:
    whole = {"from_on": "2018-09-08", "to_on": "2018-09-10", "ground": "x", "approved_by": "Z"}
    rows = [whole, {**whole, "ground": None}, {**whole, "approved_by": None}, {**whole, "stops_clock": False}]
    assert reading.suspended_days({"case": {"suspensions": rows}}) == 2
    assert reading.suspended_days({"case": {"suspensions": [{**whole, "to_on": None}]}}) == 0


@pytest.mark.parametrize(
    ("file", "asked"),
    [
        ({}, False),
        ({"case": {"public_interest": True}}, True),
        ({"case": {"multi_legal_relations": True}}, True),
        ({"case": {"review_required_by_act": True}}, True),
        ({"hearing": {"held_on": "2023-05-29"}}, True),
        ({"hearing": {"requested_on": "2023-05-12"}}, False),
    ],
)
def test_legal_review_is_required_by_law_in_four_cases(file: dict[str, Any], asked: bool) -> None:
    assert reading.review_required(file) is asked


def test_acts_are_inspections_interviews_seizures_order_recheck_and_the_decision_on_the_spot() -> None:
    file = {
        "case": {"procedure": "summary"},
        "inspections": [{"on": "2018-05-16", "officer_ids": ["A"], "certificate_shown": True}],
        "interviews": [{"from_at": "2018-05-17T10:00", "officer_ids": ["B"]}],
        "measures": [{"implemented_at": "2018-05-18T10:00"}],
        "correction": {
            "ordered_on": "2018-05-19",
            "rechecked_on": "2018-05-20",
            "recheck_officer_ids": ["C"],
        },
        "decision": {"decided_on": "2018-05-21", "signed_by": ["D"]},
    }
    assert [(act["where"], act["on"]) for act in reading.acts(file)] == [
        ("inspections[0]", "2018-05-16"),
        ("interviews[0]", "2018-05-17"),
        ("measures[0]", "2018-05-18"),
        ("correction.officer_ids", "2018-05-19"),
        ("correction.recheck_officer_ids", "2018-05-20"),
        ("decision.signed_by", "2018-05-21"),
    ]
    assert reading.investigators(file) == {"A", "B", "C", "D"}
    ordinary = {**file, "case": {"procedure": "ordinary"}}
    assert "decision.signed_by" not in {act["where"] for act in reading.acts(ordinary)}


@pytest.mark.parametrize(
    ("cause", "tier", "day", "span"),
    [
        ("ZT05", "lighter", "2018-09-26", (0.0, 50.0)),
        ("ZT05", "heavier", "2018-09-26", None),
        ("ZT05", "lighter", "2017-12-31", (0.0, 30.0)),
        ("SR11", "lighter", "2018-09-26", (0.0, 30.0)),
        ("SR11", "mitigated", "2018-09-26", None),
    ],
)
def test_the_benchmark_of_a_cause_goes_before_the_general_cut(
    cause: str, tier: str, day: str, span: tuple[float, float] | None
) -> None:
    general = {"cause_code": "*", "tier": "lighter", "from_percent": 0, "to_percent": 30}
    own = {"cause_code": "ZT05", "tier": "lighter", "from_percent": 0, "to_percent": 50}
    rows = [
        {**general, "valid_from": None, "valid_to": None},
        {**own, "valid_from": date(2018, 1, 1), "valid_to": None},
    ]
    assert tier_spans(rows)(cause, tier, day) == span
    assert tier_spans([])(cause, tier, day) is None


def test_a_fine_lies_in_a_tier_with_both_ends_included() -> None:
    file = {"cause": {"code": "ZT05"}, "decision": {"decided_on": "2018-09-26"}}
    for fine, holds in ((999, False), (1000, True), (3700, True), (3701, False), (None, False)):
        assert ASK["tier_contains"](file, "lighter", fine, 1000, 10_000) is holds
