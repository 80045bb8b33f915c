"""The tables themselves: whole, sound, and no further from their draft than is written here."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from xiuhua.cases.procedure.demolition import ORDERED
from xiuhua.cases.procedure.moves import Move, Table, acting_role, may_make
from xiuhua.cases.procedure.periods import clock_on
from xiuhua.cases.procedure.road import MAIN_ROAD, ON_ROAD, SPINE, TRACK, station_of
from xiuhua.cases.procedure.stating import STATED, STATES_NOTHING
from xiuhua.cases.procedure.tables import TABLES, latest, table_on

EVERY = [table for tables in TABLES.values() for table in tables]
ids = [f"{t.procedure}-{t.version}" for t in EVERY]
DRAFT = Path(__file__).resolve().parents[5] / "shared" / "domain" / "procedure_moves.csv"

# What stands in the tables and not in the draft they were made from.
ADDED = {
    "summary": {
        "report_before_payment",
        "close_reported",
        "archive_case",
        "annul_paid",
        "annul_recorded",
        "annul_closed",
    },
    "ordinary": {
        "interview_at_check",
        "order_correction_at_check",
        "request_hearing_before_decision",
        "pay_instalment",
        "publish_deferred",
        "publish_overdue",
        "publish_performed",
        "archive_case",
        "request_evidence",
        "annul_deferred_decision",
        "annul_executed_decision",
        "annul_terminated_decision",
        "annul_no_penalty",
        "annul_closed_decision",
        "join_party",
        "release_party",
        "add_violation",
        "amend_violation",
        "drop_violation",
        "serve_notice_on_party",
        "hear_other_party",
        "hear_other_party_late",
        "recheck_other_party",
        "serve_hearing_right_on_party",
        "request_other_hearing",
        "request_other_hearing_late",
        "join_hearing",
        "waive_other_hearing",
        "waive_other_hearing_late",
        "serve_decision_on_party",
        "serve_no_penalty_on_party",
        "pay_enforced_share",
        "terminate_share",
    },
    "demolition": {
        "demand_by_town",
        "archive_case",
        "annul_closed_order",
        "close_annulled",
        "redo_order",
        *(f"annul_order_{state}" for state in ORDERED),
    },
}
# Only these lead away from a final state: the decision fell after the case was closed.
REOPENING = {"annul_closed_decision", "annul_closed", "annul_closed_order"}
GUARDED_MORE = {
    "close_investigation": {"each_act_proved", "each_weighed_apart"},
    "serve_prior_notice": {"each_planned_apart"},
    "offer_hearing": {"notice_reached_each_party"},
    "receive_defence": {"notice_reached_each_party"},
    "waive_defence": {"notice_reached_each_party"},
    "let_defence_lapse": {"notice_reached_each_party"},
    "serve_decision": {"decision_reached_each_party"},
    "serve_no_penalty": {"decision_reached_each_party"},
    "decide_penalty": {"kind_has_basis", "each_decided_apart", "same_act_fined_once"},
    "decide_after_discussion": {
        "kind_has_basis",
        "not_the_investigator",
        "each_decided_apart",
        "same_act_fined_once",
    },
    "publish_decision": {"published_of_one"},
    **{
        move: {"each_pays_apart"}
        for move in ("perform", "perform_deferred", "perform_late", "enter_deferral", "defer_late", "execute")
    },
    "take_hearing_result": {"host_not_investigator", "hearing_notice_early_enough"},
    "take_tools": {"being_built_proved", "tools_handed_over"},
    "redo_after_annulment": {"old_money_accounted"},
    "decide_forced": {"remedy_periods_over"},
    "demolish": {"remedy_periods_over"},
    "decide_town_demolition": {"enforcement_fields_complete", "demand_period_over"},
}
GUARDED_LESS = {
    ("accept_machine_evidence", "2017"): {
        "device_legal_reviewed",
        "device_technically_reviewed",
        "device_place_published",
    },
    ("decide_no_penalty", "2017"): {"party_educated"},
    ("decide_town_demolition", "2012"): {"demand_served_and_unmet"},
    ("take_tools", "2012"): {"measure_power_exists", "decision_and_list_handed_over"},
}


@pytest.mark.parametrize("table", EVERY, ids=ids)
def test_every_move_joins_two_states_of_its_table_and_has_a_name_of_its_own(table: Table) -> None:
    assert len(table.by_id) == len(table.moves)
    assert len(table.states_by_id) == len(table.states)
    for m in table.moves:
        assert m.source in table.states_by_id
        assert m.target in table.states_by_id
        assert m.roles
        assert len(set(m.guards)) == len(m.guards)


@pytest.mark.parametrize("table", EVERY, ids=ids)
def test_every_state_can_be_reached_and_only_final_states_end(table: Table) -> None:
    reached, border = set(table.beginnings), list(table.beginnings)
    while border:
        fresh = {m.target for m in table.leaving(border.pop())} - reached
        reached |= fresh
        border += fresh
    assert reached == set(table.states_by_id)
    for state in table.states:
        leads_away = any(not m.stays and m.id not in REOPENING for m in table.leaving(state.id))
        assert leads_away is not state.final, state.id


@pytest.mark.parametrize("table", EVERY, ids=ids)
def test_a_row_without_certainty_mark_cites_the_text_that_was_read(table: Table) -> None:
    for m in table.moves:
        assert m.articles, m.id
        if table.version == "2017" and any(a.startswith("PPL17") for a in m.articles):
            assert m.certainty in ("memory", "checked"), m.id
        assert not any(a.startswith("PPL17") for a in m.articles) or table.version == "2017"
        assert not any(a.startswith("PPL21") for a in m.articles) or table.version == "2021"


@pytest.mark.parametrize("procedure", TABLES)
def test_both_texts_know_the_same_moves_between_the_same_states(procedure: str) -> None:
    older, newer = TABLES[procedure][0], TABLES[procedure][-1]
    assert {(m.id, m.source, m.target) for m in older.moves} == {
        (m.id, m.source, m.target) for m in newer.moves
    }


def test_the_day_of_the_step_picks_the_text() -> None:
    assert table_on("ordinary", date(2021, 7, 14)).version == "2017"
    assert table_on("ordinary", date(2021, 7, 15)).version == "2021"
    assert latest("summary").version == "2021"
    for day in (date(2018, 5, 16), date(2026, 5, 16)):
        assert table_on("demolition", day) is latest("demolition")
    with pytest.raises(KeyError):
        table_on("trial", date(2023, 1, 1))


def test_a_table_answers_by_move_and_by_state() -> None:
    table = latest("ordinary")
    assert table.move("decide_penalty").source == "defence_done"
    assert table.state("closed").final
    assert [m.id for m in table.leaving("filed")] == ["assign_officers"]
    assert table.leaving("nowhere") == ()
    with pytest.raises(KeyError):
        table.move("pardon")
    with pytest.raises(KeyError):
        table.state("nowhere")


def test_a_role_makes_its_moves_and_officers_write_down_what_the_party_does() -> None:
    table = latest("ordinary")
    assert acting_role(table.move("approve_filing"), {"squad_head", "officer"}) == "squad_head"
    assert acting_role(table.move("perform"), {"officer"}) == "party"
    assert acting_role(table.move("perform"), {"party"}) == "party"
    assert acting_role(table.move("perform"), {"bureau_head"}) == ""
    assert acting_role(table.move("approve_filing"), {"officer"}) == ""
    assert not may_make(table.move("fall_overdue"), frozenset({"officer", "bureau_head"}))
    assert may_make(table.move("fall_overdue"), frozenset({"system"}))
    assert may_make(table.move("perform"), frozenset({"squad_legal_clerk"}))


def _clocks() -> Iterator[tuple[Table, Move]]:
    return ((t, m) for t in EVERY for m in t.moves if m.clock)


# The event of a move's clock and the family of periods it belongs to.
FAMILY: dict[str, str | dict[int, str] | dict[str, str]] = {
    "lead_received": {5: "reporter_answer", 3: "lead_transfer"},
    "cash_collected": "cash_hand_in",
    "cash_received_by_agency": "cash_deposit",
    "decision_received": "payment",
    "assistance_requested": "assistance_answer",
    "crime_report_received": "crime_referral_decision",
    "crime_referral_approved": "crime_referral_hand_over",
    "police_filed_case": "crime_goods_hand_over",
    "case_filed": "case_decision",
    "hearing_right_told": "hearing_request",
    "decision_made": {"serve": "decision_service", "publish": "publicity_penalty"},
    "decision_overturned": "publicity_withdrawal",
    "illegal_building_reported": {
        24: "illegal_building_scene",
        2: "illegal_building_scene_being_built",
        1: "illegal_building_reporter",
    },
    "notice_posted": "illegal_building_notice",
}


def test_the_clock_of_a_move_says_what_the_table_of_periods_says() -> None:
    for table, m in _clocks():
        assert m.clock is not None
        family = FAMILY[m.clock.start_event]
        if not isinstance(family, str):
            family = next(v for k, v in family.items() if k == m.clock.length or m.id.startswith(str(k)))
        period = clock_on(family, date(2020, 1, 1) if table.version == "2017" else date(2024, 6, 1))
        assert period is not None, m.id
        assert (m.clock.length, m.clock.unit) == (period.length, period.unit), m.id


def test_every_move_states_something_or_is_known_to_state_nothing() -> None:
    every = {m.id for t in EVERY for m in t.moves if m.states is None}
    assert set(STATED) | STATES_NOTHING == every
    assert not set(STATED) & STATES_NOTHING


@pytest.mark.parametrize("procedure", TABLES)
def test_the_main_road_and_its_stations_are_made_of_the_table(procedure: str) -> None:
    table, track = latest(procedure), TRACK[procedure]
    assert ON_ROAD[procedure] == set(MAIN_ROAD[procedure]) <= set(table.by_id)
    assert len(track) <= 16
    assert len({s.id for s in track}) == len(track)
    for station in track:
        assert station.moves <= set(table.by_id)
        assert station.states <= set(table.states_by_id)
    for a, b in pairwise(SPINE[procedure]):
        assert any(m.target == b for m in table.leaving(a)), (a, b)


def test_a_station_is_done_by_its_moves_and_found_by_the_state() -> None:
    station = station_of("ordinary", "legal_review_passed")
    assert station is not None
    assert station.id == "notify"
    assert station.is_done(["check_lead", "serve_prior_notice"])
    assert not station.is_done(["check_lead"])
    assert station_of("summary", "persuaded") is None


@pytest.mark.parametrize("table", EVERY, ids=ids)
def test_the_table_differs_from_its_draft_only_where_it_says_so(table: Table) -> None:
    if not DRAFT.exists():
        pytest.skip("the draft is not beside the repository")
    with DRAFT.open(encoding="utf-8") as lines:
        rows = {
            r["move_id"]: r
            for r in csv.DictReader(lines)
            if r["procedure"] == table.procedure and bool(r["version_from"]) == (table.version != "2017")
        }
    assert set(table.by_id) - set(rows) == ADDED[table.procedure]
    assert set(rows) <= set(table.by_id)
    for id, row in rows.items():
        m = table.move(id)
        drafted = set(filter(None, row["guards"].split(";")))
        more, less = GUARDED_MORE.get(id, set()), GUARDED_LESS.get((id, table.version), set())
        assert (m.label, m.source, m.target) == (row["label_zh"], row["from_state"], row["to_state"])
        assert m.roles == set(row["role"].split(";"))
        assert set(m.guards) == drafted - less | more, id
        assert "; ".join(m.articles) == row["article"] or not row["article"]
        assert list(m.documents) == list(filter(None, row["documents"].split(";")))
