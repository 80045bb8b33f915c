"""What leads can be about, and what is asked of whoever reports one. Published: nobody need be signed in."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from xiuhua.leads import rules
from xiuhua.leads.models import LeadAttribute, LeadKind


def kinds() -> QuerySet[LeadKind]:
    """Every kind, in the order of the reference file."""
    return LeadKind.objects.order_by("pk")


def kind_by_code(code: str) -> LeadKind | None:
    return LeadKind.objects.filter(code=code).first()


def kinds_with_questions() -> frozenset[int]:
    """The pks of the kinds that ask something."""
    return frozenset(LeadAttribute.objects.values_list("kind", flat=True))


def questions_of(kind: LeadKind) -> Sequence[LeadAttribute]:
    """The questions of a kind in their order."""
    return list(LeadAttribute.objects.filter(kind=kind).order_by("position", "pk"))


def attributes_of(kind: LeadKind, english: bool = False) -> Sequence[rules.Attribute]:
    """The questions of a kind as the rules want them."""
    return [
        rules.Attribute(
            a.code,
            a.datatype,
            a.required,
            a.description_en if english else a.description,
            a.choices(english),
        )
        for a in questions_of(kind)
    ]
