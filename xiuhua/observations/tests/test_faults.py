"""Faults as work: who reports, who gives out, who mends; a new number proves itself anew."""

from __future__ import annotations

import pytest

from xiuhua.kernel.authz import SYSTEM, Actor, Invalid, Refused
from xiuhua.kernel.models import RecordEntry
from xiuhua.observations import actions, permissions, queries
from xiuhua.observations.models import Device, DeviceFault
from xiuhua.observations.tests.street import HOUR, car, phone
from xiuhua.org.models import Officer
from xiuhua.registers.tests.bureau import AT, Bureau, built

LATER = AT + HOUR


@pytest.fixture
def bureau(db: None) -> Bureau:
    return built()


def person(actor: Actor) -> Officer:
    return Officer.objects.get(pk=actor.officer_id or 0)


def reported(device: Device) -> DeviceFault:
    return actions.report_fault(device=device, what="屏幕碎", by=SYSTEM, at=AT)


def test_one_reports_what_one_sees_and_once(bureau: Bureau) -> None:
    bearer = bureau.actor("officer", bureau.east)
    device = phone(bureau.east, person(bearer))
    with pytest.raises(Refused):
        actions.report_fault(device=device, what="坏", by=bureau.actor("squad_head", bureau.west), at=AT)
    with pytest.raises(Invalid):
        actions.report_fault(device=device, what=" ", by=bearer, at=AT)
    made = actions.report_fault(device=device, what="屏幕碎", by=bearer, at=AT)
    with pytest.raises(Invalid, match="已有一件报修"):
        actions.report_fault(device=device, what="又坏", by=bearer, at=AT)
    actions.mend(fault=made, note="换屏", by=bearer, at=LATER)
    actions.withdraw(device=device, reason="示例", by=SYSTEM, at=LATER)
    with pytest.raises(Invalid, match="设备已停用"):
        actions.report_fault(device=device, what="坏", by=SYSTEM, at=LATER)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("officer", False),
        ("squad_head", True),
        ("squad_legal_clerk", True),
        ("duty_dispatcher", False),
        ("supervision_inspector", False),
        ("system_administrator", True),
    ],
)
def test_heads_clerks_and_the_administrator_give_faults_out(bureau: Bureau, role: str, may: bool) -> None:
    own = role in {"officer", "squad_head", "squad_legal_clerk"}
    by = bureau.actor(role, bureau.east if own else None)
    assert permissions.can_assign(car(bureau.east), by) is may


def test_a_fault_is_given_to_somebody_of_the_unit_while_it_is_open(bureau: Bureau) -> None:
    head, mender = bureau.actor("squad_head", bureau.east), bureau.actor("officer", bureau.east)
    stranger = person(bureau.actor("officer", bureau.west))
    fault = reported(car(bureau.east))
    assert not queries.my_faults(mender).exists()
    with pytest.raises(Refused):
        actions.mend(fault=fault, note="修好", by=mender, at=LATER)
    with pytest.raises(Refused):
        actions.assign_fault(fault=fault, officer=person(mender), by=mender, at=LATER)
    with pytest.raises(Invalid):
        actions.assign_fault(fault=fault, officer=stranger, by=head, at=LATER)
    actions.assign_fault(fault=fault, officer=person(mender), by=head, at=LATER)
    assert list(queries.my_faults(mender)) == [fault]
    actions.mend(fault=fault, note="修好", by=mender, at=LATER)
    assert not queries.my_faults(mender).exists()
    with pytest.raises(Invalid, match="故障已处理"):
        actions.assign_fault(fault=fault, officer=person(mender), by=head, at=LATER)


def test_whoever_read_a_fault_before_somebody_else_ended_it_changes_it_no_more(bureau: Bureau) -> None:
    head, other = bureau.actor("squad_head", bureau.east), bureau.actor("officer", bureau.east)
    fault = reported(car(bureau.east))
    first, second = (DeviceFault.objects.get(pk=fault.pk) for _ in range(2))
    actions.mend(fault=fault, note="换屏" + "。" * 300, by=head, at=LATER)
    with pytest.raises(Invalid, match="故障已处理"):
        actions.assign_fault(fault=first, officer=person(other), by=head, at=LATER)
    actions.mend(fault=second, note="另一句", by=SYSTEM, at=LATER + HOUR)
    kept = DeviceFault.objects.get(pk=fault.pk)
    assert (kept.ended_at, kept.ended_by, kept.officer) == (LATER, head.name, None)
    assert (kept.note[:2], len(kept.note)) == ("换屏", 200)
    assert RecordEntry.objects.filter(verb="observations.mend").count() == 1


def test_a_new_number_takes_the_code_away_and_no_number_is_borne_twice(bureau: Bureau) -> None:
    device, other = car(bureau.east), car(bureau.east, "13800000002")
    actions.sign_on(device_id=device.pk, told={}, code="示例", at=AT)
    with pytest.raises(Invalid, match="已登记给在用设备"):
        actions.change(device=device, identity=other.identity, reason="换卡", by=SYSTEM, at=LATER)
    actions.change(device=device, identity="013800000003", reason="换卡", by=SYSTEM, at=LATER)
    device.refresh_from_db()
    assert (device.identity, device.code_hash) == ("13800000003", "")
    (entry, *_rest) = queries.registry_history(device)
    assert '"before":{"identity":"13800000001"}' in entry.facts
