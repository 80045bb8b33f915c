"""How events reach an agency: handshake, signatures, waits, leave, and what becomes of what cannot be delivered."""

from __future__ import annotations

import itertools
import json
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from pytest_django import Settings

from xiuhua.exchange import actions, jobs, queries, rules
from xiuhua.exchange.actions import delivering, sending
from xiuhua.exchange.models import Delivery, EventKind, Subscription
from xiuhua.exchange.rules import events as kinds
from xiuhua.exchange.tests.agency import ORIGIN, Receiver, Sharing
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import SYSTEM
from xiuhua.kernel.models import Job, RecordEntry
from xiuhua.registers.tests.bureau import AT

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
NOW = AT + MINUTE


def entries(verb: str) -> list[dict[str, Any]]:
    return [json.loads(e.facts) for e in RecordEntry.objects.filter(verb=f"exchange.{verb}").order_by("pk")]


def deliver(row: Subscription, at: datetime = NOW) -> None:
    with clock.held_at(at):
        jobs.deliver({"subscription": row.pk})


def ready(sharing: Sharing, agency: Receiver, n: int = 1, **more: Any) -> tuple[Subscription, str]:
    """A subscription with so many positions on their way, a minute apart, the first at NOW."""
    row, secret = sharing.subscribed(url=agency.url, kinds=[kinds.POSITION], **more)
    device = sharing.camera(NOW)
    for minute in range(n):
        sharing.seen(device, NOW + minute * MINUTE)
        actions.look(at=NOW + minute * MINUTE)
    return row, secret


def states(row: Subscription) -> list[str]:
    return list(row.deliveries.order_by("pk").values_list("state", flat=True))


def test_what_is_sent_is_what_is_stored_signed_under_the_id_of_the_event(
    sharing: Sharing, agency: Receiver
) -> None:
    row, secret = ready(sharing, agency)
    deliver(row)
    (found,) = agency.posts
    event = Delivery.objects.get().event
    assert found.body == event.body.encode()
    assert found.headers["webhook-id"] == event.event_id == json.loads(found.body)["id"]
    assert found.headers["content-type"] == "application/cloudevents+json; charset=utf-8"
    now = int(NOW.timestamp())
    assert rules.verifies(secret, found.headers, found.body, now)
    assert not rules.verifies(secret, found.headers, found.body + b" ", now)
    assert states(row) == ["delivered"]
    assert Delivery.objects.get().delivered_at == NOW


def test_a_receiver_is_asked_for_leave_before_anything_is_sent_and_again_after_a_day(
    sharing: Sharing, agency: Receiver
) -> None:
    row, _ = ready(sharing, agency, n=2)
    deliver(row, NOW + MINUTE)
    assert [one.method for one in agency.got] == ["OPTIONS", "POST", "POST"]
    asked = agency.got[0].headers
    assert (asked["webhook-request-origin"], asked["webhook-request-rate"]) == (ORIGIN, "120")
    Delivery.objects.update(state="waiting")
    deliver(row, NOW + timedelta(hours=25))
    assert [one.method for one in agency.got][3:] == ["OPTIONS", "POST", "POST"]


@pytest.mark.parametrize(
    "leave",
    [(200, {}), (200, {"WebHook-Allowed-Origin": "other.example"}), (405, {}), (302, {"Location": "/in"})],
)
def test_without_leave_nothing_is_sent(
    sharing: Sharing, agency: Receiver, leave: tuple[int, Mapping[str, str]]
) -> None:
    row, _ = ready(sharing, agency)
    agency.leave = leave
    deliver(row)
    assert [one.method for one in agency.got] == ["OPTIONS"]
    line = queries.line_of(row)
    assert line.fault.startswith("握手未获许可")
    assert line.held_until == NOW + 5 * SECOND
    assert states(row) == ["waiting"]
    assert Job.objects.filter(name=actions.DELIVER, run_at=NOW + 5 * SECOND).exists()


@pytest.mark.parametrize("scheme", rules.Scheme)
def test_after_a_change_of_the_secret_both_sign_and_then_the_new_one_alone(
    sharing: Sharing, agency: Receiver, scheme: rules.Scheme
) -> None:
    row, old = ready(sharing, agency, scheme=scheme)
    new = actions.rotate_secret(subscription=row, by=sharing.deputy, at=NOW)
    deliver(row)
    Delivery.objects.update(state="waiting")
    late = NOW + timedelta(hours=49)
    deliver(row, late)
    keys = [rules.public_of(s) if scheme is rules.Scheme.KEY else s for s in (old, new)]
    taken = [
        [rules.verifies(key, post.headers, post.body, int(at.timestamp())) for key in keys]
        for post, at in zip(agency.posts, (NOW, late), strict=True)
    ]
    assert taken == [[True, True], [False, True]]


