"""Which table holds on which day: the procedure follows the date of the step. Pure."""

from __future__ import annotations

from datetime import date

from xiuhua.cases.procedure import ordinary_2017, ordinary_2021, summary_2017, summary_2021
from xiuhua.cases.procedure.moves import Table

TABLES: dict[str, tuple[Table, Table]] = {
    "summary": (summary_2017.TABLE, summary_2021.TABLE),
    "ordinary": (ordinary_2017.TABLE, ordinary_2021.TABLE),
}


CHANGED: dict[str, date] = {name: newer.valid_from or date.min for name, (_, newer) in TABLES.items()}


def table_on(procedure: str, day: date) -> Table:
    """The table of `procedure` in force on `day`. Raises KeyError for an unknown procedure."""
    return TABLES[procedure][day >= CHANGED[procedure]]


def latest(procedure: str) -> Table:
    """The table of `procedure` in its newest text. Raises KeyError for an unknown procedure."""
    return TABLES[procedure][-1]
