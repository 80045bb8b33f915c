"""Confiscated things: what a measure still holds of them, what stands on a list, what is left. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from xiuhua.cases.procedure.guards.measures_goods import Goods, goods_left, named
from xiuhua.cases.procedure.guards.reading import rows

# Ends of a measure's things that need no more care: whoever has them now is not this agency.
CONFISCATED = "confiscated"


def missing_from(wanted: Iterable[Goods], listed: Iterable[Goods]) -> list[Goods]:
    """Those of `wanted` that do not stand among `listed`, thing for thing."""
    there, found = Counter(map(named, listed)), []
    for row in wanted:
        if there[named(row)] > 0:
            there[named(row)] -= 1
        else:
            found.append(row)
    return found


def held_by_measures(file: Mapping[str, Any], *, confiscated: bool) -> list[Goods]:
    """Things that measures of the case still hold: those of measures that were confiscated, or those of the others."""
    return [
        thing
        for measure in rows(file, "measures")
        if (measure.get("state") == CONFISCATED) is confiscated
        for thing in goods_left(measure)
    ]


def waiting(file: Mapping[str, Any]) -> list[Goods]:
    """Things that a measure holds for the confiscation and that no list of confiscated things has taken over yet."""
    return not_listed(file, held_by_measures(file, confiscated=True))


def not_listed(file: Mapping[str, Any], things: Iterable[Goods]) -> list[Goods]:
    """Those of `things` that no list of confiscated things has taken over yet."""
    listed = [thing for row in rows(file, "confiscations") for thing in rows(row, "items")]
    return missing_from(things, listed)


def distinct(things: Iterable[Goods]) -> list[Goods]:
    """Each thing once: what a measure holds and what the decision names are the same things."""
    return list({named(thing): thing for thing in things}.values())


def lot_left(own: Mapping[str, Any]) -> list[Goods]:
    """The things of the lot whose way was approved."""
    return list(own.get("lot") or ())
