"""The forms of seal and seizure, what follows from them, and what a move states by being that move. Pure data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from xiuhua.cases.procedure.facts.field import FactField, Fields, Kind, Time, asked, optional, silent
from xiuhua.cases.procedure.facts.shared import COUNT, PERSON, REASON, WHO, C, D, L, M, N, T, Y, video
from xiuhua.cases.procedure.guards.reading import iso

G = Kind.GOODS
Facts = dict[str, Any]
LINES = "每行一件：名称，数量，状况"
KINDS = (("seal", "查封", "Seal"), ("seize", "扣押", "Seize"))
RELEASE_GROUNDS = (
    ("no_violation", "当事人没有违法行为", "No violation"),
    ("unrelated", "查封、扣押的场所、设施或者财物与违法行为无关", "Not related to the act"),
    ("not_needed", "已经作出处理决定，不再需要查封、扣押", "Decided and no longer needed"),
    ("period_over", "查封、扣押期限已经届满", "The period is over"),
    ("other", "其他不再需要采取查封、扣押措施的情形", "Other ground"),
)
WAYS = (
    ("auctioned", "拍卖", "Auction"),
    ("sold", "变卖", "Sale"),
    ("transferred", "移交有关部门处理", "Handed to the department in charge"),
    ("destroyed", "销毁", "Destroyed"),
)
PERISHABLE_WAYS = tuple(way for way in WAYS if way[0] in ("sold", "destroyed"))

# fmt: off
WANTED: Fields = (
    asked("measure.kind", C, "措施种类", "Kind of measure", choices=KINDS, default="const:seize"),
    asked("measure.basis", T, "查封（扣押）依据", "Legal basis", help="写条文简称，如 SHUM §21"),
    asked("measure.reason", L, "查封（扣押）理由", "Reason", default="registration.reason"),
    asked("measure.related_to_act", Y, "与违法行为有关", "Related to the act"),
    asked("measure.living_necessity", Y, "属于公民个人及其所扶养家属的生活必需品",
          "Living necessities of a citizen or family"),
    asked("measure.already_sealed", Y, "已被其他国家机关依法查封", "Sealed by another state body already"),
)
ASKED: Fields = (
    *WANTED,
    asked("measure.wanted", G, "拟查封（扣押）的物品", "Goods to be taken", default="registration.items", help=LINES),
)
TAKEN: Fields = (
    asked("measure.implemented_at", M, "实施时间", "Time", default="now"),
    asked("measure.place", T, "实施地点", "Place", default="violation.place"),
    asked("measure.items", G, "查封（扣押）的物品", "Goods taken", default="measure.wanted", help=LINES),
    asked("measure.store_place", T, "存放地点", "Where they are kept"),
    optional("measure.keeper", T, "保管人", "Keeper"),
    asked("measure.certificate_shown", Y, "已出示执法证件", "Certificates shown"),
    asked("measure.party_present", Y, "当事人到场", "Party present"),
    asked("measure.told_rights", Y, "已当场告知理由、依据和权利、救济途径", "Reasons, basis, rights and remedies told"),
    asked("measure.defence.recorded", Y, "已听取陈述申辩并记入笔录", "Party heard and this recorded"),
    optional("measure.defence.content", L, "陈述申辩内容", "What the party said"),
    asked("measure.party_signed", Y, "当事人已在现场笔录签名", "Signed by the party"),
    optional("measure.refusal_noted", T, "拒签原因（已在笔录注明）", "Refusal as noted"),
    optional("measure.witness_signed", Y, "见证人已签名", "Signed by a witness"),
    optional("measure.witness_name", T, "见证人", "Witness"),
    asked("measure.decision_served_on", D, "决定书、清单交付日期", "Decision and list handed over on", default="today"),
    asked("measure.list_copies", COUNT, "清单份数", "Copies of the list", default="const:2"),
    silent("measure.remedies_told", Y, "yes"),
    silent("measure.delegated", Y, "no"),
    silent("measure.officer_ids", WHO, "case_officers"),
    *video("measure"),
)
APPROVED: Fields = (
    optional("measure.opinion", T, "审批意见", "Opinion", default="const:同意实施查封（扣押）"),
    silent("measure.approved_on", D, "today", required=True),
    silent("measure.approved_at", M, "now"),
    silent("measure.approver_id", PERSON, "actor"),
    silent("measure.approver_role", T, "actor_role"),
)
# Whoever brings a measure to its end takes with it all that is still held.
ALL_THE_REST = silent("measure.ended", G, "goods_left")
RELEASED: Fields = (
    asked("measure.release_ground", C, "解除情形", "Ground of release", choices=RELEASE_GROUNDS),
    optional("measure.release_reason", L, "说明", "Explanation"),
    silent("measure.released_on", D, "today", required=True),
    silent("measure.release_approver_id", PERSON, "actor"),
)
EXPIRED: Fields = (silent("measure.expired_on", D, "today", required=True),)
RETURNED: Fields = (
    asked("measure.receipt_signed", Y, "当事人已签领", "Signed for by the party"),
    asked("measure.returned_on", D, "退还日期", "Returned on", default="today"),
    ALL_THE_REST,
)
CONFISCATED: Fields = (
    asked("measure.confiscation_basis", T, "没收依据", "Basis of the confiscation", default="decision.basis"),
    silent("measure.confiscated_on", D, "today", required=True),
)
SENT: Fields = (
    asked("measure.sent_to", T, "接收单位", "Received by", default="referral.to"),
    asked("measure.sent_on", D, "移送日期", "Sent on", default="today"),
    asked("measure.sent_receipt", T, "物品移交回执", "Receipt for the goods"),
    ALL_THE_REST,
)


def _disposed(ways: tuple[tuple[str, str, str], ...], goods: FactField) -> Fields:
    return (
        asked("measure.disposal_way", C, "处理方式", "Way", choices=ways),
        asked("measure.disposed_on", D, "处理日期", "Day", default="today"),
        asked("measure.disposal", L, "处理经过和受领单位", "What was done and who took them"),
        optional("measure.proceeds", N, "所得（元）", "Proceeds (yuan)"),
        goods,
    )


REMITTED = optional("measure.remitted_on", D, "所得上缴国库日期", "Proceeds remitted on")
AUCTIONED: Fields = (
    asked("measure.disposed_on", D, "拍卖日期", "Auctioned on", default="today"),
    asked("measure.disposal", L, "拍卖机构和经过", "Auction house and what was done"),
    asked("measure.proceeds", N, "拍卖所得（元）", "Proceeds (yuan)"),
    silent("item.on", D, "today"),
    asked("item.amount", N, "抵缴金额（元）", "Amount that pays (yuan)", default="still_owed"),
    asked("item.receipt_no", T, "财政票据号码", "Number of the finance receipt"),
    optional("measure.surplus_returned_on", D, "余款退还当事人日期", "Surplus returned on"),
    ALL_THE_REST,
)
FORMS: Mapping[str, Fields] = {
    "ask_measure": (
        *ASKED,
        silent("measure.asked_on", D, "today", required=True),
        silent("measure.asked_by", PERSON, "actor"),
    ),
    "approve_measure": APPROVED,
    "refuse_measure": REASON,
    "drop_measure": REASON,
    "implement_measure": TAKEN,
    "implement_urgently": (
        asked("measure.urgent_reason", L, "情况紧急、需要当场实施的理由", "Why it could not wait"), *WANTED, *TAKEN,
    ),
    "regularise_measure": (
        asked("measure.reported_at", M, "向负责人报告时间", "Reported at"), *APPROVED,
    ),
    "lift_urgent_measure": (
        *REASON,
        silent("measure.released_on", D, "today", required=True),
        silent("measure.release_approver_id", PERSON, "actor"),
    ),
    "send_for_test": (
        asked("measure.test_body", T, "检测（鉴定）机构", "Testing body"),
        asked("measure.test_question", L, "检测（鉴定）事项", "What is tested"),
        asked("measure.test_from", D, "检测（鉴定）开始日期", "From", default="today"),
        asked("measure.test_until", D, "检测（鉴定）预计完成日期", "Until", time=Time.FUTURE),
        asked("measure.test_told_on", D, "书面告知当事人日期", "Told in writing on", default="today"),
    ),
    "end_test": (
        asked("measure.test_to", D, "检测（鉴定）结束日期", "Ended on", default="today"),
        asked("measure.test_report", T, "报告编号和结论", "Report and result"),
        silent("measure.test_from", D, "measure.test_from"),
        silent("measure.test_told_on", D, "measure.test_told_on"),
        silent("measure.counts_from", M, "measure.counts_from"),
    ),
    "extend_measure": (
        asked("measure.complex_reason", L, "情况复杂、需要延长的理由", "Why the case is complex"),
        asked("measure.extension_served_on", D, "书面告知当事人日期", "Told in writing on", default="today"),
        silent("measure.extended_on", D, "today", required=True),
        silent("measure.extension_approver_id", PERSON, "actor"),
        silent("measure.extension_approver_role", T, "actor_role"),
        # The extension follows on the first period, whenever it was decided.
        silent("measure.extension_from", D, "measure_term_ends"),
    ),
    "call_for_perishables": (
        asked("measure.perishable", G, "易腐烂变质的物品", "Goods that spoil", default="goods_left",
              help="只留下易腐烂变质的，每行一件"),
        asked("measure.perishable_reason", L, "易腐烂变质的情况", "Why they spoil"),
        asked("measure.perishable_notice_on", D, "通知当事人日期", "Party called on", default="today"),
    ),
    "dispose_perishables": (
        asked("measure.disposal_registered", Y, "处理前已登记并拍照（录像）留存证据",
              "Evidence of the goods kept before"),
        *_disposed(PERISHABLE_WAYS, silent("measure.ended", G, "goods_perishing")),
    ),
    "decide_confiscation": CONFISCATED,
    "decide_confiscation_extended": CONFISCATED,
    "decide_release": RELEASED,
    "decide_release_extended": RELEASED,
    "expire_measure": EXPIRED,
    "expire_unextended": EXPIRED,
    "release_expired": RELEASED,
    "send_with_crime": (
        asked("measure.told_party_on", D, "书面告知当事人日期", "Party told in writing on", default="today"), *SENT,
    ),
    "send_with_referral": SENT,
    "send_extended_with_crime": (
        asked("measure.told_party_on", D, "书面告知当事人日期", "Party told in writing on", default="today"), *SENT,
    ),
    "send_extended_with_referral": SENT,
    "return_goods": RETURNED,
    "announce_unclaimed": (
        asked("measure.collect_told_on", D, "通知当事人领取日期", "Told to collect on"),
        asked("measure.claim_announced_on", D, "公告日期", "Announced on", default="today"),
        asked("measure.claim_announced_at", T, "公告地点", "Announced where"),
        asked("measure.claim_place", T, "领取地点", "Where to collect", default="measure.store_place"),
    ),
    "return_late_claim": RETURNED,
    "dispose_unclaimed": (*_disposed(WAYS, ALL_THE_REST), REMITTED),
    "settle_confiscated": (
        *_disposed(WAYS, ALL_THE_REST), REMITTED,
        asked("measure.confiscation_receipt_no", T, "没收财物票据号码", "Number of the confiscation receipt"),
    ),
    "return_confiscated": RETURNED,
    "auction_to_pay": AUCTIONED,
    "auction_extended_to_pay": AUCTIONED,
}
# What a move states by being that move. The last end of the goods is the outcome of the measure.
FIXED: Mapping[str, Mapping[str, Any]] = {
    "ask_measure": {"measure.urgent": False},
    "implement_urgently": {"measure.urgent": True},
    "return_goods": {"measure.outcome": "returned"},
    "return_late_claim": {"measure.outcome": "returned"},
    "return_confiscated": {"measure.outcome": "returned"},
    "dispose_unclaimed": {"measure.outcome": "disposed_unclaimed"},
    "settle_confiscated": {"measure.outcome": "confiscated"},
    "send_with_crime": {"measure.outcome": "sent_with_crime"},
    "send_with_referral": {"measure.outcome": "sent_with_referral"},
    "send_extended_with_crime": {"measure.outcome": "sent_with_crime"},
    "send_extended_with_referral": {"measure.outcome": "sent_with_referral"},
    "auction_to_pay": {"measure.outcome": "auctioned", "measure.disposal_way": "auctioned"},
    "auction_extended_to_pay": {"measure.outcome": "auctioned", "measure.disposal_way": "auctioned"},
}
# fmt: on


def _own(facts: Facts) -> Facts:
    found: Facts = facts.setdefault("measure", {})
    return found


def _counts(facts: Facts) -> None:
    """The first period counts from the measure; later on, test time moves that day (`_test_over`)."""
    _own(facts)["counts_from"] = _own(facts).get("implemented_at")


def _test_over(facts: Facts) -> None:
    """The days of the test do not count (AEL §25): the day from which the period counts moves on by them."""
    own = _own(facts)
    begun, ended, counts = own.get("test_from"), own.get("test_to"), own.get("counts_from")
    if not (begun and ended and counts) or ended < begun:
        return
    own["tests"] = [{"from": begun, "to": ended, "told_on": own.get("test_told_on")}]
    moved = datetime.fromisoformat(counts) + (iso(ended) - iso(begun))
    own["counts_from"] = moved.strftime("%Y-%m-%dT%H:%M")


def _reason_of_release(facts: Facts) -> None:
    _own(facts)["release_reason"] = facts.get("reason")


def _goods_end(outcome: str, day: str) -> Callable[[Facts], None]:
    """Each of the goods gets its end: what became of it, on which day."""

    def derive(facts: Facts) -> None:
        own = _own(facts)
        goods = own.pop("ended", ())
        if goods:
            own["ends"] = [{**row, "outcome": outcome, "on": own.get(day)} for row in goods]

    return derive


def _measure_ends(day: str) -> Callable[[Facts], None]:
    def derive(facts: Facts) -> None:
        if own := _own(facts).get(day):
            _own(facts)["ended_on"] = own

    return derive


def _surplus(facts: Facts) -> None:
    """What the auction brought beyond the payment belongs to the party."""
    paid = sum(row.get("amount") or 0 for row in (facts.get("payment") or {}).get("items", ()))
    _own(facts)["surplus"] = round((_own(facts).get("proceeds") or 0) - paid, 2)


Derives = tuple[Callable[[Facts], None], ...]


def _end(outcome: str, day: str) -> Derives:
    return _goods_end(outcome, day), _measure_ends(day)


_AUCTION: Derives = (*_end("auctioned", "disposed_on"), _surplus)
_RELEASE: Derives = (_measure_ends("released_on"),)
DERIVED: Mapping[str, Derives] = {
    "implement_measure": (_counts,),
    "implement_urgently": (_counts,),
    "lift_urgent_measure": (_reason_of_release, *_RELEASE),
    "end_test": (_test_over,),
    "dispose_perishables": (_goods_end("disposed_perishable", "disposed_on"),),
    "decide_confiscation": (_measure_ends("confiscated_on"),),
    "decide_confiscation_extended": (_measure_ends("confiscated_on"),),
    "decide_release": _RELEASE,
    "decide_release_extended": _RELEASE,
    "release_expired": _RELEASE,
    "send_with_crime": _end("sent_with_crime", "sent_on"),
    "send_with_referral": _end("sent_with_referral", "sent_on"),
    "send_extended_with_crime": _end("sent_with_crime", "sent_on"),
    "send_extended_with_referral": _end("sent_with_referral", "sent_on"),
    "return_goods": (_goods_end("returned", "returned_on"),),
    "return_late_claim": (_goods_end("returned", "returned_on"),),
    "return_confiscated": (_goods_end("returned", "returned_on"),),
    "dispose_unclaimed": (_goods_end("disposed_unclaimed", "disposed_on"),),
    "settle_confiscated": (_goods_end("confiscated", "disposed_on"),),
    "auction_to_pay": _AUCTION,
    "auction_extended_to_pay": _AUCTION,
}
