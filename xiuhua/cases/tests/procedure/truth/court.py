"""Guards of the application to the court: remedies over, in time, whole, signed."""

from __future__ import annotations

from typing import Any

from xiuhua.cases.tests.procedure.truth.case import Case, no, yes

TELLS = {"tells_reconsideration": True, "tells_litigation": True}
# Received on 2022-10-08: the six months of a suit end on 2023-04-08, the three months of the agency on 2023-07-08.
DECIDED = {"decided_on": "2022-10-01", "delivered_on": "2022-10-08", "fine": 5000, **TELLS}
LAST_DAY, NEXT_DAY = "2023-04-08", "2023-04-09"
ASKED = {"applied_on": "2022-11-20", "accepted_on": "2022-11-25"}
UPHELD = ASKED | {"decided_on": "2023-04-20", "served_on": "2023-04-25", "outcome": "upheld"}
SUED = {"filed_on": "2023-03-01", "accepted_on": "2023-03-05"}
MATERIALS = ["application", "decision", "party_opinion_and_demand", "object"]
WHOLE = {"materials": MATERIALS, "party_opinion": "未提出意见", "object": "罚款5,000元"}
DEMAND = {"served_on": "2023-04-28", "duty_days": 10}
SIGNED = {"signed_by_head": True, "sealed": True, "signed_on": "2023-05-16", "signer_role": "bureau_head"}
# The plan ends on 2023-06-30, after the remedies: the three months end on 2023-09-30.
DEFERRED = {"approved_on": "2022-10-10", "plan": [{"due": "2022-12-31"}, {"due": "2023-06-30"}]}


def own(**block: Any) -> dict[str, Any]:
    return {"matter": "court", "court": block}


def said(**step: Any) -> dict[str, Any]:
    return {"matter": "court", "step": {"court": step}}


def over(day: str = NEXT_DAY, **file: Any) -> Case:
    return yes("remedy_periods_over", day=day, **{"decision": DECIDED} | file)


def running(day: str = NEXT_DAY, **file: Any) -> Case:
    return no("remedy_periods_over", day=day, **{"decision": DECIDED} | file)


