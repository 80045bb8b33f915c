"""Who acts, whose power it is, and what happens on the spot."""

from __future__ import annotations

from typing import Any

from xiuhua.cases.tests.procedure.truth.case import DAY, OFFICERS, no, officer, yes

PAIR = ["A", "B"]


def seen(**changed: Any) -> dict[str, Any]:
    """A step that brings one inspection."""
    return {"inspections": [{"on": DAY, "officer_ids": PAIR, "certificate_shown": True, **changed}]}


def one_of(*officers: dict[str, Any]) -> dict[str, Any]:
    return {"officers": list(officers), "step": seen()}


TWO = "two_certified_officers"
WHO = (
    yes(TWO, officers=OFFICERS, step=seen()),
    yes(TWO, officers=OFFICERS, step=seen(officer_ids=["A", "B", "K"])),
    yes(TWO, officers=OFFICERS, step={"interviews": [{"from_at": f"{DAY}T10:00", "officer_ids": PAIR}]}),
    yes(TWO, officers=OFFICERS, step={"samples": [{"on": DAY, "officer_ids": PAIR}]}),
    yes(TWO, officers=OFFICERS, step={"scene": {"arrived_at": f"{DAY}T09:00", "officer_ids": PAIR}}),
    yes(TWO, officers=OFFICERS, step={"correction": {"rechecked_on": DAY, "recheck_officer_ids": PAIR}}),
    yes(TWO, officers=OFFICERS, step={"referral": {"group_ids": PAIR}}),
    yes(TWO, officers=OFFICERS, step={"filing": {"officer_ids": PAIR}}),
    yes(
        TWO,
        officers=OFFICERS,
        filing={"officer_ids": PAIR},
        step={"replacements": [{"out_id": "B", "in_id": "K"}]},
    ),
    yes(TWO, officers=[officer("A", certificate_to=DAY), officer("B", certificate_from=DAY)], step=seen()),
    yes(TWO, officers=OFFICERS, step=seen(officer_ids=["A"]), params={"min_officers": 1}),
    no(TWO, officers=OFFICERS, step={}),
    no(TWO, officers=OFFICERS, inspections=seen()["inspections"]),
    no(TWO, officers=OFFICERS, step=seen(officer_ids=["A"])),
    no(TWO, officers=OFFICERS, step=seen(officer_ids=["A", "A"])),
    no(TWO, officers=OFFICERS, step=seen(officer_ids=["A", "stranger"])),
    no(TWO, officers=OFFICERS, step=seen(officer_ids=None)),
    no(TWO, officers=OFFICERS, step=seen(on="2023-05-17")),
    no(TWO, officers=OFFICERS, step=seen(on=None)),
    no(TWO, **one_of(officer("A"), officer("B", kind="auxiliary"))),
    no(TWO, **one_of(officer("A"), officer("B", certificate_no=""))),
    no(TWO, **one_of(officer("A"), officer("B", certificate_to="2023-05-15"))),
    no(TWO, **one_of(officer("A"), officer("B", certificate_from="2023-05-17"))),
    no(TWO, **one_of(officer("A"), officer("B", certificate_from=None))),
    no(TWO, **one_of(officer("A"), officer("B", certificate_to=None))),
    no(TWO, step=seen()),
    no(TWO, officers=OFFICERS, step={"correction": {"ordered_on": DAY, "officer_ids": PAIR}}),
    no(TWO, officers=OFFICERS, step={"filing": {"proposed_on": DAY}, "referral": {"to": "示例局"}}),
    no(
        TWO,
        officers=[officer("A"), officer("B")],
        filing={"officer_ids": PAIR},
        step={"replacements": [{"out_id": "B", "in_id": "K"}]},
    ),
    yes("certificate_shown", step=seen()),
    yes("certificate_shown", step={"interviews": [{"certificate_shown": True}]}),
    no("certificate_shown", step={}),
    no("certificate_shown", step=seen(certificate_shown=False)),
    no("certificate_shown", step={**seen(), "interviews": [{"certificate_shown": None}]}),
    yes("no_conflict_of_interest", officers=OFFICERS, step=seen()),
    yes(
        "no_conflict_of_interest",
        officers=[*OFFICERS, officer("X", interest_declared=True)],
        recusals=[{"person_id": "K", "result": "granted"}, {"person_id": "A", "result": "refused"}],
        step=seen(),
    ),
    no("no_conflict_of_interest", **one_of(officer("A", interest_declared=True), officer("B"))),
    no(
        "no_conflict_of_interest",
        officers=OFFICERS,
        recusals=[{"person_id": "B", "result": "granted"}],
        step=seen(),
    ),
    yes(
        "recording_on", step={"recording": [{"item_ids": ["V1"]}, {"running": True}, {"gap_reason": "没电"}]}
    ),
    no("recording_on", step={}),
    no("recording_on", recording=[{"item_ids": ["V1"]}]),
    no("recording_on", step={"recording": [{"item_ids": [], "running": False, "gap_reason": " "}]}),
)
ASKED = {"person_id": "A", "result": "granted", "decided_on": DAY, "decided_by_role": "bureau_head"}
RECUSAL = (
    yes("recusal_grounds_examined", step={"recusals": [ASKED]}),
    yes("recusal_grounds_examined", step={"recusals": [{**ASKED, "result": "refused"}]}),
    no("recusal_grounds_examined", step={}),
    no("recusal_grounds_examined", step={"recusals": [{**ASKED, "result": None}]}),
    no("recusal_grounds_examined", step={"recusals": [{**ASKED, "decided_on": "2023-05-17"}]}),
    no("recusal_grounds_examined", step={"recusals": [{**ASKED, "decided_by_role": "squad_head"}]}),
)

