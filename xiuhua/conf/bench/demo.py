"""How long the demo takes from the command to the first page, with the whole year in it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx
from django.conf import settings

from xiuhua.conf.bench.measure import Measure
from xiuhua.conf.cli import serve
from xiuhua.simulation.year import Plan

LIMIT_SECONDS = 90
PATIENCE_SECONDS = 600
FIGURES = ("J01", "J02", "J03", "J04")


def measure() -> Sequence[Measure]:
    """`xiuhua demo` twice: from nothing, and again on what is there."""
    plan = Plan()
    rows = plan.summary + plan.ordinary
    return [
        Measure("demo.first", _until_it_answers(), "s", rows, LIMIT_SECONDS),
        Measure("demo.again", _until_it_answers(), "s", rows),
        *_figures(plan.year),
    ]


def _figures(year: int) -> Iterator[Measure]:
    """The figures of the year's cases as the demo tells them; the demo plays nothing else of that year."""
    command = [_xiuhua(), "report", "all", "--year", str(year), "--json"]
    told = subprocess.run(command, env=_environment("demo"), check=True, capture_output=True, text=True)  # noqa: S603 - our own command
    for figure in json.loads(told.stdout):
        if figure["id"] not in FIGURES:
            continue
        yield Measure(
            f"demo.{figure['id']}", figure["value"], figure["measure"], figure["rows"], note=figure["label"]
        )


def _xiuhua() -> str:
    return str(Path(sys.executable).with_name("xiuhua"))


def _environment(*folder: str) -> dict[str, str]:
    """That of a demo under the folder of the bench, or of what lies in it."""
    return {**os.environ, "XIUHUA_VAR_DIR": str(Path(settings.VAR_DIR, "bench", *folder))}


def _until_it_answers() -> float:
    port = serve.free_port()
    command = [_xiuhua(), "demo", "--port", str(port)]
    began = time.perf_counter()
    process = subprocess.Popen(command, env=_environment(), stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
    try:
        while time.perf_counter() - began < PATIENCE_SECONDS and process.poll() is None:
            if _answers(port):
                return round(time.perf_counter() - began, 1)
            time.sleep(0.2)
        raise RuntimeError(f"the demo did not answer; exit code {process.poll()}")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/login/", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False
