"""The registrar: who is there is proved, what the proved tell counts, what others say does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

import pytest

from xiuhua.gateways.gb28181 import codec
from xiuhua.gateways.gb28181.codec import Fault, Message, parse
from xiuhua.gateways.gb28181.messages import CHINA
from xiuhua.gateways.gb28181.session import (
    Alarmed,
    Alive,
    Catalogued,
    Dropped,
    Event,
    Gone,
    Peer,
    Registered,
    Registrar,
    Rules,
    Send,
    TurnedAway,
    Where,
    Who,
)
from xiuhua.gateways.gb28181.session import registrar as registering
from xiuhua.gateways.gb28181.session import replies as replying
from xiuhua.gateways.gb28181.session.asking import SUBSCRIBED_SECONDS, Reached
from xiuhua.gateways.gb28181.tests.camera import (
    CAMERA,
    SECRET,
    SERVER_ID,
    Camera,
    keepalive,
    notify,
    position,
)
from xiuhua.gateways.tests.published import here

AT = datetime(2026, 11, 22, 9, 30, 0, 250000, tzinfo=CHINA)
PEER = Peer("UDP", "10.1.2.3", 5060)
STRANGER = Peer("UDP", "10.6.6.6", 5060)
OTHER = "31011500001320000002"


class World:
    """A registrar, a camera and a clock."""

    def __init__(self, followed: bool = False) -> None:
        self.secrets: dict[str, str | None] = {CAMERA: SECRET}
        self.followed, self.at = followed, AT
        numbers = count(1)
        rules = Rules(self.secrets.get, lambda _: self.followed, lambda: f"t{next(numbers)}")
        self.registrar, self.camera = Registrar(SERVER_ID, rules), Camera()

    def hears(self, data: bytes, peer: Peer = PEER) -> list[Event]:
        return list(self.registrar.receive(data, peer, self.at))

    def ticks(self, **later: float) -> list[Event]:
        self.at += timedelta(**later)
        return list(self.registrar.tick(self.at))

    def registers(self, expires: str = "3600", peer: Peer = PEER, qop: str | None = None) -> list[Event]:
        challenge = answer_in(self.hears(self.camera.register(expires=expires), peer))
        return self.hears(self.camera.register(challenge, expires, qop), peer)


def sends(events: list[Event]) -> list[Message]:
    return [parse(event.data) for event in events if isinstance(event, Send)]


def answer_in(events: list[Event]) -> Message:
    """The first message that is sent."""
    return sends(events)[0]


def without_sends(events: list[Event]) -> list[Event]:
    return [event for event in events if not isinstance(event, Send)]


@pytest.fixture
def world() -> World:
    return World()


@pytest.mark.parametrize("qop", [None, "auth"])
def test_a_camera_is_challenged_proves_who_it_is_and_is_told_the_time(world: World, qop: str | None) -> None:
    challenge = answer_in(world.hears(world.camera.register()))
    assert challenge.status == 401
    assert 'realm="3101150000"' in challenge["www-authenticate"]
    events = world.hears(world.camera.register(challenge, qop=qop))
    welcome = answer_in(events)
    assert (welcome.status, welcome["expires"], welcome["date"]) == (200, "3600", "2026-11-22T09:30:00.250")
    assert welcome["contact"] == f"<sip:{CAMERA}@10.1.2.3:5060>"
    assert without_sends(events) == [Registered(CAMERA, PEER, again=False)]
    assert len(sends(events)) == 1


def asks(world: World) -> list[Event]:
    """What is asked half a minute after a registration."""
    world.registrar.bindings[CAMERA].heard += registering.ASKED_AFTER
    return world.ticks(seconds=registering.ASKED_AFTER)


def test_a_camera_that_came_is_asked_what_it_is_once_and_not_at_once(world: World) -> None:
    world.registers()
    assert world.ticks(seconds=1) == []
    for question, command in zip(sends(asks(world)), registering.QUESTIONS, strict=True):
        assert f"<CmdType>{command}</CmdType>".encode() in question.body
    calm(world)
    world.registers()
    assert asks(world) == []


def test_a_renewal_is_challenged_too_and_asks_nothing_anew(world: World) -> None:
    world.registers()
    again = answer_in(world.hears(world.camera.register()))
    assert again.status == 401
    events = world.hears(world.camera.register(again))
    assert without_sends(events) == [Registered(CAMERA, PEER, again=True)]
    assert len(sends(events)) == 1


def test_a_nonce_holds_once_and_for_a_minute(world: World) -> None:
    challenge = answer_in(world.hears(world.camera.register()))
    world.hears(world.camera.register(challenge))
    used = answer_in(world.hears(world.camera.register(challenge)))
    assert used.status == 401
    assert "stale=true" in used["www-authenticate"]
    world.at += timedelta(seconds=registering.NONCE_SECONDS)
    assert answer_in(world.hears(world.camera.register(used))).status == 401


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"password": "wrong"}, "wrong_password"),
        ({"id_": OTHER}, "unknown"),
    ],
)
def test_whoever_proves_nothing_is_turned_away(world: World, changed: dict[str, str], why: str) -> None:
    camera = Camera(**changed)
    events = world.hears(camera.register())
    if why == "wrong_password":
        events = world.hears(camera.register(answer_in(events)))
    assert answer_in(events).status == 403
    assert without_sends(events) == [TurnedAway(camera.id, PEER, why)]
    assert not world.registrar.bindings


def test_nobody_registers_another_than_they_proved(world: World) -> None:
    world.secrets[OTHER] = "0" * 32
    challenge = answer_in(world.hears(Camera(OTHER).register()))
    stolen = world.camera.register(challenge).replace(
        f"To: <sip:{CAMERA}".encode(), f"To: <sip:{OTHER}".encode()
    )
    assert answer_in(world.hears(stolen)).status == 403
    assert not world.registrar.bindings


@pytest.mark.parametrize("expires", [None, "soon", "12345678901"])
def test_a_registration_for_no_time_is_no_request(world: World, expires: str | None) -> None:
    assert answer_in(world.hears(world.camera.register(expires=expires))).status == 400


def test_the_contact_may_say_the_time_and_long_and_short_times_are_bounded(world: World) -> None:
    assert answer_in(world.registers("5"))["expires"] == str(registering.SHORTEST)
    assert answer_in(world.registers("9999999"))["expires"] == str(registering.LONGEST)
    first = world.camera.register(expires=None).replace(b":5060>\r\n", b":5060>;expires=600\r\n")
    challenge = answer_in(world.hears(first))
    second = world.camera.register(challenge, None).replace(b":5060>\r\n", b":5060>;expires=600\r\n")
    assert answer_in(world.hears(second))["expires"] == "600"


def test_a_camera_says_good_bye(world: World) -> None:
    world.registers()
    events = world.registers("0")
    assert answer_in(events)["expires"] == "0"
    assert without_sends(events) == [Gone(CAMERA, "said")]
    assert answer_in(world.hears(world.camera.tell(keepalive()))).status == 403


def test_a_keepalive_counts_only_from_where_the_camera_registered(world: World) -> None:
    assert without_sends(world.hears(world.camera.tell(keepalive()))) == [
        TurnedAway(CAMERA, PEER, "not_registered")
    ]
    world.registers()
    events = world.hears(world.camera.tell(keepalive()))
    assert (answer_in(events).status, without_sends(events)) == (200, [Alive(CAMERA)])
    events = world.hears(world.camera.tell(keepalive()), STRANGER)
    assert (answer_in(events).status, without_sends(events)) == (
        403,
        [TurnedAway(CAMERA, STRANGER, "not_registered")],
    )
    moved = Peer("UDP", "10.1.2.3", 40001)
    assert without_sends(world.hears(world.camera.tell(keepalive()), moved)) == [Alive(CAMERA)]
    assert world.registrar.bindings[CAMERA].peer == moved


def test_the_sender_is_who_was_proved_whatever_the_body_calls_itself(world: World) -> None:
    world.registers()
    assert without_sends(world.hears(world.camera.tell(keepalive("340110000002000000101")))) == [
        Alive(CAMERA)
    ]


def test_a_position_is_answered_when_it_is_durable_and_a_second_time_the_same(world: World) -> None:
    world.registers()
    told = world.camera.tell(position(), branch="z9hG4bKsame")
    (where,) = world.hears(told)
    assert isinstance(where, Where)
    assert (where.device_id, where.position.lon, where.position.lat) == (CAMERA, 121.505, 31.205)
    assert world.hears(told) == []
    answer = world.registrar.answered(where, world.at.timestamp())
    assert parse(answer.data).status == 200
    assert world.hears(told) == [answer]


def test_a_position_that_nobody_took_is_heard_when_it_comes_again(world: World) -> None:
    world.registers()
    told = world.camera.tell(position())
    (where,) = world.hears(told)
    assert isinstance(where, Where)
    world.registrar.not_taken(where)
    assert world.hears(told) == [where]


def test_somebody_elsewhere_does_not_spoil_the_challenge_of_a_camera(world: World) -> None:
    challenge = answer_in(world.hears(world.camera.register()))
    world.hears(Camera().register(), STRANGER)
    assert answer_in(world.hears(world.camera.register(challenge))).status == 200


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("dahua-catalog-response", Catalogued),
        ("dahua-deviceinfo-response", Who),
        ("dahua-alarm", Alarmed),
    ],
)
def test_what_a_camera_tells_of_itself_is_an_event(world: World, body: str, kind: type[Event]) -> None:
    (vector,) = (v for v in here("gb28181") if v["id"] == body)
    given = vector["input"]
    sent = given["xml"].encode("gb2312") if "xml" in given else parse(given["sip"].encode()).body
    world.registers()
    (event,) = without_sends(world.hears(world.camera.tell(sent)))
    assert isinstance(event, kind)


def test_a_body_that_cannot_be_read_is_kept_for_a_look_and_the_camera_stays(world: World) -> None:
    world.registers()
    events = world.hears(world.camera.tell(position(lon="east")))
    assert answer_in(events).status == 400
    (dropped,) = without_sends(events)
    assert isinstance(dropped, Dropped)
    assert (dropped.device_id, dropped.fault) == (CAMERA, Fault.BODY)
    assert CAMERA in world.registrar.bindings


@pytest.mark.parametrize(
    "data",
    [
        b"rubbish",
        b"MESSAGE sip:a SIP/2.0\r\nVia: x\r\n\r\n",
        b"MESSAGE sip:a SIP/2.0\r\nFrom: a\r\nTo: b\r\nCall-ID: c\r\nCSeq: 1 MESSAGE\r\n\r\n",
    ],
)
def test_what_is_no_message_is_dropped_without_an_answer(world: World, data: bytes) -> None:
    (dropped,) = world.hears(data)
    assert isinstance(dropped, Dropped)


def test_other_methods_are_answered_as_the_protocol_wants(world: World) -> None:
    options = answer_in(world.hears(world.camera.request("OPTIONS")))
    assert (options.status, "REGISTER" in options["allow"]) == (200, True)
    assert answer_in(world.hears(world.camera.request("INVITE"))).status == 405
    assert world.hears(world.camera.request("ACK")) == []


# Subscriptions


def subscribe_of(events: list[Event]) -> Message:
    (found,) = (m for m in sends(events) if m.method == "SUBSCRIBE")
    return found


def agreed(asked: Message, status: int = 200) -> bytes:
    """The camera's answer to a request of ours."""
    return codec.reply(asked, status, "OK", source=("10.9.9.9", 5060), tag="d1")


