"""A small bureau for the suites of the ground, the desk and the API: two squads and a brigade of the bureau, one town.

The areas are squares of 0.01 degree: `east` handled by squad E, `west` by squad W, `town` by the town's own squad.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count

from shapely.geometry import box, mapping

from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM, Actor
from xiuhua.kernel.clock import SHANGHAI
from xiuhua.kernel.models import Area
from xiuhua.org import queries
from xiuhua.org.models import AuthorityRow, Officer, Post, Unit, User
from xiuhua.org.rules import PersonKind, UnitKind

AT = datetime(2026, 5, 13, 9, 0, tzinfo=SHANGHAI)  # a Wednesday
TODAY = AT.date()
LONG_AGO = date(2012, 7, 15)
# Points in the middle of each area.
EAST, WEST, TOWN = (121.505, 31.205), (121.495, 31.205), (121.505, 31.195)

_numbers = count(1)


def area(code: str, kind: str, west: float, south: float) -> Area:
    square = box(west, south, west + 0.01, south + 0.01)
    return Area.objects.create(
        code=code,
        name=f"示例{code}",
        kind=kind,
        lon=west + 0.005,
        lat=south + 0.005,
        area_km2=1.0,
        geometry=mapping(square),
        source="示例",
    )


def unit(code: str, kind: UnitKind, parent: Unit | None = None, *areas: Area) -> Unit:
    made = Unit(code=code, name=f"示例{code}", short_name=code, kind=kind, parent=parent)
    made.save()
    made.areas.set(areas)
    return made


def allow(who: Unit, name: Unit) -> None:
    AuthorityRow(
        unit=who,
        authority=name,
        valid_from=LONG_AGO,
        basis="SHUM §4",
        source="示例",
        certainty="read",
    ).save()


@dataclass
class Bureau:
    top: Unit
    centre: Unit
    office: Unit
    east: Unit
    west: Unit
    town: Unit
    government: Unit
    brigade: Unit
    people: dict[tuple[str, int], User] = field(default_factory=dict)

    def user(self, role: str, where: Unit) -> User:
        """Somebody who holds `role` in `where`; the same one each time."""
        key = (role, where.pk)
        if key not in self.people:
            self.people[key] = appointed(role, where)
        return self.people[key]

    def actor(self, role: str, where: Unit | None = None) -> Actor:
        return queries.actor_for(self.user(role, where or self.place_of(role)), AT)

    def officer(self, role: str = "officer", where: Unit | None = None) -> Officer:
        return self.user(role, where or self.place_of(role)).officer

    def place_of(self, role: str) -> Unit:
        """Where a role is held in this bureau."""
        places = {
            "case_centre_reviewer": self.centre,
            "bureau_head": self.top,
            "bureau_deputy_head": self.top,
            "brigade_head": self.brigade,
            "town_approver": self.government,
        }
        squad = {"officer", "auxiliary", "squad_legal_clerk", "squad_head"}
        return self.east if role in squad else places.get(role, self.office)


def appointed(role: str, where: Unit) -> User:
    """Written straight into the tables: suites make hundreds of them."""
    number = f"示例{next(_numbers):05}"
    kind = {"auxiliary": PersonKind.AUXILIARY, "intake": PersonKind.CIVIL}.get(role, PersonKind.OFFICER)
    officer = Officer(staff_no=number, name=number, kind=kind)
    with record.act("示例", by=SYSTEM, at=AT) as act:
        officer.save()
        Post(officer=officer, unit=where, role=role, valid_from=LONG_AGO).save()
        user = User(login=number, officer=officer, password="!")
        user.save()
        act.entry(on=user, facts={})
    return user


def built() -> Bureau:
    with record.act("示例", by=SYSTEM, at=AT) as act:
        bureau = _built()
        act.entry(on=bureau.top, facts={})
    return bureau


def _built() -> Bureau:
    east = area("E", "street", 121.50, 31.20)
    west = area("W", "street", 121.49, 31.20)
    town = area("T", "town", 121.50, 31.19)
    top = unit("B", UnitKind.BUREAU)
    government = unit("G", UnitKind.TOWN_GOVERNMENT, None, town)
    made = Bureau(
        top=top,
        centre=unit("C", UnitKind.CASE_CENTRE, top),
        office=unit("O", UnitKind.OFFICE, top),
        east=unit("SE", UnitKind.STREET_SQUAD, top, east),
        west=unit("SW", UnitKind.STREET_SQUAD, top, west),
        government=government,
        town=unit("ST", UnitKind.TOWN_SQUAD, government, town),
        brigade=unit("R", UnitKind.BRIGADE, top, east, west, town),
    )
    for who, name in ((made.east, top), (made.west, top), (made.brigade, top), (made.town, government)):
        allow(who, name)
    return made
