"""Fines of one cause over a period, tier by tier and unit by unit: how they are spread, and which lie apart.

Everything is counted over the cases that the person may see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Max, QuerySet

from xiuhua.cases.discretion.spans import tier_of
from xiuhua.cases.discretion.spread import Measure, Spread, fences, lies_apart, spread
from xiuhua.cases.models import Case, Cause, OutlierReason
from xiuhua.cases.queries.discretion import range_of, tiers_of
from xiuhua.cases.queries.law import parameters_on
from xiuhua.kernel.authz import Actor

ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Fined:
    """A fine as the picture needs it. `kind`: of party, where the norm has another range for organisations."""

    case: int
    number: str
    unit: int
    tier: str
    kind: str
    fine: Decimal
    on: date


@dataclass(frozen=True, slots=True)
class Group:
    """Fines of one tier (and kind of party) of a cause: the spread of all, of each unit, and those that lie apart."""

    tier: str
    kind: str
    floor: Decimal
    ceiling: Decimal
    whole: Spread
    within: tuple[Decimal, Decimal] | None
    units: Sequence[tuple[int, Spread, Sequence[Fined]]]
    apart: Sequence[Fined]


def fined(user: Actor, start: date, end: date) -> QuerySet[Case]:
    """Cases decided in the period with a fine."""
    return Case.objects.whole(user).filter(decided_on__range=(start, end), fine__gt=0)


def latest_year(user: Actor, before: int) -> int | None:
    """The latest year of an act that was fined before that year; None without any.

    By the day an act was found: the year after the last work holds only what was left to decide.
    """
    rows = Case.objects.whole(user).filter(decided_on__lt=date(before, 1, 1), fine__gt=0)
    day: date | None = rows.aggregate(day=Max("found_on"))["day"]
    return day.year if day else None


def causes_fined(user: Actor, start: date, end: date) -> list[tuple[str, int]]:
    """Codes of the causes with fines in the period and how many, the most frequent first."""
    rows = fined(user, start, end).order_by().values_list("cause__code").annotate(n=Count("pk"))
    return sorted(((code, n) for code, n in rows), key=lambda pair: (-pair[1], pair[0]))


def measure_on(day: date) -> Measure:
    """When a fine lies apart, by the parameters of the bureau."""
    found = parameters_on(day)
    return Measure(found["outlier_least_cases"], found["outlier_of_box"], found["outlier_of_span"])


def _rows(user: Actor, versions: Mapping[int, Cause], start: date, end: date) -> Iterable[Fined]:
    """The fines of these versions of a cause; a tier that no paper named is that in which the amount lies."""
    parted = any(v.ceiling_organisation is not None for v in versions.values())
    spans = {pk: {k: range_of(v, k) for k in ("", ORGANISATION)} for pk, v in versions.items()}
    code = next(iter(versions.values())).code
    tiers = tiers_of(code, end)
    rows = fined(user, start, end).filter(cause__in=versions).order_by("decided_on", "pk")
    for pk, number, unit, tier, fine, on, party, cause in rows.values_list(
        "pk", "number", "handling_unit", "tier", "fine", "decided_on", "party__kind", "cause"
    ):
        assert fine is not None, "decided with a fine"
        assert on is not None, "decided in the period"
        kind = ORGANISATION if parted and party == ORGANISATION else ""
        yield Fined(
            pk, number, unit, tier or tier_of(fine, spans[cause][kind], tiers) or "ordinary", kind, fine, on
        )


def distribution(user: Actor, code: str, start: date, end: date) -> list[Group]:
    """The fines of a cause, decided in the period, by tier and kind of party: the most frequent group first."""
    versions = {c.pk: c for c in Cause.objects.filter(code=code)}
    if not versions:
        return []
    groups: dict[tuple[str, str], list[Fined]] = defaultdict(list)
    for row in _rows(user, versions, start, end):
        groups[row.tier, row.kind].append(row)
    measure = measure_on(end)
    found = [_group(tier, kind, rows, versions.values(), measure) for (tier, kind), rows in groups.items()]
    return sorted(found, key=lambda group: -group.whole.count)


def _group(tier: str, kind: str, rows: Sequence[Fined], versions: Iterable[Cause], measure: Measure) -> Group:
    spans = [range_of(version, kind) for version in versions]
    whole = spread([row.fine for row in rows])
    assert whole is not None, "a group has a row"
    floor = min([whole.low, *(s.least for s in spans)])
    ceiling = max([whole.high, *(s.ceiling for s in spans if s.ceiling is not None and s.unit == "yuan")])
    within = fences(whole, ceiling - floor, measure)
    units: dict[int, list[Fined]] = defaultdict(list)
    for row in rows:
        units[row.unit].append(row)
    spreads = [(unit, spread([r.fine for r in theirs]), theirs) for unit, theirs in units.items()]
    return Group(
        tier=tier,
        kind=kind,
        floor=floor,
        ceiling=ceiling,
        whole=whole,
        within=within,
        units=sorted(
            ((unit, one, theirs) for unit, one, theirs in spreads if one is not None),
            key=lambda entry: (-entry[1].median, entry[0]),
        ),
        apart=[row for row in rows if lies_apart(row.fine, within)],
    )


def reasons_of(user: Actor, cases: Iterable[int]) -> dict[int, OutlierReason]:
    """The reason that counts of each case: the latest."""
    rows = OutlierReason.objects.visible(user).filter(case__in=list(cases)).order_by("pk")
    return {row.case_id: row for row in rows}
