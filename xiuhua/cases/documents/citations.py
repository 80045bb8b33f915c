"""Citations in a document: `PPL21 §62` with the full title of the act. The grammar is that of `org.rules.citations`.

A document states its ground or it is not written: what pages show as it stands is refused here, citations of one text
are drawn together, and two texts under one title are told apart.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from xiuhua.org.rules import article_zh, grounds


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

    Raises UnknownAct, or ValueError when an article cannot be read.
    """
    if not all(part.strip() for part in re.split(r"[;；]", text)):
        raise UnknownAct(f"nothing is cited between the semicolons: {text!r}")
    found: dict[str, list[str]] = {}
    for short, articles in grounds(text):
        found.setdefault(short, []).extend(article_zh(article) for article in articles)
    titles = [_act(short, acts) for short in found]
    twins = {act.title for act in titles if [a.title for a in titles].count(act.title) > 1}
    return "、".join(
        _named(act, act.title in twins) + "、".join(articles)
        for act, articles in zip(titles, found.values(), strict=True)
    )


def _act(short: str, acts: Mapping[str, Act]) -> Act:
    if short in acts:
        return acts[short]
    raise UnknownAct(f"no act is known as {short!r}")


def _named(act: Act, with_version: bool) -> str:
    version = f"（{act.version}）" if with_version and act.version else ""
    number = f"（{act.number}）" if act.number else ""
    return f"《{act.title}》{version}{number}"
