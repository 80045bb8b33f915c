"""Whether a fine lies in the tier that is named. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

TierSpan = Callable[[str, str, str], tuple[float, float] | None]


def tier_test(span: TierSpan, law_day: Callable[[Mapping[str, Any]], str]) -> Callable[..., bool]:
    """`tier_contains`: whether a fine lies in the part of its range for which the tier stands, both ends included.

    `span(cause, tier, day)` gives that part in per cent of the way from floor to ceiling, None for no such tier.
    """

    def tier_contains(file: Mapping[str, Any], tier: str, fine: Any, floor: Any, ceiling: Any) -> bool:
        cause = (file.get("cause") or {}).get("code") or ""
        part = span(cause, tier, law_day(file))
        if part is None or fine is None or floor is None or ceiling is None:
            return False
        low, high = (floor + (ceiling - floor) * percent / 100 for percent in part)
        return bool(low <= fine <= high)

    return tier_contains
