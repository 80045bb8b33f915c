"""What a like case may lend: words without people, measurements without figures, nothing that was said or signed."""

from __future__ import annotations

from typing import Any

import pytest

from xiuhua.cases.procedure.facts.field import Kind
from xiuhua.cases.procedure.facts.forms import FORMS
from xiuhua.cases.procedure.facts.likeness import MEASURED, WORDS, names_in, texts_of, value_in

SPEAKING = (
    "signed",
    "refusal",
    "receiver",
    "person",
    "speaker",
    "exchanges",
    "opinion_lines",
    "defence.content",
)


def lent(move: str, facts: dict[str, Any], *names: str) -> dict[str, str]:
    return texts_of(FORMS[move], facts, names)


def test_words_are_lent_without_the_people_numbers_days_and_sums_of_the_case() -> None:
    said = (
        "示例餐饮有限公司（91310115MA1H7XMP2T，电话13800000000）于2026年5月3日停用设施，"
        "罚款1,200元，请张示例于2026-05-09前改正。"
    )
    found = lent("order_correction", {"correction": {"requirement": said}}, "示例餐饮有限公司", "张示例")
    text = found["correction.requirement"]
    for gone in ("示例餐饮", "91310115", "138", "5月3日", "1,200", "张示例", "2026"):
        assert gone not in text, gone
    assert "停用设施" in text
    assert "改正" in text


def test_a_longer_name_goes_before_the_shorter_one_in_it() -> None:
    found = lent(
        "order_correction", {"correction": {"requirement": "示例店铺分店停业"}}, "示例店铺", "示例店铺分店"
    )
    assert found == {"correction.requirement": "____停业"}


def test_a_measurement_tells_what_was_measured_and_not_how_much() -> None:
    facts = {"inspections": [{"measurements": "旧"}, {"measurements": "长12.5米，宽3米"}]}
    assert lent("inspect", facts) == {"inspection.measurements": "长____米，宽____米"}


def test_what_somebody_said_signed_or_received_is_not_lent() -> None:
    facts = {
        "interviews": [{"exchanges": [{"q": "是否属实", "a": "是"}], "person": {"name": "示例"}}],
        "services": [{"receiver_name": "示例", "refusal_reason": "不在"}],
        "inspections": [{"facts": "现场有三张桌子", "party_signed": True}],
        "defence": {"content": "我不服"},
    }
    for move in ("interview", "serve_decision", "inspect", "receive_defence"):
        assert lent(move, facts) == {}, move


def test_only_words_can_be_lent_and_each_stands_in_some_form() -> None:
    fields = {f.path: f for form in FORMS.values() for f in form if f.shown}
    assert set(fields) >= WORDS | MEASURED
    for path in WORDS | MEASURED:
        assert fields[path].kind in (Kind.TEXT, Kind.LONG_TEXT), path
        assert not any(part in path for part in SPEAKING), path


@pytest.mark.parametrize(
    ("path", "facts", "value"),
    [
        ("correction.requirement", {"correction": {"requirement": "改"}}, "改"),
        ("correction.requirement", {}, None),
        ("correction.requirement", {"correction": None}, None),
        ("sample.what", {"samples": [{"what": "油烟"}]}, "油烟"),
        ("sample.what", {}, None),
        ("item.amount", {"payment": {"items": [{"amount": 3}]}}, 3),
        ("item.amount", {"payment": {}}, None),
    ],
)
def test_a_value_is_read_where_the_form_put_it(path: str, facts: dict[str, Any], value: Any) -> None:
    assert value_in(facts, path) == value


def test_people_and_places_are_found_wherever_they_stand_but_causes_keep_their_names() -> None:
    file = {
        "party": {"name": "示例公司", "legal_representative": "示例甲", "kind": "organisation"},
        "interviews": [{"person": {"name": "示例乙"}}, "不是行"],
        "cause": {"name": "占道设摊经营"},
        "violation": {"place": "示例路1号", "facts": "占道"},
        "place": "示例路2号",
        "kind": "x",
        "count": 3,
    }
    assert names_in(file) == {"示例公司", "示例甲", "示例乙", "示例路1号", "示例路2号"}
