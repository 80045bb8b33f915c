"""The file: how facts come over it, what is shared, what does not fit."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiuhua.cases.procedure.file import (
    STEP,
    Malformed,
    at,
    fold,
    fold_all,
    is_dated,
    merge,
    misdated,
    without_step,
)


def test_blocks_merge_deeply_lists_append_and_the_rest_replaces() -> None:
    file = {
        "notice": {"facts": True, "terms": {"days": 3}},
        "services": [{"on": "2023-05-08"}],
        "reason": "甲",
    }
    fold(file, {"notice": {"terms": {"unit": "day"}, "facts": False}, "services": [{"on": "2023-05-22"}]})
    fold(file, {"reason": "乙", "payment": {"items": [1]}})
    fold(file, {"payment": {"items": [2], "method": "bank"}})
    assert file.pop(STEP) == {"payment": {"items": [2], "method": "bank"}}
    assert file == {
        "notice": {"facts": False, "terms": {"days": 3, "unit": "day"}},
        "services": [{"on": "2023-05-08"}, {"on": "2023-05-22"}],
        "reason": "乙",
        "payment": {"items": [1, 2], "method": "bank"},
    }


def test_none_takes_a_block_back_and_a_new_one_may_follow() -> None:
    file = fold_all({"notice": {"served_on": "2023-05-08"}}, [{"notice": None}])
    assert file["notice"] is None
    assert fold(file, {"notice": {"served_on": "2023-05-22"}})["notice"] == {"served_on": "2023-05-22"}


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        ({"notice": []}, "notice"),
        ({"notice": "送达"}, "notice"),
        ({"services": {}}, "services"),
        ({"notice": {"terms": [1]}}, "notice.terms"),
        ({"notice": {"days": {"n": 3}}}, "notice.days"),
    ],
)
def test_facts_of_another_shape_do_not_fit(facts: dict[str, object], path: str) -> None:
    file = {"notice": {"terms": {"days": 3}, "days": 3}, "services": []}
    with pytest.raises(Malformed) as caught:
        merge(file, facts)
    assert caught.value.path == path


SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=3)
VALUES = st.recursive(
    SCALARS,
    lambda v: st.lists(v, max_size=3) | st.dictionaries(st.sampled_from("abc"), v, max_size=3),
    max_leaves=8,
)
FILES = st.dictionaries(st.sampled_from("abcd"), VALUES, max_size=4)


@given(FILES, FILES)
@settings(max_examples=25)
def test_neither_file_nor_facts_are_changed_by_a_merge(
    file: dict[str, object], facts: dict[str, object]
) -> None:
    before = copy.deepcopy((file, facts))
    try:
        merged = merge(file, facts)
    except Malformed:
        merged = {}
    assert (file, facts) == before
    assert merged.get(STEP, facts) == facts


@given(
    st.lists(
        st.dictionaries(st.sampled_from("ab"), st.dictionaries(st.sampled_from("xy"), SCALARS)), max_size=4
    )
)
@settings(max_examples=25)
def test_folding_step_by_step_is_folding_at_once(steps: list[dict[str, object]]) -> None:
    file: dict[str, object] = {}
    for facts in steps:
        file = merge(file, facts)
    assert file == fold_all({}, steps)


def test_the_file_on_the_table_has_no_step_under_judgement() -> None:
    assert without_step({"a": 1, STEP: {"b": 2}}) == {"a": 1, STEP: {}}


def test_a_value_is_found_by_its_path_or_not_at_all() -> None:
    file = {"notice": {"served_on": "2023-05-08"}, "services": [{"on": "1"}, {"on": "2"}]}
    assert at(file, "notice.served_on") == "2023-05-08"
    assert at(file, "services.-1.on") == "2"
    assert at(file, "services.0.on") == "1"
    for nowhere in (
        "notice.number",
        "hearing.told_on",
        "services.2.on",
        "services.last.on",
        "notice.served_on.day",
    ):
        assert at(file, nowhere) is None


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        ({"notice": {"served_on": "2023-05-08"}}, ""),
        ({"notice": {"served_on": None}}, ""),
        ({"notice": {"served_on": "2023-5-8"}}, "notice.served_on"),
        ({"notice": {"served_on": "20230508"}}, "notice.served_on"),
        ({"notice": {"served_on": "2023-W19-1"}}, "notice.served_on"),
        ({"notice": {"served_on": "2023-02-30"}}, "notice.served_on"),
        ({"notice": {"served_on": 20230508}}, "notice.served_on"),
        ({"notice": {"served_on": ["2023-05-08"]}}, "notice.served_on"),
        ({"services": [{"on": "2023-05-08"}, {"on": "昨天"}]}, "services.on"),
        ({"services": ["2023-05-08"]}, ""),
        ({"payment": {"items": [{"on": "2023-05-08"}]}}, ""),
        ({"payment": {"items": [{"on": "08.05.2023"}]}}, "payment.items.on"),
        ({"payment": {"items": "keine"}}, ""),
        ({"payment": {"items": ["x"]}}, ""),
        ({"deferral": {"plan": [{"due": "bald"}]}}, "deferral.plan.due"),
        ({"scene": {"arrived_at": "2018-05-16T09:10"}}, ""),
        ({"reason": "2023-5-8"}, ""),
        ({"evidence": [{"relied_on": True}]}, ""),
    ],
)
def test_a_date_that_is_not_iso_text_is_named(facts: dict[str, object], path: str) -> None:
    assert misdated(facts) == path


def test_a_day_must_exist() -> None:
    assert is_dated("2024-02-29")
    assert not is_dated("2023-02-29")
