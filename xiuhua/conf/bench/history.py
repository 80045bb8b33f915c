"""How fast history comes in: plain rows of leads, and whole cases that are walked through the procedure."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pyarrow as arrow
from django.conf import settings
from django.db import connection
from django.db.models import Sum
from pyarrow import parquet

from xiuhua.cases.queries import Case
from xiuhua.conf.bench import bare, bureau
from xiuhua.conf.bench.measure import Measure
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.leads import backfill as leads
from xiuhua.simulation import people, places
from xiuhua.simulation.world import load
from xiuhua.simulation.year import Plan

LEADS, CASES = 60_000, 6_000
LEAD_TABLES = ("leads.Lead", "leads.Reporter", "kernel.TakenNumber", "kernel.RecordEntry")
CASE_TABLES = (
    "cases.Case", "cases.Step", "cases.Document", "registers.Party", "registers.Known", *LEAD_TABLES[2:],
)  # fmt: skip
LEADS_LIMIT, CASES_LIMIT = 20_000, 1_500
BEGIN = datetime(2018, 1, 2, 8, 0)  # noqa: DTZ001 - the file's moments carry no zone


def measure() -> Sequence[Measure]:
    """Both doors, checked and written in one pass, into an empty bureau."""
    plan = Plan(summary=0, ordinary=CASES)
    bureau.staffed(plan)
    before = bare.marks(LEAD_TABLES)
    rows, took = _leads()
    found = [_figure("import.rows", rows, took, LEADS_LIMIT, "leads, checked and written")]
    found += _peer("import.rows", rows, took, before)
    source, before = bureau.year(plan), bare.marks(CASE_TABLES)
    began = time.perf_counter()
    outcome = bureau.bring_in(source)
    took = time.perf_counter() - began
    steps = Case.objects.aggregate(n=Sum("steps_taken"))["n"]
    note = f"{steps:,} steps replayed against the law of their days, checked and written"
    found.append(_figure("import.cases", outcome.written, took, CASES_LIMIT, note))
    return [*found, *_peer("import.cases", outcome.written, took, before)]


def _peer(name: str, n: int, took: float, before: Sequence[bare.Mark]) -> list[Measure]:
    """What the database alone does with the same rows, and how near the door comes to it."""
    rows, alone = bare.written(before)
    found = f"{name}.bare.{connection.vendor}"
    times = f"the door took {took / alone:.1f} times as long"
    note = f"the {rows:,} table rows of the same {n:,} written by the database alone; {times}"
    return [
        Measure(
            f"{name}.table_rows.{connection.vendor}", round(rows / took), "rows/s", rows, better="higher"
        ),
        Measure(found, round(n / alone), "rows/s", n, better="higher", note=note),
    ]


def _figure(name: str, rows: int, took: float, limit: int, note: str) -> Measure:
    return Measure(f"{name}.{connection.vendor}", round(rows / took), "rows/s", rows, limit, "higher", note)


def _leads() -> tuple[int, float]:
    source = leads.read(_write_leads(Path(settings.VAR_DIR) / "leads.parquet"))
    began = time.perf_counter()
    outcome = leads.bring_in(source, by=SYSTEM, at=clock.now(), write=True, skip_faulty=True)
    took = time.perf_counter() - began
    assert not outcome.faults, outcome.faults[:3]
    return outcome.written, took


def _write_leads(path: Path) -> Path:
    """Leads of 2018 that were settled by persuasion, spread over the district."""
    rng, world = Random(2018), load(Path(settings.REFERENCE_DIR))  # noqa: S311 - the same rows in each run
    squads = [u for u in world.units if len(u.places) == 1]
    rows = []
    for n in range(LEADS):
        unit = rng.choice(squads)
        lon, lat = unit.places[0].point(rng)
        received = BEGIN + timedelta(minutes=8 * n)
        rows.append(
            {
                "source": "hotline",
                "source_ref": f"示例-2018-{n:06}",
                "kind": "street_vending",
                "content": "反映占道设摊影响通行",
                "received_at": received.isoformat(timespec="minutes"),
                "place": places.address(rng, unit.places[0]),
                "lon": lon,
                "lat": lat,
                "unit": unit.code,
                "outcome": "persuaded",
                "outcome_at": (received + timedelta(days=2)).isoformat(timespec="minutes"),
                "reporter_name": people.name(rng),
            }
        )
    parquet.write_table(arrow.Table.from_pylist(rows), path)
    return path
