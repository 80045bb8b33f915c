"""Templates of typical cases, as the platform brings them along. Later versions are written by people, by an act."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from xiuhua.cases.models import CaseTemplate
from xiuhua.cases.reviewing.wording import TEXTS, strange_blanks
from xiuhua.org.actions.reference import SOURCED, Sheet, Tables
from xiuhua.org.rules.tables import Column, Fault, Row, Shape, Table, day


def _templates(table: Table, tables: Tables) -> Iterator[tuple[int, Row]]:
    for index, row in enumerate(table.rows):
        yield index, {**row, "evidence": row["evidence"].replace("|", "\n")}


def _check_templates(table: Table, tables: Tables) -> Iterator[Fault]:
    """Causes that are known, and blanks that a case can fill."""
    causes = {row["code"] for row in tables["causes.csv"].rows}
    for index, row in enumerate(table.rows):
        if row["cause_code"] not in causes:
            yield table.fault(index, "cause_code", f"“{row['cause_code']}” is not in causes.csv")
        for name in TEXTS:
            for blank in strange_blanks(row[name]):
                yield table.fault(index, name, f"nobody knows the blank “{blank}”")


TEMPLATES = Sheet(
    shape=Shape(
        "case_templates.csv",
        (
            Column("code", needed=True),
            Column("cause_code", needed=True),
            Column("valid_from", day, needed=True),
            Column("title", needed=True),
            Column("title_en", needed=True),
            *(Column(name, needed=True) for name in ("facts", "evidence", "reasons", "proposal")),
            Column("author", needed=True),
            *SOURCED,
        ),
        key=("code", "valid_from"),
    ),
    model=CaseTemplate,
    key=("code", "valid_from"),
    wanted=_templates,
    check=_check_templates,
    only=Q(published_at__isnull=True),
)
