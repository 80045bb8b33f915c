"""`xiuhua simulate`: a year as small as you like, and a street that is quiet while it walks."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.conf import settings
from pyarrow import parquet

from xiuhua.conf.cli import main, simulate
from xiuhua.simulation import files, fleet
from xiuhua.simulation.doors import Doors
from xiuhua.simulation.street import Street
from xiuhua.simulation.year import Plan

pytestmark = pytest.mark.processes

Progress = Callable[[int, int], None] | None


@pytest.fixture(autouse=True)
def own_signals(monkeypatch: pytest.MonkeyPatch) -> None:
    """The suite goes on being ended by Ctrl-C."""
    monkeypatch.setattr("xiuhua.conf.cli.simulate.signal.signal", lambda number, handler: None)


@pytest.mark.slow
def test_a_year_with_fewer_cases_than_units_is_written(tmp_path: Path) -> None:
    small = ("--summary", "2", "--ordinary", "1", "--processes", "0")
    assert main(["simulate", "year", "--out", str(tmp_path), *small]) == 0
    table = parquet.read_table(tmp_path / "cases.parquet")
    closed = [json.loads(text)["steps"] for text in table.column("history").to_pylist()]
    assert sum(any("close" in step["move"] for step in steps) for steps in closed) >= 3


@pytest.mark.parametrize("text", ["", "{", None])
def test_keys_that_cannot_be_read_are_told_by_name(
    tmp_path: Path, text: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "示例.json"
    if text is not None:
        path.write_text(text)
    assert main(["simulate", "street", "--keys", str(path)]) != 0
    assert "示例.json" in capsys.readouterr().err


@pytest.mark.parametrize("rate", ["0", "-1", "nan"])
def test_a_rate_that_is_no_rate_is_refused(
    tmp_path: Path, rate: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["simulate", "street", "--keys", str(tmp_path), f"--rate={rate}"]) != 0
    assert "rate" in capsys.readouterr().err


def test_the_street_says_what_it_did_when_it_ends(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(simulate, "Doors", lambda url, keys: Doors(url, keys, nothing_there()))
    keys = tmp_path / "keys.json"
    keys.write_text("{}")
    assert main(["simulate", "street", "--keys", str(keys), "--acts", "3", "--rate", "1000000"]) == 0
    assert capsys.readouterr().out.startswith("street: 3 acts: refused 3 (")


def nothing_there() -> httpx.MockTransport:
    return httpx.MockTransport(lambda request: httpx.Response(404))


def test_a_line_now_and_then_and_no_more(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = iter((0.0, 1.0, 599.0, 600.0, 600.0, 601.0, 1199.0, 1200.0, 1200.0))
    monkeypatch.setattr("xiuhua.conf.cli.simulate.time.monotonic", lambda: next(moments))
    with Doors("http://street.test", {}, nothing_there()) as doors:
        tell = simulate.Teller(Street(doors, Path(settings.REFERENCE_DIR), seed=1))
        said = []
        for _ in range(6):
            tell()
            said.append(capsys.readouterr().out.count("street:"))
    assert said == [0, 0, 1, 0, 0, 1]


class Told:
    """Stands in for the files of a year: what they were asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, object]] = []

    def staff(self, folder: Path, plan: Plan, out: Path) -> Path:
        self.asked.append(("staff", plan))
        return out / "staff.csv"

    def cases(self, folder: Path, plan: Plan, out: Path, *, workers: int, progress: Progress) -> Path:
        self.asked.append(("cases", workers))
        if progress:
            progress(3, 3)
        return out / "cases.parquet"

    def cases_csv(self, folder: Path, plan: Plan, out: Path, *, workers: int, progress: Progress) -> Path:
        self.cases(folder, plan, out, workers=workers, progress=progress)
        return out / "cases.csv"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    made = Told()
    monkeypatch.setattr(files, "write_staff", made.staff)
    monkeypatch.setattr(files, "write_cases", made.cases)
    monkeypatch.setattr(files, "write_cases_csv", made.cases_csv)
    return made


def test_a_year_is_made_as_it_was_asked_for_and_its_files_are_named(
    told: Told, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "year"
    small = ("--summary", "2", "--ordinary", "1", "--seed", "7", "--processes", "3")
    assert main(["simulate", "year", "--out", str(out), *small]) == 0
    assert out.is_dir()
    assert told.asked == [("staff", Plan(summary=2, ordinary=1, seed=7)), ("cases", 3)]
    said = capsys.readouterr()
    assert said.out == f"{out / 'cases.parquet'}  {out / 'staff.csv'}\n"
    assert said.err == ""
    assert main(["simulate", "year", "--out", str(out), *small, "--csv"]) == 0
    assert capsys.readouterr().out.startswith(f"{out / 'cases.csv'}  ")


@pytest.mark.usefixtures("told")
def test_a_terminal_sees_how_much_of_the_year_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert main(["simulate", "year", "--out", str(tmp_path)]) == 0
    assert capsys.readouterr().err == "\r3 of 3 cases\n"
    simulate.show(1200, 20103)
    assert capsys.readouterr().err == "\r1,200 of 20,103 cases"


def test_a_street_that_waits_for_its_site_can_be_told_to_stop(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    handlers: dict[int, Callable[[int, None], None]] = {}
    monkeypatch.setattr("xiuhua.conf.cli.simulate.signal.signal", handlers.__setitem__)

    def nobody(request: httpx.Request) -> httpx.Response:
        handlers[signal.SIGTERM](signal.SIGTERM, None)
        raise httpx.ConnectError("示例")

    monkeypatch.setattr(simulate, "Doors", lambda url, keys: Doors(url, keys, httpx.MockTransport(nobody)))
    keys = tmp_path / "keys.json"
    keys.write_text("{}")
    assert main(["simulate", "street", "--keys", str(keys)]) == 0
    assert capsys.readouterr().out.startswith("street: 0 acts: ")


@pytest.mark.parametrize("wrong", [("--rate", "0"), ("--terminals", "0")])
def test_a_fleet_that_is_none_is_refused(wrong: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "fleet", *wrong]) == 1
    assert "rate" in capsys.readouterr().err


@pytest.mark.slow
def test_a_fleet_is_enlisted_driven_and_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def drive(cars: list[fleet.Car], host: str, port: int, **said: Any) -> None:
        said["tally"].sent = len(cars)
        await said["stop"].wait()

    monkeypatch.setattr(fleet, "enlist", lambda cars, now: len(cars))
    monkeypatch.setattr(fleet, "drive", drive)
    assert main(["simulate", "fleet", "--terminals", "3", "--seconds", "0.1"]) == 0
    said = capsys.readouterr().out
    assert "3 terminals, 3 newly registered" in said
    assert '"sent": 3' in said
