"""Guards of the payment of a fine."""

from __future__ import annotations

from typing import Any

from xiuhua.cases.tests.procedure.truth.case import Case, no, yes

DECISION = {"fine": 5000, "delivered_on": "2023-05-01", "surcharge_told": True}
# 2023-05-01 and fifteen days: the last day to pay is the 16th, and the surcharge would begin on the 17th.
OVERDUE = "2023-05-17"
BEGUN = {"from_on": "2023-05-17"}
THREE = [{"due": f"2023-0{n}-30", "amount": amount} for n, amount in ((6, 2000), (7, 2000), (8, 1000))]


def fined(**blocks: Any) -> dict[str, Any]:
    return {"decision": DECISION, **blocks}


def paid(*rows: tuple[str, float], **more: Any) -> dict[str, Any]:
    return {
        "payment": {
            "items": [{"on": on, "amount": amount, "receipt_no": "票1"} for on, amount in rows],
            **more,
        }
    }


PAYMENT: tuple[Case, ...] = (
    yes("service_effective", **fined()),
    yes("service_effective", services=[{"document": "penalty_decision", "effective_on": "2023-05-16"}]),
    no("service_effective", services=[{"document": "penalty_decision", "effective_on": "2023-05-17"}]),
    no("service_effective", services=[{"document": "prior_notice", "on": "2023-05-01"}]),
    no("service_effective", decision={"fine": 5000}),
    yes(
        "remote_and_party_asked", step={"payment": {"cash_ground": "remote_on_request", "party_asked": True}}
    ),
    no(
        "remote_and_party_asked", step={"payment": {"cash_ground": "remote_on_request", "party_asked": False}}
    ),
    no("remote_and_party_asked", step={"payment": {"cash_ground": "small_amount", "party_asked": True}}),
    no("remote_and_party_asked", payment={"cash_ground": "remote_on_request", "party_asked": True}),
    yes("plan_dates_set", deferral={"approved_on": "2023-05-16", "plan": THREE}),
    yes("plan_dates_set", deferral={"plan": [{"due": "2023-05-16", "amount": 1}]}),
    no("plan_dates_set", deferral={"approved_on": "2023-05-16", "plan": []}),
    no("plan_dates_set", deferral={"approved_on": "2023-05-16", "plan": [*THREE, {"amount": 1}]}),
    no(
        "plan_dates_set",
        deferral={"approved_on": "2023-05-16", "plan": [{"due": "2023-05-15", "amount": 5000}]},
    ),
    yes("plan_sums_to_fine", **fined(deferral={"plan": THREE})),
    no("plan_sums_to_fine", **fined(deferral={"plan": THREE[:2]})),
    no("plan_sums_to_fine", **fined(deferral={"plan": []})),
    no("plan_sums_to_fine", **fined()),
    yes("plan_sums_to_fine", decision={"fine": 4000, "gains": 1000}, deferral={"plan": THREE}),
    yes("deferral_over", day="2023-08-31", **fined(deferral={"approved_on": "2023-05-16", "plan": THREE})),
    no("deferral_over", day="2023-08-30", **fined(deferral={"approved_on": "2023-05-16", "plan": THREE})),
    no("deferral_over", day="2023-08-31", **fined()),
    no(
        "deferral_over",
        day="2023-08-31",
        **fined(deferral={"approved_on": "2023-05-16", "plan": THREE}, **paid(("2023-06-01", 5000))),
    ),
    yes("surcharge_told_in_decision", **fined()),
    no("surcharge_told_in_decision", decision={"fine": 5000}),
    no("surcharge_told_in_decision", decision={"surcharge_told": "yes"}),
    yes("remedy_pending", reconsideration={"accepted_on": "2023-05-16"}),
    yes("remedy_pending", litigations=[{"accepted_on": "2023-05-10"}]),
    yes(
        "remedy_pending",
        reconsiderations=[
            {"accepted_on": "2023-03-01", "decided_on": "2023-04-01"},
            {"accepted_on": "2023-05-01"},
        ],
    ),
    no("remedy_pending", reconsideration={"accepted_on": "2023-05-17"}),
    no("remedy_pending", reconsideration={"accepted_on": "2023-05-10", "decided_on": "2023-05-15"}),
    no("remedy_pending", reconsideration={"applied_on": "2023-05-10"}),
    no("remedy_pending"),
    # The text of 2017 did not stop the surcharge.
    no("remedy_pending", day="2018-05-16", reconsideration={"accepted_on": "2018-05-10"}),
    no("remedy_pending", day="2021-07-14", reconsideration={"accepted_on": "2021-07-10"}),
    yes("remedy_pending", day="2021-07-15", reconsideration={"accepted_on": "2021-07-10"}),
    yes("remedy_over", reconsideration={"accepted_on": "2023-05-01", "decided_on": "2023-05-16"}),
    no("remedy_over", reconsideration={"accepted_on": "2023-05-01", "decided_on": "2023-05-17"}),
    no(
        "remedy_over",
        reconsideration={"accepted_on": "2023-05-01", "decided_on": "2023-05-10"},
        litigation={"accepted_on": "2023-05-12"},
    ),
    no("remedy_over"),
    # Thirty-four days at three in the hundred: the 17th of May and the thirty-three after it.
    yes("surcharge_equals_fine", day="2023-06-19", **fined(surcharge=BEGUN)),
    no("surcharge_equals_fine", day="2023-06-18", **fined(surcharge=BEGUN)),
    no("surcharge_equals_fine", day="2023-06-19", **fined()),
    no("surcharge_equals_fine", day="2023-06-19", decision={"fine": 0}, surcharge=BEGUN),
    no(
        "surcharge_equals_fine",
        day="2023-06-19",
        **fined(surcharge=BEGUN, reconsideration={"accepted_on": "2023-06-01", "decided_on": "2023-06-01"}),
    ),
    yes("surcharge_over_30_days", day="2023-06-16", **fined(surcharge=BEGUN)),
    no("surcharge_over_30_days", day="2023-06-15", **fined(surcharge=BEGUN)),
    no("surcharge_over_30_days", day="2023-06-16", **fined()),
    no(
        "surcharge_over_30_days",
        day="2023-06-16",
        **fined(surcharge=BEGUN, litigation={"accepted_on": "2023-05-20", "ended_on": "2023-05-20"}),
    ),
    yes("pays_part", **fined(), step=paid(("2023-05-16", 1000))),
    no("pays_part", **fined(), step=paid(("2023-05-16", 5000))),
    no("pays_part", **fined(), step=paid(("2023-05-16", 0))),
    no("pays_part", **fined(), step=paid(("2023-05-17", 1000))),
    no("pays_part", **fined(**paid(("2023-05-10", 1000)))),
    no("pays_part", **fined(**paid(("2023-05-10", 4000))), step=paid(("2023-05-16", 1000))),
    # The fine alone is only a part once the surcharge runs.
    yes("pays_part", day=OVERDUE, **fined(surcharge=BEGUN), step=paid((OVERDUE, 5000))),
    no("pays_part", day=OVERDUE, **fined(surcharge=BEGUN), step=paid((OVERDUE, 5150))),
    yes("payment_dropped", annulment={"document": "复议决定1号"}),
    yes("payment_dropped", termination={"ground": "died"}),
    yes("payment_dropped", enforcement={"finished_on": "2023-05-16"}),
    no("payment_dropped", enforcement={"finished_on": "2023-05-17"}),
    no("payment_dropped", annulment={"document": " "}),
    no("payment_dropped"),
)
