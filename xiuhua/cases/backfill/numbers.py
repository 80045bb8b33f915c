"""Numbers that history brings along: found in the forms of the reference data, entered in the register of numbers.

A number in the form of its kind and with a prefix of its unit takes its place in that unit's series, so that it is
never given out again. A number of another form is kept on its document only: its series was never ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from xiuhua.cases.backfill.history import History, Told
from xiuhua.cases.backfill.known import Known, UnitKnown
from xiuhua.kernel import record, rows
from xiuhua.kernel.models import Series, TakenNumber
from xiuhua.kernel.series import Form

RunKey = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Number:
    """A number and where it stands: kind, unit code, year, serial."""

    kind: str
    unit: str
    year: int
    serial: int
    number: str


@lru_cache(maxsize=256)
def _pattern(form: Form) -> re.Pattern[str]:
    """The form as a regular expression with the groups year, yy, uu, serial as far as it has them."""
    groups = {
        "year": r"(?P<year>\d{4})",
        "yy": r"(?P<yy>\d\d)",
        "uu": r"(?P<uu>\w{2})",
        "word": re.escape(form.word),
    }
    parts = re.split(r"\{(\w+)(?::0?(\d+))?\}", form.pattern)
    text = ""
    for literal, name, width in zip(parts[::3], [*parts[1::3], ""], [*parts[2::3], ""], strict=True):
        text += re.escape(literal)
        if name == "serial":
            text += rf"(?P<serial>\d{{{width or 1},}})"
        elif name:
            text += groups[name]
    return re.compile(text)


def placed(kind: str, number: str, unit: UnitKnown, known: Known) -> Number | None:
    """Where the number stands in the unit's series; None if it has not the form of its kind or another's prefix."""
    form = known.forms.get(kind)
    match = _pattern(form).fullmatch(number) if form else None
    if form is None or match is None:
        return None
    groups = match.groupdict()
    turn = 0
    if "uu" in groups:
        if groups["uu"] not in unit.prefixes:
            return None
        turn = unit.prefixes.index(groups["uu"])
    year = int(groups["year"]) if "year" in groups else 2000 + int(groups["yy"])
    serial = turn * form.limit + int(groups["serial"])
    # A serial with a nought too many is not how we write it, and would stand twice in the series.
    same = serial > 0 and form.number(form.pattern, serial, year, unit.prefixes) == number
    return Number(kind, unit.code, year, serial, number) if same else None


def of_case(
    case: str, unit: UnitKnown, file: Mapping[str, Any], said: History, known: Known
) -> tuple[Number, ...] | Told:
    """All numbers of a case. What is wrong: the same number on two papers of it."""
    pairs = [("case", case)]
    pairs += [
        (paper["kind"], str(paper["number"]))
        for step in said.steps
        for paper in step.facts.get("documents", ())
        if paper.get("number")
    ]
    if archive := (file.get("archive") or {}).get("number"):
        pairs.append(("archive", str(archive)))
    found = [placed(kind, number, unit, known) for kind, number in pairs]
    ours = tuple(n for n in found if n is not None)
    if len({n.number for n in ours}) < len(ours):
        return Told("history", "同一文号用于两份文书")
    return ours


def taken(numbers: Iterable[str]) -> set[str]:
    """Those of `numbers` that were given out already."""
    held = TakenNumber.objects.filter(number__in=rows.listed(sorted(set(numbers))))
    return set(held.values_list("number", flat=True))


def enter(found: Sequence[tuple[Number, str]], known: Known, act: record.Act) -> None:
    """Enter numbers with their subjects (`cases.case:17`) in the register, and move their series past them."""
    runs = _runs({(n.kind, n.unit, n.year) for n, _ in found}, known)
    moved: set[RunKey] = set()
    made = []
    for n, subject in found:
        run = runs[n.kind, n.unit, n.year]
        if n.serial > run.last:
            run.last = n.serial
            moved.add((n.kind, n.unit, n.year))
        made.append((run.pk, n.serial, n.number, subject, act.kept, ""))
    rows.update(Series, "last", ((runs[key].last, runs[key].pk) for key in sorted(moved)))
    fields = ("series", "serial", "number", "subject", "taken_at", "void_reason")
    rows.insert(TakenNumber, fields, made, moments_kept=True)


def _runs(wanted: set[RunKey], known: Known) -> dict[RunKey, Series]:
    """The series, begun where they are not there; nobody else moves them until the transaction ends."""
    units = {unit for _, unit, _ in wanted}
    found = {
        (run.kind, run.unit_code, run.year): run
        for run in Series.objects.select_for_update().filter(unit_code__in=units)
    }
    new = [
        Series(kind=kind, unit_code=unit, year=year, pattern=known.forms[kind].pattern)
        for kind, unit, year in sorted(wanted - found.keys())
    ]
    for run in Series.objects.bulk_create(new):
        found[run.kind, run.unit_code, run.year] = run
    return found
