"""Bodies of the messages: bytes to facts and back. Pure; a body that cannot be read raises BadFrame."""

from xiuhua.gateways.jt808.messages.ids import Msg, Result
from xiuhua.gateways.jt808.messages.media import Media, media, media_answer
from xiuhua.gateways.jt808.messages.orders import (
    PARAMETERS,
    Shot,
    Shots,
    ask_parameters,
    parameters,
    say,
    set_parameters,
    shoot,
    shots,
    track,
)
from xiuhua.gateways.jt808.messages.positions import Position, batch, bcd_time, items, moment, position
from xiuhua.gateways.jt808.messages.replies import (
    Answer,
    answer,
    answer_body,
    missing,
    missing_body,
    registration_answer,
    time_body,
)
from xiuhua.gateways.jt808.messages.signing import Authentication, Registration, authentication, registration

__all__ = [
    "PARAMETERS",
    "Answer",
    "Authentication",
    "Media",
    "Msg",
    "Position",
    "Registration",
    "Result",
    "Shot",
    "Shots",
    "answer",
    "answer_body",
    "ask_parameters",
    "authentication",
    "batch",
    "bcd_time",
    "items",
    "media",
    "media_answer",
    "missing",
    "missing_body",
    "moment",
    "parameters",
    "position",
    "registration",
    "registration_answer",
    "say",
    "set_parameters",
    "shoot",
    "shots",
    "time_body",
    "track",
]
