"""The documents of registered and seized things: what the law asks to stand in them stands in them."""

from collections.abc import Callable
from typing import Any

import pytest

from xiuhua.cases.documents import Paper, Shelf, paper
from xiuhua.cases.tests.documents.goods import FISH, TRUCK, confiscated, ended, measured, registered
from xiuhua.cases.tests.documents.people import AUTHORITY, header

Fill = Callable[..., Paper]


@pytest.fixture
def fill(shelf: Shelf) -> Fill:
    def filled(kind: str, file: dict[str, Any], on: str = "2018-09-20") -> Paper:
        return paper(shelf, kind, file, header("浦城执示例〔2018〕01-7号", on), on=on)

    return filled


def words(filled: Paper) -> str:
    assert [blank.field for blank in filled.blanks] == []
    return filled.text()


def test_the_decision_has_every_item_of_the_law(fill: Fill) -> None:
    """AEL §24: party, reasons and basis, period, the things, the ways against it, authority and day."""
    file = measured()
    text = words(fill("measure_decision", file))
    for wanted in (
        file["party"]["name"],
        file["party"]["address"],
        file["measure"]["reason"],
        "《上海市城市管理行政执法条例》第二十一条",
        "《中华人民共和国行政强制法》第十八条、第二十二条、第二十四条",
        "期限30日",
        "《扣押清单》",
        "申请行政复议",
        "提起行政诉讼",
        AUTHORITY,
        "2018年9月20日",
    ):
        assert wanted in text


def test_an_urgent_measure_says_why_it_could_not_wait(fill: Fill) -> None:
    urgent = measured(urgent=True, urgent_reason="车辆正要驶离", reported_at="2018-09-05T15:30")
    for kind in ("measure_decision", "scene_record", "measure_approval_form"):
        assert "车辆正要驶离" in words(fill(kind, urgent))
        assert "车辆正要驶离" not in words(fill(kind, measured()))
    assert "2018年9月5日15时30分" in words(fill("measure_approval_form", urgent))


@pytest.mark.parametrize(("kind", "word"), [("seal", "查封"), ("seize", "扣押")])
def test_a_seal_is_called_a_seal_and_a_seizure_a_seizure(fill: Fill, kind: str, word: str) -> None:
    for paper_kind in ("measure_decision", "measure_list", "measure_approval_form", "scene_record"):
        text = words(fill(paper_kind, measured(kind=kind)))
        other = "扣押" if kind == "seal" else "查封"
        assert word in text
        assert other not in text.replace("未被其他国家机关查封", "")


def test_the_list_names_each_thing_with_quantity_and_state(fill: Fill) -> None:
    for kind, file in (
        ("measure_list", measured()),
        ("registration_list", registered()),
        ("registration_outcome_decision", registered()),
    ):
        text = words(fill(kind, file))
        for thing in (TRUCK, FISH):
            assert all(value in text for value in thing.values()), kind


def test_the_scene_record_says_what_was_told_and_what_the_party_said(fill: Fill) -> None:
    text = words(fill("scene_record", measured()))
    for wanted in (
        "出示执法证件",
        "理由、依据以及你单位依法享有的权利、救济途径",
        "请求尽快发还",
        "示例甲",
        "当场交付当事人",
    ):
        assert wanted in text
    assert "见证人" not in text


def test_a_party_that_stayed_away_is_not_made_to_say_anything(fill: Fill) -> None:
    away = measured(
        party_present=False, party_signed=False, witness_signed=True, witness_name="示例见证人",
        defence={"recorded": True},
    )  # fmt: skip
    text = words(fill("scene_record", away))
    assert "邀请见证人到场" in text
    assert "见证人签名" in text
    assert "陈述和申辩" not in text


def test_a_refused_signature_stands_with_its_reason(fill: Fill) -> None:
    text = words(fill("scene_record", measured(party_signed=False, refusal_noted="认为车辆与本案无关")))
    assert "当事人拒绝签名，原因：认为车辆与本案无关。" in text


def test_the_extension_tells_the_reason_and_how_long(fill: Fill) -> None:
    file = measured(complex_reason="涉及三家单位", extension_from="2018-10-05", extended_on="2018-10-01")
    text = words(fill("measure_extension_notice", file))
    assert "涉及三家单位" in text
    assert "自2018年10月5日期满之次日起" in text
    assert "延长30日" in text
    assert "申请行政复议" in text


def test_the_release_names_its_ground_or_that_the_head_did_not_want_it(fill: Fill) -> None:
    released = measured(release_ground="period_over", released_on="2018-10-08")
    assert "查封、扣押期限已经届满" in words(fill("measure_release_decision", released))
    lifted = measured(release_reason="不属情况紧急", released_on="2018-09-06")
    text = words(fill("measure_release_decision", lifted))
    assert "不属情况紧急" in text
    assert "《中华人民共和国行政强制法》第十九条" in text


def test_what_was_sold_before_the_release_goes_back_as_money(fill: Fill) -> None:
    sold = measured(
        release_ground="unrelated",
        released_on="2018-09-20",
        ends=[{**FISH, "outcome": "disposed_perishable", "on": "2018-09-10"}],
        proceeds=300,
    )
    assert "所得300.00元一并退还" in words(fill("measure_release_decision", sold))


