"""The law as the bench reads it: by date, kept in memory, read anew when a file was loaded; and how much it asks."""

from __future__ import annotations

from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from xiuhua.cases import queries
from xiuhua.cases.actions import reference as law
from xiuhua.cases.models import Parameter
from xiuhua.cases.tests.bench.bench import CLERK, HEAD, O1, REVIEWER, Bench, Went
from xiuhua.kernel.authz import SYSTEM
from xiuhua.org.actions import reference as org
from xiuhua.org.rules.tables import read
from xiuhua.registers.tests.bureau import AT


def reload_with(before: str, after: str) -> None:
    text = (settings.REFERENCE_DIR / "parameters.csv").read_text(encoding="utf-8")
    assert before in text
    table = read(law.PARAMETERS.shape, text.replace(before, after))
    org.load(law.PARAMETERS, table, {}, by=SYSTEM, at=AT)


def test_a_value_that_a_reload_changes_in_place_counts_at_once(bench: Bench) -> None:
    assert queries.parameters_on(date(2026, 5, 13))["summary_fine_citizen"] == 200
    rows = Parameter.objects.count()
    reload_with("summary_fine_citizen,200,", "summary_fine_citizen,250,")
    assert Parameter.objects.count() == rows
    assert queries.parameters_on(date(2026, 5, 13))["summary_fine_citizen"] == 250
    assert queries.parameters_on(date(2018, 5, 16))["summary_fine_citizen"] == 50


@pytest.mark.parametrize(
    ("day", "cash", "conf"),
    [
        ("2018-01-01", 20, False),
        ("2021-07-14", 20, False),
        ("2021-07-15", 100, True),
        ("2026-05-13", 100, True),
    ],
)
def test_numbers_and_switches_are_those_of_the_day(bench: Bench, day: str, cash: int, conf: bool) -> None:
    found = queries.parameters_on(date.fromisoformat(day))
    assert (found["cash_limit"], found["hearing_confiscation_counts"]) == (cash, conf)
    assert found["collecting_bank"] == "示例银行浦东支行"


@pytest.mark.parametrize(
    "day", ["2016-01-01", "2018-12-19", "2018-12-20", "2022-11-30", "2022-12-01", "2026-05-13"]
)
def test_a_cause_is_found_in_the_version_of_the_day(bench: Bench, day: str) -> None:
    on = date.fromisoformat(day)
    cause = queries.cause_on("SR11", on)
    assert cause is not None
    assert (cause.valid_from or on) <= on <= (cause.valid_to or on)
    assert [c.pk for c in queries.causes(on) if c.code == "SR11"] == [cause.pk]
    assert queries.cause_on("XX99", on) is None


@pytest.mark.parametrize("text", ["占道设摊", "zdst", "SR11", "sr11", "Vending"])
def test_causes_are_found_by_name_initials_code_and_english(bench: Bench, text: str) -> None:
    assert "SR11" in {c.code for c in queries.causes(AT.date(), text)}


def test_an_organisation_has_its_own_range_only_where_the_law_sets_one(bench: Bench) -> None:
    found = [c for c in queries.causes(AT.date()) if c.ceiling_organisation is not None]
    assert found
    cause = found[0]
    assert queries.cause_block(cause, "organisation")["ceiling"] == float(cause.ceiling_organisation or 0)
    assert queries.cause_block(cause, "citizen")["ceiling"] == (cause.ceiling and float(cause.ceiling))
    plain = queries.cause_on("SR11", AT.date())
    assert plain is not None
    assert queries.cause_block(plain, "organisation")["ceiling"] == 500


def asked(bench: Bench, last: str) -> tuple[int, int]:
    """How many questions the choices and the clocks of a case put to the database."""
    case, at = bench.at_step(last)
    by, file = bench.actor(HEAD if last == "propose_filing" else O1), queries.file_of(case)
    with CaptureQueriesContext(connection) as choosing:
        queries.choices(queries.road_of(case, at.date(), file), by, at.date())
    with CaptureQueriesContext(connection) as running:
        queries.running_clocks(case, file, at.date())
    return len(choosing), len(running)


def test_choices_and_clocks_ask_as_little_late_as_early(bench: Bench) -> None:
    counts = {
        asked(bench, last)
        for last in ("check_lead", "propose_filing", "interview", "waive_defence", "perform")
    }
    assert counts == {(2, 1)}


def test_a_file_is_read_with_one_question_however_many_steps_and_one_more_for_its_matters(
    bench: Bench,
) -> None:
    early, _ = bench.at_step("decide_penalty")
    case, _ = bench.at_step("archive_case")
    read = []
    for one in (early, case):
        with CaptureQueriesContext(connection) as reading:
            file = queries.file_of(one)
        read.append(len(reading))
    assert read == [1, 2]
    assert file["archive"]["number"] == case.archive_number
    assert queries.file_of(case, upto=3).get("archive") is None


def test_what_waits_for_a_post_is_its_own_next_act(bench: Bench) -> None:
    case, at = bench.at_step("propose_filing")
    assert case in queries.to_do(bench.actor(HEAD))
    assert case not in queries.to_do(bench.actor(O1))
    assert case not in queries.to_do(bench.actor(HEAD, bench.bureau.west))
    assert queries.work_of(bench.actor(("statistics_clerk", 0)), at.date()) == (0, 0)
    waiting, over = queries.work_of(bench.actor(HEAD), at.date())
    assert waiting == queries.to_do(bench.actor(HEAD)).count() > 0
    assert over == 0


def test_a_closed_case_waits_for_nobody(bench: Bench) -> None:
    case, _ = bench.at_step("close_performed")
    assert case not in queries.to_do(bench.actor(HEAD))
    assert case not in queries.to_do(bench.actor(CLERK))


def test_a_case_is_found_by_party_number_place_cause_and_initials(bench: Bench) -> None:
    case, _ = bench.at_step("interview")
    original, _ = bench.roads[2026]
    by = bench.actor(O1)
    for text in ("示例餐饮", "slcy", "HB01", "示例路 油烟", original.number):
        assert original in queries.find(by, text), text
    assert queries.find(by, "  ") == []
    assert queries.find(bench.actor(O1, bench.bureau.west), "示例餐饮") == []
    assert list(queries.due_soon(by, date(2026, 12, 31)).values_list("pk", flat=True)) == [case.pk]
    assert not queries.sent_back(by).exists()


def test_a_case_that_is_sent_back_is_seen_so_until_it_moves_on(bench: Bench) -> None:
    case, at = bench.at_step("close_investigation")
    step = bench.go(
        case,
        Went(
            REVIEWER, "return_for_evidence", 0, {"returned.codes": ["evidence"], "reason": "示例：补充照片"}
        ),
        at,
    )
    assert step.to_state == "investigating"
    assert case in queries.sent_back(bench.actor(O1))
    assert case in queries.of_party(bench.actor(O1), case.party_id or 0)
    assert case not in queries.of_lead(bench.actor(O1), 0)
