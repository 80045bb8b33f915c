"""Every page is visited on a desk and on a phone: no error, no request elsewhere, no sideways scrolling, nothing that
axe-core calls serious."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import PASSWORD
from xiuhua.conf.pages import VISITS, Visit
from xiuhua.conf.testing.browser import OpenPage
from xiuhua.conf.testing.site import Site
from xiuhua.conf.testing.visiting import sign_in

pytestmark = pytest.mark.journey

AXE = (Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js").read_text(encoding="utf-8")
GRAVE = {"serious", "critical"}
REFUSALS = {"refused": 409, "not-found": 404}


def by_login() -> list[tuple[str, list[Visit]]]:
    ordered = sorted(VISITS, key=lambda v: v.login)
    return [(login, list(visits)) for login, visits in groupby(ordered, key=lambda v: v.login)]


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize(("login", "visits"), by_login(), ids=[login or "nobody" for login, _ in by_login()])
def test_every_page_is_in_order(
    busy_bureau: Site, open_page: OpenPage, login: str, visits: list[Visit], size: str
) -> None:
    page, watch = open_page(busy_bureau.url, size=size)
    if login:
        sign_in(page, login, PASSWORD)
    faults: list[str] = []
    for visit in visits:
        if visit.name in REFUSALS:
            watch.expect(REFUSALS[visit.name])
        _choose(page, busy_bureau.url, visit)
        page.goto(visit.path)
        if visit.find:
            page.goto(page.locator(visit.find).first.get_attribute("href") or "")
        faults += [f"{visit.name} ({size}): {fault}" for fault in _faults(page, size)]
    assert not faults, "\n".join(faults)


def _choose(page: Page, url: str, visit: Visit) -> None:
    cookies = {
        "theme": "dark" if visit.dark else "light",
        "django_language": "en" if visit.english else "zh-hans",
    }
    page.context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies.items()])


def _faults(page: Page, size: str) -> Iterator[str]:
    """What is wrong with the page as it stands now."""
    width = page.evaluate("document.documentElement.scrollWidth")
    seen = page.evaluate("document.documentElement.clientWidth")
    if size == "phone" and width > seen:
        yield f"scrolls sideways: {width} > {seen}"
    page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    for violation in found["violations"]:
        if violation["impact"] in GRAVE:
            nodes = "; ".join(node["html"][:160] for node in violation["nodes"][:3])
            yield f"{violation['id']} ({violation['impact']}): {nodes}"
