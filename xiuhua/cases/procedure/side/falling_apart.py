"""A word against the decision that is of one of several parties: what it changes is of that one alone. Pure.

A remedy is that of whoever asked for it (ARL17 §28, ARL23 §63 to §68, ALL §70, §77); no text says what becomes of the
same decision for the others, and it is read here as standing. So the annulment, the refund and what was published stand
in the share of that party, and the road keeps the decision for the others. Only when it fell for everybody whom it
punished does the case itself read that its decision fell. A varied sum takes the place of what the decision says of
this party.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from xiuhua.cases.procedure.facts.deriving import Fragment
from xiuhua.cases.procedure.guards import apart
from xiuhua.cases.procedure.guards.reading import block, fallen, falls, matter, rows
from xiuhua.cases.procedure.guards.remedies_side import FALLEN
from xiuhua.cases.procedure.guards.sharing import items, of_party, parties

Params = Callable[[date], Mapping[str, Any]]


def of_one(facts: Fragment, file: Mapping[str, Any], params_on: Params) -> None:
    """Put what the step says against the decision into the share of the party whose remedy it is.

    Nothing is changed where the case has one party, or where the remedy names nobody.
    """
    party = str(matter(file).get("party") or "")
    if party not in parties(file) or len(parties(file)) < 2:
        return
    own: dict[str, Any] = {}
    _annulled(facts, file, party, own)
    if "refund" in facts:
        own["refund"] = facts.pop("refund")
    _varied(facts, file, party)
    if "publicity" in facts and party in apart.published(file):
        own["publicity"] = facts.pop("publicity")
    if own:
        facts[apart.SHARES] = {party: own}


def _annulled(facts: Fragment, file: Mapping[str, Any], party: str, own: dict[str, Any]) -> None:
    """The annulment as that of one party; as that of the case, too, where nobody is left for whom it stands."""
    known = facts.get(str(file["matter"])) or {}
    if "original_fine" in known:
        known["original_fine"] = of_party(file, "decision", party)
    if said := facts.pop("annulment", None):
        own["annulment"] = {**said, "outcome": known.get("outcome")}
        others = set(apart.punished(file)) - fallen(file) - {party}
        if falls(own["annulment"]) and not others:
            facts["annulment"] = said
    elif (
        _taken_back(known, matter(file)) and block(apart.share(file, party), "annulment").get("by") == "court"
    ):
        own["annulment"] = None
        facts |= {"annulment": None} if file.get("annulment") else {}


def _taken_back(said: Mapping[str, Any], suit: Mapping[str, Any]) -> bool:
    """Whether a retrial lets the decision stand."""
    return suit.get("instance") == "retrial" and bool(said.get("outcome")) and said["outcome"] not in FALLEN


def tried_again(facts: Fragment, file: Mapping[str, Any], params_on: Params) -> None:
    """A retrial is of the party whose suit ended last."""
    ended = [row for row in rows(file, "litigations") if row.get("ended_on") and row.get("party")]
    if ended:
        facts[str(file["matter"])]["party"] = ended[-1]["party"]


def _varied(facts: Fragment, file: Mapping[str, Any], party: str) -> None:
    """The sum as it was varied, among the acts of the party as the decision had divided it, to the fen."""
    fine = block(facts, "decision").get("fine")
    if fine is None:
        return
    own = [row for pair, row in items(file, "decision").items() if pair[0] == party and row.get("kinds")]
    before = of_party(file, "decision", party)
    whole = round(block(file, "decision").get("fine", 0) - before + fine, 2)
    facts["decision"] = {**facts["decision"], "fine": whole, "items": _divided(own, before, fine)}
    if "publicity" in facts and party not in apart.published(file):
        facts["publicity"]["amount_wan"] = round(whole / 10000, 6)


def _divided(own: list[Mapping[str, Any]], before: float, fine: float) -> list[dict[str, Any]]:
    """The rows anew with `fine` in place of `before` yuan; what is left of a fen falls to the last."""
    found, left = [], fine
    for number, row in enumerate(own, 1):
        part = round(fine * (row.get("fine") or 0) / before, 2) if before and number < len(own) else left
        found.append({**row, "fine": part})
        left = round(left - part, 2)
    return found
