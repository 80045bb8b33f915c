"""What the platform fills into the form of a move by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from xiuhua.cases.models import Case
from xiuhua.cases.procedure.facts import filling
from xiuhua.cases.procedure.facts.forms import FORMS
from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.moves import acting_role
from xiuhua.cases.procedure.tables import table_on
from xiuhua.cases.queries.law import parameters_on
from xiuhua.cases.queries.reach import roles_on
from xiuhua.kernel import clock
from xiuhua.kernel.authz import Actor


def known(case: Case, move: str, by: Actor, at: datetime) -> filling.Known:
    """Time, actor, role, parameters and bank at the moment of filling in a form."""
    day = clock.day_of(at)
    row = table_on(case.procedure, day).by_id.get(move)
    parameters = parameters_on(day)
    return filling.Known(
        now=at.astimezone(clock.SHANGHAI),
        actor_id=str(by.officer_id or ""),
        actor_role=acting_role(row, roles_on(case, by)) if row else "",
        params=parameters,
        bank=str(parameters.get("collecting_bank", "")),
    )


def known_values(case: Case, file: File, move: str, by: Actor, at: datetime) -> dict[str, Any]:
    """Path → value of everything known for `move`; nothing for a move that has no form."""
    if move not in FORMS:
        return {}
    return filling.defaults(move, file, known(case, move, by, at))
