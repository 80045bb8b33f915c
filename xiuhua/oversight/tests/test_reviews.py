"""From the draw to the mending: chance is written down, nobody judges what is the own, the unit answers in its days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from xiuhua.evidence import queries as evidence
from xiuhua.kernel import clock
from xiuhua.kernel.authz import NOBODY, SYSTEM, Actor, Invalid, Refused
from xiuhua.kernel.models import RecordEntry
from xiuhua.org.queries import actor_for
from xiuhua.oversight import actions, permissions, queries, rules
from xiuhua.oversight.models import Draw, Finding, Sample
from xiuhua.oversight.tests.conftest import Docked
from xiuhua.registers.tests.bureau import AT, Bureau, appointed

pytestmark = pytest.mark.django_db
MAY = date(2026, 5, 1)
TOMORROW = AT + timedelta(days=1)
GOOD = {"uniform": rules.Said("kept"), "certificate": rules.Said("kept")}
BAD = {"uniform": rules.Said("kept"), "certificate": rules.Said("fault", "未出示执法证", 12)}


def inspector(bureau: Bureau) -> Actor:
    return bureau.actor("supervision_inspector")


def drawn(bureau: Bureau, docked: Docked, count: int = 3) -> Draw:
    for number in range(count):
        docked(bureau.east, f"{number}")
    return actions.draw(month=MAY, by=inspector(bureau), at=AT)


def judged(bureau: Bureau, docked: Docked, said: dict[str, rules.Said] | None = None) -> Sample:
    sample = drawn(bureau, docked, 1).samples.get(unit=bureau.east)
    actions.watch(sample=sample, by=inspector(bureau), at=AT)
    return actions.judge(sample=sample, said=said or BAD, by=inspector(bureau), at=AT)


def test_a_draw_takes_the_goal_of_each_unit_and_comes_out_the_same_when_done_again(
    bureau: Bureau, docked: Docked
) -> None:
    late = docked(bureau.west, "only", arrives=False)
    made = drawn(bureau, docked, 5)
    taken = list(made.samples.order_by("unit", "place"))
    assert sorted((s.unit_id, s.place) for s in taken) == sorted(
        [(bureau.east.pk, 1), (bureau.east.pk, 2), (bureau.west.pk, 1)]
    )
    entry = RecordEntry.objects.filter(verb="oversight.draw").order_by("pk")[0]
    assert made.seed in entry.facts
    late.refresh_from_db()
    assert late.asked_at is not None
    assert queries.repeats(made)
    docked(bureau.east, "later", at=TOMORROW)
    assert queries.repeats(made)
    # Another seed may by chance take the same files: twenty of them do not.
    same = []
    for number in range(20):
        made.seed = f"another {number}"
        same.append(queries.repeats(made))
    assert not all(same)


def test_a_second_draw_fills_up_what_is_short_and_takes_nothing_twice(bureau: Bureau, docked: Docked) -> None:
    docked(bureau.east, "first")
    first = actions.draw(month=MAY, by=inspector(bureau), at=AT)
    with pytest.raises(Invalid):
        actions.draw(month=MAY, by=inspector(bureau), at=AT)
    for number in range(3):
        docked(bureau.east, f"{number}", at=TOMORROW)
    second = actions.draw(month=MAY, by=inspector(bureau), at=TOMORROW)
    assert (first.samples.count(), second.samples.count()) == (1, 1)
    assert queries.repeats(first)
    assert queries.repeats(second)
    with pytest.raises(Invalid):
        actions.draw(month=MAY, by=inspector(bureau), at=TOMORROW)


def test_nobody_but_an_inspector_draws_and_no_month_to_come_is_drawn(bureau: Bureau, docked: Docked) -> None:
    docked(bureau.east, "a")
    for role in ("officer", "squad_head", "bureau_deputy_head"):
        with pytest.raises(Refused):
            actions.draw(month=MAY, by=bureau.actor(role), at=AT)
    with pytest.raises(Refused):
        actions.draw(month=MAY, by=NOBODY, at=AT)
    with pytest.raises(Invalid):
        actions.draw(month=date(2026, 6, 1), by=inspector(bureau), at=AT)
    assert not Draw.objects.exists()
    assert permissions.can_draw(inspector(bureau))
    assert not permissions.can_draw(bureau.actor("squad_head"))


def test_what_is_the_inspectors_own_is_neither_drawn_nor_judged(bureau: Bureau, docked: Docked) -> None:
    seconded = replace(inspector(bureau), unit_id=bureau.east.pk)
    post = replace(seconded.grants[0], unit_id=bureau.east.pk)
    seconded = replace(seconded, grants=(post,))
    docked(bureau.east, "own")
    docked(bureau.west, "own hand", officer=bureau.officer("supervision_inspector"))
    with pytest.raises(Invalid):
        actions.draw(month=MAY, by=seconded, at=AT)
    with pytest.raises(Invalid):
        actions.draw(month=MAY, by=replace(seconded, unit_id=None), at=AT)
    sample = actions.draw(month=MAY, by=inspector(bureau), at=AT).samples.get()
    assert sample.unit == bureau.east
    with pytest.raises(Refused, match="本单位"):
        actions.watch(sample=sample, by=seconded, at=AT)
    assert not permissions.can_look(sample, seconded)


def test_a_sheet_comes_after_the_film_and_playing_stands_in_its_trail(bureau: Bureau, docked: Docked) -> None:
    sample, by = drawn(bureau, docked, 1).samples.get(), inspector(bureau)
    with pytest.raises(Invalid, match="先播放"):
        actions.judge(sample=sample, said=GOOD, by=by, at=AT)
    actions.watch(sample=sample, by=by, at=AT)
    exhibit = sample.recording.exhibit
    assert exhibit is not None
    last = evidence.trail(exhibit).order_by("-pk")[0]
    assert (last.verb, "网上督察" in last.facts) == ("evidence.play", True)
    with pytest.raises(Invalid):
        actions.judge(sample=sample, said={}, by=by, at=AT)
    with pytest.raises(Invalid, match="300"):
        actions.judge(sample=sample, said=GOOD, by=by, at=AT, note="好" * 301)
    actions.judge(sample=sample, said=GOOD, by=by, at=AT, note="规范")
    assert (sample.state, sample.due_on, Finding.objects.count()) == ("clean", None, 2)
    with pytest.raises(Refused, match="已经查看"):
        actions.judge(sample=sample, said=BAD, by=by, at=AT)


def test_nobody_judges_a_film_that_another_played(bureau: Bureau, docked: Docked) -> None:
    sample = drawn(bureau, docked, 1).samples.get()
    other = actor_for(appointed("supervision_inspector", bureau.office), AT)
    actions.watch(sample=sample, by=inspector(bureau), at=AT)
    assert (queries.watched(sample, inspector(bureau)), queries.watched(sample, other)) == (True, False)
    with pytest.raises(Invalid, match="先播放"):
        actions.judge(sample=sample, said=GOOD, by=other, at=AT)
    actions.watch(sample=sample, by=other, at=AT)
    actions.judge(sample=sample, said=GOOD, by=other, at=AT)
    assert sample.reviewer == other.user_id


def test_of_two_who_act_at_once_the_second_finds_what_the_first_did(bureau: Bureau, docked: Docked) -> None:
    sample, head = judged(bureau, docked), bureau.actor("squad_head")
    clerk, deputy = bureau.actor("squad_legal_clerk"), bureau.actor("bureau_deputy_head")
    other = Sample.objects.get(pk=sample.pk)
    actions.appeal(row=sample, reason="已出示", by=head, at=AT)
    with pytest.raises(Refused):
        actions.reply(row=other, text="已整改", by=clerk, at=AT)
    other = Sample.objects.get(pk=sample.pk)
    actions.decide(row=sample, upheld=True, reason="未见出示", by=deputy, at=AT)
    with pytest.raises(Refused):
        actions.decide(row=other, upheld=False, reason="属实", by=bureau.actor("bureau_head"), at=AT)
    actions.reply(row=sample, text="已整改", by=head, at=AT)
    other = Sample.objects.get(pk=sample.pk)
    actions.close(row=sample, by=inspector(bureau), at=AT)
    with pytest.raises(Refused):
        actions.send_back(row=other, reason="未附材料", by=inspector(bureau), at=AT)
    sample.refresh_from_db()
    assert (sample.state, sample.appeal, sample.reply) == ("closed", "已出示", "已整改")


def test_a_sheet_that_is_sent_twice_is_refused(bureau: Bureau, docked: Docked) -> None:
    sample, by = drawn(bureau, docked, 1).samples.get(), inspector(bureau)
    actions.watch(sample=sample, by=by, at=AT)
    again = Sample.objects.get(pk=sample.pk)
    actions.judge(sample=sample, said=GOOD, by=by, at=AT)
    with pytest.raises(Refused, match="已经查看"):
        actions.judge(sample=again, said=GOOD, by=by, at=AT)


def test_a_film_that_did_not_come_is_not_watched(bureau: Bureau, docked: Docked) -> None:
    docked(bureau.east, "late", arrives=False)
    sample = actions.draw(month=MAY, by=inspector(bureau), at=AT).samples.get()
    with pytest.raises(Invalid, match="尚未入库"):
        actions.watch(sample=sample, by=inspector(bureau), at=AT)


def test_a_fault_goes_to_the_unit_whose_working_days_run_and_holds_the_recording(
    bureau: Bureau, docked: Docked
) -> None:
    sample, head = judged(bureau, docked), bureau.actor("squad_head")
    assert (sample.state, sample.faults) == ("sent", 1)
    # A Wednesday: five working days end on the next Wednesday, three on Monday.
    assert (sample.due_on, sample.appeal_by) == (date(2026, 5, 20), date(2026, 5, 18))
    kept = evidence.keeping_of([sample.recording], clock.day_of(AT))[sample.recording_id]
    assert [hold.kind for hold in kept.holds] == ["oversight"]
    for stranger in (
        bureau.actor("officer"),
        bureau.actor("squad_head", bureau.west),
        inspector(bureau),
        NOBODY,
    ):
        with pytest.raises(Refused):
            actions.reply(row=sample, text="已整改", by=stranger, at=AT)
    with pytest.raises(Invalid):
        actions.reply(row=sample, text=" ", by=head, at=AT)
    with pytest.raises(Refused):
        actions.close(row=sample, by=inspector(bureau), at=AT)
    actions.reply(row=sample, text="已批评教育", by=head, at=TOMORROW)
    with pytest.raises(Refused):
        actions.close(row=sample, by=head, at=TOMORROW)
    with pytest.raises(Invalid):
        actions.send_back(row=sample, reason="", by=inspector(bureau), at=TOMORROW)
    actions.send_back(row=sample, reason="未附材料", by=inspector(bureau), at=TOMORROW)
    assert sample.due_on == date(2026, 5, 21)
    actions.reply(row=sample, text="附材料", by=head, at=TOMORROW)
    actions.close(row=sample, by=inspector(bureau), at=TOMORROW)
    assert sample.state == "closed"
    with pytest.raises(Refused):
        actions.reply(row=sample, text="又一次", by=head, at=TOMORROW)
    assert not evidence.keeping_of([sample.recording], clock.day_of(AT))[sample.recording_id].holds


def test_an_appeal_is_decided_by_somebody_else_and_takes_the_fault_back(
    bureau: Bureau, docked: Docked
) -> None:
    sample, head = judged(bureau, docked), bureau.actor("squad_head")
    with pytest.raises(Invalid):
        actions.appeal(row=sample, reason="", by=head, at=AT)
    with pytest.raises(Invalid, match="期限已过"):
        actions.appeal(row=sample, reason="已出示", by=head, at=AT + timedelta(days=6))
    actions.appeal(row=sample, reason="第8秒已出示", by=head, at=TOMORROW)
    for stranger in (head, inspector(bureau), bureau.actor("legal_reviewer")):
        with pytest.raises(Refused):
            actions.decide(row=sample, upheld=False, reason="属实", by=stranger, at=TOMORROW)
    deputy = bureau.actor("bureau_deputy_head")
    with pytest.raises(Invalid):
        actions.decide(row=sample, upheld=False, reason=" ", by=deputy, at=TOMORROW)
    actions.decide(row=sample, upheld=False, reason="属实", by=deputy, at=TOMORROW)
    assert sample.state == "struck"
    assert list(Finding.objects.filter(struck=True).values_list("item__code", flat=True)) == ["certificate"]
    assert [line.faulty for line in queries.by_unit(SYSTEM, MAY, AT.date()) if line.drawn] == [0]


def test_an_appeal_that_fails_begins_the_days_anew_and_is_not_made_twice(
    bureau: Bureau, docked: Docked
) -> None:
    sample, head = judged(bureau, docked), bureau.actor("squad_legal_clerk")
    actions.appeal(row=sample, reason="已出示", by=head, at=AT)
    other = actor_for(appointed("supervision_inspector", bureau.office), AT)
    assert permissions.can_decide(sample, other)
    actions.decide(row=sample, upheld=True, reason="未见出示", by=other, at=TOMORROW)
    assert (sample.state, sample.due_on) == ("sent", date(2026, 5, 21))
    with pytest.raises(Invalid, match="一次"):
        actions.appeal(row=sample, reason="再次", by=head, at=TOMORROW)
    assert permissions.can_answer(sample, head)
    assert not permissions.can_close(sample, other)
    with pytest.raises(Refused):
        actions.decide(row=sample, upheld=True, reason="再次", by=other, at=TOMORROW)


def test_nobody_of_the_unit_closes_or_decides_what_is_its_own(bureau: Bureau, docked: Docked) -> None:
    sample = judged(bureau, docked)
    actions.appeal(row=sample, reason="已出示", by=bureau.actor("squad_head"), at=AT)
    other = actor_for(appointed("supervision_inspector", bureau.office), AT)
    own = replace(other, grants=(replace(other.grants[0], unit_id=bureau.east.pk),))
    with pytest.raises(Refused, match="本单位"):
        actions.decide(row=sample, upheld=True, reason="示例", by=own, at=AT)
    actions.decide(row=sample, upheld=True, reason="示例", by=other, at=AT)
    actions.reply(row=sample, text="已整改", by=bureau.actor("squad_head"), at=AT)
    with pytest.raises(Refused, match="本单位"):
        actions.close(row=sample, by=own, at=AT)


def test_numbers_by_unit_count_the_rows_and_each_sees_its_own(bureau: Bureau, docked: Docked) -> None:
    docked(bureau.west, "a")
    sample = judged(bureau, docked)
    lines = {line.unit.code: line for line in queries.by_unit(inspector(bureau), MAY, AT.date())}
    east, west = lines["SE"], lines["SW"]
    assert (east.goal, east.drawn, east.looked, east.faulty, east.faults, east.late) == (2, 1, 1, 1, 1, 0)
    assert (west.drawn, west.looked, west.reached) == (1, 0, False)
    assert sum(line.late for line in queries.by_unit(SYSTEM, MAY, date(2026, 6, 30))) == 2
    head = bureau.actor("squad_head")
    assert [line.unit.code for line in queries.by_unit(head, MAY, AT.date())] == ["SE"]
    assert list(queries.samples(head)) == [sample]
    assert not queries.draws(head).exists()
    assert not queries.samples(bureau.actor("officer")).exists()
    assert queries.draws(inspector(bureau)).count() == 1


def test_what_waits_is_what_a_person_may_do_next(bureau: Bureau, docked: Docked) -> None:
    head, deputy, by = bureau.actor("squad_head"), bureau.actor("bureau_deputy_head"), inspector(bureau)
    sample = drawn(bureau, docked, 1).samples.get()
    assert (queries.waiting_for(by).count(), queries.waiting_for(head).count()) == (1, 0)
    actions.watch(sample=sample, by=by, at=AT)
    actions.judge(sample=sample, said=BAD, by=by, at=AT)
    assert (queries.waiting_for(by).count(), queries.waiting_for(head).count()) == (0, 1)
    actions.appeal(row=sample, reason="已出示", by=head, at=AT)
    assert (queries.waiting_for(by).count(), queries.waiting_for(deputy).count()) == (0, 1)


def test_what_one_recorded_does_not_wait_for_oneself(bureau: Bureau, docked: Docked) -> None:
    by = inspector(bureau)
    other = actor_for(appointed("supervision_inspector", bureau.office), AT)
    docked(bureau.west, "own hand", officer=bureau.officer("supervision_inspector"))
    actions.draw(month=MAY, by=other, at=AT)
    assert (queries.waiting_for(by).count(), queries.waiting_for(other).count()) == (0, 1)
