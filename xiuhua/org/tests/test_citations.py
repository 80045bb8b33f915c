"""Grounds in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.org.rules import Title, cite, grounds
from xiuhua.org.rules.citations import article_zh, count_zh

TITLES = {
    "PPL21": Title("中华人民共和国行政处罚法", "Administrative Penalty Law"),
    "SHUM": Title("上海市城市管理行政执法条例", "Urban Management Enforcement Regulation"),
    "DRC424": Title("发改办财金〔2018〕424号", "Notice 424"),
}


@pytest.mark.parametrize(
    ("ground", "zh", "en"),
    [
        ("PPL21 §62", "《中华人民共和国行政处罚法》第六十二条", "Administrative Penalty Law, art. 62"),
        (
            "PPL21 §62; SHUM §16",
            "《中华人民共和国行政处罚法》第六十二条；《上海市城市管理行政执法条例》第十六条",
            "Administrative Penalty Law, art. 62; Urban Management Enforcement Regulation, art. 16",
        ),
        (
            "PPL21 §71, §85",
            "《中华人民共和国行政处罚法》第七十一条、第八十五条",
            "Administrative Penalty Law, art. 71, 85",
        ),
        ("PPL21 §37*", "《中华人民共和国行政处罚法》第三十七条", "Administrative Penalty Law, art. 37"),
        ("DRC424", "发改办财金〔2018〕424号", "Notice 424"),
        ("XX §3", "XX §3", "XX §3"),
        ("plan P03", "plan P03", "plan P03"),
        ("", "", ""),
    ],
)
def test_a_ground_is_read_out_in_both_languages(ground: str, zh: str, en: str) -> None:
    assert cite(ground, TITLES) == zh
    assert cite(ground, TITLES, english=True) == en


@pytest.mark.parametrize(
    ("article", "words"),
    [
        ("25(2)", "第二十五条第二款"),
        ("28(iv)", "第二十八条第（四）项"),
        ("56(iii-v)", "第五十六条第（三）项至第（五）项"),
        ("2(2)(i)", "第二条第二款第（一）项"),
        ("10", "第十条"),
        ("118(1)", "第一百一十八条第一款"),
        ("42-46", "第四十二条至第四十六条"),
        ("33*", "第三十三条"),
        (" 14(xii) ", "第十四条第（十二）项"),
        ("103", "第一百零三条"),
        ("1260", "第一千二百六十条"),
    ],
)
def test_articles_paragraphs_and_items_are_told_apart(article: str, words: str) -> None:
    assert article_zh(article) == words


@pytest.mark.parametrize(
    "article", ["", "六十二", "62(a)", "62(1", "(1)", "62(1)x", "12345", "7(x-y)", "第三章"]
)
def test_an_article_that_cannot_be_read_is_refused_and_shown_as_it_stands(article: str) -> None:
    with pytest.raises(ValueError, match=r"cannot read"):
        article_zh(article)
    if article:
        assert cite(f"PPL21 §{article}", TITLES) == f"《中华人民共和国行政处罚法》§{article}"


def test_grounds_are_taken_apart() -> None:
    assert list(grounds("URP §40, §64；SHUM §4")) == [("URP", ("40", "64")), ("SHUM", ("4",))]


_VALUES = {"零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_SIZES = {"十": 10, "百": 100, "千": 1000}


def _read(text: str) -> int:
    """Chinese figures back to a number."""
    total, digit = 0, None
    for sign in text:
        if sign in _VALUES:
            digit = _VALUES[sign]
        else:
            total += (1 if digit is None else digit) * _SIZES[sign]
            digit = None
    return total + (digit or 0)


@given(st.integers(1, 9999))
def test_chinese_figures_say_the_number(n: int) -> None:
    said = count_zh(n)
    assert _read(said) == n
    assert "零零" not in said
    assert not said.endswith("零")
