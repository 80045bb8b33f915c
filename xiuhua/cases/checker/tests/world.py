"""The rules and the law of this repository's reference folder, compiled once for the suite."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from xiuhua.cases.checker.checking import Checker
from xiuhua.cases.checker.folder import law_in, rules_in
from xiuhua.cases.checker.law import Law
from xiuhua.cases.checker.rules import Rule

REFERENCE = Path(__file__).parents[4] / "reference"


@lru_cache(maxsize=1)
def law() -> Law:
    return law_in(REFERENCE)


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    return rules_in(REFERENCE)


@lru_cache(maxsize=1)
def checker() -> Checker:
    return Checker(rules(), law())


def checker_of(condition: str, applies_when: str = "True", key_date: str = "decision.decided_on") -> Checker:
    """One rule X, an error, that holds at any time."""
    rule = Rule(
        "X", "facts", "error", condition, applies_when, "", "", key_date, "", "…", "…", "…", "…", "design"
    )
    return Checker([rule], law())
