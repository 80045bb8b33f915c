"""Forms of substitute performance. Pure data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xiuhua.cases.procedure.facts.deriving import Derive, Fragment
from xiuhua.cases.procedure.facts.field import Fields, asked, optional, silent
from xiuhua.cases.procedure.facts.shared import (
    CC,
    COUNT,
    FUTURE,
    PERSON,
    REASON,
    WHO,
    C,
    D,
    L,
    M,
    N,
    T,
    Y,
    service,
)
from xiuhua.cases.procedure.guards.reading import effective

DUTIES = (
    ("remove_obstacle", "排除妨碍", "Remove an obstacle"),
    ("restore", "恢复原状", "Restore"),
)
HARMS = (
    ("traffic_safety", "危害交通安全", "Traffic safety"),
    ("environment", "造成环境污染", "Environment"),
    ("natural_resources", "破坏自然资源", "Natural resources"),
)
PERFORMERS = (
    ("agency", "行政机关", "The agency"),
    ("third_party", "没有利害关系的第三人", "A third party without interest"),
)
PLACES = (
    ("road", "道路", "Road"),
    ("river", "河道", "River"),
    ("waterway", "航道", "Waterway"),
    ("public_place", "公共场所", "Public place"),
)
THINGS = (
    ("spillage", "遗洒物", "Spillage"),
    ("obstacle", "障碍物", "Obstacle"),
    ("pollutant", "污染物", "Pollutant"),
)
SIGNATURES = (
    ("supervisor", "到场监督的工作人员", "Supervisor"),
    ("performer", "代履行人", "Performer"),
    ("party", "当事人", "Party"),
    ("witness", "见证人", "Witness"),
)

# fmt: off
WHO_PERFORMS: Fields = (
    asked("substitute.performer_kind", C, "由谁代履行", "Who performs", choices=PERFORMERS),
    asked("substitute.performer", T, "代履行人名称", "Name of the performer"),
)
HEAD: Fields = (
    silent("substitute.decided_on", D, "today", required=True),
    silent("substitute.approver_id", PERSON, "actor"),
    silent("substitute.approver_role", T, "actor_role"),
)
# What a forced performance of the decision itself brings to the main road.
FINISHED: Fields = (
    silent("enforcement.finished_on", D, "substituted_on"),
    silent("enforcement.way", T, "substituted_how"),
)

FORMS: Mapping[str, Fields] = {
    "decide_substitute": (
        asked("substitute.duty_kind", C, "义务种类", "Kind of duty", choices=DUTIES),
        asked("substitute.object", L, "代履行标的", "What is done",
              default="decision.other_duties|correction.requirement"),
        asked("substitute.harm_kind", C, "不履行的后果", "Harm of not performing", choices=HARMS),
        asked("substitute.reason", L, "代履行的理由", "Reason"),
        asked("substitute.basis", T, "代履行的依据", "Basis", default="const:AEL §50"),
        asked("substitute.way", T, "代履行的方式", "Way"),
        asked("substitute.planned_on", D, "代履行的时间", "Day", time=FUTURE),
        asked("substitute.budget", N, "费用预算（元）", "Budget (yuan)"),
        *WHO_PERFORMS,
        *HEAD,
    ),
    "serve_substitute": (
        *service("substitute_decision"), silent("service.document_number", T, "substitute.number")),
    "demand_again": (
        asked("substitute.duty", L, "催告履行的义务", "Duty demanded", default="substitute.object"),
        asked("substitute.duty_days", COUNT, "履行期限（日）", "Days to perform", default="const:3"),
        asked("substitute.way", T, "履行方式", "Way of performance", default="const:自行履行上述义务"),
        silent("substitute.demand_on", D, "today", required=True),
    ),
    "perform_before": (
        asked("duty.what", T, "已履行的义务", "Duty done", default="substitute.object"),
        asked("duty.done_on", D, "履行日期", "Done on", default="today"),
        silent("substitute.performed_on", D, "today", required=True),
    ),
    "carry_out_substitute": (
        asked("substitute.executed_on", D, "代履行日期", "Carried out on", default="today"),
        asked("substitute.from_at", M, "开始时间", "From", default="now"),
        optional("substitute.to_at", M, "结束时间", "To"),
        asked("substitute.performer", T, "代履行人名称", "Name of the performer", default="substitute.performer"),
        asked("substitute.performer_no_interest", Y, "代履行人与案件没有利害关系", "The performer has no interest"),
        asked("substitute.supervisor_id", PERSON, "到场监督人员", "Supervisor"),
        asked("substitute.no_violence", Y, "未采用暴力、胁迫以及其他非法方式", "No force, threat or unlawful way"),
        asked("substitute.result", L, "代履行经过和结果", "Course and result"),
        silent("substitute.place", T, "violation.place"),
    ),
    "decide_immediate": (
        asked("substitute.place_kind", C, "地点种类", "Kind of place", choices=PLACES),
        asked("substitute.thing_kind", C, "需要清除的物品", "What has to be cleared", choices=THINGS),
        asked("substitute.object", L, "清除的内容", "What is cleared"),
        asked("substitute.party_cannot_clear", Y, "当事人不能清除", "The party cannot clear it"),
        asked("substitute.reason", L, "需要立即清除和当事人不能清除的情况", "Why at once, and why not the party"),
        asked("substitute.way", T, "清除方式", "Way"),
        *WHO_PERFORMS,
        silent("substitute.basis", T, "const:AEL §52"),
        silent("substitute.officer_ids", WHO, "case_officers"),
        *HEAD,
    ),
    "notify_absent": (
        asked("substitute.executed_on", D, "清除日期", "Cleared on", default="today"),
        asked("substitute.supervisor_id", PERSON, "到场监督人员", "Supervisor", default="actor"),
        asked("substitute.result", L, "清除经过和结果", "Course and result"),
        asked("substitute.party_absent", Y, "当事人不在场", "The party was absent"),
        optional("substitute.notified_on", D, "通知当事人日期", "Party told on"),
        *service("substitute_decision"),
        silent("service.document_number", T, "substitute.number"),
        silent("substitute.place", T, "violation.place"),
    ),
    "sign_record": (
        asked("substitute.signatures", CC, "已在记录上签名的人", "Who signed the record", choices=SIGNATURES),
        optional("substitute.note", T, "备注", "Note"),
        silent("substitute.signed_on", D, "today", required=True),
    ),
    "charge_cost": (
        asked("substitute.cost", N, "代履行费用（元）", "Cost (yuan)", default="substitute.budget"),
        asked("substitute.cost_basis", L, "费用的成本依据", "Real cost it rests on"),
        optional("substitute.over_budget_reason", T, "超出预算的理由", "Why above the budget"),
        optional("substitute.cost_paid_on", D, "费用缴纳日期", "Paid on"),
        optional("substitute.cost_receipt_no", T, "票据号码", "Receipt"),
        silent("substitute.cost_decided_on", D, "today"),
    ),
    "waive_cost": (*REASON, silent("substitute.closed_on", D, "today"), *FINISHED),
    "close_substitute": (silent("substitute.closed_on", D, "today", required=True), *FINISHED),
}

# What an earlier performance in the same case left is not what this one says.
ANEW = ("decision_served_on", "demand_on", "executed_on", "signatures", "signed_on", "all_signed", "cost", "cost_basis",
        "closed_on", "performed_on", "number", "over_budget_reason", "notified_on", "party_absent", "no_violence",
        "performer_no_interest", "supervisor_id")
FRESH: Mapping[str, Any] = {f"substitute.{name}": None for name in ANEW}
FIXED: Mapping[str, Mapping[str, Any]] = {
    "decide_substitute": {**FRESH, "substitute.immediate": False, "substitute.place_kind": None},
    "decide_immediate": {**FRESH, "substitute.immediate": True, "substitute.budget": None},
    "demand_again": {"substitute.tells_defence": True},
}
# fmt: on


def _decision_served(facts: Fragment) -> None:
    """The day on which the service of the decision took effect."""
    for row in facts.get("services", ()):
        facts.setdefault("substitute", {})["decision_served_on"] = effective(row)


def _all_signed(facts: Fragment) -> None:
    """What the check of files reads of the signatures."""
    names = set(facts["substitute"].get("signatures", ()))
    facts["substitute"]["all_signed"] = names >= {"supervisor", "performer"} and bool(
        names & {"party", "witness"}
    )


DERIVED: Mapping[str, tuple[Derive, ...]] = {
    "serve_substitute": (_decision_served,),
    "sign_record": (_all_signed,),
}
