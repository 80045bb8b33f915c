"""`xiuhua simulate recorders|station`: what is nothing is refused, what is driven is told, what was opened, closed."""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from xiuhua.conf.cli import main
from xiuhua.conf.cli.simulate import devices
from xiuhua.evidence import queries
from xiuhua.kernel.authz import SYSTEM
from xiuhua.registers.tests.bureau import Bureau, built
from xiuhua.simulation import docking, recorders

PLACE: Any = None


@pytest.fixture(autouse=True)
def own_signals(monkeypatch: pytest.MonkeyPatch) -> None:
    """The suite goes on being ended by Ctrl-C."""
    monkeypatch.setattr("xiuhua.conf.cli.simulate.devices.signal.signal", lambda number, handler: None)


@pytest.fixture
def bureau(db: None) -> Bureau:
    made = built()
    made.officer()
    return made


@pytest.mark.parametrize("wrong", [("--cameras", "0"), ("--every", "0")])
def test_cameras_that_are_none_are_refused(
    wrong: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["simulate", "recorders", *wrong]) == 1
    assert "cameras" in capsys.readouterr().err


def test_cameras_are_driven_and_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def drive(cameras: Sequence[recorders.Camera], host: str, port: int, **said: Any) -> None:
        said["tally"].sent = len(cameras)
        await said["stop"].wait()

    monkeypatch.setattr(devices, "load", lambda folder: None)
    monkeypatch.setattr(
        recorders,
        "enlist",
        lambda world, many, now: [recorders.Camera(str(n), "c", PLACE) for n in range(many)],
    )
    monkeypatch.setattr(recorders, "drive", drive)
    assert main(["simulate", "recorders", "--cameras", "3", "--seconds", "0.1"]) == 0
    said = capsys.readouterr().out
    assert "3 cameras" in said
    assert '"sent": 3' in said


@pytest.mark.slow
@pytest.mark.parametrize("wrong", [("--unit", "nobody"), ("--films", "0"), ("--every", "0")])
def test_a_station_of_nobody_or_without_films_is_refused(
    bureau: Bureau, wrong: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    told = {"--unit": bureau.east.code, "--films": "1", **dict([wrong])}
    assert main(["simulate", "station", *(each for pair in told.items() for each in pair)]) == 1
    assert capsys.readouterr().err
    assert not queries.stations(SYSTEM).exists()


@pytest.mark.slow
def test_a_station_is_opened_films_are_docked_and_it_is_closed_again(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    docked: list[tuple[Path, int]] = []
    handlers: dict[int, Callable[[int, object], None]] = {}

    def dock(folder: Path, staff: Sequence[str], many: int, now: object, rng: Random) -> list[Path]:
        assert staff
        docked.append((folder, many))
        if len(docked) == 2:
            handlers[signal.SIGTERM](signal.SIGTERM, None)
        return []

    monkeypatch.setattr(docking, "dock", dock)
    monkeypatch.setattr("xiuhua.conf.cli.simulate.devices.signal.signal", handlers.__setitem__)
    # Nobody listens there: the agent, a process of its own, goes on trying until it is ended.
    nobody = ("--url", "http://127.0.0.1:9", "--unit", bureau.east.code)
    assert main(["simulate", "station", *nobody, "--films", "2", "--every", "0.2"]) == 0
    assert len(docked) == 2
    assert {many for _, many in docked} == {2}
    assert not docked[0][0].exists()
    [station] = queries.stations(SYSTEM)
    assert station.ended_at is not None
    assert '{"docked": 0, "arrived": 0}' in capsys.readouterr().out
