"""Who handles where, in whose name, from when to when; head-counts of their own kind."""

from __future__ import annotations

from datetime import date

import pytest

from xiuhua.kernel.authz import SYSTEM, Invalid, Refused
from xiuhua.org import actions, queries
from xiuhua.org.rules import HeadcountKind, UnitKind, acts_in_name
from xiuhua.org.tests.conftest import AT, LONG_AGO, TODAY, Bureau, actor, allow, unit


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (UnitKind.TOWN_SQUAD, UnitKind.TOWN_GOVERNMENT),
        (UnitKind.STREET_SQUAD, UnitKind.BUREAU),
        (UnitKind.SPECIAL_AREA_SQUAD, UnitKind.BUREAU),
        (UnitKind.BRIGADE, UnitKind.BUREAU),
        (UnitKind.OFFICE, None),
        (UnitKind.TOWN_GOVERNMENT, None),
    ],
)
def test_the_name_in_which_a_kind_of_unit_acts(kind: UnitKind, name: UnitKind | None) -> None:
    assert acts_in_name(kind) is name


def test_the_squad_of_the_place_handles_in_its_own_name_of_the_day(bureau: Bureau) -> None:
    assert queries.handling_unit_at(bureau.street_area, "SR", TODAY) == bureau.street
    assert queries.handling_unit_at(bureau.town_area, "SR", TODAY) == bureau.town
    row = queries.authority_for(bureau.town, "SR", TODAY)
    assert row is not None
    assert row.authority == bureau.government


def test_nobody_handles_where_no_row_holds(bureau: Bureau) -> None:
    assert queries.handling_unit_at(None, "SR", TODAY) is None
    assert queries.handling_unit_at(bureau.street_area, "SR", date(2011, 1, 1)) is None
    assert queries.authority_for(bureau.centre, "SR", TODAY) is None


def test_a_unit_named_for_a_group_goes_before_the_squad_of_the_place(bureau: Bureau) -> None:
    allow(bureau.brigade, bureau.bureau, group="HB")
    assert queries.handling_unit_at(bureau.street_area, "HB", TODAY) == bureau.brigade
    assert queries.handling_unit_at(bureau.street_area, "SR", TODAY) == bureau.street


def test_a_new_row_ends_the_one_before(bureau: Bureau) -> None:
    allow(bureau.street, bureau.government, start=date(2022, 1, 1))
    before = queries.authority_for(bureau.street, "SR", date(2021, 12, 31))
    after = queries.authority_for(bureau.street, "SR", date(2022, 1, 1))
    assert before is not None
    assert after is not None
    assert (before.authority, before.valid_to) == (bureau.bureau, date(2021, 12, 31))
    assert after.authority == bureau.government


@pytest.mark.parametrize(
    ("start", "end", "group", "field"),
    [
        (LONG_AGO, None, "*", "valid_from"),
        (date(2010, 1, 1), None, "*", "valid_from"),
        (date(2010, 1, 1), date(2009, 1, 1), "*", "valid_to"),
        (date(2010, 1, 1), None, "XX", "cause_group"),
    ],
)
def test_rows_that_would_overlap_or_mean_nothing_are_refused(
    bureau: Bureau, start: date, end: date | None, group: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        allow(bureau.street, bureau.bureau, group=group, start=start, end=end)
    assert set(refused.value.errors) == {field}


def test_a_row_may_come_before_the_others(bureau: Bureau) -> None:
    allow(bureau.street, bureau.government, start=date(2010, 1, 1), end=date(2012, 7, 14))
    row = queries.authority_for(bureau.street, "SR", date(2011, 1, 1))
    assert row is not None
    assert row.authority == bureau.government


def test_only_the_system_administrator_changes_units_and_rows(bureau: Bureau) -> None:
    for role in ("officer", "bureau_head", "auditor", "security_administrator"):
        with pytest.raises(Refused):
            actions.add_unit(
                code="N", name="示例", short_name="例", kind=UnitKind.OFFICE, by=actor(role), at=AT
            )


@pytest.mark.parametrize(
    ("code", "kind", "prefix", "field"),
    [
        ("S", UnitKind.OFFICE, "", "code"),
        ("N", UnitKind.TOWN_SQUAD, "", "parent"),
        ("N", UnitKind.OFFICE, "07", "form_prefix"),
        ("N", UnitKind.OFFICE, "示例前缀" * 3, "form_prefix"),
    ],
)
def test_a_unit_needs_its_own_code_and_prefix_and_a_town_squad_its_government(
    bureau: Bureau, code: str, kind: UnitKind, prefix: str, field: str
) -> None:
    actions.add_unit(
        code="P", name="示例", short_name="例", kind=UnitKind.BRIGADE, form_prefix="07", by=SYSTEM, at=AT
    )
    with pytest.raises(Invalid) as refused:
        actions.add_unit(
            code=code,
            name="示例",
            short_name="例",
            kind=kind,
            form_prefix=prefix,
            parent=bureau.bureau,
            by=SYSTEM,
            at=AT,
        )
    assert set(refused.value.errors) == {field}


def test_units_are_found_by_code_and_listed_for_people_of_the_bureau_only(bureau: Bureau) -> None:
    assert queries.unit_by_code("T") == bureau.town
    assert queries.unit_by_code("?") is None
    assert queries.bureau() == bureau.bureau
    assert [u.code for u in queries.handling_units()] == ["R", "S", "T"]
    assert queries.units(actor("officer")).count() == 6
    assert unit("Z", UnitKind.OFFICE, bureau.bureau) in queries.units(SYSTEM)


def count(kind: HeadcountKind, on: date, number: int) -> None:
    actions.set_headcount(kind=kind, on=on, number=number, source="示例", certainty="read", by=SYSTEM, at=AT)


def test_a_headcount_is_of_its_own_kind_and_its_own_year(bureau: Bureau) -> None:
    count(HeadcountKind.CASE_BEARING, date(2018, 12, 31), 1035)
    count(HeadcountKind.LOCATED, date(2018, 12, 31), 1455)
    found = queries.headcount(HeadcountKind.CASE_BEARING, date(2018, 6, 30))
    assert found is not None
    assert found.number == 1035
    assert queries.headcount(HeadcountKind.TRAINED, date(2018, 12, 31)) is None
    assert queries.headcount(HeadcountKind.CASE_BEARING, date(2019, 1, 1)) is None
    assert queries.headcount(HeadcountKind.CASE_BEARING, date(2018, 12, 31), bureau.town) is None


def test_the_last_count_up_to_the_day_counts_and_a_second_word_corrects_it(bureau: Bureau) -> None:
    count(HeadcountKind.LOCATED, date(2018, 3, 31), 10)
    count(HeadcountKind.LOCATED, date(2018, 9, 30), 20)
    count(HeadcountKind.LOCATED, date(2018, 9, 30), 21)
    found = [queries.headcount(HeadcountKind.LOCATED, date(2018, m, 28)) for m in (2, 5, 12)]
    assert [f.number for f in found if f] == [10, 10, 21]
    with pytest.raises(Invalid):
        count(HeadcountKind.LOCATED, date(2018, 9, 30), -1)
