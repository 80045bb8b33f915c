"""Confiscated things from the party to the treasury, by the right people, and what is refused."""

from __future__ import annotations

from datetime import datetime

import pytest

from xiuhua.cases import queries
from xiuhua.cases.models import Case, Document, Matter
from xiuhua.cases.procedure.guards import GUARDS
from xiuhua.cases.tests.bench import confiscating as c
from xiuhua.cases.tests.bench.bench import DEPUTY, HEAD, O1, Bench, grounds, nothing_written
from xiuhua.cases.tests.bench.confiscating import DAY, SEEN, STORED
from xiuhua.cases.tests.bench.measuring import CUSTODIAN, FISH, TRUCK, acting, go, refused
from xiuhua.kernel.authz import Refused

# Each walks through many acts.
pytestmark = pytest.mark.slow


def settled(case: Case, at: datetime) -> bool:
    file = queries.file_of(Case.objects.get(pk=case.pk))
    return GUARDS["confiscated_goods_settled"].check(file, queries.setting(at.date()))


@pytest.mark.parametrize(("year", "law"), [(2018, "PPL17 §53"), (2026, "PPL21 §74")])
def test_an_auction_brings_things_to_their_end_and_all_the_money_to_the_treasury(
    bench: Bench, year: int, law: str
) -> None:
    matter, at = c.in_store(bench, year)
    now = c.to_auction(bench, matter, at)
    c.auction(bench, matter, now)
    for said in ({"confiscation.remitted": 9000}, {"confiscation.remitted": 9600}):
        found = refused(bench, matter, CUSTODIAN, "remit_proceeds", now, says=c.REMITTED | said)
        assert found == {"proceeds_remitted_whole": law}
    assert refused(bench, matter, CUSTODIAN, "settle_goods", now) == {"proceeds_in_treasury": law}
    assert matter.due_on == now.date()
    go(bench, matter, CUSTODIAN, "remit_proceeds", now + DAY, says=c.REMITTED)
    assert Matter.objects.get(pk=matter.pk).due_on is None
    go(bench, matter, CUSTODIAN, "settle_goods", now + DAY)
    assert (matter.state, matter.ended) == ("settled", True)
    row = c.block_of(matter)
    day = now.date().isoformat()
    assert row["ends"] == [{**thing, "outcome": "auctioned", "on": day} for thing in (TRUCK, FISH)]
    money = {"receipt_no": "示例没0001", "disposed_on": day, "amount": 9500}
    assert queries.file_of(matter.case)["confiscated"] == [
        {**money, "remitted_on": (now + DAY).date().isoformat()}
    ]
    assert row["lots"][0]["witnesses"] == ["示例见证甲", "示例见证乙"]


def test_receipt_and_record_are_written_where_things_are_taken_and_disposed_of(bench: Bench) -> None:
    matter, at = c.in_store(bench)
    now = c.to_auction(bench, matter, at)
    c.auction(bench, matter, now)
    found = list(Document.objects.filter(step__matter=matter).order_by("pk"))
    assert [(d.kind, d.step.move if d.step else "") for d in found] == [
        ("confiscation_receipt", "take_confiscated"),
        ("disposal_record", "auction_confiscated"),
    ]
    assert "示例没0001" in found[0].text
    assert "示例见证乙" in found[1].text


def test_only_a_served_decision_that_confiscates_things_begins_a_list(bench: Bench) -> None:
    for case, at in (
        bench.at_step("serve_decision"),
        bench.at_step("decide_penalty", decision=c.CONFISCATES),
    ):
        acting(bench, O1, case, at)
        with nothing_written(), pytest.raises(Refused) as caught:
            c.taken(bench, case, at)
        found = grounds(caught.value.refusals)
        assert set(found) <= {"confiscation_served", "wrong_state"}
        assert found


@pytest.mark.parametrize(
    ("says", "code"),
    [
        ({"confiscation.items": "货车，1辆"}, "confiscated_goods_listed"),
        ({"confiscation.party_signed": False}, "confiscation_receipt_given"),
        (
            {"confiscation.party_signed": False, "confiscation.refusal_noted": "不在"},
            "confiscation_receipt_given",
        ),
    ],
)
def test_nothing_is_taken_without_a_whole_list_and_a_receipt(
    bench: Bench, says: dict[str, object], code: str
) -> None:
    case, at = c.confiscated(bench)
    acting(bench, O1, case, at)
    with nothing_written(), pytest.raises(Refused) as caught:
        c.taken(bench, case, at, **{path.replace(".", "__"): value for path, value in says.items()})
    assert set(grounds(caught.value.refusals)) == {code}


