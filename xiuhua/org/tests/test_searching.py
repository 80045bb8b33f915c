"""What rows are found by."""

from __future__ import annotations

from xiuhua.org.rules import roles_page, search_text
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
