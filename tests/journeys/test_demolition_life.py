"""Two illegal buildings from the finding to the closed case, in 2025 and, under the older texts, in 2018.

One stands: the scene in 24 hours, an order, the district government's demand and decision, removal by force, rubble.
The other is being built: the scene in 2 hours, work stopped, tools taken, removal at once. What may not be is refused.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PASSWORD
from tests.journeys.life import Life
from tests.journeys.people import People
from xiuhua.conf.testing.browser import OpenPage
from xiuhua.conf.testing.site import Site

pytestmark = pytest.mark.journey

FORCE, CITY = "行政强制法", "上海市拆除违法建筑若干规定"
SCENE = {
    "inspection.certificate_shown": "yes",
    "inspection.party_signed": "yes",
    "demolition.area_m2": "36.5",
    "demolition.structure": "light_steel",
    "demolition.builder_known": "yes",
    "demolition.village_area": "no",
}
SERVED = {"service.receipt": "yes", "service.receiver_relation": "self"}
DONE = {"demolition.goods_listed": "yes", "demolition.record": "有序拆除，无人受伤"}
SETTLED = {"demolition.goods_outcome": "none", "demolition.registry_no": "示例登记0001"}
PARTY = {
    "second": "示例甲二",
    "new_party.kind": "citizen",
    "new_party.name": "示例住户",
    "new_party.number": "110101199001010015",
}


@pytest.fixture
def life(request: pytest.FixtureRequest, own_bureau: Site, open_page: OpenPage) -> Life:
    name = f"demolition-{request.node.callspec.id}"
    return Life(own_bureau, People(own_bureau.url, PASSWORD, open_page), name)


@pytest.mark.parametrize("year", [2025, 2018])
def test_illegal_buildings_are_ordered_away_and_removed(life: Life, year: int) -> None:
    a_building_that_stands(life, str(year))
    one_that_is_being_built(life, str(year))
    assert "is whole" in life.site.run("record", "verify")


def found(life: Life, kind: str, content: str, being_built: str) -> None:
    where = {"place": "示例路9弄2号", "content": content}
    page = life.begin("officer1", "/leads/finding/", kind, where, "demolition")
    life.opened(page, {"cause": "WJ01", "being_built": being_built, **PARTY})


def a_building_that_stands(life: Life, y: str) -> None:
    life.on(f"{y}-03-06", "09:00")
    found(life, "illegal_building", "屋后搭建彩钢板房一间", "no")
    page = life.at("officer1")
    expect(page.locator("#clocks")).to_contain_text("违法建筑到场（09:00前） 剩 24 小时")
    life.on(f"{y}-03-06", "15:00")
    alone = SCENE | {"inspection.officer_ids": "示例甲一"}
    life.refused("officer1", "go_to_scene", alone, "执法人员不足两人", "行政处罚法")
    life.step("officer1", "go_to_scene", SCENE | {"inspection.officer_ids": "示例甲一;示例甲二"})
    life.on(f"{y}-03-12")
    life.step("deputy", "order_demolition", {"demolition.order_due_on": f"{y}-03-30"})
    life.on(f"{y}-03-14")
    life.step("officer1", "serve_order", SERVED)
    demanded(life, y)
    forced(life, y)


def demanded(life: Life, y: str) -> None:
    """The district government demands only when the term of the order is over, and decides after the remedies are."""
    demand = {"demand.number": "示例府催〔1〕号"}
    life.closed_to("clerk", "do/demand_by_government", "限期拆除期限未到", CITY)
    life.on(f"{y}-04-02")
    life.step("clerk", "demand_by_government", demand)
    life.closed_to(
        "deputy", "do/report_to_government", "复议和诉讼期限未满，不得强制执行", f"{FORCE}第五十三条"
    )
    life.closed_to("officer1", "do/demolish", "到“强制拆除决定”才能办", f"{FORCE}第四十四条")
    life.on(f"{y}-09-18")
    life.step("deputy", "report_to_government")
    life.on(f"{y}-09-20")
    decision = {
        "enforcement.number": "示例府强〔1〕号",
        "enforcement.planned_on": f"{y}-10-16",
        "demolition.self_due_on": f"{y}-09-30",
    }
    life.step("clerk", "decide_forced", decision)


def forced(life: Life, y: str) -> None:
    """Not at night where somebody lives, nor before the term of the announcement has run out."""
    home = DONE | {"enforcement.residence": "yes"}
    life.on(f"{y}-09-29")
    life.told("officer1", "强制拆除未公告限期自行拆除", f"{FORCE}第四十四条")
    life.on(f"{y}-10-16", "22:30")
    life.refused("officer1", "demolish", home, "夜间", f"{FORCE}第四十三条")
    life.on(f"{y}-10-17", "09:30")
    life.step("officer1", "demolish", home)
    life.step(
        "officer1", "order_clearing", {"demolition.rubble": "约2立方米", "correction.due_on": f"{y}-10-21"}
    )
    life.on(f"{y}-10-20")
    life.step("officer1", "clear_rubble", {"demolition.clearing_facts": "已清理"})
    life.step("squadhead", "close_cleared", SETTLED)
    life.step("clerk", "archive_case", {"archive.index_pages": "30", "archive.actual_pages": "30"})
    closed(life, "36.5")
    expect(life.at("head").locator("#papers")).to_contain_text("归档号")


def one_that_is_being_built(life: Life, y: str) -> None:
    life.on(f"{y}-11-05", "09:00")
    found(life, "illegal_building_growing", "楼顶正在砌墙", "yes")
    expect(life.at("officer1").locator("#clocks")).to_contain_text("在建违法建筑到场（11:00前） 剩 2 小时")
    life.closed_to("officer1", "do/demolish_at_once", "正在搭建", CITY)
    life.on(f"{y}-11-05", "10:20")
    life.step("officer1", "go_to_scene_building", SCENE | {"demolition.area_m2": "12.25"})
    life.step("officer1", "stop_work")
    life.step("deputy", "order_stop_and_remove", {"demolition.order_due_on": f"{y}-11-06"})
    tools = {"measure.items": "切割机，1台，完好", "measure.store_place": "示例物品库"}
    kept_back = tools | {"measure.handed_over": "no"}
    life.refused("officer1", "take_tools", kept_back, "未当场交付暂扣决定书和清单", f"{FORCE}第二十四条")
    life.step("officer1", "take_tools", tools | {"measure.handed_over": "yes"})
    life.on(f"{y}-11-07", "09:00")
    unlisted = DONE | {"demolition.refusal": "继续浇筑", "demolition.goods_listed": "no"}
    life.refused("officer1", "demolish_at_once", unlisted, "未清点登记财物", f"{CITY}第十二条")
    life.step("officer1", "demolish_at_once", unlisted | {"demolition.goods_listed": "yes"})
    life.refused("squadhead", "close_removed", SETTLED, "建筑内财物未妥善处理", f"{CITY}第十二条")
    life.step("squadhead", "close_removed", SETTLED | {"demolition.tools_returned_on": f"{y}-11-07"})
    closed(life, "12.25")


def closed(life: Life, area: str) -> None:
    page = life.at("head")
    expect(page.locator(".case-line")).to_contain_text("已结案")
    expect(page.locator("#act")).to_contain_text(f"{area} m²")
    life.picture(page, "closed")
