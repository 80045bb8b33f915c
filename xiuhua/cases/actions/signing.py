"""Signatures and seals on documents: where a person or an authority has acted, the deposited image stands for the act.

Nobody's signature is placed for him. It stands on a document if its owner made a step that states the field beside the
place to sign, made the step that issued the document, or signed it by an act of his own; the entry of that act is kept
with it. The seal is set by the step that issues the document in the name of the authority.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from xiuhua.cases import permissions
from xiuhua.cases.documents.render import Paper
from xiuhua.cases.documents.signers import wanted
from xiuhua.cases.models import Document, Signature, Step
from xiuhua.cases.queries.signing import users_of
from xiuhua.kernel import record
from xiuhua.kernel.authz import Actor, Invalid
from xiuhua.org import queries as org


def sign_as_issued(document: Document, paper: Paper, step: Step, by: Actor) -> None:
    """Place what the acts so far bear out on a document just issued by `step`."""
    signers = wanted(paper)
    deposited = org.signatures_of(int(one) for one in signers if one.isdigit())
    entries = _entries(document, signers, deposited, step, by)
    for officer_id, entry in entries.items():
        _place(document, officer_id, deposited[officer_id], entry, step.at)
    seal = org.seal_of(document.case.authority) if document.sealed else None
    if seal is not None and step.entry:
        _place(document, None, seal, step.entry, step.at)


def sign(*, document: Document, by: Actor, at: datetime) -> Signature:
    """The person signs a document that has a place for it.

    Raises Refused for somebody whom the document does not ask to sign, Invalid for who has no signature deposited or
    has signed already.
    """
    permissions.check_can_sign(document, by)
    officer_id = by.officer_id or 0
    specimen = org.signatures_of([officer_id]).get(officer_id)
    if specimen is None:
        raise Invalid({"signature": "您还没有留存签名样本；请先在“我的”页面上传"})
    if Signature.objects.filter(document=document, officer=officer_id).exists():
        raise Invalid({"signature": "您已在这份文书上签名"})
    with record.act("cases.sign", by=by, at=at) as act:
        entry = act.entry(
            on=document,
            facts={"kind": document.kind, "number": document.number, "text_sha256": document.text_hash},
            label=document.case.number,
        )
        return _place(document, officer_id, specimen, entry.pk, at)


def _entries(
    document: Document,
    signers: Mapping[str, set[str]],
    deposited: Mapping[int, org.Specimen],
    step: Step,
    by: Actor,
) -> dict[int, int]:
    """Officer id → the entry of the act by which he stands for his name: this step's, else his last that states it."""
    found: dict[int, int] = {}
    earlier: list[Step] | None = None
    for one, fields in signers.items():
        officer_id = int(one) if one.isdigit() else 0
        if officer_id not in deposited:
            continue
        if officer_id == by.officer_id and step.entry:
            found[officer_id] = step.entry
            continue
        if earlier is None:
            earlier = list(document.case.steps.filter(entry__isnull=False).order_by("-seq"))
        users = users_of(officer_id)
        made = (s for s in earlier if s.by_user in users and any(_states(s.facts, f) for f in fields if f))
        if (last := next(made, None)) is not None and last.entry:
            found[officer_id] = last.entry
    return found


def _states(facts: Mapping[str, Any], field: str) -> bool:
    """Whether the facts of a step hold the field, its place in a list left aside."""
    part: Any = facts
    for name in field.split("."):
        part = part.get(name.partition("[")[0]) if isinstance(part, Mapping) else None
        if isinstance(part, list) and "[" in name:
            part = part[-1] if part else None
    return part not in (None, "", [])


def _place(
    document: Document, officer_id: int | None, specimen: org.Specimen, entry: int, at: datetime
) -> Signature:
    placed = Signature(document=document, officer_id=officer_id, specimen=specimen, entry=entry, at=at)
    placed.save(force_insert=True)
    return placed
