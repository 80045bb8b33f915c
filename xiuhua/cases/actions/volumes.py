"""Binding the archive volume of a closed case: drawn once, kept as it was, recorded."""

from __future__ import annotations

from datetime import datetime

from xiuhua.cases import permissions
from xiuhua.cases.models import Case, Volume
from xiuhua.cases.queries import volumes
from xiuhua.kernel import clock, files, record
from xiuhua.kernel.authz import SYSTEM, Actor

# The job that binds what was just archived (see `cases.jobs`).
BIND = "cases.bind_volume"


def bind_volume(*, case: Case, by: Actor, at: datetime) -> Volume:
    """Bind the volume of a closed case and keep it; an earlier binding stays beside it.

    The volume holds everything in the file, whoever binds it: that is what the archive keeps. Raises Refused for a case
    that is not closed or out of reach.
    """
    permissions.check_can_bind(case, by)
    drawn = volumes.volume(case, SYSTEM, clock.day_of(at))
    with record.act("cases.bind_volume", by=by, at=at) as act:
        file = files.store(drawn.data, "application/pdf", act=act)
        entry = act.entry(
            on=case,
            facts={"pages": drawn.pages, "leaves": len(drawn.spans), "sha256": file.sha256},
            label=case.number,
        )
        bound = Volume(
            case=case,
            file=file,
            pages=drawn.pages,
            contents=[
                {"name": leaf.name, "number": leaf.number, "on": leaf.on, "first": first, "last": last}
                for leaf, (first, last) in zip(drawn.leaves, drawn.spans, strict=True)
            ],
            bound_at=at,
            by_name=by.name,
            entry=entry.pk,
        )
        bound.save(force_insert=True)
    return bound
