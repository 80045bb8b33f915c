"""Rows checked in the order of the file, by several processes where there are many.

Only checking is shared out: it asks no database. What is known is handed to the processes as they are forked.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import date
from itertools import islice
from multiprocessing import get_context

from xiuhua.cases.backfill.checking import Checked, sequence
from xiuhua.cases.backfill.columns import Cells
from xiuhua.cases.backfill.known import Known

STRETCH = 100
AHEAD = 3

Numbered = tuple[int, Cells]

# What the forked processes check against; set before they begin, never afterwards.
_known: list[Known] = []


def _check(stretch: Sequence[Numbered], today: date) -> list[Checked]:
    return sequence(stretch, _known[0], today)


def _stretches(rows: Iterable[Cells]) -> Iterator[list[Numbered]]:
    numbered = enumerate(rows, 1)
    while stretch := list(islice(numbered, STRETCH)):
        yield stretch


def checked(rows: Iterable[Cells], known: Known, today: date, workers: int) -> Iterator[list[Checked]]:
    """The rows in order, a stretch at a time; `workers` processes, 0 to check in this one."""
    if not workers:
        for stretch in _stretches(rows):
            yield sequence(stretch, known, today)
        return
    _known[:] = [known]
    try:
        with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
            yield from _in_order(pool, rows, today, workers * AHEAD)
    finally:
        _known.clear()


def _in_order(
    pool: ProcessPoolExecutor, rows: Iterable[Cells], today: date, ahead: int
) -> Iterator[list[Checked]]:
    """What the processes find, in the order of the rows; at most `ahead` stretches wait. Left early, the rest is
    cancelled.
    """
    waiting: deque[Future[list[Checked]]] = deque()
    try:
        for stretch in _stretches(rows):
            waiting.append(pool.submit(_check, stretch, today))
            if len(waiting) >= ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()
