"""Every act writes its entry in the same transaction, or nothing at all."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError

from xiuhua.kernel import queries, record, rows
from xiuhua.kernel.authz import NOBODY, SYSTEM, Actor, Grant, Reach
from xiuhua.kernel.models import (
    Area,
    Job,
    LegalQuerySet,
    OutsideAction,
    RecordEntry,
    Series,
    StoredFile,
    TakenNumber,
)
from xiuhua.kernel.tests.harness import AT, CLERK, last_entry, thing, write_entries, write_many

pytestmark = pytest.mark.django_db


class Broken(Exception):
    pass


def test_an_act_writes_who_did_what_on_what_and_when() -> None:
    with record.act("areas.put", by=CLERK, at=AT) as act:
        act.entry(on=thing(5), facts={"b": 1, "a": "示例"}, label="五号")
    entry = last_entry()
    assert (entry.verb, entry.actor_id, entry.actor_name, entry.unit_code) == (
        "areas.put",
        7,
        CLERK.name,
        "U1",
    )
    assert (entry.subject, entry.label, entry.at) == ("kernel.area:5", "五号", AT)
    assert entry.facts == '{"a":"示例","b":1}'
    assert entry.facts_hash == hashlib.sha256(entry.facts.encode()).hexdigest()


def test_facts_are_recorded_as_one_text_whatever_their_types() -> None:
    facts = {"day": date(2026, 3, 9), "at": AT, "sum": Decimal("200.00"), "on": None}
    assert json.loads(record.canonical(facts)) == {
        "day": "2026-03-09",
        "at": "2026-03-09T10:15:00+08:00",
        "sum": "200.00",
        "on": None,
    }
    with pytest.raises(TypeError, match="object"):
        record.canonical({"x": object()})


def test_an_act_without_an_entry_is_rolled_back() -> None:
    def without_entry() -> None:
        with record.act("areas.put", by=CLERK, at=AT) as act:
            act.later("tell", {"x": 1})

    with pytest.raises(record.NoEntry, match="put"):
        without_entry()
    assert not Job.objects.exists()


def test_an_act_that_fails_leaves_neither_entry_nor_job() -> None:
    def failing() -> None:
        with record.act("areas.put", by=CLERK, at=AT) as act:
            act.entry(on=thing(), facts={})
            act.later("tell", {})
            raise Broken

    with pytest.raises(Broken):
        failing()
    assert not RecordEntry.objects.exists()
    assert not Job.objects.exists()


def test_when_the_entry_cannot_be_written_nothing_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: RecordEntry, *args: object, **kwargs: object) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(RecordEntry, "save", broken)

    def unrecorded() -> None:
        with record.act("files.store", by=CLERK, at=AT) as act:
            StoredFile(sha256="0" * 64, size=1, media_type="text/plain", stored_at=AT).save()
            act.entry(on=thing(), facts={})

    with pytest.raises(DatabaseError, match="disk full"):
        unrecorded()
    assert not StoredFile.objects.exists()


def test_an_inner_act_joins_the_outer_one() -> None:
    def nested() -> None:
        with record.act("outer", by=CLERK, at=AT) as outer:
            with record.act("inner", by=CLERK, at=AT) as inner:
                inner.entry(on=thing(), facts={})
            outer.entry(on=thing(), facts={})
            raise Broken

    with pytest.raises(Broken):
        nested()
    assert not RecordEntry.objects.exists()


def test_the_moment_of_an_act_has_a_time_zone() -> None:
    with (
        pytest.raises(ValueError, match="aware"),
        record.act("areas.put", by=CLERK, at=datetime(2026, 3, 9)),  # noqa: DTZ001 - the mistake under test
    ):
        pass


def test_models_of_legal_effect_are_not_saved_outside_an_act() -> None:
    file = StoredFile(sha256="0" * 64, size=1, media_type="text/plain", stored_at=AT)
    for write in (
        file.save,
        lambda: StoredFile.objects.bulk_create([file]),
        lambda: StoredFile.objects.update(size=2),
        lambda: StoredFile.objects.create(sha256="1" * 64, size=1, media_type="a/b", stored_at=AT),
        lambda: rows.insert(StoredFile, ("sha256",), [("0" * 64,)]),
    ):
        with pytest.raises(OutsideAction):
            write()
    assert not StoredFile.objects.exists()


def test_models_of_legal_effect_are_never_deleted_even_in_an_act() -> None:
    with record.act("files.store", by=CLERK, at=AT) as act:
        file = StoredFile(sha256="0" * 64, size=1, media_type="text/plain", stored_at=AT)
        file.save()
        act.entry(on=file, facts={})
        for delete in (file.delete, StoredFile.objects.all().delete):
            with pytest.raises(OutsideAction):
                delete()
    assert StoredFile.objects.count() == 1


def test_a_queryset_that_does_not_say_who_sees_it_shows_nothing() -> None:
    with record.act("numbers", by=CLERK, at=AT) as act:
        series = Series.objects.create(kind="k", unit_code="u", year=2026, pattern="p")
        taken = TakenNumber(series=series, serial=1, number="1", subject="s", taken_at=AT)
        taken.save()
        act.entry(on=taken, facts={})
    shown = TakenNumber.objects.all()
    assert isinstance(shown, LegalQuerySet)
    assert not shown.visible(SYSTEM).exists()


def test_the_bulk_door_writes_the_same_rows_as_single_entries() -> None:
    write_many(3)
    bulk = RecordEntry.objects.order_by("pk").values_list("verb", "actor_id", "at", "facts", "facts_hash")[1]
    with record.act("areas.put", by=CLERK, at=AT) as act:
        act.entry(on=thing(), facts={"n": 1})
    single = last_entry()
    assert bulk == (single.verb, single.actor_id, single.at, single.facts, single.facts_hash)


def test_a_label_is_cut_and_the_facts_are_hashed_as_they_are_written() -> None:
    with record.act("v", by=CLERK, at=AT) as act:
        act.bulk([act.line(subject="s", label="l" * 300, facts={"f": 1})])
    entry = last_entry()
    assert (entry.verb, entry.subject, entry.label, entry.at) == ("v", "s", "l" * 200, AT)
    assert (entry.facts, entry.facts_hash) == ('{"f":1}', hashlib.sha256(b'{"f":1}').hexdigest())


def test_the_bulk_door_alone_satisfies_the_act_and_an_empty_one_does_not() -> None:
    write_many(1)
    with pytest.raises(record.NoEntry):
        write_many(0)


@pytest.mark.parametrize(
    ("reader", "sees"),
    [
        (NOBODY, 0),
        (SYSTEM, 3),
        (CLERK, 2),
        (
            Actor(
                name="审计员",
                user_id=9,
                grants=(Grant("auditor", 1, None, frozenset({"record.see"}), Reach.BUREAU),),
            ),
            3,
        ),
        (
            Actor(
                name="队员",
                user_id=9,
                grants=(Grant("officer", 1, None, frozenset({"cases.see"}), Reach.UNIT),),
            ),
            0,
        ),
    ],
)
def test_the_auditor_reads_every_entry_and_others_their_own(reader: Actor, sees: int) -> None:
    write_entries(2)
    with record.act("areas.put", by=SYSTEM, at=AT) as act:
        act.entry(on=thing(), facts={})
    assert queries.entries(reader).count() == sees


def test_the_history_of_an_object_is_told_in_order() -> None:
    write_entries(2)
    with record.act("areas.rename", by=CLERK, at=AT) as act:
        act.entry(on=thing(1), facts={})
    assert [entry.verb for entry in queries.history("kernel.area:1")] == ["areas.put", "areas.rename"]


def test_an_area_takes_a_new_revision_with_each_change() -> None:
    area = Area(code="1", name="示例", kind="town", lon=0, lat=0, area_km2=1, geometry={}, source="示例")
    area.save()
    first = area.revision
    area.save()
    assert area.revision != first
