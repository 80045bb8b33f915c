"""Papers by which a decision is carried out: each has what its article asks for."""

from __future__ import annotations

from typing import Any

import pytest

from xiuhua.cases.documents import Paper, Shelf, paper
from xiuhua.cases.documents.as_pdf import to_pdf
from xiuhua.cases.tests.documents.people import AUTHORITY, header
from xiuhua.cases.tests.documents.samples import merged, muck

ON = "2019-04-08"
DEMAND = {
    "number": "浦城执催告〔2019〕91-1号",
    "amount": 10000,
    "duty_days": 10,
    "way": "将款项缴至示例银行",
    "served_on": "2019-04-08",
}
SURCHARGE = {
    "from_on": "2018-10-14",
    "to_on": "2018-11-16",
    "days": 34,
    "amount": 5000,
    "decision_number": "4180200001",
}
DEFENCE = {
    "received_on": "2019-04-10",
    "place": "示例中队",
    "speaker_name": "李示例",
    "speaker_relation": "法定代表人",
    "officer_ids": ["A", "B"],
    "content": "资金周转困难。",
    "reason": "没有提供证据。",
    "adopted": False,
    "rechecked_on": "2019-04-11",
    "recheck_officer_ids": ["A", "B"],
    "unit_opinion": "同意",
    "unit_head_id": "H",
    "unit_opinion_on": "2019-04-11",
}
ENFORCEMENT = {
    "number": "浦城执强执〔2019〕91-1号",
    "basis": "AEL §46",
    "way": "拍卖扣押的车辆抵缴罚款",
    "planned_on": "2019-05-10",
    "decided_on": "2019-04-29",
    "served_on": "2019-04-30",
    "implemented_at": "2019-05-10T10:00",
    "residence": False,
    "urgent": False,
    "result": "已拍卖。",
    "present": "李示例",
    "finished_on": "2019-05-10",
    "officer_ids": ["A", "B"],
}
SUBSTITUTE = {
    "number": "浦城执代履〔2019〕91-1号",
    "immediate": False,
    "decided_on": "2019-04-20",
    "decision_served_on": "2019-04-22",
    "demand_on": "2019-04-24",
    "duty_kind": "restore",
    "harm_kind": "environment",
    "object": "清除倾倒的渣土",
    "reason": "扬尘污染环境",
    "way": "机械清运",
    "planned_on": "2019-05-05",
    "budget": 20000,
    "performer": "示例清运公司",
    "performer_kind": "third_party",
    "duty": "清除倾倒的渣土",
    "duty_days": 3,
    "executed_on": "2019-05-05",
    "from_at": "2019-05-05T09:00",
    "to_at": "2019-05-05T11:00",
    "place": "示例路3号",
    "supervisor_id": "H",
    "result": "已清运五车",
    "signatures": ["supervisor", "performer", "witness"],
}
COURT = {
    "number": "浦城执强申〔2019〕91-1号",
    "name": "上海市示例区人民法院",
    "object": "罚款5,000元；加处罚款5,000元",
    "party_opinion": "决定前未提出陈述申辩；催告后陈述申辩：资金周转困难",
    "remedies_used": "被申请执行人在法定期限内未申请行政复议，也未提起行政诉讼",
    "materials": ["application", "decision", "party_opinion_and_demand", "object"],
    "signer_id": "Z",
    "signed_on": "2019-04-23",
}


def whole(**more: Any) -> dict[str, Any]:
    """The muck truck of 2018, unpaid, with everything that its execution stated."""
    file = merged(
        muck(),
        {
            "demand": DEMAND,
            "surcharge": SURCHARGE,
            "enforcement": ENFORCEMENT,
            "substitute": SUBSTITUTE,
            "court": COURT,
        },
    )
    return merged(file, more)


def drawn(shelf: Shelf, kind: str, on: str = ON, **more: Any) -> Paper:
    return paper(shelf, kind, whole(**more), header("示例001", on), on=on)


