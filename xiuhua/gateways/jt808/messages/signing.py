"""Registration (0x0100) and authentication (0x0102). Pure."""

from __future__ import annotations

import struct
from typing import NamedTuple

from xiuhua.gateways.jt808.codec import V2019, BadFrame, Fault, Frame
from xiuhua.gateways.jt808.vendors import layout_of, text

_PLACE = struct.Struct(">HH").unpack_from
# After the code of 2019: IMEI and version of the software.
_AFTER_CODE = 15 + 20


class Registration(NamedTuple):
    """What a terminal says of itself and its vehicle. `plate` is a VIN where `colour` is 0; `year` is the layout's."""

    year: int
    province: int
    city: int
    maker: str
    model: str
    terminal: str
    colour: int
    plate: str


class Authentication(NamedTuple):
    code: str
    imei: str = ""
    software: str = ""


def registration(frame: Frame) -> Registration:
    """Raises BadFrame for a body that no layout fits."""
    body = frame.body
    layout = layout_of(body, 2019 if frame.version == V2019 else 2013)
    if layout is None:
        raise BadFrame(Fault.BODY)
    province, city = _PLACE(body)
    cuts = (4, 4 + layout.maker, 4 + layout.maker + layout.model, layout.colour_at)
    maker, model, terminal = (text(body[cuts[i] : cuts[i + 1]]) for i in range(3))
    colour, plate = body[layout.colour_at], text(body[layout.colour_at + 1 :])
    return Registration(layout.year, province, city, maker, model, terminal, colour, plate)


def authentication(frame: Frame) -> Authentication:
    """2019: length, code, IMEI, software. Before, and from terminals upgraded halfway, the whole body is the code."""
    body = frame.body
    if frame.version == V2019 and body and len(body) == 1 + body[0] + _AFTER_CODE:
        end = 1 + body[0]
        return Authentication(text(body[1:end]), text(body[end : end + 15]), text(body[end + 15 :]))
    return Authentication(text(body))
