"""How `xiuhua demo` starts: in a folder of its own, everything in its order, and only once."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings

from xiuhua.conf.cli import demo, main, serve, tour
from xiuhua.simulation import current, moving, shifts, stores
from xiuhua.simulation.year import Plan

pytestmark = pytest.mark.processes

PLAN = Plan(summary=3, ordinary=2, seed=11)


@pytest.fixture
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the demo, in a process that works in it already."""
    monkeypatch.setenv(demo.INSIDE, "1")
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path)
    return tmp_path


def test_it_starts_itself_again_in_the_folder_of_the_demo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(demo.INSIDE, raising=False)
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path)
    monkeypatch.setattr("sys.argv", ["xiuhua", "demo", "--prepare"])
    started: list[Any] = []

    def execve(path: str, command: Sequence[str], environment: dict[str, str]) -> None:
        started.extend((path, command, environment))
        raise SystemExit(0)

    monkeypatch.setattr(demo, "os", SimpleNamespace(environ=os.environ, execve=execve))
    with pytest.raises(SystemExit):
        main(["demo", "--prepare"])
    path, command, environment = started
    assert command == [path, "demo", "--prepare"]
    assert Path(path) == Path(sys.executable).with_name("xiuhua")
    assert environment[demo.INSIDE] == "1"
    assert environment["XIUHUA_VAR_DIR"] == str(tmp_path / "demo")
    assert (tmp_path / "demo").is_dir()


@pytest.mark.parametrize(("rate", "programs"), [("6", 7), ("0", 3)])
def test_pages_worker_and_street_are_started_once_all_is_laid_out(
    inside: Path, monkeypatch: pytest.MonkeyPatch, rate: str, programs: int
) -> None:
    done: list[Any] = []
    commands: list[Sequence[str]] = []

    def supervise(asked: list[Sequence[str]]) -> int:
        commands.extend(asked)
        return 4

    monkeypatch.setattr(demo.Demo, "prepare", lambda made: done.append(made.plan))
    monkeypatch.setattr(tour, "tell", lambda folder, port: done.append((folder, port)))
    monkeypatch.setattr(serve, "supervise", supervise)
    monkeypatch.setenv("XIUHUA_PLAY_URL", "")
    words = ("--port", "8123", "--rate", rate, "--summary", "3", "--ordinary", "2")
    assert main(["demo", *words]) == 4
    assert done == [Plan(summary=3, ordinary=2), (inside, 8123)]
    assert len(commands) == programs
    assert "8123" in commands[0]
    assert commands[1][1:] == ["worker"]
    assert list(commands[-1][1:4]) == ["simulate", "cameras", "--port"]
    assert os.environ["XIUHUA_PLAY_URL"].startswith(f"http://127.0.0.1:{commands[-1][4]}/{{device}}/")
    if programs == 3:
        return
    street, cars, phones, patrols = (list(command[1:]) for command in commands[2:-1])
    assert street == [
        *("simulate", "street", "--url", "http://127.0.0.1:8123", "--rate", "6.0"),
        *("--keys", str(inside / tour.KEYS)),
    ]
    assert cars[:4] == ["gateways", "--only", "jt808", "--jt808-port"]
    assert phones[:4] == ["gateways", "--only", "osmand", "--osmand-port"]
    assert patrols == ["simulate", "patrols", "--port", cars[4], "--phones", f"http://127.0.0.1:{phones[4]}"]


