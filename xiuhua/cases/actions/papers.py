"""Documents that a step produces: numbered, written from the file as it stands after the step, kept as issued."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xiuhua.cases import queries
from xiuhua.cases.actions import stock
from xiuhua.cases.actions.signing import sign_as_issued
from xiuhua.cases.models import Document, Step
from xiuhua.cases.procedure.facts.composing import ROWS
from xiuhua.cases.procedure.file import STEP
from xiuhua.cases.procedure.moves import Move
from xiuhua.cases.procedure.side import Side
from xiuhua.cases.queries import Place
from xiuhua.kernel import clock, numbering, record
from xiuhua.kernel.authz import Actor

# Documents whose number is a fact of the file, because guards and later documents read it: the block it stands in.
# Those of a procedure beside the main road stand in its `Side`.
NUMBER_IN_FILE: Mapping[str, str] = {
    "penalty_decision": "decision",
    "no_penalty_decision": "no_penalty",
    "on_spot_decision": "decision",
    "prior_notice": "notice",
    "correction_order": "correction",
    "deferral_approval": "deferral",
    "sampling_voucher": "samples.voucher_no",
}


# Where several moves name a document, the one that issues it; elsewhere it is only read or handed on.
ISSUED_BY = {
    "lead_register": "check_lead",
    "filing_form": "approve_filing",
    "investigation_report": "close_investigation",
    "recheck_record": "recheck_correction",
    "on_spot_decision": "decide_on_spot",
    "archive_index": "archive_case",
    "prior_notice": "serve_prior_notice",
    # Written in the procedures of execution; the main road only reads them.
    "enforcement_decision": "decide_own_enforcement",
    "court_application": "sign_application",
    "substitute_record": "sign_record",
}
# Moves that name a letter because they wait for its answer.
ONLY_READ = frozenset({("referral_letter", "close_referred")})
# Moves that write down what a party beside the first said.
OTHERS_HEARD = frozenset({"hear_other_party", "hear_other_party_late"})
SURVEYED = {"inspection_record": False, "survey_record": True}


def issues(kind: str, move: Move, file: Mapping[str, Any], side: Side | None = None) -> bool:
    """Whether this step makes the document: photographs need a picture, a summons needs somebody summoned."""
    if side is not None and move.id not in side.issued_by.get(kind, (move.id,)):
        return False
    if (kind, move.id) in ONLY_READ:
        return False
    if kind in SURVEYED:
        return SURVEYED[kind] == _surveyed(file)
    if kind == "defence_record" and move.id in OTHERS_HEARD:
        return _spoke(file)
    if kind == "photo_note":
        return any(item.get("sha256") for item in file.get("evidence") or ())
    if kind == "service_receipt" and (side is None or side.procedure != "service"):
        return not _brought_by_a_matter(file)
    if side is not None:
        return True
    if kind == "hearing_report":
        return not (file.get("hearing") or {}).get("report_written")
    if kind == "interview_notice":
        return bool(file.get("interview_notice"))
    return ISSUED_BY.get(kind, move.id) == move.id


def _spoke(file: Mapping[str, Any]) -> bool:
    """Whether a further party spoke: who waived left a paper of its own."""
    stated: Sequence[Mapping[str, Any]] = (file.get(STEP) or {}).get("defences") or ()
    return any(row.get("content") and not row.get("waived_in_writing") for row in stated[-1:])


def _surveyed(file: Mapping[str, Any]) -> bool:
    """Whether the step looked at the place as a survey, which has a record of its own."""
    stated: Sequence[Mapping[str, Any]] = (file.get(STEP) or {}).get("inspections") or ()
    return any(row.get("kind") == "survey" for row in stated[-1:])


def _brought_by_a_matter(file: Mapping[str, Any]) -> bool:
    """Whether the step takes over a service that has its receipt from a matter of its own."""
    stated: Sequence[Mapping[str, Any]] = (file.get(STEP) or {}).get("services") or ()
    return any(row.get("delivery") for row in stated[-1:])


@dataclass(frozen=True, slots=True)
class Planned:
    """A document about to be issued by a step."""

    kind: str
    number: str
    sealed: bool


def plan(place: Place, move: Move, day: date, file: Mapping[str, Any], act: record.Act) -> Sequence[Planned]:
    """The documents this move produces on `day`, their numbers taken; `file` holds the facts of the step already.

    A number that the step states itself is kept; a paper issued anew, such as a second correction order, gets a new
    one. Kinds without a form are written outside the platform and come in as exhibits.
    """
    shelf = queries.shelf()
    return [
        Planned(kind, _number(place, kind, day, file, act), shelf.form(kind, day.isoformat()).sealed)
        for kind in move.documents
        if kind in shelf.formed_kinds() and issues(kind, move, file, place.side)
    ]


def _place_of(place: Place, kind: str) -> tuple[str, str]:
    """The block and the key in it of the number of such a paper; the block is empty where no fact holds it."""
    held = NUMBER_IN_FILE if place.side is None else place.side.numbers
    block, _, key = held.get(kind, "").partition(".")
    return block, key or "number"


def _number(place: Place, kind: str, day: date, file: Mapping[str, Any], act: record.Act) -> str:
    form, case = queries.shelf().form(kind, day.isoformat()), place.case
    if not form.number:
        return ""
    name, key = _place_of(place, kind)
    block = file[STEP].get(name) or {}
    if isinstance(block, list):
        block = block[-1]
    if isinstance(block, Mapping) and block.get(key):
        return str(block[key])
    return numbering.take(
        kind=kind,
        unit_code=case.handling_unit.code,
        prefix=case.handling_unit.form_prefix,
        year=day.year,
        subject=record.subject_of(case),
        act=act,
    )


def stated(planned: Sequence[Planned], place: Place, day: date) -> dict[str, Any]:
    """What the plan adds to the facts of the step: numbers, and a row of the file's document list for each."""
    facts: dict[str, Any] = {}
    for paper in planned:
        block, key = _place_of(place, paper.kind)
        if block and paper.number and block not in ROWS.values():
            facts.setdefault(block, {})[key] = paper.number
    rows = [
        {
            "kind": paper.kind,
            "issued_on": day.isoformat(),
            **({"number": paper.number} if paper.number else {}),
            "authority_name": place.case.authority.name,
            "sealed": paper.sealed,
            "blanks_struck": True,
        }
        for paper in planned
    ]
    return {**facts, "documents": rows} if rows else facts


def issue(step: Step, planned: Sequence[Planned], file: Mapping[str, Any], by: Actor) -> None:
    """Write the documents down as issued, signed and sealed by whom the acts so far bear out.

    The words are kept with their SHA-256, so that a later change of a form is seen.
    """
    for paper in planned:
        row = Document(
            case=step.case,
            step=step,
            kind=paper.kind,
            number=paper.number,
            issued_on=clock.day_of(step.at),
            sealed=paper.sealed,
        )
        drawn = queries.paper_of(row, file)
        row.text = drawn.text()
        row.text_hash = hashlib.sha256(row.text.encode()).hexdigest()
        row.save()
        sign_as_issued(row, drawn, step, by)
        stock.used_for(row)
