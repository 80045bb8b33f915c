"""Frames: the published ones, and any bytes at all."""

from __future__ import annotations

from contextlib import suppress
from functools import reduce
from itertools import pairwise
from operator import xor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.gateways.jt808.codec import (
    ENCRYPTED,
    LONGEST,
    MOST_BODY,
    V2013,
    V2019,
    BadFrame,
    Fault,
    Frame,
    Splitter,
    decode,
    encode,
    encode_all,
    escaped,
    folded,
    identity_of,
    unescaped,
)
from xiuhua.gateways.tests.published import here

PHONES = {V2013: b"\x01\x38\x00\x00\x00\x01", V2019: b"\0\0\0\0" + b"\x01\x38\x00\x00\x00\x01"}


@st.composite
def frames(draw: st.DrawFn) -> Frame:
    version = draw(st.sampled_from([V2013, V2019]))
    total = draw(st.integers(0, 5))
    return Frame(
        draw(st.integers(0, 0xFFFF)),
        version,
        draw(st.binary(min_size=len(PHONES[version]), max_size=len(PHONES[version]))),
        draw(st.integers(0, 0xFFFF)),
        draw(st.binary(max_size=MOST_BODY)),
        total=total,
        part=draw(st.integers(1, total)) if total else 0,
    )


def reason(raw: bytes, strict: bool = True) -> Fault:
    with pytest.raises(BadFrame) as bad:
        decode(raw, strict)
    return bad.value.fault


def test_every_published_frame_is_read_as_published() -> None:
    for vector in here("jt808_frames"):
        said = vector["expected"]["derived"]
        (raw,) = Splitter().feed(bytes.fromhex(vector["input_hex"]))
        if not vector["expected"]["strict_accept"]:
            assert reason(raw) in {Fault.CHECKSUM, Fault.LENGTH}, vector["id"]
        frame = decode(raw, strict=vector["expected"]["strict_accept"])
        assert frame.msg_id == int(said["msg_id"], 16), vector["id"]
        assert frame.phone.hex() == said["terminal_phone"], vector["id"]
        assert frame.serial == said["serial"], vector["id"]
        assert frame.body.hex() == said["body_hex"], vector["id"]
        assert frame.attr == int(said["attr"], 16), vector["id"]
        assert frame.version == (V2019 if said["version"] == 2019 else V2013), vector["id"]
        assert (frame.total, frame.part) == (said.get("package_total", 0), said.get("package_index", 0))


def test_every_published_frame_that_is_whole_is_written_back_byte_by_byte() -> None:
    for vector in here("jt808_frames"):
        raw = bytes.fromhex(vector["input_hex"])
        if vector["expected"]["strict_accept"]:
            frame = decode(raw[1:-1])
            assert frame.attr & ENCRYPTED or encode(frame) == raw, vector["id"]


@given(frames())
def test_a_frame_comes_back_as_it_was_written(frame: Frame) -> None:
    wire = encode(frame)
    assert wire.count(b"\x7e") == 2
    assert decode(wire[1:-1])._replace(attr=0) == frame


@given(st.binary(max_size=2 * LONGEST))
def test_any_bytes_are_a_frame_or_a_bad_frame_and_nothing_else(raw: bytes) -> None:
    for strict in (True, False):
        with suppress(BadFrame):
            assert isinstance(decode(raw, strict), Frame)


@given(st.binary(max_size=LONGEST))
def test_the_folded_sum_is_the_xor_of_all_bytes(data: bytes) -> None:
    assert folded(data) == reduce(xor, data, 0)


@given(st.binary(max_size=200))
def test_escaping_is_undone(data: bytes) -> None:
    assert unescaped(escaped(data)) == data
    assert b"\x7e" not in escaped(data)


def test_the_example_of_the_standard_is_escaped_as_there() -> None:
    assert escaped(bytes.fromhex("307e087d55")).hex() == "307d02087d0155"


@given(st.lists(frames(), max_size=4), st.lists(st.integers(0, 4000), max_size=6), st.booleans())
def test_a_stream_is_cut_at_its_frames_however_it_arrives(
    sent: list[Frame], cuts: list[int], shared_marks: bool
) -> None:
    stream = b"$$\r\n" + b"".join(map(encode, sent))
    if shared_marks:
        stream = stream.replace(b"\x7e\x7e", b"\x7e")
    ends = sorted({min(cut, len(stream)) for cut in cuts} | {0, len(stream)})
    splitter = Splitter()
    got = [raw for start, end in pairwise(ends) for raw in splitter.feed(stream[start:end])]
    assert [decode(raw)._replace(attr=0) for raw in got] == sent


def test_an_endless_frame_is_given_up_and_the_next_is_read() -> None:
    splitter, whole = Splitter(), encode(Frame(2, V2013, PHONES[V2013], 1, b""))
    assert splitter.feed(b"\x7e" + b"x" * (LONGEST + 1)) == []
    assert splitter.overlong == 1
    assert splitter.feed(b"y" * 10) == []
    assert splitter.feed(whole) == [whole[1:-1]]


def test_garbage_before_the_first_mark_is_not_kept() -> None:
    splitter = Splitter()
    assert splitter.feed(b"GET / HTTP/1.1\r\n") == []
    assert splitter.feed(b"(text)") == []
    assert splitter.overlong == 0


SHORT_2019 = bytes.fromhex("0002400001") + b"\0" * 9


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"", Fault.SHORT),
        (b"\0" * 12, Fault.SHORT),
        (SHORT_2019, Fault.SHORT),
        (bytes.fromhex("00022000") + b"\0" * 10, Fault.SHORT),
        (b"\x7d\x03" + b"\0" * 20, Fault.ESCAPE),
        (b"\0" * 20 + b"\x7d", Fault.ESCAPE),
        (b"\0" * (LONGEST + 1), Fault.OVERLONG),
        (bytes.fromhex("00020005013800000001000102"), Fault.LENGTH),
        (bytes.fromhex("000200000138000000010001ff"), Fault.CHECKSUM),
    ],
)
def test_a_frame_that_is_none_is_refused_with_its_fault(raw: bytes, fault: Fault) -> None:
    assert reason(raw) is fault


def test_a_wrong_checksum_and_a_wrong_length_pass_only_where_they_are_let() -> None:
    wrong = bytes.fromhex("000200050138000000010001ff")
    assert reason(wrong) is Fault.LENGTH
    assert decode(wrong, strict=False).msg_id == 2


def test_a_body_that_is_too_long_goes_out_in_parts_only() -> None:
    with pytest.raises(ValueError, match="one packet"):
        encode(Frame(0x8300, V2013, PHONES[V2013], 0, b"x" * (MOST_BODY + 1)))
    parts = [decode(wire[1:-1]) for wire in encode_all(0x8300, V2019, PHONES[V2019], 9, b"x" * 2500)]
    assert [(p.total, p.part, p.serial) for p in parts] == [(3, 1, 9), (3, 2, 10), (3, 3, 11)]
    assert b"".join(p.body for p in parts) == b"x" * 2500


def test_numbers_are_compared_without_leading_zeros() -> None:
    assert identity_of(PHONES[V2013]) == identity_of(PHONES[V2019]) == "13800000001"
    assert identity_of(b"\0" * 6) == "0"
