"""Guards of the hearing itself."""

from __future__ import annotations

from typing import Any

from xiuhua.cases.tests.procedure.truth.case import Case, no, officer, yes

WHAT = "hearing"
PLANNED = {"planned_at": "2023-05-16T09:30"}


def own(**block: Any) -> dict[str, Any]:
    """A file in which the hearing is the matter under judgement."""
    return {"matter": WHAT, "hearing": block}


def told(**row: Any) -> dict[str, Any]:
    """A step that serves the notice of the hearing."""
    return {"services": [{"document": "hearing_notice", "on": "2023-05-16", **row}]}


def aside(**row: Any) -> dict[str, Any]:
    return {"recusals": [{"person_id": "T", **row}]}


SIGNED, ENDED = "hearing_record_signed_or_noted", "absent_without_reason"
CASES: tuple[Case, ...] = (
    yes("not_heard_yet", **own(told_on="2023-05-08")),
    no("not_heard_yet", **own(requested_on="2023-05-12")),
    yes("not_heard_yet", notice={"served_on": "2023-05-08", "tells_hearing": True}),
    no("not_heard_yet", **own(told_on="2023-05-08", held_on="2023-05-15")),
    no("not_heard_yet", **own(told_on="2023-05-08", ended_by_absence=True)),
    no("not_heard_yet", **own(told_on="2023-05-08", waived_in_writing=True)),
    no("not_heard_yet", **own(told_on="2023-05-08", report_on="2023-05-15")),
    yes("host_may_host", **own(host_id="T")),
    yes("host_may_host", **own(host_id="T"), **aside(result="refused")),
    yes("host_may_host", **own(host_id="U"), **aside(result="granted")),
    no("host_may_host", **own(host_id="T"), **aside(result="granted")),
    no("host_may_host", **own(host_id="T"), officers=[officer("T", interest_declared=True)]),
    no("host_may_host", **own()),
    # A host who is only named, not yet at work, may not have investigated either.
    yes("host_not_investigator", **own(host_id="T"), inspections=[{"officer_ids": ["A"]}]),
    no("host_not_investigator", **own(host_id="A"), inspections=[{"officer_ids": ["A"]}]),
    yes(
        "host_conflict_found",
        **own(),
        inspections=[{"officer_ids": ["T"]}],
        step=aside(ground="investigated"),
    ),
    no("host_conflict_found", **own(), step=aside(ground="investigated", reason="据称参与调查")),
    yes("host_conflict_found", **own(), step=aside(ground="interest", reason="持有当事人股份")),
    yes("host_conflict_found", **own(), step=aside(ground="relative", reason="与法定代表人系兄弟")),
    no("host_conflict_found", **own(), step=aside(ground="interest", reason=" ")),
    no("host_conflict_found", **own(), step=aside(ground="tired", reason="忙")),
    no("host_conflict_found", **own(), step={"recusals": [{"ground": "interest", "reason": "不明"}]}),
    no("host_conflict_found", **own(), **aside(ground="interest", reason="旧事")),
    yes("appointed_host_acts", by="T", **own(host_id="T")),
    yes("appointed_host_acts", **own(host_id="T")),
    no("appointed_host_acts", by="U", **own(host_id="T")),
    no("appointed_host_acts", by="T", **own()),
    no("appointed_host_acts", **own()),
    yes("open_or_secret_ground", **own(public=True)),
    yes("open_or_secret_ground", **own(public=False, private_ground="涉及商业秘密")),
    no("open_or_secret_ground", **own(public=False)),
    no("open_or_secret_ground", **own(private_ground="涉及商业秘密")),
    yes("hearing_notice_proved", **own(), step=told(method="direct", receipt=True)),
    no("hearing_notice_proved", **own(), step=told(method="direct")),
    no("hearing_notice_proved", **own(), step=told(method="post", receipt=True)),
    yes("hearing_notice_proved", **own(), step=told(method="post", post_receipt_on="2023-05-16")),
    no("hearing_notice_proved", **own(), step=told(method="post", post_receipt_on="2023-05-17")),
    no("hearing_notice_proved", **own(), step=told(method="direct", receipt=True, on="2023-05-17")),
    no("hearing_notice_proved", **own(), **told(method="direct", receipt=True)),
    no(
        "hearing_notice_proved",
        **own(),
        step={"services": [{"document": "prior_notice", "on": "2023-05-16", "receipt": True}]},
    ),
    yes("held_as_notified", **own(held_on="2023-05-16", **PLANNED)),
    no("held_as_notified", **own(held_on="2023-05-15", **PLANNED)),
    no("held_as_notified", **own(held_on="2023-05-16")),
    no("held_as_notified", **own()),
    yes("investigators_present", **own(investigator_ids=["A"]), inspections=[{"officer_ids": ["A", "B"]}]),
    no(
        "investigators_present",
        **own(investigator_ids=["A", "X"]),
        inspections=[{"officer_ids": ["A", "B"]}],
    ),
    no("investigators_present", **own(investigator_ids=[]), inspections=[{"officer_ids": ["A"]}]),
    yes(ENDED, **own(attendance="absent", absence_reason="等候三十分钟未到", **PLANNED)),
    yes(ENDED, **own(attendance="left", absence_reason="中途退场", **PLANNED)),
    no(ENDED, **own(attendance="late", absence_reason="迟到", **PLANNED)),
    no(ENDED, **own(attendance="absent", absence_reason=" ", **PLANNED)),
    no(ENDED, day="2023-05-15", **own(attendance="absent", absence_reason="未到", **PLANNED)),
    no(ENDED, **own(attendance="absent", absence_reason="未到")),
    yes(SIGNED, **own(record_signed=True)),
    yes(SIGNED, **own(record_signed=False, refusal_noted=True, refusal_reason="不认可记录")),
    no(SIGNED, **own(record_signed=False, refusal_noted=True)),
    no(SIGNED, **own(record_signed=False, refusal_reason="不认可记录")),
    no(SIGNED, **own()),
    yes("opinion_given", **own(held_on="2023-05-16"), step=own(opinion="维持", report_on="2023-05-16")),
    no("opinion_given", **own(held_on="2023-05-16"), step=own(opinion=" ", report_on="2023-05-16")),
    no("opinion_given", **own(held_on="2023-05-16"), step=own(opinion="维持", report_on="2023-05-15")),
    no("opinion_given", **own(held_on="2023-05-16"), step=own(opinion="维持", report_on="2023-05-17")),
    no("opinion_given", **own(), step=own(opinion="维持", report_on="2023-05-16")),
    no("opinion_given", **own(held_on="2023-05-15", opinion="维持", report_on="2023-05-16"), step={}),
    # What the main road reads of it.
    no("hearing_ended", hearing={"held_on": "2023-05-15", "report_on": "2023-05-16", "under_way": True}),
    yes("hearing_ended", hearing={"held_on": "2023-05-15", "report_on": "2023-05-16", "under_way": False}),
    no(
        "hearing_period_over",
        day="2023-06-16",
        hearing={"told_on": "2023-05-08", "late_request_on": "2023-05-15"},
    ),
    yes(
        "hearing_period_over",
        day="2023-06-16",
        hearing={"told_on": "2023-05-08", "late_request_on": "2023-05-16"},
    ),
    no(
        "hearing_notice_early_enough",
        hearing={"notice_served_on": "2023-05-17", "planned_at": "2023-05-25T09:30"},
    ),
    yes(
        "hearing_notice_early_enough",
        hearing={"notice_served_on": "2023-05-17", "planned_at": "2023-05-26T09:30"},
    ),
    yes(
        "hearing_notice_early_enough",
        hearing={"notice_served_on": "2018-10-08", "planned_at": "2018-10-15T09:00"},
    ),
    no(
        "hearing_notice_early_enough",
        hearing={"notice_served_on": "2018-10-08", "planned_at": "2018-10-14T09:00"},
    ),
    no("hearing_notice_early_enough", hearing={"planned_at": "2023-05-26T09:30"}),
)
