"""The registry: a device is registered, changed, given a code, withdrawn; terminals sign on at the gateway."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Max

from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM, Actor, Invalid
from xiuhua.observations import rules
from xiuhua.observations.models import Device
from xiuhua.observations.permissions import check_can_manage
from xiuhua.org.queries import Officer, Unit

_CODE_BYTES = 12
# GB/T 28181 annex D: centre and trade, the first ten digits of the platform's number, are its realm.
REALM_DIGITS = 10


def register(
    *,
    kind: str,
    protocol: str,
    identity: str,
    name: str,
    unit: Unit,
    by: Actor,
    at: datetime,
    officer: Officer | None = None,
    plate: str = "",
    datum: rules.Datum = rules.Datum.WGS84,
    lenient: bool = False,
) -> Device:
    """A device of `unit`, borne by `officer` or built into the vehicle with `plate`.

    Raises Refused for somebody who may not, Invalid with field and reason: an identity that its protocol does not
    have or that another device in use bears, a bearer for a vehicle, a plate for a person.
    """
    check_can_manage(by)
    values: dict[str, Any] = {
        "kind": kind,
        "protocol": protocol,
        "identity": rules.tidy_identity(protocol, identity),
        "officer": officer,
        "plate": plate.strip().upper(),
    }
    errors = rules.faults(values)
    if not name.strip():
        errors["name"] = "请填写设备名称"
    if _taken(protocol, values["identity"]):
        errors.setdefault("identity", TAKEN)
    if errors:
        raise Invalid(errors)
    with record.act("observations.register_device", by=by, at=at) as act:
        device = Device(
            **values,
            name=name.strip(),
            unit=unit,
            datum=int(datum),
            lenient=lenient,
            revision=_next_revision(),
            registered_at=at,
        )
        device.save(force_insert=True)
        act.entry(on=device, facts=_facts(device))
    return device


TAKEN = "此设备号已登记给在用设备"


def _taken(protocol: str, identity: str) -> bool:
    return Device.objects.filter(protocol=protocol, identity=identity, withdrawn_at__isnull=True).exists()


def change(
    *,
    device: Device,
    reason: str,
    by: Actor,
    at: datetime,
    identity: str | None = None,
    name: str | None = None,
    unit: Unit | None = None,
    officer: Officer | None = None,
    nobody: bool = False,
    plate: str | None = None,
    datum: rules.Datum | None = None,
    lenient: bool | None = None,
) -> Device:
    """Other facts for a device in use; None leaves a fact as it is, `nobody` takes the bearer away.

    With a new number, as with a new SIM card, the device has to prove anew that it is the one. Raises Refused, Invalid
    (also without a reason).
    """
    check_can_manage(by)
    told: dict[str, Any] = {
        "identity": rules.tidy_identity(device.protocol, identity) if identity else None,
        "name": name.strip() if name else None,
        "unit": unit,
        "officer": officer,
        "plate": plate.strip().upper() if plate is not None else None,
        "datum": int(datum) if datum is not None else None,
        "lenient": lenient,
    }
    changed = {
        key: value for key, value in told.items() if value is not None and value != getattr(device, key)
    }
    if nobody and officer is None and device.officer is not None:
        changed["officer"] = None
    errors = {} if reason.strip() else {"reason": "请写明变更原因"}
    if device.withdrawn_at is not None:
        errors["device"] = "设备已停用"
    asked = ("kind", "protocol", "identity", "officer", "plate")
    errors |= rules.faults({name: getattr(device, name) for name in asked} | changed)
    if "identity" in changed and _taken(device.protocol, changed["identity"]):
        errors.setdefault("identity", TAKEN)
    if errors:
        raise Invalid(errors)
    if not changed:
        return device
    before, names = _facts(device), sorted(changed)
    with record.act("observations.change_device", by=by, at=at) as act:
        _set(device, **changed, **({"code_hash": ""} if "identity" in changed else {}))
        facts = {**_facts(device), "changed": names, "reason": reason.strip()}
        act.entry(on=device, facts={**facts, "before": {name: before[name] for name in names}})
    return device


def issue_code(*, device: Device, by: Actor, at: datetime) -> str:
    """A new key for a device that does not get its code by a dialogue. It is told once and kept as a digest only."""
    check_can_manage(by)
    code = secrets.token_urlsafe(_CODE_BYTES)
    with record.act("observations.issue_code", by=by, at=at) as act:
        _set(device, code_hash=_kept(device, code))
        act.entry(on=device, facts={"identity": device.identity})
    return code


def sign_on(*, device_id: int, told: Mapping[str, Any], code: str, at: datetime) -> Device:
    """A terminal registered itself at the gateway (0x0100) and got `code`. Raises Device.DoesNotExist if withdrawn."""
    with record.act("observations.sign_on", by=SYSTEM, at=at) as act:
        device = Device.objects.get(pk=device_id, withdrawn_at__isnull=True)
        _set(device, code_hash=hash_of(code), told=dict(told))
        act.entry(on=device, facts={"identity": device.identity, "told": dict(told)})
    return device


def withdraw(*, device: Device, reason: str, by: Actor, at: datetime) -> Device:
    """The device is in use no more; its number may be registered anew. Raises Refused, Invalid."""
    check_can_manage(by)
    if not reason.strip():
        raise Invalid({"reason": "请写明停用原因"})
    if device.withdrawn_at is not None:
        return device
    with record.act("observations.withdraw_device", by=by, at=at) as act:
        _set(device, withdrawn_at=at, code_hash="")
        act.entry(on=device, facts={"identity": device.identity, "reason": reason.strip()})
    return device


def _kept(device: Device, code: str) -> str:
    if device.protocol == Device.Protocol.GB28181:
        return rules.digest_code(device.identity, settings.GB28181_ID[:REALM_DIGITS], code)
    return hash_of(code)


def hash_of(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def _set(device: Device, **values: Any) -> None:
    for name, value in values.items():
        setattr(device, name, value)
    device.revision = _next_revision()
    device.save()


def _next_revision() -> int:
    """One more than any device has: gateways see by it that something changed."""
    return int(Device.objects.aggregate(last=Max("revision"))["last"] or 0) + 1


def _facts(device: Device) -> dict[str, Any]:
    return {
        "name": device.name,
        "kind": device.kind,
        "protocol": device.protocol,
        "identity": device.identity,
        "unit": device.unit.code,
        "officer": device.officer.staff_no if device.officer else "",
        "plate": device.plate,
        "datum": device.get_datum_display(),
        "lenient": device.lenient,
    }
