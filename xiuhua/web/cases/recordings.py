"""The recordings of a case: seconds by step, holes, what is proposed, and what people say of both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from xiuhua.cases.actions import recordings as actions
from xiuhua.cases.queries import recordings as queries
from xiuhua.evidence import queries as evidence
from xiuhua.kernel import clock
from xiuhua.web.cases.reaching import case_of
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, go, show

STEPS = {
    "scene": gettext_noop("现场检查"),
    "interview": gettext_noop("询问"),
    "service_decision": gettext_noop("送达决定书"),
    "on_spot_decision": gettext_noop("当场处罚"),
    "measure": gettext_noop("实施强制措施"),
    "enforcement": gettext_noop("强制执行"),
    "registration": gettext_noop("先行登记保存"),
    "hearing": gettext_noop("听证"),
    "confiscation": gettext_noop("销毁没收物品"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A needed recording as drawn. `share`: the recorded part in percent, where the act told its length."""

    kept: queries.Kept
    label: str
    share: int | None
    holes: list[str]


def step_label(step: str) -> str:
    return _(STEPS[step]) if step in STEPS else step


@in_room("cases", "cases.see")
def recordings(request: Request, pk: int) -> HttpResponse:
    case = case_of(request, pk)
    lines = [_line(kept) for kept in queries.kept_of(case, request.actor)]
    context = {
        "case": case,
        "lines": lines,
        "left": sum(1 for line in lines if not line.kept.complete),
        "proposals": [(p, step_label(p.step)) for p in queries.proposals(case, request.actor)],
        "may_work": request.actor.can("cases.work"),
    }
    return show(request, "web/cases/recordings.html", context)


def _line(kept: queries.Kept) -> Line:
    found = kept.covered
    share = round(100 * found.recorded / found.required) if found and found.required else None
    holes = [f"{_clock(first)}–{_clock(last)}" for first, last in found.holes] if found and kept.tied else []
    return Line(kept, step_label(kept.need.step), share, holes)


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(clock.SHANGHAI):%H:%M:%S}"


def _back(request: Request, pk: int, said: str) -> HttpResponse:
    messages.success(request, said)
    return go(request, reverse("web:case-recordings", args=[pk]))


def _recording(request: Request) -> evidence.Recording:
    number = request.POST.get("recording", "")
    return get_object_or_404(evidence.recordings(request.actor), pk=number if number.isdigit() else 0)


@in_room("cases", "cases.work")
@require_POST
def tie(request: Request, pk: int) -> HttpResponse:
    case, said = case_of(request, pk), request.POST
    actions.tie(
        case=case,
        recording=_recording(request),
        step=said.get("step", ""),
        stated=said.get("stated", ""),
        by=request.actor,
        at=request.at,
    )
    return _back(request, pk, _("已关联到该环节。"))


@in_room("cases", "cases.work")
@require_POST
def explain(request: Request, pk: int) -> HttpResponse:
    case, said = case_of(request, pk), request.POST
    actions.explain(
        case=case,
        step=said.get("step", ""),
        stated=said.get("stated", ""),
        reason=said.get("reason", ""),
        by=request.actor,
        at=request.at,
    )
    return _back(request, pk, _("原因已写入案卷。"))


@in_room("cases", "cases.work")
@require_POST
def leave(request: Request, pk: int) -> HttpResponse:
    case, reason = case_of(request, pk), request.POST.get("reason", "")
    actions.leave(case=case, recording=_recording(request), reason=reason, by=request.actor, at=request.at)
    return _back(request, pk, _("不再推荐该记录。"))