def test_what_was_taken_is_for_the_store_on_the_same_day(bench: Bench) -> None:
    case, at = c.confiscated(bench)
    matter = c.taken(bench, case, at)
    assert (matter.clock, matter.due_on) == ("store_confiscated", at.date())
    assert not settled(case, at)
    unexplained = STORED | {"confiscation.as_listed": False}
    found = refused(bench, matter, CUSTODIAN, "store_confiscated", at, says=unexplained)
    assert set(found) == {"counted_into_store"}
    assert "wrong_role" in refused(bench, matter, O1, "store_confiscated", at, says=STORED)
    go(bench, matter, CUSTODIAN, "store_confiscated", at, says=STORED)
    assert settled(case, at), "custody that is recorded is enough to close the case"


@pytest.mark.parametrize(
    ("says", "holds"),
    [
        ({"confiscation.approved_way": "auctioned"}, False),
        ({"confiscation.approved_way": "sold", "confiscation.way_ground": "small_value"}, False),
        ({"confiscation.approved_way": "destroyed", "confiscation.way_reason": "示例"}, False),
        ({"confiscation.approved_way": "transferred", "confiscation.way_reason": "示例"}, False),
        (
            {
                "confiscation.approved_way": "transferred",
                "confiscation.way_reason": "示例",
                "confiscation.receiver": "示例财政局",
            },
            True,
        ),
    ],
)
def test_every_way_needs_its_ground_and_a_sale_its_value(
    bench: Bench, says: dict[str, str], holds: bool
) -> None:
    matter, at = c.in_store(bench)
    if holds:
        go(bench, matter, DEPUTY, "approve_disposal", at, says=says)
        assert matter.state == "approved"
    else:
        assert refused(bench, matter, DEPUTY, "approve_disposal", at, says=says) == {
            "way_lawful": "PPL21 §74"
        }
    assert "wrong_role" in refused(bench, matter, HEAD, "approve_disposal", at, says=says)


def test_things_go_lot_by_lot_each_in_its_own_way(bench: Bench) -> None:
    matter, at = c.in_store(bench)
    early = {"confiscation.approved_way": "sold", "confiscation.early_reason": "冰已化"} | c.FISH_ONLY
    go(bench, matter, DEPUTY, "approve_early_disposal", at, says=early)
    found = refused(bench, matter, CUSTODIAN, "destroy_confiscated", at, says=SEEN | {"video.running": True})
    assert set(found) == {"disposed_as_approved"}
    sale = SEEN | {"confiscation.performer": "示例水产", "confiscation.proceeds": 300}
    go(bench, matter, CUSTODIAN, "sell_confiscated", at, says=sale)
    go(bench, matter, CUSTODIAN, "remit_proceeds", at, says=c.REMITTED)
    assert set(refused(bench, matter, CUSTODIAN, "settle_goods", at)) == {"no_goods_remain"}
    go(bench, matter, CUSTODIAN, "close_lot", at)
    row = c.block_of(matter)
    assert (matter.state, row.get("proceeds"), row.get("lot")) == ("in_store", None, None)
    way = {"confiscation.approved_way": "destroyed", "confiscation.way_ground": "worthless"}
    go(bench, matter, DEPUTY, "approve_disposal", at, says=way | {"confiscation.way_reason": "已报废"})
    go(bench, matter, CUSTODIAN, "destroy_confiscated", at, says=SEEN | {"video.running": True})
    go(bench, matter, CUSTODIAN, "settle_goods", at)
    row = c.block_of(matter)
    assert [(end["name"], end["outcome"]) for end in row["ends"]] == [("鲜鱼", "sold"), ("货车", "destroyed")]
    assert [lot["amount"] for lot in row["lots"]] == [300, None]


