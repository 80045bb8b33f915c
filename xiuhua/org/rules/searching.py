"""What a row is found by: its words, their pinyin and their pinyin initials. Pure."""

from __future__ import annotations

from pypinyin import Style, lazy_pinyin


def search_text(*texts: str, limit: int = 200) -> str:
    """Lower-case text to look in, `川沙中队 chuanshazhongdui cszd` for one word; Latin words stay as they are.

    Cut at `limit` characters, whole words only.
    """
    words: list[str] = []
    for text in (t for t in texts if t):
        forms = (
            text.lower(),
            "".join(lazy_pinyin(text)).lower(),
            "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).lower(),
        )
        words.extend(f for f in forms if f not in words)
    found = ""
    for word in words:
        if len(found) + len(word) + 1 > limit:
            break
        found += f" {word}" if found else word
    return found
