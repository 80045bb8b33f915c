"""The life of one case through its pages: whose hands, on which day, what they type, and what the page refuses them.

The clock of the bureau is held from step to step, so that months pass in a minute and a case of 2018 is worked in 2018.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.journeys.people import People, come_to_case, fill, press, send
from xiuhua.conf.testing.browser import SIZES
from xiuhua.conf.testing.site import Site
from xiuhua.kernel.clock import SHANGHAI

Says = Mapping[str, str]
NOTHING: Says = {}
# How long the worker may take for what time does, and after how long somebody looks again.
WORKER_SECONDS = 60
LOOKS_AGAIN_MS = 500
# Whoever wants to look at the pages of a journey names a folder; else no picture is taken.
ALBUM = os.environ.get("JOURNEY_ALBUM", "")
# A picture of one dot, as a file that a person uploads.
PHOTO = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)


@dataclass
class Life:
    """One case and the people around it. `move` is one of the main road, or `procedure:move` of a matter beside it."""

    site: Site
    people: People
    name: str
    url: str = ""
    pictures: int = 0
    # Whose page shows the case as it stands now: the next step of the same hands need not open it again.
    stands_open: str = ""
    now: datetime | None = None

    def on(self, day: str, hour: str = "10:00") -> None:
        """From now on it is `day` (YYYY-MM-DD), `hour` (HH:MM), where the bureau works."""
        self.now = datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=SHANGHAI)
        self.site.hold(self.now)
        self.stands_open = ""

    def at(self, login: str) -> Page:
        """That person's page, on the case."""
        page = self.people.at(login)
        if self.stands_open != login:
            page.goto(self.url)
        self.stands_open = login
        return page

    def begin(self, login: str, path: str, kind: str, facts: Says, then: str) -> Page:
        """Register what was found, from the street, with a photo, and go on to the form that opens a case."""
        page = self.people.at(login)
        if self.now is not None:
            # The phone says itself when something was found.
            page.clock.set_fixed_time(self.now)
        page.goto(f"{self.people.base}{path}")
        page.locator('input[name="photos"]').set_input_files(
            {"name": "found.png", "mimeType": "image/png", "buffer": PHOTO}
        )
        page.locator("details.more > summary").click()
        fill(page, {"kind": kind, **facts, "next": then})
        self.picture(page, "finding")
        page.locator(".dock .btn-main").click()
        page.wait_for_url("**/cases/new/**")
        return page

    def opened(self, page: Page, says: Says) -> None:
        """Fill the form of the new case and send it; from now on this is the case."""
        fill(page, says)
        self.picture(page, "new-case")
        send(page)
        come_to_case(page)
        self.url = page.url

    def step(self, login: str, move: str, says: Says = NOTHING) -> Page:
        """Press the button that the page of the case offers, fill the form and send it."""
        page = self.at(login)
        press(page, _button(page, move))
        fill(page, says)
        self.picture(page, move)
        send(page)
        come_to_case(page)
        expect(page.locator(".case-line")).to_be_visible()
        return page

    def refused(self, login: str, move: str, says: Says, sentence: str, article: str) -> None:
        """The same hands are refused, for a reason that names its article; the case stays where it is."""
        page = self.at(login)
        press(page, _button(page, move))
        fill(page, says)
        self.people.watch(login).expect(409)
        self.stands_open = ""
        send(page)
        _reason(page.locator(".error[role=alert] li", has_text=sentence), article)
        self.picture(page, f"{move}-refused")

    def closed_to(self, login: str, address: str, sentence: str, article: str) -> None:
        """Whoever goes to a form by its address is told why it is not open, before anything is typed."""
        page = self.people.at(login)
        page.goto(f"{self.url}{address}/")
        self.stands_open = ""
        _reason(page.locator(".error[role=alert] li", has_text=sentence), article)
        self.picture(page, f"{address.rpartition('/')[2]}-closed")

    def told(self, login: str, sentence: str, article: str) -> None:
        """The page of the case says by itself why something cannot be done yet."""
        _reason(self.at(login).locator(".blocked", has_text=sentence), article)

    def add_evidence(self, login: str, shows: str) -> None:
        """Upload a photo to the list of evidence."""
        page = self.at(login)
        press(page, page.locator("#evidence .tools a[href$='/evidence/']"))
        page.locator("input[name=files]").set_input_files(
            {"name": "evidence.png", "mimeType": "image/png", "buffer": PHOTO}
        )
        fill(page, {"shows": shows})
        self.picture(page, "evidence")
        send(page)
        page.wait_for_url("**#evidence")

    def wait_for(self, login: str, place: str, words: str) -> None:
        """Look at the case until the worker has done what time does.

        Time goes on meanwhile: a job that fails is tried again after some seconds by the bureau's clock, and while that
        is held they never pass.
        """
        page, deadline = self.people.at(login), time.monotonic() + WORKER_SECONDS
        if self.now is not None:
            self.site.go_on(self.now)
        page.goto(self.url)
        while not page.locator(place, has_text=words).count() and time.monotonic() < deadline:
            page.wait_for_timeout(LOOKS_AGAIN_MS)
            page.goto(self.url)
        expect(page.locator(place, has_text=words).first).to_be_visible()
        if self.now is not None:
            self.now = self.site.now
            self.site.hold(self.now)
        self.stands_open = login

    def picture(self, page: Page, name: str) -> None:
        """The page at both widths, where somebody wants to look at it."""
        if not ALBUM:
            return
        self.pictures += 1
        folder = Path(ALBUM) / self.name
        folder.mkdir(parents=True, exist_ok=True)
        before = page.viewport_size
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            path = folder / f"{self.pictures:02}-{name.replace(':', '-')}-{size}.png"
            page.screenshot(path=path, full_page=True)
        if before:
            page.set_viewport_size(before)


def _button(page: Page, move: str) -> Locator:
    """What is pressed: in the box of what can be done, or with the matter; what begins one is unfolded first."""
    side, _, name = move.rpartition(":")
    if not side:
        return page.locator(f'#can a[href$="/do/{name}/"]')
    fold = page.locator("#matters details.more-fields:not([open]) > summary")
    begin = page.locator(f'#matters a[href$="/beside/{side}/{name}/"]')
    if begin.count() and fold.count():
        fold.click()
    return begin if begin.count() else page.locator(f'#matters a[href*="/matters/"][href$="/{name}/"]').last


def _reason(found: Locator, article: str) -> None:
    expect(found.first).to_be_visible()
    expect(found.first).to_contain_text(article)
