"""Reads the sealed log in its own order, leaf by leaf with the entry it stands for, hashed anew."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.db import DatabaseError, connection, connections

from xiuhua.kernel import leaves
from xiuhua.kernel.merkle import complete, leaf_hash
from xiuhua.kernel.models import Leaf, Tile
from xiuhua.kernel.tiles import HASH, WIDTH, split

# Leaves read at a time: a whole number of tiles, small enough that nothing is held for long.
SPAN = 16 * WIDTH
# Leaves that one process reads before it takes the next stretch.
STRETCH = 4 * SPAN
NO_HASH = bytes(HASH)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Leaves `base`, base + 1 …: the id of each one's entry (0: the leaf is gone) and the hash of what it says now.

    The hash is NO_HASH where the entry is gone or cannot be read.
    """

    base: int
    entry_ids: list[int]
    hashes: list[bytes]

    def stored(self) -> bytes:
        """The hashes that the tiles hold for these leaves, NO_HASH where they hold none."""
        first, after = self.base // WIDTH, (self.base + len(self.hashes) - 1) // WIDTH + 1
        found = Tile.objects.filter(level=0, index__gte=first, index__lt=after).values_list("index", "data")
        kept = {index: bytes(data).ljust(WIDTH * HASH, b"\0") for index, data in found}
        whole = b"".join(kept.get(i, NO_HASH * WIDTH) for i in range(first, after))
        return whole[: len(self.hashes) * HASH]


def chunks(size: int, start: int = 0) -> Iterator[Chunk]:
    """The leaves from `start` up to `size`. A chunk always has its full length, with gaps where leaves are gone."""
    for base in range(start, size, SPAN):
        end = min(size, base + SPAN)
        found = _rows(base, end)
        try:
            whole = Chunk(
                base, [row[0] for row in found], [leaf_hash(leaves.leaf_bytes(row)) for row in found]
            )
        except (TypeError, AttributeError, ValueError):
            whole = Chunk(base, [], [])
        yield whole if len(whole.hashes) == end - base else _with_gaps(base, end, found)


def _rows(start: int, end: int) -> list[Sequence[Any]]:
    """The entries of the leaves start … end - 1, in their order.

    Where a row is no text (SQLite keeps any bytes) it is left out.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {leaves.columns(connection)} FROM kernel_leaf l "  # noqa: S608 - our own names
                "JOIN kernel_recordentry e ON e.id = l.entry_id "
                'WHERE l."index" >= %s AND l."index" < %s ORDER BY l."index"',
                [start, end],
            )
            return list(cursor.fetchall())
    except DatabaseError as error:
        if "decode" not in str(error):
            raise
        if end - start == 1:
            return []
        middle = (start + end) // 2
        return _rows(start, middle) + _rows(middle, end)


def _with_gaps(base: int, end: int, found: Sequence[Sequence[Any]]) -> Chunk:
    entry_ids, hashes = [0] * (end - base), [NO_HASH] * (end - base)
    places = dict(Leaf.objects.filter(index__gte=base, index__lt=end).values_list("entry_id", "index"))
    for entry_id, index in places.items():
        entry_ids[index - base] = entry_id
    for row in found:
        hashes[places[row[0]] - base] = _hash(row)
    return Chunk(base, entry_ids, hashes)


def _hash(row: Sequence[Any]) -> bytes:
    try:
        return leaf_hash(leaves.leaf_bytes(row))
    except (TypeError, AttributeError, ValueError):
        return NO_HASH


@dataclass(frozen=True, slots=True)
class Difference:
    """A leaf whose hash is not the stored one. `entry_id` is 0 where the leaf itself is gone."""

    index: int
    entry_id: int
    now: bytes
    sealed: bytes


@dataclass
class Part:
    """A stretch of the log as read: the roots of its full tiles, the hashes after them, what differs from the tiles."""

    tops: list[bytes] = field(default_factory=list)
    tail: list[bytes] = field(default_factory=list)
    different: list[Difference] = field(default_factory=list)


def _read_part(stretch: tuple[int, int]) -> Part:
    part = Part()
    for chunk in chunks(stretch[1], stretch[0]):
        stored = chunk.stored()
        if b"".join(chunk.hashes) != stored:
            each = zip(count(chunk.base), chunk.entry_ids, chunk.hashes, split(stored), strict=False)
            part.different.extend(Difference(*four) for four in each if four[2] != four[3])
        whole = len(chunk.hashes) // WIDTH * WIDTH
        part.tops.extend(complete(chunk.hashes[i : i + WIDTH]) for i in range(0, whole, WIDTH))
        part.tail = chunk.hashes[whole:]
    return part


def read_all(size: int, processes: int) -> Part:
    """The whole log, read by so many processes."""
    stretches = [(start, min(size, start + STRETCH)) for start in range(0, size, STRETCH)]
    if processes > 1 and len(stretches) > 1:
        # A connection cannot be shared with a child; each opens its own, and so do we again.
        connections.close_all()
        # Rows form no cycles; looking for some among them costs a tenth of the time.
        with multiprocessing.get_context("fork").Pool(processes, initializer=gc.disable) as pool:
            parts = pool.map(_read_part, stretches, chunksize=1)
    else:
        parts = [_read_part(stretch) for stretch in stretches]
    all_ = Part(tail=parts[-1].tail if parts else [])
    for part in parts:
        all_.tops.extend(part.tops)
        all_.different.extend(part.different)
    return all_
