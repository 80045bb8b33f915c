"""A rule of the file check as it stands in `reference/file_rules.csv`. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

VETO, ERROR, WARNING = SEVERITIES = ("veto", "error", "warning")
GROUPS: Mapping[str, str] = {
    "jurisdiction": "主体",
    "officers": "人员",
    "procedure": "程序",
    "evidence": "证据",
    "facts": "事实",
    "law": "法律适用",
    "discretion": "裁量",
    "notice": "告知听证",
    "decision": "决定",
    "service": "送达",
    "execution": "执行",
    "coercion": "强制",
    "documents": "文书",
    "archive": "归档",
    "publicity": "公示",
    "recording": "摄录",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """What is wrong with a file when `applies_when` and `condition` are both true of it.

    It holds for files whose `key_date` lies between `valid_from` and `valid_to`, both ISO days and included, empty is
    open. `severity`: veto (the decision cannot stand), error, warning. `article` cites the law or the standard.
    """

    id: str
    group: str
    severity: str
    condition: str
    applies_when: str
    valid_from: str
    valid_to: str
    key_date: str
    article: str
    message: str
    message_en: str
    mend: str
    mend_en: str
    certainty: str


def rules_of(rows: Iterable[Mapping[str, Any]]) -> tuple[Rule, ...]:
    """The rules of the rows of `file_rules.csv`, in their order."""
    return tuple(
        Rule(
            id=row["rule_id"],
            group=row["group"],
            severity=row["severity"],
            condition=row["condition"],
            applies_when=row["applies_when"],
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            key_date=row["key_date"],
            article=row["article"],
            message=row["message"],
            message_en=row["message_en"],
            mend=row["mend"],
            mend_en=row["mend_en"],
            certainty=row["certainty"],
        )
        for row in rows
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
