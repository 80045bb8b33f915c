"""Deposited signatures and seals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xiuhua.org.models import Officer, Specimen, Unit


def signatures_of(ids: Iterable[int]) -> Mapping[int, Specimen]:
    """Officer id → the signature deposited now; those who deposited none are left out."""
    rows = Specimen.objects.filter(officer__in=list(ids), ended_at__isnull=True)
    return {row.officer_id: row for row in rows if row.officer_id}


def signature_of(officer: Officer) -> Specimen | None:
    return signatures_of([officer.pk]).get(officer.pk)


def seal_of(unit: Unit) -> Specimen | None:
    """The seal deposited now for the authority."""
    return Specimen.objects.filter(unit=unit, ended_at__isnull=True).select_related("file").first()
