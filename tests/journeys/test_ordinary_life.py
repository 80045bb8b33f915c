"""An ordinary case from the street to the archive, under the law from 2021-07-15 and under the text before it: two
officers, seizure, review by others, hearing, collective discussion, instalments through the bank's file, a suit. On the
way people try what the law forbids, and the page refuses it with the article."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PASSWORD
from tests.journeys.life import Life
from tests.journeys.people import People
from xiuhua.conf.testing.browser import OpenPage
from xiuhua.conf.testing.site import Site

pytestmark = pytest.mark.journey


@dataclass(frozen=True)
class Text:
    """A text of the law: the year in which the case is worked, what its refusals cite, what its file lacks."""

    year: int
    label: str
    two_officers: str
    hearing_notice: str
    range: str
    hearing: str
    review: str
    notice: str
    # What the check of the file finds in the end: recordings come from cameras, which no journey has.
    found: tuple[str, ...] = ("摄录环节没有关联音像资料",)
    suit: str = "行政诉讼法第三条"
    measure: str = "行政强制法第十八条"
    term: str = "行政强制法第二十五条"


NEW = Text(
    2025,
    "（2021年文本）",
    two_officers="行政处罚法第四十二条",
    hearing_notice="行政处罚法第六十四条",
    range="行政处罚法第三十二条",
    hearing="行政处罚法第六十三条",
    review="行政处罚法第五十八条",
    notice="行政处罚法第六十二条",
)
OLD = Text(
    2018,
    "（2017年文本）",
    two_officers="行政处罚法第三十七条",
    hearing_notice="行政处罚法第四十二条",
    range="行政处罚法第二十七条",
    hearing="行政处罚法第四十二条",
    review="行政处罚法第三十八条",
    notice="行政处罚法第四十一条",
    found=("查封扣押超过三十日未延长", "摄录环节没有关联音像资料"),
)
RECORD = {"inspection.certificate_shown": "yes", "inspection.party_signed": "yes"}
SERVED = {"service.receipt": "yes", "service.receiver_relation": "self"}
WANTED = {
    "measure.basis": "SHIC §6",
    "measure.reason": "车辆用于非法营运，可能转移",
    "measure.related_to_act": "yes",
    "measure.living_necessity": "no",
    "measure.already_sealed": "no",
    "measure.wanted": "小客车，1辆，完好",
}
TAKEN = {
    "measure.store_place": "示例停车场",
    "measure.certificate_shown": "yes",
    "measure.party_present": "yes",
    "measure.told_rights": "yes",
    "measure.defence.recorded": "yes",
    "measure.party_signed": "yes",
}
TALK = {
    "interview.from_at": "今天 09:00",
    "interview.to_at": "今天 09:40",
    "interview.place": "中队询问室",
    "interview.certificate_shown": "yes",
    "interview.rights_told": "yes",
    "interview.exchanges": "问：是否收取费用？\n答：收了三十元。",
    "interview.pages_signed": "1",
}
REPORT = {
    "investigation_report.proposed_kinds": "fine",
    "investigation_report.proposed_fine": "40000",
    "investigation_report.tier": "ordinary",
    "investigation_report.tier_reasons": "初次查获，营运一次",
    "case.complex_or_major": "yes",
}
HELD = {
    "hearing.case_put": "一次营运，建议罚款四万元",
    "hearing.party_said": "家庭困难，请求从轻",
    "hearing.last_said": "坚持原意见",
}
DISCUSSED = {
    "discussion.present_ids": "示例戊一;示例戊二;示例戊四",
    "discussion.opinion_lines": "同意罚款三万元\n同意\n同意",
    "discussion.conclusion": "罚款三万元",
    "discussion.conclusion_fine": "30000",
    "discussion.minutes_signed": "yes",
}
ASKED = {
    "deferral.kind": "instalment",
    "deferral.reason": "家庭经济困难",
    "deferral.wanted_count": "2",
}


@pytest.fixture
def life(request: pytest.FixtureRequest, own_bureau: Site, open_page: OpenPage) -> Life:
    name = f"ordinary-{request.node.callspec.id}"
    return Life(own_bureau, People(own_bureau.url, PASSWORD, open_page), name)


@pytest.mark.parametrize("text", [NEW, OLD], ids=["from-2021", "until-2021"])
def test_an_ordinary_case_lives_from_the_street_to_the_archive(life: Life, text: Text) -> None:
    y = str(text.year)
    found_and_filed(life, text, y)
    seized(life, text, y)
    investigated(life, y)
    reviewed(life, text)
    heard(life, text, y)
    decided(life, text, y)
    paid_and_sued(life, text, y)
    closed(life, text, y)


def found_and_filed(life: Life, text: Text, y: str) -> None:
    life.on(f"{y}-03-05", "09:00")
    where = {"place": "示例路站前广场", "content": "小客车在站前揽客收费，无营运证"}
    page = life.begin("officer1", "/leads/finding/", "illegal_taxi", where, "ordinary")
    life.opened(
        page,
        {
            "cause": "JT01",
            "second": "示例甲二",
            "new_party.kind": "citizen",
            "new_party.name": "示例车主",
            "new_party.number": "110101199001010015",
            "new_party.address": "示例路7弄8号",
        },
    )
    alone = RECORD | {"inspection.officer_ids": "示例甲一"}
    life.refused("officer1", "check_lead", alone, "执法人员不足两人", text.two_officers)
    page = life.step("officer1", "check_lead", RECORD | {"inspection.officer_ids": "示例甲一;示例甲二"})
    expect(page.locator(".crumb")).to_contain_text(text.label)
    life.step("officer1", "propose_filing")
    life.on(f"{y}-03-06")
    life.step("squadhead", "approve_filing")
    life.step("squadhead", "assign_officers")


def seized(life: Life, text: Text, y: str) -> None:
    """Asked for, approved by a head and made by two officers; nobody takes anything before the approval."""
    life.step("officer1", "coercive_measure:ask_measure", WANTED)
    life.closed_to("officer1", "matters/1/implement_measure", "已提请查封扣押", text.measure)
    life.step("deputy", "coercive_measure:approve_measure")
    life.on(f"{y}-03-06", "11:00")
    life.step("officer1", "coercive_measure:implement_measure", TAKEN)


def investigated(life: Life, y: str) -> None:
    life.on(f"{y}-03-07", "15:00")
    life.step("officer2", "inspect", RECORD)
    life.step("officer1", "interview", TALK)
    life.add_evidence("officer1", "收款记录")
    order = {"correction.requirement": "立即停止非法营运", "correction.due_on": f"{y}-03-12", **SERVED}
    life.step("officer1", "order_correction", order)
    life.on(f"{y}-03-13")
    found = {"correction.recheck_result": "corrected", "correction.recheck_facts": "已停止营运"}
    life.step("officer1", "recheck_correction", found)


def reviewed(life: Life, text: Text) -> None:
    y = str(text.year)
    life.on(f"{y}-03-30")
    if text is NEW:
        life.step("deputy", "coercive_measure:extend_measure", {"measure.complex_reason": "须向平台核实"})
    life.step("officer1", "close_investigation", REPORT)
    life.told("officer1", "审核人员为本案调查人员，不得审核", text.review)
    life.step("reviewer", "adjudicate")
    life.told("deputy", "事先告知书未送达，不得作出处罚决定", text.notice)
    life.step("legal", "pass_legal_review")


def expired(life: Life, text: Text, y: str) -> None:
    """Nobody extended in time: the thirty days end by themselves, an extension comes too late, the car goes back."""
    life.on(f"{y}-04-06", "09:00")
    life.wait_for("deputy", "#matters a", "届满解除")
    life.closed_to("deputy", "matters/1/extend_measure", "期限届满", text.term)
    life.step("deputy", "coercive_measure:release_expired", {"measure.release_ground": "period_over"})
    life.step("custodian", "coercive_measure:return_goods", {"measure.receipt_signed": "yes"})


def heard(life: Life, text: Text, y: str) -> None:
    if text is OLD:
        expired(life, text, y)
    life.on(f"{y}-04-06")
    life.step("officer1", "serve_prior_notice", SERVED)
    life.step("officer1", "offer_hearing", SERVED)
    life.on(f"{y}-04-09")
    life.step("officer1", "request_hearing")
    life.step("clerk", "hearing:receive_request")
    life.closed_to("head", "do/decide_penalty", "应当告知听证而未告知或者听证未了", text.hearing)
    life.step("deputy", "hearing:appoint_host", {"hearing.host_id": "示例丁三"})
    planned = {"hearing.planned_place": "示例会议室", **SERVED}
    short = planned | {"hearing.planned_at": f"{y}-04-15 09:30"}
    life.refused("host", "hearing:serve_hearing_notice", short, "听证", text.hearing_notice)
    life.step("host", "hearing:serve_hearing_notice", planned | {"hearing.planned_at": f"{y}-04-24 09:30"})
    life.on(f"{y}-04-24", "11:00")
    life.step("host", "hearing:hold_hearing", HELD)
    life.step("officer1", "hearing:sign_record", {"hearing.record_signed": "yes"})
    says = {"hearing.finding": "事实清楚，证据充分", "hearing.opinion": "建议罚款三万元"}
    life.step("host", "hearing:report_hearing", says)
    life.step("officer1", "take_hearing_result")


def decided(life: Life, text: Text, y: str) -> None:
    life.on(f"{y}-04-27")
    life.step("head", "discuss_collectively", DISCUSSED)
    changed = {"decision.change_reason": "采纳听证意见", "decision.tier": "lighter"}
    too_much = changed | {"decision.fine": "400000"}
    life.refused("head", "decide_after_discussion", too_much, "罚款数额超出法定幅度", text.range)
    life.step("head", "decide_after_discussion", changed | {"decision.fine": "30000"})
    if text is NEW:
        no_need = {"measure.release_ground": "not_needed"}
        life.step("deputy", "coercive_measure:decide_release_extended", no_need)
        life.step("custodian", "coercive_measure:return_goods", {"measure.receipt_signed": "yes"})
    life.on(f"{y}-04-28")
    life.step("officer1", "serve_decision", SERVED)
    life.step("publicity", "publish_decision")


def paid_and_sued(life: Life, text: Text, y: str) -> None:
    life.on(f"{y}-05-04")
    life.step("officer1", "payment:apply_deferral", ASKED | {"deferral.wanted_first": f"{y}-05-30"})
    life.step("deputy", "payment:approve_instalments")
    life.told("squadhead", "罚没款项未核对一致，不得结案", "行政处罚法")
    life.on(f"{y}-05-14")
    paper = {"litigation.document": f"（{y}）示例行初1号"}
    suit = {"litigation.court": "示例区人民法院", "litigation.request": "撤销处罚决定"}
    life.step("clerk", "litigation:file_suit", suit)
    life.step("clerk", "litigation:court_registers", paper)
    life.step("clerk", "litigation:serve_suit", paper)
    life.on(f"{y}-05-24")
    answer = {
        "litigation.answer": "事实清楚，程序合法",
        "litigation.evidence_handed_in": "yes",
        "litigation.evidence_list": "笔录、照片",
    }
    life.step("legal", "litigation:answer_suit", answer)
    bank(life, y, "05-24", 1)
    life.step("clerk", "litigation:set_trial", paper | {"litigation.trial_due_on": f"{y}-06-12"})
    life.on(f"{y}-06-12", "16:00")
    absent = {"litigation.head_attended": "no"}
    life.refused("head", "litigation:attend_trial", absent, "负责人未出庭", text.suit)
    came = {
        "litigation.head_attended": "yes",
        "litigation.attendee": "示例戊二",
        "litigation.attendee_post": "head",
    }
    life.step("head", "litigation:attend_trial", came)
    life.step("clerk", "litigation:dismiss_claims", paper)
    life.on(f"{y}-06-29")
    life.wait_for("deputy", "#matters", "生效裁判")
    bank(life, y, "06-28", 2)


def bank(life: Life, y: str, day: str, number: int) -> None:
    """The legal clerk takes in the file of the bank, which names the bill."""
    clerk = life.at("clerk")
    clerk.locator('#matters a[href*="/cases/money/"]').click()
    clerk.wait_for_url("**/cases/money/*/")
    bill = clerk.locator("h1").inner_text().split()[0]
    head = "reference,paid_on,amount,payer,bill_number,receipt_no"
    row = f"示例流水{number},{y}-{day},15000,示例车主,{bill},示例票{number}"
    clerk.goto(f"{life.people.base}/cases/money/bank/")
    clerk.locator("#bank-file").set_input_files(
        {"name": "bank.csv", "mimeType": "text/csv", "buffer": f"{head}\n{row}\n".encode()}
    )
    life.picture(clerk, "bank")
    clerk.locator('button[value="write"]').click()
    expect(clerk.locator(".notice")).to_contain_text("1")
    life.stands_open = ""


def closed(life: Life, text: Text, y: str) -> None:
    done = {"litigation.carried_out": "驳回诉讼请求，原决定有效"}
    life.step("deputy", "litigation:carry_out_judgment", done)
    life.on(f"{y}-07-02")
    life.step("squadhead", "close_performed")
    life.step("clerk", "archive_case", {"archive.index_pages": "80", "archive.actual_pages": "80"})
    page = life.at("head")
    expect(page.locator(".case-line")).to_contain_text("已结案")
    expect(page.locator("#money")).to_contain_text("30,000")
    expect(page.locator(".crumb")).to_contain_text(text.label)
    assert page.locator("#check a.id").all_inner_texts() == list(text.found)
    life.picture(page, "archived")
    assert "is whole" in life.site.run("record", "verify")
