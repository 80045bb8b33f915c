"""The columns of a file of cases, and how their cells are read. Pure.

`history` is JSON: {"base": {…}, "steps": [{"move", "at", "by", "role", "facts"}, …]}; a step beside the road names its
"matter" (`payment:1`). Moments are `YYYY-MM-DDTHH:MM` in the bureau's time, `facts` and `base` fragments of the case
file. People are named by staff number, `"staff:12001"`, wherever the case file has an officer's id. What the columns
say is not said again in the base.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from xiuhua.registers.rules import PARTY_KIND_LABELS, PartyKind

PARTY = (
    "kind",
    "name",
    "trade_name",
    "operator",
    "id_kind",
    "id_no",
    "credit_code",
    "representative",
    "address",
    "phone",
)
NEEDED = (
    "number",
    "procedure",
    "unit",
    "cause",
    "party_kind",
    "party_name",
    "place",
    "found_on",
    "officers",
    "history",
)
COLUMNS = (
    "number",
    "procedure",
    "unit",
    "cause",
    *(f"party_{name}" for name in PARTY),
    "place",
    "area",
    "lon",
    "lat",
    "found_on",
    "occurred_on",
    "lead",
    "lead_source",
    "officers",
    "facts",
    "history",
)
PROCEDURES = frozenset({"summary", "ordinary"})
LENGTHS = {"number": 40, "place": 200, "lead_source": 12, "facts": 2000}

Cells = Mapping[str, str]
Row = dict[str, Any]


def number_of(cells: Sequence[str] | None) -> str:
    """The case number of a row whose cells stand in the order of COLUMNS."""
    return cells[0].strip() if cells else ""


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"“{text}”不是日期，应写作 YYYY-MM-DD") from None


def _degrees(limit: int) -> Callable[[str], float]:
    def parse(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            raise ValueError(f"“{text}”不是坐标") from None
        if not -limit <= value <= limit:
            raise ValueError(f"{value} 超出范围（±{limit}），经度在前、纬度在后")
        return value

    return parse


def _procedure(text: str) -> str:
    if text == "demolition":
        raise ValueError("拆违案件不随历史案件导入，请逐件登记")
    if text not in PROCEDURES:
        raise ValueError("应为 summary（简易程序）或 ordinary（普通程序）")
    return text


def _kind(text: str) -> str:
    if text not in set(PartyKind):
        raise ValueError(f"应为{'、'.join(f'{k}（{label}）' for k, label in PARTY_KIND_LABELS.items())}之一")
    return text


def _people(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


PARSERS: Mapping[str, Callable[[str], Any]] = {
    "procedure": _procedure,
    "party_kind": _kind,
    "lon": _degrees(180),
    "lat": _degrees(90),
    "found_on": _day,
    "occurred_on": _day,
    "officers": _people,
}


def parse(cells: Cells, today: date) -> tuple[Row, dict[str, str]]:
    """The typed row, and field → reason for what is wrong with its cells; empty cells are left out of the row."""
    row: Row = {}
    wrong: dict[str, str] = {}
    for name in COLUMNS:
        text = cells.get(name) or ""
        text = text if name == "history" else text.strip()
        if not text:
            if name in NEEDED:
                wrong[name] = "不能为空"
            continue
        if len(text) > LENGTHS.get(name, len(text)):
            wrong[name] = f"最长{LENGTHS[name]}字"
            continue
        parser = PARSERS.get(name)
        try:
            row[name] = parser(text) if parser else text
        except ValueError as error:
            wrong[name] = str(error)
    return row, {**_across(row, today), **wrong}


def _across(row: Row, today: date) -> dict[str, str]:
    """What is wrong between the cells of a row."""
    wrong = {}
    found, occurred = row.get("found_on"), row.get("occurred_on")
    if found and found > today:
        wrong["found_on"] = "发现日期晚于今天"
    if found and occurred and occurred > found:
        wrong["occurred_on"] = "违法行为发生日期晚于发现日期"
    if ("lon" in row) != ("lat" in row):
        wrong["lon" if "lat" in row else "lat"] = "经度和纬度应同时填写"
    return wrong
