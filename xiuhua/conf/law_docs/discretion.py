"""docs/law/discretion.md: tiers, further ranges, circumstances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xiuhua.conf.law_docs.shared import MADE, MARKS, range_zh, span, table, titles_of
from xiuhua.org import rules
from xiuhua.org.actions.reference import Tables
from xiuhua.org.rules import Title
from xiuhua.org.rules.tables import Row

DIRECTIONS = {"none": "不予处罚", "lighter": "从轻、减轻", "heavier": "从重", "either": "两可"}
FORCES = {"must": "应当", "may": "可以", "weigh": "酌情"}


def discretion_page(tables: Tables) -> str:
    """Tiers, further ranges, and circumstances with their articles."""
    titles = titles_of(tables)
    lines = ["# 裁量 Discretion", "", MADE, "", "## 档次 Tiers", ""]
    lines += table(
        ("案由", "档次", "幅度的", "来源", "确定程度"),
        (
            (
                "全部" if r["cause_code"] == "*" else r["cause_code"],
                r["label"],
                f"{r['from_percent']}%–{r['to_percent']}%",
                r["note"] or r["source"],
                MARKS[r["certainty"]],
            )
            for r in tables["tiers.csv"].rows
        ),
    )
    lines += ["", "## 特别幅度 Further ranges", ""]
    lines += table(
        ("案由", "条件", "幅度", "条款", "施行", "确定程度"),
        (
            (
                r["cause_code"],
                f"{r['label']}<br>{r['label_en']}",
                range_zh(r["floor"], r["ceiling"], r["unit"]),
                rules.cite(r["article"], titles),
                span(r),
                MARKS[r["certainty"]],
            )
            for r in tables["bands.csv"].rows
        ),
    )
    lines += ["", "## 情节 Circumstances", ""]
    lines += table(
        ("情节", "方向", "条款", "当事人", "施行", "确定程度"),
        (_factor(r, titles) for r in tables["factors.csv"].rows),
    )
    return "\n".join([*lines, ""])


def _factor(row: Row, titles: Mapping[str, Title]) -> Sequence[object]:
    ways = f"（{row['low']}、{row['high']}）" if row["low"] else ""
    return (
        f"{row['label']}{ways}<br>{row['label_en']}",
        f"{FORCES[row['force']]}{DIRECTIONS[row['direction']]}" + ("，可低于下限" if row["ground"] else ""),
        rules.cite(row["article"], titles),
        "公民" if row["party_kind"] == "citizen" else "全部" if not row["only_named"] else "列明的案由",
        span(row),
        MARKS[row["certainty"]],
    )
