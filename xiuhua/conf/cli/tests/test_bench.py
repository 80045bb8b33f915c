"""`xiuhua bench`: figures of a bench for people and machines, and an exit code that tells of a miss."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from xiuhua.conf.cli import bench, main

# Prints what it is given, as a bench prints its figures, between lines that are none.
SAYS = "import sys; print('warming up', *sys.argv[1:], 'done', sep='\\n')"


def figure(name: str, value: float, limit: float | None, better: str = "lower") -> dict[str, Any]:
    """A figure as a bench prints it."""
    kept = limit is None or (value <= limit if better == "lower" else value >= limit)
    return {
        "name": f"示例.{name}",
        "value": value,
        "unit": "ms",
        "rows": 1200,
        "limit": limit,
        "better": better,
        "note": "",
        "ratio": limit and value / limit,
        "good": None if limit is None else kept,
    }


GOOD = figure("fast", 4.5, 10)
SLOW = figure("slow", 12.0, 10)
RATE = figure("rate", 150_000, 100_000, "higher")
FREE = figure("free", 7, None)

Bench = Callable[..., list[list[str]]]


@pytest.fixture
def a_bench(monkeypatch: pytest.MonkeyPatch) -> Bench:
    """A bench that prints these figures; the commands that were asked for."""

    def stands_in(*figures: Mapping[str, Any]) -> list[list[str]]:
        asked: list[list[str]] = []
        lines = [json.dumps(each) for each in figures]
        real = bench._figures

        def figures_of(command: list[str]) -> Any:
            asked.append(command)
            return real([sys.executable, "-S", "-c", SAYS, *lines])

        monkeypatch.setattr(bench, "_figures", figures_of)
        return asked

    return stands_in


def test_a_figure_within_its_limit_is_told_in_words(
    a_bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = a_bench(GOOD, FREE)
    assert main(["bench", "record"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.split() == ["示例.fast", "4.5", "ms", "n=1,200", "≤", "10", "ok"]
    assert second.split() == ["示例.free", "7", "ms", "n=1,200"]
    assert asked == [[sys.executable, "-m", "xiuhua.conf.bench", "record"]]


def test_a_missed_limit_is_told_and_gives_exit_code_1(
    a_bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    a_bench(SLOW, GOOD)
    assert main(["bench", "documents"]) == 1
    first, second = capsys.readouterr().out.splitlines()
    assert first.endswith("≤ 10  MISSED")
    assert second.endswith("≤ 10  ok")


def test_json_is_one_object_a_line_and_nothing_else(
    a_bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    a_bench(RATE, SLOW)
    assert main(["bench", "demo", "--json"]) == 1
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert found == [RATE, SLOW]


def test_a_rate_has_a_limit_from_below() -> None:
    assert bench.words(RATE).endswith("≥ 100000  ok")


def test_postgresql_is_measured_beside_sqlite_where_it_matters_and_can_be_started(
    a_bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = a_bench()
    launcher = tmp_path / "postgres.py"
    monkeypatch.setattr(bench, "LAUNCHER", launcher)
    assert main(["bench", "lists"]) == 0
    assert len(asked) == 1
    launcher.touch()
    assert main(["bench", "lists"]) == 0
    assert asked[2] == [sys.executable, str(launcher), "--", *asked[1]]
    assert capsys.readouterr().out == ""


def test_all_goes_through_every_bench(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def measured(name: str) -> list[Mapping[str, Any]]:
        asked.append(name)
        return [GOOD]

    monkeypatch.setattr(bench, "measured", measured)
    assert main(["bench", "all", "--json"]) == 0
    assert asked == [*bench.BENCHES, *bench.ONLY_POSTGRESQL]


def test_a_bench_that_breaks_off_tells_why(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = bench._figures
    breaks = [sys.executable, "-S", "-c", "raise SystemExit('示例：no room left')"]
    monkeypatch.setattr(bench, "_figures", lambda command: real(breaks))
    assert main(["bench", "record"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "示例：no room left" in said.err


def test_a_bench_works_in_a_folder_of_its_own_and_not_on_the_bureaus_database(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XIUHUA_VAR_DIR", "/示例/bureau")
    monkeypatch.setenv("XIUHUA_DATABASE_URL", "postgres://示例")
    shows = (
        "import json, os; print(json.dumps({k: v for k, v in os.environ.items() if k.startswith('XIUHUA')}))"
    )
    (seen,) = bench._figures([sys.executable, "-S", "-c", shows])
    assert "XIUHUA_DATABASE_URL" not in seen
    assert "xiuhua-bench-" in seen["XIUHUA_VAR_DIR"]
    assert not os.path.exists(seen["XIUHUA_VAR_DIR"])
