"""Going to the pages of a served bureau as its people do: for pictures and journeys."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page

from xiuhua.conf.pages import Visit
from xiuhua.conf.testing import browser
from xiuhua.conf.testing.site import Site


def lay_out(site: Site, password: str) -> None:
    """Fill a served bureau with the invented weeks of `xiuhua.conf.testing.sample`."""
    subprocess.run(  # noqa: S603 - our own module with a password we chose
        [sys.executable, "-m", "xiuhua.conf.testing.sample", password], check=True, env=site.environment
    )


def take(chromium: Browser, url: str, visit: Visit, size: str, *, password: str, path: Path) -> None:
    """One picture of one page, in a session of its own."""
    with browser.opened(chromium, url, size=size) as (page, _watch):
        visit_as(page, visit, password)
        page.set_viewport_size({"width": browser.SIZES[size][0], "height": _height(page, size)})
        page.screenshot(path=path)


def _height(page: Page, size: str) -> int:
    """As high as the page, so that bars which stick to the edge stay at the edge."""
    return max(browser.SIZES[size][1], int(page.evaluate("document.documentElement.scrollHeight")))


def visit_as(page: Page, visit: Visit, password: str) -> None:
    """Sign in, choose theme and language, and go to the page."""
    if visit.login:
        sign_in(page, visit.login, password)
    else:
        page.goto("/login/")
    cookies = {
        "theme": "dark" if visit.dark else "light",
        "django_language": "en" if visit.english else "zh-hans",
    }
    page.context.add_cookies([{"name": n, "value": v, "url": page.url} for n, v in cookies.items()])
    page.goto(visit.path)
    if visit.find:
        page.goto(page.locator(visit.find).first.get_attribute("href") or visit.path)
    page.wait_for_load_state("networkidle")


def sign_in(page: Page, login: str, password: str) -> None:
    page.goto("/login/")
    page.fill("#f-login", login)
    page.fill("#f-password", password)
    page.click("form button.btn-main")
    # The address of the door ends with a slash, too.
    page.wait_for_url(lambda url: "/login/" not in url)
