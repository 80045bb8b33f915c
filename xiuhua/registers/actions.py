"""The only writes of the registers. Each is a verb with named facts, the actor and the moment, and leaves an entry.

Entries hold no identity numbers and no names of people: auditors read the record and see no registers. Numbers are
masked; of all fields together there is a digest, keyed with the secret of this installation, by which the bureau can
show that they are the ones that were registered.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings

from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import Actor, Invalid, Said
from xiuhua.kernel.models import Area
from xiuhua.org.queries import Unit
from xiuhua.org.rules import search_text
from xiuhua.registers import rules
from xiuhua.registers.models import Known, Party, Premises, Vehicle
from xiuhua.registers.permissions import check_can_change, check_can_register
from xiuhua.registers.queries import same_party

PARTY_FIELDS = (
    "kind",
    "name",
    "trade_name",
    "operator",
    "id_kind",
    "id_no",
    "credit_code",
    "representative",
    "address",
    "phone",
    "birth_date",
    "sex",
)


def register_party(
    *, by: Actor, at: datetime, unit: Unit | None = None, also: Iterable[Unit] = (), **values: Any
) -> Party:
    """A party, known to `unit` (without one, the actor's own) and to `also`. `values` are the fields of `Party`.

    Somebody with the same identity number or credit code is found again, not doubled: contact fields that were empty
    are filled, and the party becomes known to the unit. Raises Invalid with field and reason: missing name, check
    digits, dates, fields that a party of this kind does not have, or another name than the one of this number.
    """
    check_can_register(by)
    fields = checked(values, clock.day_of(at))
    unit_id = _unit_of(by, unit)
    known = same_party(
        kind=fields["kind"],
        id_no=fields["id_no"],
        id_kind=fields["id_kind"],
        credit_code=fields["credit_code"],
    )
    if known is not None:
        found = _found_again(known, fields, unit_id, by, at)
        make_known(party=found, units=also, by=by, at=at)
        return found
    others = {u.pk: u.code for u in also if u.pk != unit_id}
    with record.act("registers.register_party", by=by, at=at) as act:
        party = Party(**fields, registered_at=at, search=search_of(fields))
        party.save(force_insert=True)
        for pk in (unit_id, *others):
            Known(party=party, unit_id=pk, since=clock.day_of(at)).save(force_insert=True)
        told = {"known_to": list(others.values())} if others else {}
        act.entry(on=party, facts=facts_of(fields) | told, label=party.label)
    return party


def checked(values: Mapping[str, Any], on: date) -> dict[str, Any]:
    """All fields of a party, tidied and filled from the identity number. Raises Invalid."""
    if strange := set(values) - set(PARTY_FIELDS):
        raise Invalid(dict.fromkeys(sorted(strange), "当事人没有这一项"))
    empty = {name: None if name == "birth_date" else "" for name in PARTY_FIELDS}
    fields = rules.tidy(empty | {k: v for k, v in values.items() if v is not None})
    if errors := rules.faults(fields, on):
        raise Invalid(errors)
    if fields["id_kind"] == rules.IdKind.RESIDENT_ID and fields["id_no"]:
        fields["birth_date"] = rules.birth_date_of(fields["id_no"])
        fields["sex"] = rules.sex_of(fields["id_no"])
    return fields


def search_of(fields: Mapping[str, Any]) -> str:
    """What a party is found by: names with pinyin initials, address, the last four signs of its number."""
    number = fields["id_no"] or fields["credit_code"]
    people = (fields["name"], fields["trade_name"], fields["operator"], fields["representative"])
    return search_text(*people, fields["address"], number[-4:], limit=400)


def facts_of(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What the record keeps of a party (see the head of this module)."""
    said = record.canonical({name: fields[name] for name in PARTY_FIELDS})
    return {
        "kind": fields["kind"],
        "id_no": rules.masked_id(fields["id_no"]),
        "credit_code": fields["credit_code"],
        "digest": hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).hexdigest(),
    }


def _unit_of(by: Actor, unit: Unit | None) -> int:
    unit_id = unit.pk if unit else by.unit_id
    if unit_id is None:
        raise Invalid({"unit": "请写明登记单位"})
    return unit_id


def _found_again(party: Party, fields: Mapping[str, Any], unit_id: int, by: Actor, at: datetime) -> Party:
    if fields["name"] != party.name:
        if party.kind == rules.PartyKind.CITIZEN:
            # The name behind a number is not told to somebody who only tries numbers.
            raise Invalid({"name": "姓名与该证件号码已登记的不一致，请核对证件"})
        raise Invalid(
            {
                "name": Said(
                    "该统一社会信用代码已登记为“%(party)s”；如已更名，请以原名找到后更改登记",
                    party=party.name,
                )
            }
        )
    filled = {
        name: fields[name]
        for name in ("address", "phone", "representative", "operator")
        if fields[name] and not getattr(party, name)
    }
    new = not Known.objects.filter(party=party, unit=unit_id).exists()
    if not (new or filled):
        return party
    with record.act("registers.find_party_again", by=by, at=at) as act:
        _change(party, filled)
        if new:
            Known(party=party, unit_id=unit_id, since=clock.day_of(at)).save(force_insert=True)
        act.entry(on=party, facts={"known": new, "filled": sorted(filled)}, label=party.label)
    return party


