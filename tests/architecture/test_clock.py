"""Only the clock asks the time. Measuring how long something took (perf_counter, monotonic) is not asking it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.house import PACKAGE

ASKS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "timezone.now",
    "timezone.localdate",
    "timezone.localtime",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
    "functions.Now",
    "Now",
}


HINT = re.compile(r"\b(utc)?now(_add)?\b|\bNow\b|today|localdate|time\.\w*time|auto_now")


def asked(source: str) -> Iterator[tuple[int, str]]:
    """Line and call of every place that asks the time, also by reference (`default=timezone.now`)."""
    if not HINT.search(source):
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            name = ".".join(ast.unparse(node).split(".")[-2:])
            if name in ASKS:
                yield node.lineno, name
        elif isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
            yield node.value.lineno, node.arg
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ASKS:
            yield node.lineno, node.func.id


@pytest.mark.slow
def test_only_the_clock_asks_the_time() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)}:{line} {name}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path != PACKAGE / "kernel" / "clock.py" and not {"tests", "migrations"} & set(path.parts)
        for line, name in asked(path.read_text())
    ]
    assert not wrong, "take `at` from the caller or kernel.clock: " + "; ".join(wrong)


def test_the_clock_itself_is_seen_to_ask() -> None:
    assert list(asked((PACKAGE / "kernel" / "clock.py").read_text()))


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("datetime.now(UTC)", ["datetime.now"]),
        ("x = dt.datetime.now()", ["datetime.now"]),
        ("date.today()", ["date.today"]),
        ("F(default=timezone.now)", ["timezone.now"]),
        ("F(auto_now_add=True)", ["auto_now_add"]),
        ("time.time()", ["time.time"]),
        ("Now()", ["Now"]),
        ("clock.now()", []),
        ("time.perf_counter() - time.monotonic()", []),
    ],
)
def test_it_tells_asking_from_measuring(source: str, names: list[str]) -> None:
    assert [name for _, name in asked(source)] == names
