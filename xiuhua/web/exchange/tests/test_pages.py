"""Sharing as its deciders and auditors work it: a secret that is shown once, texts that can be read, acts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from xiuhua.exchange import actions, rules
from xiuhua.exchange.actions.keeping import unseal
from xiuhua.exchange.models import Delivery, Line, Subscription
from xiuhua.exchange.rules import events as kinds
from xiuhua.exchange.tests.agency import GB_ID, Sharing
from xiuhua.kernel.authz import Actor
from xiuhua.registers.tests.bureau import AT

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Browse = Callable[[Actor], Client]
LIST, NEW = "/exchange/", "/exchange/new/"


def asked(sharing: Sharing, **more: Any) -> dict[str, Any]:
    said = sharing.terms()
    del said["by"], said["at"]
    days = {name: f"{said[name]:%Y-%m-%d}" for name in ("valid_from", "valid_to")}
    return said | days | more


def one(row: Subscription, do: str = "") -> str:
    return f"{LIST}{row.pk}/{do + '/' if do else ''}"


@pytest.mark.parametrize("scheme", rules.Scheme)
def test_a_secret_is_shown_in_the_answer_and_on_no_page_after(
    sharing: Sharing, browse: Browse, scheme: rules.Scheme
) -> None:
    head = browse(sharing.deputy)
    answer = head.post(NEW, asked(sharing, scheme=scheme.value))
    row = Subscription.objects.get()
    secret = unseal(row.secret)
    shown = row.public_key or secret
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert shown in unescape(answer.content.decode())
    later = "".join(unescape(head.get(url).content.decode()) for url in (LIST, one(row), one(row, "end")))
    assert secret not in later
    assert (secret in unescape(answer.content.decode())) is (scheme is rules.Scheme.SHARED)
    assert secret not in str(head.session.items())


def test_what_is_wrong_with_a_subscription_stands_beside_its_field(sharing: Sharing, browse: Browse) -> None:
    head = browse(sharing.deputy)
    assert "法律依据" in head.get(NEW).content.decode()
    for wrong, sentence in (
        ({"basis": ""}, "必填"),
        ({"url": "http://events.city.example/in"}, "只能使用 https 地址"),
        ({"interval": "5"}, "不得短于"),
        ({"kinds": []}, "必填"),
    ):
        answer = head.post(NEW, asked(sharing, **wrong))
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert not Subscription.objects.exists()


def test_each_delivery_opens_to_the_exact_text_of_its_event(sharing: Sharing, browse: Browse) -> None:
    row = sharing.subscribe(kinds=[kinds.POSITION])
    sharing.camera(AT)
    actions.look(at=AT)
    left = Delivery.objects.select_related("event").get()
    for reader in (sharing.deputy, sharing.bureau.actor("auditor")):
        client = browse(reader)
        page = client.get(one(row)).content.decode()
        assert GB_ID in page
        assert reverse("web:exchange-delivery", args=[row.pk, left.pk]) in page
        text = client.get(reverse("web:exchange-delivery", args=[row.pk, left.pk])).content.decode()
        assert left.event.body in unescape(text)
        assert client.get(one(row), {"format": "csv"}).status_code == 200
        assert GB_ID not in client.get(one(row), {"state": "given_up"}).content.decode()


def test_what_was_given_up_is_seen_at_once_and_sent_again(sharing: Sharing, browse: Browse) -> None:
    row = sharing.subscribe(kinds=[kinds.POSITION])
    sharing.camera(AT)
    actions.look(at=AT)
    Delivery.objects.update(state="given_up", last_at=AT, last_status=500, last_answer="示例故障", tries=10)
    Line.objects.update(fault="500 示例故障", held_until=AT + timedelta(hours=1))
    head = browse(sharing.deputy)
    text = head.get(LIST).content.decode()
    assert "已放弃推送 1" in text
    assert "500 示例故障" in text
    assert "示例故障" in head.get(one(row)).content.decode()
    assert "重新发送" not in browse(sharing.inspector).get(one(row)).content.decode()
    head.post(one(row, "again"))
    assert Delivery.objects.get().state == "waiting"
    assert "500 示例故障" in head.get(f"{one(row)}deliveries/{Delivery.objects.get().pk}/").content.decode()
    Line.objects.update(held_until=None)
    assert "500 示例故障" in head.get(LIST).content.decode()


def test_it_is_paused_resumed_given_another_secret_and_ended(sharing: Sharing, browse: Browse) -> None:
    row, old = sharing.subscribed()
    head = browse(sharing.deputy)
    assert head.post(one(row, "pause"), {"reason": ""}).status_code == 422
    assert head.post(one(row, "pause"), {"reason": "示例原因"})["Location"] == one(row)
    assert "示例原因" in head.get(one(row)).content.decode()
    assert head.post(one(row, "resume"))["Location"] == one(row)
    answer = unescape(head.post(one(row, "rotate")).content.decode())
    row.refresh_from_db()
    assert unseal(row.secret) in answer
    assert old not in answer
    assert "同时签名至" in head.get(one(row)).content.decode()
    head.post(one(row, "end"), {"reason": "示例"})
    row.refresh_from_db()
    assert row.state == "ended"
    page = head.get(one(row)).content.decode()
    assert "更换密钥</button>" not in page
    assert "终止共享" in page  # in the record of the subscription
    assert head.get(one(row, "other")).status_code == 404


def test_whoever_only_reads_finds_no_act_and_is_refused_all(sharing: Sharing, browse: Browse) -> None:
    row = sharing.subscribe(scheme="v1a", units=["SE"], areas=["E"])
    reader = browse(sharing.inspector)
    page = reader.get(one(row)).content.decode()
    assert row.public_key in unescape(page)
    assert "btn-stop" not in page
    for do in ("pause", "resume", "rotate", "again", "end"):
        assert reader.post(one(row, do), {"reason": "示例"}).status_code == 409
    assert reader.post(NEW, asked(sharing)).status_code == 409


def test_whoever_does_not_decide_or_audit_finds_no_such_room(sharing: Sharing, browse: Browse) -> None:
    row = sharing.subscribe()
    for actor in (sharing.officer, sharing.dispatcher, sharing.head):
        client = browse(actor)
        assert LIST not in client.get("/").content.decode()
        for url in (LIST, one(row), NEW):
            assert client.get(url).status_code == 409


def test_pages_say_that_nothing_is_sent_while_we_have_no_name(
    sharing: Sharing, browse: Browse, settings: Settings
) -> None:
    row = sharing.subscribe()
    settings.EXCHANGE_ORIGIN = ""
    head = browse(sharing.deputy)
    for url in (LIST, one(row)):
        assert "XIUHUA_EXCHANGE_ORIGIN" in head.get(url).content.decode()


def test_the_pages_are_there_in_english(sharing: Sharing, browse: Browse) -> None:
    row = sharing.subscribe(units=["SE"])
    head = browse(sharing.deputy)
    head.cookies["django_language"] = "en"
    assert "Position of a device" in head.get(LIST).content.decode()
    assert "Position of a device" in head.get(one(row)).content.decode()
