"""What is made of what happened: least data, on duty only, once, for those who may be told."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from pytest_django import Settings

from xiuhua.command import actions as command
from xiuhua.exchange import actions, jobs, queries
from xiuhua.exchange.models import Delivery, Event, EventKind, Subscription
from xiuhua.exchange.rules import events as kinds
from xiuhua.exchange.tests.agency import CHANNEL, GB_ID, Sharing
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import SYSTEM
from xiuhua.kernel.models import Job, RecordEntry
from xiuhua.observations.models import Current
from xiuhua.org import actions as org
from xiuhua.org.models import Officer
from xiuhua.registers.tests.bureau import AT, EAST, WEST

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MINUTE = timedelta(minutes=1)
NOW = AT + MINUTE


def bodies(kind: str = "") -> list[dict[str, Any]]:
    found = Event.objects.filter(type__startswith=kind).order_by("pk")
    return [json.loads(event.body) for event in found]


def told(row: Subscription) -> list[str]:
    return [d.event.type for d in row.deliveries.select_related("event").order_by("pk")]


def order(sharing: Sharing, at: datetime = NOW) -> Any:
    person = sharing.bureau.officer()
    said: dict[str, Any] = {"what": "示例：去看王某的摊", "lon": EAST[0], "lat": EAST[1]}
    return command.send_order(officer=person, by=sharing.dispatcher, at=at, **said)


def test_a_position_is_told_by_the_number_of_the_catalogue_and_without_a_person(sharing: Sharing) -> None:
    sharing.subscribe(kinds=[kinds.POSITION])
    sharing.camera(NOW)
    assert actions.look(at=NOW) == 1
    (event,) = bodies()
    assert event["subject"] == GB_ID
    assert event["source"] == "/xiuhua/%E7%A4%BA%E4%BE%8B"
    assert event["data"] == {
        "device": GB_ID,
        "kind": "body_camera",
        "unit": "SE",
        "area": "E",
        "lon": EAST[0],
        "lat": EAST[1],
        "speed_kmh": 4.0,
        "channels": [CHANNEL],
    }
    assert event["id"] == Event.objects.get().event_id


def test_a_position_is_told_as_finely_as_it_can_be_measured(sharing: Sharing) -> None:
    sharing.subscribe(kinds=[kinds.POSITION])
    sharing.seen(sharing.phone(), NOW, lon=121.50512345678, lat=31.20512345678)
    actions.look(at=NOW)
    assert [(e["data"]["lon"], e["data"]["lat"]) for e in bodies()] == [(121.505123, 31.205123)]


def test_a_phone_or_car_is_told_by_no_number_of_its_own(sharing: Sharing) -> None:
    sharing.subscribe(kinds=[kinds.POSITION])
    for device in (sharing.phone(), sharing.car()):
        sharing.seen(device, NOW)
    assert actions.look(at=NOW) == 2
    text = "".join(Event.objects.values_list("body", flat=True))
    assert [e["subject"].partition("/")[0] for e in bodies()] == ["device", "device"]
    for secret in ("13800000001", "phone-", "沪A", sharing.officer.name):
        assert secret not in text


def test_nobody_is_told_where_somebody_off_duty_is(sharing: Sharing) -> None:
    sharing.subscribe(kinds=[kinds.POSITION])
    sharing.seen(sharing.phone(on_duty=False), NOW)
    assert actions.look(at=NOW) == 0
    assert not Event.objects.exists()


def test_a_position_goes_out_once_in_its_interval_and_never_twice(sharing: Sharing) -> None:
    often = sharing.subscribe(kinds=[kinds.POSITION], interval=60)
    seldom = sharing.subscribe(kinds=[kinds.POSITION], interval=300)
    device = sharing.phone()
    for minute in range(1, 11):
        sharing.seen(device, AT + minute * MINUTE)
        actions.look(at=AT + minute * MINUTE)
        actions.look(at=AT + minute * MINUTE + timedelta(seconds=30))
    assert (len(told(often)), len(told(seldom))) == (10, 2)
    actions.look(at=AT + 11 * MINUTE)  # heard no more: the same position is not told again
    assert (len(told(often)), Event.objects.count()) == (10, 10)


def test_orders_and_alarms_are_told_without_names_and_words(sharing: Sharing) -> None:
    row = sharing.subscribe(kinds=[kinds.ORDER_SENT, kinds.ORDER_CLOSED, kinds.ALARM])
    sharing.seen(sharing.phone(), NOW)
    made = order(sharing)
    command.withdraw(order=made, reason="示例：不去了", by=sharing.dispatcher, at=NOW)
    assert actions.look(at=NOW + MINUTE) == 2
    assert told(row) == [kinds.ORDER_SENT, kinds.ORDER_CLOSED]
    sent, closed = bodies()
    assert sent["data"]["unit"] == "SE"
    assert closed["data"]["state"] == "withdrawn"
    text = json.dumps([sent, closed], ensure_ascii=False)
    for secret in (sharing.officer.name, "王某", "不去了"):
        assert secret not in text


def test_an_order_for_a_lead_tells_its_place_no_finer_than_the_lead(sharing: Sharing) -> None:
    sharing.subscribe(kinds=[kinds.ORDER_SENT])
    people = [Officer.objects.get(pk=who.officer_id or 0) for who in (sharing.officer, sharing.colleague)]
    paper: dict[str, Any] = {
        "valid_from": date(2026, 1, 1),
        "valid_to": date(2028, 12, 31),
        "by": SYSTEM,
        "at": AT,
    }
    for person, who in zip(people, (sharing.officer, sharing.colleague), strict=True):
        sharing.seen(sharing.phone(who), NOW)
        org.grant_certificate(officer=person, number=f"示例证{person.pk}", **paper)
    lead = sharing.desk.in_state("accepted")
    lon, lat = EAST[0] + 0.00012345, EAST[1] + 0.00012345
    said: dict[str, Any] = {
        "what": "示例：去看看",
        "lon": lon,
        "lat": lat,
        "by": sharing.dispatcher,
        "at": NOW,
    }
    command.send_order(officer=people[0], lead=lead, **said)
    actions.look(at=NOW + MINUTE)
    (event,) = bodies()
    assert event["data"]["lead"] == lead.number
    assert (event["data"]["lon"], event["data"]["lat"]) == (round(lon, 3), round(lat, 3))


def test_an_alarm_is_told_with_what_was_measured(sharing: Sharing) -> None:
    sharing.subscribe(kinds=[kinds.ALARM])
    phone = sharing.phone()
    for minute in range(45):
        sharing.seen(phone, AT + minute * MINUTE, kept=True)
    at = AT + 44 * MINUTE
    assert command.look_for_alarms(at=at)[0] >= 1
    assert actions.look(at=at) >= 1
    event = bodies(kinds.ALARM)[0]
    assert event["data"]["kind"] == "still"
    assert event["data"]["measured"] > event["data"]["limit"]
    assert sharing.officer.name not in json.dumps(event, ensure_ascii=False)


def test_a_lead_is_told_by_kind_and_a_coarse_place_only(sharing: Sharing) -> None:
    row = sharing.subscribe(kinds=[kinds.LEAD_REGISTERED, kinds.LEAD_CLOSED])
    lead = sharing.desk.report(lon=121.50512345, lat=31.20512345, content="示例：张某在家门口设摊", at=NOW)
    actions.look(at=NOW + MINUTE)
    (event,) = bodies()
    assert event["subject"] == lead.number
    assert (event["data"]["lon"], event["data"]["lat"]) == (121.505, 31.205)
    assert set(event["data"]) <= {"kind", "source", "unit", "area", "lon", "lat", "received_at"}
    assert "张某" not in json.dumps(event, ensure_ascii=False)
    settled = sharing.desk.in_state("settled", NOW + MINUTE)
    actions.look(at=NOW + 9 * MINUTE)
    closed = [e for e in bodies(kinds.LEAD_CLOSED) if e["subject"] == settled.number]
    assert [e["data"]["outcome"] for e in closed] == [settled.outcome]
    assert settled.outcome_note not in json.dumps(closed, ensure_ascii=False)
    assert kinds.LEAD_CLOSED in told(row)


def test_a_subscription_is_told_of_its_units_and_areas_only(sharing: Sharing) -> None:
    of = {"kinds": [kinds.POSITION]}
    whole = sharing.subscribe(units=["B"], **of)  # the bureau with all squads below it
    own = sharing.subscribe(units=["SE"], areas=["E"], **of)
    other = sharing.subscribe(units=["SW"], **of)
    elsewhere = sharing.subscribe(areas=["W"], **of)
    sharing.camera(NOW)
    actions.look(at=NOW)
    assert [len(told(s)) for s in (whole, own, other, elsewhere)] == [1, 1, 0, 0]
    assert Event.objects.count() == 1
    Current.objects.update(lon=WEST[0], lat=WEST[1], at=queries_ms(NOW + 5 * MINUTE))
    actions.look(at=NOW + 5 * MINUTE)
    assert [len(told(s)) for s in (whole, own, other, elsewhere)] == [2, 1, 0, 1]


def queries_ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def test_what_happened_before_it_was_agreed_or_while_it_was_paused_is_not_told(sharing: Sharing) -> None:
    sharing.seen(sharing.phone(), AT)
    made = order(sharing, AT + MINUTE)
    row = sharing.subscribe(kinds=[kinds.ORDER_SENT, kinds.ORDER_CLOSED], at=AT + 2 * MINUTE)
    actions.look(at=AT + 3 * MINUTE)
    assert told(row) == []
    actions.pause(subscription=row, reason="示例", by=sharing.deputy, at=AT + 3 * MINUTE)
    command.withdraw(order=made, reason="示例", by=sharing.dispatcher, at=AT + 4 * MINUTE)
    actions.look(at=AT + 4 * MINUTE)
    actions.resume(subscription=row, by=sharing.deputy, at=AT + 5 * MINUTE)
    actions.look(at=AT + 6 * MINUTE)
    assert told(row) == []


def test_what_was_looked_for_is_told_once_however_often_looks_overlap(sharing: Sharing) -> None:
    row = sharing.subscribe(kinds=[kinds.ORDER_SENT])
    sharing.seen(sharing.phone(), NOW)
    order(sharing)
    for seconds in (30, 60, 90):
        actions.look(at=NOW + timedelta(seconds=seconds))
    assert told(row) == [kinds.ORDER_SENT]
    found = RecordEntry.objects.filter(verb="exchange.share")
    assert [json.loads(e.facts) for e in found] == [{"events": {kinds.ORDER_SENT: 1}}]
    assert Job.objects.filter(name=actions.DELIVER).count() == 1


def test_only_the_fields_that_the_reference_data_names_are_told(sharing: Sharing) -> None:
    sharing.subscribe(kinds=[kinds.POSITION])
    with record.act("示例", by=SYSTEM, at=AT) as act:
        EventKind.objects.filter(type=kinds.POSITION).update(fields="unit area")
        act.entry(on=EventKind.objects.all()[0], facts={})
    sharing.camera(NOW)
    actions.look(at=NOW)
    assert [e["data"] for e in bodies()] == [{"unit": "SE", "area": "E"}]


def test_without_a_name_of_our_own_nothing_is_made(sharing: Sharing, settings: Settings) -> None:
    settings.EXCHANGE_ORIGIN = ""
    sharing.subscribe()
    sharing.camera(NOW)
    assert actions.look(at=NOW) == 0
    assert not Event.objects.exists()


def test_before_its_first_and_after_its_last_day_nothing_is_made_and_it_ends(sharing: Sharing) -> None:
    tomorrow = AT.date() + timedelta(days=1)
    row = sharing.subscribe(valid_from=tomorrow, valid_to=tomorrow, kinds=[kinds.POSITION])
    sharing.camera(NOW)
    assert actions.look(at=NOW) == 0
    actions.look(at=AT + timedelta(days=2))
    row.refresh_from_db()
    assert (row.state, row.reason) == ("ended", "期满")


def test_old_events_are_deleted_and_the_record_of_sharing_stays(sharing: Sharing) -> None:
    row = sharing.subscribe(kinds=[kinds.POSITION])
    sharing.camera(NOW)
    actions.look(at=NOW)
    actions.look(at=NOW + timedelta(days=29))
    assert Event.objects.count() == 1
    actions.look(at=NOW + timedelta(days=31))
    assert not Event.objects.exists()
    assert not Delivery.objects.filter(subscription=row).exists()
    assert RecordEntry.objects.filter(verb="exchange.share").exists()


def test_looks_follow_one_another_while_somebody_is_subscribed(sharing: Sharing) -> None:
    with clock.held_at(NOW):
        jobs.look({})
    assert not Job.objects.filter(name=actions.LOOK).exists()
    row = sharing.subscribe()
    with clock.held_at(NOW):
        jobs.look({})
    looks = Job.objects.filter(name=actions.LOOK).order_by("run_at").values_list("run_at", flat=True)
    assert list(looks) == [AT + timedelta(seconds=30), NOW + timedelta(seconds=30)]
    actions.end(subscription=row, reason="示例", by=sharing.deputy, at=NOW)
    with clock.held_at(NOW + MINUTE):
        jobs.look({})
    assert Job.objects.filter(name=actions.LOOK).count() == 2


def test_what_was_shared_is_deleted_in_time_though_nobody_is_subscribed_any_more(sharing: Sharing) -> None:
    row = sharing.subscribe(kinds=[kinds.POSITION])
    sharing.camera(NOW)
    actions.look(at=NOW)
    actions.end(subscription=row, reason="示例", by=sharing.deputy, at=NOW)
    for days in (1, 31):
        at = NOW + timedelta(days=days)
        with clock.held_at(at):
            jobs.look({})
        assert Job.objects.filter(name=actions.LOOK, run_at__gt=at).exists()
    assert not Event.objects.exists()
    last = NOW + timedelta(days=32)
    with clock.held_at(last):
        jobs.look({})
    assert not Job.objects.filter(name=actions.LOOK, run_at__gt=last).exists()


def test_a_look_that_fails_leaves_nothing_and_the_next_is_asked_for(
    sharing: Sharing, monkeypatch: pytest.MonkeyPatch
) -> None:
    sharing.subscribe(kinds=[kinds.POSITION])
    sharing.camera(NOW)
    monkeypatch.setattr("xiuhua.exchange.actions.sharing._lay", lambda *_: 1 / 0)
    with clock.held_at(NOW), pytest.raises(ZeroDivisionError):
        jobs.look({})
    assert not Event.objects.exists()
    assert Job.objects.filter(name=actions.LOOK, run_at__gt=NOW).exists()


def test_a_unit_that_is_not_there_any_more_opens_nothing(sharing: Sharing) -> None:
    assert queries.within([]) == frozenset()
    assert queries.within(["none"]) == frozenset()
    assert queries.within(["B"]) >= {"B", "SE", "SW"}
    row = sharing.subscribe(kinds=[kinds.POSITION])
    with record.act("示例", by=SYSTEM, at=AT) as act:
        Subscription.objects.filter(pk=row.pk).update(units=["none"])
        act.entry(on=row, facts={})
    sharing.camera(NOW)
    assert actions.look(at=NOW) == 0
