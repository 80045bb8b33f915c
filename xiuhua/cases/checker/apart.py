"""A file of several parties or acts, taken apart: the rules speak of one party and one act. Pure.

Each party is looked at with what was planned, decided, served and paid of its own; the rules about the norm and about
discretion look at each act for which a party is punished. A file of one party and one act is looked at as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xiuhua.cases.checker.fields.carrying_out import OF_EACH
from xiuhua.cases.checker.reading.blocks import Block, block, rows

# Groups of rules that are about one act under one norm.
OF_AN_ACT = frozenset({"law", "discretion"})
P1, V1 = "P1", "V1"
# What of a hearing is of the party that asked for it.
OF_WHO_ASKED = ("requested_on", "waived_in_writing")
_NORM = ("kinds", "fine", "tier", "basis", "mitigation_ground", "aggravation_ground")


@dataclass(frozen=True, slots=True)
class View:
    """One look at a file: `of` names whose it is, empty for the whole. `of_an_act` picks the rules that look."""

    file: Block
    of: str = ""
    of_an_act: bool | None = None

    def looks(self, group: str) -> bool:
        return self.of_an_act is None or self.of_an_act is (group in OF_AN_ACT)


def views(file: Block) -> Sequence[View]:
    """How the rules look at the file."""
    if "parties" not in file and "violations" not in file:
        return (View(file),)
    try:
        return tuple(_views(file))
    except (AttributeError, KeyError, TypeError, ValueError):
        # A file from elsewhere may hold anything: what cannot be taken apart is looked at as it is.
        return (View(file),)


def _views(file: Block) -> Iterator[View]:
    parties = {P1: block(file, "party"), **_here(file, "parties")}
    for id, known in parties.items():
        yield View(_of_party(file, id, known), _named(known, id), of_an_act=False)
    causes = {str(row.get("violation")): row for row in rows(file, "causes")}
    acts = {V1: block(file, "violation"), **_here(file, "violations")}
    for row in _items(file, "decision"):
        party, act = str(row.get("party")), str(row.get("violation"))
        if not row.get("kinds") or party not in parties or act not in acts:
            continue
        cause = {**(block(file, "cause") if act == V1 else causes.get(act, {})), **_range(row)}
        alone = {**_of_party(file, party, parties[party]), "violation": acts[act], "cause": cause}
        of = f"{_named(parties[party], party)}：{cause.get('code', act)}"
        yield View(_of_act(alone, file, row), of, of_an_act=True)


def _named(party: Block, id: str) -> str:
    return str(party.get("name") or id)


def _here(file: Block, name: str) -> dict[str, dict[str, Any]]:
    return {str(row.get("id")): dict(row) for row in rows(file, name) if not row.get("left_on")}


def _items(file: Block, name: str) -> Sequence[Block]:
    return rows(block(file, name), "items")


def _range(row: Block) -> dict[str, Any]:
    return {key: row[key] for key in ("floor", "ceiling") if key in row}


def _share(file: Block, name: str, party: str, kinds: str, fine: str) -> dict[str, Any]:
    """Kinds and sum of one party in block `name`; nothing where the block says nothing of it apart."""
    found = [row for row in _items(file, name) if row.get("party") == party]
    if not _items(file, name):
        return {}
    named = list(dict.fromkeys(kind for row in found for kind in row.get("kinds") or ()))
    return {kinds: named, fine: sum(row.get("fine") or 0 for row in found)}


def _of_party(file: Block, id: str, party: Block) -> dict[str, Any]:
    """The file with what is of one party alone."""
    notice = {**block(file, "notice"), **_share(file, "notice", id, "planned_kinds", "planned_fine")}
    decision = {**block(file, "decision"), **_share(file, "decision", id, "kinds", "fine")}
    report = {
        **block(file, "investigation_report"),
        **_share(file, "investigation_report", id, "proposed_kinds", "proposed_fine"),
    }
    whole = block(file, "decision").get("fine")
    found = {
        **file,
        "party": party,
        "notice": _to(notice, party, file, "prior_notice", id),
        "decision": {**decision, "party_name": party.get("name")} if decision else {},
        "investigation_report": report,
        "services": _own(rows(file, "services"), id),
        "payment": {**block(file, "payment"), "items": _own(rows(block(file, "payment"), "items"), id)},
        "discussion": _if_whole(block(file, "discussion"), "conclusion_fine", whole, decision.get("fine"), 1),
        "publicity": _if_whole(block(file, "publicity"), "amount_wan", whole, decision.get("fine"), 10000),
    }
    if id != P1 and "hearing" in file:
        found["hearing"] = _asked(file, id)
    for name, listed in OF_EACH.items():
        if own := next((row for row in rows(file, listed) if row.get("party") == id), None):
            found[name] = {**found.get(name, {}), **own} if name == "payment" else own
    if id != P1:
        found["defence"] = next((row for row in rows(file, "defences") if row.get("party") == id), {})
    return {name: part for name, part in found.items() if part}


def _asked(file: Block, id: str) -> dict[str, Any]:
    """The hearing as a further party asked for it or waived it: what the first one did is not of this one."""
    own: dict[str, Any] = {}
    for row in rows(file, "hearing_requests"):
        own |= row if row.get("party") == id else {}
    kept = {name: value for name, value in block(file, "hearing").items() if name not in OF_WHO_ASKED}
    return {**kept, **{name: own[name] for name in OF_WHO_ASKED if name in own}}


def _to(notice: dict[str, Any], party: Block, file: Block, document: str, id: str) -> dict[str, Any]:
    """The notice as it reached this party."""
    if not notice:
        return {}
    own = next((s for s in _own(rows(file, "services"), id) if s.get("document") == document), None)
    day = (own.get("effective_on") or own.get("post_receipt_on") or own.get("on")) if own else None
    served = {"served_on": day or (notice.get("served_on") if id == P1 else None)}
    return _said({**notice, "party_name": party.get("name"), **served})


def _said(found: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if value is not None}


def _own(found: Sequence[Any], id: str) -> list[Mapping[str, Any]]:
    """Rows of one party; those that name nobody are of the first, services of other papers of everybody."""
    return [row for row in found if (row.get("party") or P1) == id]


def _if_whole(found: Block, key: str, whole: Any, own: Any, unit: int) -> dict[str, Any]:
    """A sum that equals that of the whole decision stands for the share; another one stays and is found wrong."""
    if found.get(key) is None or whole is None or abs(found[key] * unit - whole) >= 0.005:
        return dict(found)
    return {**found, key: (own or 0) / unit}


def _of_act(view: dict[str, Any], file: Block, row: Block) -> dict[str, Any]:
    """The file of one party with the penalty, the plan and the proposal for one act alone."""
    decision = {**view.get("decision", {}), **{key: row.get(key) for key in _NORM}}
    parts = {"decision": decision}
    for name, fine in (("notice", "planned_fine"), ("investigation_report", "proposed_fine")):
        same = [i for i in _items(file, name) if all(i.get(k) == row[k] for k in ("party", "violation"))]
        if same and name in view:
            said = {fine: same[-1].get("fine")} | ({"basis": row.get("basis")} if name == "notice" else {})
            parts[name] = {**view[name], **said}
    return {**view, **{name: _said(part) for name, part in parts.items()}}
