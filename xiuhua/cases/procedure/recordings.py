"""Recordings of the steps of a case: which are needed, from when to when, and what is tied to them. Pure.

A step that must be recorded states a row of `recording` (its step, the moment, running or why not). What is tied or
explained later is a further row with the same step and moment; the rows of one step and moment are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]
# Where a step tells from when to when its act lasted.
TOLD = ("inspections", "interviews", "hearings", "measures")


@dataclass(frozen=True, slots=True)
class Need:
    """One recording that the law asks for (PPL21 §47). Moments are ISO text; `until` is empty where nobody told it."""

    step: str
    stated: str
    since: str
    until: str
    items: tuple[str, ...] = ()
    reason: str = ""


def merged(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """The rows, those of one step and moment made one: items together, else what was said last."""
    found: dict[tuple[Any, Any], dict[str, Any]] = {}
    for row in rows:
        key = (row.get("step"), row.get("from_at"))
        before = found.get(key, {})
        items = [*(before.get("item_ids") or ()), *(row.get("item_ids") or ())]
        found[key] = {**before, **row, **({"item_ids": items} if items else {})}
    return list(found.values())


def needs(fragments: Sequence[Row]) -> list[Need]:
    """What must be recorded, in the order in which steps stated it; `fragments` are the base and the facts of steps."""
    spans: dict[tuple[Any, Any], tuple[str, str]] = {}
    for facts in fragments:
        for row in _rows(facts, "recording"):
            spans.setdefault((row.get("step"), row.get("from_at")), _span(facts, row))
    rows = merged(row for facts in fragments for row in _rows(facts, "recording"))
    return [
        Need(
            str(row.get("step") or ""),
            str(row.get("from_at") or ""),
            *spans[(row.get("step"), row.get("from_at"))],
            tuple(row.get("item_ids") or ()),
            str(row.get("gap_reason") or ""),
        )
        for row in rows
    ]


def _rows(facts: Row, name: str) -> Sequence[Row]:
    return [row for row in facts.get(name) or () if isinstance(row, Mapping)]


def _span(facts: Row, row: Row) -> tuple[str, str]:
    """The span of the act in whose step the recording was stated; its own moment where the step tells none."""
    for name in TOLD:
        for told in _rows(facts, name)[:1]:
            if told.get("from_at") and told.get("to_at"):
                return str(told["from_at"]), str(told["to_at"])
    return str(row.get("from_at") or ""), ""
