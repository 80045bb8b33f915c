"""Entries become leaves once, in any batches, by one sealer at a time, without waiting for anybody."""

from __future__ import annotations

import stat
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import OperationalError, connection

from xiuhua.kernel import clock, keys, leaves, merkle, sealing, tiles, verify
from xiuhua.kernel.models import Checkpoint, Leaf, LogHead, RecordEntry, Tile
from xiuhua.kernel.notes import Head, Verifier
from xiuhua.kernel.tests.harness import AT, run_sql, write_entries, write_many

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path)


def test_every_entry_gets_a_leaf_in_the_order_of_its_id() -> None:
    ids = write_entries(5)
    assert sealing.seal() == 5
    assert list(Leaf.objects.order_by("index").values_list("index", "entry_id")) == list(enumerate(ids))
    assert sealing.seal() == 0


def test_the_checkpoint_signs_the_root_over_the_leaves() -> None:
    write_entries(3)
    sealing.seal()
    write_entries(2)
    sealing.seal()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {leaves.columns(connection)} FROM kernel_recordentry e ORDER BY e.id")
        root = merkle.root(merkle.leaf_hash(leaves.leaf_bytes(row)) for row in cursor.fetchall())
    head = LogHead.objects.get()
    newest = Checkpoint.objects.latest("size")
    said = Head.parse(Verifier.parse(head.verifier_key).open(newest.note))
    assert said == Head(head.origin, 5, root)
    assert newest.root == root.hex()
    assert list(Checkpoint.objects.order_by("size").values_list("size", flat=True)) == [3, 5]


def test_batches_of_any_size_make_the_same_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    write_many(700)
    monkeypatch.setattr(sealing, "BATCH", 300)
    assert [sealing.seal() for _ in range(4)] == [300, 300, 100, 0]
    widths = {(t.level, t.index): t.width for t in Tile.objects.all()}
    assert widths == {(0, 0): 256, (0, 1): 256, (0, 2): 188, (1, 0): 2}
    roots = [
        bytes.fromhex(root) for root in Checkpoint.objects.order_by("size").values_list("root", flat=True)
    ]
    node = tiles.reader(sealing.load_tile)
    assert roots == [merkle.root_at(size, node) for size in (300, 600, 700)]
    assert verify.verify().sound


def test_the_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    write_entries(1)
    sealing.seal()
    key = tmp_path / "record" / "key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(key.parent.stat().st_mode) == 0o700
    before = key.read_text()
    write_entries(1)
    sealing.seal()
    assert key.read_text() == before
    assert sorted(path.name for path in key.parent.iterdir() if path.name.startswith("key")) == ["key"]


def test_without_its_key_the_log_is_not_continued(tmp_path: Path) -> None:
    write_entries(1)
    sealing.seal()
    (tmp_path / "record" / "key").unlink()
    write_entries(1)
    with pytest.raises(keys.KeyMissing, match="put that key back"):
        sealing.seal()
    assert Leaf.objects.count() == 1
    assert not (tmp_path / "record" / "key").exists()


def test_a_database_that_was_put_back_is_not_sealed_into_another_log(tmp_path: Path) -> None:
    write_entries(2)
    sealing.seal()
    head = LogHead.objects.get()
    keys.publish(head.origin, keys.signer(head.origin).sign(str(Head(head.origin, 3, bytes(32)))))
    write_entries(1)
    with pytest.raises(keys.CutBack, match="2 entries of the record, but 3 were signed"):
        sealing.seal()
    assert Leaf.objects.count() == 2
    next((tmp_path / "record").glob("*.checkpoint")).unlink()
    assert sealing.seal() == 1


def test_another_sealer_with_the_lease_is_left_alone_until_it_runs_out() -> None:
    write_entries(1)
    sealing.seal()
    write_entries(1)
    LogHead.objects.update(holder="elsewhere:1:1", lease_until=clock.now() + timedelta(seconds=5))
    assert sealing.seal() == 0
    with clock.held_at(clock.now() + timedelta(seconds=6)):
        assert sealing.seal() == 1


def test_a_sealer_that_was_overtaken_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    write_entries(1)
    sealing.seal()
    write_entries(2)
    checkpoint = sealing._checkpoint

    def overtaken(at: LogHead, n: int, changed: dict[tuple[int, int], bytes]) -> Checkpoint:
        LogHead.objects.update(holder="elsewhere:1:1")
        return checkpoint(at, n, changed)

    monkeypatch.setattr(sealing, "_checkpoint", overtaken)
    assert sealing.seal() == 0
    assert Leaf.objects.count() == Checkpoint.objects.latest("size").size == 1


def test_an_entry_may_hold_any_text(tmp_path: Path) -> None:
    odd = {"text": "换\n行 \\n \\ “引号” \t 😀", "null": None}
    write_entries(2, facts=odd)
    sealing.seal()
    assert verify.verify().sound
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {leaves.columns(connection)} FROM kernel_recordentry e LIMIT 1")
        said = leaves.parse(leaves.leaf_bytes(cursor.fetchone()))
    entry = RecordEntry.objects.earliest("pk")
    assert said["facts"] == entry.facts
    assert said["at"] == "2026-03-09 02:15:00.000000"


