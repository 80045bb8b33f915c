"""What was typed wrong is refused at its field, and nothing is half written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from xiuhua.cases import actions
from xiuhua.cases.models import Cause
from xiuhua.cases.procedure.facts.composing import WHOLE
from xiuhua.cases.procedure.facts.forms import FORMS
from xiuhua.cases.tests.bench.bench import (
    DEPUTY,
    HEAD,
    LEGAL,
    O1,
    O2,
    ORGANISATION,
    PUBLICITY,
    REVIEWER,
    Bench,
    Who,
    counted,
    grounds,
    nothing_written,
)
from xiuhua.evidence import actions as evidence
from xiuhua.evidence.models import Exhibit
from xiuhua.kernel.authz import Invalid, Refused
from xiuhua.registers.tests.bureau import AT

pytestmark = pytest.mark.slow

TOMORROW = AT.date() + timedelta(days=1)


def faults_of_opening(bench: Bench, **more: Any) -> Mapping[str, str]:
    opening, by = bench.opening(**more), bench.actor(O1)
    with nothing_written(), pytest.raises(Invalid) as caught:
        actions.open_case(opening=opening, by=by, at=AT)
    return caught.value.errors


@pytest.mark.parametrize(
    ("more", "fields"),
    [
        ({"procedure": "simplified"}, {"procedure"}),
        ({"found_on": TOMORROW}, {"found_on"}),
        ({"occurred_on": TOMORROW}, {"occurred_on"}),
        ({"place": "  "}, {"place"}),
        ({"lon": 181.0, "lat": 31.2}, {"lon"}),
        ({"lon": 121.5, "lat": -90.5}, {"lat"}),
        ({"lon": float("nan"), "lat": float("inf")}, {"lon", "lat"}),
        ({"lon": 121.5}, {"lat"}),
        ({"lat": 31.2}, {"lon"}),
        ({"new_party": ORGANISATION | {"credit_code": "91310115MA1H7XMP2X"}}, {"credit_code"}),
        ({"new_party": {"kind": "citizen", "name": "示例人", "id_no": "110101199001010016"}}, {"id_no"}),
        ({"new_party": {"kind": "citizen", "name": " "}}, {"name"}),
        ({"procedure": "", "place": "", "found_on": TOMORROW}, {"procedure", "place", "found_on"}),
    ],
    ids=lambda value: "+".join(sorted(value)),
)
def test_a_case_that_is_opened_with_a_wrong_field(
    bench: Bench, more: dict[str, Any], fields: set[str]
) -> None:
    assert faults_of_opening(bench, **more).keys() == fields


def test_a_cause_that_was_no_law_on_the_day_of_the_act_nor_is_today(bench: Bench) -> None:
    old = Cause.objects.filter(code="SR11", valid_to__isnull=False).order_by("-valid_to").first()
    assert old is not None
    assert faults_of_opening(bench, cause_row=old).keys() == {"cause"}


def test_a_cause_that_ended_since_is_law_for_an_act_of_that_time(bench: Bench) -> None:
    old = Cause.objects.filter(code="SR11", valid_to__isnull=False).order_by("-valid_to").first()
    assert old is not None
    opening = bench.opening(cause_row=old, occurred_on=old.valid_to)
    case = actions.open_case(opening=opening, by=bench.actor(O1), at=AT)
    assert case.cause == old


@pytest.mark.parametrize(
    ("last", "step", "field", "value"),
    [
        ("check_lead", (O1, "propose_filing"), "filing.penalty_likely", "perhaps"),
        ("interview", (O1, "recheck_correction"), "correction.rechecked_on", "2026-02-30"),
        ("interview", (O1, "recheck_correction"), "correction.rechecked_on", "2026-01-01"),
        ("interview", (O1, "recheck_correction"), "correction.rechecked_on", "2030-01-01"),
        ("interview", (O1, "recheck_correction"), "correction.recheck_result", "gone"),
        ("interview", (O1, "order_correction"), "correction.due_on", "2020-01-01"),
        ("interview", (O1, "recheck_correction"), "correction.recheck_officer_ids", ["999999"]),
        ("interview", (O1, "recheck_correction"), "correction.recheck_officer_ids", ["示例"]),
        ("interview", (O1, "recheck_correction"), "correction.recheck_officer_ids", ["9" * 40]),
        ("interview", (O1, "recheck_correction"), "correction.recheck_officer_ids", "1"),
        ("recheck_correction", (O1, "close_investigation"), "investigation_report.proposed_fine", "-1"),
        ("recheck_correction", (O1, "close_investigation"), "investigation_report.proposed_fine", "1.005"),
        ("recheck_correction", (O1, "close_investigation"), "investigation_report.proposed_fine", "NaN"),
        (
            "recheck_correction",
            (O1, "close_investigation"),
            "investigation_report.proposed_kinds",
            ["prison"],
        ),
        ("waive_defence", (DEPUTY, "decide_penalty"), "decision.tier", "mild"),
        ("decide_penalty", (O1, "serve_decision"), "service.method", "pigeon"),
        ("publish_decision", (O1, "perform"), "item.amount", "eight"),
        ("close_performed", (("squad_legal_clerk", 0), "archive_case"), "archive.index_pages", "-3"),
    ],
)
def test_a_wrong_value_is_named_by_its_field(
    bench: Bench, last: str, step: tuple[Who, str], field: str, value: Any
) -> None:
    case, at = bench.at_step(last)
    assert field in bench.invalid(case, *step, at, **{field: value})


def test_a_form_that_is_left_empty_names_every_field_that_is_missing(bench: Bench) -> None:
    case, at = bench.at_step("recheck_correction")
    assert bench.invalid(case, O1, "close_investigation", at) == {
        "investigation_report.proposed_kinds": "请填写"
    }


# What only the platform says


@pytest.mark.parametrize(
    ("last", "step", "field", "value"),
    [
        ("waive_defence", (DEPUTY, "decide_penalty"), "decision.approver_id", "1"),
        ("waive_defence", (DEPUTY, "decide_penalty"), "decision.approver_role", "bureau_head"),
        ("waive_defence", (DEPUTY, "decide_penalty"), "decision.decided_on", "2026-05-14"),
        ("adjudicate", (LEGAL, "pass_legal_review"), "legal_review.reviewer_id", "1"),
        ("close_investigation", (REVIEWER, "adjudicate"), "adjudication.on", "2026-05-14"),
        ("propose_filing", (HEAD, "approve_filing"), "filing.approver_id", "1"),
        ("serve_decision", (PUBLICITY, "publish_decision"), "publicity.number", "2260000001"),
        ("close_performed", (("squad_legal_clerk", 0), "archive_case"), "archive.number", "示例号"),
    ],
)
def test_who_acts_and_when_is_not_for_anybody_to_type(
    bench: Bench, last: str, step: tuple[Who, str], field: str, value: Any
) -> None:
    case, at = bench.at_step(last)
    assert bench.invalid(case, *step, at, **{field: value}) == {field: "没有这一项"}


@pytest.mark.parametrize("block", sorted(WHOLE))
def test_whole_blocks_of_the_file_cannot_be_slipped_in(bench: Bench, block: str) -> None:
    """A forged certificate, party or document would turn every guard."""
    case, at = bench.at_step("interview")
    assert bench.invalid(case, O1, "recheck_correction", at, **{block: [{"id": "1"}]}) == {
        block: "没有这一项"
    }


def test_no_form_shows_a_field_that_says_who_acts_in_which_role() -> None:
    silent = {"actor_role", "number:archive", "number:on_spot_decision", "plan.amount"}
    shown = {f.default for form in FORMS.values() for f in form if f.shown}
    assert not shown & silent


# On the spot


@pytest.mark.parametrize(
    ("says", "fields"),
    [
        ({"confirmed": False}, {"confirmed"}),
        ({"notice.planned_fine": None}, {"notice.planned_fine"}),
        ({"notice.planned_kinds": ["warning"]}, {"notice.planned_fine"}),
        ({"notice.planned_kinds": ["confiscate_property"]}, {"notice.planned_kinds", "notice.planned_fine"}),
        ({"scene.arrived_at": "yesterday"}, {"scene.arrived_at"}),
        ({"paying": "small_amount"}, {"item.receipt_no"}),
        ({"violation.facts": ""}, {"violation.facts"}),
        ({"notice.planned_fine": "12,345,6.789"}, {"notice.planned_fine"}),
        ({"something.else": "1"}, {"something.else"}),
    ],
    ids=lambda value: "+".join(sorted(value)),
)
def test_a_penalty_on_the_spot_with_a_wrong_field(
    bench: Bench, says: dict[str, Any], fields: set[str]
) -> None:
    bench.actor(O1)
    before = counted()
    with pytest.raises(Invalid) as caught:
        bench.spot(**says)
    assert caught.value.errors.keys() == fields
    assert counted() == before


# Evidence


def exhibit_of(bench: Bench, unit: str = "east") -> Exhibit:
    where = getattr(bench.bureau, unit)
    return evidence.add(
        kind="audio_visual",
        name="示例照片",
        data=b"\xff\xd8\xff\xe0 JFIF",
        by=bench.actor(O1, where),
        at=AT,
        collected_by=[bench.person(O1, where), bench.person(O2, where)],
        unit=where,
    )


def test_an_exhibit_twice_or_without_what_it_shows(bench: Bench) -> None:
    case, at = bench.at_step("interview")
    exhibit, by = exhibit_of(bench), bench.actor(O1)
    with nothing_written(), pytest.raises(Invalid) as blank:
        actions.add_exhibit(case=case, exhibit=exhibit, shows=" ", by=by, at=at)
    actions.add_exhibit(case=case, exhibit=exhibit, shows="示例", by=by, at=at)
    with nothing_written(), pytest.raises(Invalid) as twice:
        actions.add_exhibit(case=case, exhibit=exhibit, shows="示例", by=by, at=at)
    assert set(blank.value.errors) == {"shows"}
    assert set(twice.value.errors) == {"exhibit"}


@pytest.mark.parametrize(("year", "ground"), [(2026, "PPL21 §40"), (2018, "PPL17 §30")])
@pytest.mark.parametrize("last", ["decide_penalty", "close_performed"])
def test_an_exhibit_after_the_decision(bench: Bench, last: str, year: int, ground: str) -> None:
    case, at = bench.at_step(last, year)
    exhibit, by = exhibit_of(bench), bench.actor(O1)
    with nothing_written(), pytest.raises(Refused) as caught:
        actions.add_exhibit(case=case, exhibit=exhibit, shows="示例", by=by, at=at)
    assert grounds(caught.value.refusals) == {"evidence_after_decision": ground}


def test_an_exhibit_after_a_decision_not_to_punish(bench: Bench) -> None:
    case, at = bench.at_step("pass_legal_review", no_penalty={"decided_on": "2026-05-20"})
    exhibit, by = exhibit_of(bench), bench.actor(O1)
    with nothing_written(), pytest.raises(Refused) as caught:
        actions.add_exhibit(case=case, exhibit=exhibit, shows="示例", by=by, at=at)
    assert grounds(caught.value.refusals) == {"evidence_after_decision": "PPL21 §40"}


@pytest.mark.parametrize("who", [REVIEWER, LEGAL, DEPUTY, PUBLICITY])
def test_an_exhibit_brought_in_by_somebody_who_does_not_investigate(bench: Bench, who: Who) -> None:
    case, at = bench.at_step("interview")
    exhibit, by = exhibit_of(bench), bench.actor(who)
    with nothing_written(), pytest.raises(Refused) as caught:
        actions.add_exhibit(case=case, exhibit=exhibit, shows="示例", by=by, at=at)
    assert grounds(caught.value.refusals) == {"wrong_role": "PPL21 §54"}


def test_an_exhibit_that_the_officer_does_not_see(bench: Bench) -> None:
    case, at = bench.at_step("interview")
    exhibit, by = exhibit_of(bench, "west"), bench.actor(O1)
    with nothing_written(), pytest.raises(Refused) as caught:
        actions.add_exhibit(case=case, exhibit=exhibit, shows="示例", by=by, at=at)
    assert grounds(caught.value.refusals) == {"exhibit_not_seen": ""}


def test_a_day_of_found_on_today_is_no_fault(bench: Bench) -> None:
    assert bench.open(found_on=AT.date(), occurred_on=date(2026, 5, 1)).state == "lead"
