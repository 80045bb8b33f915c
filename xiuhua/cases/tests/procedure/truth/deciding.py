"""Notice, defence, hearing and decision."""

from __future__ import annotations

from typing import Any

from xiuhua.cases.tests.procedure.truth.case import DAY, no, yes


def notice(**changed: Any) -> dict[str, Any]:
    return {
        "notice": {
            "facts": True,
            "reasons": True,
            "basis": "SHCA §27(2)",
            "planned_kinds": ["fine"],
            "planned_fine": 5000,
            "tells_defence": True,
            "tells_hearing": False,
            "served_on": "2023-05-08",
            "defence_days": 5,
            **changed,
        }
    }


FIRM = {"party": {"kind": "organisation", "name": "示例公司"}}
CITIZEN = {"party": {"kind": "citizen", "name": "张示例"}}
PLAN, RIGHTS = "notice_states_planned_penalty", "rights_in_notice"
NOTICE = (
    yes("notice_states_facts_reasons_basis", **notice()),
    *(no("notice_states_facts_reasons_basis", **notice(**{k: None})) for k in ("facts", "reasons", "basis")),
    yes(PLAN, **notice()),
    yes(PLAN, **notice(planned_kinds=["suspend_business"], planned_fine=None)),
    no(PLAN, **notice(planned_kinds=[])),
    no(PLAN, **notice(planned_fine=None)),
    yes(RIGHTS, **FIRM, **notice()),
    no(RIGHTS, **FIRM, **notice(tells_defence=False)),
    no(RIGHTS, **FIRM, **notice(planned_fine=50000)),
    yes(RIGHTS, **FIRM, **notice(planned_fine=50000, tells_hearing=True)),
    yes("notice_served", **notice()),
    yes("notice_served", **notice(), renotice={"on": "2023-05-08"}),
    no("notice_served", **notice(served_on=None)),
    no("notice_served", **notice(served_on="2023-05-17")),
    no("notice_served", **notice(), renotice={"on": "2023-05-09"}),
    yes("defence_recorded", defence={"received_on": DAY, "recorded": True}),
    no("defence_recorded", defence={"received_on": DAY}),
    no("defence_recorded", defence={"recorded": True}),
    yes("waiver_in_writing", step={"defence": {"waived_in_writing": True}}),
    yes("waiver_in_writing", step={"hearing": {"waived_in_writing": True}}),
    no("waiver_in_writing", step={"defence": {"waived_in_writing": False}}),
    *(
        line("waiver_in_writing", **notice(served_on="2023-05-08"), step={"defence": waiver})
        for line, waiver in (
            (yes, {"waived_in_writing": True, "waived_on": "2023-05-08"}),
            (no, {"waived_in_writing": True, "waived_on": "2023-05-07"}),
        )
    ),
    *(
        line("waiver_in_writing", hearing={"told_on": "2023-05-08", **asked}, step={"hearing": waiver})
        for line, asked, waiver in (
            (yes, {}, {"waived_in_writing": True, "waived_on": "2023-05-08"}),
            (no, {}, {"waived_in_writing": True, "waived_on": "2023-05-07"}),
            (no, {"requested_on": "2023-05-10"}, {"waived_in_writing": True, "waived_on": "2023-05-09"}),
            (yes, {"requested_on": "2023-05-10"}, {"waived_in_writing": True, "waived_on": "2023-05-10"}),
        )
    ),
    no("waiver_in_writing", defence={"waived_in_writing": True}),
    yes("defence_period_over", day="2023-05-14", **notice()),
    no("defence_period_over", day="2023-05-13", **notice()),
    no("defence_period_over", **notice(served_on=None)),
    no("defence_period_over", **notice(defence_days=None)),
    yes("defence_period_over", day="2023-05-09", **notice(defence_days=0)),
)


def answered(**changed: Any) -> dict[str, Any]:
    return {"defence": {"rechecked_on": DAY, "adopted": False, "reason": "理由不成立", **changed}}


