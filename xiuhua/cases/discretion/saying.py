"""A suggestion in words: the sentence of reasons for the closing report and the decision, each number with its article.

Statutory papers are Chinese, so the sentence is; the page says the same circumstances in its own language. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal

from xiuhua.cases.discretion.factors import HIGH, LOW, Chosen, Direction, Factor, Force
from xiuhua.cases.discretion.spans import Span
from xiuhua.cases.discretion.weighing import HEAVIER, LIGHTER, NONE, Suggestion

Cite = Callable[[str], str]

UNITS = {
    "yuan": "元",
    "per_head": "元（每头、每只）",
    "per_tonne": "元（每吨）",
    "per_m2": "元（每平方米）",
    "per_m2_day": "元（每平方米每日）",
    "percent_of_cost": "%（建设工程造价）",
    "multiple_of_compensation": "倍（补偿标准）",
    "multiple_of_disposal_cost": "倍（处置费用）",
    "multiple_of_repair": "倍（修复费用）",
    "multiple_of_gains": "倍（违法所得）",
}
_DUTY = {
    (Direction.LIGHTER, Force.MUST): "应当从轻或者减轻行政处罚",
    (Direction.LIGHTER, Force.MAY): "可以从轻或者减轻行政处罚",
    (Direction.HEAVIER, Force.MUST): "应当从重处罚",
    (Direction.NONE, Force.MUST): "不予行政处罚",
    (Direction.NONE, Force.MAY): "可以不予行政处罚",
}
_NAMES = {LIGHTER: "从轻", "ordinary": "一般", HEAVIER: "从重"}


def amount(value: Decimal) -> str:
    """1234.50 as 1,234.5, 5000 as 5,000."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def span_zh(span: Span) -> str:
    """The range as the law says it: 50元以上500元以下."""
    if span.ceiling is None:
        return "法律没有规定罚款数额"
    unit = UNITS.get(span.unit, "")
    if span.floor == span.ceiling:
        return f"{amount(span.ceiling)}{unit}"
    top = f"{amount(span.ceiling)}{unit}以下"
    return f"{amount(span.floor)}{unit}以上{top}" if span.floor else top


def _circumstance(one: Chosen, cite: Cite) -> str:
    factor = one.factor
    label = factor.label
    if factor.direction is Direction.EITHER:
        label += factor.low if one.direction is Direction.LIGHTER else factor.high
    duty = _DUTY.get((one.direction, factor.force))
    if duty is None:
        return f"{label}（{'从轻' if one.direction is Direction.LIGHTER else '从重'}情节）"
    return f"{label}，依照{cite(factor.article)}{duty}"


def sentence(found: Suggestion, cite: Cite) -> str:
    """The reasons of a suggestion as one paragraph for a paper. `cite` says an article in words."""
    said = "；".join(_circumstance(c, cite) for c in found.deciding)
    if found.tier == NONE:
        return f"当事人{said}。"
    parts = [f"当事人{said}。" if said else "没有从轻、减轻、从重情节。"]
    if found.conflict:
        parts.append("同时具有应当从轻和应当从重的情节，应当集体讨论。")
    if found.low is None or found.high is None or found.cut is None or not found.span.is_known:
        parts.append(f"依照{cite(found.span.article)}，{span_zh(found.span)}，裁量数额由承办人员说明。")
        return "".join(parts)
    under = f"{found.span.label}的，" if found.span.label else ""
    parts.append(
        f"依照{cite(found.span.article)}，{under}罚款幅度为{span_zh(found.span)}，"
        f"适用{_NAMES[found.tier]}档次（幅度的{found.cut.from_percent}%至{found.cut.to_percent}%），"
        f"即{amount(found.low)}至{amount(found.high)}{UNITS.get(found.span.unit, '')}。"
    )
    return "".join(parts)


def said_in(text: str, factors: Iterable[Factor]) -> frozenset[str]:
    """The circumstances that a sentence of ours names, as a form ticks them: what one paper said, the next begins with.

    A person may have changed the sentence; what it no longer names is not ticked.
    """
    parts = tuple(part.removeprefix("当事人") for part in re.split("[；。]", text))
    found = set()
    for factor in factors:
        words = {factor.code: factor.label}
        if factor.direction is Direction.EITHER:
            ways = {LOW: factor.low, HIGH: factor.high}
            words = {f"{factor.code}:{way}": factor.label + word for way, word in ways.items()}
        found |= {code for code, word in words.items() if any(part.startswith(word) for part in parts)}
    return frozenset(found)
