"""`xiuhua reference check|diff|load|roles|docs`: the law as data."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from xiuhua.cases.actions import file_rules
from xiuhua.cases.actions import reference as cases
from xiuhua.command.actions import reference as command
from xiuhua.conf import law_changes, law_docs
from xiuhua.duty.actions import reference as duty
from xiuhua.evidence.actions import reference as evidence
from xiuhua.exchange.actions import reference as exchange
from xiuhua.kernel import areas, clock, roads
from xiuhua.kernel.authz import SYSTEM, Actor, Invalid
from xiuhua.leads.actions import reference as leads
from xiuhua.observations.actions import reference as observations
from xiuhua.org import rules
from xiuhua.org.actions import reference as org
from xiuhua.org.actions.reference import Checked, Sheet, Tables, difference, faults, said
from xiuhua.org.rules.tables import Difference, Fault, read
from xiuhua.oversight.actions import reference as oversight

# Every reference file that is loaded into a table, in the order in which one needs another.
SHEETS: tuple[Sheet, ...] = (
    *org.SHEETS,
    *cases.SHEETS,
    *leads.SHEETS,
    *evidence.SHEETS,
    *duty.SHEETS,
    *command.SHEETS,
    *oversight.SHEETS,
    *exchange.SHEETS,
)

# Files that are checked here and read where they are used.
ELSEWHERE: tuple[Checked, ...] = (
    *org.ELSEWHERE,
    *file_rules.ELSEWHERE,
    *evidence.ELSEWHERE,
    *observations.ELSEWHERE,
)

SCHEMATIC = "示意图：由 streets.csv 的中心点和面积推算（© OpenStreetMap contributors, ODbL 1.0）"


def read_all(folder: Path) -> Tables:
    """Every file of `folder` that is known here. Raises Invalid for a file that is not there."""
    shapes = [*(known.shape for known in ELSEWHERE), *(sheet.shape for sheet in SHEETS)]
    if missing := [s.file for s in shapes if not (folder / s.file).is_file()]:
        raise Invalid({"reference": f"{folder} 中没有 {'、'.join(missing)}"})
    return {s.file: read(s, (folder / s.file).read_text(encoding="utf-8")) for s in shapes}


def check_all(tables: Tables) -> list[Fault]:
    """Every fault of every file: form first, then what files say of one another."""
    found = [fault for table in tables.values() for fault in table.faults]
    if not found:
        found = [fault for sheet in SHEETS for fault in faults(sheet, tables[sheet.file], tables)]
        found += [fault for known in ELSEWHERE for fault in known.check(tables[known.shape.file], tables)]
    return sorted(found, key=lambda f: (f.file, f.line, f.column))


def load_all(*, by: Actor, at: datetime, folder: Path | None = None) -> dict[str, Difference]:
    """Check and load every file, one act each: file → what it changed.

    Raises Invalid with the first faults if there are any; then nothing is loaded.
    """
    tables = read_all(folder or settings.REFERENCE_DIR)
    if found := check_all(tables):
        raise Invalid({f"{f.file}:{f.line} {f.column}": f.reason for f in found[:5]})
    lay_out_areas(tables, by=by, at=at)
    return {s.file: org.load(s, tables[s.file], tables, by=by, at=at) for s in SHEETS}


def lay_out_areas(tables: Tables, *, by: Actor, at: datetime) -> None:
    """Where no area is known yet, a schematic partition and roads from centres and sizes; what was imported is never
    touched.
    """
    if not areas.known():
        areas.put_schematic(tables["streets.csv"].rows, source=SCHEMATIC, by=by, at=at)
    if not roads.known():
        roads.put_sketch(tables["streets.csv"].rows, source=SCHEMATIC, by=by, at=at)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what",
        choices=["check", "diff", "load", "roles", "docs"],
        help="check finds every fault, diff says what a load would change, load does it, "
        "roles prints docs/roles.md, docs writes docs/law",
    )
    parser.add_argument("--folder", type=Path, default=settings.REFERENCE_DIR, help="where the files lie")
    parser.add_argument(
        "--out", type=Path, default=Path(settings.BASE_DIR) / "docs" / "law", help="where docs writes"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    match args.what:
        case "check":
            return _check(args)
        case "diff":
            tables = read_all(args.folder)
            if faulty := check_all(tables):
                return _faults(faulty, args.json)
            found = {s.file: difference(s, tables[s.file], tables) for s in SHEETS}
            _print(found, tables, args.json, "would change")
        case "load":
            loaded = load_all(by=SYSTEM, at=clock.now(), folder=args.folder)
            _print(loaded, read_all(args.folder), args.json, "changed")
        case "docs":
            return _docs(args)
        case _:
            print(rules.roles_page(), end="")
    return 0


def _docs(args: argparse.Namespace) -> int:
    tables = read_all(args.folder)
    if found := check_all(tables):
        return _faults(found, args.json)
    args.out.mkdir(parents=True, exist_ok=True)
    for name, text in law_docs.pages(tables).items():
        (args.out / name).write_text(text, encoding="utf-8")
        print(args.out / name)
    return 0


def _check(args: argparse.Namespace) -> int:
    tables = read_all(args.folder)
    if found := check_all(tables):
        return _faults(found, args.json)
    counts = {name: len(table.rows) for name, table in tables.items()}
    if args.json:
        print(json.dumps({"ok": True, "rows": counts}))
    else:
        for name, rows in counts.items():
            print(f"{name:<16} {rows:>5} rows")
        print("no fault")
    return 0


def _faults(found: list[Fault], as_json: bool) -> int:
    if as_json:
        shown = [{"file": f.file, "line": f.line, "column": f.column, "reason": f.reason} for f in found]
        print(json.dumps({"ok": False, "faults": shown}, ensure_ascii=False))
    else:
        for fault in found:
            print(fault)
        print(f"{len(found)} faults")
    return 1


def _plain(found: Difference) -> dict[str, Any]:
    return {
        "added": [said(key) for key in found.added],
        "changed": {
            said(key): {name: [str(a), str(b)] for name, (a, b) in fields.items()}
            for key, fields in found.changed.items()
        },
        "only_loaded": [said(key) for key in found.gone],
    }


def _lines(found: Difference) -> Iterator[str]:
    yield from (f"  + {said(key)}" for key in found.added)
    for key, fields in found.changed.items():
        yield from (f"  ~ {said(key)} {name}: {a} → {b}" for name, (a, b) in fields.items())
    yield from (f"  - {said(key)} (no longer in the file)" for key in found.gone)


def _print(found: dict[str, Difference], tables: Tables, as_json: bool, verb: str) -> None:
    touched = law_changes.open_cases(found, tables, clock.today())
    if as_json:
        files: dict[str, Any] = {name: _plain(d) for name, d in found.items()}
        cases = {} if touched is None else {"open_cases_touched": law_changes.plain(touched)}
        print(json.dumps(files | cases, ensure_ascii=False))
        return
    for name, d in found.items():
        print(f"{name:<16} {verb}: {len(d.added)} added, {len(d.changed)} changed, {len(d.gone)} only loaded")
        if len(d.added) + len(d.changed) + len(d.gone) <= 40:
            print(*_lines(d), sep="\n", end="\n" if d else "")
    if touched is not None:
        print(*law_changes.lines(touched), sep="\n")
