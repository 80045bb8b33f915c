"""Several parties and several acts in one case: who they are now, and what of a penalty falls to whom. Pure.

Rules of the file
1. The first party stands in the block `party`, the first act in `violation` with its `cause`: they are P1 and V1. Those
   that came in later are rows of `parties` and `violations`, each with its id; a later row says more of the same id,
   and `left_on` takes it out again.
2. The penalty is weighed for each party and each act: the rows `items` of the report, the notice and the decision. The
   last row of a pair holds; one without kinds says that this party is not punished for this act. The block's own sum
   is that of its rows.
3. A service, a payment and a defence name the `party` they are of; without a name they are of P1.
4. A case of one party and one act has none of these lists, and nothing here changes how it is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xiuhua.cases.procedure.guards.reading import EMPTY, P1, added, block, effective, fallen, rows

Row = Mapping[str, Any]
Pair = tuple[str, str]
V1 = "V1"


def is_several(file: Row) -> bool:
    """Whether somebody or something was ever joined to the first party and the first act."""
    return bool(file.get("parties") or file.get("violations"))


def told_of(found: Row, name: str) -> dict[str, dict[str, Any]]:
    """Id → everything that the rows of a list say of it, those that left among them."""
    known: dict[str, dict[str, Any]] = {}
    for row in rows(found, name):
        if id := row.get("id"):
            known[id] = {**known.get(id, {}), **row}
    return known


def _here(found: Row, name: str) -> dict[str, dict[str, Any]]:
    return {id: row for id, row in told_of(found, name).items() if not row.get("left_on")}


def parties(file: Row) -> dict[str, Row]:
    """Id → the parties of the case as they are now, the first one first."""
    return {P1: block(file, "party"), **_here(file, "parties")}


def acts(file: Row) -> dict[str, Row]:
    """Id → the acts of the case as they are now, each with its `cause`, the first one first."""
    return {V1: {**block(file, "violation"), "cause": block(file, "cause")}, **_here(file, "violations")}


def names_joined(file: Row) -> list[str]:
    """What the further parties and acts of the case are called."""
    names = (row.get("name") for id, row in parties(file).items() if id != P1)
    causes = (block(row, "cause").get("name") for id, row in acts(file).items() if id != V1)
    return [str(name) for name in (*names, *causes) if name]


def next_id(file: Row, name: str) -> str:
    """The id of the next row of `parties` or `violations`; that of one which left is not given again."""
    return f"{'P' if name == 'parties' else 'V'}{len(told_of(file, name)) + 2}"


def norm_for(file: Row, party: str, act: str) -> Row:
    """The cause of an act with the range that holds for the kind of this party."""
    cause = acts(file)[act].get("cause") or EMPTY
    kind = parties(file)[party].get("kind")
    return {**cause, **block(block(cause, "by_kind"), str(kind))}


def items(file: Row, name: str) -> dict[Pair, Row]:
    """(party, act) → what block `name` says of this pair, for those who and which still belong to the case."""
    here, there = parties(file), acts(file)
    said = {
        (str(row.get("party")), str(row.get("violation"))): row for row in rows(block(file, name), "items")
    }
    return {pair: row for pair, row in said.items() if pair[0] in here and pair[1] in there}


def pairs(file: Row) -> list[Pair]:
    """Every party with every act."""
    return [(party, act) for party in parties(file) for act in acts(file)]


def of_party(file: Row, name: str, party: str, key: str = "fine") -> float:
    """The sum of one party in block `name`, yuan."""
    found = items(file, name)
    if not found:
        return float(block(file, name).get(key) or 0) if party == P1 else 0.0
    return sum(row.get(key) or 0 for pair, row in found.items() if pair[0] == party)


def kinds_of(file: Row, name: str, party: str) -> frozenset[str]:
    """Every kind of penalty that block `name` names for one party."""
    return frozenset(
        kind for pair, row in items(file, name).items() if pair[0] == party for kind in row.get("kinds") or ()
    )


def served_to(file: Row, documents: frozenset[str], party: str, since: str = "") -> str:
    """The day on which the latest service of one of `documents` on a party took effect; empty where there was none.

    What was served before `since` does not count.
    """
    for row in reversed(rows(file, "services")):
        mine = (row.get("party") or P1) == party and row.get("document") in documents
        if mine and (row.get("on") or "") >= since:
            return effective(row)
    return ""


def notice_served_to(file: Row, party: str) -> str:
    """The day on which the notice that holds now reached a party; empty before."""
    since = block(file, "renotice").get("on") or ""
    if party == P1:
        own = served_to(file, frozenset({"prior_notice"}), P1, since)
        return own or block(file, "notice").get("served_on") or ""
    return served_to(file, frozenset({"prior_notice"}), party, since)


def defence_by(file: Row, party: str) -> Row:
    """What a party said to the notice, and what came of it."""
    if party == P1:
        return block(file, "defence")
    found: dict[str, Any] = {}
    for row in rows(file, "defences"):
        if row.get("party") == party:
            found |= row
    return found


def paid_by(file: Row, party: str) -> float:
    """Sum of the payments of one party, yuan; none of one for whom the decision fell."""
    return 0.0 if party in fallen(file) else given_by(file, party)


def given_by(file: Row, party: str) -> float:
    """All money that came from one party, yuan, whatever became of the decision."""
    return sum(
        item.get("amount") or 0
        for item in rows(block(file, "payment"), "items")
        if (item.get("party") or P1) == party
    )


def owed_by(file: Row, party: str) -> float:
    """What is asked of one party, yuan: by the decision, and the surcharge of its own payment (see `apart`)."""
    if party in fallen(file):
        return 0.0
    decided = of_party(file, "decision", party) + of_party(file, "decision", party, "gains")
    return decided + added(block(block(file, "shares"), party))
