"""An agency is subscribed, paused, resumed, ended; its secret is changed; what was given up is sent again."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection
from datetime import date, datetime

from django.conf import settings
from django.db.models import QuerySet

from xiuhua.exchange import permissions, rules
from xiuhua.exchange.actions.keeping import is_readable, seal
from xiuhua.exchange.actions.sharing import DELIVER, LOOK, key_of_look, next_look
from xiuhua.exchange.models import Delivery, Line, Subscription
from xiuhua.exchange.queries import kinds as known_kinds
from xiuhua.exchange.queries import limits
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import Actor, Invalid
from xiuhua.kernel.models import Area
from xiuhua.org import queries as org


def _begin(act: record.Act) -> None:
    """The first look, unless it is asked for already."""
    run_at = next_look(act.at)
    act.later(LOOK, {}, at=run_at, key=key_of_look(run_at))


def _codes(units: Collection[str], areas: Collection[str], by: Actor) -> dict[str, str]:
    found = {}
    if set(units) - set(org.units(by).values_list("code", flat=True)):
        found["units"] = "没有这个单位"
    if set(areas) - set(Area.objects.visible(by).values_list("code", flat=True)):
        found["areas"] = "没有这个区域"
    return found


def subscribe(
    *,
    agency: str,
    contact: str,
    url: str,
    scheme: str,
    purpose: str,
    basis: str,
    kinds: Collection[str],
    units: Collection[str],
    areas: Collection[str],
    interval: int,
    rate: int,
    valid_from: date,
    valid_to: date,
    by: Actor,
    at: datetime,
) -> tuple[Subscription, str]:
    """The subscription, and its secret, which is told now and never again.

    Raises Refused for who may not decide it; Invalid without purpose, basis, dates, kinds or a good address.
    """
    permissions.check_can_manage(by)
    said = {
        "agency": agency.strip(),
        "contact": contact.strip(),
        "purpose": purpose.strip(),
        "basis": basis.strip(),
        "kinds": sorted(kinds),
        "interval": interval,
        "rate": rate,
        "valid_from": valid_from,
        "valid_to": valid_to,
    }
    wrong = rules.faults(said, known_kinds(), clock.day_of(at), limits()) | _codes(units, areas, by)
    if found := rules.fault(url, settings.EXCHANGE_NETWORKS):
        wrong["url"] = found
    if scheme not in set(rules.Scheme):
        wrong["scheme"] = "没有这种签名方式"
    if wrong:
        raise Invalid(wrong)
    secret = rules.made(rules.Scheme(scheme), secrets.token_bytes(32))
    with record.act("exchange.subscribe", by=by, at=at) as act:
        made = Subscription(
            **said,
            url=url,
            scheme=scheme,
            units=sorted(units),
            areas=sorted(areas),
            state=rules.Standing.ACTIVE,
            active_since=at,
            secret=seal(secret),
            public_key=rules.public_of(secret) if scheme == rules.Scheme.KEY else "",
            made_at=at,
            made_by=by.name,
        )
        made.save(force_insert=True)
        Line(subscription=made, looked_at=at).save(force_insert=True)
        facts = {**said, "url": url, "scheme": scheme, "units": made.units, "areas": made.areas}
        act.entry(on=made, facts=facts)
        _begin(act)
    return made, secret


def _said(reason: str) -> str:
    if not reason.strip():
        raise Invalid({"reason": "请写明原因"})
    return reason.strip()[:200]


def _moved(
    move: str,
    subscription: Subscription,
    change: Callable[[record.Act], dict[str, object]],
    *,
    by: Actor,
    at: datetime,
) -> Subscription:
    """`change` alters the locked row and says the facts of it."""
    with record.act(f"exchange.{move}", by=by, at=at) as act:
        subscription.refresh_from_db(from_queryset=Subscription.objects.select_for_update())
        permissions.check_can_move(subscription, move, by)
        facts = change(act)
        subscription.save()
        act.entry(on=subscription, facts=facts)
    return subscription


def pause(*, subscription: Subscription, reason: str, by: Actor, at: datetime) -> Subscription:
    """Nothing is made or sent until it is resumed. Raises Refused, Invalid without a reason."""
    reason = _said(reason)

    def change(_act: record.Act) -> dict[str, object]:
        subscription.state, subscription.reason = rules.Standing.PAUSED, reason
        return {"reason": reason}

    return _moved("pause", subscription, change, by=by, at=at)


def resume(*, subscription: Subscription, by: Actor, at: datetime) -> Subscription:
    """From now on; what happened meanwhile is not told. What waited before goes on. Raises Refused."""

    def change(act: record.Act) -> dict[str, object]:
        subscription.state, subscription.reason = rules.Standing.ACTIVE, ""
        subscription.active_since = at
        Line.objects.filter(subscription=subscription).update(
            looked_at=at, allowed_until=None, failures=0, held_until=None, fault=""
        )
        _begin(act)
        act.later(DELIVER, {"subscription": subscription.pk})
        return {"waiting": _waiting(subscription).count()}

    return _moved("resume", subscription, change, by=by, at=at)


def _waiting(subscription: Subscription) -> QuerySet[Delivery]:
    return Delivery.objects.filter(subscription=subscription, state=rules.State.WAITING)


def end(*, subscription: Subscription, reason: str, by: Actor, at: datetime) -> Subscription:
    """For good: what still waits is not sent. Raises Refused, Invalid without a reason."""
    reason = _said(reason)

    def change(_act: record.Act) -> dict[str, object]:
        subscription.state, subscription.reason = rules.Standing.ENDED, reason
        subscription.ended_at = at
        dropped = _waiting(subscription).update(state=rules.State.DROPPED)
        return {"reason": reason, "dropped": dropped}

    return _moved("end", subscription, change, by=by, at=at)


def rotate_secret(*, subscription: Subscription, by: Actor, at: datetime) -> str:
    """A new secret, told now and never again. For `rotation_hours` everything is signed with both, unless the one
    before cannot be read any more. Raises Refused.
    """
    secret = rules.made(rules.Scheme(subscription.scheme), secrets.token_bytes(32))

    def change(_act: record.Act) -> dict[str, object]:
        signs_on = is_readable(subscription.secret)
        subscription.old_secret = subscription.secret if signs_on else ""
        subscription.old_until = at + limits().rotation if signs_on else None
        subscription.secret = seal(secret)
        if subscription.scheme == rules.Scheme.KEY:
            subscription.public_key = rules.public_of(secret)
        return {"both_until": subscription.old_until}

    _moved("rotate_secret", subscription, change, by=by, at=at)
    return secret


def send_again(*, subscription: Subscription, by: Actor, at: datetime) -> int:
    """What was given up is tried anew from the first try; how many. Raises Refused, Invalid for none."""
    count = 0

    def change(act: record.Act) -> dict[str, object]:
        nonlocal count
        given_up = Delivery.objects.filter(subscription=subscription, state=rules.State.GIVEN_UP)
        count = given_up.update(state=rules.State.WAITING, tries=0, queued_at=at, next_at=at)
        if not count:
            raise Invalid({"deliveries": "没有可以重新发送的事件"})
        Line.objects.filter(subscription=subscription).update(failures=0, held_until=None, allowed_until=None)
        act.later(DELIVER, {"subscription": subscription.pk})
        return {"deliveries": count}

    _moved("send_again", subscription, change, by=by, at=at)
    return count
