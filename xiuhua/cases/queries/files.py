"""A case as the rules read it: the folded file, the moves that are open, the clocks that run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from xiuhua.cases.models import Band, Case, Cause, Step
from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards.apart import of_one
from xiuhua.cases.procedure.side import SIDES
from xiuhua.cases.procedure.side.folding import Own, as_read_by, fold_step, listed

PARTY_KINDS = ("citizen", "organisation", "individual_business")


Folded = tuple[File, dict[int, Own]]


def folded(case: Case, upto: int | None = None, steps: Sequence[Step] | None = None) -> Folded:
    """The base with the facts of every step (or of the first `upto` steps) folded over it; and, by their ids, what the
    matters of the case have stated of themselves.

    `steps` are those of the case in their order, if they were read already.
    """
    file: File = dict(case.base)
    made: list[tuple[Mapping[str, Any], int | None, str]]
    if steps is None:
        rows = case.steps.order_by("seq")
        if upto is not None:
            rows = rows.filter(seq__lte=upto)
        made = list(rows.values_list("facts", "matter_id", "to_state"))
    else:
        made = [(s.facts, s.matter_id, s.to_state) for s in steps if upto is None or s.seq <= upto]
    own = _own(case, {matter for _, matter, _ in made if matter})
    for facts, matter, state in made:
        if matter:
            own[matter].state = state
        fold_step(file, facts, own.get(matter or 0))
    return file, own


def _own(case: Case, stepped: set[int]) -> dict[int, Own]:
    if not stepped:
        return {}
    rows = case.matters.filter(pk__in=stepped).order_by("procedure", "number").values_list("pk", "procedure")
    return {pk: Own(SIDES[procedure], "") for pk, procedure in rows}


def file_of(case: Case, upto: int | None = None) -> File:
    """The file of the case, its matters in it, as it stood after `upto` steps (left out: as it stands)."""
    return whole(folded(case, upto))


def whole(read: Folded) -> File:
    """The file with its matters in it."""
    file, own = read
    return listed(file, own.values()) if own else file


def file_at(step: Step, steps: Sequence[Step] | None = None) -> File:
    """The file as that step left it and as its own guards read it: of a matter, with the block of the matter in it.

    `steps` as in `folded`.
    """
    read = folded(step.case, step.seq, steps)
    mine, file = read[1].get(step.matter_id or 0), whole(read)
    if mine is None:
        return file
    party = step.matter.party if step.matter else ""
    return as_read_by(of_one(file, party) if party else file, mine.side, mine)


def band_block(band: Band) -> dict[str, Any]:
    """A band of a norm in the field names of the file."""
    return {
        "code": band.band,
        "label": band.label,
        "label_en": band.label_en,
        "floor": None if band.floor is None else float(band.floor),
        "ceiling": None if band.ceiling is None else float(band.ceiling),
        "unit": band.unit,
        "article": band.article,
    }


def bands_for(rows: Iterable[Band], kind: str) -> list[dict[str, Any]]:
    """Those of the bands that concern this kind of party, in their order."""
    return [band_block(band) for band in rows if band.party_kind in ("*", kind)]


def whole_cause(cause: Cause, party_kind: str, on: date) -> dict[str, Any]:
    """`cause_block` with the bands of the norm for an act of the day `on`, where it has any."""
    bands = bands_for(_bands_on(cause, on), party_kind)
    return {**cause_block(cause, party_kind), **({"bands": bands} if bands else {})}


def ranges_by_kind(cause: Cause, on: date) -> dict[str, dict[str, Any]]:
    """Kind of party → what of the cause differs by it: the range and the bands."""
    rows = _bands_on(cause, on)
    return {
        kind: {
            **{key: cause_block(cause, kind)[key] for key in ("floor", "ceiling")},
            "bands": bands_for(rows, kind),
        }
        for kind in PARTY_KINDS
    }


def _bands_on(cause: Cause, on: date) -> list[Band]:
    return list(Band.objects.on(on).filter(cause_code=cause.code).order_by("pk"))


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
