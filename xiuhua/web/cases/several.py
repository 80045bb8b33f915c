"""Several parties and acts on the page of a case: what each was told, said, has to pay and paid, and for which act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.cases import queries
from xiuhua.cases.models import Case, CaseParty, FineBill
from xiuhua.cases.procedure.guards import apart, hearing, sharing
from xiuhua.cases.procedure.guards.reading import DECISIONS, P1, block, evidence
from xiuhua.cases.procedure.guards.several import key_of
from xiuhua.cases.queries import money
from xiuhua.org import queries as org
from xiuhua.web.cases import words
from xiuhua.web.cases.opening import cause_words
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.http import Request, in_english
from xiuhua.web.frame.parts import State

File = Mapping[str, Any]
# The block that says most of what a party has to bear, the latest first, and how its sums are called.
STAGES = (("decision", "决定"), ("notice", "拟"), ("investigation_report", "建议"))

# In the file as this page reads it: id of a further party → its key in the register.
REGISTERED = "registered"


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A party as the case has it. Days are None where the paper has not reached it."""

    name: str
    url: str
    is_first: bool
    told_on: date | None
    hearing_due: bool
    defence: str
    fine: float
    served_on: date | None
    paid: float
    published_on: date | None
    bill: FineBill | None = None
    bill_state: State | None = None


@dataclass(frozen=True, slots=True)
class ActRow:
    """An act of the case, the shares in which it is punished, and what proves it."""

    name: str
    basis: str
    facts: str
    is_first: bool
    same_as: str
    proofs: Sequence[str]
    shares: Sequence[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Several:
    """`stage`: how the sums are to be read."""

    parties: Sequence[PartyRow]
    acts: Sequence[ActRow]
    stage: str


def of_case(request: Request, found: Case, file: File) -> Several | None:
    """What the page shows of several parties and acts; None where there is one of each."""
    parties, acts = sharing.parties(file), sharing.acts(file)
    if len(parties) == len(acts) == 1:
        return None
    name, stage = next(((n, s) for n, s in STAGES if sharing.items(file, n)), ("", ""))
    bills = {bill.party: bill for bill in money.bills(request.actor).filter(case=found).order_by("turn")}
    # The file of a history names its further parties; who they are in the register stands beside it.
    known = dict(CaseParty.objects.filter(case=found).values_list("code", "party_id"))
    return Several(
        [_party(request, {**file, REGISTERED: known}, id, name, bills.get(id)) for id in parties],
        [_act(request, file, id, row, name) for id, row in acts.items()],
        _(stage) if stage else "",
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _party(request: Request, file: File, id: str, name: str, bill: FineBill | None) -> PartyRow:
    row = sharing.parties(file)[id]
    key = str(row.get("party_id") or file[REGISTERED].get(id) or row.get("id") or "")
    opens = key.isdigit() and request.actor.can("registers.see")
    return PartyRow(
        name=str(row.get("name") or _("尚未查明")),
        url=reverse("web:party", args=[key]) if opens else "",
        is_first=id == P1,
        told_on=_day(sharing.notice_served_to(file, id)),
        hearing_due=bool(name) and hearing.is_due_for(dict(file), id, queries.parameters_on(request.today)),
        defence="　".join(filter(None, (_defence(sharing.defence_by(file, id)), _hearing(file, id)))),
        fine=sharing.of_party(file, name, id) if name else 0,
        served_on=_day(sharing.served_to(file, DECISIONS, id)),
        paid=sharing.paid_by(file, id),
        published_on=_day(str(block(apart.share(file, id), "publicity").get("published_on") or "")),
        bill=bill,
        bill_state=words.state_of_bill(bill, request.today) if bill else None,
    )


def _defence(said: File) -> str:
    if not said.get("received_on"):
        return _("书面放弃") if said.get("waived_in_writing") else ""
    return _("已复核") if said.get("rechecked_on") else _("待复核")


def _hearing(file: File, id: str) -> str:
    """What a further party said to its right to a hearing."""
    said = hearing.request_by(file, id)
    if said.get("waived_in_writing"):
        return _("放弃听证")
    return _("要求听证") if said.get("requested_on") else ""


def _act(request: Request, file: File, id: str, row: File, name: str) -> ActRow:
    cause, english = block(row, "cause"), in_english()
    cited = org.citation(str(cause.get("basis") or ""), "en" if english else "zh")
    found, linked = sharing.items(file, name) if name else {}, frozenset(row.get("evidence_ids") or ())
    same = sharing.acts(file).get(str(row.get("same_act_as") or ""), {})
    return ActRow(
        name=cause_words(request.today, str(cause.get("code") or "")) or str(cause.get("name") or ""),
        basis=cited,
        facts=str(row.get("facts") or ""),
        is_first=id == sharing.V1,
        same_as=str(block(same, "cause").get("name") or ""),
        proofs=[
            str(item.get("name") or item.get("note") or "")
            for n, item in enumerate(evidence(dict(file)))
            if key_of(item, n) in linked
        ],
        shares=[
            (str(known.get("name") or ""), found[(party, id)].get("fine") or 0)
            for party, known in sharing.parties(file).items()
            if (party, id) in found
        ],
    )


def searched(shown: Field, request: Request) -> Field:
    """The input for a cause: it is looked up by name, code or initials, as when a case is opened."""
    return Field(
        shown.name,
        shown.label,
        Kind.SEARCH,
        required=shown.required,
        suggest=reverse("web:case-causes"),
        named=partial(cause_words, request.today),
        wide=True,
        focus=True,
    )
