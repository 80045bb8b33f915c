"""Traps for every test, loaded by pytest before anything else (`-p` in pyproject.toml).

1. No test reaches the world: a connection that leaves this machine is an error that names it.
2. In CI nothing is skipped: a test that skips there has failed.
3. Tests that need PostgreSQL are left out where the suite runs on SQLite; tests that ask no database are left out on
   PostgreSQL, where they would say what they said on SQLite. Both are counted as deselected.
   Tests of pages and of the API that ask a database are slow ones: they would be half of the fast suite.
   What a fast test covers was measured on SQLite, so that on PostgreSQL it need not be.
4. Hypothesis searches the same examples everywhere, so that a red run is red again; the fast suite searches fewer.
5. At the end, the tests that were slower than the aim are named, and the suite's folder is removed.
"""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings

# Where tests look at whole pages and answers.
HOUSE = Path(__file__).parents[2]
FACES = (HOUSE / "web", HOUSE / "api", HOUSE.parent / "tests" / "architecture" / "test_visible_routes.py")
AIM_SECONDS = 0.1
SLOWEST_SHOWN = 8

_patches = pytest.MonkeyPatch()


class OutsideWorld(RuntimeError):
    """A test tried to leave this machine."""


def stays_here(address: object) -> bool:
    """Whether a socket address is a Unix socket or lies on the loopback."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    if host in {"", "localhost"}:
        return True
    try:
        ip = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return ip.is_loopback or ip.is_unspecified


def _guarded(call: Callable[..., Any], position: int) -> Callable[..., Any]:
    """`call`, refusing an address outside; the address is the argument at `position`."""

    def guard(*args: Any, **kwargs: Any) -> Any:
        if len(args) > position and not stays_here(args[position]):
            raise OutsideWorld(f"a test tried to reach {args[position]}")
        return call(*args, **kwargs)

    return guard


def _resolve(host: Any, *args: Any, **kwargs: Any) -> Any:
    name = host.decode() if isinstance(host, bytes) else host
    if name is not None and not stays_here((name,)):
        raise OutsideWorld(f"a test tried to look up {name}")
    return _getaddrinfo(host, *args, **kwargs)


_getaddrinfo = socket.getaddrinfo


# First, so that hypothesis finds the profile that it was asked for on the command line.
@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    for name in ("connect", "connect_ex"):
        _patches.setattr(socket.socket, name, _guarded(getattr(socket.socket, name), 1))
    _patches.setattr(socket, "getaddrinfo", _resolve)
    # How long an example takes tells of the machine, not of the code.
    slow = [hypothesis.HealthCheck.too_slow]
    hypothesis.settings.register_profile(
        "house", derandomize=True, deadline=None, database=None, suppress_health_check=slow
    )
    hypothesis.settings.register_profile("quick", hypothesis.settings.get_profile("house"), max_examples=20)
    hypothesis.settings.load_profile("house")


def pytest_unconfigure(config: pytest.Config) -> None:
    _patches.undo()
    if os.environ.get("SUITE_FOLDER_OF") == str(os.getpid()):
        shutil.rmtree(settings.VAR_DIR, ignore_errors=True)


def in_ci() -> bool:
    return os.environ.get("CI") == "true"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and in_ci() and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and in CI nothing is: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if report.skipped and in_ci():
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid} was skipped, and in CI nothing is: {report.longrepr}"
    return report


def asks_a_database(item: pytest.Item) -> bool:
    """Whether a test asks the suite's database, through a fixture or by processes that it starts."""
    fixtures = {"db", "transactional_db", "django_db_setup"} & set(getattr(item, "fixturenames", ()))
    return bool(fixtures) or any(map(item.get_closest_marker, ("django_db", "processes", "pg")))


def is_a_face(item: pytest.Item) -> bool:
    """Whether a test looks at a page or an answer of the API with a bureau behind it: most of the time of the suite."""
    return any(item.path.is_relative_to(face) for face in FACES)


def belongs_here(item: pytest.Item, on_postgresql: bool) -> bool:
    if on_postgresql:
        return asks_a_database(item) and not item.get_closest_marker("sqlite")
    return not item.get_closest_marker("pg")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    on_postgresql = "postgresql" in settings.DATABASES["default"]["ENGINE"]
    for item in filter(asks_a_database, items):
        item.add_marker("database")
        if is_a_face(item):
            item.add_marker("slow")
            item.add_marker("face")
        if on_postgresql and not any(map(item.get_closest_marker, ("slow", "pg"))):
            item.add_marker("no_cover")
    left_out = [item for item in items if not belongs_here(item, on_postgresql)]
    if left_out:
        items[:] = [item for item in items if belongs_here(item, on_postgresql)]
        config.hook.pytest_deselected(items=left_out)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the slowest tests of the fast suite that took longer than the aim."""
    reports = [r for kind in ("passed", "failed") for r in terminalreporter.getreports(kind)]
    slow = sorted(
        (r for r in reports if r.when == "call" and r.duration > AIM_SECONDS and not _is_slow_by_name(r)),
        key=lambda r: -r.duration,
    )
    if not slow:
        return
    terminalreporter.write_line(f"{len(slow)} tests took longer than {AIM_SECONDS} s; the slowest:")
    for report in slow[:SLOWEST_SHOWN]:
        terminalreporter.write_line(f"  {report.duration:5.2f} s  {report.nodeid}")


def _is_slow_by_name(report: pytest.TestReport) -> bool:
    return bool({"slow", "journey"} & set(report.keywords))
