"""What the simulation knows before it invents anything: units, places, causes and working days, from reference data.

The files of `reference/` are read directly, so that a year can be made without a database.
"""

from __future__ import annotations

import csv
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

from xiuhua.kernel import series
from xiuhua.kernel.workdays import Calendar
from xiuhua.org.rules import HANDLING_KINDS, UnitKind, acts_in_name

KM_PER_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Place:
    """A subdistrict, town or special area: its centre and size."""

    code: str
    short_name: str
    lon: float
    lat: float
    km2: float

    def point(self, rng: Random) -> tuple[float, float]:
        """A point near the centre, well inside: longitude, latitude with six decimals."""
        reach = 0.4 * (self.km2 / 3.1416) ** 0.5 / KM_PER_DEGREE
        return (
            round(self.lon + rng.uniform(-reach, reach) / 0.856, 6),
            round(self.lat + rng.uniform(-reach, reach), 6),
        )


@dataclass(frozen=True, slots=True)
class Unit:
    """A handling unit, in whose name it acts (`bureau` or a town government), and how many people bear cases."""

    code: str
    kind: str
    short_name: str
    authority: str
    prefixes: tuple[str, ...]
    places: tuple[Place, ...]
    people: int

    @property
    def is_town(self) -> bool:
        return self.kind == UnitKind.TOWN_SQUAD

    @property
    def is_squad(self) -> bool:
        return self.kind in {UnitKind.TOWN_SQUAD, UnitKind.STREET_SQUAD, UnitKind.SPECIAL_AREA_SQUAD}

    @property
    def head_role(self) -> str:
        return "squad_head" if self.is_squad else "brigade_head"


@dataclass(frozen=True, slots=True)
class Cause:
    """A version of a cause of action, with the ranges for people and for organisations in yuan."""

    code: str
    name: str
    basis: str
    valid_from: str
    valid_to: str
    floor: float
    ceiling: float
    floor_organisation: float
    ceiling_organisation: float
    kinds: tuple[str, ...]
    needs_refusal: bool
    hearing_always: bool

    def span(self, party_kind: str) -> tuple[float, float]:
        """Least and most for a party of this kind, yuan."""
        if party_kind == "organisation":
            return self.floor_organisation, self.ceiling_organisation
        return self.floor, self.ceiling


class Days:
    """Working days as a list of numbers, so that a year of histories is counted out quickly.

    A day is its ordinal (`date.toordinal`). Valid from `first` to `last`.
    """

    def __init__(self, calendar: Calendar, first: date, last: date) -> None:
        self.base = first.toordinal()
        span = range((last - first).days + 1)
        self.iso = [(first + timedelta(days=i)).isoformat() for i in span]
        self.working = [self.base + i for i in span if calendar.is_working(first + timedelta(days=i))]

    def text(self, day: int) -> str:
        return self.iso[day - self.base]

    def on_or_after(self, day: int) -> int:
        """`day` itself if it is worked, else the next one that is."""
        return self.working[bisect_left(self.working, day)]

    def after(self, day: int, n: int) -> int:
        """The n-th working day after `day`; with n = 0 `day` or the next one."""
        if n <= 0:
            return self.on_or_after(day)
        return self.working[bisect_right(self.working, day) + n - 1]

    def is_working(self, day: int) -> bool:
        return self.on_or_after(day) == day

    def between(self, start: int, end: int) -> list[int]:
        """The working days from `start` up to and with `end`."""
        return self.working[bisect_left(self.working, start) : bisect_right(self.working, end)]