def test_a_media_server_that_is_there_is_used(inside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[Sequence[str]] = []
    monkeypatch.setattr(demo.Demo, "prepare", lambda made: None)
    monkeypatch.setattr(tour, "tell", lambda folder, port: None)

    def supervise(asked: list[Sequence[str]]) -> int:
        commands.extend(asked)
        return 0

    monkeypatch.setattr(serve, "supervise", supervise)
    monkeypatch.setenv("XIUHUA_PLAY_URL", "https://media.example/{channel}.m3u8")
    assert main(["demo", "--rate", "0"]) == 0
    assert len(commands) == 2
    assert os.environ["XIUHUA_PLAY_URL"] == "https://media.example/{channel}.m3u8"


def test_with_prepare_nothing_is_served(inside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(demo.Demo, "prepare", lambda made: done.append("prepared"))
    monkeypatch.setattr(serve, "supervise", lambda commands: done.append("served"))
    assert main(["demo", "--prepare"]) == 0
    assert done == ["prepared"]


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the steps of `prepare`, in the order in which they were taken; none of them does anything."""
    taken: list[str] = []

    def takes(name: str) -> Callable[..., None]:
        return lambda *args: taken.append(name)

    for name in ("_begin_year", "_law", "_people", "_year", "_week"):
        monkeypatch.setattr(demo.Demo, name, takes(name))
    monkeypatch.setattr(serve, "prepare", takes("tables"))
    return taken


def test_the_demo_is_laid_out_in_its_order_and_a_second_start_only_brings_tables_up_to_date(
    tmp_path: Path, steps: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    demo.Demo(tmp_path, PLAN).prepare()
    assert steps == ["_begin_year", "tables", "_law", "_people", "_year", "_week"]
    assert capsys.readouterr().out.endswith("the demo bureau is ready\n")
    steps.clear()
    demo.Demo(tmp_path, PLAN).prepare()
    assert steps == ["tables"]
    assert capsys.readouterr().out.endswith("the demo bureau is there already\n")


def test_another_plan_is_laid_out_although_one_is_there(tmp_path: Path, steps: list[str]) -> None:
    demo.Demo(tmp_path, PLAN).prepare()
    steps.clear()
    demo.Demo(tmp_path, Plan(summary=4, ordinary=2, seed=11)).prepare()
    assert "_year" in steps
    assert json.loads((tmp_path / "ready.json").read_text()) == {"plan": [11, 4, 2]}


def test_a_demo_that_broke_off_is_not_taken_for_ready(
    tmp_path: Path, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(made: demo.Demo) -> None:
        raise RuntimeError("示例")

    monkeypatch.setattr(demo.Demo, "_week", breaks)
    with pytest.raises(RuntimeError, match="示例"):
        demo.Demo(tmp_path, PLAN).prepare()
    assert "_year" in steps
    assert list(tmp_path.iterdir()) == []


def test_the_year_is_made_by_a_program_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    stands_in = SimpleNamespace(Popen=lambda command, stdout: asked.append(command), DEVNULL=None)
    monkeypatch.setattr(demo, "subprocess", stands_in)
    demo.Demo(tmp_path, PLAN)._begin_year()
    (command,) = asked
    words = [
        *("--out", str(tmp_path), "--seed", "11", "--summary", "3", "--ordinary", "2"),
        "--processes",
        "2",
    ]
    assert command[1:] == ["simulate", "year", *words]


class Made:
    """The program that makes the year, with its exit code."""

    def __init__(self, code: int) -> None:
        self.code = code

    def wait(self) -> int:
        return self.code


def brought(monkeypatch: pytest.MonkeyPatch, *faults: str) -> None:
    """The door for history says this of every file, with its progress."""

    def bring_in(source: Path, *, progress: Callable[[int, int], None], **more: object) -> SimpleNamespace:
        assert source.name == "cases.parquet"
        for done in (100, 3900, 4000, 4100, 8000):
            progress(done, 8000)
        return SimpleNamespace(faults=list(faults), written=7990, passed_over=10)

    monkeypatch.setattr(demo, "cases", SimpleNamespace(read=lambda path: path, bring_in=bring_in))


def test_the_year_is_brought_in_and_told_every_few_thousand_cases(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    brought(monkeypatch)
    made: Any = Made(0)
    demo.Demo(tmp_path, PLAN)._year(made)
    said = [line.split("] ")[1] for line in capsys.readouterr().out.splitlines()]
    assert said == [
        "the year is made; bringing it in",
        "  4,000 of 8,000 cases checked against the law of their days",
        "  8,000 of 8,000 cases checked against the law of their days",
        "7,990 cases written, 10 were in already",
    ]


def test_a_year_that_could_not_be_made_or_is_faulty_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought(monkeypatch, "示例有误")
    broken: Any = Made(1)
    with pytest.raises(RuntimeError, match="could not be made"):
        demo.Demo(tmp_path, PLAN)._year(broken)
    faulty: Any = Made(0)
    with pytest.raises(RuntimeError, match="示例有误"):
        demo.Demo(tmp_path, PLAN)._year(faulty)


def test_the_password_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / tour.PASSWORD
    assert demo._kept(path, lambda: "first") == "first"
    assert demo._kept(path, lambda: "second") == "first"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.fixture
def accounts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Logins for which a key was made; every account but `intake` is there."""
    made: list[str] = []

    def make_key(*, user: str, label: str, **more: object) -> tuple[None, str]:
        made.append(user)
        return None, f"key of {user}"

    found = SimpleNamespace(user_by_login=lambda login: None if login == "intake" else login)
    monkeypatch.setattr(demo, "org", found)
    monkeypatch.setattr(demo, "org_actions", SimpleNamespace(make_key=make_key))
    return made


def test_every_account_of_the_street_gets_one_key_and_only_the_owner_reads_them(
    tmp_path: Path, accounts: list[str]
) -> None:
    path = tmp_path / tour.KEYS
    path.write_text(json.dumps({"auditor": "kept"}))
    path.chmod(0o600)
    demo.Demo(tmp_path, PLAN)._keys()
    demo.Demo(tmp_path, PLAN)._keys()
    assert sorted(accounts) == sorted({*tour.WITH_KEYS} - {"auditor", "intake"})
    keys = json.loads(path.read_text())
    assert keys["auditor"] == "kept"
    assert keys["dispatcher"] == "key of dispatcher"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_law_and_week_say_how_much_is_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = {"a.csv": SimpleNamespace(added=range(1200)), "b.csv": SimpleNamespace(added=range(34))}
    monkeypatch.setattr(demo, "load_all", lambda by, at: changed)
    monkeypatch.setattr(current, "lay_out", lambda world, now, seed: 17)
    for room, laid in ((stores, (1420, 4)), (shifts, (1438, 3011)), (moving, (120, 9600))):
        monkeypatch.setattr(room, "lay_out", lambda world, now, seed, laid=laid: laid)
    demo.Demo(tmp_path, PLAN)._law()
    demo.Demo(tmp_path, PLAN)._week()
    said = [line.split("] ")[1] for line in capsys.readouterr().out.splitlines()]
    assert said == [
        "schematic areas, and the law as data: 1,234 rows new",
        "this week: 17 cases and leads under way",
        "in the stores: 1,420 numbered sheets, things of 4 seizures",
        "on the street: 1,438 shifts, 3,011 check-ins",
        "on the map: 120 devices with 9,600 positions",
    ]
