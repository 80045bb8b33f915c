"""Two parties fined apart: what each owes, and what nobody may take from the other."""

from __future__ import annotations

from typing import Any

from xiuhua.cases.tests.procedure.truth.case import Case, no, yes
from xiuhua.cases.tests.procedure.truth.several import TWO

OWES = {"P1": 1000, "P2": 6000}
DECISION = {
    "kinds": ["fine"],
    "fine": 7000,
    "decided_on": "2023-04-01",
    "items": [
        {"party": party, "violation": "V1", "kinds": ["fine"], "fine": fine} for party, fine in OWES.items()
    ],
}
HAD = [{"document": "penalty_decision", "party": party, "on": "2023-04-03"} for party in OWES]
BEGUN: dict[str, Any] = {"payment": {"began_on": "2023-04-03"}}
HANDED: dict[str, Any] = {"payment": {"began_on": "2023-04-03", "handed_over_on": "2023-05-10"}}
DEFERRED = {"approved_on": "2023-04-05", "plan": [{"due": "2023-06-01", "amount": 6000}]}
DIED = {"termination": {"ground": "died", "reason": "已死亡，无遗产"}}
LOST = {"termination": {"ground": "object_lost", "reason": "标的灭失"}}
FORCED = {"enforcement": {"finished_on": "2023-05-15"}}
# 3 percent of 6,000 yuan a day from 19 April reach the fine on the 34th day.
SURCHARGED = {"surcharge": {"amount": 4500, "from_on": "2023-04-19", "to_on": "2023-05-13"}}


def fined(
    p1: dict[str, Any] | None = None, p2: dict[str, Any] | None = None, **paid: float
) -> dict[str, Any]:
    """The file of both; `paid` is what each paid on 15 April."""
    items = [
        {"party": party, "amount": sum_, "on": "2023-04-15", "receipt_no": f"示例{party}"}
        for party, sum_ in paid.items()
    ]
    shares = {"P1": {**BEGUN, **(p1 or {})}, "P2": {**BEGUN, **(p2 or {})}}
    return {**TWO, "decision": DECISION, "services": HAD, "shares": shares, "payment": {"items": items}}


def late(party: str, amount: float, **more: Any) -> dict[str, Any]:
    return {"payment": {"items": [
        {"party": party, "amount": amount, "on": "2023-05-13", "receipt_no": "示例票", **more}]}}  # fmt: skip


def ends(party: str, ground: str, reason: str = "查明") -> dict[str, Any]:
    return {"shares": {party: {"termination": {"ground": ground, "reason": reason}}}}


