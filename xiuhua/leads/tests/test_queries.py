"""Who sees which leads, near-duplicates, counts, what the public is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from xiuhua.kernel.authz import NOBODY, SYSTEM, Actor
from xiuhua.leads import actions, queries, rules
from xiuhua.leads.models import Lead, LeadMedia, Reporter
from xiuhua.leads.tests.desk import RENTAL, VENDING, Desk
from xiuhua.registers.tests.bureau import AT, EAST, TODAY, WEST

pytestmark = pytest.mark.django_db


def test_nobody_sees_nothing_and_the_system_all(desk: Desk) -> None:
    lead = desk.posted()
    for rows in (Lead.objects, LeadMedia.objects, Reporter.objects):
        assert not rows.visible(NOBODY).exists()
    assert Lead.objects.visible(SYSTEM).get() == lead
    assert not Reporter.objects.visible(SYSTEM).exists()


def test_one_machine_sees_nothing_that_another_posted(desk: Desk) -> None:
    mine = desk.posted()
    other = desk.bureau.actor("intake", desk.bureau.top)
    assert not queries.leads(other).exists()
    assert not queries.posted_by(other).exists()
    assert queries.posted_by(desk.intake).get() == mine
    assert not queries.posted_by(desk.dispatcher).exists()


def test_a_unit_sees_what_it_registered_before_it_is_dispatched(desk: Desk) -> None:
    lead = desk.report(by=desk.officer, source="report", lon=WEST[0], lat=WEST[1])
    assert queries.leads(desk.head).get() == lead
    assert not queries.leads(desk.bureau.actor("officer", desk.bureau.west)).exists()


# Near-duplicates ------------------------------------------------------------------------------------------------------


def near(desk: Desk, viewer: Actor | None = None, days: float = 0, east_by: float = 0) -> list[int]:
    """Distances of what is found near the usual place, `days` later and `east_by` metres to the east."""
    lon = EAST[0] + east_by / 95_120
    found = queries.near_duplicates(
        viewer or desk.dispatcher, desk.kinds[VENDING], lon, EAST[1], AT + timedelta(days=days)
    )
    return [n.metres for n in found]


def test_near_is_what_the_kind_says_in_place_and_time(desk: Desk) -> None:
    desk.report()  # street vending: 60 metres, 2 days
    assert near(desk) == [0]
    assert near(desk, east_by=59) == [59]
    assert near(desk, east_by=61) == []
    assert near(desk, days=2) == [0]
    assert near(desk, days=2.01) == []
    assert near(desk, days=-2) == [0]


def test_other_kinds_merged_and_refused_ones_and_itself_are_not_near(desk: Desk) -> None:
    lead = desk.report()
    desk.report(kind=desk.kinds[RENTAL], attributes={"room": "1"})
    desk.in_state("refused")
    actions.merge(lead=desk.report(), into=lead, by=desk.dispatcher, at=AT)
    found = queries.near_duplicates(desk.dispatcher, lead.kind, lead.lon, lead.lat, AT)
    assert [n.lead for n in found] == [lead]
    assert (
        queries.near_duplicates(desk.dispatcher, lead.kind, lead.lon, lead.lat, AT, leave_out=lead.pk) == []
    )
    assert queries.near_duplicates(desk.dispatcher, lead.kind, None, None, AT) == []


def test_nobody_is_shown_a_duplicate_that_he_may_not_see(desk: Desk) -> None:
    desk.report()
    assert near(desk, desk.officer) == []
    assert near(desk, NOBODY) == []
    desk.in_state("accepted")
    assert near(desk, desk.officer) == [0]


# Heaps and lists ------------------------------------------------------------------------------------------------------


def test_counts_are_of_ones_own_work(desk: Desk) -> None:
    desk.report()
    desk.in_state("verified")
    desk.in_state("dispatched")
    desk.in_state("dispatched", by=desk.officer, source="report", lon=WEST[0], lat=WEST[1])
    desk.in_state("accepted")
    desk.in_state("returned")
    soon = TODAY
    assert queries.counts_for(desk.dispatcher, soon) == {"to_verify": 1, "to_dispatch": 2, "overdue": 0}
    assert queries.counts_for(desk.officer, soon) == {"to_accept": 1, "in_hand": 1, "overdue": 0}
    assert queries.counts_for(desk.head, soon) == {
        "to_dispatch": 1,
        "to_accept": 1,
        "in_hand": 1,
        "overdue": 0,
    }
    late = TODAY + timedelta(days=30)
    assert queries.counts_for(desk.clerk, late) == {"to_verify": 1, "overdue": 1}
    assert queries.counts_for(desk.officer, late)["overdue"] == 2
    assert queries.counts_for(desk.bureau.actor("auditor"), late) == {"overdue": 0}


def test_what_is_due_soon_comes_with_the_most_urgent_first(desk: Desk) -> None:
    patient = desk.in_state("accepted")
    urgent = desk.report(received_at=AT - timedelta(hours=20))
    assert list(queries.due_soon(desk.dispatcher, TODAY)) == [urgent]
    assert list(queries.due_soon(desk.dispatcher, TODAY + timedelta(days=30))) == [urgent, patient]
    assert list(queries.due_soon(desk.officer, TODAY + timedelta(days=30))) == [patient]


def test_a_list_costs_the_same_number_of_queries_however_long_it_is(
    desk: Desk, django_assert_num_queries: object
) -> None:
    for _ in range(3):
        desk.in_state("dispatched")
    with django_assert_num_queries(1):  # type: ignore[operator]  # a fixture of pytest-django without types
        assert [
            (x.kind.name, x.unit and x.unit.name, x.area and x.area.name) for x in queries.leads(desk.clerk)
        ]


# The public -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", rules.State)
def test_the_public_is_told_where_every_report_stands(desk: Desk, state: rules.State) -> None:
    answer = queries.answer_of(desk.in_state(state))
    assert answer.is_closed is (state in rules.CLOSED - {rules.State.MERGED})
    assert answer.sentence


def test_only_what_came_through_the_open_door_is_published(desk: Desk) -> None:
    lead = desk.posted()
    desk.report()
    desk.finding()
    assert list(queries.published()) == [lead]


def test_what_is_published_comes_without_content_place_and_answers(desk: Desk) -> None:
    desk.posted()
    shown = queries.published().get()
    assert {"content", "place", "attributes", "search"} <= shown.get_deferred_fields()


def test_what_waits_for_somebody_is_what_is_counted(desk: Desk) -> None:
    for state in rules.State:
        desk.in_state(state)
    for viewer in (
        desk.dispatcher,
        desk.clerk,
        desk.officer,
        desk.head,
        desk.bureau.actor("auditor"),
        NOBODY,
    ):
        counts = queries.counts_for(viewer, TODAY)
        assert queries.to_do(viewer).count() == sum(n for heap, n in counts.items() if heap != "overdue")
        allowed = set().union(*(states for heap, (states, _) in queries.HEAPS.items() if heap in counts))
        assert {x.state for x in queries.to_do(viewer)} <= allowed
    assert queries.to_do(desk.dispatcher).count() == 4
    assert queries.to_do(desk.officer).count() == 2


# Deadlines ------------------------------------------------------------------------------------------------------------


def test_the_nearest_deadline_asks_after_its_table_and_the_calendar_in_one_question(
    desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    lead = desk.report()
    before = queries.due_columns(lead)
    assert before["due_clock"]
    with django_assert_num_queries(1):
        assert queries.due_columns(lead) == before
