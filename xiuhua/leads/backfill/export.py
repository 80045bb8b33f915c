"""What somebody may see, written to a file: CSV, XLSX or Parquet, in the columns that an import takes.

Who reported is never in it.
"""

from __future__ import annotations

from pathlib import Path

from django.db.models import QuerySet

from xiuhua.kernel import sinks
from xiuhua.kernel.authz import Actor
from xiuhua.leads.backfill.columns import COLUMNS
from xiuhua.leads.models import Lead

NAMES = (
    "number",
    "state",
    "case_label",
    *(name for name in COLUMNS if name != "number" and not name.startswith("reporter_")),
)
_PATHS = {
    "kind": "kind__code",
    "area": "area__code",
    "unit": "unit__code",
    "cause": "cause_hint",
}


def export(user: Actor, path: Path, *, rows: QuerySet[Lead] | None = None) -> int:
    """Write the leads `user` may see (or of those the `rows`) to `path`, by its ending; how many there were.

    Raises Invalid for an ending that is no format.
    """
    visible = Lead.objects.visible(user)
    found = visible if rows is None else visible.filter(pk__in=rows.values("pk"))
    paths = [_PATHS.get(name, name) for name in NAMES]
    told = found.order_by("received_at", "pk").values_list(*paths)
    return sinks.write(path, NAMES, told.iterator(chunk_size=sinks.CHUNK), frozenset({"lon", "lat"}))
