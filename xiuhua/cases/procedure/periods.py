"""The periods of the law and of the authority: event, length, unit, article, validity. Pure data.

Rules of the file
1. One row is one period in one text of the law. Rows of one family follow one another and never overlap.
2. The day of the event does not count. PPL21 §85 makes only its 2, 3, 5 and 7 days working days; AEL §69 every
   period of up to 10 days; the units of PPL17 are read as calendar days from memory.
3. A row without length has its number elsewhere: in the notice or the order itself, or in no text at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from xiuhua.cases.procedure.moves import Certainty
from xiuhua.kernel.workdays import Calendar, Due

CHECKED = Certainty.CHECKED
MEMORY = Certainty.MEMORY


@dataclass(frozen=True, slots=True)
class Clock:
    """A period that runs from an event. `since` and `until` are the first and last day of its text."""

    id: str
    label: str
    starts_at: str
    length: int | None
    unit: str
    article: str
    since: date | None = None
    until: date | None = None
    suspended_by: str = ""
    extendable_by: str = ""
    consequence: str = ""
    certainty: Certainty = Certainty.READ

    @property
    def family(self) -> str:
        """The name it shares with the same period in other texts of the law."""
        return re.sub(r"_(17|21|23)$|(?<=^announcement)_\d+$", "", self.id)


# fmt: off
CLOCKS = (
    Clock("reporter_answer", "举报核查情况告知", "lead_received", 5, "working_day", "SHUM §26",
          since=date(2012, 7, 15), consequence="agency error, told with reason"),
    Clock("lead_transfer", "不属职责移送", "lead_received", 3, "working_day", "SHUM §26",
          since=date(2012, 7, 15), consequence="agency error"),
    Clock("sanitation_complaint_answer", "市容环卫投诉答复", "complaint_accepted", 5, "calendar_day",
          "SHCA §57", consequence="agency error; whether working days is not said"),
    Clock("illegal_building_scene", "违法建筑到场", "illegal_building_reported", 24, "hour", "SHDB §7",
          since=date(2009, 8, 1), consequence="discipline (SHDB §20)"),
    Clock("illegal_building_scene_being_built", "在建违法建筑到场", "illegal_building_reported", 2, "hour",
          "SHDB §7", since=date(2009, 8, 1), consequence="discipline (SHDB §20)"),
    Clock("illegal_building_reporter", "违法建筑反馈举报人", "illegal_building_reported", 1, "month",
          "SHDB §5", since=date(2009, 8, 1), consequence="agency error"),
    Clock("illegal_building_notice", "拆除通告告示期限", "notice_posted", 10, "calendar_day", "SHDB §9",
          since=date(2009, 8, 1), consequence="order not yet effective; minimum"),
    Clock("assistance_answer", "协助通知书答复", "assistance_requested", 10, "calendar_day", "SHUM §29",
          since=date(2012, 7, 15), extendable_by="other department in writing with a date",
          consequence="go on without it or press the superior"),
    Clock("limitation_general", "追责时效", "violation_ended", 24, "month", "PPL17 §29; PPL21 §36",
          suspended_by="continuing or repeated act runs from its end", consequence="no penalty"),
    Clock("limitation_health_safety", "追责时效(生命健康金融安全)", "violation_ended", 60, "month",
          "PPL21 §36", since=date(2021, 7, 15), suspended_by="continuing act runs from its end",
          consequence="no penalty"),
    Clock("filing_promptly", "及时立案", "violation_found", None, "", "PPL21 §54; PPL21 §76",
          since=date(2021, 7, 15), consequence="discipline; no number in the law, configuration row"),
    Clock("case_decision", "办案期限", "case_filed", 90, "calendar_day", "PPL21 §60",
          since=date(2021, 7, 15), suspended_by="only where a law, regulation or rule says so",
          extendable_by="law, regulation or rule", consequence="late decision: procedural fault"),
    Clock("registration_17", "先行登记保存处理", "items_registered", 7, "calendar_day", "PPL17 §37",
          until=date(2021, 7, 14), consequence="measure lapses, goods go back", certainty=MEMORY),
    Clock("registration_21", "先行登记保存处理", "items_registered", 7, "working_day",
          "PPL21 §56; PPL21 §85", since=date(2021, 7, 15), consequence="measure lapses, goods go back"),
    Clock("crime_referral_decision", "移送犯罪审批", "crime_report_received", 3, "calendar_day",
          "CRIMEREF §5", consequence="discipline (CRIMEREF §16)"),
    Clock("crime_referral_hand_over", "移送公安机关", "crime_referral_approved", 24, "hour", "CRIMEREF §5",
          consequence="discipline"),
    Clock("crime_police_review", "公安审查", "crime_referral_received", 3, "calendar_day", "CRIMEREF §8",
          consequence="ask for supervision of filing"),
    Clock("crime_goods_hand_over", "移交涉案物品", "police_filed_case", 3, "calendar_day", "CRIMEREF §12",
          consequence="discipline"),
    Clock("crime_refusal_review", "不予立案提请复议", "police_refusal_received", 3, "calendar_day",
          "CRIMEREF §9", consequence="right to ask is lost"),
    Clock("defence_period", "陈述申辩期限", "notice_served", None, "", "PPL17 §32; PPL21 §45",
          consequence="length is what the notice states (configuration)"),
    Clock("hearing_request_17", "要求听证", "hearing_right_told", 3, "calendar_day", "PPL17 §42",
          until=date(2021, 7, 14), consequence="right to a hearing is lost", certainty=CHECKED),
    Clock("hearing_request_21", "要求听证", "hearing_right_told", 5, "working_day", "PPL21 §64; PPL21 §85",
          since=date(2021, 7, 15), consequence="right to a hearing is lost"),
    Clock("hearing_notice_17", "听证通知提前", "hearing_notice_served", 7, "calendar_day", "PPL17 §42",
          until=date(2021, 7, 14), consequence="new notice, new date", certainty=CHECKED),
    Clock("hearing_notice_21", "听证通知提前", "hearing_notice_served", 7, "working_day",
          "PPL21 §64; PPL21 §85", since=date(2021, 7, 15), consequence="new notice, new date"),
    Clock("decision_service_17", "送达处罚决定书", "decision_made", 7, "calendar_day", "PPL17 §40",
          until=date(2021, 7, 14), suspended_by="announcement service", consequence="procedural fault",
          certainty=MEMORY),
    Clock("decision_service_21", "送达处罚决定书", "decision_made", 7, "working_day",
          "PPL21 §61; PPL21 §85", since=date(2021, 7, 15), suspended_by="announcement service",
          consequence="procedural fault"),
    Clock("auction_notice", "拍卖公告提前", "auction_announced", 7, "calendar_day", "AUL §45",
          consequence="the auction is not a public one", certainty=MEMORY),
    Clock("announcement_60", "公告送达", "announcement_posted", 60, "calendar_day",
          "SHUM §25; CivPL17 §92", until=date(2021, 12, 31), consequence="not served", certainty=MEMORY),
    Clock("announcement_30", "公告送达", "announcement_posted", 30, "calendar_day",
          "CivPL21 §95; CivPL23 §95", since=date(2022, 1, 1),
          consequence="not served; SHUM §25 text still says 60"),
    Clock("payment_17", "缴纳罚款", "decision_received", 15, "calendar_day", "PPL17 §46",
          until=date(2021, 7, 14), extendable_by="deferral or instalments PPL17 §52",
          consequence="surcharge", certainty=CHECKED),
    Clock("payment_21", "缴纳罚款", "decision_received", 15, "calendar_day", "PPL21 §67",
          since=date(2021, 7, 15), extendable_by="deferral or instalments PPL21 §66",
          consequence="surcharge"),
    Clock("cash_hand_in_17", "当场收缴交机关", "cash_collected", 2, "calendar_day", "PPL17 §50",
          until=date(2021, 7, 14), suspended_by="on water: from landing", consequence="discipline",
          certainty=MEMORY),
    Clock("cash_hand_in_21", "当场收缴交机关", "cash_collected", 2, "working_day", "PPL21 §71; PPL21 §85",
          since=date(2021, 7, 15), suspended_by="on water: from landing", consequence="discipline"),
    Clock("cash_deposit_17", "机关缴付银行", "cash_received_by_agency", 2, "calendar_day", "PPL17 §50",
          until=date(2021, 7, 14), consequence="discipline", certainty=MEMORY),
    Clock("cash_deposit_21", "机关缴付银行", "cash_received_by_agency", 2, "working_day",
          "PPL21 §71; PPL21 §85", since=date(2021, 7, 15), consequence="discipline"),
    Clock("surcharge_start", "加处罚款起算", "payment_due_passed", 1, "calendar_day",
          "PPL17 §51; PPL21 §72", suspended_by="deferral; since 2021 reconsideration or suit (PPL21 §73)",
          consequence="3% of the fine a day, at most the fine"),
    Clock("surcharge_cap", "加处罚款达上限", "surcharge_started", 34, "calendar_day", "AEL §45; PPL21 §72",
          since=date(2012, 1, 1), suspended_by="reconsideration or suit (PPL21 §73)",
          consequence="stops growing; 33 full days and a third"),
    Clock("surcharge_30_days", "加处罚款满三十日", "surcharge_started", 30, "calendar_day", "AEL §46",
          since=date(2012, 1, 1), consequence="demand and enforcement become possible after it"),
    Clock("measure_urgent_report", "紧急查封扣押报告", "measure_implemented", 24, "hour", "AEL §19",
          since=date(2012, 1, 1), consequence="measure must be lifted"),
    Clock("measure_term", "查封扣押期限", "measure_implemented", 30, "calendar_day", "AEL §25",
          since=date(2012, 1, 1), suspended_by="test or expert time told in writing",
          extendable_by="head, at most 30 days more, complex case", consequence="must release (AEL §28)"),
    Clock("measure_extension", "查封扣押延长", "extension_started", 30, "calendar_day", "AEL §25",
          since=date(2012, 1, 1), suspended_by="test or expert time told in writing",
          consequence="must release (AEL §28)"),
    Clock("perishable_goods", "易腐物品通知处理", "perishable_notice_served", 2, "calendar_day",
          "SHUM §22", since=date(2012, 7, 15),
          consequence="may sell, or destroy keeping evidence; whether working days is not said"),
    Clock("unclaimed_goods", "认领公告", "claim_announced", 60, "calendar_day", "SHUM §22",
          since=date(2012, 7, 15), consequence="may auction, money to the treasury"),
    Clock("unclaimed_vehicle", "非法客运车辆公告", "claim_announced", 60, "calendar_day", "SHIC §6",
          since=date(2014, 8, 1), consequence="may auction, money to the treasury"),
    Clock("demand_before_court", "催告后申请法院", "demand_served", 10, "working_day", "AEL §54; AEL §69",
          since=date(2012, 1, 1), consequence="court does not accept"),
    Clock("court_application", "申请法院强制执行", "remedy_period_ended", 3, "month",
          "AEL §53; SPC18 §156", since=date(2012, 1, 1),
          suspended_by="deferral or instalments: from their end (PPL21 §72)",
          extendable_by="good reason (SPC18 §156)", consequence="right lost"),
    Clock("court_accept", "法院受理", "court_application_received", 5, "working_day", "AEL §56; AEL §69",
          since=date(2012, 1, 1), consequence="ask the court"),
    Clock("court_refusal_review", "对不予受理申请复议", "court_ruling_received", 15, "calendar_day",
          "AEL §56", since=date(2012, 1, 1), consequence="refusal stands"),
    Clock("court_rule", "法院裁定", "court_accepted", 7, "working_day", "AEL §57; AEL §69; SPC18 §160",
          since=date(2012, 1, 1), extendable_by="30 days where doubts (AEL §58)",
          consequence="ask the court"),
    Clock("court_rule_doubts", "法院裁定(有疑问)", "court_accepted", 30, "calendar_day",
          "AEL §58; SPC18 §160", since=date(2012, 1, 1), consequence="ask the court"),
    Clock("substitute_demand", "代履行前催告", "substitute_executed", 3, "working_day", "AEL §51; AEL §69",
          since=date(2012, 1, 1), consequence="substitute performance unlawful; minimum before the day"),
    Clock("execution_suspension_limit", "中止执行满三年", "execution_suspended", 36, "month", "AEL §39",
          since=date(2012, 1, 1), consequence="no further execution"),
    Clock("reconsideration_apply_17", "申请行政复议", "decision_known", 60, "calendar_day", "ARL17 §9",
          until=date(2023, 12, 31), suspended_by="force majeure or good reason",
          extendable_by="not told of the right: see case law", consequence="right lost"),
    Clock("reconsideration_apply_23", "申请行政复议", "decision_known", 60, "calendar_day", "ARL23 §20",
          since=date(2024, 1, 1), suspended_by="force majeure or good reason",
          extendable_by="not told: up to one year from knowledge", consequence="right lost"),
    Clock("reconsideration_accept_17", "复议受理审查", "application_received", 5, "working_day",
          "ARL17 §17; ARL17 §40", until=date(2023, 12, 31), consequence="counts as accepted"),
    Clock("reconsideration_accept_23", "复议受理审查", "application_received", 5, "working_day",
          "ARL23 §30; ARL23 §88", since=date(2024, 1, 1), consequence="counts as accepted"),
    Clock("reconsideration_forward", "机关转送复议申请", "application_received_by_agency", 5,
          "working_day", "ARL23 §32; ARL23 §88", since=date(2024, 1, 1), consequence="agency error"),
    Clock("reconsideration_copy_17", "发送申请书副本", "application_accepted", 7, "working_day",
          "ARL17 §23; ARL17 §40", until=date(2023, 12, 31)),
    Clock("reconsideration_copy_23", "发送申请书副本", "application_accepted", 7, "working_day",
          "ARL23 §48; ARL23 §88", since=date(2024, 1, 1)),
    Clock("reconsideration_reply_17", "复议答复", "copy_received", 10, "calendar_day", "ARL17 §23",
          until=date(2023, 12, 31), consequence="decision revoked as without evidence (ARL17 §28)"),
    Clock("reconsideration_reply_23", "复议答复", "copy_received", 10, "working_day",
          "ARL23 §48; ARL23 §88", since=date(2024, 1, 1),
          consequence="decision revoked as without evidence (ARL23 §70)"),
    Clock("reconsideration_reply_simple", "复议答复(简易)", "copy_received", 5, "working_day",
          "ARL23 §54; ARL23 §88", since=date(2024, 1, 1),
          consequence="decision revoked as without evidence (ARL23 §70)"),
    Clock("reconsideration_completion", "补正复议材料", "completion_notice_received", 10, "working_day",
          "ARL23 §31; ARL23 §88", since=date(2024, 1, 1), extendable_by="body may extend with good reason",
          consequence="counts as abandoned"),
    Clock("reconsideration_decide_17", "复议决定", "application_accepted", 60, "calendar_day", "ARL17 §31",
          until=date(2023, 12, 31), extendable_by="head of the body, at most 30 days",
          consequence="applicant may sue within 15 days (ALL §45)"),
    Clock("reconsideration_decide_23", "复议决定", "application_accepted", 60, "calendar_day", "ARL23 §62",
          since=date(2024, 1, 1), suspended_by="suspension (ARL23 §39)",
          extendable_by="head of the organ, at most 30 days",
          consequence="applicant may sue within 15 days (ALL §45)"),
    Clock("reconsideration_decide_simple", "复议决定(简易)", "application_accepted", 30, "calendar_day",
          "ARL23 §62", since=date(2024, 1, 1), suspended_by="suspension (ARL23 §39)",
          consequence="applicant may sue"),
    Clock("reconsideration_opinion", "行政复议意见书整改", "opinion_received", 60, "calendar_day",
          "ARL23 §76", since=date(2024, 1, 1), consequence="agency error"),
    Clock("suit_direct", "直接起诉", "decision_known", 6, "month", "ALL §46", since=date(2015, 5, 1),
          suspended_by="force majeure (ALL §48)", extendable_by="not told: up to one year (SPC18 §64)",
          consequence="right lost"),
    Clock("suit_after_reconsideration", "复议后起诉", "reconsideration_decision_received", 15,
          "calendar_day", "ALL §45", since=date(2015, 5, 1), consequence="right lost"),
    Clock("suit_answer", "答辩举证", "suit_copy_received", 15, "calendar_day", "ALL §67; ALL §34",
          since=date(2015, 5, 1), extendable_by="court, for force majeure",
          consequence="counts as no evidence"),
    Clock("first_instance", "一审审限", "suit_registered", 6, "month", "ALL §81", since=date(2015, 5, 1),
          extendable_by="high court"),
    Clock("first_instance_simple", "一审简易程序", "suit_registered", 45, "calendar_day", "ALL §83",
          since=date(2015, 5, 1), consequence="change to normal procedure"),
    Clock("appeal_judgment", "对判决上诉", "judgment_served", 15, "calendar_day", "ALL §85",
          since=date(2015, 5, 1), consequence="judgment final"),
    Clock("appeal_ruling", "对裁定上诉", "ruling_served", 10, "calendar_day", "ALL §85",
          since=date(2015, 5, 1), consequence="ruling final"),
    Clock("second_instance", "二审审限", "appeal_received", 3, "month", "ALL §88", since=date(2015, 5, 1),
          extendable_by="high court"),
    Clock("publicity_penalty", "双公示", "decision_made", 7, "working_day", "DRC424",
          since=date(2018, 7, 25), consequence="agency error", certainty=CHECKED),
    Clock("publicity_withdrawal", "撤回公示", "decision_overturned", 3, "working_day",
          "PPL21 §48; PPL21 §85", since=date(2021, 7, 15), consequence="agency error"),
    Clock("credit_deletion", "失信信息删除", "credit_centre_told", 3, "working_day", "SHCRED §37",
          since=date(2017, 10, 1), consequence="centre error"),
    Clock("credit_query_term", "失信信息查询期限", "violation_ended", 60, "month", "SHCRED §35",
          since=date(2017, 10, 1), consequence="no longer shown"),
    Clock("credit_repair", "信用修复", "repair_proof_received", 3, "working_day", "SHCRED §38",
          since=date(2017, 10, 1)),
    Clock("credit_objection_mark", "信用异议标注", "objection_received", 1, "working_day", "SHCRED §36",
          since=date(2017, 10, 1)),
    Clock("credit_objection_decide", "信用异议处理", "objection_received", 5, "working_day", "SHCRED §36",
          since=date(2017, 10, 1), consequence="source agency: 2 to pass on, 5 to decide"),
    Clock("service_confirmation_arrival", "电子送达到达", "arrival_recorded", None, "",
          "PPL21 §61; CivPL23 §90", since=date(2021, 7, 15), consequence="served on the day of arrival"),
    Clock("higher_court_acceptance", "上一级法院裁定是否受理", "higher_application_received", 15,
          "calendar_day", "AEL §56", since=date(2012, 1, 1)),
    Clock("higher_court_execution", "上一级法院裁定是否执行", "higher_application_received", 30,
          "calendar_day", "AEL §58", since=date(2012, 1, 1)),
    Clock("reconsideration_copy_simple", "发送申请书副本(简易)", "application_accepted", 3, "working_day",
          "ARL23 §54; ARL23 §88", since=date(2024, 1, 1)),
    Clock("reconsideration_decide_extended_17", "复议决定(延长后)", "application_accepted", 90,
          "calendar_day", "ARL17 §31", until=date(2023, 12, 31),
          consequence="applicant may sue within 15 days (ALL §45)"),
    Clock("reconsideration_decide_extended_23", "复议决定(延长后)", "application_accepted", 90,
          "calendar_day", "ARL23 §62", since=date(2024, 1, 1), suspended_by="suspension (ARL23 §39)",
          consequence="applicant may sue within 15 days (ALL §45)"),
    Clock("suit_copy", "法院发送起诉状副本", "suit_registered", 5, "calendar_day", "ALL §67",
          since=date(2015, 5, 1)),
)
# fmt: on

BY_ID: Mapping[str, Clock] = MappingProxyType({c.id: c for c in CLOCKS})
FAMILIES: Mapping[str, tuple[Clock, ...]] = MappingProxyType(
    {f: tuple(c for c in CLOCKS if c.family == f) for f in {c.family for c in CLOCKS}}
)


def clock_on(family: str, day: date) -> Clock | None:
    """The row of `family` in force on `day`; None where the law of that day sets no such period.

    Raises KeyError for an unknown family.
    """
    for clock in FAMILIES[family]:
        if (clock.since is None or clock.since <= day) and (clock.until is None or day <= clock.until):
            return clock
    return None


def length_on(family: str, day: date) -> int:
    """The number of units of the period in force on `day`; of its oldest text before that, 0 where no text has one."""
    row = clock_on(family, day) or FAMILIES[family][0]
    return row.length or 0


def due(clock_id: str, start: date, calendar: Calendar) -> Due:
    """The last day of the period `clock_id` when its event falls on `start`.

    Raises KeyError for an unknown clock and ValueError for one whose length stands elsewhere.
    """
    clock = BY_ID[clock_id]
    if clock.length is None:
        raise ValueError(f"{clock_id} has no length of its own")
    return calendar.due(start, clock.length, clock.unit)


def last_day(family: str, start: date, calendar: Calendar) -> date | None:
    """The last day of the period in force when its event happened; None where none was in force."""
    clock = clock_on(family, start)
    if clock is None or clock.length is None:
        return None
    return calendar.due(start, clock.length, clock.unit).day
