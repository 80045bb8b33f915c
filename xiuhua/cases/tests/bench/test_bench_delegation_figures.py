"""Cases of towns by powers that were moved down to them: those of the right group, unit and day, and no others."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from xiuhua.cases import figures
from xiuhua.cases.models import Case, Matter
from xiuhua.cases.tests.bench.bench import DEPUTY, O1, Bench, Went
from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM
from xiuhua.org import actions as org
from xiuhua.org.figures import Period
from xiuhua.org.models import Unit
from xiuhua.registers.tests.bureau import AT, TODAY

# Each walks through many acts.
pytestmark = pytest.mark.slow

FIGURES = {f.id: f for f in figures.DELEGATING}
YEAR = Period.year(TODAY.year)
SINCE = TODAY - timedelta(days=10)


@pytest.fixture
def moved(bench: Bench) -> Bench:
    org.delegate(
        unit=bench.bureau.town,
        authority=bench.bureau.top,
        cause_group="HB",
        valid_from=SINCE,
        document="示例：浦环〔2026〕1号",
        basis="SHUM §4",
        by=bench.actor(DEPUTY),
        at=AT,
    )
    return bench


def laid(bench: Bench, unit: Unit, cause: str = "HB01", **columns: Any) -> Case:
    case = bench.open(unit=unit, cause=cause)
    with record.act("示例", by=SYSTEM, at=AT) as act:
        for name, value in ({"filed_on": TODAY} | columns).items():
            setattr(case, name, value)
        case.save()
        act.entry(on=case, facts={})
    return case


def counted(id: str) -> set[int]:
    return {row.pk for row in FIGURES[id].rows(SYSTEM, YEAR)}


def test_a_case_is_counted_by_group_unit_and_the_day_it_was_filed(moved: Bench) -> None:
    town = moved.bureau.town
    own = laid(moved, town)
    laid(moved, town, cause="SR12")
    laid(moved, moved.bureau.east)
    laid(moved, town, filed_on=SINCE - timedelta(days=1))
    laid(moved, town, filed_on=None)
    laid(moved, town, filed_on=date(TODAY.year - 1, 12, 31))
    assert counted("B06") == {own.pk}


def test_a_case_filed_after_the_powers_were_taken_back_is_not_counted(moved: Bench) -> None:
    case = laid(moved, moved.bureau.town)
    row = org_row(moved)
    org.take_back(
        delegation=row,
        last_day=TODAY - timedelta(days=1),
        document="示例：收回文件",
        by=moved.actor(DEPUTY),
        at=AT,
    )
    assert case.pk not in counted("B06")


def org_row(bench: Bench) -> Any:
    return bench.bureau.town.authority_rows.get(cause_group="HB").delegation


def test_fines_are_those_that_are_decided(moved: Bench) -> None:
    town = moved.bureau.town
    fined = laid(moved, town, fine=8000, decided_on=TODAY)
    laid(moved, town, fine=8000)
    laid(moved, town, fine=0, decided_on=TODAY)
    assert counted("B09") == {fined.pk}
    assert (FIGURES["B09"].total, FIGURES["B09"].per) == ("fine", 10000)


def test_an_order_counts_on_the_day_of_finding_and_not_on_a_later_one(moved: Bench) -> None:
    town, order = moved.bureau.town, {"correction.requirement": "立即开启", "correction.due_on": "+4"}
    first, second = laid(moved, town), laid(moved, town)
    checked = {"inspection.certificate_shown": True, "inspection.party_signed": True}
    for case in (first, second):
        moved.go(case, Went(O1, "check_lead", 0, checked), AT, town)
    moved.go(first, Went(O1, "order_correction_at_check", 0, order), AT, town)
    moved.go(second, Went(O1, "order_correction_at_check", 0, order), AT + timedelta(days=1), town)
    assert counted("B08") == {first.pk}


def test_a_seal_counts_and_a_seizure_does_not(moved: Bench) -> None:
    case = laid(moved, moved.bureau.town)
    with record.act("示例", by=SYSTEM, at=AT) as act:
        made = []
        for number, kind in enumerate(("seal", "seize"), 1):
            matter = Matter(
                case=case,
                procedure="coercive_measure",
                number=number,
                state="示例",
                state_since=AT,
                opened_at=AT,
            )
            matter.save()
            made.append(matter)
            case.steps.create(
                matter=matter,
                seq=number,
                move="示例",
                law_version="2021",
                from_state="示例",
                to_state="示例",
                at=AT,
                role="officer",
                by_name="示例",
                facts={"measure": {"kind": kind}},
            )
        act.entry(on=case, facts={})
    assert counted("B07") == {made[0].pk}


def test_the_rows_are_those_that_the_reader_sees(moved: Bench) -> None:
    case = laid(moved, moved.bureau.town)
    for who, unit, seen in (
        (O1, moved.bureau.town, True),
        (O1, moved.bureau.east, False),
        (("statistics_clerk", 0), None, True),
        (("auditor", 0), None, False),
    ):
        rows = FIGURES["B06"].rows(moved.actor(who, unit), YEAR)
        assert (case.pk in {c.pk for c in rows}) is seen, who


def test_a_case_of_the_group_is_handled_by_the_town_in_the_name_said(moved: Bench) -> None:
    case = moved.open(unit=moved.bureau.town, cause="HB01")
    assert case.authority_id == moved.bureau.top.pk
    other = moved.open(unit=moved.bureau.town, cause="SR12")
    assert other.authority_id == moved.bureau.government.pk


def test_every_figure_says_in_both_languages_what_it_counts() -> None:
    for figure in figures.DELEGATING:
        assert figure.definition
        assert figure.definition_en.isascii()
