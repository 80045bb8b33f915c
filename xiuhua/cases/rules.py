"""What lists and figures read off a folded file. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards.reading import served

DECISIONS = frozenset({"penalty_decision", "no_penalty_decision", "on_spot_decision", "demolition_order"})

# Moves that send a case back to an earlier desk: the handler sees it among "came back to me".
SENT_BACK = frozenset(
    {
        "return_for_evidence",
        "return_from_adjudication",
        "fail_legal_review",
        "return_after_discussion",
        "reject_filing",
    }
)

# How a state that ends the matter is told to whoever reported: the outcome code of the lead.
OUTCOMES = {
    "closed": "case_closed",
    "persuaded": "persuaded",
    "no_violation": "no_violation",
    "filing_refused": "filing_refused",
    "referred": "referred",
}


def _day(text: Any) -> date | None:
    return date.fromisoformat(str(text)[:10]) if text else None


def served_on(file: File) -> date | None:
    """The day on which the decision took effect on the party; on-the-spot decisions are handed over at once.

    Of several parties, that of the last.
    """
    delivered = _day((file.get("decision") or {}).get("delivered_on"))
    if delivered:
        return delivered
    if file.get("parties"):
        return _day(served(file, DECISIONS))
    for service in file.get("services") or ():
        if service.get("document") in DECISIONS:
            return _day(service.get("effective_on") or service.get("on"))
    return None


def paid(file: File) -> Decimal:
    items = (file.get("payment") or {}).get("items", ())
    return sum((Decimal(str(item.get("amount", 0))) for item in items), Decimal(0))


def columns(file: File) -> dict[str, Any]:
    """The denormalised columns of a case: days, decision, money."""
    decision: Mapping[str, Any] = file.get("decision") or {}
    fine = decision.get("fine")
    building: Mapping[str, Any] = file.get("demolition") or {}
    area = building.get("area_m2")
    return {
        "filed_on": _day((file.get("filing") or {}).get("approved_on")),
        "decided_on": _day(decision.get("decided_on") or building.get("ordered_on")),
        "served_on": served_on(file),
        "closed_on": _day((file.get("case") or {}).get("closed_on")),
        "decision_number": decision.get("number") or building.get("number") or "",
        "archive_number": (file.get("archive") or {}).get("number") or "",
        "kinds": ";".join(decision.get("kinds", ())),
        "fine": None if fine is None else Decimal(str(fine)),
        "tier": str(decision.get("tier") or ""),
        "paid": paid(file),
        "area_m2": None if area is None else Decimal(str(area)),
        "demolished_on": _day(building.get("removed_on")),
    }
