"""Many cases of this bureau: findings counted by rule, and each of them in a CSV."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from xiuhua.cases.checker.rules import Rule
from xiuhua.cases.queries import Case, checking
from xiuhua.kernel.authz import SYSTEM

EVERY = 200
COLUMNS = (
    "case", "unit", "rule_id", "severity", "where", "message", "mend", "message_en", "mend_en", "article", "certainty",
)  # fmt: skip


def _chosen(args: argparse.Namespace) -> QuerySet[Case]:
    cases = Case.objects.visible(SYSTEM)
    if args.unit:
        cases = cases.filter(handling_unit__code=args.unit)
    if args.closed_in:
        cases = cases.filter(closed_on__year=args.closed_in)
    return cases


def check_several(args: argparse.Namespace) -> int:
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
