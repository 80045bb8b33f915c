"""The joint of payment and road names moves that exist where they are made; sums are booked to the fen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.cases.procedure.guards import GUARDS
from xiuhua.cases.procedure.side import payment, payment_joint
from xiuhua.cases.procedure.side.payment_booking import booking
from xiuhua.cases.procedure.surcharge import due_on
from xiuhua.cases.procedure.tables import TABLES
from xiuhua.cases.tests.procedure.setting import setting

PARAMS = {"surcharge_percent": 3, "surcharge_cap_percent": 100}
DAY = date(2023, 6, 1)
ROAD = {m.id for tables in TABLES.values() for t in tables for m in t.moves}
DEFERRAL = {"deferral": {"kind": "instalment"}}


@pytest.mark.parametrize("table", payment.SIDE.tables, ids=lambda t: t.version)
@pytest.mark.parametrize("settled", [True, False])
def test_what_the_payment_answers_leads_on_from_where_it_stands(table: Any, settled: bool) -> None:
    for move in sorted(ROAD):
        for state in payment.OPEN:
            here = state
            for answer in payment_joint.payment_follows(move, state, dict(DEFERRAL), settled):
                row = table.move(answer)
                assert row.source == here, (move, state, answer)
                here = row.target


@pytest.mark.parametrize("table", payment.SIDE.tables, ids=lambda t: t.version)
def test_what_the_road_answers_are_moves_of_the_road_to_moves_of_the_payment(table: Any) -> None:
    for move, answers in payment_joint.ROAD_FOLLOWS.items():
        assert move in table.by_id
        assert set(answers) <= ROAD


def test_a_revoked_decision_ends_its_payment_wherever_it_stands() -> None:
    for move in payment_joint.DROPPED:
        for state in payment.OPEN:
            assert payment_joint.payment_follows(move, state, {}, False) == (f"drop_{state}",)


def test_every_state_in_which_money_may_come_has_a_move_that_settles_and_one_for_a_part() -> None:
    assert set(payment_joint.SETTLES) == set(payment.OPEN)
    for table in payment.SIDE.tables:
        for state in payment.OPEN:
            assert table.move(payment_joint.SETTLES[state]).target == "settled"
            assert table.move(f"pay_part_{state}").stays


FEN = st.integers(1, 3_000_000).map(lambda fen: fen / 100)


@given(FEN, FEN, st.lists(FEN, max_size=3), st.sampled_from(payment.OPEN), st.integers(0, 60))
def test_a_sum_is_booked_up_to_what_is_owed_and_settles_exactly_then(
    fine: float, came: float, before: list[float], state: str, late: int
) -> None:
    items = [{"on": "2023-05-01", "amount": amount} for amount in before]
    file: dict[str, Any] = {"decision": {"fine": fine}, "payment": {"items": items}}
    if state.startswith("surcharge"):
        file["surcharge"] = {"from_on": DAY.isoformat()}
    on = DAY + timedelta(days=late)
    left = round(due_on(file, on, PARAMS) - sum(before), 2)
    found = booking(file, state, came, on, PARAMS)
    if left < 0.005:
        assert (found.move, found.amount) == ("", 0)
        return
    assert found.amount == min(came, left) or abs(found.amount - min(came, left)) < 0.005
    assert (found.move == payment_joint.SETTLES[state]) == (came > left - 0.005)


@pytest.mark.parametrize("move", sorted(payment_joint.BEGINNINGS))
def test_no_payment_begins_by_a_service_that_takes_effect_only_later(move: str) -> None:
    """The road itself waits for the effect: a service that is still to take effect is no step that begins a payment."""
    rows = [t.by_id[move] for tables in TABLES.values() for t in tables if move in t.by_id]
    assert rows
    for row in rows:
        assert {"receipt_complete", "handed_over_same_day"} & set(row.guards)
    announced = {"document": "penalty_decision", "method": "announcement", "on": "2023-05-10",
                 "announced_on": "2023-05-10", "effective_on": "2023-06-09", "reason": "下落不明"}  # fmt: skip
    file = {
        "decision": {"decided_on": "2023-05-01"},
        "services": [announced],
        "step": {"services": [announced]},
    }
    assert not GUARDS["receipt_complete"].check(file, setting("2023-05-16"))
    assert not GUARDS["service_effective"].check(file, setting("2023-05-16"))
    assert GUARDS["receipt_complete"].check(file, setting("2023-06-12"))
