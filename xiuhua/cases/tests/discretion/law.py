"""Circumstances, tiers and ranges of the reference files, as the pure rules want them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

from django.conf import settings

from xiuhua.cases.actions.reference import FACTORS, TIERS
from xiuhua.cases.discretion.factors import Chosen, Direction, Factor, Force
from xiuhua.cases.discretion.spans import Span, Tier
from xiuhua.org.rules.tables import Row, Shape, read

TODAY = date(2026, 5, 13)
IN_2018 = date(2018, 5, 16)
YUAN = Span(Decimal(5000), Decimal(50000), "yuan", "APL §118(1)")


@cache
def _rows(shape: Shape) -> tuple[Row, ...]:
    return tuple(read(shape, (settings.REFERENCE_DIR / shape.file).read_text(encoding="utf-8")).rows)


def tiers() -> list[Tier]:
    return [
        Tier(r["tier"], r["label"], r["from_percent"], r["to_percent"], r["source"], r["certainty"])
        for r in _rows(TIERS.shape)
    ]


def factors(day: date = TODAY) -> list[Factor]:
    """Those in force on a day."""
    return [
        Factor(
            code=r["code"],
            label=r["label"],
            label_en=r["label_en"],
            direction=Direction(r["direction"]),
            force=Force(r["force"]),
            article=r["article"],
            ground=r["ground"],
            party_kind=r["party_kind"],
            only_named=r["only_named"],
            certainty=r["certainty"],
            low=r["low"],
            high=r["high"],
            low_en=r["low_en"],
            high_en=r["high_en"],
        )
        for r in _rows(FACTORS.shape)
        if (r["valid_from"] or day) <= day <= (r["valid_to"] or day)
    ]


def one(code: str, day: date = TODAY) -> Factor:
    return next(f for f in factors(day) if f.code == code)


def shown(*codes: str, day: date = TODAY) -> list[Chosen]:
    """The circumstances as a case shows them: `repeat`, `area:high`."""
    found = []
    for code in codes:
        name, _, way = code.partition(":")
        factor = one(name, day)
        direction = {"high": Direction.HEAVIER, "low": Direction.LIGHTER}.get(way, factor.direction)
        found.append(Chosen(factor, direction))
    return found
