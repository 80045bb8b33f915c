"""Hot rows into files by day and source, and away with what has been kept long enough.

A day is put away as a whole into a file beside the old one, which then takes its place: a run that is killed leaves
the old file, a run that is repeated makes the same bytes, and what came late is merged in. Deleting follows the rows of
`position_keeping.csv` and leaves an entry with the rule's ground.
"""

from __future__ import annotations

import heapq
import os
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.db.models import Max, Min

from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import SYSTEM
from xiuhua.observations.models import Current, Device, OddFrame, Position
from xiuhua.observations.queries import day_span, keeping, lake
from xiuhua.observations.rules import DeviceKind

BATCH = 50_000
ODD_DAYS = 30
COLUMNS = tuple(lake.SCHEMA.names)
# The same in the table of the database.
FIELDS = ("device", "at", "received", *COLUMNS[3:])
Line = tuple[Any, ...]


def put_away(*, day: date) -> dict[str, int]:
    """Write the files of a day: source → rows in its file. A source without rows has no file."""
    found = {}
    for kind in DeviceKind:
        path = lake.file_of(day, kind)
        devices = list(Device.objects.filter(kind=kind).order_by("pk").values_list("pk", flat=True))
        hot = _hot(devices, day)
        first = next(hot, None)
        if first is None:
            continue
        found[kind.value] = _replace(path, heapq.merge(_cold(path), _again(first, hot), key=_key))
    return found


def _key(line: Line) -> tuple[int, int]:
    return line[0], line[1]


def _again(first: Line, rest: Iterator[Line]) -> Iterator[Line]:
    yield first
    yield from rest


def _hot(devices: list[int], day: date) -> Iterator[Line]:
    """The rows of the day in the database, by device and moment."""
    since, until = day_span(day)
    for device in devices:
        rows = Position.objects.filter(device=device, at__gte=since, at__lt=until).order_by("at")
        for row in rows.values_list(*FIELDS).iterator(chunk_size=BATCH):
            yield tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)


def _cold(path: Path) -> Iterator[Line]:
    """The rows of the file that is there."""
    if not path.exists():
        return
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(BATCH):
            table = pa.table(batch)
            for name in ("fixed_at", "received_at"):
                place = table.schema.get_field_index(name)
                table = table.set_column(place, name, table[name].cast(pa.int64()))
            yield from zip(*(table[name].to_pylist() for name in COLUMNS), strict=True)


def _replace(path: Path, lines: Iterable[Line]) -> int:
    """Write the lines, each device and moment once, and put the file in its place. Returns how many."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part, written = path.with_suffix(".part"), 0
    once = (next(same) for _, same in groupby(lines, key=_key))
    with pq.ParquetWriter(part, lake.SCHEMA, compression="zstd") as writer:
        while batch := list(islice(once, BATCH)):
            columns = zip(*batch, strict=True)
            arrays = [
                pa.array(values, field.type) for values, field in zip(columns, lake.SCHEMA, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=lake.SCHEMA))
            written += len(batch)
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(path)
    return written


def days_waiting(*, before: date) -> list[date]:
    """The days before `before` of which there are rows in the database."""
    span = Position.objects.filter(at__lt=day_span(before)[0]).aggregate(first=Min("at"), last=Max("at"))
    if span["first"] is None:
        return []
    first, last = (
        clock.day_of(datetime.fromtimestamp(span[name] / 1000, clock.SHANGHAI)) for name in ("first", "last")
    )
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def purge(*, at: datetime) -> dict[str, int]:
    """Delete what has been kept as long as its rule says: hot rows that are in a file, files, odd frames.

    Also where devices are that went off duty before today. Returns what was deleted: name → rows or files.
    """
    today = clock.day_of(at)
    gone: dict[str, int] = {}
    for rule in keeping().values():
        limit = day_span(today - timedelta(days=rule.hot_days))[0]
        devices = Device.objects.filter(kind=rule.kind).values_list("pk", flat=True)
        rows, _ = Position.objects.filter(device__in=list(devices), at__lt=limit).delete()
        last = today - timedelta(days=rule.file_days)
        old = [path for day, source, path in lake.files() if source == rule.kind and day < last]
        for path in old:
            path.unlink()
        if rows or old:
            gone |= {f"{rule.kind} rows": rows, f"{rule.kind} files": len(old)}
            _told(rule.kind, {"rows": rows, "files": len(old), "basis": rule.basis, "before": last}, at)
    odd, _ = OddFrame.objects.filter(at__lt=day_span(today - timedelta(days=ODD_DAYS))[0]).delete()
    Current.objects.filter(at__lt=day_span(today)[0]).update(
        at=None, lon=None, lat=None, speed=None, course=None
    )
    return gone | ({"odd": odd} if odd else {})


def _told(kind: str, facts: dict[str, Any], at: datetime) -> None:
    with record.act("observations.purge", by=SYSTEM, at=at) as act:
        act.bulk([act.line(subject=f"observations.position:{kind}", label=kind, facts=facts)])
