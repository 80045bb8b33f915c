"""Blocks and rows of a file, and the day whose law holds for the whole. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Block = Mapping[str, Any]
EMPTY: Block = {}
ParamsOn = Callable[[str], Mapping[str, Any]]


def block(file: Block, name: str) -> Block:
    found = file.get(name)
    return found if type(found) is dict else EMPTY


def rows(file: Block, name: str) -> Sequence[Any]:
    found = file.get(name)
    return found if type(found) is list else ()


def law_day(file: Block) -> str:
    """The day whose parameters hold for questions about the whole file."""
    day = block(file, "decision").get("decided_on") or block(file, "case").get("lead_received_on") or ""
    return str(day)[:10]


def notice_day(file: Block) -> str:
    notice = block(file, "notice")
    return str(notice.get("served_on") or notice.get("issued_on") or law_day(file))[:10]
