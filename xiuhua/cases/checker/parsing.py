"""A rule with its expressions written anew, or what of it cannot be used. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from xiuhua.cases.checker.fields import FIELDS
from xiuhua.cases.checker.notation import Refused, Written, write
from xiuhua.cases.checker.rules import Rule

DECIDED, LEAD = "decision.decided_on", "case.lead_received_on"


class BadRule(ValueError):
    """A rule that cannot be used: `column` of the table and the reason."""

    def __init__(self, rule: str, column: str, reason: str) -> None:
        self.rule, self.column, self.reason = rule, column, reason
        super().__init__(f"{rule} {column}: {reason}")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A rule with its two expressions and its key date, written anew."""

    rule: Rule
    applies: Written
    condition: Written
    key: Written


def parse(rule: Rule) -> Parsed:
    """Raises BadRule with the column and the reason."""
    day = f"k_{rule.key_date.replace('.', '__')}"
    columns = {"applies_when": rule.applies_when, "condition": rule.condition, "key_date": rule.key_date}
    written = []
    for column, text in columns.items():
        try:
            written.append(write(text, day))
        except Refused as error:
            raise BadRule(rule.id, column, str(error)) from None
    block, _, name = rule.key_date.partition(".")
    if FIELDS.get(block, {}).get(name) not in ("day", "moment"):
        raise BadRule(rule.id, "key_date", f"“{rule.key_date}” is no day of the file")
    return Parsed(rule, *written)
