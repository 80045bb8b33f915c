"""What each of several parties owes and does by itself, and the file as if it were the only one. Pure.

Who is fined apart pays apart (PPL21 §67, §72): its own days, deferral, surcharge, demand and court.

Rules of the file
1. What a procedure of one party states of itself (`Side.apart`) lies in `shares`, under the id of the party and the
   name of the block: `shares.P2.deferral`. Services and payments stay where the case keeps them, with the `party`.
2. Who reads `of_one` reads the file of a case with that one party: the same guards, clocks and papers hold for it.
3. A case of one party has no shares, nor has a history whose payments were kept for the case as a whole.
4. A decision that fell for one party says so as `shares.P2.annulment`: nothing is asked of that one any more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from xiuhua.cases.procedure.file import STEP, File
from xiuhua.cases.procedure.guards.reading import DECISIONS, EMPTY, P1, block, fallen, owed, paid, rows
from xiuhua.cases.procedure.guards.sharing import (
    V1,
    Row,
    acts,
    defence_by,
    items,
    kinds_of,
    norm_for,
    notice_served_to,
    of_party,
    parties,
    served_to,
)

SHARES = "shares"
# In the file as one party has it: the id of that party.
WHOSE = "whose"
# The blocks that a party has of its own.
OWN = (
    "payment",
    "deferral",
    "surcharge",
    "demand",
    "enforcement",
    "court",
    "termination",
    "publicity",
    "recall",
)
# What a remedy of one party changes in the file as that one has it.
OF_REMEDIES = ("annulment", "refund")
# Where it stands what is proposed and planned against a party: block, and its names of kinds, fine and gains.
TOLD = (
    ("investigation_report", "proposed_kinds", "proposed_fine", "proposed_gains"),
    ("notice", "planned_kinds", "planned_fine", "planned_confiscation"),
)
REMEDIES = ("reconsideration", "reconsiderations", "litigation", "litigations", "suits")
# What is of the case as a whole and nothing of one party.
_GONE = frozenset({SHARES, "parties", "violations", "defences", STEP, *OWN})


def share(file: Row, party: str) -> Row:
    """What the procedures of one party have stated of themselves: block → what it says."""
    found = _shares(file).get(party)
    return found if isinstance(found, Mapping) else EMPTY


def _shares(file: Row) -> Row:
    """What stands under `shares`; a file from elsewhere may hold anything there."""
    found = file.get(SHARES)
    return found if isinstance(found, Mapping) else EMPTY


def pays_apart(file: Row) -> bool:
    """Whether each party of this case pays by itself: the payment of one has begun."""
    return any("payment" in share(file, party) for party in _shares(file))


def fined(file: Row) -> list[str]:
    """The parties of whom the decision asks money and for whom it stands, the first one first."""
    gone = fallen(file)
    return [
        id
        for id in parties(file)
        if id not in gone and of_party(file, "decision", id) + of_party(file, "decision", id, "gains")
    ]


def paying(file: Row) -> list[str]:
    """The parties each of whom pays, is demanded of and taken to court by itself; none where the case is as a whole."""
    return fined(file) if pays_apart(file) else []


def punished(file: Row) -> list[str]:
    """The parties whom the decision punishes, the first one first."""
    return [id for id in parties(file) if kinds_of(file, "decision", id)]


def published(file: Row) -> list[str]:
    """The parties of whom the decision was published by itself."""
    return [id for id in parties(file) if block(share(file, id), "publicity").get("published_on")]


def unpublished(file: Row) -> list[str]:
    """The punished parties of whom the decision is still to be published; none where it was published as a whole.

    Of whom it fell before, nothing is published any more.
    """
    apart = [*published(file), *fallen(file)]
    if block(file, "publicity").get("published_on") and not published(file):
        return []
    return [id for id in punished(file) if id not in apart]


def party_of(facts: Row) -> str:
    """The one party of whom a step speaks in `shares`; empty where it speaks of none or of several."""
    named = list(_shares(facts))
    return str(named[0]) if len(named) == 1 else ""


def may_have(file: Row, begun: Collection[str]) -> Collection[str]:
    """Whose a new matter may be: of those who have begun to go apart, else of a fined party or of the case."""
    return begun or ["", *(fined(file) if len(parties(file)) > 1 else ())]


def of_one(file: Row, party: str) -> File:
    """The file as if `party` were the only one: what was decided, served, paid and pressed for of it alone."""
    alone: File = {name: part for name, part in file.items() if name not in _GONE}
    alone |= {name: part for name, part in share(file, party).items() if name in (*OWN, *OF_REMEDIES)}
    alone["party"] = parties(file).get(party, EMPTY)
    alone["services"] = _own(rows(file, "services"), party)
    alone["defence"] = defence_by(file, party)
    alone["payment"] = _paid(file, share(file, party), party)
    if file.get("decision"):
        alone["decision"] = _decided(file, party)
    alone |= _acts_of(file, party)
    for name in REMEDIES:
        if found := file.get(name):
            alone[name] = _of_whom(found, party)
    for name, kinds, fine, gains in TOLD:
        if items(file, name):
            alone[name] = _told(file, name, party, (kinds, fine, gains))
    alone[WHOSE] = party
    if STEP in file:
        alone[STEP] = _stated(file[STEP], party)
    return alone


def _own(found: Any, party: str) -> list[dict[str, Any]]:
    """The rows of one party, without its name: those that name nobody are of the first."""
    return [
        {key: value for key, value in row.items() if key != "party"}
        for row in found
        if (row.get("party") or P1) == party
    ]


def _of_whom(found: Any, party: str) -> Any:
    """Remedies of one party; one that stands alone and is of another is none."""
    if isinstance(found, Mapping):
        return found if (found.get("party") or P1) == party else {}
    return [row for row in found if (row.get("party") or P1) == party]


def _paid(file: Row, own: Row, party: str) -> dict[str, Any]:
    return {**block(own, "payment"), "items": _own(rows(block(file, "payment"), "items"), party)}


def _decided(file: Row, party: str) -> dict[str, Any]:
    decision, known = block(file, "decision"), parties(file).get(party, EMPTY)
    found = [row for pair, row in items(file, "decision").items() if pair[0] == party]
    own = {
        **_joined([row for row in found if row.get("kinds")], "basis", "; "),
        "fine": of_party(file, "decision", party),
        "gains": of_party(file, "decision", party, "gains"),
        "kinds": sorted(kinds_of(file, "decision", party)),
        "party_name": known.get("name"),
        "delivered_on": served_to(file, DECISIONS, party, decision.get("decided_on") or ""),
    }
    return {**decision, **own, "items": found} if found else {**decision, "delivered_on": own["delivered_on"]}


def _told(file: Row, name: str, party: str, names: tuple[str, str, str]) -> dict[str, Any]:
    """What is proposed or planned against one party, and when its notice reached it."""
    kinds, fine, gains = names
    own = {
        kinds: sorted(kinds_of(file, name, party)),
        fine: of_party(file, name, party),
        gains: of_party(file, name, party, "gains"),
        "items": [row for pair, row in items(file, name).items() if pair[0] == party],
    }
    reached = {"served_on": notice_served_to(file, party)} if name == "notice" else {}
    return {**block(file, name), **own, **reached, "party_name": parties(file).get(party, EMPTY).get("name")}


def _acts_of(file: Row, party: str) -> dict[str, Any]:
    """The acts for which one party is or shall be punished: the first with its norm, and what all are called."""
    name = next((n for n in ("decision", "notice", "investigation_report") if items(file, n)), "decision")
    done = [act for (whose, act), row in items(file, name).items() if whose == party and row.get("kinds")]
    if not done or done == [V1]:
        return {}
    norms, there = [norm_for(file, party, act) for act in done], [acts(file)[act] for act in done]
    first = {key: value for key, value in there[0].items() if key != "cause"}
    return {
        "cause": {**norms[0], **_joined(norms, "name", "、"), **_joined(norms, "basis", "; ")},
        "violation": {**first, **_joined(there, "facts", "；")},
    }


def _joined(found: list[Row], key: str, mark: str) -> dict[str, str]:
    said = list(dict.fromkeys(str(row[key]) for row in found if row.get(key)))
    return {key: mark.join(said)} if said else {}


def _stated(step: Row, party: str) -> dict[str, Any]:
    """What the step says, in the words of a case of one party."""
    kept = {name: part for name, part in step.items() if name not in _GONE}
    kept |= share(step, party)
    if rows(block(step, "payment"), "items"):
        kept["payment"] = _paid(step, share(step, party), party)
    if rows(step, "services"):
        kept["services"] = _own(step["services"], party)
    return kept


def to_case(facts: Row, party: str) -> dict[str, Any]:
    """What a procedure of one party stated, as the file of the case keeps it: the way back from `of_one`."""
    own = {name: part for name, part in facts.items() if name in OWN}
    kept = {name: part for name, part in facts.items() if name not in OWN}
    if "services" in kept:
        kept["services"] = [{**row, "party": party} for row in kept["services"]]
    if "items" in (own.get("payment") or {}):
        payment = dict(own.pop("payment"))
        kept["payment"] = {"items": [{**item, "party": party} for item in payment.pop("items")]}
        own |= {"payment": payment} if payment else {}
    return {**kept, SHARES: {party: own}} if own else kept


def settled(file: Row, party: str) -> bool:
    """Whether a party has paid all that is asked of it, its surcharge included."""
    alone = of_one(file, party)
    return paid(alone) >= owed(alone) - 0.005


def ended_by_law(file: Row, party: str) -> bool:
    """Whether nothing more is asked of a party though it did not pay: its execution was ended (AEL §40)."""
    return bool(block(share(file, party), "termination").get("ground"))


def open_shares(file: Row) -> Iterator[File]:
    """The file of every fined party who still owes, each as the only one."""
    for party in fined(file):
        if not settled(file, party) and not ended_by_law(file, party):
            yield of_one(file, party)


def enforced(file: Row) -> bool:
    """Whether the duty of some party was carried out by force."""
    return any(block(share(file, party), "enforcement").get("finished_on") for party in fined(file))


def is_apart(file: Row) -> bool:
    """Whether this is the file as one of several parties has it."""
    return WHOSE in file


def last_paid(file: Row) -> date | None:
    """The day of the last payment; None without one."""
    days = [item["on"] for item in rows(block(file, "payment"), "items") if item.get("on")]
    return date.fromisoformat(max(days)[:10]) if days else None
