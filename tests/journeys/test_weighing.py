"""The panel of discretion under the hand: by keyboard without a reload, and in a browser that runs no scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PASSWORD
from xiuhua.conf.testing.browser import OpenPage
from xiuhua.conf.testing.site import Site
from xiuhua.conf.testing.visiting import sign_in

pytestmark = pytest.mark.journey
AGAIN = "#weigh input[value=repeat_in_year]"


def vendor(page: Page) -> None:
    """The form of the street with a citizen and street vending chosen."""
    page.goto("/cases/on-spot/")
    page.locator("[name='party.number']").fill("110101199001010015")
    page.locator("[role=combobox]").fill("zdst")
    page.locator("[role=option]", has_text="占道设摊").first.click()
    expect(page.locator("#span")).to_contain_text("50–500")
    page.locator("label.chip", has=page.locator("[name='notice.planned_kinds'][value=fine]")).click()


def test_a_circumstance_is_ticked_by_keyboard_and_the_suggestion_follows_in_place(
    quiet_bureau: Site, open_page: OpenPage
) -> None:
    page, _ = open_page(quiet_bureau.url)
    sign_in(page, "officer1", PASSWORD)
    vendor(page)
    page.evaluate("window.stayed = true")
    page.locator(".weigh-more > summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".weigh-said")).to_contain_text("185–365")
    page.locator(AGAIN).focus()
    page.keyboard.press("Space")
    expect(page.locator(".weigh-said")).to_contain_text("365–500")
    expect(page.locator(".weigh-why")).to_contain_text(
        re.compile("一年内再次实施同类违法行为.*第二十五条第二款")
    )
    expect(page.locator(AGAIN)).to_be_focused()
    page.locator(".weigh-foot .chip").first.click()
    expect(page.locator("[name='notice.planned_fine']")).to_have_value("365")
    expect(page.locator("#weigh .ruler .stands")).to_be_attached()
    assert page.evaluate("window.stayed") is True


def test_without_scripts_the_same_form_comes_back_weighed(busy_bureau: Site, open_page: OpenPage) -> None:
    first, _ = open_page(busy_bureau.url)
    browser = first.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False, base_url=busy_bureau.url)
    try:
        page = context.new_page()
        sign_in(page, "officer1", PASSWORD)
        page.goto("/cases/?procedure=ordinary")
        case = page.locator("tbody a.id").first.get_attribute("href")
        page.goto(f"{case}do/close_investigation/")
        fine = page.locator("[name='investigation_report.proposed_fine']")
        fine.fill("900")
        page.locator("label.chip", has=page.locator("[value=first_offence]")).click()
        page.locator("button[name=weigh_take]").click()
        expect(fine).to_have_value("900")
        expect(page.locator("[name='investigation_report.tier'][value=lighter]")).to_be_checked()
        reasons = page.locator("[name='investigation_report.tier_reasons']")
        expect(reasons).to_have_value(re.compile("^当事人首次被查处（从轻情节）。"))
    finally:
        context.close()
