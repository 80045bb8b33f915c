"""Reconsiderations and suits: J05 to J10 and J12 to J16 of the yearly report. Their rows are remedies, not cases.

New ones count by the day on which they came: a reconsideration was accepted, a suit was filed. Outcomes are those of
the same rows, so that new ones less outcomes are those still open (J05 to J09, J10 to J15). The two rates have a basis
of their own: the day of the last word, the day of the trial. How the rate of 2018 was reckoned is not known; ours says
what it counts.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import QuerySet

from xiuhua.cases.models import Remedy
from xiuhua.kernel.authz import Actor
from xiuhua.org.figures import Figure, Period

Rows = Callable[[Actor, Period], QuerySet[Any]]
REVIEW, SUIT = Remedy.Kind.RECONSIDERATION, Remedy.Kind.LITIGATION
# What no body or court ever took up is no matter that was concluded.
NOT_TAKEN_UP = ("refused", "not_registered", "")


def came(kind: str, outcome: str | None = None) -> Rows:
    """Those of one kind that came in the period; with an outcome, of these the ones that ended so."""

    def rows(user: Actor, period: Period) -> QuerySet[Any]:
        found = Remedy.objects.visible(user).filter(kind=kind, accepted_on__range=(period.start, period.end))
        found = found.exclude(instance="retrial")
        return found if outcome is None else found.filter(outcome=outcome)

    return rows


def concluded(user: Actor, period: Period) -> QuerySet[Any]:
    """Those that were concluded in the period, however they ended; what was never taken up does not count."""
    ended = Remedy.objects.visible(user).filter(ended_on__range=(period.start, period.end))
    return ended.exclude(outcome__in=NOT_TAKEN_UP)


def overturned(user: Actor, period: Period) -> QuerySet[Any]:
    """Of those, the ones in which the decision did not stand, those that the agency corrected itself among them."""
    return concluded(user, period).filter(overturned=True)


def heard(user: Actor, period: Period) -> QuerySet[Any]:
    """Suits with a trial in the period; the head is asked to every one of them (ALL §3)."""
    return Remedy.objects.visible(user).filter(heard_on__range=(period.start, period.end))


def attended(user: Actor, period: Period) -> QuerySet[Any]:
    """Of those, the ones to which the head, a deputy or another in charge came (SPC18 §128)."""
    return heard(user, period).filter(head_attended=True)


def rate(part: int, whole: int) -> Decimal | None:
    """`part` of `whole` in percent with one decimal; None of nothing."""
    if not whole:
        return None
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _figure(id: str, rows: Rows, *, label: str, label_en: str, definition: str, definition_en: str) -> Figure:
    return Figure(
        id=id,
        label=label,
        label_en=label_en,
        measure="件",
        measure_en="remedies",
        definition=definition,
        definition_en=definition_en,
        day="accepted_on",
        unit="case__handling_unit",
        rows=rows,
    )


def _of_reviews(id: str, outcome: str, label: str, label_en: str) -> Figure:
    return _figure(
        id,
        came(REVIEW, outcome),
        label=f"复议{label}",
        label_en=f"Reconsiderations {label_en}",
        definition=f"期内新增的复议案件中，结果为{label}的件数。",
        definition_en=f"Of the reconsiderations accepted in the period, those that were {label_en}.",
    )


def _of_suits(id: str, outcome: str, label: str, label_en: str) -> Figure:
    return _figure(
        id,
        came(SUIT, outcome),
        label=f"诉讼{label}",
        label_en=f"Suits: {label_en}",
        definition=f"期内新增的行政诉讼案件中，最终结果为{label}的件数。",
        definition_en=f"Of the suits filed in the period, those whose last word was: {label_en}.",
    )


REMEDIES = (
    _figure(
        "J05",
        came(REVIEW),
        label="新增复议案件",
        label_en="New reconsiderations",
        definition="受理日期在期内的行政复议案件数。",
        definition_en="Reconsiderations that the body accepted in the period.",
    ),
    _of_reviews("J06", "upheld", "维持", "upheld"),
    _of_reviews("J07", "terminated", "终止", "ended without decision"),
    _of_reviews("J08", "dismissed", "驳回", "dismissed"),
    _of_reviews("J09", "revoked", "撤销", "revoked"),
    _figure(
        "J10",
        came(SUIT),
        label="新增行政诉讼案件",
        label_en="New suits",
        definition="起诉日期在期内的行政诉讼案件数；再审不重复计算。",
        definition_en="Suits filed in the period; a retrial is not counted again.",
    ),
    _of_suits("J12", "claims_dismissed", "驳回诉讼请求", "claims dismissed"),
    _of_suits("J13", "withdrawn", "原告撤诉", "withdrawn"),
    _of_suits("J14", "suit_dismissed", "驳回起诉", "suit dismissed"),
    _of_suits("J15", "mediated", "调解", "mediated"),
)
