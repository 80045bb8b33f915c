"""Recordings of a case serve its reconsiderations and suits, too: held while one runs, whoever comes first."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from xiuhua.cases.actions import holding
from xiuhua.cases.actions import recordings as actions
from xiuhua.cases.actions.exhibits import add_exhibit
from xiuhua.cases.models import Case, Matter, Remedy
from xiuhua.cases.queries import recordings as queries
from xiuhua.cases.tests.bench.bench import O1, Bench
from xiuhua.cases.tests.bench.test_bench_recordings import interview, recorded
from xiuhua.evidence import actions as evidence_actions
from xiuhua.evidence import queries as evidence
from xiuhua.evidence.actions import filming
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def remedy(case: Case, at: datetime, kind: str, number: int) -> Remedy:
    with record.act("示例", by=SYSTEM, at=at) as act:
        matter = Matter(case=case, procedure=kind, number=number, state="asked", state_since=at, opened_at=at)
        matter.save()
        row = Remedy(matter=matter, case=case, kind=kind, accepted_on=at.date())
        row.save()
        act.entry(on=row, facts={})
    return row


def held(row: evidence.Recording, at: datetime) -> set[str]:
    return {hold.kind for hold in evidence.keeping_of([row], clock.day_of(at))[row.pk].holds}


def test_what_a_case_holds_its_remedies_hold_until_their_last_word(bench: Bench) -> None:
    case, at = bench.at_step("interview")
    by = bench.actor(O1, case.handling_unit)
    _, start, minutes = interview(case, bench)
    for half in (0, 1):
        moved = start + timedelta(minutes=half * minutes / 2)
        recorded(bench, case, bench.person(O1, case.handling_unit), moved, minutes / 2)
    first, second = (found.recording for found in queries.proposals(case, by))
    need = interview(case, bench)[0].need
    told: dict[str, Any] = {"step": need.step, "stated": need.stated, "by": by, "at": at}
    actions.tie(case=case, recording=first, **told)
    assert (held(first, at), held(second, at)) == ({"case"}, set())
    review, suit = remedy(case, at, "reconsideration", 1), remedy(case, at, "litigation", 1)
    for row in (review, suit, suit):
        holding.follow_remedy(row, at)
    assert held(first, at) == {"case", "reconsideration", "litigation"}
    actions.tie(case=case, recording=second, step=need.step, stated=need.stated, by=by, at=at)
    assert held(second, at) == {"case", "reconsideration", "litigation"}
    suit.ended_on = at.date()
    holding.follow_remedy(suit, at)
    assert held(first, at) == held(second, at) == {"case", "reconsideration"}


def test_a_copy_on_the_list_of_a_case_holds_the_recording_that_it_was_made_of(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def copied(source: Path, made: Path, *_: object) -> str:
        made.write_bytes(source.read_bytes() + b" copy")
        return "video/mp4"

    monkeypatch.setattr(filming, "film", copied)
    case, at = bench.at_step("interview")
    by, officer = bench.actor(O1, case.handling_unit), bench.person(O1, case.handling_unit)
    _, start, minutes = interview(case, bench)
    row = recorded(bench, case, officer, start, minutes)
    assert row.exhibit is not None
    copy = evidence_actions.clip(exhibit=row.exhibit, start=0, end=1, why="只留现场一段", by=by, at=at)
    assert held(row, at) == set()
    add_exhibit(case=case, exhibit=copy, shows="现场情况", relied_on=False, by=by, at=at)
    assert held(row, at) == {"case"}
