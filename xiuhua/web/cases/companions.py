"""What stands beside the steps of a case: sessions in which it was discussed. They join its timeline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.cases import permissions, queries
from xiuhua.cases.models import Case
from xiuhua.web.frame.http import Request
from xiuhua.web.frame.parts import Entry


def of_case(request: Request, found: Case, entries: Sequence[Entry]) -> dict[str, Any]:
    """The timeline with what others did beside the steps, the newest first; and what may begin there."""
    joined = sorted([*entries, *_sessions(request, found)], key=lambda entry: entry.at, reverse=True)
    return {"entries": joined, "may_discuss": permissions.can_guide(request.actor) and not found.closed_on}


def _sessions(request: Request, found: Case) -> list[Entry]:
    out = []
    for item in queries.sessions_about(request.actor, found):
        session, url = item.session, reverse("web:session", args=[item.session_id])
        out.append(
            Entry(session.convened_at, _("召集疑难案件会商"), session.convened_by, item.question, url=url)
        )
        if session.signed_at:
            out.append(
                Entry(session.signed_at, _("签署会商纪要"), session.chair.name, item.conclusion, url=url)
            )
    return out
