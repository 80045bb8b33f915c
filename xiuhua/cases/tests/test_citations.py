"""Every ground that the procedure names can be read out: the act is known, the article is a number."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings

from xiuhua.cases.procedure.articles import EARLIER
from xiuhua.cases.procedure.guards import GUARDS
from xiuhua.cases.procedure.periods import CLOCKS
from xiuhua.cases.procedure.tables import TABLES
from xiuhua.org import rules
from xiuhua.org.actions.reference import ACTS
from xiuhua.org.rules.tables import read


def cited() -> Iterator[str]:
    """Grounds of every move, guard and period, in the newest text and in earlier ones."""
    for versions in TABLES.values():
        for table in versions:
            for move in table.moves:
                yield from move.articles
    yield from (guard.article for guard in GUARDS.values())
    yield from (period.article for period in CLOCKS)
    for newest, earlier in EARLIER.items():
        yield newest
        yield from (article for _, article, _ in earlier)


GROUNDS = sorted({ground for ground in cited() if ground})
ROWS = read(ACTS.shape, (settings.REFERENCE_DIR / "acts.csv").read_text(encoding="utf-8")).rows
TITLES = {row["short"]: rules.Title(row["title_zh"], row["title_en"]) for row in ROWS}


def test_the_procedure_rests_on_many_grounds() -> None:
    assert len(GROUNDS) > 100


@pytest.mark.parametrize("ground", GROUNDS)
def test_a_ground_of_the_procedure_is_read_out(ground: str) -> None:
    shorts = {short for short, _ in rules.grounds(ground)}
    assert shorts <= set(TITLES), f"acts.csv does not know {shorts - set(TITLES)}"
    said = rules.cite(ground, TITLES)
    assert "§" not in said
    assert "art. " in rules.cite(ground, TITLES, english=True) or "§" not in ground
