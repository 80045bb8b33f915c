"""Which posts one person may hold at once, as a table, and where a role may be held."""

from __future__ import annotations

from itertools import product

import pytest

from xiuhua.org.rules import ROLES, UnitKind, misplaced, parted, unfit
from xiuhua.org.rules.separation import DUTY, PLACES

INVESTIGATORS = ("officer", "squad_legal_clerk", "squad_head", "brigade_head")
REVIEWERS = ("case_centre_reviewer", "legal_reviewer")
APPROVERS = ("bureau_deputy_head", "bureau_head", "town_approver")
OVERSEERS = ("supervision_inspector", "file_reviewer")
ALONE = ("system_administrator", "security_administrator", "auditor", "intake", "auxiliary")

APART = [
    *product(INVESTIGATORS, REVIEWERS),
    *product(INVESTIGATORS, APPROVERS),
    *product(REVIEWERS, APPROVERS),
    *product(INVESTIGATORS, ["evidence_custodian"]),
    *product(INVESTIGATORS, OVERSEERS),
    *product(REVIEWERS, OVERSEERS),
    *product(APPROVERS, OVERSEERS),
]


@pytest.mark.parametrize(("a", "b"), list(product(ROLES, ROLES)))
def test_two_posts_at_once_are_refused_exactly_where_duties_lie_in_different_hands(a: str, b: str) -> None:
    lonely = a != b and (a in ALONE or b in ALONE)
    expected = lonely or (a, b) in APART or (b, a) in APART
    refusal = parted(a, b)
    assert (refusal is not None) == expected
    if refusal:
        assert ROLES[a].label in refusal.sentence
        assert ROLES[b].label in refusal.sentence


def test_investigator_and_reviewer_are_parted_by_law() -> None:
    refusal = parted("officer", "legal_reviewer")
    assert refusal is not None
    assert refusal.ground == "PPL21 §58"


def test_duties_and_places_speak_of_roles_that_exist() -> None:
    assert set(DUTY) <= set(ROLES)
    assert set(PLACES) <= set(ROLES)


@pytest.mark.parametrize(
    ("role", "kind", "wrong"),
    [
        ("officer", UnitKind.STREET_SQUAD, False),
        ("officer", UnitKind.CASE_CENTRE, True),
        ("squad_head", UnitKind.BRIGADE, True),
        ("brigade_head", UnitKind.DETACHMENT, False),
        ("town_approver", UnitKind.TOWN_GOVERNMENT, False),
        ("town_approver", UnitKind.BUREAU, True),
        ("bureau_head", UnitKind.OFFICE, True),
        ("statistics_clerk", UnitKind.OFFICE, False),
        ("statistics_clerk", UnitKind.TOWN_SQUAD, True),
    ],
)
def test_a_role_is_held_where_it_belongs(role: str, kind: UnitKind, wrong: bool) -> None:
    assert misplaced(role, kind) is wrong


@pytest.mark.parametrize(
    ("role", "person", "code"),
    [
        ("officer", "officer", None),
        ("officer", "civil", "enforcement_needs_officer"),
        ("officer", "auxiliary", "auxiliary_only_assists"),
        ("statistics_clerk", "civil", None),
        ("statistics_clerk", "auxiliary", "auxiliary_only_assists"),
        ("auxiliary", "auxiliary", None),
        ("legal_reviewer", "civil", None),
    ],
)
def test_who_may_not_enforce_holds_no_enforcing_post(role: str, person: str, code: str | None) -> None:
    assert [r.code for r in unfit(role, person)] == ([code] if code else [])
