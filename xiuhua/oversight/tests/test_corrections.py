"""A decision that fell: its unit is asked once, answers or appeals, and somebody who had no part ends it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from xiuhua.cases.actions.annulment_rows import keep_row
from xiuhua.cases.models import Remedy
from xiuhua.cases.tests.bench.bench import DEPUTY, O1, Bench
from xiuhua.cases.tests.bench.remedies import ASKED, TRIED, Remedies
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import NOBODY, SYSTEM, Actor, Invalid, Refused
from xiuhua.kernel.models import Job, RecordEntry
from xiuhua.kernel.tests.kept import kept
from xiuhua.org.queries import Unit
from xiuhua.oversight import actions, jobs, permissions, queries, rules
from xiuhua.oversight.models import Correction
from xiuhua.oversight.tests.conftest import overseen_bench

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

JOB = "oversight.open_correction"
SAID = {"text": "重做笔录，全队复训", "why": "未核实经营者就告知", "answerable": "主办人员谈话提醒"}


@pytest.fixture(scope="module")
def whole_bench(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Bench]:
    yield from kept(django_db_blocker, overseen_bench)


@dataclass
class Fell:
    """A case whose decision fell, the people around it, and the moment."""

    bench: Bench
    case: Remedies
    row: Correction

    @property
    def at(self) -> datetime:
        return self.case.at + timedelta(hours=1)

    def by(self, role: str, unit: Unit | None = None) -> Actor:
        """Somebody who had no part in the case."""
        return self.bench.actor((role, 7), unit or self.bench.bureau.top, self.at)

    @property
    def head(self) -> Actor:
        """Who answers for the squad."""
        return self.bench.actor(("squad_head", 0), self.case.case.handling_unit, self.at)


def opened(case: Remedies) -> Correction | None:
    """What the worker makes of the last word on the case."""
    job = Job.objects.filter(name=JOB).latest("pk")
    with clock.held_at(case.at):
        jobs.open_correction(job.payload)
    return Correction.objects.filter(case=case.case).last()


@pytest.fixture
def fell(whole_bench: Bench, db: None) -> Iterator[Fell]:
    with whole_bench.as_it_was():
        case = Remedies(whole_bench)
        case.walk("reconsideration", (*ASKED, "revoke"))
        row = opened(case)
        assert row is not None
        yield Fell(whole_bench, case, row)


def test_a_lost_reconsideration_is_sent_to_the_unit_with_its_ground_and_its_days(fell: Fell) -> None:
    row = fell.row
    assert (row.state, row.outcome, row.unit_id) == ("sent", "revoked", fell.case.case.handling_unit_id)
    assert (bool(row.ground), bool(row.found)) == (True, True)
    assert row.number.startswith("浦城执纠建〔2026〕")
    assert (row.sent_on, row.appeal_by) < (row.due_on, row.due_on)
    entry = RecordEntry.objects.get(verb="oversight.open_correction")
    assert (entry.subject, fell.case.case.number in entry.facts) == (record.subject_of(row), True)


def test_the_worker_may_say_it_twice_and_it_is_sent_once(fell: Fell) -> None:
    assert opened(fell.case) == fell.row
    assert Correction.objects.count() == 1


def test_a_lost_suit_is_sent_as_well_and_one_that_was_won_is_not(whole_bench: Bench, db: None) -> None:
    with whole_bench.as_it_was():
        lost, won = Remedies(whole_bench), Remedies(whole_bench)
        won.walk("reconsideration", (*ASKED, "uphold"))
        assert not Job.objects.filter(name=JOB).exists()
        lost.walk("litigation", (*TRIED, "revoke_by_court"))
        assert not Job.objects.filter(name=JOB).exists(), "a judgment that is not final"
        lost.go("litigation", "make_final_revoked")
        assert opened(lost) is not None


def test_what_does_not_stand_when_the_worker_comes_is_not_sent(fell: Fell) -> None:
    remedy = Remedy.objects.get(pk=fell.row.remedy_id)
    for changed in ({"overturned": False}, {"ended_on": None}):
        for name, value in changed.items():
            setattr(remedy, name, value)
        assert actions.open_correction(remedy=remedy, at=fell.at) is None


def test_history_that_is_brought_in_asks_nobody(fell: Fell) -> None:
    """The row of the remedy alone asks for nothing; only the step that was made here does."""
    Job.objects.filter(name=JOB).delete()
    matter = fell.case.matter
    assert matter is not None
    with record.act("示例", by=SYSTEM, at=fell.at) as act:
        keep_row(matter, fell.case.file["reconsiderations"][0], fell.at)
        act.entry(on=fell.row, facts={})
    assert not Job.objects.filter(name=JOB).exists()


def test_the_unit_answers_with_cause_measures_and_who_is_answerable_and_an_inspector_closes(
    fell: Fell,
) -> None:
    inspector = fell.by("supervision_inspector")
    assert fell.row in queries.corrections_waiting_for(fell.head)
    actions.reply(row=fell.row, **SAID, by=fell.head, at=fell.at)
    assert fell.row in queries.corrections_waiting_for(inspector)
    actions.send_back(row=fell.row, reason="措施不具体", by=inspector, at=fell.at)
    actions.reply(row=fell.row, **{**SAID, "text": "八月底前复训并抽查十卷"}, by=fell.head, at=fell.at)
    actions.close(row=fell.row, by=inspector, at=fell.at)
    row = Correction.objects.get()
    assert (row.state, row.why, row.answerable) == ("closed", SAID["why"], SAID["answerable"])
    assert (row.reply, row.closed_name) == ("八月底前复训并抽查十卷", inspector.name)


@pytest.mark.parametrize("missing", ["text", "why", "answerable"])
@pytest.mark.parametrize("said", ["", " ", "长" * 501])
def test_a_reply_without_one_of_the_three_is_refused(fell: Fell, missing: str, said: str) -> None:
    with pytest.raises(Invalid) as caught:
        actions.reply(row=fell.row, **{**SAID, missing: said}, by=fell.head, at=fell.at)
    assert set(caught.value.errors) == {missing}
    assert Correction.objects.get().state == "sent"


@pytest.mark.parametrize(("upheld", "state"), [(True, "sent"), (False, "struck")])
def test_an_appeal_is_decided_by_somebody_who_had_no_part_in_the_case(
    fell: Fell, upheld: bool, state: str
) -> None:
    actions.appeal(row=fell.row, reason="市政府的决定已被法院撤销", by=fell.head, at=fell.at)
    signed = fell.bench.actor(DEPUTY, None, fell.at)
    with pytest.raises(Refused, match="不得决定"):
        actions.decide(row=fell.row, upheld=upheld, reason="属实", by=signed, at=fell.at)
    assert fell.row not in queries.corrections_waiting_for(signed)
    other = fell.by("bureau_deputy_head")
    assert fell.row in queries.corrections_waiting_for(other)
    actions.decide(row=fell.row, upheld=upheld, reason="属实", by=other, at=fell.at)
    assert Correction.objects.get().state == state
    if upheld:
        with pytest.raises(Invalid, match="已经申诉过一次"):
            actions.appeal(row=fell.row, reason="再申诉", by=fell.head, at=fell.at)


def test_an_appeal_comes_within_its_days(fell: Fell) -> None:
    assert fell.row.appeal_by is not None
    late = fell.at + timedelta(days=30)
    with pytest.raises(Invalid, match="申诉期限已过"):
        actions.appeal(row=fell.row, reason="x", by=fell.head, at=late)


@pytest.mark.parametrize("act", ["reply", "appeal", "decide", "close", "send_back"])
def test_nobody_else_may(fell: Fell, act: str) -> None:
    said: dict[str, dict[str, Any]] = {
        "reply": {**SAID},
        "decide": {"upheld": True, "reason": "x"},
        "close": {},
    }
    more = said.get(act, {"reason": "x"})
    west = fell.by("squad_head", fell.bench.bureau.west)
    officer = fell.bench.actor(O1, fell.case.case.handling_unit, fell.at)
    for by in (NOBODY, west, officer, fell.by("supervision_inspector")):
        with pytest.raises(Refused):
            getattr(actions, act)(row=fell.row, **more, by=by, at=fell.at)


def test_an_inspector_who_worked_on_the_case_does_not_close_it(fell: Fell) -> None:
    inspector = fell.by("supervision_inspector")
    actions.reply(row=fell.row, **SAID, by=fell.head, at=fell.at)
    row = Correction.objects.select_related("case").get()
    row.case.officer_id = inspector.officer_id
    assert not permissions.can_close(row, inspector)
    assert permissions.can_close(Correction.objects.get(), inspector)


def test_earlier_ones_of_the_unit_within_a_year_are_counted_but_not_those_taken_back(fell: Fell) -> None:
    assert list(queries.corrected_before(SYSTEM, fell.row)) == []
    again = Remedies(fell.bench)
    again.at = fell.at + timedelta(days=20)
    again.walk("reconsideration", (*ASKED, "revoke"))
    second = opened(again)
    assert second not in (None, fell.row)
    assert second is not None
    assert list(queries.corrected_before(SYSTEM, second)) == [fell.row]
    with record.act("示例", by=SYSTEM, at=fell.at) as act:
        Correction.objects.filter(pk=fell.row.pk).update(state=rules.State.STRUCK)
        act.entry(on=fell.row, facts={})
    assert list(queries.corrected_before(SYSTEM, second)) == []


@pytest.mark.parametrize(
    ("role", "where", "sees"),
    [
        ("squad_head", "east", True),
        ("squad_legal_clerk", "east", True),
        ("squad_head", "west", False),
        ("bureau_head", "top", True),
        ("supervision_inspector", "top", True),
        ("officer", "east", False),
        ("publicity_clerk", "top", False),
    ],
)
def test_who_sees_it(fell: Fell, role: str, where: str, sees: bool) -> None:
    by = fell.by(role, getattr(fell.bench.bureau, where))
    assert queries.corrections(by).filter(pk=fell.row.pk).exists() is sees
