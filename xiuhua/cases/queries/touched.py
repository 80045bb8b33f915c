"""What changed in the law, and the open cases it touches: for `xiuhua reference` around a load, and for a page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.db.models.fields.json import KT, KeyTransform

from xiuhua.cases.discretion.comparing import Text
from xiuhua.cases.discretion.saying import amount
from xiuhua.cases.discretion.touching import (
    LIGHTER_LAW,
    NewText,
    NewValue,
    OpenCase,
    Way,
    by_text,
    by_value,
)
from xiuhua.cases.models import Case, Cause, Parameter
from xiuhua.cases.queries.discretion import text_of
from xiuhua.cases.queries.law import OLDEST_FIRST
from xiuhua.kernel import clock
from xiuhua.kernel import queries as kernel
from xiuhua.kernel.authz import Actor

FILES = {"causes.csv": Cause, "parameters.csv": Parameter}
# Columns whose change is no change of the law: words, sources, and the end that a later version brings with it.
SAID_ONLY = frozenset(
    {"source", "certainty", "note", "unverified", "search", "valid_to", "meaning", "meaning_en"}
)
# Changes that began longer ago than this are not looked for.
LOOK_BACK_YEARS = 2


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
    rule: NewText | NewValue


@dataclass(frozen=True, slots=True)
class Touched:
    """A change with the cases it touches, and how."""

    change: Change
    cases: Sequence[tuple[Case, Way]] = field(default_factory=tuple)

    @property
    def ground(self) -> str:
        """The article by which the case is touched: of the lighter text, else of the change itself."""
        return LIGHTER_LAW if isinstance(self.change.rule, NewText) else self.change.article


def _amounts(cause: Cause | None) -> str:
    """The range of a version as the table writes it, that for organisations behind a stroke."""
    if cause is None:
        return "—"
    ends = [(cause.floor, cause.ceiling)]
    if cause.ceiling_organisation is not None:
        ends.append((cause.floor_organisation, cause.ceiling_organisation))
    said = " / ".join(f"{amount(low or Decimal(0))}–{amount(high)}" for low, high in ends if high is not None)
    return f"{said or '—'} {cause.unit}{' R' if cause.needs_refusal else ''}"


def of_cause(cause: Cause, before: Cause | None) -> Change:
    """A version of a cause beside the one that went before it."""
    rule = NewText(
        cause.code,
        cause.valid_from,
        cause.valid_to,
        lambda case: text_of(before, case.party_kind) if before else None,
        lambda case: text_of(cause, case.party_kind),
    )
    return Change(
        "causes.csv",
        cause.code,
        cause.valid_from,
        cause.name,
        cause.name_en,
        cause.basis,
        _amounts(before),
        _amounts(cause),
        rule,
    )


def of_parameter(row: Parameter, before: str, corrected: bool = False) -> Change:
    return Change(
        "parameters.csv",
        row.name,
        row.valid_from,
        row.meaning,
        row.meaning_en,
        row.article,
        before,
        f"{row.value} {row.unit}",
        NewValue(row.name, row.valid_from, corrected),
    )


def _versions(rows: Iterable[Any], key: str) -> Iterable[tuple[Any, Any]]:
    """Every row with the one before it of the same key, or None."""
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, key), []).append(row)
    for versions in found.values():
        yield versions[0], None
        yield from ((after, before) for before, after in pairwise(versions))


def begun(since: date) -> list[Change]:
    """Texts and values that begin on `since` or later, those to come among them."""
    causes = _versions(Cause.objects.order_by("code", OLDEST_FIRST), "code")
    values = _versions(Parameter.objects.order_by("name", OLDEST_FIRST), "name")
    found = [of_cause(c, before) for c, before in causes if c.valid_from and c.valid_from >= since]
    for row, before in values:
        if row.valid_from and row.valid_from >= since and before and before.value != row.value:
            found.append(of_parameter(row, f"{before.value} {before.unit}"))
    return found


def loaded(since: date) -> list[Change]:
    """What loads since that day corrected in rows that were there, or added behind the present; the first load of a
    file brought the law in and changed nothing."""
    found: list[Change] = []
    for file, model in FILES.items():
        entries = list(kernel.history(f"reference:{file}").filter(verb="reference.load"))[1:]
        rows = {_said(row): row for row in model._default_manager.all()}
        for entry in entries:
            if clock.day_of(entry.at) < since:
                continue
            facts = json.loads(entry.facts) if isinstance(entry.facts, str) else entry.facts
            found += _of_facts(facts, rows)
    return found


def _said(row: Any) -> str:
    """The key of a row as the record says it."""
    return f"{row.code if isinstance(row, Cause) else row.name} {row.valid_from or '…'}"


def _of_facts(facts: Mapping[str, Any], rows: Mapping[str, Any]) -> Iterable[Change]:
    changed = {key: fields for key, fields in facts.get("changed", {}).items() if fields.keys() - SAID_ONLY}
    for key in [*facts.get("added", ()), *changed]:
        row = rows.get(key)
        if isinstance(row, Cause):
            yield of_cause(row, _went_before(row))
        elif isinstance(row, Parameter) and key in changed:
            yield of_parameter(
                row, _old_value({"value": row.value, "unit": row.unit}, changed[key]), corrected=True
            )


def from_load(
    file: str,
    added: Iterable[Mapping[str, Any]],
    changed: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]],
) -> list[Change]:
    """The changes in a load: rows added, and rows changed with field → (before, after); rows as the table has them."""
    if file == "causes.csv":
        rows = [Cause(**row) for row in added]
        rows += [Cause(**row) for row, fields in changed if fields.keys() - SAID_ONLY]
        return [of_cause(row, _went_before(row)) for row in rows]
    if file != "parameters.csv":
        return []
    new = [_new_value(Parameter(**row)) for row in added]
    return new + [
        of_parameter(Parameter(**row), _old_value(row, fields), corrected=True)
        for row, fields in changed
        if fields.keys() - SAID_ONLY
    ]


def _old_value(row: Mapping[str, Any], fields: Mapping[str, Any]) -> str:
    """What a corrected parameter was before, with its unit."""
    return " ".join(str(fields[name][0] if name in fields else row[name]) for name in ("value", "unit"))


def _went_before(row: Any) -> Any:
    """The loaded version of the same key that begins before `row`; None where there is none."""
    name = "code" if isinstance(row, Cause) else "name"
    rows = type(row)._default_manager.filter(**{name: getattr(row, name)})
    older = [r for r in rows if (r.valid_from or date.min) < (row.valid_from or date.min)]
    return max(older, key=lambda r: r.valid_from or date.min, default=None)


def _new_value(row: Parameter) -> Change:
    before = _went_before(row)
    return of_parameter(row, f"{before.value} {before.unit}" if before else "")


def _amount(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _text(block: Mapping[str, Any] | None, may: bool) -> Text | None:
    """What the file of a case took its norm to say; `may` is not in the file and comes from its cause."""
    if not block:
        return None
    return Text(
        floor=_amount(block.get("floor")),
        ceiling=_amount(block.get("ceiling")),
        unit=str(block.get("unit") or "yuan"),
        kinds=frozenset(k for k in block.get("kinds_allowed") or () if k),
        needs_refusal=bool(block.get("needs_refusal")),
        may=may,
    )


def open_cases(user: Actor) -> list[OpenCase]:
    """What decides whether a change touches the open cases that `user` may see; two keys of the base, not all of it."""
    rows = (
        Case.objects.visible(user)
        .filter(closed_on__isnull=True)
        .annotate(acted=KT("base__violation__occurred_on"), norm=KeyTransform("cause", "base"))
        .values_list(
            "pk", "procedure", "cause__code", "found_on", "opened_at", "filed_on", "decided_on", "served_on",
            "party__kind", "cause__may", "acted", "norm",
        )
    )  # fmt: skip
    return [
        OpenCase(
            key=pk,
            procedure=procedure,
            cause=code,
            acted_on=date.fromisoformat(acted[:10]) if acted else found_on,
            opened_on=clock.day_of(opened_at),
            filed_on=filed_on,
            decided_on=decided_on,
            served_on=served_on,
            party_kind=kind or "citizen",
            text=_text(json.loads(norm) if isinstance(norm, str) else norm, may),
        )
        for pk, procedure, code, found_on, opened_at, filed_on, decided_on, served_on, kind, may, acted, norm in rows
    ]


def touched(user: Actor, changes: Sequence[Change], today: date) -> list[Touched]:
    """Of each change the open cases of `user` that it touches; changes that touch none are left out."""
    if not changes:
        return []
    cases = open_cases(user)
    found: list[tuple[Change, list[tuple[int, Way]]]] = []
    for change in _once(changes):
        ways = [(case.key, way) for case in cases if (way := _way(change, case, today))]
        if ways:
            found.append((change, ways))
    keys = {key for _, ways in found for key, _ in ways}
    rows = {case.pk: case for case in _shown(user, keys)}
    return [Touched(change, [(rows[key], way) for key, way in ways]) for change, ways in found]


def _once(changes: Sequence[Change]) -> list[Change]:
    """Each change once; what a load corrected goes before what merely began."""
    found: dict[tuple[str, str, date | None], Change] = {}
    for change in changes:
        found[change.file, change.key, change.day] = change
    return sorted(found.values(), key=lambda c: (c.day or date.min, c.key), reverse=True)


def _way(change: Change, case: OpenCase, today: date) -> Way | None:
    rule = change.rule
    return by_text(rule, case, today) if isinstance(rule, NewText) else by_value(rule, case)


def _shown(user: Actor, keys: Iterable[int]) -> Iterable[Case]:
    rows = Case.objects.visible(user).select_related("handling_unit", "cause", "officer")
    wanted = sorted(keys)
    for start in range(0, len(wanted), 500):
        yield from rows.filter(pk__in=wanted[start : start + 500])


def recent(user: Actor, today: date) -> list[Touched]:
    """What changed in the last years or is to change, with the open cases of `user` it touches, the latest first."""
    since = today.replace(year=today.year - LOOK_BACK_YEARS, day=1)
    return touched(user, [*begun(since), *loaded(since)], today)
