"""The map page, its data, the card and the track: the same rows for the same people everywhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from shapely.geometry import LineString

from xiuhua.command.tests.picture import MINUTE, Picture
from xiuhua.kernel import roads
from xiuhua.kernel.authz import SYSTEM, Actor
from xiuhua.kernel.models import Road
from xiuhua.observations.models import Watch
from xiuhua.registers.tests.bureau import AT, EAST
from xiuhua.web.command import words

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Browse = Callable[[Actor], Client]


def test_list_and_picture_hold_the_same_and_nobody_elses(picture: Picture, browse: Browse) -> None:
    device = picture.phone()
    picture.shift()
    picture.seen(device)
    name = device.officer.name  # type: ignore[union-attr]  # a phone has a bearer
    page = browse(picture.head).get(reverse("web:command"))
    assert page.status_code == 200
    assert name in page.content.decode()
    (row,) = browse(picture.head).get(reverse("web:command-picture")).json()["movers"]
    assert row[1] == device.pk
    west = browse(picture.bureau.actor("squad_head", picture.bureau.west))
    assert name not in west.get(reverse("web:command")).content.decode()
    assert west.get(reverse("web:command-picture")).json()["movers"] == []
    assert west.get(reverse("web:command-mover", args=[device.pk])).status_code == 404
    assert west.get(reverse("web:command-track", args=[device.pk])).status_code == 404


def test_who_has_nothing_to_do_with_the_street_does_not_enter(picture: Picture, browse: Browse) -> None:
    clerk = browse(picture.bureau.actor("statistics_clerk"))
    assert clerk.get(reverse("web:command")).status_code == 409
    assert clerk.get(reverse("web:command-token")).status_code == 409
    assert Client().get(reverse("web:command")).status_code == 302


@pytest.mark.parametrize("name", ["web:command", "web:command-picture", "web:command-token"])
def test_however_the_live_map_is_looked_at_its_people_read_who_did(
    picture: Picture, browse: Browse, name: str
) -> None:
    officer = picture.bureau.actor("officer", picture.unit)
    browse(officer).get(reverse(name))
    assert not Watch.objects.exists()
    head = browse(picture.head)
    for _again in range(2):
        assert head.get(reverse(name)).status_code == 200
    (look,) = Watch.objects.all()
    assert (look.what, look.watcher) == ("map", picture.head.user_id)
    page = browse(officer).get(reverse("web:devices-watched"))
    assert [row for row, *_ in page.context["at_map"]] == [look]
    assert f"{picture.head.name} <span" in page.content.decode()
    west = browse(picture.bureau.actor("officer", picture.bureau.west))
    assert west.get(reverse("web:devices-watched")).context["at_map"] == []


def test_a_card_and_a_search_for_the_nearest_are_looks_at_the_map_too(
    picture: Picture, browse: Browse
) -> None:
    device = picture.phone()
    picture.shift()
    picture.seen(device)
    browse(picture.head).get(reverse("web:command-mover", args=[device.pk]))
    browse(picture.dispatcher).get(reverse("web:command-send"), {"lon": str(EAST[0]), "lat": str(EAST[1])})
    looks = Watch.objects.order_by("pk").values_list("what", "watcher")
    assert list(looks) == [("map", picture.head.user_id), ("map", picture.dispatcher.user_id)]


def test_the_list_is_narrowed_to_a_unit(picture: Picture, browse: Browse) -> None:
    picture.seen(picture.phone())
    page = browse(picture.dispatcher).get(reverse("web:command"), {"unit": picture.unit.code})
    assert page.context["n_rows"] == 1
    other = browse(picture.dispatcher).get(reverse("web:command"), {"unit": picture.bureau.west.code})
    assert other.context["n_rows"] == 0


def test_the_card_tells_who_doing_what_in_which_car_and_since_when(picture: Picture, browse: Browse) -> None:
    device, car = picture.phone(), picture.car()
    picture.shift()
    picture.seen(device)
    picture.seen(car)
    text = browse(picture.head).get(reverse("web:command-mover", args=[device.pk])).content.decode()
    for said in ("示例巡区", car.plate, "0 秒前", "本班轨迹"):
        assert said in text


def test_a_track_is_shown_only_with_a_reason_and_leaves_an_entry(picture: Picture, browse: Browse) -> None:
    device = picture.phone()
    for minute in range(3):
        picture.seen(device, AT + minute * MINUTE, lat=31.205 + minute / 1000, kept=True)
    head, url = browse(picture.head), reverse("web:command-track", args=[device.pk])
    asked = head.get(url)
    assert "track-data" not in asked.content.decode()
    assert not Watch.objects.exists()
    shift = asked.context["shifts"][0][0]
    assert head.post(url, {"shift": shift, "reason": ""}).status_code == 422
    assert not Watch.objects.exists()
    shown = head.post(url, {"shift": shift, "reason": "示例：核对到场"})
    assert shown.status_code == 200
    # The held clock stands at AT: of the three positions one is not later.
    assert shown.context["looked"]
    assert Watch.objects.get().reason == "示例：核对到场"
    assert "示例：核对到场" in browse(picture.officer).get(reverse("web:devices-watched")).content.decode()
    assert head.post(url, {"shift": "17", "reason": "示例"}).status_code == 422


def test_ones_own_track_needs_no_reason_and_leaves_no_entry(picture: Picture, browse: Browse) -> None:
    device = picture.phone()
    own, url = browse(picture.officer), reverse("web:command-track", args=[device.pk])
    shift = own.get(url).context["shifts"][0][0]
    assert own.post(url, {"shift": shift}).context["looked"]
    assert not Watch.objects.exists()


def test_the_backdrop_is_geojson_with_names(picture: Picture, browse: Browse) -> None:
    data = browse(picture.officer).get(reverse("web:command-areas")).json()
    assert data["type"] == "FeatureCollection"
    assert all(feature["properties"]["name"] for feature in data["features"])


def test_roads_come_with_their_grades_and_say_when_they_are_a_sketch(
    picture: Picture, browse: Browse
) -> None:
    client, url = browse(picture.officer), reverse("web:command-roads")
    Road.objects.all().delete()
    assert client.get(url).json() == {"type": "FeatureCollection", "source": "", "features": []}
    way = LineString([(121.5, 31.2), (121.6, 31.2)])
    line = roads.Line("1", "示例路", roads.Grade.ARTERIAL, way)
    roads.put([line], source="示意", by=SYSTEM, at=AT, schematic=True)
    data = client.get(url).json()
    assert data["source"] == "道路为示意"
    assert data["features"][0]["properties"] == {"name": "示例路", "grade": "arterial"}
    roads.put([line], source="示例测绘", by=SYSTEM, at=AT)
    assert client.get(url).json()["source"] == "示例测绘"


def test_the_first_picture_stands_in_the_page_as_its_address_tells_it(
    picture: Picture, browse: Browse
) -> None:
    picture.seen(picture.phone())
    head = browse(picture.head)
    page = head.get(reverse("web:command"))
    text = page.content.decode().split('id="map-picture" type="application/json">')[1].split("</script>")[0]
    assert json.loads(text) == head.get(reverse("web:command-picture")).json()


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 秒前"), (59, "59 秒前"), (60, "1 分钟前"), (7199, "1 小时前"), (-5, "0 秒前")],
)
def test_how_long_ago_is_said_as_people_say_it(seconds: int, said: str) -> None:
    now = AT + timedelta(seconds=seconds)
    assert words.ago(round(AT.timestamp() * 1000), now) == said


def test_distances_are_told_in_metres_and_kilometres() -> None:
    assert [words.distance(m) for m in (12.4, 1234.0)] == ["12 米", "1.2 公里"]
