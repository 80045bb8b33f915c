"""Invented registrations and measures for the tests of their documents."""

from typing import Any

from xiuhua.cases.tests.documents.samples import merged, muck

TRUCK = {"name": "货运车辆（沪A示例号）", "quantity": "1辆", "state": "旧，左前灯损坏"}
FISH = {"name": "冰鲜水产", "quantity": "5箱", "state": "冰已部分融化"}


def registered(**more: Any) -> dict[str, Any]:
    """A case with things registered as evidence, as its documents read it."""
    block = {
        "reason": "摊位流动，物品随时可能被移走",
        "wanted": [TRUCK],
        "asked_on": "2018-09-07",
        "officer_ids": ["A", "B"],
        "opinion": "同意先行登记保存",
        "approved_on": "2018-09-07",
        "approver_id": "Y",
        "made_on": "2018-09-07",
        "items": [TRUCK, FISH],
        "store_place": "示例街道中队物品库",
        "keeper": "示例保管员",
        "outcome": "seized",
        "outcome_reason": "物品与违法行为有关，有继续扣押的必要",
        "handled_on": "2018-09-12",
    }
    return {**muck(), "matter": "registration", "registration": {**block, **more}}


def measured(**more: Any) -> dict[str, Any]:
    """The same with goods that were seized."""
    block = {
        "kind": "seize",
        "basis": "SHUM §21",
        "reason": "车辆装载的建筑垃圾是本案的直接证据，可能被转移",
        "wanted": [TRUCK],
        "asked_on": "2018-09-05",
        "asked_by": "A",
        "opinion": "同意",
        "approver_id": "Y",
        "approved_on": "2018-09-05",
        "urgent": False,
        "number": "浦城执查扣〔2018〕01-1号",
        "implemented_at": "2018-09-05T11:00",
        "place": "浦东新区示例路3号工地门前路段",
        "items": [TRUCK, FISH],
        "store_place": "示例停车场",
        "keeper": "示例保管员",
        "officer_ids": ["A", "B"],
        "certificate_shown": True,
        "party_present": True,
        "party_signed": True,
        "defence": {"recorded": True, "content": "车辆是向他人借用的，请求尽快发还。"},
        "decision_served_on": "2018-09-05",
    }
    return merged(muck(), {"matter": "measure", "measure": {**block, **more}})


def ended(outcome: str, **more: Any) -> dict[str, Any]:
    """The same with goods that came to their end."""
    said = {
        "outcome": outcome,
        "disposed_on": "2018-10-12",
        "disposal_way": "sold",
        "disposal": "经三家询价，变卖给示例水产批发有限公司，价款当日转入暂存账户。",
        "proceeds": 300,
        "remitted_on": "2018-10-15",
        "ends": [{**FISH, "outcome": outcome, "on": "2018-10-12"}],
    }
    return measured(**said | more)


def confiscated(**more: Any) -> dict[str, Any]:
    """A case whose confiscated things were sold in public auction."""
    block = {
        "taken_on": "2018-10-10",
        "receipt_no": "示例没0001",
        "basis": "SHIC §5",
        "officer_ids": ["A", "B"],
        "items": [TRUCK, FISH],
        "party_signed": True,
        "valued_on": "2018-10-12",
        "value": 9000,
        "valued_by": "示例评估有限公司",
        "valuation": "示评〔2018〕1号",
        "lot": [TRUCK],
        "approved_on": "2018-10-13",
        "approver_id": "Y",
        "early": False,
        "disposal_way": "auctioned",
        "disposed_on": "2018-10-25",
        "performer": "示例拍卖有限公司",
        "announced_on": "2018-10-15",
        "disposal": "一次竞价成交",
        "proceeds": 9500,
        "remit_by": "2018-10-26",
        "handled_by": "示例保管员",
        "witness_one": "示例见证甲",
        "witness_two": "示例见证乙",
    }
    return merged(muck(), {"matter": "confiscation", "confiscation": {**block, **more}})
