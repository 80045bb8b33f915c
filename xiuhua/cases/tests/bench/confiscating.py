"""Confiscated things on the bench: who says what in each move."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from xiuhua.cases import actions, queries
from xiuhua.cases.models import Case, Matter
from xiuhua.cases.tests.bench.bench import DEPUTY, O1, Bench
from xiuhua.cases.tests.bench.measuring import CUSTODIAN, GOODS, acting, go, in_force
from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM
from xiuhua.registers.tests.bureau import AT

LIST = "confiscated_goods"
DAY = timedelta(days=1)
CONFISCATES = {"kinds": ["confiscate_property"]}
TAKES = {
    "confiscation.items": GOODS,
    "confiscation.receipt_no": "示例没0001",
    "confiscation.party_signed": True,
}
STORED = {
    "confiscation.as_listed": True,
    "confiscation.store_place": "示例物品库1排",
    "confiscation.keeper": "示例保管员",
}
VALUED = {
    "confiscation.valuer_kind": "appraiser",
    "confiscation.valued_by": "示例评估有限公司",
    "confiscation.valuation": "示评1号",
    "confiscation.value": 9000,
}
TRUCK_ONLY = {"confiscation.lot": "货车，1辆，旧"}
FISH_ONLY = {"confiscation.lot": "鲜鱼，5箱，冰鲜"}
AUCTION = {"confiscation.approved_way": "auctioned"}
SEEN = {
    "confiscation.performer": "示例拍卖有限公司",
    "confiscation.disposal": "一次竞价成交",
    "confiscation.handled_by": "示例保管员",
    "confiscation.witness_one": "示例见证甲",
    "confiscation.witness_two": "示例见证乙",
}
REMITTED = {"confiscation.voucher_no": "示例缴款1"}


def confiscated(bench: Bench, year: int = 2026) -> tuple[Case, datetime]:
    """A case whose decision confiscates things and was served; no measure held them."""
    return bench.at_step("serve_decision", year, decision=CONFISCATES)


def taken(bench: Bench, case: Case, at: datetime, **says: Any) -> Matter:
    typed = TAKES | {path.replace("__", "."): value for path, value in says.items()}
    by = acting(bench, O1, case, at)
    return actions.begin(case=case, procedure=LIST, move="take_confiscated", values=typed, by=by, at=at)


def in_store(bench: Bench, year: int = 2026) -> tuple[Matter, datetime]:
    """Things that were taken and lie in the store."""
    case, at = confiscated(bench, year)
    matter = taken(bench, case, at)
    go(bench, matter, CUSTODIAN, "store_confiscated", at, says=STORED)
    return Matter.objects.select_related("case").get(pk=matter.pk), at


def to_auction(bench: Bench, matter: Matter, at: datetime, says: Mapping[str, Any] = AUCTION) -> datetime:
    """The things valued and approved; the earliest moment at which they may be auctioned."""
    go(bench, matter, CUSTODIAN, "value_confiscated", at, says=VALUED)
    go(bench, matter, DEPUTY, "approve_disposal", at, says=says)
    return at + 8 * DAY


def auction(bench: Bench, matter: Matter, at: datetime, proceeds: float = 9500) -> None:
    said = SEEN | {"confiscation.announced_on": (at - 7 * DAY).date(), "confiscation.proceeds": proceeds}
    go(bench, matter, CUSTODIAN, "auction_confiscated", at, says=said)


def after_a_measure(bench: Bench) -> tuple[Case, Matter, datetime]:
    """A served decision, and the measure that holds the things for it."""
    _, at = bench.at_step("assign_officers")
    day = at.date().isoformat()
    decision = {
        "decided_on": day,
        "delivered_on": day,
        "kinds": ["fine", "confiscate_property"],
        "fine": 1000,
    }
    cause = {"seize_power": True, "kinds_allowed": ["fine", "confiscate_property"]}
    measure, at = in_force(bench, decision=decision | {"basis": "SHUM §21"}, cause=cause)
    go(bench, measure, DEPUTY, "decide_confiscation", at)
    case = Case.objects.get(pk=measure.case_id)
    with record.act("示例", by=SYSTEM, at=AT) as act:
        case.state = "served"
        case.save()
        act.entry(on=case, facts={})
    return case, measure, at


def block_of(matter: Matter) -> dict[str, Any]:
    """The list as the file of its case shows it."""
    rows = queries.file_of(Case.objects.get(pk=matter.case_id))["confiscations"]
    found: dict[str, Any] = rows[matter.number - 1]
    return found
