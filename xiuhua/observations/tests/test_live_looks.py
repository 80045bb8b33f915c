"""Whoever looks at what is live is written down, and whoever was looked at reads it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from xiuhua.kernel import record
from xiuhua.kernel.authz import NOBODY, SYSTEM
from xiuhua.kernel.models import RecordEntry
from xiuhua.observations import actions, queries
from xiuhua.observations.models import Watch
from xiuhua.observations.rules import WatchKind
from xiuhua.observations.tests.street import HOUR, car, phone
from xiuhua.registers.tests.bureau import AT, TODAY, Bureau

pytestmark = pytest.mark.django_db


def test_a_look_at_the_map_of_a_unit_is_read_by_its_people_and_by_nobody_of_another(bureau: Bureau) -> None:
    head = bureau.actor("squad_head", bureau.east)
    assert actions.look_at_map(by=head, at=AT) is not None
    (seen,) = queries.map_watches(bureau.actor("officer", bureau.east))
    assert (seen.watcher_name, seen.day, seen.whole) == (head.name, TODAY, False)
    assert bureau.east in seen.units.all()
    assert queries.map_watches(head).get() == seen
    assert queries.map_watches(bureau.actor("auditor")).get() == seen
    for nobody_of_it in (bureau.actor("officer", bureau.west), bureau.actor("intake"), NOBODY):
        assert not queries.map_watches(nobody_of_it).exists()
    entry = RecordEntry.objects.get(verb="observations.look_at_map")
    assert (entry.actor_id, bureau.east.code in entry.facts) == (head.user_id, True)


def test_a_look_at_the_map_of_the_whole_bureau_is_read_by_every_officer(bureau: Bureau) -> None:
    seen = actions.look_at_map(by=bureau.actor("command_operator"), at=AT)
    assert seen is not None
    assert seen.whole
    for unit in (bureau.east, bureau.west, bureau.town):
        assert queries.map_watches(bureau.actor("officer", unit)).get() == seen


def test_who_goes_on_looking_is_written_again_after_an_hour_and_not_before(bureau: Bureau) -> None:
    head = bureau.actor("squad_head", bureau.east)
    for minutes in (0, 1, 59):
        actions.look_at_map(by=head, at=AT + timedelta(minutes=minutes))
    assert Watch.objects.count() == 1
    actions.look_at_map(by=head, at=AT + HOUR)
    assert Watch.objects.count() == 2
    actions.look_at_map(by=bureau.actor("squad_head", bureau.west), at=AT)
    assert Watch.objects.count() == 3


@pytest.mark.parametrize("role", ["officer", "intake", "statistics_clerk"])
def test_who_sees_nobody_else_is_not_written(bureau: Bureau, role: str) -> None:
    actor = bureau.actor(role, bureau.east if role == "officer" else None)
    assert actions.look_at_map(by=actor, at=AT) is None
    assert actions.look_at_map(by=NOBODY, at=AT) is None
    assert actions.look_at_map(by=SYSTEM, at=AT) is None
    assert not Watch.objects.exists()


@pytest.mark.parametrize("what", [WatchKind.NOW, WatchKind.FILM])
def test_a_live_look_at_a_device_is_read_by_whoever_bears_it(bureau: Bureau, what: WatchKind) -> None:
    officer, head = bureau.officer("officer", bureau.east), bureau.actor("squad_head", bureau.east)
    borne, driven = phone(bureau.east, officer), car(bureau.east)
    assert len(actions.look_live(devices=[borne, driven], what=what, by=head, at=AT)) == 2
    assert actions.look_live(devices=[borne, driven], what=what, by=head, at=AT + timedelta(minutes=5)) == []
    (seen,) = queries.watches(bureau.actor("officer", bureau.east))
    assert (seen.device, seen.what, seen.watcher) == (borne, what, head.user_id)
    assert RecordEntry.objects.filter(verb="observations.look_live").count() == 2


def test_a_device_that_comes_into_view_later_is_written_by_itself(bureau: Bureau) -> None:
    head = bureau.actor("squad_head", bureau.east)
    first, second = car(bureau.east), phone(bureau.east, bureau.officer("officer", bureau.east))
    actions.look_live(devices=[first], what=WatchKind.FILM, by=head, at=AT)
    (row,) = actions.look_live(devices=[first, second], what=WatchKind.FILM, by=head, at=AT)
    assert row.device == second
    (row,) = actions.look_live(devices=[first], what=WatchKind.NOW, by=head, at=AT)
    assert row.what == WatchKind.NOW


def test_what_one_bears_oneself_is_looked_at_without_an_entry(bureau: Bureau) -> None:
    device = phone(bureau.east, bureau.officer("officer", bureau.east))
    by = bureau.actor("officer", bureau.east)
    assert actions.look_live(devices=[device], what=WatchKind.NOW, by=by, at=AT) == []
    assert not RecordEntry.objects.filter(verb="observations.look_live").exists()


@pytest.mark.parametrize("wrong", [{"what": "map"}, {"what": "film", "whole": True}])
def test_a_look_is_at_a_device_or_at_the_map(bureau: Bureau, wrong: dict[str, object]) -> None:
    said = {"watcher_name": "示例", "unit_code": "", "reason": "", "day": TODAY, "at": AT}
    row = Watch(device=car(bureau.east), **said, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic(), record.act("示例", by=SYSTEM, at=AT):
        row.save()
