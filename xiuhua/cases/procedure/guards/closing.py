"""Publication, closing and the archive."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards import apart
from xiuhua.cases.procedure.guards.reading import (
    block,
    come,
    fallen,
    owed,
    paid,
    rows,
    same_money,
    step_of,
    written,
)
from xiuhua.cases.procedure.guards.remedies import left_of_old, refunded
from xiuhua.cases.procedure.guards.sharing import parties
from xiuhua.cases.procedure.setting import Setting

# What happened in an ordinary case, and the paper that it must have left.
# fmt: off
LEFT_BY_FACTS = (
    ("filing", "approved_on", "filing_form"),
    ("correction", "ordered_on", "correction_order"),
    ("investigation_report", "on", "investigation_report"),
    ("adjudication", "on", "adjudication_opinion"),
    ("legal_review", "on", "legal_review_opinion"),
    ("notice", "served_on", "prior_notice"),
    ("defence", "rechecked_on", "recheck_opinion"),
    ("discussion", "on", "discussion_minutes"),
    ("decision", "decided_on", "penalty_decision"),
    ("no_penalty", "decided_on", "no_penalty_decision"),
    ("deferral", "approved_on", "deferral_approval"),
)
# What happened in a matter beside the main road: block, day and the paper.
LEFT_BY_MATTERS = (
    ("substitute", "decided_on", "substitute_decision"),
    ("substitute", "signed_on", "substitute_record"),
)
RECORDS = frozenset({"inspection_record", "survey_record", "scene_record"})
LEFT_BY_ROWS = (
    ("interviews", "interview_record"),
    ("services", "service_receipt"),
)
# fmt: on


def masked(file: File, setting: Setting) -> bool:
    """Of a citizen neither number nor address is shown, of others no representative's number (PPL21 §50).

    Where several parties are published as one, of each of them.
    """
    if party := published_party(file):
        return _masked(apart.of_one(file, party)["party"], block(apart.of_one(file, party), "publicity"))
    return all(_masked(known, block(file, "publicity")) for known in parties(file).values())


def published_party(file: File) -> str:
    """The one of several parties whose publication this step states; empty where it is that of the case."""
    return str(block(step_of(file), "publicity").get("party") or "")


def _masked(party: Mapping[str, Any], publicity: Mapping[str, Any]) -> bool:
    if party.get("kind") == "citizen":
        return publicity.get("masked_id") is True and publicity.get("masked_address") is True
    return not publicity.get("shows_representative_id")


def fields_complete(file: File, setting: Setting) -> bool:
    """Published on a day, under the number of the decision, with its amount in ten thousand yuan (DRC424)."""
    if party := published_party(file):
        return fields_complete(apart.of_one(file, party), setting)
    publicity, decision = block(file, "publicity"), block(file, "decision")
    number = publicity.get("number")
    return (
        come(publicity.get("published_on"), setting.day)
        and bool(number)
        and number == decision.get("number")
        and same_money((publicity.get("amount_wan") or 0) * 10000, decision.get("fine") or 0)
    )


def published_of_one(file: File, setting: Setting) -> bool:
    """Where one of several parties is published, the decision punishes it; no other is published with it."""
    party, shares = published_party(file), block(step_of(file), apart.SHARES)
    return not party or (party in apart.punished(file) and set(shares) == {party})


def papers_missing(file: File) -> frozenset[str]:
    """The papers that what happened in this case should have left, and that are not in the file.

    Money that a court or another body brought in comes with their receipt, not with ours.
    """
    kinds = {d.get("kind") for d in rows(file, "documents")}
    needed = {"on_spot_decision"}
    if block(file, "case").get("procedure") != "summary":
        needed = {kind for name, key, kind in LEFT_BY_FACTS if (part := file.get(name)) and part.get(key)}
        needed.update(kind for name, kind in LEFT_BY_ROWS if file.get(name))
        if file.get("inspections") and RECORDS.isdisjoint(kinds):
            needed.add("inspection_record")
    if rows(block(file, "payment"), "items") and not block(file, "enforcement").get("finished_on"):
        needed.add("fine_receipt")
    return frozenset(needed - kinds)


def documents_complete(file: File, setting: Setting) -> bool:
    """The papers of the case; where a matter ends, those of the matter."""
    if own := file.get("matter"):
        kinds = {d.get("kind") for d in rows(file, "documents")}
        left = {kind for name, day, kind in LEFT_BY_MATTERS if name == own and block(file, name).get(day)}
        return bool(left) and left <= kinds
    return not papers_missing(file)


def money_reconciled(file: File, setting: Setting) -> bool:
    """Decision, receipts and bank agree: what is owed is paid, every payment has its receipt, cash is in the bank.

    Of several parties, for each that is fined: what it owes is paid, or its execution was ended by law. What one had
    paid for whom the decision fell went back, and so did what a new decision left of money set off from the old one.
    """
    if left_of_old(file) and not come(block(file, "refund").get("rest_returned_on"), setting.day):
        return False
    if not all(refunded(file, party, setting) for party in fallen(file)):
        return False
    if apart.pays_apart(file):
        return all(
            apart.ended_by_law(file, party) or money_reconciled(apart.of_one(file, party), setting)
            for party in apart.fined(file)
        )
    payment = block(file, "payment")
    if not same_money(paid(file), owed(file)) or not all(i.get("receipt_no") for i in rows(payment, "items")):
        return False
    return payment.get("method") != "cash" or bool(payment.get("agency_deposited_on"))


def seized_settled(file: File, setting: Setting) -> bool:
    return all(m.get("outcome") for m in rows(file, "measures"))


def record_complete(file: File, setting: Setting) -> bool:
    """Every step that must be recorded has its recording, or the reason why not (PPL21 §47)."""
    covered = {
        r.get("step") for r in rows(file, "recording") if r.get("item_ids") or written(r.get("gap_reason"))
    }
    return covered.issuperset(block(file, "case").get("recording_steps") or ())


def archive_in_order(file: File, setting: Setting) -> bool:
    """One ordinary case, or up to the limit of summary cases, in a volume whose pages were counted."""
    archive = block(file, "archive")
    cases, pages = archive.get("case_count_in_volume") or 0, archive.get("index_pages") or 0
    summary = block(file, "case").get("procedure") == "summary"
    most = setting.params["summary_cases_per_volume"] if summary else 1
    return (
        come(archive.get("archived_on"), setting.day)
        and 1 <= cases <= most
        and pages > 0
        and pages == archive.get("actual_pages")
        and bool(archive.get("cover") and archive.get("note_sheet"))
    )
