"""Whatever somebody does to the sealed record behind our back, verification finds it and names the entry."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from xiuhua.kernel import guards, keys, merkle, sealing, tiles, verify
from xiuhua.kernel.models import Checkpoint, Leaf, LogHead, RecordEntry, Tile
from xiuhua.kernel.notes import Head
from xiuhua.kernel.reading import chunks
from xiuhua.kernel.tests.harness import AT, past_the_guards, run_sql, write_entries, write_many
from xiuhua.kernel.verify import Finding

pytestmark = pytest.mark.django_db


@pytest.fixture
def ids() -> list[int]:
    """Seven sealed entries, in two batches."""
    first = write_entries(4)
    sealing.seal()
    return first + sealed(3)


def sealed(n: int) -> list[int]:
    made = write_entries(n)
    sealing.seal()
    return made


def found() -> list[tuple[str, int]]:
    return [(each.what, each.entry_id) for each in verify.verify().findings]


def test_a_record_nobody_touched_is_whole(ids: list[int]) -> None:
    report = verify.verify()
    assert report.sound
    assert (report.size, report.waiting) == (7, 0)


def test_an_empty_record_is_whole() -> None:
    assert verify.verify().sound


def test_entries_that_are_not_sealed_yet_are_counted_and_no_fault(ids: list[int]) -> None:
    write_entries(2)
    report = verify.verify()
    assert report.sound
    assert report.waiting == 2


@pytest.mark.parametrize(
    "change",
    [
        "at = at_later",
        "verb = 'other'",
        "actor_id = NULL",
        "actor_id = 8",
        "actor_name = ''",
        "unit_code = 'U2'",
        "subject = 'kernel.area:9'",
        "label = 'other'",
        "facts = '{}'",
        "facts_hash = ''",
    ],
)
def test_a_change_of_any_column_is_found_and_the_entry_named(ids: list[int], change: str) -> None:
    later = (
        "at + interval '1 microsecond'"
        if connection.vendor == "postgresql"
        else "'2026-03-09 02:15:00.000001'"
    )
    past_the_guards(
        f"UPDATE kernel_recordentry SET {change} WHERE id = %s".replace("at_later", later), ids[2]
    )
    assert found() == [("edit", ids[2])]


def test_a_deleted_entry_is_named(ids: list[int]) -> None:
    past_the_guards("DELETE FROM kernel_recordentry WHERE id = %s", ids[6])
    assert found() == [("deletion", ids[6])]


def test_an_entry_that_got_another_number_is_missed_under_its_own_and_strange_under_the_new(
    ids: list[int],
) -> None:
    # Inside one transaction PostgreSQL settles nothing by itself.
    LogHead.objects.update(settled=ids[-1])
    past_the_guards("UPDATE kernel_recordentry SET id = 0 WHERE id = %s", ids[1])
    assert found() == [("deletion", ids[1]), ("insertion", 0)]


def test_an_entry_put_in_between_is_named(ids: list[int]) -> None:
    LogHead.objects.update(settled=ids[-1])
    columns = "at, verb, actor_name, unit_code, subject, label, facts, facts_hash"
    override = "OVERRIDING SYSTEM VALUE" if connection.vendor == "postgresql" else ""
    run_sql(
        f"INSERT INTO kernel_recordentry (id, {columns}) {override} "
        f"SELECT -5, {columns} FROM kernel_recordentry WHERE id = %s",
        ids[0],
    )
    assert sealing.seal() == 0
    assert found() == [("insertion", -5)]


def test_entries_that_changed_places_are_named(ids: list[int]) -> None:
    past_the_guards(
        'UPDATE kernel_leaf SET "index" = 900 WHERE entry_id = %s',
        ids[1],
    )
    past_the_guards('UPDATE kernel_leaf SET "index" = 1 WHERE entry_id = %s', ids[5])
    past_the_guards('UPDATE kernel_leaf SET "index" = 5 WHERE entry_id = %s', ids[1])
    assert found() == [("reorder", ids[5]), ("reorder", ids[1])]


def test_contents_that_changed_places_are_named(ids: list[int]) -> None:
    first, second = RecordEntry.objects.filter(pk__in=ids[2:4]).order_by("pk")
    past_the_guards("UPDATE kernel_recordentry SET facts = %s WHERE id = %s", second.facts, first.pk)
    past_the_guards("UPDATE kernel_recordentry SET facts = %s WHERE id = %s", first.facts, second.pk)
    assert found() == [("edit", first.pk), ("edit", second.pk)]


def test_a_leaf_that_is_gone_leaves_an_empty_place(ids: list[int]) -> None:
    LogHead.objects.update(settled=ids[-1])
    past_the_guards("DELETE FROM kernel_leaf WHERE entry_id = %s", ids[3])
    assert found() == [("deletion", 0), ("insertion", ids[3])]


def test_a_leaf_past_the_signed_size_is_named(ids: list[int]) -> None:
    [extra] = write_entries(1)
    Leaf.objects.create(index=7, entry_id=extra)
    assert found() == [("insertion", extra)]


def test_an_edit_hidden_by_new_hashes_is_found_between_two_checkpoints(ids: list[int]) -> None:
    past_the_guards("UPDATE kernel_recordentry SET facts = '{}' WHERE id = %s", ids[5])
    _hash_anew()
    [finding] = verify.verify().findings
    assert finding == Finding(
        "edit",
        f"entries between {ids[4]} and {ids[6]} were changed after sealing, and the stored hashes with them",
    )


def test_an_edit_of_an_entry_sealed_alone_is_named_even_if_its_hash_was_changed(ids: list[int]) -> None:
    [alone] = sealed(1)
    sealed(2)
    past_the_guards("UPDATE kernel_recordentry SET facts = '{}' WHERE id = %s", alone)
    _hash_anew()
    assert found() == [("edit", alone)]


def _hash_anew() -> None:
    """Write the tiles that fit the entries as they are now."""
    hashes = [hash_ for chunk in chunks(LogHead.objects.get().size) for hash_ in chunk.hashes]
    guards.remove(connection)
    for (level, index), data in tiles.extend(0, hashes, lambda level, index: b"").items():
        Tile.objects.filter(level=level, index=index).update(data=data)
    guards.install(connection)


def test_changed_hashes_over_sound_entries_are_told_apart_from_changed_entries(ids: list[int]) -> None:
    guards.remove(connection)
    Tile.objects.update(data=bytes(7 * 32))
    guards.install(connection)
    assert found() == [("tiles", 0)]


def test_changed_hashes_of_an_upper_level_are_found() -> None:
    write_many(300)
    sealing.seal()
    guards.remove(connection)
    Tile.objects.filter(level=1).update(data=bytes(32))
    guards.install(connection)
    assert found() == [("tiles", 0)]


def test_a_torn_tile_does_not_stop_the_search(ids: list[int]) -> None:
    guards.remove(connection)
    Tile.objects.update(data=b"")
    guards.install(connection)
    past_the_guards("UPDATE kernel_recordentry SET facts = '{}' WHERE id = %s", ids[0])
    assert ("edit", 0) in found()


def test_a_forged_checkpoint_is_not_believed(ids: list[int]) -> None:
    newest = Checkpoint.objects.latest("size")
    head = LogHead.objects.get()
    forged = str(Head(head.origin, 7, merkle.leaf_hash(b""))) + newest.note.partition("\n\n")[1]
    past_the_guards("UPDATE kernel_checkpoint SET note = %s WHERE size = 7", forged)
    assert found() == [("checkpoint", 0)]


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("DELETE FROM kernel_checkpoint", "checkpoint"),
        ("DELETE FROM kernel_checkpoint WHERE size = 7", "checkpoint"),
        ("DELETE FROM kernel_loghead", "head"),
        ("UPDATE kernel_loghead SET verifier_key = 'other'", "checkpoint"),
        ("UPDATE kernel_loghead SET origin = 'other'", "checkpoint"),
        ("UPDATE kernel_loghead SET size = 9", "checkpoint"),
    ],
)
def test_missing_or_changed_signatures_are_said(ids: list[int], sql: str, what: str) -> None:
    past_the_guards(sql)
    assert what in [each for each, _ in found()]


def test_many_changed_entries_are_named_up_to_a_number_and_counted() -> None:
    write_many(120)
    sealing.seal()
    past_the_guards("UPDATE kernel_recordentry SET verb = 'other'")
    findings = verify.verify().findings
    assert len(findings) == verify.NAMED_AT_MOST
    assert findings[-1].sentence == "and 71 more entries differ"


def _cut_back(to: int) -> None:
    """Cut the log back to its state of `to` entries, with all that belongs to it."""
    guards.remove(connection)
    gone = list(Leaf.objects.filter(index__gte=to).values_list("entry_id", flat=True))
    RecordEntry.objects.filter(pk__in=gone)._raw_delete("default")
    Leaf.objects.filter(index__gte=to).delete()
    Checkpoint.objects.filter(size__gt=to).delete()
    tile = Tile.objects.get(level=0)
    Tile.objects.update(data=bytes(tile.data)[: to * 32], width=to)
    LogHead.objects.update(size=to, settled=0)
    guards.install(connection)


def _publish() -> str:
    """Lay the newest checkpoint beside the key, as the end of the sealer's transaction does."""
    note = Checkpoint.objects.latest("size").note
    keys.publish(LogHead.objects.get().origin, note)
    return note


