"""Seal and seizure on the bench: who says what in each move."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from xiuhua.cases import actions
from xiuhua.cases.models import Case, Matter
from xiuhua.cases.tests.bench.bench import DEPUTY, O1, Bench, Who, grounds, nothing_written
from xiuhua.kernel.authz import Refused

CUSTODIAN: Who = ("evidence_custodian", 0)
MEASURE = "coercive_measure"
GOODS = "货车，1辆，旧\n鲜鱼，5箱，冰鲜"
TRUCK = {"name": "货车", "quantity": "1辆", "state": "旧"}
FISH = {"name": "鲜鱼", "quantity": "5箱", "state": "冰鲜"}
ASKED = {
    "measure.kind": "seize",
    "measure.basis": "SHUM §21",
    "measure.reason": "装载的物品与违法行为有关，可能被转移",
    "measure.related_to_act": True,
    "measure.living_necessity": False,
    "measure.already_sealed": False,
}
WANTED = {"measure.wanted": GOODS}
TAKEN = {
    "measure.store_place": "示例物品库",
    "measure.certificate_shown": True,
    "measure.party_present": True,
    "measure.told_rights": True,
    "measure.defence.recorded": True,
    "measure.party_signed": True,
}
URGENT = {"measure.urgent_reason": "车辆正要驶离", "measure.items": GOODS} | ASKED | TAKEN
NOTHING: Mapping[str, Any] = {}
RETURNED = {"measure.receipt_signed": True}
DISPOSED = {"measure.disposal_way": "sold", "measure.disposal": "变卖给示例水产", "measure.proceeds": 300}


def power(
    bench: Bench, year: int = 2026, last: str = "assign_officers", **base: Any
) -> tuple[Case, datetime]:
    """A case whose norm gives the power to seize, as far as the move `last`."""
    return bench.at_step(last, year, **{"cause": {"seize_power": True}} | base)


def acting(bench: Bench, who: Who, case: Case, at: datetime) -> Any:
    squad = who[0] in {"officer", "squad_head", "squad_legal_clerk"}
    return bench.actor(who, case.handling_unit if squad else None, at)


def begin(bench: Bench, case: Case, at: datetime, move: str = "ask_measure", **says: Any) -> Matter:
    typed = (URGENT if move == "implement_urgently" else ASKED | WANTED) | dotted(says)
    return actions.begin(
        case=case, procedure=MEASURE, move=move, values=typed, by=acting(bench, O1, case, at), at=at
    )


def go(
    bench: Bench, matter: Matter, who: Who, move: str, at: datetime, *, says: Mapping[str, Any] = NOTHING
) -> None:
    actions.take_in(matter=matter, move=move, values=says, by=acting(bench, who, matter.case, at), at=at)


def refused(
    bench: Bench, matter: Matter, who: Who, move: str, at: datetime, *, says: Mapping[str, Any] = NOTHING
) -> dict[str, str]:
    acting(bench, who, matter.case, at)
    with nothing_written(), pytest.raises(Refused) as caught:
        go(bench, matter, who, move, at, says=says)
    return grounds(caught.value.refusals)


def in_force(bench: Bench, year: int = 2026, **base: Any) -> tuple[Matter, datetime]:
    """A measure that was asked for, approved and made."""
    case, at = power(bench, year, **base)
    matter = begin(bench, case, at)
    go(bench, matter, DEPUTY, "approve_measure", at + timedelta(minutes=2))
    go(bench, matter, O1, "implement_measure", at + timedelta(minutes=4), says=TAKEN)
    return Matter.objects.select_related("case").get(pk=matter.pk), at + timedelta(minutes=4)


def dotted(says: Mapping[str, Any]) -> dict[str, Any]:
    return {path.replace("__", "."): value for path, value in says.items()}
