"""Fixtures of the journeys. The traps that hold for every test of the project are in xiuhua.conf.testing.traps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page

from xiuhua.conf.testing import browser
from xiuhua.conf.testing.site import Site, served


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all journeys of a process. Where none is found the journey is skipped, which in CI fails."""
    with ExitStack() as stack:
        try:
            started = stack.enter_context(browser.started())
        except browser.NoChromium as missing:
            pytest.skip(str(missing))
        yield started


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An empty bureau with tables and nothing in them, served by the real command."""
    with served(tmp_path_factory.mktemp("bureau")) as running:
        yield running


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[browser.OpenPage]:
    """Open pages under watch: `page, watch = open_page(site.url, size="phone")`. What a watch saw fails the test."""
    watches: list[browser.Watch] = []
    with ExitStack() as stack:

        def open_(
            base: str, *, size: str = "desk", language: str = "zh-CN", dark: bool = False
        ) -> tuple[Page, browser.Watch]:
            page, watch = stack.enter_context(
                browser.opened(chromium, base, size=size, language=language, dark=dark)
            )
            watches.append(watch)
            return page, watch

        yield open_
    faults = [fault for watch in watches for fault in watch.faults]
    assert not faults, "\n".join(faults)
