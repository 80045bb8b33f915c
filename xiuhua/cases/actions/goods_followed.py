"""When a list of confiscated things has come to its end, the measures that held them end in the same act."""

from __future__ import annotations

from datetime import datetime

from xiuhua.cases import queries
from xiuhua.cases.actions import matters
from xiuhua.cases.actions.following import Following, acting_in
from xiuhua.cases.models import Case, Matter
from xiuhua.cases.procedure.guards import GUARDS
from xiuhua.cases.procedure.side.confiscated_goods_joint import MEASURE_FOLLOWS, stated_by_measure
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import Actor

LIST, MEASURE = "confiscated_goods", "coercive_measure"


def measures_follow(case: Case, matter: Matter, by: Actor, at: datetime) -> None:
    """After a step of `matter`: if it is a list that ended, let each measure that it took things over from end as well.

    A measure whose things stand on another list, too, waits for that one.
    """
    now = Matter.objects.get(pk=matter.pk)
    if now.procedure != LIST or not now.ended:
        return
    side, day = queries.sides()[MEASURE], clock.day_of(at)
    listed = {
        **queries.place_in(case, queries.sides()[LIST], day, now).file["confiscation"],
        "state": now.state,
    }
    for measure in case.matters.filter(procedure=MEASURE, state="confiscated").order_by("number"):
        place = queries.place_in(case, side, day, measure)
        move = place.table.move(MEASURE_FOLLOWS[now.state])
        facts = stated_by_measure(place.file["measure"], listed)
        if not GUARDS["confiscated_goods_handled"].check(place.file, queries.setting(day)):
            continue
        with record.act(f"cases.{MEASURE}.{move.id}", by=by, at=at) as act:
            walking = Following(place, place.file, by, at, act, acting_in(move, case, by))
            matters.step_in(walking, move.id, facts)
