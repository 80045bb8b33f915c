"""The thresholds that command asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self


@dataclass(frozen=True, slots=True)
class Limits:
    """As `reference/command_limits.csv` names them: minutes and metres."""

    lost_minutes: int
    ack_minutes: int
    desk_minutes: int
    reach_metres: int
    pair_metres: int
    still_minutes: int
    still_metres: int
    away_metres: int
    away_minutes: int

    @classmethod
    def of(cls, values: Mapping[str, int]) -> Self:
        """Raises KeyError for a threshold that is not there."""
        return cls(**{code: values[code] for code in LIMIT_CODES})


LIMIT_CODES = tuple(f.name for f in fields(Limits))
