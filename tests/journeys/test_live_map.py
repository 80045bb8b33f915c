"""The live map as it is painted: the first picture, and points that glide where somebody lets things move."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route

from tests.journeys.conftest import PASSWORD
from xiuhua.conf.testing.browser import OpenPage
from xiuhua.conf.testing.site import Site
from xiuhua.conf.testing.visiting import sign_in

pytestmark = pytest.mark.journey

# Where the middle of everything painted is, until two seconds after the first news.
PLACES = """() => new Promise(done => {
  const found = [], began = performance.now()
  let heard = 0
  const look = () => {
    const canvas = document.querySelector(".map-marks"), {width, height} = canvas
    const {data} = canvas.getContext("2d").getImageData(0, 0, width, height)
    let sum = 0, n = 0
    for (let i = 3; i < data.length; i += 4) if (data[i] > 60) { sum += (i >> 2) % width; n++ }
    found.push(n ? Math.round(sum / n * 10) / 10 : null)
    const now = performance.now()
    if (!heard && document.getElementById("live-at").textContent) heard = now
    now - began < 60000 && (!heard || now - heard < 2000) ? setTimeout(look, 60) : done(found)
  }
  look()
})"""


def one_that_moves(page: Page) -> None:
    """From the first answer on the page hears of one person only, who is two kilometres east of where they were."""

    def answer(route: Route) -> None:
        said: dict[str, Any] = route.fetch().json()
        first = said["movers"][0]
        first[2] += 0.02
        said["movers"] = [first]
        said["leads"] = said["points"] = said["alarms"] = []
        route.fulfill(body=json.dumps(said), content_type="application/json")

    page.route("**/command/picture.json", answer)


@pytest.mark.parametrize(("motion", "least", "most"), [("no-preference", 6, 400), ("reduce", 1, 3)])
def test_a_point_glides_only_where_motion_is_wanted(
    busy_bureau: Site, open_page: OpenPage, motion: Any, least: int, most: int
) -> None:
    page, _watch = open_page(busy_bureau.url)
    page.emulate_media(reduced_motion=motion)
    one_that_moves(page)
    sign_in(page, "dispatcher", PASSWORD)
    page.goto("/command/")
    page.wait_for_selector("#map[data-drawn]")
    places = {place for place in page.evaluate(PLACES) if place is not None}
    assert least <= len(places) <= most, sorted(places)


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_the_first_picture_gives_way_to_the_map_and_looks_the_same(
    busy_bureau: Site, open_page: OpenPage, size: str
) -> None:
    page, _watch = open_page(busy_bureau.url, size=size)
    sign_in(page, "dispatcher", PASSWORD)
    page.goto("/command/", wait_until="commit")
    page.wait_for_selector("#map[data-drawn]")
    page.wait_for_selector("#map[data-ready]")
    assert page.locator(".map-first").count() == 0
    assert page.locator(".map-gl canvas").count() == 1
    assert page.locator(".map-marks").count() == page.locator(".map-names").count() == 1


def test_a_point_on_the_map_opens_its_card(busy_bureau: Site, open_page: OpenPage) -> None:
    page, _watch = open_page(busy_bureau.url)
    sign_in(page, "dispatcher", PASSWORD)
    page.goto("/command/")
    page.wait_for_selector("#map[data-ready]")
    page.locator("a[data-mover]").first.click()
    page.locator("#card .facts, #card dl, #card h2").first.wait_for()
    assert page.get_attribute("#map", "data-chosen")
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()
    # The chosen one is in the middle of the map now.
    box = page.locator("#map").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.locator("#card h2").first.wait_for()
    assert page.get_attribute("#map", "data-chosen")


def height(of: Locator) -> float:
    box = of.bounding_box()
    assert box is not None
    return box["height"]


def test_on_a_phone_the_nearest_stand_in_a_sheet_and_an_order_is_one_press_away(
    busy_bureau: Site, open_page: OpenPage
) -> None:
    page, _watch = open_page(busy_bureau.url, size="phone")
    sign_in(page, "dispatcher", PASSWORD)
    page.goto("/command/")
    page.wait_for_selector("#map[data-ready]")
    sheet, grip = page.locator("#now"), page.locator("#grip")
    low = height(sheet)
    grip.click()
    assert grip.get_attribute("aria-expanded") == "true"
    page.wait_for_timeout(400)
    assert height(sheet) > low
    page.locator("#near a").first.click()
    page.locator("#card h2").first.wait_for()
    # The sheet makes room for the map with the chosen one and the card.
    assert grip.get_attribute("aria-expanded") == "false"
    assert page.get_attribute("#map", "data-chosen")
    page.locator("#card [data-close]").click()
    page.locator("#send-here").click()
    page.wait_for_url("**/command/orders/new/?lon=*&lat=*")
