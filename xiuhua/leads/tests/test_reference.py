"""Kinds of leads, their clocks and questions as files."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.conf import settings

from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.leads import queries
from xiuhua.leads.actions.reference import ATTRIBUTES, CLOCKS, KINDS, SHEETS
from xiuhua.org.actions import reference
from xiuhua.org.actions.reference import ACTS, Sheet
from xiuhua.org.rules.tables import Column, Shape, Table, read


@pytest.fixture(scope="module")
def tables() -> dict[str, Table]:
    folder = settings.REFERENCE_DIR
    found = {
        s.file: read(s, (folder / s.file).read_text(encoding="utf-8"))
        for s in (ACTS.shape, *(sheet.shape for sheet in SHEETS))
    }
    lines = (folder / "causes.csv").read_text(encoding="utf-8").splitlines()
    codes = "\n".join(dict.fromkeys(line.partition(",")[0] for line in lines))
    return {**found, "causes.csv": read(Shape("causes.csv", (Column("code"),), key=("code",)), codes)}


def test_the_files_of_the_desk_have_no_fault(tables: dict[str, Table]) -> None:
    assert [f for table in tables.values() for f in table.faults] == []
    assert [f for s in SHEETS for f in reference.faults(s, tables[s.file], tables)] == []


def test_every_kind_has_a_radius_days_and_hours_and_most_suggest_a_cause(tables: dict[str, Table]) -> None:
    kinds = tables["lead_kinds.csv"].rows
    assert len(kinds) >= 20
    assert all(k["near_metres"] and k["near_days"] and k["verify_hours"] for k in kinds)
    assert [k["code"] for k in kinds if not k["causes"]] == ["other"]


@pytest.mark.django_db
def test_they_are_loaded_once_in_the_order_of_the_file(tables: dict[str, Table]) -> None:
    for _ in range(2):
        found = [reference.load(s, tables[s.file], tables, by=SYSTEM, at=clock.now()) for s in SHEETS]
    assert not any(found)
    assert [k.code for k in queries.kinds()] == [r["code"] for r in tables["lead_kinds.csv"].rows]
    kind = queries.kind_by_code("street_vending")
    assert kind is not None
    assert kind.cause == "SR11"
    assert next(q.code for q in queries.questions_of(kind)) == "stall_count"


@pytest.mark.parametrize(
    ("sheet", "change", "column", "reason"),
    [
        (KINDS, {"causes": ("XX99",)}, "causes", "“XX99” is not in causes.csv"),
        (KINDS, {"clocks": ("never",)}, "clocks", "“never” is not in lead_clocks.csv"),
        (CLOCKS, {"ends": "received"}, "ends", "a period ends with another event than it begins"),
        (CLOCKS, {"article": "NOLAW §5"}, "article", "“NOLAW” is not in acts.csv"),
        (ATTRIBUTES, {"kind": "nothing"}, "kind", "“nothing” is not in lead_kinds.csv"),
        (
            ATTRIBUTES,
            {"values": ("a:甲:A",)},
            "values",
            "lists have answers to choose from, others have none",
        ),
        (ATTRIBUTES, {"values": ("a:甲",)}, "values", "an answer is key:中文:English"),
    ],
)
def test_a_wrong_row_is_found(
    tables: dict[str, Table], sheet: Sheet, change: dict[str, object], column: str, reason: str
) -> None:
    table = tables[sheet.file]
    changed = replace(table, rows=[{**table.rows[0], **change}, *table.rows[1:]])
    found = reference.faults(sheet, changed, {**tables, sheet.file: changed})
    assert (column, reason) in [(f.column, f.reason) for f in found if f.line == 2]
