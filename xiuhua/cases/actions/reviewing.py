"""Who reviews a case: given out when it reaches a desk of review, done or moved on, never to an investigator.

A case that reaches adjudication or legal review is given to a reviewer in the same transaction (`follow`), by the
rules of `reviewing.choosing`. Where the authority has nobody with that post (a town adjudicates by its approver),
no review is given out and the table of the procedure alone decides who acts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from xiuhua.cases import queries
from xiuhua.cases.models import Case, Review, ReviewDivision, ReviewLine, Step
from xiuhua.cases.permissions import check_can_divide_reviews, check_can_move_review
from xiuhua.cases.procedure.file import File
from xiuhua.cases.queries.reviews import DESKS
from xiuhua.cases.reviewing import Choice, Division, Stage, choose
from xiuhua.cases.reviewing.choosing import bar
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import Actor, Invalid, Refusal, Refused, Said
from xiuhua.org.queries import Officer

PASSES = frozenset({"adjudicate", "pass_legal_review"})
SHORTEST = 5


def check_is_reviewer(case: Case, state: str, by: Actor) -> None:
    """Raises Refused for somebody else than the reviewer to whom the case was given; the system may always act."""
    review = queries.open_review(case) if state in DESKS else None
    if review is None or review.reviewer is None or by.is_system or by.officer_id == review.reviewer_id:
        return
    raise Refused(
        Refusal(
            "given_to_another",
            Said("本案已分派给%(reviewer)s，由其办理；需要换人的先改派", reviewer=review.reviewer.name),
            meaning="The case was given to another reviewer; move it first.",
            ground="平台规则 §4",
        )
    )


def follow(case: Case, step: Step, file: File, at: datetime) -> None:
    """End the review that a step of the main road ends, and give out the one that it opens."""
    if step.from_state == step.to_state:
        return
    if step.from_state in DESKS and (review := queries.open_review(case)):
        review.result = "passed" if step.move in PASSES else "returned"
        review.codes = ";".join((step.facts.get("returned") or {}).get("codes") or ())
        review.ended_at = at
        review.save()
    if step.to_state in DESKS:
        _give(case, DESKS[step.to_state], file, at)


def _give(case: Case, stage: Stage, file: File, at: datetime) -> None:
    found = chosen(case, stage, file, clock.day_of(at))
    if found is None:
        return
    Review(
        case=case,
        stage=stage,
        round=Review.objects.filter(case=case, stage=stage).count() + 1,
        reviewer_id=found.reviewer,
        own_line=found.own_line,
        given_at=at,
    ).save()


def chosen(case: Case, stage: Stage, file: File, on: date) -> Choice | None:
    """Who would review the case now; None where its authority has nobody with the post."""
    candidates = queries.review_candidates(case, stage, file, on)
    if not candidates:
        return None
    return choose(candidates, queries.division(), case.handling_unit.code, case.cause.code[:2])


def give_out(*, by: Actor, at: datetime) -> int:
    """Give out what waits at a desk and has not been given to anybody, such as cases that came in as history.

    How many were given. Raises Refused for whoever may not divide the work.
    """
    check_can_divide_reviews(by)
    given = 0
    for case in queries.not_given(by).select_related("handling_unit", "authority", "cause"):
        if chosen(case, DESKS[case.state], queries.file_of(case), clock.day_of(at)) is None:
            continue
        with record.act("cases.give_out_review", by=by, at=at) as act:
            locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
            if locked.state in DESKS and queries.open_review(locked) is None:
                _give(case, DESKS[locked.state], queries.file_of(locked), at)
            made = queries.open_review(locked)
            given += made is not None
            act.entry(
                on=case,
                facts={"state": locked.state, "reviewer": made.reviewer_id if made else None},
                label=case.number,
            )
    return given


def move_review(*, review: Review, to: Officer, reason: str, by: Actor, at: datetime) -> Review:
    """Give an open review to somebody else of the same desk, saying why.

    Raises Invalid without a reason of some words; Refused for a review that has ended, for whoever may not, and for a
    reviewer who may not review this case, with the ground.
    """
    if len(reason.strip()) < SHORTEST:
        raise Invalid({"reason": "请写明改派理由"})
    with record.act("cases.move_review", by=by, at=at) as act:
        now = (
            Review.objects.select_for_update()
            .select_related("case__cause", "case__handling_unit")
            .get(pk=review.pk)
        )
        check_can_move_review(now, by)
        if now.ended_at:
            raise Refused(
                Refusal("ended", "这次审核已经办结", meaning="This review has ended.", ground="平台规则 §5")
            )
        _check_may_review(now, to, clock.day_of(at))
        before, now.reviewer, now.moved_reason = now.reviewer_id, to, reason.strip()[:200]
        now.own_line = False
        now.save()
        act.entry(
            on=now.case,
            facts={"stage": now.stage, "from": before, "to": to.pk, "reason": now.moved_reason},
            label=now.case.number,
        )
    return now


def _check_may_review(review: Review, to: Officer, on: date) -> None:
    file = queries.file_of(review.case)
    there = {c.id: c for c in queries.review_candidates(review.case, Stage(review.stage), file, on)}
    if to.pk not in there:
        raise Invalid({"to": "此人不在这一审核岗位"})
    if why := bar(there[to.pk]):
        sentence, ground, meaning = queries.BARS[why]
        raise Refused(Refusal(why, sentence, ground, meaning))


def divide(*, division: str, reason: str, by: Actor, at: datetime) -> ReviewDivision:
    """Divide the work of the centre by territory or by subject from now on; what is given out already stays.

    Raises Invalid for another division or without a reason, Refused for whoever may not.
    """
    check_can_divide_reviews(by)
    if division not in set(Division):
        raise Invalid({"division": "请选择块审理或者条审理"})
    if len(reason.strip()) < SHORTEST:
        raise Invalid({"reason": "请写明理由"})
    with record.act("cases.divide_reviews", by=by, at=at) as act:
        row = ReviewDivision(division=division, since=at, reason=reason.strip()[:200])
        row.save()
        act.entry(on=row, facts={"division": division, "reason": row.reason})
    return row


def set_line(
    *, reviewer: Officer, units: Sequence[str], groups: Sequence[str], by: Actor, at: datetime
) -> ReviewLine:
    """Say which units and which groups of causes a reviewer is there for. Raises Refused for whoever may not."""
    check_can_divide_reviews(by)
    with record.act("cases.set_review_line", by=by, at=at) as act:
        row = ReviewLine.objects.filter(reviewer=reviewer).first() or ReviewLine(reviewer=reviewer)
        row.units, row.groups = ";".join(sorted(units)), ";".join(sorted(groups))
        row.save()
        act.entry(on=row, facts={"reviewer": reviewer.pk, "units": row.units, "groups": row.groups})
    return row
