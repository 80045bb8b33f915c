"""The files of `reference/` that the desk loads: kinds of leads, their clocks and their questions."""

from __future__ import annotations

from collections.abc import Iterator

from xiuhua.kernel.workdays import Unit
from xiuhua.leads import rules
from xiuhua.leads.models import LeadAttribute, LeadClock, LeadKind
from xiuhua.org.actions.reference import DATED, SOURCED, Sheet, Tables, unknown_acts
from xiuhua.org.rules.tables import Column, Fault, Row, Shape, Table, one_of, some_of, whole, yes_no

LISTS = frozenset({"singlevaluelist", "multivaluelist"})
DATATYPES = ("string", "number", "datetime", "text", *sorted(LISTS))


def _kinds(table: Table, tables: Tables) -> Iterator[tuple[int, Row]]:
    for index, row in enumerate(table.rows):
        yield index, {**row, "causes": ";".join(row["causes"]), "clocks": ";".join(row["clocks"])}


def _check_kinds(table: Table, tables: Tables) -> Iterator[Fault]:
    for column, file in (("causes", "causes.csv"), ("clocks", "lead_clocks.csv")):
        known = {r["code"] for r in tables[file].rows}
        for index, row in enumerate(table.rows):
            for code in (c for c in row[column] if c not in known):
                yield table.fault(index, column, f"“{code}” is not in {file}")


def _check_clocks(table: Table, tables: Tables) -> Iterator[Fault]:
    for index, row in enumerate(table.rows):
        if row["starts"] == row["ends"]:
            yield table.fault(index, "ends", "a period ends with another event than it begins")
    yield from unknown_acts(table, ("article",), tables)


def _attributes(table: Table, tables: Tables) -> Iterator[tuple[int, Row]]:
    for index, row in enumerate(table.rows):
        yield index, {**row, "values": ";".join(row["values"])}


def _check_attributes(table: Table, tables: Tables) -> Iterator[Fault]:
    kinds = {row["code"] for row in tables["lead_kinds.csv"].rows}
    for index, row in enumerate(table.rows):
        if row["kind"] not in kinds:
            yield table.fault(index, "kind", f"“{row['kind']}” is not in lead_kinds.csv")
        if (row["datatype"] in LISTS) != bool(row["values"]):
            yield table.fault(index, "values", "lists have answers to choose from, others have none")
        if any(value.count(":") != 2 for value in row["values"]):
            yield table.fault(index, "values", "an answer is key:中文:English")


KINDS = Sheet(
    shape=Shape(
        "lead_kinds.csv",
        (
            Column("code", needed=True),
            Column("name", needed=True),
            Column("name_en", needed=True),
            Column("causes", some_of()),
            Column("near_metres", whole, needed=True),
            Column("near_days", whole, needed=True),
            Column("verify_hours", whole, needed=True),
            Column("clocks", some_of()),
            *SOURCED,
        ),
        key=("code",),
    ),
    model=LeadKind,
    key=("code",),
    wanted=_kinds,
    check=_check_kinds,
)

CLOCKS = Sheet(
    shape=Shape(
        "lead_clocks.csv",
        (
            Column("code", needed=True),
            Column("label", needed=True),
            Column("label_en", needed=True),
            Column("starts", one_of(rules.STARTS), needed=True),
            Column("ends", one_of(rules.ENDS), needed=True),
            Column("length", whole),
            Column("unit", one_of(Unit), needed=True),
            Column("every", yes_no, needed=True),
            Column("for_reporter", yes_no, needed=True),
            *DATED,
            Column("article"),
            Column("consequence"),
            *SOURCED,
        ),
        key=("code",),
        dated=True,
    ),
    model=LeadClock,
    key=("code", "valid_from"),
    check=_check_clocks,
)

ATTRIBUTES = Sheet(
    shape=Shape(
        "lead_attributes.csv",
        (
            Column("kind", needed=True),
            Column("code", needed=True),
            Column("position", whole, needed=True),
            Column("datatype", one_of(DATATYPES), needed=True),
            Column("required", yes_no, needed=True),
            Column("description", needed=True),
            Column("description_en", needed=True),
            Column("values", some_of()),
            *SOURCED,
        ),
        key=("kind", "code"),
    ),
    model=LeadAttribute,
    key=("kind", "code"),
    wanted=_attributes,
    check=_check_attributes,
    links={"kind": (LeadKind, "code")},
)

SHEETS: tuple[Sheet, ...] = (KINDS, CLOCKS, ATTRIBUTES)