POINTS, HEAVIER, DONE = "each_point_answered", "not_heavier_after_defence", "defence_or_waiver_done"
CHANGE = {"renotice": {"ground": "new_facts", "reason": "发现另一处"}, "notice": None, "defence": None}
DEFENCE = (
    yes(POINTS, **answered()),
    yes(POINTS, **answered(adopted=True, reason=None)),
    no(POINTS, **answered(reason=" ")),
    no(POINTS, **answered(rechecked_on=None)),
    yes(POINTS, **answered(points=["一", "二"], answers=["否", "是"])),
    no(POINTS, **answered(points=["一", "二"], answers=["否"])),
    no(POINTS, **answered(points=["一", "二"], answers=["否", ""])),
    yes(HEAVIER, **notice(), decision={"fine": 5000, "kinds": ["fine"]}),
    yes(HEAVIER, **notice(), decision={"fine": 4000, "kinds": ["fine"]}),
    no(HEAVIER, **notice(), decision={"fine": 5001, "kinds": ["fine"]}),
    no(HEAVIER, **notice(), defence={"proposed_fine": 6000}),
    no(HEAVIER, **notice(), decision={"fine": 5000, "kinds": ["fine", "confiscate_gains"]}),
    yes(
        HEAVIER,
        **notice(planned_fine=None, planned_kinds=None),
        investigation_report={"proposed_fine": 5000},
        decision={"fine": 5000, "kinds": ["fine"]},
    ),
    no(HEAVIER, notice={}, decision={"fine": 1}),
    yes(HEAVIER, **notice()),
    yes(DONE, defence={"received_on": "2023-05-10", "rechecked_on": "2023-05-12"}),
    no(DONE, defence={"received_on": "2023-05-10"}),
    no(DONE, defence={"received_on": "2023-05-10", "rechecked_on": "2023-05-17"}),
    no(DONE, **notice(), defence={"received_on": "2023-05-10", "waived_in_writing": True}),
    yes(DONE, defence={"waived_in_writing": True}),
    yes(DONE, **notice()),
    no(DONE, day="2023-05-13", **notice()),
    no(DONE),
    yes("plan_changed_on_new_facts", **notice(), step=CHANGE),
    no("plan_changed_on_new_facts", **notice(), step={k: v for k, v in CHANGE.items() if k != "notice"}),
    no("plan_changed_on_new_facts", **notice(), hearing={"told_on": DAY}, step=CHANGE),
    no("plan_changed_on_new_facts", step={**CHANGE, "renotice": {"ground": "new_facts"}}),
    no("plan_changed_on_new_facts", step={**CHANGE, "renotice": {"ground": "mood", "reason": "另行考虑"}}),
    no("plan_changed_on_new_facts", renotice=CHANGE["renotice"]),
)