@pytest.mark.parametrize("value", ["a\nb", "a\\nb", "\\", "\\\n\\n", "a\\\\nb", ""])
def test_a_leaf_says_back_what_went_into_it(value: str) -> None:
    row = [1, "2026-03-09 02:15:00", value, None, value, value, value, value, "0" * 64, value]
    said = leaves.parse(leaves.leaf_bytes(row))
    assert {said[name] for name in ("verb", "actor_name", "unit_code", "subject", "label", "facts")} == {
        value
    }
    assert (said["id"], said["actor_id"]) == ("1", "")


def test_different_entries_never_give_the_same_leaf() -> None:
    def leaf(*texts: str) -> bytes:
        return leaves.leaf_bytes([1, "2026-03-09 02:15:00", *texts[:1], None, *texts[1:], "h", "f"])

    assert leaf("a\nb", "c", "d", "e", "g") != leaf("a", "b\nc", "d", "e", "g")
    assert leaf("a\\nb", "c", "d", "e", "g") != leaf("a\nb", "c", "d", "e", "g")
    with pytest.raises(ValueError, match="no leaf"):
        leaves.parse(b"something else")


def test_the_sealing_loop_seals_and_stops_when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    write_entries(2)
    stop = threading.Event()
    monkeypatch.setattr(stop, "wait", lambda seconds: stop.set())
    monkeypatch.setattr(sealing, "close_old_connections", lambda: None)
    monkeypatch.setattr(connection, "close", lambda: None)
    sealing.run(stop)
    assert Leaf.objects.count() == 2


def test_a_database_that_is_away_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    stop, tries = threading.Event(), []

    def away() -> int:
        tries.append(1)
        if len(tries) == 1:
            raise OperationalError("away")
        stop.set()
        return 0

    monkeypatch.setattr(sealing, "seal", away)
    monkeypatch.setattr(sealing, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(sealing, "close_old_connections", lambda: None)
    monkeypatch.setattr(connection, "close", lambda: None)
    sealing.run(stop)
    assert len(tries) == 2


@pytest.fixture
def other() -> Iterator[psycopg.Connection]:
    """A second connection to the same PostgreSQL database."""
    connection.ensure_connection()
    info = connection.connection.info
    with psycopg.connect(host=info.host, user=info.user, dbname=info.dbname) as opened:
        yield opened


ENTRY = """INSERT INTO kernel_recordentry (at, verb, actor_name, unit_code, subject, label, facts, facts_hash)
VALUES (now(), 'slow', '', '', 's:1', 's', '{}', '') RETURNING id"""


@pytest.mark.pg
@pytest.mark.django_db(transaction=True)
def test_an_entry_that_commits_after_a_later_one_is_sealed_too(other: psycopg.Connection) -> None:
    write_entries(2)
    sealing.seal_all()
    slow = other.execute(ENTRY).fetchone()
    assert slow is not None
    [later] = write_entries(1)
    assert slow[0] < later
    assert sealing.seal() == 1
    assert LogHead.objects.get().settled < slow[0]
    sealing.seal()
    other.commit()
    assert sealing.seal() == 1
    assert list(Leaf.objects.order_by("index").values_list("entry_id", flat=True))[-2:] == [later, slow[0]]
    sealing.seal_all()
    assert LogHead.objects.get().settled >= later
    assert verify.verify().sound


@pytest.mark.pg
@pytest.mark.django_db(transaction=True)
def test_an_id_that_was_rolled_back_is_settled_at_last(other: psycopg.Connection) -> None:
    lost = other.execute(ENTRY).fetchone()
    assert lost is not None
    [kept] = write_entries(1)
    sealing.seal_all()
    assert LogHead.objects.get().settled < lost[0]
    other.rollback()
    sealing.seal_all()
    assert LogHead.objects.get().settled >= kept
    run_sql(
        "INSERT INTO kernel_recordentry (id, at, verb, actor_name, unit_code, subject, label, facts, facts_hash) "
        "OVERRIDING SYSTEM VALUE VALUES (%s, %s, 'forged', '', '', 's:1', 's', '{}', '')",
        lost[0],
        AT,
    )
    assert sealing.seal_all() == 0
    [finding] = verify.verify().findings
    assert (finding.what, finding.entry_id) == ("insertion", lost[0])


@pytest.mark.pg
@pytest.mark.django_db(transaction=True)
def test_sealing_waits_for_no_transaction_and_none_waits_for_it(other: psycopg.Connection) -> None:
    write_entries(1)
    other.execute(ENTRY)
    other.execute("SET lock_timeout = '200ms'")
    assert sealing.seal() == 1
    other.execute(ENTRY)
    other.commit()
    assert sealing.seal() == 2


@pytest.mark.pg
@pytest.mark.django_db(transaction=True)
def test_a_restored_database_that_counts_its_transactions_anew_settles_again() -> None:
    write_entries(1)
    sealing.seal_all()
    LogHead.objects.update(watched_id=RecordEntry.objects.latest("pk").pk + 1, watched_xid=2**40)
    [entry] = write_entries(1)
    sealing.seal_all()
    sealing.seal_all()
    assert LogHead.objects.get().settled >= entry
