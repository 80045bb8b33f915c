"""What an import of leads knows of the bureau: read once, then asked for every row without a query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from xiuhua.kernel import queries as kernel
from xiuhua.kernel.areas import Locator
from xiuhua.kernel.areas import locator as areas_now
from xiuhua.kernel.workdays import Calendar
from xiuhua.leads import rules
from xiuhua.leads.models import LeadKind
from xiuhua.leads.queries import kinds, periods
from xiuhua.org import queries as org

ALL_CAUSES = "*"


@dataclass(frozen=True, slots=True)
class Name:
    """In whose name a unit acts for a group of causes (`*`: all) from a day to a day, both included."""

    group: str
    valid_from: date
    valid_to: date
    id: int


@dataclass(frozen=True)
class Known:
    """Everything that rows are checked against. Nothing in it changes while an import runs."""

    kinds: Mapping[str, LeadKind]
    units: Mapping[str, int]
    names: Mapping[int, Sequence[Name]]
    areas: Mapping[str, int]
    locator: Locator
    periods: Sequence[rules.Period]
    calendar: Calendar
    _found: dict[tuple[int, str, date], int | None] = field(default_factory=dict)

    def authority(self, unit_id: int, group: str, on: date) -> int | None:
        """In whose name the unit handles causes of `group` on `on`: a row for the group goes before one for all."""
        key = (unit_id, group, on)
        if key not in self._found:
            held = [
                n
                for n in self.names.get(unit_id, ())
                if n.group in {group, ALL_CAUSES} and n.valid_from <= on <= n.valid_to
            ]
            best = max(held, key=lambda n: (n.group != ALL_CAUSES, n.valid_from), default=None)
            self._found[key] = best.id if best else None
        return self._found[key]


def load() -> Known:
    """Read what is known now."""
    names: dict[int, list[Name]] = {}
    for row in org.authority_rows():
        names.setdefault(row.unit_id, []).append(
            Name(row.cause_group, row.valid_from, row.valid_to or date.max, row.authority_id)
        )
    locator = areas_now()
    return Known(
        kinds={kind.code: kind for kind in kinds()},
        units=dict(org.handling_units().values_list("code", "pk")),
        names=names,
        areas={area.code: area.pk for area in locator.areas},
        locator=locator,
        periods=periods(),
        calendar=kernel.calendar(),
    )
