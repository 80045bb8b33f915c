"""What a phone reports, and how its numbers and times are read. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

KNOT_KMH = 1.852
MPS_KMH = 3.6
# A number of seconds since 1970 that is longer than this is one of milliseconds.
_MOST_SECONDS = 1e11


class BadReport(ValueError):
    """A request that is no report."""


@dataclass(frozen=True, slots=True)
class Report:
    """`at` is in ms since 1970 UTC, None where it was not told; `lat` and `lon` None where there is no fix.

    Speed in km/h, course in degrees, altitude and accuracy in metres, battery in percent; `mock`: the phone says
    itself that its position is made up.
    """

    device: str
    key: str
    at: int | None
    lat: float | None
    lon: float | None
    speed: float | None
    course: float | None
    altitude: float | None
    accuracy: float | None
    battery: float | None
    mock: bool
    attributes: Mapping[str, Any]


def number(text: str) -> float | None:
    """None for nothing. Raises BadReport for what is no finite number."""
    if not text:
        return None
    try:
        found = float(text)
    except ValueError as error:
        raise BadReport(f"no number: {text[:20]}") from error
    if not math.isfinite(found):
        raise BadReport(f"no number: {text[:20]}")
    return found


def moment(text: str) -> int | None:
    """Seconds or milliseconds since 1970, ISO 8601, or `yyyy-MM-dd HH:mm:ss` (UTC), in ms; None for nothing.

    Raises BadReport for what is none of them.
    """
    if not text:
        return None
    try:
        told = float(text)
    except ValueError:
        told = math.nan
    if math.isfinite(told) and abs(told) < _MOST_SECONDS * 1000:
        return round(told if abs(told) > _MOST_SECONDS else told * 1000)
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadReport(f"no moment: {text[:30]}") from error
    return round((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() * 1000)
