"""What every move of a lead has in common: the row is locked and read anew, the table is asked, the clocks follow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db.models import QuerySet

from xiuhua.kernel import record
from xiuhua.kernel.authz import Actor, Invalid
from xiuhua.leads import rules
from xiuhua.leads.models import Lead
from xiuhua.leads.queries import due_columns


@contextmanager
def moving(
    move: str, lead: Lead, check: Callable[[], None], *, by: Actor, at: datetime
) -> Iterator[record.Act]:
    """An act on `lead`, which is locked and read anew before `check` decides; at the end the lead is saved.

    The state becomes that of the move. Whoever was slower than somebody else is refused, and nothing is written.
    """
    with record.act(f"leads.{move}", by=by, at=at) as act:
        lead.refresh_from_db(from_queryset=locked())
        check()
        if target := rules.MOVES[move].target:
            lead.state, lead.state_since = target, at
        yield act
        save(lead)


def locked() -> QuerySet[Lead]:
    """Leads under lock, each with its kind, which every move reads."""
    return Lead.objects.select_for_update(of=("self",)).select_related("kind")


def save(lead: Lead, *, new: bool = False) -> None:
    """Save with the nearest deadline."""
    for name, value in due_columns(lead).items():
        setattr(lead, name, value)
    lead.save(force_insert=new)


def label_of(lead: Lead) -> str:
    """How the record calls a lead."""
    return f"{lead.number} {lead.kind.name}"


def said(field: str, text: str, missing: str) -> str:
    """`text` without blanks around. Raises Invalid with `missing` if nothing is left."""
    if not text.strip():
        raise Invalid({field: missing})
    return text.strip()