DUE, IN_TIME, OVER = "hearing_required", "hearing_requested_in_time", "hearing_period_over"
ENDED, SETTLED, EARLY = "hearing_ended", "hearing_settled", "hearing_notice_early_enough"
TRADER = {"party": {"kind": "individual_business"}}
LARGE = notice(planned_fine=50000, tells_hearing=True)
# Served on Monday 2023-05-08: three calendar days end on the 11th, five working days on the 15th.
HELD = {
    "notice_served_on": "2023-05-17",
    "held_on": "2023-05-29",
    "host_id": "T",
    "report_on": "2023-05-31",
}
ASKED = {"told_on": "2023-05-08", "requested_on": "2023-05-12"}
HEARING = (
    yes(DUE, **FIRM, **LARGE),
    no(DUE, **FIRM, **notice(planned_fine=49999.99)),
    yes(DUE, **CITIZEN, **notice(planned_fine=5000)),
    no(DUE, **CITIZEN, **notice(planned_fine=4999)),
    yes(DUE, **TRADER, **notice(planned_fine=5000)),
    no(DUE, **TRADER, **notice(planned_fine=5000), params={"individual_business_counts_as": "organisation"}),
    yes(DUE, **FIRM, **notice(planned_kinds=["suspend_business"])),
    yes(DUE, **FIRM, **notice(planned_kinds=["fine", "revoke_licence"])),
    yes(DUE, **FIRM, **notice(planned_confiscation=50000)),
    no(DUE, **FIRM, **notice(planned_confiscation=50000), day="2018-09-20"),
    yes(DUE, **FIRM, **notice(), cause={"hearing_always": True}),
    yes(DUE, **FIRM, investigation_report={"proposed_fine": 50000}),
    yes(DUE, **FIRM, investigation_report={"proposed_kinds": ["close_business"]}),
    no(DUE, **FIRM),
    yes(IN_TIME, hearing={**ASKED, "requested_on": "2023-05-15"}),
    no(IN_TIME, hearing={**ASKED, "requested_on": "2023-05-16"}),
    no(IN_TIME, hearing={**ASKED, "requested_on": "2023-05-17"}),
    yes(IN_TIME, **LARGE, hearing={"requested_on": "2023-05-15"}),
    no(IN_TIME, hearing={"requested_on": "2023-05-15"}),
    no(IN_TIME, hearing={"told_on": "2023-05-08"}),
    yes(IN_TIME, day="2018-09-25", hearing={"told_on": "2018-09-20", "requested_on": "2018-09-23"}),
    no(IN_TIME, day="2018-09-25", hearing={"told_on": "2018-09-20", "requested_on": "2018-09-24"}),
    yes(OVER, hearing={"told_on": "2023-05-08"}),
    no(OVER, day="2023-05-15", hearing={"told_on": "2023-05-08"}),
    no(OVER, hearing=ASKED),
    yes(OVER, hearing={**ASKED, "requested_on": "2023-05-16"}),
    no(OVER),
    yes(OVER, day="2018-09-24", hearing={"told_on": "2018-09-20"}),
    no(OVER, day="2018-09-23", hearing={"told_on": "2018-09-20"}),
    yes(ENDED, day="2023-05-31", hearing=HELD),
    no(ENDED, day="2023-05-30", hearing=HELD),
    no(ENDED, day="2023-05-31", hearing={**HELD, "report_on": "2023-05-28"}),
    no(ENDED, day="2023-05-31", hearing={**HELD, "report_on": None}),
    no(ENDED, day="2023-05-31", hearing={"report_on": "2023-05-31"}),
    yes(ENDED, day="2023-05-31", hearing={"ended_by_absence": True, "report_on": "2023-05-31"}),
    no(SETTLED, **LARGE, hearing={**ASKED, "waived_in_writing": True, "under_way": True}, **FIRM),
    yes(SETTLED, **LARGE, hearing={**ASKED, "waived_in_writing": True, "under_way": False}, **FIRM),
    yes(SETTLED, **FIRM, **notice()),
    no(SETTLED, **FIRM, **notice(planned_fine=50000)),
    no(SETTLED, day="2023-05-15", **FIRM, **LARGE),
    yes(SETTLED, day="2023-05-16", **FIRM, **LARGE),
    yes(SETTLED, day="2023-05-09", **FIRM, **LARGE, hearing={"waived_in_writing": True}),
    no(SETTLED, **FIRM, **LARGE, hearing=ASKED),
    yes(SETTLED, day="2023-06-01", **FIRM, **LARGE, hearing={**ASKED, **HELD}),
    yes("host_not_investigator", hearing={}),
    yes("host_not_investigator", hearing=HELD, inspections=[{"officer_ids": ["A", "B"]}]),
    no("host_not_investigator", hearing=HELD, inspections=[{"officer_ids": ["T", "B"]}]),
    no("host_not_investigator", hearing={**HELD, "host_id": None}),
    yes(EARLY, hearing={}),
    yes(EARLY, hearing={**HELD, "held_on": "2023-05-26"}),
    no(EARLY, hearing={**HELD, "held_on": "2023-05-25"}),
    no(EARLY, hearing={**HELD, "notice_served_on": None}),
    yes(EARLY, hearing={"notice_served_on": "2018-10-08", "held_on": "2018-10-15"}),
    no(EARLY, hearing={"notice_served_on": "2018-10-08", "held_on": "2018-10-14"}),
)

