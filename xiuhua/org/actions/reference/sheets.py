"""Reference files into tables: what a file would change, and the change itself in one act for each file.

A row is compared by natural values (codes, not primary keys), so that a file says the same everywhere. A second load
changes nothing and writes no entry. Rows that are no longer in a file stay (rows of legal effect are never deleted) and
are reported, except in tables that follow their file (`follows`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from xiuhua.kernel import record
from xiuhua.kernel.authz import Actor, Invalid
from xiuhua.org.permissions import check_can_manage
from xiuhua.org.rules.tables import Difference, Fault, Key, Row, Shape, State, Table, compare

Tables = Mapping[str, Table]
Link = tuple[type[models.Model], str]


def as_they_stand(table: Table, tables: Tables) -> Iterator[tuple[int, Row]]:
    yield from enumerate(table.rows)


def no_more_checks(table: Table, tables: Tables) -> Iterator[Fault]:
    yield from ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One reference file and the table it is loaded into.

    `wanted` turns the file into rows of the model, each with the index of the file row it comes from. `links` are
    foreign keys and `many` many-to-many fields, given by a natural field of the other model. `only` are the rows of
    the table of which the file speaks.
    """

    shape: Shape
    model: type[models.Model]
    key: tuple[str, ...]
    wanted: Callable[[Table, Tables], Iterable[tuple[int, Row]]] = as_they_stand
    check: Callable[[Table, Tables], Iterator[Fault]] = no_more_checks
    links: Mapping[str, Link] = field(default_factory=dict)
    many: Mapping[str, Link] = field(default_factory=dict)
    only: Q = field(default_factory=Q)
    follows: bool = False

    @property
    def file(self) -> str:
        return self.shape.file


def faults(sheet: Sheet, table: Table, tables: Tables) -> Iterator[Fault]:
    """What is wrong with a file beyond its form: what it says of other files, and text that does not fit its column."""
    if table.faults:
        return
    yield from sheet.check(table, tables)
    for index, row in sheet.wanted(table, tables):
        for name, value in row.items():
            limit = getattr(sheet.model._meta.get_field(name), "max_length", None)
            if limit and isinstance(value, str) and len(value) > limit:
                yield table.fault(index, name, f"{len(value)} characters, {limit} fit")


def _keyed(sheet: Sheet, rows: Iterable[Row]) -> State:
    return {tuple(row[name] for name in sheet.key): row for row in rows}


def _loaded(sheet: Sheet, names: Iterable[str]) -> State:
    """What is in the table, in natural values."""
    plain = [n for n in names if n not in sheet.many]
    paths = {n: f"{n}__{sheet.links[n][1]}" if n in sheet.links else n for n in plain}
    objects = sheet.model._default_manager.filter(sheet.only)
    rows = {row["pk"]: row for row in objects.values("pk", *paths.values())}
    found = {pk: {n: row[path] for n, path in paths.items()} for pk, row in rows.items()}
    for name, (_, natural) in sheet.many.items():
        for row in found.values():
            row[name] = ()
        for pk, value in objects.filter(**{f"{name}__isnull": False}).values_list("pk", f"{name}__{natural}"):
            found[pk][name] = tuple(sorted((*found[pk][name], value)))
    return _keyed(sheet, found.values())


def difference(sheet: Sheet, table: Table, tables: Tables) -> Difference:
    """What loading the file would change."""
    wanted = _keyed(sheet, (row for _, row in sheet.wanted(table, tables)))
    names = next(iter(wanted.values()), dict.fromkeys(sheet.key))
    return compare(_loaded(sheet, names), wanted)


def load(sheet: Sheet, table: Table, tables: Tables, *, by: Actor, at: datetime) -> Difference:
    """Bring the table to what the file says, in one act; nothing is written where nothing differs.

    Raises Refused for somebody who may not, Invalid where the file names something that is not loaded yet.
    """
    check_can_manage(by)
    found = difference(sheet, table, tables)
    if not (found.added or found.changed or (found.gone and sheet.follows)):
        return found
    with record.act("reference.load", by=by, at=at) as act:
        for row in found.added.values():
            _insert(sheet, row)
        for key, fields in found.changed.items():
            _change(sheet, key, {name: after for name, (_, after) in fields.items()})
        if sheet.follows:
            for key in found.gone:
                _rows(sheet, key).delete()
        facts = _facts(sheet, table, found)
        act.bulk([act.line(subject=f"reference:{sheet.file}", label=sheet.file, facts=facts)])
    return found


def said(key: Key) -> str:
    """A key as one word for people and for the record."""
    return " ".join("…" if part is None else str(part) for part in key)


def _facts(sheet: Sheet, table: Table, found: Difference) -> dict[str, Any]:
    content = "\n".join(repr(sorted(row.items())) for row in table.rows)
    return {
        "rows": len(table.rows),
        "sha256": hashlib.sha256(content.encode()).hexdigest(),
        "added": [said(key) for key in found.added],
        "changed": {
            said(key): {name: [str(before), str(after)] for name, (before, after) in fields.items()}
            for key, fields in found.changed.items()
        },
        "removed": [said(key) for key in found.gone] if sheet.follows else [],
    }


def _rows(sheet: Sheet, key: Key) -> models.QuerySet[models.Model]:
    """The row of `key`, as a queryset of one."""
    named = dict(zip(sheet.key, key, strict=True))
    conditions = {f"{n}__{sheet.links[n][1]}" if n in sheet.links else n: v for n, v in named.items()}
    filled = {n: v for n, v in conditions.items() if v is not None}
    empty = {f"{n}__isnull": True for n, v in conditions.items() if v is None}
    return sheet.model._default_manager.filter(sheet.only, **filled, **empty)


def _linked(sheet: Sheet, name: str, value: Any) -> Any:
    """The object that a foreign key points to. Raises Invalid where it is not loaded."""
    if value is None:
        return None
    model, natural = sheet.links[name]
    found = model._default_manager.filter(**{natural: value}).first()
    if found is None:
        raise Invalid({f"{sheet.file} {name}": f"“{value}”尚未载入"})
    return found


def _values(sheet: Sheet, row: Row) -> dict[str, Any]:
    plain = {n: v for n, v in row.items() if n not in sheet.many}
    return {n: _linked(sheet, n, v) if n in sheet.links else v for n, v in plain.items()}


def _join(sheet: Sheet, target: models.Model, row: Row) -> None:
    """Set the many-to-many fields that `row` gives. Raises Invalid where a member is not loaded."""
    for name in sheet.many.keys() & row.keys():
        model, natural = sheet.many[name]
        members = list(model._default_manager.filter(**{f"{natural}__in": row[name]}))
        there = {getattr(m, natural) for m in members}
        if missing := [v for v in row[name] if v not in there]:
            raise Invalid({f"{sheet.file} {name}": f"“{missing[0]}”尚未载入"})
        getattr(target, name).set(members)


def _insert(sheet: Sheet, row: Row) -> None:
    target = sheet.model(**_values(sheet, row))
    target.save(force_insert=True)
    _join(sheet, target, row)


def _change(sheet: Sheet, key: Key, row: Row) -> None:
    rows = _rows(sheet, key)
    if values := _values(sheet, row):
        rows.update(**values)
    if sheet.many.keys() & row.keys():
        _join(sheet, rows.get(), row)
