"""What follows from typed facts of a matter follows only where it can."""

from __future__ import annotations

from datetime import date
from typing import Any

from xiuhua.cases.procedure.side.coercive_measure_forms import _measure_ends
from xiuhua.cases.procedure.side.payment_booking import _whole_number
from xiuhua.cases.procedure.side.payment_forms import ALL_PAUSED, handed_over, settled

PLAN = {"deferral": {"plan": [{"amount": 1000}, {"amount": 500}]}}


def _params(day: date) -> dict[str, Any]:
    return {"surcharge_percent": 3, "surcharge_cap_percent": 100}


def test_a_measure_ends_on_the_day_that_is_stated_and_else_not() -> None:
    derive = _measure_ends("released_on")
    told: dict[str, Any] = {"measure": {"released_on": "2023-05-16"}}
    derive(told)
    assert told["measure"]["ended_on"] == "2023-05-16"
    silent: dict[str, Any] = {"measure": {}}
    derive(silent)
    assert silent == {"measure": {}}


def test_a_sum_is_a_whole_number_of_instalments_or_it_is_not() -> None:
    assert _whole_number(PLAN, 1000)
    assert _whole_number(PLAN, 1500)
    assert not _whole_number(PLAN, 700)
    assert not _whole_number({}, 700)


def test_no_surcharge_is_stated_without_a_day_or_without_a_decision_on_one() -> None:
    for derive in (settled, handed_over):
        nothing: dict[str, Any] = {}
        derive(nothing, {}, _params)
        assert nothing == {}
    undecided: dict[str, Any] = {"payment": {"items": [{"on": "2023-05-16", "amount": 100}]}}
    settled(undecided, {}, _params)
    assert "surcharge" not in undecided


def test_a_surcharge_that_stood_still_all_the_time_says_why_it_is_nothing() -> None:
    file = {
        "decision": {"fine": 1000},
        "surcharge": {"from_on": "2023-05-10"},
        "litigations": [{"accepted_on": "2023-05-01"}],
    }
    facts: dict[str, Any] = {"payment": {"items": [{"on": "2023-05-16", "amount": 1000}]}}
    settled(facts, file, _params)
    assert facts["surcharge"]["amount"] == 0
    assert facts["surcharge"]["reason_less"] == ALL_PAUSED