def calm(world: World) -> None:
    """Answer what is asked after a registration, so that only subscriptions are sent."""
    world.registrar._asking.pending.clear()


@pytest.mark.parametrize(
    ("bound", "told", "heard"),
    [("TLS", "TLS", True), ("TLS", "UDP", False), ("TLS", "TCP", False), ("UDP", "TCP", True), ("UDP", "TLS", True)],
)  # fmt: skip
def test_whoever_registered_over_tls_is_not_heard_in_the_clear(
    world: World, bound: str, told: str, heard: bool
) -> None:
    world.registers(peer=PEER._replace(transport=bound))
    events = world.hears(world.camera.tell(keepalive()), PEER._replace(transport=told, port=40000))
    assert answer_in(events).status == (200 if heard else 403)
    assert world.registrar.bindings[CAMERA].peer.transport == (told if heard else bound)


def test_positions_are_asked_for_on_duty_only() -> None:
    world = World(followed=False)
    world.registers()
    calm(world)
    assert world.ticks(seconds=1) == []
    world.followed = True
    asked = subscribe_of(world.ticks(seconds=1))
    assert (asked["event"], asked["expires"]) == ("presence", str(SUBSCRIBED_SECONDS))
    assert asked.uri == f"sip:{CAMERA}@10.1.2.3:5060"
    assert b"<Interval>5</Interval>" in asked.body


