"""What the people of the demo type: fields of the forms, values that the forms take, on the day and by the file."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from xiuhua.cases.procedure.facts.checking import faults_of
from xiuhua.cases.procedure.facts.forms import FORMS
from xiuhua.registers.tests.bureau import AT
from xiuhua.simulation import answers
from xiuhua.simulation.casework import HEAPS

FILE = {
    "case": {"handling_unit": "示例中队"},
    "party": {"kind": "organisation", "name": "示例餐饮有限公司"},
    "cause": {"floor": 1000, "ceiling": 10000},
    "documents": [{}, {}],
}


def typed(move: str, at: datetime = AT, seed: int = 1, **file: Any) -> dict[str, Any]:
    return answers.typed(move, {**FILE, **file}, at, Random(seed))


@pytest.mark.parametrize("move", sorted(answers.SAYS))
def test_what_is_typed_stands_in_the_form_of_the_move_and_the_form_takes_it(move: str) -> None:
    said = typed(move)
    shown = {field.path for field in FORMS[move] if field.shown}
    assert said
    assert said.keys() <= shown
    wrong = faults_of(FORMS[move], said, FILE, AT.date())
    assert not wrong.keys() & said.keys(), wrong


def test_moves_that_know_everything_themselves_are_told_nothing() -> None:
    silent = {m for heap in HEAPS for m in heap.moves} - answers.SAYS.keys()
    assert silent
    assert all(typed(move) == {} for move in silent)


@pytest.mark.parametrize(
    ("floor", "ceiling"), [(50, 500), (1000, 10000), (500, 5000), (300, 300), (0, 200), (0, 50000)]
)
def test_a_fine_is_of_the_lighter_part_of_the_range(floor: int, ceiling: int) -> None:
    for seed in range(40):
        cause = {"floor": floor, "ceiling": ceiling}
        fine = typed("close_investigation", seed=seed, cause=cause)["investigation_report.proposed_fine"]
        assert floor <= fine <= max(ceiling, 10)
        assert fine > 0
        assert fine <= floor + 0.25 * (ceiling - floor) + 100


@pytest.mark.parametrize(
    ("due", "needs_refusal", "result"),
    [
        (+2, True, "corrected"),
        (0, True, "corrected"),
        (-1, True, "not_corrected"),
        (-1, False, "corrected"),
        (None, True, "corrected"),
    ],
)
def test_a_recheck_finds_a_refusal_only_after_the_day_of_the_order_and_where_the_cause_asks_it(
    due: int | None, needs_refusal: bool, result: str
) -> None:
    correction = {} if due is None else {"due_on": (AT.date() + timedelta(days=due)).isoformat()}
    said = typed("recheck_correction", correction=correction, cause={"needs_refusal": needs_refusal})
    assert said["correction.recheck_result"] == result


@pytest.mark.parametrize(
    ("ends", "begins"), [("15:00", "14:20"), ("00:40", "00:00"), ("00:05", "00:00"), ("00:41", "00:01")]
)
def test_an_interview_begins_on_the_day_on_which_it_ends(ends: str, begins: str) -> None:
    said = typed("interview", at=datetime.fromisoformat(f"2026-05-13T{ends}+08:00"))
    assert said["interview.to_at"] == f"2026-05-13T{ends}"
    assert said["interview.from_at"] == f"2026-05-13T{begins}"


@pytest.mark.parametrize(("kind", "who"), [("organisation", "legal_representative"), ("citizen", "self")])
def test_papers_are_handed_to_whoever_may_take_them(kind: str, who: str) -> None:
    said = typed("serve_decision", party={"kind": kind, "name": "示例"})
    assert said["service.receiver_relation"] == who


def test_the_same_dice_type_the_same() -> None:
    for move in answers.SAYS:
        assert typed(move, seed=5) == typed(move, seed=5)
    assert {typed("perform", seed=n)["item.receipt_no"] for n in range(5)} != {
        typed("perform")["item.receipt_no"]
    }
