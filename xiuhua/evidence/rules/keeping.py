"""How long a recording is kept and who may let it go. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta


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
