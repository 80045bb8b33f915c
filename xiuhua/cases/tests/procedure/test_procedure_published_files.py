"""The published example files, cut into steps, run through the tables of their day to the archive."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from xiuhua.cases.procedure.file import STEP
from xiuhua.cases.procedure.walk import replay
from xiuhua.cases.tests.procedure.samples import base_of, ordinary_steps, published, summary_steps
from xiuhua.cases.tests.procedure.setting import setting_for

NAMES = [
    "F1",
    "F2",
    "F3",
    *(f"F1+X{n}" for n in (4, 7, 13)),
    *(f"F2+X{n}" for n in (1, 3, 5, 8, 10, 14)),
    *(f"F3+X{n}" for n in (2, 6, 15)),
]


def _holds(whole: Any, part: Any) -> bool:
    """Whether everything in `part` stands in `whole` too; lists in any order."""
    if isinstance(part, Mapping):
        return isinstance(whole, Mapping) and all(k in whole and _holds(whole[k], v) for k, v in part.items())
    if isinstance(part, list):
        return isinstance(whole, list) and all(any(_holds(w, p) for w in whole) for p in part)
    return bool(whole == part)


@pytest.mark.parametrize("name", NAMES)
def test_a_published_lawful_file_replays_to_the_archive(name: str) -> None:
    file = published()[name]
    procedure = file["case"]["procedure"]
    steps = summary_steps(file) if procedure == "summary" else ordinary_steps(file)
    run = replay(procedure, steps, base_of(file), setting_for)
    assert run.faults == ()
    assert run.state == "closed"
    assert [m.id for m, _ in run.made] == [s.move for s in steps]
    lost = {
        k
        for k, v in file.items()
        if k not in ("reconsideration", "litigation") and not _holds(run.file[k], v)
    }
    assert lost == set()
    assert run.file[STEP] == steps[-1].facts
