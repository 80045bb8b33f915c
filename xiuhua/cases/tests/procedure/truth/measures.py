"""Guards of seal and seizure."""

from __future__ import annotations

from typing import Any

from xiuhua.cases.tests.procedure.truth.case import Case, no, yes

TRUCK = {"name": "货车", "quantity": "1辆", "state": "旧"}
FISH = {"name": "鲜鱼", "quantity": "5箱", "state": "冰鲜"}
BEGUN = "2023-05-16T09:00"


def own(**block: Any) -> dict[str, Any]:
    """A file in which a measure is the matter under judgement."""
    return {"matter": "measure", "measure": block}


def says(**block: Any) -> dict[str, Any]:
    """The same, where the step under judgement states the facts itself."""
    return {"matter": "measure", "step": {"measure": block}}


def on(begun: str, **more: Any) -> dict[str, Any]:
    return own(implemented_at=begun, counts_from=begun, **more)


HANDED = {
    "implemented_at": BEGUN,
    "decision_served_on": "2023-05-16",
    "list_copies": 2,
    "items": [TRUCK],
}
TEST = {"test_from": "2023-05-16", "test_until": "2023-05-20", "test_told_on": "2023-05-16"}
# A measure of 2023-05-16 holds until 2023-06-15, extended until 2023-07-15.
TERM_ENDS, EXTENSION_ENDS = "2023-06-15", "2023-07-15"

