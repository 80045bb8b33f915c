"""What an import of the street knows of the bureau: read once, then asked for every row without a query."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TypeVar

from xiuhua.duty import rules
from xiuhua.duty.models import Beat, Point, ShiftKind
from xiuhua.duty.queries import limits
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM, Actor, Refusal, Refused
from xiuhua.org import queries as org

T = TypeVar("T")


class Wrong(ValueError):
    """A cell that cannot be read."""


@dataclass(frozen=True)
class Known:
    """Everything that rows are checked against; nothing in it changes while an import runs.

    `service`: officer → unit, first and last day of each post. `beats` and `points` by unit and code; `on_beat`: the
    points of a beat in their order.
    """

    officers: Mapping[str, int]
    service: Mapping[int, Sequence[tuple[int, date, date]]]
    units: Mapping[str, int]
    kinds: Mapping[str, ShiftKind]
    beats: Mapping[tuple[int, str], int]
    points: Mapping[tuple[int, str], Point]
    on_beat: Mapping[int, Sequence[Point]]
    limits: rules.Limits

    def serves(self, officer: int, unit: int, on: date) -> bool:
        return any(u == unit and first <= on <= last for u, first, last in self.service.get(officer, ()))


def active(point: Point, on: date) -> bool:
    return point.active_from <= on and (point.active_to is None or on <= point.active_to)


def load() -> Known:
    """Read what is known now. Raises Invalid before the reference data is loaded."""
    points = list(Point.objects.order_by("code"))
    on_beat: dict[int, list[Point]] = {}
    for point in points:
        if point.beat_id is not None:
            on_beat.setdefault(point.beat_id, []).append(point)
    kinds = list(ShiftKind.objects.all())
    return Known(
        officers={o.staff_no: o.pk for o in org.officers(SYSTEM)},
        service=org.service(),
        units={u.code: u.pk for u in org.handling_units()},
        kinds={name: k for k in kinds for name in (k.code, k.name)},
        beats={(b.unit_id, name): b.pk for b in Beat.objects.all() for name in (b.code, b.name)},
        points={(p.unit_id, p.code): p for p in points},
        on_beat=on_beat,
        limits=limits(),
    )


def check_can_bring_in(by: Actor) -> None:
    """Raises Refused unless the system does it."""
    if not by.is_system:
        raise Refused(
            Refusal("duty_bring_in", "历史勤务由系统统一导入", meaning="history is brought in by the system")
        )


def reading(wrong: dict[str, str], name: str, reader: Callable[[str], T], cell: str) -> T | None:
    """What `reader` makes of the cell of column `name`; None with its reason in `wrong` where it cannot."""
    try:
        return reader(cell)
    except Wrong as error:
        wrong[name] = str(error)
        return None


@lru_cache(maxsize=100_000)
def moment(cell: str) -> datetime:
    """2018-05-16T09:10, in Shanghai where no zone is given. Raises Wrong."""
    try:
        found = datetime.fromisoformat(cell)
        return found.astimezone(clock.SHANGHAI) if found.tzinfo else found.replace(tzinfo=clock.SHANGHAI)
    except (ValueError, OverflowError) as error:
        raise Wrong(f"“{cell}”不是日期时间，应如2018-05-16T09:10") from error


@lru_cache(maxsize=10_000)
def day(cell: str) -> date:
    """Raises Wrong."""
    try:
        return rules.read_day(cell)
    except ValueError as error:
        raise Wrong(f"“{cell}”不是日期，应如2018-05-16") from error


def degrees(cell: str) -> float:
    """Raises Wrong."""
    try:
        return float(cell)
    except ValueError as error:
        raise Wrong(f"“{cell}”不是数字") from error
