"""What every page of docs/law is made of: marks, citations, tables, spans of time and money."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from xiuhua.cases.discretion.saying import UNITS, amount
from xiuhua.org.actions.reference import Tables
from xiuhua.org.rules import Title
from xiuhua.org.rules.tables import Row

MARKS = {
    "read": "已读原文",
    "checked": "已核对",
    "memory": "凭记忆",
    "unverified": "**未核实**",
    "design": "本局设定",
    "generated": "演示",
}
MEASURES = {
    "yuan": "元",
    "percent": "%",
    "person": "人",
    "case": "件",
    "hour": "小时",
    "calendar_day": "日（自然日）",
    "working_day": "个工作日",
    "month": "个月",
}
MADE = (
    "由 `xiuhua reference docs` 生成，有测试保证一致；不要手改。"
    "Written by `xiuhua reference docs` from `reference/`; a test keeps it current."
)


def titles_of(tables: Tables) -> Mapping[str, Title]:
    """Short name → titles of the acts, as the file has them."""
    return {row["short"]: Title(row["title_zh"], row["title_en"]) for row in tables["acts.csv"].rows}


def cell(text: object) -> str:
    """A text that breaks no table."""
    return str(text).replace("|", "\\|").replace("\n", " ")


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a table of Markdown."""
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    yield from ("| " + " | ".join(cell(one) for one in row) + " |" for row in rows)


def span(row: Row) -> str:
    """From when to when a row holds."""
    start, end = row["valid_from"], row["valid_to"]
    if start is None and end is None:
        return "一直"
    return f"{start or '最早'} – {end or '至今'}"


def range_zh(low: Decimal | None, high: Decimal | None, unit: str) -> str:
    """A range with its measure; nothing without a ceiling."""
    if high is None:
        return ""
    ends = amount(high) if low == high else f"{amount(low)}–{amount(high)}" if low else f"≤{amount(high)}"
    return f"{ends} {UNITS.get(unit, '')}".strip()
