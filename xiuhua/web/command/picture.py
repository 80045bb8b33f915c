"""The shared picture behind the stream: read once an interval, told apart by what viewers may see, encoded once each.

1. Each interval the current positions of devices on duty are read, once for everybody.
2. Viewers who may see the same devices share a `Sight`. For each sight the freshest position of each person and vehicle
   is taken, and what changed since the last interval is encoded once; all its viewers are sent the same bytes.
3. A viewer who comes, or was too slow for one step, is sent the whole picture, encoded at most once a step.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from xiuhua.command import rules


def event(name: str, data: object) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data, separators=(',', ':'))}\n\n".encode()


def _row(seen: rules.Seen, standing: rules.Standing) -> list[object]:
    return [seen.key, seen.device, round(seen.lon, 6), round(seen.lat, 6), standing.value, seen.at]


@dataclass(slots=True)
class Sight:
    """What viewers with the same right see. `viewers` counts them."""

    devices: frozenset[int]
    viewers: int = 0
    number: int = 0
    shown: dict[str, list[object]] = field(default_factory=dict)
    change: bytes = b""
    _whole: bytes = b""

    def take(self, found: Iterable[rules.Seen], now: int, lost_minutes: int) -> None:
        """The next step. `found` are all positions; those that may not be seen are left out."""
        mine = rules.freshest(seen for seen in found if seen.device in self.devices)
        shown = {key: _row(s, rules.standing(s, now, lost_minutes)) for key, s in mine.items()}
        moved = [row for key, row in shown.items() if self.shown.get(key) != row]
        gone = [key for key in self.shown if key not in shown]
        self.number += 1
        self.shown, self._whole = shown, b""
        self.change = event("moved", {"t": now, "rows": moved, "gone": gone})

    def whole(self, now: int) -> bytes:
        if not self._whole:
            self._whole = event("whole", {"t": now, "rows": list(self.shown.values())})
        return self._whole


class Sights:
    """The sights that somebody looks through now."""

    def __init__(self) -> None:
        self._found: dict[frozenset[int], Sight] = {}

    def enter(self, devices: frozenset[int]) -> Sight:
        sight = self._found.setdefault(devices, Sight(devices))
        sight.viewers += 1
        return sight

    def leave(self, sight: Sight) -> None:
        sight.viewers -= 1
        if sight.viewers == 0:
            self._found.pop(sight.devices, None)

    def take(self, found: Mapping[int, rules.Seen], now: int, lost_minutes: int) -> None:
        for sight in self._found.values():
            sight.take(found.values(), now, lost_minutes)
