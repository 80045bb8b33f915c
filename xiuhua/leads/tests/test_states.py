"""The table of moves as a truth table: every move, state and role."""

from __future__ import annotations

import pytest

from xiuhua.kernel.authz import SYSTEM, Actor, Grant
from xiuhua.leads import rules
from xiuhua.leads.rules import MOVES, State
from xiuhua.org.rules import ROLES

HERE, ELSEWHERE = 1, 2

# Move → the states it may leave. Typed out here once more, so that a slip in the table is seen.
FROM = {
    "verify": "registered",
    "merge": "registered verified returned dispatched accepted",
    "refuse": "registered verified returned",
    "dispatch": "verified returned dispatched",
    "accept": "dispatched",
    "return": "dispatched accepted",
    "arrive": "dispatched accepted",
    "transfer_out": "registered verified returned dispatched accepted",
    "hand_to_case": "accepted",
    "settle": "accepted",
    "record_outcome": "handed",
    "tell_reporter": "verified returned dispatched accepted handed settled merged refused transferred",
}

DESK = {"duty_dispatcher", "complaint_clerk"}
FIELD = {"officer", "squad_legal_clerk", "squad_head", "brigade_head"}
HEADS = {"squad_legal_clerk", "squad_head", "brigade_head"}
BENCH = {
    "case_centre_reviewer",
    "legal_reviewer",
    "bureau_deputy_head",
    "bureau_head",
    "town_approver",
    "publicity_clerk",
    "hearing_host",
}

# Move → roles that may make it on a lead of their own unit.
MAY = {
    "verify": DESK,
    "merge": DESK,
    "refuse": DESK,
    "dispatch": {"duty_dispatcher"} | HEADS,
    "accept": FIELD,
    "return": FIELD,
    "arrive": FIELD,
    "transfer_out": {"duty_dispatcher"} | HEADS,
    "hand_to_case": FIELD,
    "settle": FIELD,
    "record_outcome": FIELD | BENCH,
    "tell_reporter": FIELD,
}


def holder(role: str) -> Actor:
    held = ROLES[role]
    return Actor(
        name="示例",
        user_id=1,
        officer_id=1,
        unit_id=HERE,
        grants=(Grant(role, HERE, HERE, held.permissions, held.reach),),
    )


def codes(move: str, state: str, actor: Actor, unit: int | None, registered: int | None = None) -> set[str]:
    return {r.code for r in rules.refusals(MOVES[move], state, actor, unit, registered)}


def test_the_truth_tables_name_every_move() -> None:
    assert set(FROM) == set(MAY) == set(MOVES)


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", State)
def test_a_move_leaves_exactly_its_states(move: str, state: State) -> None:
    assert ("lead_state" in codes(move, state, SYSTEM, HERE)) is (state not in FROM[move].split())


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_move_is_made_by_exactly_its_roles(move: str, role: str) -> None:
    state = FROM[move].split()[0]
    assert (codes(move, state, holder(role), HERE) == set()) is (role in MAY[move])


@pytest.mark.parametrize("move", sorted(set(MOVES) - {"record_outcome"}))
@pytest.mark.parametrize("role", sorted(FIELD))
def test_people_of_a_unit_move_no_lead_of_another(move: str, role: str) -> None:
    assert "lead_right" in codes(move, FROM[move].split()[0], holder(role), ELSEWHERE)


def test_before_dispatch_a_unit_reaches_what_it_registered_itself() -> None:
    head = holder("squad_head")
    assert codes("dispatch", "verified", head, None, HERE) == set()
    assert codes("dispatch", "verified", head, None, ELSEWHERE) == {"lead_right"}
    assert codes("dispatch", "dispatched", head, ELSEWHERE, HERE) == {"lead_right"}


def test_a_refusal_says_why_in_both_languages_and_on_what_ground() -> None:
    (wrong_state,) = rules.refusals(MOVES["accept"], "settled", holder("officer"), HERE)
    assert wrong_state.sentence == "线索已办结，不能接收"
    assert wrong_state.meaning == "A lead that is settled does not allow: accept."
    (no_right,) = rules.refusals(MOVES["transfer_out"], "verified", holder("officer"), HERE)
    assert no_right.ground == "SHUM §26"


def test_every_state_source_and_outcome_has_its_words() -> None:
    assert set(rules.STATE_LABELS) == set(State)
    assert set(rules.SOURCE_LABELS) == set(rules.Source)
    assert set(rules.OUTCOME_LABELS) == set(rules.OUTCOME_SENTENCES) == set(rules.Outcome)


def test_every_open_state_can_be_left_and_no_closed_one_is_left_for_another() -> None:
    for state in State:
        onward = [m for m in MOVES.values() if state in m.sources and m.target not in {None, state}]
        assert bool(onward) is (state not in rules.CLOSED), state
