"""Events, answers, addresses, and what may be said of a subscription: pure."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from django.conf import settings
from hypothesis import given
from hypothesis import settings as searched
from hypothesis import strategies as st

from xiuhua.exchange import rules
from xiuhua.exchange.rules import State, Verdict, events

AT = datetime(2026, 5, 13, 1, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def limits() -> rules.Limits:
    path = settings.REFERENCE_DIR / "exchange_limits.csv"
    with path.open(encoding="utf-8", newline="") as text:
        return rules.Limits.of({row["code"]: int(row["value"]) for row in csv.DictReader(text)})


def happening(**more: Any) -> rules.Happening:
    said: dict[str, Any] = {
        "type": events.POSITION,
        "key": "k",
        "subject": "31011500001320000001",
        "at": AT,
        "unit": "E",
        "area": "A",
        "data": {"device": "31011500001320000001", "unit": "E", "lon": 121.5, "speed_kmh": None},
    }
    return rules.Happening(**(said | more))


# Events


def test_an_event_has_what_the_standard_asks_for_and_only_the_fields_that_are_named() -> None:
    text = rules.body(happening(), id="1", source="/s", fields=["device", "lon", "speed_kmh"])
    assert json.loads(text) == {
        "specversion": "1.0",
        "id": "1",
        "source": "/s",
        "type": "xiuhua.position.updated",
        "subject": "31011500001320000001",
        "time": "2026-05-13T01:00:00Z",
        "datacontenttype": "application/json",
        "data": {"device": "31011500001320000001", "lon": 121.5},
    }


@searched(max_examples=40)
@given(st.text(max_size=30), st.floats(-180, 180), st.datetimes(timezones=st.just(UTC)))
def test_the_stock_library_reads_every_event(subject: str, lon: float, at: datetime) -> None:
    made = happening(subject=subject or "s", at=at, data={"lon": lon, "unit": "示例"})
    text = rules.body(made, id="1", source="/s", fields=["lon", "unit"])
    read = JSONFormat().read(None, text)
    assert isinstance(read, CloudEvent)
    assert read.get_subject() == made.subject
    assert read.get_data() == {"lon": lon, "unit": "示例"}
    assert read.get_time() == at.replace(microsecond=at.microsecond // 1000 * 1000)


def test_the_source_is_a_reference_whatever_the_bureau_calls_itself() -> None:
    told = json.loads(rules.body(happening(), id="1", source="/示例 局/a%20b", fields=[]))
    assert told["source"] == "/%E7%A4%BA%E4%BE%8B%20%E5%B1%80/a%20b"


@pytest.mark.parametrize("lacking", ["specversion", "id", "source", "type"])
def test_an_event_that_lacks_what_every_event_has_is_none(lacking: str) -> None:
    event = json.loads(rules.body(happening(), id="1", source="/s", fields=["lon"]))
    assert json.loads(rules.data_of(event)) == {"lon": 121.5}
    with pytest.raises(ValueError, match=lacking):
        rules.data_of(event | {lacking: ""})
    with pytest.raises(ValueError, match=r"0\.3"):
        rules.data_of(event | {"specversion": "0.3"})


def test_a_moment_that_is_not_there_is_not_told() -> None:
    assert rules.told(None) is None
    assert rules.told(AT + timedelta(milliseconds=250)) == "2026-05-13T01:00:00.250Z"


@pytest.mark.parametrize(
    ("protocol", "identity", "subject"),
    [
        ("gb28181", "31011500001320000001", "31011500001320000001"),
        ("gb28181", "3101150000132000000", "device/7"),
        ("gb28181", "３１０１１５０００01320000001", "device/7"),
        ("jt808", "31011500001320000001", "device/7"),
        ("osmand", "wang-phone", "device/7"),
    ],
)
def test_a_device_is_called_by_its_number_of_the_catalogue_and_else_by_ours(
    protocol: str, identity: str, subject: str
) -> None:
    assert rules.subject_of_device(protocol, identity, 7) == subject


@pytest.mark.parametrize(
    ("kinds", "units", "areas", "wanted"),
    [
        ([events.POSITION], [], [], True),
        ([events.ALARM], [], [], False),
        ([], [], [], False),
        ([events.POSITION], ["E"], [], True),
        ([events.POSITION], ["W"], [], False),
        ([events.POSITION], [], ["A"], True),
        ([events.POSITION], [], ["B"], False),
        ([events.POSITION], ["E"], ["B"], False),
    ],
)
def test_a_subscription_wants_its_kinds_in_its_units_and_areas(
    kinds: list[str], units: list[str], areas: list[str], wanted: bool
) -> None:
    assert rules.wants(happening(), kinds, units, areas) is wanted
    if areas or units:
        assert not rules.wants(happening(unit="", area=""), kinds, units, areas)


def test_the_reference_data_names_known_fields_only_and_none_of_a_person() -> None:
    path = settings.REFERENCE_DIR / "exchange_events.csv"
    with path.open(encoding="utf-8", newline="") as text:
        rows = {row["type"]: set(row["fields"].split()) for row in csv.DictReader(text)}
    assert rows.keys() == rules.FIELDS.keys()
    for kind, fields in rows.items():
        assert fields <= rules.FIELDS[kind]
        assert not fields & {"officer", "name", "plate", "content", "reporter", "party", "identity", "what"}


# Answers


@pytest.mark.parametrize(
    ("status", "verdict", "holds"),
    [
        (200, Verdict.DELIVERED, None),
        (201, Verdict.DELIVERED, None),
        (204, Verdict.DELIVERED, None),
        (299, Verdict.DELIVERED, None),
        (202, Verdict.ACCEPTED, None),
        (None, Verdict.AGAIN, True),
        (100, Verdict.AGAIN, True),
        (301, Verdict.AGAIN, True),
        (307, Verdict.AGAIN, True),
        (400, Verdict.AGAIN, False),
        (401, Verdict.AGAIN, True),
        (404, Verdict.AGAIN, True),
        (410, Verdict.GONE, None),
        (415, Verdict.REFUSED, False),
        (422, Verdict.AGAIN, False),
        (429, Verdict.AGAIN, True),
        (500, Verdict.AGAIN, True),
        (503, Verdict.AGAIN, True),
    ],
)
def test_what_an_answer_means(status: int | None, verdict: Verdict, holds: bool | None) -> None:
    assert rules.verdict(status) is verdict
    if holds is not None:
        assert rules.holds_the_line(status) is holds


def test_what_is_delivered_or_accepted_is_a_state_of_a_delivery() -> None:
    assert {State(v.value) for v in (Verdict.DELIVERED, Verdict.ACCEPTED)} == {
        State.DELIVERED,
        State.ACCEPTED,
    }


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 5 ", 5),
        ("0", 0),
        ("", 0),
        ("soon", 0),
        ("-5", 0),
        ("9" * 400, 86400),
        (format_datetime(AT + 90 * SECOND), 90),
        (format_datetime(AT - 90 * SECOND), 0),
        ("Wed, 13 May 2026 01:01:00", 60),
        (format_datetime(AT + timedelta(days=9)), 86400),
    ],
)
def test_how_long_a_receiver_asks_to_wait(header: str, seconds: int) -> None:
    assert rules.asked_wait(header, AT) == seconds * SECOND


def test_tries_wait_longer_and_longer_over_days_and_then_end() -> None:
    waits = limits().waits
    found = [rules.next_try(n, waits) for n in range(1, len(waits) + 2)]
    assert found[-1] is None
    kept = [w for w in found if w is not None]
    assert kept == sorted(kept) == list(waits)
    assert timedelta(days=3) < AT - rules.oldest(AT, waits) < timedelta(days=4)


def test_a_receiver_that_asks_for_more_is_given_more_and_for_less_is_not() -> None:
    waits = (60 * SECOND,)
    assert rules.next_try(1, waits, 90 * SECOND) == 90 * SECOND
    assert rules.next_try(1, waits, 5 * SECOND) == 60 * SECOND
    assert rules.next_try(2, waits, 90 * SECOND) is None


@pytest.mark.parametrize(
    ("status", "origin", "rate", "allowed"),
    [
        (200, "events.example", "", 120),
        (204, "EVENTS.example", "30", 30),
        (200, "*", "*", None),
        (200, "*", "0", 1),
        (200, "*", "-1", 1),
        (200, "*", "many", 1),
    ],
)
def test_what_a_receiver_allows(status: int, origin: str, rate: str, allowed: int | None) -> None:
    headers = {"webhook-allowed-origin": origin} | ({"webhook-allowed-rate": rate} if rate else {})
    assert rules.permission("events.example", status, headers, 120) == rules.Permission(allowed)


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (None, {}),
        (200, {}),
        (200, {"webhook-allowed-origin": ""}),
        (200, {"webhook-allowed-origin": "other.example"}),
        (200, {"webhook-allowed-origin": "sub.events.example"}),
        (200, {"webhook-allowed-rate": "*"}),
        (405, {"webhook-allowed-origin": "*"}),
        (301, {"webhook-allowed-origin": "*"}),
        (503, {"webhook-allowed-origin": "*"}),
    ],
)
def test_without_leave_nothing_may_be_delivered(status: int | None, headers: dict[str, str]) -> None:
    assert rules.permission("events.example", status, headers, 120) is None


# Addresses

LOOPBACK = rules.networks("127.0.0.0/8, ::1/128,")
INSIDE = rules.networks("10.8.0.0/16")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fd00::1", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "64:ff9b:1::1", "64:ff9b::a00:1", "2002:a00:1::1",
        "2001:0:a00:1::1", "fec0::1", "::7f00:1", "::ffff:0:7f00:1", "no address", "",
    ],
)  # fmt: skip
def test_events_go_to_no_address_of_an_inner_network(address: str) -> None:
    assert not rules.may_reach(address, ())


def test_events_go_to_public_addresses_and_to_networks_that_were_named() -> None:
    assert rules.may_reach("8.8.8.8", ())
    assert rules.may_reach("2001:4860:4860::8888", ())
    assert rules.may_reach("10.8.3.4", INSIDE)
    assert not rules.may_reach("10.9.3.4", INSIDE)
    assert rules.may_reach("::ffff:10.8.3.4", INSIDE)
    assert rules.may_reach("::1", LOOPBACK)


@pytest.mark.parametrize(
    "url",
    [
        "", "https://", "events", "ftp://a.example/", "http://a.example/", "http://10.8.0.1/", "https://a.example:0/",
        "https://a.example:99999/", "https://u:p@a.example/", "https://u@a.example/", "https://a.example/#x",
        "https://a.example/a b", "https://例.example/", "https://a.example/" + "x" * 300, "https://[::1/",
        "//a.example/", "http://127.0.0.1:9/", "javascript:alert(1)", "https://a..example/", "https://-a.example/",
        "https://1.2.3.999/", "https://2130706433/", "https://a.example/\x01",
        "https://" + "a" * 64 + ".example/", "https://.example/",
    ],
)  # fmt: skip
def test_an_address_that_is_not_https_or_hides_something_is_refused(url: str) -> None:
    assert rules.fault(url, INSIDE)


def test_plain_http_is_taken_on_the_machine_itself_where_that_is_allowed() -> None:
    assert not rules.fault("https://events.city.example/in?x=1", ())
    for host in (
        "8.8.8.8",
        "[2001:4860:4860::8888]:8443",
        "xn--fsqu00a.xn--0zwm56d.",
        "3com.example",
        "a_b.example",
    ):
        assert not rules.fault(f"https://{host}/in", ())
    assert not rules.fault("http://127.0.0.1:8080/in", LOOPBACK)
    assert not rules.fault("http://[::1]:8080/in", LOOPBACK)
    assert rules.fault("http://localhost:8080/in", LOOPBACK)
    assert rules.fault("http://10.8.0.1/in", rules.networks("10.8.0.0/16"))


# Subscriptions

GOOD: dict[str, Any] = {
    "agency": "示例局",
    "contact": "示例人",
    "purpose": "示例目的",
    "basis": "示例依据",
    "kinds": [events.POSITION],
    "valid_from": date(2026, 5, 1),
    "valid_to": date(2026, 12, 31),
    "interval": 60,
    "rate": 120,
}
TODAY = date(2026, 5, 13)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("agency", " "),
        ("contact", ""),
        ("purpose", ""),
        ("basis", " "),
        ("kinds", []),
        ("kinds", ["xiuhua.case.closed"]),
        ("kinds", [events.POSITION, "xiuhua.case.closed"]),
        ("valid_to", date(2026, 4, 30)),
        ("valid_to", date(2026, 5, 12)),
        ("agency", "示" * 101),
        ("contact", "示" * 101),
        ("purpose", "示" * 301),
        ("basis", "示" * 301),
        ("interval", 59),
        ("interval", 30 * 24 * 3600 + 1),
        ("interval", 10**30),
        ("rate", 0),
        ("rate", 3001),
    ],
)
def test_a_subscription_without_grounds_or_bounds_is_refused(field: str, value: object) -> None:
    assert rules.faults(GOOD, rules.FIELDS, TODAY, limits()) == {}
    assert set(rules.faults(GOOD | {field: value}, rules.FIELDS, TODAY, limits())) == {field}


def test_what_ended_stays_ended() -> None:
    assert [move for move, states in rules.MOVES.items() if rules.Standing.ENDED in states] == []
