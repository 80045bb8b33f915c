"""Officers, their posts and certificates on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from xiuhua.kernel.authz import Actor
from xiuhua.org.models import Certificate, Officer, Post, Unit, User, valid_on


def officers(user: Actor) -> QuerySet[Officer]:
    """Everybody who works here and whom `user` may see, by staff number."""
    return Officer.objects.visible(user).order_by("staff_no")


def posts_of(officer: Officer, on: date) -> Sequence[Post]:
    """The posts held on `on`, oldest first."""
    return list(officer.posts.filter(valid_on(on)).select_related("unit").order_by("pk"))


def officers_of(unit: Unit, on: date, *, certified: bool = False) -> Sequence[Officer]:
    """Who holds a post in `unit` on `on`, by staff number; with `certified` only those who may enforce that day."""
    held = Post.objects.filter(valid_on(on), unit=unit)
    found = Officer.objects.filter(pk__in=held.values("officer"))
    if certified:
        holders = Certificate.objects.filter(valid_on(on)).values("officer")
        found = found.filter(kind=Officer.Kind.OFFICER, pk__in=holders)
    return list(found.order_by("staff_no"))


def holders_of(role: str, authority: Unit, on: date) -> Sequence[Officer]:
    """Who holds a post of `role` on `on` at `authority` itself or at one of its desks, by staff number."""
    there = Q(unit=authority) | Q(unit__parent=authority)
    held = Post.objects.filter(valid_on(on), there, role=role)
    return list(Officer.objects.filter(pk__in=held.values("officer")).order_by("staff_no"))


def with_account(ids: Iterable[int]) -> set[int]:
    """Those of the officers who can sign in: whoever cannot is given no work on the platform."""
    return set(User.objects.filter(officer__in=list(ids), is_active=True).values_list("officer", flat=True))


def with_legal_qualification(ids: Iterable[int], on: date) -> set[int]:
    """Those of the officers whose certificate of the day bears the number of a legal qualification."""
    held = Certificate.objects.filter(valid_on(on), officer__in=list(ids)).exclude(legal_qualification="")
    return set(held.values_list("officer", flat=True))


def certificate_on(officer: Officer, on: date) -> Certificate | None:
    """The certificate in force on `on`: without one, no enforcement (SHUM §16)."""
    return officer.certificates.filter(valid_on(on)).order_by("valid_to").last()


def officer_blocks(people: Iterable[Officer], on: date) -> list[dict[str, Any]]:
    """The `officers` of a case file, in the order given; one query for all.

    The certificate is the one in force on `on`, else the last one held, so that its dates say why it does not count;
    all three fields are None for somebody who never had one.
    """
    people = list(people)
    held: dict[int, list[Certificate]] = defaultdict(list)
    for certificate in Certificate.objects.filter(officer__in=people).order_by("valid_to"):
        held[certificate.officer_id].append(certificate)
    return [_block(officer, held[officer.pk], on) for officer in people]


def _block(officer: Officer, certificates: Sequence[Certificate], on: date) -> dict[str, Any]:
    valid = [c for c in certificates if c.valid_from <= on <= c.valid_to]
    shown = next(iter(reversed(valid or certificates)), None)
    return {
        "id": str(officer.pk),
        "name": officer.name,
        "certificate_no": shown.number if shown else None,
        "certificate_from": shown.valid_from.isoformat() if shown else None,
        "certificate_to": shown.valid_to.isoformat() if shown else None,
        "kind": officer.kind,
        "interest_declared": False,
    }


def officer_block(officer: Officer, on: date) -> dict[str, Any]:
    """One officer as the case file names him or her on `on`: see `officer_blocks`."""
    return officer_blocks([officer], on)[0]


def names_by_id(ids: Iterable[int]) -> dict[str, str]:
    """Officer id as text → name, for documents that name people by the ids in a case file."""
    return {str(pk): name for pk, name in Officer.objects.filter(pk__in=ids).values_list("pk", "name")}


def service() -> dict[int, list[tuple[int, date, date]]]:
    """Officer → unit, first and last day of each post, for bulk doors that ask for every row."""
    found: dict[int, list[tuple[int, date, date]]] = defaultdict(list)
    for officer, unit, first, last in Post.objects.values_list("officer", "unit", "valid_from", "valid_to"):
        found[officer].append((unit, first, last or date.max))
    return dict(found)
