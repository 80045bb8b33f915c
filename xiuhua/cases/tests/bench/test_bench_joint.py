"""Joint investigation with a town: who asks and answers, who sees what and how long, and whose the decision stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from xiuhua.cases import actions, queries
from xiuhua.cases.actions import exhibits
from xiuhua.cases.models import (
    Case,
    CaseExhibit,
    Document,
    JointEvidence,
    JointTask,
    JointWork,
    Matter,
    Review,
    Step,
)
from xiuhua.cases.tests.bench.bench import (
    CLERK,
    DEPUTY,
    HEAD,
    LEGAL,
    O1,
    O2,
    REVIEWER,
    Bench,
    Who,
    grounds,
    nothing_written,
)
from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM, Actor, Invalid, Refused
from xiuhua.kernel.models import RecordEntry
from xiuhua.leads.tests.desk import JPEG
from xiuhua.registers.tests.bureau import AT

pytestmark = pytest.mark.slow

THIRD = ("officer", 2)
PURPOSE, BASIS = "示例：涉案场所在本镇，请走访相邻商户", "SHUM §4"


def started(bench: Bench) -> tuple[Case, datetime]:
    return bench.at_step("assign_officers")


def asked(bench: Bench, case: Case, at: datetime, who: Who = O1, **more: Any) -> JointWork:
    said: dict[str, Any] = {
        "squad": bench.bureau.town,
        "purpose": PURPOSE,
        "basis": BASIS,
        "tasks": [actions.Asked("示例：走访三家相邻商户", at.date() + timedelta(days=5))],
    }
    return actions.ask(case=case, **said | more, by=bench.actor(who, case.handling_unit), at=at)


def named(bench: Bench) -> list[Any]:
    return [bench.person(who, bench.bureau.town) for who in (O1, O2)]


def at_work(bench: Bench) -> tuple[JointWork, datetime]:
    case, at = started(bench)
    work = asked(bench, case, at)
    by = bench.actor(HEAD, bench.bureau.town)
    return actions.accept(work=work, officers=named(bench), by=by, at=at), at


def town(bench: Bench, who: Who = O1) -> Actor:
    return bench.actor(who, bench.bureau.town)


def handed_in(bench: Bench, work: JointWork, at: datetime, **more: Any) -> JointEvidence:
    said: dict[str, Any] = {
        "name": "示例.jpg",
        "data": JPEG + b"joint",
        "kind": "audio_visual",
        "shows": "示例：相邻商户的说明",
        "collected_by": named(bench),
    }
    return actions.hand_in(work=work, **said | more, by=town(bench), at=at)


# Asking and answering


def test_the_unit_of_the_case_asks_with_purpose_basis_and_tasks_and_the_record_of_the_case_says_so(
    bench: Bench,
) -> None:
    case, at = started(bench)
    work = asked(bench, case, at)
    assert (work.state, work.tasks.count()) == ("asked", 1)
    entry = RecordEntry.objects.latest("pk")
    assert (entry.verb, entry.subject) == ("cases.ask_joint", f"cases.case:{case.pk}")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"purpose": "短"}, "purpose"),
        ({"basis": " "}, "basis"),
        ({"tasks": []}, "tasks"),
        ({"tasks": [actions.Asked("短", date(2099, 1, 1))]}, "tasks"),
        ({"tasks": [actions.Asked("示例：走访相邻商户", date(2018, 1, 1))]}, "tasks"),
    ],
)
def test_a_request_that_says_too_little_is_named_by_its_field(
    bench: Bench, more: dict[str, Any], field: str
) -> None:
    case, at = started(bench)
    bench.actor(O1, case.handling_unit)
    with nothing_written(), pytest.raises(Invalid) as caught:
        asked(bench, case, at, **more)
    assert caught.value.errors.keys() == {field}


def test_only_a_town_squad_is_asked(bench: Bench) -> None:
    case, at = started(bench)
    bench.actor(O1, case.handling_unit)
    with nothing_written(), pytest.raises(Invalid) as caught:
        asked(bench, case, at, squad=bench.bureau.west)
    assert caught.value.errors.keys() == {"squad"}


@pytest.mark.parametrize("who", [REVIEWER, LEGAL, DEPUTY, ("publicity_clerk", 0)])
def test_only_the_unit_that_handles_the_case_asks(bench: Bench, who: Who) -> None:
    case, at = started(bench)
    by, squad = bench.actor(who), bench.bureau.town
    tasks = [actions.Asked("示例：走访相邻商户", at.date())]
    with nothing_written(), pytest.raises(Refused):
        actions.ask(case=case, squad=squad, purpose=PURPOSE, basis=BASIS, tasks=tasks, by=by, at=at)


def test_a_case_in_the_name_of_a_town_is_not_worked_jointly(bench: Bench) -> None:
    at = bench.roads[2026][0].opened_at
    case = bench.open(at, unit=bench.bureau.town)
    with nothing_written(), pytest.raises(Refused) as caught:
        asked(bench, case, at)
    assert grounds(caught.value.refusals) == {"not_bureau_case": "SHUM §4"}


def test_a_squad_is_asked_once_at_a_time_and_not_after_the_decision(bench: Bench) -> None:
    case, at = started(bench)
    work = asked(bench, case, at)
    with nothing_written(), pytest.raises(Refused) as caught:
        asked(bench, case, at)
    assert grounds(caught.value.refusals).keys() == {"asked_already"}
    actions.decline(work=work, reason="示例：人手不足", by=town(bench, HEAD), at=at)
    assert asked(bench, case, at).state == "asked"
    decided, later = bench.at_step("decide_penalty")
    with nothing_written(), pytest.raises(Refused) as late:
        asked(bench, decided, later)
    assert grounds(late.value.refusals).keys() == {"decided"}


@pytest.mark.parametrize("who", [O1, CLERK])
def test_the_head_of_the_squad_alone_answers(bench: Bench, who: Who) -> None:
    case, at = started(bench)
    work, people, by = asked(bench, case, at), named(bench), town(bench, who)
    own_head = bench.actor(HEAD, case.handling_unit)
    for actor in (by, own_head):
        with nothing_written(), pytest.raises(Refused):
            actions.accept(work=work, officers=people, by=actor, at=at)
        with nothing_written(), pytest.raises(Refused):
            actions.decline(work=work, reason="示例：人手不足", by=actor, at=at)


def test_the_squad_names_two_certified_officers_of_its_own(bench: Bench) -> None:
    case, at = started(bench)
    work, people, by = asked(bench, case, at), named(bench), town(bench, HEAD)
    stranger = bench.person(O1, bench.bureau.west)
    for chosen in (people[:1], [people[0], people[0]], [people[0], stranger]):
        with nothing_written(), pytest.raises(Invalid) as caught:
            actions.accept(work=work, officers=chosen, by=by, at=at)
        assert caught.value.errors.keys() == {"officers"}


def test_who_must_stand_aside_is_not_named(bench: Bench) -> None:
    people = named(bench)
    case, at = bench.at_step(
        "assign_officers", recusals=[{"person_id": str(people[0].pk), "result": "granted"}]
    )
    work, by = asked(bench, case, at), town(bench, HEAD)
    with nothing_written(), pytest.raises(Refused) as caught:
        actions.accept(work=work, officers=people, by=by, at=at)
    assert grounds(caught.value.refusals) == {"stands_aside": "PPL21 §43"}


def test_what_is_answered_is_not_answered_again_and_nothing_is_declined_or_ended_without_a_reason(
    bench: Bench,
) -> None:
    work, at = at_work(bench)
    by, own = town(bench, HEAD), bench.actor(O1, work.case.handling_unit)
    people = named(bench)
    with nothing_written(), pytest.raises(Refused):
        actions.accept(work=work, officers=people, by=by, at=at)
    with nothing_written(), pytest.raises(Refused):
        actions.decline(work=work, reason="示例：人手不足", by=by, at=at)
    with nothing_written(), pytest.raises(Invalid):
        actions.decline(work=work, reason="短", by=by, at=at)
    with nothing_written(), pytest.raises(Invalid):
        actions.end(work=work, reason="", by=own, at=at)


# Who sees what

Stage = Callable[[Bench, Case, datetime], JointWork]


def _asked(bench: Bench, case: Case, at: datetime) -> JointWork:
    return asked(bench, case, at)


def _declined(bench: Bench, case: Case, at: datetime) -> JointWork:
    work = asked(bench, case, at)
    return actions.decline(work=work, reason="示例：人手不足", by=town(bench, HEAD), at=at)


def _accepted(bench: Bench, case: Case, at: datetime) -> JointWork:
    work = asked(bench, case, at)
    return actions.accept(work=work, officers=named(bench), by=town(bench, HEAD), at=at)


def _ended(bench: Bench, case: Case, at: datetime) -> JointWork:
    work, by = _accepted(bench, case, at), bench.actor(O1, case.handling_unit)
    return actions.end(work=work, reason="示例：任务已完成", by=by, at=at)


def _closed(bench: Bench, case: Case, at: datetime) -> JointWork:
    work = _accepted(bench, case, at)
    with record.act("示例", by=SYSTEM, at=AT) as act:
        case.closed_on = at.date()
        case.save()
        act.entry(on=case, facts={})
    return work


# Stage → who of the town sees the case, and who the joint investigation.
SEEN: tuple[tuple[Stage, frozenset[str], frozenset[str]], ...] = (
    (_asked, frozenset(), frozenset({"head"})),
    (_declined, frozenset(), frozenset()),
    (_accepted, frozenset({"first", "second"}), frozenset({"first", "second", "head"})),
    (_ended, frozenset(), frozenset()),
    (_closed, frozenset(), frozenset()),
)
PEOPLE: dict[str, tuple[Who, str]] = {
    "first": (O1, "town"),
    "second": (O2, "town"),
    "third": (THIRD, "town"),
    "head": (HEAD, "town"),
    "clerk": (CLERK, "town"),
    "approver": (("town_approver", 0), "government"),
    "elsewhere": (O1, "west"),
    "auditor": (("auditor", 0), "office"),
}


@pytest.mark.parametrize(("stage", "of_case", "of_work"), SEEN, ids=[s.__name__ for s, *_ in SEEN])
def test_the_case_is_open_exactly_to_the_named_and_exactly_while_it_lasts(
    bench: Bench, stage: Stage, of_case: frozenset[str], of_work: frozenset[str]
) -> None:
    case, at = started(bench)
    work = stage(bench, case, at)
    actors = {name: bench.actor(who, getattr(bench.bureau, at_)) for name, (who, at_) in PEOPLE.items()}
    for name, user in actors.items():
        assert Case.objects.visible(user).filter(pk=case.pk).exists() is (name in of_case), name
        assert queries.joint_works(user).filter(pk=work.pk).exists() is (name in of_work), name
        assert JointTask.objects.visible(user).filter(joint=work).exists() is (name in of_work), name
        assert not Case.objects.whole(user).filter(pk=case.pk).exists(), name
        assert queries.seen(user).filter(pk=case.pk).exists() is (name in of_case), name
    own = bench.actor(O1, case.handling_unit)
    assert queries.joint_about(own, case).exists()


def test_the_rest_of_the_file_stays_shut_and_what_is_shared_is_open_until_the_end(bench: Bench) -> None:
    work, at = at_work(bench)
    case, user = work.case, town(bench)
    own = bench.actor(O1, case.handling_unit)
    shared, kept = papers(case)
    actions.share(work=work, documents=[shared], by=own, at=at)
    for model in (Step, Matter, Review, CaseExhibit):
        assert not model.objects.visible(user).filter(case=case).exists(), model
    seen = Document.objects.visible(user).filter(case=case)
    assert [d.pk for d in seen] == [shared.pk]
    assert kept.pk not in {d.pk for d in seen}
    for who in (THIRD, HEAD, CLERK):
        assert not Document.objects.visible(town(bench, who)).filter(case=case).exists(), who
    actions.end(work=work, reason="示例：任务已完成", by=own, at=at)
    assert not Document.objects.visible(user).filter(case=case).exists()


def papers(case: Case) -> tuple[Document, Document]:
    with record.act("示例", by=SYSTEM, at=AT) as act:
        made = [
            Document(case=case, kind=kind, issued_on=AT.date())
            for kind in ("filing_form", "interview_record")
        ]
        for one in made:
            one.save()
        act.entry(on=case, facts={})
    return made[0], made[1]


def test_a_shared_exhibit_is_opened_and_others_of_the_case_are_not(bench: Bench) -> None:
    work, at = at_work(bench)
    own, user = bench.actor(O1, work.case.handling_unit), town(bench)
    for data in (b"a", b"b"):
        exhibits.add_files(
            case=work.case,
            files=[("示例.jpg", JPEG + data)],
            kind="audio_visual",
            shows="示例：现场",
            collected_by=[bench.person(w, work.case.handling_unit) for w in (O1, O2)],
            by=own,
            at=at,
        )
    shared, other = CaseExhibit.objects.filter(case=work.case).order_by("-pk")[:2]
    actions.share(work=work, exhibits=[shared], by=own, at=at)
    assert actions.share(work=work, exhibits=[shared], by=own, at=at) == 0
    open_to = queries.exhibits_open_to(user)
    assert open_to.filter(pk=shared.pk).exists()
    assert not open_to.filter(pk=other.pk).exists()
    assert queries.exhibits_open_to(own).filter(pk=other.pk).exists()


def test_what_belongs_to_another_case_is_not_shared_nor_by_others(bench: Bench) -> None:
    work, at = at_work(bench)
    other, _later = started(bench)
    own, reviewer = bench.actor(O1, work.case.handling_unit), bench.actor(REVIEWER)
    mine, foreign = papers(work.case)[0], papers(other)[0]
    for documents in ([], [foreign], [mine, foreign]):
        with nothing_written(), pytest.raises(Invalid):
            actions.share(work=work, documents=documents, by=own, at=at)
    for by in (reviewer, town(bench)):
        with nothing_written(), pytest.raises(Refused):
            actions.share(work=work, documents=[mine], by=by, at=at)


def test_who_left_the_squad_sees_the_case_no_more(bench: Bench) -> None:
    work, at = at_work(bench)
    with record.act("示例", by=SYSTEM, at=AT) as act:
        bench.person(O1, bench.bureau.town).posts.update(valid_to=at.date() - timedelta(days=1))
        act.entry(on=work.case, facts={})
    user = bench.actor(O1, bench.bureau.town, at=at)
    assert not Case.objects.visible(user).filter(pk=work.case_id).exists()


# The tasks, the evidence, and whose the decision stays


def test_a_named_officer_reports_and_the_report_stays_in_his_name(bench: Bench) -> None:
    work, at = at_work(bench)
    task = work.tasks.get()
    done = actions.report_task(task=task, report="示例：已走访三家", by=town(bench), at=at)
    assert (done.done_by_id, done.done_at) == (bench.person(O1, bench.bureau.town).pk, at)
    entry = RecordEntry.objects.latest("pk")
    assert (entry.subject, entry.unit_code) == (f"cases.case:{work.case_id}", bench.bureau.town.code)
    by = town(bench, O2)
    with nothing_written(), pytest.raises(Refused):
        actions.report_task(task=task, report="示例：再写一遍", by=by, at=at)


@pytest.mark.parametrize("who", [THIRD, HEAD, CLERK])
def test_nobody_else_of_the_squad_reports_or_hands_in(bench: Bench, who: Who) -> None:
    work, at = at_work(bench)
    task, by, people = work.tasks.get(), town(bench, who), named(bench)
    own = bench.actor(O1, work.case.handling_unit)
    for actor in (by, own):
        with nothing_written(), pytest.raises(Refused):
            actions.report_task(task=task, report="示例：已走访三家", by=actor, at=at)
        with nothing_written(), pytest.raises(Refused):
            actions.hand_in(
                work=work,
                name="示例.jpg",
                data=JPEG,
                kind="audio_visual",
                shows="示例",
                collected_by=people,
                by=actor,
                at=at,
            )


def test_a_report_needs_words_and_evidence_needs_collectors_among_the_named(bench: Bench) -> None:
    work, at = at_work(bench)
    task, by = work.tasks.get(), town(bench)
    stranger = bench.person(THIRD, bench.bureau.town)
    with nothing_written(), pytest.raises(Invalid):
        actions.report_task(task=task, report=" ", by=by, at=at)
    for more, field in (
        ({"shows": ""}, "shows"),
        ({"collected_by": []}, "collected_by"),
        ({"collected_by": [stranger]}, "collected_by"),
    ):
        with nothing_written(), pytest.raises(Invalid) as caught:
            handed_in(bench, work, at, **more)
        assert caught.value.errors.keys() == {field}


def test_evidence_of_the_squad_comes_on_the_list_by_the_unit_and_bears_who_collected_it(
    bench: Bench,
) -> None:
    work, at = at_work(bench)
    handed = handed_in(bench, work, at)
    own = bench.actor(O1, work.case.handling_unit)
    assert not CaseExhibit.objects.filter(case=work.case, exhibit=handed.exhibit).exists()
    actions.take_on_list(handed=handed, by=own, at=at)
    row = queries.file_of(Case.objects.get(pk=work.case_id))["evidence"][-1]
    assert row["collected_by"] == [str(o.pk) for o in named(bench)]
    with nothing_written(), pytest.raises(Refused):
        actions.take_on_list(handed=handed, by=own, at=at)


def test_the_squad_does_not_put_its_evidence_on_the_list_itself(bench: Bench) -> None:
    work, at = at_work(bench)
    handed, by = handed_in(bench, work, at), town(bench)
    with nothing_written(), pytest.raises(Refused) as caught:
        actions.take_on_list(handed=handed, by=by, at=at)
    assert grounds(caught.value.refusals) == {"joint_only": "SHUM §4"}
    with nothing_written(), pytest.raises(Refused):
        actions.add_exhibit(case=work.case, exhibit=handed.exhibit, shows="示例", by=by, at=at)


@pytest.mark.parametrize(
    "move", ["inspect", "close_investigation", "adjudicate", "decide_penalty", "serve_decision"]
)
@pytest.mark.parametrize(("who", "code"), [(O1, "joint_only"), (HEAD, "cases.work")])
def test_no_step_of_the_case_is_open_to_the_squad_whatever_its_post(
    bench: Bench, who: Who, code: str, move: str
) -> None:
    work, at = at_work(bench)
    by = town(bench, who)
    assert queries.roles_on(work.case, by) == frozenset()
    with nothing_written(), pytest.raises(Refused) as caught:
        actions.take(case=work.case, move=move, values={}, by=by, at=at)
    assert grounds(caught.value.refusals).keys() == {code}


def test_after_the_end_nothing_is_reported_handed_in_or_shared(bench: Bench) -> None:
    work, at = at_work(bench)
    own = bench.actor(O1, work.case.handling_unit)
    ended = actions.end(work=work, reason="示例：任务已完成", by=own, at=at)
    assert (ended.state, ended.ended_by) == ("ended", own.name)
    task, by, mine, people = work.tasks.get(), town(bench), papers(work.case)[0], named(bench)
    assert people
    with nothing_written(), pytest.raises(Refused):
        actions.report_task(task=task, report="示例：已走访三家", by=by, at=at)
    with nothing_written(), pytest.raises(Refused):
        handed_in(bench, work, at)
    with nothing_written(), pytest.raises(Refused):
        actions.share(work=work, documents=[mine], by=own, at=at)
    with nothing_written(), pytest.raises(Refused):
        actions.end(work=work, reason="示例：再结束一次", by=own, at=at)


def test_the_figures_of_the_squad_do_not_count_the_case_of_another(bench: Bench) -> None:
    work, _at = at_work(bench)
    user = town(bench)
    assert work.case_id not in {c.pk for c in queries.listed(user)}
    assert work.case_id in {c.pk for c in queries.seen(user)}
    assert not queries.to_do(user).filter(pk=work.case_id).exists()
