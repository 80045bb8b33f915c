"""`xiuhua export leads|cases FILE --as LOGIN`: the rows that LOGIN may see, as CSV, XLSX or Parquet."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path
from typing import Any

from xiuhua.kernel import clock
from xiuhua.kernel.authz import Invalid
from xiuhua.org import queries

# What can be written out → the door it goes through; each has `export(user, path) -> int`.
DOORS = {
    "leads": "xiuhua.leads.backfill",
    "cases": "xiuhua.cases.backfill",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=list(DOORS), help="what the rows are")
    parser.add_argument("file", type=Path, metavar="FILE", help="where to write: .csv, .xlsx or .parquet")
    parser.add_argument("--as", dest="login", required=True, metavar="LOGIN", help="whose eyes to use")


def run(args: argparse.Namespace) -> int:
    user = queries.user_by_login(args.login)
    if user is None:
        raise Invalid({"as": f"没有账号“{args.login}”"})
    door: Any = importlib.import_module(DOORS[args.what])
    count = door.export(queries.actor_for(user, clock.now()), args.file)
    print(f"{count:,} rows in {args.file}")
    return 0
