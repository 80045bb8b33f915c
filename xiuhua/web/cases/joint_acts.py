"""What is sent on the page of a joint investigation: answers, what is shared, evidence handed in, the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.cases import actions, queries
from xiuhua.cases.models import CaseExhibit, Document, JointWork
from xiuhua.kernel.authz import Invalid, Refused
from xiuhua.web.cases import joint_forms
from xiuhua.web.cases.joint import page_of
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, go

Do = Callable[[Request, JointWork, Mapping[str, Any]], str]


def _done(request: Request, pk: int, doing: str, act: Do) -> HttpResponse:
    """Do what was sent, and say so; or show the page with what is wrong."""
    work = get_object_or_404(queries.joint_works(request.actor), pk=pk)
    form = joint_forms.form_of(request, work, doing, sent=True)
    if request.method != "POST":
        return page_of(request, work)
    try:
        said = act(request, work, form.values())
    except Invalid as error:
        form.take(error)
        return page_of(request, work, form, doing=doing, status=422)
    except Refused as error:
        return page_of(request, work, form, doing=doing, refusals=error.refusals, status=409)
    messages.success(request, said)
    there = queries.joint_works(request.actor).filter(pk=pk).exists()
    return go(request, reverse("web:joint", args=[pk]) if there else reverse("web:joint-works"))


@in_room("cases", "cases.work")
def answer(request: Request, pk: int, doing: str) -> HttpResponse:
    """Accept, decline or end."""

    def act(request: Request, work: JointWork, values: Mapping[str, Any]) -> str:
        who: dict[str, Any] = {"work": work, "by": request.actor, "at": request.at}
        if doing == "accept":
            able = {str(o.pk): o for o in joint_forms.certified(request, work)}
            actions.accept(officers=[able[key] for key in values["officers"]], **who)
            return _("已接受协查；协查人员现在可以查看本案和共享的材料。")
        if doing == "decline":
            actions.decline(reason=values["reason"], **who)
            return _("已答复不接受。")
        actions.end(reason=values["reason"], **who)
        return _("协查已结束，中队不再看到本案。")

    return _done(request, pk, doing, act)


@in_room("cases", "cases.work")
def share(request: Request, pk: int) -> HttpResponse:
    def act(request: Request, work: JointWork, values: Mapping[str, Any]) -> str:
        n = actions.share(
            work=work,
            documents=list(Document.objects.visible(request.actor).filter(pk__in=values["documents"])),
            exhibits=list(CaseExhibit.objects.visible(request.actor).filter(pk__in=values["exhibits"])),
            by=request.actor,
            at=request.at,
        )
        return _("已共享 %(n)s 件材料。") % {"n": n}

    return _done(request, pk, "share", act)


@in_room("cases", "cases.work")
def hand_in(request: Request, pk: int) -> HttpResponse:
    def act(request: Request, work: JointWork, values: Mapping[str, Any]) -> str:
        named = {str(o.pk): o for o in joint_forms.named(work)}
        for upload in values["files"]:
            actions.hand_in(
                work=work,
                name=upload.name,
                data=upload.read(),
                kind=values["kind"],
                shows=values["shows"],
                captured_at=values["captured_at"],
                collected_by=[named[key] for key in values["collected_by"]],
                by=request.actor,
                at=request.at,
            )
        return _("证据已提交办案单位。")

    return _done(request, pk, "hand_in", act)
