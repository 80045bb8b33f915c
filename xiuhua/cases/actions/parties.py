"""What the registers and the tables of causes know of a party or an act that is joined to a case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from xiuhua.cases import queries
from xiuhua.cases.models import Case, CaseParty, Cause
from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards import apart, sharing
from xiuhua.cases.procedure.several_moves import PARTIES_CHANGE
from xiuhua.cases.procedure.side.payment_forms import settled
from xiuhua.cases.procedure.side.payment_joint import SHARE_PAID
from xiuhua.kernel.authz import Actor, Invalid
from xiuhua.org import queries as org
from xiuhua.registers import actions as registers
from xiuhua.registers import queries as register_queries

# Whose a paper or a defence is → where its name stands, for the papers.
NAMED = {"service.party": "service.addressee", "heard.party": "heard.party_name"}
# Field of the form → field of the register.
REGISTERED = {
    "joined.kind": "kind",
    "joined.name": "name",
    "joined.id_no": "id_no",
    "joined.usci": "credit_code",
    "joined.legal_representative": "representative",
    "joined.address": "address",
    "joined.phone": "phone",
}


def of_move(
    case: Case, file: File, move: str, said: Mapping[str, Any], *, by: Actor, at: datetime, day: date
) -> tuple[dict[str, str], dict[str, Any]]:
    """Faults, and what the step states besides what was typed: whom a paper is addressed to, who or what is joined."""
    if published := published_of(file, said):
        return {}, published
    if move == SHARE_PAID:
        return {}, _surcharged(file, said)
    for whose, named in NAMED.items():
        if party := sharing.parties(file).get(str(said.get(whose) or "")):
            return {}, {named: party.get("name")}
    if move == "join_party":
        return _party(case, file, said, by=by, at=at)
    if move == "add_violation":
        return _act(case, file, said, day)
    return {}, {}


def published_of(file: File, said: Mapping[str, Any]) -> dict[str, Any]:
    """What is published of one party: its own fine, in ten thousand yuan."""
    party = said.get("publicity.party")
    if not party:
        return {}
    return {"publicity.amount_wan": round(sharing.of_party(file, "decision", str(party)) / 10000, 6)}


def _surcharged(file: File, said: Mapping[str, Any]) -> dict[str, Any]:
    """The surcharge of the party that pays, up to the day of its payment."""
    party, day = str(said.get("item.party") or ""), _day(said.get("item.on"))
    if day is None or party not in apart.fined(file):
        return {}
    facts: dict[str, Any] = {"payment": {"items": [{"on": day.isoformat()}]}}
    settled(facts, apart.of_one(file, party), queries.parameters_on)
    return {apart.SHARES: {party: {"surcharge": facts["surcharge"]}}} if "surcharge" in facts else {}


def follow(case: Case, move: str, facts: Mapping[str, Any]) -> None:
    """Keep by which parties of the register the case is found; for the action that changed them, in its transaction."""
    if move not in PARTIES_CHANGE:
        return
    for code, row in sharing.told_of(facts, "parties").items():
        if row.get("party_id"):
            CaseParty(case=case, code=code, party_id=int(row["party_id"]), joined_on=row["joined_on"]).save()
        elif row.get("left_on"):
            for kept in CaseParty.objects.filter(case=case, code=code):
                kept.left_on = date.fromisoformat(row["left_on"])
                kept.save()


def _party(
    case: Case, file: File, said: Mapping[str, Any], *, by: Actor, at: datetime
) -> tuple[dict[str, str], dict[str, Any]]:
    """The party as the register knows it, and the ranges of the first act for every kind of party."""
    typed = {field: said[path] for path, field in REGISTERED.items() if said.get(path)}
    if not {"kind", "name"} <= typed.keys():
        return {}, {}  # the form itself asks for them
    try:
        party = registers.register_party(
            by=by, at=at, unit=case.handling_unit, also=(case.authority,), **typed
        )
    except Invalid as error:
        back = {field: path for path, field in REGISTERED.items()}
        return {back.get(name, name): reason for name, reason in error.errors.items()}, {}
    block = register_queries.party_block(party)
    row = {**block, "id": said["joined.id"], "party_id": block["id"]}
    acted = date.fromisoformat(file["violation"]["occurred_on"][:10])
    return {}, {"parties": [row], "cause": {"by_kind": queries.ranges_by_kind(case.cause, acted)}}


def _act(case: Case, file: File, said: Mapping[str, Any], day: date) -> tuple[dict[str, str], dict[str, Any]]:
    """The norm of the day of the act, and whether the authority matrix gives it to this unit."""
    code = str(said.get("added.cause_code") or "")
    if not code:
        return {}, {}
    acted = _day(said.get("added.occurred_on")) or day
    cause = queries.cause_on(code, acted) or queries.cause_on(code, day)
    if cause is None:
        return {"added.cause_code": "没有这一案由"}, {}
    return {}, {"violations": [{"id": said["added.id"], **_norm(case, file, cause, acted, day)}]}


def _norm(case: Case, file: File, cause: Cause, acted: date, day: date) -> dict[str, Any]:
    kind = str((file.get("party") or {}).get("kind") or "citizen")
    power = org.authority_for(case.handling_unit, cause.group, day)
    block = {**queries.whole_cause(cause, kind, acted), "by_kind": queries.ranges_by_kind(cause, acted)}
    return {"cause": block, "our_power": power is not None and power.authority_id == case.authority_id}


def _day(raw: Any) -> date | None:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    try:
        return date.fromisoformat(str(raw))
    except ValueError:
        return None
