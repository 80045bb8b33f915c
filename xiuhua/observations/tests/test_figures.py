"""The registry as the reports count it: what was in use on the last day, each person once, live channels only."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM
from xiuhua.observations import actions, figures
from xiuhua.observations.models import Channel, Device
from xiuhua.observations.tests.street import car, phone
from xiuhua.org.figures import Period
from xiuhua.org.models import Officer
from xiuhua.registers.tests.bureau import AT, Bureau, built

TODAY = Period(AT.date(), AT.date())


@pytest.fixture
def bureau(db: None) -> Bureau:
    return built()


def counts(period: Period = TODAY) -> dict[str, int]:
    return {f.id: f.rows(SYSTEM, period).count() for f in figures.FIGURES}


def camera(bureau: Bureau, n: int, officer: Officer | None) -> Device:
    return actions.register(
        kind="body_camera",
        protocol="gb28181",
        identity=f"3101150000132{n:07}",
        name=f"示例记录仪{n}",
        unit=bureau.east,
        officer=officer,
        by=SYSTEM,
        at=AT,
    )


def show(device: Device, online: bool) -> None:
    with record.act("示例", by=SYSTEM, at=AT) as act:
        Channel(device=device, identity=device.identity, name="示例", online=online, told_at=AT).save()
        act.entry(on=device, facts={})


def test_the_registry_is_counted_as_it_was_on_the_last_day(bureau: Bureau) -> None:
    who = Officer.objects.get(pk=bureau.actor("officer").officer_id or 0)
    vehicle, spare = car(bureau.east), camera(bureau, 1, None)
    live = camera(bureau, 2, who)
    phone(bureau.east, who)
    show(live, online=True)
    show(spare, online=False)
    assert counts() == {"A18": 2, "A21": 1, "A22": 1, "A23": 1, "A24": 0, "A25": 0}
    before = AT.date() - timedelta(days=1)
    assert set(counts(Period(before, before)).values()) == {0}
    actions.withdraw(device=vehicle, reason="示例", by=SYSTEM, at=AT + timedelta(days=2))
    tomorrow, later = (AT.date() + timedelta(days=n) for n in (1, 2))
    assert [counts(Period(day, day))["A21"] for day in (tomorrow, later)] == [1, 0]


def test_whoever_sees_no_devices_counts_none(bureau: Bureau) -> None:
    car(bureau.west)
    rows = {f.id: f.rows for f in figures.FIGURES}
    year = Period(date(AT.year, 1, 1), date(AT.year, 12, 31))
    assert rows["A21"](bureau.actor("squad_head"), year).count() == 0
    assert rows["A21"](bureau.actor("statistics_clerk"), year).count() == 1
