"""Parties: found, read, registered."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status

from xiuhua.api.access import Request
from xiuhua.api.answers import READS, REFUSALS
from xiuhua.kernel.authz import Actor
from xiuhua.registers import actions, queries
from xiuhua.registers.queries import Party

router = Router()


class PartyOut(Schema):
    """A party as a case file names it. In lists numbers are masked."""

    id: int
    label: str
    party: dict[str, Any]


class PartiesOut(Schema):
    items: list[PartyOut]
    next: str


class PlaceOut(Schema):
    id: int
    name: str
    address: str
    lon: float | None
    lat: float | None


class VehicleOut(Schema):
    id: int
    plate: str
    colour: str
    kind: str


class DossierOut(PartyOut):
    """What the registers know of a party, as far as the caller may see."""

    premises: list[PlaceOut]
    vehicles: list[VehicleOut]
    known_to: list[str]


class PartyIn(Schema):
    """The fields of a party; which ones a party of a kind has, the answer says (422)."""

    kind: str
    name: str = ""
    trade_name: str = ""
    operator: str = ""
    id_kind: str = ""
    id_no: str = ""
    credit_code: str = ""
    representative: str = ""
    address: str = ""
    phone: str = ""
    birth_date: date | None = None
    sex: str = ""


def _label(party: Party) -> str:
    return _(party.get_kind_display())


@router.get("/parties", response={200: PartiesOut, **READS}, summary="Find parties")
def find_parties(request: Request, q: str, before: int | None = None, limit: int = 20) -> PartiesOut:
    """Parties whose name, pinyin initials, address, plate or premises hold `q` (two signs at least), or whose whole
    identity number or credit code it is. `before` is the `next` of the page before.
    """
    limit = max(1, min(limit, 100))
    found = queries.find(request.auth.actor, q, before=before, limit=limit)
    items = [PartyOut(id=p.pk, label=_label(p), party=queries.masked_block(p)) for p in found]
    return PartiesOut(items=items, next=str(found[-1].pk) if len(found) == limit else "")


def _party(actor: Actor, pk: int) -> Party:
    found = queries.parties(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@router.get("/parties/{pk}", response={200: DossierOut, **READS}, summary="Read a party")
def read_party(request: Request, pk: int) -> DossierOut:
    """The party with its premises, vehicles and the units that have to do with it."""
    return _dossier(request.auth.actor, _party(request.auth.actor, pk))


def _dossier(actor: Actor, party: Party) -> DossierOut:
    known = queries.dossier(party, actor)
    return DossierOut(
        id=party.pk,
        label=_label(party),
        party=known.block,
        premises=[
            PlaceOut(id=p.pk, name=p.name, address=p.address, lon=p.lon, lat=p.lat) for p in known.premises
        ],
        vehicles=[VehicleOut(id=v.pk, plate=v.plate, colour=v.colour, kind=v.kind) for v in known.vehicles],
        known_to=[name for name, _since in known.known_to],
    )


@router.post("/parties", response={201: DossierOut, **REFUSALS}, summary="Register a party")
def register_party(request: Request, said: PartyIn) -> Status[DossierOut]:
    """Somebody with the same identity number or credit code is found again, not doubled."""
    caller = request.auth
    values = {name: value for name, value in said.model_dump().items() if value not in ("", None)}
    party = actions.register_party(by=caller.actor, at=caller.at, **values)
    return Status(201, _dossier(caller.actor, party))
