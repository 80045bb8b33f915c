"""The open cases that a load of the reference files touches, in words for a console."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from xiuhua.cases.actions.reference import SHEETS
from xiuhua.cases.queries.law_changes import FILES, Change, from_load
from xiuhua.cases.queries.touched import Touched, touched
from xiuhua.kernel.authz import SYSTEM
from xiuhua.org.actions.reference import Tables
from xiuhua.org.rules.tables import Difference

# So many numbers of cases are printed for each way; JSON has them all.
SHOWN = 20


def changes_in(found: Mapping[str, Difference], tables: Tables) -> list[Change]:
    """Changes of the law among what a load changes; the first load of a file brings the law in and changes nothing."""
    changes: list[Change] = []
    for sheet in SHEETS:
        difference = found.get(sheet.file)
        if sheet.file not in FILES or not difference:
            continue
        wanted = {
            tuple(row[n] for n in sheet.key): row for _, row in sheet.wanted(tables[sheet.file], tables)
        }
        if len(difference.added) == len(wanted):
            continue
        changed = [(wanted[key], fields) for key, fields in difference.changed.items()]
        changes += from_load(sheet.file, difference.added.values(), changed)
    return changes


def open_cases(found: Mapping[str, Difference], tables: Tables, today: date) -> list[Touched] | None:
    """What a load touches; None where it changes nothing of the law."""
    changes = changes_in(found, tables)
    return touched(SYSTEM, changes, today) if changes else None


def lines(found: Sequence[Touched]) -> Iterator[str]:
    """For people: how many cases, each change, each way with the numbers."""
    cases = {case.pk for one in found for case, _ in one.cases}
    yield f"open cases touched: {len(cases)}"
    for one in found:
        change = one.change
        yield f"  {change.key} {change.day or '…'} {change.label}: {change.before} → {change.after} ({change.ground})"
        for way, numbers in by_way(one).items():
            more = f" and {len(numbers) - SHOWN} more" if len(numbers) > SHOWN else ""
            yield f"    {way}: {len(numbers)}: {', '.join(numbers[:SHOWN])}{more}"


def by_way(one: Touched) -> dict[str, list[str]]:
    """Way → the numbers of the cases touched in it."""
    found: dict[str, list[str]] = {}
    for case, way in one.cases:
        found.setdefault(way.value, []).append(case.number)
    return found


def plain(found: Sequence[Touched]) -> list[dict[str, Any]]:
    """For machines."""
    return [
        {
            "file": one.change.file,
            "key": one.change.key,
            "from": one.change.day and one.change.day.isoformat(),
            "before": one.change.before,
            "after": one.change.after,
            "ground": one.change.ground,
            "cases": by_way(one),
        }
        for one in found
    ]