TALK = {"present_ids": ["Z", "Y", "X"], "minutes_signed": True}
OPINIONS = [{"opinion": "同意"}] * 3
DISCUSSION = (
    yes("quorum_present", discussion=TALK),
    no("quorum_present", discussion={"present_ids": ["Z", "Y", "Y"]}),
    no("quorum_present"),
    yes("opinions_recorded", discussion={**TALK, "opinions_recorded": True}),
    yes("opinions_recorded", discussion={**TALK, "opinions": OPINIONS}),
    no("opinions_recorded", discussion={**TALK, "opinions": OPINIONS[:2]}),
    no("opinions_recorded", discussion={**TALK, "opinions": OPINIONS, "minutes_signed": False}),
    no("opinions_recorded", discussion={"minutes_signed": True}),
    yes("discussion_not_required", case={"complex_or_major": False}),
    yes("discussion_not_required", case={"complex_or_major": True}, discussion={"on": DAY}),
    no("discussion_not_required", case={"complex_or_major": True}),
    yes("decision_follows_discussion", discussion={"conclusion_fine": 45000}, decision={"fine": 45000}),
    yes("decision_follows_discussion", discussion={}, decision={"kinds": ["warning"]}),
    no("decision_follows_discussion", discussion={"conclusion_fine": 45000}, decision={"fine": 44999}),
)


def fined(fine: float | None, **changed: Any) -> dict[str, Any]:
    return {"decision": {"kinds": ["fine"], "fine": fine, **changed}}


RANGE: dict[str, Any] = {"cause": {"floor": 1000, "ceiling": 10000, "kinds_allowed": ["fine"]}}
GRAVE: dict[str, Any] = {
    "cause": {
        "floor": 10000,
        "ceiling": 100000,
        "bands": [
            {"code": "grave", "floor": 100000, "ceiling": 200000, "unit": "yuan"},
            {"code": "repair", "floor": 3, "ceiling": 5, "unit": "multiple_of_repair"},
        ],
    }
}
AMOUNT, NAME, LIMIT = "amount_in_range_or_ground", "authority_matches_unit", "within_decision_limit"
AMOUNTS = (
    yes(AMOUNT, **RANGE, **fined(1000)),
    yes(AMOUNT, **RANGE, **fined(10000)),
    no(AMOUNT, **RANGE, **fined(10000.01)),
    no(AMOUNT, **RANGE, **fined(999)),
    yes(AMOUNT, **RANGE, **fined(500, tier="mitigated", mitigation_ground="32_1")),
    no(AMOUNT, **RANGE, **fined(500, tier="mitigated", mitigation_ground="pity")),
    no(AMOUNT, **RANGE, **fined(500, tier="lighter", mitigation_ground="32_1")),
    no(AMOUNT, **RANGE, **fined(None)),
    no(AMOUNT, **RANGE, **fined(0, tier="mitigated", mitigation_ground="32_1")),
    no(AMOUNT, cause={"floor": 0}, **fined(100)),
    yes(AMOUNT, cause={"ceiling": 200}, **fined(1)),
    yes(AMOUNT, **RANGE, decision={"kinds": ["warning"]}),
    no(AMOUNT, **RANGE, decision={"kinds": ["warning"], "fine": 10}),
    no(AMOUNT, **RANGE, decision={}),
    yes(AMOUNT, cause={"floor": 500, "ceiling": 1000, "unit": "per_tonne"}, **fined(6000, units=6)),
    no(AMOUNT, cause={"floor": 500, "ceiling": 1000, "unit": "per_tonne"}, **fined(6001, units=6)),
    no(AMOUNT, cause={"floor": 500, "ceiling": 1000, "unit": "per_tonne"}, **fined(600)),
    yes(AMOUNT, cause={"floor": 5, "ceiling": 10, "unit": "percent_of_cost"}, **fined(8000, units=100000)),
    no(AMOUNT, cause={"floor": 5, "ceiling": 10, "unit": "percent_of_cost"}, **fined(10001, units=100000)),
    yes(AMOUNT, **GRAVE, **fined(150000, band="grave", band_ground="危及整幢房屋安全")),
    yes(AMOUNT, **GRAVE, **fined(200000, band="grave", band_ground="危及整幢房屋安全")),
    no(AMOUNT, **GRAVE, **fined(200001, band="grave", band_ground="危及整幢房屋安全")),
    no(AMOUNT, **GRAVE, **fined(99999, band="grave", band_ground="危及整幢房屋安全")),
    no(AMOUNT, **GRAVE, **fined(150000, band="grave")),
    no(AMOUNT, **GRAVE, **fined(150000)),
    no(AMOUNT, **GRAVE, **fined(50000, band="unheard_of", band_ground="有")),
    yes(AMOUNT, **GRAVE, **fined(50000)),
    yes(AMOUNT, **GRAVE, **fined(9000, units=3000, band="repair", band_ground="按修复费用")),
    no(AMOUNT, **GRAVE, **fined(9000, band="repair", band_ground="按修复费用")),
    no(AMOUNT, **RANGE, **fined(5000, band="grave", band_ground="有")),
    yes("kind_has_basis", **RANGE, **fined(1000)),
    no("kind_has_basis", **RANGE, **fined(1000, kinds=["fine", "warning"])),
    no("kind_has_basis", **RANGE, decision={}),
    no("kind_has_basis", **fined(1000)),
)

