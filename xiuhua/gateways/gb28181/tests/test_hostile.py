"""Whatever is sent to the registrar, by whom it knows or by strangers: it answers or drops it, and reads the next."""

from __future__ import annotations

from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from xiuhua.gateways.gb28181.session import Dropped, Registered, TurnedAway
from xiuhua.gateways.gb28181.tests.camera import Camera, keepalive, notify, position
from xiuhua.gateways.gb28181.tests.test_session import STRANGER, World, without_sends

CAMERA = Camera()
HONEST = (
    CAMERA.register(),
    CAMERA.tell(keepalive()),
    CAMERA.tell(position()),
    CAMERA.tell(position(), method="NOTIFY"),
    CAMERA.request("OPTIONS"),
    CAMERA.request("SUBSCRIBE"),
)


def torn(message: bytes, at: int, length: int, put: bytes) -> bytes:
    """The message with some of it replaced."""
    return message[:at] + put + message[at + length :]


BODIES = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=60).map(notify),
    st.builds(torn, st.just(position()), st.integers(0, 400), st.integers(0, 40), st.binary(max_size=9)),
).map(CAMERA.tell)
HOSTILE = st.one_of(
    st.binary(max_size=300),
    st.builds(torn, st.sampled_from(HONEST), st.integers(0, 700), st.integers(0, 60), st.binary(max_size=20)),
    st.builds(lambda message, end: message[:end], st.sampled_from(HONEST), st.integers(0, 700)),
    BODIES,
)


@settings(max_examples=40)
@given(st.lists(HOSTILE, max_size=6), st.booleans())
def test_no_bytes_break_the_registrar_and_the_next_camera_is_let_in(sent: list[bytes], known: bool) -> None:
    world = World(followed=known)
    if known:
        world.registers()
    for data in sent:
        world.hears(data)
        world.hears(data, STRANGER)
        world.ticks(seconds=1)
    # A transaction of its own: what was sent before may have used up the numbers of this one.
    world.camera.serial = count(1000)
    assert any(isinstance(event, Registered) for event in without_sends(world.registers()))


@settings(max_examples=40)
@given(st.binary(min_size=1, max_size=200).filter(lambda data: data.strip(b"\r\n\0 \t") != b""))
def test_bytes_that_are_no_message_are_told_as_dropped(data: bytes) -> None:
    assert any(isinstance(event, Dropped | TurnedAway) for event in World().hears(data))
