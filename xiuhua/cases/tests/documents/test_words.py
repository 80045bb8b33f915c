"""Dates, times, money, periods and numbers as they are written in a document."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.cases.documents import money, words

fen = st.integers(0, 99_999_999_999)
FIGURES = "零壹贰叁肆伍陆柒捌玖"
PLACES = {"拾": 10, "佰": 100, "仟": 1000}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "人民币零元整"),
        (5000, "人民币伍仟元整"),
        (50, "人民币伍拾元整"),
        (10, "人民币壹拾元整"),
        (45000, "人民币肆万伍仟元整"),
        ("0.05", "人民币伍分"),
        ("0.50", "人民币伍角整"),
        (1409.5, "人民币壹仟肆佰零玖元伍角整"),
        (6007.14, "人民币陆仟零柒元壹角肆分"),
        (1680.32, "人民币壹仟陆佰捌拾元叁角贰分"),
        (16409.02, "人民币壹万陆仟肆佰零玖元零贰分"),
        (325.04, "人民币叁佰贰拾伍元零肆分"),
        (107000.53, "人民币壹拾万柒仟元伍角叁分"),
        (100005, "人民币壹拾万零伍元整"),
        (100000000, "人民币壹亿元整"),
        (100005000, "人民币壹亿零伍仟元整"),
        (100050000, "人民币壹亿零伍万元整"),
        (Decimal("999999999.99"), "人民币玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_money_in_capitals_follows_the_rules_of_bills(
    value: int | float | str | Decimal, written: str
) -> None:
    assert money.capitals(value) == written


@given(fen)
def test_capitals_read_back_give_the_same_amount(amount: int) -> None:
    assert read_capitals(money.capitals(Decimal(amount) / 100)) == amount


@given(fen)
def test_capitals_agree_with_a_slow_counter_that_names_every_place(amount: int) -> None:
    assert money.capitals(Decimal(amount) / 100) == slow_capitals(amount)


@given(fen)
def test_capitals_never_write_two_noughts_or_a_nought_before_a_unit(amount: int) -> None:
    written = money.capitals(Decimal(amount) / 100)
    assert "零零" not in written
    assert not re.search("零[万亿角分拾佰仟]|零整", written)
    assert written.endswith("分") or written.endswith(("元整", "角整"))


def read_capitals(written: str) -> int:
    """The amount in fen, read from left to right like a clerk."""
    total = section = figure = 0
    for character in written.removeprefix("人民币").removesuffix("整"):
        if character in FIGURES:
            figure = FIGURES.index(character)
        elif character in PLACES:
            section, figure = section + figure * PLACES[character], 0
        elif character in "万亿":
            total, section, figure = total + (section + figure) * {"万": 10**4, "亿": 10**8}[character], 0, 0
        elif character == "元":
            total, section, figure = (total + section + figure) * 100, 0, 0
        else:
            total, figure = total + figure * {"角": 10, "分": 1}[character], 0
    return total


def slow_capitals(amount: int) -> str:
    """Every place is named, noughts and all; then the noughts are rubbed out one by one."""
    whole, jiao, last = amount // 100, amount // 10 % 10, amount % 10
    named = ""
    units = ("", "拾", "佰", "仟", "万", "拾", "佰", "仟", "亿")
    for place in range(8, -1, -1):
        figure = whole // 10**place % 10
        named += FIGURES[figure] + (units[place] if figure or place in (4, 8) else "")
    while "零零" in named or "零万" in named or "零亿" in named:
        named = (
            named.replace("零万", "万零").replace("零亿", "亿零").replace("零零", "零").replace("亿万", "亿")
        )
    named = re.sub("^[零万亿]+", "", named).rstrip("零")
    named = re.sub("万零([^万]仟)", r"万\1", named)
    written = named + "元" if named or not amount else ""
    if not amount:
        written = "零元"
    if jiao:
        written += FIGURES[jiao] + "角"
    elif last and whole:
        written += "零"
    return "人民币" + written + (FIGURES[last] + "分" if last else "整")


@pytest.mark.parametrize("value", [-1, "-0.01", "1000000000", "0.001", 1.005, "五元", "", "NaN", "Infinity"])
def test_it_refuses_what_is_no_amount_in_fen(value: float | str) -> None:
    with pytest.raises(ValueError, match="amount"):
        money.amount(value)


def test_money_is_written_in_figures_and_in_both() -> None:
    assert money.yuan(1234.5) == "1,234.50元"
    assert money.yuan(5000) == "5,000.00元"
    assert money.rmb(8000) == "人民币捌仟元整（¥8,000.00）"


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "零"),
        (1, "一"),
        (10, "十"),
        (15, "十五"),
        (20, "二十"),
        (25, "二十五"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (118, "一百一十八"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (9999, "九千九百九十九"),
    ],
)
def test_articles_are_counted_in_characters(number: int, written: str) -> None:
    assert words.number_zh(number) == written


@given(st.integers(0, 9999))
def test_numbers_in_characters_read_back(number: int) -> None:
    written = words.number_zh(number)
    total = figure = 0
    for character in "一" + written if written.startswith("十") else written:
        if character in "千百十":
            total, figure = total + figure * {"千": 1000, "百": 100, "十": 10}[character], 0
        else:
            figure = "零一二三四五六七八九".index(character)
    assert total + figure == number


@pytest.mark.parametrize("number", [-1, 10000])
def test_it_refuses_numbers_that_no_article_has(number: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        words.number_zh(number)


def test_dates_and_times_are_written_as_people_write_them() -> None:
    assert words.date_zh("2018-05-03") == "2018年5月3日"
    assert words.clock_zh("10:15") == "10时15分"
    assert words.clock_zh("09:05") == "9时05分"
    assert words.moment_zh("2018-05-16T09:10") == "2018年5月16日9时10分"
    assert words.moment_zh("2018-05-16T09:10:59") == "2018年5月16日9时10分"


def test_two_moments_of_one_day_say_the_day_once() -> None:
    assert words.between_zh("2018-09-05T10:00", "2018-09-05T10:50") == "2018年9月5日10时00分至10时50分"
    assert (
        words.between_zh("2018-09-05T23:50", "2018-09-06T00:10")
        == "2018年9月5日23时50分至2018年9月6日0时10分"
    )


@pytest.mark.parametrize("day", ["2018-02-30", "2018/05/03", "", "五月三日"])
def test_it_refuses_a_day_that_no_calendar_has(day: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        words.date_zh(day)


@pytest.mark.parametrize(
    ("length", "unit", "written"),
    [
        (3, "calendar_day", "三日"),
        (5, "working_day", "五个工作日"),
        (10, "working_day", "十个工作日"),
        (15, "calendar_day", "15日"),
        (60, "calendar_day", "60日"),
        (6, "month", "六个月"),
        (2, "hour", "二小时"),
        (2, "year", "二年"),
    ],
)
def test_periods_name_their_unit(length: int, unit: str, written: str) -> None:
    assert words.period_zh(length, unit) == written


def test_it_refuses_a_unit_that_it_does_not_know() -> None:
    with pytest.raises(ValueError, match="fortnight"):
        words.period_zh(1, "fortnight")


def test_the_public_sees_no_whole_number() -> None:
    assert words.masked_id("310115198003020000") == "310*************00"
    assert words.masked_id("12345") == "*****"
    assert words.masked_phone("13800000012") == "*********12"
    assert words.masked_phone("1") == "1"
    assert words.masked_address("浦东新区示例路1号2室") == "浦东新区示例路***"
    assert words.masked_address("浦东新区示例村") == "浦东新区示例村"


@given(st.text("0123456789X", min_size=6, max_size=18))
def test_a_masked_number_keeps_its_length_and_five_characters(number: str) -> None:
    masked = words.masked_id(number)
    assert len(masked) == len(number)
    assert len(masked.replace("*", "")) == 5


def test_a_hash_is_written_in_groups() -> None:
    assert words.hash_groups("ab" * 32) == " ".join(["ab" * 8] * 4)
