"""Which posts one person may not hold at once, and where a role may be held. Pure.

Investigation, review and approval lie in different hands (PPL21 §58, §57); who keeps the evidence does not work the
case; who oversees does not handle; administrators, auditor and machines hold that one post and nothing else.
"""

from __future__ import annotations

from enum import StrEnum

from xiuhua.kernel.authz import Refusal, Said
from xiuhua.org.rules.roles import ROLES
from xiuhua.org.rules.units import HANDLING_KINDS, UnitKind


class Duty(StrEnum):
    """What a role does, as far as separation cares."""

    INVESTIGATE = "investigate"
    REVIEW = "review"
    APPROVE = "approve"
    KEEP = "keep"
    OVERSEE = "oversee"
    ADMINISTER = "administer"
    AUDIT = "audit"
    MACHINE = "machine"
    ASSIST = "assist"
    OTHER = "other"


DUTY = {
    "officer": Duty.INVESTIGATE,
    "squad_legal_clerk": Duty.INVESTIGATE,
    "squad_head": Duty.INVESTIGATE,
    "brigade_head": Duty.INVESTIGATE,
    "case_centre_reviewer": Duty.REVIEW,
    "legal_reviewer": Duty.REVIEW,
    "bureau_deputy_head": Duty.APPROVE,
    "bureau_head": Duty.APPROVE,
    "town_approver": Duty.APPROVE,
    "evidence_custodian": Duty.KEEP,
    "supervision_inspector": Duty.OVERSEE,
    "file_reviewer": Duty.OVERSEE,
    "system_administrator": Duty.ADMINISTER,
    "security_administrator": Duty.ADMINISTER,
    "auditor": Duty.AUDIT,
    "intake": Duty.MACHINE,
    "auxiliary": Duty.ASSIST,
}

# Duties that a person holds with no other post at all.
ALONE = frozenset({Duty.ADMINISTER, Duty.AUDIT, Duty.MACHINE, Duty.ASSIST})

# Pairs of duties in different hands, and the ground where the law says so.
APART = {
    frozenset({Duty.INVESTIGATE, Duty.REVIEW}): "PPL21 §58",
    frozenset({Duty.INVESTIGATE, Duty.APPROVE}): "PPL21 §57",
    frozenset({Duty.REVIEW, Duty.APPROVE}): "PPL21 §58",
    frozenset({Duty.INVESTIGATE, Duty.KEEP}): "",
    frozenset({Duty.INVESTIGATE, Duty.OVERSEE}): "",
    frozenset({Duty.REVIEW, Duty.OVERSEE}): "",
    frozenset({Duty.APPROVE, Duty.OVERSEE}): "",
}

_BUREAU_DESKS = frozenset({UnitKind.BUREAU, UnitKind.OFFICE, UnitKind.CASE_CENTRE})
_SQUADS = frozenset({UnitKind.STREET_SQUAD, UnitKind.TOWN_SQUAD, UnitKind.SPECIAL_AREA_SQUAD})

# Where a role may be held; a role that is not named here is held at a desk of the bureau.
PLACES = {
    "officer": HANDLING_KINDS,
    "auxiliary": HANDLING_KINDS,
    "squad_legal_clerk": HANDLING_KINDS,
    "squad_head": _SQUADS,
    "brigade_head": HANDLING_KINDS - _SQUADS,
    "case_centre_reviewer": frozenset({UnitKind.CASE_CENTRE}),
    "legal_reviewer": _BUREAU_DESKS | {UnitKind.TOWN_GOVERNMENT},
    "bureau_head": frozenset({UnitKind.BUREAU}),
    "bureau_deputy_head": frozenset({UnitKind.BUREAU}),
    "town_approver": frozenset({UnitKind.TOWN_GOVERNMENT}),
    "hearing_host": _BUREAU_DESKS | {UnitKind.TOWN_GOVERNMENT},
}


def duty(role: str) -> Duty:
    return DUTY.get(role, Duty.OTHER)


def parted(role: str, other: str) -> Refusal | None:
    """Why one person may not hold `role` and `other` at once; None where both may be held."""
    if role == other:
        return None
    a, b = duty(role), duty(other)
    first, second = ROLES[role].label, ROLES[other].label
    if a in ALONE or b in ALONE:
        return Refusal(
            "post_held_alone",
            Said(
                "“%(first)s”与“%(second)s”不得由同一人兼任：管理、审计、接口和协管岗位只能单独担任",
                first=first,
                second=second,
            ),
            meaning="administrators, auditors, machine accounts and auxiliary staff hold one post only",
        )
    ground = APART.get(frozenset({a, b}))
    if ground is None:
        return None
    return Refusal(
        "duties_apart",
        Said(
            "“%(first)s”与“%(second)s”不得由同一人兼任：调查、审核、决定、保管、监督应当分离",
            first=first,
            second=second,
        ),
        ground,
        "investigation, review, approval, custody and oversight lie in different hands",
    )


def misplaced(role: str, kind: UnitKind) -> bool:
    """Whether `role` has no place in a unit of `kind`."""
    return kind not in PLACES.get(role, _BUREAU_DESKS)


# Kinds of people that a duty is open to; the law asks for a certificate wherever somebody enforces (SHUM §16).
_CERTIFIED_ONLY = frozenset({Duty.INVESTIGATE})


def unfit(role: str, person: str) -> list[Refusal]:
    """Why somebody of kind `person` (officer, auxiliary, civil) may not hold `role`; empty where he or she may."""
    if person == "auxiliary" and duty(role) is not Duty.ASSIST:
        return [
            Refusal(
                "auxiliary_only_assists",
                Said("协管人员不得担任“%(role)s”", role=ROLES[role].label),
                "SHUM §16",
                "auxiliary staff assist and may not enforce",
            )
        ]
    if person != "officer" and duty(role) in _CERTIFIED_ONLY:
        return [
            Refusal(
                "enforcement_needs_officer",
                Said("“%(role)s”须由执法人员担任", role=ROLES[role].label),
                "SHUM §16",
                "only enforcement officers may work a case",
            )
        ]
    return []
