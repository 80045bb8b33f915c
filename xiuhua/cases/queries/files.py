"""A case as the rules read it: the folded file, the moves that are open, the clocks that run."""

from __future__ import annotations

from typing import Any

from xiuhua.cases.models import Case, Cause, Step
from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.side import SIDES
from xiuhua.cases.procedure.side.folding import Own, as_read_by, fold_step, listed


def folded(case: Case, upto: int | None = None) -> tuple[File, dict[int, Own]]:
    """The base with the facts of every step (or of the first `upto` steps) folded over it; and, by their ids, what the
    matters of the case have stated of themselves.
    """
    file: File = dict(case.base)
    steps = case.steps.order_by("seq")
    if upto is not None:
        steps = steps.filter(seq__lte=upto)
    made = list(steps.values_list("facts", "matter_id", "to_state"))
    own = _own(case, {matter for _, matter, _ in made if matter})
    for facts, matter, state in made:
        if matter:
            own[matter].state = state
        fold_step(file, facts, own.get(matter))
    return file, own


def _own(case: Case, stepped: set[int]) -> dict[int, Own]:
    if not stepped:
        return {}
    rows = case.matters.filter(pk__in=stepped).order_by("procedure", "number").values_list("pk", "procedure")
    return {pk: Own(SIDES[procedure], "") for pk, procedure in rows}


def file_of(case: Case, upto: int | None = None) -> File:
    """The file of the case, its matters in it, as it stood after `upto` steps (left out: as it stands)."""
    file, own = folded(case, upto)
    return listed(file, own.values()) if own else file


def file_at(step: Step) -> File:
    """The file as that step left it and as its own guards read it: of a matter, with the block of the matter in it."""
    file, own = folded(step.case, upto=step.seq)
    whole = listed(file, own.values()) if own else file
    mine = own.get(step.matter_id or 0)
    return as_read_by(whole, mine.side, mine) if mine else whole


def cause_block(cause: Cause, party_kind: str) -> dict[str, Any]:
    """A cause in the field names of the file; the range is the one for this kind of party."""
    organisation = party_kind == "organisation"
    floor = cause.floor_organisation if organisation and cause.floor_organisation is not None else cause.floor
    ceiling = (
        cause.ceiling_organisation
        if organisation and cause.ceiling_organisation is not None
        else cause.ceiling
    )
    return {
        "code": cause.code,
        "name": cause.name,
        "group": cause.group,
        "violates": cause.violates,
        "basis": cause.basis,
        "floor": None if floor is None else float(floor),
        "ceiling": None if ceiling is None else float(ceiling),
        "unit": cause.unit,
        "kinds_allowed": cause.kinds_allowed.split(";"),
        "needs_refusal": cause.needs_refusal,
        "seize_power": cause.seize_power,
        "hearing_always": cause.hearing_always,
        "direct_penalty": cause.direct_penalty,
        "statutory_enforcer": cause.statutory_enforcer,
        "transfer_basis": cause.transfer_basis,
        "version_from": cause.valid_from.isoformat() if cause.valid_from else None,
        "version_to": cause.valid_to.isoformat() if cause.valid_to else None,
    }
