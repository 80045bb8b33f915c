"""Runs every gate: `python -m tools.check [NAME…]`. Two run at a time; each says what it found.

The coverage gate reuses what `make test` measured, if no file changed since; else the fast and the slow tests run
once more on SQLite, with coverage, before it.
"""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tools import measured, suite
from tools.debts import DEBTS

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = sys.executable
GATES = (
    "file_length",
    "function_length",
    "local_imports",
    "dependencies",
    "addresses",
    "vendored",
    "language",
    "docs",
    "glossary",
)


@dataclass(frozen=True, slots=True)
class Check:
    """A command that fails when its rule is broken, and how to mend what it finds."""

    name: str
    command: list[str]
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    name: str
    code: int
    said: str
    seconds: float
    mend: str


def checks() -> list[Check]:
    """All checks, the longest first."""
    migrations = "Change the models and their migration together: .venv/bin/xiuhua manage makemigrations"
    return [
        Check("types", [f"{BIN}/mypy"], "Every file is typed; there is no baseline."),
        Check("lint", [f"{BIN}/ruff", "check"], "make format mends what can be mended by itself."),
        Check("format", [f"{BIN}/ruff", "format", "--check"], "make format"),
        Check(
            "imports",
            [f"{BIN}/lint-imports", "importlinter.toml", "--no-logo", "--no-cache"],
            "See ARCHITECTURE.md.",
        ),
        Check("migrations", [PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run"], migrations),
        *(Check(name, [PYTHON, "-m", f"tools.gates.{name}"]) for name in GATES),
    ]


def run(check: Check) -> Verdict:
    start = time.monotonic()
    environment = {
        **suite.environment(),
        "DJANGO_SETTINGS_MODULE": "xiuhua.conf.settings_test",
        "XIUHUA_VAR_DIR": str(ROOT / "var" / "check"),
    }
    done = subprocess.run(
        check.command, check=False, capture_output=True, text=True, cwd=ROOT, env=environment
    )
    return Verdict(
        check.name, done.returncode, done.stdout + done.stderr, time.monotonic() - start, check.mend
    )


def show(verdict: Verdict) -> None:
    print(f"{'RED ' if verdict.code else 'kept'}  {verdict.name}  ({verdict.seconds:.1f} s)", flush=True)
    if verdict.code:
        print(verdict.said.rstrip())
        if verdict.mend:
            print(f"{verdict.name}: {verdict.mend}")
        print(flush=True)


def measure() -> Verdict:
    """Make the coverage data fresh."""
    tree = measured.digest(ROOT)
    outcomes = [suite.run(one) for one in (suite.ALONE, suite.MEASURED_SLOW)]
    code = max(outcome.code for outcome in outcomes)
    if not code:
        measured.mark(ROOT, tree)
    seconds = sum(outcome.seconds for outcome in outcomes)
    return Verdict("tests with coverage", code, "", seconds, "Mend the tests above first.")


def main(names: list[str]) -> int:
    chosen = [c for c in checks() if not names or c.name in names]
    verdicts: list[Verdict] = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for verdict in pool.map(run, chosen):
            show(verdict)
            verdicts.append(verdict)
    if not names or "coverage" in names:
        if not measured.is_fresh(ROOT):
            verdicts.append(measure())
            show(verdicts[-1])
        verdicts.append(run(Check("coverage", [PYTHON, "-m", "tools.gates.coverage"])))
        show(verdicts[-1])
    for name in (v.name for v in verdicts if v.code and v.name in DEBTS):
        print(f"RED, an open debt: {name}: {DEBTS[name]}")
    red = [v.name for v in verdicts if v.code and v.name not in DEBTS]
    print(f"check: {len(verdicts)} gates, " + (f"RED: {', '.join(red)}" if red else "all kept"))
    return 1 if red else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
