"""Addresses into the list of cases, for pages of other rooms."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from xiuhua.org.figures import Figure, Period

# How the rows of a figure are told in the filters of the list. A figure that is no list of cases has none.
FIGURE_FILTERS: dict[str, dict[str, str]] = {
    "J01": {},
    "J02": {},
    "J03": {"procedure": "summary"},
    "J04": {"procedure": "ordinary"},
}


def rows_url(figure: Figure, period: Period, unit: int | None = None) -> str:
    """The list that shows exactly the rows the figure counts, of one unit or of all."""
    query = {
        **FIGURE_FILTERS[figure.id],
        "closed_from": period.start.isoformat(),
        "closed_to": period.end.isoformat(),
        "sort": "closed",
    }
    if unit is not None:
        query["unit"] = str(unit)
    return f"{reverse('web:cases')}?{urlencode(query)}"
