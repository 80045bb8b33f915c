"""Which open cases a change of the law touches, and in which way. Pure.

Substance follows the day of the act, unless the text at the decision is lighter (PPL21 §37); procedure follows the day
of each step. So a new range touches a case that is not decided yet and whose act is older only where it is lighter or
cannot be told apart; a new period touches every case that has not yet passed the step it belongs to.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xiuhua.cases.discretion.comparing import Text, Verdict, compare
from xiuhua.cases.discretion.stages import STAGES

LIGHTER_LAW = "PPL21 §37"


class Way(StrEnum):
    """How a case is touched.

    LIGHTER: the later, lighter text applies. UNCLEAR: somebody has to compare. CORRECTED: the text of the act's own day
    reads otherwise than the file took it. REVIEW: the case was decided since under another text. STEPS: steps to come
    follow the new rule. DISCRETION: the tier is weighed anew before the decision. LIMITATION: the new period holds for
    the act only where it is shorter.
    """

    LIGHTER = "lighter"
    UNCLEAR = "unclear"
    CORRECTED = "corrected"
    REVIEW = "review"
    STEPS = "steps"
    DISCRETION = "discretion"
    LIMITATION = "limitation"


@dataclass(frozen=True, slots=True)
class OpenCase:
    """What of an open case decides whether a change touches it.

    `acted_on`: the day of the act, or that of its finding. `text`: what its file took the norm to say.
    """

    key: int
    procedure: str
    cause: str
    acted_on: date
    opened_on: date
    filed_on: date | None = None
    decided_on: date | None = None
    served_on: date | None = None
    party_kind: str = "citizen"
    text: Text | None = None


@dataclass(frozen=True, slots=True)
class NewText:
    """A version of a cause, new or read otherwise, that begins on `day` (None: always) and ends with `until`.

    `before` and `after` give the text that went before it and its own for the kind of party of a case.
    """

    code: str
    day: date | None
    until: date | None
    before: Callable[[OpenCase], Text | None]
    after: Callable[[OpenCase], Text]


@dataclass(frozen=True, slots=True)
class NewValue:
    """A parameter that has another value from `day` on, or (`corrected`) always had."""

    name: str
    day: date | None
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class NewGuidance:
    """Tiers or further ranges of a cause (`*`: of every cause) that are others from `day` on, or were corrected."""

    code: str
    day: date | None
    corrected: bool = False


def _before(one: date | None, other: date | None) -> bool:
    """Whether a day lies before another; None as the other is the beginning of time."""
    return one is not None and other is not None and one < other


def by_text(change: NewText, case: OpenCase, today: date) -> Way | None:
    """How a new or corrected version of a cause touches an open case; None where it does not.

    Beside the text of the act's own day only the one counts that holds when it is decided: today or later.
    """
    if case.cause != change.code:
        return None
    after = change.after(case)
    own = not _before(case.acted_on, change.day) and not _before(change.until, case.acted_on)
    if own:
        return None if case.text is None or case.text == after else _reread(case)
    at_decision = case.decided_on or max(today, change.day or today)
    if not _before(case.acted_on, change.day) or _before(at_decision, change.day):
        return None
    if _before(change.until, at_decision):
        return None
    held = case.text or change.before(case)
    verdict = Verdict.UNCLEAR if held is None else compare(held, after)
    if verdict in {Verdict.SAME, Verdict.HEAVIER}:
        return None
    if case.decided_on:
        return Way.REVIEW
    return Way.LIGHTER if verdict is Verdict.LIGHTER else Way.UNCLEAR


def _reread(case: OpenCase) -> Way:
    """The text of the act's own day is not the one in the file."""
    return Way.REVIEW if case.decided_on else Way.CORRECTED


def by_value(change: NewValue, case: OpenCase) -> Way | None:
    """How another value of a parameter touches an open case; None where it does not."""
    stage = STAGES.get(change.name)
    if stage is None or case.procedure not in stage.procedures:
        return None
    if not change.corrected and not _before(case.opened_on, change.day):
        return None
    passed = getattr(case, stage.until) if stage.until else None
    if stage.substance:
        return None if passed else Way.LIMITATION
    if passed is None:
        return Way.STEPS
    return Way.REVIEW if change.corrected or not _before(passed, change.day) else None


def by_guidance(change: NewGuidance, case: OpenCase) -> Way | None:
    """How other tiers or ranges touch an open case (PPL21 §34): who is not decided yet is weighed anew."""
    if change.code not in ("*", case.cause):
        return None
    if not change.corrected and change.day is not None and not _before(case.opened_on, change.day):
        return None
    if case.decided_on is None:
        return Way.DISCRETION
    return Way.REVIEW if change.corrected or not _before(case.decided_on, change.day) else None