def test_no_auction_before_it_was_announced_long_enough_and_none_without_two_witnesses(bench: Bench) -> None:
    matter, at = c.in_store(bench)
    now = c.to_auction(bench, matter, at)
    said = SEEN | {"confiscation.announced_on": (now - 6 * DAY).date(), "confiscation.proceeds": 1}
    assert refused(bench, matter, CUSTODIAN, "auction_confiscated", now, says=said) == {
        "auction_announced_before": "AUL §45"
    }
    said |= {"confiscation.announced_on": (now - 7 * DAY).date(), "confiscation.witness_two": "示例见证甲"}
    assert set(refused(bench, matter, CUSTODIAN, "auction_confiscated", now, says=said)) == {
        "two_witnesses_named"
    }
    go(bench, matter, CUSTODIAN, "disposal_fails", now, says={"reason": "无人应价"})
    assert (matter.state, c.block_of(matter).get("approved_way")) == ("in_store", None)


def test_nothing_is_sold_while_a_reconsideration_is_under_way_but_what_spoils_is(bench: Bench) -> None:
    case, at = bench.at_step(
        "serve_decision",
        decision=c.CONFISCATES,
        reconsiderations=[{"accepted_on": "2026-01-01"}],
    )
    matter = c.taken(bench, case, at)
    go(bench, matter, CUSTODIAN, "store_confiscated", at, says=STORED)
    go(bench, matter, CUSTODIAN, "value_confiscated", at, says=c.VALUED)
    assert set(refused(bench, matter, DEPUTY, "approve_disposal", at, says=c.AUCTION)) == {
        "no_remedy_under_way"
    }
    early = {"confiscation.approved_way": "destroyed", "confiscation.early_reason": "已腐烂"}
    go(bench, matter, DEPUTY, "approve_early_disposal", at, says=early | c.FISH_ONLY)


def test_what_a_measure_held_is_taken_over_and_the_measure_ends_with_it(bench: Bench) -> None:
    case, measure, at = c.after_a_measure(bench)
    acting(bench, O1, case, at)
    with nothing_written(), pytest.raises(Refused) as caught:
        c.taken(bench, case, at, confiscation__items="货车，1辆，旧")
    assert set(grounds(caught.value.refusals)) == {"confiscated_goods_listed"}
    known = queries.known_values(
        queries.place_in(case, queries.sides()[c.LIST], at.date()),
        "take_confiscated",
        acting(bench, O1, case, at),
        at,
    )
    assert known["confiscation.items"] == [TRUCK, FISH]
    matter = c.taken(bench, case, at)
    go(bench, matter, CUSTODIAN, "store_confiscated", at, says=STORED)
    now = c.to_auction(bench, matter, at)
    c.auction(bench, matter, now)
    go(bench, matter, CUSTODIAN, "remit_proceeds", now, says=c.REMITTED)
    assert Matter.objects.get(pk=measure.pk).state == "confiscated"
    go(bench, matter, CUSTODIAN, "settle_goods", now)
    assert Matter.objects.get(pk=measure.pk).state == "settled"
    row = queries.file_of(case)["measures"][0]
    assert (row["outcome"], row["proceeds"], len(row["ends"])) == ("confiscated", 9500, 2)
    assert settled(case, now)


def test_when_the_decision_falls_what_is_still_there_goes_back_and_the_measure_with_it(bench: Bench) -> None:
    case, measure, at = c.after_a_measure(bench)
    matter = c.taken(bench, case, at)
    signed = {"confiscation.receipt_signed": True}
    assert set(refused(bench, matter, CUSTODIAN, "return_taken", at, says=signed)) == {"decision_has_fallen"}
    with pytest.MonkeyPatch.context() as patch:
        fell = GUARDS["decision_has_fallen"].check.__globals__
        patch.setitem(fell, "fell_on", lambda file: at.date().isoformat())
        go(bench, matter, CUSTODIAN, "return_taken", at, says=signed)
    assert matter.state == "returned"
    assert Matter.objects.get(pk=measure.pk).state == "returned"


def test_the_officer_of_the_case_keeps_nothing_even_with_the_post_of_a_keeper(bench: Bench) -> None:
    case, at = c.confiscated(bench)
    matter = c.taken(bench, case, at)
    keeper = bench.person(CUSTODIAN)
    file = {
        **queries.file_of(case),
        "matter": "confiscation",
        "confiscation": {"officer_ids": [str(keeper.pk)]},
    }
    by = bench.actor(CUSTODIAN, None, at)
    setting = queries.setting(at.date(), by, queries.roles_on(matter.case, by))
    assert not GUARDS["keeper_apart"].check(file, setting)
