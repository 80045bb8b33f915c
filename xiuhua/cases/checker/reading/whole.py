"""Questions about the whole file. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from xiuhua.cases.checker.days import days
from xiuhua.cases.checker.reading.blocks import Block, block


def ordinary(file: Block) -> bool:
    return bool(block(file, "case").get("procedure") == "ordinary")


def summary(file: Block) -> bool:
    return bool(block(file, "case").get("procedure") == "summary")


def penal(file: Block) -> bool:
    """A decision with at least one kind of penalty."""
    return bool(block(file, "decision").get("kinds"))


def decided_or_closed(file: Block) -> bool:
    return bool(block(file, "decision").get("decided_on") or block(file, "case").get("closed_on"))


def recording_required(file: Block) -> Sequence[str]:
    return block(file, "case").get("recording_steps") or ()


def suspended_days(file: Block) -> int:
    """Days of approved suspensions with a ground that stop the time limit."""
    return sum(
        days(row.get("from_on"), row.get("to_on")) or 0
        for row in block(file, "case").get("suspensions") or ()
        if row.get("ground") and row.get("approved_by") and row.get("stops_clock") is not False
    )


def review_required(file: Block) -> bool:
    """Whether PPL21 §58 or another act asks for legal review: public interest, a hearing, several relations of law."""
    case = block(file, "case")
    asked = ("public_interest", "multi_legal_relations", "review_required_by_act")
    return any(case.get(name) for name in asked) or bool(block(file, "hearing").get("held_on"))


def paid(file: Block) -> float:
    """Sum of the payments, yuan."""
    total: float = sum(item.get("amount") or 0 for item in block(file, "payment").get("items") or ())
    return total
