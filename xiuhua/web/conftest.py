"""A small invented bureau for the tests of pages, and browsers that are signed in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from xiuhua.cases.actions.opening import Opening, open_case
from xiuhua.cases.models import Case, Cause
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM, Actor
from xiuhua.kernel.models import Area, acting
from xiuhua.kernel.tests.kept import fresh, kept
from xiuhua.leads import actions as leads
from xiuhua.leads.models import Lead, LeadAttribute, LeadClock, LeadKind
from xiuhua.org import actions, queries
from xiuhua.org.models import Officer, Unit, User
from xiuhua.org.rules import UnitKind

LONG_AGO = date(2012, 7, 15)
PASSWORD = "示例密码-2026-xiuhua"  # noqa: S105 - an invented password of the tests


@dataclass
class World:
    """One bureau with two subdistrict squads and their areas."""

    bureau: Unit
    squad: Unit
    other: Unit
    area: Area
    other_area: Area
    made: int = field(default=0)

    def person(self, role: str, unit: Unit | None = None, login: str = "") -> User:
        """Somebody who holds `role` in `unit` (the first squad if none), with an account."""
        self.made += 1
        login = login or f"{role}{self.made}"
        at = clock.now()
        officer = actions.hire(
            staff_no=f"E{self.made:04}", name=f"示例{self.made}", kind=Officer.Kind.OFFICER, by=SYSTEM, at=at
        )
        actions.grant_certificate(
            officer=officer,
            number=f"示例证{self.made:04}",
            valid_from=LONG_AGO,
            valid_to=date(2099, 12, 31),
            by=SYSTEM,
            at=at,
            legal_qualification="示例资格",
        )
        actions.appoint(
            officer=officer, unit=unit or self.squad, role=role, valid_from=LONG_AGO, by=SYSTEM, at=at
        )
        return actions.make_user(officer=officer, login=login, password=PASSWORD, by=SYSTEM, at=at)

    def actor(self, user: User) -> Actor:
        return queries.actor_for(user, clock.now())

    def client(self, user: User) -> Client:
        """A browser in which `user` is signed in."""
        browser = Client()
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        actions.start_session(
            user=user,
            session_key=browser.session.session_key or "",
            ip="127.0.0.1",
            agent="test",
            by=self.actor(user),
            at=clock.now(),
        )
        return browser


def _area(code: str, name: str, lon: float) -> Area:
    square = [[lon, 31.2], [lon + 0.02, 31.2], [lon + 0.02, 31.22], [lon, 31.22], [lon, 31.2]]
    geometry = {"type": "Polygon", "coordinates": [square]}
    return Area.objects.create(
        code=code,
        name=name,
        kind=Area.Kind.STREET,
        lon=lon + 0.01,
        lat=31.21,
        area_km2=4.0,
        geometry=geometry,
        source="示例",
    )


def _unit(code: str, name: str, kind: UnitKind, parent: Unit | None, *areas: Area) -> Unit:
    return actions.add_unit(
        code=code,
        name=name,
        short_name=name,
        name_en=f"Sample {code}",
        kind=kind,
        parent=parent,
        areas=areas,
        form_prefix=code[-2:] if kind is UnitKind.STREET_SQUAD else "",
        by=SYSTEM,
        at=clock.now(),
    )


def built() -> World:
    area, other_area = _area("310115901", "示例一街道", 121.50), _area("310115902", "示例二街道", 121.53)
    bureau = _unit("B01", "示例区城管执法局", UnitKind.BUREAU, None)
    squad = _unit("SQ-310115016", "示例一中队", UnitKind.STREET_SQUAD, bureau, area)
    other = _unit("SQ-310115015", "示例二中队", UnitKind.STREET_SQUAD, bureau, other_area)
    for unit in (squad, other):
        actions.set_authority(
            unit=unit,
            authority=bureau,
            cause_group="*",
            valid_from=LONG_AGO,
            valid_to=None,
            basis="SHUM §4",
            source="示例",
            certainty="read",
            by=SYSTEM,
            at=clock.now(),
        )
    return World(bureau, squad, other, area, other_area)


@pytest.fixture(scope="module")
def whole_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    yield from kept(django_db_blocker, built)


@pytest.fixture
def world(whole_world: World, db: None) -> World:
    return fresh(whole_world)


@pytest.fixture
def kind(world: World) -> LeadKind:
    """Two kinds and one clock, as the reference data would have them."""
    token = acting.set(True)
    try:
        made = [
            LeadKind(
                code=code,
                name=name,
                name_en=english,
                causes=causes,
                near_metres=60,
                near_days=3,
                verify_hours=24,
                clocks="",
                source="示例",
                certainty="design",
            )
            for code, name, english, causes in (
                ("street_vending", "占道设摊", "Street vending", "SR11"),
                ("other", "其他", "Other", ""),
            )
        ]
        for row in made:
            row.save(force_insert=True)
        LeadAttribute(
            kind=made[0],
            code="stall_count",
            position=1,
            datatype="number",
            required=False,
            description="摊位数量",
            description_en="How many stalls",
            source="示例",
            certainty="design",
        ).save(force_insert=True)
        LeadClock(
            code="lead_verify",
            label="线索核实",
            label_en="Verify a lead",
            starts="received",
            ends="verified",
            length=None,
            unit="hour",
            every=True,
            for_reporter=False,
            source="示例",
            certainty="design",
        ).save(force_insert=True)
    finally:
        acting.reset(token)
    return made[0]


@pytest.fixture
def lead(world: World, kind: LeadKind) -> Lead:
    """A lead in the area of the first squad, told by somebody."""
    return leads.register(
        kind=kind,
        source="report",
        content="示例路口有三个摊位",
        place="示例路1号",
        lon=121.51,
        lat=31.21,
        reporter=leads.Reported(name="示例举报人", phone="13900000000"),
        by=SYSTEM,
        at=clock.now(),
    )


@pytest.fixture
def cause(world: World) -> Cause:
    """A cause of action as the catalogue would have it."""
    token = acting.set(True)
    try:
        made = Cause(
            code="SR11",
            name="占道设摊经营",
            name_en="Street vending",
            group="SR",
            violates="SHCA §25(1)",
            basis="SHCA §25(2)",
            floor=50,
            ceiling=500,
            kinds_allowed="fine",
            source="示例",
            certainty="read",
        )
        made.save(force_insert=True)
    finally:
        acting.reset(token)
    return made


def opened(world: World, cause: Cause, name: str, handler: User) -> Case:
    """An ordinary case of the handler's squad against somebody of this name."""
    opening = Opening(
        procedure="ordinary",
        unit=world.squad,
        cause=cause,
        place="示例路1号",
        found_on=clock.today(),
        officers=[handler.officer],
        new_party={"kind": "citizen", "name": name},
    )
    return open_case(opening=opening, by=world.actor(handler), at=clock.now())
