"""What a row is found by: its words, their pinyin and their pinyin initials. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from pypinyin import lazy_pinyin

# Runs of Chinese characters: the units that pinyin is asked of. A bulk door sees the same roads and causes again and
# again, so their answers are kept.
_HAN = re.compile(r"([\u3007\u3400-\u9fff\uf900-\ufaff]+)")
KEPT = 50_000


@lru_cache(maxsize=KEPT)
def _spelled(run: str) -> tuple[str, str]:
    """Pinyin and initials of a run of Chinese characters, lower case."""
    syllables = [syllable.lower() for syllable in lazy_pinyin(run)]
    return "".join(syllables), "".join(syllable[:1] for syllable in syllables)


def _forms(text: str) -> tuple[str, str, str]:
    """The text, its pinyin and its initials, lower case; Latin words stay as they are."""
    low = text.lower()
    full, short = [], []
    for i, part in enumerate(_HAN.split(low)):
        long, initials = _spelled(part) if i % 2 else (part, part)
        full.append(long)
        short.append(initials)
    return low, "".join(full), "".join(short)


def search_text(*texts: str, limit: int = 200) -> str:
    """Lower-case text to look in, `川沙中队 chuanshazhongdui cszd` for one word; Latin words stay as they are.

    Cut at `limit` characters, whole words only.
    """
    words: list[str] = []
    for text in texts:
        if text:
            words.extend(form for form in _forms(text) if form not in words)
    found = ""
    for word in words:
        if len(found) + len(word) + 1 > limit:
            break
        found += f" {word}" if found else word
    return found
