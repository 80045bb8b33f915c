"""Guards of the demand and of enforcement by the agency itself."""

from __future__ import annotations

from typing import Any

from xiuhua.cases.tests.procedure.truth.case import Case, no, yes

TOLD = {"amount": 5000, "way": "缴至示例银行", "duty_days": 10, "tells_defence": True}
SERVED = {"served_on": "2023-05-05", "duty_days": 10}
HEARD = {"received_on": "2023-05-08", "recorded": True}
POWER = {"code": "HB01", "enforcement_power": True}
OWED = {"fine": 5000}
PAID = {"items": [{"amount": 5000, "on": "2023-05-16"}]}
AGREED = {"agreement": "分两次缴清", "agreement_due_on": "2023-06-16", "agreement_harmless": True}
HELD = [{"kind": "seize"}]
# Received on 2022-10-08: the six months end on 2023-04-08.
RECEIVED = {"decided_on": "2022-10-01", "delivered_on": "2022-10-08", "fine": 5000}
SUSPENDED = {"suspended_on": "2020-05-15", "suspension_ground": "no_capacity", "no_harm_to_society": True}


def demand(**block: Any) -> dict[str, Any]:
    return {"matter": "demand", "demand": block}


def substitute(**block: Any) -> dict[str, Any]:
    return {"matter": "substitute", "substitute": block}


def doing(**enforcement: Any) -> dict[str, Any]:
    """A step that carries out the enforcement."""
    done = {"implemented_at": "2023-05-16T10:00", **enforcement}
    return {"matter": "demand", "step": {"enforcement": done}}


