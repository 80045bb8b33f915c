"""Positions that were put away: Parquet files by day and kind of device.

`day=2026-05-13/source=phone/positions.parquet`: the folders are named as DuckDB, Spark and pyarrow read partitions. A
file is replaced as a whole, never changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings

from xiuhua.observations import rules

FILE = "positions.parquet"
# `at` is a word of SQL: other readers would have to quote it.
SCHEMA = pa.schema(
    [
        ("device", pa.int64()),
        ("fixed_at", pa.timestamp("ms", tz="UTC")),
        ("received_at", pa.timestamp("ms", tz="UTC")),
        ("lon", pa.float64()),
        ("lat", pa.float64()),
        ("lon_sent", pa.float64()),
        ("lat_sent", pa.float64()),
        ("datum", pa.int16()),
        ("speed", pa.float64()),
        ("course", pa.int16()),
        ("altitude", pa.float64()),
        ("accuracy", pa.float64()),
        ("alarm", pa.int64()),
        ("status", pa.int64()),
        ("items", pa.binary()),
    ]
)


def folder() -> Path:
    return Path(settings.VAR_DIR) / "positions"


def file_of(day: date, source: str) -> Path:
    return folder() / f"day={day:%Y-%m-%d}" / f"source={source}" / FILE


def files() -> Iterator[tuple[date, str, Path]]:
    """Day, source and file of everything that is put away, in their order."""
    for path in sorted(folder().glob(f"day=*/source=*/{FILE}")):
        day, source = (part.partition("=")[2] for part in path.parts[-3:-1])
        yield date.fromisoformat(day), source, path


def fixes_in(path: Path, device_id: int) -> list[rules.Fix]:
    """The fixes of a device in a file; none where there is no file."""
    if not path.exists():
        return []
    columns = ["fixed_at", "lon", "lat", "speed", "course", "altitude"]
    table = pq.read_table(path, columns=columns, filters=[("device", "=", device_id)], partitioning=None)
    table = table.set_column(0, "fixed_at", table["fixed_at"].cast(pa.int64()))
    return [rules.Fix(*row) for row in zip(*(table[name].to_pylist() for name in columns), strict=True)]
