"""Guards of confiscated things."""

from __future__ import annotations

from typing import Any

from xiuhua.cases.tests.procedure.truth.case import DAY, Case, no, yes
from xiuhua.cases.tests.procedure.truth.measures import FISH, TRUCK

KINDS = {"kinds": ["fine", "confiscate_property"]}
SERVED = {**KINDS, "delivered_on": DAY}
HELD = {"state": "confiscated", "items": [TRUCK, FISH]}
KEPT = {"receipt_no": "示例0001", "store_place": "示例库1排", "stored_on": DAY}
COUNTED = {"as_listed": True, "store_place": "示例库", "keeper": "示例保管员", "stored_on": DAY}
VALUE = {"valued_by": "示例评估", "valuation": "示评1号", "value": 900, "valued_on": DAY}
SEEN = {"handled_by": "示例甲", "witness_one": "示例乙", "witness_two": "示例丙"}
AUCTION = {"performer": "示例拍卖行", "announced_on": "2023-05-09", "disposed_on": DAY}
PAID = {"remitted": 900, "remitted_on": DAY, "voucher_no": "示例票1"}
SOLD = {"disposed_on": "2023-05-15", "proceeds": 900}
REASON = "示例标准禁止流通"


def own(**block: Any) -> dict[str, Any]:
    """A file in which a list of confiscated things is the matter under judgement."""
    return {"matter": "confiscation", "confiscation": block}


def says(before: dict[str, Any] | None = None, /, **block: Any) -> dict[str, Any]:
    """The same, where the step under judgement states the facts itself, on top of what was stated `before`."""
    return {"matter": "confiscation", "confiscation": before or {}, "step": {"confiscation": block}}


def handled(state: str, *items: Any, **measure: Any) -> dict[str, Any]:
    lists = [{"state": state, "items": list(items)}]
    return {"matter": "measure", "measure": {"items": [TRUCK], **measure}, "confiscations": lists}


def way(known: dict[str, Any] | None = None, /, **said: Any) -> dict[str, Any]:
    return says(known, **said)


