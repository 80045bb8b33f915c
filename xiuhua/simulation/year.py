"""The year of cases: as many as were closed in 2018, each with a lawful history under the text of its days.

1. The closed cases of each procedure are shared out over the units by their people.
2. For each unit, cases begin on days drawn from the seasons and run forward; one that closes outside the year is a
   neighbour: a few of those that were still open at the end of the year are kept, the others are forgotten.
3. When all of a unit's cases are known, its papers get their numbers in the order of their days.
Units are made on their own, each with a seed of its own, so two processes make the same year as one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import ceil
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any

from xiuhua.simulation import amounts, numbering, people, places
from xiuhua.simulation.bureau import Bureau, Team, staffed
from xiuhua.simulation.ordinary import ordinary
from xiuhua.simulation.profiles import BRIGADES, ENVIRONMENT, PROFILES, SQUADS, Profile
from xiuhua.simulation.story import Matter, Story
from xiuhua.simulation.summary import summary
from xiuhua.simulation.world import Days, Unit, World, load

# Cases that begin in a month, in parts of the average: few around the new year, many before summer and in autumn.
SEASON = (0.8, 0.6, 1.1, 1.05, 1.1, 1.05, 1.0, 1.0, 1.05, 0.95, 1.1, 1.05)
COLD = frozenset({11, 12, 1, 2})
# Of the cases that were open at the end of the year, this share of a unit's closed ones is kept.
STILL_OPEN = 0.05
SOURCES = (("patrol", 62), ("complaint", 16), ("hotline", 10), ("campaign", 8), ("regulation", 4))

COLUMNS = (
    "number",
    "procedure",
    "unit",
    "cause",
    "party_kind",
    "party_name",
    "party_trade_name",
    "party_operator",
    "party_id_kind",
    "party_id_no",
    "party_credit_code",
    "party_representative",
    "party_address",
    "party_phone",
    "place",
    "area",
    "lon",
    "lat",
    "found_on",
    "occurred_on",
    "lead_source",
    "officers",
    "facts",
    "history",
)
PARTY_FIELDS = (
    "kind",
    "name",
    "trade_name",
    "operator",
    "id_kind",
    "id_no",
    "credit_code",
    "representative",
    "address",
    "phone",
)

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to make: how many cases of each procedure were closed in which year, from which seed."""

    year: int = 2018
    summary: int = 8034
    ordinary: int = 12069
    seed: int = 2018


def shares(total: int, units: Sequence[Unit], weigh: Callable[[Unit], float]) -> dict[str, int]:
    """`total` shared out by weight, whole numbers, largest remainders first."""
    weights = {u.code: weigh(u) for u in units}
    whole = sum(weights.values())
    exact = {code: total * weight / whole for code, weight in weights.items()}
    found = {code: int(value) for code, value in exact.items()}
    left = sorted(exact, key=lambda code: (found[code] - exact[code], code))
    for code in left[: total - sum(found.values())]:
        found[code] += 1
    return found


def quotas(world: World, plan: Plan) -> dict[str, tuple[int, int]]:
    """Unit → (summary, ordinary) cases closed in the year: squads patrol, brigades have larger matters."""
    rng = Random(f"quotas-{plan.seed}")  # noqa: S311 - the same seed must give the same year
    zeal = {u.code: rng.uniform(0.75, 1.25) for u in world.units}
    on_spot = shares(
        plan.summary, world.units, lambda u: u.people * zeal[u.code] * (1.0 if u.is_squad else 0.15)
    )
    full = shares(
        plan.ordinary, world.units, lambda u: u.people * zeal[u.code] * (1.0 if u.is_squad else 1.6)
    )
    return {u.code: (on_spot[u.code], full[u.code]) for u in world.units}


def _kind_of(unit: Unit) -> str:
    if unit.is_squad:
        return SQUADS
    return BRIGADES if unit.kind == "brigade" else ENVIRONMENT


