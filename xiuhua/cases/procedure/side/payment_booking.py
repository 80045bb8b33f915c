"""Which move a sum that came in makes. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from xiuhua.cases.procedure.guards.reading import block, paid, rows, same_money
from xiuhua.cases.procedure.side.payment_joint import SETTLES
from xiuhua.cases.procedure.surcharge import due_on, reckoned

# Where the payment was handed over to enforcement, a sum that covers everything is stated on the road.
ON_THE_ROAD = {"road:overdue": "perform_late"}
# The same of one of several parties, who may also pay a part.
OF_A_SHARE = {"share:overdue": "pay_enforced_share"}
NONE_YET = "未作出加处罚款决定"


@dataclass(frozen=True, slots=True)
class Booking:
    """`move` takes `amount` yuan of what came; the rest was not owed. Without a move nothing was owed at all."""

    move: str
    amount: float


def booking(
    file: Mapping[str, Any], state: str, came: float, day: date, params: Mapping[str, Any]
) -> Booking:
    """What becomes of `came` yuan paid on `day` while the payment stands in `state`."""
    had = paid(dict(file))
    left = round(due_on(file, day, params) - had, 2)
    if left < 0.005:
        return Booking("", 0)
    if state not in SETTLES:
        whole = came > left or same_money(came, left)
        if state in OF_A_SHARE:
            return Booking(OF_A_SHARE[state], left if whole else came)
        return Booking(ON_THE_ROAD.get(state, "none") if whole else "none", left)
    if came > left or same_money(came, left):
        return Booking(SETTLES[state], left)
    if state == "in_instalments" and _whole_number(file, had + came):
        return Booking("pay_instalment", came)
    return Booking(f"pay_part_{state}", came)


def on_the_road(file: Mapping[str, Any], day: date, params: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the road's form says of the surcharge of a payment of `day`."""
    found = reckoned(file, day, params)
    return {"surcharge.amount": found.amount} if found else {"surcharge.reason_less": NONE_YET}


def _whole_number(file: Mapping[str, Any], total: float) -> bool:
    """Whether `total` yuan are a whole number of instalments of the plan."""
    grown = 0.0
    for row in rows(block(file, "deferral"), "plan"):
        grown += row.get("amount") or 0
        if same_money(grown, total):
            return True
    return False
