"""The harness itself: setting up, running the suites, PostgreSQL beside a command."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools import check, setup, suite
from tools.gates.fault import ROOT

POSTGRES = [sys.executable, str(ROOT / "tools" / "postgres.py")]


@pytest.mark.parametrize(
    ("version", "has_venv", "says"),
    [
        ((3, 10), True, "needs Python 3.11 or newer, this is 3.10"),
        ((3, 11), False, "apt-get install python3-venv"),
        ((3, 11), True, ""),
        ((3, 13), True, ""),
    ],
)
def test_setup_says_what_the_machine_lacks(version: tuple[int, int], has_venv: bool, says: str) -> None:
    why = setup.refusal(version, has_venv)
    assert (says in why) if says else why == ""


@pytest.mark.parametrize("uv", [None, "/usr/bin/uv"])
def test_every_installed_file_is_checked_against_its_hash(uv: str | None) -> None:
    lock, project = setup.install_commands(Path(".venv/bin/python"), uv)
    assert {"--require-hashes", "-r"} <= set(lock)
    assert {"--no-deps", "--no-build-isolation", "-e"} <= set(project)


@pytest.mark.parametrize(
    ("closing", "numbers"),
    [
        ("12 passed in 3.01s", (12, 0)),
        ("1 failed, 12 passed, 3 deselected in 3.01s", (12, 1)),
        ("=== 2 errors in 0.1s ===", (0, 2)),
        ("no tests ran in 0.1s", (0, 0)),
    ],
)
def test_it_reads_the_closing_line(closing: str, numbers: tuple[int, int]) -> None:
    assert suite.counted(closing) == numbers


def outcome(seconds: float = 10, code: int = 0) -> suite.Outcome:
    return suite.Outcome(passed=1, failed=0, seconds=seconds, code=code)


@pytest.mark.parametrize(
    ("one", "chromium", "ci", "alone", "says"),
    [
        (outcome(), "/usr/bin/chromium", True, False, ""),
        (outcome(code=1), "/usr/bin/chromium", False, False, "exit code 1"),
        (outcome(seconds=61), "/usr/bin/chromium", True, False, ""),
        (outcome(), None, True, False, "no Chromium"),
        (outcome(), None, False, False, ""),
        (outcome(), None, True, True, ""),
    ],
)
def test_a_suite_is_red_for_these_reasons(
    one: suite.Outcome, chromium: str | None, ci: bool, alone: bool, says: str
) -> None:
    why = suite.refusals({suite.FAST.name: one}, chromium, ci, alone)
    assert [says in reason for reason in why] == ([True] if says else [])


def test_journeys_are_chosen_only_with_a_chromium() -> None:
    assert suite.chosen([], "/usr/bin/chromium")[-1] is suite.JOURNEYS
    assert suite.chosen([], None)[-1] is suite.SLOW
    assert suite.chosen(["fast"], None) == [suite.FAST]


def test_a_pass_without_tests_is_red_unless_it_may_be_empty() -> None:
    command = [sys.executable, "-c", "print('no tests ran in 0.01s'); raise SystemExit(5)"]
    assert suite.run(suite.Pass("journeys", command)).code == 5
    assert suite.run(suite.Pass("slow", command, may_be_empty=True)).code == 0


def test_the_caller_s_bureau_does_not_reach_the_suite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIUHUA_DATABASE_URL", "postgres://real/bureau")
    assert not [name for name in suite.environment() if name.startswith("XIUHUA_")]


def test_every_gate_is_run_by_check() -> None:
    folder = ROOT / "tools" / "gates"
    gates = {p.stem for p in folder.glob("*.py") if "GATE = Gate(" in p.read_text()}
    assert gates == {*check.GATES, "coverage"}


def servers(folder: str) -> bool:
    """Whether a process still runs on that cluster."""
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if folder.encode() in line.read_bytes() and b"postgres\0" in line.read_bytes():
                return True
        except OSError:
            continue
    return False


@pytest.mark.slow
def test_a_command_beside_postgres_gets_its_url_and_gives_its_exit_code() -> None:
    program = (
        "import os, psycopg; from urllib.parse import urlsplit, parse_qs;"
        "u = urlsplit(os.environ['XIUHUA_DATABASE_URL']);"
        "c = psycopg.connect(host=parse_qs(u.query)['host'][0], user=u.username, dbname=u.path[1:]);"
        "print(c.execute('select 6 * 7').fetchone()[0], parse_qs(u.query)['host'][0]); raise SystemExit(7)"
    )
    done = subprocess.run(
        [*POSTGRES, "--", sys.executable, "-c", program], check=False, capture_output=True, text=True
    )
    answer, folder = done.stdout.split()
    assert (done.returncode, answer) == (7, "42"), done.stderr
    assert not Path(folder).exists()


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_postgres_stops_when_its_launcher_is_killed(number: signal.Signals) -> None:
    program = "import os, time; print(os.environ['XIUHUA_DATABASE_URL'], flush=True); time.sleep(300)"
    with subprocess.Popen(
        [*POSTGRES, "--", sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as launcher:
        assert launcher.stdout is not None
        folder = launcher.stdout.readline().strip().partition("host=")[2]
        assert servers(folder)
        launcher.send_signal(number)
        deadline = time.monotonic() + 120
        while (servers(folder) or Path(folder).exists()) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not servers(folder)
        assert not Path(folder).exists()
        if number is signal.SIGKILL:
            os.killpg(launcher.pid, signal.SIGKILL)
