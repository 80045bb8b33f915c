"""History comes in under the rules of today; whoever keeps positions is told the hours of shifts; rates add up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from xiuhua.duty import actions, backfill, figures, queries
from xiuhua.duty.backfill import Past, PastCheckIn
from xiuhua.duty.models import CheckIn, Shift, Stop
from xiuhua.duty.tests.street import Street
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM, Actor, Refused
from xiuhua.kernel.models import RecordEntry
from xiuhua.observations.queries import DutyHours
from xiuhua.org.figures import Period
from xiuhua.org.models import Officer
from xiuhua.registers.tests.bureau import AT

DAY = AT.date() - timedelta(days=2)
PERIOD = Period(DAY, AT.date())


def past(street: Street, who: Actor, *fixes: PastCheckIn, day: date = DAY) -> Past:
    return Past(who.officer_id or 0, street.unit, street.kind(), day, street.beat, fixes)


def said(street: Street, minutes: int = 0, **fix: Any) -> PastCheckIn:
    made = street.fix(AT - timedelta(days=2, minutes=30 - minutes), **fix)
    return PastCheckIn(street.point, made, made.at)


def test_history_is_judged_as_it_would_have_been(street: Street) -> None:
    mocked = said(street, 10, mock=True, device="phone-2")
    rows = [
        past(street, street.officer, said(street)),
        past(street, street.colleague, mocked, said(street, 20)),
        past(street, street.head),
    ]
    assert backfill.bring_in(rows, by=SYSTEM, at=AT).shifts == 0
    done = backfill.bring_in(rows, by=SYSTEM, at=AT, write=True)
    assert (done.shifts, done.check_ins, done.faults) == (3, 3, [])
    verdicts = CheckIn.objects.order_by("at").values_list("verdict", "signs", "counted")
    assert list(verdicts) == [
        ("valid", "", True),
        ("doubtful", "mock", False),
        ("doubtful", "shared_device", False),
    ]
    attended = Shift.objects.filter(attended_at__isnull=False).values_list("officer", flat=True)
    assert list(attended) == [street.officer.officer_id]
    assert Stop.objects.filter(reached_at__isnull=False).count() == 1
    assert Stop.objects.count() == 6
    assert RecordEntry.objects.filter(verb="duty.bring_in").count() == 6
    assert not DutyHours.objects.exists()


def test_rates_are_the_share_of_what_is_over(street: Street) -> None:
    rows = [past(street, street.officer, said(street)), past(street, street.colleague)]
    backfill.bring_in(rows, by=SYSTEM, at=AT, write=True)
    street.shift(street.head)
    with clock.held_at(AT):
        found = {}
        for figure in figures.RATES:
            under = figure.out_of(SYSTEM, PERIOD) if figure.out_of else None
            found[figure.id] = (figure.rows(SYSTEM, PERIOD).count(), under and under.number)
    assert found == {"R01": (1, 2), "R02": (1, 4), "R03": (0, None)}


def test_what_clashes_with_what_stands_is_a_fault_and_the_rest_comes_in(street: Street) -> None:
    row = past(street, street.officer)
    backfill.bring_in([row], by=SYSTEM, at=AT, write=True)
    done = backfill.bring_in([row, past(street, street.colleague)], by=SYSTEM, at=AT, write=True)
    assert (done.shifts, [place for place, _why in done.faults]) == (1, [0])
    twice = past(street, street.head)
    assert len(backfill.bring_in([twice, twice], by=SYSTEM, at=AT).faults) == 1
    assert backfill.bring_in([], by=SYSTEM, at=AT, write=True).shifts == 0


def test_nobody_but_the_system_brings_history_in(street: Street) -> None:
    with pytest.raises(Refused):
        backfill.bring_in([past(street, street.officer)], by=street.head, at=AT)


def test_the_cars_of_a_unit_are_on_the_road_while_somebody_of_the_unit_is(street: Street) -> None:
    shift = street.shift(day=AT.date() + timedelta(days=7))
    hours = DutyHours.objects.get(ended=False, unit=shift.unit)
    assert (hours.starts_at, hours.ends_at, hours.officer, hours.device) == (
        shift.starts_at,
        shift.ends_at,
        None,
        None,
    )


def test_whoever_keeps_positions_knows_the_hours_of_a_shift_to_come(street: Street) -> None:
    shift = street.shift(day=AT.date() + timedelta(days=7))
    hours = DutyHours.objects.get(ended=False, officer__isnull=False)
    assert (hours.officer_id, hours.starts_at, hours.ends_at) == (
        street.officer.officer_id,
        shift.starts_at,
        shift.ends_at,
    )
    other = Officer.objects.get(pk=street.colleague.officer_id or 0)
    swap = actions.ask_swap(shift=shift, other=other, reason="示例", by=street.officer, at=AT)
    actions.answer_swap(swap=swap, consent=True, by=street.colleague, at=AT)
    actions.decide_swap(swap=swap, approve=True, by=street.head, at=AT)
    assert DutyHours.objects.get(ended=False, officer__isnull=False).officer_id == other.pk
    moved = queries.shifts(street.head).get(pk=shift.pk)
    actions.cancel_shift(shift=moved, reason="示例", by=street.head, at=AT)
    assert not DutyHours.objects.filter(ended=False).exists()
