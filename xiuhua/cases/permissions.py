"""Who may work a case at all; which move is lawful is the procedure's answer, not ours."""

from __future__ import annotations

from xiuhua.cases.models import Case, Review
from xiuhua.cases.procedure.guards.reading import HEADS
from xiuhua.cases.queries import REVIEW_ROLES, roles_on
from xiuhua.cases.reviewing import Stage
from xiuhua.kernel.authz import Actor, Refusal, Refused, holds
from xiuhua.org.queries import Unit


def check_can_work(case: Case, by: Actor) -> None:
    """Raises Refused unless `by` holds a post that works cases and this case lies within its reach."""
    if roles_on(case, by):
        return
    raise Refused(
        Refusal(
            "cases.work",
            "本案不在您的岗位职责范围内，不得办理",
            ground="SHUM §4",
            meaning="This case lies outside the reach of your post.",
        )
    )


def can_work(case: Case, by: Actor) -> bool:
    return holds(lambda: check_can_work(case, by))


def check_can_open(unit: Unit, by: Actor) -> None:
    """Raises Refused unless `by` works cases in `unit` itself."""
    if by.is_system or unit.pk in by.scope("cases.work").units:
        return
    raise Refused(
        Refusal(
            "cases.open",
            "只能由办案单位的人员登记本单位案件",
            ground="SHUM §4",
            meaning="Cases are opened by the people of the handling unit.",
        )
    )


def can_open(unit: Unit, by: Actor) -> bool:
    return holds(lambda: check_can_open(unit, by))


def check_can_bring_in(by: Actor) -> None:
    """Raises Refused unless the system itself acts: history comes in at the console, not through a post."""
    if not by.is_system:
        raise Refused(
            Refusal(
                "cases.bring_in",
                "历史案件只能在服务器上由系统导入",
                meaning="Historical cases are brought in at the console only.",
            )
        )


def can_bring_in(by: Actor) -> bool:
    return holds(lambda: check_can_bring_in(by))


def check_can_divide_reviews(by: Actor) -> None:
    """Raises Refused unless `by` heads the bureau or is its deputy: how reviews are divided is theirs to say."""
    if by.is_system or by.can("reviews.divide"):
        return
    raise Refused(
        Refusal(
            "reviews.divide",
            "审理分工由局领导决定",
            meaning="How reviews are divided is decided by the heads of the bureau.",
        )
    )


def can_divide_reviews(by: Actor) -> bool:
    return holds(lambda: check_can_divide_reviews(by))


def check_can_move_review(review: Review, by: Actor) -> None:
    """Raises Refused unless `by` holds the post of that desk in the name of the case's authority, or heads it."""
    roles = roles_on(review.case, by)
    if by.is_system or not roles.isdisjoint({REVIEW_ROLES[Stage(review.stage)], *HEADS}):
        return
    raise Refused(
        Refusal(
            "reviews.move",
            "只有同一审核岗位的人员和领导可以改派",
            meaning="Only people of the same desk and the heads move a review.",
        )
    )


def can_move_review(review: Review, by: Actor) -> bool:
    return holds(lambda: check_can_move_review(review, by))


def check_can_guide(by: Actor) -> None:
    """Raises Refused unless `by` reviews cases or heads the bureau: they write templates and notes, call sessions."""
    if by.is_system or by.can("reviews.guide"):
        return
    raise Refused(
        Refusal(
            "reviews.guide",
            "典型案例模板、办案指引和疑难案件会商由审核人员和局领导负责",
            meaning="Templates, guidance notes and sessions on hard cases lie with reviewers and heads.",
        )
    )


def can_guide(by: Actor) -> bool:
    return holds(lambda: check_can_guide(by))