REMEDIES: tuple[Case, ...] = (
    over(),
    running(LAST_DAY),
    running(decision={}),
    # Received by the service of the decision, not by its date.
    over("2023-04-13", decision=DECIDED | {"delivered_on": None},
         services=[{"document": "penalty_decision", "on": "2022-10-12"}]),
    running("2023-04-12", decision=DECIDED | {"delivered_on": None},
            services=[{"document": "penalty_decision", "on": "2022-10-12"}]),
    # Whoever was not told of a remedy has a year.
    running("2023-10-08", decision=DECIDED | {"tells_litigation": False}),
    over("2023-10-09", decision=DECIDED | {"tells_litigation": False}),
    running("2023-10-08", decision=DECIDED | {"tells_reconsideration": False}),
    # A penalty on the spot since 2024 goes to reconsideration first: sixty days, and no suit without it.
    over("2022-12-08", decision=DECIDED | {"tells_litigation": False, "tells_reconsideration_first": True}),
    running("2022-12-07", decision=DECIDED | {"tells_litigation": False, "tells_reconsideration_first": True}),
    # What is under way keeps it waiting, alone in the file or as a row of a list.
    running("2024-04-09", reconsideration=ASKED),
    running("2024-04-09", reconsiderations=[ASKED]),
    running("2024-04-09", litigation=SUED),
    running("2024-04-09", litigations=[SUED]),
    running("2024-04-09", reconsiderations=[UPHELD], litigations=[SUED]),
    # What was begun and given up leaves the periods as they were.
    over(reconsiderations=[{"state": "period_over"}]),
    # After a reconsideration that left it standing: fifteen days to sue, from the day the applicant received it.
    running("2023-05-10", reconsideration=UPHELD),
    over("2023-05-11", reconsideration=UPHELD),
    over("2023-05-11", reconsiderations=[UPHELD]),
    running("2023-05-05", reconsideration=UPHELD | {"served_on": ""}),
    over("2023-05-06", reconsideration=UPHELD | {"served_on": ""}),
    # A suit that ended: from the day after.
    running("2023-05-02", litigation=SUED | {"ended_on": "2023-05-02", "outcome": "claims_dismissed"}),
    over("2023-05-03", litigation=SUED | {"ended_on": "2023-05-02", "outcome": "claims_dismissed"}),
    # A decision that did not stand is not carried out.
    running("2024-04-09", reconsideration=UPHELD | {"outcome": "revoked"}),
    running("2024-04-09", reconsideration=UPHELD | {"outcome": "varied"}),
    running("2024-04-09", litigation=SUED | {"ended_on": "2023-05-02", "outcome": "declared_void"}),
)  # fmt: skip
IN_TIME: tuple[Case, ...] = (
    yes("within_three_months", decision=DECIDED, day="2023-07-08"),
    no("within_three_months", decision=DECIDED, day="2023-07-09"),
    yes("within_three_months", decision=DECIDED, court={"late_reason": "不可抗力"}, day="2023-07-09"),
    no("within_three_months", decision=DECIDED, reconsideration=ASKED, day="2023-06-01"),
    no("within_three_months", day="2023-06-01"),
    yes("within_three_months", decision=DECIDED, deferral=DEFERRED, day="2023-09-30"),
    no("within_three_months", decision=DECIDED, deferral=DEFERRED, day="2023-10-01"),
    no("within_three_months", decision=DECIDED, deferral=DEFERRED | {"approved_on": None}, day="2023-09-30"),
    # A deferral that ended before the remedies moves nothing.
    no("within_three_months", decision=DECIDED, day="2023-07-09",
       deferral=DEFERRED | {"plan": [{"due": "2022-12-31"}]}),
    # The text of 2017 had no such rule.
    no("within_three_months", day="2020-09-30",
       decision={"decided_on": "2019-10-01", "delivered_on": "2019-10-08", **TELLS},
       deferral={"approved_on": "2019-10-10", "plan": [{"due": "2020-06-30"}]}),
    yes("three_months_over", decision=DECIDED, day="2023-07-09"),
    no("three_months_over", decision=DECIDED, day="2023-07-08"),
    no("three_months_over", decision=DECIDED, court={"late_reason": "不可抗力"}, day="2023-07-09"),
    no("three_months_over", decision=DECIDED, litigation=SUED, day="2024-07-09"),
    no("three_months_over", decision=DECIDED, deferral=DEFERRED, day="2023-09-30"),
    yes("three_months_over", decision=DECIDED, deferral=DEFERRED, day="2023-10-01"),
    # Ten working days after Friday 2023-04-28: over a holiday, with Saturday 2023-05-06 worked in its place.
    no("ten_working_days_after_demand", demand=DEMAND, day="2023-05-16"),
    yes("ten_working_days_after_demand", demand=DEMAND, day="2023-05-17"),
    no("ten_working_days_after_demand"),
    no("ten_working_days_after_demand", demand={"issued_on": "2023-04-28"}),
)  # fmt: skip
COURT: tuple[Case, ...] = (
    *REMEDIES,
    *IN_TIME,
    yes("no_own_enforcement_power", cause={"code": "HB01"}),
    no("no_own_enforcement_power", cause={"code": "HB01", "enforcement_power": True}),
    no("no_own_enforcement_power"),
    yes("court_papers_complete", court=WHOLE, decision=DECIDED, demand=DEMAND),
    no("court_papers_complete", court=WHOLE | {"materials": MATERIALS[:3]}, decision=DECIDED, demand=DEMAND),
    no("court_papers_complete", court=WHOLE | {"party_opinion": ""}, decision=DECIDED, demand=DEMAND),
    no("court_papers_complete", court=WHOLE | {"object": " "}, decision=DECIDED, demand=DEMAND),
    no("court_papers_complete", court=WHOLE, demand=DEMAND),
    no("court_papers_complete", court=WHOLE, decision=DECIDED),
    yes("signed_and_sealed", **own(**SIGNED)),
    *(no("signed_and_sealed", **own(**SIGNED | {key: None})) for key in SIGNED),
    no("signed_and_sealed", **own(**SIGNED | {"signer_role": "squad_head"})),
    no("signed_and_sealed", **own(**SIGNED | {"signed_on": "2023-05-17"})),
    yes("court_paper_received", **said(document="（2023）示例行审1号", document_on="2023-05-15")),
    no("court_paper_received", **said(document_on="2023-05-15")),
    no("court_paper_received", **said(document="（2023）示例行审1号")),
    no("court_paper_received", **said(document="（2023）示例行审1号", document_on="2023-05-17")),
    no("court_paper_received", **own(document="（2023）示例行审1号", document_on="2023-05-15")),
    yes("within_15_days", matter="court", court={"ruling_received_on": "2023-05-01"},
        step={"court": {"higher_applied_on": "2023-05-16"}}),
    no("within_15_days", matter="court", court={"ruling_received_on": "2023-04-30"},
       step={"court": {"higher_applied_on": "2023-05-16"}}),
    no("within_15_days", matter="court", court={"ruling_received_on": "2023-05-10"},
       step={"court": {"higher_applied_on": "2023-05-09"}}),
    no("within_15_days", matter="court", court={"ruling_received_on": "2023-05-10"},
       step={"court": {"higher_applied_on": "2023-05-17"}}),
    no("within_15_days", matter="court", court={"ruling_received_on": "2023-05-10"}),
    no("within_15_days", **said(higher_applied_on="2023-05-16")),
)  # fmt: skip
