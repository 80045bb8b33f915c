"""Which fields the functions of the notation read, to keep defects apart that speak of the same facts. Pure data."""

from __future__ import annotations

from collections.abc import Mapping

_OFFICERS = ("officer_ids", "on", "from_at", "implemented_at", "certificate_shown")
_ACTS = frozenset({
    *(f"{name}.{field}" for name in ("inspections", "interviews", "measures") for field in _OFFICERS),
    "correction.ordered_on", "correction.officer_ids", "correction.rechecked_on", "correction.recheck_officer_ids",
    "decision.decided_on", "decision.signed_by", "decision.certificate_shown", "case.procedure",
})  # fmt: skip
_SERVICE = frozenset(
    {
        "services.document",
        "services.method",
        "services.on",
        "services.effective_on",
        "services.post_receipt_on",
    }
)
# What the functions of the notation read.
BEHIND: Mapping[str, frozenset[str]] = {
    "acts()": _ACTS,
    "investigators()": _ACTS,
    "penal()": frozenset({"decision.kinds"}),
    "decided_or_closed()": frozenset({"decision.decided_on", "case.closed_on"}),
    "limit_kind()": frozenset({"party.kind", "decision.decided_on"}),
    "hearing_due()": frozenset({"party.kind", "notice.planned_kinds", "notice.planned_fine", "notice.served_on"}),
    "request_in_time()": frozenset({"hearing.requested_on", "hearing.told_on", "notice.served_on"}),
    "review_required()": frozenset({"hearing.held_on", "case.public_interest", "case.multi_legal_relations"}),
    "suspended_days()": frozenset({"case.suspensions"}),
    "recording_required()": frozenset({"case.recording_steps"}),
    "recorded()": frozenset({"recording.step"}),
    "officer()": frozenset({"officers.id"}),
    "svc()": _SERVICE,
    "eff()": _SERVICE,
    "paid()": frozenset({"payment.items.amount", "payment.items"}),
    "pay_due()": _SERVICE | {"deferral.plan", "deferral.plan.due", "decision.delivered_on"},
    "demand_due()": frozenset({"demand.served_on", "demand.duty_days"}),
    "remedy_days_in()": frozenset({
        "reconsideration.accepted_on", "reconsideration.decided_on", "litigation.accepted_on", "litigation.ended_on",
    }),
    "measure_days()": frozenset({
        "measures.implemented_at", "measures.ended_on", "measures.test_from", "case.closed_on", "decision.decided_on",
    }),
    "test_days()": frozenset({"measures.test_from", "measures.test_to", "measures.test_told_on"}),
    "tier_contains()": frozenset({"cause.code", "decision.decided_on"}),
}  # fmt: skip