MEASURES: tuple[Case, ...] = (
    yes("related_to_the_act", **own(related_to_act=True, wanted=[TRUCK])),
    yes("related_to_the_act", **own(related_to_act=True, items=[TRUCK])),
    no("related_to_the_act", **own(related_to_act=False, wanted=[TRUCK])),
    no("related_to_the_act", **own(related_to_act=True)),
    no("related_to_the_act", **own(wanted=[TRUCK])),
    yes("not_living_necessity", **own(living_necessity=False)),
    no("not_living_necessity", **own(living_necessity=True)),
    no("not_living_necessity", **own()),
    yes("not_sealed_by_another", **own(already_sealed=False)),
    no("not_sealed_by_another", **own(already_sealed=True)),
    no("not_sealed_by_another", **own()),
    yes("party_called_or_witness", **says(party_present=True)),
    yes("party_called_or_witness", **says(party_present=False, witness_signed=True)),
    no("party_called_or_witness", **says(party_present=False)),
    no("party_called_or_witness", **own(party_present=True)),
    yes("reasons_and_rights_told", **says(told_rights=True, remedies_told=True)),
    no("reasons_and_rights_told", **says(told_rights=False, remedies_told=True)),
    no("reasons_and_rights_told", **says(told_rights=True)),
    yes("scene_record_signed", **says(party_present=True, party_signed=True)),
    yes("scene_record_signed", **says(party_present=True, party_signed=False, refusal_noted="不肯签名")),
    yes("scene_record_signed", **says(party_present=False, witness_signed=True)),
    no("scene_record_signed", **says(party_present=True, party_signed=False)),
    no("scene_record_signed", **says(party_present=True, party_signed=False, witness_signed=True)),
    no("scene_record_signed", **says(party_present=False, party_signed=True)),
    yes("decision_and_list_handed_over", **says(**HANDED)),
    no("decision_and_list_handed_over", **says(**HANDED | {"list_copies": 1})),
    no("decision_and_list_handed_over", **says(**HANDED | {"items": []})),
    no("decision_and_list_handed_over", **says(**HANDED | {"decision_served_on": "2023-05-15"})),
    no("decision_and_list_handed_over", day="2023-05-15", **says(**HANDED)),
    no("decision_and_list_handed_over", **own(**HANDED)),
    no("decision_and_list_handed_over", **says(list_copies=2, items=[TRUCK])),
    yes("urgent_ground", **says(urgent_reason="车辆正要驶离")),
    no("urgent_ground", **says(urgent_reason=" ")),
    no("urgent_ground", **own(urgent_reason="车辆正要驶离")),
    # To the minute: 24 hours after the measure is in time, one minute more is not.
    yes("reported_in_24_hours", day="2023-05-17", **on(BEGUN, reported_at="2023-05-17T09:00")),
    yes("reported_in_24_hours", **on(BEGUN, reported_at=BEGUN)),
    no("reported_in_24_hours", day="2023-05-17", **on(BEGUN, reported_at="2023-05-17T09:01")),
    no("reported_in_24_hours", **on(BEGUN, reported_at="2023-05-16T08:59")),
    no("reported_in_24_hours", **on(BEGUN, reported_at="2023-05-17T08:00")),
    no("reported_in_24_hours", **on(BEGUN)),
    no("reported_in_24_hours", **own(reported_at=BEGUN)),
    no("reported_in_24_hours", day="2011-05-16", **on("2011-05-16T09:00", reported_at="2011-05-16T09:30")),
    yes("test_period_told_in_writing", **says(**TEST)),
    no("test_period_told_in_writing", **says(**TEST | {"test_told_on": None})),
    no("test_period_told_in_writing", **says(**TEST | {"test_told_on": "2023-05-17"})),
    no("test_period_told_in_writing", **says(**TEST | {"test_until": None})),
    no("test_period_told_in_writing", **says(**TEST | {"test_until": "2023-05-15"})),
    no("test_period_told_in_writing", **says(**TEST | {"test_from": "2023-05-17"})),
    yes("test_report_received", measure={"test_from": "2023-05-10"},
        **says(test_report="示检1号：合格", test_to="2023-05-16")),
    no("test_report_received", measure={"test_from": "2023-05-10"}, **says(test_report="", test_to="2023-05-16")),
    no("test_report_received", measure={"test_from": "2023-05-10"}, **says(test_report="示", test_to="2023-05-17")),
    no("test_report_received", measure={"test_from": "2023-05-10"}, **says(test_report="示", test_to="2023-05-09")),
    no("test_report_received", **says(test_report="示", test_to="2023-05-16")),
    yes("complex_case", **says(complex_reason="涉及三家单位")),
    no("complex_case", **says()),
    no("complex_case", **own(complex_reason="涉及三家单位")),
    yes("extended_before_expiry", day=TERM_ENDS, step={"measure": {"extended_on": TERM_ENDS}}, **on(BEGUN)),
    no("extended_before_expiry", day="2023-06-16", step={"measure": {"extended_on": "2023-06-16"}}, **on(BEGUN)),
    no("extended_before_expiry", day="2023-06-14", step={"measure": {"extended_on": TERM_ENDS}}, **on(BEGUN)),
    no("extended_before_expiry", day=TERM_ENDS, **on(BEGUN)),
    no("extended_before_expiry", step={"measure": {"extended_on": "2023-05-16"}}, **own()),
    # An extension does not stretch itself.
    no("extended_before_expiry", day="2023-07-01", step={"measure": {"extended_on": "2023-07-01"}},
       **on(BEGUN, extension_from=TERM_ENDS)),
    yes("extension_told_in_writing", **says(extension_served_on="2023-05-16")),
    no("extension_told_in_writing", **says(extension_served_on="2023-05-17")),
    no("extension_told_in_writing", **says()),
    yes("measure_period_over", day="2023-06-16", **on(BEGUN)),
    no("measure_period_over", day=TERM_ENDS, **on(BEGUN)),
    # Ten days of a test that were told in writing moved the day from which the period counts.
    no("measure_period_over", day="2023-06-25", **own(implemented_at=BEGUN, counts_from="2023-05-26T09:00")),
    yes("measure_period_over", day="2023-06-26", **own(implemented_at=BEGUN, counts_from="2023-05-26T09:00")),
    yes("measure_period_over", day="2023-07-16", **on(BEGUN, extension_from=TERM_ENDS)),
    no("measure_period_over", day=EXTENSION_ENDS, **on(BEGUN, extension_from=TERM_ENDS)),
    yes("measure_period_over", day="2023-06-16", **own(implemented_at=BEGUN)),
    no("measure_period_over", **own()),
    yes("goods_perishable", measure={"items": [TRUCK, FISH]},
        **says(perishable=[FISH], perishable_reason="冰已化")),
    no("goods_perishable", measure={"items": [TRUCK]}, **says(perishable=[FISH], perishable_reason="冰已化")),
    no("goods_perishable", measure={"items": [FISH]}, **says(perishable=[FISH, FISH], perishable_reason="冰已化")),
    no("goods_perishable", measure={"items": [FISH], "ends": [FISH]},
       **says(perishable=[FISH], perishable_reason="冰已化")),
    no("goods_perishable", measure={"items": [FISH]}, **says(perishable=[FISH])),
    no("goods_perishable", measure={"items": [FISH]}, **says(perishable=[], perishable_reason="冰已化")),
    yes("perishable_notice_over", day="2023-05-19", **own(perishable_notice_on="2023-05-16")),
    no("perishable_notice_over", day="2023-05-18", **own(perishable_notice_on="2023-05-16")),
    no("perishable_notice_over", **own()),
    yes("registered_before_disposal", **says(disposal_registered=True, disposal="变卖给示例水产")),
    no("registered_before_disposal", **says(disposal_registered=False, disposal="变卖给示例水产")),
    no("registered_before_disposal", **says(disposal_registered=True, disposal="")),
    yes("defence_listened", **own(defence={"recorded": True})),
    no("defence_listened", defence={"recorded": True}, **own(defence={"recorded": False})),
    yes("approved_before_measure", **own(approved_on="2023-05-16", approved_at="2023-05-16T08:59",
                                         approver_role="bureau_head", implemented_at=BEGUN)),
    no("approved_before_measure", **own(approved_on="2023-05-16", approved_at="2023-05-16T09:01",
                                        approver_role="bureau_head", implemented_at=BEGUN)),
    no("approved_before_measure", **own(approver_role="bureau_head", implemented_at=BEGUN)),
)  # fmt: skip
