"""What the procedure of demolition brings along: forms, what its steps state by themselves, numbers, papers. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from xiuhua.cases.procedure.demolition import TABLE
from xiuhua.cases.procedure.demolition_forms import FORMS, GOODS_LEFT
from xiuhua.cases.procedure.facts.deriving import DERIVED as OF_OTHERS
from xiuhua.cases.procedure.facts.deriving import Derive, Fragment
from xiuhua.cases.procedure.facts.fixed import REOPENED
from xiuhua.cases.procedure.guards.reading import effective, iso
from xiuhua.cases.procedure.periods import BY_ID
from xiuhua.cases.procedure.side.shape import Side

TOLD = {"decision.tells_reconsideration": True, "decision.tells_litigation": True}
DEMANDED = {"demand.tells_defence": True}
NONE: frozenset[str] = frozenset()
# What the file holds of an order that fell, and of what came after it; the building and the scene stay as they were.
OF_THE_ORDER = tuple(
    f"demolition.{key}"
    for key in (
        "number",
        "requirement",
        "ordered_on",
        "order_due_on",
        "order_served_on",
        "order_announced_on",
        "notice_posted_on",
        "demand_served_on",
        "demand_by",
        "reported_on",
        "remedy_ended_on",
        "forced_decided_on",
        "forced_decided_by",
        "force_announced_on",
        "self_due_on",
    )
)


def _block(facts: Fragment, name: str = "demolition") -> Fragment:
    found: Fragment = facts.setdefault(name, {})
    return found


def _served(facts: Fragment) -> None:
    """The order counts as served on the day on which its service took effect."""
    for row in facts.get("services", ()):
        _block(facts)["order_served_on"] = effective(row)


def _posted(facts: Fragment) -> None:
    """The notice stands in for the service when its days are over (SHDB §9)."""
    own = _block(facts)
    days = BY_ID["illegal_building_notice"].length or 0
    until = (iso(own["notice_posted_on"]) + timedelta(days=days)).isoformat()
    own["order_served_on"], own["order_announced_on"] = until, own["notice_posted_on"]
    facts["services"] = [
        {
            **row,
            "document": "demolition_order",
            "method": "announcement",
            "on": own["notice_posted_on"],
            "announced_on": own["notice_posted_on"],
            "effective_on": until,
            "other_methods_tried": True,
            "reason": own["attempts"],
        }
        for row in facts["services"]
    ]


def _demanded_by(body: str) -> Derive:
    def derive(facts: Fragment) -> None:
        served = _block(facts, "demand").get("served_on")
        _block(facts).update(demand_served_on=served, demand_by=body)

    return derive


def _decided(facts: Fragment) -> None:
    own = _block(facts)
    _block(facts, "enforcement")["decided_on"] = own.get("forced_decided_on")


def _demolished(facts: Fragment) -> None:
    """What was carried out by force stands where enforcement stands, and the building is gone from that day."""
    own, enforced = _block(facts), _block(facts, "enforcement")
    enforced["implemented_at"], enforced["result"] = own.get("demolished_at"), own.get("record")
    own["removed_on"] = enforced["finished_on"] = str(own.get("demolished_at") or "")[:10]
    own["urgent"] = enforced.get("urgent") is True


def _at_once(facts: Fragment) -> None:
    """AEL §43 keeps no hours for what is being built."""
    _demolished(facts)
    _block(facts)["urgent"] = True


def _goods(facts: Fragment) -> None:
    """The closing report says in words what became of the things."""
    words = {code: said for code, said, _ in GOODS_LEFT}
    _block(facts, "closing")["goods"] = words[_block(facts)["goods_outcome"]]


def _handed_over(facts: Fragment) -> None:
    if not _block(facts, "measure").pop("handed_over", False):
        _block(facts, "measure").pop("decision_served_on", None)


FIXED: Mapping[str, Mapping[str, Any]] = {
    "order_stop_and_remove": TOLD,
    "order_demolition": TOLD,
    "demand_by_government": DEMANDED,
    "demand_by_town": DEMANDED,
    "hear_defence": {"defence.recorded": True},
    "accept_defence": {"defence.adopted": True},
    "report_after_defence": {"defence.adopted": False},
    "find_lawful": {"violation.found": False},
    "take_tools": {"measure.kind": "seize"},
    "decide_forced": {"demolition.forced_decided_by": "district_government"},
    "decide_town_demolition": {"demolition.forced_decided_by": "town_government"},
    "clear_rubble": {"correction.recheck_result": "corrected"},
    "close_removed": {"case.close_reason": "removed"},
    "close_cleared": {"case.close_reason": "removed"},
    "close_lawful": {"case.close_reason": "lawful"},
    "close_cancelled": {"case.close_reason": "cancelled"},
    "annul_closed_order": REOPENED,
    "redo_order": dict.fromkeys(
        ("decision", "services", "demand", "defence", "enforcement", *OF_THE_ORDER), None
    ),
    "close_annulled": {"case.close_reason": "annulled"},
}
DERIVED: Mapping[str, tuple[Derive, ...]] = {
    "go_to_scene": OF_OTHERS["inspect"],
    "go_to_scene_building": OF_OTHERS["inspect"],
    "take_tools": (_handed_over,),
    "demolish_at_once": (_at_once,),
    "serve_order": (_served,),
    "serve_by_notice": (_posted,),
    "demand_by_government": (_demanded_by("district_government"),),
    "demand_by_town": (_demanded_by("town_government"),),
    "decide_forced": (_decided,),
    "decide_town_demolition": (_decided,),
    "demolish": (_demolished,),
    "close_removed": (_goods,),
    "close_cleared": (_goods,),
}

# A main road of its own: it has no state of a case to begin in and is no row of another file.
DEMOLITION = Side(
    procedure="demolition",
    label_zh="拆违",
    label_en="Demolition",
    block="demolition",
    kept_in="",
    begins_at=TABLE.beginnings,
    begins_in=NONE,
    tables=(TABLE,),
    forms=FORMS,
    fixed=FIXED,
    derived=DERIVED,
    numbers={
        "stop_building_order": "demolition",
        "demolition_order": "demolition",
        "demand_notice": "demand",
        "enforcement_decision": "enforcement",
        "correction_order": "correction",
        "measure_decision": "measure",
    },
    # Those of the district government are its own papers: they come in, and no paper of ours is issued for them.
    issued_by={
        "stop_building_order": frozenset({"order_stop_and_remove"}),
        "demand_notice": frozenset({"demand_by_town"}),
        "enforcement_decision": frozenset({"decide_town_demolition"}),
        "inspection_record": frozenset({"go_to_scene", "go_to_scene_building"}),
        # Forms of other procedures that ask what this one does not know; the step itself holds what was found.
        "recheck_record": frozenset({"clear_rubble"}),
        "recheck_opinion": NONE,
        "service_receipt": frozenset({"serve_order"}),
    },
)
