"""The files of a synthetic year, as the backfill doors take them: `cases.parquet` or `cases.csv`, and `staff.csv`."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as arrow
from pyarrow import parquet

from xiuhua.simulation import bureau
from xiuhua.simulation.world import load
from xiuhua.simulation.year import COLUMNS, Plan, Row, make

_TYPES = {"lon": arrow.float64(), "lat": arrow.float64()}
SCHEMA = arrow.schema([(name, _TYPES.get(name, arrow.string())) for name in COLUMNS])

Progress = Callable[[int, int], None]


def write_staff(folder: Path, plan: Plan, out: Path) -> Path:
    path = out / "staff.csv"
    bureau.write(bureau.staffed(load(folder), plan.seed), path)
    return path


def write_cases(
    folder: Path, plan: Plan, out: Path, *, workers: int = 2, progress: Progress | None = None
) -> Path:
    """The year as Parquet. The same plan and reference data give the same bytes."""
    path = out / "cases.parquet"
    done, total = 0, plan.summary + plan.ordinary
    with parquet.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
        for _, rows in make(folder, plan, workers):
            if rows:
                writer.write_table(_table(rows))
            done += len(rows)
            if progress:
                progress(min(done, total), total)
    return path


def _table(rows: Sequence[Row]) -> arrow.Table:
    columns = zip(*rows, strict=True)
    return arrow.table(
        [arrow.array(c, type=f.type) for c, f in zip(columns, SCHEMA, strict=True)], schema=SCHEMA
    )


def write_cases_csv(
    folder: Path, plan: Plan, out: Path, *, workers: int = 2, progress: Progress | None = None
) -> Path:
    """The year as UTF-8 CSV with a header, for people who want to look at it."""
    path = out / "cases.csv"
    done, total = 0, plan.summary + plan.ordinary
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for _, rows in make(folder, plan, workers):
            writer.writerows(rows)
            done += len(rows)
            if progress:
                progress(min(done, total), total)
    return path
