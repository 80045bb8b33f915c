"""What the panel of discretion draws: boxes to tick in their groups, and the tiers on a ruler."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiuhua.cases.discretion.factors import HIGH, LOW, Direction, Factor, Force
from xiuhua.cases.discretion.spans import Span
from xiuhua.cases.queries.discretion import Weighing
from xiuhua.web.frame.http import in_english

# How wide the ruler is drawn; the page stretches it.
WIDTH = 600
_HEADINGS = {
    Direction.LIGHTER: gettext_lazy("从轻、减轻"),
    Direction.HEAVIER: gettext_lazy("从重"),
    Direction.EITHER: gettext_lazy("本案由的情节"),
    Direction.NONE: gettext_lazy("不予处罚"),
}


@dataclass(frozen=True, slots=True)
class Tick:
    """A box of the panel: its value, words, article, and whether it is ticked."""

    value: str
    label: str
    article: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    ticks: Sequence[Tick]
    open: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A tier on the ruler: from where to where it is drawn, and its amounts in words."""

    id: str
    label: str
    x: str
    width: str
    low: Decimal
    high: Decimal
    suggested: bool


def groups_of(found: Weighing) -> list[Group]:
    """The boxes; those of no penalty are folded away until one is ticked."""
    out = []
    for direction, title in _HEADINGS.items():
        ticks = [t for f in found.asked if f.direction is direction for t in _ticks(f, found.ticked)]
        if ticks:
            shown = direction is not Direction.NONE or any(t.ticked for t in ticks)
            out.append(Group(str(title), ticks, shown))
    return out


def _ticks(factor: Factor, ticked: frozenset[str]) -> list[Tick]:
    label = factor.label_en if in_english() else factor.label
    article = factor.article if factor.force is not Force.WEIGH else ""
    if factor.direction is not Direction.EITHER:
        return [Tick(factor.code, label, article, factor.code in ticked)]
    ways = (
        ((LOW, factor.low_en), (HIGH, factor.high_en))
        if in_english()
        else ((LOW, factor.low), (HIGH, factor.high))
    )
    return [
        Tick(
            f"{factor.code}:{way}",
            f"{label}: {word}" if in_english() else label + word,
            article,
            f"{factor.code}:{way}" in ticked,
        )
        for way, word in ways
    ]


def parts_of(found: Weighing) -> list[Part]:
    """The tiers as parts of the ruler; none where the norm gives no amount."""
    span = found.suggestion.span
    if not span.is_known:
        return []
    return [
        Part(
            t.id,
            _(t.label),
            f"{WIDTH * t.from_percent / 100:g}",
            f"{WIDTH * (t.to_percent - t.from_percent) / 100:g}",
            *t.part_of(span),
            t.id == found.suggestion.tier,
        )
        for t in found.tiers
    ]


def place_of(fine: Decimal | None, span: Span) -> str | None:
    """Where a sum stands on the ruler; None outside it or without one."""
    if fine is None or span.ceiling is None or span.ceiling == span.least:
        return None
    if not span.least <= fine <= span.ceiling:
        return None
    return f"{WIDTH * (fine - span.least) / (span.ceiling - span.least):.1f}"
