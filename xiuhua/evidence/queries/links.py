"""The limits by which recordings are proposed, as the bureau has them in its reference data."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings


def link_limits() -> Mapping[str, int]:
    """Code → value: metres from the place, minutes around the moment."""
    path = Path(settings.REFERENCE_DIR) / "link_limits.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: int(row["value"]) for row in csv.DictReader(file)}