@pytest.mark.parametrize(
    ("kind", "more", "words"),
    [
        # AEL §35: period, way, amount, the right to be heard.
        ("demand_notice", {},
         ("之日起十日内", "人民币壹万元整", "将款项缴至示例银行", "陈述和申辩", "第三十五条")),
        ("demand_notice", {"matter": "substitute"},
         ("代履行前再次催告", "清除倾倒的渣土", "陈述和申辩", "停止代履行")),
        ("demand_notice", {"cause": {"enforcement_power": True}}, ("作出强制执行决定",)),
        # AEL §37: who, why and on what basis, how and when, the remedies, by whom.
        ("enforcement_decision", {},
         ("示例渣土运输有限公司", "无正当理由", "第四十六条", "拍卖扣押的车辆", "2019年5月10日", "行政复议",
          "行政诉讼", AUTHORITY)),
        ("enforcement_decision",
         {"demand": {"asset_flight": True, "flight_reason": "正在转卖车辆", "flight_proof": "照片"}},
         ("转移或者隐匿财物", "正在转卖车辆")),
        ("enforcement_decision", {"demand": {"defence": DEFENCE}}, ("没有提供证据", "不予采纳")),
        ("enforcement_record", {}, ("2019年5月10日10时", "已拍卖", "示例0001")),
        # AEL §51: reason and basis, way and time, object, budget, performer.
        ("substitute_decision", {},
         ("造成环境污染", "第五十条", "机械清运", "2019年5月5日", "清除倾倒的渣土", "20,000.00元", "示例清运公司")),
        ("substitute_decision", {"substitute": {"immediate": True, "place_kind": "road", "thing_kind": "spillage"}},
         ("立即代履行决定书", "第五十二条", "遗洒物", "道路")),
        ("substitute_record", {}, ("2019年5月5日9时", "示例中队长", "到场监督的工作人员、代履行人、见证人")),
        # AEL §55: the application with decision, opinion and demand, object.
        ("court_application", {},
         ("上海市示例区人民法院", "罚款5,000元", "资金周转困难", "2019年4月8日", "未申请行政复议", "第五十三条",
          "示例局长")),
        ("court_application", {"court": {"late_reason": "不可抗力"}}, ("逾期申请的正当理由：不可抗力",)),
        # AEL §45: what was told, the rate, never more than the fine.
        ("surcharge_decision", {},
         ("2018年10月14日", "34", "每日按未缴罚款数额的3%", "不超过罚款数额", "人民币伍仟元整", "行政复议")),
        ("defence_record", {"matter": "demand", "demand": {"defence": DEFENCE}},
         ("《催告书》", "资金周转困难", "第三十六条")),
        ("recheck_opinion", {"matter": "demand", "demand": {"defence": DEFENCE}},
         ("催告书", "没有提供证据", "不予采纳")),
    ],
)  # fmt: skip
def test_a_paper_has_what_its_article_asks_for(
    shelf: Shelf, kind: str, more: dict[str, Any], words: tuple[str, ...]
) -> None:
    made = drawn(shelf, kind, **more)
    text = made.text()
    assert [w for w in words if w not in text] == []
    assert [blank.field for blank in made.blanks] == []
    assert to_pdf([made]).startswith(b"%PDF")


def test_a_defence_before_the_decision_is_written_as_before(shelf: Shelf) -> None:
    text = drawn(shelf, "defence_record", demand={"defence": DEFENCE}).text()
    assert "行政处罚事先告知书" in text
    assert "资金周转困难" not in text


def test_a_demand_after_a_penalty_on_the_spot_names_that_decision(shelf: Shelf) -> None:
    text = drawn(shelf, "demand_notice", case={"procedure": "summary"}).text()
    assert "当场行政处罚决定书" in text


def test_the_articles_are_those_of_the_day(shelf: Shelf) -> None:
    assert "行政处罚法》第五十一条" in drawn(shelf, "court_application").text()
    assert "行政处罚法》第七十二条" in drawn(shelf, "court_application", "2023-05-16").text()
