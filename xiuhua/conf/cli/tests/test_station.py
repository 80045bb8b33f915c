"""Stations are opened and closed from the shell; the agent's command says what is wrong before it begins."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from typing import Any

import httpx
import pytest

from xiuhua.conf.cli import main
from xiuhua.evidence import queries
from xiuhua.gateways.station.agent import Agent
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.org import actions as org
from xiuhua.org.rules import UnitKind

CODE = "SQ-SHI"


@pytest.fixture
def unit(db: None) -> None:
    at = clock.now()
    org.add_unit(code=CODE, name="示例队", short_name="示", kind=UnitKind.STREET_SQUAD, by=SYSTEM, at=at)


@pytest.mark.usefixtures("unit")
def test_a_station_is_opened_with_a_token_and_closed_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["station", "open", "示例站", "--unit", CODE, "--policy", "all"]) == 0
    token = capsys.readouterr().out.strip()
    assert queries.station_of(token) is not None
    assert main(["station", "close", "示例站"]) == 0
    assert queries.station_of(token) is None


@pytest.mark.usefixtures("unit")
@pytest.mark.parametrize("told", [["open", "示例站", "--unit", "NONE"], ["close", "没有的站"]])
def test_what_is_not_there_is_said(told: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["station", *told]) == 1
    assert "there is no" in capsys.readouterr().err


def watch(folder: Path, *more: str) -> int:
    return main(["station", "watch", str(folder), "--server", "http://b.test/", "--token", "t", *more])


def test_an_agent_needs_a_folder_and_a_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert watch(tmp_path / "none") == 1

    def away(self: Agent) -> int:
        raise httpx.ConnectError("away")

    monkeypatch.setattr(Agent, "round", away)
    assert watch(tmp_path, "--once") == 1
    assert "cannot be had" in capsys.readouterr().err


def test_an_agent_does_one_round_or_goes_on_until_it_is_told_to_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Agent, "round", lambda self: 3)
    assert watch(tmp_path, "--once") == 0
    assert "3 files sent" in capsys.readouterr().out
    ends: dict[int, Any] = {}
    monkeypatch.setattr("signal.signal", lambda number, end: ends.update({number: end}))

    def run(self: Agent, stop: threading.Event, pause: float) -> None:
        ends[signal.SIGTERM](15, None)
        assert stop.is_set()

    monkeypatch.setattr(Agent, "run", run)
    assert watch(tmp_path) == 0


def test_uploads_are_taken_by_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[list[str]] = []
    monkeypatch.setattr("os.execv", lambda program, command: told.append(command))
    assert main(["tus", "--port", "9"]) == 0
    [command] = told
    assert command[command.index("--port") + 1] == "9"
    assert command[command.index("--workers") + 1] == "1"
