"""Which table holds on which day: the procedure follows the date of the step. Pure."""

from __future__ import annotations

from datetime import date

from xiuhua.cases.procedure import demolition, ordinary_2017, ordinary_2021, summary_2017, summary_2021
from xiuhua.cases.procedure.moves import Table

# The oldest text first; a procedure that has known only one stands alone.
TABLES: dict[str, tuple[Table, ...]] = {
    "summary": (summary_2017.TABLE, summary_2021.TABLE),
    "ordinary": (ordinary_2017.TABLE, ordinary_2021.TABLE),
    "demolition": (demolition.TABLE,),
}


CHANGED: dict[str, date] = {
    name: tables[1].valid_from or date.min if len(tables) > 1 else date.max for name, tables in TABLES.items()
}


def table_on(procedure: str, day: date) -> Table:
    """The table of `procedure` in force on `day`. Raises KeyError for an unknown procedure."""
    return TABLES[procedure][day >= CHANGED[procedure]]


def latest(procedure: str) -> Table:
    """The table of `procedure` in its newest text. Raises KeyError for an unknown procedure."""
    return TABLES[procedure][-1]