HERE = {"handling_area_codes": ["310115016"]}
OURS = {"case": HERE, "violation": {"place_code": "310115016"}, "cause": {"statutory_enforcer": "C"}}
ENDED = {"ended_on": "2021-05-16", "discovered_on": "2023-05-16"}
POWER = (
    yes("place_in_jurisdiction", case=HERE, violation={"place_code": "310115016"}),
    yes("place_in_jurisdiction", case={"appointed_jurisdiction": "沪指定1号"}, violation={"place_code": "1"}),
    no("place_in_jurisdiction", case=HERE, violation={"place_code": "310115136"}),
    no("place_in_jurisdiction", case=HERE),
    no("place_in_jurisdiction", violation={"place_code": "310115016"}),
    yes("our_power", **OURS),
    yes("our_power", **{**OURS, "cause": {"statutory_enforcer": "O", "transfer_basis": "SHUM §11"}}),
    yes("our_power", case={"our_power": True}),
    no("our_power", **{**OURS, "case": {**HERE, "our_power": False}}),
    no("our_power", **{**OURS, "cause": {"statutory_enforcer": "O"}}),
    no("our_power", **{**OURS, "violation": {"place_code": "310115136"}}),
    yes("not_our_power", **{**OURS, "cause": {"statutory_enforcer": "O"}}),
    no("not_our_power", **OURS),
    yes("within_limitation", violation=ENDED),
    no("within_limitation", violation={**ENDED, "ended_on": "2021-05-15"}),
    yes(
        "within_limitation",
        violation={**ENDED, "ended_on": "2018-05-16", "affects_life_health_finance": True},
    ),
    no(
        "within_limitation",
        violation={**ENDED, "ended_on": "2018-05-15", "affects_life_health_finance": True},
    ),
    no(
        "within_limitation",
        day="2018-05-17",
        violation={
            "ended_on": "2016-05-16",
            "discovered_on": "2018-05-17",
            "affects_life_health_finance": True,
        },
    ),
    yes("within_limitation", violation={"occurred_on": "2022-01-01"}),
    no("within_limitation", violation={"occurred_on": "2020-01-01"}),
    yes("within_limitation", violation={"occurred_on": "2001-01-01", "continuing": True}),
    no("within_limitation", violation={}),
    yes("no_earlier_filing_elsewhere", case={}),
    yes("no_earlier_filing_elsewhere", case={"earlier_filing_elsewhere_on": "2023-05-17"}),
    yes(
        "no_earlier_filing_elsewhere",
        case={"earlier_filing_elsewhere_on": "2023-05-01", "appointed_jurisdiction": "指定"},
    ),
    no("no_earlier_filing_elsewhere", case={"earlier_filing_elsewhere_on": "2023-05-16"}),
    yes("filing_criteria_met", party={"name": "示例"}, cause={"basis": "SHCA §25"}),
    yes("filing_criteria_met", violation={"facts": "占道"}, cause={"basis": "SHCA §25"}),
    yes("filing_criteria_met", violation={"occurred_on": DAY}, cause={"basis": "SHCA §25"}),
    no("filing_criteria_met", cause={"basis": "SHCA §25"}),
    no("filing_criteria_met", party={"name": "示例"}),
    no(
        "filing_criteria_met",
        party={"name": "示例"},
        cause={"basis": "SHCA §25"},
        step={"filing": {"penalty_likely": False}},
    ),
)


