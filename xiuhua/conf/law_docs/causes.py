"""docs/law/causes.md: every cause with its versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xiuhua.cases.actions.reference import DOUBTS
from xiuhua.conf.law_docs.shared import MADE, MARKS, range_zh, span, table, titles_of
from xiuhua.org import rules
from xiuhua.org.actions.reference import Tables
from xiuhua.org.rules import Title
from xiuhua.org.rules.tables import Row

ENFORCERS = {
    "C": "城管执法",
    "G": "绿化",
    "W": "水务",
    "H": "房屋",
    "T": "交通",
    "E": "生态环境",
    "M": "市政",
    "U": "燃气",
    "P": "规划资源",
    "TG": "镇人民政府",
    "O": "其他部门",
}


def causes_page(tables: Tables) -> str:
    """Every cause with its versions, group by group."""
    titles, lines = titles_of(tables), ["# 案由 Causes of action", "", MADE, ""]
    for group, label in rules.CAUSE_GROUP_LABELS.items():
        rows = [r for r in tables["causes.csv"].rows if r["group"] == group]
        lines += [f"## {label}（{group}）", ""]
        lines += table(
            (
                "代码",
                "案由",
                "施行",
                "违反；依据",
                "幅度",
                "单位幅度",
                "条件",
                "法定 / 实际部门",
                "划转依据",
                "确定程度",
            ),
            (_cause(row, titles) for row in rows),
        )
        lines.append("")
    return "\n".join(lines)


def _cause(row: Row, titles: Mapping[str, Title]) -> Sequence[object]:
    violates, basis = rules.cite(row["violates"], titles), rules.cite(row["basis"], titles)
    doubts = "、".join(DOUBTS[name] for name in row["unverified"])
    named = "、".join(ENFORCERS[code] for code in row["statutory_enforcer"])
    return (
        row["code"],
        f"{row['name']}<br>{row['name_en']}",
        span(row),
        basis if violates == basis else f"{violates}；{basis}",
        range_zh(row["floor"], row["ceiling"], row["unit"]) or "无数额",
        range_zh(row["floor_organisation"], row["ceiling_organisation"], row["unit"]),
        "拒不改正才罚" if row["needs_refusal"] else "可以处罚" if row["may"] else "应当处罚",
        f"{named} / {ENFORCERS[row['actual_enforcer']]}",
        rules.cite(row["transfer_basis"], titles),
        MARKS[row["certainty"]] + (f"<br>存疑：{doubts}" if doubts else ""),
    )
