"""Forms of the demand and of enforcement by the agency itself. Pure data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xiuhua.cases.procedure.facts.deriving import Derive, Fragment, only_if_paid
from xiuhua.cases.procedure.facts.field import Fields, asked, optional, silent
from xiuhua.cases.procedure.facts.picks import TERMINATIONS
from xiuhua.cases.procedure.facts.shared import (
    COUNT,
    FUTURE,
    PERSON,
    SURCHARGE,
    WHO,
    C,
    D,
    L,
    M,
    N,
    T,
    Y,
    money_in,
    service,
    video,
)
from xiuhua.cases.procedure.guards.reading import effective

SUSPENSIONS = (
    ("no_capacity", "当事人履行确有困难或者暂无履行能力", "The party cannot perform for now"),
    ("third_party_claim", "第三人对执行标的主张权利，确有理由", "A third party has a claim"),
    (
        "harm_hard_to_repair",
        "执行可能造成难以弥补的损失，且中止不损害公共利益",
        "Harm that is hard to repair",
    ),
    ("other", "行政机关认为需要中止的其他情形", "Another need of the agency"),
)
# What the end of a suspension of three years states by itself.
ENDED = tuple(pick for pick in TERMINATIONS if pick[0] != "three_years")

# fmt: off
PERFORMED: Fields = (
    *money_in("amount_demanded", must=False),
    optional("duty.what", T, "已履行的其他义务", "Other duty done"),
    optional("duty.done_on", D, "履行日期", "Done on"),
    silent("demand.performed_on", D, "today", required=True),
)
REFUTED: Fields = (asked("demand.defence.reason", L, "申辩不成立的理由", "Why the defence does not hold"),)
DECIDED: Fields = (
    asked("enforcement.basis", T, "本机关强制执行权的法律依据", "Law that gives the agency this power"),
    asked("enforcement.way", T, "强制执行方式", "Way of enforcement"),
    asked("enforcement.planned_on", D, "强制执行时间", "Day of enforcement", time=FUTURE),
    silent("enforcement.decided_on", D, "today", required=True),
    silent("enforcement.approver_id", PERSON, "actor"),
    silent("enforcement.approver_role", T, "actor_role"),
)
HANDED: Fields = (silent("demand.handed_on", D, "today", required=True),)
ENDS: Fields = (silent("termination.on", D, "today"), silent("termination.approver_id", PERSON, "actor"))

FORMS: Mapping[str, Fields] = {
    "issue_demand": (
        optional("demand.amount", N, "应缴款项（元）", "Amount to be paid (yuan)", default="amount_demanded"),
        optional("demand.duty", L, "其他应履行的义务", "Other duty", default="decision.other_duties"),
        asked("demand.duty_days", COUNT, "履行期限（日）", "Days to perform", default="param:demand_court_days"),
        asked("demand.way", T, "履行方式", "Way of performance", default="way_to_perform"),
        silent("demand.issued_on", D, "today", required=True),
        silent("demand.officer_ids", WHO, "case_officers"),
    ),
    "serve_demand": (*service("demand_notice"), silent("service.document_number", T, "demand.number")),
    "perform_after_demand": (*PERFORMED, *SURCHARGE),
    "hear_demand_defence": (
        asked("demand.defence.received_on", D, "陈述申辩日期", "Received on", default="today"),
        asked("demand.defence.speaker_name", T, "陈述申辩人", "Speaker", default="party.name"),
        asked("demand.defence.content", L, "陈述申辩内容", "What was said"),
        optional("demand.defence.papers", T, "提交的证据", "Papers"),
        silent("demand.defence.officer_ids", WHO, "case_officers"),
        silent("demand.heard_on", D, "today", required=True),
    ),
    "accept_demand_defence": (
        asked("demand.defence.reason", L, "复核情况和申辩成立的理由", "Why the defence holds"),
        silent("demand.defence.rechecked_on", D, "today"),
        silent("demand.defence.recheck_officer_ids", WHO, "case_officers"),
        silent("demand.rechecked_on", D, "today", required=True),
    ),
    "decide_own_enforcement": DECIDED,
    "decide_after_defence": (*REFUTED, *DECIDED),
    "decide_immediately": (
        asked("demand.flight_reason", L, "转移或者隐匿财物的迹象", "Signs that property is moved or hidden"),
        asked("demand.flight_proof", T, "证明迹象的证据", "Proof of the signs"),
        *DECIDED,
    ),
    "serve_enforcement": (
        *service("enforcement_decision"), silent("service.document_number", T, "enforcement.number")),
    "enforce": (
        asked("enforcement.implemented_at", M, "实施时间", "Carried out at", default="now"),
        asked("enforcement.urgent", Y, "情况紧急", "Urgent", default="no"),
        optional("enforcement.urgent_reason", T, "情况紧急的理由", "Why urgent"),
        asked("enforcement.residence", Y, "涉及居民住所", "A dwelling is concerned"),
        asked("enforcement.cut_utilities", Y, "停止供水供电供热供燃气", "Water, power, heat or gas cut off",
              default="no"),
        asked("enforcement.result", L, "执行经过和结果", "Course and result"),
        asked("enforcement.finished_on", D, "执行完毕日期", "Finished on", default="today"),
        optional("enforcement.present", T, "在场人", "Persons present"),
        silent("enforcement.officer_ids", WHO, "case_officers"),
        *money_in("", must=False),
        *video("enforcement"),
    ),
    "agree_execution": (
        asked("demand.agreement", L, "协议内容（可以约定分阶段履行）", "Terms"),
        asked("demand.agreement_due_on", D, "最后履行日期", "Last day to perform", time=FUTURE),
        optional("demand.agreement_waived", N, "减免的加处罚款（元）", "Surcharge remitted (yuan)"),
        optional("demand.agreement_remedy", T, "当事人采取的补救措施", "What the party did to repair"),
        asked("demand.agreement_harmless", Y, "不损害公共利益和他人合法权益", "Harms neither public nor others"),
        silent("demand.agreed_on", D, "today", required=True),
        silent("demand.agreement_approver_id", PERSON, "actor"),
    ),
    "keep_agreement": (
        *PERFORMED,
        silent("surcharge.waived", N, "demand.agreement_waived"),
        optional(
            "surcharge.reason_less",
            T,
            "不加处或者减免的理由",
            "Why none or less",
            default="demand.agreement_remedy",
        ),
    ),
    "break_agreement": (silent("demand.agreement_broken_on", D, "today", required=True),),
    "suspend_execution": (
        asked("demand.suspension_ground", C, "中止执行的情形", "Ground", choices=SUSPENSIONS),
        asked("demand.suspension_reason", L, "理由", "Reason"),
        silent("demand.suspended_on", D, "today", required=True),
    ),
    "resume_execution": (
        asked("demand.resumed_reason", L, "中止情形消失的情况", "How the ground fell away"),
        silent("demand.resumed_on", D, "today", required=True),
    ),
    "stop_after_three_years": (
        asked("demand.no_harm_to_society", Y, "没有明显社会危害，当事人确无能力履行",
              "No plain harm to society, and the party cannot perform"),
        asked("termination.reason", L, "理由", "Reason"),
        *ENDS,
    ),
    "terminate": (
        asked("termination.ground", C, "终结执行理由", "Ground", choices=ENDED),
        asked("termination.reason", L, "说明", "Explanation"),
        *ENDS,
    ),
    "hand_to_court": HANDED,
    "hand_to_court_after_defence": (*REFUTED, *HANDED),
}

# What an earlier demand of the same case left is not what this one says.
ANEW = ("served_on", "defence", "heard_on", "rechecked_on", "agreement_due_on", "agreement_waived", "suspended_on",
        "handed_on", "performed_on", "asset_flight", "number")
FIXED: Mapping[str, Mapping[str, Any]] = {
    "issue_demand": {**{f"demand.{name}": None for name in ANEW}, "demand.tells_defence": True},
    "hear_demand_defence": {"demand.defence.recorded": True},
    "accept_demand_defence": {"demand.defence.adopted": True},
    "decide_after_defence": {"demand.defence.adopted": False},
    "hand_to_court_after_defence": {"demand.defence.adopted": False},
    "decide_immediately": {"demand.asset_flight": True},
    "resume_execution": {"demand.suspension_ground": None},
    "stop_after_three_years": {"termination.ground": "three_years"},
}
# fmt: on


def served(name: str) -> Derive:
    """The paper counts as served on the day on which its service took effect."""

    def derive(facts: Fragment) -> None:
        for row in facts.get("services", ()):
            facts.setdefault(name, {})["served_on"] = effective(row)

    return derive


def _remits_nothing(facts: Fragment) -> None:
    """What an earlier agreement would have remitted is not part of this one."""
    facts["demand"].setdefault("agreement_waived", None)


DERIVED: Mapping[str, tuple[Derive, ...]] = {
    "serve_demand": (served("demand"),),
    "serve_enforcement": (served("enforcement"),),
    "perform_after_demand": (only_if_paid,),
    "keep_agreement": (only_if_paid,),
    "enforce": (only_if_paid,),
    "agree_execution": (_remits_nothing,),
}
