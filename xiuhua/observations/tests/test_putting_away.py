"""Days go into files, atomically and again and again; what has been kept long enough goes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pyarrow.dataset as ds
import pytest
from pytest_django import Settings

from xiuhua.kernel import clock
from xiuhua.kernel.models import Job, RecordEntry
from xiuhua.observations import actions, jobs
from xiuhua.observations.models import Current, Device, OddFrame, Position
from xiuhua.observations.queries import day_fixes, lake
from xiuhua.observations.queries.known import milliseconds
from xiuhua.observations.tests.street import HOUR, car, phone, went
from xiuhua.registers.tests.bureau import AT, TODAY, Bureau

pytestmark = pytest.mark.django_db
TOMORROW = AT + timedelta(days=1)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path / "positions"


@pytest.fixture
def driven(bureau: Bureau) -> Device:
    device = car(bureau.east)
    for minutes in range(5):
        went(device, AT + timedelta(minutes=minutes))
    went(phone(bureau.east, bureau.officer()), AT)
    return device


def rows(folder: Path) -> list[tuple[object, ...]]:
    """What a reader that knows nothing of us finds: the partitions are columns."""
    table = ds.dataset(folder, partitioning="hive", format="parquet").to_table()
    names = ("day", "source", "device", "lon")
    return sorted(zip(*(table[name].to_pylist() for name in names), strict=True))


def test_a_day_is_written_by_source_and_read_by_its_partitions(driven: Device, folder: Path) -> None:
    assert actions.put_away(day=TODAY) == {"vehicle_terminal": 5, "phone": 1}
    found = rows(folder)
    assert len(found) == 6
    assert found[-1][:3] == ("2026-05-13", "vehicle_terminal", driven.pk)
    assert [(day, source) for day, source, _ in lake.files()] == [
        (TODAY, "phone"),
        (TODAY, "vehicle_terminal"),
    ]


def test_a_second_run_makes_the_same_bytes_and_late_rows_are_merged_in(driven: Device) -> None:
    actions.put_away(day=TODAY)
    path = lake.file_of(TODAY, "vehicle_terminal")
    before = path.read_bytes()
    actions.put_away(day=TODAY)
    assert path.read_bytes() == before
    Position.objects.all().delete()
    went(driven, AT + timedelta(seconds=30))
    assert actions.put_away(day=TODAY) == {"vehicle_terminal": 6}
    assert [fix.at for fix in lake.fixes_in(path, driven.pk)] == sorted(
        milliseconds(AT) + s * 1000 for s in (0, 30, 60, 120, 180, 240)
    )


def test_a_run_that_dies_leaves_the_old_file(driven: Device) -> None:
    actions.put_away(day=TODAY)
    path = lake.file_of(TODAY, "vehicle_terminal")
    before = path.read_bytes()
    went(driven, AT + HOUR)
    with (
        patch.object(Path, "replace", side_effect=OSError("示例：断电")),
        pytest.raises(OSError, match="断电"),
    ):
        actions.put_away(day=TODAY)
    assert path.read_bytes() == before
    assert actions.put_away(day=TODAY)["vehicle_terminal"] == 6


def test_a_day_without_rows_makes_no_file(bureau: Bureau, folder: Path) -> None:
    assert actions.put_away(day=TODAY) == {}
    assert actions.days_waiting(before=TODAY) == []
    assert not folder.exists()


def test_a_track_is_read_from_the_database_and_from_the_file_each_moment_once(driven: Device) -> None:
    actions.put_away(day=TODAY)
    Position.objects.filter(at__gt=milliseconds(AT + timedelta(minutes=1))).delete()
    went(driven, AT + HOUR)
    assert [round((f.at - milliseconds(AT)) / 60_000) for f in day_fixes(driven, TODAY)] == [
        0,
        1,
        2,
        3,
        4,
        60,
    ]


def test_what_has_been_kept_as_long_as_its_rule_says_is_deleted_with_an_entry(driven: Device) -> None:
    actions.put_away(day=TODAY)
    assert actions.purge(at=AT + timedelta(days=7)) == {}
    OddFrame.objects.create(at=milliseconds(AT), protocol="jt808", peer="", fault="short", raw=b"")
    Current.objects.create(device=driven.pk, heard=1, at=milliseconds(AT), lon=121.5, lat=31.2)
    gone = actions.purge(at=AT + timedelta(days=31))
    assert gone["vehicle_terminal rows"] == 5
    assert gone["odd"] == 1
    assert Current.objects.get().lon is None
    assert lake.file_of(TODAY, "phone").exists()
    actions.purge(at=AT + timedelta(days=181))
    assert list(lake.files()) == []
    entry = RecordEntry.objects.filter(verb="observations.purge").latest("pk")
    assert "PIPL" in entry.facts


def test_the_night_puts_waiting_days_away_and_asks_for_the_next(driven: Device) -> None:
    with clock.held_at(TOMORROW):
        jobs.put_away({})
        jobs.look_at_health({})
        jobs.begin(TOMORROW)
    assert lake.file_of(TODAY, "vehicle_terminal").exists()
    asked = {job.name: job.run_at for job in Job.objects.all()}
    assert asked == {
        "observations.put_away": jobs.next_night(TOMORROW),
        "observations.look_at_health": jobs.next_look(TOMORROW),
    }


def test_nights_and_looks_follow_the_clock_of_the_bureau() -> None:
    assert jobs.next_night(AT).hour == 3
    assert jobs.next_night(AT) - AT < timedelta(days=1)
    early = AT.replace(hour=1)
    assert jobs.next_night(early).date() == early.date()
    assert jobs.next_look(AT) == AT + timedelta(minutes=5)
    assert jobs.next_look(AT + timedelta(minutes=2)) == AT + timedelta(minutes=5)
