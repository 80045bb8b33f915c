"""Discretion on the rows of a bureau: the law of the act's day, fines side by side, reasons, what a change touches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from xiuhua.cases import queries
from xiuhua.cases.actions.outliers import explain_outlier
from xiuhua.cases.discretion.comparing import Verdict
from xiuhua.cases.discretion.touching import Way
from xiuhua.cases.models import Case, Cause, OutlierReason, Parameter
from xiuhua.cases.queries.discretion import factors_for, spans_of, weighing
from xiuhua.cases.queries.distribution import causes_fined, distribution, fined, reasons_of
from xiuhua.cases.queries.law_changes import begun, from_load, loaded
from xiuhua.cases.queries.touched import open_cases, recent, touched
from xiuhua.cases.tests.bench.bench import DEPUTY, HEAD, O1, Bench, nothing_written
from xiuhua.kernel import record
from xiuhua.kernel.authz import NOBODY, SYSTEM, Invalid, Refused
from xiuhua.kernel.models import RecordEntry
from xiuhua.org.models import Unit
from xiuhua.registers.tests.bureau import AT

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TODAY = AT.date()
YEAR = (date(TODAY.year, 1, 1), date(TODAY.year, 12, 31))


def cause(code: str, day: date = TODAY) -> Cause:
    found = queries.cause_on(code, day)
    assert found is not None
    return found


def fines(
    bench: Bench, unit: Unit, amounts: Iterable[int], tier: str = "ordinary", code: str = "SR11"
) -> list[Case]:
    """Decided cases of a unit with these fines, laid as rows."""
    made = []
    with record.act("示例", by=SYSTEM, at=AT) as act:
        for amount in amounts:
            row = Case(
                number=f"示例罚{Case.objects.count()}",
                procedure="summary",
                state="closed",
                state_since=AT,
                handling_unit=unit,
                authority=bench.bureau.top,
                cause=cause(code),
                place="示例路",
                found_on=TODAY,
                decided_on=TODAY,
                closed_on=TODAY,
                fine=amount,
                tier=tier,
                base={},
                opened_at=AT,
            )
            row.save()
            made.append(row)
        act.entry(on=bench.bureau.top, facts={})
    return made


def version(code: str, **changes: Any) -> Cause:
    """Another version of a cause, laid as a row."""
    old = cause(code)
    fields = {f.attname: getattr(old, f.attname) for f in Cause._meta.concrete_fields[1:]}
    row = Cause(**fields | changes)
    with record.act("示例", by=SYSTEM, at=AT) as act:
        row.save()
        act.entry(on=row, facts={})
    return row


# The suggestion


def test_the_suggestion_takes_the_range_of_the_kind_of_party(bench: Bench) -> None:
    of = {
        kind: weighing(cause("SR19"), kind, acted_on=TODAY, on=TODAY) for kind in ("citizen", "organisation")
    }
    assert of["citizen"].suggestion.high == Decimal(140)
    assert of["organisation"].suggestion.low == Decimal(18500)


def test_the_suggestion_under_a_grave_band_takes_its_range(bench: Bench) -> None:
    found = weighing(
        cause("WJ04"), "citizen", acted_on=TODAY, on=TODAY, said=["expert_report:high"], band="grave"
    )
    assert (found.suggestion.low, found.suggestion.high) == (Decimal(170000), Decimal(200000))
    assert found.suggestion.span.article == "SHPM §83"


def test_a_band_for_organisations_is_not_shown_for_a_citizen(bench: Bench) -> None:
    bands = {
        kind: [s.code for s in spans_of(cause("HB06"), kind, TODAY)] for kind in ("citizen", "organisation")
    }
    assert bands == {"citizen": [""], "organisation": ["", "toxic"]}


def test_an_act_of_2018_has_the_circumstances_of_its_text_and_the_milder_ones_of_the_later(
    bench: Bench,
) -> None:
    acted = date(2018, 5, 16)
    then = {f.code: f for f in factors_for(acted, acted)}
    now = {f.code: f for f in factors_for(acted, TODAY)}
    assert now["merit"].article == "PPL17 §27"
    assert {"first_slight_corrected", "no_fault", "confessed"} <= now.keys()
    assert then.keys().isdisjoint({"first_slight_corrected", "no_fault", "confessed"})
    assert "emergency" not in now, "what is heavier in the later text does not reach back"


def test_what_the_closing_report_named_is_ticked_in_the_decision(bench: Bench) -> None:
    first = weighing(cause("SR11"), "citizen", acted_on=TODAY, on=TODAY, said=["repeat_in_year", "area:high"])
    said = "当事人涉案面积较大（从重情节）；一年内再次实施同类违法行为（从重情节）。"
    second = weighing(cause("SR11"), "citizen", acted_on=TODAY, on=TODAY, reasons=said)
    assert second.ticked == first.ticked
    assert second.suggestion.tier == "heavier"


def test_a_lighter_text_since_the_act_is_told(bench: Bench) -> None:
    old = cause("JT01", date(2023, 7, 19))
    found = weighing(old, "citizen", acted_on=date(2023, 7, 1), on=TODAY)
    assert (found.verdict, found.later) == (Verdict.LIGHTER, cause("JT01"))
    assert weighing(cause("JT01"), "citizen", acted_on=TODAY, on=TODAY).later is None


# Fines side by side


def test_fines_are_spread_by_tier_over_the_units_one_sees(bench: Bench) -> None:
    east, west = bench.bureau.east, bench.bureau.west
    fines(bench, east, [100, 120, 140, 160])
    fines(bench, west, [200, 200, 220, 500])
    fines(bench, west, [450], tier="heavier")
    groups = distribution(bench.actor(DEPUTY), "SR11", *YEAR)
    assert [(g.tier, g.whole.count) for g in groups] == [("ordinary", 8), ("heavier", 1)]
    assert [(unit, int(s.median)) for unit, s, _ in groups[0].units] == [(west.pk, 210), (east.pk, 130)]
    assert (int(groups[0].floor), int(groups[0].ceiling)) == (50, 500)
    own = distribution(bench.actor(O1), "SR11", *YEAR)
    assert [(g.tier, g.whole.count) for g in own] == [("ordinary", 4)]
    assert distribution(NOBODY, "SR11", *YEAR) == []
    assert distribution(bench.actor(DEPUTY), "XX99", *YEAR) == []


def test_what_lies_apart_is_found_and_its_reason_counts(bench: Bench) -> None:
    rows = fines(bench, bench.bureau.east, [100] * 8 + [500])
    (group,) = distribution(bench.actor(HEAD), "SR11", *YEAR)
    assert [row.case for row in group.apart] == [rows[-1].pk]
    assert reasons_of(bench.actor(HEAD), [rows[-1].pk]) == {}
    for reason in ("一年内第三次占道设摊，屡教不改", "一年内第四次占道设摊，屡教不改"):
        explain_outlier(case=rows[-1], reason=f" {reason} ", by=bench.actor(HEAD), at=AT)
    assert reasons_of(bench.actor(HEAD), [rows[-1].pk])[rows[-1].pk].reason == reason
    assert reasons_of(bench.actor(O1, bench.bureau.west), [rows[-1].pk]) == {}
    entry = RecordEntry.objects.filter(verb="cases.explain_outlier").latest("pk")
    assert "屡教不改" not in str(entry.facts)
    assert entry.subject == record.subject_of(rows[-1])


def test_a_tier_that_no_paper_named_is_that_of_the_amount(bench: Bench) -> None:
    fines(bench, bench.bureau.east, [60, 470], tier="")
    groups = distribution(bench.actor(HEAD), "SR11", *YEAR)
    assert {g.tier for g in groups} == {"lighter", "heavier"}


def test_fines_outside_the_period_do_not_count(bench: Bench) -> None:
    fines(bench, bench.bureau.east, [100])
    before = (YEAR[0] - timedelta(days=365), YEAR[0] - timedelta(days=1))
    assert distribution(bench.actor(HEAD), "SR11", *before) == []
    assert ("SR11", 1) in causes_fined(bench.actor(HEAD), *YEAR)
    assert all(code != "SR11" for code, _ in causes_fined(bench.actor(HEAD), *before))


@pytest.mark.parametrize("reason", ["", "  ", "情节严重", "长" * 501])
def test_a_reason_that_is_none_is_turned_back(bench: Bench, reason: str) -> None:
    (case,) = fines(bench, bench.bureau.east, [500])
    with nothing_written(), pytest.raises(Invalid) as caught:
        explain_outlier(case=case, reason=reason, by=bench.actor(HEAD), at=AT)
    assert set(caught.value.errors) == {"reason"}


def test_nobody_explains_the_fine_of_another_squad_or_one_that_is_not_there(bench: Bench) -> None:
    (case,) = fines(bench, bench.bureau.east, [500])
    good, unfined = "一年内第三次占道设摊，屡教不改", bench.open()
    ours, theirs = bench.actor(HEAD), bench.actor(HEAD, bench.bureau.west)
    with nothing_written(), pytest.raises(Refused):
        explain_outlier(case=case, reason=good, by=theirs, at=AT)
    with nothing_written(), pytest.raises(Refused) as caught:
        explain_outlier(case=unfined, reason=good, by=ours, at=AT)
    assert [r.code for r in caught.value.refusals] == ["no_fine"]
    assert not OutlierReason.objects.visible(NOBODY).exists()


def test_the_column_of_the_tier_follows_the_decision(bench: Bench) -> None:
    case, _ = bench.at_step("serve_decision")
    assert case.tier == "lighter"
    assert bench.spot(fine=50).tier == ""


def test_the_picture_asks_few_questions_however_many_fines_there_are(bench: Bench) -> None:
    fines(bench, bench.bureau.east, range(100, 400, 2))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        distribution(bench.actor(DEPUTY), "SR11", *YEAR)
    assert len(asked) < 16


# What a change touches


def test_a_lighter_text_touches_the_undecided_case_of_an_older_act_only(bench: Bench) -> None:
    case, at = bench.at_step("close_investigation")
    decided, _ = bench.at_step("decide_penalty")
    day = at.date()
    version("HB01", valid_from=day, floor=Decimal(1000))
    found = {(c.pk, way) for t in recent(SYSTEM, day) for c, way in t.cases if t.change.key == "HB01"}
    assert (case.pk, Way.LIGHTER) in found
    assert decided.pk not in {pk for pk, way in found if way is Way.LIGHTER}
    (change,) = [t for t in recent(SYSTEM, day) if t.change.key == "HB01"]
    assert change.change.ground == "PPL21 §37"
    assert (change.change.before, change.change.after) == ("5,000–50,000 yuan", "1,000–50,000 yuan")


def test_of_many_touched_cases_only_those_shown_are_read(bench: Bench) -> None:
    cases = [bench.at_step("close_investigation") for _ in range(3)]
    day = cases[0][1].date()
    version("HB01", valid_from=day, floor=Decimal(1000))
    (one,) = [t for t in recent(SYSTEM, day, 1) if t.change.key == "HB01"]
    assert len(one.cases) == 1
    assert {case.pk for case, _ in cases} <= set(one.keys)


def test_a_heavier_text_touches_nobody(bench: Bench) -> None:
    _, at = bench.at_step("close_investigation")
    version("HB01", valid_from=at.date(), ceiling=Decimal(90000))
    assert [t for t in recent(SYSTEM, at.date()) if t.change.key == "HB01"] == []


def test_each_sees_the_touched_cases_that_are_his_own(bench: Bench) -> None:
    case, at = bench.at_step("close_investigation")
    version("HB01", valid_from=at.date(), floor=Decimal(1000))

    def seen(user: Any) -> set[int]:
        return {c.pk for t in recent(user, at.date()) for c, _ in t.cases}

    assert case.pk in seen(bench.actor(O1))
    assert seen(bench.actor(O1, bench.bureau.west)) == set()
    assert open_cases(NOBODY) == []


def test_a_new_period_touches_those_who_have_its_step_before_them(bench: Bench) -> None:
    case, at = bench.at_step("close_investigation")
    decided, _ = bench.at_step("decide_penalty")
    with record.act("示例", by=SYSTEM, at=AT) as act:
        row = Parameter(
            name="hearing_request_days", value="7", unit="working_day", valid_from=at.date(), article="PPL21 §64",
            source="示例", certainty="design", meaning="要求听证期限", meaning_en="示例",
        )  # fmt: skip
        row.save()
        act.entry(on=row, facts={})
    (found,) = [t for t in recent(SYSTEM, at.date()) if t.change.key == "hearing_request_days"]
    ways = {c.pk: way for c, way in found.cases}
    assert ways[case.pk] is Way.STEPS
    assert decided.pk not in ways or ways[decided.pk] is Way.REVIEW
    assert (found.change.before, found.change.after, found.change.ground) == (
        "5 working_day",
        "7 working_day",
        "PPL21 §64",
    )


def test_the_first_load_of_the_law_changes_nothing_and_a_corrected_range_does(bench: Bench) -> None:
    case, at = bench.at_step("close_investigation")
    since = date(2020, 1, 1)
    assert loaded(since) == []
    row = cause("HB01")
    with record.act("reference.load", by=SYSTEM, at=at) as act:
        Cause.objects.filter(pk=row.pk).update(ceiling=Decimal(40000))
        facts = {"added": [], "changed": {f"HB01 {row.valid_from}": {"ceiling": ["50000.00", "40000"]}}}
        act.bulk([act.line(subject="reference:causes.csv", label="causes.csv", facts=facts)])
    (change,) = loaded(since)
    assert change.key == "HB01"
    (found,) = touched(SYSTEM, [change], at.date())
    assert dict(found.cases)[case] is Way.CORRECTED


def test_new_words_and_a_better_source_are_no_change_of_the_law(bench: Bench) -> None:
    fields = {f.attname: getattr(cause("HB01"), f.attname) for f in Cause._meta.concrete_fields[1:]}
    assert from_load("causes.csv", [], [(fields, {"source": ("a", "b"), "valid_to": (None, TODAY)})]) == []
    assert len(from_load("causes.csv", [], [(fields, {"floor": (1, 2)})])) == 1
    row: Mapping[str, Any] = Parameter.objects.filter(name="pay_days").values().first() or {}
    assert from_load("parameters.csv", [], [(row, {"article": ("PPL17 §46", "PPL17 §46*")})]) == []
    (change,) = from_load("parameters.csv", [], [(row, {"value": ("14", "15")})])
    assert (change.before, change.after) == ("14 calendar_day", "15 calendar_day")
    assert from_load("factors.csv", [fields], []) == []


def test_a_published_benchmark_touches_the_undecided_cases_of_its_cause(bench: Bench) -> None:
    case, at = bench.at_step("close_investigation")
    decided, _ = bench.at_step("decide_penalty")
    own = [
        {"cause_code": "HB01", "tier": tier, "label": "示例", "from_percent": a, "to_percent": b,
         "valid_from": None, "valid_to": None, "source": "示例", "certainty": "generated"}
        for tier, a, b in (("heavier", 50, 100), ("lighter", 0, 50))
    ]  # fmt: skip
    (change,) = from_load("tiers.csv", own, [])
    assert (change.key, change.after, change.ground) == ("HB01", "0–50 / 50–100 percent", "PPL21 §34")
    (found,) = touched(SYSTEM, [change], at.date())
    ways = {c.pk: way for c, way in found.cases}
    assert ways[case.pk] is Way.DISCRETION
    assert ways.get(decided.pk) is Way.REVIEW
    others = [{**row, "cause_code": "SR11"} for row in own]
    assert touched(SYSTEM, from_load("tiers.csv", others, []), at.date()) == []


def test_another_further_range_is_told_with_its_amounts(bench: Bench) -> None:
    band = {"cause_code": "HB01", "band": "grave", "label": "示例", "label_en": "Sample", "party_kind": "*",
            "floor": Decimal(50000), "ceiling": Decimal(100000), "unit": "yuan", "article": "APL §118",
            "valid_from": TODAY, "valid_to": None, "source": "示例", "certainty": "generated", "note": ""}  # fmt: skip
    (change,) = from_load("bands.csv", [], [(band, {"ceiling": (1, 2)})])
    assert (change.file, change.after) == ("bands.csv", "50,000–100,000 yuan")
    assert from_load("bands.csv", [], [(band, {"label": ("a", "b")})]) == []


def test_nothing_that_began_long_ago_is_looked_for(bench: Bench) -> None:
    assert begun(TODAY) == []
    assert {c.key for c in begun(date(2024, 1, 1)) if c.file == "parameters.csv"} >= {
        "reconsideration_bodies"
    }


def test_the_fines_of_a_cause_are_found_through_an_index(bench: Bench) -> None:
    fines(bench, bench.bureau.east, [100])
    plan = fined(SYSTEM, *YEAR).filter(cause__in=[cause("SR11").pk]).explain().lower()
    assert "index" in plan or connection.vendor == "postgresql", plan
