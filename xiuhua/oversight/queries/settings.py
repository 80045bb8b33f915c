"""Goals, items and periods as they are loaded now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q

from xiuhua.kernel import queries as kernel
from xiuhua.org.queries import Unit
from xiuhua.oversight import rules
from xiuhua.oversight.models import Goal, Item, Limit


def goals(units: Iterable[Unit], month: date) -> dict[int, int]:
    """Unit → how many of its recordings are to be looked at in the month; units without a goal are left out."""
    rows = list(Goal.objects.values_list("unit", "monthly", "valid_from", "valid_to"))
    found = {unit.pk: rules.goal_of(rows, unit.code, month) for unit in units}
    return {unit: goal for unit, goal in found.items() if goal}


def items(on: date) -> list[Item]:
    """The questions of the sheet on a day, in their order."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    going = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    return list(Item.objects.filter(begun & going).order_by("position", "pk"))


def _periods(values: Mapping[str, int]) -> Mapping[str, int]:
    return {code: values[code] for code in rules.LIMIT_CODES}


def limit(code: str) -> int:
    """A period in working days. Raises Invalid before the reference data is loaded."""
    return kernel.thresholds(Limit, _periods)[code]
