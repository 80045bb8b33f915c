"""A figure that a bench prints, and how spans are summed up."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Measure:
    """One measured figure. `limit` is what it may at most (or must at least) be, or what a peer did in the same run.

    `ratio` is value / limit; `good` says whether the figure keeps its limit. `better` is "lower" or "higher".
    """

    name: str
    value: float
    unit: str
    rows: int
    limit: float | None = None
    better: str = "lower"
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return None if not self.limit else round(self.value / self.limit, 3)

    @property
    def good(self) -> bool | None:
        if self.limit is None:
            return None
        return self.value <= self.limit if self.better == "lower" else self.value >= self.limit

    def as_data(self) -> dict[str, Any]:
        return {**asdict(self), "ratio": self.ratio, "good": self.good}


def timed(act: Callable[[], object]) -> float:
    """Milliseconds that `act` took."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def at_percent(spans: Sequence[float], percent: float) -> float:
    """The span below which `percent` of `spans` lie (nearest rank)."""
    ordered = sorted(spans)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))], 3)


def spans(name: str, found: Sequence[float], limit: float, note: str = "") -> list[Measure]:
    """Median and 95th percentile of spans in ms; the limit holds for the 95th."""
    return [
        Measure(f"{name}.p50", at_percent(found, 50), "ms", len(found), note=note),
        Measure(f"{name}.p95", at_percent(found, 95), "ms", len(found), limit, note=note),
    ]
