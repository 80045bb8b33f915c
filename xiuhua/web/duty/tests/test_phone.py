"""What a phone sends: taken once, answered the same, refused in words; the pages that it opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from xiuhua.duty.models import CheckIn, Delivery, Finding
from xiuhua.duty.tests.street import NEAR, Street
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import Area
from xiuhua.leads.models import Lead
from xiuhua.leads.tests.desk import VENDING
from xiuhua.registers.tests.bureau import AT, EAST
from xiuhua.web.frame.forms import drafts
from xiuhua.web.models import Draft

Browse = Callable[[Actor], Client]
CHECK_IN, PERSUASION = "/duty/send/check-in/", "/duty/send/persuasion/"


def said(street: Street, **more: Any) -> dict[str, str]:
    values = {
        "point": street.point.pk,
        "at": AT.isoformat(),
        "lon": EAST[0],
        "lat": EAST[1] + NEAR,
        "accuracy": 9,
        "device": "phone-1",
    }
    return {name: str(value) for name, value in (values | more).items()}


def send(client: Client, url: str, data: dict[str, str], key: str = "") -> Any:
    headers = {"X-Delivery-Key": key or str(uuid4()), "Accept": "application/json"}
    return client.post(url, data, headers=headers)


def test_a_check_in_sent_twice_counts_once(street: Street, browse: Browse) -> None:
    client, key = browse(street.officer), str(uuid4())
    first, again = (send(client, CHECK_IN, said(street), key).json() for _ in range(2))
    assert (first.pop("again"), again.pop("again")) == (False, True)
    assert first == again
    assert (first["verdict"], first["counted"]) == ("valid", True)
    assert CheckIn.objects.count() == Delivery.objects.count() == 1


def test_doubt_is_told_in_words(street: Street, browse: Browse) -> None:
    answer = send(browse(street.officer), CHECK_IN, said(street, mock=1)).json()
    assert answer["verdict"] == "doubtful"
    assert answer["signs"]


@pytest.mark.parametrize(
    "more",
    [
        {"lon": "x"},
        {"accuracy": "nan"},
        {"at": "gestern"},
        {"at": "2026-05-13T09:00:00"},
        {"at": "0001-01-01T00:00:00+14:00"},
        {"at": "9999-12-31T23:59:00+00:00"},
        {"accuracy": "-3"},
    ],
)
def test_a_check_in_that_cannot_be_read_is_refused(
    street: Street, browse: Browse, more: dict[str, str]
) -> None:
    assert send(browse(street.officer), CHECK_IN, said(street, **more)).status_code == 422
    assert not CheckIn.objects.exists()
    assert not Delivery.objects.exists()


def test_a_message_without_a_key_or_for_a_foreign_point_is_refused(street: Street, browse: Browse) -> None:
    client = browse(street.officer)
    assert client.post(CHECK_IN, said(street)).status_code == 422
    west = street.bureau.actor("officer", street.bureau.west)
    assert send(browse(west), CHECK_IN, said(street)).status_code == 404
    assert send(browse(street.dispatcher), CHECK_IN, said(street)).status_code == 409


def finding(**more: str) -> dict[str, str]:
    return {"kind": VENDING, "place": "示例路1号", "found_at": AT.isoformat(), "next": "later", **more}


def test_a_finding_sent_twice_is_one_lead(street: Street, browse: Browse) -> None:
    client, key = browse(street.officer), str(uuid4())
    first, again = (send(client, "/leads/finding/", finding(), key).json() for _ in range(2))
    assert first == again
    assert Lead.objects.count() == Finding.objects.count() == 1
    assert first["url"] == f"/leads/{Lead.objects.get().pk}/"


def test_a_persuasion_kept_after_its_finding_settles_it_once(street: Street, browse: Browse) -> None:
    client, key, other = browse(street.officer), str(uuid4()), str(uuid4())
    send(client, "/leads/finding/", finding(), key)
    for _ in range(2):
        answer = send(client, PERSUASION, {"finding": key, "note": "示例：已收摊"}, other)
        assert answer.status_code == 200
    assert Lead.objects.get().outcome == "persuaded"
    for wrong in ("x", str(uuid4())):
        assert send(client, PERSUASION, {"finding": wrong, "note": "示例"}).status_code == 422


def test_a_finding_may_end_in_persuasion_in_one_go(street: Street, browse: Browse) -> None:
    data = finding(next="persuade", persuasion="示例：当场收摊")
    answer = browse(street.officer).post("/leads/finding/", data)
    lead = Lead.objects.get()
    # What is settled leads to its own page, and not to the form that settles it.
    assert (answer.status_code, answer["Location"]) == (302, f"/leads/{lead.pk}/")
    assert lead.outcome == "persuaded"
    assert Finding.objects.get().persuaded


def test_a_draft_that_waited_does_not_overwrite_what_was_typed_later(street: Street, browse: Browse) -> None:
    client, url = browse(street.officer), "/duty/send/draft/on-spot/"
    send(client, url, {"violation.facts": "示例", "kept_at": AT.isoformat()})
    assert Draft.objects.get().data == {"violation.facts": ["示例"]}
    earlier = AT.replace(hour=8).isoformat()
    send(client, url, {"violation.facts": "旧的", "kept_at": earlier})
    assert Draft.objects.get().data == {"violation.facts": ["示例"]}


def test_a_draft_that_waited_does_not_bring_back_a_form_that_was_sent(street: Street, browse: Browse) -> None:
    client = browse(street.officer)
    assert client.post("/leads/finding/", finding()).status_code == 302
    url, typed = "/duty/send/draft/finding/", {"place": "示例路1号"}
    send(client, url, typed | {"kept_at": AT.replace(hour=8).isoformat()})
    assert drafts.find(street.officer, "finding") is None
    send(client, url, typed | {"kept_at": AT.isoformat()})
    assert drafts.find(street.officer, "finding") is not None


def test_a_phone_whose_clock_is_ahead_does_not_stop_later_drafts(street: Street, browse: Browse) -> None:
    client, ahead = browse(street.officer), AT.replace(hour=23).isoformat()
    send(client, "/duty/send/draft/on-spot/", {"violation.facts": "示例", "kept_at": ahead})
    client.post("/drafts/on-spot/", {"violation.facts": "示例，再写"})
    assert Draft.objects.get().data == {"violation.facts": ["示例，再写"]}


def test_the_phone_pages_say_where_one_should_be(street: Street, browse: Browse) -> None:
    street.shift()
    client = browse(street.officer)
    assert "示例岗点" in client.get("/duty/mine/").content.decode()
    page = client.get("/duty/check-in/")
    assert page.context["next"].point == street.point
    assert page.context["done"] == 0
    assert client.get("/duty/queue/").status_code == 200
    assert "worker" not in client.get("/worker.js").headers.get("Location", "")
    assert client.get("/worker.js").headers["Service-Worker-Allowed"] == "/"


def test_a_finding_has_words_for_its_place_before_anything_is_typed(street: Street, browse: Browse) -> None:
    client = browse(street.officer)
    area = Area.objects.get(lon=EAST[0], lat=EAST[1]).name

    def said(lon: float, lat: float) -> str:
        return client.get("/leads/where/", {"lon": str(lon), "lat": str(lat)}).content.decode()

    assert f'data-place-name="{area}{street.point.name}附近"' in said(EAST[0], EAST[1] + NEAR)
    assert f'data-place-name="{area}"' in said(EAST[0], EAST[1] - 0.004)
    assert "data-place-name" not in said(120, 31)
