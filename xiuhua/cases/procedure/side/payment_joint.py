"""How the payment of a fine and the main road of its case follow one another, in the same act. Pure data.

Whoever states a payment, a deferral or a default states it once, on the road or in the payment. The other makes the
move that says the same, states nothing itself, and is judged by what the first stated. Where the road's move asks for
more (other duties), the road waits until somebody makes it.
"""

from __future__ import annotations

from collections.abc import Mapping

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards.reading import block, step_of
from xiuhua.cases.procedure.side.payment import OPEN

# The moves of the road with which a payment begins; a decision that leaves no money to collect begins none.
BEGINNINGS = frozenset({"serve_decision", "hand_over_on_spot", "serve_decision_on_party"})

# What the road takes in of one party whose payment went on to enforcement; once all have paid, it goes on itself.
SHARE_PAID = "pay_enforced_share"

# Move of the payment → moves of the road that say the same; the one that leaves where the case stands is made.
_PAID = ("perform", "perform_deferred", "perform_late", "pay_at_bank", "settle_late")
ROAD_FOLLOWS: Mapping[str, tuple[str, ...]] = {
    "pay_in_full": _PAID,
    "pay_while_asked": _PAID,
    "pay_deferred": _PAID,
    "pay_last_instalment": _PAID,
    "pay_late": _PAID,
    "pay_with_surcharge": _PAID,
    "pay_capped": _PAID,
    "settle_paused": _PAID,
    "pay_cash_remote": ("perform", "collect_cash"),
    "pay_cash_on_spot": ("collect_cash",),
    "approve_deferral": ("enter_deferral", "defer_late"),
    "approve_instalments": ("enter_deferral", "defer_late"),
    "miss_deferral": ("break_deferral", "fall_overdue"),
    "miss_instalment": ("break_deferral", "fall_overdue"),
    "miss_due_date": ("fall_overdue",),
    # Where the decision fell for the last party that owed, the others have paid all there is to pay.
    **{f"drop_{state}": _PAID for state in OPEN},
}

# State of the payment → the move that settles it.
SETTLES: Mapping[str, str] = {
    "payable": "pay_in_full",
    "deferral_asked": "pay_while_asked",
    "deferred": "pay_deferred",
    "in_instalments": "pay_last_instalment",
    "overdue": "pay_late",
    "surcharged": "pay_with_surcharge",
    "surcharge_paused": "settle_paused",
    "surcharge_capped": "pay_capped",
}
_APPLIES = {"payable": "apply_deferral", "overdue": "apply_late_deferral"}
_APPROVES = {"deferral": "approve_deferral", "instalment": "approve_instalments"}
_MISSES = {"deferred": "miss_deferral", "in_instalments": "miss_instalment"}
SETTLED_ON_THE_ROAD = frozenset(_PAID)
DEFERRED_ON_THE_ROAD = frozenset({"enter_deferral", "defer_late"})
FORCED = frozenset({"execute", "finish_by_force"})
DROPPED = frozenset(
    {
        "annul_decision",
        "annul_overdue_decision",
        "annul_deferred_decision",
        "annul_on_spot",
        "annul_overdue",
        "terminate_execution",
    }
)
# States in which the road may not defer: the surcharge runs, and only an agreement about it ends it (AEL §42).
NOT_TO_DEFER = frozenset({"surcharged", "surcharge_paused", "surcharge_capped"})


def road_follows(move: str) -> tuple[str, ...]:
    """The moves of the road that say the same as `move`; the one that leaves where the case stands is made."""
    return ("perform_late",) if move == SHARE_PAID else ROAD_FOLLOWS.get(move, ())


def payment_follows(move: str, state: str, file: File, settled: bool) -> tuple[str, ...]:
    """The moves that a payment in `state` makes after `move` of the road; none where it stays.

    `file` holds what the road's step stated; `settled` is whether all that is owed is paid.
    """
    if move in DROPPED:
        return (f"drop_{state}",) if state in OPEN else ()
    if move in FORCED and not settled:
        return (f"drop_{state}",) if state in OPEN else ()
    if move in SETTLED_ON_THE_ROAD | FORCED:
        return (SETTLES[state],) if state in SETTLES else ()
    if move in DEFERRED_ON_THE_ROAD:
        return _deferred(state, file)
    if move == "collect_cash" and state == "payable":
        remote = block(step_of(file), "payment").get("cash_ground") == "remote_on_request"
        return ("pay_cash_remote" if remote else "pay_cash_on_spot",)
    if move == "pay_instalment":
        return (
            ("pay_instalment",)
            if state == "in_instalments"
            else (f"pay_part_{state}",)
            if state in OPEN
            else ()
        )
    if move == "break_deferral":
        return (_MISSES[state],) if state in _MISSES else ()
    if move == "fall_overdue":
        return ("miss_due_date",) if state == "payable" else ()
    return ()


def share_follows(move: str, state: str, *, overdue: bool, ended: bool) -> tuple[str, ...]:
    """The moves that the payment of one of several parties makes after `move` of the road: only what concerns all, or
    what ends its own share. `overdue`: its days are over and it owes; `ended`: its execution was ended by law.
    """
    if move in DROPPED or (move == "terminate_share" and ended):
        return (f"drop_{state}",) if state in OPEN else ()
    if move == "fall_overdue" and overdue and state == "payable":
        return ("miss_due_date",)
    return ()


def _deferred(state: str, file: File) -> tuple[str, ...]:
    approves = _APPROVES.get(block(file, "deferral").get("kind") or "", "approve_deferral")
    if state in _APPLIES:
        return (_APPLIES[state], approves)
    return (approves,) if state == "deferral_asked" else ()


def contradicts(move: str, state: str) -> bool:
    """Whether the road may not make `move` while its payment stands in `state`."""
    return move in DEFERRED_ON_THE_ROAD and state in NOT_TO_DEFER
