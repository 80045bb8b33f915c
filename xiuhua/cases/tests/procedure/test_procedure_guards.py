"""The guards: one truth table, in both answers of every branch."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiuhua.cases.procedure.file import STEP, File, fold_all
from xiuhua.cases.procedure.guards import GUARDS, Reads
from xiuhua.cases.procedure.judging import UNREADABLE
from xiuhua.cases.procedure.params import NAMES
from xiuhua.cases.procedure.side import SIDES
from xiuhua.cases.procedure.tables import TABLES
from xiuhua.cases.tests.procedure.setting import parameters, setting
from xiuhua.cases.tests.procedure.truth import ALL
from xiuhua.cases.tests.procedure.truth.case import Case

EVERY = (*(t for tables in TABLES.values() for t in tables), *(t for s in SIDES.values() for t in s.tables))
USED = {name for table in EVERY for m in table.moves for name in m.guards}


def lines_of(name: str) -> list[Case]:
    return [line for line in ALL if line.guard == name]


@pytest.mark.parametrize("name", sorted(GUARDS))
def test_a_guard_is_true_only_where_the_file_proves_it(name: str) -> None:
    wrong = [
        (line.expected, line.file, line.step)
        for line in lines_of(name)
        if GUARDS[name].check(line.folded, line.setting) is not line.expected
    ]
    assert wrong == []


def test_every_guard_has_files_that_prove_it_and_files_that_do_not() -> None:
    assert {line.guard for line in ALL if line.expected} == set(GUARDS)
    assert {line.guard for line in ALL if not line.expected} == set(GUARDS)


def test_every_guard_that_a_table_names_exists_and_every_guard_is_used() -> None:
    assert set(GUARDS) == USED


def test_every_guard_speaks_chinese_and_english_and_cites_its_ground() -> None:
    for name, guard in GUARDS.items():
        assert guard.name == name
        assert any("\u4e00" <= c <= "\u9fff" for c in guard.sentence), name
        assert guard.meaning.replace("§", "").isascii(), name
        assert guard.meaning.endswith("."), name
        assert guard.article == "" or "§" in guard.article or guard.article in ("DRC424", "SHCA"), name


# What is not there cannot be wrong, or need not be: these hold for an empty file.
EMPTY_IS_FINE = {
    "old_money_accounted",
    "act_named_once",
    "building_still_stands",
    "act_our_power",
    "act_within_limitation",
    "before_prior_notice",
    "decision_reached_each_party",
    "each_act_proved",
    "each_decided_apart",
    "each_pays_apart",
    "share_overdue",
    "each_planned_apart",
    "each_weighed_apart",
    "notice_reached_each_party",
    "party_named_once",
    "same_act_fined_once",
    "case_record_complete",
    "confiscated_goods_settled",
    "correction_ordered_if_penalty",
    "decision_follows_discussion",
    "discussion_not_required",
    "documents_complete",
    "education_first_applies",
    "evidence_formal_ok",
    "goods_go_along",
    "goods_handed_to_police",
    "hearing_notice_early_enough",
    "hearing_settled",
    "host_not_investigator",
    "legal_review_ok",
    "legal_reviewer_qualified",
    "machine_evidence_valid",
    "money_and_goods_returned",
    "money_reconciled",
    "no_conflict_of_interest",
    "no_earlier_filing_elsewhere",
    "no_remedy_under_way",
    "not_crime",
    "not_deferred",
    "no_deferral_running",
    "not_heavier_after_defence",
    "not_our_power",
    "other_duties_done",
    "paid_in_full",
    "publicity_changed",
    "published_of_one",
    "publicity_masked",
    "publicity_withdrawn",
    "reconsideration_not_first",
    "refusal_noted_if_refused",
    "refusal_proved_if_needed",
    "registration_settled",
    "same_act_not_fined_before",
    "seized_goods_go_along",
    "seized_goods_settled",
    "summary_fine_within_limit",
    "tier_named",
}


def test_an_empty_file_proves_only_what_needs_no_proof() -> None:
    bare: File = {STEP: {}}
    assert {n for n, g in GUARDS.items() if g.check(dict(bare), setting("2023-05-16"))} == EMPTY_IS_FINE


def test_a_button_is_greyed_only_by_guards_that_its_own_form_cannot_change() -> None:
    assert GUARDS["notice_served"].judges_before("decide_penalty")
    assert not GUARDS["notice_served"].judges_before("serve_prior_notice")
    assert not GUARDS["two_certified_officers"].judges_before("inspect")
    assert {g.reads for g in GUARDS.values()} == set(Reads)


def test_every_parameter_that_a_guard_reads_is_published_and_in_the_reference_table() -> None:
    assert {row["name"] for row in parameters()} >= NAMES


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-1, 60000)
    | st.sampled_from(["", "2023-05-16", "A", "fine", "pass", "corrected", "2018-13-45"])
)
KEYS = st.sampled_from(
    sorted(
        {key for line in ALL for block in line.folded.values() if isinstance(block, dict) for key in block}
    )
)
BLOCKS = st.sampled_from(sorted({name for line in ALL for name in line.folded} - {STEP}))
VALUES = st.recursive(
    SCALARS, lambda v: st.lists(v, max_size=2) | st.dictionaries(KEYS, v, max_size=3), max_leaves=6
)


@given(st.dictionaries(BLOCKS, VALUES, max_size=5), st.dictionaries(BLOCKS, VALUES, max_size=3))
@settings(max_examples=25, deadline=None)
def test_a_guard_answers_yes_or_no_or_says_that_it_cannot_read_the_file(
    file: dict[str, object], step: dict[str, object]
) -> None:
    whole = {**fold_all(file, ()), STEP: step}
    for guard in GUARDS.values():
        try:
            answer = guard.check(whole, setting("2023-05-16", "officer", by="A"))
        except UNREADABLE:
            continue
        assert isinstance(answer, bool), guard.name
