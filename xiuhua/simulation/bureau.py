"""The synthetic bureau of the size of 2018: who works in which unit, with which post and certificate.

Each handling unit has exactly the people that its case-bearing head-count says, the people of the demo among them: a
head, a legal clerk and officers. Decisions are reviewed and taken elsewhere: at the case centre, the legal office and
the head of the bureau, and in each town government by people of its own.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from random import Random

from xiuhua.org.backfill import Newcomer
from xiuhua.org.rules import PersonKind
from xiuhua.simulation import people
from xiuhua.simulation.world import Unit, World

POSTS_FROM, POSTS_TO = "2017-01-01", "2035-12-31"

# Desks of the bureau: unit, role, kind of person, how many, and the letter of their staff numbers.
DESKS = (
    ("BUREAU", "bureau_head", "officer", 1, "A"),
    ("BUREAU", "bureau_deputy_head", "officer", 4, "A"),
    ("CENTRE", "case_centre_reviewer", "officer", 12, "C"),
    ("OFF-LEGAL", "legal_reviewer", "officer", 6, "L"),
    ("OFF-LEGAL", "hearing_host", "civil", 3, "L"),
    ("OFF-LEGAL", "publicity_clerk", "civil", 3, "L"),
)
TOWN_DESKS = (("town_approver", 3), ("legal_reviewer", 1), ("hearing_host", 1))


@dataclass(frozen=True, slots=True)
class Person:
    """One row of the staff file: a person with one post and, for officers, a certificate."""

    staff_no: str
    name: str
    kind: str
    unit: str
    role: str
    post_from: str = POSTS_FROM
    certificate: str = ""
    certificate_from: str = ""
    certificate_to: str = ""
    legal_qualification: str = ""


@dataclass(frozen=True, slots=True)
class Team:
    """Whom a case of one unit meets: staff numbers by what they do. The head of a team is never an officer of it."""

    head: str
    clerk: str
    officers: tuple[str, ...]
    reviewers: tuple[str, ...]
    legal: tuple[str, ...]
    deciders: tuple[str, ...]
    leaders: tuple[str, ...]
    hosts: tuple[str, ...]
    publicity: tuple[str, ...]


@dataclass(frozen=True)
class Bureau:
    """All people in the order of their staff numbers, and the team of each handling unit."""

    people: tuple[Person, ...]
    teams: Mapping[str, Team]


def _person(rng: Random, staff_no: str, kind: str, unit: str, role: str) -> Person:
    certified = kind == "officer"
    return Person(
        staff_no=staff_no,
        name=people.name(rng),
        kind=kind,
        unit=unit,
        role=role,
        certificate=f"示例{staff_no}" if certified or role == "legal_reviewer" else "",
        certificate_from=POSTS_FROM if certified or role == "legal_reviewer" else "",
        certificate_to=POSTS_TO if certified or role == "legal_reviewer" else "",
        legal_qualification=f"示例资格{staff_no}" if role == "legal_reviewer" else "",
    )


def _of_demo(world: World, unit: str, role: str) -> list[str]:
    return [row["staff_no"] for row in world.demo.get(unit, ()) if row["role"] == role]


def _squad(rng: Random, unit: Unit, world: World) -> Iterator[Person]:
    """The people of a handling unit beside those of the demo: a head, a legal clerk, and officers up to its number."""
    there = world.demo.get(unit.code, ())
    missing = [
        role
        for role in (unit.head_role, "squad_legal_clerk")
        if not any(row["role"] == role for row in there)
    ]
    bearing = sum(row["kind"] == "officer" for row in there)
    missing += ["officer"] * (unit.people - bearing - len(missing))
    for serial, role in enumerate(missing, 1):
        yield _person(rng, f"{unit.prefixes[0]}{serial:03}", "officer", unit.code, role)


def _desks(rng: Random, world: World) -> Iterator[Person]:
    serials: dict[str, int] = {}
    for unit, role, kind, many, letter in DESKS:
        for _ in range(many - len(_of_demo(world, unit, role))):
            serials[letter] = serials.get(letter, 0) + 1
            yield _person(rng, f"{letter}{serials[letter]:03}", kind, unit, role)


def _town_desks(rng: Random, world: World) -> Iterator[Person]:
    for number, town in enumerate(world.towns, 1):
        serial = 0
        for role, many in TOWN_DESKS:
            for _ in range(many - len(_of_demo(world, town, role))):
                serial += 1
                yield _person(rng, f"T{number:02}{serial}", "civil", town, role)


def staffed(world: World, seed: int) -> Bureau:
    """The bureau of `seed`: the same seed, the same people."""
    rng = Random(f"bureau-{seed}")  # noqa: S311 - the same seed must give the same people
    made = [person for unit in world.units for person in _squad(rng, unit, world)]
    made += [*_desks(rng, world), *_town_desks(rng, world)]
    holders: dict[tuple[str, str], list[str]] = {}
    for rows in world.demo.values():
        for row in rows:
            holders.setdefault((row["unit"], row["role"]), []).append(row["staff_no"])
    for person in made:
        holders.setdefault((person.unit, person.role), []).append(person.staff_no)
    found = {key: tuple(numbers) for key, numbers in holders.items()}
    return Bureau(
        people=tuple(sorted(made, key=lambda p: p.staff_no)),
        teams={unit.code: _team(unit, found) for unit in world.units},
    )


def _team(unit: Unit, holders: Mapping[tuple[str, str], Sequence[str]]) -> Team:
    town = unit.authority if unit.is_town else ""

    def held(desk: str, role: str) -> tuple[str, ...]:
        return tuple(holders.get((town or desk, role), ()))

    approvers = held("", "town_approver")
    heads = (*held("BUREAU", "bureau_head"), *held("BUREAU", "bureau_deputy_head"))
    return Team(
        head=holders[unit.code, unit.head_role][0],
        clerk=holders[unit.code, "squad_legal_clerk"][0],
        officers=tuple(holders[unit.code, "officer"]),
        reviewers=approvers[:1] or held("CENTRE", "case_centre_reviewer"),
        legal=held("OFF-LEGAL", "legal_reviewer"),
        deciders=approvers[1:] or heads[1:],
        leaders=approvers or heads,
        hosts=held("OFF-LEGAL", "hearing_host"),
        publicity=tuple(holders["OFF-LEGAL", "publicity_clerk"]),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def newcomers(bureau: Bureau, *, with_demo: Sequence[Mapping[str, str]] = ()) -> list[Newcomer]:
    """The people as the bulk door of org takes them, and with them those rows of the demo's people."""
    return [
        *(_of_row(row) for row in with_demo),
        *_as_newcomers(bureau),
    ]