class UnitYear:
    """The year of one unit."""

    def __init__(self, world: World, plan: Plan, unit: Unit, team: Team) -> None:
        self.world, self.plan, self.unit, self.team = world, plan, unit, team
        self.rng = Random(f"{plan.seed}-{unit.code}")  # noqa: S311 - the same seed must give the same year
        self.days = _days(world, plan.year)
        first, last = date(plan.year - 1, 10, 9), date(plan.year, 12, 28)
        self.starts = self.days.between(first.toordinal(), last.toordinal())
        self.seasons = [SEASON[date.fromordinal(d).month - 1] for d in self.starts]
        mine = [p for p in PROFILES if _kind_of(unit) in p.where.split()]
        self.profiles = {
            "summary": ([p for p in mine if p.summary], [p.summary for p in mine if p.summary]),
            "ordinary": ([p for p in mine if p.ordinary], [p.ordinary for p in mine if p.ordinary]),
        }

    def matter(self, procedure: str, day: int) -> Matter | None:
        """Something that happened on `day`; None where that cause does not fit the season."""
        rng = self.rng
        choice, weights = self.profiles[procedure]
        profile = rng.choices(choice, weights)[0]
        if rng.random() > _fits(profile, date.fromordinal(day).month in COLD):
            return None
        cause = self.world.cause(profile.code, self.days.text(day))
        if cause is None:
            return None
        kind = rng.choice(profile.parties.split())
        place = rng.choice(self.unit.places)
        where = places.address(rng, place)
        n, thing, plate = rng.randint(1, 12), rng.choice(profile.things.split()), people.plate(rng)
        two = rng.sample(self.team.officers, 2)
        return Matter(
            profile=profile,
            cause=cause,
            party=places.party(rng, kind, profile.trade, where),
            officers=(two[0], two[1]),
            place=where + "门前",
            area=place.code,
            point=place.point(rng),
            facts=profile.facts.format(n=n, thing=thing, plate=plate),
            scene=profile.scene.format(n=n, thing=thing, plate=plate) + "。",
            source=rng.choices([name for name, _ in SOURCES], [w for _, w in SOURCES])[0],
            units=rng.randint(*profile.units) if profile.units[1] else 0,
        )

    def story(self, procedure: str) -> Story | None:
        """One case that runs its whole course; None where what happened cannot be this procedure."""
        begun = self.rng.choices(self.starts, self.seasons)[0]
        matter = self.matter(procedure, begun)
        if matter is None:
            return None
        story = Story(self.rng, self.world, self.days, self.unit, self.team, matter, begun)
        if procedure == "ordinary":
            ordinary(story)
            return story
        fine = amounts.on_the_spot(story)
        if fine is None:
            return None
        summary(story, fine)
        return story

    def stories(self, procedure: str, closed: int) -> Iterator[Story]:
        """`closed` cases that were closed in the year, and a few that were still open at its end."""
        start, end = date(self.plan.year, 1, 1).toordinal(), date(self.plan.year, 12, 31).toordinal()
        open_left = ceil(closed * STILL_OPEN)
        while closed:
            story = self.story(procedure)
            if story is None or story.closed < start:
                continue
            if story.closed <= end:
                closed -= 1
                yield story
            elif open_left:
                open_left -= 1
                yield story

    def rows(self, summaries: int, ordinaries: int) -> list[Row]:
        """The rows of the file, in the order of their numbers."""
        told = [("summary", s) for s in self.stories("summary", summaries)]
        told += [("ordinary", s) for s in self.stories("ordinary", ordinaries)]
        told.sort(key=lambda pair: (pair[1].begun, pair[1].steps[0]["at"]))
        numbers = numbering.give(self.unit, [story for _, story in told])
        return [
            _row(number, procedure, story) for number, (procedure, story) in zip(numbers, told, strict=True)
        ]


def _fits(profile: Profile, cold: bool) -> float:
    """How likely a cause is in this season, against the season that has most of it."""
    most = max(profile.winter, 1.0)
    return (profile.winter if cold else 1.0) / most


def _row(number: str, procedure: str, story: Story) -> Row:
    matter = story.matter
    found = story.text(story.begun)
    history = json.dumps(
        {"base": story.base, "steps": story.steps}, ensure_ascii=False, separators=(",", ":")
    )
    return (
        number,
        procedure,
        story.unit.code,
        matter.cause.code,
        *(matter.party.get(name, "") for name in PARTY_FIELDS),
        matter.place,
        matter.area,
        *matter.point,
        found,
        found,
        "patrol" if procedure == "summary" else matter.source,
        ";".join(matter.officers),
        matter.facts,
        history,
    )


def _days(world: World, year: int) -> Days:
    return Days(world.calendar, date(year - 1, 9, 1), date(year + 1, 12, 31))


def _unit_rows(folder: Path, plan: Plan, code: str, quota: tuple[int, int]) -> list[Row]:
    """One unit's year, in whichever process."""
    world, bureau = _loaded(folder, plan.seed)
    unit = next(u for u in world.units if u.code == code)
    return UnitYear(world, plan, unit, bureau.teams[code]).rows(*quota)


@lru_cache(maxsize=2)
def _loaded(folder: Path, seed: int) -> tuple[World, Bureau]:
    world = load(folder)
    return world, staffed(world, seed)


def make(folder: Path, plan: Plan, workers: int = 2) -> Iterator[tuple[Unit, list[Row]]]:
    """The rows of the year unit by unit; `workers` processes, 0 for none beside this one. The rows are the same."""
    world, _ = _loaded(folder, plan.seed)
    wanted = quotas(world, plan)
    calls: Iterable[tuple[Any, ...]] = [(folder, plan, u.code, wanted[u.code]) for u in world.units]
    if not workers:
        for unit, call in zip(world.units, calls, strict=True):
            yield unit, _unit_rows(*call)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        made = [pool.submit(_unit_rows, *call) for call in calls]
        for unit, future in zip(world.units, made, strict=True):
            yield unit, future.result()
