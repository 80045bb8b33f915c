"""Who sees which leads, role by role: the four leads are laid once for all roles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from pytest_django import DjangoDbBlocker

from xiuhua.kernel.tests.kept import fresh, kept
from xiuhua.leads import queries
from xiuhua.leads.actions import Sent
from xiuhua.leads.models import Lead, LeadMedia, Reporter
from xiuhua.leads.tests.desk import Desk
from xiuhua.org.rules import ROLES
from xiuhua.registers.tests.bureau import TOWN, WEST, built

pytestmark = pytest.mark.django_db

SEES_ALL = {
    "duty_dispatcher",
    "command_operator",
    "complaint_clerk",
    "supervision_inspector",
    "leader_read_only",
}
OF_EAST = {"officer", "auxiliary", "squad_legal_clerk", "squad_head"}
DECIDES_FOR_BUREAU = {"bureau_deputy_head", "bureau_head"}
WORKS_IN_EAST = {"officer", "squad_legal_clerk", "squad_head"}


@dataclass
class Four:
    """One lead that nobody has yet, one in each of two squads of the bureau, and one in the town's."""

    desk: Desk
    undispatched: Lead
    east: Lead
    west: Lead
    town: Lead


def laid() -> Four:
    desk = Desk(built())
    return Four(
        desk,
        desk.posted(media=[Sent(url="https://example.org/a.jpg")]),
        desk.in_state("accepted"),
        desk.in_state("dispatched", lon=WEST[0], lat=WEST[1]),
        desk.in_state("dispatched", lon=TOWN[0], lat=TOWN[1]),
    )


@pytest.fixture(scope="module")
def whole_four(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Four]:
    yield from kept(django_db_blocker, laid)


@pytest.fixture
def four(whole_four: Four, db: None) -> Four:
    return fresh(whole_four)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_role_sees_exactly_the_leads_it_should(four: Four, role: str) -> None:
    expected: set[Lead] = set()
    if role in SEES_ALL:
        expected = {four.undispatched, four.east, four.west, four.town}
    elif role in OF_EAST:
        expected = {four.east}
    elif role in DECIDES_FOR_BUREAU:
        expected = {four.east, four.west}
    elif role == "town_approver":
        expected = {four.town}
    elif role == "intake":
        expected = {four.undispatched}
    viewer = four.desk.bureau.actor(role)
    assert set(queries.leads(viewer)) == expected
    assert set(Lead.objects.visible(viewer)) == expected
    assert LeadMedia.objects.visible(viewer).exists() is (four.undispatched in expected)
    reporters = {r.lead for r in Reporter.objects.visible(viewer)}
    posted = {four.undispatched} if role == "intake" else set()
    assert reporters == ({four.east} if role in WORKS_IN_EAST else posted)
