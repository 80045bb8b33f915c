"""Who is sent, who may not be, and how an order rises until somebody signs for it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from xiuhua.command import actions, jobs, permissions, queries, rules
from xiuhua.command.models import Order
from xiuhua.command.tests.picture import MINUTE, Picture
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import SYSTEM, Actor, Invalid, Refused
from xiuhua.kernel.models import Job, RecordEntry
from xiuhua.org import actions as org
from xiuhua.org.models import Officer
from xiuhua.registers.tests.bureau import AT, EAST

pytestmark = pytest.mark.django_db
NOW = AT + MINUTE


def officer_of(actor: Actor) -> Officer:
    return Officer.objects.get(pk=actor.officer_id or 0)


def send(picture: Picture, **more: Any) -> Order:
    said: dict[str, Any] = {
        "officer": officer_of(picture.officer),
        "what": "示例：去看一下",
        "lon": EAST[0],
        "lat": EAST[1],
        "by": picture.dispatcher,
        "at": NOW,
    }
    return actions.send_order(**(said | more))


@pytest.fixture
def ready(picture: Picture) -> Picture:
    """The officer walks in the street, on duty."""
    picture.seen(picture.phone(), lon=EAST[0] + 0.001)
    return picture


def test_an_order_names_why_this_officer_and_until_when_to_sign(ready: Picture) -> None:
    order = send(ready)
    assert (order.state, order.unit, order.level) == ("sent", ready.unit, 0)
    assert order.metres == pytest.approx(95, abs=2)
    assert order.due_at == NOW + 5 * MINUTE
    assert order.grounds == ["在班", "手上没有任务"]
    assert Job.objects.get(name="command.rise").run_at == order.due_at
    assert json.loads(RecordEntry.objects.get(verb="command.send_order").facts)["metres"] == order.metres
    assert [o.pk for o in queries.waiting_for(ready.officer)] == [order.pk]
    (mover,) = queries.movers(ready.head, NOW, 10)
    assert mover.order == order


def test_whoever_has_an_order_is_not_sent_again(ready: Picture) -> None:
    send(ready)
    with pytest.raises(Refused) as refused:
        send(ready)
    assert [r.code for r in refused.value.refusals] == ["order_busy"]


def test_for_a_lead_paper_and_a_colleague_are_asked_for_with_the_article(ready: Picture) -> None:
    lead = ready.desk.in_state("accepted")
    with pytest.raises(Refused) as refused:
        send(ready, lead=lead)
    found = {r.code: r.ground for r in refused.value.refusals}
    assert found["order_alone"] == "PPL21 §42"
    assert found["order_no_certificate"] == "SHUM §16"
    assert not Order.objects.exists()


def test_two_with_certificates_in_their_own_area_may_be_sent_for_a_lead(ready: Picture) -> None:
    ready.seen(ready.phone(ready.colleague), lon=EAST[0] + 0.0015)
    for number, who in enumerate((ready.officer, ready.colleague)):
        org.grant_certificate(
            officer=officer_of(who),
            number=f"示例证{number}",
            valid_from=date(2026, 1, 1),
            valid_to=date(2028, 12, 31),
            by=SYSTEM,
            at=AT,
        )
    lead = ready.desk.in_state("accepted")
    order = send(ready, lead=lead)
    assert order.lead == lead
    assert "附近有同单位同事" in order.grounds
    assert RecordEntry.objects.filter(verb="command.send_order", subject=record.subject_of(lead)).exists()
    with pytest.raises(Refused) as refused:
        send(ready, lead=lead, lon=EAST[0] - 0.01, officer=officer_of(ready.colleague))
    assert {r.code: r.ground for r in refused.value.refusals}["order_no_power"] == "SHUM §4"


def test_who_may_order_whom(ready: Picture) -> None:
    west = ready.bureau.west.pk
    may = [permissions.can_order(ready.unit.pk, who) for who in (ready.head, ready.dispatcher, ready.officer)]
    assert may == [True, True, False]
    assert not permissions.can_order(west, ready.head)
    assert permissions.can_order(west, ready.bureau.actor("bureau_head"))


def test_nobody_is_sent_who_is_off_duty_or_not_followed(ready: Picture) -> None:
    for said in (
        {"officer": officer_of(ready.colleague)},
        {"at": AT + timedelta(hours=9)},
        {"by": ready.bureau.actor("squad_head", ready.bureau.west)},
    ):
        with pytest.raises(Refused, match="不在班"):
            send(ready, **said)


def test_an_officer_gives_no_orders(ready: Picture) -> None:
    with pytest.raises(Refused, match="调度令"):
        send(ready, by=ready.officer)
    with pytest.raises(Invalid):
        send(ready, what=" ")


def test_the_officer_signs_goes_and_reports(ready: Picture) -> None:
    order = send(ready)
    with pytest.raises(Refused, match="先签收"):
        actions.report(order=order, result="示例", by=ready.officer, at=NOW)
    for other in (ready.head, ready.colleague, ready.dispatcher):
        with pytest.raises(Refused, match="指定的承办人"):
            actions.acknowledge(order=order, by=other, at=NOW)
    actions.acknowledge(order=order, by=ready.officer, at=NOW + MINUTE)
    with pytest.raises(Refused, match="已签收"):
        actions.acknowledge(order=order, by=ready.officer, at=NOW + MINUTE)
    with pytest.raises(Invalid):
        actions.report(order=order, result="", by=ready.officer, at=NOW)
    actions.report(order=order, result="示例：当场清走", by=ready.officer, at=NOW + 9 * MINUTE)
    assert (order.state, order.result) == ("done", "示例：当场清走")
    assert not permissions.can_carry_out(order, ready.officer)
    with pytest.raises(Refused, match="已办结"):
        actions.withdraw(order=order, reason="示例", by=ready.dispatcher, at=NOW)
    assert not queries.waiting_for(ready.officer).exists()


def test_what_nobody_signs_for_rises_to_the_head_and_then_to_the_desk(ready: Picture) -> None:
    order = send(ready)
    assert not actions.rise(order_id=order.pk, at=NOW + 4 * MINUTE)
    assert not queries.waiting_for(ready.head).exists()
    assert actions.rise(order_id=order.pk, at=NOW + 5 * MINUTE)
    assert [o.level for o in queries.waiting_for(ready.head)] == [1]
    assert not queries.waiting_for(ready.dispatcher).exists()
    assert Job.objects.filter(name="command.rise").latest("pk").run_at == NOW + 10 * MINUTE
    with clock.held_at(NOW + 10 * MINUTE):
        jobs.rise({"order": order.pk})
    assert [o.level for o in queries.waiting_for(ready.dispatcher)] == [rules.HIGHEST_LEVEL]
    assert not actions.rise(order_id=order.pk, at=NOW + 60 * MINUTE)
    risen = RecordEntry.objects.filter(verb="command.rise").order_by("pk")
    assert [json.loads(e.facts)["level"] for e in risen] == [1, 2]
    actions.acknowledge(order=Order.objects.get(), by=ready.officer, at=NOW + 12 * MINUTE)
    assert not queries.waiting_for(ready.head).exists()


def test_an_order_that_was_signed_for_or_taken_back_does_not_rise(ready: Picture) -> None:
    order = send(ready)
    actions.acknowledge(order=order, by=ready.officer, at=NOW)
    assert not actions.rise(order_id=order.pk, at=NOW + 60 * MINUTE)
    with pytest.raises(Invalid):
        actions.withdraw(order=order, reason="", by=ready.dispatcher, at=NOW)
    with pytest.raises(Refused, match="不能给这个单位"):
        actions.withdraw(
            order=order, reason="示例", by=ready.bureau.actor("squad_head", ready.bureau.west), at=NOW
        )
    actions.withdraw(order=order, reason="示例：报警人撤回", by=ready.head, at=NOW)
    assert order.state == "withdrawn"


def test_those_who_may_go_are_offered_first(ready: Picture) -> None:
    near = ready.phone(ready.colleague)
    ready.seen(near, lon=EAST[0] + 0.0005)
    found = queries.offered(ready.dispatcher, *EAST, NOW)
    assert [o.mover.device.officer_id for o in found] == [
        ready.colleague.officer_id,
        ready.officer.officer_id,
    ]
    send(ready, officer=officer_of(ready.colleague))
    found = queries.offered(ready.dispatcher, *EAST, NOW)
    assert [o.ranked.fit for o in found] == [True, False]
    assert found[0].mover.device.officer_id == ready.officer.officer_id
