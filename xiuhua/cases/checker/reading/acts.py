"""Acts in the field, who made them, and who they are. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xiuhua.cases.checker.reading.blocks import Block, block, rows
from xiuhua.cases.checker.reading.whole import summary


def _act(day: str | None, officers: Any, shown: Any, where: str) -> Block:
    return {"on": day and day[:10], "officer_ids": officers, "certificate_shown": shown, "where": where}


def acts(file: Block) -> list[Block]:
    """Every act in the field, each with `on`, `officer_ids`, `certificate_shown`, and `where` it stands in the file."""
    found = []
    for name, day in (("inspections", "on"), ("interviews", "from_at"), ("measures", "implemented_at")):
        for place, row in enumerate(rows(file, name)):
            shown = row.get("certificate_shown")
            found.append(_act(row.get(day), row.get("officer_ids"), shown, f"{name}[{place}]"))
    order, decision = block(file, "correction"), block(file, "decision")
    if order.get("ordered_on"):
        found.append(_act(order["ordered_on"], order.get("officer_ids"), None, "correction.officer_ids"))
    if order.get("rechecked_on"):
        found.append(
            _act(
                order["rechecked_on"],
                order.get("recheck_officer_ids"),
                None,
                "correction.recheck_officer_ids",
            )
        )
    if decision.get("decided_on") and summary(file):
        shown = decision.get("certificate_shown")
        found.append(_act(decision["decided_on"], decision.get("signed_by"), shown, "decision.signed_by"))
    return found


def investigators(file: Block) -> frozenset[str]:
    """Ids of all officers in the acts."""
    return frozenset(person for act in acts(file) for person in act["officer_ids"] or ())


def staff(file: Block) -> Mapping[str | None, Block]:
    """The rows of the officers by id, the first of each."""
    return {row.get("id"): row for row in reversed(rows(file, "officers"))}
