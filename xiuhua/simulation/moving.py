"""The people and cars of the demo on the map: devices for whoever is on duty, and where they went in the last hours.

What was before the demo was started is laid out here through the door of the gateways; what moves from then on is sent
by terminals (`xiuhua simulate`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from django.conf import settings

from xiuhua.command import queries as command
from xiuhua.duty import queries as duty
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.observations import actions
from xiuhua.observations import queries as observations
from xiuhua.observations.actions import Batch, Heard, Odd, Row
from xiuhua.observations.queries import Device, Told
from xiuhua.org import queries as org
from xiuhua.simulation.world import Place, World

BACK = timedelta(hours=2)
EVERY = timedelta(seconds=60)
AHEAD = timedelta(hours=10)
CARS, WATCH, CAMERAS = 12, 6, 9
WALK_KMH, DRIVE_KMH = 4.0, 22.0
METRES = 111_195.0
# The beginning of the numbers of our own cameras, and how much of an area's code names the district.
REALM, CIVIL_DIGITS = settings.GB28181_ID[:10], 6
# How the devices of the demo call themselves.
PHONE, CAR = "demo-", "139000"
# A few stand still, and a few have fallen silent.
RESTING, SILENT = 0.15, 0.06
SILENT_MINUTES = 25
# Whoever is farther from the beginning turns back.
REACH_METRES = 900


def lay_out(world: World, now: datetime, seed: int) -> tuple[int, int]:
    """How many devices and positions were made; nothing where there are devices already."""
    if observations.devices(SYSTEM).exists():
        return 0, 0
    dice = Random(f"moving-{seed}")  # noqa: S311 - the same seed must give the same street
    starts = {squad.code: squad.places[0] for squad in world.units if squad.is_squad}
    devices = [(device, starts[device.unit.code]) for device in _phones(starts, now)]
    devices += [(device, starts[device.unit.code]) for device in _cars(starts, now)]
    rows: list[Row] = []
    heard: list[Heard] = []
    running = command.stretches(now)
    for device, place in devices:
        way = [
            row for row in _way(device, place.point(dice), now, dice) if row.at >= running[device.pk].starts
        ]
        rows += way
        if way:
            heard.append(Heard(device.pk, way[-1].at, way[-1], frames=len(way)))
    with actions.open_store() as store:
        store.keep(Batch(rows, heard, _odd([device for device, _place in devices], now)))
    _cameras(starts, now)
    _faults([device for device, _place in devices], now)
    return len(devices), len(rows)


def _faults(devices: Sequence[Device], now: datetime) -> None:
    """Three faults that people reported: one waits, one is given out, one is mended."""
    said = ("屏幕碎裂", "充不上电", "终端时断时续")
    _waits, given, mended = (
        actions.report_fault(device=device, what=what, by=SYSTEM, at=now)
        for device, what in zip(devices[-3:], said, strict=True)
    )
    # A small bureau has cars in squads in which nobody serves yet: then nobody is there to mend.
    if people := org.officers_of(given.device.unit, clock.day_of(now)):
        actions.assign_fault(fault=given, officer=people[0], by=SYSTEM, at=now)
    actions.mend(fault=mended, note="已重新接线", by=SYSTEM, at=now)


def _odd(devices: Sequence[Device], now: datetime) -> list[Odd]:
    """Frames that the gateways did not take: a heartbeat of a car with a wrong checksum, a stranger, a phone without
    its number.
    """
    at, cars = command.milliseconds(now), [device for device in devices if device.protocol == "jt808"]
    heartbeat = "0002 0000 {} 0007 ff"
    frames = [
        Odd(
            at - n * 60_000,
            "jt808",
            f"192.0.2.{n + 10}:40000",
            identity,
            fault,
            bytes.fromhex(heartbeat.format(identity.zfill(12))),
        )
        for n, (identity, fault) in enumerate(
            [*((car.identity, "checksum") for car in cars[:2]), ("19900000000", "unknown")]
        )
    ]
    return [*frames, Odd(at, "osmand", "192.0.2.40", "", "no device", b"lat=31.2&lon=121.5")]


def _cameras(starts: Mapping[str, Place], now: datetime) -> None:
    """Body cameras that told a channel each, for the wall."""
    units = [unit for unit in org.handling_units() if unit.code in starts][:CAMERAS]
    for number, unit in enumerate(units, 1):
        identity = f"{REALM}132{number:07}"
        name = f"{unit.short_name}执法记录仪"
        device = actions.register(
            kind="body_camera",
            protocol="gb28181",
            identity=identity,
            name=name,
            unit=unit,
            by=SYSTEM,
            at=now - BACK,
        )
        civil = starts[unit.code].code[:CIVIL_DIGITS]
        told = Told(f"{REALM}131{number:07}", name, "示例厂商", "示例型号", True, identity, civil)
        actions.list_channels(device_id=device.pk, channels=[told], at=now)
        hours = actions.Stretch(now - BACK, now + AHEAD, device=device)
        actions.put_hours(source=f"simulation.camera:{device.pk}", stretches=[hours], by=SYSTEM, at=now)


def _phones(starts: Mapping[str, Place], now: datetime) -> Iterator[Device]:
    """Those in a shift; at hours when few are, some of each squad keep watch."""
    in_shift = {shift.officer_id for shift in duty.on_duty(SYSTEM, now)}
    for unit in org.handling_units():
        if unit.code not in starts:
            continue
        people = org.officers_of(unit, clock.day_of(now))
        for officer in [o for o in people if o.pk in in_shift] or people[:WATCH]:
            device = actions.register(
                kind="phone",
                protocol="osmand",
                identity=f"{PHONE}{officer.staff_no}",
                name=f"{officer.name}的终端",
                unit=unit,
                officer=officer,
                by=SYSTEM,
                at=now - BACK,
            )
            if officer.pk not in in_shift:
                hours = actions.Stretch(now - BACK, now + AHEAD, officer=officer)
                actions.put_hours(
                    source=f"simulation.watch:{officer.pk}", stretches=[hours], by=SYSTEM, at=now
                )
            yield device


def _cars(starts: Mapping[str, Place], now: datetime) -> Iterator[Device]:
    """Some squads have a car that is on the road today."""
    units = [unit for unit in org.handling_units() if unit.code in starts][:CARS]
    for number, unit in enumerate(units, 1):
        device = actions.register(
            kind="vehicle_terminal",
            protocol="jt808",
            identity=f"{CAR}{number:05}",
            name=f"{unit.short_name}巡逻车",
            unit=unit,
            plate=f"沪X{number:04}示",
            by=SYSTEM,
            at=now - BACK,
        )
        hours = actions.Stretch(now - BACK, now + AHEAD, device=device)
        actions.put_hours(source=f"simulation.car:{device.pk}", stretches=[hours], by=SYSTEM, at=now)
        yield device


def _way(device: Device, start: tuple[float, float], now: datetime, dice: Random) -> Iterator[Row]:
    """A walk or drive that turns now and then, up to now."""
    kmh = DRIVE_KMH if device.plate else WALK_KMH
    rests = dice.random() < RESTING
    end = now - timedelta(
        minutes=SILENT_MINUTES if dice.random() < SILENT else 0, seconds=dice.randint(2, 40)
    )
    lon, lat = start
    course = dice.uniform(0, 360)
    at = now - BACK
    while at <= end:
        moment = round(at.timestamp() * 1000)
        speed = 0.0 if rests and at > now - timedelta(minutes=50) else kmh * dice.uniform(0.5, 1.2)
        course = (course + dice.gauss(0, 25)) % 360
        if math.hypot(lon - start[0], lat - start[1]) * METRES > REACH_METRES:
            course = math.degrees(math.atan2(start[0] - lon, start[1] - lat)) % 360
        step = speed / 3.6 * EVERY.total_seconds() / METRES
        lon += step * math.sin(math.radians(course)) / math.cos(math.radians(lat))
        lat += step * math.cos(math.radians(course))
        yield Row(
            device.pk, moment, moment + 400, lon, lat, speed=round(speed, 1), course=round(course) % 360
        )
        at += EVERY
