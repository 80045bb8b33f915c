"""The registry, duty hours and faults: who may what, and what the record keeps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from xiuhua.kernel.authz import NOBODY, SYSTEM, Invalid, Refused
from xiuhua.kernel.models import RecordEntry
from xiuhua.observations import actions, permissions, queries
from xiuhua.observations.models import Current, Device, DeviceFault, DutyHours
from xiuhua.observations.queries.known import ALWAYS, milliseconds
from xiuhua.observations.rules import Datum, FaultKind, Hours
from xiuhua.observations.tests.street import HOUR, PLATE, car, on_duty, phone
from xiuhua.registers.tests.bureau import AT, Bureau

pytestmark = pytest.mark.django_db
LATER = AT + HOUR


def hours(device: Device) -> tuple[Hours, ...]:
    return queries.hours_of(device, AT)


def test_a_device_is_registered_with_its_entry_and_known_to_its_gateway(bureau: Bureau) -> None:
    admin = bureau.actor("system_administrator")
    device = actions.register(
        kind="vehicle_terminal",
        protocol="jt808",
        identity="013800000001",
        name=" 示例车 ",
        unit=bureau.east,
        plate=" 沪a1e001",
        datum=Datum.GCJ02,
        lenient=True,
        by=admin,
        at=AT,
    )
    assert (device.identity, device.name, device.plate) == ("13800000001", "示例车", PLATE)
    entry = RecordEntry.objects.get(verb="observations.register_device")
    assert entry.actor_id == admin.user_id
    known = queries.registry("jt808", AT)["13800000001"]
    assert (known.pk, known.datum, known.lenient, known.hours) == (device.pk, Datum.GCJ02, True, ())


@pytest.mark.parametrize(
    "role", ["officer", "squad_head", "duty_dispatcher", "security_administrator", "auditor"]
)
def test_nobody_but_the_administrator_changes_the_registry(bureau: Bureau, role: str) -> None:
    by, device = bureau.actor(role), car(bureau.east)
    with pytest.raises(Refused):
        actions.register(
            kind="phone", protocol="osmand", identity="abcd", name="示例", unit=bureau.east, by=by, at=AT
        )
    with pytest.raises(Refused):
        actions.change(device=device, reason="示例", name="别的", by=by, at=AT)
    with pytest.raises(Refused):
        actions.withdraw(device=device, reason="示例", by=by, at=AT)
    with pytest.raises(Refused):
        actions.issue_code(device=device, by=by, at=AT)
    with pytest.raises(Refused):
        actions.import_track(device=device, text="", by=by, at=AT)
    assert not permissions.can_manage(by)
    assert permissions.can_manage(SYSTEM)


def test_a_number_in_use_is_not_given_twice_and_is_free_after_it_is_withdrawn(bureau: Bureau) -> None:
    first = car(bureau.east)
    with pytest.raises(Invalid) as wrong:
        car(bureau.west, "0013800000001")
    assert set(wrong.value.errors) == {"identity"}
    actions.withdraw(device=first, reason="示例：报废", by=SYSTEM, at=LATER)
    assert actions.withdraw(device=first, reason="再来一次", by=SYSTEM, at=LATER).withdrawn_at == LATER
    second = car(bureau.west)
    assert queries.registry("jt808", LATER)["13800000001"].pk == second.pk
    assert queries.hours_of(first, LATER) == ()
    with pytest.raises(Device.DoesNotExist):
        actions.sign_on(device_id=first.pk, told={}, code="x", at=LATER)


def test_wrong_facts_are_refused_field_by_field(bureau: Bureau) -> None:
    with pytest.raises(Invalid) as wrong:
        actions.register(
            kind="vehicle_terminal",
            protocol="jt808",
            identity="x",
            name=" ",
            unit=bureau.east,
            by=SYSTEM,
            at=AT,
        )
    assert set(wrong.value.errors) == {"identity", "name", "plate"}
    device = car(bureau.east)
    with pytest.raises(Invalid) as wrong:
        actions.withdraw(device=device, reason=" ", by=SYSTEM, at=AT)
    assert set(wrong.value.errors) == {"reason"}


def test_a_change_says_what_and_why_and_no_change_writes_nothing(bureau: Bureau) -> None:
    device, before = car(bureau.east), queries.version()
    actions.change(device=device, reason="示例", plate=PLATE, by=SYSTEM, at=AT)
    assert queries.version() == before
    assert not RecordEntry.objects.filter(verb="observations.change_device").exists()
    actions.change(
        device=device,
        reason="示例：调配",
        name="新名",
        unit=bureau.west,
        datum=Datum.BD09,
        lenient=True,
        by=SYSTEM,
        at=AT,
    )
    assert queries.version() != before
    facts = RecordEntry.objects.get(verb="observations.change_device").facts
    assert '"changed":["datum","lenient","name","unit"]' in facts
    with pytest.raises(Invalid) as wrong:
        actions.change(device=device, reason="", officer=bureau.officer(), by=SYSTEM, at=AT)
    assert set(wrong.value.errors) == {"reason", "officer"}
    actions.withdraw(device=device, reason="示例", by=SYSTEM, at=AT)
    with pytest.raises(Invalid) as wrong:
        actions.change(device=device, reason="示例", name="再改", by=SYSTEM, at=AT)
    assert set(wrong.value.errors) == {"device"}


def test_a_code_is_kept_as_a_digest_only(bureau: Bureau) -> None:
    device = phone(bureau.east, bureau.officer())
    code = actions.issue_code(device=device, by=SYSTEM, at=AT)
    assert code not in RecordEntry.objects.get(verb="observations.issue_code").facts
    device.refresh_from_db()
    assert len(device.code_hash) == 64
    actions.sign_on(device_id=device.pk, told={"model": "M1"}, code="C2", at=AT)
    device.refresh_from_db()
    assert device.told == {"model": "M1"}
    assert queries.registry("osmand", AT)["phone-0001"].code_hash == device.code_hash


# Duty hours -----------------------------------------------------------------------------------------------------------


def test_hours_of_an_officer_open_the_phone_and_those_of_a_unit_its_cars(bureau: Bureau) -> None:
    officer = bureau.officer()
    own, vehicle, other = phone(bureau.east, officer), car(bureau.east), car(bureau.west, "13800000002")
    on_duty("duty.shift:1", officer=officer)
    on_duty("duty.shift:2", unit=bureau.east)
    stretch = Hours(milliseconds(AT), milliseconds(AT + 8 * HOUR))
    assert hours(own) == (stretch,)
    assert hours(vehicle) == (stretch,)
    assert hours(other) == ()
    on_duty("duty.shift:3", device=other, hours=2)
    assert hours(other) == (Hours(milliseconds(AT), milliseconds(AT + 2 * HOUR)),)


def test_what_a_source_says_anew_takes_the_place_of_what_it_said(bureau: Bureau) -> None:
    device, before = car(bureau.east), queries.version()
    on_duty(unit=bureau.east)
    assert queries.version() != before
    on_duty(unit=bureau.east, hours=2)
    assert hours(device) == (Hours(milliseconds(AT), milliseconds(AT + 2 * HOUR)),)
    actions.put_hours(source="duty.shift:1", stretches=[], by=SYSTEM, at=AT)
    assert hours(device) == ()
    assert DutyHours.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"unit": True, "officer": True},
        {"unit": True, "ends_at": AT},
        {"unit": True, "ends_at": AT + timedelta(days=3)},
        {"unit": True, "source": " "},
        {"source": "duty.shift:9", "none": True},
    ],
)
def test_hours_that_are_none_are_refused(bureau: Bureau, wrong: dict[str, Any]) -> None:
    stretch = actions.Stretch(
        starts_at=AT,
        ends_at=wrong.get("ends_at", AT + HOUR),
        unit=bureau.east if "unit" in wrong else None,
        officer=bureau.officer() if "officer" in wrong else None,
    )
    stretches = [] if "none" in wrong else [stretch]
    with pytest.raises(Invalid):
        actions.put_hours(source=wrong.get("source", "示例"), stretches=stretches, by=SYSTEM, at=AT)
    assert not DutyHours.objects.exists()


def test_a_kind_that_the_rules_keep_always_has_endless_hours_and_one_without_a_rule_none(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    device, kept = car(bureau.east), queries.keeping()
    assert kept["vehicle_terminal"].only_on_duty
    always = {"vehicle_terminal": kept["vehicle_terminal"]._replace(only_on_duty=False)}
    monkeypatch.setattr("xiuhua.observations.queries.known.keeping", lambda: always)
    assert hours(device) == ALWAYS
    monkeypatch.setattr("xiuhua.observations.queries.known.keeping", dict)
    assert hours(device) == ()


def test_hours_are_shown_by_nobody_here(bureau: Bureau) -> None:
    on_duty(unit=bureau.east)
    assert not DutyHours.objects.visible(bureau.actor("squad_head")).exists()
    assert DutyHours.objects.visible(SYSTEM).exists()


# Who sees -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "registry", "followed"),
    [
        ("officer", 1, 1),
        ("squad_legal_clerk", 2, 0),
        ("squad_head", 2, 2),
        ("duty_dispatcher", 3, 3),
        ("command_operator", 3, 3),
        ("supervision_inspector", 3, 3),
        ("system_administrator", 3, 0),
        ("auditor", 0, 0),
        ("statistics_clerk", 3, 0),
    ],
)
def test_devices_are_seen_and_followed_as_far_as_the_post_goes(
    bureau: Bureau, role: str, registry: int, followed: int
) -> None:
    car(bureau.east)
    phone(bureau.east, bureau.officer("officer", bureau.east))
    car(bureau.west, "13800000002")
    by = bureau.actor(
        role, None if role not in {"officer", "squad_head", "squad_legal_clerk"} else bureau.east
    )
    assert queries.devices(by).count() == registry
    assert Device.objects.followed(by).count() == followed


def test_a_stranger_sees_no_device_and_the_system_all(bureau: Bureau) -> None:
    device = car(bureau.east)
    assert not queries.devices(NOBODY).exists()
    assert not queries.watches(NOBODY).exists()
    assert not queries.open_faults(NOBODY).exists()
    assert queries.devices(SYSTEM).get() == device
    permissions.check_can_follow(device, SYSTEM)


# Faults ---------------------------------------------------------------------------------------------------------------


def open_kinds() -> set[str]:
    return set(queries.open_faults(SYSTEM).values_list("kind", flat=True))


def test_a_silent_device_on_duty_is_a_fault_until_it_speaks(bureau: Bureau) -> None:
    device = car(bureau.east)
    assert actions.look_at_health(at=AT) == (0, 0)
    on_duty(unit=bureau.east)
    assert actions.look_at_health(at=LATER) == (1, 0)
    assert actions.look_at_health(at=LATER) == (0, 0)
    assert open_kinds() == {FaultKind.SILENT}
    moment = milliseconds(LATER)
    Current.objects.create(
        device=device.pk, heard=moment, at=moment, lon=121.5, lat=31.2, alarm=1 << 5, frames=9
    )
    assert actions.look_at_health(at=LATER) == (1, 1)
    assert open_kinds() == {FaultKind.ANTENNA}
    # The bits were taken by the look: if the antenna is still cut the terminal says so again.
    assert Current.objects.get().alarm == 0
    assert RecordEntry.objects.filter(verb="observations.look_at_health").count() == 2
    ended = DeviceFault.objects.get(kind=FaultKind.SILENT)
    assert (ended.ended_at, ended.ended_by) == (LATER, SYSTEM.name)


def test_a_fault_is_mended_by_those_who_hold_the_device_with_a_word_of_how(bureau: Bureau) -> None:
    car(bureau.east)
    on_duty(unit=bureau.east)
    actions.look_at_health(at=LATER)
    (fault,) = queries.open_faults(bureau.actor("squad_head", bureau.east))
    with pytest.raises(Refused):
        actions.mend(fault=fault, note="示例", by=bureau.actor("squad_head", bureau.west), at=LATER)
    with pytest.raises(Invalid):
        actions.mend(fault=fault, note=" ", by=bureau.actor("squad_head", bureau.east), at=LATER)
    actions.mend(fault=fault, note="已重新接线", by=bureau.actor("squad_head", bureau.east), at=LATER)
    actions.mend(fault=fault, note="再说一次", by=SYSTEM, at=LATER + HOUR)
    fault.refresh_from_db()
    assert (fault.note, fault.ended_at) == ("已重新接线", LATER)
