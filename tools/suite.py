"""Runs the suites: `python -m tools.suite [fast]`.

fast        the fast suite on SQLite; said aloud when it takes more than 60 s
(nothing)   1. the fast suite and every test that asks no database, on SQLite
            2. every test that asks a database, fast and slow, on a PostgreSQL of its own; of the walks that no database
               changes a few
            3. those walks, and slow tests that ask a database, on SQLite, but for pages and answers of the API, which
               the journeys open there
            4. the journeys in Chromium, whose driver keeps an event loop, in which Django's database may not be asked
            1 and 2 measure coverage together.
            Where Chromium is not found the journeys are left out and that is said; in CI it is a failure.
Each pass shows pytest's own lines. The last line counts all passes together.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tools import measured
from tools.debts import DEBTS
from xiuhua.conf.testing.chromium import find_chromium

ROOT = Path(__file__).resolve().parent.parent
FAST_SECONDS = 60
NO_TESTS = 5
CLOSING = re.compile(r"(\d+) (passed|failed|errors?)\b")
PYTEST = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal"]
MEASURED = ["--cov", "--cov-report=", "--cov-config=pyproject.toml"]


@dataclass(frozen=True, slots=True)
class Pass:
    """One run of pytest: what it is called, its command, and whether an empty choice is right."""

    name: str
    command: list[str]
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a pass counted, how long it took in seconds, and its exit code."""

    passed: int
    failed: int
    seconds: float
    code: int


AND_ON = [*MEASURED, "--cov-append"]
# A fifth of the examples: whoever waits for the answer gets it, and the whole run searches them all.
QUICK = ["--hypothesis-profile", "quick"]
FAST = Pass("fast suite on SQLite", [*PYTEST, *QUICK, "-m", "not journey and not slow"])
ALONE = Pass(
    "fast tests, and all that ask no database, on SQLite, with coverage",
    [*PYTEST, *MEASURED, "-m", "not journey and not (slow and database)"],
)
# Slow tests that ask a database are measured on PostgreSQL: coverage would cost them half as much time again.
SLOW = Pass(
    "slow tests on SQLite",
    [*PYTEST, "-m", "slow and database and not journey and (sqlite or not face)"],
    may_be_empty=True,
)
MEASURED_SLOW = Pass(
    "slow tests on SQLite, with coverage",
    [*PYTEST, *AND_ON, "-m", "slow and database and not journey"],
    may_be_empty=True,
)
BESIDE = [sys.executable, "tools/postgres.py", "--"]
# The sealer waits for the oldest transaction of the whole server, so its suite must be alone there.
SEALER = "xiuhua/kernel/tests/test_sealing.py"
POSTGRES = Pass(
    "tests that ask a database on PostgreSQL, with coverage",
    [*BESIDE, *PYTEST, *AND_ON, "-m", "not journey", "--ignore", SEALER],
)
SEALING = Pass(
    "the sealer on PostgreSQL, alone",
    [*BESIDE, sys.executable, "-m", "pytest", "-q", *AND_ON, SEALER],
)
MEASURING = (ALONE, POSTGRES, SEALING)
JOURNEYS = Pass("journeys in Chromium", [*PYTEST, "-m", "journey"])


def counted(closing: str) -> tuple[int, int]:
    """Passed and failed of a closing line of pytest; an error counts as a failure."""
    numbers = {"passed": 0, "failed": 0}
    for number, word in CLOSING.findall(closing):
        numbers["passed" if word == "passed" else "failed"] += int(number)
    return numbers["passed"], numbers["failed"]


def environment() -> dict[str, str]:
    """The environment of a pass: nothing of the caller's own bureau reaches the suite."""
    return {name: value for name, value in os.environ.items() if not name.startswith("XIUHUA_")}


def run(one: Pass) -> Outcome:
    """Run a pass, showing its lines as they come."""
    print(f"\n=== {one.name}", flush=True)
    start = time.monotonic()
    closing = ""
    with subprocess.Popen(
        one.command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            closing = line if re.search(r" in [\d.]+s", line) else closing
    passed, failed = counted(closing)
    code = 0 if process.returncode == NO_TESTS and one.may_be_empty else process.returncode
    return Outcome(passed, failed, time.monotonic() - start, code)


def chosen(arguments: list[str], chromium: str | None) -> list[Pass]:
    """The passes to run, in order."""
    if arguments == ["fast"]:
        return [FAST]
    return [*MEASURING, SLOW, *([JOURNEYS] if chromium else [])]


def refusals(outcomes: dict[str, Outcome], chromium: str | None, ci: bool, alone: bool) -> list[str]:
    """Why the whole is red: passes that failed, and in CI what a suite may not lack or exceed."""
    why = [f"{name}: exit code {o.code}" for name, o in outcomes.items() if o.code and name not in DEBTS]
    if ci and not chromium and not alone:
        why.append("no Chromium for the journeys: install it (apt-get install chromium) or set CHROMIUM")
    return why


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["fast"]):
        print(__doc__)
        return 2
    chromium = find_chromium()
    alone = arguments == ["fast"]
    tree = measured.digest(ROOT)
    outcomes = {one.name: run(one) for one in chosen(arguments, chromium)}
    why = refusals(outcomes, chromium, os.environ.get("CI") == "true", alone)
    if not alone and not any(outcomes[one.name].code for one in MEASURING):
        measured.mark(ROOT, tree)
    print()
    for name, o in outcomes.items():
        print(f"{o.passed:5d} passed, {o.failed} failed in {o.seconds:4.0f} s  {name}")
    if not alone and not chromium:
        print("The journeys were NOT run: no Chromium found. Install chromium or set CHROMIUM=/path/to/it.")
    if alone and outcomes[FAST.name].seconds > FAST_SECONDS:
        print(f"OVER: the fast suite should take {FAST_SECONDS} s: see its slowest tests above")
    for name in (n for n, o in outcomes.items() if o.code and n in DEBTS):
        print(f"RED, an open debt: {name}: {DEBTS[name]}")
    for reason in why:
        print(f"RED: {reason}")
    passed, failed = sum(o.passed for o in outcomes.values()), sum(o.failed for o in outcomes.values())
    print(f"total: {passed} passed, {failed} failed")
    return 1 if why else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
