"""What time does to a file: which move, and after which day, in both texts of the law."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from xiuhua.cases.procedure.guards import GUARDS
from xiuhua.cases.procedure.lapsing import LAPSES, lapse_of
from xiuhua.cases.procedure.tables import TABLES, table_on
from xiuhua.cases.tests.procedure.setting import calendar, setting

NOTICE = {"served_on": "2023-05-10", "defence_days": 5}
SERVED = {
    "decision": {"fine": 900},
    "services": [{"document": "penalty_decision", "on": "2023-05-10", "effective_on": "2023-05-11"}],
}
HANDED = {"decision": {"fine": 50, "delivered_on": "2018-05-11"}}
PLAN = [{"due": "2023-07-31", "amount": 450}, {"due": "2023-06-30", "amount": 450}]
DEFERRED = {"decision": {"fine": 900}, "deferral": {"approved_on": "2023-05-20", "plan": PLAN}}


def paid(*amounts: int) -> dict[str, Any]:
    return {"payment": {"items": [{"on": "2023-05-12", "amount": a} for a in amounts]}}


@pytest.mark.parametrize(
    ("procedure", "day", "state", "file", "expected"),
    [
        # The day of service does not count; the days are those of the notice.
        ("ordinary", "2023-05-12", "notified", {"notice": NOTICE}, "let_defence_lapse after 2023-05-15"),
        (
            "ordinary",
            "2018-05-12",
            "notified",
            {"notice": {"served_on": "2018-05-10", "defence_days": 3}},
            "let_defence_lapse after 2018-05-13",
        ),
        # Five working days, three under the text of 2017: the end of May 2023 has a weekend between.
        (
            "ordinary",
            "2023-05-26",
            "hearing_offered",
            {"hearing": {"told_on": "2023-05-25"}},
            "let_hearing_lapse after 2023-06-01",
        ),
        (
            "ordinary",
            "2018-05-24",
            "hearing_offered",
            {"hearing": {"told_on": "2018-05-24"}},
            "let_hearing_lapse after 2018-05-27",
        ),
        # Fifteen days after receipt, not after the decision or its dispatch.
        ("ordinary", "2023-05-12", "served", SERVED, "fall_overdue after 2023-05-26"),
        ("summary", "2018-05-12", "delivered", HANDED, "fall_overdue after 2018-05-26"),
        ("ordinary", "2023-05-12", "served", SERVED | paid(899), "fall_overdue after 2023-05-26"),
        # The first instalment that is not covered, by the days of the plan and not their order on the paper.
        ("ordinary", "2023-05-21", "deferred", DEFERRED, "break_deferral after 2023-06-30"),
        ("ordinary", "2023-05-21", "deferred", DEFERRED | paid(200), "break_deferral after 2023-06-30"),
        ("ordinary", "2023-05-21", "deferred", DEFERRED | paid(450), "break_deferral after 2023-07-31"),
    ],
)
def test_after_the_last_day_of_a_wait_time_makes_its_move(
    procedure: str, day: str, state: str, file: dict[str, Any], expected: str
) -> None:
    found = lapse_of(table_on(procedure, date.fromisoformat(day)), state, file, calendar())
    assert found is not None
    assert f"{found.move} after {found.last}" == expected
    assert found.first == found.last + timedelta(days=1)


@pytest.mark.parametrize(
    ("state", "file"),
    [
        ("notified", {}),
        ("notified", {"notice": {"served_on": "2023-05-10"}}),
        ("hearing_offered", {"notice": NOTICE}),
        ("defence_received", {"notice": NOTICE}),
        ("served", {"decision": {"fine": 900}}),
        ("served", SERVED | paid(900)),
        ("served", SERVED | {"deferral": {"approved_on": "2023-05-12", "plan": PLAN}}),
        ("deferred", DEFERRED | paid(450, 450)),
        ("overdue", SERVED),
        ("closed", SERVED),
    ],
)
def test_time_does_nothing_where_nobody_is_waited_for(state: str, file: dict[str, Any]) -> None:
    assert lapse_of(table_on("ordinary", date(2023, 5, 12)), state, file, calendar()) is None


def test_every_move_of_the_system_is_one_that_time_makes_and_no_state_has_two() -> None:
    for table in (t for tables in TABLES.values() for t in tables):
        for state in table.states:
            made = [m.id for m in table.leaving(state.id) if "system" in m.roles]
            assert len(made) <= 1
            assert LAPSES.keys() >= set(made)
    assert {
        m.id for m in table_on("ordinary", date(2023, 1, 1)).moves if "system" in m.roles
    } == LAPSES.keys()


@pytest.mark.parametrize(
    ("guard", "state", "file"),
    [
        ("defence_period_over", "notified", {"notice": NOTICE}),
        ("hearing_period_over", "hearing_offered", {"hearing": {"told_on": "2023-09-27"}}),
        ("payment_due_passed", "served", SERVED),
        ("instalment_missed", "deferred", DEFERRED),
        ("instalment_missed", "deferred", DEFERRED | paid(450)),
    ],
)
def test_the_guard_of_the_move_opens_on_that_very_day(guard: str, state: str, file: dict[str, Any]) -> None:
    found = lapse_of(table_on("ordinary", date(2023, 5, 12)), state, file, calendar())
    assert found is not None
    assert not GUARDS[guard].check(file, setting(found.last.isoformat()))
    assert GUARDS[guard].check(file, setting(found.first.isoformat()))
