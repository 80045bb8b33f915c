"""What stands beside the steps of a case: sessions on it, and joint work with towns. They join its timeline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.cases import permissions, queries
from xiuhua.cases.models import Case
from xiuhua.org.rules import UnitKind
from xiuhua.web.cases import joint_page
from xiuhua.web.frame.http import Request
from xiuhua.web.frame.parts import Entry


def of_case(request: Request, found: Case, entries: Sequence[Entry]) -> dict[str, Any]:
    """The timeline with what others did beside the steps, the newest first; and what may begin there."""
    beside = [*_sessions(request, found), *joint_page.of_case(request, found)]
    open_ = not (found.decided_on or found.closed_on)
    return {
        "entries": sorted([*entries, *beside], key=lambda entry: entry.at, reverse=True)
        if beside
        else entries,
        "may_discuss": permissions.can_guide(request.actor) and not found.closed_on,
        "may_join": open_ and permissions.can_ask(found, request.actor) and _in_name_of_bureau(found),
    }


def _in_name_of_bureau(found: Case) -> bool:
    return found.authority.kind == UnitKind.BUREAU


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
