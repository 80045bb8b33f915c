"""Many cases of this bureau: findings counted by rule, and each of them in a CSV."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.db.models import QuerySet

from xiuhua.cases.checker.findings import Result
from xiuhua.cases.checker.rules import Rule
from xiuhua.cases.queries import Case, checking
from xiuhua.kernel.authz import SYSTEM, Invalid
from xiuhua.org import queries as org

EVERY = 200
COLUMNS = (
    "case", "unit", "rule_id", "severity", "where", "message", "mend", "message_en", "mend_en", "article", "certainty",
)  # fmt: skip


Wrong = tuple[Case, Result]


def _chosen(args: argparse.Namespace) -> QuerySet[Case]:
    cases = Case.objects.visible(SYSTEM)
    if args.unit:
        if org.unit_by_code(args.unit) is None:
            raise Invalid({"unit": f"没有单位“{args.unit}”"})
        cases = cases.filter(handling_unit__code=args.unit)
    if args.closed_in:
        cases = cases.filter(closed_on__year=args.closed_in)
    return cases


def check_several(args: argparse.Namespace) -> int:
    """Raises Invalid for a unit that is not there, and for a CSV that cannot be written."""
    cases = _chosen(args)
    total, done, counts, touched = cases.count(), 0, Counter[Rule](), 0
    for _case, result in _written(args.csv, checking.check_cases(cases)):
        done += 1
        counts.update(finding.rule for finding in result.findings)
        touched += bool(result.findings)
        if sys.stderr.isatty() and done % EVERY == 0:
            print(f"\r{done:,} of {total:,} cases", end="", file=sys.stderr, flush=True)
    _summed(done, touched, counts, args.json)
    return 0


def _written(path: Path | None, found: Iterator[Wrong]) -> Iterator[Wrong]:
    """What was found, each finding of it written to the CSV on the way, if there is one."""
    if path is None:
        yield from found
        return
    try:
        file = path.open("w", encoding="utf-8-sig", newline="")
    except OSError as error:
        raise Invalid({"csv": f"写不了 {path}（{error.strerror}）"}) from None
    with file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        for case, result in found:
            own = {"case": case.number, "unit": case.handling_unit.code}
            writer.writerows({**own, **finding.as_data()} for finding in result.findings)
            yield case, result


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
