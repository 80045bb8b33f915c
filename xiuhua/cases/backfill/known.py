"""What an import knows of the bureau: read once, then asked for every row without a query, in any process."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from xiuhua.cases.models import Band, Cause, Parameter
from xiuhua.cases.procedure.setting import Setting
from xiuhua.cases.queries.files import PARTY_KINDS, bands_for, cause_block
from xiuhua.cases.queries.law import parameters_on
from xiuhua.cases.queries.papers import shelf
from xiuhua.kernel import queries as kernel
from xiuhua.kernel import series
from xiuhua.kernel.authz import SYSTEM
from xiuhua.kernel.models import Area
from xiuhua.kernel.workdays import Calendar
from xiuhua.org import queries as org
from xiuhua.org.rules import UnitKind

# How the case file calls the kind of authority.
AUTHORITY_KINDS = {UnitKind.BUREAU: "district_bureau", UnitKind.TOWN_GOVERNMENT: "town_government"}


@dataclass(frozen=True, slots=True)
class UnitKnown:
    """A handling unit with the codes of its areas and the prefixes of its numbers."""

    id: int
    code: str
    name: str
    kind: str
    areas: tuple[str, ...]
    prefixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """In whose name a unit acts for a group of causes (`*`: all) from a day to a day, both included."""

    group: str
    valid_from: date
    valid_to: date
    id: int
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class OfficerKnown:
    """A person: id, name, kind, and certificates as (number, first day, last day), the last to end at the end."""

    id: int
    name: str
    kind: str
    certificates: tuple[tuple[str, date, date], ...]

    def block(self, on: date) -> dict[str, Any]:
        """The person as a case file names officers: with the certificate of the day, else the last one held."""
        valid = [c for c in self.certificates if c[1] <= on <= c[2]]
        shown = next(reversed(valid or self.certificates), None)
        return {
            "id": str(self.id),
            "name": self.name,
            "certificate_no": shown[0] if shown else None,
            "certificate_from": shown[1].isoformat() if shown else None,
            "certificate_to": shown[2].isoformat() if shown else None,
            "kind": self.kind,
            "interest_declared": False,
        }


@dataclass(frozen=True, slots=True)
class CauseKnown:
    """A version of a cause, and its block of the case file for each kind of party."""

    id: int
    code: str
    name: str
    group: str
    valid_from: date
    valid_to: date
    blocks: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Known:
    """Everything that rows are checked against. Nothing in it changes while an import runs."""

    units: Mapping[str, UnitKnown]
    names: Mapping[int, Sequence[Name]]
    officers: Mapping[str, OfficerKnown]
    causes: Mapping[str, Sequence[CauseKnown]]
    areas: Mapping[str, int]
    calendar: Calendar
    changes: Sequence[date]
    parameters: Sequence[Mapping[str, Any]]
    sealed: frozenset[str]
    forms: Mapping[str, series.Form]
    by_id: Mapping[str, OfficerKnown] = field(default_factory=dict)

    def cause(self, code: str, on: date) -> CauseKnown | None:
        """The version of a cause in force on `on`, the latest if several hold."""
        found = [c for c in self.causes.get(code, ()) if c.valid_from <= on <= c.valid_to]
        return found[-1] if found else None

    def authority(self, unit: UnitKnown, group: str, on: date) -> Name | None:
        """In whose name the unit handles causes of `group` on `on`: a row for the group goes before one for all."""
        held = [
            n
            for n in self.names.get(unit.id, ())
            if n.group in {group, "*"} and n.valid_from <= on <= n.valid_to
        ]
        return max(held, key=lambda n: (n.group != "*", n.valid_from), default=None)

    def setting(self, on: date, role: str, actor: str) -> Setting:
        """What a guard may know of a step on `on`; the actor is an id as text."""
        params = self.parameters[bisect_right(self.changes, on) - 1]
        return Setting(on, self.calendar, params, _roles(role), actor)


@lru_cache(maxsize=100)
def _roles(role: str) -> frozenset[str]:
    return frozenset((role,))


def load() -> Known:
    """Read what is known now."""
    officers = {o.staff_no: _officer(o) for o in org.officers(SYSTEM).prefetch_related("certificates")}
    names: dict[int, list[Name]] = {}
    for row in org.authority_rows():
        names.setdefault(row.unit_id, []).append(
            Name(
                row.cause_group,
                row.valid_from,
                row.valid_to or date.max,
                row.authority_id,
                AUTHORITY_KINDS.get(UnitKind(row.authority.kind), row.authority.kind),
                row.authority.name,
            )
        )
    causes: dict[str, list[CauseKnown]] = {}
    versions: Iterable[Any] = Cause.objects.order_by("pk")
    bands: Sequence[Band] = list(Band.objects.order_by("pk"))
    for cause in versions:
        causes.setdefault(cause.code, []).append(_cause(cause, bands))
    changes = _changes()
    shelf_ = shelf()
    return Known(
        units={unit.code: _unit(unit) for unit in org.handling_units().prefetch_related("areas")},
        names=names,
        officers=officers,
        causes=causes,
        areas=dict(Area.objects.values_list("code", "pk")),
        calendar=kernel.calendar(),
        changes=changes,
        parameters=[parameters_on(day) for day in changes],
        sealed=frozenset(kind for kind in shelf_.formed_kinds() if shelf_.form(kind, "9999-12-31").sealed),
        forms={kind: series.form(kind) for kind in series.kinds()},
        by_id={str(o.id): o for o in officers.values()},
    )


def _changes() -> list[date]:
    """The days on which a parameter begins or has ended, with the first of all days."""
    spans = Parameter.objects.values_list("valid_from", "valid_to")
    days = {date.min}
    for start, end in spans:
        days |= {start} if start else set()
        days |= {end + timedelta(days=1)} if end else set()
    return sorted(days)


def _unit(unit: org.Unit) -> UnitKnown:
    areas = tuple(sorted(area.code for area in unit.areas.all()))
    return UnitKnown(
        unit.pk, unit.code, unit.name, unit.kind, areas, tuple(series.prefixes(unit.code, unit.form_prefix))
    )


def _officer(officer: org.Officer) -> OfficerKnown:
    held = sorted((c.valid_to, c.valid_from, c.number) for c in officer.certificates.all())
    return OfficerKnown(
        officer.pk, officer.name, officer.kind, tuple((number, start, end) for end, start, number in held)
    )


def _cause(cause: Cause, bands: Sequence[Band]) -> CauseKnown:
    begins = cause.valid_from or date.min
    own = [
        band
        for band in bands
        if band.cause_code == cause.code
        and (band.valid_from or date.min) <= begins <= (band.valid_to or date.max)
    ]
    return CauseKnown(
        cause.pk,
        cause.code,
        cause.name,
        cause.group,
        begins,
        cause.valid_to or date.max,
        {kind: _block(cause, own, kind) for kind in PARTY_KINDS},
    )


def _block(cause: Cause, bands: Sequence[Band], kind: str) -> dict[str, Any]:
    own = bands_for(bands, kind)
    return {**cause_block(cause, kind), **({"bands": own} if own else {})}
