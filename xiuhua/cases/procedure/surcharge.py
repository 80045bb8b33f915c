"""The surcharge for a fine that is not paid in time (加处罚款): reckoned line by line. Pure.

PPL17 §51, PPL21 §72: for each day after the last day to pay, a percentage of the fine; since 2012 at most the fine
itself (AEL §45). PPL21 §73: days of a reconsideration or a suit do not count; the text before had no such rule.

Rules of the file
1. A day counts whole: the first is the day after the last day to pay, the last is the day of the payment.
2. A day's base is what of the fine was still unpaid on that day; a part counts as paid from the day after its payment.
3. Sums are whole fen until the end and are rounded once, half up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from xiuhua.cases.procedure.articles import PPL21_FROM
from xiuhua.kernel.workdays import ONE

# Where a file keeps remedies against the decision: alone, or as rows; and the day that ends each, the best known first.
REMEDIES = (
    (("reconsideration", "reconsiderations"), ("decided_on", "ended_on")),
    (("litigation", "litigations", "suits"), ("ended_on", "final_on")),
)


def iso(text: str) -> date:
    """The day of an ISO date or moment."""
    return date.fromisoformat(text[:10])


@dataclass(frozen=True, slots=True)
class Span:
    """Days in a row, both counted. `to_on` None: it has not ended yet."""

    from_on: date
    to_on: date | None

    def holds(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of days on which nothing changed: `base` of the fine was unpaid, and the days were `counted` or not.

    `amount` is what the stretch adds before the cap; money in yuan.
    """

    from_on: date
    to_on: date
    days: int
    base: float
    counted: bool
    amount: float


@dataclass(frozen=True, slots=True)
class Reckoning:
    """How the surcharge came to `amount` yuan: its lines, the days that count and those that do not, and the cap."""

    lines: tuple[Line, ...]
    days: int
    paused_days: int
    uncapped: float
    cap: float

    @property
    def amount(self) -> float:
        return min(self.uncapped, self.cap)

    @property
    def is_capped(self) -> bool:
        return self.uncapped >= self.cap

    @property
    def on_parts(self) -> bool:
        """Whether some day was reckoned on less than the whole fine."""
        return len({line.base for line in self.lines}) > 1


def _fen(yuan: float) -> int:
    return round(yuan * 100)


def reckon(
    fine: float,
    from_on: date,
    to_on: date,
    *,
    percent: float,
    cap_percent: float = 100,
    paid: Iterable[tuple[date, float]] = (),
    pauses: Sequence[Span] = (),
) -> Reckoning:
    """The surcharge on `fine` yuan from the day `from_on` to the day `to_on`, both counted; nothing if they cross.

    `percent` is that of a day, `cap_percent` the most it may reach, both of the fine; `paid` are days and sums.
    """
    parts = [(day, _fen(sum_)) for day, sum_ in paid]
    lines, grown = [], 0
    for first, last in _stretches(from_on, to_on, [day for day, _ in parts], pauses):
        base = max(_fen(fine) - sum(fen for day, fen in parts if day < first), 0)
        counted, days = not any(p.holds(first) for p in pauses), (last - first).days + 1
        adds = round(base * days * percent) if counted else 0
        grown += adds
        lines.append(Line(first, last, days, base / 100, counted, _half_up(adds) / 100))
    return Reckoning(
        tuple(lines),
        sum(line.days for line in lines if line.counted),
        sum(line.days for line in lines if not line.counted),
        _half_up(grown) / 100,
        _half_up(round(_fen(fine) * cap_percent)) / 100,
    )


def _half_up(hundredths: int) -> int:
    """Fen from hundredths of a fen, rounded half up."""
    return (hundredths + 50) // 100


def _stretches(
    from_on: date, to_on: date, paid: Iterable[date], pauses: Iterable[Span]
) -> Iterator[tuple[date, date]]:
    """First and last day of every stretch within which neither base nor pause changes."""
    if from_on > to_on:
        return
    changes = {from_on, to_on + ONE, *(day + ONE for day in paid)}
    for pause in pauses:
        changes.add(pause.from_on)
        if pause.to_on:
            changes.add(pause.to_on + ONE)
    for first, after in pairwise(sorted(c for c in changes if from_on <= c <= to_on + ONE)):
        yield first, after - ONE


def remedies(file: Mapping[str, Any]) -> list[Span]:
    """The days on which a reconsideration or a suit against the decision was or is under way."""
    return [_span(way, ends) for names, ends in REMEDIES for name in names for way in _ways(file, name)]


def _ways(file: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The remedies kept under `name`, alone or in rows, that were accepted."""
    held = file.get(name) or ()
    return [way for way in ([held] if isinstance(held, Mapping) else held) if way.get("accepted_on")]


def _span(way: Mapping[str, Any], ends: Iterable[str]) -> Span:
    end = next((way[key] for key in ends if way.get(key)), None)
    return Span(iso(way["accepted_on"]), iso(end) if end else None)


def pauses(file: Mapping[str, Any]) -> list[Span]:
    """The days that do not count for the surcharge: those of a remedy, since the law has said so (PPL21 §73)."""
    return [
        Span(max(span.from_on, PPL21_FROM), span.to_on)
        for span in remedies(file)
        if span.to_on is None or span.to_on >= PPL21_FROM
    ]


def reckoned(file: Mapping[str, Any], until: date, params: Mapping[str, Any]) -> Reckoning | None:
    """The surcharge of a case up to the day `until`; None where none was decided.

    `params` are `surcharge_percent` and `surcharge_cap_percent` of that day.
    """
    surcharge = file.get("surcharge") or {}
    if not surcharge.get("from_on"):
        return None
    return reckon(
        (file.get("decision") or {}).get("fine") or 0,
        iso(surcharge["from_on"]),
        until,
        percent=float(params["surcharge_percent"]),
        cap_percent=float(params["surcharge_cap_percent"]),
        paid=[
            (iso(item["on"]), item.get("amount") or 0)
            for item in (file.get("payment") or {}).get("items") or ()
            if item.get("on")
        ],
        pauses=pauses(file),
    )


def due_on(file: Mapping[str, Any], day: date, params: Mapping[str, Any]) -> float:
    """What the party owes in all if it pays on `day`, yuan: with the surcharge of that day, less what was waived."""
    found, surcharge, decision = (
        reckoned(file, day, params),
        (file.get("surcharge") or {}),
        (file.get("decision") or {}),
    )
    grown = found.amount if found else surcharge.get("amount") or 0
    total: float = (decision.get("fine") or 0) + (decision.get("gains") or 0) + grown
    return round(total - (surcharge.get("waived") or 0), 2)
