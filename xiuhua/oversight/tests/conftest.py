from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from xiuhua.cases.tests.bench.bench import Bench
from xiuhua.evidence import actions as evidence
from xiuhua.evidence import queries
from xiuhua.evidence.queries import Recording
from xiuhua.evidence.rules.recordings import Manifest
from xiuhua.kernel import files, record
from xiuhua.kernel.authz import SYSTEM
from xiuhua.kernel.tests.kept import fresh, kept
from xiuhua.org.queries import Officer, Unit
from xiuhua.oversight.models import Goal, Item, Limit
from xiuhua.registers.tests.bureau import AT, Bureau, built

Docked = Callable[..., Recording]
PERIODS = {"look_workdays": 10, "reply_workdays": 5, "appeal_workdays": 3, "correction_workdays": 15}


@pytest.fixture(scope="module")
def whole_bureau(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Bureau]:
    yield from kept(django_db_blocker, built)


@pytest.fixture
def bureau(whole_bureau: Bureau, db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bureau:
    """The bureau with goals of two recordings a month, two items on the sheet and the periods."""
    monkeypatch.setattr(settings, "FILES_DIR", tmp_path / "files")
    lay_reference()
    return fresh(whole_bureau)


def overseen_bench() -> Bench:
    """The bench of the cases with the periods of oversight."""
    made = Bench((2026,))
    lay_reference()
    return made


def lay_reference() -> None:
    sourced = {"source": "示例", "certainty": "design"}
    with record.act("示例", by=SYSTEM, at=AT) as act:
        Goal(unit="*", monthly=2, valid_from=date(2018, 1, 1), **sourced).save()
        for place, code in enumerate(("uniform", "certificate"), 1):
            Item(code=code, position=place, name=code, name_en=code, ground="PPL21 §55", **sourced).save()
        for code, days in PERIODS.items():
            row = Limit(
                code=code, value=days, measure="working_day", meaning="示例", meaning_en="x", **sourced
            )
            row.save()
        act.entry(on=row, facts={})


@pytest.fixture
def docked(bureau: Bureau) -> Docked:
    """A recording of a unit; with its file, if it arrives."""

    def made(
        unit: Unit, mark: str, *, officer: Officer | None = None, at: datetime = AT, arrives: bool = True
    ) -> Recording:
        station = queries.stations(SYSTEM).filter(unit=unit).first()
        if station is None:
            station, _ = evidence.open_station(name=f"示例{unit.code}", unit=unit, by=SYSTEM, at=AT)
        data = b"\0\0\0\x20ftypisom" + f"{unit.code}{mark}".encode()
        sha256, sm3 = (hashlib.new(name, data).hexdigest() for name in ("sha256", "sm3"))
        said = Manifest(
            f"{unit.code}{mark}.mp4",
            len(data),
            sha256,
            sm3,
            "video/mp4",
            officer_no=officer.staff_no if officer else "",
            started_at=at - timedelta(hours=2),
            ended_at=at - timedelta(hours=1),
        )
        by = queries.station_actor(station)
        row = evidence.dock(station=station, said=said, by=by, at=at)
        if arrives:
            evidence.arrive(
                recording=row, received=files.receive(io.BytesIO(data), "video/mp4"), by=by, at=at
            )
        return row

    return made
