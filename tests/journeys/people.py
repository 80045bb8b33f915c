"""The people of a journey: each signs in once, in a browser of their own, and does what their post lets them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, TimeoutError, expect

from xiuhua.conf.testing.browser import OpenPage, Watch

CASE = re.compile(r".*/cases/\d+/(#\w+)?$")
# Where a form is that a button of the case opens.
FORM = re.compile(r".*/(do|beside|matters|evidence)/.*")


@dataclass
class People:
    """Logins of the demo bureau; `at(login)` is that person's page, signed in."""

    base: str
    password: str
    open_page: OpenPage
    pages: dict[str, Page] = field(default_factory=dict)
    watches: dict[str, Watch] = field(default_factory=dict)

    def at(self, login: str, *, size: str = "desk") -> Page:
        if login not in self.pages:
            page, self.watches[login] = self.open_page(self.base, size=size)
            page.goto(f"{self.base}/login/")
            page.locator("input[type=text]").first.fill(login)
            page.locator("input[type=password]").fill(self.password)
            page.locator("input[type=password]").press("Enter")
            # The address of the form ends like every other one: who goes on too early breaks the signing in off.
            page.wait_for_url(lambda url: "/login/" not in url)
            self.pages[login] = page
        return self.pages[login]

    def watch(self, login: str) -> Watch:
        """What looks at that person's page."""
        return self.watches[login]


def press(page: Page, button: Locator) -> None:
    """Open the form behind a button, and wait until it stands there with its scripts: what is counted on the page
    before would be counted on the one that goes away.
    """
    button.click()
    page.wait_for_url(FORM)


def fill(page: Page, values: Mapping[str, str]) -> None:
    """Answer inputs by their names; what lies in a fold is unfolded first."""
    folds = page.locator("details.more-fields:not([open]) > summary")
    while folds.count():
        folds.first.click()
    for name, value in values.items():
        _fill_one(page, page.locator(f'[name="{name}"]'), value)


def _fill_one(page: Page, inputs: Locator, value: str) -> None:
    first = inputs.first
    kind = first.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
    if kind in ("radio", "checkbox"):
        _tick(page, inputs, value.split(";"), only=kind == "checkbox")
    elif kind == "select":
        first.select_option(value)
    elif kind == "hidden":
        # As quick hands do it: the code and Enter, without a look at the list.
        box = first.locator("xpath=..").get_by_role("combobox")
        box.fill(value)
        box.press("Enter")
        expect(first).to_have_value(value)
    else:
        first.fill(value)


def _tick(page: Page, inputs: Locator, wanted: list[str], *, only: bool) -> None:
    """Tick what has these values, or these words beside it; with `only` nothing else stays ticked."""
    if only:
        for box in inputs.all():
            if box.is_checked():
                box.uncheck(force=True)
    for one in wanted:
        box = inputs.and_(page.locator(f'[value="{one}"]'))
        if not box.count():
            box = page.locator("label", has_text=one).locator(inputs)
        # On a phone the dock lies over the lower edge: a person scrolls the box clear of it first.
        box.evaluate("e => e.scrollIntoView({block: 'center'})")
        box.check(force=True)


def send(page: Page) -> None:
    page.locator(".form-foot .btn-main").click()


def step(page: Page, case_url: str, move: str, values: Mapping[str, str]) -> None:
    """Open the case, press the button of the move that the page offers, fill its form and send it."""
    page.goto(case_url)
    press(page, page.locator(f'#can a[href$="/do/{move}/"]'))
    fill(page, values)
    send(page)
    come_to_case(page)
    expect(page.locator(".case-line")).to_be_visible()


def come_to_case(page: Page) -> None:
    """Wait for the page of the case. Raises AssertionError with what the page says that stands there instead."""
    try:
        page.wait_for_url(CASE)
    except TimeoutError as late:
        said = page.locator("body").inner_text()
        raise AssertionError(f"no case, but {page.url}, which says:\n{said}") from late
