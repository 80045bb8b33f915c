"""Does the record still say what was sealed? Finds any edit, deletion, insertion or reorder, and names the entry.

The measure is the newest checkpoint: its signature, its size and its root.
1. The signature must be that of the log's key, and the log must hold every checkpoint that was published beside the
   key or kept by somebody else (`against`).
2. Every leaf is read with its entry, in the order of the log, and hashed anew. The root over what was read must be
   the signed root. If it is, nothing that was sealed has changed.
3. If it is not, the hashes stored in tiles tell which entries differ. If somebody changed the tiles as well, the
   signed checkpoints on the way tell between which entries the change lies.
4. Entries without a place in the log: one up to the settled id was put there by hand; a later one waits to be sealed.
5. The triggers of the database must be in place.

What this cannot find: what was removed before it was sealed, and a log cut back together with the checkpoint that
lies beside the key. Against the second, keep checkpoints elsewhere.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection, models

from xiuhua.kernel import guards, keys, sealing, tiles
from xiuhua.kernel.merkle import Frontier, complete, root_at
from xiuhua.kernel.models import Checkpoint, Leaf, LogHead, RecordEntry
from xiuhua.kernel.notes import Head, Unsigned, Verifier
from xiuhua.kernel.reading import NO_HASH, Difference, chunks, read_all
from xiuhua.kernel.tiles import HASH, WIDTH

NAMED_AT_MOST = 50


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was sealed. `entry_id` is 0 where no single entry can be named."""

    what: str
    sentence: str
    entry_id: int = 0


@dataclass
class Report:
    """What was seen: `size` sealed entries were read, `waiting` ones are not sealed yet."""

    origin: str = ""
    size: int = 0
    waiting: int = 0
    seconds: float = 0.0
    findings: list[Finding] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.findings

    def add(self, what: str, sentence: str, entry_id: int = 0) -> None:
        if len(self.findings) < NAMED_AT_MOST:
            self.findings.append(Finding(what, sentence, entry_id))


def verify(against: str = "", *, processes: int = 1) -> Report:
    """Check the whole record. `against` is a signed checkpoint that somebody kept.

    More than one process is for a command that has the database to itself: connections are closed and opened anew.
    """
    started = time.perf_counter()
    report = Report()
    for name in guards.missing(connection):
        report.add(
            "guard", f"the trigger {name} is gone or changed, the database no longer protects the record"
        )
    head = LogHead.objects.filter(pk=1).first()
    if head is not None:
        _sealed_part(head, against, report, processes)
    elif Leaf.objects.exists() or Checkpoint.objects.exists():
        report.add("head", "the head of the log is gone")
    _unsealed_part(head, report)
    report.seconds = time.perf_counter() - started
    return report


def _sealed_part(head: LogHead, against: str, report: Report, processes: int) -> None:
    kept = [note for note in (keys.published(head.origin), against) if note]
    head, newest = _newest(head)
    report.origin, report.size = head.origin, head.size
    if newest is None:
        if head.size or kept:
            report.add("checkpoint", "there is no signed checkpoint")
        return
    signed = _signed(newest.note, head, report, "the newest checkpoint")
    if signed is None:
        return
    if not signed.size == newest.size == head.size:
        report.add(
            "checkpoint", f"the newest checkpoint is of {signed.size} entries, the log claims {head.size}"
        )
    report.size = signed.size
    _compare(signed, head, report, processes)
    for note in kept:
        _goes_through(note, signed, head, report)
    for entry_id in Leaf.objects.filter(index__gte=signed.size).values_list("entry_id", flat=True)[
        :NAMED_AT_MOST
    ]:
        if not _grew_meanwhile(signed.size):
            report.add(
                "insertion", f"entry {entry_id} has a place in the log that no checkpoint signs", entry_id
            )


def _grew_meanwhile(size: int) -> bool:
    return Checkpoint.objects.filter(size__gt=size).exists()


def _newest(head: LogHead) -> tuple[LogHead, Checkpoint | None]:
    """Head and newest checkpoint of one moment: the sealer moves both at once, perhaps between our two reads."""
    for _ in range(3):
        newest = Checkpoint.objects.order_by("-size").first()
        if newest is None or newest.size == head.size:
            break
        head = LogHead.objects.get(pk=1)
    return head, newest


def _signed(note: str, head: LogHead, report: Report, what: str) -> Head | None:
    try:
        said = Head.parse(Verifier.parse(head.verifier_key).open(note))
    except Unsigned as error:
        report.add("checkpoint", f"{what} is not signed by the key of this log: {error}")
        return None
    if said.origin == head.origin:
        return said
    report.add("checkpoint", f"{what} is of another log, {said.origin}")
    return None