@dataclass(frozen=True)
class World:
    """Everything the generator reads. `calendar` is the bureau's; `demo` are the people of the demo by unit."""

    units: tuple[Unit, ...]
    towns: tuple[str, ...]
    causes: Mapping[str, tuple[Cause, ...]]
    calendar: Calendar
    parameters: Mapping[str, tuple[Mapping[str, str], ...]]
    tiers: Mapping[str, tuple[int, int]]
    demo: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)

    def cause(self, code: str, day: str) -> Cause | None:
        """The version of `code` in force on the ISO day."""
        for cause in self.causes.get(code, ()):
            if cause.valid_from <= day and (not cause.valid_to or day <= cause.valid_to):
                return cause
        return None

    def parameter(self, name: str, day: str) -> str:
        """The value in force on the ISO day. Raises KeyError for one that is not set."""
        for row in self.parameters[name]:
            if row["valid_from"] <= day and (not row["valid_to"] or day <= row["valid_to"]):
                return row["value"]
        raise KeyError(name)

    def amount(self, name: str, day: str) -> float:
        return float(self.parameter(name, day))


def _read(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _places(folder: Path) -> dict[str, Place]:
    return {
        row["code"]: Place(
            row["code"], row["short_name"], float(row["lon"]), float(row["lat"]), float(row["area_km2"])
        )
        for row in _read(folder, "streets.csv")
    }


def _units(folder: Path, bureau: str) -> Iterable[Unit]:
    places = _places(folder)
    everywhere = [p for p in places.values() if p.code.isdecimal()]
    heads = {
        row["unit"]: int(row["number"])
        for row in _read(folder, "headcounts.csv")
        if row["kind"] == "case_bearing" and row["unit"]
    }
    for row in _read(folder, "units.csv"):
        if row["kind"] not in HANDLING_KINDS or row["code"] not in heads:
            continue
        own_name = acts_in_name(UnitKind(row["kind"])) is UnitKind.TOWN_GOVERNMENT
        codes = [c for c in row["areas"].split(";") if c]
        yield Unit(
            code=row["code"],
            kind=row["kind"],
            short_name=row["short_name"],
            authority=row["parent"] if own_name else bureau,
            prefixes=tuple(series.prefixes(row["code"])),
            places=tuple(everywhere if codes == ["*"] else (places[c] for c in codes)),
            people=heads[row["code"]],
        )


def _cause(row: Mapping[str, str]) -> Cause:
    floor, ceiling = float(row["floor"] or 0), float(row["ceiling"] or 0)
    return Cause(
        code=row["code"],
        name=row["name"],
        basis=row["basis"],
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        floor=floor,
        ceiling=ceiling,
        floor_organisation=float(row["floor_organisation"] or floor),
        ceiling_organisation=float(row["ceiling_organisation"] or ceiling),
        kinds=tuple(row["kinds_allowed"].split(";")),
        needs_refusal=row["needs_refusal"] == "yes",
        hearing_always=row["hearing_always"] == "yes",
    )


def _grouped(rows: Iterable[dict[str, str]], by: str) -> dict[str, list[dict[str, str]]]:
    groups: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        groups.setdefault(row[by], []).append(row)
    return groups


def _calendar(folder: Path) -> Calendar:
    rows = [*_read(folder, "holidays.csv"), *_read(folder, "extra_days.csv")]
    days: dict[date, Any] = {date.fromisoformat(row["day"]): row["working"] == "yes" for row in rows}
    return Calendar(exceptions=days, known_until=date(max(days).year, 12, 31))


@lru_cache(maxsize=2)
def load(folder: Path) -> World:
    """The world of the reference data in `folder`."""
    governing = _grouped(_read(folder, "units.csv"), "kind")
    bureau = governing[UnitKind.BUREAU][0]["code"]
    return World(
        units=tuple(_units(folder, bureau)),
        towns=tuple(row["code"] for row in governing[UnitKind.TOWN_GOVERNMENT]),
        causes={
            code: tuple(map(_cause, rows))
            for code, rows in _grouped(_read(folder, "causes.csv"), "code").items()
        },
        calendar=_calendar(folder),
        parameters={
            name: tuple(rows) for name, rows in _grouped(_read(folder, "parameters.csv"), "name").items()
        },
        tiers={
            row["tier"]: (int(row["from_percent"]), int(row["to_percent"]))
            for row in _read(folder, "tiers.csv")
            if row["cause_code"] == "*"
        },
        demo={unit: tuple(rows) for unit, rows in _grouped(_read(folder, "demo_users.csv"), "unit").items()},
    )
