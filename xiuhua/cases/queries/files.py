"""A case as the rules read it: the folded file, the moves that are open, the clocks that run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from xiuhua.cases.models import Case, Cause
from xiuhua.cases.procedure import walk
from xiuhua.cases.procedure.file import File, fold
from xiuhua.cases.procedure.tables import table_on
from xiuhua.cases.queries.law import setting
from xiuhua.cases.queries.reach import roles_on
from xiuhua.kernel.authz import Actor


def file_of(case: Case, upto: int | None = None) -> File:
    """The file: the base with the facts of every step (or of the first `upto` steps) folded over it."""
    file: File = dict(case.base)
    steps = case.steps.order_by("seq")
    if upto is not None:
        steps = steps.filter(seq__lte=upto)
    for facts in steps.values_list("facts", flat=True):
        fold(file, facts)
    return file


def choices(case: Case, file: File, user: Actor, on: date) -> Sequence[walk.Choice]:
    """What `user` can do now and what not yet, with the reasons."""
    return walk.choices(
        table_on(case.procedure, on), case.state, file, setting(on, user, roles_on(case, user))
    )


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
