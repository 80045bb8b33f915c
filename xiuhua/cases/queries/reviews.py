"""Reviews: whose they are, who may have them, how the centre divides its work, what came in and how fast it went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from xiuhua.cases.models import Case, Review, ReviewDivision, ReviewLine, Step
from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards.reading import investigated, rows
from xiuhua.cases.queries.law import parameters_on
from xiuhua.cases.reviewing import Arrival, Candidate, Desk, Division, Stage
from xiuhua.kernel import clock
from xiuhua.kernel import queries as kernel
from xiuhua.kernel.authz import Actor
from xiuhua.org import queries as org
from xiuhua.org.queries import Officer, Unit

ROLES: Mapping[Stage, str] = {
    Stage.ADJUDICATION: "case_centre_reviewer",
    Stage.LEGAL_REVIEW: "legal_reviewer",
}
# Code of why somebody may not review → sentence, article, meaning.
BARS: Mapping[str, tuple[str, str, str]] = {
    "investigated": ("参与调查的人员不得审核本案", "PPL21 §58", "Who investigated does not review."),
    "stands_aside": ("应当回避的人员不得审核本案", "PPL21 §43", "Who must stand aside does not review."),
    "unqualified": (
        "初次从事法制审核应当取得法律职业资格",
        "PPL21 §58",
        "A first legal review takes the legal qualification.",
    ),
}
# The state in which a case waits at each desk.
DESKS: Mapping[str, Stage] = {"investigation_closed": Stage.ADJUDICATION, "adjudicated": Stage.LEGAL_REVIEW}
# The move by which cases come to each desk.
ENTERS = {Stage.ADJUDICATION: "close_investigation", Stage.LEGAL_REVIEW: "adjudicate"}
ENDS = {
    Stage.ADJUDICATION: ("adjudicate", "return_for_evidence"),
    Stage.LEGAL_REVIEW: ("pass_legal_review", "fail_legal_review", "return_from_adjudication"),
}
LOOKED_BACK = timedelta(days=365)
# From so many steps on a year tells something.
ENOUGH = 100
MOST = 20_000


def division() -> Division:
    """How the centre divides its work now; by territory until somebody decides otherwise (the bureau's way of 2018)."""
    latest = ReviewDivision.objects.order_by("-pk").values_list("division", flat=True).first()
    return Division(latest) if latest else Division.TERRITORY


def open_review(case: Case) -> Review | None:
    """The review of a case that is not done yet."""
    return Review.objects.filter(case=case, ended_at__isnull=True).select_related("reviewer").first()


def not_given(user: Actor) -> QuerySet[Case]:
    """Cases in the bureau's name that `user` may see and that stand at a desk of review, given to nobody.

    Towns review by their approver, to whom the table of the procedure alone gives them.
    """
    there = Review.objects.filter(case=OuterRef("pk"), ended_at__isnull=True)
    at_desk = Case.objects.whole(user).filter(procedure=Case.Procedure.ORDINARY, state__in=list(DESKS))
    return at_desk.filter(authority=org.bureau()).filter(~Exists(there)).order_by("state_since", "pk")


def reviews(user: Actor) -> QuerySet[Review]:
    """The reviews of the cases that `user` may see."""
    return Review.objects.visible(user)


def review_candidates(case: Case, stage: Stage, file: File, on: date) -> list[Candidate]:
    """Everybody who holds the post of the desk for the authority of the case and can sign in: for and against each."""
    holders = [o.pk for o in org.holders_of(ROLES[stage], case.authority, on)]
    reachable = org.with_account(holders)
    people = [pk for pk in holders if pk in reachable]
    if not people:
        return []
    loads = dict(
        Review.objects.filter(reviewer__in=people, ended_at__isnull=True)
        .values_list("reviewer")
        .annotate(n=Count("pk"))
    )
    last = dict(Review.objects.filter(reviewer__in=people).values_list("reviewer").annotate(n=Max("pk")))
    lines = {line.reviewer_id: line for line in ReviewLine.objects.filter(reviewer__in=people)}
    aside = {o["id"] for o in rows(file, "officers") if o.get("interest_declared")}
    aside |= {r.get("person_id") for r in rows(file, "recusals") if r.get("result") == "granted"}
    fit = _qualified(people, stage, on)
    return [
        Candidate(
            id=pk,
            load=loads.get(pk, 0),
            last=last.get(pk, 0),
            units=_codes(lines[pk].units) if pk in lines else frozenset(),
            groups=_codes(lines[pk].groups) if pk in lines else frozenset(),
            investigated=investigated(file, str(pk)),
            stands_aside=str(pk) in aside,
            qualified=pk in fit,
        )
        for pk in people
    ]


def _codes(text: str) -> frozenset[str]:
    return frozenset(filter(None, text.split(";")))


def _qualified(people: Sequence[int], stage: Stage, on: date) -> set[int]:
    """Who may make a legal review: with the qualification, or not for the first time (PPL21 §58)."""
    if stage is not Stage.LEGAL_REVIEW or not parameters_on(on).get("legal_review_qualification"):
        return set(people)
    done = Review.objects.filter(reviewer__in=people, stage=stage, ended_at__isnull=False)
    return set(done.values_list("reviewer", flat=True)) | org.with_legal_qualification(people, on)


@dataclass(frozen=True, slots=True)
class Past:
    """What a desk took in over a stretch of working days, and how many it finished."""

    since: date
    until: date
    working_days: int
    arrivals: Sequence[Arrival]

    @property
    def a_day(self) -> float:
        """Cases that came in on a working day."""
        return len(self.arrivals) / max(1, self.working_days)


def _last_year(made: QuerySet[Step]) -> tuple[datetime, datetime] | None:
    """The latest year that ends with a step and holds ENOUGH of them; where none does, the one before the latest."""
    newest = latest = made.aggregate(at=Max("at"))["at"]
    while latest is not None:
        since = latest - LOOKED_BACK
        if made.filter(at__gt=since, at__lte=latest)[:ENOUGH].count() == ENOUGH:
            return since, latest
        latest = made.filter(at__lte=since).aggregate(at=Max("at"))["at"]
    return (newest - LOOKED_BACK, newest) if newest else None


def came_in(user: Actor, stage: Stage, at: datetime) -> Past:
    """What came to the desk in the last year in which enough came in, of the cases that `user` may see."""
    entered = Step.objects.visible(user).filter(move=ENTERS[stage], at__lte=at)
    begin, end = _last_year(entered) or (at - LOOKED_BACK, at)
    until, since = clock.day_of(end), clock.day_of(begin)
    calendar = kernel.calendar()
    found = list(
        entered.filter(at__gt=begin, at__lte=end)
        .order_by("-at")
        .values_list("at", "case__handling_unit__code", "case__cause__code")[:MOST]
    )
    if len(found) == MOST:
        since = clock.day_of(found[-1][0])
    ordinal = _ordinals(since, until)
    arrivals = [
        Arrival(ordinal[clock.day_of(moment)], unit, cause[:2]) for moment, unit, cause in reversed(found)
    ]
    return Past(since, until, calendar.between(since, until), arrivals)


def _ordinals(since: date, until: date) -> dict[date, float]:
    """Day → its number among the working days from `since`; a day off counts as the working day before it."""
    calendar, number, found = kernel.calendar(), 0, {}
    for n in range((until - since).days + 1):
        day = since + timedelta(days=n)
        number += calendar.is_working(day)
        found[day] = float(number)
    return found


def desks(stage: Stage, authority: Unit, on: date) -> list[tuple[Officer, Desk]]:
    """The reviewers of a desk with their lines."""
    people = org.holders_of(ROLES[stage], authority, on)
    lines = {line.reviewer_id: line for line in ReviewLine.objects.filter(reviewer__in=people)}
    found = []
    for officer in people:
        line = lines.get(officer.pk)
        units, groups = (line.units, line.groups) if line else ("", "")
        found.append((officer, Desk(officer.pk, _codes(units), _codes(groups))))
    return found


def returned_by_code(user: Actor, since: datetime) -> dict[str, int]:
    """Why reviews sent cases back since then: code → how many."""
    found: dict[str, int] = {}
    sent_back = reviews(user).filter(Q(result="returned"), ended_at__gte=since).exclude(codes="")
    for codes in sent_back.values_list("codes", flat=True):
        for code in codes.split(";"):
            found[code] = found.get(code, 0) + 1
    return found


def pace(user: Actor, stage: Stage, at: datetime) -> float:
    """How many reviews one reviewer finishes on a working day: three quarters of their days with reviews had no more.

    Read off the steps of the last year with enough of them; 0 where there are none.
    """
    ended = Step.objects.visible(user).filter(move__in=ENDS[stage], at__lte=at)
    year = _last_year(ended)
    if year is None:
        return 0.0
    made = ended.filter(at__gt=year[0], at__lte=year[1]).order_by("-at").values_list("by_name", "at")[:MOST]
    days = sorted(Counter((name, clock.day_of(moment)) for name, moment in made).values())
    return float(days[int(len(days) * 0.75) if len(days) > 1 else 0])
