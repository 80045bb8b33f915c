"""A case of several parties and acts: joined, weighed apart, told, heard, decided, served and paid, each by itself."""

from __future__ import annotations

from typing import Any

from xiuhua.cases.tests.procedure.truth.case import Case, no, yes

PEDLAR = {"kind": "citizen", "name": "张示例", "id_no": "示例号一"}
FIRM = {
    "id": "P2",
    "kind": "organisation",
    "name": "示例公司",
    "usci": "示例码",
    "reason": "共同实施",
    "joined_on": "2023-05-02",
}
STALL = {"code": "SR11", "basis": "SHCA §25(2)", "floor": 100, "ceiling": 1000, "kinds_allowed": ["fine", "warning"],
         "statutory_enforcer": "C", "by_kind": {"organisation": {"floor": 500, "ceiling": 6000}}}  # fmt: skip
BOARD = {"code": "SR20", "basis": "SHCA §26", "floor": 100, "ceiling": 3000, "kinds_allowed": ["fine"],
         "statutory_enforcer": "C"}  # fmt: skip
SECOND = {"id": "V2", "cause": BOARD, "facts": "设置招牌", "occurred_on": "2023-05-01", "place": "二号",
          "reason": "一并发现", "joined_on": "2023-05-02",
          "discovered_on": "2023-05-02", "evidence_ids": ["E2"]}  # fmt: skip
BASE: dict[str, Any] = {
    "case": {"handling_area_codes": ["310115016"]},
    "party": PEDLAR,
    "violation": {"occurred_on": "2023-05-01", "place": "一号", "place_code": "310115016", "facts": "设摊"},
    "cause": STALL,
    "evidence": [
        {"id": "E1", "relied_on": True},
        {"id": "E2", "relied_on": True},
        {"name": "无号", "relied_on": False},
    ],
}
TWO: dict[str, Any] = {**BASE, "parties": [FIRM]}
FOUR: dict[str, Any] = {**TWO, "violations": [SECOND]}
ONE_OF_TWO_ACTS: dict[str, Any] = {**BASE, "violations": [SECOND]}


def _items(*rows: tuple[str, str, float], **more: Any) -> list[dict[str, Any]]:
    return [
        {"party": p, "violation": v, "kinds": ["fine"] if fine else [], "fine": fine, "tier": "ordinary",
         "reasons": "初次", **more}
        for p, v, fine in rows
    ]  # fmt: skip


WHOLE = (("P1", "V1", 800.0), ("P1", "V2", 300.0), ("P2", "V1", 6000.0), ("P2", "V2", 0.0))


def report(*rows: tuple[str, str, float], total: float | None = None, **more: Any) -> dict[str, Any]:
    found = sum(r[2] for r in rows) if total is None else total
    kinds = ["fine"]
    return {
        "investigation_report": {
            "items": _items(*rows, **more),
            "proposed_fine": found,
            "proposed_kinds": kinds,
        }
    }


def notice(*rows: tuple[str, str, float], total: float | None = None, **more: Any) -> dict[str, Any]:
    found = sum(r[2] for r in rows) if total is None else total
    said = {"planned_fine": found, "planned_kinds": ["fine"], "served_on": "2023-05-08", "issued_on": "2023-05-08",
            "defence_days": 5, **more}  # fmt: skip
    return {"notice": {**said, "items": _items(*rows)}}


def decision(*rows: tuple[str, str, float], total: float | None = None, **more: Any) -> dict[str, Any]:
    found = sum(r[2] for r in rows) if total is None else total
    said = {"kinds": ["fine"], "fine": found, "decided_on": "2023-05-15"}
    return {"decision": {**said, "items": _items(*rows, **more)}}


def _served(document: str, party: str, on: str = "2023-05-09") -> dict[str, Any]:
    return {"document": document, "on": on, "party": party, "method": "direct", "receipt": True}


def _on_both(document: str, on: str) -> list[dict[str, Any]]:
    return [_served(document, party, on) for party in ("P1", "P2")]


def _changed(row: dict[str, Any], **changed: Any) -> dict[str, Any]:
    return {**row, **changed}


