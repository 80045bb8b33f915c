"""The menu of the list of cases: one button to begin a case, everything else by keys or by finger, at both widths."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PASSWORD
from xiuhua.conf.testing.browser import OpenPage
from xiuhua.conf.testing.site import Site
from xiuhua.conf.testing.visiting import sign_in

pytestmark = pytest.mark.journey

WIDTHS = pytest.mark.parametrize("width", [1440, 390])


def at_cases(bureau: Site, open_page: OpenPage, width: int) -> Page:
    page, _ = open_page(bureau.url)
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, "officer1", PASSWORD)
    page.goto("/cases/")
    return page


@WIDTHS
def test_one_button_begins_a_case_and_a_menu_holds_the_rest(
    quiet_bureau: Site, open_page: OpenPage, width: int
) -> None:
    page = at_cases(quiet_bureau, open_page, width)
    tools = page.locator(".page-head .tools")
    expect(tools.locator("> .btn")).to_have_count(1)
    expect(tools.locator(".menu-list")).to_be_hidden()
    tools.locator("summary").click()
    listed = tools.locator(".menu-list")
    expect(listed.get_by_role("link", name="听证安排")).to_be_visible()
    box, whole = listed.bounding_box(), page.viewport_size
    assert box is not None
    assert whole is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= whole["width"]
    expect(listed.get_by_role("link", name="导出 CSV")).to_be_visible(visible=width > 700)
    page.locator("h1").click()
    expect(listed).to_be_hidden()


def test_the_menu_is_walked_by_keys_and_closes_where_it_was_opened(
    quiet_bureau: Site, open_page: OpenPage
) -> None:
    page = at_cases(quiet_bureau, open_page, 1440)
    here = page.locator(":focus")
    page.keyboard.press("m")
    expect(here).to_contain_text("当场处罚")
    page.keyboard.press("ArrowDown")
    expect(here).to_contain_text("登记违法建筑")
    page.keyboard.press("End")
    expect(here).to_contain_text("导出 XLSX")
    page.keyboard.press("ArrowDown")
    expect(here).to_contain_text("当场处罚")
    page.keyboard.press("ArrowUp")
    expect(here).to_contain_text("导出 XLSX")
    page.keyboard.press("Home")
    page.keyboard.press("Escape")
    expect(page.locator(".menu-list")).to_be_hidden()
    expect(here).to_contain_text("更多")
    page.keyboard.press("ArrowDown")
    expect(here).to_contain_text("当场处罚")
    page.keyboard.press("End")
    page.keyboard.press("Tab")
    expect(page.locator(".menu-list")).to_be_hidden()


def test_the_keys_of_its_lines_work_while_it_is_shut(quiet_bureau: Site, open_page: OpenPage) -> None:
    page = at_cases(quiet_bureau, open_page, 1440)
    page.keyboard.press("n")
    page.wait_for_url(re.compile(r".*/cases/new/$"))
