"""A closed case whose decision falls afterwards: the way back, who opens it, and what stays shut."""

from __future__ import annotations

from typing import Any

import pytest

from xiuhua.cases.procedure.side import SIDES
from xiuhua.cases.procedure.tables import TABLES
from xiuhua.cases.procedure.walk import Fault, Step, replay, side_choices
from xiuhua.cases.rules import columns
from xiuhua.cases.tests.procedure import roads_fallen as roads
from xiuhua.cases.tests.procedure.setting import setting, setting_for
from xiuhua.cases.tests.procedure.world import Made
from xiuhua.cases.tests.procedure.world_begins import BEGINS, POWER, overdue

YEARS = pytest.mark.parametrize("y", ["2018", "2023"])


def grounds(case: Any, move: str, day: str, role: str = "bureau_deputy_head", **says: Any) -> dict[str, str]:
    return {r.code: r.ground for r in case.ask(move, day, role, **says)}


@YEARS
def test_a_closed_case_is_opened_again_and_closes_anew_when_everything_went_back(y: str) -> None:
    case = roads.closed(y)
    assert str(columns(case.file)["closed_on"]) == f"{y}-04-08"
    case.go("annul_closed_decision", f"{y}-07-20", **roads._fell(y))
    assert (case.state, columns(case.file)["closed_on"]) == ("annulled", None)
    assert set(grounds(case, "close_annulled", f"{y}-07-21", "squad_head")) == {
        "money_and_goods_returned",
        "publicity_withdrawn",
    }
    whole = roads.fallen_when_closed(y)
    assert (whole.state, str(columns(whole.file)["closed_on"])) == ("closed", f"{y}-07-22")
    assert whole.file["case"]["close_reason"] == "annulled"


@YEARS
@pytest.mark.parametrize(
    "word",
    [
        [],
        [{"outcome": "upheld", "decided_on": "-07-19"}],
        [{"outcome": "revoked", "decided_on": "-07-18"}, {"outcome": "upheld", "decided_on": "-07-19"}],
        [{"outcome": "revoked", "decided_on": "-07-18"}],
        [{"outcome": "revoked", "decided_on": ""}],
    ],
    ids=["no word", "upheld", "the last word upholds", "another day than the paper", "no day"],
)
def test_nobody_opens_a_closed_case_without_the_last_word_against_its_decision(
    y: str, word: list[dict[str, str]]
) -> None:
    case = roads.closed(y)
    case.file["reconsiderations"] = [
        {**w, "decided_on": w["decided_on"] and y + w["decided_on"]} for w in word
    ]
    found = grounds(case, "annul_closed_decision", f"{y}-07-20", **roads._fell(y))
    assert found == {"closed_decision_fell": "AEL §41"}


@YEARS
def test_a_final_judgment_opens_it_too_and_only_the_heads_do(y: str) -> None:
    case = roads.closed(y)
    case.file["reconsiderations"] = []
    case.file["litigations"] = [{"outcome": "revoked", "ended_on": f"{y}-07-19"}]
    assert grounds(case, "annul_closed_decision", f"{y}-07-20", **roads._fell(y)) == {}
    assert set(grounds(case, "annul_closed_decision", f"{y}-07-20", "squad_head", **roads._fell(y))) == {
        "wrong_role"
    }


@YEARS
def test_an_on_the_spot_case_that_falls_ends_there(y: str) -> None:
    case = roads.spot_fallen_when_closed(y)
    assert (case.state, case.file["case"]["close_reason"]) == ("annulled", "annulled")
    bare = roads.spot_closed(y)
    bare.file["reconsiderations"] = []
    assert set(grounds(bare, "annul_closed", f"{y}-07-20", **roads._fell(y))) == {"closed_decision_fell"}


# Force


def enforce(*, executed: bool) -> list[Fault]:
    """What an import is told that enforces what was announced, once the road has or has not written down the force."""
    world = next(b for b in BEGINS if b.name == "force that was announced").world("2025")
    before = overdue("2025", POWER)
    steps = [*before.steps, *(Step(m.key[2], m.on, m.facts, who(m), "S", "demand:1") for m in world.made)]
    if executed:
        said = {"enforcement": {"finished_on": f"{world.on}"}}
        steps.append(Step("execute", world.on, said, "bureau_deputy_head", "A"))
    (force,) = [one for one in world.tries() if one.move.id == "enforce"]
    facts = world.facts_of(force, {"enforcement.finished_on": f"{world.on}"})
    assert facts is not None
    steps.append(Step("enforce", world.on, facts, "officer", "S", "demand:1"))
    return list(replay("ordinary", steps, before.base, setting_for).faults)


def who(made: Made) -> str:
    return min(SIDES["demand"].tables[0].move(made.key[2]).roles)


def test_an_import_that_enforces_what_was_executed_is_refused_with_its_article() -> None:
    assert enforce(executed=False) == []
    (fault,) = enforce(executed=True)
    assert (fault.code, fault.ground) == ("case_elsewhere", "AEL §43; AEL §38")


def test_what_is_executed_is_not_enforced_again() -> None:
    side = SIDES["demand"]
    for state in ("executed", "performed", "execution_terminated", "annulled", "closed", "served"):
        assert not side.goes_on("enforce", state), state
    for state in ("overdue", "deferred", ""):
        assert side.goes_on("enforce", state), state
    assert side.goes_on("terminate", "closed")


def test_every_state_that_a_matter_waits_for_is_one_of_a_case() -> None:
    known = {state for tables in TABLES.values() for state in tables[-1].states_by_id}
    for side in SIDES.values():
        for move, states in side.while_in.items():
            assert states <= known
            assert any(move in table.by_id for table in side.tables), (side.procedure, move)


def test_a_matter_that_its_case_has_left_behind_offers_no_force() -> None:
    side = SIDES["demand"]
    table = side.tables[0]
    offered = {
        state: {
            c.move.id
            for c in side_choices(
                side, table, "enforcement_decided", {}, setting("2023-11-06"), case_state=state
            )
        }
        for state in ("overdue", "executed")
    }
    assert offered["overdue"] - offered["executed"] == {"enforce"}
    assert "terminate" in offered["executed"]
