"""Seal and seizure (查封扣押): a temporary measure before the decision, for things that belong to the act. Pure data.

AEL §16 to §28 and §46, SHUM §21 to §23. The head approves before; what cannot wait is done at once and reported within
24 hours. It holds thirty days, in complex cases thirty more; time of a test that the party was told of in writing does
not count. It ends by release, confiscation, referral or auction, and each of the goods has an end of its own.
What was confiscated goes through `confiscated_goods`; the measure follows it to its end.
Beyond the draft: the approval stands before the measure to the minute; what another body sealed is not seized in urgent
cases either (AEL §23); goods of an extended measure go along with a
referral, too (AEL §21 makes no difference); what an auction pays is held against what it brought.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from xiuhua.cases.procedure.guards.measures_goods import perishing
from xiuhua.cases.procedure.guards.reading import block, iso
from xiuhua.cases.procedure.moves import Certainty, State, Table, move
from xiuhua.cases.procedure.side.coercive_measure_forms import DERIVED, FIXED, FORMS
from xiuhua.cases.procedure.side.shape import Side
from xiuhua.kernel.workdays import Calendar

MEMORY = Certainty.MEMORY
HEADS = "bureau_deputy_head bureau_head town_approver"
DEPUTIES = "bureau_deputy_head town_approver"
TERM = ("measure_implemented", 30, "calendar_day")
EXTENSION = ("extension_started", 30, "calendar_day")
CALL = ("perishable_notice_served", 2, "calendar_day")
CLAIM = ("claim_announced", 60, "calendar_day")

# fmt: off
STATES = (
    State("none", "未开始"),
    State("measure_asked", "已提请查封扣押"),
    State("measure_approved", "查封扣押已批准"),
    State("measure_refused", "查封扣押未实施", final=True),
    State("in_force", "查封扣押中"),
    State("in_force_unregularised", "紧急实施待补办"),
    State("release_decided", "决定解除"),
    State("in_test", "检测鉴定中"),
    State("extended", "已延长"),
    State("perishable_notice", "易腐物品通知处理中"),
    State("confiscated", "已决定没收"),
    State("expired", "期限届满"),
    State("sent_with_crime", "随案移送", final=True),
    State("returned", "财物已退还", final=True),
    State("unclaimed", "公告认领中"),
    State("disposed", "已处置", final=True),
    State("settled", "已了结", final=True),
    State("auctioned", "已拍卖抵缴", final=True),
)

MOVES = (
    move("ask_measure", "提请查封扣押", "none", "measure_asked", "officer",
         guards="measure_power_exists related_to_the_act not_living_necessity not_sealed_by_another",
         documents="measure_approval_form", law="AEL §17; AEL §18; AEL §22; AEL §23", states="measure.asked_on"),
    move("approve_measure", "批准查封扣押", "measure_asked", "measure_approved", HEADS,
         guards="approved_before_measure", documents="measure_approval_form", law="AEL §18",
         states="measure.approved_on"),
    move("refuse_measure", "不批准查封扣押", "measure_asked", "measure_refused", HEADS, guards="reason_given",
         law="AEL §18", states="reason"),
    move("drop_measure", "批准后未实施", "measure_approved", "measure_refused", "officer",
         guards="reason_recorded", law="AEL §16", note="May refrain when slight", states="reason"),
    move("implement_measure", "实施查封扣押", "measure_approved", "in_force", "officer",
         guards="approved_before_measure two_certified_officers certificate_shown party_called_or_witness "
                "reasons_and_rights_told defence_listened scene_record_signed decision_and_list_handed_over "
                "recording_on", documents="scene_record measure_decision measure_list",
         law="AEL §18; AEL §24", states="measure.implemented_at"),
    move("implement_urgently", "紧急当场实施", "none", "in_force_unregularised", "officer",
         guards="urgent_ground measure_power_exists related_to_the_act not_living_necessity "
                "not_sealed_by_another two_certified_officers certificate_shown party_called_or_witness "
                "reasons_and_rights_told decision_and_list_handed_over",
         documents="scene_record measure_decision measure_list", law="AEL §19; AEL §18; AEL §24",
         states="measure.implemented_at"),
    move("regularise_measure", "补办批准手续", "in_force_unregularised", "in_force", HEADS,
         guards="reported_in_24_hours", documents="measure_approval_form",
         clock=("measure_implemented", 24, "hour"), law="AEL §19", states="measure.approved_on"),
    move("lift_urgent_measure", "负责人认为不应采取", "in_force_unregularised", "release_decided", HEADS,
         guards="reason_given", documents="measure_release_decision", law="AEL §19", note="At once",
         states="reason"),
    move("send_for_test", "送检测鉴定", "in_force", "in_test", "officer", guards="test_period_told_in_writing",
         documents="expert_commission", law="AEL §25", note="The test time is not counted",
         states="measure.test_from"),
    move("end_test", "检测鉴定结束", "in_test", "in_force", "officer", guards="test_report_received",
         law="AEL §25", states="measure.test_to"),
    move("extend_measure", "延长期限", "in_force", "extended", HEADS,
         guards="complex_case extended_before_expiry extension_told_in_writing",
         documents="measure_extension_notice", clock=TERM, law="AEL §25", states="measure.extended_on"),
    move("call_for_perishables", "通知处理易腐物品", "in_force", "perishable_notice", "officer",
         guards="goods_perishable", documents="announcement", clock=CALL, law="SHUM §22",
         note="Whether these 2 days are working days is not said", states="measure.perishable_notice_on"),
    move("dispose_perishables", "处理易腐物品", "perishable_notice", "in_force", "evidence_custodian",
         guards="perishable_notice_over registered_before_disposal", documents="disposal_record", clock=CALL,
         law="SHUM §22", note="Proceeds stand in for the goods", states="measure.disposed_on", waits=True),
    move("decide_confiscation", "决定没收", "in_force", "confiscated", HEADS,
         guards="confiscation_lawful penalty_decision_made", documents="penalty_decision", clock=TERM,
         law="AEL §27", states="measure.confiscated_on"),
    move("decide_confiscation_extended", "延长期内决定没收", "extended", "confiscated", HEADS,
         guards="confiscation_lawful penalty_decision_made", documents="penalty_decision", clock=EXTENSION,
         law="AEL §27", states="measure.confiscated_on"),
    move("decide_release", "决定解除", "in_force", "release_decided", HEADS, guards="release_ground",
         documents="measure_release_decision", clock=TERM, law="AEL §27; AEL §28",
         states="measure.released_on"),
    move("decide_release_extended", "延长期内解除", "extended", "release_decided", HEADS,
         guards="release_ground", documents="measure_release_decision", clock=EXTENSION, law="AEL §28",
         states="measure.released_on"),
    move("expire_measure", "期限届满应解除", "extended", "expired", "system", guards="measure_period_over",
         clock=EXTENSION, law="AEL §25; AEL §28", states=""),
    move("expire_unextended", "期限届满应解除", "in_force", "expired", "system", guards="measure_period_over",
         clock=TERM, law="AEL §25; AEL §28", states=""),
    move("release_expired", "届满解除", "expired", "release_decided", HEADS, guards="release_ground",
         documents="measure_release_decision", law="AEL §28", states="measure.released_on"),
    move("send_with_crime", "随案移送", "in_force", "sent_with_crime", "officer",
         guards="crime_referral_is_approved party_told_in_writing", documents="crime_referral_letter",
         law="AEL §21", states="measure.sent_on"),
    move("send_with_referral", "随案移送其他部门", "in_force", "sent_with_crime", "officer",
         guards="not_our_power", documents="referral_letter", law="SHUM §28", states="measure.sent_on"),
    move("send_extended_with_crime", "延长期内随案移送", "extended", "sent_with_crime", "officer",
         guards="crime_referral_is_approved party_told_in_writing", documents="crime_referral_letter",
         law="AEL §21", states="measure.sent_on"),
    move("send_extended_with_referral", "延长期内随案移送其他部门", "extended", "sent_with_crime", "officer",
         guards="not_our_power", documents="referral_letter", law="SHUM §28", states="measure.sent_on"),
    move("return_goods", "退还财物", "release_decided", "returned", "evidence_custodian",
         guards="party_signed_receipt", documents="measure_release_decision", law="AEL §28", note="At once",
         states="measure.returned_on"),
    move("announce_unclaimed", "发布认领公告", "release_decided", "unclaimed", "officer",
         guards="party_told_to_collect", documents="announcement", clock=CLAIM, law="SHUM §22",
         states="measure.claim_announced_on"),
    move("return_late_claim", "公告期内认领", "unclaimed", "returned", "evidence_custodian",
         guards="party_signed_receipt", law="SHUM §22", states="measure.returned_on"),
    move("dispose_unclaimed", "处置无人认领物品", "unclaimed", "disposed", DEPUTIES, guards="claim_period_over",
         documents="disposal_record", clock=CLAIM, law="SHUM §22; SHUM §23", states="measure.disposed_on",
         waits=True),
    move("settle_confiscated", "处理没收物品", "confiscated", "settled", "evidence_custodian",
         guards="disposed_lawfully proceeds_remitted confiscated_goods_handled",
         documents="confiscation_receipt disposal_record",
         law="PPL17 §53; SHUM §21; PPL21 §74", certainty=MEMORY,
         note="Vehicles of illegal passenger service: SHIC §6", states="measure.disposed_on"),
    move("return_confiscated", "没收决定撤销后退还", "confiscated", "returned", "evidence_custodian",
         guards="decision_has_fallen party_signed_receipt confiscated_goods_handled", law="AEL §41",
         states="measure.returned_on"),
    move("auction_to_pay", "拍卖抵缴罚款", "in_force", "auctioned", DEPUTIES,
         guards="remedy_periods_over demand_served_and_unmet seized_during_case proceeds_cover_payment",
         documents="disposal_record", law="AEL §46",
         note="Only agencies without own enforcement power that seized the goods", states="payment.items"),
    move("auction_extended_to_pay", "拍卖抵缴罚款(延长期)", "extended", "auctioned", DEPUTIES,
         guards="remedy_periods_over demand_served_and_unmet seized_during_case proceeds_cover_payment",
         documents="disposal_record", law="AEL §46", states="payment.items"),
)
# fmt: on


def _called(file: Mapping[str, Any], calendar: Calendar) -> date | None:
    """The day of the call, while goods that it was about are still held."""
    own = block(file, "measure")
    called = own.get("perishable_notice_on")
    return iso(called) if called and perishing(own) else None


NOWHERE: frozenset[str] = frozenset()
SIDE = Side(
    procedure="coercive_measure",
    label_zh="查封扣押",
    label_en="Seal or seizure",
    block="measure",
    kept_in="measures",
    kept_once="implemented_at",
    begins_at=("none",),
    begins_in=frozenset({"checked", "filing_proposed", "filed", "investigating"}),
    tables=(Table("coercive_measure", "2012", date(2012, 1, 1), None, STATES, MOVES),),
    forms=FORMS,
    fixed=FIXED,
    derived=DERIVED,
    numbers={"measure_decision": "measure"},
    issued_by={
        "measure_approval_form": frozenset({"approve_measure", "regularise_measure"}),
        "measure_release_decision": frozenset(
            {"lift_urgent_measure", "decide_release", "decide_release_extended", "release_expired"}
        ),
        # The decision of the main road confiscates; the measure only follows it.
        "penalty_decision": NOWHERE,
        # Confiscated things have a procedure of their own, which writes their papers; the measure ends with it.
        "confiscation_receipt": NOWHERE,
        "disposal_record": frozenset(
            {"dispose_perishables", "dispose_unclaimed", "auction_to_pay", "auction_extended_to_pay"}
        ),
        # The letters of the main road refer the case; the things only go along.
        "referral_letter": NOWHERE,
        "crime_referral_letter": NOWHERE,
    },
    events={
        "measure_implemented": "measure.counts_from",
        "extension_started": "measure.extension_from",
        "perishable_notice_served": "measure.perishable_notice_on",
        "claim_announced": "measure.claim_announced_on",
    },
    # A test ends when it was said to; what may be held no longer is released, and goes back, at once (AEL §28).
    ends={
        "end_test": "measure.test_until",
        "release_expired": "measure.expired_on",
        "return_goods": "measure.released_on",
    },
    reckoned={"perishable_notice_served": _called},
)
