"""Which leads the API gives to whom, role by role: the leads are laid once for all roles."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from xiuhua.api.tests.machine import Machine
from xiuhua.kernel.tests.kept import kept
from xiuhua.leads import queries
from xiuhua.leads.models import Lead
from xiuhua.leads.tests.desk import Desk
from xiuhua.org.rules import ROLES
from xiuhua.registers.tests.bureau import WEST, built

pytestmark = pytest.mark.django_db


def laid() -> Desk:
    desk = Desk(built())
    desk.posted()
    desk.in_state("accepted")
    desk.in_state("dispatched", lon=WEST[0], lat=WEST[1])
    return desk


@pytest.fixture(scope="module")
def whole_desk(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Desk]:
    yield from kept(django_db_blocker, laid)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_role_gets_exactly_the_leads_it_may_see(machine: Machine, desk: Desk, role: str) -> None:
    assert Lead.objects.count() == 3
    viewer = desk.bureau.actor(role)
    allowed = set(queries.leads(viewer).values_list("pk", flat=True))
    assert {item["id"] for item in machine.get("/leads", role).json["items"]} == allowed
    for pk in Lead.objects.values_list("pk", flat=True):
        assert machine.get(f"/leads/{pk}", role).status == (200 if pk in allowed else 404)
        moved = machine.post(f"/leads/{pk}/return", role, reason="示例")
        assert moved.status in ({200, 409} if pk in allowed else {404})
