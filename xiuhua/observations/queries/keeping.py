"""The rules of keeping, as the bureau has them in its reference data."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from xiuhua.observations import rules


def keeping() -> Mapping[str, rules.KeepingRule]:
    """Kind of device → what is kept of it and how long. A kind without a row keeps nothing: see `registry`."""
    path = Path(settings.REFERENCE_DIR) / "position_keeping.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return rules.keeping_rules(csv.DictReader(file))
