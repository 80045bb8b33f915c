"""Which of two texts of a norm is lighter: the older holds for acts under it unless the later is (PPL21 §37). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Verdict(StrEnum):
    """What the later text is beside the older one. UNCLEAR: lighter in one thing and heavier in another, or unknown."""

    SAME = "same"
    LIGHTER = "lighter"
    HEAVIER = "heavier"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Text:
    """What a version of a cause says about the penalty: the range for one kind of party, and its conditions."""

    floor: Decimal | None
    ceiling: Decimal | None
    unit: str
    kinds: frozenset[str]
    needs_refusal: bool = False
    may: bool = False


def _signs(old: Text, new: Text) -> list[int]:
    """For each thing that differs whether the later text is lighter (-1) or heavier (1)."""
    found = [
        (new.floor or 0) - (old.floor or 0),
        (new.ceiling or 0) - (old.ceiling or 0),
        int(old.needs_refusal) - int(new.needs_refusal),
        int(old.may) - int(new.may),
        len(new.kinds - old.kinds),
        -len(old.kinds - new.kinds),
    ]
    return [1 if sign > 0 else -1 for sign in found if sign]


def compare(old: Text, new: Text) -> Verdict:
    """The later text beside the older one. Amounts in different units, or unknown ones, cannot be told apart."""
    if old == new:
        return Verdict.SAME
    fined = "fine" in old.kinds | new.kinds
    if fined and (old.unit != new.unit or (old.ceiling is None) != (new.ceiling is None)):
        return Verdict.UNCLEAR
    signs = set(_signs(old, new))
    if not signs:
        return Verdict.SAME
    return Verdict.UNCLEAR if len(signs) > 1 else Verdict.LIGHTER if signs == {-1} else Verdict.HEAVIER
