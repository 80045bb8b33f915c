"""Numbered paper forms and the gaps in numbers: what lies where, and why a number stands on no document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from xiuhua.cases.models import PaperForm
from xiuhua.cases.models.stock import STOCK
from xiuhua.kernel import numbering
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import Series

OPEN = (PaperForm.State.STORED, PaperForm.State.ALLOTTED, PaperForm.State.HANDED)


def forms(reader: Actor) -> QuerySet[PaperForm]:
    return PaperForm.objects.visible(reader).select_related("unit", "officer", "case")


def in_hand(user: Actor) -> QuerySet[PaperForm]:
    """The sheets that the person has in hand."""
    return PaperForm.objects.visible(user).filter(officer=user.officer_id or 0, state=PaperForm.State.HANDED)


def counts(reader: Actor) -> Sequence[dict[str, Any]]:
    """For each kind and unit that the reader sees (none is the warehouse): the sheets in each state, the next one."""
    how_many = {state.value: Count("pk", Q(state=state)) for state in PaperForm.State}
    rows = PaperForm.objects.visible(reader).values("kind", "unit", "unit__short_name", "unit__name_en")
    found = rows.annotate(**how_many, next=Min("number", filter=Q(state__in=OPEN)))
    return [dict(row) for row in found.order_by("kind", "unit__code")]


@dataclass(frozen=True, slots=True)
class NumberGap:
    """A number that stands on no document, and why."""

    kind: str
    unit_code: str
    year: int
    number: str
    why: str
    reason: str
    at: datetime | None


def gaps(reader: Actor, unit_codes: Sequence[str] | None, year: int) -> list[NumberGap]:
    """Every gap of the year in the series of these units (None: of all), and the printer's numbers void or lost."""
    runs = Series.objects.filter(year=year).order_by("kind", "unit_code")
    if unit_codes is not None:
        runs = runs.filter(unit_code__in=unit_codes)
    lost = frozenset(
        forms(reader)
        .filter(state=PaperForm.State.LOST, moved_at__year=year)
        .exclude(prefix="")
        .values_list("number", flat=True)
    )
    found = [
        NumberGap(
            run.kind,
            run.unit_code,
            run.year,
            gap.number,
            PaperForm.State.LOST if gap.number in lost else gap.why,
            gap.reason,
            gap.voided_at,
        )
        for run in runs
        for gap in numbering.gaps(run)
    ]
    ended = forms(reader).filter(
        state__in=(PaperForm.State.VOID, PaperForm.State.LOST), prefix="", moved_at__year=year
    )
    found += [
        NumberGap(f.kind, f.unit.code if f.unit else "", year, f.number, f.state, f.reason, f.moved_at)
        for f in ended.order_by("kind", "number")
    ]
    return found


def may_see_all_series(reader: Actor) -> bool:
    return reader.scope("cases.see").everything or reader.scope(STOCK).everything
