"""Who looks at a track leaves an entry that the person can read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest

from xiuhua.kernel.authz import SYSTEM, Actor, Invalid, Refused
from xiuhua.kernel.models import RecordEntry
from xiuhua.observations import actions, permissions, queries, rules
from xiuhua.observations.models import Current, Device, Position, Watch
from xiuhua.observations.queries.known import milliseconds
from xiuhua.observations.tests.street import HOUR, car, on_duty, phone, went
from xiuhua.org.models import Officer
from xiuhua.registers.tests.bureau import AT, TODAY, Bureau

pytestmark = pytest.mark.django_db


def test_looking_writes_who_why_and_which_day_and_the_person_can_read_it(bureau: Bureau) -> None:
    officer = bureau.officer("officer", bureau.east)
    device = phone(bureau.east, officer)
    for minutes in (0, 1, 2):
        went(device, AT + timedelta(minutes=minutes), lat=31.205 + minutes / 100)
    head = bureau.actor("squad_head", bureau.east)
    track = actions.look_at_track(device=device, day=TODAY, reason="示例：核对考勤", by=head, at=AT + HOUR)
    assert len(track.fixes) == 3
    assert track.kilometres == pytest.approx(2.224, abs=0.01)
    assert (len(track.stops), len(track.trips)) == (0, 1)
    (seen,) = queries.watches(bureau.actor("officer", bureau.east))
    assert (seen.watcher_name, seen.reason, seen.day) == (head.name, "示例：核对考勤", TODAY)
    assert RecordEntry.objects.get(verb="observations.look_at_track").actor_id == head.user_id
    assert queries.watches(head).count() == 1
    assert queries.watches(bureau.actor("auditor")).count() == 1
    assert not queries.watches(bureau.actor("officer", bureau.west)).exists()
    assert not queries.watches(bureau.actor("duty_dispatcher")).exists()


def test_the_entry_and_the_look_are_one_if_the_entry_fails_nothing_is_shown(bureau: Bureau) -> None:
    device, head = phone(bureau.east, bureau.officer()), bureau.actor("squad_head", bureau.east)
    with (
        patch("xiuhua.kernel.record.Act.entry", side_effect=RuntimeError("disk")),
        pytest.raises(RuntimeError, match="disk"),
    ):
        actions.look_at_track(device=device, day=TODAY, reason="示例", by=head, at=AT)
    assert not Watch.objects.exists()


def test_ones_own_track_is_looked_at_without_an_entry(bureau: Bureau) -> None:
    device = phone(bureau.east, bureau.officer("officer", bureau.east))
    went(device, AT)
    track = actions.look_at_track(
        device=device, day=TODAY, reason="", by=bureau.actor("officer", bureau.east), at=AT
    )
    assert len(track.fixes) == 1
    assert not Watch.objects.exists()


def handed_over(bureau: Bureau, role: str) -> tuple[Device, Actor, Actor]:
    """A phone that somebody of the squad bore until noon, and whoever holds `role` since; both."""
    before, after = bureau.actor("auxiliary", bureau.east), bureau.actor(role, bureau.east)
    old, new = (Officer.objects.get(pk=who.officer_id or 0) for who in (before, after))
    device = phone(bureau.east, old)
    went(device, AT)
    actions.change(device=device, officer=new, reason="示例：换人", by=SYSTEM, at=AT + 3 * HOUR)
    return device, before, after


def test_the_track_of_a_day_on_which_another_bore_the_device_is_not_ones_own(bureau: Bureau) -> None:
    device, _before, after = handed_over(bureau, "officer")
    look: dict[str, Any] = {"device": device, "reason": "示例", "by": after}
    with pytest.raises(Refused) as told:
        actions.look_at_track(day=TODAY, at=AT + 4 * HOUR, **look)
    (refusal,) = told.value.refusals
    assert (refusal.code, refusal.ground) == ("track_of_another_bearer", "PIPL §34")
    actions.look_at_track(day=TODAY + timedelta(days=1), at=AT + 24 * HOUR, **look)
    assert not Watch.objects.exists()


def test_everybody_who_bore_the_device_on_the_day_reads_who_looked_and_nobody_else(bureau: Bureau) -> None:
    device, before, after = handed_over(bureau, "officer")
    head = bureau.actor("squad_head", bureau.east)
    look: dict[str, Any] = {"device": device, "reason": "示例：核对", "by": head, "at": AT + 30 * HOUR}
    actions.look_at_track(day=TODAY, **look)
    assert [queries.watches(who).count() for who in (before, after)] == [1, 1]
    actions.look_at_track(day=TODAY + timedelta(days=1), **look)
    assert [queries.watches(who).count() for who in (before, after)] == [1, 2]


def test_a_head_who_took_a_phone_over_says_why_the_days_before_are_looked_at(bureau: Bureau) -> None:
    device, before, head = handed_over(bureau, "squad_head")
    look: dict[str, Any] = {"device": device, "day": TODAY, "by": head, "at": AT + 4 * HOUR}
    with pytest.raises(Invalid, match="请写明查看事由"):
        actions.look_at_track(reason="", **look)
    actions.look_at_track(reason="示例：核对", **look)
    assert [watch.officer_id for watch in Watch.objects.all()] == [before.officer_id]


def test_of_a_device_that_changed_hands_nobody_is_said_to_have_passed(bureau: Bureau) -> None:
    device, before, after = handed_over(bureau, "officer")
    people = [who.officer_id or 0 for who in (before, after)]
    span = (AT - HOUR, AT + HOUR)
    assert queries.passed_near(people, (121.505, 31.205), 100, *span) == {}
    later = AT + timedelta(days=1)
    went(device, later)
    assert queries.passed_near(people, (121.505, 31.205), 100, later - HOUR, later + HOUR) == {people[1]: 0}


def test_a_place_from_before_this_duty_is_not_where_a_device_is_now(bureau: Bureau) -> None:
    device, head = phone(bureau.east, bureau.officer()), bureau.actor("squad_head", bureau.east)
    on_duty(officer=bureau.officer(), hours=2)
    start = milliseconds(AT)
    row = Current.objects.create(device=device.pk, heard=start, at=start - 1, lon=121.5, lat=31.2)
    assert queries.current_of(device, head, AT + HOUR) is None
    Current.objects.filter(pk=row.pk).update(at=start)
    assert queries.current_of(device, head, AT + HOUR) is not None
    assert queries.current_of(device, head, AT + 3 * HOUR) is None


@pytest.mark.parametrize("role", ["squad_legal_clerk", "system_administrator", "auditor", "statistics_clerk"])
def test_whoever_may_not_follow_is_refused(bureau: Bureau, role: str) -> None:
    device = car(bureau.east)
    with pytest.raises(Refused):
        actions.look_at_track(device=device, day=TODAY, reason="示例", by=bureau.actor(role), at=AT)
    assert not permissions.can_follow(device, bureau.actor(role))
    assert permissions.can_follow(device, bureau.actor("duty_dispatcher"))


def test_a_look_without_a_reason_or_at_a_day_to_come_is_refused(bureau: Bureau) -> None:
    device = car(bureau.east)
    with pytest.raises(Invalid) as wrong:
        actions.look_at_track(
            device=device,
            day=TODAY + timedelta(days=1),
            reason=" ",
            by=bureau.actor("duty_dispatcher"),
            at=AT,
        )
    assert set(wrong.value.errors) == {"day", "reason"}


def test_where_a_device_is_now_is_told_while_it_is_on_duty_to_those_who_may_follow_it(bureau: Bureau) -> None:
    device, now = car(bureau.east), AT + HOUR
    moment = milliseconds(now)
    Current.objects.create(device=device.pk, heard=moment, at=moment, lon=121.5, lat=31.2)
    dispatcher = bureau.actor("duty_dispatcher")
    assert queries.current_of(device, dispatcher, now) is None
    on_duty(unit=bureau.east)
    found = queries.current_of(device, dispatcher, now)
    assert found is not None
    assert found.lon == 121.5
    assert queries.current_of(device, dispatcher, AT + 9 * HOUR) is None
    assert queries.current_of(device, bureau.actor("system_administrator"), now) is None


def test_a_gpx_file_is_taken_in_within_duty_hours_only(bureau: Bureau) -> None:
    device = phone(bureau.east, bureau.officer())
    on_duty(officer=bureau.officer(), hours=1)
    start = milliseconds(AT)
    track = [rules.Fix(start + n * 1_800_000, 121.5, 31.2 + n / 100) for n in range(4)]
    text = rules.write_gpx("示例", track)
    assert actions.import_track(device=device, text=text, by=SYSTEM, at=AT + 3 * HOUR) == (2, 2)
    # The same file again changes nothing.
    assert actions.import_track(device=device, text=text, by=SYSTEM, at=AT + 3 * HOUR) == (2, 2)
    assert Position.objects.count() == 2
    for wrong in ("<gpx/>", text):
        with pytest.raises(Invalid):
            actions.import_track(device=device, text=wrong, by=SYSTEM, at=AT)
