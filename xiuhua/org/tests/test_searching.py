"""What rows are found by."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from xiuhua.org.rules import roles_page, search_text
from xiuhua.org.rules.searching import _HAN, _syllables
from xiuhua.org.rules.separation import DUTY


def test_a_name_is_found_by_pinyin_and_by_initials() -> None:
    text = search_text("川沙中队", "SQ-310115103")
    assert {"川沙中队", "chuanshazhongdui", "cszd", "sq-310115103"} <= set(text.split())


def test_empty_texts_and_repeated_forms_leave_no_trace() -> None:
    assert search_text("", "abc", "ABC") == "abc"


def test_it_is_cut_between_words() -> None:
    assert search_text("abc", "defgh", limit=8) == "abc"


def test_the_page_of_roles_names_every_role_and_every_separation() -> None:
    page = roles_page()
    assert all(f"`{role}`" in page for role in DUTY)
    assert "| 执法队员 | 法制审核人员 | PPL21 §58 |" in page
    assert "| 执法队员 | 证据保管员 | 内部规则 |" in page


_CHARACTER = st.sampled_from(sorted(c for c in map(chr, PINYIN_DICT) if _HAN.fullmatch(c)))
_PHRASE = st.sampled_from(sorted(p for p in PHRASES_DICT if _HAN.fullmatch(p)))


@given(st.lists(_CHARACTER | _PHRASE, min_size=1, max_size=6).map("".join))
def test_syllables_are_those_of_the_library(run: str) -> None:
    assert _syllables(run) == [syllable.lower() for syllable in lazy_pinyin(run)]
