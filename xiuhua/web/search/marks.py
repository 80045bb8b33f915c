"""Where a hit is: the letters that were typed, over the signs whose pinyin they begin. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pypinyin import Style, lazy_pinyin


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text: hit or not; `sounds` are the letters over each sign of a hit by pinyin."""

    text: str
    hit: bool = False
    sounds: tuple[str, ...] = ()

    @property
    def signs(self) -> list[tuple[str, str]]:
        """(sign, letters over it) of a hit by pinyin."""
        return list(zip(self.text, self.sounds, strict=True))


@lru_cache(maxsize=4096)
def initials(text: str) -> tuple[str, ...]:
    """The first letter of each sign, lower case; signs without pinyin stand for themselves."""
    return tuple(lazy_pinyin(sign, style=Style.FIRST_LETTER)[0][:1].lower() or sign for sign in text)


def marked(text: str, query: str) -> list[Piece]:
    """`text` in pieces, the first place that `query` found marked: as it stands, else by initials."""
    wanted = query.strip().lower()
    if not wanted or not text:
        return [Piece(text)]
    at = text.lower().find(wanted)
    if at >= 0:
        return _cut(text, at, len(wanted), ())
    if wanted.isascii() and wanted.isalpha():
        sounds = initials(text)
        at = "".join(sounds).find(wanted)
        if at >= 0:
            return _cut(text, at, len(wanted), sounds[at : at + len(wanted)])
    return [Piece(text)]


def _cut(text: str, at: int, length: int, sounds: tuple[str, ...]) -> list[Piece]:
    pieces = [
        Piece(text[:at]),
        Piece(text[at : at + length], hit=True, sounds=sounds),
        Piece(text[at + length :]),
    ]
    return [p for p in pieces if p.text]
