"""Who decides about sharing, on which grounds, and how a subscription is paused, ended and given another secret."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import Settings

from xiuhua.exchange import actions, permissions, queries, rules
from xiuhua.exchange.actions.keeping import Unreadable, unseal
from xiuhua.exchange.models import Delivery, Event, Subscription
from xiuhua.exchange.tests.agency import Sharing
from xiuhua.kernel.authz import NOBODY, Invalid, Refused
from xiuhua.kernel.models import Job, RecordEntry
from xiuhua.org.rules import ROLES
from xiuhua.registers.tests.bureau import AT

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
DECIDING = {"bureau_head", "bureau_deputy_head"}


def entries(verb: str) -> list[dict[str, Any]]:
    return [json.loads(e.facts) for e in RecordEntry.objects.filter(verb=f"exchange.{verb}").order_by("pk")]


@pytest.mark.parametrize("role", ROLES)
def test_only_the_heads_of_the_bureau_decide_about_sharing(sharing: Sharing, role: str) -> None:
    by = sharing.bureau.actor(role)
    assert permissions.can_manage(by) is (role in DECIDING)
    if role not in DECIDING:
        with pytest.raises(Refused, match="局领导"):
            sharing.subscribe(by=by)


def test_what_is_subscribed_stands_in_the_record_with_its_grounds(sharing: Sharing) -> None:
    row = sharing.subscribe(units=["SE"], areas=["E"])
    (facts,) = entries("subscribe")
    assert facts["purpose"] == row.purpose
    assert facts["basis"] == row.basis
    assert (facts["units"], facts["areas"], facts["url"]) == (["SE"], ["E"], row.url)
    assert row.made_by == sharing.deputy.name
    assert "secret" not in facts


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("purpose", " "),
        ("basis", ""),
        ("agency", ""),
        ("contact", ""),
        ("kinds", []),
        ("kinds", ["xiuhua.case.closed"]),
        ("units", ["none"]),
        ("areas", ["none"]),
        ("scheme", "v2"),
        ("url", "http://events.city.example/in"),
        ("url", "ftp://events.city.example/in"),
        ("url", "http://10.0.0.1/in"),
        ("valid_to", date(2026, 5, 12)),
        ("interval", 1),
        ("rate", 0),
    ],
)
def test_nothing_is_shared_without_grounds_bounds_and_a_good_address(
    sharing: Sharing, field: str, value: object
) -> None:
    with pytest.raises(Invalid) as found:
        sharing.subscribe(**{field: value})
    assert set(found.value.errors) == {field}
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("scheme", rules.Scheme)
def test_the_secret_is_told_once_and_lies_sealed(
    sharing: Sharing, scheme: rules.Scheme, settings: Settings
) -> None:
    row, secret = sharing.subscribed(scheme=scheme)
    kept = json.dumps(list(Subscription.objects.values()), default=str)
    said = json.dumps([e.facts for e in RecordEntry.objects.all()])
    assert secret not in kept
    assert secret not in said
    assert unseal(row.secret) == secret
    assert row.public_key == (rules.public_of(secret) if scheme is rules.Scheme.KEY else "")
    settings.SECRET_KEY = "another"
    with pytest.raises(Unreadable):
        unseal(row.secret)


def test_the_first_look_is_asked_for_once_however_many_subscribe(sharing: Sharing) -> None:
    sharing.subscribe()
    sharing.subscribe(agency="示例另一个平台")
    assert Job.objects.filter(name=actions.LOOK).count() == 1


def test_it_is_paused_with_a_reason_and_goes_on_from_then(sharing: Sharing) -> None:
    row = sharing.subscribe()
    with pytest.raises(Invalid):
        actions.pause(subscription=row, reason=" ", by=sharing.deputy, at=LATER)
    actions.pause(subscription=row, reason="示例", by=sharing.deputy, at=LATER)
    with pytest.raises(Refused):
        actions.pause(subscription=row, reason="示例", by=sharing.deputy, at=LATER)
    again = LATER + timedelta(hours=1)
    actions.resume(subscription=row, by=sharing.deputy, at=again)
    assert (row.state, row.active_since) == ("active", again)
    assert queries.line_of(row).looked_at == again
    with pytest.raises(Refused):
        actions.resume(subscription=row, by=sharing.deputy, at=again)
    assert [len(entries(v)) for v in ("pause", "resume")] == [1, 1]


def waiting(row: Subscription, state: str = "waiting") -> Delivery:
    made = {"type": "xiuhua.position.updated", "at": AT, "made_at": AT, "body": "{}"}
    n = Event.objects.count()
    event = Event.objects.create(event_id=f"e{n}", key=f"k{n}", subject="s", **made)
    return Delivery.objects.create(
        subscription=row, event=event, state=state, tries=10, queued_at=AT, next_at=AT
    )


def test_it_ends_for_good_and_what_waits_is_not_sent(sharing: Sharing) -> None:
    row = sharing.subscribe()
    left = waiting(row)
    with pytest.raises(Invalid):
        actions.end(subscription=row, reason="", by=sharing.deputy, at=LATER)
    actions.end(subscription=row, reason="示例", by=sharing.deputy, at=LATER)
    left.refresh_from_db()
    assert (row.state, row.ended_at, left.state) == ("ended", LATER, "dropped")
    assert entries("end") == [{"reason": "示例", "dropped": 1}]
    said: dict[str, Any] = {"subscription": row, "by": sharing.deputy, "at": LATER}
    for act in (
        lambda: actions.resume(**said),
        lambda: actions.end(reason="示例", **said),
        lambda: actions.pause(reason="示例", **said),
        lambda: actions.rotate_secret(**said),
        lambda: actions.send_again(**said),
    ):
        with pytest.raises(Refused):
            act()


@pytest.mark.parametrize("scheme", rules.Scheme)
def test_a_new_secret_signs_beside_the_old_one_for_a_time(sharing: Sharing, scheme: rules.Scheme) -> None:
    row, old = sharing.subscribed(scheme=scheme)
    new = actions.rotate_secret(subscription=row, by=sharing.deputy, at=LATER)
    row.refresh_from_db()
    assert new != old
    assert (unseal(row.secret), unseal(row.old_secret)) == (new, old)
    assert row.old_until == LATER + timedelta(hours=48)
    assert row.public_key == (rules.public_of(new) if scheme is rules.Scheme.KEY else "")
    assert new not in json.dumps(entries("rotate_secret"))


def test_what_was_given_up_is_sent_again_by_a_head_only(sharing: Sharing) -> None:
    row = sharing.subscribe()
    left = waiting(row, "given_up")
    with pytest.raises(Refused):
        actions.send_again(subscription=row, by=sharing.inspector, at=LATER)
    assert actions.send_again(subscription=row, by=sharing.deputy, at=LATER) == 1
    left.refresh_from_db()
    assert (left.state, left.tries, left.next_at) == ("waiting", 0, LATER)
    with pytest.raises(Invalid):
        actions.send_again(subscription=row, by=sharing.deputy, at=LATER)


def test_deliveries_are_seen_through_the_subscription_only(sharing: Sharing) -> None:
    row = sharing.subscribe()
    waiting(row)
    waiting(row, "given_up")
    assert queries.counts([row]) == {row.pk: {"waiting": 1, "given_up": 1}}
    for role in ("auditor", "supervision_inspector", "bureau_head"):
        assert queries.deliveries(sharing.bureau.actor(role), row).count() == 2
    for actor in (sharing.officer, sharing.dispatcher, NOBODY):
        assert not queries.deliveries(actor, row).exists()
        assert not queries.subscriptions(actor).exists()
