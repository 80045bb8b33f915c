"""The states of a subscription, and what may be said when one is made. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from xiuhua.exchange.rules.limits import Limits


class Standing(StrEnum):
    """Events are made for an active subscription only; one that ended stays ended."""

    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


STANDING_LABELS = {Standing.ACTIVE: "共享中", Standing.PAUSED: "已暂停", Standing.ENDED: "已终止"}
# Act → the states in which it can be done.
MOVES: Mapping[str, frozenset[Standing]] = {
    "pause": frozenset({Standing.ACTIVE}),
    "resume": frozenset({Standing.PAUSED}),
    "end": frozenset({Standing.ACTIVE, Standing.PAUSED}),
    "rotate_secret": frozenset({Standing.ACTIVE, Standing.PAUSED}),
    "send_again": frozenset({Standing.ACTIVE}),
}


# What is written of a subscription in words, in signs at most.
LONGEST = {"agency": 100, "contact": 100, "purpose": 300, "basis": 300}
_TOO_LONG = {100: "最多100字", 300: "最多300字"}


def faults(said: Mapping[str, Any], kinds: Collection[str], today: date, limits: Limits) -> dict[str, str]:
    """Field → reason for what is wrong with a subscription: `agency`, `contact`, `purpose`, `basis`, `kinds`,
    `valid_from`, `valid_to`, `interval`, `rate`. `kinds`: those that can be subscribed to.
    """
    found = {name: sentence for name, sentence in _NEEDED.items() if not str(said[name]).strip()}
    found |= {name: _TOO_LONG[most] for name, most in LONGEST.items() if len(said[name]) > most}
    if not said["kinds"]:
        found["kinds"] = "请至少选择一种事件"
    elif not set(said["kinds"]) <= set(kinds):
        found["kinds"] = "没有这种事件"
    if said["valid_to"] < said["valid_from"]:
        found["valid_to"] = "截止日不得早于起始日"
    elif said["valid_to"] < today:
        found["valid_to"] = "截止日已过"
    if said["interval"] < limits.position_seconds:
        found["interval"] = "位置间隔不得短于参考数据规定的秒数"
    elif said["interval"] > limits.keep.total_seconds():
        found["interval"] = "位置间隔不得长于事件保存的时间"
    if not 1 <= said["rate"] <= limits.most_rate:
        found["rate"] = "每分钟条数超出参考数据规定的范围"
    return found


_NEEDED = {
    "agency": "请填写接收机关",
    "purpose": "请写明共享目的",
    "basis": "请写明法律依据",
    "contact": "请填写对方联系人",
}
