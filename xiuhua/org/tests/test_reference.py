"""Loading reference files: idempotent, in one act for each file, and only by those who may."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.conf import settings

from xiuhua.kernel.authz import SYSTEM, Invalid, Refused
from xiuhua.kernel.models import Area, Day, RecordEntry
from xiuhua.org import queries
from xiuhua.org.actions import reference
from xiuhua.org.actions.reference import (
    ACTS,
    AUTHORITY,
    EXTRA_DAYS,
    HEADCOUNTS,
    HOLIDAYS,
    STREETS,
    UNITS,
    Sheet,
)
from xiuhua.org.models import ActOfLaw, AuthorityRow, Unit
from xiuhua.org.rules.tables import Shape, Table, read
from xiuhua.org.tests.conftest import AT, TODAY, actor

SHAPES: tuple[Shape, ...] = (STREETS, *(sheet.shape for sheet in reference.SHEETS))


@pytest.fixture(scope="module")
def tables() -> dict[str, Table]:
    folder = settings.REFERENCE_DIR
    return {s.file: read(s, (folder / s.file).read_text(encoding="utf-8")) for s in SHAPES}


@pytest.fixture
def places(db: None, tables: dict[str, Table]) -> None:
    Area.objects.bulk_create(
        Area(**{k: row[k] for k in ("code", "name", "kind", "lon", "lat", "area_km2", "source")}, geometry={})
        for row in tables["streets.csv"].rows
    )


def load(sheet: Sheet, tables: dict[str, Table]) -> tuple[int, int, int]:
    found = reference.load(sheet, tables[sheet.file], tables, by=SYSTEM, at=AT)
    return len(found.added), len(found.changed), len(found.gone)


def test_the_files_of_org_have_no_fault(tables: dict[str, Table]) -> None:
    assert [f for table in tables.values() for f in table.faults] == []
    assert [f for s in reference.SHEETS for f in reference.faults(s, tables[s.file], tables)] == []


@pytest.mark.usefixtures("places")
def test_a_second_load_changes_nothing_and_writes_no_entry(tables: dict[str, Table]) -> None:
    first = [load(sheet, tables) for sheet in reference.SHEETS]
    assert all(changed == gone == 0 for _, changed, gone in first)
    entries = RecordEntry.objects.filter(verb="reference.load").count()
    # extra_days.csv is empty: nothing was loaded from it, so nothing was said.
    assert entries == sum(bool(added) for added, _, _ in first) == len(reference.SHEETS) - 1
    assert [load(sheet, tables) for sheet in reference.SHEETS] == [(0, 0, 0)] * len(reference.SHEETS)
    assert RecordEntry.objects.filter(verb="reference.load").count() == entries


@pytest.mark.usefixtures("places")
def test_the_bureau_stands_as_the_files_say(tables: dict[str, Table]) -> None:
    for sheet in (UNITS, AUTHORITY, HEADCOUNTS):
        load(sheet, tables)
    squads = Unit.objects.filter(kind__endswith="_squad")
    assert squads.count() == 38
    for squad in squads.prefetch_related("areas"):
        (area,) = squad.areas.all()
        assert queries.handling_unit_at(area, "SR", TODAY) == squad
        row = queries.authority_for(squad, "SR", TODAY)
        assert row is not None
        assert row.authority == (squad.parent if squad.kind == Unit.Kind.TOWN_SQUAD else queries.bureau())
    whole = queries.headcount("case_bearing", TODAY)
    assert whole is not None
    parts = [queries.headcount("case_bearing", TODAY, u) for u in queries.handling_units()]
    assert sum(p.number for p in parts if p) == whole.number


@pytest.mark.usefixtures("places")
def test_a_changed_cell_is_a_change_and_is_told(tables: dict[str, Table]) -> None:
    load(UNITS, tables)
    before = tables["units.csv"]
    rows = [
        {**row, "short_name": "新简称", "parent": "CENTRE", "areas": ("*",)}
        if row["code"] == "OFF-DUTY"
        else row
        for row in before.rows
    ]
    changed = {**tables, "units.csv": replace(before, rows=rows)}
    assert load(UNITS, changed) == (0, 1, 0)
    unit = Unit.objects.get(code="OFF-DUTY")
    assert (unit.short_name, unit.parent and unit.parent.code, unit.areas.count()) == ("新简称", "CENTRE", 36)
    facts = json.loads(RecordEntry.objects.filter(subject="reference:units.csv").latest("pk").facts)
    assert facts["changed"]["OFF-DUTY"]["short_name"] == ["勤务监督处", "新简称"]


@pytest.mark.django_db
def test_days_follow_their_file_and_law_stays(tables: dict[str, Table]) -> None:
    load(HOLIDAYS, tables)
    load(ACTS, tables)
    shorter = {
        name: replace(tables[name], rows=tables[name].rows[:-1], lines=tables[name].lines[:-1])
        for name in ("holidays.csv", "acts.csv")
    }
    assert load(HOLIDAYS, {**tables, **shorter}) == (0, 0, 1)
    assert load(ACTS, {**tables, **shorter}) == (0, 0, 1)
    assert Day.objects.count() == len(tables["holidays.csv"].rows) - 1
    assert ActOfLaw.objects.count() == len(tables["acts.csv"].rows)


@pytest.mark.django_db
def test_units_wait_for_their_areas(tables: dict[str, Table]) -> None:
    with pytest.raises(Invalid) as refused:
        load(UNITS, tables)
    assert "尚未载入" in str(refused.value)
    assert not Unit.objects.exists()
    with pytest.raises(Invalid):
        load(AUTHORITY, tables)
    assert not AuthorityRow.objects.exists()


@pytest.mark.django_db
def test_only_the_administrator_loads(tables: dict[str, Table]) -> None:
    with pytest.raises(Refused):
        reference.load(ACTS, tables["acts.csv"], tables, by=actor("auditor"), at=AT)


def faults_of(sheet: Sheet, tables: dict[str, Table], *lines: str) -> list[tuple[str, str]]:
    """Faults of a file with the real header and `lines` under it."""
    header = (settings.REFERENCE_DIR / sheet.file).read_text(encoding="utf-8").partition("\n")[0]
    table = read(sheet.shape, "\n".join((header, *lines)) + "\n")
    assert not table.faults
    return [(f.column, f.reason) for f in reference.faults(sheet, table, {**tables, sheet.file: table})]


@pytest.mark.parametrize(
    ("sheet", "line", "column", "reason"),
    [
        (HOLIDAYS, "2018-05-16,yes,x,no,s,read", "working", "2018-05-16 is like any Wednesday"),
        (
            HOLIDAYS,
            "2018-05-19,yes,x,yes,s,read",
            "named_holiday",
            "2018-05-19 is worked and a holiday at once",
        ),
        (
            EXTRA_DAYS,
            "2018-01-01,no,x,no,s,read",
            "day",
            "2018-01-01 stands in holidays.csv already",
        ),
        (UNITS, "X,office,a,b,c,NONE,,,s,read,", "parent", "“NONE” does not stand above"),
        (UNITS, "X,town_squad,a,b,c,,,,s,read,", "parent", "a town squad belongs to its town government"),
        (UNITS, "X,office,a,b,c,,999,,s,read,", "areas", "“999” is not in streets.csv"),
        (UNITS, f"X,office,{'a' * 61},b,c,,,,s,read,", "name", "61 characters, 60 fit"),
        (
            AUTHORITY,
            "brigade,BUREAU,bureau,*,2012-01-01,,SHUM §4,s,read,yes,",
            "unit",
            "“BUREAU” is no unit of that kind in units.csv",
        ),
        (
            AUTHORITY,
            "street_squad,,subdistrict_office,*,2022-01-01,,SHUM §4,s,read,yes,",
            "applies",
            "subdistrict offices are not among the units yet",
        ),
        (
            AUTHORITY,
            "brigade,,bureau,*,2012-01-01,,SHUM §4,s,unverified,yes,",
            "applies",
            "a row that is not verified does not apply",
        ),
        (
            AUTHORITY,
            "brigade,,bureau,*,2012-01-01,,NOLAW §4,s,read,yes,",
            "basis",
            "“NOLAW” is not in acts.csv",
        ),
        (HEADCOUNTS, "located,NONE,2018-12-31,5,s,read,", "unit", "“NONE” is not in units.csv"),
    ],
)
def test_what_a_file_says_wrongly_of_the_world_is_found(
    tables: dict[str, Table], sheet: Sheet, line: str, column: str, reason: str
) -> None:
    assert (column, reason) in faults_of(sheet, tables, line)


def test_a_form_prefix_is_allotted_once(tables: dict[str, Table]) -> None:
    lines = ("X,brigade,a,b,c,,,07,s,read,", "Y,brigade,a,b,c,,,07,s,read,")
    assert faults_of(UNITS, tables, *lines) == [("form_prefix", "07 is allotted already")]


def test_a_row_for_one_unit_speaks_of_that_unit_only(tables: dict[str, Table]) -> None:
    line = "brigade,BRIG-2,bureau,HB,2012-01-01,,SHUM §4,s,read,yes,"
    header = (settings.REFERENCE_DIR / "authority.csv").read_text(encoding="utf-8").partition("\n")[0]
    table = read(AUTHORITY.shape, f"{header}\n{line}\n")
    assert [row["unit"] for _, row in AUTHORITY.wanted(table, tables)] == ["BRIG-2"]


def test_a_file_with_faults_of_form_is_not_looked_into(tables: dict[str, Table]) -> None:
    broken = read(UNITS.shape, "code\nX\n")
    assert broken.faults
    assert list(reference.faults(UNITS, broken, tables)) == []


@pytest.mark.django_db
def test_citations_follow_a_reload(tables: dict[str, Table]) -> None:
    assert queries.citation("SHUM §16") == "SHUM §16"
    load(ACTS, tables)
    assert queries.citation("SHUM §16") == "《上海市城市管理行政执法条例》第十六条"
    rows = [{**r, "title_zh": "新条例"} if r["short"] == "SHUM" else r for r in tables["acts.csv"].rows]
    load(ACTS, {**tables, "acts.csv": replace(tables["acts.csv"], rows=rows)})
    assert queries.citation("SHUM §16") == "《新条例》第十六条"
    assert queries.citation("PPL21 §62", "en").endswith(", art. 62")
    assert queries.acts_of_law().count() == len(rows)
