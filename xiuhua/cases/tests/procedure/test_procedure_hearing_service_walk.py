"""However a hearing or a service wanders, it never stands in a state without what leads there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiuhua.cases.procedure import judging
from xiuhua.cases.procedure.facts.checking import faults_of
from xiuhua.cases.procedure.facts.composing import compose_with
from xiuhua.cases.procedure.facts.filling import Known, fill
from xiuhua.cases.procedure.file import merge
from xiuhua.cases.procedure.guards.reading import effective
from xiuhua.cases.procedure.guards.service import RECEIVERS
from xiuhua.cases.procedure.periods import clock_on, last_day
from xiuhua.cases.procedure.side import SIDES, Side
from xiuhua.cases.procedure.side.folding import Own, as_read_by, fold_step, listed
from xiuhua.cases.tests.procedure.setting import calendar, params_on, setting
from xiuhua.cases.tests.procedure.truth.case import OFFICERS

pytestmark = pytest.mark.slow

PEOPLE = {"hearing_host": "T", "officer": "A", "party": "A", "system": ""}
BEGINS = (date(2018, 5, 9), date(2023, 5, 8))


@dataclass
class Wandering:
    """One matter on its way through a table, as far as the law lets it."""

    side: Side
    on: date
    own: Own = field(init=False)
    base: dict[str, Any] = field(init=False)
    made: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        day = (self.on - timedelta(days=1)).isoformat()
        self.own = Own(self.side, self.side.begins_at[0])
        self.base = {
            "case": {"procedure": "ordinary", "lead_received_on": "2018-01-02"},
            "party": {"kind": "organisation", "name": "示例公司", "address": "示例路5号"},
            "officers": list(OFFICERS),
            "filing": {"officer_ids": ["A", "B"], "approved_on": day},
            "inspections": [{"officer_ids": ["A", "B"], "on": day}],
            "notice": {"planned_kinds": ["fine"], "planned_fine": 50000, "tells_hearing": True},
            "hearing": {"told_on": day},
            "decision": {"decided_on": day, "number": "示例1"},
            "violation": {"facts": "示例事实"},
        }

    @property
    def file(self) -> dict[str, Any]:
        return as_read_by(listed(self.base, [self.own] if self.made else []), self.side, self.own)

    def take(self, move: str, typed: Mapping[str, Any]) -> bool:
        """Try the move on the present day; whether the law let it."""
        table = self.side.table_on(self.on)
        row, role = table.move(move), sorted(table.move(move).roles)[0]
        by = PEOPLE.get(role, "K")
        known = Known(datetime.combine(self.on, time(10)), by, role, params_on(self.on), calendar=calendar())
        forms, file = self.side.forms[move], self.file
        asked = {f.path for f in forms if f.shown}
        values = fill(forms, file, known) | {k: v for k, v in typed.items() if k in asked}
        if faults_of(forms, values, file, self.on):
            return False
        facts = compose_with(forms, values, self.side.fixed.get(move, {}), self.side.derived.get(move, ()))
        whole = merge(file, facts)
        now = setting(self.on.isoformat(), role, by=by)
        if judging.refusals(table, row, self.own.state, whole, now):
            return False
        fold_step(self.base, facts, self.own)
        self.own.state = row.target
        self.made.append(move)
        return True


def answers(dice: Random) -> dict[str, Any]:
    """What somebody types into whatever form comes up; some of it is wrong."""

    def often(good: Any, *bad: Any) -> Any:
        return good if dice.random() < 0.85 else dice.choice(bad)

    return {
        "hearing.host_id": often("T", "U", "A"),
        "hearing.public": often(True, False),
        "hearing.private_ground": dice.choice(["示例说明", ""]),
        "hearing.attendance": dice.choice(["absent", "left"]),
        "hearing.waived_in_writing": often(True, False),
        "hearing.record_signed": often(True, False),
        "hearing.refusal_noted": dice.choice([True, False]),
        "recusal.ground": dice.choice(["interest", "investigated"]),
        "recusal.reason": often("示例", ""),
        "service.method": often("direct", "electronic"),
        "service.receiver_relation": often("self", "neighbour"),
        "service.receipt": often(True, False),
        "service.witness_signed": often(True, False),
        "delivery.document": often("penalty_decision", "prior_notice"),
        "delivery.sealed": often(True, False),
        "delivery.at_residence": often(True, False),
        "delivery.slip_kept": often(True, False),
        "delivery.returned_mail_kept": often(True, False),
        "hearing.planned_place": "示例室",
        "planned": often(dice.choice([8, 12, 14]), 0, 5, 6, 7),
        "consent": often(-3, 2),
        **{path: often("示例", "") for path in TOLD},
    }


TOLD = (
    "reason",
    "hearing.absence_reason",
    "hearing.opinion",
    "hearing.finding",
    "hearing.refusal_reason",
    "hearing.case_put",
    "hearing.party_said",
    "delivery.refusal_reason",
    "delivery.hard_reason",
    "delivery.attempts",
    "delivery.reason",
    "delivery.post_no",
    "delivery.entrusted_to",
    "delivery.announced_at",
    "service.place",
    "service.channel",
)


def wander(side: Side, seed: int, check: Callable[[Wandering], None]) -> Wandering:
    """Try one move after another, mostly such as leave the state; after each lawful one, look at what must hold."""
    dice = Random(seed)
    walk = Wandering(side, dice.choice(BEGINS))
    for _ in range(14):
        walk.on += timedelta(days=dice.choice([0, 0, 1, 5, 12, 14, 70]))
        if walk.own.state == "scheduled" and dice.random() < 0.6:
            walk.on = date.fromisoformat(walk.base["hearing"]["planned_at"][:10])
        says, table = answers(dice), side.table_on(walk.on)
        here = [m.id for m in table.leaving(walk.own.state)]
        move = dice.choice(here if here and dice.random() < 0.8 else sorted(side.forms))
        planned = (walk.on + timedelta(days=says["planned"])).isoformat()
        typed = says | {
            "hearing.planned_at": f"{planned}T09:30",
            "service.confirmation_signed_on": (walk.on + timedelta(days=says["consent"])).isoformat(),
            "service.post_receipt_on": walk.on.isoformat(),
        }
        if walk.take(move, typed):
            check(walk)
    return walk


def hearing_holds(walk: Wandering) -> None:
    block, state = walk.base["hearing"], walk.own.state
    assert block.get("under_way", False) is (state not in ("none", "not_held", "reported"))
    assert block.get("host_id") != "A"
    if state in ("host_appointed", "scheduled", "held", "record_signed", "reported"):
        assert block["host_id"] in ("T", "U")
    if state in ("scheduled", "held", "record_signed", "reported"):
        told = date.fromisoformat(block["notice_served_on"])
        least = last_day("hearing_notice", told, calendar())
        assert least is not None
        assert block["planned_at"][:10] >= least.isoformat()
        assert block["public"] or block["private_ground"].strip()
        assert walk.base["services"][-1]["document"] == "hearing_notice"
    if state in ("held", "record_signed", "reported"):
        assert block["held_on"] == block["planned_at"][:10]
    if state in ("record_signed", "reported"):
        assert block["record_signed"] or block["refusal_reason"].strip()
    if state == "reported":
        assert block["opinion"].strip()
        assert block["held_on"] <= block["report_on"]
    if state == "not_held":
        assert block.get("waived_in_writing") or block.get("ended_by_absence") or block["rejected_on"]


def service_holds(walk: Wandering) -> None:
    block, state = walk.own.block, walk.own.state
    rows = walk.base.get("services", [])
    assert len(rows) == (state == "effective")
    if state == "document_ready":
        return
    assert block["sealed"] is True
    if state == "announced":
        assert {"give_up_direct", "fail_post"} & set(walk.made)
        assert block["reason"].strip()
    if state != "effective":
        return
    row = rows[0]
    assert row["document"] == block["document"]
    assert effective(row) <= walk.on.isoformat()
    match row["method"]:
        case "direct":
            assert row["receipt"] is True
            assert row["receiver_relation"] in RECEIVERS
        case "left":
            assert "refuse_receipt" in walk.made
            assert row["witness_signed"] or row["video_ref"]
        case "electronic":
            assert row["confirmation_signed_on"] <= row["on"]
            assert row["on"] >= "2021-07-15"
        case "post" | "entrusted":
            assert row["post_receipt_on"] >= row["on"]
        case "announcement":
            start = date.fromisoformat(row["announced_on"])
            rule = clock_on("announcement", start)
            assert rule is not None
            assert rule.length is not None
            assert date.fromisoformat(row["effective_on"]) == start + timedelta(days=rule.length)
            assert walk.on > date.fromisoformat(row["effective_on"])


@given(st.integers(0, 10**9))
@settings(max_examples=60, deadline=None)
def test_however_a_hearing_wanders_it_stands_nowhere_without_its_grounds(seed: int) -> None:
    wander(SIDES["hearing"], seed, hearing_holds)


@given(st.integers(0, 10**9))
@settings(max_examples=60, deadline=None)
def test_however_a_service_wanders_it_takes_no_effect_without_its_proof(seed: int) -> None:
    wander(SIDES["service"], seed, service_holds)


def test_enough_of_the_wanderers_come_far_to_prove_something() -> None:
    hearings = [wander(SIDES["hearing"], seed, hearing_holds) for seed in range(120)]
    made = {move for walk in hearings for move in walk.made}
    assert {"replace_host", "postpone_hearing", "end_by_absence", "report_hearing"} <= made
    services = [wander(SIDES["service"], seed, service_holds) for seed in range(60)]
    ways = {w.base["services"][0]["method"] for w in services if w.own.state == "effective"}
    assert ways == {"direct", "left", "electronic", "post", "entrusted", "announcement"}


GOOD: dict[str, Any] = {
    "hearing.host_id": "T",
    "hearing.public": True,
    "hearing.private_ground": "",
    "hearing.attendance": "absent",
    "hearing.waived_in_writing": True,
    "hearing.record_signed": True,
    "hearing.planned_place": "示例室",
    "recusal.ground": "interest",
    "recusal.reason": "示例",
    "service.method": "direct",
    "service.receiver_relation": "self",
    "service.receipt": True,
    "service.witness_signed": True,
    "delivery.document": "penalty_decision",
    "delivery.sealed": True,
    "delivery.at_residence": True,
    "delivery.slip_kept": True,
    "delivery.returned_mail_kept": True,
    "planned": 14,
    "consent": -3,
    **dict.fromkeys(TOLD, "示例"),
}
HEARINGS = (
    "receive_request appoint_host replace_host appoint_host:U serve_hearing_notice:U",
    "receive_request withdraw_request",
    "receive_request appoint_host withdraw_before_notice",
    "receive_request appoint_host serve_hearing_notice postpone_hearing serve_hearing_notice withdraw_before_hearing",
    "receive_request appoint_host serve_hearing_notice hold_hearing+14 sign_record report_hearing+2",
    "receive_request appoint_host serve_hearing_notice end_by_absence+14",
    "reject_late_request+40",
)
SERVICES = (
    "choose_method hand_over",
    "choose_method refuse_receipt leave_at_place",
    "choose_method send_by_post confirm_post+3",
    "choose_method entrust_service confirm_post+3",
    "choose_method send_by_post fail_post+5 announce complete_announcement+70",
    "choose_method give_up_direct announce complete_announcement+70",
)


@pytest.mark.parametrize("begin", BEGINS, ids=["2017", "2021"])
@pytest.mark.parametrize(
    ("side", "road"), [*(("hearing", r) for r in HEARINGS), *(("service", r) for r in SERVICES)]
)
def test_every_way_through_the_table_can_be_walked_under_both_texts(
    side: str, road: str, begin: date
) -> None:
    walk = Wandering(SIDES[side], begin)
    check = hearing_holds if side == "hearing" else service_holds
    for said in road.split():
        move, _, later = said.partition("+")
        move, _, host = move.partition(":")
        walk.on += timedelta(days=int(later or 0))
        if host and move == "serve_hearing_notice":
            return  # another host, who is somebody else than the one who acts here
        typed = GOOD | {
            "hearing.host_id": host or "T",
            "hearing.planned_at": (walk.on + timedelta(days=14)).isoformat() + "T09:30",
            "hearing.late_request_on": walk.on.isoformat(),
            "service.post_receipt_on": walk.on.isoformat(),
        }
        if move in {"hold_hearing", "end_by_absence"}:
            typed |= {"hearing.held_on": walk.on.isoformat()}
        assert walk.take(move, typed), (move, walk.own.state)
        check(walk)
    last = SIDES[side].table_on(walk.on).state(walk.own.state)
    assert last.final


def test_every_move_of_both_tables_is_on_one_of_those_ways() -> None:
    walked = {s.partition("+")[0].partition(":")[0] for road in (*HEARINGS, *SERVICES) for s in road.split()}
    moves = {m for side in ("hearing", "service") for m in SIDES[side].forms}
    # What the text of 2017 keeps off a decision is walked on the bench.
    assert moves - walked == {"send_electronically"}
