"""Duty levels: what holds in an area on a day. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

HIGHEST, ORDINARY = 1, 0


@dataclass(frozen=True, slots=True)
class Ordered:
    """An order of an event: level 1 or 2, for an area (None: the whole district), from a day up to and with another."""

    event: int
    level: int
    area: int | None
    start: date
    end: date


def holding(area: int | None, day: date, orders: Iterable[Ordered]) -> Ordered | None:
    """The order that holds: the highest level (1 before 2), then the one for the very area. None: ordinary duty."""
    there = [o for o in orders if o.start <= day <= o.end and o.area in (None, area)]
    return min(there, key=lambda o: (o.level, o.area is None, o.event), default=None)


def counted_days(windows: Iterable[tuple[date, date]], start: date, end: date) -> list[tuple[date, date]]:
    """The days of the windows that lie from `start` up to and with `end`, as stretches that do not overlap."""
    cut = sorted((max(a, start), min(b, end)) for a, b in windows if a <= end and b >= start)
    out: list[tuple[date, date]] = []
    for first, last in cut:
        if out and first <= out[-1][1] + timedelta(days=1):
            out[-1] = (out[-1][0], max(out[-1][1], last))
        else:
            out.append((first, last))
    return out


def level_on(area: int | None, day: date, orders: Iterable[Ordered]) -> int:
    """1 or 2, or 0 for ordinary duty."""
    found = holding(area, day, orders)
    return found.level if found else ORDINARY


def called(people: Iterable[int], share: int) -> list[int]:
    """Who is called where a plan calls a share in per cent: everybody at 100, else the first so many, rounded up."""
    everybody = list(people)
    return everybody[: -(-len(everybody) * share // 100)]
