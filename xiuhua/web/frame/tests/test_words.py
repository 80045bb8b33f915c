"""Numbers, days, money and citations as people read them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from xiuhua.kernel.clock import SHANGHAI, held_at
from xiuhua.org.rules import Title
from xiuhua.web.frame import citing, formats

ACTS = {
    "PPL21": citing.brief(Title("中华人民共和国行政处罚法", "Administrative Penalty Law")),
    "SHCA": Title("上海市市容环境卫生管理条例", "Shanghai Regulations on City Appearance"),
}


def test_days_and_money_read_as_here_and_as_in_english() -> None:
    day, sum_ = date(2018, 5, 3), Decimal("1234.5")
    assert (formats.day(day), formats.yuan(sum_)) == ("2018年5月3日", "1,234.50元")
    with translation.override("en"):
        assert (formats.day(day), formats.yuan(sum_)) == ("3 May 2018", "¥1,234.50")


def test_a_moment_is_told_from_today() -> None:
    now = datetime(2026, 5, 18, 9, 0, tzinfo=SHANGHAI)
    with held_at(now):
        assert formats.moment(now.replace(hour=8, minute=5)) == "今天 08:05"
        assert formats.moment(now.replace(day=17, hour=16)) == "昨天 16:00"
        assert formats.moment(now.replace(day=3)) == "5月3日 09:00"
        assert formats.moment(now.replace(year=2018)) == "2018年5月18日 09:00"
        with translation.override("en"):
            assert formats.moment(now) == "today 09:00"


def test_what_is_missing_is_a_dash() -> None:
    assert {formats.day(None), formats.moment(None), formats.yuan(None), formats.number(None)} == {"—"}


@pytest.mark.parametrize(
    ("ground", "said"),
    [
        ("PPL21 §62", "行政处罚法第六十二条"),
        ("PPL21 §44; SHCA §25(2)", "行政处罚法第四十四条；上海市市容环境卫生管理条例第二十五条第二款"),
        ("SHCA", "上海市市容环境卫生管理条例"),
        ("XYZ §3", "XYZ §3"),
        ("", ""),
    ],
)
def test_a_citation_on_a_page_is_short_and_never_lost(ground: str, said: str) -> None:
    assert citing.cite(ground, ACTS, english=False) == said


def test_a_citation_in_english_names_the_act_and_the_article() -> None:
    assert citing.cite("PPL21 §62", ACTS, english=True) == "Administrative Penalty Law, art. 62"