JOINS = (
    yes("has_other_parties", **TWO),
    no("has_other_parties", **BASE),
    yes("has_other_acts", **FOUR),
    no("has_other_acts", **TWO),
    yes("before_prior_notice", **BASE),
    no("before_prior_notice", **BASE, **notice(*WHOLE)),
    yes("joined_party_known", **BASE, step={"parties": [FIRM]}),
    no("joined_party_known", **TWO),
    no("joined_party_known", **BASE, step={"parties": [_changed(FIRM, usci="")]}),
    no("joined_party_known", **BASE, step={"parties": [_changed(FIRM, kind="crowd")]}),
    no("joined_party_known", **BASE, step={"parties": [_changed(FIRM, reason=" ")]}),
    yes("party_named_once", **TWO),
    no("party_named_once", **TWO, step={"parties": [_changed(FIRM, id="P3", name="另一名称")]}),
    no("party_named_once", **BASE, step={"parties": [_changed(FIRM, id_no="示例号一", usci="")]}),
    no("party_named_once", party={"name": "张示例"}, parties=[{"id": "P2", "name": "张示例"}]),
    yes(
        "party_named_once",
        **TWO,
        step={"parties": [{"id": "P2", "left_on": "2023-05-03"}, _changed(FIRM, id="P3")]},
    ),
    yes(
        "party_may_leave",
        **TWO,
        step={"parties": [{"id": "P2", "left_on": "2023-05-03", "left_reason": "无关"}]},
    ),
    no("party_may_leave", **TWO, step={"parties": [{"id": "P2", "left_on": "2023-05-03"}]}),
    no(
        "party_may_leave",
        **TWO,
        step={"parties": [{"id": "P9", "left_on": "2023-05-03", "left_reason": "无关"}]},
    ),
    no(
        "party_may_leave",
        **TWO,
        step={"parties": [{"id": "P1", "joined_on": "2023-05-01", "left_reason": "无关"}]},
    ),
    no("party_may_leave", **TWO),
    yes("act_has_basis", **BASE, step={"violations": [SECOND]}),
    no("act_has_basis", **BASE, step={"violations": [_changed(SECOND, facts="")]}),
    no("act_has_basis", **BASE, step={"violations": [_changed(SECOND, cause={})]}),
    no("act_has_basis", **BASE),
    yes("act_within_limitation", **BASE, step={"violations": [SECOND]}),
    no("act_within_limitation", **BASE, step={"violations": [_changed(SECOND, occurred_on="2021-05-01")]}),
    yes("act_our_power", **BASE, step={"violations": [SECOND]}),
    no("act_our_power", **BASE, step={"violations": [_changed(SECOND, our_power=False)]}),
    no("act_our_power", **BASE, step={"violations": [_changed(SECOND, place_code="310101001")]}),
    yes("act_named_once", **FOUR),
    no("act_named_once", **FOUR, step={"violations": [_changed(SECOND, id="V3")]}),
    yes("act_named_once", **FOUR, step={"violations": [_changed(SECOND, id="V3", place="三号")]}),
    yes("act_joined_before", **FOUR, step={"violations": [{"id": "V2", "amended_on": "2023-05-03"}]}),
    no("act_joined_before", **FOUR, step={"violations": [{"id": "V7", "amended_on": "2023-05-03"}]}),
    no("act_joined_before", **FOUR, step={"violations": [{"id": "V2", "left_on": "2023-05-03"}]}),
    yes(
        "act_may_leave",
        **FOUR,
        step={"violations": [{"id": "V2", "left_on": "2023-05-03", "left_reason": "无关"}]},
    ),
    no(
        "act_may_leave",
        **FOUR,
        step={"violations": [{"id": "V1", "left_on": "2023-05-03", "left_reason": "无关"}]},
    ),
    yes("each_act_proved", **FOUR),
    yes("each_act_proved", **BASE),
    no("each_act_proved", **TWO, violations=[_changed(SECOND, evidence_ids=["#3"])]),
    no("each_act_proved", **TWO, violations=[_changed(SECOND, evidence_ids=None)]),
    no("each_act_proved", **TWO, violations=[_changed(SECOND, facts=None)]),
)

