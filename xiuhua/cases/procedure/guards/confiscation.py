"""Guards of confiscated things on their way to their end (PPL17 §53, PPL21 §74). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards.confiscated_goods import (
    distinct,
    held_by_measures,
    missing_from,
    not_listed,
    waiting,
)
from xiuhua.cases.procedure.guards.guard import Guard, Reads
from xiuhua.cases.procedure.guards.measures_ending import CONFISCATIONS
from xiuhua.cases.procedure.guards.measures_goods import are_held, goods_left, named
from xiuhua.cases.procedure.guards.reading import (
    block,
    come,
    iso,
    matter,
    matter_step,
    received,
    rows,
    same_money,
    written,
)
from xiuhua.cases.procedure.guards.remedies_side import fell_on
from xiuhua.cases.procedure.periods import length_on
from xiuhua.cases.procedure.setting import Setting
from xiuhua.cases.procedure.surcharge import remedies

FILE, FACTS = Reads.FILE, Reads.FACTS
# What brings money needs a value before; what may not come among people again cannot be sold.
SOLD = frozenset({"auctioned", "sold"})
EARLY = frozenset({"sold", "destroyed"})
SALE_GROUNDS = frozenset({"auction_failed", "small_value", "costly_to_keep", "market_price"})
DESTROY_GROUNDS = frozenset({"law_says_so", "harmful", "fails_standard", "worthless"})
END_STATES = frozenset({"settled", "returned"})


def confiscates(file: File) -> bool:
    """Whether the decision confiscates things; gains are money."""
    return not CONFISCATIONS.isdisjoint(block(file, "decision").get("kinds") or ())


def decided_and_served(file: File, setting: Setting) -> bool:
    """The decision confiscates things, and the party has it in hand."""
    return confiscates(file) and come(received(file), setting.day)


def listed_whole(file: File, setting: Setting) -> bool:
    """All that the decision names and that measures hold for it stands on a list, and nothing that a measure keeps."""
    items = rows(matter_step(file), "items")
    kept = {named(thing) for thing in held_by_measures(file, confiscated=False)}
    whole = bool(items) and all(thing.get("state") for thing in items)
    wanted = [*waiting(file), *not_listed(file, rows(block(file, "decision"), "confiscated"))]
    return whole and not missing_from(distinct(wanted), items) and kept.isdisjoint(map(named, items))


def receipt_given(file: File, setting: Setting) -> bool:
    """The voucher of the finance department has its number; the party signed, or refusal and witness are named."""
    said = matter_step(file)
    signed = said.get("party_signed") is True
    refused = written(said.get("refusal_noted")) and written(said.get("witness_name"))
    return written(said.get("receipt_no")) and (signed or refused)


def keeper_apart(file: File, setting: Setting) -> bool:
    """Those who keep and dispose are not those who enforce; who keeps or who acts is known."""
    officers = {*(block(file, "filing").get("officer_ids") or ()), *(matter(file).get("officer_ids") or ())}
    officers |= {change.get("in_id") for change in rows(file, "replacements")}
    keepers = {setting.actor_id, matter(file).get("keeper_id") or ""} - {""}
    return bool(keepers) and keepers.isdisjoint(officers)


def counted_in(file: File, setting: Setting) -> bool:
    """Counted against the list, a difference explained, in a named place with a named keeper, not before taken."""
    said, taken = matter_step(file), matter(file).get("taken_on") or ""
    counted = said.get("as_listed") is True or written(said.get("difference"))
    in_order = come(said.get("stored_on"), setting.day) and "" < taken <= said["stored_on"][:10]
    return in_order and counted and written(said.get("store_place")) and written(said.get("keeper"))


def valued(file: File, setting: Setting) -> bool:
    said = matter_step(file)
    known = written(said.get("valued_by")) and written(said.get("valuation"))
    return known and (said.get("value") or 0) > 0 and come(said.get("valued_on"), setting.day)


def way_fits(file: File, setting: Setting) -> bool:
    """Public auction is the rule; another way has its ground: a sale, a destruction, a body that takes the things."""
    said = matter_step(file)
    way, has_value = said.get("approved_way"), bool(matter(file).get("valued_on"))
    match way:
        case "auctioned":
            return has_value
        case "sold":
            return has_value and said.get("way_ground") in SALE_GROUNDS and written(said.get("way_reason"))
        case "destroyed":
            return said.get("way_ground") in DESTROY_GROUNDS and written(said.get("way_reason"))
        case "transferred":
            return written(said.get("receiver")) and written(said.get("way_reason"))
    return False


def early_way_fits(file: File, setting: Setting) -> bool:
    """What spoils or is dangerous is sold or destroyed at once, with the reason in writing."""
    said = matter_step(file)
    return said.get("approved_way") in EARLY and written(said.get("early_reason"))


def lot_held(file: File, setting: Setting) -> bool:
    """What is to be disposed of is there: every thing of the lot stands on the list and has no end yet."""
    lot = rows(matter_step(file), "lot")
    return bool(lot) and are_held(lot, matter(file))


def no_remedy_open(file: File, setting: Setting) -> bool:
    """No reconsideration and no suit is under way: what is sold or destroyed cannot be given back."""
    return all(span.to_on is not None and span.to_on <= setting.on for span in remedies(file))


def as_approved(file: File, setting: Setting) -> bool:
    own, said = matter(file), matter_step(file)
    day, approved = said.get("disposed_on") or "", own.get("approved_on") or ""
    return bool(approved) and said.get("disposal_way") == own.get("approved_way") and approved <= day


def two_witnesses(file: File, setting: Setting) -> bool:
    """Who carried it out is named, and two others who saw it."""
    said = matter_step(file)
    names = [said.get(key) for key in ("handled_by", "witness_one", "witness_two")]
    return all(map(written, names)) and len({name.strip() for name in names if name}) == len(names)


def announced_before(file: File, setting: Setting) -> bool:
    """The auction house announced it as long before as the law of auctions asks."""
    said = matter_step(file)
    announced, held = said.get("announced_on"), said.get("disposed_on")
    if not announced or not held or not written(said.get("performer")):
        return False
    days = length_on("auction_notice", iso(announced))
    return iso(announced) + timedelta(days=days) <= iso(held)


def buyer_named(file: File, setting: Setting) -> bool:
    said = matter_step(file)
    return written(said.get("performer")) and (said.get("proceeds") or 0) > 0


def receiver_signed(file: File, setting: Setting) -> bool:
    said = matter_step(file)
    return written(said.get("performer")) and written(said.get("hand_over_receipt"))


def remitted_whole(file: File, setting: Setting) -> bool:
    """All that came in went to the treasury, not before it came, with the number of the payment."""
    own, said = matter(file), matter_step(file)
    day, sold = said.get("remitted_on") or "", own.get("disposed_on") or ""
    whole = (own.get("proceeds") or 0) > 0 and same_money(said.get("remitted") or 0, own["proceeds"])
    return whole and come(day, setting.day) and "" < sold <= day[:10] and written(said.get("voucher_no"))


def in_treasury(file: File, setting: Setting) -> bool:
    """What the lot brought, if it brought anything: of the lot that the step closes, before that the present one."""
    own, closed = matter(file), rows(matter_step(file), "lots")
    lot = next(reversed(list(closed)), {**own, "amount": own.get("proceeds")})
    return bool(lot.get("disposed_on")) and (not lot.get("amount") or bool(lot.get("remitted_on")))


def some_left(file: File, setting: Setting) -> bool:
    return bool(goods_left(matter(file)))


def none_left(file: File, setting: Setting) -> bool:
    return bool(rows(matter(file), "items")) and not goods_left(matter(file))


def decision_fell(file: File, setting: Setting) -> bool:
    return come(fell_on(file), setting.day)


def goods_handled(file: File, setting: Setting) -> bool:
    """All that this measure holds, or lets go now, stands on lists of confiscated things that came to their end."""
    held = [*goods_left(matter(file)), *rows(matter_step(file), "ends")]
    ended = [
        thing
        for row in rows(file, "confiscations")
        if row.get("state") in END_STATES
        for thing in rows(row, "items")
    ]
    return bool(rows(file, "confiscations")) and not missing_from(held, ended)


def settled(file: File, setting: Setting) -> bool:
    """Each list of confiscated things came to its end or lies in custody, and what was sold is in the treasury.

    Things that came in as history have their voucher and were disposed of. A decision that confiscates things left
    one or the other, or the measure that held them was carried out.
    """
    lists, old = rows(file, "confiscations"), rows(file, "confiscated")
    kept = lists or old or any(m.get("outcome") for m in rows(file, "measures"))
    if confiscates(file) and not kept:
        return False
    return all(map(_in_order, lists)) and all(map(_accounted_for, old))


def _in_order(row: Mapping[str, Any]) -> bool:
    """A list that came to its end, or whose things lie counted with a keeper and nothing of which is unpaid."""
    if row.get("state") in END_STATES:
        return True
    in_custody = (
        written(row.get("receipt_no")) and written(row.get("store_place")) and bool(row.get("stored_on"))
    )
    return in_custody and (not row.get("proceeds") or bool(row.get("remitted_on")))


def _accounted_for(item: Mapping[str, Any]) -> bool:
    paid = not item.get("amount") or bool(item.get("remitted_on"))
    return bool(item.get("receipt_no") and item.get("disposed_on")) and paid


# fmt: off
GUARDS = (
    Guard("confiscation_served", decided_and_served, FILE, "PPL21 §61",
          "没收决定尚未送达当事人", "The decision confiscates things and was served."),
    Guard("confiscated_goods_listed", listed_whole, FACTS, "PPL21 §74",
          "清单与决定没收的物品不一致，或者含有仍在查封扣押中的物品",
          "All that was confiscated is listed with its state, and nothing that a measure still holds."),
    Guard("confiscation_receipt_given", receipt_given, FACTS, "PPL21 §74",
          "未开具没收财物票据，或者当事人签收（拒签及见证人）未记明",
          "The voucher has its number; the party signed, or the refusal and a witness are noted."),
    Guard("keeper_apart", keeper_apart, FILE, "罚没财物管理办法 §4",
          "保管、处理人员不得由本案办案人员担任", "Those who keep and dispose are not the officers of the case."),
    Guard("counted_into_store", counted_in, FACTS, "",
          "入库未清点，或者未记明库位、保管人", "Counted against the list, with place and keeper."),
    Guard("valuation_in_writing", valued, FACTS, "",
          "估价机构、依据、价值未记明", "Who valued the things, on what ground and at what, is in writing."),
    Guard("way_lawful", way_fits, FACTS, "PPL21 §74",
          "处理方式没有依据：应当公开拍卖；变卖、销毁、移交须有法定情形，拍卖、变卖须先估价",
          "Public auction after valuation, or another way with its ground in writing."),
    Guard("early_way_lawful", early_way_fits, FACTS, "SHUM §22",
          "不属易腐烂变质或者危险物品，不得先行处理", "What spoils or is dangerous is sold or destroyed at once."),
    Guard("lot_is_held", lot_held, FACTS, "PPL21 §74",
          "拟处理的物品不在库内清单上", "Every thing of the lot is on the list and has no end yet."),
    Guard("no_remedy_under_way", no_remedy_open, FILE, "",
          "行政复议、行政诉讼尚未终结，没收物品暂缓处理", "No reconsideration and no suit is under way."),
    Guard("disposed_as_approved", as_approved, FACTS, "PPL21 §74",
          "与批准的处理方式不一致", "The way is the one that was approved before."),
    Guard("two_witnesses_named", two_witnesses, FACTS, "",
          "经办人和两名见证人未分别记明", "Who carried it out is named, and two others who saw it."),
    Guard("auction_announced_before", announced_before, FACTS, "AUL §45",
          "拍卖公告未满法定日数，或者未写明拍卖机构", "The auction house announced it long enough before."),
    Guard("buyer_and_price_named", buyer_named, FACTS, "PPL21 §74",
          "未写明买受人和价款", "The buyer and the price are named."),
    Guard("receiver_signed_for_goods", receiver_signed, FACTS, "PPL21 §74",
          "接收单位未出具回执", "The body that takes the things signed for them."),
    Guard("proceeds_remitted_whole", remitted_whole, FACTS, "PPL21 §74",
          "处理所得应当全部上缴国库，不得截留、坐支", "All that came in went to the treasury."),
    Guard("proceeds_in_treasury", in_treasury, FILE, "PPL21 §74",
          "处理所得尚未上缴国库", "What the lot brought is in the treasury."),
    Guard("goods_remain", some_left, FILE, "",
          "没有未处理的物品", "Some things have no end yet."),
    Guard("no_goods_remain", none_left, FILE, "PPL21 §74",
          "还有没收物品未处理", "Every thing on the list has come to its end."),
    Guard("decision_has_fallen", decision_fell, FILE, "AEL §41",
          "没收决定未被撤销，物品不得退还", "The decision was revoked."),
    Guard("confiscated_goods_handled", goods_handled, FILE, "PPL21 §74",
          "没收物品应当经没收物品处理程序处理完毕",
          "What the measure holds came to its end as confiscated goods."),
)
# fmt: on
