"""A small bureau: one subdistrict squad, one town squad with its government, the case centre, and an administrator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import pytest
from pytest_django import DjangoDbBlocker

from xiuhua.kernel.authz import SYSTEM, Actor, Grant
from xiuhua.kernel.clock import SHANGHAI
from xiuhua.kernel.models import Area
from xiuhua.kernel.tests.kept import fresh, kept
from xiuhua.org import actions, rules
from xiuhua.org.models import Officer, Unit, User
from xiuhua.org.rules import PersonKind, UnitKind

AT = datetime(2018, 5, 16, 9, 0, tzinfo=SHANGHAI)
TODAY = AT.date()
LONG_AGO = date(2012, 7, 15)


def actor(role: str, *, user_id: int = 900, officer_id: int = 900) -> Actor:
    """Somebody with one role and nothing else."""
    held = rules.ROLES[role]
    grant = Grant(role, 1, 1, held.permissions, held.reach)
    return Actor(
        name="示例", user_id=user_id, officer_id=officer_id, unit_id=1, unit_code="X", grants=(grant,)
    )


@dataclass(frozen=True)
class Bureau:
    bureau: Unit
    centre: Unit
    street: Unit
    government: Unit
    town: Unit
    brigade: Unit
    street_area: Area
    town_area: Area


def area(code: str, kind: str) -> Area:
    return Area.objects.create(
        code=code, name=code, kind=kind, lon=121.5, lat=31.2, area_km2=1.0, geometry={}, source="示例"
    )


def unit(code: str, kind: UnitKind, parent: Unit | None = None, *areas: Area) -> Unit:
    return actions.add_unit(
        code=code,
        name=f"示例{code}",
        short_name=code,
        kind=kind,
        parent=parent,
        areas=areas,
        by=SYSTEM,
        at=AT,
    )


def built() -> Bureau:
    street_area, town_area = area("A1", "street"), area("A2", "town")
    top = unit("B", UnitKind.BUREAU)
    government = unit("G", UnitKind.TOWN_GOVERNMENT, None, town_area)
    made = Bureau(
        bureau=top,
        centre=unit("C", UnitKind.CASE_CENTRE, top),
        street=unit("S", UnitKind.STREET_SQUAD, top, street_area),
        government=government,
        town=unit("T", UnitKind.TOWN_SQUAD, government, town_area),
        brigade=unit("R", UnitKind.BRIGADE, top, street_area, town_area),
        street_area=street_area,
        town_area=town_area,
    )
    for who, name in ((made.street, top), (made.brigade, top), (made.town, government)):
        allow(who, name)
    return made


@pytest.fixture(scope="module")
def whole_bureau(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Bureau]:
    yield from kept(django_db_blocker, built)


@pytest.fixture
def bureau(whole_bureau: Bureau, db: None) -> Bureau:
    return fresh(whole_bureau)


def allow(who: Unit, name: Unit, group: str = "*", start: date = LONG_AGO, end: date | None = None) -> None:
    """`who` acts in the name of `name`."""
    actions.set_authority(
        unit=who,
        authority=name,
        cause_group=group,
        valid_from=start,
        valid_to=end,
        basis="SHUM §4",
        source="示例",
        certainty="read",
        by=SYSTEM,
        at=AT,
    )


def hired(staff_no: str, kind: PersonKind = PersonKind.OFFICER) -> Officer:
    return actions.hire(staff_no=staff_no, name=f"示例{staff_no}", kind=kind, by=SYSTEM, at=AT)


def in_post(
    officer: Officer, where: Unit, role: str, start: date = LONG_AGO, end: date | None = None
) -> None:
    actions.appoint(officer=officer, unit=where, role=role, valid_from=start, valid_to=end, by=SYSTEM, at=AT)


def account(officer: Officer, password: str | None = None) -> User:
    return actions.make_user(officer=officer, login=officer.staff_no, password=password, by=SYSTEM, at=AT)
