"""Registration of evidence in advance (先行登记保存): what may vanish is listed and kept for seven days. Pure data.

PPL17 §37, PPL21 §56: the head approves before, there is no urgent exception, and within the period a decision is made
on every item. Seven days are working days since 2021-07-15 (PPL21 §85).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from xiuhua.cases.procedure.facts.field import Fields, Kind, asked, optional, silent
from xiuhua.cases.procedure.facts.shared import REASON, C, D, L, T, Y, video
from xiuhua.cases.procedure.moves import Certainty, State, Table, move
from xiuhua.cases.procedure.side.coercive_measure_forms import ASKED
from xiuhua.cases.procedure.side.shape import Side

MEMORY = Certainty.MEMORY
HEADS = "bureau_deputy_head bureau_head town_approver"
OUTCOMES = (
    ("returned", "退还", "Returned"),
    ("seized", "转为扣押", "Seized"),
    ("kept", "随案作为证据", "Kept as evidence"),
)

# fmt: off
STATES = (
    State("none", "未开始"),
    State("registration_asked", "已提请登记保存"),
    State("registration_approved", "登记保存已批准"),
    State("registration_refused", "登记保存未实施", final=True),
    State("registered", "登记保存中"),
    State("registration_decided", "登记保存已处理"),
    State("registration_lapsed", "登记保存失效"),
    State("items_returned", "物品已退还", final=True),
    State("turned_into_seizure", "转扣押", final=True),
    State("kept_as_evidence", "随案作为证据", final=True),
)

MOVES_2017 = (
    move("ask_registration", "提请先行登记保存", "none", "registration_asked", "officer",
         guards="evidence_may_vanish two_certified_officers", documents="measure_approval_form",
         law="PPL17 §37", certainty=MEMORY, states="registration.reason"),
    move("approve_registration", "批准登记保存", "registration_asked", "registration_approved", HEADS,
         guards="approved_before_measure", documents="measure_approval_form", law="PPL17 §37",
         certainty=MEMORY, note="No urgent exception in this article", states="registration.approved_on"),
    move("refuse_registration", "不批准登记保存", "registration_asked", "registration_refused", HEADS,
         guards="reason_given", law="PPL17 §37", certainty=MEMORY, states="reason"),
    move("register_items", "登记保存", "registration_approved", "registered", "officer",
         guards="two_certified_officers items_listed list_given_to_party",
         documents="registration_notice registration_list", law="PPL17 §37", certainty=MEMORY,
         states="registration.made_on"),
    move("cancel_registration", "批准后未实施", "registration_approved", "registration_refused", "officer",
         guards="reason_recorded", law="PPL17 §37", certainty=MEMORY, states="reason"),
    move("decide_registration", "作出处理决定", "registered", "registration_decided", HEADS,
         guards="outcome_for_every_item", documents="registration_outcome_decision",
         clock=("items_registered", 7, "calendar_day"), law="PPL17 §37", certainty=MEMORY,
         states="registration.handled_on"),
    move("lapse_registration", "登记保存届满失效", "registered", "registration_lapsed", "system",
         guards="registration_period_over", clock=("items_registered", 7, "calendar_day"), law="PPL17 §37",
         certainty=MEMORY, note="That the measure simply lapses is from memory", states=""),
    move("return_items", "退还物品", "registration_decided", "items_returned", "evidence_custodian",
         guards="party_signed_receipt", documents="registration_outcome_decision", law="PPL17 §37", certainty=MEMORY,
         states="registration.returned_on"),
    move("return_lapsed_items", "失效后退还", "registration_lapsed", "items_returned", "evidence_custodian",
         guards="party_signed_receipt", documents="registration_list", law="PPL17 §37", certainty=MEMORY,
         states="registration.returned_on"),
    move("turn_into_seizure", "转为扣押", "registration_decided", "turned_into_seizure", "officer",
         guards="measure_power_exists", documents="measure_decision measure_list", law="AEL §22",
         note="Continues in procedure coercive_measure", states="registration.seized_on"),
    move("keep_as_evidence", "作为证据随案", "registration_decided", "kept_as_evidence",
         "evidence_custodian", guards="outcome_for_every_item", documents="registration_outcome_decision",
         law="PPL17 §37", certainty=MEMORY, states="registration.kept_on"),
)
MOVES_2021 = (
    move("ask_registration", "提请先行登记保存", "none", "registration_asked", "officer",
         guards="evidence_may_vanish two_certified_officers", documents="measure_approval_form",
         law="PPL21 §56", states="registration.reason"),
    move("approve_registration", "批准登记保存", "registration_asked", "registration_approved", HEADS,
         guards="approved_before_measure", documents="measure_approval_form", law="PPL21 §56",
         note="No urgent exception in this article", states="registration.approved_on"),
    move("refuse_registration", "不批准登记保存", "registration_asked", "registration_refused", HEADS,
         guards="reason_given", law="PPL21 §56", states="reason"),
    move("register_items", "登记保存", "registration_approved", "registered", "officer",
         guards="two_certified_officers items_listed list_given_to_party",
         documents="registration_notice registration_list", law="PPL21 §56", states="registration.made_on"),
    move("cancel_registration", "批准后未实施", "registration_approved", "registration_refused", "officer",
         guards="reason_recorded", law="PPL21 §56", states="reason"),
    move("decide_registration", "作出处理决定", "registered", "registration_decided", HEADS,
         guards="outcome_for_every_item", documents="registration_outcome_decision",
         clock=("items_registered", 7, "working_day"), law="PPL21 §56; PPL21 §85",
         states="registration.handled_on"),
    move("lapse_registration", "登记保存届满失效", "registered", "registration_lapsed", "system",
         guards="registration_period_over", clock=("items_registered", 7, "working_day"), law="PPL21 §56",
         note="That the measure simply lapses is from memory", states=""),
    move("return_items", "退还物品", "registration_decided", "items_returned", "evidence_custodian",
         guards="party_signed_receipt", documents="registration_outcome_decision", law="PPL21 §56", certainty=MEMORY,
         states="registration.returned_on"),
    move("return_lapsed_items", "失效后退还", "registration_lapsed", "items_returned", "evidence_custodian",
         guards="party_signed_receipt", documents="registration_list", law="PPL21 §56", certainty=MEMORY,
         states="registration.returned_on"),
    move("turn_into_seizure", "转为扣押", "registration_decided", "turned_into_seizure", "officer",
         guards="measure_power_exists", documents="measure_decision measure_list", law="AEL §22",
         note="Continues in procedure coercive_measure", states="registration.seized_on"),
    move("keep_as_evidence", "作为证据随案", "registration_decided", "kept_as_evidence",
         "evidence_custodian", guards="outcome_for_every_item", documents="registration_outcome_decision",
         law="PPL21 §56", certainty=MEMORY, states="registration.kept_on"),
)

RETURNED: Fields = (
    asked("registration.receipt_signed", Y, "当事人已签领", "Signed for by the party"),
    asked("registration.returned_on", D, "退还日期", "Returned on", default="today"),
)
FORMS: Mapping[str, Fields] = {
    "ask_registration": (
        asked("registration.reason", L, "证据可能灭失或者以后难以取得的理由", "Why the evidence may vanish"),
        asked("registration.wanted", Kind.GOODS, "拟登记保存的物品", "Things to be registered",
              help="每行一件：名称，数量，状况"),
        silent("registration.officer_ids", Kind.OFFICERS, "case_officers"),
        silent("registration.asked_on", D, "today"),
    ),
    "approve_registration": (
        optional("registration.opinion", T, "审批意见", "Opinion", default="const:同意先行登记保存"),
        silent("registration.approved_on", D, "today", required=True),
        silent("registration.approver_id", Kind.PERSON, "actor"),
        silent("registration.approver_role", T, "actor_role"),
    ),
    "refuse_registration": REASON,
    "register_items": (
        asked("registration.items", Kind.GOODS, "登记保存的物品", "Things registered",
              default="registration.wanted", help="每行一件：名称，数量，状况"),
        asked("registration.store_place", T, "保存地点", "Where they are kept"),
        asked("registration.list_delivered", Y, "清单已交付当事人", "The list was given to the party"),
        optional("registration.keeper", T, "保管人", "Keeper"),
        silent("registration.made_on", D, "today", required=True),
        silent("registration.officer_ids", Kind.OFFICERS, "case_officers"),
        *video("registration"),
    ),
    "cancel_registration": REASON,
    "decide_registration": (
        asked("registration.outcome", C, "处理结果", "Outcome", choices=OUTCOMES),
        asked("registration.outcome_reason", L, "处理理由", "Reason"),
        silent("registration.handled_on", D, "today", required=True),
        silent("registration.handler_id", Kind.PERSON, "actor"),
    ),
    "lapse_registration": (silent("registration.lapsed_on", D, "today", required=True),),
    "return_items": RETURNED,
    "return_lapsed_items": (
        *RETURNED,
        silent("registration.handled_on", D, "today", required=True),
        silent("registration.outcome", T, "const:returned"),
    ),
    "turn_into_seizure": (
        *ASKED,
        silent("registration.seized_on", D, "today", required=True),
    ),
    "keep_as_evidence": (
        asked("registration.kept_place", T, "存放地点", "Where they are kept"),
        silent("registration.kept_on", D, "today", required=True),
    ),
}
# fmt: on

SIDE = Side(
    procedure="evidence_registration",
    label_zh="先行登记保存",
    label_en="Registration of evidence",
    block="registration",
    kept_in="registrations",
    kept_once="made_on",
    begins_at=("none",),
    begins_in=frozenset({"checked", "filing_proposed", "filed", "investigating"}),
    tables=(
        Table("evidence_registration", "2017", None, date(2021, 7, 14), STATES, MOVES_2017),
        Table("evidence_registration", "2021", date(2021, 7, 15), None, STATES, MOVES_2021),
    ),
    forms=FORMS,
    issued_by={
        "measure_approval_form": frozenset({"approve_registration"}),
        "registration_outcome_decision": frozenset({"decide_registration"}),
        "registration_list": frozenset({"register_items"}),
        # The seizure that begins here issues them when it is made.
        "measure_decision": frozenset(),
        "measure_list": frozenset(),
    },
    starts={"turn_into_seizure": ("coercive_measure", "ask_measure")},
    events={"items_registered": "registration.made_on"},
    ends={"return_lapsed_items": "registration.lapsed_on"},
)