@pytest.mark.parametrize(
    ("status", "state"), [(200, "delivered"), (201, "delivered"), (204, "delivered"), (202, "accepted")]
)
def test_what_arrived_is_done(sharing: Sharing, agency: Receiver, status: int, state: str) -> None:
    row, _ = ready(sharing, agency)
    agency.answers = [(status, {})]
    deliver(row)
    assert states(row) == [state]


def test_a_receiver_that_is_gone_ends_the_subscription(sharing: Sharing, agency: Receiver) -> None:
    row, _ = ready(sharing, agency, n=3)
    agency.answers = [(410, {})]
    deliver(row, NOW + 3 * MINUTE)
    row.refresh_from_db()
    assert (row.state, states(row)) == ("ended", ["dropped"] * 3)
    assert len(agency.posts) == 1
    assert entries("end")[0]["dropped"] == 3


def test_a_receiver_that_asks_to_wait_is_left_alone_as_long(sharing: Sharing, agency: Receiver) -> None:
    row, _ = ready(sharing, agency, n=2)
    agency.answers = [(429, {"Retry-After": "600"})]
    at = NOW + MINUTE
    deliver(row, at)
    deliver(row, at + 599 * SECOND)
    assert len(agency.posts) == 1
    assert Job.objects.filter(name=actions.DELIVER, run_at=at + 600 * SECOND).count() == 1
    deliver(row, at + 600 * SECOND)
    assert states(row) == ["delivered", "delivered"]
    assert agency.posts[0].headers["webhook-id"] in {p.headers["webhook-id"] for p in agency.posts[1:]}


def test_a_format_that_is_refused_is_not_sent_again_and_holds_up_no_other(
    sharing: Sharing, agency: Receiver
) -> None:
    row, _ = ready(sharing, agency, n=2)
    agency.answers = [(415, {})]
    deliver(row, NOW + MINUTE)
    assert states(row) == ["given_up", "delivered"]
    assert entries("give_up") == [{"deliveries": 1, "status": 415, "answer": "ok"}]


def test_one_event_that_is_refused_waits_and_the_others_go_on(sharing: Sharing, agency: Receiver) -> None:
    row, _ = ready(sharing, agency, n=2)
    agency.answers = [(422, {})]
    at = NOW + MINUTE
    deliver(row, at)
    assert states(row) == ["waiting", "delivered"]
    deliver(row, at + 5 * SECOND)
    assert states(row) == ["delivered", "delivered"]


def test_a_receiver_that_fails_is_tried_over_days_and_then_given_up_visibly(
    sharing: Sharing, agency: Receiver
) -> None:
    row, _ = ready(sharing, agency)
    agency.answers = [(500, {})] * 20
    at, moments = NOW, [NOW]
    deliver(row, at)
    while states(row) == ["waiting"]:
        at = Delivery.objects.get().next_at
        moments.append(at)
        deliver(row, at)
    assert len(agency.posts) == 10
    assert moments[-1] - moments[0] == timedelta(hours=75, minutes=35, seconds=5)
    assert [b - a for a, b in itertools.pairwise(moments)] == list(queries.limits().waits)
    assert states(row) == ["given_up"]
    assert entries("give_up") == [{"deliveries": 1, "status": 500, "answer": "ok"}]
    assert len({post.headers["webhook-id"] for post in agency.posts}) == 1
    assert len({post.headers["webhook-timestamp"] for post in agency.posts}) == 10


def test_after_a_failure_of_the_receiver_all_that_waits_is_held(sharing: Sharing, agency: Receiver) -> None:
    row, _ = ready(sharing, agency, n=3)
    agency.answers = [(503, {})]
    at = NOW + 2 * MINUTE
    deliver(row, at)
    deliver(row, at + SECOND)
    assert len(agency.posts) == 1
    assert queries.line_of(row).fault == "503 ok"
    deliver(row, at + 5 * SECOND)
    assert states(row) == ["delivered"] * 3
    assert (queries.line_of(row).fault, queries.line_of(row).failures) == ("", 0)


