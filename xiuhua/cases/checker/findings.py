"""What the check finds in a file. Pure data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xiuhua.cases.checker.rules import Rule


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that the file breaks. `where`: the fields or rows, such as `services[1]` or `notice.served_on`.

    `day` is the ISO day by which the text of the law was chosen; empty where the file names none. `of`: whose it is,
    in a file of several parties or acts; empty where it is the whole file's.
    """

    rule: Rule
    where: tuple[str, ...]
    day: str = ""
    of: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        return {
            "rule_id": self.rule.id,
            "severity": self.rule.severity,
            "where": ", ".join(self.where),
            "message": self.rule.message,
            "mend": self.rule.mend,
            "message_en": self.rule.message_en,
            "mend_en": self.rule.mend_en,
            "article": self.rule.article,
            "certainty": self.rule.certainty,
            **({"of": ", ".join(self.of)} if self.of else {}),
        }


@dataclass(frozen=True, slots=True)
class Result:
    """Findings by severity, the gravest first; `unread` are rules that a value of a wrong kind kept from judging."""

    findings: tuple[Finding, ...]
    unread: tuple[Rule, ...] = ()

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(finding.rule.id for finding in self.findings)

    def of(self, severity: str) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.rule.severity == severity)
