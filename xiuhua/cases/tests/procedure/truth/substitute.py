"""Guards of substitute performance."""

from __future__ import annotations

from typing import Any

from xiuhua.cases.tests.procedure.truth.case import Case, no, yes

WHOLE = {
    "reason": "堆物占道，危害交通安全",
    "basis": "AEL §50",
    "way": "机械清运",
    "object": "清除占道堆物",
    "performer": "示例清运公司",
    "planned_on": "2023-05-25",
    "budget": 2000,
}
PARTY = {"name": "示例公司"}
SERVED = {"served_on": "2023-05-05", "duty_days": 10}
DUTY = {"other_duties": "清除占道堆物"}
ORDERED = {"requirement": "清除占道堆物"}
OWED = {"fine": 5000}


def own(**block: Any) -> dict[str, Any]:
    return {"matter": "substitute", "substitute": block}


FIELDS: tuple[Case, ...] = (
    yes("substitute_fields_complete", **own(**WHOLE), party=PARTY),
    *(no("substitute_fields_complete", **own(**WHOLE | {key: ""}), party=PARTY) for key in WHOLE),
    no("substitute_fields_complete", **own(**WHOLE), party={"name": ""}),
    no("substitute_fields_complete", **own(**WHOLE | {"planned_on": "2023-05-15"}), party=PARTY),
    no("substitute_fields_complete", **own(**WHOLE | {"budget": 0}), party=PARTY),
)
SUBSTITUTE: tuple[Case, ...] = (
    *FIELDS,
    yes("restoring_duty", **own(duty_kind="restore"), decision=DUTY),
    yes("restoring_duty", **own(duty_kind="remove_obstacle"), correction=ORDERED),
    no("restoring_duty", **own(duty_kind="pay"), decision=DUTY),
    no("restoring_duty", **own(duty_kind="restore"), decision=OWED),
    # The duty itself, not the fine, is what a substitute performs.
    yes("demand_served_and_unmet", **own(), demand=SERVED),
    no("demand_served_and_unmet", **own(), demand=SERVED, duties=[{"what": "清除", "done_on": "2023-05-16"}]),
    no("demand_served_and_unmet", **own(), demand=SERVED, day="2023-05-15"),
    no("demand_served_and_unmet", **own()),
    yes("demand_served_and_unmet", demand=SERVED, decision=OWED),
    no("demand_served_and_unmet", demand=SERVED, decision=OWED, payment={"items": [{"amount": 5000}]}),
    yes("demand_served_and_unmet", demand=SERVED, decision=OWED, step={"payment": {"items": [{"amount": 5000}]}}),
    yes("harm_kind_listed", **own(harm_kind="environment")),
    no("harm_kind_listed", **own(harm_kind="ugliness")),
    no("harm_kind_listed", **own()),
    # Tuesday 2023-05-16 is the third working day after Thursday 2023-05-11.
    yes("three_working_days_after_demand", **own(demand_on="2023-05-11", executed_on="2023-05-16")),
    no("three_working_days_after_demand", **own(demand_on="2023-05-12", executed_on="2023-05-16")),
    no("three_working_days_after_demand", **own(demand_on="2023-05-11", executed_on="2023-05-17")),
    no("three_working_days_after_demand", **own(executed_on="2023-05-16")),
    no("three_working_days_after_demand", **own(demand_on="2023-05-11")),
    yes("performer_without_interest", **own(performer_kind="agency", performer="示例中队")),
    yes("performer_without_interest",
        **own(performer_kind="third_party", performer="示例公司", performer_no_interest=True)),
    no("performer_without_interest", **own(performer_kind="third_party", performer="示例公司")),
    no("performer_without_interest", **own(performer_kind="agency")),
    no("performer_without_interest", **own(performer_kind="neighbour", performer="示例人")),
    yes("supervisor_present", **own(supervisor_id="A")),
    no("supervisor_present", **own()),
    yes("no_violence", **own(no_violence=True)),
    no("no_violence", **own()),
    yes("public_way_obstacle", **own(place_kind="road", thing_kind="spillage")),
    no("public_way_obstacle", **own(place_kind="yard", thing_kind="spillage")),
    no("public_way_obstacle", **own(place_kind="road", thing_kind="signboard")),
    yes("party_cannot_clear", **own(party_cannot_clear=True, reason="驾驶人受伤")),
    no("party_cannot_clear", **own(party_cannot_clear=True)),
    no("party_cannot_clear", **own(party_cannot_clear=False, reason="正在清除")),
    yes("absent_party_told_at_once", **own(executed_on="2023-05-15", party_absent=True, notified_on="2023-05-16")),
    yes("absent_party_told_at_once", **own(executed_on="2023-05-15", party_absent=False)),
    no("absent_party_told_at_once", **own(executed_on="2023-05-14", party_absent=True, notified_on="2023-05-16")),
    no("absent_party_told_at_once", **own(executed_on="2023-05-16", party_absent=True, notified_on="2023-05-15")),
    no("absent_party_told_at_once", **own(executed_on="2023-05-16", party_absent=True, notified_on="2023-05-17")),
    no("absent_party_told_at_once", **own(executed_on="2023-05-15", party_absent=True)),
    no("absent_party_told_at_once", **own(executed_on="2023-05-15")),
    no("absent_party_told_at_once", **own(party_absent=False)),
    yes("all_signed", **own(signatures=["supervisor", "performer", "party"])),
    yes("all_signed", **own(signatures=["witness", "performer", "supervisor"])),
    no("all_signed", **own(signatures=["supervisor", "performer"])),
    no("all_signed", **own(signatures=["supervisor", "party"])),
    no("all_signed", **own(signatures=["performer", "party", "witness"])),
    no("all_signed", **own()),
    yes("cost_reasonable", **own(cost=2000, budget=2000, cost_basis="运输和处置发票")),
    yes("cost_reasonable", **own(cost=800, cost_basis="运输和处置发票")),
    yes("cost_reasonable", **own(cost=2001, budget=2000, cost_basis="发票", over_budget_reason="增加一车")),
    no("cost_reasonable", **own(cost=2001, budget=2000, cost_basis="发票")),
    no("cost_reasonable", **own(cost=2000, budget=2000)),
    no("cost_reasonable", **own(cost=0, budget=2000, cost_basis="发票")),
    # A matter ends when the papers of the matter are there, whatever the case still lacks.
    yes("documents_complete", **own(decided_on="2023-05-10", signed_on="2023-05-16"),
        documents=[{"kind": "substitute_decision"}, {"kind": "substitute_record"}]),
    no("documents_complete", **own(decided_on="2023-05-10", signed_on="2023-05-16"),
       documents=[{"kind": "substitute_decision"}]),
    no("documents_complete", **own(), documents=[{"kind": "substitute_decision"}]),
)  # fmt: skip
