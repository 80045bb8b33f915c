"""The desk's moves: verify, merge, refuse, dispatch, pass on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from xiuhua.kernel import areas, clock
from xiuhua.kernel.authz import Actor, Invalid
from xiuhua.leads import permissions, rules
from xiuhua.leads.actions.moving import label_of, locked, moving, said
from xiuhua.leads.actions.outcome import close, public
from xiuhua.leads.actions.saying import cause_faults
from xiuhua.leads.actions.writing import authority_of, digest_of, group_of, search_of
from xiuhua.leads.models import Lead, LeadKind
from xiuhua.org import queries as org


def verify(
    *,
    lead: Lead,
    by: Actor,
    at: datetime,
    note: str = "",
    kind: LeadKind | None = None,
    cause: str | None = None,
    place: str | None = None,
    lon: float | None = None,
    lat: float | None = None,
    on_scene: bool = False,
) -> Lead:
    """The lead is real enough to be worked. What was wrong in it is put right: kind, likely cause, place.

    `on_scene`: somebody looked on the spot. Raises Invalid for an unknown cause or an impossible point.
    """
    errors = rules.point_faults(lon, lat) | cause_faults(cause or "")
    area = areas.area_at(lon, lat) if lon is not None and lat is not None and not errors else None
    if lon is not None and not errors and area is None and areas.locator().areas:
        errors["lon"] = "坐标不在本区范围内"
    if errors:
        raise Invalid(errors)
    with moving("verify", lead, lambda: permissions.check_can_verify(lead, by), by=by, at=at) as act:
        changed: dict[str, Any] = {}
        if kind is not None and kind.pk != lead.kind_id:
            changed["kind"], lead.kind = kind.code, kind
        if cause is not None and cause != lead.cause_hint:
            changed["cause"] = lead.cause_hint = cause
        if place is not None and place.strip() and place.strip() != lead.place:
            changed["place"], lead.place = True, place.strip()
        if lon is not None and lat is not None and (lon, lat) != (lead.lon, lead.lat):
            changed["area"] = area.code if area else ""
            lead.lon, lead.lat, lead.area = lon, lat, area
        lead.verified_at = at
        lead.on_scene_at = at if on_scene else lead.on_scene_at
        lead.search = search_of(lead)
        facts = {"note": note, "on_scene": on_scene, "changed": changed, "digest": digest_of(lead)}
        act.entry(on=lead, facts=facts, label=label_of(lead))
    return lead


def merge(*, lead: Lead, into: Lead, by: Actor, at: datetime, note: str = "") -> Lead:
    """`lead` tells of the same thing as `into` and is worked there; its reporter still gets the answer.

    What was merged into `lead` before goes along. Raises Refused for a closed one, or for itself.
    """
    with moving(
        "merge", lead, lambda: permissions.check_can_merge(lead, _fresh(into), by), by=by, at=at
    ) as act:
        lead.merged_into = into
        moved = lead.merged.update(merged_into=into)
        facts = {"into": into.number, "note": note, "moved": moved}
        act.entry(on=lead, facts=facts, label=label_of(lead))
        act.entry(
            on=into, facts={"lead": lead.number, "note": note}, label=label_of(into), verb="leads.absorb"
        )
    return lead


def _fresh(lead: Lead) -> Lead:
    lead.refresh_from_db(from_queryset=locked())
    return lead


def refuse(*, lead: Lead, reason: str, by: Actor, at: datetime, public_note: str = "") -> Lead:
    """The lead is not worked: unreal, or too unclear. `reason` stays inside, `public_note` is for the reporter."""
    reason = said("reason", reason, "请写明不予受理的原因")
    sentence = public(rules.Outcome.REFUSED, public_note)
    with moving("refuse", lead, lambda: permissions.check_can_refuse(lead, by), by=by, at=at) as act:
        close(lead, rules.Outcome.REFUSED, sentence, act)
        act.entry(on=lead, facts={"reason": reason, "public_note": sentence}, label=label_of(lead))
    return lead


def dispatch(
    *, lead: Lead, by: Actor, at: datetime, unit: org.Unit | None = None, cause: str | None = None
) -> Lead:
    """To the unit that handles such causes at that place, or to `unit`, in the name of its authority on this day.

    Raises Invalid where nobody is known to handle there and none is named; Refused where the unit may not handle it.
    """
    if errors := cause_faults(cause or ""):
        raise Invalid(errors)
    with moving(
        "dispatch",
        lead,
        lambda: permissions.check_can_dispatch(lead, by),
        by=by,
        at=at,
    ) as act:
        lead.cause_hint = lead.cause_hint if cause is None else cause
        chosen = unit or org.handling_unit_at(lead.area, group_of(lead), clock.day_of(at))
        if chosen is None:
            raise Invalid({"unit": "按地点和案由找不到承办单位，请指定"})
        permissions.check_can_send_to(chosen.pk, by)
        before = lead.unit.code if lead.unit else ""
        lead.unit, lead.authority = chosen, authority_of(chosen, lead, at)
        lead.dispatched_at, lead.accepted_at = at, None
        facts = {"unit": chosen.code, "authority": lead.authority.code, "cause": lead.cause_hint}
        act.entry(on=lead, facts={**facts, "before": before, "named": unit is not None}, label=label_of(lead))
    return lead


def transfer_out(*, lead: Lead, to: str, reason: str, by: Actor, at: datetime, public_note: str = "") -> Lead:
    """Not our duty: passed on to the agency whose it is, within three working days of receipt (SHUM §26)."""
    to = said("to", to, "请写明移送的机关")
    reason = said("reason", reason, "请写明移送的原因")
    sentence = public(rules.Outcome.TRANSFERRED, public_note)
    with moving(
        "transfer_out", lead, lambda: permissions.check_can_transfer_out(lead, by), by=by, at=at
    ) as act:
        close(lead, rules.Outcome.TRANSFERRED, sentence, act)
        facts = {"to": to, "reason": reason, "public_note": sentence}
        act.entry(on=lead, facts=facts, label=label_of(lead))
    return lead
