"""Confiscated things to their end (没收物品处理): voucher, store, value, way, disposal, treasury. Pure data.

PPL17 §53, PPL21 §74: what is not to be destroyed by law is sold in public auction or as the state provides, and all
that it brings goes to the treasury. No text gives the days between; the order of the steps and their witnesses are the
authority's rule, that keepers are not the officers of the case is 罚没财物管理办法 §4.

1. It begins when the decision was served. What measures hold for the confiscation is taken over thing for thing; things
   that no measure held are taken from the party now.
2. Things go in lots. A lot has one approved way; a lot that brought money is closed only when the treasury has it.
3. When the last lot is closed, the measures that held the things end with it (see `confiscated_goods_joint`).
4. What spoils or is dangerous waits neither for a value nor for the end of a reconsideration or suit.
5. When the decision falls, what is still there goes back (AEL §41).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from xiuhua.cases.procedure.guards.reading import block, iso
from xiuhua.cases.procedure.moves import Certainty, Move, State, Table, move
from xiuhua.cases.procedure.side.confiscated_goods_forms import DERIVED, FIXED, FORMS, lot_closed
from xiuhua.cases.procedure.side.shape import Side
from xiuhua.kernel.workdays import Calendar

MEMORY, READ = Certainty.MEMORY, Certainty.READ
HEADS = "bureau_deputy_head bureau_head town_approver"
KEEPER = "evidence_custodian"

# fmt: off
STATES = (
    State("decided", "没收决定已送达"),
    State("taken", "已收缴待入库"),
    State("in_store", "已入库"),
    State("approved", "处理方式已批准"),
    State("lot_disposed", "本批已处理"),
    State("settled", "已处理完毕", final=True),
    State("returned", "已退还", final=True),
)


def moves(law: str, certainty: Certainty) -> Iterator[Move]:
    """The rows under the text whose article `law` is."""
    yield move("take_confiscated", "收缴没收物品", "decided", "taken", "officer",
               guards="confiscation_served two_certified_officers confiscated_goods_listed "
                      "confiscation_receipt_given", documents="confiscation_receipt", law=law,
               certainty=certainty, states="confiscation.taken_on")
    yield move("store_confiscated", "没收物品入库", "taken", "in_store", KEEPER,
               guards="keeper_apart counted_into_store", law=law, certainty=MEMORY,
               note="On the same day: a rule of the authority", states="confiscation.stored_on")
    yield move("value_confiscated", "没收物品估价", "in_store", "in_store", KEEPER,
               guards="keeper_apart valuation_in_writing", law=law, certainty=MEMORY,
               states="confiscation.valued_on")
    yield move("approve_disposal", "批准处理方式", "in_store", "approved", HEADS,
               guards="way_lawful lot_is_held no_remedy_under_way", law=law, certainty=certainty,
               states="confiscation.approved_on")
    yield move("approve_early_disposal", "批准先行处理", "in_store", "approved", HEADS,
               guards="early_way_lawful lot_is_held", law=f"SHUM §22; {law}", certainty=MEMORY,
               note="SHUM §22 speaks of things under a measure", states="confiscation.approved_on")
    yield from _disposals(law, certainty)
    yield move("disposal_fails", "处理未成", "approved", "in_store", KEEPER, guards="reason_recorded", law=law,
               certainty=MEMORY, states="reason")
    yield move("remit_proceeds", "处理所得缴库", "lot_disposed", "lot_disposed", KEEPER,
               guards="keeper_apart proceeds_remitted_whole", law=law, certainty=certainty,
               states="confiscation.remitted_on")
    yield move("close_lot", "处理下一批", "lot_disposed", "in_store", KEEPER,
               guards="proceeds_in_treasury goods_remain", law=law, certainty=MEMORY,
               states="confiscation.lot_closed_on")
    yield move("settle_goods", "处理完毕", "lot_disposed", "settled", KEEPER,
               guards="proceeds_in_treasury no_goods_remain", law=law, certainty=certainty,
               states="confiscation.settled_on")
    for suffix, source in (("taken", "taken"), ("stored", "in_store"), ("approved", "approved")):
        yield move(f"return_{suffix}", "决定撤销后退还", source, "returned", KEEPER,
                   guards="decision_has_fallen party_signed_receipt", law="AEL §41",
                   states="confiscation.returned_on")


def _disposals(law: str, certainty: Certainty) -> Iterator[Move]:
    common = "keeper_apart disposed_as_approved disposed_lawfully two_witnesses_named"
    for id, label, guards in (
        ("auction_confiscated", "公开拍卖", "auction_announced_before"),
        ("sell_confiscated", "变卖", "buyer_and_price_named"),
        ("destroy_confiscated", "销毁", "recording_on"),
        ("hand_over_confiscated", "移交", "receiver_signed_for_goods"),
    ):
        yield move(id, label, "approved", "lot_disposed", KEEPER, guards=f"{common} {guards}",
                   documents="disposal_record", law=f"{law}; AUL §45" if "auction" in id else law,
                   certainty=MEMORY if "auction" in id else certainty, states="confiscation.disposed_on")
# fmt: on


def _to_remit(file: Mapping[str, Any], calendar: Calendar) -> date | None:
    """The day that the sale set for the money, until it is in the treasury."""
    own = block(file, "confiscation")
    return iso(own["remit_by"]) if own.get("remit_by") and not own.get("remitted_on") else None


SIDE = Side(
    procedure="confiscated_goods",
    label_zh="没收物品处理",
    label_en="Confiscated goods",
    block="confiscation",
    kept_in="confiscations",
    kept_once="taken_on",
    begins_at=("decided",),
    begins_in=frozenset({"served", "deferred", "overdue", "performed", "executed", "execution_terminated"}),
    tables=(
        Table(
            "confiscated_goods", "2017", None, date(2021, 7, 14), STATES, tuple(moves("PPL17 §53", MEMORY))
        ),
        Table("confiscated_goods", "2021", date(2021, 7, 15), None, STATES, tuple(moves("PPL21 §74", READ))),
    ),
    forms=FORMS,
    fixed=FIXED,
    derived=DERIVED,
    completes={"close_lot": lot_closed, "settle_goods": lot_closed},
    # The store is for the day on which they were taken; the rest has the days that the approval and the sale set.
    ends={
        "store_confiscated": "confiscation.taken_on",
        "auction_confiscated": "confiscation.dispose_by",
        "sell_confiscated": "confiscation.dispose_by",
        "destroy_confiscated": "confiscation.dispose_by",
        "hand_over_confiscated": "confiscation.dispose_by",
    },
    until={"remit_proceeds": _to_remit},
)
