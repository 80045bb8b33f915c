"""Who may work a case at all; which move is lawful is the procedure's answer, not ours."""

from __future__ import annotations

from xiuhua.cases.models import Case, Document, JointWork, PaperForm, Review
from xiuhua.cases.models.joint import ANSWERS
from xiuhua.cases.models.stock import HAND_OUT, STOCK
from xiuhua.cases.procedure.guards.reading import HEADS
from xiuhua.cases.queries import REVIEW_ROLES, roles_on, works_jointly
from xiuhua.cases.queries.papers import paper_of
from xiuhua.cases.queries.signing import asked_to_sign
from xiuhua.cases.reviewing import Stage
from xiuhua.kernel.authz import Actor, Refusal, Refused, holds
from xiuhua.org.queries import Unit

JOINT_ONLY = Refusal(
    "joint_only",
    "协查人员只办理协查任务；本案的各步和决定由办案单位办理",
    ground="SHUM §4",
    meaning="Who works jointly does the tasks of the squad; steps and decisions stay with the case's own unit.",
)


def check_can_work(case: Case, by: Actor) -> None:
    """Raises Refused unless `by` holds a post that works cases and this case lies within its reach."""
    if roles_on(case, by):
        return
    if works_jointly(case, by):
        raise Refused(JOINT_ONLY)
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
                ground="平台规则 §9",
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
            ground="平台规则 §1",
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
            ground="平台规则 §2",
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
            ground="平台规则 §3",
        )
    )


def can_guide(by: Actor) -> bool:
    return holds(lambda: check_can_guide(by))


def check_can_bind(case: Case, by: Actor) -> None:
    """Raises Refused unless the case is closed and `by` works it: an open file still grows."""
    if not by.is_system:
        check_can_work(case, by)
    if case.closed_on is None:
        raise Refused(
            Refusal(
                "not_closed",
                "尚未结案，不能装订案卷",
                ground="案卷管理规定 §5",
                meaning="The case is not closed yet; its volume cannot be bound.",
            )
        )


def can_bind(case: Case, by: Actor) -> bool:
    return holds(lambda: check_can_bind(case, by))


def check_can_sign(document: Document, by: Actor) -> None:
    """Raises Refused unless the document has a place for the signature of `by`."""
    if by.officer_id is None or by.officer_id not in asked_to_sign(paper_of(document)):
        raise Refused(
            Refusal(
                "not_a_signer",
                "这份文书上没有您的签名处",
                meaning="This document has no place for your signature.",
                ground="平台规则 §10",
            )
        )


def can_sign(document: Document, by: Actor) -> bool:
    return holds(lambda: check_can_sign(document, by))


def check_can_stock(by: Actor) -> None:
    """Raises Refused unless `by` keeps the bureau's warehouse of numbered forms."""
    if not by.scope(STOCK).everything:
        raise Refused(
            Refusal(
                "forms.stock",
                "编号文书纸的入库、配发由证据保管员办理",
                meaning="Numbered forms are received and allotted by the custodian.",
                ground="平台规则 §11",
            )
        )


def can_stock(by: Actor) -> bool:
    return holds(lambda: check_can_stock(by))


def check_can_hand_out(unit: Unit, by: Actor) -> None:
    """Raises Refused unless `by` hands numbered forms out in `unit`."""
    if not by.is_system and unit.pk not in by.scope(HAND_OUT).units:
        raise Refused(
            Refusal(
                "forms.hand_out",
                "编号文书纸由本单位法制员发放",
                meaning="Numbered forms are handed out by the legal clerk of the unit.",
                ground="平台规则 §12",
            )
        )


def check_can_end_form(form: PaperForm, by: Actor) -> None:
    """Raises Refused unless `by` holds the sheet, hands them out in its unit, or keeps the warehouse it lies in."""
    if by.officer_id is not None and form.officer_id == by.officer_id:
        return
    if form.unit is None:
        check_can_stock(by)
    else:
        check_can_hand_out(form.unit, by)


def can_end_form(form: PaperForm, by: Actor) -> bool:
    return holds(lambda: check_can_end_form(form, by))


# Posts of a handling unit that ask a town squad, share with it and end the work.
HANDLERS = frozenset({"officer", "squad_legal_clerk", "squad_head", "brigade_head"})


def check_can_ask(case: Case, by: Actor) -> None:
    """Raises Refused unless `by` handles the case in its own unit: whoever works it asks for help with it."""
    check_can_work(case, by)
    if not by.is_system and roles_on(case, by).isdisjoint(HANDLERS):
        raise Refused(
            Refusal(
                "joint.ask",
                "协查由办案单位请求、共享和结束",
                ground="SHUM §4",
                meaning="Joint work is asked for, fed and ended by the unit that handles the case.",
            )
        )


def can_ask(case: Case, by: Actor) -> bool:
    return holds(lambda: check_can_ask(case, by))


def check_can_answer(work: JointWork, by: Actor) -> None:
    """Raises Refused unless `by` heads the squad that is asked."""
    if any(grant.role in ANSWERS and grant.unit_id == work.squad_id for grant in by.grants):
        return
    raise Refused(
        Refusal(
            "joint.answer",
            "协查请求由被请求中队的中队长答复",
            meaning="The head of the squad that is asked answers.",
            ground="平台规则 §6",
        )
    )


def can_answer(work: JointWork, by: Actor) -> bool:
    return holds(lambda: check_can_answer(work, by))


def check_can_report(work: JointWork, by: Actor) -> None:
    """Raises Refused unless `by` is among the officers whom the squad named, and the work is under way."""
    if JointWork.objects.worked_by(by).filter(pk=work.pk).exists():
        return
    raise Refused(
        Refusal(
            "joint.report",
            "协查任务由中队指定的协查人员在协查期间办理",
            meaning="Tasks are done by the officers whom the squad named, while the work lasts.",
            ground="平台规则 §7",
        )
    )


def can_report(work: JointWork, by: Actor) -> bool:
    return holds(lambda: check_can_report(work, by))