def refused(criterion: str | None, reason: str = "不符合") -> dict[str, Any]:
    return {"filing": {"failed_criterion": criterion, "refusal_reason": reason}}


NOT_MET = "filing_criteria_not_met"
FILING = (
    yes(NOT_MET, step=refused("no_party_or_act")),
    yes(NOT_MET, step=refused("no_penalty_likely")),
    no(NOT_MET, step=refused("no_penalty_likely", " ")),
    no(NOT_MET, step=refused("bad_mood")),
    no(NOT_MET, step=refused(None)),
    no(NOT_MET, filing=refused("no_party_or_act")["filing"]),
    yes(NOT_MET, violation={**ENDED, "ended_on": "2021-05-15"}, step=refused("time_barred")),
    no(NOT_MET, violation=ENDED, step=refused("time_barred")),
    yes(NOT_MET, step=refused("not_ours"), **{**OURS, "cause": {"statutory_enforcer": "O"}}),
    no(NOT_MET, step=refused("not_ours"), **OURS),
    yes(NOT_MET, case={"earlier_filing_elsewhere_on": "2023-05-01"}, step=refused("filed_elsewhere")),
    no(NOT_MET, case={}, step=refused("filed_elsewhere")),
    yes("approver_is_not_proposer", filing={"proposer_ids": PAIR}, by="H"),
    yes("approver_is_not_proposer", filing={"proposer_ids": PAIR}, step={"filing": {"approver_id": "H"}}),
    no("approver_is_not_proposer", filing={"proposer_ids": PAIR}, by="A"),
    no(
        "approver_is_not_proposer",
        filing={"proposer_ids": PAIR},
        by="H",
        step={"filing": {"approver_id": "B"}},
    ),
    no("approver_is_not_proposer", filing={"proposer_ids": PAIR}),
    yes("reason_given", step={"reason": "证据不足"}),
    no("reason_given", step={"reason": "  "}),
    no("reason_given", step={"reason": 3}),
    no("reason_given", reason="上次的理由"),
    yes("reason_recorded", step={"reason": "证据不足"}),
    no("reason_recorded", step={}),
)

CITIZEN = {"party": {"kind": "citizen", "name": "张示例", "id_no": "示例号"}}
TRADER = {"party": {"kind": "individual_business", "name": "示例店", "licence_no": "示例照"}}
FIRM = {"party": {"kind": "organisation", "name": "示例公司", "usci": "示例码"}}
VENDING = {"cause": {"basis": "SHCA §25(2)", "kinds_allowed": ["fine"]}}


def told(*kinds: str, fine: float | None = None) -> dict[str, Any]:
    return {"notice": {"planned_kinds": list(kinds), "planned_fine": fine}}


