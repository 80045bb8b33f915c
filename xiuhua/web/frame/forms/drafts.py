"""Drafts: what was typed into a form survives a refusal, a lost network and a closed browser."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from xiuhua.kernel.authz import Actor
from xiuhua.web.frame.forms import kept
from xiuhua.web.frame.http import Request
from xiuhua.web.models import Draft

# Never kept: what proves who someone is, and what is made anew for each form.
LEFT_OUT = frozenset({"csrfmiddlewaretoken", "password", "code"})
LARGEST = 200_000
# Where the session keeps what the device is told of next.
DONE = "drafts_done"
# After so long nothing that was typed before its form was sent is awaited any more.
ON_ITS_WAY = timedelta(days=1)


def find(actor: Actor, key: str) -> Draft | None:
    draft = _kept(actor, [key]).first()
    return draft if draft and draft.data else None


def begun(actor: Actor, keys: Iterable[str]) -> list[Draft]:
    """Those of a person's forms that hold something, the one typed last first."""
    return [draft for draft in _kept(actor, keys).order_by("-saved_at") if draft.data]


def save(actor: Actor, key: str, data: QueryDict, at: datetime) -> Draft | None:
    """Keep what was typed until `at` beside what was before, at most 200,000 characters; None where that is nothing.

    `data` holds the fields that somebody has filled; one that is empty in it is kept no more. What was typed or sent
    after it stands: a message that was long on its way overwrites nothing and brings no form back that is done.
    """
    before = _kept(actor, [key]).values_list("data", flat=True).first() or {}
    both = {**before, **dict(data.lists())}
    typed = {name: values for name, values in both.items() if name not in LEFT_OUT and any(values)}
    if sum(len(str(v)) for values in typed.values() for v in values) > LARGEST:
        return None
    if not _kept(actor, [key]).filter(saved_at__lte=at).update(data=typed, saved_at=at):
        Draft.objects.get_or_create(
            user_id=actor.user_id or 0, key=key, defaults={"data": typed, "saved_at": at}
        )
    return find(actor, key)


def done(request: Request, key: str, *, tell: bool = True) -> None:
    """The form was sent: its draft has done its work, and the next page tells the device to forget it too.

    A device that sent the form by itself forgets by the answer: it need not be told.
    """
    own = Draft.objects.filter(user_id=request.actor.user_id or 0)
    # It stands empty for a while, so that a draft which is still on its way comes too late.
    empty = {"data": {}, "saved_at": request.at}
    with transaction.atomic():
        if not own.filter(key=key).update(**empty):
            own.filter(data={}, saved_at__lt=request.at - ON_ITS_WAY).delete()
            Draft.objects.get_or_create(user_id=request.actor.user_id or 0, key=key, defaults=empty)
        kept.drop(request.actor, key)
    if tell:
        _tell(request, key)


def _tell(request: Request, key: str) -> None:
    request.session[DONE] = [*(k for k in request.session.get(DONE, []) if k != key), key]


def tell_done(request: HttpRequest) -> list[str]:
    """Keys of the drafts that have done their work since a page was last told; each is told once."""
    session: SessionBase | None = getattr(
        request, "session", None
    )  # a request that was refused before has none
    return [] if session is None else session.pop(DONE, [])


def drop(request: Request, key: str) -> None:
    """Forget what is kept of a form, and the files that came with it; the next page tells the device to, too."""
    _kept(request.actor, [key]).delete()
    kept.drop(request.actor, key)
    _tell(request, key)


def _kept(actor: Actor, keys: Iterable[str]) -> QuerySet[Draft]:
    return Draft.objects.filter(user_id=actor.user_id or 0, key__in=list(keys))
