"""What the law forbids is refused with its article, and nothing is written: no row, no number."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from xiuhua.cases import actions, permissions, queries
from xiuhua.cases.tests.bench.bench import (
    CITIZEN,
    DEPUTY,
    HEAD,
    IN_2018,
    LEGAL,
    O1,
    O2,
    ORDINARY,
    ORGANISATION,
    PUBLICITY,
    REVIEWER,
    STATES,
    SYSTEM_ITSELF,
    Bench,
    Went,
    Who,
    grounds,
    nothing_written,
    who_also_investigated,
)
from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM, Actor, Refused
from xiuhua.registers.tests.bureau import AT

pytestmark = pytest.mark.slow

APPROVER: Who = ("town_approver", 0)
YEARS = pytest.mark.parametrize("year", [2026, 2018])
# The articles of both texts.
NOW_THEN = {
    "notice": ("PPL21 §62", "PPL17 §41"),
    "defence": ("PPL21 §45", "PPL17 §32"),
    "period": ("PPL21 §44", "PPL17 §31"),
    "review": ("PPL21 §58", "PPL17 §38"),
    "range": ("PPL21 §32", "PPL17 §27"),
    "two": ("PPL21 §42", "PPL17 §37"),
    "hearing": ("PPL21 §63", "PPL17 §42"),
    "summary": ("PPL21 §51", "PPL17 §33"),
}


def article(name: str, year: int) -> str:
    return NOW_THEN[name][year == 2018]


# Decisions


@YEARS
def test_a_decision_without_notice(bench: Bench, year: int) -> None:
    case, at = bench.at_step("pass_legal_review", year)
    said = bench.refused(case, DEPUTY, "decide_penalty", at, decision__kinds=["fine"], decision__fine=8000)
    assert said["notice_served"] == article("notice", year)
    assert "wrong_state" in said


@YEARS
def test_a_decision_before_the_days_of_the_defence_are_over(bench: Bench, year: int) -> None:
    case, at = bench.at_step("serve_prior_notice", year)
    said = bench.refused(case, DEPUTY, "decide_penalty", at + timedelta(days=1))
    assert said["defence_or_waiver_done"] == article("notice", year)
    assert "notice_served" not in said
    lapse = bench.refused(case, SYSTEM_ITSELF, "let_defence_lapse", at + timedelta(days=1))
    assert lapse == {"defence_period_over": article("period", year)}


@pytest.mark.parametrize(
    ("year", "ground"),
    [(2026, "PPL21 §58"), (2018, None)],
    ids=["2026", "2018, when only hearings and the like asked it"],
)
def test_a_decision_without_legal_review(bench: Bench, year: int, ground: str | None) -> None:
    case, at = bench.at_step("adjudicate", year)
    said = bench.refused(case, DEPUTY, "decide_penalty", at, decision__kinds=["fine"], decision__fine=8000)
    assert said.get("legal_review_ok") == ground


def test_a_prior_notice_before_the_legal_review(bench: Bench) -> None:
    case, at = bench.at_step("adjudicate")
    assert bench.refused(case, O1, "serve_prior_notice", at) == {"wrong_state": "PPL21 §44"}


def test_a_decision_by_somebody_who_investigated(bench: Bench) -> None:
    case, at = bench.at_step("waive_defence")
    by = who_also_investigated(bench.actor(DEPUTY), bench.person(O1))
    assert bench.refused(case, DEPUTY, "decide_penalty", at, by=by) == {
        "not_the_investigator": "PPL21 §57; PPL21 §59; PPL21 §60; PPL21 §62"
    }


def test_a_decision_by_whoever_reviewed_the_case(bench: Bench) -> None:
    case, at = bench.at_step("waive_defence")
    by = who_also_investigated(bench.actor(DEPUTY), bench.person(LEGAL))
    assert bench.refused(case, DEPUTY, "decide_penalty", at, by=by) == {"legal_review_ok": "PPL21 §58"}


@YEARS
@pytest.mark.parametrize("fine", [4999, 4999.99, 50001])
def test_a_fine_outside_the_range_without_a_ground(bench: Bench, year: int, fine: float) -> None:
    case, at = bench.at_step("waive_defence", year, cause={"floor": 5000, "ceiling": 50000})
    said = bench.refused(case, DEPUTY, "decide_penalty", at, decision__fine=fine)
    assert said["amount_in_range_or_ground"] == article("range", year)


@pytest.mark.parametrize(
    ("tier", "ground", "allowed"),
    [
        ("mitigated", "32_1", True),
        ("mitigated", None, False),
        ("lighter", "32_1", False),
    ],
)
def test_less_than_the_least_needs_the_mitigated_tier_and_a_ground(
    bench: Bench, tier: str, ground: str | None, allowed: bool
) -> None:
    case, at = bench.at_step("waive_defence")
    says: dict[str, Any] = {
        "decision__fine": 3000,
        "decision__tier": tier,
        "decision__mitigation_ground": ground,
    }
    if allowed:
        values = {k.replace("__", "."): v for k, v in says.items()}
        bench.go(case, Went(DEPUTY, "decide_penalty", 0, values), at)
        assert case.fine == 3000
    else:
        assert bench.refused(case, DEPUTY, "decide_penalty", at, **says) == {
            "amount_in_range_or_ground": "PPL21 §32"
        }


@YEARS
def test_a_heavier_penalty_after_the_defence(bench: Bench, year: int) -> None:
    case, at = bench.at_step("waive_defence", year)
    said = bench.refused(case, DEPUTY, "decide_penalty", at, decision__fine=8000.01)
    assert said == {"not_heavier_after_defence": article("defence", year)}
    kinds = bench.refused(case, DEPUTY, "decide_penalty", at, decision__kinds=["fine", "suspend_business"])
    assert kinds["not_heavier_after_defence"] == article("defence", year)


def test_a_kind_of_penalty_that_the_norm_does_not_know(bench: Bench) -> None:
    case, at = bench.at_step("waive_defence")
    said = bench.refused(case, DEPUTY, "decide_penalty", at, decision__kinds=["fine", "revoke_licence"])
    assert said["kind_has_basis"] == "PPL21 §38"


@pytest.mark.parametrize("year", [2026, 2018])
def test_a_penalty_that_only_refusal_deserves_without_a_failed_recheck(bench: Bench, year: int) -> None:
    case, at = bench.at_step("waive_defence", year, cause={"needs_refusal": True})
    assert bench.refused(case, DEPUTY, "decide_penalty", at) == {"refusal_proved_if_needed": "SHCA"}


def test_a_decision_after_the_ninety_days(bench: Bench) -> None:
    case, at = bench.at_step("waive_defence")
    filed = case.filed_on or date.max
    last = at + (filed + timedelta(days=90) - at.date())
    said = bench.refused(case, DEPUTY, "decide_penalty", last + timedelta(days=1))
    assert said == {"within_decision_limit": "PPL21 §60"}
    bench.go(case, Went(DEPUTY, "decide_penalty"), last)


def test_a_decision_by_the_wrong_post(bench: Bench) -> None:
    case, at = bench.at_step("waive_defence")
    said = bench.refused(case, HEAD, "decide_penalty", at)
    assert said["wrong_role"] == "PPL21 §57; PPL21 §59; PPL21 §60; PPL21 §62"


def test_a_decision_on_a_crime_that_waits_for_the_police(bench: Bench) -> None:
    case, at = bench.at_step("waive_defence", violation={"crime_suspected": True})
    assert bench.refused(case, DEPUTY, "decide_penalty", at) == {"not_crime": "PPL21 §27"}


def test_a_second_fine_for_the_same_act(bench: Bench) -> None:
    before = [{"same_act": True, "fine": 500, "party_name": ORGANISATION["name"]}]
    case, at = bench.at_step("waive_defence", other_decisions=before)
    assert bench.refused(case, DEPUTY, "decide_penalty", at) == {"same_act_not_fined_before": "PPL21 §29"}


# Hearings


@pytest.mark.parametrize(
    ("party", "fine", "due"),
    [
        ("organisation", 50000, True),
        ("organisation", 49999, False),
        ("citizen", 5000, True),
        ("citizen", 4999, False),
    ],
)
@YEARS
def test_a_notice_at_the_threshold_that_does_not_tell_of_the_hearing(
    bench: Bench, party: str, fine: int, due: bool, year: int
) -> None:
    case, at = bench.at_step("pass_legal_review", year, party={"kind": party})
    says: dict[str, Any] = {"notice__planned_fine": fine, "notice__tells_hearing": False}
    if due:
        said = bench.refused(case, O1, "serve_prior_notice", at, **says)
        assert said == {"rights_in_notice": article("period", year)}
    else:
        values = {k.replace("__", "."): v for k, v in says.items()}
        bench.go(case, Went(O1, "serve_prior_notice", 0, values), at)
        assert case.state == "notified"


@YEARS
def test_a_decision_while_a_hearing_may_still_be_asked_for(bench: Bench, year: int) -> None:
    case, at = bench.at_step("pass_legal_review", year, cause={"ceiling": 80000})
    bench.go(
        case,
        Went(O1, "serve_prior_notice", 0, {"notice.planned_fine": 60000, "notice.tells_hearing": True}),
        at,
    )
    bench.go(case, Went(O1, "waive_defence", 0, {"defence.waived_in_writing": True}), at)
    said = bench.refused(case, DEPUTY, "decide_penalty", at + timedelta(days=1))
    assert said == {"hearing_settled": article("hearing", year)}


# Officers, posts, reviewers


@YEARS
def test_one_officer_alone(bench: Bench, year: int) -> None:
    at = AT if year == 2026 else IN_2018
    case = bench.open(at, officers=[bench.person(O1)])
    says: dict[str, Any] = {"inspection__certificate_shown": True, "inspection__party_signed": True}
    assert bench.refused(case, O1, "check_lead", at, **says) == {
        "two_certified_officers": article("two", year)
    }


@YEARS
def test_an_officer_whose_certificate_has_expired(bench: Bench, year: int) -> None:
    at = AT if year == 2026 else IN_2018
    late = bench.person(("officer", 7))
    with record.act("示例", by=SYSTEM, at=at) as act:
        held = late.certificates.get()
        held.valid_to = at.date() - timedelta(days=1)
        held.save()
        act.entry(on=late, facts={})
    case = bench.open(at, officers=[bench.person(O1), late])
    says: dict[str, Any] = {"inspection__certificate_shown": True, "inspection__party_signed": True}
    assert bench.refused(case, O1, "check_lead", at, **says) == {
        "two_certified_officers": article("two", year)
    }


def test_auxiliary_staff_as_the_second_officer(bench: Bench) -> None:
    helper = bench.bureau.officer("auxiliary")
    bench.certify(helper)
    case = bench.open(officers=[bench.person(O1), helper])
    says: dict[str, Any] = {"inspection__certificate_shown": True, "inspection__party_signed": True}
    assert bench.refused(case, O1, "check_lead", AT, **says) == {"two_certified_officers": "PPL21 §42"}


def test_a_check_without_showing_the_certificate_or_recording_it(bench: Bench) -> None:
    case = bench.open()
    says: dict[str, Any] = {"inspection__certificate_shown": False, "inspection__party_signed": True}
    says["video__running"] = False
    said = bench.refused(case, O1, "check_lead", AT, **says)
    assert said == {"certificate_shown": "PPL21 §55", "recording_on": "PPL21 §47"}


def test_the_approver_among_the_proposers(bench: Bench) -> None:
    case, at = bench.at_step("check_lead")
    names = [str(bench.person(O1).pk), str(bench.person(HEAD).pk)]
    bench.go(case, Went(O1, "propose_filing", 0, {"filing.proposer_ids": names}), at)
    assert bench.refused(case, HEAD, "approve_filing", at) == {
        "approver_is_not_proposer": "PPL21 §54; PPL21 §76"
    }


@pytest.mark.parametrize(
    ("after", "who", "move"),
    [("close_investigation", REVIEWER, "adjudicate"), ("adjudicate", LEGAL, "pass_legal_review")],
)
@YEARS
def test_a_review_by_somebody_who_investigated(
    bench: Bench, after: str, who: Who, move: str, year: int
) -> None:
    case, at = bench.at_step(after, year)
    by = who_also_investigated(bench.actor(who), bench.person(O2))
    said = bench.refused(case, who, move, at, by=by)
    assert said == {"reviewer_not_investigator": article("review", year)}


def test_a_first_time_reviewer_without_the_qualification(bench: Bench) -> None:
    case, at = bench.at_step("adjudicate")
    said = bench.refused(case, LEGAL, "pass_legal_review", at, legal_review__first_time_reviewer=True)
    assert said == {"legal_reviewer_qualified": "PPL21 §58"}


# Authority


def test_a_town_squad_deciding_in_the_name_of_the_bureau(bench: Bench) -> None:
    town = {"handling_unit_kind": "town_squad"}
    case, at = bench.at_step("waive_defence", case=town)
    assert bench.refused(case, DEPUTY, "decide_penalty", at) == {"authority_matches_unit": "SHUM §4"}


def test_a_case_of_a_cause_that_the_matrix_does_not_give_to_the_unit(bench: Bench) -> None:
    squad = bench.bureau.west
    with record.act("示例", by=SYSTEM, at=AT) as act:
        row = squad.authority_rows.get()
        row.cause_group = "SR"
        row.save()
        act.entry(on=squad, facts={})
    opening, by = bench.opening(unit=squad), bench.actor(O1, squad)
    with nothing_written(), pytest.raises(Refused) as caught:
        actions.open_case(opening=opening, by=by, at=AT)
    assert grounds(caught.value.refusals) == {"our_power": "SHUM §11"}


def test_a_place_outside_the_area_of_the_unit(bench: Bench) -> None:
    case = bench.open(area=bench.bureau.west.areas.first())
    says: dict[str, Any] = {"inspection__certificate_shown": True, "inspection__party_signed": True}
    assert bench.refused(case, O1, "check_lead", AT, **says) == {"place_in_jurisdiction": "PPL21 §22"}


def test_an_act_that_is_too_long_ago(bench: Bench) -> None:
    case = bench.open(occurred_on=date(2024, 5, 12))
    bench.walk(case, ORDINARY[:1], AT)
    assert bench.refused(case, O1, "propose_filing", AT + timedelta(hours=2)) == {
        "within_limitation": "PPL21 §36"
    }


# On the spot


@pytest.mark.parametrize(
    ("at", "party", "fine", "year"),
    [
        (AT, CITIZEN, 201, 2026),
        (IN_2018, CITIZEN, 51, 2018),
        (AT, ORGANISATION, 3001, 2026),
        (IN_2018, ORGANISATION, 1001, 2018),
    ],
)
def test_a_fine_on_the_spot_over_the_limit(
    bench: Bench, at: datetime, party: dict[str, str], fine: int, year: int
) -> None:
    with nothing_written(), pytest.raises(Refused) as caught:
        bench.spot(at, fine, party)
    assert grounds(caught.value.refusals)["summary_fine_within_limit"] == article("summary", year)


def test_a_penalty_on_the_spot_by_one_officer(bench: Bench) -> None:
    with nothing_written(), pytest.raises(Refused) as caught:
        bench.spot(second_officer=str(bench.person(O1).pk))
    assert grounds(caught.value.refusals)["two_certified_officers"] == "PPL21 §42"


def test_a_penalty_on_the_spot_of_somebody_unknown(bench: Bench) -> None:
    with nothing_written(), pytest.raises(Refused) as caught:
        bench.spot(party={"kind": "citizen", "name": "示例无证人"})
    assert grounds(caught.value.refusals) == {"party_identity_known": "PPL21 §59"}


def test_cash_over_the_limit_without_a_ground(bench: Bench) -> None:
    with nothing_written(), pytest.raises(Refused) as caught:
        bench.spot(fine=150, paying="small_amount", item__receipt_no="示例0004")
    assert grounds(caught.value.refusals) == {"cash_allowed": "PPL21 §68"}


# Money, closing, archive


def test_closing_before_everything_is_paid_and_the_archive_with_missing_pages(bench: Bench) -> None:
    case, at = bench.at_step("serve_decision")
    short = bench.refused(case, O1, "perform", at, item__receipt_no="示例0005", item__amount=7999.99)
    assert short == {"paid_in_full": "PPL21 §67"}
    closed, at = bench.at_step("close_performed")
    said = bench.refused(
        closed,
        ("squad_legal_clerk", 0),
        "archive_case",
        at,
        archive__index_pages=30,
        archive__actual_pages=29,
    )
    assert said == {"archive_in_order": "案卷管理规定 §5"}


def test_the_party_is_overdue_only_after_the_fifteenth_day(bench: Bench) -> None:
    case, at = bench.at_step("serve_decision")
    served = case.served_on or date.max
    last = at + (served + timedelta(days=15) - at.date())
    assert bench.refused(case, SYSTEM_ITSELF, "fall_overdue", last) == {"payment_due_passed": "PPL21 §67"}
    assert bench.refused(case, DEPUTY, "fall_overdue", last + timedelta(days=3))["wrong_role"] == "PPL21 §72"


# Order, reach, second comers


@pytest.mark.parametrize(
    ("last", "article"),
    [
        ("check_lead", "PPL21 §55; PPL21 §22; SHUM §26"),
        ("approve_filing", "PPL21 §54; PPL21 §76"),
        ("interview", "PPL21 §55; SHUM §19"),
        ("decide_penalty", "PPL21 §57; PPL21 §59; PPL21 §60; PPL21 §62"),
        ("archive_case", "案卷管理规定 §5; 案卷管理规定 §7"),
    ],
)
def test_a_step_that_is_dated_before_the_one_before_it(bench: Bench, last: str, article: str) -> None:
    case, at = bench.at_step(last)
    said = bench.refused(case, O1, "inspect", at - timedelta(days=30))
    assert said["out_of_order"] == article


def test_whoever_comes_second_finds_that_the_case_has_moved_on(bench: Bench) -> None:
    case, at = bench.at_step("propose_filing")
    mine, yours = (type(case).objects.get(pk=case.pk) for _ in range(2))
    bench.go(mine, Went(HEAD, "approve_filing"), at)
    assert yours.state == "filing_proposed"
    said = bench.refused(yours, HEAD, "approve_filing", at)
    assert said == {"wrong_state": "PPL21 §54; PPL21 §76"}


def test_a_move_that_the_procedure_does_not_have(bench: Bench) -> None:
    case, at = bench.at_step("propose_filing")
    for move in ("decide_on_spot", "add_evidence"):
        assert bench.refused(case, HEAD, move, at) == {"unknown_move": "PPL21 §54; PPL21 §76"}


@pytest.mark.parametrize("last", ["check_lead", "interview", "waive_defence", "close_performed"])
@pytest.mark.parametrize(
    ("who", "where"),
    [
        (O1, "west"),
        (HEAD, "west"),
        (APPROVER, "government"),
        (("statistics_clerk", 0), None),
        (("auditor", 0), None),
        (("system_administrator", 0), None),
        (("evidence_custodian", 0), None),
        (("leader_read_only", 0), None),
    ],
)
def test_whoever_the_case_is_out_of_reach_of(bench: Bench, who: Who, where: str | None, last: str) -> None:
    case, at = bench.at_step(last)
    unit = getattr(bench.bureau, where) if where else None
    by = bench.actor(who, unit, at)
    move = ORDINARY[STATES[last]].move if last != "close_performed" else "archive_case"
    assert bench.refused(case, who, move, at, by=by) == {"cases.work": "SHUM §4"}
    assert not permissions.can_work(case, by)


def test_a_post_does_not_lend_its_reach_to_another_post(bench: Bench) -> None:
    """Who heads squad west and publishes for the whole bureau does not head squad east."""
    case, at = bench.at_step("propose_filing")
    west, desk = bench.actor(HEAD, bench.bureau.west, at), bench.actor(PUBLICITY, None, at)
    both = Actor(name="示例", user_id=1, officer_id=west.officer_id, grants=(*west.grants, *desk.grants))
    assert bench.refused(case, HEAD, "approve_filing", at, by=both)["wrong_role"] == "PPL21 §54; PPL21 §76"
    choices = queries.choices(queries.road_of(case, at.date()), both, at.date())
    assert not any(choice.is_open for choice in choices)


@pytest.mark.parametrize("who", [PUBLICITY, REVIEWER, DEPUTY, ("auxiliary", 0)])
def test_a_case_is_opened_by_people_of_the_handling_unit_only(bench: Bench, who: Who) -> None:
    opening, by = bench.opening(), bench.actor(who)
    with nothing_written(), pytest.raises(Refused) as caught:
        actions.open_case(opening=opening, by=by, at=AT)
    assert grounds(caught.value.refusals) == {"cases.open": "SHUM §4"}


def test_a_case_is_not_opened_for_another_squad(bench: Bench) -> None:
    opening, by = bench.opening(), bench.actor(O1, bench.bureau.west)
    with nothing_written(), pytest.raises(Refused):
        actions.open_case(opening=opening, by=by, at=AT)