def test_a_subscription_is_renewed_in_its_dialog_before_it_ends() -> None:
    world = World(followed=True)
    world.registers("86400")
    calm(world)
    asked = subscribe_of(world.ticks(seconds=1))
    assert world.hears(agreed(asked)) == [Alive(CAMERA)]
    assert world.ticks(seconds=1) == []
    world.registrar.bindings[CAMERA].heard = world.at.timestamp() + SUBSCRIBED_SECONDS
    renewed = subscribe_of(world.ticks(seconds=SUBSCRIBED_SECONDS * 0.8))
    assert renewed["call-id"] == asked["call-id"]
    assert renewed.cseq == (2, "SUBSCRIBE")
    assert codec.parameter(renewed["to"], "tag") == "d1"


def test_a_subscription_that_nobody_answered_begins_anew() -> None:
    world = World(followed=True)
    world.registers("86400")
    calm(world)
    asked = subscribe_of(world.ticks(seconds=1))
    calm(world)
    world.registrar.bindings[CAMERA].heard = world.at.timestamp() + SUBSCRIBED_SECONDS
    assert subscribe_of(world.ticks(seconds=SUBSCRIBED_SECONDS))["call-id"] != asked["call-id"]


def notified(world: World, state: str) -> list[Event]:
    told = world.camera.tell(b"", "NOTIFY").replace(b"active;expires=3590", state.encode())
    return world.hears(told)