DEFERRED = {"approved_on": "2023-05-01"}
DEMAND: tuple[Case, ...] = (
    yes("no_deferral_running"),
    no("no_deferral_running", deferral=DEFERRED),
    yes("no_deferral_running", deferral={**DEFERRED, "broken_on": "2023-05-12"}),
    yes("no_deferral_running", deferral=DEFERRED, decision={"other_duties": "清除占道堆物"}),
    yes("demand_fields_complete", **demand(**TOLD)),
    yes("demand_fields_complete", **demand(**TOLD | {"amount": None, "duty": "拆除"})),
    yes("demand_fields_complete", **substitute(**TOLD | {"amount": None, "duty": "清除"})),
    no("demand_fields_complete", **demand(**TOLD | {"amount": 0})),
    no("demand_fields_complete", **demand(**TOLD | {"way": " "})),
    no("demand_fields_complete", **demand(**TOLD | {"duty_days": 0})),
    no("demand_fields_complete", **demand(**TOLD | {"tells_defence": False})),
    no("demand_fields_complete", **TOLD),
    yes("demand_period_over", demand=SERVED),
    no("demand_period_over", demand=SERVED, day="2023-05-15"),
    no("demand_period_over", demand={"duty_days": 10}),
    no("demand_period_over", demand={"served_on": "2023-05-05"}),
    yes("no_justified_reason", demand=SERVED),
    yes("no_justified_reason", demand=SERVED | {"defence": HEARD | {"adopted": False, "reason": "不成立"}}),
    no("no_justified_reason", demand=SERVED | {"defence": HEARD | {"adopted": False}}),
    no("no_justified_reason", demand=SERVED | {"defence": HEARD | {"adopted": True, "reason": "成立"}}),
    no("no_justified_reason", demand=SERVED | {"defence": HEARD}),
    no("no_justified_reason"),
    yes("own_enforcement_power", cause=POWER),
    no("own_enforcement_power"),
    no("own_enforcement_power", cause={"code": "HB01"}),
    # AEL §46: what was seized in the case may be auctioned when the remedies are over.
    yes("own_enforcement_power", cause={"code": "HB01"}, measures=HELD, decision=RECEIVED),
    no("own_enforcement_power", measures=HELD, decision=RECEIVED, day="2023-04-08"),
    no(
        "own_enforcement_power",
        measures=[{"kind": "seize", "outcome": "returned"}],
        decision=RECEIVED,
    ),
    no("own_enforcement_power", measures=[{"kind": "seal"}], decision=RECEIVED),
    yes(
        "asset_flight_signs",
        demand={"asset_flight": True, "flight_reason": "正在搬空仓库", "flight_proof": "照片"},
    ),
    no("asset_flight_signs", demand={"asset_flight": True, "flight_reason": "正在搬空仓库"}),
    no("asset_flight_signs", demand={"asset_flight": True, "flight_proof": "照片"}),
    no("asset_flight_signs", demand={"flight_reason": "正在搬空仓库", "flight_proof": "照片"}),
    yes("not_at_night_or_holiday", **doing()),
    yes("not_at_night_or_holiday", **doing(implemented_at="2023-05-16T06:00")),
    no("not_at_night_or_holiday", **doing(implemented_at="2023-05-16T05:59")),
    no("not_at_night_or_holiday", **doing(implemented_at="2023-05-15T22:00")),
    yes("not_at_night_or_holiday", **doing(implemented_at="2023-05-15T21:59")),
    # Labour Day is a holiday with a name; a plain Sunday is none.
    no("not_at_night_or_holiday", **doing(implemented_at="2023-05-01T10:00")),
    yes("not_at_night_or_holiday", **doing(implemented_at="2023-05-14T10:00")),
    yes(
        "not_at_night_or_holiday",
        **doing(implemented_at="2023-05-01T23:00", urgent=True, urgent_reason="有倒塌危险"),
    ),
    no("not_at_night_or_holiday", **doing(implemented_at="2023-05-01T23:00", urgent=True)),
    no("not_at_night_or_holiday", **doing(implemented_at="2023-05-17T10:00")),
    no("not_at_night_or_holiday", **doing(implemented_at="2023-05-16")),
    no("not_at_night_or_holiday", enforcement={"implemented_at": "2023-05-16T10:00"}),
    yes("no_cutting_of_utilities", **doing(cut_utilities=False, residence=True)),
    yes("no_cutting_of_utilities", **doing(cut_utilities=True, residence=False)),
    no("no_cutting_of_utilities", **doing(cut_utilities=True, residence=True)),
    no("no_cutting_of_utilities", **doing()),
    yes(
        "enforcement_decision_served",
        enforcement={"decided_on": "2023-05-10"},
        services=[{"document": "enforcement_decision", "on": "2023-05-12"}],
    ),
    no(
        "enforcement_decision_served",
        enforcement={"decided_on": "2023-05-10"},
        services=[{"document": "demand_notice", "on": "2023-05-12"}],
    ),
    no(
        "enforcement_decision_served",
        enforcement={"decided_on": "2023-05-10"},
        services=[{"document": "enforcement_decision", "on": "2023-05-09"}],
    ),
    no(
        "enforcement_decision_served",
        enforcement={"decided_on": "2023-05-10"},
        services=[{"document": "enforcement_decision", "on": "2023-05-12", "effective_on": "2023-05-17"}],
    ),
    no("enforcement_decision_served", services=[{"document": "enforcement_decision", "on": "2023-05-12"}]),
)
AGREEMENT: tuple[Case, ...] = (
    yes("no_harm_to_public_or_others", demand=AGREED),
    yes("no_harm_to_public_or_others", demand=AGREED | {"agreement_waived": 100}, surcharge={"amount": 100}),
    no("no_harm_to_public_or_others", demand=AGREED | {"agreement_waived": 101}, surcharge={"amount": 100}),
    no("no_harm_to_public_or_others", demand=AGREED | {"agreement_harmless": False}),
    no("no_harm_to_public_or_others", demand=AGREED | {"agreement": ""}),
    no("no_harm_to_public_or_others", demand=AGREED | {"agreement_due_on": "2023-05-15"}),
    yes("agreement_kept", demand=AGREED, decision=OWED, payment=PAID),
    yes(
        "agreement_kept",
        demand=AGREED | {"agreement_waived": 300},
        decision=OWED,
        surcharge={"amount": 300},
        payment=PAID,
    ),
    no("agreement_kept", demand=AGREED, decision=OWED, surcharge={"amount": 300}, payment=PAID),
    no("agreement_kept", demand=AGREED, decision=OWED),
    no("agreement_kept", demand=AGREED, decision=OWED | {"other_duties": "清除"}, payment=PAID),
    no("agreement_kept", decision=OWED, payment=PAID),
    yes("agreement_broken", demand=AGREED | {"agreement_due_on": "2023-05-15"}, decision=OWED),
    no("agreement_broken", demand=AGREED | {"agreement_due_on": "2023-05-16"}, decision=OWED),
    no("agreement_broken", demand=AGREED | {"agreement_due_on": "2023-05-15"}, decision=OWED, payment=PAID),
    no("agreement_broken", decision=OWED),
    yes("execution_suspension_ground", demand={"suspension_ground": "no_capacity", "suspension_reason": "停业"}),
    no("execution_suspension_ground", demand={"suspension_ground": "no_capacity"}),
    no("execution_suspension_ground", demand={"suspension_ground": "busy", "suspension_reason": "忙"}),
    # Suspended on 2020-05-15: three years end on 2023-05-15.
    yes("three_years_without_capacity", demand=SUSPENDED),
    no("three_years_without_capacity", demand=SUSPENDED, day="2023-05-15"),
    no("three_years_without_capacity", demand=SUSPENDED | {"suspension_ground": "other"}),
    no("three_years_without_capacity", demand=SUSPENDED | {"no_harm_to_society": False}),
    no("three_years_without_capacity", demand={"suspension_ground": "no_capacity", "no_harm_to_society": True}),
    # Guards of the main road, read in a matter that has a defence, a service and a suspension of its own.
    yes("defence_recorded", **demand(defence=HEARD), defence={}),
    no("defence_recorded", **demand(defence={"received_on": "2023-05-08"}), defence=HEARD),
    yes("defence_accepted", **demand(defence=HEARD | {"adopted": True, "reason": "已履行"})),
    no("defence_accepted", **demand(defence=HEARD), defence={"adopted": True, "reason": "已整改"}),
    yes("suspension_ground_gone", **demand(suspended_on="2023-05-01"),
        step={"demand": {"resumed_on": "2023-05-16", "resumed_reason": "恢复营业"}}),
    no("suspension_ground_gone", **demand(suspended_on="2023-05-01"), step={"demand": {"resumed_on": "2023-05-16"}}),
    no("suspension_ground_gone", **demand(suspended_on="2023-05-01"),
       step={"demand": {"resumed_on": "2023-04-30", "resumed_reason": "恢复营业"}}),
    no("suspension_ground_gone", **demand(suspended_on="2023-05-01"),
       step={"demand": {"resumed_on": "2023-05-17", "resumed_reason": "恢复营业"}}),
)  # fmt: skip


