"""The numbers of the room, as `reference/exchange_limits.csv` names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Self

NUMBERS = (
    "look_seconds",
    "overlap_seconds",
    "position_seconds",
    "place_decimals",
    "timeout_seconds",
    "handshake_hours",
    "rotation_hours",
    "asked_rate",
    "most_rate",
    "keep_days",
)
WAITS = tuple(f"wait_{n}" for n in range(1, 10))
LIMIT_CODES = (*NUMBERS, *WAITS)


@dataclass(frozen=True, slots=True)
class Limits:
    """How often, how long, how much."""

    look: timedelta
    overlap: timedelta
    position_seconds: int
    place_decimals: int
    timeout_seconds: int
    handshake: timedelta
    rotation: timedelta
    asked_rate: int
    most_rate: int
    keep: timedelta
    waits: tuple[timedelta, ...]

    @classmethod
    def of(cls, values: Mapping[str, int]) -> Self:
        """Raises KeyError for a number that is not there."""
        return cls(
            look=timedelta(seconds=values["look_seconds"]),
            overlap=timedelta(seconds=values["overlap_seconds"]),
            position_seconds=values["position_seconds"],
            place_decimals=values["place_decimals"],
            timeout_seconds=values["timeout_seconds"],
            handshake=timedelta(hours=values["handshake_hours"]),
            rotation=timedelta(hours=values["rotation_hours"]),
            asked_rate=values["asked_rate"],
            most_rate=values["most_rate"],
            keep=timedelta(days=values["keep_days"]),
            waits=tuple(timedelta(seconds=values[code]) for code in WAITS),
        )
