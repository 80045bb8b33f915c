"""Guards of the service of one document, step by step."""

from __future__ import annotations

from typing import Any

from xiuhua.cases.tests.procedure.truth.case import Case, no, yes

SEALED = "document_sealed_and_dated"
PAPER = {"document": "prior_notice", "sealed": True, "issued_on": "2023-05-15"}
DECISION = {**PAPER, "document": "penalty_decision", "decided_on": "2023-05-15"}


def own(**block: Any) -> dict[str, Any]:
    """A file in which the service of a document is the matter under judgement."""
    return {"matter": "delivery", "delivery": block}


def now(row: dict[str, Any] | None = None, **block: Any) -> dict[str, Any]:
    """A step that states something of the matter, and perhaps the service it brings about."""
    return {"delivery": block, **({"services": [row]} if row is not None else {})}


CASES: tuple[Case, ...] = (
    yes(SEALED, **own(**PAPER)),
    yes(SEALED, **own(**DECISION)),
    no(SEALED, **own(**DECISION | {"decided_on": None})),
    no(SEALED, **own(**DECISION | {"decided_on": "2023-05-17"})),
    no(SEALED, **own(**PAPER | {"sealed": False})),
    no(SEALED, **own(**PAPER | {"issued_on": None})),
    no(SEALED, **own(**PAPER | {"issued_on": "2023-05-17"})),
    no(SEALED, **own()),
    yes("receiver_entitled", **own(), step=now({"receiver_relation": "self", "receiver_name": "张示例"})),
    yes(
        "receiver_entitled",
        **own(),
        step=now({"receiver_relation": "adult_cohabitant", "receiver_name": "李示例"}),
    ),
    no("receiver_entitled", **own(), step=now({"receiver_relation": "neighbour", "receiver_name": "邻居"})),
    no("receiver_entitled", **own(), step=now({"receiver_relation": "self"})),
    no("receiver_entitled", **own(), services=[{"receiver_relation": "self", "receiver_name": "张示例"}]),
    yes("refusal_reason_recorded", **own(), step=now(refusal_reason="不认可处罚", refused_on="2023-05-16")),
    no("refusal_reason_recorded", **own(), step=now(refusal_reason=" ", refused_on="2023-05-16")),
    no("refusal_reason_recorded", **own(), step=now(refusal_reason="不认可", refused_on="2023-05-17")),
    no("refusal_reason_recorded", **own(refusal_reason="不认可", refused_on="2023-05-16")),
    yes("left_at_residence", **own(), step=now({"place": "示例路5号"}, at_residence=True)),
    no("left_at_residence", **own(), step=now({"place": "示例路5号"}, at_residence=False)),
    no("left_at_residence", **own(), step=now({"place": ""}, at_residence=True)),
    no("left_at_residence", **own(at_residence=True), step=now({"place": "示例路5号"})),
    yes("witness_or_video", **own(), step=now({"witness_signed": True})),
    yes("witness_or_video", **own(), step=now({"witness_signed": False, "video_ref": "示例录像3"})),
    no("witness_or_video", **own(), step=now({"witness_signed": False})),
    no("witness_or_video", **own(), services=[{"witness_signed": True}]),
    yes(
        "consent_signed_before",
        **own(),
        step=now({"confirmation_signed_on": "2023-05-16", "on": "2023-05-16"}),
    ),
    no(
        "consent_signed_before",
        **own(),
        step=now({"confirmation_signed_on": "2023-05-16", "on": "2023-05-15"}),
    ),
    no("consent_signed_before", **own(), step=now({"on": "2023-05-16"})),
    yes("arrival_recorded", **own(), step=now({"on": "2023-05-16", "arrived_at": "2023-05-16T09:01"})),
    no("arrival_recorded", **own(), step=now({"on": "2023-05-16", "arrived_at": "2023-05-15T23:59"})),
    no("arrival_recorded", **own(), step=now({"on": "2023-05-15", "arrived_at": "2023-05-17T00:01"})),
    no("arrival_recorded", **own(), step=now({"on": "2023-05-16"})),
    no("arrival_recorded", **own(), step=now({"arrived_at": "2023-05-16T09:01"})),
    yes("direct_service_hard", **own(hard_reason="当事人在外省")),
    no("direct_service_hard", **own(hard_reason="")),
    yes("postal_slip_kept", **own(), step=now(slip_kept=True, post_no="示例EMS001")),
    no("postal_slip_kept", **own(), step=now(slip_kept=False, post_no="示例EMS001")),
    no("postal_slip_kept", **own(), step=now(slip_kept=True)),
    no("postal_slip_kept", **own(slip_kept=True, post_no="示例EMS001")),
    yes("post_receipt_dated", **own(), step=now({"on": "2023-05-10", "post_receipt_on": "2023-05-16"})),
    no("post_receipt_dated", **own(), step=now({"on": "2023-05-10", "post_receipt_on": "2023-05-09"})),
    no("post_receipt_dated", **own(), step=now({"on": "2023-05-10", "post_receipt_on": "2023-05-17"})),
    no("post_receipt_dated", **own(), step=now({"on": "2023-05-10"})),
    no("post_receipt_dated", **own(), step=now({"post_receipt_on": "2023-05-16"})),
    yes("returned_mail_kept", **own(), step=now(returned_mail_kept=True, returned_on="2023-05-16")),
    no("returned_mail_kept", **own(), step=now(returned_mail_kept=False, returned_on="2023-05-16")),
    no("returned_mail_kept", **own(), step=now(returned_mail_kept=True)),
    no("returned_mail_kept", **own(), step=now(returned_mail_kept=True, returned_on="2023-05-17")),
    yes("other_methods_tried", **own(attempts="直接送达两次无人，邮寄被退回")),
    no("other_methods_tried", **own(attempts=" ")),
    no("other_methods_tried", **own()),
    yes("announcement_reason_recorded", **own(), step=now(reason="迁址不明")),
    no("announcement_reason_recorded", **own(), step=now(reason="")),
    no("announcement_reason_recorded", **own(reason="迁址不明")),
    # Sixty days for what was announced until the end of 2021, thirty since; the day of the posting does not count.
    yes("announcement_period_over", day="2018-11-28", **own(announced_on="2018-09-28")),
    no("announcement_period_over", day="2018-11-27", **own(announced_on="2018-09-28")),
    no("announcement_period_over", day="2022-01-30", **own(announced_on="2021-12-31")),
    yes("announcement_period_over", day="2022-03-02", **own(announced_on="2021-12-31")),
    yes("announcement_period_over", day="2022-02-01", **own(announced_on="2022-01-01")),
    no("announcement_period_over", day="2022-01-31", **own(announced_on="2022-01-01")),
    no("announcement_period_over", **own()),
    # What the paper's own day says where no step issued it.
    yes(
        "receipt_complete",
        **own(),
        step=now(
            {
                "document": "prior_notice",
                "method": "direct",
                "on": "2023-05-16",
                "issued_on": "2023-05-16",
                "receipt": True,
            }
        ),
    ),
    no(
        "receipt_complete",
        **own(),
        step=now(
            {
                "document": "prior_notice",
                "method": "direct",
                "on": "2023-05-15",
                "issued_on": "2023-05-16",
                "receipt": True,
            }
        ),
    ),
)
