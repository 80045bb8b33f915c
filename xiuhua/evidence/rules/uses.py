"""What people do with an exhibit, and what of a recording is covered. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Use(StrEnum):
    """Each leaves an entry with who and why."""

    VIEW = "view"
    PLAY = "play"
    COPY = "copy"
    CLIP = "clip"
    EXPORT = "export"


USE_LABELS = {
    Use.VIEW: "查看",
    Use.PLAY: "播放",
    Use.COPY: "复制",
    Use.CLIP: "截取",
    Use.EXPORT: "导出",
}
# To see that a thing is there needs no reason; to see what is on it does.
NEEDS_REASON = frozenset({Use.PLAY, Use.COPY, Use.CLIP, Use.EXPORT})

Span = tuple[datetime, datetime]


def use_faults(how: str, why: str) -> dict[str, str]:
    """Field → reason for what is wrong with what somebody says about a use."""
    if how not in set(Use):
        return {"how": "没有这种使用方式"}
    return {"why": "请写明事由"} if how in NEEDS_REASON and not why.strip() else {}


@dataclass(frozen=True, slots=True)
class Covered:
    """How much of a span is recorded, in seconds, and where it is not."""

    required: int
    recorded: int
    holes: tuple[Span, ...]


def covered(wanted: Span, recorded: Iterable[Span]) -> Covered:
    """What of `wanted` the recordings cover, together; two at once count once."""
    start, end = wanted
    holes, at = [], start
    for first, last in sorted(recorded):
        if last <= at or first >= end:
            continue
        if first > at:
            holes.append((at, first))
        at = min(last, end)
    if at < end:
        holes.append((at, end))
    required = int((end - start).total_seconds())
    missing = sum((last - first).total_seconds() for first, last in holes)
    return Covered(required, required - int(missing), tuple(holes))


def nearness(wanted: Span, recorded: Span) -> float:
    """Seconds that both have in common; negative: how far apart they are."""
    return (min(wanted[1], recorded[1]) - max(wanted[0], recorded[0])).total_seconds()


def proposed(
    wanted: Mapping[str, Span],
    recordings: Sequence[tuple[int, Span, int | None]],
    officers: frozenset[int],
    slack: float,
) -> list[tuple[int, str, float]]:
    """(recording, step, seconds in common) worth a person's look: of an officer of the matter, at the time of a step.

    `recordings`: (id, span, officer). `slack`: seconds by which a recording may miss the step, as clocks differ. Each
    recording is proposed for the step that it fits best.
    """
    found = []
    for number, span, officer in recordings:
        if officer not in officers:
            continue
        best = max(((nearness(want, span), step) for step, want in wanted.items()), default=None)
        if best is not None and best[0] > -slack:
            found.append((number, best[1], max(best[0], 0.0)))
    return sorted(found, key=lambda row: (-row[2], row[0]))
