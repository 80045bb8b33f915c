"""The open cases that changes of the law touch, and how: for `xiuhua reference` around a load, and for a page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models.fields.json import KT, KeyTransform

from xiuhua.cases.discretion.comparing import Text
from xiuhua.cases.discretion.touching import (
    NewText,
    NewValue,
    OpenCase,
    Way,
    by_guidance,
    by_text,
    by_value,
)
from xiuhua.cases.models import Case
from xiuhua.cases.queries.law_changes import Change, begun, loaded
from xiuhua.kernel import clock
from xiuhua.kernel.authz import Actor

# Changes that began longer ago than this are not looked for.
LOOK_BACK_YEARS = 2


@dataclass(frozen=True, slots=True)
class Touched:
    """A change with the cases it touches and how; `keys` are all of them, `cases` those that were asked for."""

    change: Change
    cases: Sequence[tuple[Case, Way]] = field(default_factory=tuple)
    keys: Sequence[int] = field(default_factory=tuple)


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
        Case.objects.whole(user)
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


def touched(user: Actor, changes: Sequence[Change], today: date, shown: int | None = None) -> list[Touched]:
    """Of each change the open cases of `user` that it touches; changes that touch none are left out.

    With `shown` no more than so many rows of each change are read, and the others are only counted.
    """
    if not changes:
        return []
    cases = open_cases(user)
    by_cause: dict[str, list[OpenCase]] = {}
    for case in cases:
        by_cause.setdefault(case.cause, []).append(case)
    found: list[tuple[Change, list[tuple[int, Way]]]] = []
    for change in _once(changes):
        asked = cases if _of_all(change) else by_cause.get(change.key, [])
        ways = [(case.key, way) for case in asked if (way := _way(change, case, today))]
        if ways:
            found.append((change, ways))
    rows = {case.pk: case for case in _shown(user, {key for _, ways in found for key, _ in ways[:shown]})}
    return [
        Touched(change, [(rows[key], way) for key, way in ways[:shown]], [key for key, _ in ways])
        for change, ways in found
    ]


def _of_all(change: Change) -> bool:
    """Whether cases of every cause may be touched."""
    return isinstance(change.rule, NewValue) or change.key == "*"


def _once(changes: Sequence[Change]) -> list[Change]:
    """Each change once; what a load corrected goes before what merely began."""
    found: dict[tuple[str, str, date | None], Change] = {}
    for change in changes:
        found[change.file, change.key, change.day] = change
    return sorted(found.values(), key=lambda c: (c.day or date.min, c.key), reverse=True)


def _way(change: Change, case: OpenCase, today: date) -> Way | None:
    rule = change.rule
    if isinstance(rule, NewText):
        return by_text(rule, case, today)
    return by_value(rule, case) if isinstance(rule, NewValue) else by_guidance(rule, case)


def _shown(user: Actor, keys: Iterable[int]) -> Iterable[Case]:
    rows = (
        Case.objects.whole(user).select_related("handling_unit", "cause", "officer").defer("base", "search")
    )
    wanted = sorted(keys)
    for start in range(0, len(wanted), 500):
        yield from rows.filter(pk__in=wanted[start : start + 500])


def recent(user: Actor, today: date, shown: int | None = None) -> list[Touched]:
    """What changed in the last years or is to change, with the open cases of `user` it touches, the latest first."""
    since = today.replace(year=today.year - LOOK_BACK_YEARS, day=1)
    return touched(user, [*begun(since), *loaded(since)], today, shown)
