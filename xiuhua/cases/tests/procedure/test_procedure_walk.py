"""Refusals, choices and replay: what the law forbids is said, with its article, and stops a history."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiuhua.cases.procedure.articles import on_day
from xiuhua.cases.procedure.file import File, merge
from xiuhua.cases.procedure.judging import is_lawful
from xiuhua.cases.procedure.moves import Move, Table
from xiuhua.cases.procedure.tables import TABLES, latest, table_on
from xiuhua.cases.procedure.walk import Choice, Step, choices, refusals, replay
from xiuhua.cases.tests.procedure import roads
from xiuhua.cases.tests.procedure.live import Live, opened
from xiuhua.cases.tests.procedure.setting import setting, setting_for

EVERY_MOVE = [(t, m) for tables in TABLES.values() for t in tables for m in t.moves]


def codes(found: tuple[Any, ...]) -> list[str]:
    return [r.code for r in found]


def test_every_move_refuses_every_state_but_its_own_and_every_foreign_role() -> None:
    file: File = {"step": {}}
    for table, m in EVERY_MOVE:
        day = "2018-05-16" if table.version == "2017" else "2023-05-16"
        right = setting(day, *m.roles)
        others = [s for s in table.states_by_id if s != m.source]
        assert not any(is_lawful(m, state, file, right) for state in others)
        assert codes(refusals(table, m, others[0], file, right))[0] == "wrong_state"
        assert not {"wrong_state", "wrong_role"} & set(codes(refusals(table, m, m.source, file, right)))
        for role in ("auxiliary", "auditor", "complaint_clerk"):
            assert codes(refusals(table, m, m.source, file, setting(day, role)))[0] == "wrong_role"


def test_a_refusal_says_the_reason_and_the_article_of_the_text_in_force() -> None:
    case = roads.reviewed("2023")
    found = case.ask("decide_penalty", "2023-03-19", "bureau_head", decision__kinds=["fine"])
    by_code = {r.code: r for r in found}
    assert by_code["notice_served"].sentence == "事先告知书未送达，不得作出处罚决定"
    assert by_code["notice_served"].ground == "PPL21 §62"
    assert by_code["notice_served"].meaning == "Needed: The prior notice is served."
    assert by_code["wrong_state"].sentence == "案件现处于“法制审核通过”，到“申辩听证已了”才能办“作出处罚决定”"
    older = roads.reviewed("2018").ask(
        "decide_penalty", "2018-03-19", "bureau_head", decision__kinds=["fine"]
    )
    assert {r.code: r.ground for r in older}["notice_served"] == "PPL17 §41"


def test_an_unknown_state_is_named_as_it_is() -> None:
    table = latest("summary")
    found = refusals(
        table, table.move("arrive_on_scene"), "limbo", {"step": {}}, setting("2023-05-16", "officer")
    )
    assert found[0].sentence == "案件现处于“limbo”，到“线索”才能办“到达现场”"


@pytest.mark.parametrize(
    ("article", "day", "number", "certainty"),
    [
        ("PPL21 §62", "2021-07-14", "PPL17 §41", "memory"),
        ("PPL21 §62", "2021-07-15", "PPL21 §62", None),
        ("PPL21 §41", "2021-07-14", "", None),
        ("CivPL23 §87", "2018-05-16", "CivPL17 §84", "memory"),
        ("CivPL23 §87", "2022-05-16", "CivPL21 §87", "memory"),
        ("CivPL23 §87", "2024-05-16", "CivPL23 §87", None),
        ("SHUM §4", "2018-05-16", "SHUM §4", None),
    ],
)
def test_an_article_has_the_number_of_its_day(
    article: str, day: str, number: str, certainty: str | None
) -> None:
    assert on_day(article, date.fromisoformat(day)) == (number, certainty)


def test_a_rule_younger_than_the_step_cites_the_article_of_the_move() -> None:
    case = roads.served("2018").go("perform", "2018-03-26", "party", **roads.PAID)
    case.file = {**case.file, "case": {**case.file["case"], "recording_steps": ["scene", "interview"]}}
    found = case.ask("close_performed", "2018-04-08", "squad_head")
    assert codes(found) == ["case_record_complete"]
    assert found[0].ground == "PPL17 §38"
    assert case.ask("close_performed", "2018-04-08", "officer")[0].code == "wrong_role"


def test_a_step_must_state_its_own_fact_on_its_own_day_or_before() -> None:
    case = roads.reviewed("2023")
    table = table_on("ordinary", date(2023, 3, 19))
    m = table.move("pass_legal_review")
    reviewer = setting("2023-03-19", "legal_reviewer", by="L")
    unsaid: list[dict[str, Any]] = [
        {},
        {"legal_review": {}},
        {"legal_review": {"on": "2023-03-20"}},
        {"legal_review": {"on": 5}},
    ]
    for facts in unsaid:
        found = refusals(table, m, "adjudicated", merge(case.file, facts), reviewer)
        assert codes(found) == ["not_stated"]
        assert found[0].field == "legal_review.on"
        assert not is_lawful(m, "adjudicated", merge(case.file, facts), reviewer)
    stated = merge(case.file, {"legal_review": {"on": "2023-03-19", "opinion": "pass"}})
    assert refusals(table, m, "adjudicated", stated, reviewer) == ()


def test_facts_of_a_wrong_type_prove_nothing_and_are_refused() -> None:
    case = roads.waived("2023")
    table = table_on("ordinary", date(2023, 3, 21))
    file = merge(case.file, {"decision": {"decided_on": "2023-03-21", "fine": "一千", "kinds": ["fine"]}})
    found = refusals(
        table, table.move("decide_penalty"), case.state, file, setting("2023-03-21", "bureau_head")
    )
    assert "amount_in_range_or_ground" in codes(found)
    lame = {**merge(case.file, {"legal_review": {"on": "2023-03-18"}}), "inspections": 5}
    reviewer = setting("2023-03-18", "legal_reviewer", by="L")
    review = table.move("pass_legal_review")
    assert not is_lawful(review, "adjudicated", lame, reviewer)
    assert codes(refusals(table, review, "adjudicated", lame, reviewer)) == ["reviewer_not_investigator"]


# Choices


def offered(case: Live, day: str, *roles: str, by: str = "Q") -> dict[str, Choice]:
    table = table_on(case.procedure, date.fromisoformat(day))
    return {c.move.id: c for c in choices(table, case.state, case.file, setting(day, *roles, by=by))}


def test_the_case_page_offers_what_is_open_and_says_why_the_rest_is_not() -> None:
    found = offered(roads.reviewed("2023"), "2023-03-19", "officer", "bureau_head")
    assert next(c.move.id for c in found.values() if c.is_open) == "serve_prior_notice"
    assert found["serve_prior_notice"].on_road
    assert found["decide_penalty"].later
    assert found["decide_penalty"].refusals[0].code == "notice_served"
    assert found["receive_defence"].refusals[0].code == "wrong_state"
    assert "propose_no_penalty" not in found
    assert "adjudicate" not in found


def test_an_investigator_finds_the_desks_of_review_and_decision_closed() -> None:
    investigator, other = "A", "C"
    closed_report = roads.reviewed("2023")
    for move, state, role, code in (
        ("adjudicate", "investigation_closed", "case_centre_reviewer", "reviewer_not_investigator"),
        ("pass_legal_review", "adjudicated", "legal_reviewer", "reviewer_not_investigator"),
        ("decide_penalty", "defence_done", "bureau_head", "not_the_investigator"),
    ):
        closed_report.state = state
        mine = offered(closed_report, "2023-03-19", role, by=investigator)[move]
        theirs = offered(closed_report, "2023-03-19", role, by=other)[move]
        assert code in codes(mine.refusals)
        assert code not in codes(theirs.refusals)


def test_a_move_of_somebody_else_on_the_road_is_shown_with_whose_it_is() -> None:
    found = offered(roads.checked("2023").go("propose_filing", "2023-03-02"), "2023-03-02", "officer", by="A")
    assert found["approve_filing"].refusals[-1].sentence == "批准立案应由大队（支队）长、中队长办理"
    assert "fall_overdue" not in offered(roads.served("2023"), "2023-03-23", "officer", "squad_head")


def test_nothing_is_offered_after_the_archive_but_the_archive_itself() -> None:
    assert set(offered(roads.plain("2023"), "2023-05-01", "squad_legal_clerk")) == {"archive_case"}
    assert offered(roads.persuaded("2023"), "2023-05-17", "officer") == {}


def test_choices_judge_no_fact_of_the_last_step_as_if_it_were_of_the_next() -> None:
    case = roads.checked("2023")
    assert offered(case, "2023-03-01", "officer", by="A")["interview_at_check"].is_open


# Replay


def stops(base: Mapping[str, Any], *steps: Step) -> tuple[int, str, str]:
    run = replay("summary", steps, base, setting_for)
    assert not run.is_lawful
    return run.faults[0].step, run.faults[0].code, run.faults[0].field


def test_a_history_stops_at_its_first_unlawful_step_with_every_reason() -> None:
    case = roads.plain("2023")
    short = [s for s in case.steps if s.move not in ("serve_prior_notice", "waive_defence")]
    run = replay("ordinary", short, case.base, setting_for)
    assert run.state == "legal_review_passed"
    assert {f.step for f in run.faults} == {len(run.made) + 1}
    assert {f.move for f in run.faults} == {"decide_penalty"}
    assert {"wrong_state", "notice_served", "defence_or_waiver_done"} <= {f.code for f in run.faults}
    assert {f.ground for f in run.faults if f.code == "notice_served"} == {"PPL21 §62"}


def test_a_history_names_an_unknown_move_a_bad_date_a_wrong_shape_and_a_step_back_in_time() -> None:
    case = roads.on_scene("2023-05-16")
    first, second = case.steps
    bad = {**second.facts, "inspections": [{"on": "2023-5-16"}]}
    assert stops(case.base, Step("fly", first.on, {})) == (1, "unknown_move", "move")
    assert stops(case.base, first, Step("show_certificate", second.on, bad)) == (
        2,
        "bad_date",
        "inspections.on",
    )
    odd = Step("show_certificate", second.on, {"officers": {"id": "A"}})
    assert stops(case.base, first, odd) == (2, "malformed", "officers")
    early = Step("show_certificate", date(2023, 5, 15), second.facts, "officer")
    assert stops(case.base, first, early) == (2, "out_of_order", "on")
    for wrong in (
        (first, early),
        (Step("fly", first.on, {}),),
        (first, Step("x", first.on, {}, matter="y:1")),
    ):
        (fault,) = replay("summary", wrong, case.base, setting_for).faults
        assert fault.ground.startswith(("SHUM", "PPL21")), fault.code


def test_a_history_of_nothing_is_lawful_and_stands_nowhere() -> None:
    run = replay("summary", (), {"case": {}}, setting_for)
    assert run.is_lawful
    assert run.state == ""
    assert run.made == []


def test_replay_leaves_base_and_facts_as_they_were() -> None:
    case = roads.instalments_paid("2023")
    before = repr(case.base), [repr(s.facts) for s in case.steps]
    assert replay("ordinary", case.steps, case.base, setting_for).is_lawful
    assert before == (repr(case.base), [repr(s.facts) for s in case.steps])


# No way around


def moves_before_decision(table: Table) -> list[Move]:
    return [m for m in table.moves if m.target == "decided" and not m.stays]


@pytest.mark.parametrize("version", [0, 1], ids=["2017", "2021"])
def test_no_path_of_the_ordinary_table_reaches_a_decision_around_review_notice_or_defence(
    version: int,
) -> None:
    table = TABLES["ordinary"][version]
    for gate in (
        "pass_legal_review",
        "adjudicate",
        "serve_prior_notice",
        "close_investigation",
        "approve_filing",
    ):
        reached, border = {"lead"}, ["lead"]
        while border:
            # A closed case opens again only where a decision of it fell (`closed_decision_fell`).
            moves = [m for m in table.leaving(border.pop()) if m.id not in (gate, "annul_closed_decision")]
            fresh = {m.target for m in moves} - reached
            reached |= fresh
            border += fresh
        assert "decided" not in reached, gate
    for m in moves_before_decision(table):
        assert {"notice_served", "legal_review_ok", "defence_or_waiver_done", "hearing_settled"} <= set(
            m.guards
        )


FACTS: dict[str, dict[str, Any]] = {}
for _road in (roads.hearing_held, roads.no_penalty, roads.decided_after_discussion, roads.plain):
    for _step in _road("2023").steps:
        FACTS[_step.move] = dict(_step.facts)
ORDINARY = latest("ordinary")
ROLES = frozenset(r for m in ORDINARY.moves for r in m.roles)
DEFENCE_DONE = (
    "recheck_defence",
    "waive_defence",
    "let_defence_lapse",
    "waive_hearing",
    "let_hearing_lapse",
    "take_hearing_result",
)


def wander(seed: int) -> tuple[str, list[str], File]:
    """Try moves by chance, mostly along the road and with lawful facts, until a decision is made or time is up."""
    chance = random.Random(seed)
    file, state, made = opened("ordinary", "2023-03-01"), "lead", list[str]()
    for _ in range(80):
        options = ORDINARY.leaving(state)
        if not options or state == "decided":
            break
        ahead = [m for m in options if m.id in FACTS and not m.stays]
        m = chance.choice(ahead if ahead and chance.random() < 0.7 else options)
        fresh = merge(file, FACTS.get(m.id, {}) if chance.random() < 0.8 else {})
        day, by = chance.choice(("2023-03-19", "2023-03-26", "2023-04-15")), chance.choice("ACLZ")
        if is_lawful(m, state, fresh, setting(day, *ROLES, by=by)):
            file, state = fresh, m.target
            made.append(m.id)
    return state, made, file


@given(st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_however_a_case_wanders_a_decision_has_its_notice_review_and_defence_before_it(seed: int) -> None:
    state, made, file = wander(seed)
    if state == "decided":
        last = {id: n for n, id in enumerate(made)}
        assert (
            last["pass_legal_review"]
            < last["serve_prior_notice"]
            < max(last.get(id, -1) for id in DEFENCE_DONE)
        )
        assert file["notice"]["served_on"]
        assert file["legal_review"]["opinion"] == "pass"


def test_enough_of_the_wandering_cases_reach_a_decision_to_prove_something() -> None:
    assert sum(wander(seed)[0] == "decided" for seed in range(60)) >= 6
