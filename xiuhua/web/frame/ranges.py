"""A range of a norm in words: 50–500 元, ≤200 元, 3–5 times the compensation."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiuhua.cases.discretion.saying import amount

UNITS: Mapping[str, str | Promise] = {
    "yuan": _("元"),
    "none": "",
    "per_head": _("元／头（只）"),
    "per_tonne": _("元／吨"),
    "per_m2": _("元／平方米"),
    "per_m2_day": _("元／平方米·日"),
    "percent_of_cost": _("%（工程造价）"),
    "multiple_of_compensation": _("倍补偿标准"),
    "multiple_of_disposal_cost": _("倍处置费用"),
    "multiple_of_repair": _("倍修复费用"),
    "multiple_of_gains": _("倍违法所得"),
}


def ends(low: Decimal | None, high: Decimal | None) -> str:
    """50–500; up to 200 as ≤200; nothing for no ceiling."""
    if high is None:
        return ""
    if low == high:
        return amount(high)
    return f"{amount(low)}–{amount(high)}" if low else f"≤{amount(high)}"


def unit(code: str) -> str:
    """What a range counts."""
    return str(UNITS.get(code, code))


def said(low: Decimal | None, high: Decimal | None, code: str) -> str:
    """The ends with what they count; nothing without a ceiling."""
    found = ends(low, high)
    return f"{found} {unit(code)}" if found else ""
