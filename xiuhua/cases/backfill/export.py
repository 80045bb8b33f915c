"""The cases that somebody may see, written to a file: CSV, XLSX or Parquet; what lists show, one row a case.

Numbers of identity cards and telephones are not in it, nor the files themselves.
"""

from __future__ import annotations

from pathlib import Path

from django.db.models import QuerySet

from xiuhua.cases.models import Case
from xiuhua.kernel import sinks
from xiuhua.kernel.authz import Actor

# Column → where it lies. Units, areas and causes by their codes, as an import names them.
COLUMNS = {
    "number": "number",
    "procedure": "procedure",
    "state": "state",
    "unit": "handling_unit__code",
    "authority": "authority__code",
    "officer": "officer__staff_no",
    "cause": "cause__code",
    "cause_name": "cause__name",
    "party_name": "party_name",
    "place": "place",
    "area": "area__code",
    "lon": "lon",
    "lat": "lat",
    "lead": "lead__number",
    "found_on": "found_on",
    "filed_on": "filed_on",
    "decided_on": "decided_on",
    "served_on": "served_on",
    "closed_on": "closed_on",
    "decision_number": "decision_number",
    "archive_number": "archive_number",
    "kinds": "kinds",
    "fine": "fine",
    "paid": "paid",
    "clock": "clock",
    "due_on": "due_on",
}
_NUMBERS = frozenset({"lon", "lat", "fine", "paid"})


def export(user: Actor, path: Path, *, rows: QuerySet[Case] | None = None) -> int:
    """Write the cases `user` may see (or of those the `rows`) to `path`, by its ending; how many there were.

    Raises Invalid for an ending that is no format.
    """
    visible = Case.objects.whole(user)
    found = visible if rows is None else visible.filter(pk__in=rows.values("pk"))
    told = found.order_by("opened_at", "pk").values_list(*COLUMNS.values())
    return sinks.write(path, tuple(COLUMNS), told.iterator(chunk_size=sinks.CHUNK), _NUMBERS)
