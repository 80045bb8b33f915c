"""Places and units, and how many people the units have."""

from __future__ import annotations

from collections.abc import Iterator

from xiuhua.kernel.models import Area
from xiuhua.org import rules
from xiuhua.org.actions.reference.shared import SOURCED
from xiuhua.org.actions.reference.sheets import Sheet, Tables
from xiuhua.org.models import Headcount, Unit
from xiuhua.org.rules.tables import Column, Fault, Row, Shape, Table, day, degrees, one_of, some_of, whole

# Streets, towns and special areas. The file is read for its codes; areas are laid out from it by `xiuhua areas`.
STREETS = Shape(
    "streets.csv",
    (
        Column("code", needed=True),
        Column("name", needed=True),
        Column("short_name", needed=True),
        Column("name_en", needed=True),
        Column("kind", one_of(("street", "town", "special")), needed=True),
        Column("lon", degrees, needed=True),
        Column("lat", degrees, needed=True),
        Column("area_km2", degrees, needed=True),
        Column("committees", whole),
        *SOURCED,
        Column("note"),
    ),
    key=("code",),
)


def _units(table: Table, tables: Tables) -> Iterator[tuple[int, Row]]:
    everywhere = sorted(r["code"] for r in tables["streets.csv"].rows if r["kind"] != "special")
    for index, row in enumerate(table.rows):
        areas = everywhere if row["areas"] == ("*",) else sorted(row["areas"])
        plain = {k: v for k, v in row.items() if k != "note"}
        yield (
            index,
            {
                **plain,
                "parent": row["parent"] or None,
                "areas": tuple(areas),
                "search": rules.search_text(row["name"], row["short_name"], row["code"]),
            },
        )


def _check_units(table: Table, tables: Tables) -> Iterator[Fault]:
    places = {row["code"] for row in tables["streets.csv"].rows}
    kinds: dict[str, str] = {}
    prefixes: set[str] = set()
    for index, row in enumerate(table.rows):
        if row["parent"] and row["parent"] not in kinds:
            yield table.fault(index, "parent", f"“{row['parent']}” does not stand above")
        if (
            row["kind"] == rules.UnitKind.TOWN_SQUAD
            and kinds.get(row["parent"]) != rules.UnitKind.TOWN_GOVERNMENT
        ):
            yield table.fault(index, "parent", "a town squad belongs to its town government")
        for code in row["areas"]:
            if code != "*" and code not in places:
                yield table.fault(index, "areas", f"“{code}” is not in streets.csv")
        if row["form_prefix"] and row["form_prefix"] in prefixes:
            yield table.fault(index, "form_prefix", f"{row['form_prefix']} is allotted already")
        prefixes.add(row["form_prefix"])
        kinds[row["code"]] = row["kind"]


def _headcounts(table: Table, tables: Tables) -> Iterator[tuple[int, Row]]:
    for index, row in enumerate(table.rows):
        yield index, {**{k: v for k, v in row.items() if k != "note"}, "unit": row["unit"] or None}


def _check_headcounts(table: Table, tables: Tables) -> Iterator[Fault]:
    units = {row["code"] for row in tables["units.csv"].rows}
    for index, row in enumerate(table.rows):
        if row["unit"] and row["unit"] not in units:
            yield table.fault(index, "unit", f"“{row['unit']}” is not in units.csv")


UNITS = Sheet(
    shape=Shape(
        "units.csv",
        (
            Column("code", needed=True),
            Column("kind", one_of(rules.UnitKind), needed=True),
            Column("name", needed=True),
            Column("short_name", needed=True),
            Column("name_en", needed=True),
            Column("parent"),
            Column("areas", some_of()),
            Column("form_prefix"),
            *SOURCED,
            Column("note"),
        ),
        key=("code",),
    ),
    model=Unit,
    key=("code",),
    wanted=_units,
    check=_check_units,
    links={"parent": (Unit, "code")},
    many={"areas": (Area, "code")},
)

HEADCOUNTS = Sheet(
    shape=Shape(
        "headcounts.csv",
        (
            Column("kind", one_of(rules.HeadcountKind), needed=True),
            Column("unit"),
            Column("on", day, needed=True),
            Column("number", whole, needed=True),
            *SOURCED,
            Column("note"),
        ),
        key=("kind", "unit", "on"),
    ),
    model=Headcount,
    key=("kind", "unit", "on"),
    wanted=_headcounts,
    check=_check_headcounts,
    links={"unit": (Unit, "code")},
)