def _change(party: Party, fields: Mapping[str, Any]) -> None:
    if not fields:
        return
    for name, value in fields.items():
        setattr(party, name, value)
    party.search = search_of({name: getattr(party, name) for name in PARTY_FIELDS})
    party.save()


def update_party(*, party: Party, reason: str, by: Actor, at: datetime, **values: Any) -> Party:
    """Other fields for a party that is registered: a new name, address or telephone, a number that was not known.

    Raises Refused for somebody whose unit does not know the party, Invalid for a missing reason, wrong fields, or a
    number that stands for another party.
    """
    check_can_change(by, party)
    if not reason.strip():
        raise Invalid({"reason": "请写明更改原因"})
    before = {name: getattr(party, name) for name in PARTY_FIELDS}
    derived = {"birth_date", "sex"} - set(values) if "id_no" in values else set()
    fields = checked({k: v for k, v in before.items() if k not in derived} | values, clock.day_of(at))
    other = same_party(
        kind=fields["kind"],
        id_no=fields["id_no"],
        id_kind=fields["id_kind"],
        credit_code=fields["credit_code"],
    )
    if other is not None and other.pk != party.pk:
        name = "credit_code" if fields["credit_code"] else "id_no"
        raise Invalid({name: "此号码已登记给另一当事人"})
    changed = {name: value for name, value in fields.items() if value != before[name]}
    if not changed:
        return party
    with record.act("registers.update_party", by=by, at=at) as act:
        _change(party, changed)
        act.entry(
            on=party,
            facts={"changed": sorted(changed), "reason": reason, **facts_of(fields)},
            label=party.label,
        )
    return party


def make_known(*, party: Party, units: Iterable[Unit], by: Actor, at: datetime) -> None:
    """From now on `units` see the party: they handle, or decide, a matter of it. Said twice, it is written once."""
    wanted = {unit.pk: unit for unit in units}
    if not wanted:
        return
    known = set(Known.objects.filter(party=party, unit__in=wanted).values_list("unit", flat=True))
    new = [unit for pk, unit in wanted.items() if pk not in known]
    if not new:
        return
    check_can_change(by, party)
    with record.act("registers.make_known", by=by, at=at) as act:
        for unit in new:
            Known(party=party, unit=unit, since=clock.day_of(at)).save(force_insert=True)
            act.entry(on=party, facts={"unit": unit.code}, label=party.label)


def register_premises(
    *,
    name: str,
    address: str,
    by: Actor,
    at: datetime,
    area: Area | None = None,
    lon: float | None = None,
    lat: float | None = None,
    party: Party | None = None,
    unit: Unit | None = None,
) -> Premises:
    """A place where a party lives or trades. Raises Invalid for missing words or impossible coordinates."""
    check_can_register(by)
    if party is not None:
        check_can_change(by, party)
    errors = {
        field: said
        for field, said, value in (
            ("name", "请填写场所名称", name),
            ("address", "请填写地址", address),
        )
        if not value.strip()
    }
    if (lon is None) != (lat is None):
        errors["lon" if lon is None else "lat"] = "经度和纬度应同时填写"
    elif lon is not None and lat is not None and not (-180 <= lon <= 180 and -90 <= lat <= 90):
        errors["lon"] = "经度应在-180至180之间，纬度应在-90至90之间"
    if errors:
        raise Invalid(errors)
    with record.act("registers.register_premises", by=by, at=at) as act:
        premises = Premises(
            name=name.strip(),
            address=address.strip(),
            area=area,
            lon=lon,
            lat=lat,
            party=party,
            unit_id=_unit_of(by, unit),
            search=search_text(name, address, limit=400),
            registered_at=at,
        )
        premises.save(force_insert=True)
        facts = {"area": area.code if area else None, "party": party.pk if party else None}
        act.entry(on=premises, facts=facts, label=f"场所{premises.pk}")
    return premises


def register_vehicle(
    *,
    plate: str,
    colour: str,
    kind: str,
    by: Actor,
    at: datetime,
    party: Party | None = None,
    unit: Unit | None = None,
) -> Vehicle:
    """A vehicle; the same plate in the same colour is found again, and gets its party if it had none.

    Raises Invalid for a plate that is none, an unknown colour or kind, or a plate that belongs to another party.
    """
    check_can_register(by)
    if party is not None:
        check_can_change(by, party)
    plate = rules.tidy_plate(plate)
    errors = {}
    if colour not in set(rules.PlateColour):
        errors["colour"] = "没有这种号牌颜色"
    if kind not in set(rules.VehicleKind):
        errors["kind"] = "没有这种车辆"
    if fault := rules.plate_fault(plate, "" if "colour" in errors else colour):
        errors["plate"] = fault
    known = Vehicle.objects.filter(plate=plate, colour=colour).first()
    if known and party and known.party_id not in {None, party.pk}:
        errors["party"] = "此号牌已登记在另一当事人名下"
    if errors:
        raise Invalid(errors)
    if known and (party is None or known.party_id == party.pk):
        return known
    with record.act("registers.register_vehicle", by=by, at=at) as act:
        vehicle = known or Vehicle(
            plate=plate,
            colour=colour,
            kind=kind,
            unit_id=_unit_of(by, unit),
            search=search_text(plate),
            registered_at=at,
        )
        vehicle.party = party
        vehicle.save()
        act.entry(on=vehicle, facts={"colour": colour, "kind": kind, "party": party.pk if party else None})
    return vehicle