def _of_row(row: Mapping[str, str]) -> Newcomer:
    """A person of the demo, with the same post and certificate that an account of the demo gets."""
    certified = row["kind"] == "officer" or bool(row["legal_qualification"])
    return Newcomer(
        staff_no=row["staff_no"],
        name=row["name"],
        kind=PersonKind(row["kind"]),
        unit=row["unit"],
        role=row["role"],
        since=date.fromisoformat(POSTS_FROM),
        certificate_no=f"示例{row['staff_no']}" if certified else "",
        certificate_from=_day(POSTS_FROM) if certified else None,
        certificate_to=_day(POSTS_TO) if certified else None,
        legal_qualification=row["legal_qualification"],
    )


def _as_newcomers(bureau: Bureau) -> list[Newcomer]:
    return [
        Newcomer(
            staff_no=p.staff_no,
            name=p.name,
            kind=PersonKind(p.kind),
            unit=p.unit,
            role=p.role,
            since=date.fromisoformat(p.post_from),
            certificate_no=p.certificate,
            certificate_from=_day(p.certificate_from),
            certificate_to=_day(p.certificate_to),
            legal_qualification=p.legal_qualification,
        )
        for p in bureau.people
    ]


COLUMNS = tuple(field.name for field in fields(Person))


def write(bureau: Bureau, path: Path) -> None:
    """The staff as a file for people to look at: one row a person, UTF-8 CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(person) for person in bureau.people)
