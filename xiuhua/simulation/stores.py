"""What lies in the stores of the demo: numbered paper forms on their way, and things that were seized.

Everything goes through the actions, by the people who may: the custodian receives and allots, the clerk of a unit hands
out, officers spoil and lose a sheet now and then. Dice of its own, so that the week beside it stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction

from xiuhua.cases import actions as cases
from xiuhua.cases.actions import stock
from xiuhua.org import queries as org
from xiuhua.simulation.current import CHUANSHA, HUAMU, LOGINS, ORDINARY, Week, profile, walk
from xiuhua.simulation.world import World

MEASURE = "coercive_measure"
# Up to the assignment of officers: an investigation is open.
UNDER_WAY = ORDINARY[:5]
SHEETS, PRINTED, EACH = 60, 300, 20
SPOT, VOUCHER = "on_spot_decision", "sampling_voucher"


@dataclass(frozen=True, slots=True)
class Taken:
    """Something that is seized: in which unit, about which cause, what it is, and whether it was given back."""

    unit: str
    cause: str
    party: str
    goods: str
    place: str
    returned: bool = False


TAKEN: Sequence[Taken] = (
    Taken(HUAMU, "SR11", "citizen", "三轮车，1辆，旧\n煤气灶，1台，完好", "示例物品库一号架"),
    Taken(HUAMU, "ZT04", "organisation", "自卸货车，1辆，正常使用", "示例停车场"),
    Taken(HUAMU, "SR11", "citizen", "遮阳棚，2顶，旧\n水果，6箱，新鲜", "示例物品库二号架", returned=True),
    Taken(CHUANSHA, "ZT04", "organisation", "自卸货车，1辆，正常使用", "示例镇停车场"),
)
ASKED: Mapping[str, Any] = {
    "measure.kind": "seize",
    "measure.basis": "SHUM §21",
    "measure.reason": "物品与违法行为直接有关，可能被转移",
    "measure.related_to_act": True,
    "measure.living_necessity": False,
    "measure.already_sealed": False,
}
DONE: Mapping[str, Any] = {
    "measure.certificate_shown": True,
    "measure.party_present": True,
    "measure.told_rights": True,
    "measure.defence.recorded": True,
    "measure.party_signed": True,
}


def lay_out(world: World, now: datetime, seed: int) -> tuple[int, int]:
    """How many sheets and how many seizures were laid out; none where they are there already."""
    week = Week(Random(f"stores-{seed}"), now, world)  # noqa: S311 - the same seed must give the same stores
    with transaction.atomic():
        if stock.is_stocked():
            return 0, 0
        sheets = sum(_sheets(week, unit) for unit in LOGINS)
        return sheets + _vouchers(week), sum(_seize(week, one) for one in TAKEN)


def _sheets(week: Week, code: str) -> int:
    """Decisions on the spot under the unit's own numbers: received, allotted, some handed out, one spoilt, one lost."""
    at, unit = week.now - timedelta(days=3), org.unit_by_code(code)
    if unit is None:
        raise LookupError(f"the reference data has no {code}")
    forms = stock.receive(kind=SPOT, count=SHEETS, unit=unit, by=week.actor("custodian", at), at=at)
    _allot(week, code, SPOT, forms[0].number, SHEETS)
    out = _hand_out(week, code, SPOT, [f.number for f in forms])
    by, later = week.actor(LOGINS[code]["officer"], week.now), week.now - timedelta(days=1)
    stock.spoil(form=out[0], reason="填写错误，已划线作废", by=by, at=later)
    stock.lose(form=out[1], reason="出勤途中遗失，已报中队并登记", by=by, at=later)
    return SHEETS


def _vouchers(week: Week) -> int:
    """Vouchers numbered by the printer, half of them still in the warehouse."""
    at = week.now - timedelta(days=3)
    by = week.actor("custodian", at)
    forms = stock.receive(kind=VOUCHER, count=PRINTED, first="示例取证000001", by=by, at=at)
    _allot(week, HUAMU, VOUCHER, forms[0].number, PRINTED // 2)
    _hand_out(week, HUAMU, VOUCHER, [f.number for f in forms])
    return PRINTED


def _allot(week: Week, code: str, kind: str, first: str, count: int) -> None:
    at, unit = week.now - timedelta(days=3, minutes=-30), org.unit_by_code(code)
    assert unit is not None
    stock.allot(kind=kind, first=first, count=count, unit=unit, by=week.actor("custodian", at), at=at)


def _hand_out(week: Week, code: str, kind: str, numbers: Sequence[str]) -> Sequence[Any]:
    """Twenty sheets each to two officers of the unit; those of the first."""
    at, names = week.now - timedelta(days=2), LOGINS[code]
    clerk, given = week.actor(names["clerk"], at), []
    for place, login in enumerate((names["officer"], names["second"])):
        user = org.user_by_login(login)
        if user is None or user.officer is None:
            raise LookupError(f"the demo has no officer {login}")
        first = numbers[place * EACH]
        given.append(
            stock.hand_out(kind=kind, first=first, count=EACH, officer=user.officer, by=clerk, at=at)
        )
    return given[0]


def _seize(week: Week, one: Taken) -> int:
    """A case under investigation in which things are asked for, taken, and perhaps given back."""
    before = replace(week, now=week.now - timedelta(days=1))
    case = walk(before, one.unit, profile(one.cause), one.party, UNDER_WAY)
    names, at = {**LOGINS[one.unit], "custodian": "custodian"}, week.now - timedelta(hours=5)

    def step(move: str, who: str, minutes: int, **says: Any) -> None:
        moment = at + timedelta(minutes=minutes)
        cases.take_in(matter=matter, move=move, values=says, by=week.actor(names[who], moment), at=moment)

    matter = cases.begin(
        case=case,
        procedure=MEASURE,
        move="ask_measure",
        values={**ASKED, "measure.wanted": one.goods},
        by=week.actor(names["officer"], at),
        at=at,
    )
    step("approve_measure", "decider", 5)
    done = {**DONE, "measure.store_place": one.place}
    step("implement_measure", "officer", 20, **done)
    if one.returned:
        step("decide_release", "decider", 60, **{"measure.release_ground": "unrelated"})
        step("return_goods", "custodian", 90, **{"measure.receipt_signed": True})
    return 1
