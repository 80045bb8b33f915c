"""What a fine may be: the general range of the norm, or the one that it sets under a condition (情节严重). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xiuhua.cases.procedure.guards.reading import rows, written

# Grounds on which less than the least may be given: PPL21 §30, §31, §32 items 1 to 5.
MITIGATION = frozenset({"30", "31", "32_1", "32_2", "32_3", "32_4", "32_5"})
NOT_MONEY_OF_ITS_OWN = frozenset({"", "yuan", None})


def norm_of(cause: Mapping[str, Any], said: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Where floor, ceiling and unit stand for what was said: in the cause, or in the band that is named.

    None for a band that the norm does not know, or whose condition nobody has written down.
    """
    if not said.get("band"):
        return cause
    found = next((row for row in rows(cause, "bands") if row.get("code") == said["band"]), None)
    return found if written(said.get("band_ground")) else None


def bounds(cause: Mapping[str, Any], said: Mapping[str, Any]) -> tuple[float, float] | None:
    """Least and most in yuan; None where the norm has no ceiling or its measure is not stated.

    A range by head, square metre, tonne or multiple is multiplied by the `units` said; one in percent by a hundredth
    of them.
    """
    norm = norm_of(cause, said)
    if norm is None or norm.get("ceiling") is None:
        return None
    unit, times = norm.get("unit"), 1.0
    if unit not in NOT_MONEY_OF_ITS_OWN:
        times = (said.get("units") or 0) / (100 if str(unit).startswith("percent") else 1)
    return ((norm.get("floor") or 0) * times, norm["ceiling"] * times) if times > 0 else None


def fits(cause: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    """A fine has an amount inside the range; below the least it needs the mitigated tier and a ground of the law."""
    kinds, fine = said.get("kinds") or (), said.get("fine") or 0
    if "fine" not in kinds:
        return bool(kinds) and not fine
    found = bounds(cause, said)
    if found is None or not 0 < fine <= found[1] + 0.005:
        return False
    mitigated = said.get("tier") == "mitigated" and said.get("mitigation_ground") in MITIGATION
    return bool(fine >= found[0] - 0.005 or mitigated)
