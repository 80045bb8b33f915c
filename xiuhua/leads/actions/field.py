"""The handling unit's moves: accept, return, reach the scene, hand to a case, settle without one."""

from __future__ import annotations

from datetime import datetime

from xiuhua.kernel.authz import Actor, Invalid
from xiuhua.leads import permissions, rules
from xiuhua.leads.actions.moving import label_of, moving, said
from xiuhua.leads.actions.outcome import close, public
from xiuhua.leads.models import Lead


def accept(*, lead: Lead, by: Actor, at: datetime) -> Lead:
    """The unit takes the lead over and answers for it from now on."""
    with moving("accept", lead, lambda: permissions.check_can_accept(lead, by), by=by, at=at) as act:
        lead.accepted_at = at
        act.entry(on=lead, facts={}, label=label_of(lead))
    return lead


def return_(*, lead: Lead, reason: str, by: Actor, at: datetime) -> Lead:
    """Back to the desk, with the reason why it is not the unit's. Raises Invalid without one."""
    reason = said("reason", reason, "请写明退回的原因")
    with moving("return", lead, lambda: permissions.check_can_return(lead, by), by=by, at=at) as act:
        lead.dispatched_at = lead.accepted_at = None
        act.entry(on=lead, facts={"reason": reason}, label=label_of(lead))
    return lead


def arrive(*, lead: Lead, by: Actor, at: datetime) -> Lead:
    """Officers are on the spot; the clocks that ask for it stop. The first time counts."""
    with moving("arrive", lead, lambda: permissions.check_can_arrive(lead, by), by=by, at=at) as act:
        lead.on_scene_at = lead.on_scene_at or at
        act.entry(on=lead, facts={}, label=label_of(lead))
    return lead


def hand_to_case(*, lead: Lead, case_subject: str, case_label: str, by: Actor, at: datetime) -> Lead:
    """A case was opened on this lead; called by the case in its own act. The lead knows the case by name only."""
    with moving(
        "hand_to_case", lead, lambda: permissions.check_can_hand_to_case(lead, by), by=by, at=at
    ) as act:
        lead.case_subject, lead.case_label = case_subject, case_label
        act.entry(on=lead, facts={"case": case_subject, "label": case_label}, label=label_of(lead))
    return lead


def settle(*, lead: Lead, outcome: str, note: str, by: Actor, at: datetime, public_note: str = "") -> Lead:
    """Settled without a case: the party was persuaded, or nothing unlawful was found.

    `note` says what was found and stays inside; `public_note` (or the usual sentence) is what the reporter reads.
    Raises Invalid for another outcome or without a note.
    """
    if outcome not in rules.SETTLEMENTS:
        raise Invalid({"outcome": "不立案办结只能是教育劝阻或未发现违法"})
    note = said("note", note, "请写明现场核查情况")
    sentence = public(outcome, public_note)
    with moving("settle", lead, lambda: permissions.check_can_settle(lead, by), by=by, at=at) as act:
        lead.on_scene_at = lead.on_scene_at or at
        close(lead, outcome, sentence, act)
        facts = {"outcome": outcome, "note": note, "public_note": sentence}
        act.entry(on=lead, facts=facts, label=label_of(lead))
    return lead
