"""The store: durable when it returns, the same position once, the newest facts of a device."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from xiuhua.observations.actions import Batch, Heard, Odd, Row
from xiuhua.observations.tests.stored import Stored, stored

pytestmark = pytest.mark.django_db
CURRENT = "SELECT heard, at, lon, alarm, frames, bad, off_duty FROM observations_current"


@pytest.fixture
def store(tmp_path: Path, db: None) -> Iterator[Stored]:
    with stored(tmp_path) as made:
        yield made


def row(at: int, device: int = 1, lon: float = 121.5) -> Row:
    return Row(device, at, at + 5, lon, 31.2, items=b"\x30\x01\x1f")


@pytest.mark.parametrize("n", [0, 1, 7, 8, 64, 600])
def test_a_batch_of_any_size_is_there_when_keep_returns(store: Stored, n: int) -> None:
    with store.open() as open_:
        open_.keep(Batch(rows=[row(at) for at in range(n)]))
        assert store.rows("SELECT count(*), count(items) FROM observations_position") == [(n, n)]


def test_a_position_that_is_there_is_left_as_it_is(store: Stored) -> None:
    with store.open() as open_:
        open_.keep(Batch(rows=[row(1), row(2), row(1, lon=0)]))
        open_.keep(Batch(rows=[row(1, lon=9), row(1, device=2)]))
    found = store.rows("SELECT device, at, lon FROM observations_position ORDER BY device, at")
    assert found == [(1, 1, 121.5), (1, 2, 121.5), (2, 1, 121.5)]


def test_the_newest_facts_of_a_device_stay_and_counters_gather(store: Stored) -> None:
    with store.open() as open_:
        open_.keep(Batch(heard=[Heard(1, 50, None, alarm=1, frames=1)]))
        assert store.rows(CURRENT) == [(50, None, None, 1, 1, 0, 0)]
        open_.keep(Batch(heard=[Heard(1, 100, row(90), alarm=4, frames=2, bad=1)]))
        # An old position that was sent late, and a heartbeat without any.
        open_.keep(Batch(heard=[Heard(1, 110, row(10, lon=0), frames=1), Heard(2, 5)]))
        open_.keep(Batch(heard=[Heard(1, 105, None, off_duty=3)]))
    assert store.rows(f"{CURRENT} WHERE device = 1") == [(110, 90, 121.5, 5, 4, 1, 3)]


def test_what_was_not_taken_is_kept_for_a_look(store: Stored) -> None:
    with store.open() as open_:
        open_.keep(Batch(odd=[Odd(7, "jt808", "127.0.0.1", "138", "checksum", b"\x7e\x00")]))
    assert store.rows("SELECT at, peer, fault FROM observations_oddframe") == [(7, "127.0.0.1", "checksum")]


def test_a_batch_that_fails_leaves_nothing_and_the_store_goes_on(store: Stored) -> None:
    with store.open() as open_:
        with pytest.raises(Exception, match=r"(?i)null"):
            open_.keep(Batch(rows=[row(1), row(2)._replace(lon=None)]))  # type: ignore[arg-type]
        assert store.rows("SELECT count(*) FROM observations_position") == [(0,)]
        open_.keep(Batch(rows=[row(1)]))
    assert store.rows("SELECT count(*) FROM observations_position") == [(1,)]
