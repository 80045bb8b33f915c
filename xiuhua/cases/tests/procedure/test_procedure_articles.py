"""Whatever the procedure refuses, it names the article: for every guard of every move, for state, role and facts."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from xiuhua.cases.procedure.articles import ground_on
from xiuhua.cases.procedure.file import STEP
from xiuhua.cases.procedure.guards import GUARDS
from xiuhua.cases.procedure.judging import refusals
from xiuhua.cases.procedure.moves import Table
from xiuhua.cases.procedure.side import SIDES
from xiuhua.cases.procedure.tables import TABLES
from xiuhua.cases.tests.procedure.setting import setting

EVERY = [t for tables in TABLES.values() for t in tables] + [t for s in SIDES.values() for t in s.tables]
DRAFT = Path(__file__).resolve().parents[5] / "shared" / "domain" / "procedure_moves.csv"
# A day under each text of the penalty law, of civil procedure and of reconsideration.
DAYS = (date(2018, 5, 16), date(2021, 7, 14), date(2021, 7, 15), date(2022, 5, 16), date(2025, 5, 16))


def days_of(table: Table) -> list[date]:
    first, last = table.valid_from or date.min, table.valid_to or date.max
    return [day for day in DAYS if first <= day <= last]


@pytest.mark.parametrize("table", EVERY, ids=lambda t: f"{t.procedure}-{t.version}")
def test_every_guard_of_every_move_cites_an_article_on_every_day(table: Table) -> None:
    bare = [
        (m.id, name, day)
        for m in table.moves
        for name in m.guards
        for day in days_of(table)
        if not ground_on(GUARDS[name].article, m, day)
    ]
    assert bare == []


@pytest.mark.parametrize("table", EVERY, ids=lambda t: f"{t.procedure}-{t.version}")
def test_a_wrong_state_a_foreign_role_and_a_missing_fact_cite_an_article_too(table: Table) -> None:
    for m in table.moves:
        day = days_of(table)[-1].isoformat()
        found = refusals(table, m, "nowhere", {STEP: {}}, setting(day, "auditor"))
        assert {"wrong_state", "wrong_role"} <= {r.code for r in found}
        assert all(r.ground and r.sentence and r.meaning for r in found), (m.id, found)


@pytest.mark.parametrize("table", EVERY, ids=lambda t: f"{t.procedure}-{t.version}")
def test_no_refusal_cites_a_penalty_law_that_was_not_in_force(table: Table) -> None:
    for day in days_of(table):
        foreign = "PPL21" if day < date(2021, 7, 15) else "PPL17"
        for m in table.moves:
            for name in m.guards:
                ground = ground_on(GUARDS[name].article, m, day)
                assert not ground.startswith(foreign), (m.id, name, day, ground)


# Rows from memory though the text that they cite was read: what the row itself says does not stand there.
HONEST = {
    "the authority of the step is agency practice": {
        "reject_filing", "suspend_investigation", "resume_investigation", "return_for_evidence", "adjudicate",
        "return_from_adjudication", "close_executed", "close_no_penalty", "close_withdrawn", "recheck_correction",
    },
    "the older text knew the content only, not the equipment": {"accept_machine_evidence"},
    "no text speaks of joining a party or an act": {
        "join_party", "release_party", "add_violation", "amend_violation", "drop_violation", "pay_enforced_share",
        "terminate_share",
    },
    "the older text speaks of the hearing of one party": {
        "serve_hearing_right_on_party", "request_other_hearing", "request_other_hearing_late", "waive_other_hearing",
        "waive_other_hearing_late", "join_hearing",
    },
    "what becomes of the things when their days are over is agency practice": {
        "return_items", "return_lapsed_items", "keep_as_evidence",
    },
    "the text names the hearing, not how a request is taken back or moved": {
        "withdraw_request", "postpone_hearing", "withdraw_before_notice", "withdraw_before_hearing", "end_by_absence",
    },
    "the text names the ways of service, not what follows a failed one": {"fail_post", "give_up_direct"},
    "before 2021 the pause stood in no text": {"pause_surcharge", "resume_surcharge"},
    "no text forbids to pay in parts or early": {
        "pay_while_asked", "pay_part_payable", "pay_part_deferral_asked", "pay_part_deferred",
        "pay_part_in_instalments", "pay_part_overdue", "pay_part_surcharged", "pay_part_surcharge_paused",
        "pay_part_surcharge_capped",
    },
}  # fmt: skip
RANK = ("memory", "checked", "read")


def known_articles() -> dict[str, str]:
    """How well each article is known by the draft of the tables: the best mark of the rows that cite it."""
    found: dict[str, str] = {}
    with DRAFT.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            for article in filter(None, (a.strip() for a in row["article"].split(";"))):
                found[article] = max(found.get(article, "memory"), row["certainty"], key=RANK.index)
    return found


def test_a_row_from_memory_cites_a_text_that_was_not_read_or_says_why() -> None:
    if not DRAFT.exists():
        pytest.skip("the draft is not beside the repository")
    known, honest = known_articles(), set().union(*HONEST.values())
    unmarked = {
        (table.procedure, table.version, m.id)
        for table in EVERY
        for m in table.moves
        if m.certainty == "memory" and m.id not in honest
        if all(known.get(article, "memory") != "memory" for article in m.articles)
    }
    assert unmarked == set()


def test_the_days_lie_on_both_sides_of_the_change() -> None:
    assert DAYS[2] - DAYS[1] == timedelta(days=1)
