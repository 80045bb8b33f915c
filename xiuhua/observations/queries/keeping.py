"""The rules of keeping, as the bureau has them in its reference data."""

from __future__ import annotations

from collections.abc import Mapping

from xiuhua.kernel.queries import reference_rows
from xiuhua.observations import rules


def keeping() -> Mapping[str, rules.KeepingRule]:
    """Kind of device → what is kept of it and how long. A kind without a row keeps nothing: see `registry`."""
    return rules.keeping_rules(reference_rows("position_keeping.csv"))
