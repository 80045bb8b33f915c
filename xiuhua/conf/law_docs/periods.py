"""docs/law/parameters.md and clocks.md: values through time, periods with their events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xiuhua.cases.procedure.periods import CLOCKS, Clock
from xiuhua.conf.law_docs.shared import MADE, MARKS, MEASURES, span, table, titles_of
from xiuhua.org import rules
from xiuhua.org.actions.reference import Tables
from xiuhua.org.rules import Title
from xiuhua.org.rules.tables import Row


def parameters_page(tables: Tables) -> str:
    """Every parameter through time."""
    titles = titles_of(tables)
    lines = ["# 法定参数 Parameters", "", MADE, ""]
    lines += table(
        ("参数", "名称", "值", "施行", "条款", "来源", "确定程度"),
        (
            (
                f"{r['meaning']}<br>{r['meaning_en']}",
                f"`{r['name']}`",
                _value(r),
                span(r),
                rules.cite(r["article"], titles),
                r["source"],
                MARKS[r["certainty"]],
            )
            for r in tables["parameters.csv"].rows
        ),
    )
    return "\n".join([*lines, ""])


def _value(row: Row) -> str:
    if row["unit"] == "flag":
        return "是" if row["value"] == "yes" else "否"
    said = row["value"].replace(";", "、")
    return f"{said} {MEASURES[row['unit']]}" if row["unit"] in MEASURES else said


def clocks_page(tables: Tables) -> str:
    """Every period of the procedure with its event and article."""
    titles = titles_of(tables)
    lines = ["# 期限 Periods", "", MADE, ""]
    lines += table(
        ("期限", "标识", "起算", "长度", "条款", "施行", "中止、延长", "逾期", "确定程度"),
        (_clock(clock, titles) for clock in CLOCKS),
    )
    return "\n".join([*lines, ""])


def _clock(clock: Clock, titles: Mapping[str, Title]) -> Sequence[Any]:
    held = {"valid_from": clock.since, "valid_to": clock.until}
    return (
        clock.label,
        f"`{clock.id}`",
        clock.starts_at.replace("_", " "),
        f"{clock.length} {MEASURES.get(clock.unit, clock.unit)}" if clock.length else "见文书",
        rules.cite(clock.article, titles),
        span(held),
        "；".join(part for part in (clock.suspended_by, clock.extendable_by) if part),
        clock.consequence,
        MARKS[clock.certainty],
    )
