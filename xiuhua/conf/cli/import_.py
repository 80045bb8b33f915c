"""`xiuhua import leads|cases|payments|shifts|check-ins FILE`: history, or what the bank reports, from CSV or Parquet.

A dry run unless --apply is given.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path
from typing import Any

from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM

# What can be brought in → the door it goes through. Each door has `read`, `bring_in` and `write_faults`.
DOORS = {
    "leads": "xiuhua.leads.backfill",
    "cases": "xiuhua.cases.backfill",
    "payments": "xiuhua.cases.backfill.payments",
    "shifts": "xiuhua.duty.backfill.shifts",
    "check-ins": "xiuhua.duty.backfill.check_ins",
}
SHOWN = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=list(DOORS), help="what the rows are")
    parser.add_argument("file", type=Path, metavar="FILE", help="UTF-8 CSV with a header, or Parquet")
    parser.add_argument("--apply", action="store_true", help="write; without it every row is only checked")
    parser.add_argument(
        "--skip-faulty", action="store_true", help="with --apply: write the good rows although others are not"
    )
    parser.add_argument("--faults", type=Path, metavar="FILE", help="write every fault to this CSV")
    parser.add_argument("--columns", action="store_true", help="print the columns and stop")


def run(args: argparse.Namespace) -> int:
    door: Any = importlib.import_module(DOORS[args.what])
    if args.columns:
        for name in door.COLUMNS:
            print(f"{name}{'  (needed)' if name in door.NEEDED else ''}")
        return 0
    source = door.read(args.file)
    outcome = door.bring_in(
        source,
        by=SYSTEM,
        at=clock.now(),
        write=args.apply,
        skip_faulty=args.skip_faulty,
        progress=_progress if sys.stderr.isatty() else None,
    )
    if args.faults:
        door.write_faults(outcome.faults, args.faults)
    _tell(outcome, args)
    return 1 if outcome.faults else 0


def _progress(done: int, total: int) -> None:
    of = f" of {total:,}" if total else ""
    print(f"\r{done:,}{of} rows", end="", file=sys.stderr, flush=True)


def _tell(outcome: Any, args: argparse.Namespace) -> None:
    for fault in outcome.faults[:SHOWN]:
        print(fault)
    if len(outcome.faults) > SHOWN:
        where = f"see {args.faults}" if args.faults else "write them to a file with --faults FILE"
        print(f"… {len(outcome.faults) - SHOWN:,} faults more: {where}")
    print(
        f"{outcome.rows:,} rows: {outcome.good:,} good, {outcome.faulty:,} faulty, "
        f"{outcome.passed_over:,} in already"
    )
    if outcome.written:
        print(f"{outcome.written:,} written.")
    elif not args.apply:
        print("Dry run: nothing was written. Write with --apply.")
    else:
        print("Nothing was written.")
