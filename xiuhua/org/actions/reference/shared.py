"""What the reference files of all rooms share: columns for source and validity, and the check of grounds."""

from __future__ import annotations

from collections.abc import Iterator

from xiuhua.org import rules
from xiuhua.org.actions.reference.sheets import Tables
from xiuhua.org.rules.tables import Column, Fault, Table, certainty, day

SOURCED = (Column("source", needed=True), Column("certainty", certainty, needed=True))
DATED = (Column("valid_from", day), Column("valid_to", day))


def unknown_acts(table: Table, columns: tuple[str, ...], tables: Tables) -> Iterator[Fault]:
    """Faults for grounds whose act is not in acts.csv; a cell without § is no ground."""
    acts = {row["short"] for row in tables["acts.csv"].rows}
    for index, row in enumerate(table.rows):
        for column in columns:
            cited = (short for short, articles in rules.grounds(row[column]) if articles)
            for short in (s for s in cited if s not in acts):
                yield table.fault(index, column, f"“{short}” is not in acts.csv")
