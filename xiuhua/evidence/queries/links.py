"""The limits by which recordings are proposed, as the bureau has them in its reference data."""

from __future__ import annotations

from collections.abc import Mapping

from xiuhua.kernel.queries import reference_rows


def link_limits() -> Mapping[str, int]:
    """Code → value: metres from the place, minutes around the moment."""
    return {row["code"]: int(row["value"]) for row in reference_rows("link_limits.csv")}
