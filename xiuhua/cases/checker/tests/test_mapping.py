"""A file of this bureau in the form of the check: what is said otherwise here, what its papers say by themselves."""

from __future__ import annotations

from typing import Any

import pytest

from xiuhua.cases.checker.mapping import exported
from xiuhua.cases.checker.snapshot import read

SEALED = frozenset({"penalty_decision"})


def out(**file: Any) -> dict[str, Any]:
    made = exported({"case": {"procedure": "ordinary", "authority_name": "示例局"}, **file}, "示例-1", SEALED)
    assert not read(made).faults
    assert not read(made).ignored
    return made


def test_the_number_goes_along_and_what_the_check_does_not_know_stays_here() -> None:
    made = out(
        violation={"facts": "示例", "place": "示例路", "place_code": "310115016"},
        step={"x": 1},
        closing={"y": 2},
    )
    assert made["case"]["case_no"] == "示例-1"
    assert made["violation"] == {"place_code": "310115016"}
    assert {"step", "closing"}.isdisjoint(made)


@pytest.mark.parametrize(
    ("unit", "units", "floor", "ceiling"),
    [
        ("yuan", None, 100.0, 500.0),
        (None, None, 100.0, 500.0),
        ("per_m2", 30, 3000.0, 15_000.0),
        ("percent_of_cost", 20_000, 20_000.0, 100_000.0),
        ("per_tonne", None, None, None),
    ],
)
def test_a_range_by_the_piece_becomes_one_in_yuan_or_none(
    unit: str | None, units: int | None, floor: float | None, ceiling: float | None
) -> None:
    cause = out(cause={"unit": unit, "floor": 100.0, "ceiling": 500.0}, decision={"units": units}).get(
        "cause", {}
    )
    assert (cause.get("floor"), cause.get("ceiling")) == (floor, ceiling)


def test_a_renewed_certificate_is_one_row_of_its_officer() -> None:
    old = {
        "id": "7",
        "certificate_no": "旧",
        "certificate_from": "2017-01-01",
        "certificate_to": "2018-06-30",
    }
    new = {
        "id": "7",
        "certificate_no": "新",
        "certificate_from": "2018-07-01",
        "certificate_to": "2023-06-30",
    }
    (row,) = out(officers=[old, new])["officers"]
    assert (row["certificate_from"], row["certificate_to"]) == ("2017-01-01", "2023-06-30")
    (row,) = out(officers=[{"id": "7", "certificate_no": None}, new])["officers"]
    assert row["certificate_no"] == "新"
    (row,) = out(officers=[old, {**new, "interest_declared": True}])["officers"]
    assert row["interest_declared"] is True


def test_codes_that_this_bureau_calls_otherwise_are_said_in_the_words_of_the_check() -> None:
    made = out(
        decision={"decided_on": "2023-05-18", "kinds": ["criticism", "fine"]},
        services=[
            {"receiver_relation": "adult_cohabitant"},
            {"receiver_relation": "self", "video_ref": "V3"},
        ],
    )
    assert made["decision"]["kinds"] == ["public_criticism", "fine"]
    assert made["services"] == [
        {"receiver_relation": "adult_cohabiting_family"},
        {"receiver_relation": "self", "video": "V3"},
    ]


def test_of_several_reviews_and_suits_the_latest_is_checked() -> None:
    first, second = {"copy_received_on": "2023-06-20", "state": "ended"}, {"copy_received_on": "2023-07-20"}
    made = out(reconsiderations=[first, second], litigations=[first], litigation=second)
    assert made["reconsideration"] == {"copy_received_on": "2023-07-20"}
    assert made["litigation"] == {"copy_received_on": "2023-06-20"}
    assert out(litigation=second)["litigation"] == second
    assert "reconsideration" not in out()


def test_what_papers_say_by_being_printed_from_the_file_is_put_down_only_where_a_history_is_silent() -> None:
    rows = [
        {"kind": "penalty_decision"},
        {"kind": "filing_form"},
        {"kind": "penalty_decision", "sealed": False},
    ]
    made = out(party={"name": "示例甲"}, decision={"decided_on": "2018-09-26"}, documents=rows)
    assert (made["decision"]["authority_name"], made["decision"]["party_name"]) == ("示例局", "示例甲")
    assert [row["sealed"] for row in made["documents"]] == [True, False, False]
    said = out(party={"name": "示例甲"}, decision={"decided_on": "2018-09-26", "party_name": "示例乙"})
    assert said["decision"]["party_name"] == "示例乙"
    assert "decision" not in out(party={"name": "示例甲"})
