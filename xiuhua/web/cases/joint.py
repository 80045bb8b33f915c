"""Joint investigation with towns: the list, and the page of one with what may be done in it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from xiuhua.cases import queries
from xiuhua.cases.models import JointWork
from xiuhua.web.cases import joint_forms, joint_page
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, show

SHOWN = 200
State = JointWork.State


@in_room("cases", "cases.see")
def joint_works(request: Request) -> HttpResponse:
    """Those at work or asked first, then what is over."""
    rows = list(queries.joint_works(request.actor).prefetch_related("tasks")[:SHOWN])
    live = {State.ASKED, State.ACCEPTED}
    context = {
        "open": [joint_page.line(w, request.today) for w in rows if w.state in live],
        "over": [joint_page.line(w, request.today) for w in rows if w.state not in live],
    }
    return show(request, "web/cases/joint_works.html", context)


@in_room("cases", "cases.see")
def joint(request: Request, pk: int) -> HttpResponse:
    work = get_object_or_404(queries.joint_works(request.actor), pk=pk)
    return page_of(request, work)


def page_of(request: Request, work: JointWork, form: Form | None = None, **more: Any) -> HttpResponse:
    """The page, with the form that was just sent in place of an empty one."""
    forms = {name: joint_forms.form_of(request, work, name) for name in joint_forms.open_to(request, work)}
    if form is not None:
        forms[more["doing"]] = form
    context = {**joint_page.of_work(request, work), "forms": forms, "refusals": more.get("refusals", ())}
    return show(request, "web/cases/joint.html", context, status=more.get("status", 200))
