"""How subscriptions and deliveries are told in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from xiuhua.exchange import rules
from xiuhua.exchange.queries import Delivery, EventKind, Line, Subscription
from xiuhua.web.frame.http import in_english
from xiuhua.web.frame.parts import State

STANDINGS = {
    rules.Standing.ACTIVE: "now",
    rules.Standing.PAUSED: "wait",
    rules.Standing.ENDED: "done",
}
TONES = {
    rules.State.WAITING: "wait",
    rules.State.DELIVERED: "done",
    rules.State.ACCEPTED: "done",
    rules.State.GIVEN_UP: "refused",
    rules.State.DROPPED: "back",
}


def standing(row: Subscription) -> State:
    found = rules.Standing(row.state)
    return State(_(rules.STANDING_LABELS[found]), STANDINGS[found])


def state(row: Delivery) -> State:
    found = rules.State(row.state)
    return State(_(rules.STATE_LABELS[found]), TONES[found])


def label(kind: EventKind) -> str:
    return kind.label_en if in_english() else kind.label


def purpose(kind: EventKind) -> str:
    return kind.purpose_en if in_english() else kind.purpose


def kinds(types: Iterable[str], known: Mapping[str, EventKind]) -> str:
    """The kinds by name, in the order of the reference data; one that is no longer there by its type."""
    wanted = set(types)
    named = [label(kind) for type, kind in known.items() if type in wanted]
    return _("、").join([*named, *sorted(wanted - known.keys())])


def answer(row: Delivery) -> str:
    """What the receiver said last."""
    if row.last_at is None:
        return _("尚未发送")
    return f"{row.last_status or _('无答复')} {row.last_answer}".strip()


def trouble(line: Line, now: datetime) -> str:
    """What hinders the line to a receiver; empty for nothing."""
    if not line.fault:
        return ""
    head, colon, rest = line.fault.partition("：")
    fault = f"{_(head)}{colon}{rest}"
    if line.held_until is not None and line.held_until > now:
        when = f"{line.held_until.astimezone():%m-%d %H:%M:%S}"
        return _("%(fault)s；%(when)s 再试") % {"fault": fault, "when": when}
    return fault
