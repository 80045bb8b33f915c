"""The traps catch."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tools.gates.fault import ROOT
from xiuhua.conf.testing.traps import OutsideWorld, stays_here


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("/tmp/socket", True),
        (("127.0.0.1", 80), True),
        (("127.8.8.8", 80), True),
        (("::1", 80, 0, 0), True),
        (("localhost", 80), True),
        (("", 80), True),
        (("192.0.2.1", 80), False),
        (("10.0.0.1", 80), False),
        (("2001:db8::1", 80, 0, 0), False),
        (("example.org", 80), False),
    ],
)
def test_it_knows_what_stays_on_this_machine(address: object, here: bool) -> None:
    assert stays_here(address) is here


def test_a_connection_to_the_world_is_an_error() -> None:
    with socket.socket() as outside, pytest.raises(OutsideWorld, match=r"192\.0\.2\.1"):
        outside.connect(("192.0.2.1", 80))
    with socket.socket() as outside, pytest.raises(OutsideWorld):
        outside.connect_ex(("192.0.2.1", 80))


def test_looking_up_a_name_of_the_world_is_an_error() -> None:
    with pytest.raises(OutsideWorld, match=r"example\.org"):
        socket.getaddrinfo("example.org", 80)
    with pytest.raises(OutsideWorld):
        socket.create_connection(("example.org", 80))


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass
    assert socket.getaddrinfo("localhost", 80)


KNOWN = """
import warnings, pytest
def test_passes(): pass
def test_skips(): pytest.skip("no time")
def test_warns(): warnings.warn("careful")
@pytest.mark.pg
def test_wants_postgres(): raise AssertionError
"""
UNKNOWN = KNOWN + "@pytest.mark.unheard_of\ndef test_bad_mark(): pass\n"


def closing(tmp_path: Path, suite: str, ci: str) -> str:
    """The output of a suite of its own, run in the project's configuration."""
    seeded = tmp_path / "test_seeded.py"
    seeded.write_text(suite)
    command = [sys.executable, "-m", "pytest", "-q", "-c", str(ROOT / "pyproject.toml"), str(seeded)]
    environment = {**os.environ, "CI": ci}
    environment.pop("XIUHUA_DATABASE_URL", None)
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT, env=environment)
    return done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ci", "says"),
    [("true", "2 failed, 1 passed, 1 deselected"), ("", "1 failed, 1 passed, 1 skipped, 1 deselected")],
)
def test_warnings_fail_and_in_ci_a_skip_fails_too(tmp_path: Path, ci: str, says: str) -> None:
    said = closing(tmp_path, KNOWN, ci)
    assert says in said, said
    assert ("in CI nothing is" in said) is (ci == "true")


@pytest.mark.slow
def test_a_mark_that_nobody_declared_is_an_error(tmp_path: Path) -> None:
    assert "'unheard_of' not found in `markers`" in closing(tmp_path, UNKNOWN, "")


@pytest.mark.slow
def test_a_suite_that_a_test_starts_leaves_the_folder_of_this_one(tmp_path: Path) -> None:
    mark = Path(settings.VAR_DIR) / "mark"
    mark.touch()
    closing(tmp_path, KNOWN, "")
    assert mark.exists()
