"""Numbers for the papers of a unit, in the order of their days, as the forms of the reference data write them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xiuhua.kernel import series
from xiuhua.simulation.story import Story
from xiuhua.simulation.world import Unit


class Counter:
    """The runs of one unit: kind and year → the last serial."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.forms: dict[str, series.Form] = {}
        self.last: dict[tuple[str, int], int] = {}

    def next(self, kind: str, day: int) -> str:
        year = date.fromordinal(day).year
        form = self.forms.get(kind) or self.forms.setdefault(kind, series.form(kind))
        serial = self.last[kind, year] = self.last.get((kind, year), 0) + 1
        return form.number(form.pattern, serial, year, self.unit.prefixes)


def give(unit: Unit, stories: Sequence[Story]) -> list[str]:
    """Give every paper its number; those of the cases come back in the order of `stories`, which is by day."""
    counter = Counter(unit)
    papers = [paper for story in stories for paper in story.numbered]
    for paper in sorted(papers, key=lambda paper: paper.day):
        number = counter.next(paper.kind, paper.day)
        for row in paper.rows:
            row["number"] = number
    return [counter.next("case", story.begun) for story in stories]
