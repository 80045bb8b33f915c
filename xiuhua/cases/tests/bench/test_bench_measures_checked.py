"""A measure that was made lawfully fires no rule of the file check; one that was kept too long does."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from xiuhua.cases import queries
from xiuhua.cases.models import Case, Matter
from xiuhua.cases.queries import checking
from xiuhua.cases.tests.bench.bench import DEPUTY, O1, ORDINARY, STATES, Bench
from xiuhua.cases.tests.bench.measuring import CUSTODIAN, RETURNED, begin, go, in_force, power
from xiuhua.kernel import clock

pytestmark = pytest.mark.slow

DAY = timedelta(days=1)
RELEASE = {"measure.release_ground": "unrelated"}


def fired(matter: Matter) -> set[str]:
    """The rules of coercion and of registered evidence that the file of the case fires."""
    case = Case.objects.get(pk=matter.case_id)
    found: Any = checking.check_case(case, queries.file_of(case))
    return {f.rule.id for f in found.findings if f.rule.id.startswith(("CO", "EV2"))}


def decided(bench: Bench, matter: Matter, at: datetime) -> datetime:
    case = Case.objects.get(pk=matter.case_id)
    return bench.walk(case, ORDINARY[STATES["assign_officers"] : STATES["decide_penalty"]], at)


@pytest.mark.parametrize("year", [2026, 2018])
def test_a_measure_that_goes_by_the_table_is_clean(bench: Bench, year: int) -> None:
    matter, at = in_force(bench, year)
    go(bench, matter, DEPUTY, "extend_measure", at, says={"measure.complex_reason": "涉及三家单位"})
    go(bench, matter, DEPUTY, "decide_release_extended", at + DAY, says=RELEASE)
    go(bench, matter, CUSTODIAN, "return_goods", at + DAY, says=RETURNED)
    decided(bench, matter, at + DAY)
    assert fired(matter) == set()


def test_an_urgent_measure_that_was_reported_in_time_is_clean(bench: Bench) -> None:
    case, at = power(bench)
    matter = begin(bench, case, at, "implement_urgently")
    said = {"measure.reported_at": at.astimezone(clock.SHANGHAI) + timedelta(hours=1)}
    go(bench, matter, DEPUTY, "regularise_measure", at + timedelta(hours=2), says=said)
    go(bench, matter, DEPUTY, "decide_release", at + DAY, says=RELEASE)
    go(bench, matter, CUSTODIAN, "return_goods", at + DAY, says=RETURNED)
    decided(bench, matter, at + DAY)
    assert fired(matter) == set()


def test_the_days_of_a_test_do_not_count_in_the_check_either(bench: Bench) -> None:
    matter, at = in_force(bench)
    begun = at + DAY
    said = {
        "measure.test_body": "示例检测中心",
        "measure.test_question": "是否改装",
        "measure.test_until": begun.date() + 20 * DAY,
    }
    go(bench, matter, O1, "send_for_test", begun, says=said)
    go(bench, matter, O1, "end_test", begun + 22 * DAY, says={"measure.test_report": "示检1号"})
    assert matter.due_on == at.date() + 52 * DAY
    last = datetime.combine(at.date() + 50 * DAY, time(10), clock.SHANGHAI)
    go(bench, matter, DEPUTY, "decide_release", last, says=RELEASE)
    go(bench, matter, CUSTODIAN, "return_goods", last, says=RETURNED)
    decided(bench, matter, last)
    assert fired(matter) == set()


def test_a_measure_that_was_kept_beyond_its_period_is_found(bench: Bench) -> None:
    matter, at = in_force(bench)
    late = datetime.combine(at.date() + 35 * DAY, time(10), clock.SHANGHAI)
    go(bench, matter, DEPUTY, "decide_release", late, says=RELEASE)
    go(bench, matter, CUSTODIAN, "return_goods", late, says=RETURNED)
    decided(bench, matter, late)
    assert fired(matter) == {"CO08"}
