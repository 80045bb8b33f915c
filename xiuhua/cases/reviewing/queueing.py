"""How long cases wait for review, and how many reviewers keep that short. Pure.

By formula: cases come at random at `arrivals` a working day, `servers` reviewers finish `rate` each a working day
(A. K. Erlang, 1917: M/M/c). By replay: what really came in, in order, given out under one division of work or the
other, each reviewer doing `rate` a day; so the two divisions can be compared on the same days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from xiuhua.cases.reviewing.choosing import Candidate, Division, choose

MOST = 500


def waiting_share(arrivals: float, rate: float, servers: int) -> float:
    """The share of cases that must wait (Erlang C), by the recursion of Erlang B, which no factorial can overflow."""
    if servers <= 0 or arrivals >= rate * servers:
        return 1.0
    offered, blocked = arrivals / rate, 1.0
    for n in range(1, servers + 1):
        blocked = offered * blocked / (n + offered * blocked)
    busy = offered / servers
    return blocked / (1 - busy * (1 - blocked))


def wait_in_days(arrivals: float, rate: float, servers: int) -> float:
    """The mean wait for a free reviewer, in working days; endless where more comes in than can be done.

    Raises ValueError for a rate that is not positive or arrivals below zero.
    """
    if rate <= 0 or arrivals < 0:
        raise ValueError("a rate must be positive and arrivals not negative")
    if arrivals == 0:
        return 0.0
    if arrivals >= rate * servers:
        return inf
    return waiting_share(arrivals, rate, servers) / (rate * servers - arrivals)


def needed(arrivals: float, rate: float, target: float) -> int | None:
    """The fewest reviewers whose mean wait is at most `target` working days; None beyond MOST. Raises ValueError."""
    for servers in range(1, MOST + 1):
        if wait_in_days(arrivals, rate, servers) <= target:
            return servers
    return None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A case that came in: on which working day of the stretch (from 0), of which unit, about which group of causes."""

    day: float
    unit: str
    group: str


@dataclass(frozen=True, slots=True)
class Desk:
    """A reviewer with the units and groups of causes that are his or her line."""

    id: int
    units: frozenset[str]
    groups: frozenset[str]


@dataclass(frozen=True, slots=True)
class Waits:
    """What a replay came to: mean and 90th percentile of the wait in working days, and how many each desk did."""

    mean: float
    p90: float
    done: dict[int, int]


def replay(arrivals: Sequence[Arrival], desks: Sequence[Desk], division: Division, rate: float) -> Waits:
    """Give out `arrivals` in order as the centre would; each desk does one case after the other at `rate` a day.

    Raises ValueError without desks or with a rate that is not positive.
    """
    if not desks or rate <= 0:
        raise ValueError("a replay needs desks and a rate above zero")
    free = {desk.id: 0.0 for desk in desks}
    last = dict.fromkeys(free, 0)
    done = dict.fromkeys(free, 0)
    waits: list[float] = []
    for number, case in enumerate(sorted(arrivals, key=lambda a: a.day), 1):
        # What a desk has to do, in whole cases, is what the centre sees when it gives out the next one.
        candidates = [
            Candidate(d.id, round(max(0.0, free[d.id] - case.day) * rate), last[d.id], d.units, d.groups)
            for d in desks
        ]
        chosen = choose(candidates, division, case.unit, case.group).reviewer
        if chosen is None:
            continue
        begins = max(free[chosen], case.day)
        waits.append(begins - case.day)
        free[chosen], last[chosen] = begins + 1 / rate, number
        done[chosen] += 1
    ordered = sorted(waits)
    if not ordered:
        return Waits(0.0, 0.0, done)
    return Waits(sum(ordered) / len(ordered), ordered[min(len(ordered) - 1, int(len(ordered) * 0.9))], done)