def _goes_through(note: str, signed: Head, head: LogHead, report: Report) -> None:
    """Step 1 for a checkpoint that was kept elsewhere."""
    said = _signed(note, head, report, "the checkpoint that was kept")
    if said is None:
        return
    if said.size > signed.size:
        lost = said.size - signed.size
        report.add(
            "cut",
            f"a kept checkpoint signs {said.size} entries, the log has {signed.size}: the last {lost} are gone",
        )
    elif said.root != (signed.root if said.size == signed.size else _root_read(said.size)):
        report.add("cut", f"the first {said.size} entries are not those of the checkpoint that was kept")


def _root_read(size: int) -> bytes:
    frontier = Frontier()
    for chunk in chunks(size):
        frontier.extend(chunk.hashes)
    return frontier.root()


def _compare(signed: Head, head: LogHead, report: Report, processes: int) -> None:
    """Steps 2 and 3."""
    read = read_all(signed.size, processes)
    frontier = Frontier()
    frontier.extend(read.tops)
    frontier.size *= WIDTH
    frontier.extend(read.tail)
    sound = frontier.root() == signed.root
    if sound and (read.different or not _upper_tiles_hold(read.tops)):
        report.add("tiles", "stored hashes were changed; the entries themselves are as they were sealed")
    if not sound and (not read.different or _root_of_tiles(signed.size) != signed.root):
        _locate(head, report)
    if not sound:
        _name(read.different, report)


def _upper_tiles_hold(row: Sequence[bytes]) -> bool:
    """Whether the tiles above the lowest level are those over these roots of full tiles."""
    level = 1
    while row:
        pieces = [row[i : i + WIDTH] for i in range(0, len(row), WIDTH)]
        for index, piece in enumerate(pieces):
            if sealing.load_tile(level, index)[: len(piece) * HASH] != b"".join(piece):
                return False
        row = [complete(piece) for piece in pieces if len(piece) == WIDTH]
        level += 1
    return True


def _root_of_tiles(size: int) -> bytes:
    try:
        return root_at(size, tiles.reader(sealing.load_tile))
    except tiles.Torn:
        return b""


def _name(different: Sequence[Difference], report: Report) -> None:
    named = different[:NAMED_AT_MOST]
    place_of = {each.sealed: each.index for each in different}
    there = RecordEntry.objects.filter(pk__in=[each.entry_id for each in named])
    present = set(there.values_list("pk", flat=True))
    for each in named:
        sealed_at = place_of.get(each.now) if each.now != NO_HASH else None
        entry = f"entry {each.entry_id}"
        if not each.entry_id:
            report.add("deletion", f"place {each.index} of the log is empty")
        elif sealed_at is not None:
            text = f"{entry} stands at place {each.index} of the log, it was sealed at place {sealed_at}"
            report.add("reorder", text, each.entry_id)
        elif each.entry_id not in present:
            report.add("deletion", f"{entry} was deleted after it was sealed", each.entry_id)
        else:
            report.add("edit", f"{entry} was changed after it was sealed", each.entry_id)
    if len(different) > NAMED_AT_MOST:
        report.findings[-1] = Finding("more", f"and {len(different) - NAMED_AT_MOST + 1} more entries differ")


def _locate(head: LogHead, report: Report) -> None:
    """The stored hashes were changed too: the first signed checkpoint that no longer fits says where."""
    frontier, good = Frontier(), 0
    marks = iter(Checkpoint.objects.order_by("size").values_list("size", "note"))
    size, note = next(marks, (0, ""))
    for chunk in chunks(head.size):
        for hash_ in chunk.hashes:
            frontier.append(hash_)
            if frontier.size != size:
                continue
            said = _signed(note, head, report, f"the checkpoint of {size} entries")
            if said is not None and said.root != frontier.root():
                _say_between(good, size, report)
                return
            good, (size, note) = size, next(marks, (0, ""))


def _say_between(good: int, size: int, report: Report) -> None:
    ids = Leaf.objects.filter(index__gte=good, index__lt=size).aggregate(
        a=models.Min("entry_id"), b=models.Max("entry_id")
    )
    first, last = ids["a"] or 0, ids["b"] or 0
    where = f"entry {first} was" if size - good == 1 else f"entries between {first} and {last} were"
    report.add(
        "edit",
        f"{where} changed after sealing, and the stored hashes with them",
        first if size - good == 1 else 0,
    )


def _unsealed_part(head: LogHead | None, report: Report) -> None:
    """Step 4."""
    unsealed = RecordEntry.objects.filter(~models.Exists(Leaf.objects.filter(entry_id=models.OuterRef("pk"))))
    settled = head.settled if head is not None else 0
    for entry_id in (
        unsealed.filter(pk__lte=settled).order_by("pk").values_list("pk", flat=True)[:NAMED_AT_MOST]
    ):
        report.add("insertion", f"entry {entry_id} was put into the record past the log", entry_id)
    report.waiting = unsealed.filter(pk__gt=settled).count()
