"""A long file worked stretch by stretch, in several processes where there is much of it.

Every stretch is prepared beside the others; what it does with the database it does in its turn, one stretch at a time
and in the order of the file. So the outcome is that of one process, and a run that is killed leaves a whole beginning.
"""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

from django.db import connection, connections

Row = TypeVar("Row")
Result = TypeVar("Result")
Numbered = Sequence[tuple[int, Row]]
# Rows with their numbers, packed for the way to another process: unpacked where somebody goes through them.
Stretch = Iterable[tuple[int, Row]]
Turn = AbstractContextManager[object]
Work = Callable[[Numbered[Row], Turn], Result]

# Stretches that wait for each process.
AHEAD = 2
# Bytes from which a file is worth the start of more processes: some thousand rows, packed.
LARGE = 500_000
_BROKEN = -1
_context = get_context("fork")


class OutOfTurn(RuntimeError):
    """An earlier stretch failed, so this one does nothing."""


class _Turns:
    """Whose turn it is, for all processes together."""

    def __init__(self) -> None:
        self.changed = _context.Condition()
        self.now = _context.Value("q", 0, lock=False)

    @contextmanager
    def of(self, place: int) -> Iterator[None]:
        with self.changed:
            self.changed.wait_for(lambda: self.now.value in {place, _BROKEN})
            broken = self.now.value == _BROKEN
        if broken:
            raise OutOfTurn
        after = _BROKEN
        try:
            yield
            after = place + 1
        finally:
            with self.changed:
                self.now.value = after
                self.changed.notify_all()


# What the forked processes do; set before they begin, never afterwards.
_shared: list[tuple[Work[Any, Any], _Turns]] = []


def _one(place: int, stretch: Stretch[Any]) -> Any:
    work, turns = _shared[0]
    return work(list(stretch), turns.of(place))


def workers_for(path: Path) -> int:
    """How many processes a file deserves, 0 for none but this one.

    A database in memory, and a transaction that is open, belong to this process alone.
    """
    in_memory = connection.vendor == "sqlite" and connection.is_in_memory_db()  # type: ignore[attr-defined] # SQLite's has it
    if connection.in_atomic_block or in_memory or path.stat().st_size < LARGE:
        return 0
    return min(2, os.cpu_count() or 1)


def cut(rows: Iterable[Row], size: int) -> Iterator[list[tuple[int, Row]]]:
    """Rows in stretches of `size`, numbered from 1."""
    numbered = enumerate(rows, 1)
    while stretch := list(islice(numbered, size)):
        yield stretch


def through(
    stretches: Iterable[Stretch[Row]], work: Work[Row, Result], *, workers: int = 0
) -> Iterator[Result]:
    """What `work` makes of each stretch, in the order of the file.

    `work(stretch, turn)` must write within `with turn:` only, and enter it exactly once. With `workers` processes
    stretches and what it gives back are pickled. Whatever it raises ends the run.
    """
    if not workers:
        yield from (work(list(stretch), nullcontext()) for stretch in stretches)
        return
    # A connection cannot be shared with a child; each opens its own, and so do we again.
    connections.close_all()
    _shared[:] = [(work, _Turns())]
    # Rows form no cycles, and what is known stays shared with the children as long as nobody touches it.
    gc.freeze()
    try:
        with ProcessPoolExecutor(workers, mp_context=_context, initializer=gc.disable) as pool:
            yield from _in_order(pool, stretches, workers * AHEAD)
    finally:
        gc.unfreeze()
        _shared.clear()


def _in_order(pool: ProcessPoolExecutor, stretches: Iterable[Stretch[Any]], ahead: int) -> Iterator[Any]:
    """Results in the order of the file; at most `ahead` stretches wait. Left early, the rest is cancelled."""
    waiting: deque[Future[Any]] = deque()
    try:
        for place, stretch in enumerate(stretches):
            waiting.append(pool.submit(_one, place, stretch))
            if len(waiting) > ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()