NEEDS = {"cause": {"needs_refusal": True}}


def ordered(**changed: Any) -> dict[str, Any]:
    return {
        "correction": {
            "served_on": "2023-05-01",
            "due_on": "2023-05-10",
            "rechecked_on": "2023-05-11",
            "recheck_result": "not_corrected",
            **changed,
        }
    }


BEFORE = {"same_act": True, "fine": 100, "party_name": "示例公司"}
REFUSAL = "refusal_proved_if_needed"
LAW = (
    yes(REFUSAL, cause={}),
    yes(REFUSAL, **NEEDS, **ordered()),
    yes(REFUSAL, **NEEDS, **ordered(served_on="2023-05-10")),
    no(REFUSAL, **NEEDS),
    no(REFUSAL, **NEEDS, **ordered(recheck_result="corrected")),
    no(REFUSAL, **NEEDS, **ordered(rechecked_on="2023-05-10")),
    no(REFUSAL, **NEEDS, **ordered(rechecked_on=None)),
    no(REFUSAL, **NEEDS, **ordered(served_on=None)),
    no(REFUSAL, **NEEDS, **ordered(served_on="2023-05-11")),
    no(REFUSAL, **NEEDS, **ordered(due_on=None)),
    yes("same_act_not_fined_before", **FIRM, **fined(100)),
    no("same_act_not_fined_before", **FIRM, **fined(100), other_decisions=[BEFORE]),
    yes("same_act_not_fined_before", **FIRM, decision={"kinds": ["warning"]}, other_decisions=[BEFORE]),
    *(
        yes("same_act_not_fined_before", **FIRM, **fined(100), other_decisions=[{**BEFORE, **other}])
        for other in ({"same_act": False}, {"fine": 0}, {"party_name": "别家"})
    ),
    yes("not_crime", violation={"crime_suspected": False}),
    yes("not_crime", violation={"crime_suspected": True}, referral={"police_result": "refused"}),
    no("not_crime", violation={"crime_suspected": True}, referral={"police_result": "filed"}),
    no("not_crime", violation={"crime_suspected": True}),
)


def named(unit: str, name: str, **more: Any) -> dict[str, Any]:
    return {
        "case": {"handling_unit_kind": unit, "authority_kind": name, "authority_name": "示例机关", **more}
    }


BUREAU_UNITS = ("street_squad", "special_area_squad", "brigade", "detachment")
OWN = {"street_power_basis": "沪府规示例号"}
NAMES = (
    *(yes(NAME, **named(unit, "district_bureau")) for unit in BUREAU_UNITS),
    *(no(NAME, **named(unit, "town_government")) for unit in BUREAU_UNITS),
    yes(NAME, **named("town_squad", "town_government")),
    no(NAME, **named("town_squad", "district_bureau")),
    yes(NAME, **named("street_squad", "subdistrict_office", **OWN)),
    no(NAME, **named("street_squad", "subdistrict_office")),
    no(NAME, day="2021-12-31", **named("street_squad", "subdistrict_office", **OWN)),
    no(NAME, **named("brigade", "subdistrict_office", **OWN)),
    no(NAME),
    yes(NAME, **named("brigade", "district_bureau"), decision={"approver_role": "bureau_head"}),
    no(NAME, **named("brigade", "district_bureau"), decision={"approver_role": "town_approver"}),
    yes(NAME, **named("town_squad", "town_government"), decision={"approver_role": "town_approver"}),
    no(NAME, **named("town_squad", "town_government"), decision={"approver_role": "bureau_head"}),
    yes(NAME, **named("brigade", "district_bureau"), decision={"authority_name": "示例机关"}),
    no(NAME, **named("brigade", "district_bureau"), decision={"authority_name": "别的机关"}),
)

