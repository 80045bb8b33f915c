"""Pages in a real Chromium under traps: a page that errs, asks another host or breaks its policy does not go unseen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

from xiuhua.conf.testing.chromium import find_chromium, flags

# So that benches name a page without asking for the driver.
Opened = Page
SIZES = {"desk": (1440, 900), "phone": (390, 844)}
# What a machine with more to do takes for a page; a page in order is there long before.
PATIENCE_MS = 30_000
# A person who sends a form does not wait until the paper beside it is drawn: htmx says that it broke its request off.
BROKEN_OFF = ("htmx:sendAbort", "htmx:afterRequest")
# A refusal is answered with one of these, and Chromium logs each as an error: a page that shows one is in order.
REFUSALS = frozenset({400, 401, 403, 404, 409, 422, 429})


class NoChromium(RuntimeError):
    """There is no Chromium on this machine, or the one that CHROMIUM names does not start."""


@dataclass
class Watch:
    """What went wrong on a page since it was opened, in words.

    Seen are errors on the console (breaches of the Content-Security-Policy are among them), uncaught exceptions,
    requests to a host that is not ours, and answers of 400 or more. `expected` are the statuses that the test provokes,
    `also` hosts that the bureau runs beside its pages.
    """

    host: str
    expected: set[int] = field(default_factory=set)
    also: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def attach(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", self._exception)
        page.on("request", self._request)
        page.on("response", self._response)

    def expect(self, status: int) -> None:
        """From now on an answer with this refusal is what the test wants to see."""
        if status not in REFUSALS:
            raise ValueError(f"{status} is never right")
        self.expected.add(status)

    def _console(self, message: ConsoleMessage) -> None:
        # A failed load is judged by its answer, where its status is known.
        known = "Failed to load resource" in message.text or message.text.startswith(BROKEN_OFF)
        if message.type == "error" and not known:
            self.faults.append(f"console: {message.text}")

    def _exception(self, error: Error) -> None:
        self.faults.append(f"exception: {error.message}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob", "about"} and parts.netloc not in {self.host, *self.also}:
            self.faults.append(f"request to another host: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.faults.append(f"answer {response.status}: {response.url}")


class OpenPage(Protocol):
    """Opens a page as `opened` does, and holds its watch to account when the test ends."""

    def __call__(
        self, base: str, *, size: str = "desk", language: str = "zh-CN", dark: bool = False
    ) -> tuple[Page, Watch]: ...


@contextmanager
def started() -> Iterator[Browser]:
    """A Chromium that runs until the block ends. Raises NoChromium."""
    executable = find_chromium()
    if executable is None:
        raise NoChromium("no Chromium found: apt-get install chromium, or set CHROMIUM=/path/to/it")
    with sync_playwright() as playwright:
        # Without this an expectation has another patience (5 s) than everything else on the page.
        expect.set_options(timeout=PATIENCE_MS)
        browser = playwright.chromium.launch(executable_path=executable, args=flags())
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(
    browser: Browser, base: str, *, size: str = "desk", language: str = "zh-CN", dark: bool = False
) -> Iterator[tuple[Page, Watch]]:
    """A page with a session of its own on the site at `base` (`http://host:port`), and its watch.

    `size` is one of SIZES. The page knows no other host: what it asks elsewhere is refused and seen.
    """
    width, height = SIZES[size]
    context = browser.new_context(
        base_url=base,
        viewport={"width": width, "height": height},
        locale=language,
        timezone_id="Asia/Shanghai",
        color_scheme="dark" if dark else "light",
        has_touch=size == "phone",
        is_mobile=size == "phone",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    watch = Watch(urlsplit(base).netloc)
    watch.attach(page)
    try:
        yield page, watch
    finally:
        context.close()
