"""Which inputs of a form are needed now: some matter only after a certain answer to another, some in rare cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from xiuhua.cases.procedure.facts.picks import PENALTY_KINDS
from xiuhua.web.frame.forms.form import Bound, Form

# Below this many rare inputs nothing is folded away.
FEW = 4

# Input → (the input that decides, the answers after which it is asked).
# What each way of service has to prove: CivPL23 §88 to §95.
_SERVICE = {
    "receiver_name": "direct left entrusted post",
    "receiver_relation": "direct entrusted",
    "receipt": "direct left entrusted",
    "refusal_reason": "left",
    "witness_signed": "left",
    "video_ref": "left",
    "post_no": "post",
    "post_receipt_on": "post",
    "confirmation_signed_on": "electronic",
    "effective_on": "electronic announcement",
    "announced_on": "announcement",
    "other_methods_tried": "announcement",
    "reason": "announcement",
}
_AFTER: Mapping[str, tuple[str, str]] = {
    **{f"service.{name}": ("service.method", answers) for name, answers in _SERVICE.items()},
    "video.gap_reason": ("video.running", "no"),
    "inspection.refusal_noted": ("inspection.party_signed", "no"),
    "inspection.refusal_reason": ("inspection.party_signed", "no"),
    "inspection.witness_signed": ("inspection.party_signed", "no"),
    "inspection.no_witness_reason": ("inspection.party_signed", "no"),
    "investigation_report.proposed_fine": ("investigation_report.proposed_kinds", "fine"),
    "investigation_report.no_penalty_ground": ("investigation_report.proposed_kinds", "none"),
    "notice.planned_fine": ("notice.planned_kinds", "fine"),
    "notice.planned_confiscation": (
        "notice.planned_kinds",
        "confiscate_gains confiscate_property confiscate_vehicle",
    ),
    "decision.fine": ("decision.kinds", "fine"),
    "decision.units": ("decision.kinds", "fine"),
    "decision.gains": ("decision.kinds", "confiscate_gains"),
    "decision.mitigation_ground": ("decision.tier", "mitigated"),
    "decision.mitigation_reason": ("decision.tier", "mitigated"),
    "decision.aggravation_ground": ("decision.tier", "heavier"),
    "hearing.private_ground": ("hearing.public", "no"),
    "hearing.refusal_noted": ("hearing.record_signed", "no"),
    "hearing.refusal_reason": ("hearing.record_signed", "no"),
    "joined.id_no": ("joined.kind", "citizen individual_business"),
    "joined.usci": ("joined.kind", "organisation individual_business"),
    "joined.legal_representative": ("joined.kind", "organisation"),
    "paying": ("notice.planned_kinds", "fine"),
    "item.receipt_no": ("paying", "small_amount hard_to_enforce_later remote_on_request"),
}
# The same for what falls to one party for one act: the key behind `share.PARTY.ACT.`.
PENAL = " ".join(code for code, _zh, _en in PENALTY_KINDS)
_OF_A_SHARE: Mapping[str, tuple[str, str]] = {
    "fine": ("kinds", "fine"),
    "units": ("kinds", "fine"),
    "gains": ("kinds", "confiscate_gains"),
    "tier": ("kinds", PENAL),
    "band": ("kinds", "fine"),
    "band_ground": ("kinds", "fine"),
    "reasons": ("kinds", PENAL),
    "mitigation_ground": ("tier", "mitigated"),
    "aggravation_ground": ("tier", "heavier"),
}
_NEEDED_OF_A_SHARE = frozenset({"fine", "tier", "reasons", "mitigation_ground", "aggravation_ground"})
# What the law wants after that answer, though the form as a whole may leave it empty.
_NEEDED = frozenset(
    {
        "decision.fine",
        "decision.gains",
        "decision.mitigation_ground",
        "decision.aggravation_ground",
        "investigation_report.proposed_fine",
        "investigation_report.no_penalty_ground",
        "item.receipt_no",
        "notice.planned_fine",
        "service.announced_on",
        "service.confirmation_signed_on",
        "service.effective_on",
        "service.other_methods_tried",
        "service.post_receipt_on",
        "service.reason",
        "service.receipt",
        "service.receiver_relation",
        "service.refusal_reason",
        "video.gap_reason",
    }
)


@dataclass(frozen=True, slots=True)
class Placed:
    """An input in its form. With `when` it is asked after one of `answers` to that other input; `hidden`: not yet."""

    bound: Bound
    when: str = ""
    answers: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Inputs under one heading; an empty title has none."""

    title: str
    inputs: tuple[Placed, ...]


def after(name: str) -> tuple[str, str]:
    """The input that decides whether this one is asked, and the answers after which it is."""
    if name.startswith("share."):
        path, _dot, key = name.rpartition(".")
        other, answers = _OF_A_SHARE.get(key, ("", ""))
        return (f"{path}.{other}", answers) if other else ("", "")
    return _AFTER.get(name, ("", ""))


def is_needed(name: str) -> bool:
    """Whether the law wants an answer once it is asked for."""
    return name in _NEEDED or (name.startswith("share.") and name.rpartition(".")[2] in _NEEDED_OF_A_SHARE)


def place(form: Form, bound: Bound) -> Placed:
    """The input with the answer it waits for; one with a fault is always seen."""
    when, answers = after(bound.field.name)
    if when not in form.fields:
        return Placed(bound)
    given = form[when].raw
    hidden = not bound.error and set(answers.split()).isdisjoint(given)
    if is_needed(bound.field.name):
        # Asked after that answer, it is no longer something that may stay empty.
        bound = replace(bound, field=replace(bound.field, required=True))
    return Placed(bound, when, answers, hidden)


def parted(form: Form) -> tuple[list[Placed], list[Placed]]:
    """What everybody fills in, and what only rare cases need: optional inputs in which nothing stands yet."""
    placed = [place(form, bound) for bound in form]
    more = [p for p in placed if not p.when and not p.bound.field.required and not any(p.bound.raw)]
    if len(more) < FEW:
        return placed, []
    return [p for p in placed if p not in more], more


def grouped(form: Form, groups: Iterable[tuple[str, tuple[str, ...]]]) -> list[Group]:
    """The inputs of a form under the headings given."""
    return [
        Group(title, tuple(place(form, form[name]) for name in names if name in form.fields))
        for title, names in groups
    ]