FILED = {"filing": {"approved_on": "2023-02-15"}}
PAUSE = {"from_on": "2023-03-01", "to_on": "2023-03-11", "ground": "等待鉴定", "approved_by": "Z"}
LIMITS = (
    yes(LIMIT, **FILED),
    no(LIMIT, day="2023-05-17", **FILED),
    no(LIMIT),
    yes(LIMIT, day="2023-05-26", **FILED, case={"suspensions": [PAUSE]}),
    no(LIMIT, day="2023-05-27", **FILED, case={"suspensions": [PAUSE]}),
    *(
        no(LIMIT, day="2023-05-26", **FILED, case={"suspensions": [{**PAUSE, **worse}]})
        for worse in ({"ground": ""}, {"approved_by": None}, {"stops_clock": False})
    ),
    yes(
        LIMIT,
        day="2023-06-15",
        **FILED,
        case={"decision_limit_extended_by_days": 30, "decision_limit_extension_basis": "示例条例 §1"},
    ),
    no(LIMIT, day="2023-05-01", **FILED, case={"decision_limit_extended_by_days": 30}),
    yes(LIMIT, day="2021-10-13", filing={"approved_on": "2021-01-04"}),
    no(LIMIT, day="2021-10-14", filing={"approved_on": "2021-01-04"}),
    yes(LIMIT, day="2023-12-01", **FILED, annulment={"new_decision": True, "on": "2023-10-01"}),
    no(LIMIT, day="2023-12-01", **FILED, annulment={"on": "2023-10-01"}),
)

SLIGHT = {"violation": {"slight": True, "corrected_on": DAY}}
GROUND = "no_penalty_ground"
NO_PENALTY = (
    yes(GROUND, **SLIGHT, no_penalty={"ground": "slight"}),
    no(GROUND, violation={"slight": True}, no_penalty={"ground": "slight"}),
    no(GROUND, violation={**SLIGHT["violation"], "harm": True}, no_penalty={"ground": "slight"}),
    no(GROUND, violation={"corrected_on": DAY}, no_penalty={"ground": "slight"}),
    yes(GROUND, violation={"first_offence": True, "corrected_on": DAY}, no_penalty={"ground": "first"}),
    no(GROUND, violation={"corrected_on": DAY}, no_penalty={"ground": "first"}),
    no(GROUND, violation={"first_offence": True}, no_penalty={"ground": "first"}),
    no(
        GROUND,
        day="2018-05-16",
        violation={"first_offence": True, "corrected_on": DAY},
        no_penalty={"ground": "first"},
    ),
    no(GROUND, day="2021-07-14", no_penalty={"ground": "no_fault"}),
    yes(GROUND, day="2021-07-15", no_penalty={"ground": "no_fault"}),
    yes(GROUND, correction={"recheck_result": "corrected"}, no_penalty={"ground": "corrected"}),
    no(GROUND, correction={"recheck_result": "not_corrected"}, no_penalty={"ground": "corrected"}),
    yes(GROUND, day="2018-05-16", no_penalty={"ground": "not_proved"}),
    no(GROUND, no_penalty={"ground": "kindness"}),
    no(GROUND),
    yes("party_educated", step={"no_penalty": {"education_given": True}}),
    yes("party_educated", step={"no_penalty": {"education": "讲明法律"}}),
    no("party_educated", step={"no_penalty": {"education": " "}}),
    no("party_educated", no_penalty={"education_given": True}),
)

CASES = (
    *NOTICE,
    *DEFENCE,
    *HEARING,
    *DISCUSSION,
    *AMOUNTS,
    *LAW,
    *NAMES,
    *LIMITS,
    *NO_PENALTY,
)
