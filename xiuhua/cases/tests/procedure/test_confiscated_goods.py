"""Confiscated things: what follows from what was typed, what closes a lot, how the measure follows, when it is due."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from xiuhua.cases.procedure.facts.filling import SOURCES
from xiuhua.cases.procedure.history import Step, replay
from xiuhua.cases.procedure.side import SIDES, clocks
from xiuhua.cases.procedure.side.confiscated_goods_forms import DERIVED, OF_ONE_LOT, lot_closed
from xiuhua.cases.procedure.side.confiscated_goods_joint import MEASURE_FOLLOWS, stated_by_measure
from xiuhua.cases.tests.procedure.setting import setting
from xiuhua.cases.tests.procedure.truth.measures import FISH, TRUCK

SIDE = SIDES["confiscated_goods"]
SOLD = {
    "items": [TRUCK, FISH],
    "lot": [FISH],
    "ends": [FISH],
    "receipt_no": "示例1",
    "disposal_way": "sold",
    "disposal": "变卖",
    "disposed_on": "2023-05-16",
    "proceeds": 300,
    "remitted_on": "2023-05-17",
    "witness_one": "示例甲",
    "witness_two": "示例乙",
    "voucher_no": "示例票",
}


def derived(move: str, **own: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {"confiscation": dict(own)}
    for derive in DERIVED[move]:
        derive(facts)
    found: dict[str, Any] = facts["confiscation"]
    return found


def test_each_thing_of_a_lot_gets_its_end_and_those_that_go_back_another() -> None:
    sold = derived("sell_confiscated", disposal_way="sold", disposed_on="2023-05-16", ended=[FISH])
    assert sold["ends"] == [{**FISH, "outcome": "sold", "on": "2023-05-16"}]
    assert "ended" not in sold
    back = derived("return_taken", returned_on="2023-05-16", ended=[TRUCK])
    assert back["ends"] == [{**TRUCK, "outcome": "returned", "on": "2023-05-16"}]
    assert set(derived("disposal_fails")) == set(OF_ONE_LOT)


def closing(own: dict[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    lot_closed(facts, {"confiscation": own}, lambda day: {})
    return facts


def test_a_lot_that_is_closed_becomes_a_row_and_leaves_nothing_to_the_next_one() -> None:
    facts = closing(SOLD)
    row = {"receipt_no": "示例1", "disposed_on": "2023-05-16", "amount": 300, "remitted_on": "2023-05-17"}
    assert facts["confiscated"] == [row]
    lot = facts["confiscation"]["lots"][0]
    assert lot["witnesses"] == ["示例甲", "示例乙"]
    assert lot["voucher_no"] == "示例票"
    assert facts["confiscation"]["proceeds"] is None
    last = closing(SOLD | {"ends": [FISH, TRUCK]})
    assert "proceeds" not in last["confiscation"]


def test_a_measure_states_what_the_list_states() -> None:
    measure = {"items": [TRUCK, FISH], "ends": [FISH]}
    listed = {
        **SOLD,
        "state": "settled",
        "lots": [{"amount": 300, "remitted_on": "2023-05-17"}, {"amount": None}],
    }
    said = stated_by_measure(measure, listed)["measure"]
    assert said["ends"] == [{**TRUCK, "outcome": "confiscated", "on": "2023-05-16"}]
    assert (said["proceeds"], said["remitted_on"], said["outcome"]) == (300, "2023-05-17", "confiscated")
    destroyed = stated_by_measure(measure, {"state": "settled", "disposed_on": "2023-05-16"})["measure"]
    assert "proceeds" not in destroyed
    assert "remitted_on" not in destroyed
    back = {"state": "returned", "returned_on": "2023-05-18", "receipt_signed": True}
    said = stated_by_measure(measure, back)["measure"]
    assert (said["outcome"], said["returned_on"], said["receipt_signed"]) == ("returned", "2023-05-18", True)
    assert set(MEASURE_FOLLOWS) == {s.id for s in SIDE.tables[0].states if s.final}


@pytest.mark.parametrize(
    ("block", "due"),
    [
        ({"remit_by": "2023-05-20"}, {"remit_proceeds": date(2023, 5, 20)}),
        ({"remit_by": "2023-05-20", "remitted_on": "2023-05-18"}, {}),
        ({}, {}),
    ],
)
def test_money_is_due_at_the_treasury_until_it_is_there(block: dict[str, str], due: dict[str, date]) -> None:
    now = setting("2023-05-16")
    found = clocks.running(SIDE, "lot_disposed", {"confiscation": block}, now.on, now.calendar)
    assert {r.move.id: r.due.day for r in found} == due


def test_the_platform_fills_in_what_waits_for_the_list_and_what_is_in_the_lot() -> None:
    file = {
        "measures": [
            {"state": "confiscated", "items": [TRUCK, FISH]},
            {"state": "in_force", "items": [TRUCK]},
        ],
        "confiscations": [{"items": [FISH]}],
        "matter": "confiscation",
        "confiscation": {"lot": [TRUCK]},
    }
    known: Any = None
    assert SOURCES["goods_confiscated"](file, known) == [TRUCK]
    assert SOURCES["goods_of_lot"](file, known) == [TRUCK]


def history(*steps: Step) -> list[tuple[str, str]]:
    run = replay("ordinary", steps, {}, lambda step: setting(step.on.isoformat(), step.role))
    return [(f.code, f.sentence) for f in run.faults]


def test_a_history_begins_a_matter_only_where_the_case_may_have_one_and_no_second_of_those_it_has_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    day = date(2023, 5, 16)
    one = Step(
        "take_confiscated",
        day,
        {"confiscation": {"taken_on": "2023-05-16"}},
        "officer",
        "A",
        "confiscated_goods:1",
    )
    (fault,) = history(one)
    assert fault[0] == "wrong_state"
    assert "不能开始没收物品处理" in fault[1]
    # Guards aside, a payment that has not ended stands in the way of a second one.
    monkeypatch.setattr("xiuhua.cases.procedure.history.is_lawful", lambda *_: True)
    monkeypatch.setattr("xiuhua.cases.procedure.history.table_on", lambda *_: SERVED)
    first = Step(
        "start_payment_period", day, {"payment": {"began_on": "2023-05-16"}}, "system", "", "payment:1"
    )
    again = Step(
        "start_payment_period", day, {"payment": {"began_on": "2023-05-16"}}, "system", "", "payment:2"
    )
    assert history(first, again) == [("begun_already", "罚款缴纳正在进行")]


class SERVED:
    """A road that begins where a payment may begin."""

    initial = "served"
    by_id: dict[str, Any] = {}
