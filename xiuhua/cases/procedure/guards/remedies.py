"""When a decision is overturned, and what follows."""

from __future__ import annotations

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards import apart
from xiuhua.cases.procedure.guards.reading import block, come, matter, rows, step_of, written
from xiuhua.cases.procedure.guards.remedies_side import FALLEN
from xiuhua.cases.procedure.guards.sharing import given_by, parties
from xiuhua.cases.procedure.setting import Setting

OVERTURNED_BY = frozenset({"reconsideration", "court", "self"})
TAKEN_BACK = (
    "investigation_report",
    "adjudication",
    "legal_review",
    "notice",
    "defence",
    "defences",
    "hearing",
    "hearing_requests",
    "discussion",
)


def annulled(file: File, setting: Setting) -> bool:
    """The paper that revokes this decision is named, with its day and who made it; an older one revoked another."""
    annulment, decided = block(file, "annulment"), block(file, "decision").get("decided_on") or ""
    return (
        annulment.get("by") in OVERTURNED_BY
        and bool(annulment.get("document"))
        and come(annulment.get("on"), setting.day)
        and annulment["on"] >= decided
    )


def fell_after_closing(file: File, setting: Setting) -> bool:
    """The last word of all reconsiderations and suits is against the decision, and it is the one that is named."""
    words = [
        *((r.get("decided_on") or "", r.get("outcome")) for r in rows(file, "reconsiderations")),
        *((r.get("ended_on") or "", r.get("outcome")) for r in rows(file, "litigations")),
    ]
    day, outcome = max((w for w in words if w[0] and w[1]), default=("", ""))
    return outcome in FALLEN and block(file, "annulment").get("on") == day


def new_decision_ordered(file: File, setting: Setting) -> bool:
    """The body that revoked it ordered a new decision, and the old one no longer stands in the file."""
    decided = file.get("decision") or file.get("no_penalty")
    gone = not decided and not any(file.get(name) for name in TAKEN_BACK)
    return gone and block(file, "annulment").get("new_decision") is True


def on_new_ground(file: File, setting: Setting) -> bool:
    """What differs from the revoked decision is written: facts, reasons, or only the procedure (ALL §71)."""
    return written(block(step_of(file), "annulment").get("new_ground"))


def money_and_goods_returned(file: File, setting: Setting) -> bool:
    """Whatever was paid or held went back, or compensation was fixed.

    In a remedy of one of several parties, what that one paid; things that are held follow their own measure.
    """
    if whose := remedy_of(file):
        return refunded(file, whose, setting)
    held = rows(block(file, "payment"), "items") or rows(file, "measures") or rows(file, "confiscated")
    return not held or went_back(file, setting)


def went_back(file: File, setting: Setting) -> bool:
    """Money and goods went back, after this decision fell and not after an older one."""
    day = block(file, "refund").get("done_on")
    return come(day, setting.day) and _since_it_fell(file, day)


def _since_it_fell(file: File, day: str | None) -> bool:
    """Whether it was done for the decision that fell last: an older one may have had a refund of its own."""
    fell: str = block(file, "annulment").get("on") or ""
    return day is not None and day != "" and fell <= day


def old_money_accounted(file: File, setting: Setting) -> bool:
    """What was paid under the old decision went back, or is set off as the party asked in writing (AEL §41).

    Of several parties it goes back to each: nobody's money pays for another.
    """
    refund = block(file, "refund")
    if not refund.get("amount"):
        return True
    if went_back(file, setting):
        return True
    return refund.get("way") == "set_off" and written(refund.get("request")) and len(parties(file)) == 1


def to_set_off(file: File) -> float:
    """What an old decision left to pay the new one with, yuan."""
    refund = block(file, "refund")
    if refund.get("way") != "set_off" or _since_it_fell(file, refund.get("done_on")):
        return 0
    return refund.get("amount") or 0


def left_of_old(file: File) -> float:
    """What of it the new decision does not take, yuan: it goes back to the party."""
    decision = block(file, "decision")
    asked = (decision.get("fine") or 0) + (decision.get("gains") or 0)
    return float(round(max(to_set_off(file) - asked, 0), 2))


def receipts(file: File) -> str:
    """The numbers of the receipts of what was paid, in their order."""
    items = rows(block(file, "payment"), "items")
    return "、".join(str(item["receipt_no"]) for item in items if item.get("receipt_no"))


def remedy_of(file: File) -> str:
    """The one of several parties whose reconsideration or suit is judged; empty where it is that of the case."""
    whose = str(matter(file).get("party") or "")
    return whose if whose and len(parties(file)) > 1 else ""


def refunded(file: File, party: str, setting: Setting) -> bool:
    """Whether what a party for whom the decision fell had paid went back, or it had paid nothing."""
    day = block(apart.share(file, party), "refund").get("done_on")
    return not given_by(file, party) or come(day, setting.day)


def publicity_withdrawn(file: File, setting: Setting) -> bool:
    """Nothing was published, or it was withdrawn since; what was published of several parties apart, of each.

    In a remedy of one of them, what was published of that one.
    """
    if found := apart.published(file):
        whose = remedy_of(file)
        found = [party for party in found if not whose or party == whose]
        return all(publicity_withdrawn(apart.of_one(file, party), setting) for party in found)
    publicity = block(file, "publicity")
    day, published = publicity.get("withdrawn_on"), publicity.get("published_on")
    return not published or (come(day, setting.day) and day >= published)