def test_whoever_was_away_longer_than_all_tries_is_sent_no_flood(sharing: Sharing, agency: Receiver) -> None:
    row, _ = ready(sharing, agency, n=3)
    deliver(row, NOW + timedelta(days=4))
    assert states(row) == ["given_up"] * 3
    assert agency.got == []
    assert entries("give_up") == [{"deliveries": 3, "status": None, "answer": ""}]


def test_what_is_given_up_in_one_go_is_what_still_waits_and_says_the_last_answer(
    sharing: Sharing, agency: Receiver
) -> None:
    row, _ = ready(sharing, agency, n=3)
    agency.answers = [(200, {}), (503, {})]
    deliver(row, NOW + 3 * MINUTE)
    assert sorted(states(row)) == ["delivered", "waiting", "waiting"]
    deliver(row, NOW + timedelta(days=4))
    assert sorted(states(row)) == ["delivered", "given_up", "given_up"]
    assert entries("give_up") == [{"deliveries": 2, "status": 503, "answer": "ok"}]
    deliver(row, NOW + timedelta(days=4))
    assert len(entries("give_up")) == 1


def test_two_workers_count_against_one_minute(sharing: Sharing) -> None:
    line = queries.line_of(sharing.subscribe())
    line.per_minute = 2
    line.save()
    one, other = (queries.line_of(line.subscription) for _ in range(2))
    assert delivering._counted(one, NOW) is None
    assert delivering._counted(other, NOW) == delivering.Step(again=True)
    assert delivering._counted(queries.line_of(line.subscription), NOW) is None
    assert delivering._counted(queries.line_of(line.subscription), NOW) == delivering.Step(wake=NOW + MINUTE)
    assert queries.line_of(line.subscription).sent == 2


def test_no_more_are_sent_in_a_minute_than_the_receiver_lets_us(sharing: Sharing, agency: Receiver) -> None:
    row, _ = ready(sharing, agency, n=5)
    agency.leave = (200, {"WebHook-Allowed-Origin": "*", "WebHook-Allowed-Rate": "2"})
    at = NOW + 10 * MINUTE
    deliver(row, at)
    deliver(row, at + 59 * SECOND)
    assert len(agency.posts) == 2
    assert Job.objects.filter(name=actions.DELIVER, run_at=at + MINUTE).exists()
    deliver(row, at + MINUTE)
    assert len(agency.posts) == 4


def test_a_redirection_is_not_followed(sharing: Sharing, agency: Receiver) -> None:
    row, _ = ready(sharing, agency)
    agency.answers = [(307, {"Location": agency.url + "/elsewhere"})]
    deliver(row)
    assert len(agency.posts) == 1
    assert states(row) == ["waiting"]


def test_nothing_is_sent_while_it_is_paused_or_after_its_last_day(
    sharing: Sharing, agency: Receiver, settings: Settings
) -> None:
    row, _ = ready(sharing, agency, valid_to=AT.date())
    deliver(row, NOW + timedelta(days=1))
    settings.EXCHANGE_ORIGIN = ""
    deliver(row)
    settings.EXCHANGE_ORIGIN = ORIGIN
    actions.pause(subscription=row, reason="示例", by=sharing.deputy, at=NOW)
    deliver(row)
    assert agency.got == []
    actions.resume(subscription=row, by=sharing.deputy, at=NOW)
    deliver(row)
    assert states(row) == ["delivered"]


def test_a_kind_that_is_struck_is_not_sent_though_its_text_waits(sharing: Sharing, agency: Receiver) -> None:
    row, _ = ready(sharing, agency)
    with record.act("示例", by=SYSTEM, at=NOW) as act:
        EventKind.objects.filter(type=kinds.POSITION).update(type="xiuhua.struck")
        act.entry(on=row, facts={})
    deliver(row)
    assert agency.got == []
    deliver(row, NOW + timedelta(days=4))
    assert (agency.got, states(row)) == ([], ["given_up"])