MONEY = (
    yes("each_pays_apart", **fined()),
    yes("each_pays_apart", **TWO, step=late("P1", 10)),
    no("each_pays_apart", **fined(), step=late("P1", 10)),
    no("each_pays_apart", **fined(), step={"deferral": {"approved_on": "2023-05-01"}}),
    no("each_pays_apart", **fined(), step={"surcharge": {"amount": 10}}),
    yes("each_pays_apart", **fined(), step={"duties": [{"what": "拆除"}]}),
    yes("paid_in_full", **fined(P1=1000, P2=6000)),
    no("paid_in_full", **fined(P1=7000)),
    no("paid_in_full", **fined(P1=1000)),
    no("paid_in_full", **fined(None, SURCHARGED, P1=1000, P2=6000)),
    yes("payment_due_passed", **fined(P1=1000)),
    yes("payment_due_passed", **fined(None, {"deferral": DEFERRED})),
    no("payment_due_passed", **fined(None, {"deferral": DEFERRED}, P1=1000)),
    no("payment_due_passed", **fined(P1=1000, P2=6000)),
    no("payment_due_passed", **fined(None, LOST, P1=1000)),
    no("payment_due_passed", day="2023-04-18", **fined()),
    yes("surcharge_settled", **fined(P1=1000, P2=6000)),
    no("surcharge_settled", **fined(P1=1000), step=late("P2", 6000)),
    no("surcharge_settled", **fined(None, SURCHARGED, P1=1000), step=late("P2", 6000)),
    yes("surcharge_settled", **fined(None, SURCHARGED, P1=1000), step=late("P2", 10500)),
    yes(
        "surcharge_settled",
        **fined(None, {"surcharge": {"reason_less": "未决定"}}, P1=1000),
        step=late("P2", 6000),
    ),
    yes("enforced_share_pays", **fined(None, HANDED), step=late("P2", 6000)),
    yes("enforced_share_pays", **fined(None, HANDED), step=late("P2", 10)),
    yes("enforced_share_pays", **fined(None, HANDED | SURCHARGED), step=late("P2", 10500)),
    no("enforced_share_pays", **fined(None, HANDED), step=late("P2", 6000.01)),
    no("enforced_share_pays", **fined(None, HANDED), step=late("P1", 10)),
    no("enforced_share_pays", **fined(None, HANDED), step=late("P9", 10)),
    no("enforced_share_pays", **fined(None, HANDED), step=late("", 10)),
    no("enforced_share_pays", **fined(None, HANDED), step=late("P2", 0)),
    no("enforced_share_pays", **fined(None, HANDED), step=late("P2", 10, on="2023-05-17")),
    no("enforced_share_pays", **fined(), step=late("P2", 10)),
    no("enforced_share_pays", **fined(None, HANDED), step={}),
)
ENDS = (
    yes("share_may_end", **fined(), step=ends("P1", "died")),
    yes("share_may_end", **fined(), step=ends("P2", "dissolved")),
    yes("share_may_end", **fined(), step=ends("P2", "object_lost")),
    no("share_may_end", **fined(), step=ends("P2", "died")),
    no("share_may_end", **fined(), step=ends("P1", "dissolved")),
    no("share_may_end", **fined(), step=ends("P1", "three_years")),
    no("share_may_end", **fined(), step=ends("P1", "decision_revoked")),
    no("share_may_end", **fined(), step=ends("P1", "died", " ")),
    no("share_may_end", **fined(P1=1000), step=ends("P1", "died")),
    no("share_may_end", **fined(), step=ends("P9", "died")),
    no("share_may_end", **fined(DIED)),
    yes("termination_ground", **fined(DIED, P2=6000), termination={"ground": "died"}),
    yes("termination_ground", **fined(DIED, LOST), termination={"ground": "died"}),
    no("termination_ground", **fined(DIED), termination={"ground": "died"}),
    no("termination_ground", **fined(DIED, FORCED), termination={"ground": "died"}),
    no("termination_ground", **fined(DIED, P2=6000)),
    yes(
        "enforcement_finished",
        **fined(None, FORCED, P1=1000, P2=6000),
        enforcement={"finished_on": "2023-05-15"},
    ),
    yes("enforcement_finished", **fined(DIED, FORCED, P2=6000), enforcement={"finished_on": "2023-05-15"}),
    no("enforcement_finished", **fined(None, FORCED, P2=6000), enforcement={"finished_on": "2023-05-15"}),
    no("enforcement_finished", **fined(P1=1000, P2=6000), enforcement={"finished_on": "2023-05-15"}),
    no("enforcement_finished", **fined(None, FORCED, P1=1000, P2=6000)),
    yes("money_reconciled", **fined(P1=1000, P2=6000)),
    yes("money_reconciled", **fined(DIED, P2=6000)),
    no("money_reconciled", **fined(P1=7000)),
    no("money_reconciled", **fined(P1=1000, P2=6001)),
    no("money_reconciled", **fined(None, SURCHARGED, P1=1000, P2=6000)),
    no("money_reconciled", **fined(None, FORCED, P1=1000)),
    no("money_reconciled", **fined({"payment": {"method": "cash"}}, P1=1000, P2=6000)),
    yes(
        "money_reconciled",
        **fined({"payment": {"method": "cash", "agency_deposited_on": "2023-04-16"}}, P1=1000, P2=6000),
    ),
    yes("share_overdue", decision={"fine": 10}),
    yes("share_overdue", whose="P2", decision={"fine": 10}, services=[{**HAD[0]}]),
    no("share_overdue", whose="P2", decision={"fine": 10}, services=[{**HAD[0], "on": "2023-05-10"}]),
    no(
        "share_overdue",
        whose="P2",
        decision={"fine": 10},
        services=[{**HAD[0]}],
        payment={"items": [{"amount": 10}]},
    ),
)