@pytest.mark.parametrize("how", ["terminated", "forgotten", "registered elsewhere"])
def test_a_dialog_that_is_gone_begins_anew(how: str) -> None:
    world = World(followed=True)
    world.registers()
    calm(world)
    asked = subscribe_of(world.ticks(seconds=1))
    world.hears(agreed(asked))
    if how == "terminated":
        assert answer_in(notified(world, "terminated;reason=timeout")).status == 200
    elif how == "forgotten":
        world.registrar.bindings[CAMERA].heard = world.at.timestamp() + SUBSCRIBED_SECONDS
        world.hears(agreed(subscribe_of(world.ticks(seconds=SUBSCRIBED_SECONDS * 0.8)), 481))
        world.registrar.bindings[CAMERA].until = world.at.timestamp() + 100
    else:
        world.registers(peer=Peer("UDP", "10.1.2.4", 5060))
        calm(world)
    assert subscribe_of(world.ticks(seconds=1))["call-id"] != asked["call-id"]


def test_an_answer_to_nothing_is_nothing(world: World) -> None:
    world.followed = True
    world.registers()
    calm(world)
    asked = subscribe_of(world.ticks(seconds=1))
    assert world.hears(agreed(asked, 100)) == []
    assert world.hears(agreed(asked, 403)) == [Alive(CAMERA)]
    assert world.hears(agreed(asked)) == []
    question = world.registrar._asking.message(
        Reached(CAMERA, f"sip:{CAMERA}@x", PEER), "Catalog", world.at.timestamp()
    )
    assert world.hears(agreed(parse(question.data))) == []