def handed(document: str, on: str, **more: Any) -> dict[str, Any]:
    row = {"document": document, "method": "direct", "on": on, "receipt": True, "receiver_relation": "self"}
    return {"step": {"services": [row | {"officer_ids": ["A", "B"]} | more]}}


ISSUED = {"documents": [{"kind": "demand_notice", "issued_on": "2023-05-10"}]}
OF_A_MATTER: tuple[Case, ...] = (
    yes("served_by_lawful_method", **demand(), **handed("demand_notice", "2023-05-12")),
    no("served_by_lawful_method", **demand(), **handed("demand_notice", "2023-05-12", officer_ids=["A"])),
    no("served_by_lawful_method", **handed("demand_notice", "2023-05-12")),
    yes("receipt_complete", **demand(), **ISSUED, **handed("demand_notice", "2023-05-12")),
    no("receipt_complete", **demand(), **ISSUED, **handed("demand_notice", "2023-05-09")),
    no("receipt_complete", **demand(), **ISSUED, **handed("demand_notice", "2023-05-17")),
    no("receipt_complete", **demand(), **handed("demand_notice", "2023-05-12")),
    no("receipt_complete", **demand(), **ISSUED, **handed("demand_notice", "2023-05-12", receipt=False)),
)
CASES = (*DEMAND, *AGREEMENT, *OF_A_MATTER)
