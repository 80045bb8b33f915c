"""Which recordings may belong to something that happened at a time, perhaps at a place. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xiuhua.evidence.rules.uses import Span, nearness

# What reference/link_limits.csv has to say.
LINK_CODES = frozenset({"metres", "minutes"})


@dataclass(frozen=True, slots=True)
class Match:
    """A recording worth a person's look: seconds in common, whether by a person named, and how near its bearer came."""

    key: int
    seconds: int
    named: bool
    metres: int | None


def matches(
    wanted: Span,
    recordings: Iterable[tuple[int, Span, int | None]],
    officers: frozenset[int],
    near: Mapping[int, int],
) -> list[Match]:
    """Recordings of that time by somebody who is named, or whose bearer was near the place. The named come first.

    `recordings`: (id, span, officer). `near`: officer → metres from the place at the nearest.
    """
    found = []
    for key, span, officer in recordings:
        seconds = nearness(wanted, span)
        named = officer in officers
        if officer is None or seconds <= 0 or not (named or officer in near):
            continue
        found.append(Match(key, int(seconds), named, near.get(officer)))
    return sorted(
        found, key=lambda one: (not one.named, one.metres is None, one.metres or 0, -one.seconds, one.key)
    )
