"""An officer without a network: a check-in, a finding that ends in persuasion and the draft of a penalty are kept on
the phone, and go out in their order when the network is back, each once, even where an answer was lost."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from tests.journeys.conftest import PASSWORD
from tests.journeys.people import People
from xiuhua.conf.testing.browser import OpenPage
from xiuhua.conf.testing.site import Site

pytestmark = pytest.mark.journey

HOME = "310115016"
ORDER = ("/duty/send/check-in/", "/leads/finding/", "/duty/send/draft/on-spot")
WORDS = "示例：烤炉摆在人行道上"


def home() -> tuple[float, float]:
    """The middle of the subdistrict where the demo's first squad serves."""
    with (Path(settings.REFERENCE_DIR) / "streets.csv").open(encoding="utf-8", newline="") as file:
        row = next(r for r in csv.DictReader(file) if r["code"] == HOME)
    return float(row["lon"]), float(row["lat"])


@pytest.fixture
def people(quiet_bureau: Site, open_page: OpenPage) -> People:
    return People(quiet_bureau.url, PASSWORD, open_page)


def point_laid(page: Page) -> None:
    """The head lays a check-in point."""
    lon, lat = home()
    page.goto("/duty/points/new/")
    for name, text in {"code": "01", "name": "示例岗点", "lon": f"{lon}", "lat": f"{lat}"}.items():
        page.locator(f"#f-{name}").fill(text)
    page.locator("form .btn-main").click()
    expect(page.locator("tbody")).to_contain_text("示例岗点")


def ready(page: Page, path: str) -> None:
    """The page is open, and its worker has kept what it needs."""
    page.goto(path)
    expect(page.locator("body[data-offline-ready]")).to_be_attached()


def at_the_point(context: BrowserContext) -> None:
    lon, lat = home()
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"longitude": lon + 0.0002, "latitude": lat, "accuracy": 12})


def check_in_kept(page: Page) -> None:
    page.goto("/duty/check-in/")
    button = page.locator(".dock .btn-main")
    expect(button).to_be_enabled()
    button.click()
    expect(page.locator("[data-queue]")).to_have_attribute("data-waiting", "1")


def finding_kept(page: Page) -> None:
    page.goto("/leads/finding/")
    page.locator("label.chip", has=page.locator("input[name=kind]")).first.click()
    page.locator("input[name=place]").fill("示例路1号")
    page.locator("label.chip", has=page.locator("input[value=persuade]")).click()
    page.locator("textarea[name=persuasion]").fill("示例：当场收摊")
    page.locator(".dock .btn-main").click()
    expect(page.locator("[data-said-kept]")).to_be_visible()
    expect(page.locator("[data-queue]")).to_have_attribute("data-waiting", re.compile("[23]"))
    # It waits to be sent: the next finding begins with an empty form.
    page.goto("/leads/finding/")
    expect(page.locator("[data-queue]")).to_have_attribute("data-waiting", re.compile("[23]"))
    expect(page.locator("input[name=place]")).to_have_value("")


def draft_kept(page: Page) -> None:
    page.goto("/cases/on-spot/")
    page.locator("textarea[name='violation.facts']").fill(WORDS)
    expect(page.locator("[data-queue]")).to_contain_text("当场处罚")


def one_answer_lost(context: BrowserContext, lost: list[str]) -> None:
    """The first check-in reaches the server, and its answer never comes back."""

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.request.headers["x-delivery-key"])
        route.fetch()
        route.abort()

    context.route("**/duty/send/check-in/", lose)


def test_what_was_said_without_a_network_is_sent_later_in_order_and_once(people: People) -> None:
    point_laid(people.at("squadhead"))
    page = people.at("officer1", size="phone")
    context, lost, sent = page.context, list[str](), list[str]()
    at_the_point(context)
    for path in ("/cases/on-spot/", "/duty/mine/"):
        ready(page, path)
    context.set_offline(True)
    check_in_kept(page)
    finding_kept(page)
    draft_kept(page)

    def seen(request: Request) -> None:
        if request.headers.get("x-delivery-key"):
            sent.append(request.url)

    page.on("request", seen)
    one_answer_lost(context, lost)
    page.goto("/duty/mine/")
    context.set_offline(False)
    for _ in range(300):
        if lost:
            break
        page.wait_for_timeout(100)
    page.reload()
    expect(page.locator("[data-queue]")).to_have_attribute("data-waiting", "0")
    assert len(lost) == 1
    # Opening the page anew may break one more off.
    assert sum(url.endswith("/duty/send/check-in/") for url in sent) >= 2
    places = [sent.index(next(url for url in sent if part in url)) for part in ORDER]
    assert places == sorted(places)
    # The page asked for the name of the area while there was no network, and said so on its console.
    watch = people.watch("officer1")
    watch.faults[:] = [fault for fault in watch.faults if "htmx:sendError" not in fault]
    came_once(people)


def came_once(people: People) -> None:
    """One check-in that counts, one settled lead, and the draft where it was begun."""
    head = people.at("squadhead")
    head.goto("/duty/check-ins/")
    expect(head.locator("tbody tr")).to_have_count(1)
    expect(head.locator("tbody")).to_contain_text("有效")
    head.goto("/leads/?source=patrol")
    expect(head.locator("tbody tr")).to_have_count(1)
    expect(head.locator("tbody")).to_contain_text("已办结")
    page = people.at("officer1")
    page.goto("/cases/on-spot/")
    expect(page.locator("textarea[name='violation.facts']")).to_have_value(WORDS)


def pages_kept(page: Page) -> list[str]:
    """The addresses of the pages that this phone opens without a network; what they are made of is not personal."""
    asked = "caches.open('xiuhua-phone-1').then(kept => kept.keys()).then(all => all.map(one => one.url))"
    paths = [urlsplit(url).path for url in page.evaluate(asked)]
    return [path for path in paths if not path.startswith("/static/")]


def test_signing_out_takes_the_kept_pages_from_the_phone(people: People) -> None:
    page = people.at("officer2", size="phone")
    ready(page, "/duty/mine/")
    assert "/duty/mine/" in pages_kept(page)
    page.goto("/me/")
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/login/**")
    assert pages_kept(page) == []
