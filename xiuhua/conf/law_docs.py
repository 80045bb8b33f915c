"""The law as data as pages for lawyers: docs/law, written by `xiuhua reference docs`; a test keeps them current.

The files are read, not the tables, so that the pages say what the sources say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from xiuhua.cases.actions.reference import DOUBTS
from xiuhua.cases.discretion.saying import UNITS, amount
from xiuhua.cases.procedure.periods import CLOCKS, Clock
from xiuhua.org import rules
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
DIRECTIONS = {"none": "不予处罚", "lighter": "从轻、减轻", "heavier": "从重", "either": "两可"}
FORCES = {"must": "应当", "may": "可以", "weigh": "酌情"}
MADE = (
    "由 `xiuhua reference docs` 生成，有测试保证一致；不要手改。"
    "Written by `xiuhua reference docs` from `reference/`; a test keeps it current."
)


def _titles(tables: Tables) -> Mapping[str, Title]:
    return {row["short"]: Title(row["title_zh"], row["title_en"]) for row in tables["acts.csv"].rows}


def _cell(text: object) -> str:
    return str(text).replace("|", "\\|").replace("\n", " ")


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    yield from ("| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows)


def _span(row: Row) -> str:
    """From when to when a row holds."""
    start, end = row["valid_from"], row["valid_to"]
    if start is None and end is None:
        return "一直"
    return f"{start or '最早'} – {end or '至今'}"


def _range(low: Decimal | None, high: Decimal | None, unit: str) -> str:
    if high is None:
        return ""
    ends = amount(high) if low == high else f"{amount(low)}–{amount(high)}" if low else f"≤{amount(high)}"
    return f"{ends} {UNITS.get(unit, '')}".strip()


def causes_page(tables: Tables) -> str:
    """Every cause with its versions, group by group."""
    titles, lines = _titles(tables), ["# 案由 Causes of action", "", MADE, ""]
    for group, label in rules.CAUSE_GROUP_LABELS.items():
        rows = [r for r in tables["causes.csv"].rows if r["group"] == group]
        lines += [f"## {label}（{group}）", ""]
        lines += _table(
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
        _span(row),
        basis if violates == basis else f"{violates}；{basis}",
        _range(row["floor"], row["ceiling"], row["unit"]) or "无数额",
        _range(row["floor_organisation"], row["ceiling_organisation"], row["unit"]),
        "拒不改正才罚" if row["needs_refusal"] else "可以处罚" if row["may"] else "应当处罚",
        f"{named} / {ENFORCERS[row['actual_enforcer']]}",
        rules.cite(row["transfer_basis"], titles),
        MARKS[row["certainty"]] + (f"<br>存疑：{doubts}" if doubts else ""),
    )


def discretion_page(tables: Tables) -> str:
    """Tiers, further ranges, and circumstances with their articles."""
    titles = _titles(tables)
    lines = ["# 裁量 Discretion", "", MADE, "", "## 档次 Tiers", ""]
    lines += _table(
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
    lines += _table(
        ("案由", "条件", "幅度", "条款", "施行", "确定程度"),
        (
            (
                r["cause_code"],
                f"{r['label']}<br>{r['label_en']}",
                _range(r["floor"], r["ceiling"], r["unit"]),
                rules.cite(r["article"], titles),
                _span(r),
                MARKS[r["certainty"]],
            )
            for r in tables["bands.csv"].rows
        ),
    )
    lines += ["", "## 情节 Circumstances", ""]
    lines += _table(
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
        _span(row),
        MARKS[row["certainty"]],
    )


def parameters_page(tables: Tables) -> str:
    """Every parameter through time."""
    titles = _titles(tables)
    lines = ["# 法定参数 Parameters", "", MADE, ""]
    lines += _table(
        ("参数", "名称", "值", "施行", "条款", "来源", "确定程度"),
        (
            (
                f"{r['meaning']}<br>{r['meaning_en']}",
                f"`{r['name']}`",
                _value(r),
                _span(r),
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
    titles = _titles(tables)
    lines = ["# 期限 Periods", "", MADE, ""]
    lines += _table(
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
        _span(held),
        "；".join(part for part in (clock.suspended_by, clock.extendable_by) if part),
        clock.consequence,
        MARKS[clock.certainty],
    )


def index_page(tables: Tables) -> str:
    """What lies in the folder, and how sure it is."""
    lines = ["# 法规库 The law as data", "", MADE, ""]
    lines += [
        "- [案由 Causes of action](causes.md)",
        "- [裁量 Discretion](discretion.md)",
        "- [法定参数 Parameters](parameters.md)",
        "- [期限 Periods](clocks.md)",
        "- [程序表 Procedures](../procedures/README.md)",
        "",
        "未核实的条目须经法制机构核对原文后才可依据。",
        "Rows marked unverified need a lawyer before anybody relies on them.",
        "",
    ]
    lines += _table(("文件", *(mark.strip("*") for mark in MARKS.values())), _sureness(tables))
    return "\n".join([*lines, ""])


def _sureness(tables: Tables) -> Iterator[Sequence[object]]:
    """How many rows of each file are how sure."""
    for file in ("causes.csv", "parameters.csv", "bands.csv", "factors.csv", "tiers.csv"):
        found = [row["certainty"] for row in tables[file].rows]
        yield (file, *(found.count(mark) or "" for mark in MARKS))


def pages(tables: Tables) -> Mapping[str, str]:
    """Every file of docs/law: name → text."""
    return {
        "README.md": index_page(tables),
        "causes.md": causes_page(tables),
        "clocks.md": clocks_page(tables),
        "discretion.md": discretion_page(tables),
        "parameters.md": parameters_page(tables),
    }
