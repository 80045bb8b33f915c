"""`xiuhua serve`: everything is made ready, and what was started together ends together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings

from xiuhua.conf.cli import main, serve

pytestmark = pytest.mark.processes

FOREVER = "import time\nwhile True: time.sleep(1)"


def python(code: str) -> list[str]:
    return [sys.executable, "-S", "-c", code]


class Watch:
    """Stands in for signals and sleep of `serve`: remembers the children and who would be called by a signal."""

    def __init__(self) -> None:
        self.handlers: dict[int, Callable[[int, object], None]] = {}
        self.children: list[subprocess.Popen[bytes]] = []
        self.on_sleep: Callable[[], None] = lambda: None

    def popen(self, command: list[str]) -> subprocess.Popen[bytes]:
        child = subprocess.Popen(command)
        self.children.append(child)
        return child

    def sleep(self, seconds: float) -> None:
        time.sleep(0.005)
        self.on_sleep()

    def told(self, number: int) -> None:
        self.handlers[number](number, None)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    made = Watch()
    monkeypatch.setattr(serve, "time", SimpleNamespace(sleep=made.sleep))
    stands_in = SimpleNamespace(
        signal=made.handlers.__setitem__, SIGTERM=signal.SIGTERM, SIGINT=signal.SIGINT
    )
    monkeypatch.setattr(serve, "signal", stands_in)
    process = SimpleNamespace(Popen=made.popen, TimeoutExpired=subprocess.TimeoutExpired)
    monkeypatch.setattr(serve, "subprocess", process)
    return made


@pytest.mark.parametrize("code", [0, 3])
def test_when_one_child_ends_all_end_and_its_code_is_told(watch: Watch, code: int) -> None:
    assert serve.supervise([python(FOREVER), python(f"raise SystemExit({code})")]) == code
    first, second = (child.returncode for child in watch.children)
    assert (first, second) == (-signal.SIGTERM, code)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_ends_the_children_and_that_is_no_failure(watch: Watch, number: int) -> None:
    watch.on_sleep = lambda: watch.told(number)
    assert serve.supervise([python(FOREVER), python(FOREVER)]) == 0
    assert [child.returncode for child in watch.children] == [-signal.SIGTERM] * 2


def test_a_child_that_does_not_want_to_end_is_ended(
    watch: Watch, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(serve, "PATIENCE_SECONDS", 0.05)
    ready = tmp_path / "ready"
    deaf = (
        f"import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nopen({str(ready)!r}, 'w')\n{FOREVER}"
    )
    watch.on_sleep = lambda: watch.told(signal.SIGTERM) if ready.exists() else None
    assert serve.supervise([python(deaf)]) == 0
    assert watch.children[0].returncode == -signal.SIGKILL


@pytest.fixture
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path / "var")
    monkeypatch.setattr(settings, "STATIC_ROOT", tmp_path / "var" / "static")
    return tmp_path / "var"


def test_it_makes_folders_tables_and_catalogue_ready_and_may_do_so_again(
    own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(serve, "migrate", lambda: done.append("migrate"))
    monkeypatch.setattr(serve, "compile_catalogue", lambda: done.append("catalogue"))
    serve.prepare()
    serve.prepare()
    assert (own_folders / "static").is_dir()
    assert done == ["migrate", "catalogue"] * 2


def test_pages_and_worker_are_served_where_they_were_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[list[str]] = []

    def supervise(commands: list[list[str]]) -> int:
        started.extend(commands)
        return 7

    monkeypatch.setattr(serve, "prepare", lambda: started.append(["prepared"]))
    monkeypatch.setattr(serve, "supervise", supervise)
    assert main(["serve", "--host", "0.0.0.0", "--port", "8123", "--workers", "3"]) == 7
    prepared, pages, worker = started
    assert prepared == ["prepared"]
    options = dict(zip(pages[1::2], pages[2::2], strict=False))
    assert (options["--host"], options["--port"], options["--workers"]) == ("0.0.0.0", "8123", "3")
    assert pages[-1] == "xiuhua.conf.wsgi:application"
    assert worker[1:] == ["worker"]
    assert all(Path(command[0]).is_file() for command in (pages, worker))


def test_the_port_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def supervise(commands: list[list[str]]) -> int:
        asked.extend(commands)
        return 0

    monkeypatch.setenv("PORT", "8456")
    monkeypatch.setattr(serve, "prepare", lambda: None)
    monkeypatch.setattr(serve, "supervise", supervise)
    assert main(["serve"]) == 0
    assert asked[0][asked[0].index("--port") + 1] == "8456"


@pytest.mark.parametrize(
    ("known", "told"),
    [("", "http://127.0.0.1:9001/files/"), ("https://bureau.test/f/", "https://bureau.test/f/")],
)
def test_stations_are_told_of_the_intake_that_is_served_beside_the_pages(
    monkeypatch: pytest.MonkeyPatch, known: str, told: str
) -> None:
    monkeypatch.setenv("XIUHUA_TUS_URL", known)
    if not known:
        monkeypatch.delenv("XIUHUA_TUS_URL")
    started: list[Sequence[str]] = []

    def supervise(commands: Sequence[Sequence[str]]) -> int:
        started.extend(commands)
        return 0

    monkeypatch.setattr(serve, "prepare", lambda: None)
    monkeypatch.setattr(serve, "supervise", supervise)
    assert main(["serve", "--tus", "9001"]) == 0
    assert os.environ["XIUHUA_TUS_URL"] == told
    assert any("xiuhua.conf.tus:application" in command for command in started)
