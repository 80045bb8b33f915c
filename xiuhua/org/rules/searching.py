"""What a row is found by: its words, their pinyin and their pinyin initials. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
from pypinyin.seg.mmseg import seg

# Runs of Chinese characters: the units that pinyin is asked of. A bulk door sees the same roads and causes again and
# again, so their answers are kept.
_HAN = re.compile(r"([\u3007\u3400-\u9fff\uf900-\ufaff]+)")
KEPT = 50_000


# Syllables are kept without their tones, ü as v, as people type them.
_TONES = {
    "a": "āáǎà",
    "e": "ēéěèê",
    "i": "īíǐì",
    "o": "ōóǒò",
    "u": "ūúǔù",
    "v": "üǖǘǚǜ",
    "n": "ńňǹ",
    "m": "ḿ",
}
_PLAIN = str.maketrans(
    {marked: plain for plain, all_ in _TONES.items() for marked in all_}
    | dict.fromkeys("\u0300\u0304\u030c", "")
)


def _of_character(character: str) -> str:
    return PINYIN_DICT.get(ord(character), character).partition(",")[0]


def _syllables(run: str) -> list[str]:
    """A syllable for each character, phrases read as phrases (as `lazy_pinyin` does, which takes six times as long)."""
    found: list[str] = []
    for word in seg.cut(run):
        phrase = PHRASES_DICT.get(word)
        found += [syllables[0] for syllables in phrase] if phrase else map(_of_character, word)
    return [syllable.translate(_PLAIN) for syllable in found]


@lru_cache(maxsize=KEPT)
def _spelled(run: str) -> tuple[str, str]:
    """Pinyin and initials of a run of Chinese characters, lower case."""
    syllables = _syllables(run)
    return "".join(syllables), "".join(syllable[:1] for syllable in syllables)


@lru_cache(maxsize=KEPT)
def _forms(text: str) -> tuple[str, ...]:
    """The text, its pinyin and its initials, lower case; Latin words stay as they are."""
    low = text.lower()
    full, short = [], []
    for i, part in enumerate(_HAN.split(low)):
        long, initials = _spelled(part) if i % 2 else (part, part)
        full.append(long)
        short.append(initials)
    return tuple(dict.fromkeys((low, "".join(full), "".join(short))))


def search_text(*texts: str, limit: int = 200) -> str:
    """Lower-case text to look in, `川沙中队 chuanshazhongdui cszd` for one word; Latin words stay as they are.

    Cut at `limit` characters, whole words only.
    """
    found = " ".join(words := list(dict.fromkeys(form for text in texts if text for form in _forms(text))))
    while len(found) > limit:
        found = found[: -len(words.pop()) - 1]
    return found
