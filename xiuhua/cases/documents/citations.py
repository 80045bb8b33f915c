"""Citations of the law: from the short form of the tables (`PPL21 §62`) to the words of a document.

Grammar of one citation: an act, then optionally `§` with an article or a span of articles (`§42-46`), then
optionally the paragraph in figures and the item in Roman figures: `SHCA §25(2)`, `SHPM §56(iii-v)`. A star at the
end, the mark of a number from memory, is not printed. Several citations are parted by semicolons.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from xiuhua.cases.documents.words import number_zh

_ARTICLE = re.compile(r"(?P<first>\d+)(?:-(?P<last>\d+))?(?P<parts>(?:\([^()]+\))*)\*?")
_PART = re.compile(r"\((?P<paragraph>\d+)\)|\((?P<item>[ivx]+)(?:-(?P<to>[ivx]+))?\)")
_ROMAN = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True, slots=True)
class Act:
    """One text of an act. `version` tells two texts under one title apart (2017年修正)."""

    short: str
    title: str
    version: str = ""
    number: str = ""


class UnknownAct(ValueError):
    """The short name stands in no table of acts."""


def cite(text: str, acts: Mapping[str, Act]) -> str:
    """`PPL21 §44; PPL21 §45` as 《中华人民共和国行政处罚法》第四十四条、第四十五条.

    Citations of one text are drawn together. Two texts under one title get their versions in brackets.
    Raises UnknownAct, or ValueError when an article cannot be read.
    """
    found: dict[str, list[str]] = {}
    for part in re.split(r"[;；]", text):
        short, _, article = (piece.strip() for piece in part.partition("§"))
        found.setdefault(short, [])
        if article:
            found[short].append(article_zh(article))
    titles = [_act(short, acts) for short in found]
    twins = {act.title for act in titles if [a.title for a in titles].count(act.title) > 1}
    return "、".join(
        _named(act, act.title in twins) + "、".join(articles)
        for act, articles in zip(titles, found.values(), strict=True)
    )


def article_zh(article: str) -> str:
    """`118(1)` as 第一百一十八条第一款, `28(ii)` as 第二十八条第（二）项, `42-46` as 第四十二条至第四十六条."""
    read = _ARTICLE.fullmatch(article.strip())
    if read is None:
        raise ValueError(f"cannot read the article: {article}")
    named = f"第{number_zh(int(read['first']))}条"
    if read["last"]:
        named += f"至第{number_zh(int(read['last']))}条"
    for bracket in re.findall(r"\([^()]+\)", read["parts"]):
        named += _part_zh(bracket, article)
    return named


def _part_zh(bracket: str, article: str) -> str:
    read = _PART.fullmatch(bracket)
    if read is None:
        raise ValueError(f"cannot read the paragraph or item: {article}")
    if read["paragraph"]:
        return f"第{number_zh(int(read['paragraph']))}款"
    named = f"第（{number_zh(_roman(read['item']))}）项"
    if read["to"]:
        named += f"至第（{number_zh(_roman(read['to']))}）项"
    return named


def _roman(figures: str) -> int:
    values = [_ROMAN[figure] for figure in figures]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))


def _act(short: str, acts: Mapping[str, Act]) -> Act:
    if short in acts:
        return acts[short]
    raise UnknownAct(f"no act is known as {short!r}")


def _named(act: Act, with_version: bool) -> str:
    version = f"（{act.version}）" if with_version and act.version else ""
    number = f"（{act.number}）" if act.number else ""
    return f"《{act.title}》{version}{number}"
