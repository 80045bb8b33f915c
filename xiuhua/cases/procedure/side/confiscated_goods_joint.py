"""How a measure whose things were confiscated ends with them, in the same act. Pure data.

The measure holds the things until the list of confiscated things has come to its end. Then it states of itself what
the list states: each thing's end, the day, the way, what came in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xiuhua.cases.procedure.guards.measures_goods import goods_left

# State of the list → the move of the measure that follows.
MEASURE_FOLLOWS: Mapping[str, str] = {"settled": "settle_confiscated", "returned": "return_confiscated"}


def stated_by_measure(measure: Mapping[str, Any], listed: Mapping[str, Any]) -> dict[str, Any]:
    """The facts with which a measure ends after the list of its things `listed` (with its state) did."""
    back = listed.get("state") == "returned"
    outcome, day = (
        ("returned", listed.get("returned_on")) if back else ("confiscated", listed.get("disposed_on"))
    )
    said: dict[str, Any] = {
        "outcome": outcome,
        "ends": [{**thing, "outcome": outcome, "on": day} for thing in goods_left(measure)],
    }
    if back:
        return {"measure": {**said, "returned_on": day, "receipt_signed": listed.get("receipt_signed")}}
    lots = listed.get("lots") or ()
    said |= {key: listed.get(key) for key in ("disposed_on", "disposal_way", "disposal")}
    said["confiscation_receipt_no"] = listed.get("receipt_no")
    said["proceeds"] = round(sum(lot.get("amount") or 0 for lot in lots), 2)
    said["remitted_on"] = max((lot["remitted_on"] for lot in lots if lot.get("remitted_on")), default=None)
    return {"measure": {key: value for key, value in said.items() if value not in (None, 0)}}
