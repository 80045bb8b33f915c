"""What is kept and for how long: nothing outside duty hours, each kind of device by its row of the rules. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple


class Hours(NamedTuple):
    """A stretch of duty, from and up to (not with) a moment, in milliseconds since 1970 UTC."""

    starts: int
    ends: int


class KeepingRule(NamedTuple):
    """A row of `position_keeping.csv`: whether positions of a kind of device are kept on duty only, and how many days
    they stay in the database and in the files.
    """

    kind: str
    only_on_duty: bool
    hot_days: int
    file_days: int
    basis: str


def keeping_rules(rows: Iterable[Mapping[str, str]]) -> dict[str, KeepingRule]:
    """Kind of device → its rule."""
    return {
        row["kind"]: KeepingRule(
            row["kind"],
            row["only_on_duty"] != "no",
            int(row["hot_days"]),
            int(row["file_days"]),
            row["basis"],
        )
        for row in rows
    }


def merged(hours: Iterable[Hours]) -> tuple[Hours, ...]:
    """Stretches in their order, those that touch or overlap as one; empty ones are left out."""
    found: list[Hours] = []
    for each in sorted(hours):
        if each.ends <= each.starts:
            continue
        if found and each.starts <= found[-1].ends:
            found[-1] = Hours(found[-1].starts, max(found[-1].ends, each.ends))
        else:
            found.append(each)
    return tuple(found)


def stretch_at(at: int, hours: Sequence[Hours]) -> Hours | None:
    """The stretch that holds the moment `at` (ms), of stretches as `merged` makes them."""
    place = bisect_right(hours, (at, _LATEST)) - 1
    return hours[place] if place >= 0 and at < hours[place].ends else None


def on_duty(at: int, hours: Sequence[Hours]) -> bool:
    return stretch_at(at, hours) is not None


_LATEST = 1 << 62