def shown(party: str, *, amount_wan: float, masked: bool = True, **more: Any) -> dict[str, Any]:
    """A step that publishes what one party got."""
    own = {"published_on": "2023-05-12", "number": "22301", "amount_wan": amount_wan,
           "masked_id": masked, "masked_address": masked, **more}  # fmt: skip
    return {"publicity": {**own, "party": party}, "shares": {party: {"publicity": own}}}


NUMBERED = {**DECISION, "number": "22301"}
BOTH = {**fined(), "decision": NUMBERED}
OF_FIRST = {"publicity": {"published_on": "2023-05-12"}}
WITHDRAWN = {"publicity": {"published_on": "2023-05-12", "withdrawn_on": "2023-05-14"}}
# A citizen and an organisation, whose number of the representative may not be shown.
PUBLISHED = (
    yes("published_of_one", **BOTH, step=shown("P1", amount_wan=0.1)),
    yes("published_of_one", **BOTH, step={"publicity": {"published_on": "2023-05-12"}}),
    no("published_of_one", **BOTH, step=shown("P9", amount_wan=0.1)),
    no("published_of_one", **TWO, step=shown("P1", amount_wan=0.1)),
    no(
        "published_of_one",
        **BOTH,
        step={**shown("P1", amount_wan=0.1), "shares": {"P1": OF_FIRST, "P2": OF_FIRST}},
    ),
    yes("publicity_masked", **BOTH, step=shown("P1", amount_wan=0.1)),
    no("publicity_masked", **BOTH, step=shown("P1", amount_wan=0.1, masked=False)),
    yes("publicity_masked", **BOTH, step=shown("P2", amount_wan=0.6, masked=False)),
    no("publicity_masked", **BOTH, step=shown("P2", amount_wan=0.6, shows_representative_id=True)),
    no("publicity_masked", **TWO, publicity={"published_on": "2023-05-12", "masked_id": True}),
    no(
        "publicity_masked",
        **TWO,
        publicity={"masked_id": True, "masked_address": True, "shows_representative_id": True},
    ),
    yes("publicity_masked", **TWO, publicity={"masked_id": True, "masked_address": True}),
    yes("publicity_fields_complete", **BOTH, step=shown("P1", amount_wan=0.1)),
    yes("publicity_fields_complete", **BOTH, step=shown("P2", amount_wan=0.6)),
    no("publicity_fields_complete", **BOTH, step=shown("P2", amount_wan=0.7)),
    no("publicity_fields_complete", **BOTH, step=shown("P2", amount_wan=0.6, number="22302")),
    no("publicity_fields_complete", **BOTH, step=shown("P2", amount_wan=0.6, published_on="2023-05-17")),
    yes("publicity_withdrawn", **fined(WITHDRAWN, WITHDRAWN)),
    yes("publicity_withdrawn", **fined(WITHDRAWN)),
    no("publicity_withdrawn", **fined(WITHDRAWN, OF_FIRST)),
    no("publicity_withdrawn", **fined(OF_FIRST), publicity={"withdrawn_on": "2023-05-14"}),
    yes("decision_fell_after_publication", **fined(OF_FIRST), annulment={"on": "2023-05-15"}),
    no("decision_fell_after_publication", **fined(WITHDRAWN), annulment={"on": "2023-05-15"}),
)
APART: tuple[Case, ...] = (*MONEY, *ENDS, *PUBLISHED)
