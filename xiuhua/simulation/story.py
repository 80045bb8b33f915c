"""A history under way: steps on working days and in working hours, papers that will get their numbers, one matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from xiuhua.simulation.bureau import Team
from xiuhua.simulation.profiles import Profile
from xiuhua.simulation.world import Cause, Days, Unit, World

Facts = dict[str, Any]

OPENS, CLOSES = 8 * 60 + 40, 17 * 60 + 20


def staff(number: str) -> str:
    """How a history names a person: the door puts the id of whoever has this staff number in its place."""
    return f"staff:{number}"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A paper that waits for its number: kind, day, and the facts that will hold it."""

    kind: str
    day: int
    rows: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """What a case is about. `officers` are two staff numbers; `party` are the register's fields."""

    profile: Profile
    cause: Cause
    party: Mapping[str, str]
    officers: tuple[str, str]
    place: str
    area: str
    point: tuple[float, float]
    facts: str
    scene: str
    source: str
    units: int = 0

    @property
    def party_kind(self) -> str:
        return self.party["kind"]


@dataclass
class Story:
    """One history as it grows. `day` is the ordinal of the last step, `minute` its time of the day."""

    rng: Random
    world: World
    days: Days
    unit: Unit
    team: Team
    matter: Matter
    begun: int
    day: int = 0
    minute: int = 0
    base: Facts = field(default_factory=dict)
    steps: list[dict[str, Any]] = field(default_factory=list)
    numbered: list[Numbered] = field(default_factory=list)
    closed: int = 0
    # The two officers, as facts name them.
    pair: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.pair = [staff(n) for n in self.matter.officers]

    def text(self, day: int) -> str:
        return self.days.text(day)

    def wait(self, least: int, most: int) -> int:
        """A working day `least` to `most` working days after the last step (0: the same day, if it is worked)."""
        return self.days.after(self.day, self.rng.randint(least, most))

    def step(  # noqa: PLR0917 - who does what when: every history is a list of these
        self, move: str, day: int, by: str, role: str, facts: Facts, papers: Sequence[str] = ()
    ) -> dict[str, Any]:
        """Write a step down; on a day that has a step already it comes some minutes later. Gives back the step."""
        if day == self.day:
            self.minute += self.rng.randint(4, 35)
        else:
            self.day, self.minute = day, OPENS + self.rng.randint(0, 200)
        at = min(self.minute, CLOSES)
        iso = self.text(day)
        if papers:
            facts["documents"] = [{"kind": kind, "issued_on": iso} for kind in papers]
        made = {
            "move": move,
            "at": f"{iso}T{at // 60:02}:{at % 60:02}",
            "by": by,
            "role": role,
            "facts": facts,
        }
        self.steps.append(made)
        return made

    def number(self, kind: str, step: Mapping[str, Any], block: Facts | None = None) -> None:
        """The paper `kind` of `step` gets a number, and so does `block`, the part of the facts that tells it."""
        rows = [row for row in step["facts"]["documents"] if row["kind"] == kind]
        self.numbered.append(Numbered(kind, self.day, (*rows, *([block] if block is not None else []))))

    def same_number(self, kind: str, block: Facts) -> None:
        """`block` tells the number of the last paper of `kind` again."""
        index = max(i for i, row in enumerate(self.numbered) if row.kind == kind)
        row = self.numbered[index]
        self.numbered[index] = Numbered(row.kind, row.day, (*row.rows, block))

    def officer(self) -> str:
        """The officer who writes this step down."""
        return staff(self.matter.officers[0])

    def amount(self, name: str) -> float:
        """A parameter of the law in yuan, on the day of the last step."""
        return self.world.amount(name, self.text(self.day or self.begun))
