"""Grounds in words: `PPL21 §62; SHUM §16` as 《中华人民共和国行政处罚法》第六十二条；《…条例》第十六条. Pure.

A ground is a short name of an act and an article: `SHCA §28(iv)` (item), `SHCA §25(2)` (paragraph), `SHPM §56(iii-v)`,
`URP §40, §64`, `PPL21 §42-46`. A `*` after an article marks a number from memory and is not printed.
What cannot be read stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_ARTICLE = re.compile(r"(?P<first>\d{1,4})(?:-(?P<last>\d{1,4}))?(?P<parts>(?:\([^()]+\))*)\*?")
_PART = re.compile(r"\((?P<paragraph>\d{1,4})\)|\((?P<item>[ivx]+)(?:-(?P<to>[ivx]+))?\)")
_DIGITS = "零一二三四五六七八九"
_ROMAN = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True, slots=True)
class Title:
    """How an act is called in Chinese and in English."""

    zh: str
    en: str


def grounds(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(short name, articles) of each act that `text` names; an act without article has an empty tuple."""
    for part in re.split(r"[;；]", text):
        short, *articles = re.split(r",?\s*§", part.strip())
        if short.strip():
            yield short.strip(), tuple(a.strip() for a in articles)


def count_zh(n: int) -> str:
    """1…9999 as articles are numbered: 十, 六十二, 一百零三, 一千二百六十."""
    said, gap = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, size)
        if digit:
            said += ("零" if gap and said else "") + _DIGITS[digit] + name
        gap = not digit
    return said[1:] if said.startswith("一十") else said


def _roman(figures: str) -> int:
    values = [_ROMAN[figure] for figure in figures]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))


def _part_zh(bracket: str) -> str:
    """What stands in brackets: a number is a paragraph (款), a Roman number an item (项)."""
    read = _PART.fullmatch(bracket)
    if read is None:
        raise ValueError(f"cannot read the paragraph or item: {bracket}")
    if read["paragraph"]:
        return f"第{count_zh(int(read['paragraph']))}款"
    said = f"第（{count_zh(_roman(read['item']))}）项"
    return f"{said}至第（{count_zh(_roman(read['to']))}）项" if read["to"] else said


def article_zh(article: str) -> str:
    """`118(1)` as 第一百一十八条第一款, `28(iv)` as 第二十八条第（四）项, `42-46` as 第四十二条至第四十六条.

    Raises ValueError where it cannot be read.
    """
    read = _ARTICLE.fullmatch(article.strip())
    if read is None:
        raise ValueError(f"cannot read the article: {article}")
    said = f"第{count_zh(int(read['first']))}条"
    if read["last"]:
        said += f"至第{count_zh(int(read['last']))}条"
    return said + "".join(_part_zh(bracket) for bracket in re.findall(r"\([^()]+\)", read["parts"]))


def _shown(article: str) -> str:
    """`article_zh`; what cannot be read stays behind its §."""
    try:
        return article_zh(article)
    except ValueError:
        return f"§{article}"


def _one(short: str, articles: tuple[str, ...], titles: Mapping[str, Title], english: bool) -> str:
    title = titles.get(short)
    if title is None:
        return short + "".join(f" §{a}" for a in articles)
    if english:
        return title.en + (", art. " + ", ".join(a.rstrip("*") for a in articles) if articles else "")
    named = title.zh if title.zh.endswith("号") else f"《{title.zh}》"
    return named + "、".join(_shown(a) for a in articles)


def cite(text: str, titles: Mapping[str, Title], english: bool = False) -> str:
    """All grounds of `text` in words, in their order."""
    said = [_one(short, articles, titles, english) for short, articles in grounds(text)]
    return ("; " if english else "；").join(said)