def test_an_answer_of_a_camera_that_is_gone_is_nothing(world: World) -> None:
    world.followed = True
    world.registers()
    calm(world)
    asked = subscribe_of(world.ticks(seconds=1))
    del world.registrar.bindings[CAMERA]
    assert world.hears(agreed(asked)) == []


def test_a_request_of_ours_is_sent_again_until_it_is_answered_and_then_given_up() -> None:
    world = World()
    world.registers("86400")
    asks(world)
    # Two questions; the waits double from half a second to four.
    assert [len(world.ticks(seconds=1)) for _ in range(12)] == [2, 2, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2]
    world.ticks(seconds=40)
    assert not world.registrar._asking.pending


def test_over_tcp_nothing_is_sent_again(world: World) -> None:
    world.registers(peer=Peer("TCP", "10.1.2.3", 5060))
    assert len(asks(world)) == 2
    assert world.ticks(seconds=1) == []


@pytest.mark.parametrize(
    ("change", "later", "why"),
    [
        (lambda w: None, registering.SILENT_SECONDS + 1, "silent"),
        (lambda w: setattr(w.registrar.bindings[CAMERA], "until", w.at.timestamp() + 1), 2, "expired"),
        (lambda w: w.secrets.pop(CAMERA), 1, "withdrawn"),
    ],
)
def test_who_is_silent_expired_or_withdrawn_is_let_go(
    world: World, change: Callable[[World], object], later: float, why: str
) -> None:
    world.registers()
    calm(world)
    change(world)
    assert world.ticks(seconds=later) == [Gone(CAMERA, why)]
    assert not world.registrar.bindings


# What is kept is bounded


def test_answers_and_challenges_are_kept_for_a_time_and_a_number(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replying, "MOST", 2)
    monkeypatch.setattr(registering, "MOST_CHALLENGES", 1)
    world.secrets[OTHER] = "0" * 32
    first = world.camera.register()
    world.hears(first)
    world.hears(Camera(OTHER).register())
    assert len(world.registrar._challenges) == 1
    again = world.hears(first)
    assert answer_in(again).status == 401
    world.hears(world.camera.request("OPTIONS"))
    assert len(world.registrar._replies._kept) == 2
    world.ticks(seconds=replying.KEPT_SECONDS + 1)
    assert not world.registrar._replies._kept


def test_a_request_without_a_branch_is_known_by_its_turn(world: World) -> None:
    told = world.camera.request("OPTIONS").replace(b";branch=", b";b=")
    first = world.hears(told)
    assert world.hears(told) == first


def test_a_notification_that_says_nothing_is_heard(world: World) -> None:
    world.registers()
    assert [m.status for m in sends(notified(world, "active"))] == [200]
    assert without_sends(
        world.hears(world.camera.tell(notify("<CmdType>X</CmdType><DeviceID>1</DeviceID>")))
    ) == [Alive(CAMERA)]


def test_a_registration_without_a_contact_is_reached_where_it_came_from(world: World) -> None:
    def bare(data: bytes) -> bytes:
        return b"\r\n".join(line for line in data.split(b"\r\n") if not line.startswith(b"Contact"))

    challenge = answer_in(world.hears(bare(world.camera.register())))
    world.hears(bare(world.camera.register(challenge)))
    assert world.registrar.bindings[CAMERA].contact == f"sip:{CAMERA}@10.1.2.3:5060"
