"""Filling a form: what stands in it, under which law, what is missing, and how faults are told."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from xiuhua.cases.documents import FormError, Header, MarkupError, Paper, Shelf, load, paper
from xiuhua.cases.tests.documents.conftest import WriteForm
from xiuhua.cases.tests.documents.people import AUTHORITY, header
from xiuhua.cases.tests.documents.samples import fume, merged, muck, vending

Fill = Callable[..., Paper]


@pytest.fixture
def fill(shelf: Shelf) -> Fill:
    def filled(kind: str, file: dict[str, Any], on: str, **choice: Any) -> Paper:
        return paper(shelf, kind, file, choice.pop("header", header("示例001", on)), on=on, **choice)

    return filled


def blanks(filled: Paper) -> list[str]:
    return [blank.field for blank in filled.blanks]


# What a decision must contain: PPL21 §59 (PPL17 §39 with the same list).


@pytest.mark.parametrize(
    ("file", "on"), [(muck(), "2018-09-26"), (fume(), "2023-05-18"), (fume(), "2024-05-18")]
)
def test_a_penalty_decision_has_every_item_that_the_law_asks_for(
    fill: Fill, file: dict[str, Any], on: str
) -> None:
    filled = fill("penalty_decision", file, on, header=header(file["decision"]["number"], on))
    text = filled.text()
    assert not filled.blanks
    assert f"当事人：{file['party']['name']}" in text
    assert f"住所：{file['party']['address']}" in text
    assert file["violation"]["facts"] in text
    assert "以上事实有下列证据证明" in text
    assert "现场照片4张、录像1段（视听资料" in text
    assert re.search(
        r"依据《[^》]+》第[^条]+条.*的规定，决定对你单位作出如下行政处罚：罚款人民币[^（]+整（¥", text
    )
    assert "应当自收到本决定书之日起15日内，持本决定书将罚款缴至示例银行" in text
    assert "每日按罚款数额的3%加处罚款" in text
    assert "之日起60日内，向上海市浦东新区人民政府" in text
    assert "之日起六个月内，直接向上海市示例区人民法院提起行政诉讼" in text
    assert text.rindex(AUTHORITY) < text.rindex(f"{on[:4]}年{int(on[5:7])}月{int(on[8:])}日")
    assert filled.form.sealed


def test_the_law_of_the_day_decides_who_hears_the_reconsideration(fill: Fill) -> None:
    city = "上海市城市管理行政执法局申请行政复议"
    plain = merged(muck(), {"decision": {"reconsideration_bodies": None}})
    assert f"上海市浦东新区人民政府或者{city}" in fill("penalty_decision", plain, "2023-12-31").text()
    after = fill("penalty_decision", plain, "2024-01-01").text()
    assert city not in after
    assert "向上海市浦东新区人民政府申请行政复议" in after


def test_a_town_decision_goes_to_the_district_government_in_every_year(fill: Fill) -> None:
    town = merged(
        muck(), {"case": {"authority_kind": "town_government"}, "decision": {"reconsideration_bodies": None}}
    )
    assert "向上海市浦东新区人民政府申请行政复议" in fill("penalty_decision", town, "2018-09-26").text()


def test_since_2024_a_penalty_on_the_spot_goes_to_reconsideration_first(fill: Fill) -> None:
    before = fill("on_spot_decision", vending("2023", 200), "2023-05-16").text()
    after = fill("on_spot_decision", vending("2024", 200), "2024-05-16").text()
    assert "直接向上海市示例区人民法院提起行政诉讼" in before
    assert "应当自收到本决定书之日起60日内，先向上海市浦东新区人民政府申请行政复议" in after
    assert "自收到行政复议决定书之日起15日内" in after
    assert "直接向" not in after
    assert "第五十一条、第五十二条" in after
    assert "第三十三条、第三十四条" in fill("on_spot_decision", vending(), "2018-05-16").text()


def test_the_header_may_name_another_body_than_the_table(fill: Fill) -> None:
    bare = Header(AUTHORITY, "2180200001", "2018-09-26")
    text = fill("penalty_decision", muck(), "2018-09-26", header=bare).text()
    assert "向上海市浦东新区人民政府或者上海市城市管理行政执法局申请行政复议" in text
    assert "向有管辖权的人民法院提起行政诉讼" in text
    other = replace(bare, bodies={"district_government": "示例区人民政府"})
    assert "向示例区人民政府或者" in fill("penalty_decision", muck(), "2018-09-26", header=other).text()


def test_where_no_table_names_a_body_its_general_word_stands(write_form: WriteForm) -> None:
    folder = write_form("# 题\n\n向{{ decision.reconsideration_bodies|bodies }}申请。")
    (folder / "documents" / "bodies.csv").write_text("code,name_zh,valid_from,valid_to\n", encoding="utf-8")
    filled = paper(load(folder), "prior_notice", muck(), Header(AUTHORITY), on="2018-05-16")
    assert "向区人民政府或者市主管部门申请。" in filled.text()


def test_a_code_said_by_two_steps_is_printed_once(fill: Fill) -> None:
    twice = {
        "decision": {
            "kinds": ["warning", "fine", "warning"],
            "reconsideration_bodies": ["district_government"] * 2,
        }
    }
    text = fill("penalty_decision", merged(muck(), twice), "2018-09-26").text()
    assert "如下行政处罚：警告；罚款人民币伍仟元整（¥5,000.00）。" in text
    assert "向上海市浦东新区人民政府申请行政复议" in text


def test_an_individual_business_stands_under_its_trade_name_with_its_operator(fill: Fill) -> None:
    shop = {
        "kind": "individual_business",
        "name": "示例小吃店",
        "operator_name": "赵示例",
        "id_no": "310115198506010000",
    }
    file = merged(muck(), {"party": shop, "notice": {"party_name": "示例小吃店"}})
    letter, form = (
        fill("penalty_decision", file, "2018-09-26").text(),
        fill("filing_form", file, "2018-09-07").text(),
    )
    assert "当事人：示例小吃店" in letter
    assert "经营者：赵示例" in letter
    assert "决定对你单位作出" in letter
    assert "当事人\n（字号）\n示例小吃店\n经营者\n赵示例" in form


@pytest.mark.parametrize(
    ("on", "period", "name"), [("2018-09-20", "三日", "一般程序"), ("2023-05-08", "五个工作日", "普通程序")]
)
def test_the_hearing_is_asked_for_within_the_period_of_the_day(
    fill: Fill, on: str, period: str, name: str
) -> None:
    assert (
        f"之日起{period}内，以书面或者口头形式向本机关提出" in fill("hearing_right_notice", fume(), on).text()
    )
    assert f"适用{name}办理" in fill("investigation_report", fume(), on).text()


def test_a_prior_notice_offers_the_hearing_only_where_it_is_due(fill: Fill) -> None:
    with_hearing, without = (
        fill("prior_notice", fume(), "2023-05-06"),
        fill("prior_notice", muck(), "2018-09-20"),
    )
    assert "要求举行听证的权利" in with_hearing.text()
    assert "听证" not in without.text()
    assert "拟对你单位作出如下行政处罚：罚款人民币伍仟元整（¥5,000.00）" in without.text()
    assert "不会因你单位陈述、申辩而给予更重的处罚" in without.text()


def test_several_kinds_of_penalty_stand_side_by_side(fill: Fill) -> None:
    file = merged(fume(), {"decision": {"kinds": ["warning", "fine", "confiscate_goods"]}})
    text = fill("penalty_decision", file, "2023-05-18").text()
    assert "警告；罚款人民币肆万伍仟元整（¥45,000.00）；没收非法财物。" in text


def test_a_warning_alone_tells_of_no_payment(fill: Fill) -> None:
    text = fill("penalty_decision", merged(muck(), {"decision": {"kinds": ["warning"]}}), "2018-09-26").text()
    assert "作出如下行政处罚：警告。" in text
    assert "罚款缴至" not in text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"defence": {"received_on": None, "waived_in_writing": True}}, "书面声明放弃陈述、申辩"),
        ({"defence": {"received_on": None}}, "在规定期限内未提出陈述、申辩"),
        ({"defence": {"adopted": True}}, "本机关予以采纳或者部分采纳"),
        ({"hearing": {"told_on": "2018-09-20"}}, "在规定期限内未要求听证"),
        ({"hearing": {"held_on": "2018-10-15"}}, "于2018年10月15日依法举行听证，并根据听证笔录作出本决定"),
        (
            {"decision": {"tier": "mitigated", "mitigation_reason": "主动消除后果"}},
            "减轻处罚的依据为《中华人民共和国行政处罚法》第二十七条，理由：主动消除后果",
        ),
    ],
)
def test_a_decision_tells_what_happened_before_it(fill: Fill, change: dict[str, Any], said: str) -> None:
    assert said in fill("penalty_decision", merged(muck(), change), "2018-09-26").text()


def test_a_decision_without_penalty_educates_or_says_that_nothing_was_proved(fill: Fill) -> None:
    slight = fill("no_penalty_decision", fume(), "2023-05-18").text()
    assert "初次违法且危害后果轻微并及时改正" in slight
    assert "第三十三条、第五十七条的规定，本机关决定对你单位不予行政处罚" in slight
    assert "进行教育：讲解大气污染防治规定" in slight
    unproved = fill(
        "no_penalty_decision", merged(fume(), {"no_penalty": {"ground": "not_proved"}}), "2023-05-18"
    ).text()
    assert "现有证据不能证明" in unproved
    assert "教育" not in unproved


def test_the_register_of_receipts_is_no_receipt(fill: Fill) -> None:
    text = fill("fine_receipt", fume(), "2023-08-30", subject=1).text()
    assert "示例票1002" in text
    assert "45,000.00元" in text
    assert "不是票据，不作缴款凭证" in text


def test_cash_needs_its_ground_in_the_register(fill: Fill) -> None:
    cash = {
        "payment": {
            "method": "cash",
            "cash_ground": "hard_to_enforce_later",
            "officer_handed_in_on": "2018-05-17",
        }
    }
    filled = fill("fine_receipt", merged(vending(), cash), "2018-05-18")
    assert "不当场收缴事后难以执行" in filled.text()
    assert blanks(filled) == ["payment.agency_deposited_on"]


@pytest.mark.parametrize(
    ("method", "said"),
    [
        ("post", "邮件号码"),
        ("electronic", "确认书\n签订日期"),
        ("announcement", "公告原因"),
        ("left", "拒收事由"),
    ],
)
def test_a_service_receipt_asks_what_its_method_needs(fill: Fill, method: str, said: str) -> None:
    service = {"document": "prior_notice", "method": method, "on": "2018-09-20"}
    assert said in fill("service_receipt", merged(muck(), {"services": [service]}), "2018-09-20").text()


NOTICES = [
    {"kind": "prior_notice", "issued_on": "2018-09-10", "number": "示例告1号"},
    {"kind": "prior_notice", "issued_on": "2018-09-19", "number": "示例告2号"},
    {"kind": "prior_notice", "issued_on": "2018-09-25", "number": "示例告3号"},
    {"kind": "correction_order", "issued_on": "2018-09-19", "number": "示例改1号"},
]


@pytest.mark.parametrize(
    ("service", "documents", "said"),
    [
        ({}, NOTICES, "示例告2号"),
        ({"on": "2018-09-10"}, NOTICES, "示例告1号"),
        ({"document_number": "示例告9号"}, NOTICES, "示例告9号"),
        ({"document": "correction_order"}, NOTICES, "示例改1号"),
        ({}, [], ""),
        ({"document": "penalty_decision"}, [{"kind": "penalty_decision", "issued_on": "2018-09-01"}], ""),
    ],
)
def test_a_service_receipt_names_the_paper_that_was_there_on_the_day(
    fill: Fill, service: dict[str, str], documents: list[dict[str, str]], said: str
) -> None:
    row = {"document": "prior_notice", "method": "direct", "on": "2018-09-20", **service}
    told = merged(muck(), {"services": [row], "documents": documents})
    text = fill("service_receipt", told, "2018-09-20").text()
    numbers = ["示例告1号", "示例告2号", "示例告3号", "示例改1号", "示例告9号"]
    assert [n for n in numbers if n in text] == ([said] if said else [])


@pytest.mark.parametrize(
    ("row", "day"),
    [
        ({"on": "2018-09-21"}, "2018年9月21日"),
        ({"on": "2018-09-21", "post_receipt_on": "2018-09-24"}, "2018年9月24日"),
        ({"on": "2018-09-21", "effective_on": "2018-11-20"}, "2018年11月20日"),
    ],
)
def test_the_report_on_closing_names_the_day_on_which_the_service_took_effect(
    fill: Fill, row: dict[str, str], day: str
) -> None:
    service = {"document": "penalty_decision", "method": "direct", **row}
    told = merged(muck(), {"decision": {"delivered_on": None}, "services": [service]})
    assert day in fill("case_closing_report", told, "2018-12-30").text()


@pytest.mark.parametrize(
    ("on", "said"), [("2018-09-28", "应当及时撤回公示信息"), ("2023-09-28", "应当在三个工作日内")]
)
def test_no_period_is_told_where_the_law_of_the_day_has_none(fill: Fill, on: str, said: str) -> None:
    assert said in fill("publicity_record", muck(), on).text()


def test_the_archive_index_is_in_the_order_of_the_archive(fill: Fill) -> None:
    filled = fill("archive_index", muck(), "2018-10-30")
    names = ("案源登记表", "立案审批表", "现场检查笔录", "行政处罚事先告知书", "行政处罚决定书")
    listed = filled.text().split("卷内目录")[1]
    assert [listed.index(name) for name in names] == sorted(listed.index(name) for name in names)
    assert not filled.blanks


# What is not known.


def test_unknown_facts_leave_a_blank_and_are_listed_with_their_names(fill: Fill) -> None:
    filled = fill(
        "correction_order", merged(muck(), {"correction": None, "cause": {"violates": None}}), "2018-09-04"
    )
    assert [(blank.field, blank.label_zh) for blank in filled.blanks] == [
        ("cause.violates", "违反条款"),
        ("correction.requirement", "改正要求"),
    ]
    assert "违反了《____》第____条的规定" in filled.text()
    assert "责令你单位立即改正" in filled.text()


def test_a_blank_form_of_every_kind_can_be_printed(shelf: Shelf, fill: Fill) -> None:
    for kind in shelf.formed_kinds():
        filled = fill(kind, {}, "2023-05-18", header=Header(AUTHORITY))
        assert filled.blanks, kind
        assert "____" in filled.text(), kind
        assert all(blank.label_zh for blank in filled.blanks), kind


def test_dates_and_times_leave_room_for_their_parts(fill: Fill) -> None:
    text = fill("service_receipt", {"services": []}, "2018-09-20").text()
    assert "____年__月__日" in text
    assert "____年__月__日__时__分" in fill("interview_notice", {}, "2018-09-20").text()


def test_names_come_from_the_case_and_the_header_and_are_never_guessed(fill: Fill) -> None:
    file = merged(muck(), {"adjudication": {"reviewer_id": "nobody"}})
    assert "adjudication.reviewer_id" in blanks(fill("adjudication_opinion", file, "2018-09-18"))
    assert "审理人：示例审理人　2018年9月18日" in fill("adjudication_opinion", muck(), "2018-09-18").text()
    one = merged(muck(), {"correction": {"recheck_officer_ids": ["D"]}})
    assert "示例丁（执法证号：示例0004）" in fill("recheck_record", one, "2018-09-11").text()
    uncertified = merged(
        one, {"correction": {"recheck_officer_ids": ["E"]}, "officers": [{"id": "E", "name": "示例戊"}]}
    )
    assert "示例戊" in fill("recheck_record", uncertified, "2018-09-11").text()


# Which member of a list a document is about.


def test_a_document_takes_the_member_that_is_asked_for_else_the_last(fill: Fill) -> None:
    assert "直接送达" in fill("service_receipt", muck(), "2018-09-20", subject="S1").text()
    assert "直接送达" in fill("service_receipt", muck(), "2018-09-20", subject=0).text()
    last = fill("service_receipt", muck(), "2018-09-28")
    assert "留置送达" in last.text()
    assert "services[1].method" in last.shown


@pytest.mark.parametrize("subject", ["S9", 9])
def test_it_refuses_a_member_that_is_not_there(fill: Fill, subject: str | int) -> None:
    with pytest.raises(FormError, match=r"service_receipt\.txt: services has no member"):
        fill("service_receipt", muck(), "2018-09-20", subject=subject)


# Who reads it.


def test_the_public_sees_no_numbers_and_no_house_of_a_citizen(fill: Fill) -> None:
    private = fill("penalty_decision", vending(), "2018-05-16").text()
    public = fill("penalty_decision", vending(), "2018-05-16", audience="public").text()
    assert "310115198003020000" in private
    assert "310*************00" in public
    assert "310115198003020000" not in public
    assert "住址：浦东新区示例路***" in public


def test_an_officers_internal_papers_show_the_whole_number(fill: Fill) -> None:
    assert "13800000000" in fill("filing_form", vending(), "2018-05-16").text()
    assert "13800000000" not in fill("filing_form", vending(), "2018-05-16", audience="public").text()


# What people type.


def test_typed_markup_and_template_code_are_only_words(fill: Fill) -> None:
    typed = "# 假标题\n| 甲 | 乙\n{{ party.name }}{% include '_who.txt' %} == --"
    filled = fill("correction_order", merged(muck(), {"correction": {"requirement": typed}}), "2018-09-04")
    assert "# 假标题" in filled.text()
    assert "{{ party.name }}{% include '_who.txt' %} == --" in filled.text()
    assert len([block for block in filled.blocks if type(block).__name__ == "Title"]) == 1


# Faults.


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"notice": {"planned_fine": "很多"}}, r"_phrases\.txt:\d+: notice\.planned_fine: not an amount"),
        ({"violation": {"occurred_on": "昨天"}}, r"_phrases\.txt:\d+: violation\.occurred_on: "),
        (
            {"notice": {"planned_kinds": ["love"]}},
            r"_phrases\.txt:\d+: notice\.planned_kinds\[0\]: no label for the code 'love'",
        ),
        (
            {"cause": {"violates": "XYZ §1"}},
            r"prior_notice\.txt:\d+: cause\.violates: no act is known as 'XYZ'",
        ),
        (
            {"notice": {"defence_days": "三"}},
            r"prior_notice\.txt:\d+: notice\.defence_days: '三' is no period",
        ),
        ({"violation": {"facts": {"a": 1}}}, r"prior_notice\.txt:\d+: violation\.facts cannot be printed"),
        ({"evidence": "照片"}, r"prior_notice\.txt:\d+: evidence is no list"),
    ],
)
def test_a_value_that_cannot_be_written_names_form_line_and_field(
    fill: Fill, change: dict[str, Any], told: str
) -> None:
    with pytest.raises(FormError, match="^" + told):
        fill("prior_notice", merged(muck(), change), "2018-09-20")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("# 题\n\n{{ party.nmae }}", r"^prior_notice\.txt:16: no field is called party\.nmae"),
        ("# 题\n\n{{ prty.name }}", r"^prior_notice\.txt:16: 'prty' is undefined"),
        ("# 题\n{% if party.name %}\n甲", r"^prior_notice\.txt:\d+: Unexpected end of template"),
        ("# 题\n{{ party.name|nofilter }}", r"^prior_notice\.txt:15: No filter named 'nofilter'"),
        ("# 题\n{{ party.name|code('nolist') }}", r"^prior_notice\.txt:15: 'nolist'"),
        ('{% include "_nothing.txt" %}', r"^prior_notice\.txt:14: _nothing\.txt"),
        ("{{ party.__class__ }}", r"^prior_notice\.txt:14: .*__class__"),
        ("{{ ''.__class__.__mro__ }}", r"^prior_notice\.txt:14: .*unsafe"),
    ],
)
def test_a_fault_in_a_form_names_its_line(write_form: WriteForm, body: str, told: str) -> None:
    with pytest.raises(FormError, match=told):
        paper(load(write_form(body)), "prior_notice", {}, Header(AUTHORITY), on="2018-05-16")


def test_a_fault_of_the_markup_names_the_line_of_the_form_also_behind_loops_and_parts(
    write_form: WriteForm,
) -> None:
    folder = write_form(
        '# 题\n{% for one in services %}\n甲{{ one.on }}\n{% endfor %}\n{% include "_part.txt" %}'
    )
    (folder / "documents" / "_part.txt").write_text("乙\n\n| 丙\n", encoding="utf-8")
    file = {"services": [{"on": "a"}, {"on": "b"}]}
    with pytest.raises(MarkupError, match=r"^_part\.txt:3: a row has"):
        paper(load(folder), "prior_notice", file, Header(AUTHORITY), on="2018-05-16")


def test_the_shown_facts_are_known_by_field(fill: Fill) -> None:
    filled = fill("prior_notice", muck(), "2018-09-20")
    assert {"notice.planned_fine", "notice.party_name", "header.number", "law.notice_article"} <= set(
        filled.shown
    )
    assert filled.title == "行政处罚事先告知书"


def test_a_number_taken_later_only_changes_the_header(fill: Fill) -> None:
    draft = fill("prior_notice", muck(), "2018-09-20", header=replace(header(), issued_on=""))
    assert blanks(draft) == ["header.number"]
    assert "2018年9月20日" in draft.text()


def test_a_form_is_read_from_the_folder_that_is_passed_in(write_form: WriteForm) -> None:
    folder: Path = write_form("# 自定书\n\n当事人{{ party.name }}。")
    filled = paper(
        load(folder), "prior_notice", {"party": {"name": "示例"}}, Header(AUTHORITY), on="2018-05-16"
    )
    assert filled.text() == "自定书\n当事人示例。"
