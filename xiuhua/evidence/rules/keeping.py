"""How long a recording is kept and who may let it go. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum


def category_of(*, important: bool) -> str:
    """The code of the retention category of a recording."""
    return "important" if important else "routine"


def kept_until(docked_on: date, keep_days: int | None) -> date | None:
    """The last day of its retention; None where it is kept for good."""
    return None if keep_days is None else docked_on + timedelta(days=keep_days)


def may_go(docked_on: date, keep_days: int | None, holds: Collection[str], on: date) -> bool:
    """Whether it may be destroyed on this day: past its retention, and nothing holds it."""
    last = kept_until(docked_on, keep_days)
    return last is not None and on > last and not holds


def hands_fault(author: int | None, reviewer: int | None, archivist: int | None) -> str:
    """Why these people cannot do it together; empty if they can. Those still to come are None."""
    known = [person for person in (author, reviewer, archivist) if person is not None]
    return "" if len(known) == len(set(known)) else "提出、审核、销毁应由不同的人办理"


class HoldKind(StrEnum):
    """What a hold is for."""

    CASE = "case"
    COMPLAINT = "complaint"
    RECONSIDERATION = "reconsideration"
    LITIGATION = "litigation"
    OVERSIGHT = "oversight"
    MANUAL = "manual"


HOLD_LABELS = {
    HoldKind.CASE: "案件",
    HoldKind.COMPLAINT: "投诉举报",
    HoldKind.RECONSIDERATION: "行政复议",
    HoldKind.LITIGATION: "行政诉讼",
    HoldKind.OVERSIGHT: "网上督察",
    HoldKind.MANUAL: "人工保全",
}
# How long each lasts where it has no day of its own.
HOLD_ENDS = {
    HoldKind.CASE: "随案卷保存",
    HoldKind.COMPLAINT: "至投诉举报办结",
    HoldKind.RECONSIDERATION: "至复议终结",
    HoldKind.LITIGATION: "至诉讼终结",
    HoldKind.OVERSIGHT: "至督察问题销号",
    HoldKind.MANUAL: "到期自动解除",
}


def lasts(until: object | None, ends_on: date | None, on: date) -> bool:
    """Whether a hold holds on this day: it was not lifted, and its own last day, if it has one, is not past."""
    return until is None and (ends_on is None or on <= ends_on)


def lift_faults(kind: str, asked_by: int | None, by: int | None) -> dict[str, str]:
    """Field → reason why a person may not lift a hold now.

    One by hand is lifted by hand. One of a matter ends with the matter; before that somebody asks for it and another
    person confirms, so that nobody alone can let a recording of a living matter go.
    """
    if kind == HoldKind.MANUAL:
        return {}
    if asked_by is None:
        return {"reason": "这项保全随事项结束；提前解除须先由办案单位提请，再由另一人确认"}
    if by is None or asked_by == by:
        return {"reason": "提请解除的人不能自己确认"}
    return {}


def hold_faults(kind: str, ground: str, ends_on: date | None, on: date) -> dict[str, str]:
    """Field → reason for what is wrong with a hold. One by hand has a ground and an end."""
    if kind not in set(HoldKind):
        return {"kind": "没有这种保全"}
    found: dict[str, str] = {}
    if kind == HoldKind.MANUAL and not ground.strip():
        found["ground"] = "请写明保全的依据"
    if kind == HoldKind.MANUAL and ends_on is None:
        found["ends_on"] = "请写明保全到哪一天"
    if ends_on is not None and ends_on <= on:
        found["ends_on"] = "保全的最后一日应晚于今天"
    return found
