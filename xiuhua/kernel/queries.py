"""Reads of the bedrock for other rooms: the calendar as it is now, what was recorded about an object."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

from django.conf import settings
from django.db import connection
from django.db.models import Model

from xiuhua.kernel.authz import Actor, Invalid, Said
from xiuhua.kernel.models import Day, RecordEntry, RecordQuerySet, Threshold
from xiuhua.kernel.workdays import Calendar

# Asked in every action, so it goes below the ORM, which would spend ten times as long on building it.
_STATE = (
    "SELECT COUNT(*), MIN(day), MAX(day), SUM(CASE WHEN working THEN 1 ELSE 0 END), "
    "SUM(CASE WHEN named_holiday THEN 1 ELSE 0 END), SUM(CASE WHEN extra THEN 1 ELSE 0 END) FROM kernel_day"
)
_DAYS_TOLD = 6
_STATE_OF_ROWS = (
    "SELECT COUNT(*), MAX(id), (SELECT MAX(id) FROM kernel_recordentry WHERE subject = %s) FROM {}"
)
_latest: dict[tuple[Any, ...], Calendar] = {}
_numbers: dict[tuple[Any, ...], tuple[tuple[int | None, ...], Any]] = {}
_looked: ContextVar[dict[str, tuple[Any, ...]] | None] = ContextVar("looked", default=None)


@contextmanager
def one_look(model: type[Model] | None = None, file: str = "") -> Iterator[None]:
    """What is read in this block stands on one state of the calendar and of each table of reference data: whether they
    have changed is asked once, not for each deadline and each citation. For requests that change nothing, and around
    the deadlines of an action, whose table (as in `loaded`) and calendar are then asked in one question.
    """
    token = _looked.set(_both(model, file) if model else {})
    try:
        yield
    finally:
        _looked.reset(token)


def _state_of(table: str, ask: Callable[[], tuple[Any, ...]]) -> tuple[Any, ...]:
    looked = _looked.get()
    if looked is None:
        return ask()
    if table not in looked:
        looked[table] = ask()
    return looked[table]


def calendar() -> Calendar:
    """Working days as published and as the bureau added to them.

    Known until the end of the last year for which there is a notice; with no notice at all, every deadline is
    provisional. Kept in memory until the table changes, also by another process. `version` names its content.
    """
    state = _state_of("kernel_day", _days)
    kept = _latest.get(state)
    if kept is None:
        kept = _read()
        _latest.clear()
        _latest[state] = kept
    return kept


def _days() -> tuple[Any, ...]:
    return _row(_STATE)


def _read() -> Calendar:
    days = list(Day.objects.order_by("pk").values_list("day", "working", "named_holiday", "extra"))
    noticed = [day for day, _, _, extra in days if not extra]
    text = "\n".join(f"{day} {working} {named}" for day, working, named, _ in days)
    return Calendar(
        exceptions={day: working for day, working, _, _ in days},
        known_until=date(noticed[-1].year, 12, 31) if noticed else date.min,
        version=hashlib.sha256(text.encode()).hexdigest()[:12],
        named=frozenset(day for day, working, named, _ in days if named and not working),
    )


def loaded(model: type[Model], file: str) -> tuple[int | None, ...]:
    """Changes whenever the table does, for rows that come and change only by loading a file of the reference data:
    how many there are, the latest key, the latest entry about the file (`reference:acts.csv`).

    Asked for every citation on a page, so it goes below the ORM.
    """
    return _state_of(
        model._meta.db_table, lambda: _rows(connection.ops.quote_name(model._meta.db_table), file)
    )


def _rows(table: str, file: str) -> tuple[int | None, ...]:
    return _row(_STATE_OF_ROWS.format(table), [file])


def _both(model: type[Model], file: str) -> dict[str, tuple[Any, ...]]:
    table = model._meta.db_table
    rows = _STATE_OF_ROWS.format(connection.ops.quote_name(table))
    found = _row(f"SELECT d.*, r.* FROM ({_STATE}) d CROSS JOIN ({rows}) r", [file])  # noqa: S608 - our own names
    return {"kernel_day": found[:_DAYS_TOLD], table: found[_DAYS_TOLD:]}


def _row(sql: str, values: Sequence[str] = ()) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return tuple(cursor.fetchone())


Numbers = TypeVar("Numbers")


def thresholds(model: type[Threshold], of: Callable[[Mapping[str, int]], Numbers]) -> Numbers:
    """What `of` makes of the numbers of a room (code → value) as they are loaded now; made once for each load.

    Raises Invalid before the reference data is loaded, when `of` misses a number (KeyError).
    """
    stamp = loaded(model, f"reference:{model.FILE}")
    key = (model, of)
    kept = _numbers.get(key)
    if kept is None or kept[0] != stamp:
        try:
            kept = _numbers[key] = (stamp, of(dict(model._default_manager.values_list("code", "value"))))
        except KeyError as error:
            what = str(model._meta.verbose_name)
            raise Invalid(
                {"reference": Said("%(what)s尚未载入；请先运行 xiuhua reference load", what=what)}
            ) from error
    return cast(Numbers, kept[1])


def reference_rows(file: str) -> Sequence[Mapping[str, str]]:
    """The rows of a file of the reference data that is read where it is used; kept in memory until it changes."""
    path = Path(settings.REFERENCE_DIR) / file
    return _rows_of(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _rows_of(path: Path, changed_at: int) -> Sequence[Mapping[str, str]]:
    with path.open(encoding="utf-8", newline="") as found:
        return list(csv.DictReader(found))


def entries(user: Actor) -> RecordQuerySet:
    """The entries of the record that `user` may read, newest first."""
    return RecordEntry.objects.visible(user).order_by("-pk")


def history(subject: str) -> RecordQuerySet:
    """What was done to one object (`record.subject_of`), oldest first, for a reader who may see that object."""
    return RecordEntry.objects.about(subject).order_by("pk")


def last_entry() -> int:
    """The id of the entry written last, 0 for none: as long as it stands, nothing of legal effect has changed. An act
    that began earlier may still end after it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(id) FROM kernel_recordentry")
        return cursor.fetchone()[0] or 0
