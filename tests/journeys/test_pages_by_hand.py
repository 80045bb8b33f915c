"""What hands do on the pages: keys, filters, drafts that survive a lost network, photos, language and theme."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import PASSWORD
from xiuhua.conf.testing.browser import OpenPage
from xiuhua.conf.testing.site import Site
from xiuhua.conf.testing.visiting import sign_in

pytestmark = pytest.mark.journey

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8ffff3f0005fe02fea79aa0a0"
    "0000000049454e44ae426082"
)


def test_the_keyboard_alone_searches_opens_and_registers(busy_bureau: Site, open_page: OpenPage) -> None:
    page, _ = open_page(busy_bureau.url)
    sign_in(page, "dispatcher", PASSWORD)
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.locator("#q").fill("锦绣路")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    page.locator("main").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("a.hit").first).to_be_focused()
    expect(page.locator("#peek h2")).to_have_text(re.compile("线索"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/leads/*/")
    page.goto("/leads/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("[data-row]").nth(1)).to_be_focused()
    page.keyboard.press("n")
    page.wait_for_url("**/leads/new/")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()


def test_a_filter_narrows_the_list_in_place_and_stands_in_the_address(
    busy_bureau: Site, open_page: OpenPage
) -> None:
    page, _ = open_page(busy_bureau.url)
    sign_in(page, "dispatcher", PASSWORD)
    page.goto("/leads/")
    before = page.locator("tbody tr").count()
    page.keyboard.press("f")
    page.get_by_label("待核实").check()
    page.wait_for_url("**state=registered**")
    expect(page.locator(".chip.is-set")).to_contain_text("待核实")
    assert 0 < page.locator("tbody tr").count() < before
    page.reload()
    expect(page.locator(".chip.is-set")).to_contain_text("待核实")
    page.go_back()
    expect(page.locator(".chip.is-set")).to_have_count(0)


def test_many_leads_are_accepted_with_one_button(busy_bureau: Site, open_page: OpenPage) -> None:
    page, _ = open_page(busy_bureau.url)
    sign_in(page, "officer2", PASSWORD)
    page.goto("/leads/?state=dispatched")
    waiting = page.locator("tbody tr").count()
    assert waiting >= 2
    page.locator("tbody input[type=checkbox]").nth(0).check()
    page.locator("tbody input[type=checkbox]").nth(1).check()
    expect(page.locator(".bulkbar")).to_contain_text("2")
    page.get_by_role("button", name="批量接收").click()
    expect(page.locator(".notice")).to_contain_text("2 条已办")
    expect(page.locator("tbody tr")).to_have_count(waiting - 2)


def test_what_was_typed_survives_a_lost_network_and_a_closed_page(
    busy_bureau: Site, open_page: OpenPage
) -> None:
    page, watch = open_page(busy_bureau.url)
    sign_in(page, "complaints", PASSWORD)
    page.goto("/leads/new/")
    page.fill("#f-content", "先写一半")
    expect(page.locator("[data-draft-said]")).to_contain_text("已存")
    page.context.set_offline(True)
    page.fill("#f-content", "先写一半，再写一半")
    expect(page.locator("[data-draft-said]")).to_contain_text("本机")
    page.context.set_offline(False)
    expect(page.locator("[data-draft-said]")).to_contain_text("已存")
    page.goto("/")
    page.goto("/leads/new/")
    expect(page.locator("#f-content")).to_have_value("先写一半，再写一半")
    watch.faults[:] = [fault for fault in watch.faults if "ERR_INTERNET_DISCONNECTED" not in fault]


def typed_on_the_device_only(page: Page, words: str) -> None:
    """What is typed into the form of a lead never reaches the server."""
    page.route("**/drafts/**", lambda route: route.abort())
    page.goto("/leads/new/")
    page.fill("#f-content", words)
    expect(page.locator("[data-draft-said]")).to_contain_text("本机")
    page.unroute("**/drafts/**")


def test_what_only_the_device_holds_outlives_other_pages_and_is_shown_to_its_writer_only(
    busy_bureau: Site, open_page: OpenPage
) -> None:
    page, _ = open_page(busy_bureau.url)
    sign_in(page, "complaints", PASSWORD)
    typed_on_the_device_only(page, "示例：只在本机")
    page.goto("/leads/")
    page.locator("a[data-row]").first.click()
    page.wait_for_url("**/leads/*/")
    page.context.clear_cookies()
    sign_in(page, "dispatcher", PASSWORD)
    page.goto("/leads/new/")
    expect(page.locator("#f-content")).not_to_have_value("示例：只在本机")
    page.context.clear_cookies()
    sign_in(page, "complaints", PASSWORD)
    page.goto("/leads/new/")
    expect(page.locator("#f-content")).to_have_value("示例：只在本机")


def test_a_draft_holds_what_was_filled_and_not_what_the_form_suggests(
    busy_bureau: Site, open_page: OpenPage
) -> None:
    page, _ = open_page(busy_bureau.url)
    sign_in(page, "officer1", PASSWORD)
    page.goto("/cases/new/")
    expect(page.locator("[name=found_on]")).not_to_have_value("")
    with page.expect_request("**/drafts/**") as asked:
        page.fill("[name=facts]", "示例：只写事实")
    assert parse_qs(asked.value.post_data or "") == {"facts": ["示例：只写事实"]}


def test_what_is_typed_while_a_draft_is_on_its_way_goes_after_it(
    busy_bureau: Site, open_page: OpenPage
) -> None:
    page, _ = open_page(busy_bureau.url)
    sign_in(page, "complaints", PASSWORD)
    page.goto("/leads/new/")
    held, said = list[Route](), page.locator("[data-draft-said]")

    def hold_the_first(route: Route) -> None:
        held.append(route)
        if len(held) > 1:
            route.continue_()

    page.route("**/drafts/**", hold_the_first)
    with page.expect_request("**/drafts/**"):
        page.fill("#f-content", "示例：先写的")
    page.fill("#f-content", "示例：先写的，后写的")
    # Longer than a form waits before it saves itself.
    page.wait_for_timeout(1200)
    assert len(held) == 1
    held[0].continue_()
    expect(said).to_contain_text("已存")
    page.goto("/leads/new/")
    expect(page.locator("#f-content")).to_have_value("示例：先写的，后写的")


def test_the_field_says_what_it_understood_and_the_kind_brings_its_questions(
    busy_bureau: Site, open_page: OpenPage
) -> None:
    page, _ = open_page(busy_bureau.url)
    sign_in(page, "dispatcher", PASSWORD)
    page.goto("/leads/new/")
    page.select_option("#f-kind", "street_vending")
    expect(page.get_by_text("摊位数量")).to_be_visible()
    page.fill("#f-received_at", "昨天 9:05")
    page.locator("#f-received_at").blur()
    expect(page.locator("#f-received_at-e")).to_contain_text("年")
    page.fill("#f-received_at", "0230 9:05")
    page.locator("#f-received_at").blur()
    expect(page.locator("#f-received_at-e")).to_contain_text("没有这一天")


def pressed_while_it_moves(page: Page) -> None:
    """The pointer goes down on the button of a form; what the server says of the input left by that pushes it away."""
    page.goto("/duty/points/new/")
    page.fill("[name=name]", "示例")
    page.fill("[name=lat]", "没有的纬度")
    button = page.locator(".form-foot .btn-main")
    before = button.bounding_box()
    assert before is not None
    page.mouse.move(before["x"] + before["width"] / 2, before["y"] + before["height"] / 2)
    page.mouse.down()
    expect(page.locator("#f-lat-e .field-error")).to_be_visible()
    after = button.bounding_box()
    assert after is not None
    assert after["y"] > before["y"] + before["height"] / 2, "the pointer is on the button still"


def test_a_press_counts_though_the_button_moves_before_it_is_let_go(
    busy_bureau: Site, open_page: OpenPage
) -> None:
    page, watch = open_page(busy_bureau.url)
    sign_in(page, "squadhead", PASSWORD)
    watch.expect(422)
    pressed_while_it_moves(page)
    with page.expect_navigation():
        page.mouse.up()
    expect(page.locator(".flag[role=alert]")).to_contain_text("什么都没有丢")


def test_whoever_moves_away_from_a_button_before_letting_go_has_not_pressed_it(
    busy_bureau: Site, open_page: OpenPage
) -> None:
    page, watch = open_page(busy_bureau.url)
    sign_in(page, "squadhead", PASSWORD)
    watch.expect(422)
    pressed_while_it_moves(page)
    sent = list[str]()
    page.on(
        "request", lambda request: sent.append(request.method) if request.is_navigation_request() else None
    )
    page.mouse.move(600, 300)
    page.mouse.up()
    # Enter sends it, so that whatever the pointer had sent would be seen by now.
    page.locator("[name=name]").press("Enter")
    expect(page.locator(".flag[role=alert]")).to_contain_text("什么都没有丢")
    assert sent == ["POST"]


def test_a_finding_with_photo_and_place_is_registered_on_a_phone(
    busy_bureau: Site, open_page: OpenPage
) -> None:
    page, _ = open_page(busy_bureau.url, size="phone")
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 31.2180, "longitude": 121.5460})
    sign_in(page, "officer1", PASSWORD)
    page.get_by_role("link", name="拍照发现").click()
    page.locator("input[name=photos]").set_input_files(
        {"name": "现场.png", "mimeType": "image/png", "buffer": PNG}
    )
    expect(page.locator("#photos img")).to_be_visible()
    expect(page.locator("[data-place-said]")).to_contain_text("已取位置")
    page.fill("#f-place", "示例路1号")
    page.locator("main label.chip").first.click()
    page.get_by_text("教育劝阻", exact=True).click()
    page.get_by_role("button", name="登记发现").click()
    page.wait_for_url("**/do/settle/")
    page.get_by_text("教育劝阻", exact=True).click()
    page.fill("#f-note", "当场收摊")
    page.get_by_role("button", name=re.compile("办结")).click()
    page.wait_for_url(re.compile(r".*/leads/\d+/$"))
    expect(page.locator(".case-line .state")).to_contain_text("已办结")
    expect(page.locator("img.pic")).to_have_count(1)


KNOWN_AT_ONCE = """navigator.geolocation.getCurrentPosition =
  told => told({coords: {latitude: 31.2180, longitude: 121.5460, accuracy: 9}})"""


def test_a_place_that_the_phone_knows_at_once_has_its_words_too(
    busy_bureau: Site, open_page: OpenPage
) -> None:
    page, _ = open_page(busy_bureau.url, size="phone")
    page.context.grant_permissions(["geolocation"])
    sign_in(page, "officer1", PASSWORD)
    page.add_init_script(KNOWN_AT_ONCE)
    page.goto("/leads/finding/")
    expect(page.locator("#f-place")).not_to_have_value("")


def test_language_and_theme_are_one_click_away_and_stay(busy_bureau: Site, open_page: OpenPage) -> None:
    page, _ = open_page(busy_bureau.url)
    sign_in(page, "squadhead", PASSWORD)
    page.get_by_role("button", name="EN").click()
    expect(page.locator("h1")).to_have_text("Today")
    page.goto("/me/")
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_a_refusal_stands_on_the_page_with_its_ground_and_changes_nothing(
    busy_bureau: Site, open_page: OpenPage
) -> None:
    page, watch = open_page(busy_bureau.url)
    watch.expect(409)
    sign_in(page, "officer1", PASSWORD)
    page.goto("/users/")
    expect(page.get_by_role("alert").filter(has_text="没有进入这里的权限")).to_be_visible()
