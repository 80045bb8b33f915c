"""Service, recordings, payment, remedies: what stands in rows of the file. Pure."""

from __future__ import annotations

from xiuhua.cases.checker.days import add_days, days, ordinal
from xiuhua.cases.checker.reading.blocks import EMPTY, Block, block, rows


def svc(file: Block, kind: str | None) -> Block:
    """The first service record of a document."""
    return next((row for row in rows(file, "services") if row.get("document") == kind), EMPTY)


def eff(file: Block, kind: str | None) -> str | None:
    """The day on which the service took effect: by post that of the receipt, by announcement the last of its period."""
    row = svc(file, kind)
    told: str | None = row.get("effective_on") or row.get("post_receipt_on")
    if told is None and row.get("method") not in ("post", "announcement"):
        told = row.get("on")
    return told


def recorded(file: Block, step: str | None) -> Block | None:
    return next((row for row in rows(file, "recording") if row.get("step") == step), None)


def received(file: Block) -> str | None:
    """The day on which the party had the decision in hand."""
    return block(file, "decision").get("delivered_on") or eff(file, "penalty_decision")


def demand_due(file: Block) -> str | None:
    """The last day of the demand: its service and its days."""
    demand = block(file, "demand")
    return add_days(demand.get("served_on"), demand.get("duty_days") or 0)


def remedy_days_in(file: Block, a: str | None, b: str | None) -> int:
    """Days from `a` to `b`, both counted, on which reconsideration or suit was under way."""
    if a is None or b is None:
        return 0
    found: set[int] = set()
    for name, end in (("reconsideration", "decided_on"), ("litigation", "ended_on")):
        way = block(file, name)
        if begun := way.get("accepted_on"):
            first, last = max(ordinal(begun), ordinal(a)), min(ordinal(way.get(end) or b), ordinal(b))
            found.update(range(first, last + 1))
    return len(found)


def test_days(file: Block, measure: Block) -> int:
    """Days of every test that was told in writing; they do not count for the measure (AEL §25).

    Where a file has the tests as rows, they are all of them; else it has one.
    """
    if tests := rows(measure, "tests"):
        return sum(days(row.get("from"), row.get("to")) or 0 for row in tests if row.get("told_on"))
    if not measure.get("test_told_on"):
        return 0
    return days(measure.get("test_from"), measure.get("test_to")) or 0


def measure_days(file: Block, measure: Block) -> int | None:
    """Days of a seizure up to its end, else closing, else decision, less the test days."""
    end = (
        measure.get("ended_on")
        or block(file, "case").get("closed_on")
        or block(file, "decision").get("decided_on")
    )
    held = days(measure.get("implemented_at"), end)
    return None if held is None else held - test_days(file, measure)
