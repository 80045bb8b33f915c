"""What guides discretion, as the pure rules want it: ranges, tiers and circumstances of a cause on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from xiuhua.cases.discretion.comparing import Text, Verdict, compare
from xiuhua.cases.discretion.factors import Direction, Factor, Force, asked_for, chosen
from xiuhua.cases.discretion.saying import said_in
from xiuhua.cases.discretion.spans import Span, Tier, own_or_general
from xiuhua.cases.discretion.weighing import Suggestion, weigh
from xiuhua.cases.models import Band, Cause
from xiuhua.cases.models import Factor as FactorRow
from xiuhua.cases.models import Tier as TierRow
from xiuhua.cases.queries.files import cause_block
from xiuhua.cases.queries.law import Stamp, cause_on, parameters_on
from xiuhua.kernel import queries as kernel

# The word of the tables for every kind of party.
ANY = "*"
FACTORS_FILE = "reference:factors.csv"


@dataclass(frozen=True, slots=True)
class Weighing:
    """The suggestion for a case, and what it was made of. `ticked`: as a form names them (`repeat`, `area:high`).

    `spans`: the general range first, then those that the norm sets under a condition. `later`: the version in force
    today where it is lighter than that of the act, or cannot be told apart from it (PPL21 §37).
    """

    suggestion: Suggestion
    spans: Sequence[Span]
    tiers: Sequence[Tier]
    asked: Sequence[Factor]
    ticked: frozenset[str]
    later: Cause | None = None
    verdict: Verdict = Verdict.SAME


def _amount(value: Decimal | float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def range_of(cause: Cause, party_kind: str) -> Span:
    """The general range of a version of a cause for a kind of party."""
    block = cause_block(cause, party_kind)
    return Span(
        floor=_amount(block["floor"]),
        ceiling=_amount(block["ceiling"]),
        unit=cause.unit,
        article=cause.basis,
        certainty=cause.certainty,
    )


def spans_of(cause: Cause, party_kind: str, on: date) -> list[Span]:
    """The general range, then the bands in force on `on` that concern this kind of party."""
    rows = Band.objects.on(on).filter(cause_code=cause.code, party_kind__in=(ANY, party_kind)).order_by("pk")
    bands = [
        Span(b.floor, b.ceiling, b.unit, b.article, b.label, b.label_en, b.certainty, b.band) for b in rows
    ]
    return [range_of(cause, party_kind), *bands]


def tiers_of(code: str, on: date) -> list[Tier]:
    """The tiers of a cause on a day: its own, else the general cut."""
    rows = TierRow.objects.on(on).filter(cause_code__in=(code, ANY))
    return own_or_general(
        (
            (r.cause_code, Tier(r.tier, r.label, r.from_percent, r.to_percent, r.source, r.certainty))
            for r in rows
        ),
        code,
    )


def _factor(row: FactorRow) -> Factor:
    return Factor(
        code=row.code,
        label=row.label,
        label_en=row.label_en,
        direction=Direction(row.direction),
        force=Force(row.force),
        article=row.article,
        ground=row.ground,
        party_kind=row.party_kind,
        only_named=row.only_named,
        certainty=row.certainty,
        low=row.low,
        high=row.high,
        low_en=row.low_en,
        high_en=row.high_en,
    )


@lru_cache(maxsize=64)
def _factors_on(stamp: Stamp, day: date) -> Sequence[Factor]:
    """Kept until the table changes."""
    return [_factor(row) for row in FactorRow.objects.on(day).order_by("pk")]


def factors_for(acted_on: date, on: date) -> Sequence[Factor]:
    """The circumstances of the law of the act's day; and those that only the law at the decision knows, where they are
    for the party (PPL21 §37)."""
    rows = _factors_on(kernel.loaded(FactorRow, FACTORS_FILE), acted_on)
    if on <= acted_on or not parameters_on(on).get("lighter_later_law"):
        return rows
    known = {f.code for f in rows}
    later = (f for f in _factors_on(kernel.loaded(FactorRow, FACTORS_FILE), on) if f.code not in known)
    return [*rows, *(f for f in later if f.direction in (Direction.NONE, Direction.LIGHTER))]


def text_of(cause: Cause, party_kind: str) -> Text:
    """What a version says about the penalty, to be compared with another."""
    found = range_of(cause, party_kind)
    return Text(
        floor=found.floor,
        ceiling=found.ceiling,
        unit=cause.unit,
        kinds=frozenset(k for k in cause.kinds_allowed.split(";") if k),
        needs_refusal=cause.needs_refusal,
        may=cause.may,
    )


def weighing(
    cause: Cause,
    party_kind: str,
    *,
    acted_on: date,
    on: date,
    said: Iterable[str] = (),
    reasons: str = "",
    band: str = "",
    times: Decimal = Decimal(1),
) -> Weighing:
    """The suggestion for an act of `acted_on` under this version of its cause, if it is decided on `on`.

    `said`: the circumstances ticked; with none, those that the sentence `reasons` of an earlier paper names.
    """
    spans = spans_of(cause, party_kind, acted_on)
    tiers = tiers_of(cause.code, on)
    asked = asked_for(factors_for(acted_on, on), cause.tier_factors.split(";"), party_kind)
    ticked = frozenset(said) or said_in(reasons, asked)
    span = next((s for s in spans if s.code == band), spans[0])
    later = cause_on(cause.code, on)
    verdict = compare(text_of(cause, party_kind), text_of(later, party_kind)) if later else Verdict.SAME
    return Weighing(
        suggestion=weigh(span, tiers, chosen(ticked, asked), times),
        spans=spans,
        tiers=tiers,
        asked=asked,
        ticked=ticked,
        later=later if verdict in (Verdict.LIGHTER, Verdict.UNCLEAR) else None,
        verdict=verdict,
    )
