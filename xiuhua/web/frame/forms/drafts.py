"""Drafts: what was typed into a form survives a refusal, a lost network and a closed browser."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.http import QueryDict

from xiuhua.kernel.authz import Actor
from xiuhua.web.frame.forms import kept
from xiuhua.web.models import Draft

# Never kept: what proves who someone is, and what is made anew for each form.
LEFT_OUT = frozenset({"csrfmiddlewaretoken", "password", "code"})
LARGEST = 200_000


def find(actor: Actor, key: str) -> Draft | None:
    return Draft.objects.filter(user_id=actor.user_id or 0, key=key).first()


def save(actor: Actor, key: str, data: QueryDict, at: datetime) -> Draft | None:
    """Keep what was typed; an empty form keeps nothing. At most 200,000 characters."""
    typed = {name: values for name, values in data.lists() if name not in LEFT_OUT and any(values)}
    if not typed:
        Draft.objects.filter(user_id=actor.user_id or 0, key=key).delete()
        return None
    if sum(len(str(v)) for values in typed.values() for v in values) > LARGEST:
        return None
    draft, _made = Draft.objects.update_or_create(
        user_id=actor.user_id or 0, key=key, defaults={"data": typed, "saved_at": at}
    )
    return draft


def drop(actor: Actor, key: str) -> None:
    """The form was sent: its draft has done its work."""
    Draft.objects.filter(user_id=actor.user_id or 0, key=key).delete()
    kept.drop(actor, key)


def data_of(draft: Draft | None) -> Mapping[str, list[str]] | None:
    return None if draft is None else draft.data