def test_a_log_that_was_cut_back_is_found_by_the_published_checkpoint(ids: list[int]) -> None:
    note = _publish()
    _cut_back(4)
    [finding] = verify.verify().findings
    assert finding.what == "cut"
    assert "the last 3 are gone" in finding.sentence
    assert keys.published(LogHead.objects.get().origin) == note


def test_a_log_that_was_cut_back_is_found_by_a_checkpoint_somebody_kept(ids: list[int]) -> None:
    note = Checkpoint.objects.latest("size").note
    _cut_back(4)
    assert verify.verify().sound
    assert [each.what for each in verify.verify(note).findings] == ["cut"]


def test_a_log_that_went_another_way_does_not_fit_a_kept_checkpoint(ids: list[int]) -> None:
    old, new = Checkpoint.objects.order_by("size").values_list("note", flat=True)
    assert verify.verify(old).sound
    assert verify.verify(new).sound
    _cut_back(4)
    with_other_entries = sealed(5)
    assert with_other_entries
    assert verify.verify(old).sound
    assert [each.what for each in verify.verify(new).findings] == ["cut"]


def test_what_is_given_as_a_kept_checkpoint_must_be_one_of_this_log(ids: list[int]) -> None:
    head = LogHead.objects.get()
    other = keys.signer("elsewhere").sign(str(Head("elsewhere", 1, bytes(32))))
    assert [each.what for each in verify.verify(other).findings] == ["checkpoint"]
    renamed = keys.signer(head.origin).sign(str(Head("elsewhere", 1, bytes(32))))
    [finding] = verify.verify(renamed).findings
    assert "another log" in finding.sentence


@pytest.mark.parametrize("value", ["label = CAST(x'ff' AS TEXT)", "at = 5"])
def test_a_value_of_another_type_is_refused_by_the_database_or_named(ids: list[int], value: str) -> None:
    change = f"UPDATE kernel_recordentry SET {value} WHERE id = %s"
    if connection.vendor == "postgresql":
        guards.remove(connection)
        with pytest.raises(DatabaseError), transaction.atomic():
            run_sql(change.replace("x'ff'", "5::inet"), ids[2])
        return
    past_the_guards(change, ids[2])
    assert found() == [("edit", ids[2])]


def test_a_longer_log_is_read_in_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    write_many(1500)
    sealing.seal_all()
    monkeypatch.setattr("xiuhua.kernel.reading.SPAN", 256)
    monkeypatch.setattr("xiuhua.kernel.reading.STRETCH", 512)
    assert verify.verify().sound
    changed = Leaf.objects.get(index=1300).entry_id
    past_the_guards("UPDATE kernel_recordentry SET at = %s WHERE id = %s", AT.replace(year=2027), changed)
    assert found() == [("edit", changed)]
