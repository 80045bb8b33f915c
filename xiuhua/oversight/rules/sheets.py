"""The sheet on a recording that was looked at, and the way from a fault to its mending. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

# What reference/oversight_limits.csv has to say.
LIMIT_CODES = ("reply_workdays", "appeal_workdays", "look_workdays", "correction_workdays")
NOTE = 200
# No file of a recorder is longer than a day.
LAST_SECOND = 24 * 3600


class State(StrEnum):
    """Where a drawn recording is."""

    DRAWN = "drawn"
    CLEAN = "clean"
    SENT = "sent"
    REPLIED = "replied"
    APPEALED = "appealed"
    STRUCK = "struck"
    CLOSED = "closed"


STATE_LABELS = {
    State.DRAWN: "待查看",
    State.CLEAN: "未发现问题",
    State.SENT: "待整改回复",
    State.REPLIED: "待销号",
    State.APPEALED: "申诉中",
    State.STRUCK: "申诉成立",
    State.CLOSED: "已销号",
}
# The states between a unit and oversight: of a drawn recording with faults, and of a decision that fell.
ANSWERED_FOR = frozenset({State.SENT, State.REPLIED, State.APPEALED, State.STRUCK, State.CLOSED})
# Somebody has still to do something.
OPEN = frozenset({State.DRAWN, State.SENT, State.REPLIED, State.APPEALED})


class Verdict(StrEnum):
    KEPT = "kept"
    FAULT = "fault"
    NOT_ASKED = "not_asked"


VERDICT_LABELS = {Verdict.KEPT: "符合", Verdict.FAULT: "有问题", Verdict.NOT_ASKED: "不适用"}


@dataclass(frozen=True, slots=True)
class Said:
    """What the reviewer says of one item; `second` is where in the recording it is seen."""

    verdict: str
    note: str = ""
    second: int | None = None


def sheet_faults(items: Collection[str], said: Mapping[str, Said]) -> dict[str, str]:
    """Field → reason for what is wrong with a sheet. Every item is answered; a fault says what was seen, and where."""
    found: dict[str, str] = {}
    for code in items:
        one = said.get(code)
        if one is None or one.verdict not in set(Verdict):
            found[code] = "请逐项作出结论"
        elif one.verdict == Verdict.FAULT and not one.note.strip():
            found[f"{code}_note"] = "请写明发现的问题"
        elif len(one.note) > NOTE:
            found[f"{code}_note"] = "最多200字"
        elif one.second is not None and one.second < 0:
            found[f"{code}_second"] = "秒数不能为负"
        elif one.second is not None and one.second > LAST_SECOND:
            found[f"{code}_second"] = "秒数超出视频长度"
    found |= {code: "没有这一项目" for code in said if code not in items}
    return found


def faults_of(said: Mapping[str, Said]) -> list[str]:
    """The items with a fault."""
    return [code for code, one in said.items() if one.verdict == Verdict.FAULT]
