"""The review centre: what waits for review and with whom, moving a review, and how the work is divided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from xiuhua.cases import actions, permissions, queries
from xiuhua.cases.models import Review
from xiuhua.cases.reviewing import Division, Stage, replay
from xiuhua.kernel import clock
from xiuhua.kernel import queries as kernel
from xiuhua.kernel.authz import Invalid
from xiuhua.org import queries as org
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request, go, show
from xiuhua.web.frame.sending import tried

STAGES = {Stage.ADJUDICATION: gettext_lazy("案件审理"), Stage.LEGAL_REVIEW: gettext_lazy("法制审核")}
DIVISIONS = {Division.TERRITORY: gettext_lazy("块审理"), Division.SUBJECT: gettext_lazy("条审理")}
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Waiting:
    """A review that is not done: for how many working days it has waited, and whether the person may move it."""

    review: Review
    stage: str
    days: int
    may_move: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """What a division of work would have meant for the cases that came in: waits in working days."""

    division: str
    label: str
    now: bool
    mean: float
    p90: float
    busiest: int
    idlest: int


def stage_of(request: Request) -> Stage:
    said = request.GET.get("stage", "")
    return Stage(said) if said in set(Stage) else Stage.ADJUDICATION


@in_room("cases", "cases.see")
def centre(request: Request) -> HttpResponse:
    stage, mine = stage_of(request), "mine" in request.GET
    rows = queries.reviews(request.actor).filter(ended_at=None, stage=stage)
    if mine:
        rows = rows.filter(reviewer=request.actor.officer_id)
    found = list(
        rows.select_related("case__cause", "case__handling_unit", "case__authority", "reviewer").order_by(
            "given_at", "pk"
        )[:SHOWN]
    )
    context = {
        "stage": stage,
        "stages": [(s, label, s is stage) for s, label in STAGES.items()],
        "mine": mine,
        "rows": _waiting(request, found),
        "total": rows.count(),
        "not_given": queries.not_given(request.actor).count(),
        "effects": effects(request, stage),
        "division": DIVISIONS[queries.division()],
        "may_divide": permissions.can_divide_reviews(request.actor),
    }
    return show(request, "web/cases/reviews.html", context)


def _waiting(request: Request, found: Sequence[Review]) -> list[Waiting]:
    calendar = kernel.calendar()
    return [
        Waiting(
            r,
            str(STAGES[Stage(r.stage)]),
            calendar.between(clock.day_of(r.given_at), request.today),
            permissions.can_move_review(r, request.actor),
        )
        for r in found
    ]


def effects(request: Request, stage: Stage) -> list[Effect]:
    """The last year's cases of the desk, given out under both divisions of work; nothing where it cannot be told."""
    authority = org.bureau()
    past, pace = (
        queries.came_in(request.actor, stage, request.at),
        queries.pace(request.actor, stage, request.at),
    )
    desks = [desk for _officer, desk in queries.desks(stage, authority, request.today)] if authority else []
    if not (past.arrivals and pace and desks):
        return []
    now, found = queries.division(), []
    for division, label in DIVISIONS.items():
        waits = replay(past.arrivals, desks, division, pace)
        done = waits.done.values()
        found.append(
            Effect(division, str(label), division is now, waits.mean, waits.p90, max(done), min(done))
        )
    return found


@in_room("cases", "reviews.divide")
@require_POST
def give_out(request: Request) -> HttpResponse:
    """Give out what waits at a desk and was given to nobody."""
    given = actions.give_out(by=request.actor, at=request.at)
    messages.success(request, _("已分派 %(n)s 件。") % {"n": given})
    return go(request, reverse("web:reviews"))


@in_room("cases", "cases.see")
def move(request: Request, pk: int) -> HttpResponse:
    """Give a review to somebody else of the same desk, with the reason."""
    review = get_object_or_404(
        queries.reviews(request.actor).select_related("case__authority", "reviewer"), pk=pk, ended_at=None
    )
    permissions.check_can_move_review(review, request.actor)
    role = queries.REVIEW_ROLES[Stage(review.stage)]
    people = org.holders_of(role, review.case.authority, request.today)
    fields = [
        Field(
            "to",
            _("改派给"),
            Kind.CHOICE,
            required=True,
            choices=[(str(o.pk), o.name) for o in people if o.pk != review.reviewer_id],
        ),
        Field("reason", _("改派理由"), Kind.LONG, required=True, wide=True),
    ]
    form = Form(fields, now=request.at, data=request.POST if request.method == "POST" else None)

    def act(values: Mapping[str, Any]) -> HttpResponse:
        to = next(o for o in people if str(o.pk) == values["to"])
        actions.move_review(review=review, to=to, reason=values["reason"], by=request.actor, at=request.at)
        messages.success(request, _("已改派给%(name)s。") % {"name": to.name})
        return go(request, f"{reverse('web:reviews')}?stage={review.stage}")

    done = tried(request, form, act)
    stage = STAGES[Stage(review.stage)]
    context = {"review": review, "form": form, "refusals": done.refusals, "stage": stage}
    return done.went or show(request, "web/cases/review_move.html", context, status=done.status)


@in_room("cases", "reviews.divide")
def divide(request: Request) -> HttpResponse:
    """Divide the work by territory or by subject from now on."""
    division = queries.division()
    other = Division.SUBJECT if division is Division.TERRITORY else Division.TERRITORY
    form = Form(
        [Field("reason", _("理由"), Kind.LONG, required=True, wide=True)],
        now=request.at,
        data=request.POST if request.method == "POST" else None,
    )
    status = 200
    if request.method == "POST":
        try:
            reason = form.values()["reason"]
            actions.divide(division=other, reason=reason, by=request.actor, at=request.at)
        except Invalid as error:
            form.take(error)
            status = 422
        else:
            messages.success(request, _("自即刻起按%(way)s分派。") % {"way": DIVISIONS[other]})
            return go(request, reverse("web:reviews"))
    context = {
        "form": form,
        "now": DIVISIONS[division],
        "other": DIVISIONS[other],
        "effects": [(stage, label, effects(request, stage)) for stage, label in STAGES.items()],
    }
    return show(request, "web/cases/review_divide.html", context, status=status)
