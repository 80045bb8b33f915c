"""What the pages of a case say of its volume and of the signatures on a document."""

from __future__ import annotations

from typing import Any

from xiuhua.cases import permissions
from xiuhua.cases.models import Case, Document, Signature, Volume
from xiuhua.web.frame.http import Request


def volume_context(request: Request, found: Case) -> dict[str, Any]:
    """What the page of a case says of its volume."""
    return {
        "volume": Volume.objects.filter(case=found).order_by("pk").last(),
        "may_bind": permissions.can_bind(found, request.actor),
    }


def signing_context(request: Request, document: Document) -> dict[str, Any]:
    """Who has signed a document, and whether the person has a place on it that is still empty."""
    signed = list(Signature.objects.filter(document=document).select_related("officer", "specimen__unit"))
    mine = any(s.officer_id and s.officer_id == request.actor.officer_id for s in signed)
    return {"signed": signed, "may_sign": not mine and permissions.can_sign(document, request.actor)}
