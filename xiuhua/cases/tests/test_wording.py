"""Texts with blanks: filled from what is known, a line for what is not, and never a strange blank."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.cases.procedure.facts.forms import FORMS
from xiuhua.cases.reviewing.wording import BLANKS, LINE, LISTS_EVIDENCE, USES, applies, filled, strange_blanks


def test_a_known_blank_is_filled_and_an_unknown_one_becomes_a_line() -> None:
    assert filled("{当事人}在{违法地点}", {"party": "示例公司", "place": ""}) == f"示例公司在{LINE}"
    assert filled("{party}", {"party": "示例公司"}) == LINE


@pytest.mark.slow
@given(
    st.text(max_size=8),
    st.dictionaries(
        st.sampled_from(sorted(BLANKS.values())), st.text(alphabet="甲乙{}", max_size=3), max_size=3
    ),
)
def test_what_fills_a_blank_is_never_read_as_a_blank_again(text: str, known: dict[str, str]) -> None:
    text = text.replace("{", "").replace("}", "")
    for words, name in BLANKS.items():
        assert filled(f"{text}{{{words}}}", known) == text + (known.get(name) or LINE)


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("{当事人}违反{违反条款}", []),
        ("没有空格", []),
        ("{who}", ["who"]),
        ("{当事人", ["{"]),
        ("当事人}", ["}"]),
        ("{}", [""]),
    ],
)
def test_a_blank_that_no_case_fills_is_named(text: str, strange: list[str]) -> None:
    assert strange_blanks(text) == strange


@pytest.mark.parametrize(
    ("scope", "cause", "said"),
    [
        ("", "SR11", True),
        ("SR", "SR11", True),
        ("SR11", "SR11", True),
        ("SR12", "SR11", False),
        ("ZT", "SR11", False),
        ("S", "SR11", False),
    ],
)
def test_what_is_said_of_a_group_is_said_of_its_causes_only(scope: str, cause: str, said: bool) -> None:
    assert applies(scope, cause) is said


def test_every_text_goes_into_a_field_that_the_form_of_its_step_shows() -> None:
    for move, uses in USES.items():
        shown = {field.path for field in FORMS[move] if field.shown}
        assert uses.keys() <= shown, move
    assert FORMS.keys() >= LISTS_EVIDENCE
