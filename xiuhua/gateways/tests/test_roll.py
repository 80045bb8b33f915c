"""The registry in memory: read anew when it changed, and it survives a database that is away."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from xiuhua.gateways.roll import Roll
from xiuhua.kernel.authz import SYSTEM
from xiuhua.kernel.tests.kept import fresh, kept
from xiuhua.observations import actions
from xiuhua.observations.tests.street import car
from xiuhua.registers.tests.bureau import AT, Bureau, built

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def whole_bureau(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Bureau]:
    yield from kept(django_db_blocker, built)


@pytest.fixture
def bureau(whole_bureau: Bureau, db: None) -> Bureau:
    return fresh(whole_bureau)


def test_it_is_read_anew_only_if_something_changed(bureau: Bureau) -> None:
    roll = Roll("jt808")
    roll.read()
    assert (roll.known, roll.reading) == ({}, 1)
    roll.read()
    assert roll.reading == 1
    device = car(bureau.east)
    roll.read()
    assert (set(roll.known), roll.reading) == ({"13800000001"}, 2)
    actions.withdraw(device=device, reason="示例", by=SYSTEM, at=AT)
    roll.read()
    assert roll.known == {}


def test_a_code_proves_its_device_at_once_and_no_code_proves_nothing(bureau: Bureau) -> None:
    device, roll = car(bureau.east, lenient=True), Roll("jt808")
    roll.read()
    known = roll.known["13800000001"]
    assert not roll.proves(known, "")
    roll.issued(known, "示例-1")
    assert roll.proves(known, "示例-1")
    assert not roll.proves(known, "示例-2")
    actions.sign_on(device_id=device.pk, told={}, code="示例-1", at=AT)
    roll.read()
    assert roll.proves(roll.known["13800000001"], "示例-1")
    assert roll.lenient("13800000001")
    assert not roll.lenient("13900000009")


def test_a_reading_that_fails_leaves_the_last_one(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("xiuhua.gateways.roll.LOOK_SECONDS", 0.01)
    read: list[int] = []

    def failing(self: Roll) -> None:
        read.append(1)
        if len(read) > 1:
            raise OSError("示例：数据库不在")

    monkeypatch.setattr(Roll, "read", failing)
    roll = Roll("jt808")
    roll.start()
    while len(read) < 3:
        time.sleep(0.01)
    roll.stop()
    assert "the last reading stays" in caplog.text
