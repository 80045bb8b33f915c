"""Reads of the registers. Every list starts from `visible(user)`; the classes of the rows are here for annotations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from xiuhua.kernel.authz import Actor
from xiuhua.registers import rules
from xiuhua.registers.models import Known, Party, Premises, Vehicle

__all__ = [
    "Dossier",
    "Party",
    "Premises",
    "Vehicle",
    "dossier",
    "find",
    "masked_block",
    "parties",
    "party_block",
    "premises",
    "same_party",
    "vehicles",
]

FOUND_AT_ONCE = 20
# A single sign matches nearly everything and costs a look at every row.
SHORTEST = 2


def parties(user: Actor) -> QuerySet[Party]:
    """The parties `user` may see, the last registered first."""
    return Party.objects.visible(user).order_by("-pk")


def premises(user: Actor) -> QuerySet[Premises]:
    return Premises.objects.visible(user).order_by("-pk")


def vehicles(user: Actor) -> QuerySet[Vehicle]:
    return Vehicle.objects.visible(user).order_by("-pk")


def find(user: Actor, text: str, *, before: int | None = None, limit: int = FOUND_AT_ONCE) -> Sequence[Party]:
    """Parties with `text` in name, pinyin initials, address or number, or with such premises or vehicle.

    At most `limit`, the last registered first; `before` is the pk of the last one seen. A full identity number or
    credit code is matched exactly; in part only its last four signs are found. Nothing for a single sign.
    """
    wanted = text.strip().lower()
    if len(wanted) < SHORTEST:
        return []
    number = wanted.upper()
    place = Premises.objects.visible(user).filter(search__contains=wanted, party__isnull=False)
    car = Vehicle.objects.visible(user).filter(
        search__contains=rules.tidy_plate(wanted).lower(), party__isnull=False
    )
    found = parties(user).filter(
        Q(search__contains=wanted)
        | Q(id_no=number)
        | Q(credit_code=number)
        | Q(pk__in=place.values("party"))
        | Q(pk__in=car.values("party"))
    )
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found[: max(1, min(limit, 100))])


def same_party(
    *, kind: str, id_no: str = "", id_kind: str = rules.IdKind.RESIDENT_ID, credit_code: str = ""
) -> Party | None:
    """The party that is registered under this number already, whoever may see it; None if there is none.

    For the register's own doors: pages ask `find`. An operator's identity number does not make two businesses one.
    """
    if credit_code:
        return Party.objects.filter(credit_code=credit_code).first()
    if id_no and kind == rules.PartyKind.CITIZEN:
        return Party.objects.filter(kind=kind, id_kind=id_kind, id_no=id_no).first()
    return None


def party_block(party: Party) -> dict[str, Any]:
    """The `party` of a case file. Fields that a party of this kind does not have, or that nobody told, are left out."""
    block = {
        "id": str(party.pk),
        "kind": party.kind,
        "name": party.name,
        "trade_name": party.trade_name,
        "operator_name": party.operator,
        "id_kind": party.id_kind,
        "id_no": party.id_no,
        "usci": party.credit_code,
        "legal_representative": party.representative,
        "address": party.address,
        "phone": party.phone,
        "birth_date": party.birth_date.isoformat() if party.birth_date else "",
        "sex": party.sex,
    }
    return {name: value for name, value in block.items() if value}


def masked_block(party: Party) -> dict[str, Any]:
    """`party_block` with numbers masked: for lists and faces where the whole number is not needed."""
    block = party_block(party)
    if "id_no" in block:
        block["id_no"] = rules.masked_id(party.id_no)
        block.pop("birth_date", None)
    if "phone" in block:
        block["phone"] = rules.masked_phone(party.phone)
    return block


@dataclass(frozen=True, slots=True)
class Dossier:
    """What this room knows of one party. Cases and leads are joined by the face through their own `visible`."""

    party: Party
    block: dict[str, Any]
    premises: Sequence[Premises]
    vehicles: Sequence[Vehicle]
    known_to: Sequence[tuple[str, date]]


def dossier(party: Party, user: Actor) -> Dossier:
    """The party with its premises, vehicles and the units it is known to (name, since), as far as `user` may see."""
    known = Known.objects.filter(party=party).select_related("unit").order_by("since", "pk")
    return Dossier(
        party=party,
        block=party_block(party),
        premises=list(premises(user).filter(party=party).select_related("area")),
        vehicles=list(vehicles(user).filter(party=party)),
        known_to=[(k.unit.name, k.since) for k in known],
    )
