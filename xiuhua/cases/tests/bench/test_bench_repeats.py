"""Earlier cases of the same party or place: which are found, by whom, and which make an act one again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from xiuhua.cases import queries
from xiuhua.cases.models import Case, CaseParty
from xiuhua.cases.queries import repeats
from xiuhua.cases.queries.repeats import Wanted
from xiuhua.cases.tests.bench.bench import O1, Bench
from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM
from xiuhua.registers.tests.bureau import AT

HERE = (121.54, 31.22)
# About 38 and about 95 metres to the east.
NEAR, FAR = (121.5404, 31.22), (121.541, 31.22)


def decided(bench: Bench, **columns: Any) -> tuple[Case, datetime]:
    case, at = bench.at_step("serve_decision")
    with record.act("示例", by=SYSTEM, at=AT) as act:
        for name, value in columns.items():
            setattr(case, name, value)
        case.save()
        act.entry(on=case, facts={})
    return case, at


def wanted(case: Case, at: datetime, **more: Any) -> Wanted:
    cause = queries.cause_on(case.cause.code, at.date())
    return Wanted(**{"acted_on": at.date(), "party": case.party_id, "cause": cause, **more})


def test_a_punished_case_of_the_same_party_and_cause_makes_the_act_one_again(bench: Bench) -> None:
    case, at = decided(bench)
    found = repeats.earlier(bench.actor(O1), wanted(case, at))
    row = next(e for e in found.rows if e.case == case)
    assert (row.by_party, row.same_cause, row.counts) == (True, True, True)
    assert row in found.counted
    assert found.factor == ""  # this cause names no second act
    named = replace(wanted(case, at), cause=queries.cause_on("SR11", at.date()))
    assert not any(e.counts for e in repeats.earlier(bench.actor(O1), named).rows)


def test_a_decision_that_fell_does_not_count_but_is_shown(bench: Bench) -> None:
    case, at = decided(bench, state="annulled")
    row = next(e for e in repeats.earlier(bench.actor(O1), wanted(case, at)).rows if e.case == case)
    assert not row.counts


def test_what_lies_near_is_found_with_its_distance_and_never_counts(bench: Bench) -> None:
    near, at = decided(bench, lon=NEAR[0], lat=NEAR[1], party=None, place="示例甲")
    far, _ = decided(bench, lon=FAR[0], lat=FAR[1], party=None, place="示例乙")
    here = wanted(near, at, party=None, lon=HERE[0], lat=HERE[1], place="示例丙")
    found = {e.case.pk: e for e in repeats.earlier(bench.actor(O1), here).rows}
    assert far.pk not in found
    assert (found[near.pk].metres, found[near.pk].counts) == (38, False)


def test_a_place_written_the_same_is_found_without_a_point(bench: Bench) -> None:
    case, at = decided(bench, party=None, place="示例老街8号")
    found = repeats.earlier(bench.actor(O1), wanted(case, at, party=None, place=" 示例老街8号 "))
    assert [(e.case, e.metres, e.counts) for e in found.rows] == [(case, None, False)]


def test_the_period_of_the_parameters_ends_the_look_back(bench: Bench) -> None:
    case, at = decided(bench)
    late = replace(wanted(case, at), acted_on=at.date() + timedelta(days=366))
    assert case not in [e.case for e in repeats.earlier(bench.actor(O1), late).rows]
    early = replace(wanted(case, at), acted_on=case.found_on - timedelta(days=1))
    assert case not in [e.case for e in repeats.earlier(bench.actor(O1), early).rows]


def test_nobody_sees_earlier_cases_of_others_nor_the_case_itself(bench: Bench) -> None:
    case, at = decided(bench)
    other = bench.actor(O1, bench.bureau.west)
    assert case not in [e.case for e in repeats.earlier(other, wanted(case, at)).rows]
    own = repeats.of_case(bench.actor(O1), case)
    assert case not in [e.case for e in own.rows]


def test_where_neither_party_nor_place_is_known_nothing_is_looked_for(bench: Bench) -> None:
    found = repeats.earlier(bench.actor(O1), Wanted(acted_on=AT.date()))
    assert (list(found.rows), found.months, found.metres) == ([], 12, 50)


def test_a_party_that_was_joined_is_found_but_not_by_the_penalty_of_another(bench: Bench) -> None:
    case, at = decided(bench)
    wish = wanted(case, at)
    with record.act("示例", by=SYSTEM, at=AT) as act:
        party, case.party = case.party, None
        case.save()
        CaseParty(case=case, party=party, code="p2", joined_on=at.date()).save()
        act.entry(on=case, facts={})
    row = next(e for e in repeats.earlier(bench.actor(O1), wish).rows if e.case == case)
    assert (row.by_party, row.counts) == (True, False)


def test_where_the_law_gives_no_period_to_look_back_nothing_is_found_and_no_page_fails(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, at = decided(bench)
    monkeypatch.setattr(repeats, "parameters_on", lambda day: {})
    assert repeats.earlier(bench.actor(O1), wanted(case, at)) == repeats.Found()
