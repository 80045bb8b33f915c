"""Every string that people read has its Chinese and its English."""

from __future__ import annotations

from xiuhua.web.frame import catalogue, strings


def test_every_string_has_its_english() -> None:
    known, counted = catalogue.known()
    missing = sorted(
        {
            f"{found.where}: {found.text}"
            for found in strings.everything()
            if found.text not in (counted if found.counted else known)
        }
    )
    assert not missing, "no English for:\n" + "\n".join(missing)


def test_every_source_string_is_chinese() -> None:
    assert not [f"{found.where}: {found.text}" for found in strings.not_chinese()]


def test_no_template_holds_words_outside_a_translate_tag() -> None:
    assert not [f"{found.where}: {found.text}" for found in strings.bare_text()]


def test_bare_words_are_found_in_text_and_in_spoken_attributes() -> None:
    assert list(strings.bare('<p class="sub">登记</p>')) == ["登记"]
    assert list(strings.bare("<p>Save now</p>")) == ["Save now"]
    assert list(strings.bare('<input placeholder="写这里">')) == ["写这里"]
    assert list(strings.bare('<a class="btn" href="/x/">PDF</a> <kbd>N</kbd> · 1')) == []


def test_no_english_string_contains_chinese() -> None:
    bad = [
        f"{m.id} → {m.string}"
        for m in catalogue.merged()
        if m.id
        for text in ([m.string] if isinstance(m.string, str) else m.string)
        if strings.CJK.search(strings.SAME.sub("", text))
    ]
    assert not bad
