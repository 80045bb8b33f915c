"""The rules of the file check as a reference file: checked with the others, read where files are checked."""

from __future__ import annotations

from collections.abc import Iterator

from xiuhua.cases.checker.parsing import BadRule, parse
from xiuhua.cases.checker.rules import GROUPS, SEVERITIES, rules_of
from xiuhua.org.actions.reference import DATED, SOURCED, Checked, Tables, unknown_acts
from xiuhua.org.rules.tables import Column, Fault, Shape, Table, one_of


def _check(table: Table, tables: Tables) -> Iterator[Fault]:
    """Expressions outside the notation, parameters that nobody sets, periods that end before they begin."""
    parameters = {row["name"] for row in tables["parameters.csv"].rows}
    for index, rule in enumerate(rules_of(table.rows)):
        try:
            parsed = parse(rule)
        except BadRule as error:
            yield table.fault(index, error.column, f"{rule.id}: {error.reason}")
            continue
        asked = parsed.condition.parameters | parsed.applies.parameters
        for name in sorted(asked - parameters):
            yield table.fault(index, "condition", f"{rule.id}: “{name}” is not in parameters.csv")
        if rule.valid_to and rule.valid_to < rule.valid_from:
            yield table.fault(index, "valid_to", f"{rule.id}: ends before it begins")
    yield from unknown_acts(table, ("article",), tables)


FILE_RULES = Checked(
    Shape(
        "file_rules.csv",
        (
            Column("rule_id", needed=True),
            Column("group", one_of(GROUPS), needed=True),
            Column("severity", one_of(SEVERITIES), needed=True),
            Column("applies_when", needed=True),
            Column("condition", needed=True),
            *DATED,
            Column("key_date", needed=True),
            Column("article"),
            Column("message", needed=True),
            Column("message_en", needed=True),
            Column("mend", needed=True),
            Column("mend_en", needed=True),
            *SOURCED,
        ),
        key=("rule_id",),
    ),
    _check,
)
ELSEWHERE: tuple[Checked, ...] = (FILE_RULES,)
