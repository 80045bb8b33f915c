"""What the platform fills into the form of a move by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from xiuhua.cases.models import Case, Volume
from xiuhua.cases.procedure.facts import filling
from xiuhua.cases.procedure.moves import acting_role
from xiuhua.cases.queries.law import parameters_on, setting
from xiuhua.cases.queries.places import Place
from xiuhua.cases.queries.reach import roles_on
from xiuhua.kernel import clock
from xiuhua.kernel.authz import Actor

# The move that files the case away, with its pages counted.
ARCHIVED = "archive_case"


def known(place: Place, move: str, by: Actor, at: datetime) -> filling.Known:
    """Time, actor, role, parameters and bank at the moment of filling in a form."""
    row, parameters = place.table.by_id.get(move), parameters_on(clock.day_of(at))
    return filling.Known(
        now=at.astimezone(clock.SHANGHAI),
        actor_id=str(by.officer_id or ""),
        actor_role=acting_role(row, roles_on(place.case, by)) if row else "",
        params=parameters,
        bank=str(parameters.get("collecting_bank", "")),
        calendar=setting(clock.day_of(at)).calendar,
    )


def known_values(place: Place, move: str, by: Actor, at: datetime) -> dict[str, Any]:
    """Path → value of everything known for `move`; nothing for a move that has no form."""
    if move not in place.forms:
        return {}
    filled = filling.fill(place.forms[move], place.file, known(place, move, by, at))
    return filled | _counted(place.case) if move == ARCHIVED else filled


def _counted(case: Case) -> dict[str, Any]:
    """The pages of the volume, where it is bound already."""
    bound = Volume.objects.filter(case=case).order_by("pk").last()
    return {"archive.index_pages": bound.pages, "archive.actual_pages": bound.pages} if bound else {}