# fmt: off
CASES: tuple[Case, ...] = (
    yes("confiscation_served", decision=SERVED),
    no("confiscation_served", decision=KINDS),
    no("confiscation_served", decision={**SERVED, "delivered_on": "2023-05-17"}),
    no("confiscation_served", decision={**SERVED, "kinds": ["fine", "confiscate_gains"]}),
    yes("confiscated_goods_listed", **says(items=[TRUCK])),
    yes("confiscated_goods_listed", measures=[HELD], **says(items=[FISH, TRUCK])),
    yes("confiscated_goods_listed", measures=[HELD], confiscations=[{"items": [TRUCK]}], **says(items=[FISH])),
    no("confiscated_goods_listed", measures=[HELD], **says(items=[TRUCK])),
    no("confiscated_goods_listed", measures=[{**HELD, "state": "in_force"}], **says(items=[TRUCK])),
    no("confiscated_goods_listed", **says(items=[{**TRUCK, "state": ""}])),
    no("confiscated_goods_listed", **says()),
    yes("confiscated_goods_listed", decision={"confiscated": [TRUCK]}, measures=[HELD], **says(items=[TRUCK, FISH])),
    yes("confiscated_goods_listed", decision={"confiscated": [TRUCK, FISH]}, confiscations=[{"items": [FISH]}],
        **says(items=[TRUCK])),
    no("confiscated_goods_listed", decision={"confiscated": [TRUCK, FISH]}, **says(items=[TRUCK])),
    yes("confiscation_receipt_given", **says(receipt_no="示例0001", party_signed=True)),
    yes("confiscation_receipt_given", **says(receipt_no="示例0001", refusal_noted="拒签", witness_name="示例")),
    no("confiscation_receipt_given", **says(receipt_no="示例0001", refusal_noted="拒签")),
    no("confiscation_receipt_given", **says(receipt_no="示例0001", witness_name="示例")),
    no("confiscation_receipt_given", **says(party_signed=True)),
    yes("keeper_apart", by="K", filing={"officer_ids": ["A", "B"]}, **own()),
    yes("keeper_apart", **own(keeper_id="K")),
    no("keeper_apart", by="A", filing={"officer_ids": ["A", "B"]}, **own()),
    no("keeper_apart", by="A", **own(officer_ids=["A"])),
    no("keeper_apart", by="A", replacements=[{"out_id": "B", "in_id": "A"}], **own()),
    no("keeper_apart", **own()),
    yes("counted_into_store", **says({"taken_on": DAY}, **COUNTED)),
    yes("counted_into_store", **says({"taken_on": DAY}, **COUNTED | {"as_listed": False, "difference": "少一箱"})),
    no("counted_into_store", **says({"taken_on": DAY}, **COUNTED | {"as_listed": False})),
    no("counted_into_store", **says({"taken_on": DAY}, **COUNTED | {"stored_on": "2023-05-15"})),
    no("counted_into_store", **says({"taken_on": DAY}, **COUNTED | {"stored_on": "2023-05-17"})),
    no("counted_into_store", **says({"taken_on": DAY}, **COUNTED | {"keeper": " "})),
    no("counted_into_store", **says({"taken_on": DAY}, **COUNTED | {"store_place": ""})),
    no("counted_into_store", **says(**COUNTED)),
    yes("valuation_in_writing", **says(**VALUE)),
    no("valuation_in_writing", **says(**VALUE | {"value": 0})),
    no("valuation_in_writing", **says(**VALUE | {"valuation": ""})),
    no("valuation_in_writing", **says(**VALUE | {"valued_on": "2023-05-17"})),
    yes("way_lawful", **way({"valued_on": DAY}, approved_way="auctioned")),
    no("way_lawful", **way(approved_way="auctioned")),
    yes("way_lawful", **way({"valued_on": DAY}, approved_way="sold", way_ground="small_value", way_reason=REASON)),
    no("way_lawful", **way(approved_way="sold", way_ground="small_value", way_reason=REASON)),
    no("way_lawful", **way({"valued_on": DAY}, approved_way="sold", way_ground="harmful", way_reason=REASON)),
    no("way_lawful", **way({"valued_on": DAY}, approved_way="sold", way_ground="small_value")),
    yes("way_lawful", **way(approved_way="destroyed", way_ground="fails_standard", way_reason=REASON)),
    no("way_lawful", **way(approved_way="destroyed", way_ground="market_price", way_reason=REASON)),
    no("way_lawful", **way(approved_way="destroyed", way_ground="harmful")),
    yes("way_lawful", **way(approved_way="transferred", receiver="示例财政局", way_reason=REASON)),
    no("way_lawful", **way(approved_way="transferred", way_reason=REASON)),
    no("way_lawful", **way({"valued_on": DAY}, approved_way="kept")),
    no("way_lawful", **way({"valued_on": DAY})),
    yes("early_way_lawful", **says(approved_way="sold", early_reason="冰已化")),
    no("early_way_lawful", **says(approved_way="auctioned", early_reason="冰已化")),
    no("early_way_lawful", **says(approved_way="destroyed")),
    yes("lot_is_held", **says({"items": [TRUCK, FISH]}, lot=[FISH])),
    no("lot_is_held", **says({"items": [TRUCK], "ends": [TRUCK]}, lot=[TRUCK])),
    no("lot_is_held", **says({"items": [TRUCK]}, lot=[FISH])),
    no("lot_is_held", **says({"items": [TRUCK]})),
    yes("no_remedy_under_way"),
    yes("no_remedy_under_way", reconsiderations=[{"accepted_on": "2023-05-01", "decided_on": "2023-05-10"}]),
    no("no_remedy_under_way", reconsiderations=[{"accepted_on": "2023-05-01"}]),
    no("no_remedy_under_way", litigations=[{"accepted_on": "2023-05-01", "ended_on": "2023-05-17"}]),
    yes("disposed_as_approved", **says({"approved_way": "sold", "approved_on": "2023-05-10"},
                                       disposal_way="sold", disposed_on=DAY)),
    no("disposed_as_approved", **says({"approved_way": "sold", "approved_on": "2023-05-10"},
                                      disposal_way="destroyed", disposed_on=DAY)),
    no("disposed_as_approved", **says({"approved_way": "sold", "approved_on": DAY},
                                      disposal_way="sold", disposed_on="2023-05-15")),
    no("disposed_as_approved", **says({"approved_way": "sold"}, disposal_way="sold", disposed_on=DAY)),
    yes("two_witnesses_named", **says(**SEEN)),
    no("two_witnesses_named", **says(**SEEN | {"witness_two": "示例乙"})),
    no("two_witnesses_named", **says(**SEEN | {"witness_two": "示例甲"})),
    no("two_witnesses_named", **says(**SEEN | {"witness_one": None})),
    yes("auction_announced_before", **says(**AUCTION)),
    no("auction_announced_before", **says(**AUCTION | {"announced_on": "2023-05-10"})),
    no("auction_announced_before", **says(**AUCTION | {"announced_on": None})),
    no("auction_announced_before", **says(**AUCTION | {"performer": ""})),
    yes("buyer_and_price_named", **says(performer="示例水产", proceeds=300)),
    no("buyer_and_price_named", **says(performer="示例水产")),
    no("buyer_and_price_named", **says(proceeds=300)),
    yes("receiver_signed_for_goods", **says(performer="示例财政局", hand_over_receipt="示收1号")),
    no("receiver_signed_for_goods", **says(performer="示例财政局")),
    yes("proceeds_remitted_whole", **says(SOLD, **PAID)),
    no("proceeds_remitted_whole", **says(SOLD, **PAID | {"remitted": 800})),
    no("proceeds_remitted_whole", **says(SOLD, **PAID | {"remitted_on": "2023-05-14"})),
    no("proceeds_remitted_whole", **says(SOLD, **PAID | {"remitted_on": "2023-05-17"})),
    no("proceeds_remitted_whole", **says(SOLD, **PAID | {"voucher_no": ""})),
    no("proceeds_remitted_whole", **says({"disposed_on": "2023-05-15"}, **PAID)),
    yes("proceeds_in_treasury", **own(disposed_on=DAY)),
    yes("proceeds_in_treasury", **own(disposed_on=DAY, proceeds=900, remitted_on=DAY)),
    no("proceeds_in_treasury", **own(disposed_on=DAY, proceeds=900)),
    no("proceeds_in_treasury", **own()),
    yes("proceeds_in_treasury", **says(lots=[{"disposed_on": DAY, "amount": 9, "remitted_on": DAY}])),
    no("proceeds_in_treasury", **says(lots=[{"disposed_on": DAY, "amount": 9}])),
    yes("goods_remain", **own(items=[TRUCK, FISH], ends=[FISH])),
    no("goods_remain", **own(items=[TRUCK], ends=[TRUCK])),
    yes("no_goods_remain", **own(items=[TRUCK], ends=[TRUCK])),
    no("no_goods_remain", **own(items=[TRUCK, FISH], ends=[TRUCK])),
    no("no_goods_remain", **own()),
    yes("decision_has_fallen", annulment={"on": DAY}, **own()),
    no("decision_has_fallen", annulment={"on": "2023-05-17"}, **own()),
    no("decision_has_fallen", **own()),
    yes("confiscated_goods_handled", **handled("settled", TRUCK)),
    yes("confiscated_goods_handled", **handled("returned", TRUCK, ends=[TRUCK])),
    no("confiscated_goods_handled", **handled("in_store", TRUCK)),
    no("confiscated_goods_handled", **handled("settled", FISH)),
    no("confiscated_goods_handled", **handled("settled", FISH, ends=[TRUCK]), step={"measure": {"ends": [TRUCK]}}),
    no("confiscated_goods_handled", matter="measure", measure={}),
    yes("confiscated_goods_settled", confiscations=[{"state": "settled"}, {"state": "returned"}]),
    yes("confiscated_goods_settled", decision=KINDS, confiscations=[{"state": "in_store", **KEPT}]),
    yes("confiscated_goods_settled", confiscations=[
        {"state": "lot_disposed", "proceeds": 9, "remitted_on": DAY, **KEPT}]),
    no("confiscated_goods_settled", confiscations=[{"state": "lot_disposed", "proceeds": 9, **KEPT}]),
    no("confiscated_goods_settled", confiscations=[{"state": "settled"}, {"state": "taken", "receipt_no": "示例"}]),
    no("confiscated_goods_settled", confiscations=[{"state": "in_store", **KEPT, "stored_on": None}]),
    no("confiscated_goods_settled", confiscations=[{"state": "in_store", **KEPT, "store_place": " "}]),
    yes("confiscated_goods_settled", decision=KINDS, measures=[{"outcome": "confiscated"}]),
    no("confiscated_goods_settled", decision=KINDS, measures=[{"state": "confiscated"}]),
    no("confiscated_goods_settled", decision=KINDS),
)
# fmt: on
