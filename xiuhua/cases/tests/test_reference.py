"""Causes, parameters and tiers as files: what the law says, for every day, without hole or overlap."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings

from xiuhua.cases import queries
from xiuhua.cases.actions.reference import CAUSES, PARAMETERS, SHEETS, TIERS
from xiuhua.cases.models import Cause, Parameter
from xiuhua.cases.procedure.params import NAMES, PARAMS, Param
from xiuhua.cases.procedure.periods import FAMILIES, clock_on
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.org.actions import reference
from xiuhua.org.actions.reference import ACTS, Sheet
from xiuhua.org.rules import CAUSE_GROUP_LABELS
from xiuhua.org.rules.tables import Row, Table, gaps, read

FIRST = date(2017, 1, 1)
DAYS = (date(2018, 5, 16), date(2021, 7, 14), date(2021, 7, 15), date(2022, 1, 1), date(2024, 1, 1))


@pytest.fixture(scope="module")
def tables() -> dict[str, Table]:
    shapes = (ACTS.shape, *(sheet.shape for sheet in SHEETS))
    folder = settings.REFERENCE_DIR
    return {s.file: read(s, (folder / s.file).read_text(encoding="utf-8")) for s in shapes}


def in_force(rows: list[Row], day: date) -> list[Row]:
    return [r for r in rows if (r["valid_from"] or day) <= day <= (r["valid_to"] or day)]


def by_key(table: Table, key: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in table.rows:
        found[row[key]].append(row)
    return found


def test_the_files_of_the_bench_have_no_fault(tables: dict[str, Table]) -> None:
    assert [f for table in tables.values() for f in table.faults] == []
    assert [f for s in SHEETS for f in reference.faults(s, tables[s.file], tables)] == []


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_parameter_that_guards_read_holds_from_2017_to_today(
    tables: dict[str, Table], name: str
) -> None:
    rows = by_key(tables["parameters.csv"], "name")[name]
    assert rows, f"parameters.csv says nothing of {name}"
    assert list(gaps(rows, FIRST, clock.today())) == []


@pytest.mark.parametrize("param", PARAMS, ids=lambda p: p.name)
def test_a_parameter_has_the_kind_that_guards_expect(tables: dict[str, Table], param: Param) -> None:
    kinds = {
        "money": {"yuan"},
        "percent": {"percent"},
        "count": {"person", "case"},
        "yes_no": {"flag"},
        "choice": {"party_kind"},
        "list": {"list"},
    }
    units = {r["unit"] for r in by_key(tables["parameters.csv"], "name")[param.name]}
    assert units <= kinds[param.kind]


# Periods stand in the procedure with their events; the table of parameters names some of them for people.
PERIODS = {
    "announcement_days": "announcement",
    "assistance_answer_days": "assistance_answer",
    "cash_deposit_days": "cash_deposit",
    "cash_hand_in_days": "cash_hand_in",
    "court_application_months": "court_application",
    "crime_referral_days": "crime_referral_decision",
    "decision_days": "case_decision",
    "demand_court_days": "demand_before_court",
    "hearing_notice_days": "hearing_notice",
    "hearing_request_days": "hearing_request",
    "lead_transfer_days": "lead_transfer",
    "limitation_months": "limitation_general",
    "limitation_months_health": "limitation_health_safety",
    "litigation_answer_days": "suit_answer",
    "litigation_days_after_reconsideration": "suit_after_reconsideration",
    "litigation_months": "suit_direct",
    "measure_days": "measure_term",
    "measure_extension_days": "measure_extension",
    "measure_urgent_report_hours": "measure_urgent_report",
    "pay_days": "payment",
    "perishable_days": "perishable_goods",
    "publicity_days": "publicity_penalty",
    "publicity_withdrawal_days": "publicity_withdrawal",
    "reconsideration_answer_days": "reconsideration_reply",
    "reconsideration_answer_days_simple": "reconsideration_reply_simple",
    "reconsideration_days": "reconsideration_apply",
    "reconsideration_decision_days": "reconsideration_decide",
    "reconsideration_decision_days_simple": "reconsideration_decide_simple",
    "registration_days": "registration",
    "reporter_answer_days": "reporter_answer",
    "sanitation_complaint_days": "sanitation_complaint_answer",
    "service_days": "decision_service",
    "unclaimed_days": "unclaimed_goods",
}


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize(("name", "family"), PERIODS.items())
def test_a_period_is_the_same_in_the_table_and_in_the_procedure(
    tables: dict[str, Table], name: str, family: str, day: date
) -> None:
    assert family in FAMILIES
    (row,) = in_force(by_key(tables["parameters.csv"], "name")[name], day)
    period = clock_on(family, day)
    if period is not None and period.length is not None:
        assert (row["value"], row["unit"]) == (str(period.length), period.unit)


def test_every_parameter_holds_without_gap(tables: dict[str, Table]) -> None:
    for name, rows in by_key(tables["parameters.csv"], "name").items():
        assert list(gaps(rows, FIRST, clock.today())) == [], name


def test_the_catalogue_has_88_causes_in_its_twelve_groups(tables: dict[str, Table]) -> None:
    causes = by_key(tables["causes.csv"], "code")
    assert len(causes) == 88
    assert {rows[0]["group"] for rows in causes.values()} == set(CAUSE_GROUP_LABELS)


@pytest.mark.parametrize(
    ("code", "day", "span", "certainty"),
    [
        ("SR11", date(2018, 5, 16), (50, 500), "unverified"),
        ("SR11", date(2019, 5, 16), (50, 500), "read"),
        ("SR11", date(2023, 5, 16), (50, 500), "unverified"),
        ("SR05", date(2019, 5, 16), (5000, 50000), "read"),
        ("SR17", date(2019, 5, 16), (None, 200), "read"),
        ("ZT05", date(2019, 9, 4), (1000, 10000), "read"),
        ("HB01", date(2023, 3, 1), (5000, 50000), "read"),
        ("HB07", date(2018, 3, 1), (None, None), "read"),
        ("HB07", date(2023, 3, 1), (10000, 100000), "read"),
        ("JT01", date(2018, 3, 1), (30000, 100000), "memory"),
        ("JT01", date(2024, 3, 1), (10000, 100000), "read"),
    ],
)
def test_the_range_of_a_cause_is_that_of_its_day(
    tables: dict[str, Table], code: str, day: date, span: tuple[int | None, int | None], certainty: str
) -> None:
    (row,) = in_force(by_key(tables["causes.csv"], "code")[code], day)
    assert ((row["floor"], row["ceiling"]), row["certainty"]) == (span, certainty)


def test_organisations_have_their_own_range_where_the_law_says_so(tables: dict[str, Table]) -> None:
    (row,) = in_force(by_key(tables["causes.csv"], "code")["SR19"], date(2019, 5, 16))
    assert (row["floor"], row["ceiling"]) == (None, 200)
    assert (row["floor_organisation"], row["ceiling_organisation"]) == (5000, 50000)


def test_what_is_doubtful_says_so(tables: dict[str, Table]) -> None:
    for row in tables["causes.csv"].rows:
        if row["certainty"] == "unverified":
            assert row["unverified"], row["code"]


@pytest.mark.django_db
def test_it_is_loaded_once_and_read_by_day(tables: dict[str, Table]) -> None:
    for sheet in SHEETS:
        assert reference.load(sheet, tables[sheet.file], tables, by=SYSTEM, at=clock.now()).added
    again = [reference.load(s, tables[s.file], tables, by=SYSTEM, at=clock.now()) for s in SHEETS]
    assert not any(again)
    assert queries.parameters_on(date(2018, 5, 16))["summary_fine_citizen"] == 50
    assert queries.parameters_on(date(2021, 7, 15))["summary_fine_citizen"] == 200
    cause = queries.cause_on("SR11", date(2018, 5, 16))
    assert cause is not None
    assert (cause.floor, cause.ceiling) == (Decimal(50), Decimal(500))
    assert "zdstjy" in cause.search
    assert "未核实：" in cause.note
    assert Cause.objects.values("code").distinct().count() == 88
    assert Parameter.objects.count() == len(tables["parameters.csv"].rows)


def faults_of(sheet: Sheet, tables: dict[str, Table], change: dict[str, object]) -> list[tuple[str, str]]:
    """Faults of the file when its first row is changed."""
    table = tables[sheet.file]
    changed = replace(table, rows=[{**table.rows[0], **change}, *table.rows[1:]])
    found = reference.faults(sheet, changed, {**tables, sheet.file: changed})
    return [(f.column, f.reason) for f in found if f.line == 2]


@pytest.mark.parametrize(
    ("sheet", "change", "column", "reason"),
    [
        (CAUSES, {"group": "ZT"}, "group", "SR01 does not begin with it"),
        (CAUSES, {"floor": Decimal(900)}, "ceiling", "lies below the floor"),
        (
            CAUSES,
            {"floor_organisation": Decimal(9)},
            "ceiling_organisation",
            "lies below the floor organisation",
        ),
        (CAUSES, {"kinds_allowed": ("warning",)}, "unit", "is “none” exactly where no fine is allowed"),
        (
            CAUSES,
            {"statutory_enforcer": ("W",)},
            "transfer_basis",
            "the act names another department: say why we act",
        ),
        (CAUSES, {"basis": "NOLAW §5"}, "basis", "“NOLAW” is not in acts.csv"),
        (CAUSES, {"name": "长" * 101}, "name", "101 characters, 100 fit"),
        (PARAMETERS, {"value": "many"}, "value", "“many” is no whole number"),
        (PARAMETERS, {"value": "50", "unit": "flag"}, "value", "a flag is yes or no"),
        (PARAMETERS, {"article": "NOLAW §5"}, "article", "“NOLAW” is not in acts.csv"),
        (TIERS, {"cause_code": "XX99"}, "cause_code", "“XX99” is not in causes.csv"),
        (TIERS, {"from_percent": 10}, "from_percent", "the tier does not go on at 0 %"),
        (TIERS, {"cause_code": "SR01"}, "to_percent", "the tiers do not reach 100 %"),
    ],
)
def test_a_wrong_row_of_law_is_found(
    tables: dict[str, Table], sheet: Sheet, change: dict[str, object], column: str, reason: str
) -> None:
    assert (column, reason) in faults_of(sheet, tables, change)
