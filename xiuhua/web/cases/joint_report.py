"""Reports on the tasks of a joint investigation, and evidence of the squad taken on the list of the case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.cases import actions, queries
from xiuhua.kernel.authz import Invalid, Refused
from xiuhua.web.cases import joint_forms
from xiuhua.web.cases.joint import page_of
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, go, show
from xiuhua.web.frame.sending import tried
from xiuhua.web.frame.telling import told


@in_room("cases", "cases.work")
def report(request: Request, pk: int, task_pk: int) -> HttpResponse:
    """What came of one task: a page of its own, for a report is written in peace."""
    work = get_object_or_404(queries.joint_works(request.actor), pk=pk)
    task = get_object_or_404(work.tasks, pk=task_pk)
    form = joint_forms.form_of(request, work, "report", sent=request.method == "POST")

    def act(values: Mapping[str, Any]) -> HttpResponse:
        actions.report_task(task=task, report=values["report"], by=request.actor, at=request.at)
        messages.success(request, _("已报告办理情况。"))
        return go(request, reverse("web:joint", args=[pk]))

    done = tried(request, form, act)
    context = {"work": work, "task": task, "form": form, "refusals": done.refusals}
    return done.went or show(request, "web/cases/joint_report.html", context, status=done.status)


@in_room("cases", "cases.work")
def take(request: Request, pk: int, evidence_pk: int) -> HttpResponse:
    """The case's unit takes what the squad handed in on the list of evidence."""
    work = get_object_or_404(queries.joint_works(request.actor), pk=pk)
    handed = get_object_or_404(work.evidence.select_related("joint__case"), pk=evidence_pk)
    if request.method != "POST":
        return page_of(request, work)
    try:
        actions.take_on_list(handed=handed, by=request.actor, at=request.at)
    except Invalid as error:
        messages.error(request, "；".join(told(reason) for reason in error.errors.values()))
    except Refused as error:
        return page_of(request, work, refusals=error.refusals, status=409)
    else:
        messages.success(request, _("已列入本案证据目录。"))
    return go(request, reverse("web:joint", args=[pk]))
