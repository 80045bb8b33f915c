"""Each of several parties pays apart: the file as one has it, and that nothing of the other stands in it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.cases.procedure import clocks, lapsing, walk
from xiuhua.cases.procedure.facts.shaping import forms_of
from xiuhua.cases.procedure.file import STEP, fold
from xiuhua.cases.procedure.guards import apart
from xiuhua.cases.procedure.guards.reading import owed
from xiuhua.cases.procedure.guards.sharing import owed_by
from xiuhua.cases.procedure.side import payment_booking, payment_joint
from xiuhua.cases.procedure.side.payment import OPEN
from xiuhua.cases.procedure.tables import table_on
from xiuhua.cases.tests.procedure import roads_several as several
from xiuhua.cases.tests.procedure.live import PEOPLE
from xiuhua.cases.tests.procedure.setting import calendar, params_on, setting_for
from xiuhua.cases.tests.procedure.truth.apart import (
    DECISION,
    DEFERRED,
    DIED,
    HAD,
    HANDED,
    OF_FIRST,
    SURCHARGED,
    WITHDRAWN,
    fined,
)
from xiuhua.cases.tests.procedure.truth.several import FOUR, TWO, decision

ON = date(2023, 5, 16)


def test_a_file_of_one_party_has_nobody_who_pays_apart() -> None:
    assert not apart.pays_apart({"party": {"name": "示例"}, "payment": {"items": []}})
    assert not apart.pays_apart({"shares": {"P1": {"publicity": {"published_on": "2023-05-01"}}}})
    assert apart.pays_apart(fined())


def test_who_reads_of_one_sees_nothing_of_the_other() -> None:
    file = {**fined(DIED, SURCHARGED, P1=400, P2=10), "defences": [{"party": "P2", "content": "二"}]}
    first, second = apart.of_one(file, "P1"), apart.of_one(file, "P2")
    assert (first["party"]["name"], second["party"]["name"]) == ("张示例", "示例公司")
    assert (first["decision"]["fine"], second["decision"]["fine"]) == (1000, 6000)
    assert [row["amount"] for row in second["payment"]["items"]] == [10]
    assert "termination" in first
    assert not {"termination", "shares", "parties", "violations", "defences"} & second.keys()
    assert not {"surcharge", "shares"} & first.keys()
    assert second["defence"] == {"party": "P2", "content": "二"}
    assert all("party" not in row for row in second["services"])
    assert second["decision"]["delivered_on"] == "2023-04-03"


def test_a_decision_that_is_not_taken_apart_stays_whole_for_the_first_party_and_none_is_no_decision() -> None:
    bare = {**TWO, "decision": {"fine": 100, "decided_on": "2023-04-01"}, "services": HAD}
    assert apart.of_one(bare, "P1")["decision"]["fine"] == 100
    assert apart.fined(bare) == ["P1"]
    assert "decision" not in apart.of_one(TWO, "P1")


def test_a_party_is_shown_with_the_acts_for_which_it_is_punished_and_no_other() -> None:
    both = {
        **FOUR,
        **decision(("P1", "V1", 800.0), ("P1", "V2", 300.0), ("P2", "V2", 50.0), basis="SHCA §26"),
    }
    first, second = apart.of_one(both, "P1"), apart.of_one(both, "P2")
    assert (first["cause"]["basis"], first["violation"]["facts"]) == (
        "SHCA §25(2); SHCA §26",
        "设摊；设置招牌",
    )
    assert (second["cause"]["code"], second["violation"]["facts"]) == ("SR20", "设置招牌")
    assert second["decision"]["basis"] == "SHCA §26"
    assert "cause" not in second["violation"]


def test_a_remedy_of_one_stops_nothing_for_the_other() -> None:
    """PPL21 §73 speaks of the remedy of the party itself."""
    rows = [{"party": "P2", "accepted_on": "2023-04-20"}]
    file = {**fined(), "reconsiderations": rows, "litigation": {"accepted_on": "2023-04-21"}}
    first, second = apart.of_one(file, "P1"), apart.of_one(file, "P2")
    assert (first["reconsiderations"], second["reconsiderations"]) == ([], rows)
    assert (first["litigation"], second["litigation"]) == ({"accepted_on": "2023-04-21"}, {})


def test_what_all_owe_is_what_each_owes() -> None:
    file = fined({"surcharge": {"amount": 30, "waived": 10}}, SURCHARGED)
    assert owed(file) == sum(owed_by(file, party) for party in apart.fined(file)) == 7000 + 20 + 4500
    for party in apart.fined(file):
        assert owed(apart.of_one(file, party)) == owed_by(file, party)


BLOCKS = st.fixed_dictionaries(
    {},
    optional={
        "payment": st.fixed_dictionaries(
            {},
            optional={
                "method": st.just("bank"),
                "items": st.lists(st.fixed_dictionaries({"amount": st.integers(1, 90)}), min_size=1),
            },
        ),
        "deferral": st.just({"approved_on": "2023-05-01"}),
        "surcharge": st.just({"amount": 5}),
        "services": st.lists(st.just({"document": "demand_notice", "on": "2023-05-01"}), min_size=1),
        "documents": st.just([{"kind": "demand_notice"}]),
        "reason": st.just("理由"),
    },
)


@given(BLOCKS, st.sampled_from(["P1", "P2"]))
def test_what_a_procedure_of_one_party_states_is_read_back_by_that_party_and_by_nobody_else(
    facts: dict[str, Any], party: str
) -> None:
    file = fold({**TWO, "decision": DECISION, "shares": {}}, apart.to_case(facts, party))
    file[STEP] = apart.to_case(facts, party)
    own, other = apart.of_one(file, party), apart.of_one(file, "P1" if party == "P2" else "P2")
    for name, part in facts.items():
        if name == "payment":
            assert own[name] == {"items": [], **part}
            assert {"items": [], **own[STEP].get(name, {})} == {"items": [], **part}
        else:
            assert own[name] == own[STEP][name] == part
    assert other["payment"] == {"items": []}
    assert not other["services"]
    assert not {"deferral", "surcharge"} & other.keys()


def test_a_settled_party_is_open_no_more_nor_one_whose_execution_was_ended() -> None:
    assert [a[apart.WHOSE] for a in apart.open_shares(fined(P1=1000))] == ["P2"]
    assert [a[apart.WHOSE] for a in apart.open_shares(fined(DIED))] == ["P2"]
    assert apart.is_apart(apart.of_one(fined(), "P1"))
    assert not apart.is_apart(fined())
    assert apart.last_paid(apart.of_one(fined(), "P1")) is None
    assert not apart.enforced(fined())


def test_the_case_falls_overdue_with_the_first_whose_days_are_over() -> None:
    table, services = table_on("ordinary", ON), [HAD[0], {**HAD[1], "on": "2023-04-10"}]
    both = {**fined(), "services": services}
    lapse = lapsing.lapse_of(table, "served", both, calendar())
    assert lapse is not None
    assert (lapse.move, lapse.last) == ("fall_overdue", date(2023, 4, 18))
    one_paid = {**fined(P1=1000), "services": services}
    later = lapsing.lapse_of(table, "served", one_paid, calendar())
    assert later is not None
    assert later.last == date(2023, 4, 25)
    assert lapsing.lapse_of(table, "served", fined(P1=1000, P2=6000), calendar()) is None


@pytest.mark.parametrize(
    ("file", "day"),
    [
        (fined(), date(2023, 4, 18)),
        (fined({"deferral": DEFERRED}, P2=6000), None),
        (fined(P1=1000, P2=6000), None),
    ],
)
def test_the_clock_of_payment_is_that_of_who_still_owes_without_a_plan(file: Any, day: date | None) -> None:
    found = [
        c.due.day for c in clocks.running(file, "served", ON, calendar()) if c.clock_id.startswith("payment")
    ]
    assert found == ([day] if day else [])


@pytest.mark.parametrize(
    ("move", "state", "overdue", "ended", "answer"),
    [
        ("annul_decision", "payable", False, False, ("drop_payable",)),
        ("annul_decision", "settled", False, False, ()),
        ("terminate_share", "overdue", True, True, ("drop_overdue",)),
        ("terminate_share", "overdue", True, False, ()),
        ("terminate_share", "handed_to_enforcement", True, True, ()),
        ("fall_overdue", "payable", True, False, ("miss_due_date",)),
        ("fall_overdue", "payable", False, False, ()),
        ("fall_overdue", "deferred", True, False, ()),
        ("perform", "payable", False, False, ()),
        ("enter_deferral", "payable", False, False, ()),
        ("execute", "payable", False, False, ()),
    ],
)
def test_a_payment_of_one_follows_the_road_only_in_what_concerns_it(
    move: str, state: str, overdue: bool, ended: bool, answer: tuple[str, ...]
) -> None:
    assert payment_joint.share_follows(move, state, overdue=overdue, ended=ended) == answer


def test_the_road_goes_on_after_money_that_came_in_late_and_else_as_before() -> None:
    assert payment_joint.road_follows("pay_enforced_share") == ("perform_late",)
    assert payment_joint.road_follows("pay_in_full")[0] == "perform"
    assert payment_joint.road_follows("drop_payable") == payment_joint.road_follows("pay_in_full")
    assert payment_joint.road_follows("apply_deferral") == ()
    assert set(OPEN) == set(payment_joint.SETTLES)


@pytest.mark.parametrize(
    ("came", "move", "booked"), [(10, "pay_enforced_share", 10), (7000, "pay_enforced_share", 6000)]
)
def test_money_of_a_party_whose_payment_was_handed_over_is_booked_in_part_and_in_whole(
    came: float, move: str, booked: float
) -> None:
    alone = apart.of_one(fined(None, HANDED), "P2")
    found = payment_booking.booking(alone, "share:overdue", came, ON, params_on(ON))
    assert (found.move, found.amount) == (move, booked)


def test_money_of_a_party_is_booked_nowhere_where_the_case_has_gone_on() -> None:
    alone = apart.of_one(fined(None, HANDED), "P2")
    assert payment_booking.booking(alone, "share:annulled", 10, ON, params_on(ON)).move == "none"


def test_each_punished_party_is_published_by_itself_and_the_days_run_until_the_last() -> None:
    both = {**fined(), "decision": {**DECISION, "number": "22301"}}
    assert (apart.punished(both), apart.published(both), apart.unpublished(both)) == (
        ["P1", "P2"],
        [],
        ["P1", "P2"],
    )
    first = {**both, "shares": {"P1": OF_FIRST}, "publicity": {"published_on": "2023-05-12", "party": "P1"}}
    assert (apart.published(first), apart.unpublished(first)) == (["P1"], ["P2"])
    chosen = {f.path: [c[0] for c in f.choices] for f in forms_of(first)["publish_overdue"] if f.choices}
    assert chosen == {"publicity.party": ["P2"]}
    all_ = {**first, "shares": {"P1": OF_FIRST, "P2": OF_FIRST}}
    as_one = {**both, "publicity": {"published_on": "2023-05-12"}}
    for file, runs in ((both, True), (first, True), (all_, False), (as_one, False)):
        found = [
            c for c in clocks.running(file, "served", ON, calendar()) if c.clock_id.startswith("publicity")
        ]
        assert bool(found) is runs
    assert apart.unpublished(as_one) == []
    assert next(f for f in forms_of(all_)["publish_decision"] if f.path == "publicity.party").default == ""


@pytest.mark.parametrize(
    ("shares", "shown"),
    [({"P1": OF_FIRST}, True), ({"P1": WITHDRAWN}, False), ({"P1": WITHDRAWN, "P2": OF_FIRST}, True)],
)
def test_the_withdrawal_runs_until_the_last_publication_is_withdrawn(shares: Any, shown: bool) -> None:
    file = {**fined(), "shares": shares, "annulment": {"on": "2023-05-15"}}
    found = [c for c in clocks.running(file, "annulled", ON, calendar()) if "withdrawal" in c.clock_id]
    assert bool(found) is shown


def money(party: str, move: str, day: str, facts: dict[str, Any], number: int) -> walk.Step:
    """A step of the payment of one party, as a history states it."""
    role = "system" if move == "start_payment_period" else "party"
    stated = apart.to_case(facts, party) if party else facts
    return walk.Step(move, date.fromisoformat(day), stated, role, PEOPLE[role], f"payment:{number}")


def begun(y: str) -> list[walk.Step]:
    """Two parties fined, each with its payment begun."""
    facts = {"payment": {"began_on": f"{y}-03-27"}}
    start = [
        money(party, "start_payment_period", f"{y}-03-27", facts, n) for n, party in ((1, "P2"), (2, "P1"))
    ]
    return [*several.served(y).steps, *start]


def paid(y: str, party: str, amount: float, number: int) -> walk.Step:
    item = {"on": f"{y}-03-28", "amount": amount, "receipt_no": f"示例{party}"}
    return money(party, "pay_in_full", f"{y}-03-28", {"payment": {"method": "bank", "items": [item]}}, number)


@pytest.mark.parametrize("year", ["2018", "2023"])
def test_a_history_with_a_payment_for_each_party_is_walked_and_each_stands_where_its_own_money_brings_it(
    year: str,
) -> None:
    base = several.served(year).base
    steps = [*begun(year), paid(year, "P2", 5000, 1)]
    run = walk.replay("ordinary", steps, base, setting_for)
    assert run.faults == ()
    assert {own.party: own.state for own in run.matters.values()} == {"P2": "settled", "P1": "payable"}
    assert owed_by(run.whole, "P1") == 1500
    wrong = [*begun(year), paid(year, "P2", 1500, 1)]
    found = walk.replay("ordinary", wrong, base, setting_for).faults
    assert {f.code for f in found} == {"paid_in_full"}


@pytest.mark.parametrize(
    ("party", "code"), [("P1", "begun_already"), ("P9", "whose_share"), ("", "whose_share")]
)
def test_a_history_begins_no_second_payment_of_a_party_and_none_of_nobody(party: str, code: str) -> None:
    facts = {"payment": {"began_on": "2023-03-27"}}
    more = money(party, "start_payment_period", "2023-03-27", facts, 3)
    found = walk.replay("ordinary", [*begun("2023"), more], several.served("2023").base, setting_for).faults
    assert [f.code for f in found] == [code]


def test_a_file_from_elsewhere_may_hold_anything_under_shares() -> None:
    strange: tuple[Any, ...] = ([], "P2", 7, {"P2": 7}, [{"P2": {}}])
    for odd in strange:
        assert not apart.pays_apart({"shares": odd})
        assert apart.share({"shares": odd}, "P2") == {}
    assert apart.party_of({"shares": {"P1": {}, "P2": {}}}) == ""


def test_the_forms_of_the_case_ask_for_no_money_where_each_pays_apart() -> None:
    forms = forms_of(fined(None, HANDED))
    for move in ("perform", "perform_late", "execute"):
        assert not any(f.path.startswith(("item.", "payment.", "surcharge.")) for f in forms[move])
    chosen = {f.path: [c[0] for c in f.choices] for f in forms["pay_enforced_share"] if f.choices}
    assert chosen["item.party"] == ["P2"]
    chosen = {f.path: [c[0] for c in f.choices] for f in forms["terminate_share"] if f.choices}
    assert chosen["ending.party"] == ["P1", "P2"]
    before = forms_of({**TWO, "decision": DECISION})
    assert any(f.path == "item.amount" for f in before["perform"])
