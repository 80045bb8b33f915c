"""Who may do what at the desk: pairs of a check that refuses with reasons and ground, and a question.

A move is decided by `rules.MOVES` alone; what a move asks beyond state and post stands here.
"""

from __future__ import annotations

from xiuhua.kernel.authz import Actor, Refusal, Refused, Said, holds
from xiuhua.leads import rules
from xiuhua.leads.models import Lead, Reporter
from xiuhua.leads.queries import refusals_of

REGISTER = Refusal(
    "leads_register_needed",
    "您的岗位不能登记线索",
    meaning="your post does not register leads",
)
FINDING = Refusal(
    "finding_needs_officer",
    "巡查发现由持证执法人员登记；协管人员可登记线索，交由核实",
    "SHUM §16",
    "findings are registered by certified officers; auxiliary staff register leads, which are then verified",
)
BRING_IN = Refusal(
    "leads_bring_in",
    "历史线索由系统统一导入",
    meaning="history is brought in by the system",
)
SECRET = Refusal(
    "reporter_secret",
    "举报人信息保密，只有承办单位办理人员可以查看",
    "SHUM §26",
    "who reported is secret: only the people of the handling unit who work the lead may look",
)


def _check(move: str, lead: Lead, by: Actor) -> None:
    if refusals := refusals_of(rules.MOVES[move], lead, by):
        raise Refused(*refusals)


def check_can_register(by: Actor) -> None:
    """People with the right, and machines that post through the open interface. Raises Refused."""
    if not (by.can("leads.register") or by.can("leads.post")):
        raise Refused(REGISTER)


def can_register(by: Actor) -> bool:
    return holds(lambda: check_can_register(by))


def check_can_register_finding(by: Actor) -> None:
    """A finding goes straight to the finder's own unit, so the finder must be one who works leads. Raises Refused."""
    if not by.can("leads.work"):
        raise Refused(FINDING)


def can_register_finding(by: Actor) -> bool:
    return holds(lambda: check_can_register_finding(by))


def check_can_bring_in(by: Actor) -> None:
    """History of every unit is brought in by the system itself, on the word of whoever runs the machine."""
    if not by.is_system:
        raise Refused(BRING_IN)


def can_bring_in(by: Actor) -> bool:
    return holds(lambda: check_can_bring_in(by))


def check_can_verify(lead: Lead, by: Actor) -> None:
    _check("verify", lead, by)


def can_verify(lead: Lead, by: Actor) -> bool:
    return holds(lambda: check_can_verify(lead, by))


def check_can_merge(lead: Lead, into: Lead, by: Actor) -> None:
    """Both must be seen, `lead` open, and `into` neither merged nor closed. Raises Refused."""
    _check("merge", lead, by)
    if into.pk == lead.pk:
        raise Refused(
            Refusal("merge_itself", "线索不能并入自身", meaning="a lead cannot be merged into itself")
        )
    if into.state in rules.CLOSED:
        raise Refused(
            Refusal(
                "merge_into_closed",
                Said(
                    "%(number)s%(state)s，不能再并入",
                    number=into.number,
                    state=rules.STATE_LABELS[rules.State(into.state)],
                ),
                meaning="the other lead is closed; nothing can be merged into it",
            )
        )
    if not by.is_system and not Lead.objects.visible(by).filter(pk=into.pk).exists():
        raise Refused(Refusal("merge_unseen", "没有这条线索", meaning="there is no such lead"))


def can_merge(lead: Lead, into: Lead, by: Actor) -> bool:
    return holds(lambda: check_can_merge(lead, into, by))


def check_can_refuse(lead: Lead, by: Actor) -> None:
    _check("refuse", lead, by)


def can_refuse(lead: Lead, by: Actor) -> bool:
    return holds(lambda: check_can_refuse(lead, by))


def check_can_dispatch(lead: Lead, by: Actor) -> None:
    _check("dispatch", lead, by)


def can_dispatch(lead: Lead, by: Actor) -> bool:
    return holds(lambda: check_can_dispatch(lead, by))


def check_can_send_to(unit_id: int, by: Actor) -> None:
    """A head of a unit may take a lead into the own unit; only the desk sends one elsewhere. Raises Refused."""
    scope = by.scope("leads.dispatch")
    if not scope.everything and unit_id not in scope.units:
        raise Refused(
            Refusal(
                "dispatch_elsewhere",
                "单位负责人只能将线索派给本单位，派给其他单位由指挥调度员办理",
                "SHUM §14",
                "heads of units dispatch to their own unit; the desk dispatches to others",
                field="unit",
            )
        )


def can_send_to(unit_id: int, by: Actor) -> bool:
    return holds(lambda: check_can_send_to(unit_id, by))


def check_can_accept(lead: Lead, by: Actor) -> None:
    _check("accept", lead, by)


def can_accept(lead: Lead, by: Actor) -> bool:
    return holds(lambda: check_can_accept(lead, by))


def check_can_return(lead: Lead, by: Actor) -> None:
    _check("return", lead, by)


def can_return(lead: Lead, by: Actor) -> bool:
    return holds(lambda: check_can_return(lead, by))


def check_can_transfer_out(lead: Lead, by: Actor) -> None:
    _check("transfer_out", lead, by)


def can_transfer_out(lead: Lead, by: Actor) -> bool:
    return holds(lambda: check_can_transfer_out(lead, by))


def check_can_hand_to_case(lead: Lead, by: Actor) -> None:
    _check("hand_to_case", lead, by)


def can_hand_to_case(lead: Lead, by: Actor) -> bool:
    return holds(lambda: check_can_hand_to_case(lead, by))


def check_can_arrive(lead: Lead, by: Actor) -> None:
    _check("arrive", lead, by)


def can_arrive(lead: Lead, by: Actor) -> bool:
    return holds(lambda: check_can_arrive(lead, by))


def check_can_settle(lead: Lead, by: Actor) -> None:
    _check("settle", lead, by)


def can_settle(lead: Lead, by: Actor) -> bool:
    return holds(lambda: check_can_settle(lead, by))


def check_can_record_outcome(lead: Lead, by: Actor) -> None:
    _check("record_outcome", lead, by)


def can_record_outcome(lead: Lead, by: Actor) -> bool:
    return holds(lambda: check_can_record_outcome(lead, by))


def check_can_tell_reporter(lead: Lead, by: Actor) -> None:
    """Told is somebody who reported, once. Raises Refused."""
    _check("tell_reporter", lead, by)
    if not lead.has_reporter:
        raise Refused(Refusal("no_reporter", "这条线索没有举报人", meaning="nobody reported this lead"))
    if lead.answered_at is not None:
        raise Refused(
            Refusal("reporter_told", "已告知举报人", "SHUM §26", "the reporter has been told already")
        )


def can_tell_reporter(lead: Lead, by: Actor) -> bool:
    return holds(lambda: check_can_tell_reporter(lead, by))


def check_can_reveal_reporter(lead: Lead, by: Actor) -> None:
    """Whoever works the lead in its unit. Raises Refused: bureau-wide posts see nobody who reported."""
    if not Reporter.objects.visible(by).filter(lead=lead).exists():
        raise Refused(SECRET)


def can_reveal_reporter(lead: Lead, by: Actor) -> bool:
    return holds(lambda: check_can_reveal_reporter(lead, by))
