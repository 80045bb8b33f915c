"""Files that are checked with the others and read where they are used: numbers of documents, people of the demo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from xiuhua.org import rules
from xiuhua.org.actions.reference.shared import SOURCED
from xiuhua.org.actions.reference.sheets import Tables, no_more_checks
from xiuhua.org.actions.reference.units import STREETS
from xiuhua.org.rules.tables import Column, Fault, Shape, Table, one_of, whole


@dataclass(frozen=True, slots=True)
class Checked:
    """A file with its shape, and what it must not say of other files."""

    shape: Shape
    check: Callable[[Table, Tables], Iterator[Fault]] = no_more_checks


NUMBERING = Shape(
    "numbering.csv",
    (
        Column("kind", needed=True),
        Column("word"),
        Column("pattern", needed=True),
        Column("scope", one_of(("unit", "authority")), needed=True),
        Column("limit", whole),
        *SOURCED,
        Column("note"),
    ),
    key=("kind",),
)

PREFIXES = Shape(
    "numbering_prefixes.csv",
    (Column("unit", needed=True), Column("prefix", needed=True), *SOURCED, Column("note")),
    key=("prefix",),
)

INTERNAL_RULES = Shape(
    "internal_rules.csv",
    (
        Column("number", whole, needed=True),
        Column("rule", needed=True),
        Column("rule_en", needed=True),
        *SOURCED,
    ),
    key=("number",),
)

DEMO_USERS = Shape(
    "demo_users.csv",
    (
        Column("login", needed=True),
        Column("staff_no", needed=True),
        Column("name", needed=True),
        Column("kind", one_of(rules.PersonKind), needed=True),
        Column("role", one_of(rules.ROLES), needed=True),
        Column("unit", needed=True),
        Column("legal_qualification"),
        *SOURCED,
    ),
    key=("login",),
)


def _check_prefixes(table: Table, tables: Tables) -> Iterator[Fault]:
    units = {row["code"]: row["form_prefix"] for row in tables["units.csv"].rows}
    first = set(units.values()) - {""}
    for index, row in enumerate(table.rows):
        if not units.get(row["unit"]):
            yield table.fault(index, "unit", f"“{row['unit']}” has no first prefix in units.csv")
        if row["prefix"] in first:
            yield table.fault(index, "prefix", f"{row['prefix']} is allotted in units.csv already")


def _check_demo_users(table: Table, tables: Tables) -> Iterator[Fault]:
    """People whom the actions would refuse, and names that could be taken for real ones."""
    kinds = {row["code"]: row["kind"] for row in tables["units.csv"].rows}
    for index, row in enumerate(table.rows):
        if row["unit"] not in kinds:
            yield table.fault(index, "unit", f"“{row['unit']}” is not in units.csv")
        elif rules.misplaced(row["role"], rules.UnitKind(kinds[row["unit"]])):
            yield table.fault(index, "role", f"“{row['role']}” has no place in {row['unit']}")
        for refusal in rules.unfit(row["role"], row["kind"]):
            yield table.fault(index, "kind", refusal.meaning)
        if not row["name"].startswith("示例"):
            yield table.fault(index, "name", "an invented person is called 示例…")


ELSEWHERE = (
    Checked(STREETS),
    Checked(NUMBERING),
    Checked(PREFIXES, _check_prefixes),
    Checked(INTERNAL_RULES),
    Checked(DEMO_USERS, _check_demo_users),
)
