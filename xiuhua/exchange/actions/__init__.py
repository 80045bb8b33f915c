"""The only writes of exchange: subscriptions, events that are made, deliveries that are tried."""

from xiuhua.exchange.actions.delivering import Step, deliver_one, give_up_old
from xiuhua.exchange.actions.sharing import DELIVER, LOOK, key_of_look, look, next_look
from xiuhua.exchange.actions.subscribing import end, pause, resume, rotate_secret, send_again, subscribe

__all__ = [
    "DELIVER",
    "LOOK",
    "Step",
    "deliver_one",
    "end",
    "give_up_old",
    "key_of_look",
    "look",
    "next_look",
    "pause",
    "resume",
    "rotate_secret",
    "send_again",
    "subscribe",
]
