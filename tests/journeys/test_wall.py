"""The wall of channels in a real Chromium: a live stream plays, and one that breaks off is said to have."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import PASSWORD
from xiuhua.conf.cli import serve
from xiuhua.conf.testing import browser
from xiuhua.conf.testing.site import Site, answers, free_port
from xiuhua.conf.testing.visiting import sign_in
from xiuhua.simulation import cameras

pytestmark = pytest.mark.journey

# Where the film stands, how wide it is, and the colours of a row of its bars.
SEEN = """video => {
  const canvas = Object.assign(document.createElement("canvas"), {width: 70, height: 40}), pen = canvas.getContext("2d")
  pen.drawImage(video, 0, 0, 70, 40)
  const colours = [5, 15, 25, 35, 45, 55, 65].map(x => [...pen.getImageData(x, 10, 1, 1).data.slice(0, 3)])
  return {at: video.currentTime, wide: video.videoWidth, source: video.src, colours}
}"""


@pytest.fixture
def media() -> Iterator[ThreadingHTTPServer]:
    server = cameras.server("127.0.0.1", 0, cameras.film())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def walled(busy_bureau: Site, media: ThreadingHTTPServer) -> Iterator[str]:
    """The pages of a bureau that has a media server; the same rows as those of the busy one."""
    port = free_port()
    play = f"http://127.0.0.1:{media.server_port}/{{device}}/{{channel}}/live.m3u8"
    pages = subprocess.Popen(
        serve.server("127.0.0.1", port, 1), env={**busy_bureau.environment, "XIUHUA_PLAY_URL": play}
    )
    try:
        answers(f"http://127.0.0.1:{port}", pages)
        yield f"http://127.0.0.1:{port}"
    finally:
        pages.terminate()
        pages.wait()


def wall(page: Page) -> None:
    sign_in(page, "dispatcher", PASSWORD)
    page.goto("/command/wall/")


def test_the_film_of_a_camera_plays_in_its_colours(
    walled: str, media: ThreadingHTTPServer, chromium: Browser
) -> None:
    with browser.opened(chromium, walled) as (page, watch):
        wall(page)
        video = page.locator("#wall video").first
        video.wait_for()
        found = video.evaluate(SEEN)
        for _ in range(60):
            if found["at"] > 1 and found["wide"]:
                break
            page.wait_for_timeout(500)
            found = video.evaluate(SEEN)
        page.wait_for_timeout(1500)
        later = video.evaluate(SEEN)
        assert later["at"] > found["at"] > 1, (found, watch.faults)
        assert later["source"].startswith("blob:")
        assert later["wide"] == cameras.WIDTH
        for told, drawn in zip(later["colours"], cameras.BARS, strict=True):
            assert max(abs(a - b) for a, b in zip(told, drawn, strict=True)) < 40, later["colours"]
        # The stream comes from its own port: nothing else is asked elsewhere, and the policy is kept.
        other = f"127.0.0.1:{media.server_port}"
        assert [f for f in watch.faults if urlsplit(f.rpartition(" ")[2]).netloc != other] == []


def test_a_stream_that_does_not_come_gives_way_to_a_picture_that_says_so(
    walled: str, media: ThreadingHTTPServer, chromium: Browser
) -> None:
    with browser.opened(chromium, walled) as (page, _watch):
        page.route(f"http://127.0.0.1:{media.server_port}/**", lambda route: route.abort())
        wall(page)
        canvas = page.locator("#wall canvas").first
        canvas.wait_for(timeout=60_000)
        assert "播放中断" in (canvas.get_attribute("aria-label") or "")


def test_a_film_ends_when_the_shift_of_its_camera_does(
    walled: str, media: ThreadingHTTPServer, chromium: Browser
) -> None:
    with browser.opened(chromium, walled) as (page, _watch):
        page.clock.install()
        page.route("**/command/wall/playing/**", lambda route: route.fulfill(json={"playing": []}))
        wall(page)
        page.locator("#wall video").first.wait_for()
        page.clock.run_for(31_000)
        canvas = page.locator("#wall canvas").first
        canvas.wait_for(timeout=30_000)
        assert "不当班" in (canvas.get_attribute("aria-label") or "")
        page.clock.run_for(31_000)  # nor is it tried again
        assert page.locator("#wall video").count() == 0
