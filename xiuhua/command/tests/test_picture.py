"""Who is on whose map, and when not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from xiuhua.command import queries
from xiuhua.command.tests.picture import MINUTE, Picture
from xiuhua.kernel.authz import NOBODY, SYSTEM, Actor
from xiuhua.observations import actions as observations
from xiuhua.observations.tests import street as road
from xiuhua.registers.tests.bureau import AT, EAST

pytestmark = pytest.mark.django_db


def keys(user: Actor, at: timedelta = MINUTE) -> set[str]:
    return {m.key for m in queries.movers(user, AT + at, 10)}


def test_those_who_follow_positions_see_who_is_on_duty_others_only_themselves(picture: Picture) -> None:
    picture.seen(picture.phone())
    mine = f"o{picture.officer.officer_id}"
    assert keys(picture.head) == keys(picture.dispatcher) == {mine}
    assert keys(picture.officer) == {mine}
    assert keys(picture.colleague) == set()
    assert keys(picture.bureau.actor("squad_head", picture.bureau.west)) == set()
    assert keys(NOBODY) == set()


def test_nobody_is_on_the_map_before_and_after_duty(picture: Picture) -> None:
    picture.seen(picture.phone())
    assert keys(picture.head, timedelta(hours=8)) == set()
    assert keys(picture.head, -MINUTE) == set()


def test_a_position_of_the_duty_before_is_not_shown_in_this_one(picture: Picture) -> None:
    device = picture.phone()
    picture.seen(device, at=AT - timedelta(hours=3))
    assert keys(picture.head) == set()


def test_a_device_that_was_withdrawn_leaves_the_map(picture: Picture) -> None:
    device = picture.phone()
    picture.seen(device)
    observations.withdraw(device=device, reason="示例", by=SYSTEM, at=AT)
    assert keys(picture.head) == set()


def test_somebody_with_two_devices_is_one_point_at_the_fresher_place(picture: Picture) -> None:
    first = picture.phone()
    second = road.phone(picture.unit, first.officer, "phone-9999")  # type: ignore[arg-type]  # a phone has a bearer
    picture.seen(first, AT)
    picture.seen(second, AT + MINUTE, lon=EAST[0] + 0.001)
    (mover,) = queries.movers(picture.head, AT + 2 * MINUTE, 10)
    assert mover.seen.device == second.pk


def test_the_stream_knows_the_same_positions_as_the_page(picture: Picture) -> None:
    picture.seen(picture.phone())
    picture.seen(picture.car(), lon=EAST[0] + 0.0001)
    at = AT + MINUTE
    page = {m.seen for m in queries.movers(picture.dispatcher, at, 10)}
    assert set(queries.everyone(at).values()) == page
    assert queries.everyone(AT + timedelta(hours=9)) == {}


def test_shift_and_task_are_told_and_the_car_is_guessed(picture: Picture) -> None:
    picture.shift()
    picture.seen(picture.phone(), AT)
    picture.seen(picture.car(), AT, lon=EAST[0] + 0.0001)
    everybody = queries.movers(picture.head, AT + MINUTE, 10)
    car, person = everybody
    assert (car.is_car, person.is_car, person.shift is not None) == (True, False, True)
    assert (person.name, car.name) == (person.device.officer.name, car.device.plate)  # type: ignore[union-attr]  # a person
    found = queries.car_of(person, everybody)
    assert found
    assert found[0].key == car.key
    assert queries.car_of(car, everybody) is None
    assert queries.car_of(person, [person]) is None
