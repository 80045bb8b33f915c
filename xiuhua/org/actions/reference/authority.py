"""In whose name units act: rows for a kind of unit, spread over the units of that kind."""

from __future__ import annotations

from collections.abc import Iterator

from xiuhua.org import rules
from xiuhua.org.actions.reference.shared import DATED, SOURCED, unknown_acts
from xiuhua.org.actions.reference.sheets import Sheet, Tables
from xiuhua.org.models import AuthorityRow, Unit
from xiuhua.org.rules.tables import Column, Fault, Row, Shape, Table, one_of, yes_no

SUBDISTRICT_OFFICE = "subdistrict_office"


def _authority(table: Table, tables: Tables) -> Iterator[tuple[int, Row]]:
    """A row for a kind of unit becomes a row for each unit of that kind; rows that do not apply are left out."""
    units = tables["units.csv"].rows
    own = {r["code"] for r in units if r["kind"] == rules.UnitKind.BUREAU}
    for index, row in enumerate(table.rows):
        if not row["applies"]:
            continue
        for unit in units:
            if unit["code"] != row["unit"] and (row["unit"] or unit["kind"] != row["unit_kind"]):
                continue
            names = own if row["authority_kind"] == rules.UnitKind.BUREAU else {unit["parent"]}
            kept = ("cause_group", "valid_from", "valid_to", "basis", "source", "certainty")
            for name in names:
                yield index, {"unit": unit["code"], "authority": name, **{k: row[k] for k in kept}}


def _check_authority(table: Table, tables: Tables) -> Iterator[Fault]:
    kinds = {row["code"]: row["kind"] for row in tables["units.csv"].rows}
    for index, row in enumerate(table.rows):
        if row["unit"] and kinds.get(row["unit"]) != row["unit_kind"]:
            yield table.fault(index, "unit", f"“{row['unit']}” is no unit of that kind in units.csv")
        if row["applies"] and row["authority_kind"] == SUBDISTRICT_OFFICE:
            yield table.fault(index, "applies", "subdistrict offices are not among the units yet")
        if row["applies"] and row["certainty"] == "unverified":
            yield table.fault(index, "applies", "a row that is not verified does not apply")
    yield from unknown_acts(table, ("basis",), tables)


AUTHORITY = Sheet(
    shape=Shape(
        "authority.csv",
        (
            Column("unit_kind", one_of(rules.UnitKind), needed=True),
            Column("unit"),
            Column("authority_kind", one_of((*rules.UnitKind, SUBDISTRICT_OFFICE)), needed=True),
            Column("cause_group", one_of(("*", *rules.CAUSE_GROUP_LABELS)), needed=True),
            *DATED,
            Column("basis", needed=True),
            *SOURCED,
            Column("applies", yes_no, needed=True),
            Column("note"),
        ),
        key=("unit_kind", "unit", "cause_group", "applies"),
        dated=True,
    ),
    model=AuthorityRow,
    key=("unit", "cause_group", "valid_from"),
    wanted=_authority,
    check=_check_authority,
    links={"unit": (Unit, "code"), "authority": (Unit, "code")},
)
