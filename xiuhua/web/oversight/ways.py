"""What may be done next with what was sent to a unit, open or with the reason why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.kernel import queries as kernel
from xiuhua.kernel.authz import Actor, Refused
from xiuhua.oversight import permissions, rules
from xiuhua.oversight.models import Sent
from xiuhua.web.frame.clocks import Clock, day_clock
from xiuhua.web.frame.http import Request
from xiuhua.web.frame.parts import May, MayNot, State

TONES = {
    rules.State.DRAWN: "now",
    rules.State.CLEAN: "done",
    rules.State.SENT: "now",
    rules.State.REPLIED: "wait",
    rules.State.APPEALED: "wait",
    rules.State.STRUCK: "back",
    rules.State.CLOSED: "done",
}
# Acts that ask nothing more.
AT_ONCE = ("watch", "close")
# The name of an act, its label, and the check that refuses it.
Way = tuple[str, str, Callable[[], None]]


def answers(row: Sent, by: Actor) -> list[Way]:
    """The acts of the state between unit and oversight."""
    found: dict[rules.State, list[Way]] = {
        rules.State.SENT: [
            ("reply", _("回复整改"), lambda: permissions.check_can_answer(row, by)),
            ("appeal", _("申诉"), lambda: permissions.check_can_answer(row, by)),
        ],
        rules.State.APPEALED: [("decide", _("决定申诉"), lambda: permissions.check_can_decide(row, by))],
        rules.State.REPLIED: [
            ("close", _("销号"), lambda: permissions.check_can_close(row, by)),
            ("back", _("退回再改"), lambda: permissions.check_can_close(row, by)),
        ],
    }
    return found.get(rules.State(row.state), [])


def sorted_out(ways: Sequence[Way], kind: str, pk: int) -> tuple[list[May], list[MayNot]]:
    """Those that are open, and those that are not with every reason."""
    may: list[May] = []
    may_not: list[MayNot] = []
    for name, label, check in ways:
        try:
            check()
        except Refused as error:
            may_not.append(MayNot(label, tuple(error.refusals)))
        else:
            may.append(May(label, reverse(f"web:{kind}-{name}", args=[pk]), post=name in AT_ONCE))
    return may, may_not


def state_of(row: Sent) -> State:
    return State(_(row.get_state_display()), TONES[rules.State(row.state)])


def day_left(what: str, due: date | None, request: Request) -> Clock | None:
    """The clock of a day until which somebody has to act; None where there is none."""
    if due is None:
        return None
    days = kernel.calendar()
    return day_clock(
        what, due, today=request.today, calendar=days, unit="working_day", provisional=due > days.known_until
    )


def reply_clock(row: Sent, request: Request) -> Clock | None:
    """Until when the unit replies, while it has to."""
    return day_left(_("回复期限"), row.due_on if row.state == rules.State.SENT else None, request)