EACH, PLANNED, DECIDED = "each_weighed_apart", "each_planned_apart", "each_decided_apart"
SAME = {**TWO, "violations": [_changed(SECOND, same_act_as="V1")]}
LOW = {**TWO, "violations": [_changed(SECOND, same_act_as="V1", cause=_changed(BOARD, ceiling=900))]}
UNKNOWN = {**TWO, "violations": [_changed(SECOND, same_act_as="V1", cause=_changed(BOARD, ceiling=None))]}
NOT_THE_FIRM = (("P2", "V1", 0.0), ("P2", "V2", 0.0))
APART = (
    yes(EACH, **FOUR, **report(*WHOLE)),
    yes(EACH, **BASE, investigation_report={"proposed_fine": 500}),
    yes(EACH, **FOUR, investigation_report={"on": "2023-05-03"}),
    no(EACH, **FOUR, **report(*WHOLE[:3])),
    no(EACH, **FOUR, **report(*WHOLE, total=7000)),
    no(EACH, **FOUR, **report(*WHOLE, tier="")),
    no(EACH, **FOUR, **report(*WHOLE, reasons="")),
    no(EACH, **FOUR, investigation_report={"proposed_fine": 7100, "tier": "ordinary"}),
    yes(PLANNED, **FOUR, **notice(*WHOLE)),
    yes(PLANNED, **BASE),
    no(PLANNED, **FOUR, **notice(*WHOLE[1:])),
    no(PLANNED, **FOUR, **notice(*WHOLE, total=1)),
    no(PLANNED, **FOUR, **notice(*((p, v, 0.0) for p, v, _ in WHOLE))),
    no(
        PLANNED,
        **FOUR,
        notice={"items": [{"party": p, "violation": v, "kinds": ["fine"]} for p, v, _ in WHOLE]},
    ),
    yes(DECIDED, **FOUR, **decision(*WHOLE)),
    yes(DECIDED, **BASE),
    no(DECIDED, **FOUR, **decision(*WHOLE[:2])),
    no(DECIDED, **FOUR, **decision(*WHOLE, total=7100.5)),
    no(DECIDED, **FOUR, **decision(*WHOLE, kinds=[])),
)
RANGE, BASIS, HEAVIER = "amount_in_range_or_ground", "kind_has_basis", "not_heavier_after_defence"
AMOUNTS = (
    yes(RANGE, **FOUR, **decision(*WHOLE)),
    # 1,200 for the pedlar is over his range, though the firm's would take it, and the sum is smaller than planned.
    no(RANGE, **FOUR, **decision(("P1", "V1", 1200.0), *WHOLE[1:])),
    no(RANGE, **FOUR, **decision(*WHOLE[:2], ("P2", "V1", 400.0), WHOLE[3])),
    no(RANGE, **FOUR, **decision()),
    yes(BASIS, **FOUR, **decision(*WHOLE)),
    no(BASIS, **FOUR, **decision(*WHOLE, kinds=["suspend_business"])),
    no(BASIS, **FOUR, **decision(("P1", "V2", 300.0), kinds=["fine", "warning"])),
    yes("refusal_proved_if_needed", **FOUR, **decision(*WHOLE)),
    no("refusal_proved_if_needed", **TWO, **decision(*WHOLE),
       violations=[_changed(SECOND, cause=_changed(BOARD, needs_refusal=True))]),
    yes("refusal_proved_if_needed", **TWO, **decision(WHOLE[0], ("P1", "V2", 0.0), *WHOLE[2:]),
        violations=[_changed(SECOND, cause=_changed(BOARD, needs_refusal=True))]),
    yes("same_act_not_fined_before", **FOUR, **decision(*WHOLE),
        other_decisions=[{"same_act": True, "fine": 50, "party_name": "王示例"}]),
    no("same_act_not_fined_before", **FOUR, **decision(*WHOLE),
       other_decisions=[{"same_act": True, "fine": 50, "party_name": "示例公司"}]),
    yes("same_act_not_fined_before", **FOUR, **decision(*WHOLE[:2], *NOT_THE_FIRM),
        other_decisions=[{"same_act": True, "fine": 50, "party_name": "示例公司"}]),
    yes(HEAVIER, **FOUR, **notice(*WHOLE), **decision(*WHOLE)),
    # The sum is lower, and yet the firm is punished more for having spoken.
    no(HEAVIER, **FOUR, **notice(*WHOLE), **decision(("P1", "V1", 100.0), WHOLE[1], ("P2", "V1", 6001.0), WHOLE[3])),
    no(HEAVIER, **FOUR, **notice(*WHOLE), **decision(*WHOLE[:3], ("P2", "V2", 1.0))),
    no(HEAVIER, **FOUR, **notice(*WHOLE), **decision(*WHOLE, kinds=["fine", "warning"])),
    yes(HEAVIER, **FOUR, **notice(*WHOLE), **decision(*WHOLE), defences=[{"party": "P2", "proposed_fine": 6000}]),
    no(HEAVIER, **FOUR, **notice(*WHOLE), **decision(*WHOLE), defences=[{"party": "P2", "proposed_fine": 6001}]),
    no(HEAVIER, **FOUR, **notice(*WHOLE), **decision(*WHOLE), defence={"proposed_fine": 1101}),
)  # fmt: skip
ONCE = "same_act_fined_once"
ONCE_ONLY = (
    yes(ONCE, **BASE),
    yes(ONCE, **FOUR, **decision(*WHOLE)),
    no(ONCE, **SAME, **decision(*WHOLE)),
    # The board's norm has the higher fine for the pedlar, the stall's for the firm.
    yes(ONCE, **SAME, **decision(("P1", "V2", 300.0), ("P2", "V1", 6000.0))),
    no(ONCE, **SAME, **decision(("P1", "V1", 300.0), ("P2", "V1", 6000.0))),
    no(ONCE, **SAME, **decision(("P1", "V2", 300.0), ("P2", "V2", 3000.0))),
    yes(ONCE, **LOW, **decision(("P1", "V1", 300.0))),
    yes(ONCE, **UNKNOWN, **decision(("P1", "V1", 300.0))),
    # The text of 2017 forbade the second fine, and did not choose between the norms.
    yes(ONCE, day="2018-05-16", **SAME, **decision(("P1", "V1", 300.0))),
    no(ONCE, day="2018-05-16", **SAME, **decision(("P1", "V1", 300.0), ("P1", "V2", 300.0))),
)
DUE, RIGHTS = "hearing_required", "rights_in_notice"
LARGE = (("P1", "V1", 0.0), ("P1", "V2", 0.0), ("P2", "V1", 30000.0), ("P2", "V2", 20000.0))
HEARING = (
    no(DUE, **FOUR, **notice(*WHOLE)),
    yes(DUE, **FOUR, **notice(*LARGE)),
    no(DUE, **FOUR, **notice(*LARGE[:3], ("P2", "V2", 19999.0))),
    # 5,000 for a citizen, though the sum of both parties is what counts for nobody.
    yes(DUE, **FOUR, **notice(("P1", "V1", 3000.0), ("P1", "V2", 2000.0))),
    no(DUE, **FOUR, **notice(("P1", "V1", 4999.0), ("P2", "V1", 45001.0))),
    yes(DUE, **FOUR, **report(*LARGE)),
    yes(DUE, **TWO, violations=[_changed(SECOND, cause=_changed(BOARD, hearing_always=True))], **notice(*WHOLE)),
    no(DUE, **TWO, violations=[_changed(SECOND, cause=_changed(BOARD, hearing_always=True))],
       **notice(*NOT_THE_FIRM)),
    yes(DUE, **FOUR, notice={"items": [{"party": "P2", "violation": "V1", "kinds": ["revoke_licence"]}]}),
    yes(DUE, **FOUR, notice={"items": [{"party": "P2", "violation": "V1", "kinds": ["confiscate_gains"],
                                        "gains": 50000}]}),
    no(DUE, day="2018-05-16", **FOUR, notice={"items": [{"party": "P2", "violation": "V1",
                                                        "kinds": ["confiscate_gains"], "gains": 50000}]}),
    no(RIGHTS, **FOUR, **notice(*LARGE, tells_defence=True)),
)  # fmt: skip
REACHED, DONE, OVER = "notice_reached_each_party", "defence_or_waiver_done", "defence_period_over"
TOLD_BOTH = [_served("prior_notice", "P1", "2023-05-08"), _served("prior_notice", "P2", "2023-05-10")]
SPOKE = {"party": "P2", "received_on": "2023-05-11", "content": "未参与"}
BRINGS = {"services": [_served("prior_notice", "P2", "2023-05-10")]}
TELLING = (
    yes(REACHED, **BASE),
    no(REACHED, **TWO, **notice(*WHOLE)),
    yes(REACHED, **TWO, **notice(*WHOLE), services=TOLD_BOTH),
    no(REACHED, day="2023-05-09", **TWO, **notice(*WHOLE), services=TOLD_BOTH),
    # What was served before the plan changed was another notice.
    no(REACHED, **TWO, **notice(*WHOLE), services=TOLD_BOTH, renotice={"on": "2023-05-11"}),
    yes("served_party_named", **TWO, step=BRINGS),
    yes("served_party_named", **TWO, step={"services": [{"document": "prior_notice"}]}),
    no("served_party_named", **BASE, step=BRINGS),
    no("served_party_named", **TWO),
    yes("notice_service_dated", **TWO, **notice(*WHOLE), step=BRINGS),
    no("notice_service_dated", **TWO, **notice(*WHOLE, issued_on="2023-05-11"), step=BRINGS),
    no("notice_service_dated", **TWO, step=BRINGS),
    no("notice_service_dated", day="2023-05-09", **TWO, **notice(*WHOLE), step=BRINGS),
    yes("other_defence_recorded", **TWO, step={"defences": [SPOKE]}),
    yes("other_defence_recorded", **TWO, step={"defences": [{"party": "P2", "waived_in_writing": True}]}),
    no("other_defence_recorded", **TWO, step={"defences": [{"party": "P2"}]}),
    no("other_defence_recorded", **TWO, step={"defences": [_changed(SPOKE, content="")]}),
    no("other_defence_recorded", **TWO, step={"defences": [_changed(SPOKE, party="P1")]}),
    no("other_defence_recorded", **BASE, step={"defences": [SPOKE]}),
    no("other_defence_recorded", **TWO, defences=[SPOKE]),
    yes("other_defence_answered", **TWO, defences=[SPOKE],
        step={"defences": [{"party": "P2", "rechecked_on": "2023-05-12", "adopted": True}]}),
    yes("other_defence_answered", **TWO, defences=[SPOKE],
        step={"defences": [{"party": "P2", "rechecked_on": "2023-05-12", "adopted": False, "reason": "查无证据"}]}),
    no("other_defence_answered", **TWO, defences=[SPOKE],
       step={"defences": [{"party": "P2", "rechecked_on": "2023-05-12", "adopted": False}]}),
    no("other_defence_answered", **TWO, step={"defences": [{"party": "P2", "rechecked_on": "2023-05-12"}]}),
    no("other_defence_answered", **TWO),
    yes(DONE, day="2023-05-16", **TWO, **notice(*WHOLE), services=TOLD_BOTH),
    no(DONE, day="2023-05-15", **TWO, **notice(*WHOLE), services=TOLD_BOTH),
    no(DONE, **TWO, **notice(*WHOLE), services=TOLD_BOTH[:1]),
    no(DONE, **TWO, **notice(*WHOLE), services=TOLD_BOTH, defences=[SPOKE]),
    yes(DONE, **TWO, **notice(*WHOLE), services=TOLD_BOTH,
        defences=[SPOKE, {"party": "P2", "rechecked_on": "2023-05-12"}]),
    yes(DONE, day="2023-05-12", **TWO, **notice(*WHOLE), services=TOLD_BOTH, defence={"waived_in_writing": True},
        defences=[{"party": "P2", "waived_in_writing": True}]),
    # The days of the last to be told count.
    no(OVER, day="2023-05-15", **TWO, **notice(*WHOLE), services=TOLD_BOTH),
    yes(OVER, day="2023-05-16", **TWO, **notice(*WHOLE), services=TOLD_BOTH),
    no("hearing_period_over", day="2023-05-16", **TWO, services=TOLD_BOTH, **notice(*LARGE, tells_hearing=True)),
    yes("hearing_period_over", day="2023-05-18", **TWO, services=TOLD_BOTH, **notice(*LARGE, tells_hearing=True)),
)  # fmt: skip
SERVED, PAID = "decision_reached_each_party", "paid_in_full"
LAST = (
    yes(SERVED, **BASE),
    no(SERVED, **TWO, **decision(*WHOLE), services=[_served("penalty_decision", "P1", "2023-05-16")]),
    yes(SERVED, **TWO, **decision(*WHOLE), services=_on_both("penalty_decision", "2023-05-16")),
    no(SERVED, **TWO, **decision(*WHOLE), services=_on_both("penalty_decision", "2023-05-14")),
    yes(SERVED, **TWO, no_penalty={"decided_on": "2023-05-15"},
        services=_on_both("no_penalty_decision", "2023-05-16")),
    yes(PAID, **FOUR, **decision(*WHOLE), payment={"items": [
        {"on": "2023-05-16", "amount": 1100}, {"on": "2023-05-16", "amount": 6000, "party": "P2"}]}),
    # The sum is there, but one paid for the other.
    no(PAID, **FOUR, **decision(*WHOLE), payment={"items": [{"on": "2023-05-16", "amount": 7100}]}),
    no(PAID, **FOUR, **decision(*WHOLE), payment={"items": [{"on": "2023-05-16", "amount": 6000, "party": "P2"}]}),
)  # fmt: skip
BIG = (("P1", "V1", 800.0), ("P2", "V1", 60000.0))
TOLD_OF_IT = {**TWO, "services": TOLD_BOTH, **notice(*BIG, tells_hearing=True)}


