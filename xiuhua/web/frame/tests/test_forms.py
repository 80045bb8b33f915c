"""Forms: what is typed becomes values or faults, and is never lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation

from xiuhua.kernel.authz import Invalid
from xiuhua.kernel.clock import SHANGHAI
from xiuhua.web.frame.forms.facts import field_of, fragment
from xiuhua.web.frame.forms.fields import Field, Kind, read
from xiuhua.web.frame.forms.form import Form

NOW = datetime(2026, 5, 18, 9, 26, tzinfo=SHANGHAI)
CHOICES = (("fine", "罚款"), ("warning", "警告"))


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Kind.TEXT, " 锦绣路 ", "锦绣路"),
        (Kind.DAY, "0503", date(2026, 5, 3)),
        (Kind.MOMENT, "0503 1430", datetime(2026, 5, 3, 14, 30, tzinfo=SHANGHAI)),
        (Kind.NUMBER, "1,200", 1200),
        (Kind.MONEY, "8,000元", Decimal(8000)),
        (Kind.MONEY, "¥50.5", Decimal("50.5")),
        (Kind.DECIMAL, "3.82", Decimal("3.82")),
        (Kind.YESNO, "yes", True),
        (Kind.YESNO, "no", False),
        (Kind.PHONE, "021-0000 0000", "02100000000"),
        (Kind.PLATE, "沪a·t0000", "沪AT0000"),
        (Kind.CHIPS, "fine", "fine"),
        (Kind.LINES, "甲\n\n 乙 ", ["甲", "乙"]),
        (Kind.FLAG, "1", True),
    ],
)
def test_a_field_reads_what_people_type(kind: Kind, text: str, value: Any) -> None:
    assert read(Field("x", "x", kind, choices=CHOICES), [text], NOW) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.DAY, "0230"),
        (Kind.MOMENT, "早上"),
        (Kind.NUMBER, "十"),
        (Kind.NUMBER, "1.5"),
        (Kind.MONEY, "八千"),
        (Kind.MONEY, "1.234"),
        (Kind.MONEY, "-5"),
        (Kind.MONEY, "NaN"),
        (Kind.DECIMAL, "Infinity"),
        (Kind.PHONE, "021-0000-000"),
        (Kind.CHIPS, "prison"),
        (Kind.MANY, "prison"),
    ],
)
def test_a_field_refuses_what_it_cannot_be_in_both_languages(kind: Kind, text: str) -> None:
    fld = Field("x", "x", kind, choices=CHOICES)
    with pytest.raises(ValueError, match=r"[一-龥]"):
        read(fld, [text], NOW)
    with translation.override("en"), pytest.raises(ValueError, match=r"^[\x00-\x7f“”’–]+[^一-龥]*$"):
        read(fld, [text], NOW)


def test_nothing_typed_is_nothing_said() -> None:
    assert read(Field("x", "x", Kind.DAY), [" "], NOW) is None
    assert read(Field("x", "x", Kind.YESNO), [], NOW) is None


def _form(data: str) -> Form:
    fields = [
        Field("name", "姓名", required=True),
        Field("on", "日期", Kind.DAY),
        Field("fine", "罚款", Kind.MONEY, required=True),
    ]
    return Form(fields, now=NOW, data=QueryDict(data))


def test_a_form_names_every_fault_at_once_and_keeps_what_was_typed() -> None:
    form = _form("on=0230&fine=8千&name=示例")
    with pytest.raises(Invalid) as caught:
        form.values()
    assert set(caught.value.errors) == {"on", "fine"}
    assert [b.text for b in form] == ["示例", "0230", "8千"]
    assert form["on"].error == "没有这一天"


def test_a_form_says_back_what_it_understood() -> None:
    form = _form("name=示例&on=0503&fine=8000")
    assert form.values() == {"name": "示例", "on": date(2026, 5, 3), "fine": Decimal(8000)}
    assert (form["on"].echo, form["fine"].echo) == ("2026年5月3日 星期日", "8,000.00元")


def test_faults_of_an_action_stand_beside_their_fields_and_the_rest_on_top() -> None:
    form = _form("name=示例&fine=1")
    form.take(Invalid({"fine": "必填", "elsewhere": "没有这一天"}))
    assert (form["fine"].error, form.general) == ("必填", ["没有这一天"])


def test_what_the_platform_knows_cannot_be_typed_over() -> None:
    fields = [Field("place", "地点", initial="示例路1号", known="线索")]
    form = Form(fields, now=NOW, data=QueryDict("place=别处"))
    assert form.values() == {"place": "示例路1号"}
    assert form.asked == 0


@dataclass
class Kept:
    key: str
    data: Mapping[str, Sequence[str]]
    saved_at: datetime


def test_a_draft_fills_an_empty_form_and_says_so_but_never_one_that_was_sent() -> None:
    fields = [Field("name", "姓名"), Field("note", "备注", initial="原")]
    draft = Kept("form", {"name": ["示例"]}, NOW)
    form = Form(fields, now=NOW, draft=draft)
    assert [b.text for b in form] == ["示例", "原"]
    assert form.draft == draft
    sent = Form(fields, now=NOW, data=QueryDict("name=&note="), draft=draft)
    assert [b.text for b in sent] == ["", ""]
    assert sent.draft is None


@dataclass(frozen=True)
class Fact:
    path: str
    kind: str
    label_zh: str = "日期"
    label_en: str = "Date"
    required: bool = True
    choices: tuple[Any, ...] = ()
    default: Any = None


def test_a_fact_becomes_an_input_in_the_language_of_the_page() -> None:
    assert field_of(Fact("notice.issued_on", "date")).label == "日期"
    with translation.override("en"):
        assert field_of(Fact("notice.issued_on", "date")).label == "Date"


def test_few_choices_are_chips_and_many_are_a_list() -> None:
    few, many = tuple("abc"), tuple("abcdefgh")
    assert field_of(Fact("x", "choice", choices=few)).kind is Kind.CHIPS
    assert field_of(Fact("x", "choice", choices=many)).kind is Kind.CHOICE


def test_a_known_fact_is_shown_with_its_source() -> None:
    fld = field_of(Fact("party.name", "text"), {"party.name": ("示例公司", "名册")})
    assert (fld.initial, fld.known) == ("示例公司", "名册")


def test_values_by_path_become_a_fragment_of_the_file() -> None:
    assert fragment(
        {
            "notice.issued_on": date(2026, 5, 3),
            "notice.planned_fine": Decimal("8000"),
            "inspections[].on": date(2026, 5, 1),
            "inspections[].party_signed": True,
            "decision.time": datetime(2026, 5, 3, 9, 25, tzinfo=SHANGHAI),
            "defence.reason": None,
            "party.tags": [],
        }
    ) == {
        "notice": {"issued_on": "2026-05-03", "planned_fine": 8000},
        "inspections": [{"on": "2026-05-01", "party_signed": True}],
        "decision": {"time": "2026-05-03T09:25"},
    }
