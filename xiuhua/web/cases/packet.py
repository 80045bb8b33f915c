"""The papers that go to the court with the application for enforcement (AEL §55), and what is missing of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from xiuhua.cases.models import Case, Document

DECISIONS = ("penalty_decision", "on_spot_decision")
RECEIPT = "service_receipt"
# The order in which a court reads them; of the demand belong what the party said and how it was answered.
ORDER = (
    "court_application",
    *DECISIONS,
    f"{RECEIPT}:decision",
    "surcharge_decision",
    "demand_notice",
    f"{RECEIPT}:demand",
    "defence_record:demand",
    "recheck_opinion:demand",
)
# What may not be missing, and how it is named to people.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "强制执行申请书": ("court_application",),
    "行政处罚决定书": DECISIONS,
    "决定书的送达回证": (f"{RECEIPT}:decision",),
    "催告书": ("demand_notice",),
    "催告书的送达回证": (f"{RECEIPT}:demand",),
}
# An on-the-spot decision is handed over at once: the party signs the decision itself.
HANDED_OVER = "决定书的送达回证"


@dataclass(frozen=True, slots=True)
class Packet:
    """Where the packet is fetched, and which papers it still lacks."""

    url: str
    missing: Sequence[str]


def _kind(document: Document) -> str:
    """The kind, with what it belongs to where the same form is used for several papers."""
    step = document.step
    if document.kind == RECEIPT:
        served = [row.get("document") for row in step.facts.get("services", ())] if step else []
        about = (
            "demand" if "demand_notice" in served else "decision" if set(served) & set(DECISIONS) else "other"
        )
        return f"{RECEIPT}:{about}"
    of_demand = step is not None and step.matter is not None and step.matter.procedure == "demand"
    return f"{document.kind}:demand" if of_demand and f"{document.kind}:demand" in ORDER else document.kind


def papers_for_court(found: Case) -> dict[str, list[Document]]:
    """The papers by kind, in the order of the packet; of those that were issued anew the last one."""
    documents = found.documents.select_related("case__authority", "case__handling_unit", "step__matter")
    by_kind: dict[str, list[Document]] = {}
    for document in documents.order_by("issued_on", "pk"):
        by_kind.setdefault(_kind(document), []).append(document)
    return {kind: by_kind[kind][-1:] for kind in ORDER if kind in by_kind}


def packet_of(found: Case) -> Packet | None:
    """The packet of a case whose application is written; None before."""
    there = papers_for_court(found)
    if "court_application" not in there:
        return None
    lacking = [name for name, kinds in NEEDED.items() if not any(kind in there for kind in kinds)]
    if found.procedure == Case.Procedure.SUMMARY and HANDED_OVER in lacking:
        lacking.remove(HANDED_OVER)
    return Packet(reverse("web:case-court-papers", args=[found.pk]), lacking)
