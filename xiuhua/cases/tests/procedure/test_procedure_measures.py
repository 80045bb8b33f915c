"""Seal and seizure under chance: no path leads to a state without what the law asks before it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from xiuhua.cases.procedure.facts.composing import compose_with
from xiuhua.cases.procedure.facts.filling import Known, fill
from xiuhua.cases.procedure.guards.measures import last_day_of
from xiuhua.cases.procedure.guards.measures_goods import goods_left
from xiuhua.cases.procedure.judging import refusals
from xiuhua.cases.procedure.moves import Move
from xiuhua.cases.procedure.side import SIDES
from xiuhua.cases.procedure.side.clocks import running
from xiuhua.cases.procedure.side.folding import Own, as_read_by, fold_step
from xiuhua.cases.tests.procedure.setting import calendar, setting
from xiuhua.cases.tests.procedure.truth.case import officer
from xiuhua.cases.tests.procedure.truth.measures import FISH, TRUCK

SIDE = SIDES["coercive_measure"]
TABLE = SIDE.tables[0]
BEGINS = datetime.fromisoformat("2023-05-16T09:00")
# What an honest officer says; the rest is known to the platform.
HONEST: dict[str, Any] = {
    "measure.kind": "seize",
    "measure.basis": "SHUM §21",
    "measure.reason": "示例",
    "measure.related_to_act": True,
    "measure.living_necessity": False,
    "measure.already_sealed": False,
    "measure.wanted": [TRUCK, FISH],
    "measure.items": [TRUCK, FISH],
    "measure.store_place": "示例库",
    "measure.certificate_shown": True,
    "measure.party_present": True,
    "measure.told_rights": True,
    "measure.defence.recorded": True,
    "measure.party_signed": True,
    "measure.urgent_reason": "示例",
    "reason": "示例",
    "measure.test_body": "示例",
    "measure.test_question": "示例",
    "measure.test_report": "示例",
    "measure.complex_reason": "示例",
    "measure.perishable": [FISH],
    "measure.perishable_reason": "示例",
    "measure.disposal_registered": True,
    "measure.disposal_way": "sold",
    "measure.disposal": "示例",
    "measure.release_ground": "unrelated",
    "measure.receipt_signed": True,
    "measure.claim_announced_at": "示例",
    "measure.claim_place": "示例",
    "measure.confiscation_receipt_no": "示例",
    "measure.confiscation_basis": "SHIC §5",
    "measure.sent_to": "示例",
    "measure.sent_receipt": "示例",
    "measure.proceeds": 500,
    "item.amount": 400,
    "item.receipt_no": "示例",
}
# Single dishonest or careless answers.
WRONG: dict[str, Any] = {
    "measure.living_necessity": True,
    "measure.told_rights": False,
    "measure.party_signed": False,
    "measure.urgent_reason": "",
    "measure.list_copies": 1,
    "measure.perishable": [TRUCK, TRUCK],
    "measure.disposal_registered": False,
    "measure.release_ground": "not_needed",
    "measure.receipt_signed": False,
    "measure.proceeds": 300,
    "reason": "",
}
CASE = {
    "cause": {"seize_power": True, "kinds_allowed": ["fine", "confiscate_property"]},
    "case": {"our_power": True},
    "officers": [officer("A"), officer("B")],
    "filing": {"officer_ids": ["A", "B"]},
    "violation": {"place": "示例路"},
}
STEPS = st.lists(
    st.tuples(
        st.sampled_from(TABLE.moves),
        st.integers(0, 70 * 24),
        st.sampled_from(["", "", *WRONG]),
        st.booleans(),
    ),
    min_size=4,
    max_size=24,
)


class Chance:
    """A measure on its way: its state, its file, the hour."""

    def __init__(self) -> None:
        self.now, self.state, self.own = BEGINS, "none", Own(SIDE, "none")
        self.file: dict[str, Any] = dict(CASE)

    def says(self, move: Move, wrong: str) -> dict[str, Any]:
        read = as_read_by(self.file, SIDE, self.own)
        role = sorted(move.roles)[0]
        known = Known(self.now, "H", role, setting(self.day).params, "示例银行")
        said = fill(SIDE.forms[move.id], read, known)
        day = self.now.date()
        said |= {
            "measure.test_until": (day + timedelta(days=9)).isoformat(),
            "measure.collect_told_on": day.isoformat(),
            "measure.reported_at": self.now.strftime("%Y-%m-%dT%H:%M"),
            **{path: value for path, value in HONEST.items() if path not in said},
        }
        if wrong:
            said[wrong] = WRONG[wrong]
        return said

    @property
    def day(self) -> str:
        return self.now.date().isoformat()

    def tries(self, move: Move, wrong: str) -> bool:
        """Make the move if it is lawful."""
        said = self.says(move, wrong)
        fixed, derived = SIDE.fixed.get(move.id, {}), SIDE.derived.get(move.id, ())
        facts = compose_with(SIDE.forms[move.id], said, fixed, derived)
        file, own = dict(self.file), Own(SIDE, self.state, dict(self.own.block))
        fold_step(file, facts, own)
        read = as_read_by(file, SIDE, own)
        if refusals(TABLE, move, self.state, read, setting(self.day, *move.roles)):
            return False
        self.file, self.own, self.state = file, own, move.target
        return True


@settings(max_examples=120, deadline=None)
@given(STEPS)
def test_no_path_reaches_a_state_without_what_must_come_before(
    steps: list[tuple[Move, int, str, bool]],
) -> None:
    walk = Chance()
    for move, hours, wrong, honest_road in steps:
        leaving = TABLE.leaving(walk.state)
        chosen = leaving[hours % len(leaving)] if honest_road and leaving else move
        walk.now += timedelta(hours=hours % (24 * 40) if hours % 3 else hours % 30)
        before = walk.own.block
        if walk.tries(chosen, wrong):
            check(walk, chosen, before)


def check(walk: Chance, move: Move, before: dict[str, Any]) -> None:
    own, day = walk.own.block, walk.day
    if walk.state in {"in_force", "extended", "in_test", "expired", "release_decided", "perishable_notice"}:
        assert own["living_necessity"] is False
        taken_in_order = own.get("approved_at", "9") <= own["implemented_at"]
        assert taken_in_order or own["urgent"] is True
        if own["urgent"] and "approved_at" in own:
            gap = datetime.fromisoformat(own["reported_at"]) - datetime.fromisoformat(own["implemented_at"])
            assert gap <= timedelta(hours=24)
    if move.id == "extend_measure":
        last = last_day_of({**before, "extension_from": None}, calendar())
        assert last is not None
        assert walk.now.date() <= last
    if move.id in {"expire_measure", "expire_unextended"}:
        last = last_day_of(before, calendar())
        assert last is not None
        assert walk.now.date() > last
    if move.id == "dispose_unclaimed":
        assert date.fromisoformat(day) - date.fromisoformat(own["claim_announced_on"]) > timedelta(days=60)
    if move.id == "dispose_perishables":
        assert date.fromisoformat(day) - date.fromisoformat(own["perishable_notice_on"]) > timedelta(days=2)
        assert len(goods_left(own)) < len(goods_left(before))
    if TABLE.state(walk.state).final and walk.state != "measure_refused":
        assert own["outcome"]
        assert goods_left(own) == []
    # Nothing that needs a decision, a referral or a demand happens in a case without one.
    assert move.id not in {"decide_confiscation", "send_with_crime", "send_with_referral", "auction_to_pay"}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 12), max_size=4), st.booleans())
def test_the_clock_of_a_measure_and_the_guard_of_time_name_the_same_last_day(
    tests: list[int], extended: bool
) -> None:
    walk = Chance()
    for id in ("ask_measure", "approve_measure", "implement_measure"):
        assert walk.tries(TABLE.move(id), "")
    for days in tests:
        assert walk.tries(TABLE.move("send_for_test"), "")
        walk.now += timedelta(days=days)
        assert walk.tries(TABLE.move("end_test"), "")
    if extended:
        walk.now += timedelta(days=20)
        assert walk.tries(TABLE.move("extend_measure"), "")
    read = as_read_by(walk.file, SIDE, walk.own)
    found = {r.due.day for r in running(SIDE, walk.state, read, walk.now.date(), calendar()) if not r.waits}
    length = 60 if extended else 30
    assert found == {BEGINS.date() + timedelta(days=length + sum(tests))}
    assert found == {last_day_of(walk.own.block, calendar())}
