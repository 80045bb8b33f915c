"""SIP as cameras write it is read, and nothing that comes breaks the reader."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.gateways.gb28181 import codec
from xiuhua.gateways.gb28181.codec import MOST_BYTES, MOST_HEADERS, Fault, Malformed, Message, Stream, parse
from xiuhua.gateways.gb28181.tests.camera import CAMERA, Camera, keepalive
from xiuhua.gateways.tests.published import here

REGISTER = Camera().register()


def test_every_published_message_is_read_as_published() -> None:
    for vector in (v for v in here("gb28181") if "sip" in v["input"]):
        message = parse(vector["input"]["sip"].encode())
        expected = vector["expected"]
        assert message.method == expected.get("method", "MESSAGE"), vector["id"]
        whose = codec.user_of(message["from"])
        assert whose == expected.get("from_user", expected.get("device_id", whose)), vector["id"]
        assert expected.get("transport", "UDP") in message.via[0]


def test_short_names_folded_lines_and_several_vias_are_read() -> None:
    message = parse(
        b"\r\nMESSAGE sip:a@b SIP/2.0\r\nv: SIP/2.0/UDP h:1;branch=z1, SIP/2.0/UDP i:2\r\nVIA: SIP/2.0/UDP j:3\r\n"
        b"f: <sip:x@y>;tag=1\r\nSubject: one\r\n  two\r\nl: 2\r\n\r\nabcd"
    )
    assert message.via == ["SIP/2.0/UDP h:1;branch=z1", "SIP/2.0/UDP i:2", "SIP/2.0/UDP j:3"]
    assert (message.branch, message["subject"], message.body) == ("z1", "one two", b"ab")
    assert (message.cseq, message["absent"], Message().branch) == ((0, ""), "", "")


def test_an_answer_is_read() -> None:
    message = parse(b"SIP/2.0 200 OK\r\nCSeq: 4 SUBSCRIBE\r\n\r\n")
    assert (message.status, message.reason, message.cseq) == (200, "OK", (4, "SUBSCRIBE"))
    assert parse(b"SIP/2.0 200\r\n\r\n").status == 200


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"x" * (MOST_BYTES + 1), Fault.TOO_LONG),
        (b"REGISTER sip:a SIP/2.0\r\n", Fault.NO_END),
        (b"HELLO\r\n\r\n", Fault.START),
        (b"register sip:a SIP/2.0\r\n\r\n", Fault.START),
        (b"OPTIONS sip:a SIP/2.0\r\nno colon\r\n\r\n", Fault.HEADERS),
        (b"OPTIONS sip:a SIP/2.0\r\n: nothing\r\n\r\n", Fault.HEADERS),
        (b"OPTIONS sip:a SIP/2.0\r\n folded\r\n\r\n", Fault.HEADERS),
        (b"OPTIONS sip:a SIP/2.0\r\n" + b"a: b\r\n" * (MOST_HEADERS + 1) + b"\r\n", Fault.HEADERS),
        (b"OPTIONS sip:a SIP/2.0\r\nl: -1\r\n\r\n", Fault.LENGTH),
        (b"OPTIONS sip:a SIP/2.0\r\nl: 3\r\n\r\nab", Fault.LENGTH),
        ("OPTIONS sip:a SIP/2.0\r\nl: ３\r\n\r\nabc".encode(), Fault.LENGTH),
    ],
)
def test_what_cannot_be_a_message_is_refused_with_its_fault(data: bytes, fault: Fault) -> None:
    with pytest.raises(Malformed) as refused:
        parse(data)
    assert refused.value.fault is fault


@given(
    st.binary(max_size=300)
    | st.builds(lambda i, b: REGISTER[:i] + b + REGISTER[i:], st.integers(0, 400), st.binary(max_size=9))
)
def test_no_bytes_at_all_break_the_reader(data: bytes) -> None:
    try:
        assert isinstance(parse(data), Message)
    except Malformed:
        return


@given(st.lists(st.sampled_from([REGISTER, Camera().tell(keepalive()), b"\r\n\r\n"]), max_size=5), st.data())
def test_a_stream_is_cut_at_its_messages_however_it_arrives(sent: list[bytes], data: st.DataObject) -> None:
    whole = b"".join(sent)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=6)))
    stream, found = Stream(), []
    for start, end in zip([0, *cuts], [*cuts, len(whole)], strict=True):
        found += list(stream.feed(whole[start:end]))
    assert found == [message for message in sent if message.strip()]


def test_a_stream_that_never_ends_its_headers_or_says_no_length_is_given_up() -> None:
    with pytest.raises(Malformed):
        list(Stream().feed(b"a" * (MOST_BYTES + 1)))
    for length in (b"x", b"9999999", b"99999"):
        with pytest.raises(Malformed):
            list(Stream().feed(b"MESSAGE a SIP/2.0\r\nContent-Length: " + length + b"\r\n\r\n"))


def test_an_answer_says_where_the_request_came_from_and_keeps_a_tag_that_is_there() -> None:
    message = parse(REGISTER)
    answer = parse(codec.reply(message, 401, "Unauthorized", source=("10.9.9.9", 7), tag="s1", body=b"x"))
    assert "received=10.9.9.9" in answer.via[0]
    assert answer.via[0].endswith("rport=7")
    assert answer.branch == message.branch
    assert codec.parameter(answer["to"], "tag") == "s1"
    again = parse(codec.reply(answer, 200, "OK", source=("h", 1), tag="s2"))
    assert codec.parameter(again["to"], "tag") == "s1"
    assert codec.reply(Message(method="OPTIONS"), 200, "OK", source=("h", 1), tag="t").startswith(
        b"SIP/2.0 200 OK"
    )


@pytest.mark.parametrize(
    ("value", "user", "address"),
    [
        (f"<sip:{CAMERA}@10.1.2.3:5071;lr>;tag=1", CAMERA, f"sip:{CAMERA}@10.1.2.3:5071;lr"),
        (f"sip:{CAMERA}@3101150000;x=y", CAMERA, f"sip:{CAMERA}@3101150000"),
        ("<sip:10.1.2.3>", "", "sip:10.1.2.3"),
        ("tel:110", "", "tel:110"),
    ],
)
def test_addresses_are_taken_apart(value: str, user: str, address: str) -> None:
    assert (codec.user_of(value), codec.address_of(value)) == (user, address)


def test_a_parameter_is_found_in_any_case_and_without_its_quotes() -> None:
    assert codec.parameter('a;Tag="x y";b', "tag") == "x y"
    assert codec.parameter("a;tag=1", "rport") == ""
