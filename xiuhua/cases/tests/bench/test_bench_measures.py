"""Seal and seizure from the request to the goods' end, by the right people and by time, and what is refused."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from xiuhua.cases import actions, jobs, queries
from xiuhua.cases.models import Case, Matter
from xiuhua.cases.tests.bench.bench import (
    DEPUTY,
    HEAD,
    O1,
    ORDINARY,
    STATES,
    Bench,
    Went,
    grounds,
    nothing_written,
)
from xiuhua.cases.tests.bench.measuring import (
    ASKED,
    CUSTODIAN,
    DISPOSED,
    FISH,
    GOODS,
    MEASURE,
    RETURNED,
    TAKEN,
    TRUCK,
    WANTED,
    acting,
    begin,
    go,
    in_force,
    power,
    refused,
)
from xiuhua.kernel import clock
from xiuhua.kernel.authz import Refused
from xiuhua.kernel.models import Job

pytestmark = pytest.mark.slow

DAY = timedelta(days=1)
RELEASE = {"measure.release_ground": "unrelated"}


def row_of(matter: Matter) -> dict[str, Any]:
    found: dict[str, Any] = queries.file_of(Case.objects.get(pk=matter.case_id))["measures"][0]
    return found


@pytest.mark.parametrize("year", [2026, 2018])
def test_goods_are_asked_for_approved_taken_released_and_given_back(bench: Bench, year: int) -> None:
    matter, at = in_force(bench, year)
    last = at.date() + 30 * DAY
    assert (matter.state, matter.due_on) == ("in_force", last)
    assert matter.clock in {"extend_measure", "decide_release", "decide_confiscation"}
    go(bench, matter, DEPUTY, "decide_release", at + DAY, says=RELEASE)
    assert matter.state == "release_decided"
    go(bench, matter, CUSTODIAN, "return_goods", at + 2 * DAY, says=RETURNED)
    assert (matter.state, matter.ended) == ("returned", True)
    row = row_of(matter)
    assert (row["outcome"], row["ended_on"]) == ("returned", (at + DAY).date().isoformat())
    day = (at + 2 * DAY).date().isoformat()
    assert row["ends"] == [{**goods, "outcome": "returned", "on": day} for goods in (TRUCK, FISH)]


def test_the_row_of_a_measure_says_what_the_check_of_files_reads(bench: Bench) -> None:
    matter, at = in_force(bench)
    row, moment = row_of(matter), at.astimezone(clock.SHANGHAI).strftime("%Y-%m-%dT%H:%M")
    said = {
        "kind": "seize",
        "urgent": False,
        "implemented_at": moment,
        "decision_served_on": moment[:10],
        "list_copies": 2,
        "delegated": False,
        "told_rights": True,
        "remedies_told": True,
        "living_necessity": False,
        "basis": "SHUM §21",
    }
    assert {key: row.get(key) for key in said} == said
    assert row["approved_at"] < row["implemented_at"]
    assert len(row["officer_ids"]) == 2


def test_a_measure_that_was_refused_or_dropped_leaves_nothing_for_the_case_to_settle(bench: Bench) -> None:
    case, at = power(bench)
    matter = begin(bench, case, at)
    go(bench, matter, DEPUTY, "refuse_measure", at, says={"reason": "可以先行登记保存"})
    other = begin(bench, case, at)
    go(bench, other, DEPUTY, "approve_measure", at)
    go(bench, other, O1, "drop_measure", at, says={"reason": "情节显著轻微"})
    assert (matter.state, other.state) == ("measure_refused", "measure_refused")
    assert "measures" not in queries.file_of(case)


def test_nothing_is_taken_before_the_head_approved(bench: Bench) -> None:
    case, at = power(bench)
    matter = begin(bench, case, at)
    assert "wrong_state" in refused(bench, matter, O1, "implement_measure", at, says=TAKEN)
    assert refused(bench, matter, HEAD, "approve_measure", at)["wrong_role"] == "AEL §18"
    go(bench, matter, DEPUTY, "approve_measure", at + timedelta(minutes=5))
    early = TAKEN | {"measure.implemented_at": at.astimezone(clock.SHANGHAI) + timedelta(minutes=4)}
    found = refused(bench, matter, O1, "implement_measure", at + timedelta(minutes=9), says=early)
    assert found == {"approved_before_measure": "AEL §18"}


@pytest.mark.parametrize(
    ("says", "code", "ground"),
    [({"measure.party_present": False}, "party_called_or_witness", "AEL §18"),
     ({"measure.told_rights": False}, "reasons_and_rights_told", "AEL §18"),
     ({"measure.defence.recorded": False}, "defence_listened", ""),
     ({"measure.party_signed": False}, "scene_record_signed", "AEL §18"),
     ({"measure.list_copies": 1}, "decision_and_list_handed_over", "AEL §24"),
     ({"measure.certificate_shown": False}, "certificate_shown", ""),
     ({"video.running": False}, "recording_on", "")],
)  # fmt: skip
@pytest.mark.parametrize("year", [2026, 2018])
def test_a_measure_is_made_as_the_law_says_or_not_at_all(
    bench: Bench, says: dict[str, Any], code: str, ground: str, year: int
) -> None:
    case, at = power(bench, year)
    matter = begin(bench, case, at)
    go(bench, matter, DEPUTY, "approve_measure", at)
    found = refused(bench, matter, O1, "implement_measure", at, says=TAKEN | says)
    assert code in found
    assert not ground or found[code] == ground


@pytest.mark.parametrize(
    ("says", "code"),
    [({"measure.related_to_act": False}, "related_to_the_act"),
     ({"measure.living_necessity": True}, "not_living_necessity"),
     ({"measure.already_sealed": True}, "not_sealed_by_another")],
)  # fmt: skip
@pytest.mark.parametrize("move", ["ask_measure", "implement_urgently"])
def test_what_the_law_protects_is_not_even_asked_for(
    bench: Bench, says: dict[str, Any], code: str, move: str
) -> None:
    case, at = power(bench)
    with nothing_written(), pytest.raises(Refused) as caught:
        begin(bench, case, at, move, **says)
    assert grounds(caught.value.refusals) == {code: "AEL §23"}


def test_no_norm_no_measure(bench: Bench) -> None:
    case, at = bench.at_step("assign_officers", cause={"seize_power": False})
    with nothing_written(), pytest.raises(Refused) as caught:
        begin(bench, case, at)
    assert grounds(caught.value.refusals) == {"measure_power_exists": "AEL §22"}


def test_an_urgent_measure_is_reported_within_24_hours_to_the_minute(bench: Bench) -> None:
    case, at = power(bench)
    matter = begin(bench, case, at, "implement_urgently")
    assert matter.due_at == at.replace(second=0, microsecond=0) + DAY
    here = at.astimezone(clock.SHANGHAI)
    later = {"measure.reported_at": here + DAY + timedelta(minutes=1)}
    found = refused(bench, matter, DEPUTY, "regularise_measure", at + DAY + timedelta(hours=1), says=later)
    assert found == {"reported_in_24_hours": "AEL §19"}
    said = {"measure.reported_at": here + timedelta(hours=2)}
    go(bench, matter, DEPUTY, "regularise_measure", at + timedelta(hours=3), says=said)
    assert (matter.state, matter.due_on) == ("in_force", at.date() + 30 * DAY)
    assert row_of(matter)["urgent"] is True


def test_an_urgent_measure_that_the_head_does_not_want_is_lifted_at_once(bench: Bench) -> None:
    case, at = power(bench)
    matter = begin(bench, case, at, "implement_urgently")
    go(bench, matter, DEPUTY, "lift_urgent_measure", at, says={"reason": "不应采取"})
    assert matter.state == "release_decided"
    assert row_of(matter)["ended_on"] == at.date().isoformat()


def test_the_time_of_a_test_does_not_count_and_an_extension_follows_on_the_first_period(bench: Bench) -> None:
    matter, at = in_force(bench)
    for round, days in ((1, 10), (2, 5)):
        begun = at + 10 * round * DAY
        said = {
            "measure.test_body": "示例检测中心",
            "measure.test_question": "是否为黑车改装",
            "measure.test_until": begun.date() + 20 * DAY,
        }
        go(bench, matter, O1, "send_for_test", begun, says=said)
        assert (matter.state, matter.due_on) == ("in_test", begun.date() + 20 * DAY)
        go(bench, matter, O1, "end_test", begun + days * DAY, says={"measure.test_report": "示检1号"})
    assert matter.due_on == at.date() + 45 * DAY
    last = datetime.combine(at.date() + 45 * DAY, time(17), clock.SHANGHAI)
    said = {"measure.complex_reason": "涉及三家单位"}
    found = refused(bench, matter, DEPUTY, "extend_measure", last + DAY, says=said)
    assert found == {"extended_before_expiry": "AEL §25"}
    go(bench, matter, DEPUTY, "extend_measure", last - 3 * DAY, says=said)
    assert (matter.state, matter.due_on) == ("extended", at.date() + 75 * DAY)
    assert [test["told_on"] for test in row_of(matter)["tests"]] == [
        (at + 10 * round * DAY).date().isoformat() for round in (1, 2)
    ]


@pytest.mark.parametrize("extended", [False, True])
def test_time_ends_a_measure_on_the_day_after_the_last_and_the_head_releases(
    bench: Bench, extended: bool
) -> None:
    Job.objects.update(done_at=clock.now())
    matter, at = in_force(bench)
    if extended:
        go(bench, matter, DEPUTY, "extend_measure", at, says={"measure.complex_reason": "涉及三家单位"})
    last = at.date() + (60 if extended else 30) * DAY
    assert matter.due_on == last
    noon = datetime.combine(last, time(12), clock.SHANGHAI)
    payload = {"matter": matter.pk}
    with clock.held_at(noon):
        jobs.lapse_matter(payload)
    matter.refresh_from_db()
    assert matter.state == ("extended" if extended else "in_force")
    with clock.held_at(noon + DAY):
        jobs.lapse_matter(payload)
    matter.refresh_from_db()
    assert (matter.state, matter.clock, matter.due_on) == ("expired", "release_expired", last + DAY)
    go(bench, matter, DEPUTY, "release_expired", noon + DAY, says={"measure.release_ground": "period_over"})
    assert matter.state == "release_decided"


def test_what_spoils_is_sold_two_days_after_the_call_and_the_rest_stays(bench: Bench) -> None:
    matter, at = in_force(bench)
    said = {"measure.perishable": "鲜鱼，5箱，冰鲜", "measure.perishable_reason": "冰已化"}
    wrong = said | {"measure.perishable": "大米，1袋，新"}
    assert refused(bench, matter, O1, "call_for_perishables", at, says=wrong) == {
        "goods_perishable": "SHUM §22"
    }
    go(bench, matter, O1, "call_for_perishables", at, says=said)
    sold = {"measure.disposal_registered": True} | DISPOSED
    found = refused(bench, matter, CUSTODIAN, "dispose_perishables", at + 2 * DAY, says=sold)
    assert found == {"perishable_notice_over": "SHUM §22"}
    unregistered = sold | {"measure.disposal_registered": False}
    found = refused(bench, matter, CUSTODIAN, "dispose_perishables", at + 3 * DAY, says=unregistered)
    assert found == {"registered_before_disposal": "SHUM §22"}
    go(bench, matter, CUSTODIAN, "dispose_perishables", at + 3 * DAY, says=sold)
    assert (matter.state, matter.due_on, matter.clock) == ("in_force", at.date() + 30 * DAY, "extend_measure")
    go(bench, matter, DEPUTY, "decide_release", at + 4 * DAY, says=RELEASE)
    go(bench, matter, CUSTODIAN, "return_goods", at + 4 * DAY, says=RETURNED)
    ends = [(end["name"], end["outcome"]) for end in row_of(matter)["ends"]]
    assert ends == [("鲜鱼", "disposed_perishable"), ("货车", "returned")]


def released(bench: Bench) -> tuple[Matter, datetime]:
    matter, at = in_force(bench)
    go(bench, matter, DEPUTY, "decide_release", at, says=RELEASE)
    said = {
        "measure.collect_told_on": at.date(),
        "measure.claim_announced_on": (at + 5 * DAY).date(),
        "measure.claim_announced_at": "局网站和公告栏",
    }
    go(bench, matter, O1, "announce_unclaimed", at + 5 * DAY, says=said)
    return matter, at + 5 * DAY


def test_goods_that_nobody_claims_are_disposed_of_after_sixty_days_and_no_sooner(bench: Bench) -> None:
    matter, at = released(bench)
    said = DISPOSED | {"measure.remitted_on": (at + 60 * DAY).date()}
    found = refused(bench, matter, DEPUTY, "dispose_unclaimed", at + 60 * DAY, says=said)
    assert found == {"claim_period_over": "SHUM §22"}
    go(bench, matter, DEPUTY, "dispose_unclaimed", at + 61 * DAY, says=said)
    assert (matter.state, matter.ended) == ("disposed", True)
    row = row_of(matter)
    assert row["outcome"] == "disposed_unclaimed"
    assert {end["outcome"] for end in row["ends"]} == {"disposed_unclaimed"}


def test_whoever_claims_in_time_gets_the_goods(bench: Bench) -> None:
    matter, at = released(bench)
    go(bench, matter, CUSTODIAN, "return_late_claim", at + 30 * DAY, says=RETURNED)
    assert row_of(matter)["outcome"] == "returned"


def test_release_asks_for_a_ground_that_the_file_bears_out(bench: Bench) -> None:
    matter, at = in_force(bench)
    for ground in ("not_needed", "period_over", "other"):
        said = {"measure.release_ground": ground}
        assert refused(bench, matter, DEPUTY, "decide_release", at, says=said) == {
            "release_ground": "AEL §28"
        }
    assert "wrong_role" in refused(bench, matter, HEAD, "decide_release", at, says=RELEASE)


def decided(bench: Bench, **fine: Any) -> tuple[Matter, datetime]:
    """A measure in force in a case whose decision confiscates things, and was served and demanded long ago."""
    _, at = bench.at_step("assign_officers")
    day = at.date().isoformat()
    decision = {
        "decided_on": day,
        "delivered_on": day,
        "kinds": ["fine", "confiscate_property"],
        "basis": "SHUM §21",
        "fine": 1000,
        "tells_reconsideration": True,
        "tells_litigation": True,
    }
    demand = {"served_on": (at.date() + 185 * DAY).isoformat(), "duty_days": 10}
    cause = {"seize_power": True, "kinds_allowed": ["fine", "confiscate_property"]}
    return in_force(bench, decision=decision | fine, demand=demand, cause=cause)


@pytest.mark.parametrize("extended", [False, True])
def test_what_a_measure_held_is_confiscated_but_not_disposed_of_in_the_measure(
    bench: Bench, extended: bool
) -> None:
    matter, at = decided(bench)
    suffix = "_extended" if extended else ""
    if extended:
        go(bench, matter, DEPUTY, "extend_measure", at, says={"measure.complex_reason": "涉及三家单位"})
    go(bench, matter, DEPUTY, f"decide_confiscation{suffix}", at + DAY)
    assert matter.state == "confiscated"
    assert "outcome" not in row_of(matter)
    said = DISPOSED | {"measure.confiscation_receipt_no": "示例没0001", "measure.remitted_on": at.date()}
    found = refused(bench, matter, CUSTODIAN, "settle_confiscated", at + 2 * DAY, says=said)
    assert found == {"confiscated_goods_handled": "PPL21 §74"}


def test_nothing_is_confiscated_without_norm_and_decision(bench: Bench) -> None:
    matter, at = in_force(bench)
    found = refused(
        bench, matter, DEPUTY, "decide_confiscation", at, says={"measure.confiscation_basis": "SHIC §5"}
    )
    assert found == {"confiscation_lawful": "AEL §27", "penalty_decision_made": "AEL §27"}


AUCTION = {
    "measure.disposal": "示例拍卖行公开拍卖",
    "measure.proceeds": 1500,
    "item.amount": 1000,
    "item.receipt_no": "示例0002",
}


@pytest.mark.parametrize("extended", [False, True])
def test_an_auction_pays_the_fine_and_the_rest_belongs_to_the_party(bench: Bench, extended: bool) -> None:
    matter, at = decided(bench)
    said = {
        "measure.test_body": "示例检测中心",
        "measure.test_question": "车辆价值",
        "measure.test_until": at.date() + 200 * DAY,
    }
    go(bench, matter, O1, "send_for_test", at + DAY, says=said)
    go(bench, matter, O1, "end_test", at + 196 * DAY, says={"measure.test_report": "示检1号"})
    move = "auction_extended_to_pay" if extended else "auction_to_pay"
    if extended:
        go(
            bench,
            matter,
            DEPUTY,
            "extend_measure",
            at + 196 * DAY,
            says={"measure.complex_reason": "流拍一次"},
        )
    now = at + 197 * DAY
    too_much = AUCTION | {"measure.proceeds": 999}
    assert refused(bench, matter, DEPUTY, move, now, says=too_much) == {"proceeds_cover_payment": "AEL §46"}
    go(bench, matter, DEPUTY, move, now, says=AUCTION)
    assert matter.state == "auctioned"
    case = Case.objects.get(pk=matter.case_id)
    assert case.paid == 1000
    assert (row_of(matter)["surplus"], row_of(matter)["outcome"]) == (500, "auctioned")


def test_no_auction_while_the_party_may_still_ask_for_a_remedy_or_was_not_called_upon_to_pay(
    bench: Bench,
) -> None:
    matter, at = decided(bench)
    found = refused(bench, matter, DEPUTY, "auction_to_pay", at + 20 * DAY, says=AUCTION)
    assert found == {"remedy_periods_over": "AEL §53", "demand_served_and_unmet": "AEL §35"}


SENT = {"measure.sent_to": "示例公安分局", "measure.sent_receipt": "收条1号"}


@pytest.mark.parametrize("extended", [False, True])
def test_goods_go_along_with_a_suspected_crime_that_may_be_referred(bench: Bench, extended: bool) -> None:
    move = "send_extended_with_crime" if extended else "send_with_crime"
    for approved in (False, True):
        _, at = bench.at_step("assign_officers")
        referral = {"approved_on": at.date().isoformat()} if approved else {}
        matter, at = in_force(bench, referral=referral)
        if extended:
            go(bench, matter, DEPUTY, "extend_measure", at, says={"measure.complex_reason": "涉及三家单位"})
        if approved:
            go(bench, matter, O1, move, at + DAY, says=SENT)
            assert row_of(matter)["outcome"] == "sent_with_crime"
        else:
            found = refused(bench, matter, O1, move, at + DAY, says=SENT)
            assert found == {"crime_referral_is_approved": "CRIMEREF §5"}


@pytest.mark.parametrize("extended", [False, True])
def test_goods_go_along_to_the_department_in_charge(bench: Bench, extended: bool) -> None:
    move = "send_extended_with_referral" if extended else "send_with_referral"
    for ours in (True, False):
        matter, at = in_force(bench, case={"our_power": ours})
        if extended:
            go(bench, matter, DEPUTY, "extend_measure", at, says={"measure.complex_reason": "涉及三家单位"})
        if ours:
            assert refused(bench, matter, O1, move, at, says=SENT) == {"not_our_power": "SHUM §28"}
        else:
            go(bench, matter, O1, move, at, says=SENT)
            assert (matter.state, row_of(matter)["outcome"]) == ("sent_with_crime", "sent_with_referral")


@pytest.mark.parametrize("extended", [False, True])
def test_an_extended_measure_is_released_like_any_other(bench: Bench, extended: bool) -> None:
    matter, at = in_force(bench)
    move = "decide_release_extended" if extended else "decide_release"
    if extended:
        go(bench, matter, DEPUTY, "extend_measure", at, says={"measure.complex_reason": "涉及三家单位"})
    go(bench, matter, DEPUTY, move, at, says=RELEASE)
    assert matter.state == "release_decided"


@pytest.mark.parametrize("year", [2026, 2018])
def test_the_case_closes_once_its_goods_are_settled_and_not_before(bench: Bench, year: int) -> None:
    matter, at = in_force(bench, year)
    case = Case.objects.get(pk=matter.case_id)
    rest = ORDINARY[STATES["assign_officers"] : STATES["close_performed"] - 1]
    at = bench.walk(case, rest, at)
    found = bench.refused(case, HEAD, "close_performed", at)
    assert found["seized_goods_settled"] == "AEL §27"
    go(bench, matter, DEPUTY, "decide_release", at, says={"measure.release_ground": "not_needed"})
    go(bench, matter, CUSTODIAN, "return_goods", at, says=RETURNED)
    case.refresh_from_db()
    bench.go(case, Went(HEAD, "close_performed"), at)
    assert case.state == "closed"


def registered(bench: Bench, outcome: str = "seized") -> tuple[Matter, datetime]:
    case, at = power(bench)
    asked = {"registration.reason": "可能被移走", "registration.wanted": GOODS}
    matter = actions.begin(
        case=case,
        procedure="evidence_registration",
        move="ask_registration",
        values=asked,
        by=acting(bench, O1, case, at),
        at=at,
    )
    go(bench, matter, DEPUTY, "approve_registration", at)
    listed = {"registration.store_place": "示例物品库", "registration.list_delivered": True}
    go(bench, matter, O1, "register_items", at, says=listed)
    made = {"registration.outcome": outcome, "registration.outcome_reason": "与违法行为有关"}
    go(bench, matter, DEPUTY, "decide_registration", at, says=made)
    return Matter.objects.select_related("case").get(pk=matter.pk), at


def test_a_registration_that_turns_into_a_seizure_asks_for_it_with_the_goods_that_were_listed(
    bench: Bench,
) -> None:
    matter, at = registered(bench)
    place = queries.place_in(matter.case, queries.sides()[matter.procedure], at.date(), matter)
    known = queries.known_values(place, "turn_into_seizure", acting(bench, O1, matter.case, at), at)
    assert known["measure.wanted"] == [TRUCK, FISH]
    assert known["measure.reason"] == "可能被移走"
    go(bench, matter, O1, "turn_into_seizure", at, says=ASKED | {"measure.wanted": known["measure.wanted"]})
    assert (matter.state, matter.ended) == ("turned_into_seizure", True)
    begun = Matter.objects.select_related("case").get(case=matter.case_id, procedure=MEASURE)
    assert (begun.state, begun.number) == ("measure_asked", 1)
    step = begun.steps.get()
    assert step.facts["measure"]["follows"] == "evidence_registration:1"
    assert step.facts["measure"]["wanted"] == [TRUCK, FISH]
    assert step.seq == matter.steps.latest("seq").seq + 1
    go(bench, begun, DEPUTY, "approve_measure", at)
    go(bench, begun, O1, "implement_measure", at, says=TAKEN)
    assert row_of(begun)["items"] == [TRUCK, FISH]
    assert row_of(begun)["follows"] == "evidence_registration:1"


def test_a_registration_does_not_turn_into_a_seizure_that_may_not_be_and_nothing_is_half_begun(
    bench: Bench,
) -> None:
    matter, at = registered(bench)
    said = ASKED | WANTED | {"measure.living_necessity": True}
    found = refused(bench, matter, O1, "turn_into_seizure", at, says=said)
    assert found == {"not_living_necessity": "AEL §23"}
    matter.refresh_from_db()
    assert matter.state == "registration_decided"


def test_a_custodian_sees_the_cases_whose_goods_are_seized(bench: Bench) -> None:
    matter, at = in_force(bench)
    keeper = bench.actor(CUSTODIAN, None, at)
    assert matter.case_id in set(Case.objects.visible(keeper).values_list("pk", flat=True))
