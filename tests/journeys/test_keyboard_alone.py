"""A case opened and worked with the keyboard alone: no click, no focus set by anything but keys."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PASSWORD
from xiuhua.conf.testing.browser import OpenPage
from xiuhua.conf.testing.site import Site

pytestmark = pytest.mark.journey

MOST = 120
STANDS_ON = """selector => {
  const here = document.activeElement
  return Boolean(here && here.matches(selector) && here.offsetParent)
}"""
# Focus is seen: what has it is drawn with an outline or a shadow of its own.
IS_SEEN = """() => {
  const style = getComputedStyle(document.activeElement)
  return style.outlineStyle !== "none" || style.boxShadow !== "none"
}"""


class Keys:
    """The keys of one person: Tab to where something is, answer it, send it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0

    def press(self, *names: str) -> None:
        for name in names:
            self.presses += 1
            self.page.keyboard.press(name)

    def tab_to(self, selector: str) -> None:
        """Press Tab until what has the focus fits; fails when a whole round of the page does not come by it."""
        for _ in range(MOST):
            if self.page.evaluate(STANDS_ON, selector):
                assert self.page.evaluate(IS_SEEN), f"focus cannot be seen on {selector}"
                return
            self.press("Tab")
        raise AssertionError(f"Tab never comes to {selector}")

    def write(self, text: str) -> None:
        self.presses += len(text)
        self.page.keyboard.type(text)

    def answer(self, name: str, text: str) -> None:
        """Fill a text input of the form."""
        self.tab_to(f'form [name="{name}"]')
        self.press("Control+a")
        self.write(text)

    def pick(self, name: str, value: str) -> None:
        """Take one of several chips: radios are one stop of Tab, arrows walk over them."""
        self.tab_to(f'form [name="{name}"]')
        for _ in range(12):
            if self.page.evaluate(STANDS_ON, f'[name="{name}"][value="{value}"]'):
                break
            self.press("ArrowRight")
        if not self.page.evaluate("() => document.activeElement.checked"):
            self.press("Space")
        expect(self.page.locator(f'[name="{name}"][value="{value}"]')).to_be_checked()

    def search(self, typed: str, name: str) -> None:
        """Take an entry of a search field by its code and Enter."""
        self.tab_to("[role=combobox]")
        self.write(typed)
        expect(self.page.locator("[role=option]").first).to_be_visible()
        self.press("Enter")
        expect(self.page.locator(f'[name="{name}"]')).to_have_value(typed)

    def send(self) -> None:
        self.press("Control+Enter")


def signed_in(page: Page, keys: Keys) -> None:
    page.goto("/login/")
    keys.tab_to("input[type=text]")
    keys.write("officer1")
    keys.tab_to("input[type=password]")
    keys.write(PASSWORD)
    keys.press("Enter")
    expect(page.locator(".me-name")).to_be_visible()


def test_the_first_stop_of_a_page_leads_past_the_menu_to_its_text(
    quiet_bureau: Site, open_page: OpenPage
) -> None:
    page, _ = open_page(quiet_bureau.url)
    keys = Keys(page)
    signed_in(page, keys)
    page.goto("/cases/")
    keys.press("Tab")
    assert page.evaluate(STANDS_ON, ".skip-link")
    keys.press("Enter")
    keys.press("Tab")
    assert page.evaluate("() => document.getElementById('main').contains(document.activeElement)")


def test_a_case_is_opened_checked_and_proposed_for_filing_by_keys_alone(
    quiet_bureau: Site, open_page: OpenPage
) -> None:
    page, _ = open_page(quiet_bureau.url)
    keys = Keys(page)
    signed_in(page, keys)
    page.goto("/cases/new/")
    keys.press("Escape", "e")
    keys.search("SR11", "cause")
    keys.answer("place", "示例路8号")
    keys.tab_to('select[name="second"]')
    keys.press("ArrowDown")
    keys.answer("facts", "占道设摊，面积二平方米")
    keys.pick("new_party.kind", "citizen")
    keys.answer("new_party.name", "示例键盘当事人")
    keys.answer("new_party.number", "110101199001010015")
    keys.send()
    page.wait_for_url(re.compile(r".*/cases/\d+/$"))
    case = page.url
    # The first act of the case has the key 1.
    keys.press("1")
    page.wait_for_url("**/do/check_lead/")
    keys.press("e")
    keys.pick("inspection.certificate_shown", "yes")
    keys.pick("inspection.party_signed", "yes")
    keys.send()
    page.wait_for_url(re.compile(r".*/cases/\d+/$"))
    keys.press("1")
    page.wait_for_url("**/do/propose_filing/")
    # An input is left by Escape, the step by B: nothing was done.
    keys.press("e", "Escape", "b")
    page.wait_for_url(case)
    keys.press("1")
    page.wait_for_url("**/do/propose_filing/")
    keys.send()
    page.wait_for_url(re.compile(r".*/cases/\d+/$"))
    expect(page.locator(".case-line")).to_contain_text("提请立案")
    keys.press("?")
    expect(page.locator("#keys")).to_be_visible()
    keys.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
