"""Pictures, sound and film that a terminal sends (0x0801), and what is answered (0x8800). Pure."""

from __future__ import annotations

import struct
from typing import NamedTuple

from xiuhua.gateways.jt808.codec import BadFrame, Fault
from xiuhua.gateways.jt808.messages.positions import SIZE, Position, position

_HEAD = struct.Struct(">IBBBB")
# How files begin that a terminal sends: of 2011 there is no position between head and data.
_SIGNS = (b"\xff\xd8\xff", b"II*\0", b"ID3", b"RIFF", b"0&\xb2u")


class Media(NamedTuple):
    """`kind` 0 picture, 1 sound, 2 film; `form` 0 JPEG, 1 TIFF, 2 MP3, 3 WAV, 4 WMV; `position` None in 2011."""

    id: int
    kind: int
    form: int
    event: int
    channel: int
    position: Position | None
    data: bytes


def media(body: bytes) -> Media:
    """Raises BadFrame for a body without data."""
    if len(body) <= _HEAD.size:
        raise BadFrame(Fault.BODY)
    id_, kind, form, event, channel = _HEAD.unpack_from(body)
    rest = body[_HEAD.size :]
    if rest.startswith(_SIGNS) or len(rest) <= SIZE:
        return Media(id_, kind, form, event, channel, None, rest)
    return Media(id_, kind, form, event, channel, position(rest[:SIZE]), rest[SIZE:])


def media_answer(media_id: int) -> bytes:
    """0x8800 for media that is complete: nothing follows its id."""
    return struct.pack(">I", media_id)
