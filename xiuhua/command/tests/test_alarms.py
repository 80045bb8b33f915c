"""Alarms on duty only, once, until their sign is gone; and never where they are turned off."""

from __future__ import annotations

from datetime import timedelta

import pytest

from xiuhua.command import actions, jobs, permissions, queries
from xiuhua.command.models import Alarm
from xiuhua.command.queries.alarms import outside_of
from xiuhua.command.tests.picture import MINUTE, Picture
from xiuhua.kernel import clock
from xiuhua.kernel.authz import Invalid, Refused
from xiuhua.kernel.models import Job, RecordEntry
from xiuhua.observations.models import Device
from xiuhua.registers.tests.bureau import AT, EAST

pytestmark = pytest.mark.django_db
LATER = AT + 40 * MINUTE
FAR = EAST[0] + 0.02


def stands(picture: Picture, minutes: int = 40, lon: float = EAST[0]) -> Device:
    """An officer's phone that does not move from AT on."""
    device = picture.phone()
    for minute in range(minutes + 1):
        picture.seen(device, AT + minute * MINUTE, lon=lon, kept=True)
    return device


def test_standing_still_on_duty_is_raised_once_and_ends_when_it_moves_on(picture: Picture) -> None:
    device = stands(picture)
    assert actions.look_for_alarms(at=LATER) == (1, 0)
    assert actions.look_for_alarms(at=LATER + MINUTE) == (0, 0)
    (alarm,) = queries.open_alarms(picture.head)
    assert (alarm.kind, alarm.since, alarm.measured, alarm.limit) == ("still", AT, 40, 30)
    picture.seen(device, LATER + 2 * MINUTE, lon=EAST[0] + 0.002, kept=True)
    assert actions.look_for_alarms(at=LATER + 2 * MINUTE) == (0, 1)
    assert not queries.open_alarms(picture.head).exists()
    assert RecordEntry.objects.filter(verb="command.end_alarm").count() == 1


def test_leaving_the_area_of_the_unit_is_raised_with_its_metres(picture: Picture) -> None:
    stands(picture, 8, FAR)
    assert actions.look_for_alarms(at=AT + 8 * MINUTE) == (1, 0)
    alarm = Alarm.objects.get()
    assert alarm.kind == "away"
    assert alarm.measured == pytest.approx(0.015 * 111_195 * 0.855, rel=0.01)


def test_outside_of_duty_nothing_is_raised_and_what_is_open_ends_with_the_duty(picture: Picture) -> None:
    stands(picture)
    actions.look_for_alarms(at=LATER)
    assert actions.look_for_alarms(at=AT + timedelta(hours=9)) == (0, 1)
    assert actions.look_for_alarms(at=AT + timedelta(hours=10)) == (0, 0)


def test_whoever_is_not_heard_any_more_is_lost_and_not_still(picture: Picture) -> None:
    stands(picture)
    assert actions.look_for_alarms(at=LATER + 11 * MINUTE) == (0, 0)


def test_a_kind_that_is_off_is_not_raised_and_what_was_open_ends(picture: Picture) -> None:
    stands(picture)
    actions.look_for_alarms(at=LATER)
    actions.switch(kind="still", on=False, reason="示例：大型活动固定岗", by=picture.dispatcher, at=LATER)
    assert actions.look_for_alarms(at=LATER) == (0, 1)
    assert actions.look_for_alarms(at=LATER) == (0, 0)
    actions.switch(kind="still", on=True, reason="示例：活动结束", by=picture.dispatcher, at=LATER)
    assert actions.look_for_alarms(at=LATER) == (1, 0)
    states = {kind.value: row and row.on for kind, row in queries.switches(picture.officer).items()}
    assert states == {"still": True, "away": None}


def test_with_every_kind_off_nothing_is_raised(picture: Picture) -> None:
    stands(picture, lon=FAR)
    for kind in ("still", "away"):
        actions.switch(kind=kind, on=False, reason="示例", by=picture.dispatcher, at=LATER)
    assert actions.look_for_alarms(at=LATER) == (0, 0)


def test_only_the_bureau_and_the_desk_switch_and_only_with_a_reason(picture: Picture) -> None:
    for who in (picture.officer, picture.head):
        with pytest.raises(Refused, match="开关"):
            actions.switch(kind="still", on=False, reason="示例", by=who, at=AT)
    assert permissions.can_switch(picture.dispatcher)
    with pytest.raises(Invalid) as invalid:
        actions.switch(kind="nothing", on=False, reason=" ", by=picture.dispatcher, at=AT)
    assert set(invalid.value.errors) == {"kind", "reason"}


def test_alarms_are_read_by_those_who_follow_and_by_the_person_and_looked_into_by_others(
    picture: Picture,
) -> None:
    stands(picture)
    actions.look_for_alarms(at=LATER)
    alarm = Alarm.objects.get()
    for sees in (picture.head, picture.dispatcher, picture.officer):
        assert queries.alarms(sees).count() == 1
    assert not queries.alarms(picture.colleague).exists()
    with pytest.raises(Refused, match="本人"):
        actions.handle(alarm=alarm, note="示例", by=picture.officer, at=LATER)
    with pytest.raises(Refused, match="核查"):
        actions.handle(alarm=alarm, note="示例", by=picture.colleague, at=LATER)
    with pytest.raises(Invalid):
        actions.handle(alarm=alarm, note=" ", by=picture.head, at=LATER)
    actions.handle(alarm=alarm, note="示例：正在做笔录", by=picture.head, at=LATER)
    assert not permissions.can_handle(alarm, picture.dispatcher)
    with pytest.raises(Refused, match="已经核查"):
        actions.handle(alarm=alarm, note="示例", by=picture.dispatcher, at=LATER)


def test_a_unit_without_an_area_has_no_outside(picture: Picture) -> None:
    assert outside_of(picture.bureau.office)(0.0, 0.0) == 0.0
    outside = outside_of(picture.unit)
    assert outside(*EAST) == 0.0
    assert outside(EAST[0], EAST[1] + 0.006) == pytest.approx(111.195, rel=0.01)


def test_each_look_asks_for_the_next_once(picture: Picture) -> None:
    with clock.held_at(LATER):
        jobs.look_for_alarms({})
        jobs.begin(LATER)
    assert Job.objects.filter(name=jobs.LOOK).count() == 1
