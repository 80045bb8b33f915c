"""The forms of confiscated things, what follows from them, and what a move states by being that move. Pure data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from xiuhua.cases.procedure.facts.field import Fields, Kind, Time, asked, optional, silent
from xiuhua.cases.procedure.facts.shared import PERSON, REASON, WHO, C, D, L, N, T, Y, video
from xiuhua.cases.procedure.guards.measures_goods import goods_left
from xiuhua.cases.procedure.guards.reading import block
from xiuhua.cases.procedure.side.coercive_measure_forms import LINES

G = Kind.GOODS
Facts = dict[str, Any]
WAYS = (
    ("auctioned", "公开拍卖", "Public auction"),
    ("sold", "变卖", "Sale to a purchaser"),
    ("destroyed", "销毁", "Destruction"),
    ("transferred", "移交财政或者主管部门", "Handing over to the treasury or the competent body"),
)
EARLY_WAYS = tuple(way for way in WAYS if way[0] in ("sold", "destroyed"))
WAY_GROUNDS = (
    ("auction_failed", "变卖：拍卖未成交", "Sale: the auction failed"),
    ("small_value", "变卖：价值低，不宜拍卖", "Sale: too little value for an auction"),
    ("costly_to_keep", "变卖：不宜长期保存或者保管费用过高", "Sale: cannot be kept, or only at great cost"),
    ("market_price", "变卖：有市场公允价格", "Sale: there is a market price"),
    ("law_says_so", "销毁：法律规定应当销毁", "Destruction: the law says so"),
    (
        "harmful",
        "销毁：危害人身、财产安全或者环境",
        "Destruction: harmful to people, property or environment",
    ),
    ("fails_standard", "销毁：不符合标准、禁止流通", "Destruction: fails the standard, may not be traded"),
    ("worthless", "销毁：没有使用价值", "Destruction: of no use"),
)
VALUERS = (
    ("appraiser", "资产评估机构", "Appraiser"),
    ("price_body", "价格认定机构", "Price authority"),
    ("inquiry", "市场询价", "Inquiry in the market"),
)

# fmt: off
TAKEN: Fields = (
    asked("confiscation.taken_on", D, "收缴日期", "Taken on", default="today"),
    asked("confiscation.items", G, "没收的物品", "Things confiscated",
          default="goods_confiscated|decision.confiscated", help=LINES),
    asked("confiscation.receipt_no", T, "没收财物票据号码", "Number of the finance voucher"),
    asked("confiscation.party_signed", Y, "当事人已在凭证上签名", "Signed by the party"),
    optional("confiscation.refusal_noted", T, "拒签或者未到场的原因", "Why not signed"),
    optional("confiscation.witness_name", T, "见证人", "Witness"),
    silent("confiscation.basis", T, "decision.basis"),
    silent("confiscation.decision_number", T, "decision.number"),
    silent("confiscation.officer_ids", WHO, "case_officers"),
)
STORED: Fields = (
    asked("confiscation.as_listed", Y, "与清单核对一致", "As listed"),
    optional("confiscation.difference", L, "差异说明", "What differs"),
    asked("confiscation.store_place", T, "库房和库位", "Store and shelf"),
    asked("confiscation.keeper", T, "保管人", "Keeper"),
    asked("confiscation.stored_on", D, "入库日期", "Stored on", default="today"),
    silent("confiscation.keeper_id", PERSON, "actor"),
)
VALUED: Fields = (
    asked("confiscation.valuer_kind", C, "估价方式", "How valued", choices=VALUERS),
    asked("confiscation.valued_by", T, "估价机构或者询价对象", "Valued by"),
    asked("confiscation.valuation", T, "报告编号或者询价记录", "Number of the report or record"),
    asked("confiscation.value", N, "估价（元）", "Value (yuan)"),
    asked("confiscation.valued_on", D, "估价日期", "Valued on", default="today"),
)
APPROVAL: Fields = (
    asked("confiscation.lot", G, "本批处理的物品", "Things of this lot", default="goods_left",
          help="只留下本批的，每行一件"),
    optional("confiscation.dispose_by", D, "应处理完毕日期", "To be done by", time=Time.FUTURE),
    optional("confiscation.opinion", T, "审批意见", "Opinion", default="const:同意按所列方式处理"),
    silent("confiscation.approved_on", D, "today", required=True),
    silent("confiscation.approver_id", PERSON, "actor"),
    silent("confiscation.approver_role", T, "actor_role"),
)
APPROVED: Fields = (
    asked("confiscation.approved_way", C, "处理方式", "Way of disposal", choices=WAYS),
    optional("confiscation.way_ground", C, "变卖或者销毁的情形", "Ground of a sale or destruction",
             choices=WAY_GROUNDS),
    optional("confiscation.way_reason", L, "依据和说明", "Basis and explanation"),
    optional("confiscation.receiver", T, "移交的接收单位", "Body that takes them"),
    *APPROVAL,
)
APPROVED_EARLY: Fields = (
    asked("confiscation.approved_way", C, "处理方式", "Way of disposal", choices=EARLY_WAYS),
    asked("confiscation.early_reason", L, "易腐烂变质或者危险、须先行处理的情况", "Why they cannot wait"),
    *APPROVAL,
)
SEEN: Fields = (
    asked("confiscation.disposed_on", D, "处理日期", "Day", default="today"),
    asked("confiscation.disposal", L, "处理经过", "What was done"),
    asked("confiscation.handled_by", T, "经办人", "Carried out by"),
    asked("confiscation.witness_one", T, "见证人一", "First witness"),
    asked("confiscation.witness_two", T, "见证人二", "Second witness"),
    silent("confiscation.ended", G, "goods_of_lot"),
)
PROCEEDS: Fields = (
    asked("confiscation.proceeds", N, "所得（元）", "Proceeds (yuan)"),
    asked("confiscation.remit_by", D, "应缴库日期", "To be paid in by", default="today", time=Time.ANY),
)
REMITTED: Fields = (
    asked("confiscation.remitted", N, "缴库金额（元）", "Paid into the treasury (yuan)",
          default="confiscation.proceeds"),
    asked("confiscation.remitted_on", D, "缴库日期", "Paid in on", default="today"),
    asked("confiscation.voucher_no", T, "缴款书号码", "Number of the payment"),
)
RETURNED: Fields = (
    asked("confiscation.receipt_signed", Y, "当事人已签领", "Signed for by the party"),
    asked("confiscation.returned_on", D, "退还日期", "Returned on", default="today"),
    silent("confiscation.ended", G, "goods_left"),
)
LOT_CLOSED: Fields = (silent("confiscation.lot_closed_on", D, "today", required=True),)
FORMS: Mapping[str, Fields] = {
    "take_confiscated": TAKEN,
    "store_confiscated": STORED,
    "value_confiscated": VALUED,
    "approve_disposal": APPROVED,
    "approve_early_disposal": APPROVED_EARLY,
    "auction_confiscated": (
        asked("confiscation.performer", T, "拍卖机构", "Auction house"),
        asked("confiscation.announced_on", D, "拍卖公告日期", "Announced on"),
        *SEEN, *PROCEEDS,
    ),
    "sell_confiscated": (asked("confiscation.performer", T, "买受人", "Purchaser"), *SEEN, *PROCEEDS),
    "destroy_confiscated": (
        asked("confiscation.performer", T, "销毁地点和单位", "Where and by whom"), *SEEN, *video("confiscation"),
    ),
    "hand_over_confiscated": (
        asked("confiscation.performer", T, "接收单位和接收人", "Taken by", default="confiscation.receiver"),
        asked("confiscation.hand_over_receipt", T, "接收回执编号", "Number of the receipt"),
        *SEEN,
    ),
    "disposal_fails": REASON,
    "remit_proceeds": REMITTED,
    "close_lot": LOT_CLOSED,
    "settle_goods": (*LOT_CLOSED, silent("confiscation.settled_on", D, "today", required=True)),
    "return_taken": RETURNED,
    "return_stored": RETURNED,
    "return_approved": RETURNED,
}
FIXED: Mapping[str, Mapping[str, Any]] = {
    "auction_confiscated": {"confiscation.disposal_way": "auctioned"},
    "sell_confiscated": {"confiscation.disposal_way": "sold"},
    "destroy_confiscated": {"confiscation.disposal_way": "destroyed"},
    "hand_over_confiscated": {"confiscation.disposal_way": "transferred"},
    "approve_disposal": {"confiscation.early": False},
    "approve_early_disposal": {"confiscation.early": True},
}
# fmt: on
# What is known of one lot only; the next one begins without it.
OF_ONE_LOT = (
    "lot",
    "approved_on",
    "approved_way",
    "way_ground",
    "way_reason",
    "early_reason",
    "receiver",
    "dispose_by",
    "disposal_way",
    "disposed_on",
    "announced_on",
    "proceeds",
    "remit_by",
    "remitted",
    "remitted_on",
    "voucher_no",
    "hand_over_receipt",
)  # fmt: skip


def _own(facts: Facts) -> Facts:
    found: Facts = facts.setdefault("confiscation", {})
    return found


def ended(facts: Facts) -> None:
    """Each thing of the lot gets its end: the way, on which day."""
    own = _own(facts)
    own["ends"] = [
        {**thing, "outcome": own.get("disposal_way"), "on": own.get("disposed_on")}
        for thing in own.pop("ended", ())
    ]


def went_back(facts: Facts) -> None:
    own = _own(facts)
    goods = own.pop("ended", ())
    own["ends"] = [{**thing, "outcome": "returned", "on": own.get("returned_on")} for thing in goods]


def lot_taken_back(facts: Facts) -> None:
    """A disposal that failed leaves no approval behind: the next way is approved anew."""
    _own(facts).update(dict.fromkeys(OF_ONE_LOT))


def lot_closed(facts: Facts, file: Mapping[str, Any], params: Callable[[date], Mapping[str, Any]]) -> None:
    """The lot becomes a row of what was disposed of, which the closing reads; of the next one nothing is known yet."""
    own = block(file, "confiscation")
    row = {
        "receipt_no": own.get("receipt_no"),
        "disposed_on": own.get("disposed_on"),
        "amount": own.get("proceeds"),
        "remitted_on": own.get("remitted_on"),
    }
    lot = {key: own[key] for key in ("disposal_way", "disposal", "performer", "handled_by") if own.get(key)}
    seen = {
        "witnesses": [own.get("witness_one"), own.get("witness_two")],
        "voucher_no": own.get("voucher_no"),
    }
    facts["confiscated"] = [row]
    _own(facts)["lots"] = [{**row, **lot, **seen}]
    if goods_left(own):
        lot_taken_back(facts)


DERIVED: Mapping[str, tuple[Callable[[Facts], None], ...]] = {
    "auction_confiscated": (ended,),
    "sell_confiscated": (ended,),
    "destroy_confiscated": (ended,),
    "hand_over_confiscated": (ended,),
    "disposal_fails": (lot_taken_back,),
    "return_taken": (went_back,),
    "return_stored": (went_back,),
    "return_approved": (went_back,),
}
