"""Histories with matters beside the road: walked by the same tables, refused by the same articles, there afterwards."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from xiuhua.cases import actions, backfill, queries
from xiuhua.cases.backfill.checking import Faulty, Prepared, check
from xiuhua.cases.backfill.columns import COLUMNS
from xiuhua.cases.backfill.known import Known
from xiuhua.cases.models import Case, Matter
from xiuhua.cases.tests.backfill.bench import AT, PAIR, Bench, ordinary, ordinary_history, write
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.kernel.models import Job

FIRST = "evidence_registration:1"
THING = {"name": "货架", "quantity": "2个", "state": "旧"}
History = dict[str, Any]


def act(move: str, day: str, by: str, role: str, block: dict[str, Any], *papers: str) -> History:
    facts: History = {"registration": block}
    if papers:
        facts["documents"] = [{"kind": kind, "issued_on": day} for kind in papers]
    return {
        "move": move,
        "at": f"{day}T10:00",
        "by": f"staff:{by}" if by else "",
        "role": role,
        "matter": FIRST,
        "facts": facts,
    }


def registered() -> History:
    """An ordinary case in which things were registered in advance and are still kept."""
    day = "2018-05-18"
    approved = {"approved_on": day, "approver_id": "staff:Z1", "approver_role": "bureau_deputy_head"}
    kept = {"items": [THING], "store_place": "示例库", "list_delivered": True, "made_on": day}
    said = ordinary_history()
    said["steps"] += [
        act(
            "ask_registration",
            day,
            "A1",
            "officer",
            {"reason": "摊位流动", "wanted": [THING], "officer_ids": PAIR, "asked_on": day},
        ),
        act("approve_registration", day, "Z1", "bureau_deputy_head", approved, "measure_approval_form"),
        act("register_items", day, "A1", "officer", {**kept, "officer_ids": PAIR}, "registration_list"),
    ]
    return said


def returned() -> History:
    """The same, with the things given back in time."""
    said, day = registered(), "2018-05-22"
    handled = {"outcome": "returned", "outcome_reason": "无关", "handled_on": day, "handler_id": "staff:Z1"}
    back = {"receipt_signed": True, "returned_on": day}
    said["steps"] += [
        act("decide_registration", day, "Z1", "bureau_deputy_head", handled),
        act("return_items", day, "K9", "evidence_custodian", back),
    ]
    said["steps"][-1]["by"] = "staff:H1"
    return said


def bring(path: Path) -> backfill.Outcome:
    return backfill.bring_in(backfill.read(path), by=SYSTEM, at=AT, write=True)


def test_a_matter_comes_in_with_its_own_state_steps_and_papers(bench: Bench, tmp_path: Path) -> None:
    outcome = bring(write(tmp_path / "a.csv", [ordinary(returned())]))
    assert [f.reason for f in outcome.faults] == []
    case, matter = Case.objects.get(), Matter.objects.get()
    assert case.state == "investigating"
    assert (matter.procedure, matter.number, matter.state, matter.ended) == (
        "evidence_registration",
        1,
        "items_returned",
        True,
    )
    assert [s.move for s in matter.steps.order_by("seq")] == [
        "ask_registration",
        "approve_registration",
        "register_items",
        "decide_registration",
        "return_items",
    ]
    assert case.steps.filter(matter=None).count() == len(ordinary_history()["steps"])
    assert case.documents.filter(step__matter=matter).count() == 2
    row = queries.file_of(case)["registrations"][0]
    assert (row["state"], row["outcome"], row["items"]) == ("items_returned", "returned", [THING])


def test_one_that_is_under_way_has_its_clock_and_is_left_to_time(bench: Bench, tmp_path: Path) -> None:
    bring(write(tmp_path / "a.csv", [ordinary(registered())]))
    matter = Matter.objects.get()
    assert (matter.state, matter.clock, matter.due_on) == (
        "registered",
        "decide_registration",
        date(2018, 5, 25),
    )
    job = Job.objects.get(name="cases.lapse_matter", payload={"matter": matter.pk})
    assert clock.day_of(job.run_at) == date(2018, 5, 26)
    step = actions.lapse_in(matter=matter, at=AT)
    assert step is not None
    assert step.move == "lapse_registration"
    matter.refresh_from_db()
    assert matter.state == "registration_lapsed"


def test_a_dry_run_and_the_same_file_again_leave_no_second_matter(bench: Bench, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [ordinary(registered())])
    bring(path)
    assert bring(path).written == 0
    assert Matter.objects.count() == 1


def _spoiled(change: Callable[[list[History]], None]) -> History:
    said = copy.deepcopy(registered())
    change(said["steps"])
    return said


def _drop(move: str) -> Callable[[list[History]], None]:
    def change(steps: list[History]) -> None:
        steps[:] = [s for s in steps if s["move"] != move]

    return change


def _named(name: str) -> Callable[[list[History]], None]:
    def change(steps: list[History]) -> None:
        for step in steps:
            if "matter" in step:
                step["matter"] = name

    return change


def _first(steps: list[History]) -> None:
    steps.insert(0, {**steps.pop(4), "at": "2018-05-16T08:00"})


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        (_drop("approve_registration"), "history[6].register_items", "到“登记保存已批准”才能办"),
        (_named("evidence_registration:2"), "history[5].ask_registration", "应依次编号"),
        (_named("seizure_of_dreams:1"), "history[5].ask_registration", "没有“seizure_of_dreams”这种程序"),
        (_named("登记保存"), "history[5].ask_registration", "应写作 程序:次序"),
        (_first, "history[1].ask_registration", "不能开始先行登记保存"),
        (
            lambda steps: steps[6]["facts"]["registration"].update(list_delivered=False),
            "history[7].register_items",
            "清单",
        ),
        (
            lambda steps: steps[5].update(role="squad_head", by="staff:H1"),
            "history[6].approve_registration",
            "批准登记保存应由",
        ),
        (
            lambda steps: steps[6]["facts"]["registration"].update(made_on="2018/05/18"),
            "history[7].register_items",
            "日期格式不对",
        ),
    ],
)
def test_what_a_page_would_refuse_a_history_is_refused_as_well(
    known: Known, change: Callable[[list[History]], None], field: str, says: str
) -> None:
    cells = dict.fromkeys(COLUMNS, "") | ordinary(_spoiled(change))
    found = check(1, cells, known, AT.date())
    assert isinstance(found, Faulty)
    assert any(f.field == field and says in f.reason for f in found.faults), [
        (f.field, f.reason) for f in found.faults
    ]


def test_a_second_one_may_begin_beside_the_first_and_bears_the_next_number(known: Known) -> None:
    said = registered()
    more = copy.deepcopy(said["steps"][4:])
    for step in more:
        step["matter"] = "evidence_registration:2"
    said["steps"] += more
    cells = dict.fromkeys(COLUMNS, "") | ordinary(said)
    found = check(1, cells, known, AT.date())
    assert isinstance(found, Prepared)
    assert [m.values[1] for m in found.matters] == [1, 2]
    assert [m.steps for m in found.matters] == [(4, 5, 6), (7, 8, 9)]


def test_a_payment_that_a_case_has_once_does_not_begin_twice(known: Known) -> None:
    said = registered()
    delivery = {
        "move": "start_payment_period",
        "at": "2018-05-18T11:00",
        "by": "",
        "role": "system",
        "matter": "payment:1",
        "facts": {"payment": {"began_on": "2018-05-18"}},
    }
    said["steps"].append(delivery)
    cells = dict.fromkeys(COLUMNS, "") | ordinary(said)
    found = check(1, cells, known, AT.date())
    assert isinstance(found, Faulty)
    assert "不能开始罚款缴纳" in found.faults[0].reason
