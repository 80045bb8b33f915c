"""What lies in the store: who sees which things, until when, and what is there no longer."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from xiuhua.cases.actions.matters import lapse_in
from xiuhua.cases.models import Matter
from xiuhua.cases.queries import goods as store
from xiuhua.cases.tests.bench import confiscating
from xiuhua.cases.tests.bench import test_bench_matters as walks
from xiuhua.cases.tests.bench.bench import DEPUTY, O1, Bench, Who
from xiuhua.cases.tests.bench.measuring import (
    ASKED,
    CUSTODIAN,
    DISPOSED,
    RETURNED,
    begin,
    go,
    in_force,
    power,
)
from xiuhua.kernel import clock
from xiuhua.web.cases.tests.conftest import browser

pytestmark = pytest.mark.slow

DAY = timedelta(days=1)
RELEASE = {"measure.release_ground": "unrelated"}


def page(bench: Bench, who: Who = CUSTODIAN, query: str = "") -> str:
    return browser(bench, who).get(f"/cases/goods/{query}").content.decode()


def link(matter: Matter) -> str:
    return f"/cases/{matter.case_id}/#matters"


def test_the_custodian_sees_goods_place_case_and_last_day(bench: Bench) -> None:
    matter, at = in_force(bench)
    with clock.held_at(at + 28 * DAY):
        said = page(bench)
    for shown in ("货车", "1辆", "鲜鱼", "示例物品库", link(matter), matter.case.party_name, "剩 2 日"):
        assert shown in said, shown


def test_registered_things_stand_beside_seized_ones(bench: Bench) -> None:
    matter, at = walks.registered(bench)
    with clock.held_at(at):
        said = page(bench)
    assert "货架" in said
    assert link(matter) in said
    assert "个工作日" in said


def test_a_squad_sees_its_own_goods_and_another_squad_none(bench: Bench) -> None:
    matter, at = in_force(bench)
    with clock.held_at(at):
        own = browser(bench, O1, matter.case.handling_unit).get("/cases/goods/").content.decode()
        other = browser(bench, O1, bench.bureau.west).get("/cases/goods/").content.decode()
    assert link(matter) in own
    assert link(matter) not in other
    assert "库里没有" in other


def test_who_neither_sees_cases_nor_keeps_things_has_no_such_page(bench: Bench) -> None:
    _, at = in_force(bench)
    with clock.held_at(at):
        assert browser(bench, ("duty_dispatcher", 0)).get("/cases/goods/").status_code == 409


def test_what_was_given_back_sold_or_never_taken_is_not_in_the_store(bench: Bench) -> None:
    back, at = in_force(bench)
    go(bench, back, DEPUTY, "decide_release", at, says=RELEASE)
    go(bench, back, CUSTODIAN, "return_goods", at, says=RETURNED)
    asked = begin(bench, power(bench)[0], at)
    sold, _ = in_force(bench)
    call = {"measure.perishable": "鲜鱼，5箱，冰鲜", "measure.perishable_reason": "冰已化"}
    go(bench, sold, O1, "call_for_perishables", at, says=call)
    gone = {"measure.disposal_registered": True} | DISPOSED
    go(bench, sold, CUSTODIAN, "dispose_perishables", at + 3 * DAY, says=gone)
    with clock.held_at(at + 3 * DAY):
        said = page(bench)
    assert link(back) not in said
    assert link(asked) not in said
    assert link(sold) in said
    assert "货车" in said
    assert "鲜鱼" not in said


def registered_with_power(bench: Bench) -> tuple[Matter, datetime]:
    case, at = power(bench)
    matter = walks.begun(bench, case, at)
    go(bench, matter, DEPUTY, "approve_registration", at)
    go(bench, matter, O1, "register_items", at, says=walks.LISTED)
    return Matter.objects.select_related("case").get(pk=matter.pk), at


def test_goods_that_a_seizure_takes_over_stay_in_the_list_while_it_is_asked_for(bench: Bench) -> None:
    matter, at = registered_with_power(bench)
    case = matter.case
    made = {"registration.outcome": "seized", "registration.outcome_reason": "与违法行为有关"}
    go(bench, matter, DEPUTY, "decide_registration", at, says=made)
    keeper = bench.actor(CUSTODIAN, None, at)
    assert list(store.in_store(keeper).filter(case=case)) == [matter]
    go(bench, matter, O1, "turn_into_seizure", at, says=ASKED | {"measure.wanted": "秤，1台，旧"})
    begun = Matter.objects.get(case=case, procedure="coercive_measure")
    assert list(store.in_store(keeper).filter(case=case)) == [begun]
    assert [row["name"] for row in store.kept([begun])[begun.pk].goods] == ["秤"]
    go(bench, begun, DEPUTY, "refuse_measure", at, says={"reason": "不再需要"})
    assert list(store.in_store(keeper).filter(case=case)) == []


@pytest.mark.parametrize(
    ("query", "there"), [("?due=3", True), ("?due=over", False), ("?state=unclaimed", False)]
)
def test_the_views_show_what_runs_out_and_what_has_run_out(bench: Bench, query: str, there: bool) -> None:
    matter, at = in_force(bench)
    with clock.held_at(at + 28 * DAY):
        assert (link(matter) in page(bench, query=query)) is there


def test_what_may_be_held_no_longer_stays_in_the_list_with_the_days_it_is_late(bench: Bench) -> None:
    late, at = in_force(bench)
    soon, _ = in_force(bench)
    now = at + 31 * DAY
    lapse_in(matter=late, at=now)
    with clock.held_at(now + DAY):
        said, over = page(bench), page(bench, query="?due=over")
    assert link(late) in said
    assert link(soon) in said
    assert "超 1 日" in over
    assert link(late) in over
    assert link(soon) in over


def test_the_export_names_every_thing_with_its_place_and_day(bench: Bench) -> None:
    matter, at = in_force(bench)
    with clock.held_at(at):
        found = browser(bench, CUSTODIAN).get("/cases/goods/?format=csv")
        text = b"".join(getattr(found, "streaming_content", ())).decode()
    line = next(line for line in text.splitlines() if matter.case.number in line)
    for shown in ("货车 1辆 旧；鲜鱼 5箱 冰鲜", "示例物品库", (at.date() + 30 * DAY).isoformat()):
        assert shown in line, shown


def test_many_matters_are_read_with_as_few_questions_as_one(bench: Bench) -> None:
    def asked(matters: list[Matter]) -> int:
        with CaptureQueriesContext(connection) as found:
            assert all(held.goods for held in store.kept(matters).values())
        return len(found)

    one, many = [in_force(bench)[0]], [in_force(bench)[0] for _ in range(3)]
    assert asked(one) == asked(many) == 1


def test_units_are_told_apart_where_there_is_more_than_one(bench: Bench) -> None:
    matter, at = in_force(bench)
    keeper = bench.actor(CUSTODIAN, None, at)
    found = store.by_unit(store.in_store(keeper).filter(pk=matter.pk), at.date() + 30 * DAY)
    assert [(row["n"], row["soon"]) for row in found] == [(1, 1)]
    found = store.by_unit(store.in_store(keeper).filter(pk=matter.pk), at.date() + 29 * DAY)
    assert [(row["n"], row["soon"]) for row in found] == [(1, 0)]


def test_the_page_speaks_english(bench: Bench) -> None:
    _, at = in_force(bench)
    client = browser(bench, CUSTODIAN)
    with clock.held_at(at), translation.override("en"):
        client.cookies["django_language"] = "en"
        said = client.get("/cases/goods/").content.decode()
    assert "In store" in said
    assert "Seal or seizure" in said


def test_confiscated_things_stand_in_the_store_once_with_their_own_list(bench: Bench) -> None:
    case, measure, at = confiscating.after_a_measure(bench)
    keeper = bench.actor(CUSTODIAN, None, at)
    assert list(store.in_store(keeper).filter(case=case)) == [measure]
    matter = confiscating.taken(bench, case, at)
    assert list(store.in_store(keeper).filter(case=case)) == [matter]
    go(bench, matter, CUSTODIAN, "store_confiscated", at, says=confiscating.STORED)
    confiscating.to_auction(bench, matter, at, says=confiscating.AUCTION | confiscating.TRUCK_ONLY)
    with clock.held_at(at):
        said = page(bench, query="?kind=confiscated_goods")
        one = browser(bench, CUSTODIAN).get(f"/cases/goods/{matter.pk}/").content.decode()
    assert said.count(link(matter)) == 1
    assert f"/cases/goods/{matter.pk}/" in said
    for shown in ("货车", "待处理：公开拍卖", "鲜鱼", "在库", "示例物品库1排", "示例没0001", "没收物品凭证"):
        assert shown in one, shown


def test_a_list_shows_what_became_of_each_thing_what_it_brought_and_who_saw_it(bench: Bench) -> None:
    matter, at = confiscating.in_store(bench)
    now = confiscating.to_auction(bench, matter, at)
    confiscating.auction(bench, matter, now)
    client = browser(bench, CUSTODIAN)
    with clock.held_at(now):
        before = client.get(f"/cases/goods/{matter.pk}/").content.decode()
    go(bench, matter, CUSTODIAN, "remit_proceeds", now, says=confiscating.REMITTED)
    go(bench, matter, CUSTODIAN, "settle_goods", now)
    with clock.held_at(now):
        after = client.get(f"/cases/goods/{matter.pk}/").content.decode()
    assert "所得待缴库" in before
    assert "所得待缴库" not in after
    assert "示例见证甲、示例见证乙" in after
    assert "示例缴款1" in after
    assert list(store.in_store(bench.actor(CUSTODIAN, None, now)).filter(pk=matter.pk)) == []


def test_a_list_of_another_squad_is_not_there(bench: Bench) -> None:
    matter, at = confiscating.in_store(bench)
    with clock.held_at(at):
        assert browser(bench, O1, bench.bureau.west).get(f"/cases/goods/{matter.pk}/").status_code == 404
