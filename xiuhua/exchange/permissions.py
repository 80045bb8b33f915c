"""Who may see what is shared, and who decides about it."""

from __future__ import annotations

from xiuhua.exchange import rules
from xiuhua.exchange.models import Subscription
from xiuhua.kernel.authz import Actor, Refusal, Refused, holds


def check_can_manage(by: Actor) -> None:
    """Sharing is decided by the heads of the bureau. Raises Refused."""
    if not by.can("exchange.manage"):
        raise Refused(
            Refusal(
                "sharing_for_heads",
                "对外共享由局领导决定",
                "PIPL §34",
                meaning="what is shared with other agencies is decided by the heads of the bureau",
            )
        )


def can_manage(by: Actor) -> bool:
    return holds(lambda: check_can_manage(by))


def check_can_move(subscription: Subscription, move: str, by: Actor) -> None:
    """As `rules.MOVES` has it. Raises Refused for somebody else, and in another state."""
    check_can_manage(by)
    if subscription.state not in rules.MOVES[move]:
        raise Refused(
            Refusal(
                "subscription_state",
                "订阅在这个状态下不能这样办理",
                meaning="this cannot be done in the state of the subscription",
            )
        )


def can_move(subscription: Subscription, move: str, by: Actor) -> bool:
    return holds(lambda: check_can_move(subscription, move, by))
