"""Citations on a page: `PPL21 §62` as 行政处罚法第六十二条, in English `Administrative Penalty Law, art. 62`.

Documents quote the full title in brackets; a page has no room for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from xiuhua.org import queries, rules

# The titles of one request: a page cites dozens of articles and asks for the table once.
_held: ContextVar[dict[str, rules.Title] | None] = ContextVar("titles", default=None)


@contextmanager
def one_page() -> Iterator[None]:
    """Within this block the table of acts is read at most once."""
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


def brief(title: rules.Title) -> rules.Title:
    """The title as people say it: without the name of the state before a national act."""
    return rules.Title(
        title.zh.removeprefix("中华人民共和国"), title.en.removesuffix(" of the People's Republic of China")
    )


def cite(ground: str, titles: Mapping[str, rules.Title], english: bool) -> str:
    """The grounds in words; what cannot be read is shown as it stands."""
    said = rules.cite(ground, titles, english)
    return said.replace("《", "").replace("》", "")


def said(ground: str, english: bool) -> str:
    """`cite` with the acts of the table of acts."""
    return cite(ground, _titles(), english) if ground else ""


def _titles() -> Mapping[str, rules.Title]:
    held = _held.get()
    if held:
        return held
    found = {a.short: brief(rules.Title(a.title, a.title_en)) for a in queries.acts_of_law()}
    if held is not None:
        held.update(found)
    return found
