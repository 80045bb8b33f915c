"""The database itself refuses to change the record, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from xiuhua.kernel import guards, sealing, verify
from xiuhua.kernel.models import Checkpoint, Leaf, LogHead, RecordEntry, Tile
from xiuhua.kernel.tests.harness import run_sql, write_entries

pytestmark = pytest.mark.django_db

CHANGES = [
    "UPDATE kernel_recordentry SET facts = '{}'",
    "UPDATE kernel_recordentry SET id = id + 1000",
    "DELETE FROM kernel_recordentry",
    "UPDATE kernel_leaf SET entry_id = entry_id + 1000",
    "DELETE FROM kernel_leaf",
    "UPDATE kernel_checkpoint SET root = ''",
    "DELETE FROM kernel_checkpoint",
    "DELETE FROM kernel_tile",
    "UPDATE kernel_tile SET width = width - 1",
    "UPDATE kernel_tile SET level = 7",
    "DELETE FROM kernel_loghead",
    "UPDATE kernel_loghead SET size = size - 1",
    "UPDATE kernel_loghead SET settled = settled - 1",
    "UPDATE kernel_loghead SET origin = 'other'",
    "UPDATE kernel_loghead SET verifier_key = 'other'",
]
TABLES = ["recordentry", "leaf", "checkpoint", "tile", "loghead"]


def refused(sql: str, *parameters: object) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        run_sql(sql, *parameters)
    return str(caught.value)


@pytest.mark.parametrize("sql", CHANGES)
def test_the_database_refuses(sql: str) -> None:
    write_entries(3)
    sealing.seal()
    run_sql("UPDATE kernel_loghead SET settled = 1 WHERE settled = 0")
    assert "the record is written once" in refused(sql)
    assert verify.verify().sound


@pytest.mark.pg
@pytest.mark.parametrize("table", TABLES)
def test_the_database_refuses_to_truncate(table: str) -> None:
    assert "refuses TRUNCATE" in refused(f"TRUNCATE kernel_{table}")


def test_a_tile_grows_but_keeps_what_it_holds() -> None:
    write_entries(2)
    sealing.seal()
    tile = Tile.objects.get()
    refused("UPDATE kernel_tile SET width = 3, data = %s", bytes(96))
    refused("UPDATE kernel_tile SET width = 4, data = %s", bytes(tile.data) + bytes(32))
    run_sql("UPDATE kernel_tile SET width = 3, data = %s", bytes(tile.data) + bytes(32))
    assert Tile.objects.get().width == 3


def test_a_row_is_not_replaced_either() -> None:
    [entry, _] = write_entries(2)
    sealing.seal()
    if connection.vendor == "sqlite":
        columns = "at, verb, actor_name, unit_code, subject, label, facts, facts_hash"
        replace = (
            f"REPLACE INTO kernel_recordentry (id, {columns}) SELECT id, {columns} FROM kernel_recordentry"
        )
    else:
        columns = "id, at, verb, actor_name, unit_code, subject, label, facts, facts_hash"
        replace = (
            f"INSERT INTO kernel_recordentry ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns} "
            "FROM kernel_recordentry ON CONFLICT (id) DO UPDATE SET facts = '{}'"
        )
    assert "the record is written once" in refused(replace)
    assert RecordEntry.objects.get(pk=entry).facts != "{}"
    leaf = Leaf.objects.get(entry_id=entry)
    with pytest.raises(IntegrityError), transaction.atomic():
        Leaf.objects.create(index=leaf.index + 10, entry_id=entry)


def test_the_guards_are_whole_after_all_migrations_and_missing_ones_are_named() -> None:
    assert guards.missing(connection) == []
    on = " ON kernel_leaf" if connection.vendor == "postgresql" else ""
    run_sql(f"DROP TRIGGER kernel_leaf_no_delete{on}")
    assert guards.missing(connection) == ["kernel_leaf_no_delete"]
    report = verify.verify()
    assert [finding.what for finding in report.findings] == ["guard"]
    guards.install(connection)
    assert guards.missing(connection) == []


def test_a_guard_that_was_made_toothless_is_named() -> None:
    if connection.vendor == "postgresql":
        run_sql("ALTER TABLE kernel_leaf DISABLE TRIGGER kernel_leaf_no_update")
    else:
        run_sql("DROP TRIGGER kernel_leaf_no_update")
        run_sql("CREATE TRIGGER kernel_leaf_no_update BEFORE UPDATE ON kernel_leaf BEGIN SELECT 1; END")
    assert guards.missing(connection) == ["kernel_leaf_no_update"]


def test_the_guards_can_be_taken_away_for_the_reverse_of_their_migration() -> None:
    guards.remove(connection)
    assert len(guards.missing(connection)) >= 15
    write_entries(1)
    RecordEntry.objects.all()._raw_delete("default")
    assert not RecordEntry.objects.exists()
    assert not Checkpoint.objects.exists()
    assert not LogHead.objects.exists()
