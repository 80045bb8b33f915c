"""The outbox: what must happen later is a row written in the same transaction; a worker loop claims it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from xiuhua.kernel.models import Job


def put(name: str, payload: Mapping[str, Any], *, run_at: datetime, key: str = "") -> None:
    """Add a row. With a `key`, the same thing is asked for only once, however often it is said."""
    row = Job(name=name, payload=dict(payload), run_at=run_at, unique_key=key or None)
    if key:
        Job.objects.bulk_create([row], ignore_conflicts=True)
    else:
        row.save()
