"""What the check of one file says, to people and to machines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from xiuhua.cases.checker.findings import Result
from xiuhua.cases.checker.snapshot import Snapshot


def faults_as_data(faults: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"field": path, "reason": reason} for path, reason in faults.items()]


def as_data(result: Result, found: Snapshot) -> dict[str, Any]:
    return {
        "findings": [finding.as_data() for finding in result.findings],
        "unread": [rule.id for rule in result.unread],
        "ignored": list(found.ignored),
    }


def tell(result: Result, found: Snapshot, as_json: bool) -> int:
    if as_json:
        print(json.dumps(as_data(result, found), ensure_ascii=False))
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
