"""A change of the law and the open cases: the lighter text, the day of the act, the day of the step."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.cases.discretion.comparing import Text, Verdict, compare
from xiuhua.cases.discretion.stages import NOT_OF_CASES, STAGES
from xiuhua.cases.discretion.touching import (
    NewGuidance,
    NewText,
    NewValue,
    OpenCase,
    Way,
    by_guidance,
    by_text,
    by_value,
)

TODAY = date(2026, 5, 13)
OLD = Text(Decimal(30000), Decimal(100000), "yuan", frozenset({"fine"}))
LIGHTER = replace(OLD, floor=Decimal(10000))
HEAVIER = replace(OLD, ceiling=Decimal(200000))
MIXED = replace(OLD, floor=Decimal(10000), ceiling=Decimal(200000))
BEGINS = date(2026, 3, 1)
TEXTS = st.builds(
    Text,
    floor=st.none() | st.integers(0, 9).map(Decimal),
    ceiling=st.none() | st.integers(10, 20).map(Decimal),
    unit=st.sampled_from(["yuan", "per_tonne"]),
    kinds=st.frozensets(st.sampled_from(["fine", "warning", "suspend_business"]), min_size=1),
    needs_refusal=st.booleans(),
    may=st.booleans(),
)


@pytest.mark.parametrize(
    ("new", "verdict"),
    [
        (OLD, Verdict.SAME),
        (LIGHTER, Verdict.LIGHTER),
        (HEAVIER, Verdict.HEAVIER),
        (MIXED, Verdict.UNCLEAR),
        (replace(OLD, ceiling=Decimal(90000)), Verdict.LIGHTER),
        (replace(OLD, needs_refusal=True), Verdict.LIGHTER),
        (replace(OLD, may=True), Verdict.LIGHTER),
        (replace(OLD, kinds=frozenset({"fine", "suspend_business"})), Verdict.HEAVIER),
        (replace(OLD, kinds=frozenset({"warning"})), Verdict.UNCLEAR),
        (replace(OLD, unit="per_tonne"), Verdict.UNCLEAR),
        (replace(OLD, ceiling=None), Verdict.UNCLEAR),
        (replace(OLD, floor=None), Verdict.LIGHTER),
    ],
)
def test_the_lighter_text_is_told_from_the_heavier(new: Text, verdict: Verdict) -> None:
    assert compare(OLD, new) is verdict


def test_texts_that_give_no_fine_are_compared_by_their_kinds() -> None:
    warning = Text(None, None, "none", frozenset({"warning"}))
    assert compare(warning, replace(warning, unit="yuan")) is Verdict.SAME
    assert compare(warning, replace(warning, kinds=frozenset())) is Verdict.LIGHTER


@given(TEXTS, TEXTS)
def test_turned_round_the_verdict_turns_round(one: Text, other: Text) -> None:
    turned = {Verdict.LIGHTER: Verdict.HEAVIER, Verdict.HEAVIER: Verdict.LIGHTER}
    verdict = compare(one, other)
    assert compare(other, one) is turned.get(verdict, verdict)


def case(acted: date = date(2026, 2, 1), **columns: Any) -> OpenCase:
    said = {"text": OLD, "filed_on": date(2026, 2, 2), **columns}
    return OpenCase(1, "ordinary", "JT01", acted, date(2026, 2, 2), **said)


def change(after: Text = LIGHTER, day: date | None = BEGINS, until: date | None = None) -> NewText:
    before: Callable[[OpenCase], Text] = lambda _case: OLD  # noqa: E731 - the text before the change
    return NewText("JT01", day, until, before, lambda _case: after)


@pytest.mark.parametrize(
    ("new", "found", "way"),
    [
        # Not decided, the act older than the text: only what is lighter or unclear touches it (PPL21 §37).
        (change(), case(), Way.LIGHTER),
        (change(MIXED), case(), Way.UNCLEAR),
        (change(HEAVIER), case(), None),
        (change(OLD), case(), None),
        # The act lies in the time of the new text: it is the text of the act; what the file took may be wrong.
        (change(HEAVIER), case(BEGINS), Way.CORRECTED),
        (change(OLD), case(BEGINS), None),
        (change(HEAVIER), case(BEGINS, text=None), None),
        (change(HEAVIER), case(BEGINS, decided_on=date(2026, 4, 1)), Way.REVIEW),
        # Decided before the text began: it is over. Decided since: was the lighter text applied?
        (change(), case(decided_on=date(2026, 2, 28)), None),
        (change(), case(decided_on=BEGINS), Way.REVIEW),
        (change(HEAVIER), case(decided_on=BEGINS), None),
        # A text that ended before today is not the one at the decision; one to come may be.
        (change(until=date(2026, 5, 12)), case(), None),
        (change(until=date(2026, 5, 13)), case(), Way.LIGHTER),
        (change(until=date(2026, 3, 31)), case(decided_on=date(2026, 4, 1)), None),
        (change(day=date(2026, 9, 1)), case(), Way.LIGHTER),
        # A correction of the text of the act's own day.
        (change(HEAVIER, None, date(2026, 2, 28)), case(), Way.CORRECTED),
        (change(OLD, None, date(2026, 2, 28)), case(), None),
        # No day and no text of the file: compared with the version before, and by somebody where there is none.
        (change(), case(text=None), Way.LIGHTER),
        (replace(change(), before=lambda _case: None), case(text=None), Way.UNCLEAR),
        (replace(change(), code="JT02"), case(), None),
    ],
)
def test_a_new_text_touches_what_the_law_says(new: NewText, found: OpenCase, way: Way | None) -> None:
    assert by_text(new, found, TODAY) is way


@pytest.mark.parametrize(
    ("name", "columns", "way"),
    [
        ("decision_days", {}, Way.STEPS),
        ("decision_days", {"decided_on": date(2026, 2, 20)}, None),
        ("decision_days", {"decided_on": date(2026, 3, 1)}, Way.REVIEW),
        ("filing_days", {}, None),
        ("filing_days", {"filed_on": None}, Way.STEPS),
        ("service_days", {"decided_on": date(2026, 2, 20)}, Way.STEPS),
        ("service_days", {"decided_on": date(2026, 2, 20), "served_on": date(2026, 2, 25)}, None),
        ("pay_days", {"decided_on": date(2026, 2, 20), "served_on": date(2026, 2, 25)}, Way.STEPS),
        ("summary_fine_citizen", {}, None),
        ("limitation_months", {}, Way.LIMITATION),
        ("limitation_months", {"decided_on": date(2026, 4, 1)}, None),
        ("reporter_answer_days", {}, None),
        ("no_such_parameter", {}, None),
    ],
)
def test_a_new_value_touches_cases_that_have_its_step_before_them(
    name: str, columns: dict[str, Any], way: Way | None
) -> None:
    assert by_value(NewValue(name, BEGINS), case(**columns)) is way


def test_a_case_opened_under_the_new_value_is_not_touched_by_it_but_by_its_correction() -> None:
    late = replace(case(), opened_on=date(2026, 4, 1))
    assert by_value(NewValue("decision_days", BEGINS), late) is None
    assert by_value(NewValue("decision_days", BEGINS, corrected=True), late) is Way.STEPS
    decided = replace(late, decided_on=date(2026, 4, 20))
    assert by_value(NewValue("decision_days", None, corrected=True), decided) is Way.REVIEW


def test_an_on_the_spot_case_waits_for_the_rules_of_its_own_procedure() -> None:
    spot = replace(case(), procedure="summary")
    assert by_value(NewValue("summary_fine_citizen", BEGINS), spot) is Way.STEPS
    assert by_value(NewValue("hearing_request_days", BEGINS), spot) is None


@given(st.dates(date(2025, 1, 1), date(2026, 12, 31)), st.sampled_from([LIGHTER, HEAVIER, MIXED, OLD]))
def test_no_case_is_ever_touched_by_a_heavier_later_text(acted: date, new: Text) -> None:
    way = by_text(change(new), case(acted), TODAY)
    if new is HEAVIER and acted < BEGINS:
        assert way is None
    if way is Way.LIGHTER:
        assert new is LIGHTER
        assert acted < BEGINS


def test_every_parameter_says_for_which_stage_it_matters() -> None:
    with (settings.REFERENCE_DIR / "parameters.csv").open(encoding="utf-8") as file:
        names = {row["name"] for row in csv.DictReader(file)}
    assert names == STAGES.keys() | NOT_OF_CASES
    assert STAGES.keys().isdisjoint(NOT_OF_CASES)


@pytest.mark.parametrize(
    ("change_", "columns", "way"),
    [
        (NewGuidance("JT01", BEGINS), {}, Way.DISCRETION),
        (NewGuidance("*", BEGINS), {}, Way.DISCRETION),
        (NewGuidance("SR11", BEGINS), {}, None),
        (NewGuidance("JT01", None), {}, Way.DISCRETION),
        (NewGuidance("JT01", date(2026, 2, 2)), {}, None),
        (NewGuidance("JT01", date(2026, 2, 2), corrected=True), {}, Way.DISCRETION),
        (NewGuidance("JT01", BEGINS), {"decided_on": date(2026, 2, 20)}, None),
        (NewGuidance("JT01", BEGINS), {"decided_on": BEGINS}, Way.REVIEW),
        (NewGuidance("JT01", BEGINS, corrected=True), {"decided_on": date(2026, 2, 20)}, Way.REVIEW),
    ],
)
def test_other_tiers_are_weighed_anew_before_the_decision(
    change_: NewGuidance, columns: dict[str, Any], way: Way | None
) -> None:
    assert by_guidance(change_, case(**columns)) is way
