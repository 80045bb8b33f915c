"""Parts of a picture that must not be recognised, each for a time. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# More than a person draws; each is painted on every frame.
MOST = 40


@dataclass(frozen=True, slots=True)
class Region:
    """In shares of the picture's width and height from the upper left corner; from `start` until before `end`, in
    seconds of the film (None: to its end). A photo has no time.
    """

    left: float
    top: float
    right: float
    bottom: float
    start: float = 0.0
    end: float | None = None

    @property
    def inside(self) -> bool:
        return 0 <= self.left < self.right <= 1 and 0 <= self.top < self.bottom <= 1

    @property
    def has_time(self) -> bool:
        return self.start >= 0 and (self.end is None or self.start < self.end)

    def shown(self, second: float) -> bool:
        """Whether it is covered at this second."""
        return self.start <= second and (self.end is None or second < self.end)

    @property
    def told(self) -> list[float | None]:
        """As it is recorded: the box, and the time of one that is not covered from the beginning to the end."""
        box: list[float | None] = [self.left, self.top, self.right, self.bottom]
        return box if self.start == 0 and self.end is None else [*box, self.start, self.end]


def at(regions: Iterable[Region], second: float) -> list[Region]:
    """Those that are covered at this second."""
    return [region for region in regions if region.shown(second)]


def region_faults(regions: Sequence[Region]) -> dict[str, str]:
    """Why these are no regions to cover; empty if they are."""
    if not regions:
        return {"regions": "请划出需要遮挡的区域"}
    if len(regions) > MOST:
        return {"regions": "一次最多遮挡40个区域"}
    if any(not region.inside for region in regions):
        return {"regions": "区域应在画面之内"}
    if any(not region.has_time for region in regions):
        return {"regions": "区域的结束秒应晚于开始秒"}
    return {}
