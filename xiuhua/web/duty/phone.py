"""On the phone: my shifts, the check-in, and the door for messages that were kept offline."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xiuhua.duty import actions, permissions, queries, rules
from xiuhua.duty.models import CheckIn, Point, Shift, Stop
from xiuhua.kernel import clock
from xiuhua.kernel.authz import Invalid
from xiuhua.observations import queries as observations
from xiuhua.web.duty import words
from xiuhua.web.frame.access import in_room, public
from xiuhua.web.frame.formats import time_of
from xiuhua.web.frame.forms import drafts
from xiuhua.web.frame.http import Request, show

AHEAD, BACK = timedelta(days=14), timedelta(days=14)
KEY = "HTTP_X_DELIVERY_KEY"


def now_shift(request: Request) -> Shift | None:
    """The shift that a check-in now would belong to."""
    return queries.shift_at(request.actor.officer_id or 0, request.at, queries.limits())


def next_stop(request: Request) -> Stop | None:
    """Where the person should be now: the first stop not reached of the shift that runs."""
    shift = now_shift(request)
    if shift is None:
        return None
    return next((s for s in queries.stops_of(request.actor, shift) if s.reached_at is None), None)


@in_room("duty", "duty.work", "duty.see")
def mine(request: Request) -> HttpResponse:
    """My shifts: the one that runs, those to come, and how the last ones were kept."""
    today = request.today
    coming = queries.my_shifts(request.actor, today, today + AHEAD)
    past = queries.my_shifts(request.actor, today - BACK, today - timedelta(days=1)).reverse()
    shift = now_shift(request)
    swaps, appeals = queries.waiting_for(request.actor)
    context = {
        "shift": shift,
        "kind": words.kind(shift.kind) if shift else "",
        "stops": queries.stops_of(request.actor, shift) if shift else [],
        "stop": next_stop(request),
        "coming": [(s, words.kind(s.kind), words.standing(s, request)) for s in coming],
        "past": [
            (
                s,
                words.kind(s.kind),
                words.standing(s, request),
                permissions.can_appeal(s, request.actor, request.at),
            )
            for s in past
        ],
        "calls": queries.calls_of(request.actor),
        "swaps": swaps,
        "appeals": appeals,
        "may_work": permissions.can_work(request.actor),
        "faults": observations.my_faults(request.actor)[:6],
        "tasks": queries.tasks(request.actor)
        .filter(state__in=rules.TASK_OPEN)
        .filter(officer=request.actor.officer_id)[:6],
    }
    return show(request, "web/duty/mine.html", context)


@in_room("duty", "duty.work")
def check_in(request: Request) -> HttpResponse:
    """The page on which one checks in; it works without a network once it was opened."""
    shift = now_shift(request)
    stops = queries.stops_of(request.actor, shift) if shift else []
    unit = shift.unit_id if shift else request.actor.unit_id
    points = list(queries.points(request.actor, request.today).filter(unit=unit or 0))
    wanted = next_stop(request)
    context = {
        "shift": shift,
        "stops": stops,
        "done": sum(1 for s in stops if s.reached_at),
        "next": wanted,
        "points": points,
        "chosen": request.GET.get("point") or (str(wanted.point_id) if wanted else ""),
        "places": [
            {"id": p.pk, "name": p.name, "lon": p.lon, "lat": p.lat, "radius": p.radius} for p in points
        ],
        "accuracy": queries.limits().accuracy_metres,
    }
    return show(request, "web/duty/check_in.html", context)


def _number(request: Request, name: str) -> float:
    try:
        value = float(request.POST.get(name, ""))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise Invalid({name: _("没有取到位置")})
    return value


def moment_of(request: Request, name: str) -> datetime:
    """The phone's moment, in ISO with a zone; ours where it says none. Raises Invalid for another text."""
    text = request.POST.get(name, "")
    if not text:
        return request.at
    try:
        found = datetime.fromisoformat(text)
        # Around a moment at either end of time nothing can be looked up.
        _around = found - BACK, found + AHEAD
    except (ValueError, OverflowError) as error:
        raise Invalid({name: _("时间不能读取")}) from error
    if found.tzinfo is None:
        raise Invalid({name: _("时间应带时区")})
    return found.astimezone(clock.SHANGHAI)