def test_the_announcement_of_unclaimed_goods_gives_sixty_days(fill: Fill) -> None:
    file = measured(
        released_on="2018-09-20",
        collect_told_on="2018-09-21",
        claim_announced_on="2018-10-08",
        claim_announced_at="本机关网站和公告栏",
        claim_place="示例停车场",
    )
    text = words(fill("announcement", file))
    assert "自公告之日起60日内" in text
    assert "本机关网站和公告栏" in text


def test_the_call_for_goods_that_spoil_names_them_alone_and_gives_two_days(fill: Fill) -> None:
    file = measured(perishable=[FISH], perishable_reason="冰已融化", perishable_notice_on="2018-09-06")
    text = words(fill("announcement", file))
    assert "自2018年9月6日起二日内" in text
    assert FISH["name"] in text
    assert TRUCK["name"] not in text


@pytest.mark.parametrize(
    ("outcome", "law", "says"),
    [("disposed_perishable", "《上海市城市管理行政执法条例》第二十二条", "易腐物品已处理"),
     ("disposed_unclaimed", "《上海市城市管理行政执法条例》第二十二条", "无人认领已处置"),
     ("auctioned", "《中华人民共和国行政强制法》第四十六条", "拍卖抵缴罚款")],
)  # fmt: skip
def test_the_record_of_disposal_says_what_became_of_each_thing_on_which_ground(
    fill: Fill, outcome: str, law: str, says: str
) -> None:
    text = words(fill("disposal_record", ended(outcome, surplus=100, surplus_returned_on="2018-10-16")))
    assert law in text
    assert says in text
    assert ("100.00元" in text) is (outcome == "auctioned")


def test_the_confiscation_receipt_names_decision_basis_things_and_where_the_money_goes(fill: Fill) -> None:
    file = confiscated()
    text = words(fill("confiscation_receipt", file))
    for wanted in (
        "示例没0001",
        file["decision"]["number"],
        "《上海市查处车辆非法客运若干规定》第五条",
        TRUCK["name"],
        FISH["name"],
        "《中华人民共和国行政处罚法》第五十三条",
        "全部上缴国库",
    ):
        assert wanted in text
    refused = words(
        fill("confiscation_receipt", confiscated(refusal_noted="不在场", witness_name="示例居委"))
    )
    assert "不在场" in refused
    assert "示例居委" in refused


WAYS = {
    "auctioned": ("拍卖机构", "公告日期", "估价"),
    "sold": ("买受人", "估价", "大写"),
    "destroyed": ("销毁地点",),
    "transferred": ("接收单位", "示收1号"),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_record_of_confiscated_things_names_way_ground_people_and_two_witnesses(
    fill: Fill, way: str
) -> None:
    brings = way in ("auctioned", "sold")
    more = {} if brings else {"proceeds": None, "remit_by": None}
    file = confiscated(disposal_way=way, hand_over_receipt="示收1号", way_reason="示例依据", **more)
    text = words(fill("disposal_record", file))
    for wanted in ("没收物品处理记录", "示例见证甲、示例见证乙", TRUCK["name"], "示例依据", *WAYS[way]):
        assert wanted in text, wanted
    assert FISH["name"] not in text
    assert ("不得截留" in text) is brings
    assert ("公告日期" in text) is (way == "auctioned")


def test_what_went_before_its_time_says_why(fill: Fill) -> None:
    early = confiscated(early=True, early_reason="冰已融化", disposal_way="sold", valued_on=None)
    text = words(fill("disposal_record", early))
    assert "冰已融化" in text
    assert "估价" not in text


@pytest.mark.parametrize(
    ("on", "article", "period"),
    [("2018-09-20", "《中华人民共和国行政处罚法》第三十七条", "七日"),
     ("2023-05-16", "《中华人民共和国行政处罚法》第五十六条", "七个工作日")],
)  # fmt: skip
def test_a_registration_cites_the_law_and_the_period_of_its_day(
    fill: Fill, on: str, article: str, period: str
) -> None:
    text = words(fill("registration_notice", registered(), on))
    assert article in text
    assert f"起{period}" in text
    assert article in words(fill("measure_approval_form", registered(), on))


def test_the_approval_form_of_a_registration_is_none_of_a_measure(fill: Fill) -> None:
    assert "先行登记保存审批表" in words(fill("measure_approval_form", registered()))
    text = words(fill("measure_approval_form", measured()))
    assert "扣押审批表" in text
    assert "先行登记保存" not in text


def test_a_ground_in_the_officers_own_words_is_printed_as_it_stands(fill: Fill) -> None:
    assert "依据本市有关规定和" in words(fill("measure_decision", measured(basis="本市有关规定")))


def test_a_decision_that_confiscates_things_names_each_of_them(fill: Fill) -> None:
    file = confiscated()
    file["decision"] = {**file["decision"], "confiscated": [TRUCK]}
    text = words(fill("penalty_decision", file))
    assert "没收的物品如下" in text
    assert TRUCK["name"] in text
    assert "没收的物品如下" not in words(fill("penalty_decision", confiscated()))