LIMIT = "summary_fine_within_limit"
SPOT = (
    yes("act_slight", violation={"slight": True, "harm": False}),
    no("act_slight", violation={"slight": True, "harm": True}),
    no("act_slight", violation={"harm": False}),
    yes("corrected_on_the_spot", violation={"corrected_on": DAY}),
    no("corrected_on_the_spot", violation={"corrected_on": "2023-05-17"}),
    no("corrected_on_the_spot", violation={}),
    yes("education_first_applies", cause={"direct_penalty": False}),
    no("education_first_applies", cause={"direct_penalty": True}),
    yes("violation_not_found", violation={"found": False}),
    no("violation_not_found", violation={"found": True}),
    no("violation_not_found", violation={}),
    yes("facts_clear", violation={"facts": "占道设摊"}),
    no("facts_clear", violation={"facts": ""}),
    no("facts_clear", violation={"facts": "占道设摊", "facts_clear": False}),
    yes("legal_basis_exists", **VENDING, step=told("fine", fine=50)),
    yes("legal_basis_exists", **VENDING, decision={"kinds": ["fine"]}),
    no("legal_basis_exists", **VENDING, step=told("warning")),
    no("legal_basis_exists", **VENDING),
    no("legal_basis_exists", cause={"kinds_allowed": ["fine"]}, step=told("fine")),
    no("legal_basis_exists", cause={"basis": "SHCA §25(2)"}, step=told("fine")),
    yes(LIMIT, day="2018-05-16", **CITIZEN, step=told("fine", fine=50)),
    no(LIMIT, day="2018-05-16", **CITIZEN, step=told("fine", fine=50.01)),
    yes(LIMIT, day="2018-05-16", **FIRM, step=told("fine", fine=1000)),
    no(LIMIT, day="2018-05-16", **FIRM, step=told("fine", fine=1001)),
    yes(LIMIT, **CITIZEN, step=told("fine", fine=200)),
    no(LIMIT, **CITIZEN, step=told("fine", fine=201)),
    yes(LIMIT, **FIRM, step=told("fine", fine=3000)),
    no(LIMIT, **FIRM, step=told("fine", fine=3001)),
    no(LIMIT, day="2021-07-14", **CITIZEN, step=told("fine", fine=51)),
    yes(LIMIT, day="2021-07-15", **CITIZEN, step=told("fine", fine=51)),
    no(LIMIT, **TRADER, step=told("fine", fine=201)),
    yes(
        LIMIT, **TRADER, step=told("fine", fine=201), params={"individual_business_counts_as": "organisation"}
    ),
    no(LIMIT, **CITIZEN, **told("fine", fine=100), step={"decision": {"fine": 250}}),
    yes(LIMIT, **CITIZEN, step=told("warning")),
    yes("summary_kind_allowed", step=told("warning", "fine")),
    no("summary_kind_allowed", step=told("fine", "confiscate_property")),
    no("summary_kind_allowed", step={}),
    yes("party_identity_known", **CITIZEN),
    yes("party_identity_known", **TRADER),
    yes("party_identity_known", **FIRM),
    yes("party_identity_known", party={"kind": "individual_business", "name": "示例", "id_no": "示例号"}),
    no("party_identity_known", party={"kind": "citizen", "name": "张示例"}),
    no("party_identity_known", party={"kind": "citizen", "name": "张示例", "usci": "示例码"}),
    no("party_identity_known", party={"kind": "organisation", "usci": "示例码"}),
    no("party_identity_known"),
    yes("summary_not_allowed", **CITIZEN, step={"violation": {"facts_clear": False}}),
    yes("summary_not_allowed", **CITIZEN, step={"switch": {"fine": 201}}),
    yes("summary_not_allowed", **CITIZEN, step={"switch": {"kinds": ["confiscate_property"]}}),
    no("summary_not_allowed", **CITIZEN, step={"switch": {"fine": 200, "kinds": ["fine"]}}),
    yes("defence_listened", defence={"recorded": True}),
    no("defence_listened", defence={}),
    yes("defence_accepted", defence={"adopted": True, "reason": "确有许可"}),
    no("defence_accepted", defence={"adopted": True, "reason": ""}),
    no("defence_accepted", defence={"adopted": False, "reason": "不成立"}),
    yes("form_numbered", decision={"number": "浦当罚1号"}),
    yes("form_numbered", decision={"number": "1230100001", "number_series": "money10"}),
    no("form_numbered", decision={"number": "123010001", "number_series": "money10"}),
    no("form_numbered", decision={"number": "123010000A", "number_series": "money10"}),
    no("form_numbered", decision={"number_series": "money10"}),
    no("form_numbered", decision={"number": " "}),
    yes("two_officers_signed", decision={"signed_by": PAIR}),
    no("two_officers_signed", decision={"signed_by": ["A", "A"]}),
    no("two_officers_signed", decision={}),
    yes("handed_over_same_day", decision={"decided_on": DAY, "delivered_on": DAY}),
    no("handed_over_same_day", decision={"decided_on": DAY, "delivered_on": "2023-05-17"}),
    no("handed_over_same_day", decision={}),
    yes("refusal_noted_if_refused", decision={"sign_refused": False}),
    yes("refusal_noted_if_refused", decision={"sign_refused": True, "refusal_noted": True}),
    no("refusal_noted_if_refused", decision={"sign_refused": True}),
    yes("register_entry_made", decision={"filed_with_agency_on": DAY}),
    no("register_entry_made", decision={"filed_with_agency_on": "2023-05-17"}),
    no("register_entry_made", decision={}),
    yes("warning_only", decision={"kinds": ["warning"]}),
    no("warning_only", decision={"kinds": ["warning", "fine"], "fine": 50}),
    no("warning_only", decision={"kinds": ["warning"], "fine": 50}),
    no("warning_only", decision={"kinds": []}),
)

CASES = (*WHO, *RECUSAL, *POWER, *FILING, *SPOT)