def key_of(request: Request) -> UUID:
    """The key that the phone gave the message. Raises Invalid for none."""
    try:
        return UUID(request.META.get(KEY, ""))
    except ValueError as error:
        raise Invalid({"key": _("消息没有编号")}) from error


def said_of(made: CheckIn) -> dict[str, Any]:
    """What a phone is told of its check-in."""
    state = words.verdict(made.verdict)
    return {
        "check_in": made.pk,
        "verdict": made.verdict,
        "counted": made.counted,
        "distance": made.distance,
        "said": f"{made.point.name} {time_of(made.at)} {state.label}",
        "signs": [_(rules.SIGN_LABELS[s]) for s in made.sign_list],
    }


@in_room("duty", "duty.work")
@require_POST
def send_check_in(request: Request) -> JsonResponse:
    """One check-in, at once or kept offline; sent again it is answered the same and counts once."""
    point = get_object_or_404(Point.objects.visible(request.actor), pk=int(_number(request, "point")))
    fix = rules.Fix(
        at=moment_of(request, "at"),
        lon=_number(request, "lon"),
        lat=_number(request, "lat"),
        accuracy=_number(request, "accuracy"),
        device=request.POST.get("device", ""),
        mock=request.POST.get("mock") == "1",
    )

    def do() -> Mapping[str, Any]:
        return said_of(actions.check_in(point=point, fix=fix, by=request.actor, at=request.at))

    return _answer(request, "check_in", do)


def _answer(request: Request, kind: str, do: Any) -> JsonResponse:
    """What was said, the same for a message that came before; refusals as JSON that the queue can show."""
    answer, done_now = actions.once(key=key_of(request), kind=kind, by=request.actor, at=request.at, do=do)
    return JsonResponse({**answer, "again": not done_now})


@in_room("duty", "duty.work")
@require_POST
def send_persuasion(request: Request) -> JsonResponse:
    """How a finding that was sent before ended on the spot; `finding` is the key under which it was sent."""

    def do() -> Mapping[str, Any]:
        found = actions.finding_of_key(key=UUID(request.POST.get("finding", "")), by=request.actor)
        made = actions.persuade(
            finding=found, note=request.POST.get("note", ""), by=request.actor, at=request.at
        )
        return {"said": _("%(lead)s 已教育劝阻") % {"lead": made.lead.number}}

    try:
        return _answer(request, "persuade", do)
    except ValueError as error:
        raise Invalid({"finding": _("没有这条发现")}) from error


@in_room("duty", "duty.work")
@require_POST
def send_draft(request: Request, key: str) -> JsonResponse:
    """A draft kept offline, in its turn among the other messages, once."""

    def do() -> Mapping[str, Any]:
        typed = request.POST.copy()
        typed.pop("kept_at", None)
        # A phone whose clock is ahead has typed nothing later than now.
        drafts.save(request.actor, key, typed, min(moment_of(request, "kept_at"), request.at))
        return {"said": _("草稿已存")}

    return _answer(request, "draft", do)


@public
def service_worker(request: Request) -> HttpResponse:
    """The worker that opens the phone's pages without a network. It stands at the root, for that is what it serves."""
    path = settings.BASE_DIR / "xiuhua" / "web" / "static" / "web" / "js" / "worker.js"
    answer = HttpResponse(path.read_bytes(), content_type="text/javascript; charset=utf-8")
    answer["Service-Worker-Allowed"] = "/"
    answer["Cache-Control"] = "no-cache"
    return answer


@in_room("duty", "duty.work")
def queue(request: Request) -> HttpResponse:
    """What this phone has kept and not sent yet."""
    return show(request, "web/duty/queue.html", {"home": reverse("web:duty-mine")})
