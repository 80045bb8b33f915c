"""Procedures beside the main road: begun, walked, ended by people and by time, refused, and seen by custodians."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from xiuhua.cases import actions, jobs, queries
from xiuhua.cases.models import Case, Matter
from xiuhua.cases.tests.bench.bench import DEPUTY, HEAD, O1, REPORTED, Bench, Who, grounds, nothing_written
from xiuhua.kernel import clock
from xiuhua.kernel.authz import Invalid, Refused
from xiuhua.kernel.models import Job, RecordEntry

pytestmark = pytest.mark.slow

CUSTODIAN = ("evidence_custodian", 0)
REGISTRATION = "evidence_registration"
GOODS = "货架，2个，完好\n秤，1台，旧"
ASKED = {"registration.reason": "摊位流动，随时可能移走", "registration.wanted": GOODS}
LISTED = {"registration.store_place": "示例物品库", "registration.list_delivered": True}


def filed(bench: Bench, year: int = 2026) -> tuple[Case, datetime]:
    """A case under investigation by the officers of squad east."""
    return bench.at_step("assign_officers", year)


def acting(bench: Bench, who: Who, case: Case, at: datetime) -> Any:
    squad = who[0] in {"officer", "squad_head", "squad_legal_clerk"}
    return bench.actor(who, case.handling_unit if squad else None, at)


def begun(bench: Bench, case: Case, at: datetime, **says: Any) -> Matter:
    return actions.begin(
        case=case,
        procedure=REGISTRATION,
        move="ask_registration",
        values=ASKED | says,
        by=acting(bench, O1, case, at),
        at=at,
    )


def go(bench: Bench, matter: Matter, who: Who, move: str, at: datetime, **says: Any) -> None:
    values = {path.replace("__", "."): value for path, value in says.items()}
    actions.take_in(matter=matter, move=move, values=values, by=acting(bench, who, matter.case, at), at=at)


def registered(bench: Bench, year: int = 2026) -> tuple[Matter, datetime]:
    case, at = filed(bench, year)
    matter = begun(bench, case, at)
    go(bench, matter, DEPUTY, "approve_registration", at + timedelta(minutes=5))
    go(bench, matter, O1, "register_items", at + timedelta(minutes=9), **_dotted(LISTED))
    return Matter.objects.select_related("case").get(pk=matter.pk), at + timedelta(minutes=9)


def _dotted(said: Mapping[str, Any]) -> dict[str, Any]:
    return {path.replace(".", "__"): value for path, value in said.items()}


def refused(bench: Bench, matter: Matter, who: Who, move: str, at: datetime, **says: Any) -> dict[str, str]:
    with nothing_written(), pytest.raises(Refused) as caught:
        go(bench, matter, who, move, at, **says)
    return grounds(caught.value.refusals)


def test_a_registration_is_asked_approved_made_decided_and_the_things_go_back(bench: Bench) -> None:
    matter, at = registered(bench)
    case = matter.case
    assert (matter.state, matter.clock, matter.due_on) == (
        "registered",
        "decide_registration",
        queries.setting(at.date()).calendar.after(at.date(), 7),
    )
    says = {"registration__outcome": "returned", "registration__outcome_reason": "已拍照固定"}
    go(bench, matter, DEPUTY, "decide_registration", at + timedelta(days=1), **says)
    go(bench, matter, CUSTODIAN, "return_items", at + timedelta(days=2), registration__receipt_signed=True)
    assert (matter.state, matter.ended, matter.clock, matter.due_on) == ("items_returned", True, "", None)
    row = queries.file_of(case)["registrations"][0]
    assert row["outcome"] == "returned"
    assert [item["name"] for item in row["items"]] == ["货架", "秤"]
    assert row["state"] == "items_returned"


def test_a_matter_leaves_the_state_of_its_case_alone_and_counts_its_steps(bench: Bench) -> None:
    case, at = filed(bench)
    before = (case.state, case.steps_taken)
    matter = begun(bench, case, at)
    case.refresh_from_db()
    assert (case.state, case.steps_taken) == (before[0], before[1] + 1)
    step = matter.steps.get()
    assert (step.seq, step.from_state, step.to_state) == (case.steps_taken, "none", "registration_asked")
    entry = RecordEntry.objects.get(pk=step.entry or 0)
    assert entry.verb == "cases.evidence_registration.ask_registration"
    assert '"matter":"evidence_registration:1"' in entry.facts


def test_the_investigation_does_not_close_while_registered_things_are_undecided(bench: Bench) -> None:
    matter, at = registered(bench)
    case = Case.objects.get(matters=matter)
    found = bench.refused(case, O1, "close_investigation", at, **_dotted(REPORTED))
    assert "registration_settled" in found


def test_nothing_is_registered_before_the_head_approved(bench: Bench) -> None:
    case, at = filed(bench)
    matter = begun(bench, case, at)
    assert "wrong_state" in refused(bench, matter, O1, "register_items", at, **_dotted(LISTED))
    assert refused(bench, matter, HEAD, "approve_registration", at)["wrong_role"] == "PPL21 §56"
    assert refused(bench, matter, HEAD, "approve_registration", at)["approved_before_measure"] == "AEL §18"


@pytest.mark.parametrize(
    ("says", "code"),
    [({"registration__list_delivered": False}, "list_given_to_party"),
     ({"registration__items": "秤，1台"}, "items_listed")],
)  # fmt: skip
def test_things_are_listed_one_by_one_and_the_list_is_given_to_the_party(
    bench: Bench, says: dict[str, Any], code: str
) -> None:
    case, at = filed(bench)
    matter = begun(bench, case, at)
    go(bench, matter, DEPUTY, "approve_registration", at)
    found = refused(bench, matter, O1, "register_items", at, **_dotted(LISTED) | says)
    assert found == {code: "PPL21 §56"}


def test_a_step_of_2018_cites_the_text_of_2018(bench: Bench) -> None:
    case, at = filed(bench, 2018)
    matter = begun(bench, case, at)
    go(bench, matter, DEPUTY, "approve_registration", at)
    says = _dotted(LISTED) | {"registration__list_delivered": False}
    assert refused(bench, matter, O1, "register_items", at, **says) == {"list_given_to_party": "PPL17 §37"}
    assert matter.steps.latest("seq").law_version == "2017"


@pytest.mark.parametrize("field", ["registration.reason", "registration.wanted"])
def test_what_is_missing_is_named_by_its_field_and_nothing_is_written(bench: Bench, field: str) -> None:
    case, at = filed(bench)
    with nothing_written(), pytest.raises(Invalid) as caught:
        begun(bench, case, at, **{field: ""})
    assert caught.value.errors == {field: "请填写"}


def test_a_registration_does_not_begin_once_the_matter_is_decided(bench: Bench) -> None:
    case, at = bench.at_step("decide_penalty")
    with nothing_written(), pytest.raises(Refused) as caught:
        begun(bench, case, at)
    assert grounds(caught.value.refusals) == {"wrong_state": "PPL21 §56"}
    assert "先行登记保存" in caught.value.refusals[0].sentence


def test_a_matter_is_not_worked_by_another_squad(bench: Bench) -> None:
    case, at = filed(bench)
    stranger = bench.actor(O1, bench.bureau.west, at)
    with nothing_written(), pytest.raises(Refused):
        actions.begin(
            case=case, procedure=REGISTRATION, move="ask_registration", values=ASKED, by=stranger, at=at
        )


@pytest.mark.parametrize("year", [2026, 2018])
def test_time_ends_a_registration_that_nobody_decided_on_the_day_after_the_last(
    bench: Bench, year: int
) -> None:
    Job.objects.update(done_at=clock.now())
    matter, at = registered(bench, year)
    job = Job.objects.filter(name="cases.lapse_matter", done_at=None).get()
    assert job.payload == {"matter": matter.pk}
    last = matter.due_on
    assert last is not None
    assert clock.day_of(job.run_at) == last + timedelta(days=1)
    with clock.held_at(at.replace(year=last.year, month=last.month, day=last.day)):
        jobs.lapse_matter(job.payload)
    matter.refresh_from_db()
    assert matter.state == "registered"
    with clock.held_at(job.run_at + timedelta(hours=1)):
        jobs.lapse_matter(job.payload)
    matter.refresh_from_db()
    assert matter.state == "registration_lapsed"
    assert matter.steps.latest("seq").by_name == "系统"


def test_a_custodian_sees_the_cases_whose_things_are_in_keeping_and_no_others(bench: Bench) -> None:
    matter, at = registered(bench)
    other, _ = filed(bench)
    keeper = bench.actor(CUSTODIAN, None, at)
    seen = set(Case.objects.visible(keeper).values_list("pk", flat=True))
    assert matter.case_id in seen
    assert other.pk not in seen


def test_a_document_of_a_matter_is_drawn_again_from_the_file_as_it_was(bench: Bench) -> None:
    matter, _ = registered(bench)
    for step in matter.steps.order_by("seq"):
        shown = [row["state"] for row in queries.file_of(matter.case, upto=step.seq).get("registrations", ())]
        assert shown == ([step.to_state] if step.move == "register_items" else [])


def test_a_registration_that_was_refused_leaves_nothing_for_the_case_to_settle(bench: Bench) -> None:
    case, at = filed(bench)
    matter = begun(bench, case, at)
    go(bench, matter, DEPUTY, "refuse_registration", at, reason="可以拍照固定")
    assert "registrations" not in queries.file_of(case)


def test_the_choices_of_a_matter_are_those_of_its_table_and_time_is_not_offered(bench: Bench) -> None:
    matter, at = registered(bench)
    place = queries.place_in(matter.case, queries.sides()[REGISTRATION], at.date(), matter)
    found = queries.choices(place, bench.actor(DEPUTY, None, at), at.date())
    assert [(c.move.id, c.is_open) for c in found] == [("decide_registration", True)]
    clerk = queries.choices(place, bench.actor(O1, None, at), at.date())
    assert [r.code for r in clerk[0].refusals] == ["wrong_role"]
