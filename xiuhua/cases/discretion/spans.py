"""The range of a norm and the tiers it is cut into. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

FEN = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Span:
    """What a fine may be under a norm: amounts in `unit` (mostly yuan), with the article that sets them.

    Without a ceiling the law (or what was read of it) gives no amount, and nothing is suggested.
    """

    floor: Decimal | None
    ceiling: Decimal | None
    unit: str
    article: str
    label: str = ""
    label_en: str = ""
    certainty: str = ""
    code: str = ""

    @property
    def is_known(self) -> bool:
        return self.ceiling is not None

    @property
    def least(self) -> Decimal:
        return self.floor or Decimal(0)

    def at(self, percent: int) -> Decimal:
        """The amount at a part of the span, rounded half up: to the yuan, or to the hundredth of a small multiple.

        Raises ValueError without a ceiling.
        """
        if self.ceiling is None:
            raise ValueError("this norm gives no ceiling")
        whole = Decimal(1) if self.unit == "yuan" else FEN
        found = self.least + (self.ceiling - self.least) * percent / 100
        return found.quantize(whole, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier: the part of the span it stands for, in per cent, and where that cut comes from."""

    id: str
    label: str
    from_percent: int
    to_percent: int
    source: str = ""
    certainty: str = ""

    def part_of(self, span: Span) -> tuple[Decimal, Decimal]:
        return span.at(self.from_percent), span.at(self.to_percent)


def own_or_general(rows: Iterable[tuple[str, Tier]], code: str) -> list[Tier]:
    """The tiers of the cause itself, else those for every cause (`*`), the lightest first."""
    found = list(rows)
    own = [tier for cause, tier in found if cause == code] or [tier for cause, tier in found if cause == "*"]
    return sorted(own, key=lambda tier: tier.from_percent)


def tier_of(amount: Decimal, span: Span, tiers: Iterable[Tier]) -> str:
    """The tier in which an amount lies: `mitigated` below the floor, empty above the ceiling or without a span.

    On a border it is the lighter of the two: what may be read both ways is read for the party.
    """
    if not span.is_known:
        return ""
    if amount < span.least:
        return "mitigated"
    return next((t.id for t in tiers if amount <= t.part_of(span)[1]), "")
