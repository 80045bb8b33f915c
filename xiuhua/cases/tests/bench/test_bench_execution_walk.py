"""Procedures of execution without a database: wherever a matter wanders, what the law puts before it is there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiuhua.cases.procedure.facts import Known, fill
from xiuhua.cases.procedure.facts.composing import compose_with
from xiuhua.cases.procedure.facts.deriving import only_if_paid
from xiuhua.cases.procedure.facts.execution import (
    object_of_enforcement,
    opinion_of_party,
    remedies_used,
    substituted_on,
    way_to_perform,
)
from xiuhua.cases.procedure.file import File, merge
from xiuhua.cases.procedure.guards.court_remedies import court_opens, remedies_ended
from xiuhua.cases.procedure.judging import refusals
from xiuhua.cases.procedure.side import SIDES, Side, clocks
from xiuhua.cases.tests.bench.execution import COURTS, DEMANDS, SUBSTITUTES
from xiuhua.cases.tests.procedure.setting import calendar, params_on, setting
from xiuhua.cases.tests.procedure.truth.case import OFFICERS

START = date(2022, 10, 28)
# Received on 2022-10-08: six months on it is 2023-04-08.
BASE: File = {
    "case": {"procedure": "ordinary"},
    "cause": {"code": "HB01"},
    "party": {"kind": "organisation", "name": "示例公司"},
    "officers": OFFICERS,
    "filing": {"officer_ids": ["A", "B"]},
    "violation": {"place": "示例路1号"},
    "decision": {
        "number": "2220100001",
        "decided_on": "2022-10-01",
        "delivered_on": "2022-10-08",
        "fine": 5000,
        "bank_name": "示例银行",
        "other_duties": "清除占道堆物",
        "tells_reconsideration": True,
        "tells_litigation": True,
    },
}
SAID: Mapping[str, Mapping[str, Any]] = {
    went.move: went.says or {}
    for roads in (DEMANDS, SUBSTITUTES, COURTS)
    for road in roads.values()
    for went in road
} | {"keep_agreement": {"item.receipt_no": "示例0001", "duty.what": "清除占道堆物", "duty.done_on": "+0"}}
OF = {"demand": DEMANDS, "substitute_performance": SUBSTITUTES, "court_application": COURTS}
# Answers that a guard judges, not the form.
JUDGED = frozenset(
    {
        "court.signed_by_head",
        "court.sealed",
        "court.document",
        "substitute.no_violence",
        "substitute.performer_no_interest",
        "substitute.signatures",
        "substitute.harm_kind",
        "substitute.place_kind",
        "demand.agreement",
        "demand.agreement_harmless",
        "demand.suspension_ground",
        "demand.flight_proof",
    }
)
MOVES = [(s, m.id) for s in OF for m in SIDES[s].tables[0].moves]


class Wandering:
    """A case whose three matters are moved at random, as far as the law lets them."""

    def __init__(self, base: File) -> None:
        self.file: File = dict(base)
        self.on = START
        self.states: dict[str, str] = {}

    def wander(self, procedure: str, move: str, days: int, *, without: str = "") -> bool:
        """Try the move `days` later, leaving out one answer; whether it was made."""
        self.on += timedelta(days=days)
        side = SIDES[procedure]
        row = side.tables[0].by_id[move]
        read = {**self.file, "matter": side.block}
        facts = self._facts(side, move, read, without)
        whole = merge(read, facts)
        state = self.states.get(procedure) or (row.source if row.source in side.begins_at else "")
        known = setting(self.on.isoformat(), *row.roles)
        if not state or refusals(side.tables[0], row, state, whole, known):
            return False
        del whole["matter"], whole["step"]
        self.file, self.states[procedure] = whole, row.target
        return True

    def _facts(self, side: Side, move: str, read: File, without: str) -> dict[str, Any]:
        known = Known(
            datetime.combine(self.on, datetime.min.time()).replace(hour=10),
            "A",
            next(iter(sorted(side.tables[0].by_id[move].roles))),
            params_on(self.on),
            "示例银行",
            calendar(),
        )
        said = {k: self._day(v) for k, v in SAID.get(move, {}).items() if k != without}
        if move == "carry_out_substitute" and without != "substitute.supervisor_id":
            said["substitute.supervisor_id"] = "A"
        fields = side.forms[move]
        values = {**fill(fields, read, known), **said}
        facts = compose_with(fields, values, side.fixed.get(move, {}), side.derived.get(move, ()))
        papers = [{"kind": k, "issued_on": self.on.isoformat()} for k in side.tables[0].by_id[move].documents]
        return {**facts, "documents": papers} if papers else facts

    def _day(self, value: Any) -> Any:
        if isinstance(value, str) and value.startswith("+"):
            return (self.on + timedelta(days=int(value))).isoformat()
        return value

    def check(self) -> None:
        """What must stand in the file in the states where the matters are."""
        demand, court = self.file.get("demand") or {}, self.file.get("court") or {}
        enforcement, own = self.file.get("enforcement") or {}, self.file.get("substitute") or {}
        if self.states.get("demand") in {
            "enforced",
            "enforcement_decided",
            "execution_agreed",
            "execution_suspended",
        }:
            assert demand["served_on"] <= enforcement["decided_on"]
            assert self.file["cause"].get("enforcement_power")
            if not demand.get("asset_flight"):
                last = date.fromisoformat(demand["served_on"]) + timedelta(days=demand["duty_days"])
                assert last.isoformat() < enforcement["decided_on"]
        if self.states.get("demand") == "enforced":
            assert enforcement["decided_on"] <= enforcement["served_on"] <= enforcement["implemented_at"][:10]
        if court.get("applied_on"):
            assert court["signed_by_head"] is True
            assert court["remedy_ended_on"] < court["applied_on"] <= self._months(court["start_on"])
            served = date.fromisoformat(demand["served_on"])
            assert calendar().between(served, date.fromisoformat(court["applied_on"])) > 10
        if self.states.get("court_application") in {"allowed", "executed"}:
            assert court["applied_on"] <= court["accepted_on"] <= court["allowed_on"]
        if own.get("executed_on") and not own["immediate"]:
            demanded, done = date.fromisoformat(own["demand_on"]), date.fromisoformat(own["executed_on"])
            assert calendar().between(demanded, done) >= 3
            assert own["decision_served_on"] <= own["demand_on"]
            assert own["supervisor_id"]
        if self.states.get("substitute_performance") in {"signed", "cost_charged", "closed"}:
            assert own["all_signed"] is True

    @staticmethod
    def _months(day: str) -> str:
        return calendar().due(date.fromisoformat(day), 3, "month").day.isoformat()


TRIES = st.lists(st.tuples(st.sampled_from(MOVES), st.integers(0, 60), st.integers(0, 3)), max_size=60)


@given(tries=TRIES, powerful=st.booleans())
@settings(max_examples=60, deadline=None)
def test_however_matters_wander_no_state_is_reached_without_what_the_law_puts_before_it(
    tries: list[tuple[tuple[str, str], int, int]], powerful: bool
) -> None:
    case = Wandering({**BASE, "cause": {"code": "HB01", "enforcement_power": powerful}})
    for (procedure, move), days, left_out in tries:
        answers = sorted(SAID.get(move, {}))
        case.wander(
            procedure, move, days, without=answers[left_out - 1] if 0 < left_out <= len(answers) else ""
        )
        case.check()


@pytest.mark.parametrize(("procedure", "name"), [(p, n) for p, roads in OF.items() for n in roads])
def test_a_lawful_road_is_open_and_loses_its_way_if_an_answer_is_left_out(procedure: str, name: str) -> None:
    by_court = "court" in name or name == "handed after a defence"
    power = procedure == "demand" and not by_court
    case = Wandering({**BASE, "cause": {"code": "HB01", "enforcement_power": power}})
    if procedure != "demand" and name != "cleared at once":
        assert all(case.wander("demand", w.move, w.days) for w in DEMANDS["performed"][:2])
    for went in OF[procedure][name]:
        for answer in set(went.says or {}) & JUDGED:
            assert not case.wander(procedure, went.move, 0, without=answer), answer
        assert case.wander(procedure, went.move, went.days), went.move
        case.check()


# What the platform says by itself.


def test_the_object_names_each_sum_what_was_paid_and_the_other_duties() -> None:
    file = merge(
        BASE,
        {
            "surcharge": {"amount": 3000, "waived": 1000},
            "payment": {"items": [{"amount": 500.5, "receipt_no": "1"}]},
        },
    )
    assert (
        object_of_enforcement(file)
        == "罚款5,000元；加处罚款2,000元；已缴500.50元，尚欠6,499.50元；清除占道堆物"
    )
    assert object_of_enforcement({}) == ""


def test_the_way_is_the_bank_while_money_is_owed_and_the_deed_after() -> None:
    assert way_to_perform(BASE) == "将款项缴至示例银行"
    assert way_to_perform(merge(BASE, {"payment": {"items": [{"amount": 5000}]}})) == "自行履行上述义务"


def test_the_opinion_of_the_party_is_what_it_said_before_and_after() -> None:
    assert opinion_of_party({}) == "决定前未提出陈述申辩；催告后未提出陈述申辩"
    said = {"defence": {"content": "初次"}, "demand": {"defence": {"content": "困难"}}}
    assert opinion_of_party(said) == "决定前陈述申辩：初次；催告后陈述申辩：困难"


def test_the_court_is_told_which_remedies_were_used() -> None:
    assert "未申请行政复议" in remedies_used({})
    used = {
        "reconsiderations": [{"applied_on": "2022-11-01", "outcome": "upheld"}, {"state": "decision_known"}],
        "litigations": [{"filed_on": "2023-01-01", "outcome": "claims_dismissed"}],
    }
    assert remedies_used(used) == "经行政复议，结果为维持原决定；经行政诉讼，结果为驳回诉讼请求"


def test_clearing_at_once_finishes_no_duty_of_a_decision() -> None:
    assert substituted_on({"substitute": {"executed_on": "2023-05-16", "immediate": False}}) == "2023-05-16"
    assert substituted_on({"substitute": {"executed_on": "2023-05-16", "immediate": True}}) is None
    assert substituted_on({}) is None


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        ({"payment": {"method": "bank", "items": [{"on": "2023-05-16", "amount": 0}]}}, {}),
        ({"payment": {"method": "bank"}}, {}),
        ({}, {}),
        (
            {
                "payment": {
                    "method": "bank",
                    "items": [{"amount": 5, "receipt_no": "1"}, {"on": "2023-05-16"}],
                }
            },
            {"payment": {"method": "bank", "items": [{"amount": 5, "receipt_no": "1"}]}},
        ),
    ],
)
def test_a_row_without_an_amount_is_no_payment(stated: dict[str, Any], kept: dict[str, Any]) -> None:
    only_if_paid(stated)
    assert stated == kept


# Clocks that are reckoned anew, and moves that wait beside their clock.

COURT, DEMAND = SIDES["court_application"], SIDES["demand"]


def running(side: Side, state: str, file: File, day: str) -> dict[tuple[str, bool], str]:
    on = date.fromisoformat(day)
    found = clocks.running(side, state, file, on, calendar())
    return {(r.move.id, r.waits): r.due.day.isoformat() for r in found}


DEMANDED = merge(BASE, {"demand": {"served_on": "2022-11-01", "duty_days": 10}})


def test_the_three_months_run_from_the_end_of_the_remedies_and_move_with_what_happens() -> None:
    ends = {("apply_to_court", True): "2023-04-08", ("apply_to_court", False): "2023-07-08"}
    assert running(COURT, "signed", DEMANDED, "2023-03-01") == ends
    assert running(COURT, "signed", DEMANDED, "2023-04-09") == {("apply_to_court", False): "2023-07-08"}
    asked = merge(DEMANDED, {"reconsiderations": [{"applied_on": "2022-11-20"}]})
    assert running(COURT, "signed", asked, "2023-03-01") == {}
    upheld = {
        "applied_on": "2022-11-20",
        "decided_on": "2023-06-01",
        "served_on": "2023-06-05",
        "outcome": "upheld",
    }
    after = merge(DEMANDED, {"reconsiderations": [upheld]})
    assert running(COURT, "signed", after, "2023-06-10")[("apply_to_court", False)] == "2023-09-20"
    excused = merge(DEMANDED, {"court": {"late_reason": "不可抗力"}})
    assert ("apply_to_court", False) not in running(COURT, "signed", excused, "2023-06-10")
    assert clocks.lapse(COURT, "prepared", excused, date(2023, 9, 1), calendar()) is None


def test_turning_to_the_court_waits_for_the_later_of_demand_and_remedies() -> None:
    assert running(DEMAND, "demand_served", DEMANDED, "2022-11-10") == {("hand_to_court", True): "2023-04-08"}
    late = merge(BASE, {"demand": {"served_on": "2023-04-28", "duty_days": 10}})
    assert running(DEMAND, "demand_served", late, "2023-05-04") == {("hand_to_court", True): "2023-05-16"}
    assert court_opens(BASE, calendar()) is None
    # While a remedy is under way only the ten days are known.
    asked = merge(DEMANDED, {"litigations": [{"filed_on": "2022-11-20"}]})
    assert remedies_ended(asked, calendar()) is None
    assert running(DEMAND, "demand_served", asked, "2022-11-10") == {("hand_to_court", True): "2022-11-15"}


def test_a_substitute_may_be_carried_out_on_the_third_working_day() -> None:
    side = SIDES["substitute_performance"]
    file = merge(BASE, {"substitute": {"demand_on": "2023-05-11"}})
    assert running(side, "final_demand", file, "2023-05-12") == {("carry_out_substitute", True): "2023-05-15"}
    assert running(side, "final_demand", BASE, "2023-05-12") == {}
