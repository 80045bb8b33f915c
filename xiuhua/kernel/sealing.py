"""The sealer: appends what is new in the record to the Merkle log and signs where the log stands.

One batch (`seal`):
1. Read the entries that are not sealed yet, oldest id first. No transaction, no lock.
2. Take the lease on the head of the log by conditional update. Whoever fails lets the other one work.
3. Hash the leaves, grow the tiles, sign the checkpoint. No transaction, no lock.
4. In one short transaction move the head on, if it still stands where we began, and write leaves, tiles, checkpoint.
   On SQLite these few milliseconds are all that an act may have to wait.
5. Publish the checkpoint as a file, so that a database that was cut back is noticed.

What "not sealed yet" means. On SQLite one writes at a time: ids appear in order, and everything up to the last sealed
id is settled. On PostgreSQL an entry with a smaller id may appear after one with a larger id, while its transaction
runs. So the head keeps two marks: up to `settled` everything is sealed or will never exist; `watched_id` is the
largest id seen, and `watched_xid` the transaction number that was next at that time. Every transaction that holds a
smaller id has a smaller number (`guards`, 4); once none of those runs, `watched_id` is settled. An entry that turns
up at or below `settled` was put there by hand: it is never sealed, and `verify` names it.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, partial
from typing import Any

from django.db import Error, close_old_connections, connection, models, transaction

from xiuhua.kernel import clock, keys, leaves, merkle, rows, tiles
from xiuhua.kernel.models import Checkpoint, Leaf, LogHead, Tile
from xiuhua.kernel.notes import Head

BATCH = 4096
PAUSE_SECONDS = 0.4
LEASE = timedelta(seconds=10)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Marks:
    """What the head keeps about ids (see above)."""

    settled: int
    watched_id: int
    watched_xid: int


def head() -> LogHead:
    """The head of the log; made, with its name and key, when the log begins."""
    found = LogHead.objects.filter(pk=1).first()
    if found is not None:
        return found
    origin = f"xiuhua-record/{secrets.token_hex(4)}"
    key = str(keys.signer(origin).verifier)
    return LogHead.objects.get_or_create(pk=1, defaults={"origin": origin, "verifier_key": key})[0]


def load_tile(level: int, index: int) -> bytes:
    """The bytes of a tile; empty where there is none."""
    data = Tile.objects.filter(level=level, index=index).values_list("data", flat=True).first()
    return bytes(data or b"")


def seal() -> int:
    """Seal one batch; how many entries were sealed.

    Raises keys.KeyMissing if the key of this log is not here, keys.CutBack if the database was put back.
    """
    at = head()
    oldest_running = _oldest_running()
    pending = _pending(at)
    marks = _marks(at, pending, oldest_running)
    if not pending and marks.settled == at.settled:
        return 0
    if not _lease():
        return 0
    keys.must_hold(at.origin, at.size)
    hashes = [merkle.leaf_hash(leaves.leaf_bytes(row)) for row in pending]
    changed = tiles.extend(at.size, hashes, load_tile)
    signed = _checkpoint(at, len(pending), changed) if pending else None
    if not _write(at, marks, [row[0] for row in pending], changed, signed):
        return 0
    if signed is not None:
        transaction.on_commit(partial(keys.publish, at.origin, signed.note))
    return len(pending)


def seal_all() -> int:
    """Seal until nothing is left; how many entries were sealed."""
    total = 0
    while sealed := seal():
        total += sealed
    return total


def run(stop: threading.Event) -> None:
    """Seal until `stop` is set. A database that is away for a while is waited for."""
    while not stop.is_set():
        close_old_connections()
        try:
            more = seal() == BATCH
        except Error:
            log.exception("the record could not be sealed; trying again")
            connection.close()
            more = False
        if not more:
            stop.wait(PAUSE_SECONDS)
    connection.close()


@cache
def _name(process: int, thread: int) -> str:
    return f"{socket.gethostname()[:30]}:{process}:{thread % 10**9}"


def _me() -> str:
    return _name(os.getpid(), threading.get_ident())


def _lease() -> bool:
    now = clock.now()
    free = models.Q(holder=_me()) | models.Q(lease_until__isnull=True) | models.Q(lease_until__lt=now)
    return bool(LogHead.objects.filter(free, pk=1).update(holder=_me(), lease_until=now + LEASE))


def _pending(at: LogHead) -> list[Sequence[Any]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {leaves.columns(connection)} FROM kernel_recordentry e WHERE e.id > %s "  # noqa: S608 - our own names
            "AND NOT EXISTS (SELECT 1 FROM kernel_leaf l WHERE l.entry_id = e.id) ORDER BY e.id LIMIT %s",
            [at.settled, BATCH],
        )
        return list(cursor.fetchall())


def _snapshot(what: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_snapshot_{what}(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])


def _oldest_running() -> int:
    """The number of the oldest transaction that still runs; 0 where it does not matter."""
    return _snapshot("xmin") if connection.vendor == "postgresql" else 0


def _marks(at: LogHead, pending: Sequence[Sequence[Any]], oldest_running: int) -> Marks:
    """The marks after `pending` is sealed. `oldest_running` was read before `pending`."""
    top = max(pending[-1][0] if pending else 0, at.watched_id)
    if connection.vendor != "postgresql":
        return Marks(pending[-1][0] if pending else at.settled, 0, 0)
    marks = Marks(at.settled, at.watched_id, at.watched_xid)
    if marks.watched_id > marks.settled and oldest_running >= marks.watched_xid:
        seen = pending[-1][0] if len(pending) == BATCH else marks.watched_id
        marks = Marks(max(marks.settled, min(seen, marks.watched_id)), marks.watched_id, marks.watched_xid)
    if not pending and marks.settled == at.settled:
        return marks
    next_number = _snapshot("xmax")
    # A database restored from a copy counts its transactions anew, from a smaller number.
    if marks.watched_id <= marks.settled or next_number < marks.watched_xid:
        return Marks(marks.settled, top, next_number)
    return marks


def _checkpoint(at: LogHead, n: int, changed: dict[tuple[int, int], bytes]) -> Checkpoint:
    """The signed checkpoint after `n` more leaves; not saved yet."""

    def load(level: int, index: int) -> bytes:
        return changed[level, index] if (level, index) in changed else load_tile(level, index)

    root = merkle.root_at(at.size + n, tiles.reader(load))
    signer = keys.signer_of(at.origin, at.verifier_key)
    note = signer.sign(str(Head(at.origin, at.size + n, root)))
    return Checkpoint(size=at.size + n, root=root.hex(), note=note, made_at=clock.now())


def _write(
    at: LogHead,
    marks: Marks,
    entry_ids: Sequence[int],
    changed: dict[tuple[int, int], bytes],
    signed: Checkpoint | None,
) -> bool:
    """Step 4; False if the head has moved meanwhile."""
    with transaction.atomic():
        ours = LogHead.objects.filter(pk=1, holder=_me(), size=at.size)
        moved = ours.update(
            size=at.size + len(entry_ids),
            settled=marks.settled,
            watched_id=marks.watched_id,
            watched_xid=marks.watched_xid,
        )
        if not moved:
            return False
        rows.insert(Leaf, ("index", "entry_id"), enumerate(entry_ids, start=at.size))
        for (level, index), data in changed.items():
            said = {"data": data, "width": len(data) // tiles.HASH}
            if not Tile.objects.filter(level=level, index=index).update(**said):
                Tile(level=level, index=index, **said).save(force_insert=True)
        if signed is not None:
            signed.save(force_insert=True)
    return True
