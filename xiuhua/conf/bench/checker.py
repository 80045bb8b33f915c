"""How fast the file check is, in one process, and how well it finds what is known to be wrong."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from xiuhua.cases.checker.checking import Checker
from xiuhua.cases.checker.folder import law_in, rules_in
from xiuhua.cases.checker.seeded.mixed import mixed
from xiuhua.cases.checker.seeded.score import FILES, LEAST, SEED, inexact, score
from xiuhua.cases.checker.snapshot import read
from xiuhua.conf.bench.measure import Measure

SECONDS = 5.0
FILES_LIMIT = 2_000


def measure() -> Sequence[Measure]:
    """Every rule over 500 random files with none to five defects, again and again, findings and their places told."""
    folder = Path(settings.REFERENCE_DIR)
    law, rules = law_in(folder), rules_in(folder)
    began = time.perf_counter()
    checker = Checker(rules, law)
    compiled = (time.perf_counter() - began) * 1000
    files = list(mixed(FILES, SEED, checker))
    found = score(checker, files)
    exact = len(rules) - len(list(inexact(checker, law)))
    due = found.hits + len(found.missed)
    return [
        Measure(
            "checker.recall",
            round(found.recall, 5),
            "of 1",
            due,
            LEAST,
            "higher",
            "findings that had to come",
        ),
        Measure(
            "checker.precision", round(found.precision, 5), "of 1", due + len(found.extra), LEAST, "higher"
        ),
        Measure(
            "checker.exact",
            exact,
            "rules",
            len(rules),
            len(rules),
            "higher",
            "one defect, nothing else fires",
        ),
        Measure("checker.compile", round(compiled, 1), "ms", len(rules)),
        _speed("checker.files", checker, [read(one.file).file for one in files]),
        _speed("checker.lawful", checker, [read(one.file).file for one in files if not one.expected]),
    ]


def _speed(name: str, checker: Checker, files: Sequence[Mapping[str, Any]]) -> Measure:
    """Files a second of processor time, so that what else runs on the machine does not count."""
    done, began = 0, time.process_time()
    while (took := time.process_time() - began) < SECONDS:
        for file in files:
            checker.check(file)
        done += len(files)
    note = f"one process, {len(checker.rules)} rules each; processor time"
    return Measure(name, round(done / took), "files/s", done, FILES_LIMIT, "higher", note)
