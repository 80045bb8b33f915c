"""Lawful histories typed in: every move of both procedures lies on one of these roads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xiuhua.cases.tests.procedure.live import Live, opened

RECORD = {
    "inspection__certificate_shown": True,
    "inspection__facts": "人行道上有摊位一个",
    "inspection__party_signed": True,
}
TALK = {
    "interview__place": "中队",
    "interview__certificate_shown": True,
    "interview__rights_told": True,
    "interview__exchanges": "问：摊位是你的吗？\n答：是。\n只摆了一天。\n问：有许可吗？\n答：没有。",
    "interview__pages_signed": 1,
}
ORDER = {
    "correction__requirement": "撤除摊位",
    "service__receipt": True,
    "service__receiver_relation": "self",
}
SERVED = {"service__receipt": True, "service__receiver_relation": "self"}
PAID = {"item__receipt_no": "示例票0001"}
ARCHIVED = {"archive__index_pages": 40, "archive__actual_pages": 40}


# Summary


def on_scene(day: str, **blocks: Any) -> Live:
    case = Live(opened("summary", day, **blocks))
    case.go("arrive_on_scene", day)
    return case.go("show_certificate", day, **RECORD)


def delivered(day: str, fine: int, **blocks: Any) -> Live:
    case = on_scene(day, **blocks)
    kinds = ["fine"] if fine else ["warning"]
    case.go("tell_facts_and_rights", day, notice__planned_kinds=kinds, notice__planned_fine=fine or None)
    case.go("hear_defence", day, defence__content="下次不摆了")
    case.go("decide_on_spot", day, decision__tier="lighter")
    return case.go("hand_over_on_spot", day)


def fined_at_the_bank(y: str) -> Live:
    case = delivered(f"{y}-05-16", 50)
    case.go("report_before_payment", f"{y}-05-17").go("pay_at_bank", f"{y}-05-18", "party", **PAID)
    return case.go("close_reported", f"{y}-05-22").go("archive_case", f"{y}-05-31", **ARCHIVED)


def fined_in_cash(y: str) -> Live:
    case = delivered(f"{y}-05-16", 50)
    case.go("collect_cash", f"{y}-05-16", payment__cash_ground="hard_to_enforce_later", **PAID)
    case.go("hand_in_cash", f"{y}-05-17", payment__handed_in_amount=50)
    case.go("deposit_cash", f"{y}-05-18", payment__bank_slip_no="示例缴0001")
    return case.go("report_for_record", f"{y}-05-18").go("close_summary", f"{y}-05-22")


def warned(y: str) -> Live:
    case = delivered(f"{y}-05-16", 0).go("acknowledge_warning", f"{y}-05-16")
    return case.go("report_for_record", f"{y}-05-17").go("close_summary", f"{y}-05-22")


def paid_late(y: str) -> Live:
    case = delivered(f"{y}-05-16", 50).go("fall_overdue", f"{y}-06-01", "system")
    late = {"surcharge__amount": 3, "item__amount": 53}
    return case.go("settle_late", f"{y}-06-02", "party", **late, **PAID)


def fetched_by_force(y: str) -> Live:
    case = delivered(f"{y}-05-16", 50).go("fall_overdue", f"{y}-06-01", "system")
    return case.go(
        "finish_by_force", f"{y}-12-03", item__amount=50, **PAID, surcharge__reason_less="法院执行，未加处"
    )


REVOKED = {"annulment__by": "reconsideration", "annulment__document": "示例复决1号", "annulment__on": ""}


def _revoked(day: str, **more: Any) -> dict[str, Any]:
    return {**REVOKED, "annulment__on": day, **more}


def annulled_on_spot(y: str) -> Live:
    return delivered(f"{y}-05-16", 50).go("annul_on_spot", f"{y}-06-20", **_revoked(f"{y}-06-19"))


def annulled_overdue(y: str) -> Live:
    case = delivered(f"{y}-05-16", 50).go("fall_overdue", f"{y}-06-01", "system")
    return case.go("annul_overdue", f"{y}-06-20", **_revoked(f"{y}-06-19"))


def persuaded(y: str) -> Live:
    told = {"persuasion__content": "讲明条例", "violation__slight": True, "violation__harm": False}
    return on_scene(f"{y}-05-16").go("persuade", f"{y}-05-16", **told)


def nothing_found(y: str) -> Live:
    return on_scene(f"{y}-05-16").go("dismiss_no_violation", f"{y}-05-16", inspection__facts="已无摊位")


def switched(y: str) -> Live:
    return on_scene(f"{y}-05-16").go("switch_to_ordinary", f"{y}-05-16", switch__reason="facts_unclear")


def _heard(y: str) -> Live:
    day = f"{y}-05-16"
    case = on_scene(day).go(
        "tell_facts_and_rights", day, notice__planned_kinds=["fine"], notice__planned_fine=50
    )
    return case.go("hear_defence", day)


def switched_after_defence(y: str) -> Live:
    return _heard(y).go("switch_after_defence", f"{y}-05-16", switch__reason="over_limit", switch__fine=500)


def defence_held(y: str) -> Live:
    return _heard(y).go("drop_after_defence", f"{y}-05-16", defence__reason="经查有临时占道许可")


# Ordinary


def checked(y: str, **blocks: Any) -> Live:
    return Live(opened("ordinary", f"{y}-03-01", **blocks)).go("check_lead", f"{y}-03-01", **RECORD)


def investigating(y: str, **blocks: Any) -> Live:
    case = (
        checked(y, **blocks)
        .go("propose_filing", f"{y}-03-02")
        .go("approve_filing", f"{y}-03-02", "squad_head")
    )
    return case.go("assign_officers", f"{y}-03-02", "squad_head")


def _talk(day: str) -> dict[str, Any]:
    return {"interview__from_at": f"{day}T09:00", "interview__to_at": f"{day}T09:40", **TALK}


def corrected(y: str, **blocks: Any) -> Live:
    case = investigating(y, **blocks).go("inspect", f"{y}-03-03", **RECORD)
    case.go("interview", f"{y}-03-05", **_talk(f"{y}-03-05"))
    case.go("order_correction", f"{y}-03-05", correction__due_on=f"{y}-03-10", **ORDER)
    found = {"correction__recheck_result": "not_corrected", "correction__recheck_facts": "摊位仍在"}
    return case.go("recheck_correction", f"{y}-03-12", **found)


def reviewed(y: str, fine: int = 1000, *, major: bool = False, **blocks: Any) -> Live:
    case = corrected(y, **blocks)
    proposal = {
        "investigation_report__proposed_kinds": ["fine"],
        "investigation_report__proposed_fine": fine,
        "investigation_report__tier": "ordinary",
        "investigation_report__tier_reasons": "初次，占地较小",
        "case__complex_or_major": major,
    }
    case.go("close_investigation", f"{y}-03-14", **proposal).go(
        "adjudicate", f"{y}-03-15", "case_centre_reviewer"
    )
    return case.go("pass_legal_review", f"{y}-03-18")


def notified(y: str, fine: int = 1000, *, major: bool = False, **blocks: Any) -> Live:
    return reviewed(y, fine, major=major, **blocks).go("serve_prior_notice", f"{y}-03-19", **SERVED)


def waived(y: str, fine: int = 1000, **blocks: Any) -> Live:
    return notified(y, fine, **blocks).go(
        "waive_defence", f"{y}-03-20", "party", defence__waived_in_writing=True
    )


def served(y: str, fine: int = 1000, **blocks: Any) -> Live:
    case = waived(y, fine, **blocks).go("decide_penalty", f"{y}-03-21", "bureau_deputy_head")
    return case.go("serve_decision", f"{y}-03-22", **SERVED)


def plain(y: str) -> Live:
    case = served(y).go("publish_decision", f"{y}-03-25").go("perform", f"{y}-03-26", "party", **PAID)
    return case.go("close_performed", f"{y}-04-08", "squad_head").go("archive_case", f"{y}-04-20", **ARCHIVED)


def asked_and_ordered_at_once(y: str) -> Live:
    case = checked(y).go("interview_at_check", f"{y}-03-02", **_talk(f"{y}-03-02"))
    return case.go("order_correction_at_check", f"{y}-03-02", correction__due_on=f"{y}-03-05", **ORDER)


def passed_on(y: str) -> Live:
    case = checked(y, cause={"statutory_enforcer": "O"})
    case.go("pass_on_lead", f"{y}-03-03", "squad_head", referral__to="示例规划局", reason="不属本机关职责")
    return case.go("close_referred", f"{y}-03-20", "squad_head", referral__receipt="示例回执")


def filing_refused(y: str) -> Live:
    why = {"filing__failed_criterion": "no_penalty_likely", "filing__refusal_reason": "情节轻微"}
    return checked(y).go("refuse_filing", f"{y}-03-03", "squad_head", **why)


def filing_rejected(y: str) -> Live:
    return (
        checked(y)
        .go("propose_filing", f"{y}-03-02")
        .go("reject_filing", f"{y}-03-03", "squad_head", reason="证据不足")
    )


def every_act_of_an_investigation(y: str) -> Live:
    case = investigating(y)
    asked = {"recusal__person_id": "K", "recusal__result": "granted", "recusal__reason": "与当事人为亲属"}
    case.go("decide_recusal", f"{y}-03-04", **asked)
    case.go(
        "replace_officer",
        f"{y}-03-04",
        "squad_head",
        replacement__out_id="K",
        replacement__in_id="M",
        reason="岗位调整",
        officers=[_newcomer()],
    )
    taken = {"sample__what": "油污", "sample__quantity": "1份", "sample__voucher_no": "示例证1"}
    case.go("take_samples", f"{y}-03-05", sample__party_told=True, **taken)
    wanted = {"evidence_request__to": "示例物业", "evidence_request__items": "租赁合同，1份，复制件"}
    case.go("request_evidence", f"{y}-03-05", evidence_request__due_on=f"{y}-03-12", **wanted)
    case.go(
        "ask_assistance", f"{y}-03-05", assistance_item__to="示例规划局", assistance_item__question="有无许可"
    )
    expert = {"test__body": "示例检测", "test__qualification_no": "示例CMA", "test__question": "是否超标"}
    case.go("commission_expert", f"{y}-03-05", test__until=f"{y}-03-20", **expert)
    shot = {
        "exhibit__note": "抓拍占道",
        "exhibit__captured_at": f"{y}-03-01T08:00",
        "exhibit__sha256": "示例散列",
        "exhibit__device_legal_review_on": f"{y}-01-05",
        "exhibit__device_technical_review_on": f"{y}-01-06",
        "exhibit__device_published_on": f"{y}-01-10",
    }
    case.go("accept_machine_evidence", f"{y}-03-06", **shot)
    case.go(
        "suspend_investigation", f"{y}-03-07", suspension__ground="等待检测", suspension__stops_clock=True
    )
    return case.go("resume_investigation", f"{y}-03-17", reason="检测报告已收到")


def _newcomer() -> dict[str, Any]:
    return {
        "id": "M",
        "kind": "officer",
        "certificate_no": "示例M",
        "certificate_from": "2015-01-01",
        "certificate_to": "2030-12-31",
    }


WITHDRAWN = {"investigation__result": "not_proved", "investigation__reason": "现有证据不能证明"}


def withdrawn(y: str) -> Live:
    return (
        investigating(y)
        .go("withdraw_case", f"{y}-03-20", **WITHDRAWN)
        .go("close_withdrawn", f"{y}-03-21", "squad_head")
    )


def withdrawn_while_suspended(y: str) -> Live:
    case = investigating(y)
    case.go(
        "suspend_investigation",
        f"{y}-03-07",
        suspension__ground="当事人下落不明",
        suspension__stops_clock=False,
    )
    return case.go("withdraw_suspended_case", f"{y}-03-20", **WITHDRAWN)


def transferred(y: str) -> Live:
    found = {"referral__to": "示例生态环境局", "reason": "查明属其职责", "cause": {"statutory_enforcer": "O"}}
    return investigating(y).go("transfer_jurisdiction", f"{y}-03-20", **found)


def suspected(y: str) -> Live:
    return investigating(y).go("propose_crime_referral", f"{y}-03-10", referral__report="涉案数额达到标准")


def crime_refused(y: str) -> Live:
    return suspected(y).go("refuse_crime_referral", f"{y}-03-12", "bureau_head", reason="未达标准")


def with_the_police(y: str) -> Live:
    case = suspected(y).go("approve_crime_referral", f"{y}-03-12", "bureau_head")
    return case.go(
        "hand_over_to_police", f"{y}-03-13", referral__materials=["letter", "report", "goods_list"]
    )


def taken_back(y: str) -> Live:
    return with_the_police(y).go(
        "take_back_from_police", f"{y}-03-20", referral__police_notice_no="示例不立1号"
    )


def ended_by_crime(y: str) -> Live:
    case = with_the_police(y).go("end_by_criminal_case", f"{y}-03-20", referral__police_notice_no="示例立1号")
    return case.go("close_criminal", f"{y}-03-25", "squad_head")


def _reported(y: str) -> Live:
    case = corrected(y)
    report = {"investigation_report__proposed_kinds": ["fine"], "investigation_report__proposed_fine": 1000}
    return case.go("close_investigation", f"{y}-03-14", **report, investigation_report__tier="ordinary")


def sent_back_for_evidence(y: str) -> Live:
    says = {"returned__codes": ["evidence"], "reason": "补充证人"}
    return _reported(y).go("return_for_evidence", f"{y}-03-15", "case_centre_reviewer", **says)


def sent_back_by_adjudication(y: str) -> Live:
    case = _reported(y).go("adjudicate", f"{y}-03-15", "case_centre_reviewer")
    says = {"returned__codes": ["law"], "reason": "定性不准"}
    return case.go("return_from_adjudication", f"{y}-03-16", "case_centre_reviewer", **says)


def sent_back_by_review(y: str) -> Live:
    case = _reported(y).go("adjudicate", f"{y}-03-15", "case_centre_reviewer")
    says = {"returned__codes": ["procedure"], "reason": "程序有误"}
    return case.go("fail_legal_review", f"{y}-03-16", **says)


def unpunished(y: str) -> Live:
    case = investigating(y).go("order_correction", f"{y}-03-05", correction__due_on=f"{y}-03-10", **ORDER)
    found = {"correction__recheck_result": "corrected", "correction__recheck_facts": "摊位已撤"}
    case.go("recheck_correction", f"{y}-03-09", **found)
    report = {
        "investigation_report__proposed_kinds": ["none"],
        "investigation_report__no_penalty_ground": "corrected",
    }
    case.go("close_investigation", f"{y}-03-14", **report).go(
        "adjudicate", f"{y}-03-15", "case_centre_reviewer"
    )
    case.go("pass_legal_review", f"{y}-03-18")
    case.go("propose_no_penalty", f"{y}-03-19", "squad_head", no_penalty__reason="期限内已改正")
    case.go("decide_no_penalty", f"{y}-03-20", "bureau_head", no_penalty__education="讲明条例，要求遵守")
    return case.go("serve_no_penalty", f"{y}-03-21", **SERVED)


def no_penalty(y: str) -> Live:
    return unpunished(y).go("close_no_penalty", f"{y}-03-28", "squad_head")


SPOKEN = {"defence__content": "摊位很小，请求从轻"}
ANSWERED = {"defence__adopted": False, "defence__reason": "所述情节已在裁量中考虑"}


def lapsed(y: str) -> Live:
    return notified(y).go("let_defence_lapse", f"{y}-03-25", "system")


def dropped_after_defence(y: str) -> Live:
    case = notified(y).go("receive_defence", f"{y}-03-20", **SPOKEN)
    case.go("recheck_defence", f"{y}-03-21", defence__adopted=True, defence__reason="证据不足以认定")
    why = {
        "no_penalty__ground": "not_proved",
        "no_penalty__reason": "申辩成立",
        "no_penalty__education": "讲明条例",
    }
    return case.go("drop_after_hearing_or_defence", f"{y}-03-22", "bureau_head", **why)


def renotified(y: str) -> Live:
    case = waived(y)
    change = {"renotice__ground": "new_facts", "renotice__reason": "查明另占用绿地"}
    case.go("renotify_changed_penalty", f"{y}-03-21", **change)
    return case.go("serve_prior_notice", f"{y}-03-22", notice__planned_fine=2000, **SERVED)


LARGE = 20000


def hearing_offered(y: str, *, major: bool = False) -> Live:
    return notified(y, LARGE, major=major).go("offer_hearing", f"{y}-03-19", **SERVED)


def hearing_held(y: str) -> Live:
    case = hearing_offered(y).go("request_hearing", f"{y}-03-21", "party")
    return _heard_out(case, y)


def _heard_out(case: Live, y: str) -> Live:
    held = {
        "hearing__notice_served_on": f"{y}-03-25",
        "hearing__held_on": f"{y}-04-10",
        "hearing__host_id": "T",
        "hearing__record_signed": True,
        "hearing__opinion": "维持拟处罚",
    }
    return case.go("take_hearing_result", f"{y}-04-12", **held)


def hearing_asked_after_the_defence(y: str) -> Live:
    case = hearing_offered(y).go("receive_defence_instead", f"{y}-03-20", **SPOKEN)
    case.go("recheck_defence", f"{y}-03-21", **ANSWERED)
    case.go("request_hearing_before_decision", f"{y}-03-22", "party")
    return _heard_out(case, y).go("decide_penalty", f"{y}-04-15", "bureau_head")


def hearing_waived(y: str) -> Live:
    both = {"hearing__waived_in_writing": True, "defence__waived_in_writing": True}
    return hearing_offered(y).go("waive_hearing", f"{y}-03-20", "party", **both)


def hearing_lapsed(y: str) -> Live:
    return hearing_offered(y).go("let_hearing_lapse", f"{y}-04-01", "system")


def discussed(y: str) -> Live:
    both = {"hearing__waived_in_writing": True, "defence__waived_in_writing": True}
    case = hearing_offered(y, major=True).go("waive_hearing", f"{y}-03-20", "party", **both)
    minutes = {
        "discussion__present_ids": ["Z", "Y", "X"],
        "discussion__opinion_lines": "同意\n同意，减轻一些\n同意",
        "discussion__conclusion": "罚款一万八千元",
        "discussion__conclusion_fine": 18000,
        "discussion__minutes_signed": True,
    }
    return case.go("discuss_collectively", f"{y}-03-25", "bureau_head", **minutes)


def sent_back_by_discussion(y: str) -> Live:
    return discussed(y).go("return_after_discussion", f"{y}-03-26", "bureau_head", reason="补充证据")


def decided_after_discussion(y: str) -> Live:
    why = {"decision__change_reason": "集体讨论意见"}
    return discussed(y).go("decide_after_discussion", f"{y}-03-26", "bureau_head", **why)


HARDSHIP = {"deferral__kind": "instalment", "deferral__reason": "经营困难", "plan__count": 3}


def in_instalments(y: str) -> Live:
    when = {"deferral__applied_on": f"{y}-03-27", "plan__first_due": f"{y}-04-30"}
    return served(y).go("enter_deferral", f"{y}-03-28", "bureau_deputy_head", **HARDSHIP, **when)


def instalments_paid(y: str) -> Live:
    case = (
        in_instalments(y)
        .go("publish_deferred", f"{y}-03-29")
        .go("pay_instalment", f"{y}-04-28", "party", **PAID)
    )
    return case.go("perform_deferred", f"{y}-05-30", "party", **PAID)


def instalments_broken(y: str) -> Live:
    return in_instalments(y).go("break_deferral", f"{y}-05-01", "system")


def overdue(y: str) -> Live:
    return served(y).go("fall_overdue", f"{y}-04-07", "system")


LATE = {"surcharge__amount": 60, "item__amount": 1060}


def performed_late(y: str) -> Live:
    case = (
        overdue(y)
        .go("publish_overdue", f"{y}-04-07")
        .go("perform_late", f"{y}-04-08", "party", **LATE, **PAID)
    )
    return case.go("publish_performed", f"{y}-04-09")


def deferred_late(y: str) -> Live:
    when = {"deferral__applied_on": f"{y}-04-10", "plan__first_due": f"{y}-05-10"}
    return overdue(y).go(
        "defer_late", f"{y}-04-12", "bureau_deputy_head", **{**HARDSHIP, "plan__count": 1}, **when
    )


def executed(y: str) -> Live:
    case = overdue(y).go(
        "execute", f"{y}-11-03", item__amount=1000, **PAID, surcharge__reason_less="法院执行，未加处"
    )
    return case.go("close_executed", f"{y}-11-10", "squad_head")


def execution_ended(y: str) -> Live:
    case = overdue(y).go(
        "terminate_execution", f"{y}-11-03", termination__ground="died", reason="无遗产可供执行"
    )
    return case.go("close_terminated", f"{y}-11-10", "squad_head")


def annulled(y: str) -> Live:
    case = served(y).go("annul_decision", f"{y}-05-20", **_revoked(f"{y}-05-19"))
    return case.go("close_annulled", f"{y}-05-22", "squad_head")


def annulled_in_default(y: str) -> Live:
    return overdue(y).go("annul_overdue_decision", f"{y}-05-20", **_revoked(f"{y}-05-19"))


def done_again(y: str) -> Live:
    case = served(y).go("perform", f"{y}-03-26", "party", **PAID)
    case.go("annul_performed_decision", f"{y}-05-20", **_revoked(f"{y}-05-19", annulment__new_decision=True))
    asked = {"refund__way": "set_off", "refund__request": "示例申请"}
    return case.go("redo_after_annulment", f"{y}-05-25", annulment__new_ground="补充鉴定，重新取证", **asked)


ROADS: tuple[Callable[[str], Live], ...] = (
    fined_at_the_bank,
    fined_in_cash,
    warned,
    paid_late,
    fetched_by_force,
    annulled_on_spot,
    annulled_overdue,
    persuaded,
    nothing_found,
    switched,
    switched_after_defence,
    defence_held,
    plain,
    asked_and_ordered_at_once,
    passed_on,
    filing_refused,
    filing_rejected,
    every_act_of_an_investigation,
    withdrawn,
    withdrawn_while_suspended,
    transferred,
    crime_refused,
    taken_back,
    ended_by_crime,
    sent_back_for_evidence,
    sent_back_by_adjudication,
    sent_back_by_review,
    no_penalty,
    lapsed,
    dropped_after_defence,
    renotified,
    hearing_held,
    hearing_asked_after_the_defence,
    hearing_waived,
    hearing_lapsed,
    sent_back_by_discussion,
    decided_after_discussion,
    instalments_paid,
    instalments_broken,
    performed_late,
    deferred_late,
    executed,
    execution_ended,
    annulled,
    annulled_in_default,
    done_again,
)
