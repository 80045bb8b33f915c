"""Recordings that may belong to a task or a lead: why each is proposed, and the answers, both kept."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xiuhua.duty import queries
from xiuhua.duty.actions import recordings as actions
from xiuhua.duty.queries import recordings as sought
from xiuhua.evidence import queries as evidence
from xiuhua.kernel.authz import Invalid
from xiuhua.leads import queries as leads
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, go, show
from xiuhua.web.frame.telling import told

KINDS = ("task", "lead")


def _sought(request: Request, kind: str, pk: int) -> tuple[sought.Sought, str]:
    """For what, and the address of its page. Raises Http404 for what the actor does not see."""
    if kind == "task":
        task = get_object_or_404(queries.tasks(request.actor), pk=pk)
        return sought.sought_for_task(task, request.at), reverse("web:duty-task", args=[pk])
    if kind == "lead":
        lead = get_object_or_404(leads.leads(request.actor), pk=pk)
        return sought.sought_for_lead(lead), reverse("web:lead", args=[pk])
    raise Http404


@in_room("duty", "evidence.see")
@require_http_methods(["GET", "HEAD", "POST"])
def recordings(request: Request, kind: str, pk: int) -> HttpResponse:
    found, back = _sought(request, kind, pk)
    fault = ""
    if request.method == "POST":
        try:
            _decide(request, found)
        except Invalid as error:
            fault = "；".join(told(reason) for reason in error.errors.values())
        else:
            messages.success(request, _("已记入办理记录和保管记录。"))
            return go(request, reverse("web:duty-recordings", args=[kind, pk]))
    context = {
        "sought": found,
        "back": back,
        "kind": kind,
        "fault": fault,
        "proposals": sought.proposals(found, request.actor),
        "decided": sought.taken(found, request.actor),
        "may_work": request.actor.can("evidence.add"),
        "metres": evidence.link_limits()["metres"],
    }
    return show(request, "web/duty/recordings.html", context, status=422 if fault else 200)


def _decide(request: Request, found: sought.Sought) -> None:
    number = request.POST.get("recording", "")
    rows = evidence.recordings(request.actor)
    actions.decide_recording(
        sought=found,
        recording=get_object_or_404(rows, pk=number if number.isdecimal() else 0),
        taken=request.POST.get("taken") == "yes",
        reason=request.POST.get("reason", ""),
        by=request.actor,
        at=request.at,
    )
