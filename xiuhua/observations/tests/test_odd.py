"""Frames that were not taken: what can still be read of them, who looks, and that a look is kept."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiuhua.kernel.authz import SYSTEM, Invalid, Refused
from xiuhua.kernel.models import RecordEntry
from xiuhua.observations import actions, permissions, queries, rules
from xiuhua.observations.models import OddFrame
from xiuhua.observations.queries.odd import LOOKED
from xiuhua.observations.rules import Doubt
from xiuhua.registers.tests.bureau import AT, Bureau

# A heartbeat of terminal 013912345678, serial 1, with its checksum.
HEART = bytes.fromhex("0002 0000 013912345678 0001")
NEWER = bytes.fromhex("0002 4000 01 00000000013912345678 0001")
MILLISECONDS = round(AT.timestamp() * 1000)


def summed(plain: bytes) -> bytes:
    total = 0
    for byte in plain:
        total ^= byte
    return plain + bytes([total])


def test_a_whole_frame_is_read_without_a_doubt() -> None:
    read = rules.read_jt808(summed(HEART))
    assert (read.message, read.year, read.phone, read.serial) == (0x0002, 2013, "013912345678", 1)
    assert (read.declared, read.body, read.doubts) == (0, b"", frozenset())
    assert read.sent == read.counted


def test_the_header_of_2019_is_told_by_its_bit() -> None:
    read = rules.read_jt808(summed(NEWER))
    assert (read.year, read.phone, read.serial, read.doubts) == (2019, "00000000013912345678", 1, frozenset())


@pytest.mark.parametrize(
    ("raw", "doubt"),
    [
        (HEART + b"\xff", Doubt.CHECKSUM),
        (summed(HEART + b"abc"), Doubt.LENGTH),
        (summed(bytes.fromhex("0002 0000 0139123456AB 0001")), Doubt.NOT_BCD),
        (summed(HEART) + b"\x7d\x05", Doubt.ESCAPE),
    ],
)
def test_what_contradicts_is_named(raw: bytes, doubt: Doubt) -> None:
    assert doubt in rules.read_jt808(raw).doubts


def test_the_numbers_of_a_part_are_no_body() -> None:
    plain = bytes.fromhex("0801 2003 013912345678 0001 0002 0001") + b"abc"
    read = rules.read_jt808(summed(plain))
    assert (read.body, read.doubts) == (b"abc", frozenset())


def test_escaped_bytes_are_put_back_first() -> None:
    assert rules.read_jt808(summed(HEART[:-1] + b"\x7e").replace(b"\x7e", b"\x7d\x02")).serial == 0x007E


@pytest.mark.parametrize("size", range(len(HEART) + 1))
def test_of_a_frame_that_was_cut_off_is_read_what_is_there(size: int) -> None:
    read = rules.read_jt808(HEART[:size])
    assert (read.message is not None) == (size >= 2)
    assert (read.declared is not None) == (size >= 4)
    assert (read.phone is not None) == (size >= 10)
    assert (read.serial is not None) == (size >= 12)
    assert read.sent is None


@settings(max_examples=30)
@given(st.binary(max_size=80))
def test_no_bytes_are_too_odd_to_be_looked_at(raw: bytes) -> None:
    rules.read_jt808(raw)
    assert bytes.fromhex("".join(line for _, line, _ in rules.dump(raw))) == raw
    assert isinstance(rules.text_of(raw), str)


def test_text_is_read_in_the_encoding_that_fits() -> None:
    assert rules.text_of("示例".encode()) == rules.text_of("示例".encode("gb18030")) == "示例"
    assert rules.text_of(b"id=1\xff") == "id=1�"


def odd(identity: str, fault: str = "checksum") -> OddFrame:
    return OddFrame.objects.create(
        at=MILLISECONDS, protocol="jt808", peer="10.0.0.9", identity=identity, fault=fault, raw=HEART
    )


@pytest.fixture
def frames(bureau: Bureau) -> tuple[OddFrame, OddFrame]:
    """One of the car of the eastern squad, one of a stranger."""
    actions.register(
        kind="vehicle_terminal",
        protocol="jt808",
        identity="13912345678",
        name="示例车",
        unit=bureau.east,
        plate="沪A12345",
        by=SYSTEM,
        at=AT,
    )
    return odd("13912345678"), odd("1")


@pytest.mark.django_db
def test_a_unit_sees_frames_of_its_devices_and_only_the_administrator_those_of_strangers(
    bureau: Bureau, frames: tuple[OddFrame, OddFrame]
) -> None:
    ours, strange = frames
    east, west = bureau.actor("squad_head", bureau.east), bureau.actor("squad_head", bureau.west)
    admin = bureau.actor("system_administrator")
    assert list(queries.odd_frames(east)) == [ours]
    assert list(queries.odd_frames(west)) == []
    # The same number in another protocol is another device.
    other = OddFrame.objects.create(
        at=MILLISECONDS, protocol="osmand", peer="10.0.0.9", identity="13912345678", fault="unknown", raw=b""
    )
    assert list(queries.odd_frames(east)) == [ours]
    other.delete()
    assert set(queries.odd_frames(admin)) == {ours, strange}
    assert queries.devices_of_odd([ours, strange], east)["jt808", "13912345678"].plate == "沪A12345"
    assert permissions.can_look_at_odd(ours, east)
    for frame, by in ((ours, west), (strange, east)):
        with pytest.raises(Refused):
            actions.look_at_odd(frame=frame, note="示例", by=by, at=AT)
    assert not RecordEntry.objects.filter(verb=LOOKED).exists()
    assert ours.get_protocol_display() == rules.PROTOCOL_LABELS[rules.Protocol.JT808]
    assert OddFrame(protocol="x").get_protocol_display() == "x"


@pytest.mark.django_db
def test_a_look_is_an_entry_of_the_record_and_is_made_once(
    bureau: Bureau, frames: tuple[OddFrame, OddFrame]
) -> None:
    ours, strange = frames
    head = bureau.actor("squad_head", bureau.east)
    for note in (" ", "示" * 201):
        with pytest.raises(Invalid):
            actions.look_at_odd(frame=ours, note=note, by=head, at=AT)
    actions.look_at_odd(frame=ours, note="示例：天线进水", by=head, at=AT)
    entry = queries.look_of(ours)
    assert entry is not None
    assert json.loads(entry.facts)["note"] == "示例：天线进水"
    assert queries.looks([ours, strange]) == {ours.pk: entry}
    with pytest.raises(Invalid, match="已经有人看过"):
        actions.look_at_odd(frame=ours, note="示例", by=head, at=AT)
    actions.look_at_odd(frame=strange, note="示例", by=bureau.actor("system_administrator"), at=AT)
    assert RecordEntry.objects.filter(verb=LOOKED).count() == 2
