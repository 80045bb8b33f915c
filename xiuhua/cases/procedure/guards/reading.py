"""What several guards, and the clocks, read off a file. Pure.

Everything here is called some hundred thousand times in an import, so it reads dicts directly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from xiuhua.cases.procedure.file import STEP, File
from xiuhua.cases.procedure.periods import FAMILIES, last_day
from xiuhua.kernel.workdays import Calendar

EMPTY: Mapping[str, Any] = {}
# What may be asked to be reconsidered or brought before a court, from the day on which it is served.
DECISIONS = frozenset({"penalty_decision", "no_penalty_decision", "demolition_order"})
# The party named first; those that were joined later have ids of their own (see `sharing`).
P1 = "P1"
# Papers that tell of the right to a hearing.
TELLING = frozenset({"prior_notice", "hearing_right_notice"})
HEADS = frozenset({"bureau_head", "bureau_deputy_head", "town_approver"})


def block(file: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A block of the file, empty where there is none."""
    return file.get(name) or EMPTY


def rows(file: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    """A list of the file, empty where there is none."""
    return file.get(name) or ()


def step_of(file: File) -> Mapping[str, Any]:
    """What the step under judgement states itself."""
    return file.get(STEP) or EMPTY


def matter(file: Mapping[str, Any]) -> Mapping[str, Any]:
    """The block of the matter whose step is judged (see `side`); empty on the main road."""
    return file.get(file.get("matter", "")) or EMPTY


def matter_step(file: File) -> Mapping[str, Any]:
    """What the step under judgement states of its matter itself."""
    return step_of(file).get(file.get("matter", "")) or EMPTY


def defence_of(file: Mapping[str, Any]) -> Mapping[str, Any]:
    """The defence that a step speaks of: that of its matter, where it has one of its own, else that of the case."""
    return matter(file).get("defence") or block(file, "defence")


def written(text: Any) -> bool:
    """Whether a text says anything."""
    return isinstance(text, str) and bool(text.strip())


def come(day: Any, on: str) -> bool:
    """Whether a day is named and not later than `on`, both ISO text."""
    return bool(day) and day[:10] <= on


def people(ids: Sequence[str] | None, least: int) -> bool:
    """Whether at least so many different people are named."""
    return len(set(ids or ())) >= least


def same_money(a: float, b: float) -> bool:
    """Equal to the fen."""
    return abs(a - b) < 0.005


def iso(text: str) -> date:
    """The day of an ISO date or moment. Raises ValueError for anything else."""
    return date.fromisoformat(text[:10])


def evidence(file: File) -> Sequence[Mapping[str, Any]]:
    """The items of evidence; a later row with the same id stands for the earlier one."""
    items = rows(file, "evidence")
    return list({item.get("id") or n: item for n, item in enumerate(items)}.values())


def case_officers(file: File) -> list[str]:
    """Who handles the case now: the officers named on the filing form, less those replaced since."""
    ids = list(block(file, "filing").get("officer_ids") or ())
    for change in rows(file, "replacements"):
        ids = [i for i in ids if i != change.get("out_id")]
        ids.append(change["in_id"])
    return ids


# Lists whose rows name the officers of an act.
ACTS = ("inspections", "interviews", "samples", "measures")


def investigated(file: File, person: str) -> bool:
    """Whether the person took part in any act of the investigation, or was charged with it."""
    for name in ACTS:
        for row in file.get(name) or ():
            if person in (row.get("officer_ids") or ()):
                return True
    correction = file.get("correction") or EMPTY
    if person in (correction.get("officer_ids") or ()) or person in (
        correction.get("recheck_officer_ids") or ()
    ):
        return True
    if person in (block(file, "filing").get("officer_ids") or ()):
        return True
    return "replacements" in file and any(person == c.get("in_id") for c in rows(file, "replacements"))


def stood_apart(file: File, stated: str | None, actor: str) -> bool:
    """Neither the person a step names nor the one who acts took part in the investigation; one of them is known."""
    if stated and investigated(file, stated):
        return False
    if actor and actor != stated and investigated(file, actor):
        return False
    return bool(stated or actor)


def limit_kind(file: File, params: Mapping[str, Any]) -> str:
    """`citizen` or `organisation`, whichever limits hold for the party."""
    kind = block(file, "party").get("kind")
    if kind == "individual_business":
        return str(params["individual_business_counts_as"])
    return "citizen" if kind == "citizen" else "organisation"


def bodies_named(file: File, params: Mapping[str, Any]) -> Sequence[str]:
    """Which bodies the law of the day names for a decision of the case's authority (ARL17 §12, §13; ARL23 §24)."""
    of_town = block(file, "case").get("authority_kind") != "district_bureau"
    said: str | Sequence[str] = params["reconsideration_bodies" + ("_of_town" if of_town else "")]
    return said.split(";") if isinstance(said, str) else said


# Words against a decision that leave it standing: with another sum, or as it is.
STANDING = frozenset({"varied", "declared_unlawful"})


def fallen(file: Mapping[str, Any]) -> frozenset[str]:
    """The ids of those of several parties for whom the decision fell, while it stands for the others."""
    shares = file.get("shares")
    if not isinstance(shares, Mapping):
        return frozenset()
    return frozenset(id for id, own in shares.items() if falls(block(own or EMPTY, "annulment")))


def falls(annulment: Mapping[str, Any]) -> bool:
    """Whether a word against the decision takes it away, and does not only vary it or say that it was wrong."""
    return bool(annulment.get("document")) and annulment.get("outcome") not in STANDING


def paid(file: File) -> float:
    """Sum of all payments, yuan; what goes back to a party for whom the decision fell is none."""
    items, gone = rows(block(file, "payment"), "items"), fallen(file)
    return sum(item.get("amount") or 0 for item in items if not gone or (item.get("party") or P1) not in gone)


def owed(file: File) -> float:
    """What the party owes in all, yuan: fine, confiscated gains, surcharge less what was waived.

    Of several parties, what all of them owe; one for whom the decision fell owes nothing.
    """
    decision, gone = block(file, "decision"), fallen(file)
    total: float = (decision.get("fine") or 0) + (decision.get("gains") or 0) + added(file)
    shares = (file.get("shares") or EMPTY).items()
    return total + sum(added(own or EMPTY) for id, own in shares if id not in gone) - _decided(decision, gone)


def _decided(decision: Mapping[str, Any], whose: frozenset[str]) -> float:
    """What the decision asks of some of several parties, yuan: the last row of each of them and each act counts."""
    if not whose:
        return 0
    said = {(row.get("party"), row.get("violation")): row for row in rows(decision, "items")}
    return sum(
        (row.get("fine") or 0) + (row.get("gains") or 0) for (id, _), row in said.items() if id in whose
    )


def added(file: Mapping[str, Any]) -> float:
    """The surcharge less what was waived of it, yuan."""
    surcharge = block(file, "surcharge")
    more: float = (surcharge.get("amount") or 0) - (surcharge.get("waived") or 0)
    return more


def effective(row: Mapping[str, Any]) -> str:
    """The day on which a service took effect, ISO text; empty where it has not."""
    return row.get("effective_on") or row.get("post_receipt_on") or row.get("on") or ""


def served(file: File, documents: frozenset[str]) -> str:
    """The day on which the latest service of one of `documents` took effect; empty where there was none.

    Of several parties, the last one's; empty until it reached each of them.
    """
    if file.get("parties"):
        days = {
            r.get("party") or P1: effective(r)
            for r in rows(file, "services")
            if r.get("document") in documents
        }
        gone = {row.get("id") for row in rows(file, "parties") if row.get("left_on")}
        here = {P1, *(row.get("id") for row in rows(file, "parties"))} - gone
        return max(days.values()) if here <= days.keys() else ""
    for row in reversed(rows(file, "services")):
        if row.get("document") in documents:
            return effective(row)
    return ""


def received(file: File) -> str:
    """The day on which the party had the decision in hand; empty before.

    In a matter of one of several parties, the day on which that one had it: its remedies run from its own service.
    """
    if (whose := matter(file).get("party")) and file.get("parties"):
        own = [r for r in rows(file, "services") if (r.get("party") or P1) == whose]
        return served({"services": own}, DECISIONS)
    return block(file, "decision").get("delivered_on") or served(file, DECISIONS)


def pay_until(file: File, calendar: Calendar) -> date | None:
    """The last day to pay: of the approved plan, else of the period after receipt; None before receipt."""
    deferral = block(file, "deferral")
    if deferral.get("approved_on") and deferral.get("plan"):
        return max(iso(row["due"]) for row in deferral["plan"])
    day = received(file)
    return last_day("payment", iso(day), calendar) if day else None


def hearing_told(file: File) -> str:
    """The day on which the right to a hearing was told, by its own paper or in the prior notice; else empty.

    Of several parties, the last to be told: a joint hearing may be asked for until its days are over, too.
    """
    told = block(file, "hearing").get("told_on")
    notice = block(file, "notice")
    told = told or (notice.get("served_on") if notice.get("tells_hearing") else "") or ""
    if told and file.get("parties"):
        return max([told, *(effective(r) for r in rows(file, "services") if r.get("document") in TELLING)])
    return told


def suspended_days(file: File) -> int:
    """Days that do not count for the time limit: approved suspensions with a ground that stop the clock."""
    days = 0
    for row in rows(block(file, "case"), "suspensions"):
        if row.get("ground") and row.get("approved_by") and row.get("stops_clock") is not False:
            days += (iso(row["to_on"]) - iso(row["from_on"])).days
    return days


def limit_began(file: File) -> date | None:
    """The day from which the time limit for the decision counts; None before filing.

    From the filing, but not before the text that sets the limit; when a decision was revoked and a new one
    ordered, from the day of the revocation (no text says so; the old limit could never be kept).
    """
    filed, since = block(file, "filing").get("approved_on"), FAMILIES["case_decision"][-1].since
    if not filed:
        return None
    annulment = block(file, "annulment")
    again = annulment.get("on") if annulment.get("new_decision") else None
    return max(iso(again or filed), iso(filed), since or date.min)
