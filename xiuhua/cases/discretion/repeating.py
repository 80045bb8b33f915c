"""Whether an act is one again: what an earlier case of the same party or place says about it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

# Circumstances of the tables that speak of the same act again, and the months within which each of them counts.
FACTORS = ("repeat_in_year", "repeat")
YEAR = 12


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier act: decided on a day for a cause, by the same party or only near the same place."""

    cause_code: str
    decided_on: date | None
    punished: bool
    same_party: bool


def counts(before: Before, cause_code: str, acted_on: date) -> bool:
    """Whether it makes an act of `acted_on` for `cause_code` one again: same party, same cause, punished before.

    Place alone makes nobody a repeater; nor does a decision that came after the act.
    """
    decided = before.decided_on is not None and before.decided_on <= acted_on
    return decided and before.punished and before.same_party and before.cause_code == cause_code


def factor_of(named: str, months: int) -> str:
    """The circumstance that a cause names for the second act (`tier_factors`), if it names one that looks so far back.

    `named` is the list of the cause, apart by semicolons; `months` is the period in which the earlier cases lie.
    """
    own = frozenset(named.split(";"))
    return next(
        (code for code in FACTORS if code in own and (code != "repeat_in_year" or months <= YEAR)), ""
    )
