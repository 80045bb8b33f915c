"""What the case routes take and give."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from xiuhua.api.answers import RefusalOut, refusal_out
from xiuhua.cases.models import Case, Document, FineBill
from xiuhua.cases.procedure.walk import Choice


class MoveOut(Schema):
    """A move of the procedure: open now, or blocked for reasons."""

    move: str
    label: str
    open: bool
    refusals: list[RefusalOut]

    @classmethod
    def of(cls, choice: Choice) -> MoveOut:
        return cls(
            move=choice.move.id,
            label=choice.move.label,
            open=choice.is_open,
            refusals=[refusal_out(r) for r in choice.refusals],
        )


class CaseRow(Schema):
    """A case as the list shows it."""

    id: int
    number: str
    procedure: str
    state: str
    unit: str
    authority: str
    cause: str
    party_name: str
    place: str
    found_on: date
    filed_on: date | None
    decided_on: date | None
    served_on: date | None
    closed_on: date | None
    decision_number: str
    fine: float | None
    paid: float
    clock: str
    due_on: date | None
    due_provisional: bool

    @classmethod
    def of(cls, case: Case) -> CaseRow:
        same = {
            name: getattr(case, name)
            for name in cls.model_fields
            if name not in {"id", "unit", "authority", "cause", "fine", "paid"}
        }
        return cls(
            id=case.pk,
            unit=case.handling_unit.code,
            authority=case.authority.code,
            cause=case.cause.code,
            fine=None if case.fine is None else float(case.fine),
            paid=float(case.paid),
            **same,
        )


class CasesOut(Schema):
    """One page of cases, the newest first. `next` is the `after` of the next page, empty on the last one."""

    items: list[CaseRow]
    next: str


class Wanted(Schema):
    """Conditions of the list; all of those that are said hold together."""

    q: str = Field("", description="words of number, party, place, cause, or pinyin initials")
    procedure: str = Field("", description="summary or ordinary")
    state: str = ""
    unit: str = Field("", description="code of the handling unit")
    cause: str = Field("", description="code of the cause of action")
    closed_from: date | None = None
    closed_to: date | None = None
    after: str = Field("", description="`next` of the page before")
    limit: int = 50


class BillOut(Schema):
    """A notice of payment: what the case, or one of its parties who pay apart, owes. Money in yuan."""

    number: str
    party: str = Field(description="id of the party in the file; empty where the case has one bill")
    payer: str
    issued_on: date
    due_on: date | None
    amount: float
    surcharge: float
    waived: float
    paid: float
    left: float
    state: str = Field(description="open, paid, enforced or dropped")

    @classmethod
    def of(cls, bill: FineBill) -> BillOut:
        sums = {
            name: float(getattr(bill, name)) for name in ("amount", "surcharge", "waived", "paid", "left")
        }
        same = {name: getattr(bill, name) for name in cls.model_fields if name not in sums}
        return cls.model_validate({**same, **sums})


class MatterOut(Schema):
    """A procedure beside the main road, such as a payment or a demand."""

    procedure: str
    number: int
    party: str = Field(description="id of the party in the file whose it is; empty where it is of the case")
    state: str
    ended: bool
    clock: str
    due_on: date | None


class DocumentOut(Schema):
    """A document of the case and where its PDF and DOCX are."""

    id: int
    kind: str
    title: str
    number: str
    issued_on: date
    text_hash: str

    @classmethod
    def of(cls, document: Document, title: str) -> DocumentOut:
        return cls(
            id=document.pk,
            kind=document.kind,
            title=title,
            number=document.number,
            issued_on=document.issued_on,
            text_hash=document.text_hash,
        )


class StepOut(Schema):
    """One step that was made."""

    seq: int
    move: str
    law_version: str
    from_state: str
    to_state: str
    at: datetime
    role: str
    by_name: str
    entry: int | None = Field(None, description="number of its entry in the record")


class CaseOut(CaseRow):
    """A case with its file, its steps, its documents, its matters and bills, and what can be done now."""

    file: dict[str, Any]
    steps: list[StepOut]
    documents: list[DocumentOut]
    matters: list[MatterOut]
    bills: list[BillOut]
    moves: list[MoveOut]


class PartyIn(Schema):
    """A party to be registered with the case; one that is registered under the same number is found again."""

    kind: str = Field(..., description="citizen, individual_business or organisation")
    name: str
    id_no: str = ""
    credit_code: str = ""
    operator: str = ""
    representative: str = ""
    address: str = ""
    phone: str = ""


class OpenIn(Schema):
    """A case to be opened by an officer of the handling unit."""

    cause: str = Field(..., description="code of the cause of action, in force on found_on")
    place: str
    found_on: date
    occurred_on: date | None = None
    second_officer: int = Field(..., description="id of the second officer")
    lead: int | None = None
    party: PartyIn | None = None
    facts: str = ""


class OnSpotIn(OpenIn):
    """A penalty on the spot: the case, and the values of its one form by path."""

    values: dict[str, Any]


class ValuesIn(Schema):
    """What a move states: path of the form → value. What the platform knows need not be said."""

    values: dict[str, Any] = {}