def says(party: str = "P2", **said: Any) -> dict[str, Any]:
    return {"hearing_requests": [{"party": party, **said}]}


ASKED = says(requested_on="2023-05-11")
HELD = {"held_on": "2023-05-12", "report_on": "2023-05-13"}
OF_THE_OTHER = (
    yes("other_hearing_in_time", **TOLD_OF_IT, step=ASKED),
    no("other_hearing_in_time", **TOLD_OF_IT, step=says("P1", requested_on="2023-05-11")),
    no("other_hearing_in_time", **TOLD_OF_IT, step=says("P9", requested_on="2023-05-11")),
    no("other_hearing_in_time", **TOLD_OF_IT, step=says(requested_on="2023-06-20"), day="2023-06-20"),
    no("other_hearing_in_time", **TOLD_OF_IT, step=says(requested_on="2023-05-17")),
    no("other_hearing_in_time", **TOLD_OF_IT, step=says()),
    no("other_hearing_in_time", **TOLD_OF_IT),
    no(
        "other_hearing_in_time",
        **TOLD_OF_IT,
        step={"hearing_requests": [*ASKED["hearing_requests"], {"party": "P1"}]},
    ),
    no("other_hearing_in_time", **TWO, services=TOLD_BOTH, **notice(*WHOLE, tells_hearing=True), step=ASKED),
    no("other_hearing_in_time", **TWO, services=TOLD_BOTH, **notice(*BIG), step=ASKED),
    no(
        "other_hearing_in_time",
        **TOLD_OF_IT,
        hearing_requests=[{"party": "P2", "waived_in_writing": True}],
        step=ASKED,
    ),
    yes("other_hearing_waived", **TOLD_OF_IT, step=says(waived_in_writing=True)),
    no("other_hearing_waived", **TOLD_OF_IT, step=says(waived_in_writing=False)),
    no("other_hearing_waived", **TOLD_OF_IT, step=says("P1", waived_in_writing=True)),
    no("other_hearing_waived", **TOLD_OF_IT, **ASKED, step=says(waived_in_writing=True)),
    no("hearing_settled", **TOLD_OF_IT, hearing={"waived_in_writing": True}, day="2023-05-11"),
    yes("hearing_settled", **TOLD_OF_IT, hearing={"waived_in_writing": True}, day="2023-06-20"),
    yes("hearing_settled", **TOLD_OF_IT, **says(waived_in_writing=True), hearing={"waived_in_writing": True}),
    no("hearing_settled", **TOLD_OF_IT, **ASKED, hearing={"waived_in_writing": True}, day="2023-06-20"),
    yes("hearing_settled", **TOLD_OF_IT, **ASKED, hearing={"waived_in_writing": True, **HELD}),
    no(
        "hearing_settled",
        **TOLD_OF_IT,
        **ASKED,
        hearing={"waived_in_writing": True, "under_way": True, **HELD},
    ),
    no(
        "hearing_settled",
        **TOLD_OF_IT | {"services": TOLD_BOTH[:1]},
        hearing={"waived_in_writing": True},
        day="2023-06-20",
    ),
    yes("not_heard_yet", **TOLD_OF_IT, **ASKED, hearing={"waived_in_writing": True}),
    no("not_heard_yet", **TOLD_OF_IT, hearing={"waived_in_writing": True}),
    no("not_heard_yet", **TOLD_OF_IT, **ASKED, hearing=HELD),
    yes("other_not_heavier", **TOLD_OF_IT, step={"defences": [{"party": "P2", "proposed_fine": 60000}]}),
    yes("other_not_heavier", **TOLD_OF_IT, step={"defences": [{"party": "P2"}]}),
    no("other_not_heavier", **TOLD_OF_IT, step={"defences": [{"party": "P2", "proposed_fine": 60001}]}),
    no("other_not_heavier", **TOLD_OF_IT, step={"defences": [{"party": "P1", "proposed_fine": 1}]}),
    no("other_not_heavier", **TOLD_OF_IT),
)
SEVERAL: tuple[Case, ...] = (*JOINS, *APART, *AMOUNTS, *ONCE_ONLY, *HEARING, *TELLING, *OF_THE_OTHER, *LAST)
