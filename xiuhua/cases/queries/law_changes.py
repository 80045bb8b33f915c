"""Changes of the law as the tables and their loads tell them, each with the rule that says whom it touches."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.db.models import Model

from xiuhua.cases.discretion.saying import amount
from xiuhua.cases.discretion.touching import LIGHTER_LAW, NewGuidance, NewText, NewValue
from xiuhua.cases.models import Band, Cause, Parameter, Tier
from xiuhua.cases.queries.discretion import text_of
from xiuhua.cases.queries.law import OLDEST_FIRST
from xiuhua.kernel import clock
from xiuhua.kernel import queries as kernel

FILES: Mapping[str, type[Model]] = {
    "causes.csv": Cause,
    "parameters.csv": Parameter,
    "tiers.csv": Tier,
    "bands.csv": Band,
}
# What is published as a benchmark binds who decides.
BENCHMARK = "PPL21 §34"
# Columns whose change is no change of the law: words, sources, and the end that a later version brings with it.
SAID_ONLY = frozenset(
    {
        "source", "certainty", "note", "unverified", "search", "valid_to", "meaning", "meaning_en", "name_en", "label",
        "label_en", "article",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the law. `label` and `label_en`: what it is about; `before` and `after` in words of the table."""

    file: str
    key: str
    day: date | None
    label: str
    label_en: str
    article: str
    before: str
    after: str
    rule: NewText | NewValue | NewGuidance

    @property
    def ground(self) -> str:
        """The article by which cases are touched: of the lighter text, of the benchmark, else of the change itself."""
        if isinstance(self.rule, NewText):
            return LIGHTER_LAW
        return BENCHMARK if isinstance(self.rule, NewGuidance) else self.article


def _amounts(cause: Cause | None) -> str:
    """The range of a version as the table writes it, that for organisations behind a stroke."""
    if cause is None:
        return ""
    ends = [(cause.floor, cause.ceiling)]
    if cause.ceiling_organisation is not None:
        ends.append((cause.floor_organisation, cause.ceiling_organisation))
    said = " / ".join(_ends(low, high) for low, high in ends if high is not None)
    return f"{said or '—'} {cause.unit}{' R' if cause.needs_refusal else ''}"


def _ends(low: Decimal | None, high: Decimal) -> str:
    return f"{amount(low or Decimal(0))}–{amount(high)}"


def of_cause(cause: Cause, before: Cause | None) -> Change:
    """A version of a cause beside the one that went before it."""
    rule = NewText(
        cause.code,
        cause.valid_from,
        cause.valid_to,
        lambda case: text_of(before, case.party_kind) if before else None,
        lambda case: text_of(cause, case.party_kind),
    )
    words = (cause.name, cause.name_en, cause.basis, _amounts(before), _amounts(cause))
    return Change("causes.csv", cause.code, cause.valid_from, *words, rule)


def of_parameter(row: Parameter, before: str, corrected: bool = False) -> Change:
    """A value of a parameter, and what it was before, with its unit."""
    words = (row.meaning, row.meaning_en, row.article, before, f"{row.value} {row.unit}")
    return Change(
        "parameters.csv", row.name, row.valid_from, *words, NewValue(row.name, row.valid_from, corrected)
    )


def of_guidance(rows: Sequence[Tier | Band], corrected: bool = False) -> Change:
    """Tiers or further ranges of one cause that begin on one day."""
    first = rows[0]
    cause = Cause.objects.filter(code=first.cause_code).order_by(OLDEST_FIRST).last()
    name, name_en = (cause.name, cause.name_en) if cause else ("全部案由", "All causes")
    file, said = ("tiers.csv", _cuts(rows)) if isinstance(first, Tier) else ("bands.csv", _bands(rows))
    rule = NewGuidance(first.cause_code, first.valid_from, corrected)
    return Change(file, first.cause_code, first.valid_from, name, name_en, BENCHMARK, "", said, rule)


def _cuts(rows: Iterable[Any]) -> str:
    ordered = sorted(rows, key=lambda row: row.from_percent)
    return " / ".join(f"{row.from_percent}–{row.to_percent}" for row in ordered) + " percent"


def _bands(rows: Iterable[Any]) -> str:
    found = list(rows)
    return " / ".join(_ends(row.floor, row.ceiling) for row in found) + f" {found[0].unit}"


