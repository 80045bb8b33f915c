"""The short road: from a finding to the delivered on-the-spot decision in one act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from xiuhua.cases import queries
from xiuhua.cases.actions import stock
from xiuhua.cases.actions.opening import Opening, open_case
from xiuhua.cases.actions.stepping import start, step_on
from xiuhua.cases.models import Case
from xiuhua.cases.procedure.facts.on_spot import SHEET, on_spot_faults, on_spot_steps
from xiuhua.kernel import record
from xiuhua.kernel.authz import Actor, Invalid


def penalise_on_spot(*, opening: Opening, values: Mapping[str, Any], by: Actor, at: datetime) -> Case:
    """Open a summary case and walk it to the delivered decision (PPL21 §51, §52; PPL17 §33, §34).

    `values` are those of the combined form `ON_SPOT`, and the number of the printed sheet where the decision is written
    on one. Raises Invalid with field and reason, Refused with the article
    where the fine is over the limit or any other condition fails; then nothing is written at all.
    """
    with record.act("cases.penalise_on_spot", by=by, at=at) as act:
        case = open_case(opening=opening, by=by, at=at)
        walking = start(case, by=by, at=at, act=act)
        typed = {path: value for path, value in values.items() if path != SHEET}
        if faults := on_spot_faults(typed, walking.file, walking.day):
            raise Invalid(faults)
        if values.get(SHEET):
            stock.check_in_hand("on_spot_decision", values[SHEET], SHEET, by)
        known = queries.known(walking.place, "arrive_on_scene", by, at)
        for move, facts in on_spot_steps(values, walking.file, known):
            step_on(walking, move, facts)
    case.refresh_from_db()
    return case
