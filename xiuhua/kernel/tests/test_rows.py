"""Many rows at once are the same rows as one by one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from xiuhua.kernel import record, rows
from xiuhua.kernel.models import Job, Leaf, RecordEntry, Series, TakenNumber
from xiuhua.kernel.tests.harness import AT, CLERK, thing

pytestmark = pytest.mark.django_db


def test_values_arrive_as_they_were_given() -> None:
    series = Series.objects.create(kind="k", unit_code="u", year=2026, pattern="p")
    later = AT.replace(microsecond=7)
    with record.act("x", by=CLERK, at=AT) as act:
        rows.insert(
            TakenNumber,
            ("series", "serial", "number", "subject", "taken_at", "voided_at", "void_reason"),
            [(series.pk, 1, "一\t号\\", "s", AT, None, ""), (series.pk, 2, "二", "s", later, later, "错")],
        )
        act.entry(on=thing(), facts={})
    first, second = TakenNumber.objects.order_by("serial")
    assert (first.number, first.taken_at, first.voided_at) == ("一\t号\\", AT, None)
    assert (second.taken_at, second.voided_at, second.series_id) == (later, later, series.pk)


def test_moments_that_are_kept_already_arrive_as_they_were_given() -> None:
    series = Series.objects.create(kind="k", unit_code="u", year=2026, pattern="p")
    fields = ("series", "serial", "number", "subject", "taken_at", "void_reason")
    with record.act("x", by=CLERK, at=AT) as act:
        rows.insert(TakenNumber, fields, [(series.pk, 1, "一", "s", rows.kept(AT), "")], moments_kept=True)
        act.entry(on=series, facts={})
    assert TakenNumber.objects.get().taken_at == AT


def test_one_column_of_many_rows_is_set() -> None:
    made = [Series.objects.create(kind=k, unit_code="u", year=2026, pattern="p") for k in "ab"]
    rows.update(Series, "last", [(7, made[0].pk)])
    assert list(Series.objects.order_by("kind").values_list("last", flat=True)) == [7, 0]


@pytest.mark.parametrize(
    "moment", [AT, AT.replace(microsecond=7), AT.replace(hour=0, minute=0), AT.astimezone(UTC)]
)
def test_moments_are_kept_as_django_keeps_them_on_sqlite(moment: datetime) -> None:
    assert rows.kept(moment) == str(timezone.make_naive(moment, UTC))


def test_more_rows_than_a_batch_all_arrive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "BATCH", 10)
    rows.insert(Leaf, ("index", "entry_id"), ((i, i) for i in range(25)))
    assert Leaf.objects.count() == 25


def test_one_wrong_row_keeps_all_out() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.insert(Leaf, ("index", "entry_id"), [(0, 1), (1, 1)])
    assert not Leaf.objects.exists()


def test_only_columns_can_be_filled() -> None:
    with pytest.raises(TypeError, match="no column"):
        rows.insert(Series, ("taken",), [])


def test_reserved_keys_rise_and_are_nobody_elses() -> None:
    with transaction.atomic():
        first = rows.reserve(Job, 3)
        assert first == sorted(first)
        rows.insert(
            Job,
            ("id", "name", "payload", "run_at", "attempts", "leased_by", "last_error"),
            [(pk, "n", "{}", AT, 0, "", "") for pk in first],
        )
    Job.objects.create(name="n", payload={}, run_at=AT)
    assert Job.objects.latest("pk").pk > first[-1]


def test_keys_of_entries_are_not_reserved() -> None:
    with pytest.raises(TypeError, match="as they are written"):
        rows.reserve(RecordEntry, 1)


@pytest.mark.pg
@pytest.mark.django_db(transaction=True)
def test_after_many_rows_the_server_knows_how_many_there_are() -> None:
    rows.insert(Leaf, ("index", "entry_id"), ((i, i) for i in range(2000)))
    rows.tidied()
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [Leaf._meta.db_table])
        assert cursor.fetchone() == (2000,)


def test_inside_a_transaction_nothing_is_tidied() -> None:
    with CaptureQueriesContext(connection) as asked:
        rows.tidied()
    assert not asked.captured_queries


@pytest.mark.parametrize("wanted", [[], ["一"], ["一", 'a"b', "c'd", "e\\f", "没有", "一"]])
def test_listed_texts_find_what_they_name_and_nothing_else(wanted: list[str]) -> None:
    series = Series.objects.create(kind="k", unit_code="u", year=2026, pattern="p")
    numbers = ["一", 'a"b', "c'd", "e\\f", "二"]
    fields = ("series", "serial", "number", "subject", "taken_at", "void_reason")
    with record.act("x", by=CLERK, at=AT) as act:
        rows.insert(TakenNumber, fields, [(series.pk, i, n, "s", AT, "") for i, n in enumerate(numbers)])
        act.entry(on=series, facts={})
    found = TakenNumber.objects.filter(number__in=rows.listed(wanted)).values_list("number", flat=True)
    assert sorted(found) == sorted(set(wanted) & set(numbers))


@pytest.mark.parametrize("n", [0, 1, rows.TOGETHER - 1, rows.TOGETHER, rows.TOGETHER + 1, rows.BATCH + 1])
def test_however_many_rows_there_are_each_arrives_once_and_in_order(n: int) -> None:
    series = Series.objects.create(kind="k", unit_code="u", year=2026, pattern="p")
    fields = ("series", "serial", "number", "subject", "taken_at", "void_reason")
    with record.act("x", by=CLERK, at=AT) as act:
        rows.insert(TakenNumber, fields, ((series.pk, i, f"号{i}", "s", AT, "") for i in range(n)))
        act.entry(on=series, facts={})
    found = TakenNumber.objects.order_by("pk").values_list("serial", "number")
    assert list(found) == [(i, f"号{i}") for i in range(n)]
