"""`xiuhua shots`: a picture of every page, on a desk and on a phone, of a small bureau that is made for it."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from xiuhua.conf.pages import VISITS, Visit
from xiuhua.conf.testing import browser
from xiuhua.conf.testing.site import Site, served
from xiuhua.kernel.authz import Invalid

PASSWORD = "xiuhua-demo-2026"  # noqa: S105 - of the bureau that lives as long as the pictures are taken


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out", type=Path, default=Path("var/shots"), help="where the pictures go (default var/shots)"
    )
    parser.add_argument("--only", default="", help="only pages whose name begins so")
    parser.add_argument("--size", choices=sorted(browser.SIZES), default="", help="only this size")
    parser.add_argument(
        "--url", default="", help="a bureau that is served already, with the people of the demo"
    )
    parser.add_argument("--password", default=PASSWORD, help="password of the people of the demo there")


def run(args: argparse.Namespace) -> int:
    args.out.mkdir(parents=True, exist_ok=True)
    visits = [v for v in VISITS if v.name.startswith(args.only)]
    if not visits:
        raise Invalid({"only": f"没有名称以“{args.only}”开头的页面"})
    sizes = [args.size] if args.size else list(browser.SIZES)
    with browser.started() as chromium, _bureau(args.url) as url:
        for size in sizes:
            for visit in visits:
                path = args.out / f"{visit.name}-{size}.png"
                take(chromium, url, visit, size, password=args.password, path=path)
                print(path)
    return 0


@contextmanager
def _bureau(url: str) -> Iterator[str]:
    """The address of a bureau with rows in it: the one given, or one that is made and served until the block ends."""
    if url:
        yield url
        return
    with (
        tempfile.TemporaryDirectory(prefix="xiuhua-shots-") as var,
        served(Path(var), ("reference", "load")) as site,
    ):
        lay_out(site, PASSWORD)
        yield site.url


def lay_out(site: Site, password: str) -> None:
    """Fill a served bureau with the invented weeks of `xiuhua.conf.testing.sample`."""
    subprocess.run(
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
    page.wait_for_url("**/")