def test_a_delivery_that_another_worker_has_is_not_sent_twice(
    sharing: Sharing, agency: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, _ = ready(sharing, agency)
    sign = rules.headers

    def overtaken(*said: Any) -> dict[str, str]:
        Delivery.objects.update(next_at=NOW + MINUTE)
        return sign(*said)

    monkeypatch.setattr("xiuhua.exchange.rules.headers", overtaken)
    deliver(row)
    assert agency.posts == []


def test_a_worker_that_dies_while_sending_leaves_the_event_to_be_sent_again_under_the_same_id(
    sharing: Sharing, agency: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, _ = ready(sharing, agency)
    with monkeypatch.context() as patch:
        patch.setattr("xiuhua.exchange.actions.delivering._answered", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            deliver(row)
    deliver(row, NOW + 59 * SECOND)
    assert len(agency.posts) == 1
    deliver(row, NOW + 60 * SECOND)
    assert len(agency.posts) == 2
    assert len({post.headers["webhook-id"] for post in agency.posts}) == 1
    assert (states(row), Delivery.objects.get().tries) == (["delivered"], 2)


def test_a_secret_that_cannot_be_read_is_a_fault_and_not_a_wrong_signature_until_it_is_changed(
    sharing: Sharing, agency: Receiver, settings: Settings
) -> None:
    row, _ = ready(sharing, agency)
    settings.SECRET_KEY = "another"
    deliver(row)
    assert agency.posts == []
    assert "更换密钥" in queries.line_of(row).fault
    secret = actions.rotate_secret(subscription=row, by=sharing.deputy, at=NOW)
    assert (row.old_secret, row.old_until) == ("", None)
    later = queries.line_of(row).held_until
    assert later is not None
    deliver(row, later)
    (post,) = agency.posts
    assert rules.verifies(secret, post.headers, post.body, int(later.timestamp()))


# The wire


def test_nothing_is_sent_into_inner_networks_whatever_the_name_says(
    sharing: Sharing, agency: Receiver, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EXCHANGE_NETWORKS = ()
    assert sending.ask("POST", agency.url, {}, seconds=1).status is None
    for inner in ("127.0.0.1", "10.1.2.3", "169.254.169.254", "::1"):
        found = [(2, 1, 6, "", ("8.8.8.8", 443)), (2, 1, 6, "", (inner, 443))]
        monkeypatch.setattr("socket.getaddrinfo", lambda *_, found=found, **__: found)
        answer = sending.ask("POST", "https://events.city.example/in", {}, seconds=1)
        assert answer.status is None
        assert inner in answer.text
    assert agency.got == []


def test_the_connection_goes_to_the_address_that_was_looked_at_under_the_name_that_was_asked(
    sharing: Sharing, agency: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = agency.url.replace("127.0.0.1", "127.0.0.2")
    port = int(agency.url.rpartition(":")[2].partition("/")[0])
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("127.0.0.1", port))])
    assert sending.ask("POST", url, {}, seconds=5, body=b"x").status == 200
    assert agency.posts[0].headers["host"] == f"127.0.0.2:{port}"


@contextmanager
def dripping(answer: bytes) -> Iterator[str]:
    """A receiver that says `answer` byte by byte, ten a second, to the first that asks."""

    def drip() -> None:
        with door.accept()[0] as line, suppress(OSError):
            line.recv(4096)
            for place in range(len(answer)):
                line.sendall(answer[place : place + 1])
                time.sleep(0.1)

    with socket.create_server(("127.0.0.1", 0)) as door:
        thread = threading.Thread(target=drip)
        thread.start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}/in"
        thread.join()


def test_a_receiver_that_answers_drop_by_drop_is_waited_for_no_longer_than_a_silent_one(
    sharing: Sharing,
) -> None:
    with dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx") as url:
        found = sending.ask("POST", url, {}, seconds=1)
    assert found.status is None
    assert "Timeout" in found.text


def test_a_name_that_no_resolver_takes_is_an_answer_too(
    sharing: Sharing, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = sending.ask("POST", "https://" + "a" * 64 + ".example/in", {}, seconds=1)
    assert (long.status, long.text) == (None, "地址无法识别")
    monkeypatch.setattr("xiuhua.exchange.rules.fault", lambda *_: "")
    monkeypatch.setattr("socket.getaddrinfo", lambda host, *_, **__: host.encode("idna"))
    for url in ("https://" + "a" * 64 + ".example/in", "https://1.2.3.999/in", "https://[v1.x]/in"):
        assert sending.ask("POST", url, {}, seconds=1).status is None


def test_a_receiver_that_is_not_there_or_says_too_much_is_an_answer_too(
    sharing: Sharing, agency: Receiver
) -> None:
    gone = sending.ask("POST", "http://127.0.0.1:1/in", {}, seconds=1)
    assert gone.status is None
    assert "ConnectError" in gone.text
    assert sending.ask("POST", agency.url, {}, seconds=5).text == "ok"
    assert sending._words("好\x00\n".encode() * 400) == "好" * 200
