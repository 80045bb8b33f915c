"""The dialogue: published ones, and terminals that behave badly."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.gateways.jt808 import messages
from xiuhua.gateways.jt808.codec import V2013, V2019, Fault, Frame, Splitter, decode, encode
from xiuhua.gateways.jt808.messages import Msg, Result
from xiuhua.gateways.jt808.session import (
    Authenticating,
    Dropped,
    Event,
    Heard,
    MediaCame,
    Points,
    Registering,
    Replied,
    Session,
    ShotAnswered,
    Told,
)
from xiuhua.gateways.jt808.session.fragments import MOST_OPEN, MOST_QUESTIONS, Fragments
from xiuhua.gateways.jt808.tests.test_messages import POSITION
from xiuhua.gateways.tests.published import here

PHONE = bytes.fromhex("013800000001")
PHONE_2019 = bytes(4) + PHONE
CODE = "A1B2C3D4"


def wire(msg_id: int, body: bytes = b"", serial: int = 5, version: int = V2013, **more: Any) -> bytes:
    return encode(Frame(msg_id, version, PHONE if version == V2013 else PHONE_2019, serial, body, **more))


class Plain(Session):
    """A session that knows no quick way."""

    def _quick(self, raw: bytes, events: list[Event]) -> bool:
        return False


def signed_in(lenient: bool = False, of: type[Session] = Session) -> Session:
    session = of()
    (event,) = session.receive(wire(Msg.AUTHENTICATE, CODE.encode(), 0))
    assert isinstance(event, Authenticating)
    assert session.authenticated(event, True, lenient=lenient)
    return session


def as_published(session: Session, event: Event, result: int) -> bytes:
    """What a server says to the event that ends a published dialogue."""
    if isinstance(event, Registering):
        return session.registered(event, result, CODE)
    if isinstance(event, Authenticating):
        return session.authenticated(event, True)
    if isinstance(event, Points):
        return session.confirm(event.acks)
    assert isinstance(event, Heard)
    return session.heard(event)


def dialogues(kind: str) -> list[dict[str, Any]]:
    return [v for v in here("jt808_sessions") if v["kind"] == kind]


def test_every_published_dialogue_is_answered_byte_by_byte() -> None:
    found = dialogues("dialogue")
    assert found
    for vector in found:
        raw = bytes.fromhex(vector["input_hex"])
        frame = decode(raw[1:-1])
        session = Session()
        if frame.msg_id not in {Msg.REGISTER, Msg.AUTHENTICATE}:
            session.identity = frame.identity
        (event,) = session.receive(raw)
        said = vector["expected"]
        assert (
            as_published(session, event, said["result"]).hex() == said["reply_hex_with_platform_serial_0"]
        ), vector["id"]


def test_every_published_stream_is_cut_as_published() -> None:
    found = dialogues("framing")
    assert found
    for vector in found:
        splitter, whole, dropped = Splitter(), [], 0
        chunks = [bytes.fromhex(chunk) for chunk in vector["input_chunks_hex"]]
        raws = [raw for chunk in chunks for raw in splitter.feed(chunk)]
        if vector["id"] == "standard-escape-example":
            assert [r.replace(b"\x7d\x02", b"\x7e").replace(b"\x7d\x01", b"\x7d").hex() for r in raws] == (
                vector["expected"]["frames"]
            )
            continue
        session = Session()
        session.identity = "18888888888"
        for chunk in chunks:
            for event in session.receive(chunk):
                dropped += isinstance(event, Dropped)
        for raw in raws:
            if isinstance(Session(lambda _: False).receive(b"\x7e" + raw + b"\x7e")[0], Dropped):
                continue
            whole.append(raw)
        assert dropped == vector["expected"].get("dropped", 0), vector["id"]


def test_every_published_fragmented_message_is_put_together_once() -> None:
    found = dialogues("reassembly")
    assert found
    for vector in found:
        said, session = vector["expected"], Session()
        session.identity = "18888888888"
        events = [e for f in vector["input_frames_hex"] for e in session.receive(bytes.fromhex(f))]
        (came,) = [e for e in events if isinstance(e, MediaCame)]
        assert len(came.frame.body) == said["body_length"]
        assert hashlib.sha256(came.frame.body).hexdigest() == said["body_sha256"]
        told = came.media
        assert (told.id, told.kind, told.form, told.event, told.channel) == (
            said["media_id"],
            said["media_type"],
            said["format"],
            said["event"],
            said["channel"],
        )
        assert told.data.hex().startswith(said["image_starts"])
        answer = decode(session.media_taken(came)[1:-1])
        assert (f"0x{answer.msg_id:04X}", answer.body.hex()) == (
            said["reply"]["msg"],
            said["reply"]["body_when_complete"],
        )
        assert all(isinstance(e, Heard) for e in events if e is not came)


def test_nothing_is_heard_before_a_terminal_is_authenticated() -> None:
    session = Session()
    for early in (
        wire(Msg.POSITION, POSITION),
        wire(Msg.HEARTBEAT),
        wire(Msg.MEDIA, b"x" * 20, total=2, part=1),
    ):
        (event,) = session.receive(early)
        assert isinstance(event, Dropped)
        assert event.fault is Fault.EARLY


def test_a_refused_terminal_stays_unheard() -> None:
    session = Session()
    (event,) = session.receive(wire(Msg.AUTHENTICATE, b"WRONG"))
    assert isinstance(event, Authenticating)
    answer = decode(session.authenticated(event, False)[1:-1])
    assert messages.answer(answer.body).result == Result.FAILED
    assert isinstance(session.receive(wire(Msg.POSITION, POSITION))[0], Dropped)


def test_positions_that_follow_one_another_come_as_one_event_and_are_answered_when_they_are_durable() -> None:
    session = signed_in()
    batch = b"\0\2\1" + (b"\0\x1c" + POSITION) * 2
    events = session.receive(
        wire(Msg.POSITION, POSITION, 6)
        + wire(Msg.BATCH, batch, 7)
        + wire(Msg.HEARTBEAT, b"", 8)
        + wire(Msg.POSITION, POSITION, 9)
    )
    first, beat, last = events
    assert isinstance(first, Points)
    assert first.acks == [(6, Msg.POSITION), (7, Msg.BATCH)]
    assert len(first.points) == 3
    assert isinstance(beat, Heard)
    assert isinstance(last, Points)
    answers = [decode(raw) for raw in Splitter().feed(session.confirm(first.acks))]
    assert [messages.answer(a.body)[:2] for a in answers] == first.acks
    assert [a.serial for a in answers] == [1, 2]
    assert session.confirm([]) == b""


def test_every_serial_is_answered_as_the_codec_would_and_the_serial_of_the_platform_wraps() -> None:
    session = signed_in()
    session.serial = 0x7D00
    for serial in (*range(0x7D00, 0x7EFF), 0xFFFF):
        expected = encode(
            Frame(
                Msg.PLATFORM_ANSWER,
                V2013,
                PHONE,
                session.serial,
                messages.answer_body(messages.Answer(serial, Msg.POSITION, 0)),
            )
        )
        assert session.confirm([(serial, Msg.POSITION)]) == expected
    session.serial = 0xFFFF
    session.confirm([(1, Msg.POSITION)])
    assert session.serial == 0


def test_a_wrong_frame_is_dropped_and_the_connection_goes_on() -> None:
    session = signed_in()
    broken = bytearray(wire(Msg.POSITION, POSITION))
    broken[20] ^= 1
    events = session.receive(
        bytes(broken) + wire(Msg.POSITION, POSITION[:10]) + wire(Msg.POSITION, POSITION, 7)
    )
    assert [e.fault for e in events if isinstance(e, Dropped)] == [Fault.CHECKSUM, Fault.BODY]
    assert isinstance(events[-1], Points)
    assert events[-1].acks == [(7, Msg.POSITION)]


def test_an_endless_frame_is_told_as_dropped() -> None:
    (event,) = signed_in().receive(b"\x7e" + b"x" * 5000)
    assert event == Dropped(Fault.OVERLONG, b"")


def test_a_terminal_with_wrong_checksums_is_heard_only_if_its_device_is_lenient() -> None:
    wrong = bytearray(wire(Msg.AUTHENTICATE, CODE.encode()))
    wrong[-2] ^= 1
    assert isinstance(Session().receive(bytes(wrong))[0], Dropped)
    session = Session(lambda identity: identity == "13800000001")
    (event,) = session.receive(bytes(wrong))
    assert isinstance(event, Authenticating)
    session.authenticated(event, True, lenient=True)
    wrong = bytearray(wire(Msg.POSITION, POSITION))
    wrong[-2] ^= 1
    assert isinstance(session.receive(bytes(wrong))[0], Points)


def test_frames_of_another_terminal_on_the_same_connection_are_dropped() -> None:
    session = signed_in()
    other = encode(Frame(Msg.POSITION, V2013, bytes.fromhex("013800000002"), 1, POSITION))
    assert session.receive(other) == [Dropped(Fault.IDENTITY, other[1:-1])]


def test_answers_go_out_in_the_version_of_the_last_request() -> None:
    session = signed_in()
    (event,) = session.receive(wire(Msg.POSITION, POSITION, 9, V2019))
    assert isinstance(event, Points)
    answer = decode(session.confirm(event.acks)[1:-1])
    assert (answer.version, answer.phone) == (V2019, PHONE_2019)


def test_an_encrypted_body_is_dropped() -> None:
    plain = bytes.fromhex("0002") + (0x0400).to_bytes(2, "big") + PHONE + b"\0\1"
    check = 0
    for byte in plain:
        check ^= byte
    (event,) = signed_in().receive(b"\x7e" + plain + bytes((check,)) + b"\x7e")
    assert isinstance(event, Dropped)
    assert event.fault is Fault.ENCRYPTED


def test_messages_that_nobody_uses_are_answered_as_unsupported() -> None:
    session = signed_in()
    (event,) = session.receive(wire(0x0900, b"x"))
    assert isinstance(event, Heard)
    assert messages.answer(decode(session.heard(event)[1:-1]).body).result == Result.UNSUPPORTED


def test_a_terminal_that_asks_for_the_time_is_told_it_in_utc() -> None:
    session = signed_in()
    (event,) = session.receive(wire(Msg.ASK_TIME, version=V2019))
    assert isinstance(event, Told)
    answer = decode(session.told_time(1_790_000_000)[1:-1])
    assert (answer.msg_id, answer.body.hex()) == (Msg.TIME, "260921141320")


def test_answers_to_orders_name_the_order() -> None:
    session = signed_in()
    (plain,) = session.receive(wire(Msg.TERMINAL_ANSWER, bytes.fromhex("0003830000")))
    assert plain == Replied(3, Msg.TEXT, 0, {})
    (told,) = session.receive(wire(Msg.PARAMETERS, b"\0\4" + messages.set_parameters({0x29: 10})))
    assert told == Replied(4, Msg.ASK_PARAMETERS, 0, {"0x0029": "0000000a"}, own=True)
    (here_,) = session.receive(wire(Msg.POSITION_ANSWER, b"\0\5" + POSITION))
    assert isinstance(here_, Replied)
    assert here_.point is not None
    assert here_.own
    (taken,) = session.receive(wire(Msg.SHOT_ANSWER, bytes.fromhex("00060000010000000a"), 9))
    assert isinstance(taken, ShotAnswered)
    assert (taken.serial, taken.result, taken.media) == (6, 0, [10])
    heard = messages.answer(decode(session.shot_heard(taken)[1:-1]).body)
    assert heard == (9, Msg.SHOT_ANSWER, Result.OK)
    assert isinstance(session.receive(wire(Msg.POSITION_ANSWER, b"\0"))[0], Dropped)


def test_an_order_takes_the_next_serial_and_a_long_one_as_many_as_it_has_parts() -> None:
    session = signed_in()
    before = session.serial
    raws = Splitter().feed(session.send(Msg.TEXT, b"x" * 1500))
    assert [decode(r).serial for r in raws] == [before, before + 1]
    assert session.serial == before + 2


def test_a_serial_that_was_reserved_is_taken_by_nothing_else() -> None:
    session = signed_in()
    session.serial = 0xFFFF
    kept = session.reserve()
    other = decode(session.send(Msg.ASK_POSITION, b"")[1:-1])
    sent = decode(session.send_as(kept, Msg.TEXT, b"\4a")[1:-1])
    assert (kept, sent.serial, sent.msg_id, other.serial) == (0xFFFF, 0xFFFF, Msg.TEXT, 0)
    with pytest.raises(ValueError, match="one packet"):
        session.send_as(1, Msg.TEXT, b"x" * 1024)


def test_missing_fragments_are_asked_for_again_and_at_last_given_up() -> None:
    session = signed_in()
    assert session.overdue(0) == b""
    (first,) = session.receive(wire(Msg.MEDIA, b"x" * 20, 11, total=3, part=2), now=100)
    assert isinstance(first, Heard)
    assert session.overdue(104) == b""
    asked = decode(session.overdue(106)[1:-1])
    assert (asked.msg_id, messages.missing(V2013, asked.body)) == (Msg.MISSING, (10, [1, 3]))
    assert [bool(session.overdue(106 + 10 * n)) for n in range(1, MOST_QUESTIONS + 1)] == [True, True, False]
    assert session.overdue(1000) == b""


def test_a_part_of_a_batch_is_not_answered_before_the_whole_is_durable() -> None:
    session, body = signed_in(), b"\0\1\1\0\x1c" + POSITION
    assert session.receive(wire(Msg.BATCH, body[:9], 6, total=2, part=1)) == []
    (event,) = session.receive(wire(Msg.BATCH, body[9:], 7, total=2, part=2))
    assert isinstance(event, Points)
    assert event.acks == [(6, Msg.BATCH)]


def test_messages_that_never_end_cannot_fill_the_memory() -> None:
    fragments = Fragments()
    for n in range(20):
        frame = Frame(Msg.MEDIA, V2013, PHONE, n * 100, b"x", total=9, part=1)
        assert fragments.add(frame, float(n)) is None
        assert len(fragments.open) <= MOST_OPEN


def test_one_connection_holds_no_more_than_its_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xiuhua.gateways.jt808.session.fragments.MOST_BYTES", 5000)
    session, events = signed_in(), []
    for n in range(6):
        events += session.receive(wire(Msg.MEDIA, b"x" * 1000, n + 1, total=0xFFFF, part=n + 1))
    assert [e.fault for e in events if isinstance(e, Dropped)] == [Fault.FRAGMENT]


@pytest.mark.parametrize("index", [0, 4])
def test_a_fragment_outside_its_total_is_dropped(index: int) -> None:
    (event,) = signed_in().receive(wire(Msg.MEDIA, b"x", total=3, part=index))
    assert isinstance(event, Dropped)
    assert event.fault is Fault.FRAGMENT


@given(
    st.binary(max_size=60),
    st.sampled_from([V2013, V2019]),
    st.integers(0, 0xFFFF),
    st.sampled_from([0, 0, 1, 20, 23, 31]),
    st.booleans(),
)
def test_the_quick_way_of_a_position_takes_what_the_other_takes(
    items: bytes, version: int, serial: int, broken: int, lenient: bool
) -> None:
    raw = bytearray(wire(Msg.POSITION, POSITION + items, serial, version))
    if broken:
        raw[broken] ^= 1
    quick, plain = signed_in(lenient), signed_in(lenient, Plain)
    for session in (quick, plain):
        session.receive(wire(Msg.HEARTBEAT, version=version))
    twice = bytes(raw) * 2
    assert quick.receive(twice) == plain.receive(twice)


HOSTILE = st.one_of(
    st.binary(max_size=300),
    st.binary(max_size=60).map(lambda b: b"\x7e" + b + b"\x7e"),
    st.builds(
        lambda msg_id, body, version, total, part: wire(msg_id, body, 1, version, total=total, part=part),
        st.sampled_from([int(m) for m in Msg] + [0x0900, 0x5501]),
        st.binary(max_size=90),
        st.sampled_from([V2013, V2019]),
        st.sampled_from([0, 0, 1, 2]),
        st.integers(0, 3),
    ),
)


@given(st.lists(HOSTILE, max_size=6), st.booleans())
def test_no_bytes_break_a_session(chunks: list[bytes], known: bool) -> None:
    session = signed_in() if known else Session(lambda _: True)
    for chunk in chunks:
        for event in session.receive(chunk):
            if isinstance(event, Points):
                assert session.confirm(event.acks)
            elif isinstance(event, Heard):
                assert session.heard(event)
    assert isinstance(session.overdue(1e9), bytes)
