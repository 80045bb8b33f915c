"""A page's faults do not go unseen: each is served by a small site of the test's own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser

from xiuhua.conf.testing import browser

PAGES = {
    "/": "<p id=here>good</p>",
    "/style": "<p style='color: red'>red</p>",
    "/script": "<script src='/throw.js'></script>",
    "/throw.js": "throw new Error('torn')",
    "/log": "<script src='/log.js'></script>",
    "/log.js": "console.error('said aloud')",
    "/left": "<script src='/left.js'></script>",
    "/left.js": "console.error('htmx:sendAbort', document.body)",
    "/other": "<img src='http://127.0.0.2:9/pixel.png'>",
    "/broken": "<img src='/missing.png'>",
}


class Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = PAGES.get(self.path)
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/javascript" if self.path.endswith(".js") else "text/html")
        self.send_header("Content-Security-Policy", "default-src 'self'; img-src *")
        self.end_headers()
        self.wfile.write((body or "").encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def small_site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.journey
@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("/style", "console: Applying inline style violates"),
        ("/script", "exception: torn"),
        ("/log", "console: said aloud"),
        ("/other", "request to another host: http://127.0.0.2:9/pixel.png"),
        ("/broken", "answer 404"),
    ],
)
def test_it_sees_the_fault_of_a_page(chromium: Browser, small_site: str, path: str, fault: str) -> None:
    with browser.opened(chromium, small_site) as (page, watch):
        watch.expect(404) if path != "/broken" else None
        page.goto(path, wait_until="networkidle")
    assert len(watch.faults) == 1, watch.faults
    assert fault in watch.faults[0]


@pytest.mark.journey
@pytest.mark.parametrize(("size", "width"), [("desk", 1440), ("phone", 390)])
def test_a_good_page_has_none_at_both_sizes(
    open_page: browser.OpenPage, small_site: str, size: str, width: int
) -> None:
    page, watch = open_page(small_site, size=size)
    watch.expect(404)
    page.goto("/")
    assert page.locator("#here").text_content() == "good"
    assert page.viewport_size is not None
    assert page.viewport_size["width"] == width


@pytest.mark.journey
def test_a_form_that_was_sent_before_its_paper_was_drawn_is_in_order(
    open_page: browser.OpenPage, small_site: str
) -> None:
    page, watch = open_page(small_site)
    watch.expect(404)
    page.goto("/left", wait_until="networkidle")
    assert watch.faults == []


def test_a_server_error_can_never_be_expected() -> None:
    with pytest.raises(ValueError, match="500 is never right"):
        browser.Watch("127.0.0.1").expect(500)
