"""What lists read off a file, and who may work, open or bring in cases: truth tables."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from xiuhua.cases import permissions, queries, rules
from xiuhua.cases.procedure.tables import TABLES
from xiuhua.cases.tests.bench.bench import O1, Bench, Who
from xiuhua.kernel.authz import NOBODY, SYSTEM, Refused
from xiuhua.leads.rules import Outcome


@pytest.mark.parametrize(
    ("file", "day"),
    [
        ({}, None),
        ({"decision": {"delivered_on": "2026-05-13"}}, date(2026, 5, 13)),
        ({"services": [{"document": "prior_notice", "on": "2026-05-01"}]}, None),
        ({"services": [{"document": "penalty_decision", "on": "2026-05-02"}]}, date(2026, 5, 2)),
        (
            {
                "services": [
                    {"document": "no_penalty_decision", "on": "2026-05-02", "effective_on": "2026-06-02"}
                ]
            },
            date(2026, 6, 2),
        ),
        ({"decision": None, "services": [{"document": "penalty_decision"}]}, None),
    ],
)
def test_the_day_on_which_a_decision_took_effect(file: dict[str, Any], day: date | None) -> None:
    assert rules.served_on(file) == day


@pytest.mark.parametrize(
    ("file", "sum_"),
    [
        ({}, 0),
        ({"payment": None}, 0),
        ({"payment": {"items": [{"amount": 0.1}, {"amount": 0.2}]}}, Decimal("0.3")),
        ({"payment": {"items": [{"on": "2026-05-13"}, {"amount": 8000}]}}, 8000),
    ],
)
def test_what_was_paid_is_added_to_the_fen(file: dict[str, Any], sum_: Decimal | int) -> None:
    assert rules.paid(file) == sum_


def test_the_columns_of_an_empty_file_are_empty() -> None:
    found = rules.columns({})
    assert {name: value for name, value in found.items() if value} == {}
    assert found["fine"] is None


def test_the_columns_are_read_off_the_file() -> None:
    file = {
        "filing": {"approved_on": "2026-05-13"},
        "decision": {
            "decided_on": "2026-06-01T10:00",
            "number": "2",
            "kinds": ["fine", "warning"],
            "fine": 0,
        },
        "case": {"closed_on": "2026-07-01"},
        "archive": {"number": "示例档"},
    }
    found = rules.columns(file)
    assert (found["filed_on"], found["decided_on"], found["closed_on"]) == (
        date(2026, 5, 13),
        date(2026, 6, 1),
        date(2026, 7, 1),
    )
    assert (found["kinds"], found["fine"], found["archive_number"]) == ("fine;warning", Decimal(0), "示例档")


def test_states_and_moves_that_the_rules_name_exist_in_the_tables_and_outcomes_in_the_desk() -> None:
    states = {s.id for tables in TABLES.values() for table in tables for s in table.states}
    moves = {m.id for tables in TABLES.values() for table in tables for m in table.moves}
    assert rules.OUTCOMES.keys() <= states
    assert moves >= rules.SENT_BACK
    assert set(rules.OUTCOMES.values()) <= {o.value for o in Outcome}


WORK: tuple[tuple[Who, str | None, bool, bool], ...] = (
    (O1, "east", True, True),
    (O1, "west", False, False),
    (("squad_head", 0), "east", True, True),
    (("squad_legal_clerk", 0), "east", True, True),
    (("case_centre_reviewer", 0), None, True, False),
    (("legal_reviewer", 0), None, True, False),
    (("legal_reviewer", 0), "government", False, False),
    (("bureau_deputy_head", 0), None, True, False),
    (("town_approver", 0), None, False, False),
    (("publicity_clerk", 0), None, True, False),
    (("hearing_host", 0), None, True, False),
    (("evidence_custodian", 0), None, False, False),
    (("intake", 0), None, False, False),
    (("auditor", 0), None, False, False),
)


@pytest.mark.parametrize(("who", "where", "works", "opens"), WORK)
def test_who_works_a_case_of_squad_east_and_who_opens_one(
    bench: Bench, who: Who, where: str | None, works: bool, opens: bool
) -> None:
    case, _ = bench.at_step("interview")
    by = bench.actor(who, getattr(bench.bureau, where) if where else None)
    assert permissions.can_work(case, by) is works
    assert permissions.can_open(bench.bureau.east, by) is opens
    assert queries.roles_on(case, by) == ({who[0]} if works else frozenset())


def test_the_system_acts_as_itself_and_nobody_as_nothing(bench: Bench) -> None:
    case, _ = bench.at_step("interview")
    assert queries.roles_on(case, SYSTEM) == {"system"}
    assert permissions.can_open(bench.bureau.east, SYSTEM)
    assert queries.roles_on(case, NOBODY) == frozenset()
    assert not permissions.can_open(bench.bureau.east, NOBODY)


def test_history_is_brought_in_by_the_system_only(bench: Bench) -> None:
    assert permissions.can_bring_in(SYSTEM)
    assert not permissions.can_bring_in(bench.actor(("system_administrator", 0)))
    with pytest.raises(Refused, match="系统导入"):
        permissions.check_can_bring_in(bench.actor(O1))
