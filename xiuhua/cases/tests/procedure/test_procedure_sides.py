"""Procedures beside the main road: whole, sound, and no further from their draft than is written here."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from xiuhua.cases.procedure.facts.field import Kind
from xiuhua.cases.procedure.facts.filling import SOURCES
from xiuhua.cases.procedure.guards import GUARDS
from xiuhua.cases.procedure.moves import ROLE_LABELS, Table
from xiuhua.cases.procedure.side import SIDES, Side, clocks, payment
from xiuhua.cases.procedure.side.folding import Own, as_read_by, fold_step, listed
from xiuhua.cases.procedure.tables import TABLES
from xiuhua.cases.tests.procedure.setting import setting

EVERY = [(side, table) for side in SIDES.values() for table in side.tables]
ids = [f"{t.procedure}-{t.version}" for _, t in EVERY]
DRAFT = Path(__file__).resolve().parents[5] / "shared" / "domain" / "procedure_moves.csv"
REGISTRATION = SIDES["evidence_registration"]

# Where the tables say something else than the draft they were made from: procedure, move → guards more and less.
GUARDED_MORE: dict[tuple[str, str], set[str]] = {
    ("service", "leave_at_place"): {"served_by_lawful_method", "receipt_complete"},
    ("service", "send_electronically"): {"served_by_lawful_method", "receipt_complete"},
    ("service", "confirm_post"): {"served_by_lawful_method", "receipt_complete"},
    ("service", "complete_announcement"): {"served_by_lawful_method", "receipt_complete"},
    ("coercive_measure", "implement_measure"): {"approved_before_measure"},
    ("coercive_measure", "implement_urgently"): {"not_sealed_by_another"},
    ("coercive_measure", "auction_to_pay"): {"proceeds_cover_payment"},
    ("coercive_measure", "auction_extended_to_pay"): {"proceeds_cover_payment"},
    ("coercive_measure", "settle_confiscated"): {"confiscated_goods_handled"},
    ("hearing", "receive_request"): {"not_heard_yet"},
    ("hearing", "appoint_host"): {"host_may_host"},
    ("hearing", "serve_hearing_notice"): {
        "appointed_host_acts",
        "served_by_lawful_method",
        "hearing_notice_proved",
    },
    ("hearing", "postpone_hearing"): {"appointed_host_acts"},
    ("hearing", "hold_hearing"): {"appointed_host_acts", "held_as_notified"},
    ("hearing", "end_by_absence"): {"appointed_host_acts"},
    ("hearing", "report_hearing"): {"appointed_host_acts"},
    ("reconsideration", "apply"): {"body_may_be_asked"},
    ("reconsideration", "apply_through_agency"): {"body_may_be_asked"},
    ("litigation", "file_suit"): {"reconsideration_not_first"},
    ("litigation", "decide_appeal"): {"ground_named_if_overturned"},
    ("payment", "start_surcharge"): {"payment_due_passed"},
    ("demand", "issue_demand"): {"share_overdue"},
    **{
        ("demand", move): {"no_deferral_running"}
        for move in ("decide_own_enforcement", "decide_after_defence", "decide_immediately", "enforce")
    },
}
GUARDED_LESS: dict[tuple[str, str], set[str]] = {}
ADDED: dict[str, set[str]] = {
    "hearing": {"withdraw_before_notice"},
    "coercive_measure": {"return_confiscated", "send_extended_with_crime", "send_extended_with_referral"},
    "publication_recall": {"order_recall", "withdraw_publication"},
    "litigation": {
        "appeal_duty", "appeal_unlawful", "appeal_variation", "appeal_void", "decide_retrial", "open_retrial",
        "remand_suit", "withdraw_after_trial",
    },
    "payment": {
        "pay_cash_on_spot", "pay_while_asked",
        *(f"{kind}_{state}" for kind in ("pay_part", "drop") for state in payment.OPEN),
    },
}  # fmt: skip

# The paper of a court on enforcement cites AEL, that of a court in a suit does not.
OF_THE_COURT = (
    "court_accepts court_refuses_accepting higher_accepts higher_refuses court_allows court_disallows higher_allows"
    " higher_disallows court_executes court_terminates"
)
for paper in OF_THE_COURT.split():
    GUARDED_MORE["court_application", paper] = {"court_paper_received"}
    GUARDED_LESS["court_application", paper] = {"court_notice_received"}
ADDED["demand"] = {"serve_enforcement"}
# No statute draws this procedure: the draft has one row of it, in the measure.
ADDED["property_annotation"] = set(SIDES["property_annotation"].table_on(date(2024, 1, 1)).by_id)
ADDED["confiscated_goods"] = set(SIDES["confiscated_goods"].table_on(date(2024, 1, 1)).by_id)


@pytest.mark.parametrize(("side", "table"), EVERY, ids=ids)
def test_every_move_joins_two_states_has_a_form_and_names_guards_and_roles_that_exist(
    side: Side, table: Table
) -> None:
    assert len(table.by_id) == len(table.moves)
    for m in table.moves:
        assert {m.source, m.target} <= set(table.states_by_id)
        assert m.roles <= set(ROLE_LABELS)
        assert set(m.guards) <= set(GUARDS), m.id
        assert m.states is not None, m.id
        assert m.id in side.forms, m.id
        assert m.articles, m.id
    assert set(side.forms) == {m.id for t in side.tables for m in t.moves}


@pytest.mark.parametrize(("side", "table"), EVERY, ids=ids)
def test_every_state_can_be_reached_and_only_final_states_end(side: Side, table: Table) -> None:
    reached, border = set(side.begins_at), list(side.begins_at)
    while border:
        fresh = {m.target for m in table.leaving(border.pop())} - reached
        reached |= fresh
        border += fresh
    assert reached == set(table.states_by_id)
    for state in table.states:
        assert any(not m.stays for m in table.leaving(state.id)) is not state.final, state.id


@pytest.mark.parametrize(("side", "table"), EVERY, ids=ids)
def test_every_clock_has_an_event_that_some_form_states(side: Side, table: Table) -> None:
    stated = {f.path for fields in side.forms.values() for f in fields}
    stated |= {path for fixed in side.fixed.values() for path in fixed}
    for m in table.moves:
        if m.clock and m.clock.length > 0 and m.id not in side.ends:
            path = side.events[m.clock.start_event]
            assert path.partition(".")[0] != side.block or path in stated, (m.id, path)
        if "system" in m.roles:
            assert m.clock or m.id in side.ends or m.id in side.until or m.id in side.followers, m.id


@pytest.mark.parametrize(("side", "table"), EVERY, ids=ids)
def test_what_a_move_must_state_is_a_field_of_its_form_or_stated_by_being_the_move(
    side: Side, table: Table
) -> None:
    rows = {"services": "service", "inspections": "inspection", "payment.items": "item", "documents": ""}
    for m in table.moves:
        paths = {f.path for f in side.forms[m.id]} | set(side.fixed.get(m.id, {}))
        wanted = m.states or ""
        head = rows.get(wanted)
        if wanted and head != "":
            found = any(p.startswith(f"{head}.") for p in paths) if head else wanted in paths
            assert found or side.derived.get(m.id), (m.id, wanted)


@pytest.mark.parametrize("side", SIDES.values(), ids=list(SIDES))
def test_a_field_is_asked_once_with_both_names_and_silent_ones_have_a_source(side: Side) -> None:
    for move, fields in side.forms.items():
        assert len({f.path for f in fields}) == len(fields), move
        for field in fields:
            if field.shown:
                assert field.label_zh, (move, field.path)
                assert field.label_en, (move, field.path)
                assert field.label_en.isascii(), (move, field.path)
                assert bool(field.choices) is (field.kind in (Kind.CHOICE, Kind.CHOICES)), (move, field.path)
            else:
                assert field.default, (move, field.path)
            known = {"", "const", "param", "number", "served", *SOURCES}
            for said in field.default.split("|"):
                source, _, _ = said.partition(":")
                assert source in known or "." in source, (move, field.path)


@pytest.mark.parametrize("side", SIDES.values(), ids=list(SIDES))
def test_a_side_is_named_and_begins_where_the_main_road_stands(side: Side) -> None:
    assert side.label_zh
    assert side.label_en.isascii()
    road = {s.id for tables in TABLES.values() for t in tables for s in t.states}
    assert side.begins_in <= road
    assert side.beginnings(date(2024, 1, 1))
    documents = {kind for t in side.tables for m in t.moves for kind in m.documents}
    assert set(side.issued_by) | set(side.numbers) <= documents


@pytest.mark.parametrize(("side", "table"), EVERY, ids=ids)
def test_the_table_differs_from_its_draft_only_where_it_says_so(side: Side, table: Table) -> None:
    if not DRAFT.exists():
        pytest.skip("the draft is not beside the repository")
    with DRAFT.open(encoding="utf-8") as lines:
        rows = {
            r["move_id"]: r
            for r in csv.DictReader(lines)
            if r["procedure"] == table.procedure
            and (r["version_from"] or None) == (table.valid_from and table.valid_from.isoformat())
        }
    assert set(table.by_id) - set(rows) == ADDED.get(table.procedure, set())
    assert set(rows) <= set(table.by_id)
    for id, row in rows.items():
        m, key = table.move(id), (table.procedure, id)
        drafted = set(filter(None, row["guards"].split(";")))
        assert (m.label, m.source, m.target) == (row["label_zh"], row["from_state"], row["to_state"])
        assert m.roles == set(row["role"].split(";"))
        assert set(m.guards) == drafted - GUARDED_LESS.get(key, set()) | GUARDED_MORE.get(key, set()), id
        assert "; ".join(m.articles) == row["article"] or not row["article"]
        assert list(m.documents) == list(filter(None, row["documents"].split(";")))
        assert m.certainty == row["certainty"], id
        if m.clock:
            said = f"{m.clock.start_event}{m.clock.length:+d}+{m.clock.unit}"
            assert said == row["clock"], id
        else:
            assert not row["clock"], id


def _folded(*steps: tuple[str, dict[str, Any]]) -> tuple[dict[str, Any], Own]:
    file: dict[str, Any] = {"case": {"number": "示例"}}
    own = Own(REGISTRATION, "")
    for state, facts in steps:
        own.state = state
        fold_step(file, facts, own)
    return file, own


def test_a_matter_keeps_its_block_and_the_file_of_the_case_shows_it_as_a_row() -> None:
    file, own = _folded(
        ("registration_asked", {"registration": {"reason": "易灭失"}, "documents": [{"kind": "a"}]}),
        ("registered", {"registration": {"made_on": "2023-05-16", "items": [{"name": "秤"}]}}),
    )
    assert "registration" not in file
    assert file["documents"] == [{"kind": "a"}]
    row = {"reason": "易灭失", "made_on": "2023-05-16", "items": [{"name": "秤"}], "state": "registered"}
    assert listed(file, [own])["registrations"] == [row]
    assert "registrations" not in file
    read = as_read_by(file, REGISTRATION, own)
    assert read["matter"] == "registration"
    assert read["registration"]["made_on"] == "2023-05-16"
    assert as_read_by(file, REGISTRATION, None)["registration"] == {}


def test_rows_that_came_in_as_history_stay_before_those_of_matters() -> None:
    file, own = _folded(("registered", {"registration": {"made_on": "2023-05-16"}}))
    file["registrations"] = [{"made_on": "2018-01-02"}]
    shown = [row["made_on"] for row in listed(file, [own])["registrations"]]
    assert shown == ["2018-01-02", "2023-05-16"]


@pytest.mark.parametrize(
    ("day", "made", "last"),
    [("2018-05-10", "2018-05-09", "2018-05-16"), ("2023-05-10", "2023-05-08", "2023-05-17")],
)
def test_the_seven_days_run_from_the_registration_and_time_ends_them(day: str, made: str, last: str) -> None:
    now = setting(day)
    found = clocks.running(
        REGISTRATION, "registered", {"registration": {"made_on": made}}, now.on, now.calendar
    )
    assert {r.move.id: r.due.day.isoformat() for r in found} == {
        "decide_registration": last,
        "lapse_registration": last,
    }
    ends = clocks.lapse(REGISTRATION, "registered", {"registration": {"made_on": made}}, now.on, now.calendar)
    assert ends is not None
    assert ends.move.id == "lapse_registration"
    assert clocks.running(REGISTRATION, "registered", {}, now.on, now.calendar) == []
