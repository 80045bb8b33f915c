"""A file that comes in: what is in form is taken, what is not is named with its ground, nothing makes it fall over."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiuhua.cases.checker.fields import FIELDS
from xiuhua.cases.checker.schema import schema
from xiuhua.cases.checker.seeded.samples import lawful
from xiuhua.cases.checker.snapshot import MOST_ROWS, read
from xiuhua.cases.checker.tests.world import checker
from xiuhua.cases.checker.tidying import tidied

CASE = {"procedure": "summary"}
json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=10,
)
names = st.sampled_from(sorted({name.removesuffix("[]") for name in FIELDS if "." not in name}))
known = st.dictionaries(
    st.sampled_from(sorted({f for block in FIELDS.values() for f in block})), json, max_size=6
)


@settings(max_examples=40, deadline=None)
@given(json | st.dictionaries(names, json | known | st.lists(known, max_size=2), max_size=6))
def test_whatever_comes_is_read_or_refused_and_what_is_read_can_be_judged(data: Any) -> None:
    found = read(data)
    if not found.faults:
        assert checker().check(found.file).unread == ()


def test_a_moment_that_stands_for_a_day_counts_as_its_day() -> None:
    found = read({"case": CASE, "violation": {"discovered_on": "2018-09-04T22:40"}})
    assert found.file["violation"] == {"discovered_on": "2018-09-04"}


@pytest.mark.parametrize("empty", [None, ""])
def test_an_empty_value_of_any_kind_is_a_missing_one(empty: str | None) -> None:
    for where, fields in FIELDS.items():
        block, _, rest = where.removesuffix("[]").partition(".")
        if rest or block == "case":
            continue
        row = dict.fromkeys((name for name, kind in fields.items() if kind != "rows"), empty)
        found = read({"case": CASE, block: [row] if where.endswith("[]") else row})
        assert not found.faults, where
        assert not tidied(found.file).get(block)


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ({"case": CASE, "evidence": [{}] * (MOST_ROWS + 1)}, "evidence"),
        ({"case": CASE, "evidence": [{"note": "x" * 20_001}]}, "evidence[0].note"),
        ({"case": CASE, "evidence": [{"collected_by": ["A", 3.5]}]}, "evidence[0].collected_by"),
        ({"case": CASE, "decision": {"decided_on": "0018-09-26"}}, "decision.decided_on"),
        ({"case": CASE, "decision": {"decided_on": "9999-12-31"}}, "decision.decided_on"),
        ({"case": CASE, "demolition": {"reported_at": "9999-12-31T10:00"}}, "demolition.reported_at"),
        ({"case": CASE, "archive": {"cover": "yes"}}, "archive.cover"),
        ({"case": CASE, "services": [{"video": 3}]}, "services[0].video"),
        ({"case": CASE, "interviews": [{"from_at": "2018-09-04"}]}, "interviews[0].from_at"),
        ({"case": CASE, "interviews": [{"from_at": "2018-09-04T25:00"}]}, "interviews[0].from_at"),
        ({"case": CASE, "interviews": [{"page_count": 1.5}]}, "interviews[0].page_count"),
        ({"case": CASE, "interviews": [{"page_count": True}]}, "interviews[0].page_count"),
        ({"case": CASE, "notice": {"defence_days": 1_000_000}}, "notice.defence_days"),
        ({"case": CASE, "decision": {"fine": True}}, "decision.fine"),
        ({"case": CASE, "decision": {"fine": 1e300}}, "decision.fine"),
        ({"case": CASE, "decision": {"kinds": "fine"}}, "decision.kinds"),
        ({"case": CASE, "decision": []}, "decision"),
        ({"case": CASE, "deferral": {"plan": {"due": "2018-09-04"}}}, "deferral.plan"),
        ({"case": CASE, "documents": [None]}, "documents[0]"),
        ({"case": []}, "case"),
        ({"case": None}, "case.procedure"),
        ([], ""),
    ],
)
def test_what_is_not_in_form_is_named_by_its_path(data: Any, path: str) -> None:
    assert path in read(data).faults


def test_a_mark_is_a_flag_or_words() -> None:
    rows = [{"video": True}, {"video": "V3"}]
    assert read({"case": CASE, "services": rows}).file["services"] == rows


def test_ids_may_be_whole_numbers_and_count_as_their_digits() -> None:
    assert read({"case": CASE, "officers": [{"id": 7}]}).file["officers"] == [{"id": "7"}]


def test_what_is_empty_is_left_out_but_no_and_nought_stay() -> None:
    block = {"a": " ", "b": [], "c": {}, "d": False, "e": 0, "f": [None, "", "x", []]}
    assert tidied({"case": block, "list": [{}], "none": None}) == {"case": {"d": False, "e": 0, "f": ["x"]}}


def test_the_schema_knows_every_field_and_what_is_needed() -> None:
    made = schema()
    assert set(made["properties"]) == {name.removesuffix("[]") for name in FIELDS if "." not in name}
    assert made["required"] == ["case"]
    assert made["properties"]["case"]["required"] == ["procedure"]
    items = made["properties"]["payment"]["properties"]["items"]["items"]["properties"]
    assert set(items) == set(FIELDS["payment.items[]"])


def test_every_field_of_the_lawful_files_is_in_the_schema() -> None:
    made = schema()["properties"]
    for file in lawful().values():
        for name, part in file.items():
            shape = made[name].get("items", made[name])
            for row in part if isinstance(part, list) else [part]:
                assert set(row) <= set(shape["properties"]), name