def _versions(rows: Iterable[Any], key: str) -> Iterator[tuple[Any, Any]]:
    """Every row with the one before it of the same key, or None."""
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, key), []).append(row)
    for versions in found.values():
        yield versions[0], None
        yield from ((after, before) for before, after in pairwise(versions))


def _together(rows: Iterable[Tier | Band]) -> Iterator[list[Tier | Band]]:
    """Rows of one table, cause and day."""
    found: dict[tuple[type, str, date | None], list[Tier | Band]] = {}
    for row in rows:
        found.setdefault((type(row), row.cause_code, row.valid_from), []).append(row)
    yield from found.values()


def begun(since: date) -> list[Change]:
    """Texts, values and guidance that begin on `since` or later, those to come among them."""
    causes = _versions(Cause.objects.order_by("code", OLDEST_FIRST), "code")
    values = _versions(Parameter.objects.order_by("name", OLDEST_FIRST), "name")
    found = [of_cause(c, before) for c, before in causes if c.valid_from and c.valid_from >= since]
    for row, before in values:
        if row.valid_from and row.valid_from >= since and before and before.value != row.value:
            found.append(of_parameter(row, f"{before.value} {before.unit}"))
    guidance: list[Tier | Band] = [*Tier.objects.filter(valid_from__gte=since)]
    guidance += Band.objects.filter(valid_from__gte=since)
    return found + [of_guidance(rows) for rows in _together(guidance)]


def loaded(since: date) -> list[Change]:
    """What loads since that day corrected in rows that were there, or added behind the present.

    The first load of a file brought the law in and changed nothing.
    """
    found: list[Change] = []
    for file, model in FILES.items():
        entries = list(kernel.history(f"reference:{file}").filter(verb="reference.load"))[1:]
        late = [entry for entry in entries if clock.day_of(entry.at) >= since]
        rows = {key_of(row): row for row in model._default_manager.all()} if late else {}
        for entry in late:
            facts = json.loads(entry.facts) if isinstance(entry.facts, str) else entry.facts
            added = [rows[key] for key in facts.get("added", ()) if key in rows]
            changed = [(rows[key], fields) for key, fields in facts.get("changed", {}).items() if key in rows]
            found += in_rows(added, changed)
    return found


def key_of(row: Any) -> str:
    """The key of a row as the record says it."""
    match row:
        case Cause():
            names = [row.code]
        case Parameter():
            names = [row.name]
        case Tier():
            names = [row.cause_code, row.tier]
        case _:
            names = [row.cause_code, row.band]
    return " ".join([*names, str(row.valid_from or "…")])


def from_load(
    file: str,
    added: Iterable[Mapping[str, Any]],
    changed: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]],
) -> list[Change]:
    """The changes in a load: rows added, and rows changed with field → (before, after); rows as the table has them."""
    model = FILES.get(file)
    if model is None:
        return []
    return in_rows([model(**row) for row in added], [(model(**row), fields) for row, fields in changed])


def in_rows(added: Sequence[Any], changed: Iterable[tuple[Any, Mapping[str, Any]]]) -> list[Change]:
    """The changes of the law in rows of one table; other words or a better source are none."""
    real = [(row, fields) for row, fields in changed if fields.keys() - SAID_ONLY]
    rows = [*added, *(row for row, _ in real)]
    if not rows:
        return []
    if isinstance(rows[0], Cause):
        return [of_cause(row, _went_before(row)) for row in rows]
    if isinstance(rows[0], Parameter):
        new = [_new_value(row) for row in added]
        return new + [of_parameter(row, _old_value(row, fields), corrected=True) for row, fields in real]
    corrected = [of_guidance(group, corrected=True) for group in _together(row for row, _ in real)]
    return [of_guidance(group) for group in _together(added)] + corrected


def _old_value(row: Parameter, fields: Mapping[str, Any]) -> str:
    """What a corrected parameter was before, with its unit."""
    return " ".join(
        str(fields[name][0] if name in fields else getattr(row, name)) for name in ("value", "unit")
    )


def _went_before(row: Any) -> Any:
    """The loaded version of the same key that begins before `row`; None where there is none."""
    name = "code" if isinstance(row, Cause) else "name"
    rows = type(row)._default_manager.filter(**{name: getattr(row, name)})
    older = [r for r in rows if (r.valid_from or date.min) < (row.valid_from or date.min)]
    return max(older, key=lambda r: r.valid_from or date.min, default=None)


def _new_value(row: Parameter) -> Change:
    before = _went_before(row)
    return of_parameter(row, f"{before.value} {before.unit}" if before else "")
