"""Who of those on the street is sent somewhere, and how an order goes on. Pure; distances in metres."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from xiuhua.command.rules.limits import Limits


class OrderState(StrEnum):
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    DONE = "done"
    WITHDRAWN = "withdrawn"


ORDER_LABELS = {
    OrderState.SENT: "待签收",
    OrderState.ACKNOWLEDGED: "已签收",
    OrderState.DONE: "已完成",
    OrderState.WITHDRAWN: "已撤回",
}
ORDER_OPEN = frozenset({OrderState.SENT, OrderState.ACKNOWLEDGED})
LEVEL_LABELS = {0: "", 1: "已报本单位负责人", 2: "已报指挥中心"}
HIGHEST_LEVEL = max(LEVEL_LABELS)


class Hindrance(StrEnum):
    """Why somebody is not sent."""

    OFF_DUTY = "off_duty"
    LOST = "lost"
    BUSY = "busy"
    FAR = "far"
    NO_POWER = "no_power"
    NO_CERTIFICATE = "no_certificate"
    ALONE = "alone"


HINDRANCE_LABELS = {
    Hindrance.OFF_DUTY: "不在班",
    Hindrance.LOST: "失联",
    Hindrance.BUSY: "手上有任务或调度令",
    Hindrance.FAR: "距离超出就近派单范围",
    Hindrance.NO_POWER: "所在单位无权处理该地点的此类事项",
    Hindrance.NO_CERTIFICATE: "没有有效的执法证",
    Hindrance.ALONE: "附近没有同单位同事，执法不得少于两人",
}
# What the law says of it; the rest are rules of the desk.
HINDRANCE_GROUNDS = {
    Hindrance.NO_POWER: "SHUM §4",
    Hindrance.NO_CERTIFICATE: "SHUM §16",
    Hindrance.ALONE: "PPL21 §42",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who might go. `enforces`: whether the matter is one of law, for which power, paper and a pair count."""

    officer: int
    unit: int
    metres: float
    on_duty: bool
    lost: bool
    busy: bool
    has_power: bool
    certified: bool
    nearest_colleague: float | None


@dataclass(frozen=True, slots=True)
class Ranked:
    candidate: Candidate
    hindrances: tuple[Hindrance, ...]

    @property
    def fit(self) -> bool:
        return not self.hindrances


def hindrances(one: Candidate, limits: Limits, *, enforces: bool) -> tuple[Hindrance, ...]:
    """Everything that speaks against sending somebody, in the order of `Hindrance`."""
    alone = one.nearest_colleague is None or one.nearest_colleague > limits.pair_metres
    found = {
        Hindrance.OFF_DUTY: not one.on_duty,
        Hindrance.LOST: one.lost,
        Hindrance.BUSY: one.busy,
        Hindrance.FAR: one.metres > limits.reach_metres,
        Hindrance.NO_POWER: enforces and not one.has_power,
        Hindrance.NO_CERTIFICATE: enforces and not one.certified,
        Hindrance.ALONE: enforces and alone,
    }
    return tuple(hindrance for hindrance, holds in found.items() if holds)


def ranked(found: Iterable[Candidate], limits: Limits, *, enforces: bool) -> Sequence[Ranked]:
    """Those who may go first, the nearest first; then the others, the nearest first."""
    judged = [Ranked(one, hindrances(one, limits, enforces=enforces)) for one in found]
    return sorted(judged, key=lambda r: (not r.fit, r.candidate.metres, r.candidate.officer))


def next_level(state: str, level: int, due_at: datetime, now: datetime, limits: Limits) -> int:
    """The level at which an order should stand at `now`: it rises while nobody signs for it."""
    if state != OrderState.SENT or now < due_at:
        return level
    late = due_at + timedelta(minutes=limits.desk_minutes)
    return max(level, HIGHEST_LEVEL if now >= late else 1)
