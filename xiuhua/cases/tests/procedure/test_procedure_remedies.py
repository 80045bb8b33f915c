"""Random paths through reconsiderations and suits: whatever is tried, no state is reached without what it needs."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiuhua.cases.procedure.facts.composing import compose_with
from xiuhua.cases.procedure.facts.field import is_empty
from xiuhua.cases.procedure.facts.filling import Known, fill
from xiuhua.cases.procedure.guards.remedies import to_set_off
from xiuhua.cases.procedure.guards.remedies_side import FALLEN, still_published
from xiuhua.cases.procedure.judging import refusals
from xiuhua.cases.procedure.moves import Move, Table
from xiuhua.cases.procedure.periods import last_day
from xiuhua.cases.procedure.side import SIDES, Side
from xiuhua.cases.procedure.side.folding import Own, as_read_by, fold_step, listed
from xiuhua.cases.tests.procedure.saying_remedies import SAYS
from xiuhua.cases.tests.procedure.setting import calendar, params_on, setting

NINE = time(9)
BEGIN = {
    "2017": datetime.combine(date(2018, 5, 16), NINE),
    "2023": datetime.combine(date(2025, 3, 3), NINE),
}
# Days on which nothing, a little, or too much time goes by; and an answer that leaves a form unproved.
STEPS = st.lists(
    st.tuples(st.integers(0, 60), st.sampled_from([0, 1, 3, 9, 16, 70]), st.booleans(), st.booleans()),
    max_size=14,
)
WRONG: dict[str, Any] = {
    "evidence_handed_in": False,
    "head_attended": False,
    "voluntary": False,
    "document": "",
}


class Chance:
    """A published decision of the bureau and one matter against it, as far as chance has taken it."""

    def __init__(self, side: Side, table: Table, begun: datetime) -> None:
        self.side, self.table, self.now = side, table, begun
        day = begun.date().isoformat()
        self.file: dict[str, Any] = {
            "case": {"procedure": "ordinary", "authority_kind": "district_bureau"},
            "party": {"name": "示例餐饮有限公司"},
            "decision": {"delivered_on": day, "decided_on": day, "fine": 8000, "kinds": ["fine"]},
            "publicity": {"published_on": day, "amount_wan": 0.8},
            "evidence": [{"id": "E1", "from_auto_camera": True}],
            "reconsiderations": [{"served_on": day}] if side.procedure == "litigation" else [],
        }
        self.own, self.state = Own(side, side.begins_at[0]), side.begins_at[0]

    def values(self, move: Move, wrong: bool, withdrawn: bool) -> dict[str, Any]:
        today = self.now.date().isoformat()
        role = sorted(move.roles)[0]
        known = Known(self.now, "1", role, params_on(self.now.date()))
        said = fill(self.side.forms[move.id], as_read_by(self.file, self.side, self.own), known)
        for key, value in SAYS[self.side.procedure].get(move.id, {"document": "示例文书1号"}).items():
            said[key if "." in key else f"{self.side.block}.{key}"] = today if value == "today" else value
        if withdrawn:
            said["publicity.withdrawn_on"] = today
        if wrong:
            said |= {
                f"{self.side.block}.{k}": v for k, v in WRONG.items() if f"{self.side.block}.{k}" in said
            }
        return {path: value for path, value in said.items() if not is_empty(value)}

    def tries(self, move: Move, wrong: bool, withdrawn: bool) -> bool:
        """Make the move if it is lawful."""
        fixed, derived = self.side.fixed.get(move.id, {}), self.side.derived.get(move.id, ())
        try:
            facts = compose_with(
                self.side.forms[move.id], self.values(move, wrong, withdrawn), fixed, derived
            )
        except KeyError:
            return False
        file, own = dict(self.file), Own(self.side, self.state, dict(self.own.block))
        fold_step(file, facts, own)
        own.state = move.target
        rest = [o for o in (own,) if self.own.block]
        read = as_read_by(listed(file, rest) if rest else file, self.side, own)
        day = self.now.date().isoformat()
        state = move.source if move.source in self.side.begins_at and not self.own.block else self.state
        if refusals(self.table, move, state, read, setting(day, *move.roles)):
            return False
        self.file, self.own, self.state = file, own, move.target
        return True


def walked(side: Side, table: Table, begun: datetime, steps: list[tuple[int, int, bool, bool]]) -> None:
    walk = Chance(side, table, begun)
    for pick, days, wrong, withdrawn in steps:
        leaving = [m for m in table.leaving(walk.state) if m.id not in {"let_period_lapse", "let_suit_lapse"}]
        move = table.moves[pick % len(table.moves)] if wrong and pick % 2 else None
        chosen = move or (leaving[pick % len(leaving)] if leaving else table.moves[pick % len(table.moves)])
        walk.now += timedelta(days=days)
        before = dict(walk.own.block)
        if walk.tries(chosen, wrong, withdrawn):
            check(walk, chosen, before)


def _last(family: str, start: str) -> date:
    found = last_day(family, date.fromisoformat(start), calendar())
    assert found is not None
    return found


def check(walk: Chance, move: Move, before: dict[str, Any]) -> None:
    own, today, fallen = walk.own.block, walk.now.date(), walk.file.get("annulment")
    if own.get("answered_on") and own.get("copy_received_on", "9") <= own["answered_on"]:
        assert date.fromisoformat(own["answered_on"]) <= _last("suit_answer", own["copy_received_on"])
    if walk.state in {"under_review", "under_simple_review"}:
        simple = before.get("procedure") == "simple" and move.id == "reply_simple"
        if move.id in {"reply", "reply_simple"}:
            family = "reconsideration_reply_simple" if simple else "reconsideration_reply"
            assert today <= _last(family, own["copy_received_on"])
        assert own["replied_on"]
        assert own["evidence_handed_in"] is True
    if move.id == "lose_by_silence":
        assert "replied_on" not in before
        assert today > _last("reconsideration_reply", own["copy_received_on"])
    if move.id == "miss_answer":
        assert today > _last("suit_answer", own["copy_received_on"])
    if move.id == "attend_trial":
        assert own["attendee"] if own["head_attended"] else own["absence_statement"]
    if move.id.startswith("make_final_"):
        served = (
            own.get("ruling_served_on") if move.id == "make_final_dismissal" else own["judgment_served_on"]
        )
        family = "appeal_ruling" if move.id == "make_final_dismissal" else "appeal_judgment"
        assert today > _last(family, served or "")
    if walk.side.procedure == "reconsideration":
        assert bool(fallen) is (own.get("outcome") in FALLEN - {"declared_unlawful"})
    elif fallen:
        assert own["ended_on"]
        assert own["outcome"] in FALLEN
    if walk.state == "carried_out" and own.get("outcome") in FALLEN - {"varied"}:
        assert not still_published(walk.file)
    if walk.table.state(walk.state).final and walk.state != "period_over":
        assert own.get("outcome")
        assert own.get("decided_on") or own.get("ended_on")


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(STEPS)
def test_no_path_through_a_reconsideration_of_2018_skips_what_must_come_before(steps: Any) -> None:
    side = SIDES["reconsideration"]
    walked(side, side.tables[0], BEGIN["2017"], steps)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(STEPS)
def test_no_path_through_a_reconsideration_of_today_skips_what_must_come_before(steps: Any) -> None:
    side = SIDES["reconsideration"]
    walked(side, side.tables[1], BEGIN["2023"], steps)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(STEPS)
def test_no_path_through_a_suit_skips_what_must_come_before(steps: Any) -> None:
    side = SIDES["litigation"]
    walked(side, side.tables[0], BEGIN["2023"], steps)


@pytest.mark.parametrize(
    ("refund", "sum_"),
    [
        ({"amount": 8000, "way": "set_off"}, 8000),
        ({"amount": 8000, "way": "returned"}, 0),
        ({"amount": 8000, "way": "set_off", "done_on": "2026-06-02"}, 0),
        # What went back before was paid under an older decision, which was taken back earlier.
        ({"amount": 8000, "way": "set_off", "done_on": "2026-05-02"}, 8000),
        ({"way": "set_off"}, 0),
        ({}, 0),
    ],
)
def test_what_is_set_off_is_what_did_not_go_back_since_the_decision_fell(
    refund: dict[str, Any], sum_: float
) -> None:
    assert to_set_off({"annulment": {"on": "2026-06-01"}, "refund": refund}) == sum_
