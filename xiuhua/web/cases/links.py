"""Addresses into the list of cases, for pages of other rooms."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from xiuhua.org.figures import Figure, Period

# How the rows of a figure are told in the filters of the list. A figure that is no list of cases has none.
FIGURE_FILTERS: dict[str, dict[str, tuple[str, ...]]] = {
    "J01": {"procedure": ("summary", "ordinary")},
    "J02": {"procedure": ("summary", "ordinary")},
    "J03": {"procedure": ("summary",)},
    "J04": {"procedure": ("ordinary",)},
    "G01": {"procedure": ("demolition",)},
}
# The day of a figure and the filter of the list that asks for it.
DAY_FILTERS = {"closed_on": "closed", "demolished_on": "demolished"}


def rows_url(figure: Figure, period: Period, unit: int | None = None) -> str:
    """The list that shows exactly the rows the figure counts, of one unit or of all."""
    day = DAY_FILTERS[figure.day]
    query: dict[str, str | tuple[str, ...]] = {
        **FIGURE_FILTERS[figure.id],
        f"{day}_from": period.start.isoformat(),
        f"{day}_to": period.end.isoformat(),
        "sort": day,
    }
    if unit is not None:
        query["unit"] = str(unit)
    return f"{reverse('web:cases')}?{urlencode(query, doseq=True)}"
