"""Guards of the registration of evidence in advance."""

from __future__ import annotations

from typing import Any

from xiuhua.cases.tests.procedure.truth.case import Case, no, yes

ITEM = {"name": "货架", "quantity": "2个", "state": "完好"}


def own(**block: Any) -> dict[str, Any]:
    """A file in which a registration is the matter under judgement."""
    return {"matter": "registration", "registration": block}


REGISTRATION: tuple[Case, ...] = (
    yes("evidence_may_vanish", **own(reason="摊位流动，货架随时可能被移走")),
    no("evidence_may_vanish", **own(reason=" ")),
    no("evidence_may_vanish", reason="写在别处"),
    yes("approved_before_measure", **own(approved_on="2023-05-16", approver_role="bureau_deputy_head")),
    no("approved_before_measure", **own(approved_on="2023-05-16", approver_role="squad_head")),
    no("approved_before_measure", **own(approved_on="2023-05-17", approver_role="bureau_head")),
    no("approved_before_measure", **own(approver_role="bureau_head")),
    no(
        "approved_before_measure",
        **own(approved_on="2023-05-16", approver_role="bureau_head", made_on="2023-05-15"),
    ),
    no(
        "approved_before_measure",
        **own(approved_on="2023-05-16", approver_role="bureau_head", implemented_at="2023-05-15T09:00"),
    ),
    yes("items_listed", **own(items=[ITEM])),
    no("items_listed", **own(items=[])),
    no("items_listed", **own(items=[ITEM, {"name": "秤", "quantity": "1台"}])),
    no("items_listed", **own(items=[{"name": "秤", "state": "旧"}])),
    yes("list_given_to_party", **own(list_delivered=True)),
    no("list_given_to_party", **own(list_delivered="yes")),
    no("list_given_to_party", **own()),
    yes("outcome_for_every_item", **own(items=[ITEM], outcome="returned")),
    yes("outcome_for_every_item", **own(items=[{**ITEM, "outcome": "kept"}])),
    no("outcome_for_every_item", **own(items=[{**ITEM, "outcome": "kept"}, ITEM])),
    no("outcome_for_every_item", **own(outcome="returned")),
    # Seven calendar days under the old text, seven working days since; the day of the event does not count.
    yes("registration_period_over", day="2018-05-17", **own(made_on="2018-05-09")),
    no("registration_period_over", day="2018-05-16", **own(made_on="2018-05-09")),
    yes("registration_period_over", day="2023-05-18", **own(made_on="2023-05-08")),
    no("registration_period_over", day="2023-05-17", **own(made_on="2023-05-08")),
    no("registration_period_over", **own()),
    yes("party_signed_receipt", **own(receipt_signed=True)),
    no("party_signed_receipt", **own(receipt_signed=False)),
    no("party_signed_receipt", **own()),
    yes("measure_power_exists", cause={"seize_power": True}, measure={"basis": "SHUM §21"}, matter="measure"),
    yes(
        "measure_power_exists",
        cause={"seize_power": True},
        measure={"basis": "SHUM §21"},
        **own(),
    ),
    no("measure_power_exists", cause={"seize_power": False}, measure={"basis": "SHUM §21"}, matter="measure"),
    no("measure_power_exists", cause={"seize_power": True}, measure={"basis": ""}, matter="measure"),
)
