"""What a check-in is worth: distance, accuracy, and signs of a trick. Pure; thresholds come from duty_limits.csv."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from xiuhua.duty.rules.words import Review, Sign, Verdict
from xiuhua.leads.rules import metres_between, point_faults

LONGEST_DEVICE = 64


@dataclass(frozen=True, slots=True)
class Limits:
    """The thresholds, named as in duty_limits.csv: metres, km/h, minutes, hours or days as the table says."""

    accuracy_metres: int
    jump_kmh: int
    jump_metres: int
    device_hours: int
    ahead_minutes: int
    kept_hours: int
    early_minutes: int
    late_minutes: int
    rest_hours: int
    appeal_days: int
    radius_metres: int

    @classmethod
    def of(cls, values: Mapping[str, int]) -> Limits:
        """Raises KeyError for a table that does not name every threshold."""
        return cls(**{f.name: values[f.name] for f in fields(cls)})


LIMIT_CODES = tuple(f.name for f in fields(Limits))


@dataclass(frozen=True, slots=True)
class Fix:
    """What a phone said: degrees WGS-84, accuracy in metres (radius of 68 %), which phone, whether it is a mock."""

    at: datetime
    lon: float
    lat: float
    accuracy: float
    device: str = ""
    mock: bool = False


@dataclass(frozen=True, slots=True)
class Before:
    """What was known before: the person's last fix, and when the same phone last spoke for somebody else."""

    last: Fix | None = None
    other_person_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A point with the radius in metres within which one is there."""

    lon: float
    lat: float
    radius: int


@dataclass(frozen=True, slots=True)
class Judged:
    """`distance` in metres from the point; `signs` in the order of `Sign`."""

    verdict: Verdict
    distance: float
    signs: tuple[Sign, ...]


def fix_faults(fix: Fix) -> dict[str, str]:
    """Field → what is wrong with a fix in itself."""
    found = dict(point_faults(fix.lon, fix.lat))
    if not (math.isfinite(fix.accuracy) and fix.accuracy >= 0):
        found["accuracy"] = "定位误差应为不小于零的数"
    if len(fix.device) > LONGEST_DEVICE:
        found["device"] = f"最长{LONGEST_DEVICE}字"
    return found


def signs(fix: Fix, received_at: datetime, before: Before, limits: Limits) -> tuple[Sign, ...]:
    """The signs of a trick, in the order of `Sign`."""
    found = []
    if fix.mock:
        found.append(Sign.MOCK)
    if before.last is not None and _jumped(before.last, fix, limits):
        found.append(Sign.JUMP)
    if before.other_person_at is not None and abs(fix.at - before.other_person_at) <= timedelta(
        hours=limits.device_hours
    ):
        found.append(Sign.SHARED_DEVICE)
    ahead, kept = timedelta(minutes=limits.ahead_minutes), timedelta(hours=limits.kept_hours)
    if fix.at > received_at + ahead or received_at - fix.at > kept:
        found.append(Sign.CLOCK)
    return tuple(found)


def _jumped(last: Fix, fix: Fix, limits: Limits) -> bool:
    """Farther than anybody could have come, both fixes given their doubt."""
    metres = metres_between(last.lon, last.lat, fix.lon, fix.lat) - last.accuracy - fix.accuracy
    if metres < limits.jump_metres:
        return False
    hours = abs((fix.at - last.at).total_seconds()) / 3600
    return metres > limits.jump_kmh * 1000 * hours


def judge(fix: Fix, place: Place, received_at: datetime, before: Before, limits: Limits) -> Judged:
    """What the check-in is worth. The middle of the fix decides: a wide fix proves nothing, however near."""
    distance = metres_between(fix.lon, fix.lat, place.lon, place.lat)
    found = signs(fix, received_at, before, limits)
    if fix.accuracy > limits.accuracy_metres:
        verdict = Verdict.VAGUE
    elif distance > place.radius:
        verdict = Verdict.OUTSIDE
    else:
        verdict = Verdict.DOUBTFUL if found else Verdict.VALID
    return Judged(verdict, round(distance, 1), found)


def counts(verdict: str, review: str) -> bool:
    """Whether a check-in proves presence: valid, or doubtful and cleared; never one that was confirmed as a trick."""
    if review == Review.CONFIRMED:
        return False
    return verdict == Verdict.VALID or (verdict == Verdict.DOUBTFUL and review == Review.CLEARED)
