"""Guards of the ends of a measure."""

from __future__ import annotations

from typing import Any

from xiuhua.cases.tests.procedure.truth.case import Case, no, yes
from xiuhua.cases.tests.procedure.truth.measures import BEGUN, on, own, says

DISPOSED = {"disposal_way": "auctioned", "disposed_on": "2023-05-16", "disposal": "示例拍卖行拍卖"}
DECIDED = {"decided_on": "2023-05-10", "kinds": ["fine", "confiscate_property"]}
RECEIVED = {"decided_on": "2022-10-01", "delivered_on": "2022-10-08", "fine": 1000}


def auction(amount: float, proceeds: float, **decision: Any) -> dict[str, Any]:
    paid = {"items": [{"amount": amount, "on": "2023-05-16"}]}
    step = {"payment": paid, "measure": {"proceeds": proceeds}}
    return {"matter": "measure", "decision": RECEIVED | decision, "step": step}


MEASURES_ENDING: tuple[Case, ...] = (
    yes("confiscation_lawful", cause={"kinds_allowed": ["fine", "confiscate_vehicle"]},
        **says(confiscation_basis="SHIC §5")),
    no("confiscation_lawful", cause={"kinds_allowed": ["fine", "confiscate_gains"]},
       **says(confiscation_basis="SHIC §5")),
    no("confiscation_lawful", cause={"kinds_allowed": ["confiscate_property"]}, **says()),
    no("confiscation_lawful", **says(confiscation_basis="SHIC §5")),
    yes("penalty_decision_made", decision=DECIDED),
    no("penalty_decision_made", decision=DECIDED | {"kinds": ["fine", "confiscate_gains"]}),
    no("penalty_decision_made", decision=DECIDED | {"decided_on": "2023-05-17"}),
    no("penalty_decision_made"),
    yes("release_ground", **says(release_ground="no_violation")),
    yes("release_ground", **says(release_ground="unrelated")),
    no("release_ground", **says(release_ground="because")),
    no("release_ground", **says()),
    no("release_ground", **own(release_ground="unrelated")),
    yes("release_ground", decision={"decided_on": "2023-05-10"}, **says(release_ground="not_needed")),
    yes("release_ground", no_penalty={"decided_on": "2023-05-16"}, **says(release_ground="not_needed")),
    no("release_ground", **says(release_ground="not_needed")),
    yes("release_ground", day="2023-06-16", step={"measure": {"release_ground": "period_over"}}, **on(BEGUN)),
    no("release_ground", day="2023-06-15", step={"measure": {"release_ground": "period_over"}}, **on(BEGUN)),
    yes("release_ground", **says(release_ground="other", release_reason="当事人提供担保")),
    no("release_ground", **says(release_ground="other")),
    yes("crime_referral_is_approved", referral={"approved_on": "2023-05-16"}),
    no("crime_referral_is_approved", referral={"approved_on": "2023-05-17"}),
    no("crime_referral_is_approved", referral={"proposed_on": "2023-05-10"}),
    yes("party_told_in_writing", **says(told_party_on="2023-05-16")),
    no("party_told_in_writing", **says(told_party_on="2023-05-17")),
    no("party_told_in_writing", **own(told_party_on="2023-05-10")),
    yes("party_told_to_collect", **says(collect_told_on="2023-05-10", claim_announced_on="2023-05-16")),
    no("party_told_to_collect", **says(collect_told_on="2023-05-16", claim_announced_on="2023-05-15")),
    no("party_told_to_collect", **says(claim_announced_on="2023-05-16")),
    no("party_told_to_collect", **says(collect_told_on="2023-05-10")),
    yes("claim_period_over", day="2023-07-16", **own(claim_announced_on="2023-05-16")),
    no("claim_period_over", day="2023-07-15", **own(claim_announced_on="2023-05-16")),
    no("claim_period_over", **own()),
    yes("disposed_lawfully", **says(**DISPOSED)),
    no("disposed_lawfully", **says(**DISPOSED | {"disposal_way": "kept"})),
    no("disposed_lawfully", **says(**DISPOSED | {"disposed_on": "2023-05-17"})),
    no("disposed_lawfully", **says(**DISPOSED | {"disposal": " "})),
    no("disposed_lawfully", **own(**DISPOSED)),
    yes("proceeds_remitted", **says(**DISPOSED, proceeds=500, remitted_on="2023-05-16")),
    yes("proceeds_remitted", **says(**DISPOSED | {"disposal_way": "destroyed"})),
    no("proceeds_remitted", **says(**DISPOSED, proceeds=500)),
    no("proceeds_remitted", **says(**DISPOSED, proceeds=500, remitted_on="2023-05-17")),
    no("proceeds_remitted", **says(remitted_on="2023-05-16")),
    yes("seized_during_case", decision={"decided_on": "2023-05-16"}, **on(BEGUN)),
    no("seized_during_case", decision={"decided_on": "2023-05-15"}, **on(BEGUN)),
    no("seized_during_case", **on(BEGUN)),
    no("seized_during_case", decision={"decided_on": "2023-05-16"}, **own()),
    yes("proceeds_cover_payment", **auction(600, 800)),
    no("proceeds_cover_payment", **auction(600, 599)),
    no("proceeds_cover_payment", **auction(600, 800, fine=500)),
    no("proceeds_cover_payment", **auction(0, 800)),
    no("proceeds_cover_payment", matter="measure", decision=RECEIVED, step={"measure": {"proceeds": 800}}),
)  # fmt: skip
