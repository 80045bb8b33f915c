"""`xiuhua case check|export|schema|measure`: the file check at the console, and cases as files to exchange."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.db.models import QuerySet

from xiuhua.cases.checker.checking import Checker, Result
from xiuhua.cases.checker.folder import law_in, rows_in
from xiuhua.cases.checker.rules import Rule
from xiuhua.cases.checker.schema import schema
from xiuhua.cases.checker.seeded.page import page
from xiuhua.cases.checker.snapshot import Snapshot, read
from xiuhua.cases.queries import Case, checking, parameters_on
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM, Invalid

LARGEST = 20 * 1024 * 1024
EVERY = 200
COLUMNS = (
    "case", "unit", "rule_id", "severity", "where", "message", "mend", "message_en", "mend_en", "article", "certainty",
)  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    parts = parser.add_subparsers(dest="what", required=True, metavar="check|export|schema|measure")
    check = parts.add_parser("check", help="say what is wrong with a file, or with cases of this bureau")
    check.add_argument(
        "file", nargs="?", metavar="FILE.json", help="one case as data; - reads standard input"
    )
    check.add_argument("--case", metavar="NUMBER", help="one case of this bureau")
    check.add_argument("--all", action="store_true", help="every case of this bureau")
    check.add_argument("--unit", metavar="CODE", help="the cases of one unit")
    check.add_argument("--closed-in", type=int, metavar="YEAR", help="the cases closed in a year")
    check.add_argument(
        "--csv", type=Path, metavar="FILE", help="with several cases: write every finding here"
    )
    check.add_argument("--json", action="store_true", help="print one JSON object")
    export = parts.add_parser("export", help="write a case of this bureau as a file that `check` reads")
    export.add_argument("number", nargs="?", metavar="NUMBER", help="the number of the case")
    export.add_argument("--case", metavar="NUMBER", help="the same, as an option")
    export.add_argument("--out", type=Path, metavar="FILE", help="where to write (default: standard output)")
    parts.add_parser("schema", help="print the JSON schema of a case file (docs/case-file.schema.json)")
    parts.add_parser("measure", help="print how well the check finds known defects (docs/checker.md)")


def run(args: argparse.Namespace) -> int:
    match args.what:
        case "schema":
            print(schema_text(), end="")
            return 0
        case "measure":
            print(measured(), end="")
            return 0
        case "export":
            return _export(args)
    if args.case:
        return _told(checking.check_case(_case(args.case)), Snapshot({}, {}, ()), args.json)
    if args.file:
        return _file(args)
    if args.all or args.unit or args.closed_in:
        return _several(args)
    raise Invalid({"FILE.json": "请给出一个文件，或者 --case、--all、--unit、--closed-in 之一"})


def schema_text() -> str:
    """The schema as it lies in docs/, with the names that documents use for the fields."""
    rows = rows_in(Path(settings.REFERENCE_DIR) / "documents" / "fields.csv")
    labels = {row["field"]: row["label_zh"] for row in rows}
    return json.dumps(schema(labels), ensure_ascii=False, indent=1) + "\n"


def measured() -> str:
    """The page of docs/ about recall and precision, by the reference folder."""
    folder = Path(settings.REFERENCE_DIR)
    law = law_in(folder)
    return page(Checker(checking.file_rules(), law), law)


def judge() -> Checker:
    """The rules over the law of this bureau; where none is loaded, over the reference folder."""
    try:
        is_loaded = bool(parameters_on(clock.today()))
    except DatabaseError:
        is_loaded = False
    return (
        checking.checker()
        if is_loaded
        else Checker(checking.file_rules(), law_in(Path(settings.REFERENCE_DIR)))
    )


def _file(args: argparse.Namespace) -> int:
    found = read(_data(args.file))
    if found.faults and args.json:
        faults = [{"field": path, "reason": reason} for path, reason in found.faults.items()]
        print(json.dumps({"faults": faults}, ensure_ascii=False))
        return 1
    if found.faults:
        raise Invalid(found.faults)
    return _told(judge().check(found.file), found, args.json)


def _data(name: str) -> Any:
    """What lies in the file. Raises Invalid for one that is not there, too large, or no JSON."""
    try:
        content = sys.stdin.buffer.read(LARGEST + 1) if name == "-" else _bytes(Path(name))
        if len(content) > LARGEST:
            raise Invalid({name: f"文件大于 {LARGEST // 1024 // 1024} MB"})
        return json.loads(content, parse_constant=_no_number)
    except OSError as error:
        raise Invalid({name: f"读不了文件（{error.strerror}）"}) from None
    except (ValueError, RecursionError) as error:
        raise Invalid({name: f"不是 JSON（{error}）"}) from None


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no number of JSON")


def _told(result: Result, found: Snapshot, as_json: bool) -> int:
    if as_json:
        data = {
            "findings": [finding.as_data() for finding in result.findings],
            "unread": [rule.id for rule in result.unread],
            "ignored": list(found.ignored),
        }
        print(json.dumps(data, ensure_ascii=False))
        return 0
    for finding in result.findings:
        rule = finding.rule
        article = f"（{rule.article}）" if rule.article else ""
        print(f"{rule.severity:<8} {rule.id}  {rule.message}{article}")
        print(f"         {', '.join(finding.where)}：{rule.mend}")
    for path in found.ignored:
        print(f"ignored  {path}")
    print(f"{len(result.findings)} findings" if result.findings else "no finding")
    return 0


def _case(number: str) -> Case:
    case = Case.objects.visible(SYSTEM).filter(number=number).first()
    if case is None:
        raise Invalid({"NUMBER": f"没有案件“{number}”"})
    return case


def _export(args: argparse.Namespace) -> int:
    if not (number := args.number or args.case):
        raise Invalid({"NUMBER": "请给出案号"})
    text = json.dumps(checking.case_file(_case(number)), ensure_ascii=False, indent=1)
    if args.out is None:
        print(text)
        return 0
    args.out.write_text(text + "\n", encoding="utf-8")
    print(args.out)
    return 0


def _chosen(args: argparse.Namespace) -> QuerySet[Case]:
    cases = Case.objects.visible(SYSTEM)
    if args.unit:
        cases = cases.filter(handling_unit__code=args.unit)
    if args.closed_in:
        cases = cases.filter(closed_on__year=args.closed_in)
    return cases


def _several(args: argparse.Namespace) -> int:
    cases = _chosen(args)
    total, done, counts, touched = cases.count(), 0, Counter[Rule](), 0
    rows: list[Mapping[str, Any]] = []
    for case, result in checking.check_cases(cases):
        done += 1
        counts.update(finding.rule for finding in result.findings)
        touched += bool(result.findings)
        if args.csv:
            own = {"case": case.number, "unit": case.handling_unit.code}
            rows += [{**own, **finding.as_data()} for finding in result.findings]
        if sys.stderr.isatty() and done % EVERY == 0:
            print(f"\r{done:,} of {total:,} cases", end="", file=sys.stderr, flush=True)
    if args.csv:
        _write(args.csv, rows)
    _summed(done, touched, counts, args.json)
    return 0


def _write(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)


def _summed(done: int, touched: int, counts: Mapping[Rule, int], as_json: bool) -> None:
    by_rule = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].id))
    if as_json:
        rules = [
            {"rule_id": rule.id, "severity": rule.severity, "cases": n, "message": rule.message}
            for rule, n in by_rule
        ]
        print(json.dumps({"cases": done, "with_findings": touched, "rules": rules}, ensure_ascii=False))
        return
    for rule, n in by_rule:
        print(f"{n:>7,}  {rule.severity:<8} {rule.id}  {rule.message}")
    print(f"{done:,} cases, {touched:,} with findings")
