"""The roads that the law allows: from a lead to the archive under both texts, on the spot, and with evidence."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from xiuhua.cases import actions, queries
from xiuhua.cases.tests.bench.bench import (
    CITIZEN,
    CLERK,
    HEAD,
    IN_2018,
    LEGAL,
    O1,
    O2,
    ORDINARY,
    ORGANISATION,
    SYSTEM_ITSELF,
    Bench,
    Went,
)
from xiuhua.evidence import actions as evidence
from xiuhua.evidence.models import Exhibit
from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM
from xiuhua.kernel.models import RecordEntry
from xiuhua.leads.models import Lead
from xiuhua.leads.rules import State
from xiuhua.registers.tests.bureau import AT

pytestmark = pytest.mark.slow

MOVES = [w.move for w in ORDINARY]


@pytest.mark.parametrize(("year", "text"), [(2026, "2021"), (2018, "2017")])
def test_an_ordinary_case_goes_from_the_lead_to_the_archive_under_the_text_of_its_day(
    bench: Bench, year: int, text: str
) -> None:
    case, _ = bench.at_step("archive_case", year)
    assert case.state == "closed"
    steps = list(case.steps.filter(matter=None).order_by("seq").values_list("move", "law_version"))
    assert steps == [(move, text) for move in MOVES]
    beside = case.steps.exclude(matter=None).order_by("seq").values_list("move", flat=True)
    assert list(beside) == ["start_payment_period", "pay_in_full"]
    assert case.fine == case.paid == 8000
    assert case.kinds == "fine"
    assert case.archive_number.endswith("号")
    assert len(case.decision_number) == 10
    assert not case.clock
    assert not case.due_on
    days = [case.found_on, case.filed_on, case.decided_on, case.served_on, case.closed_on]
    assert days == sorted(d for d in days if d)


def test_every_step_leaves_one_entry_of_the_record_that_tells_no_names(bench: Bench) -> None:
    case = bench.open()
    bench.walk(case, ORDINARY[:3], AT)
    entries = list(RecordEntry.objects.filter(subject=f"cases.case:{case.pk}").order_by("pk"))
    assert [e.verb for e in entries] == ["cases.open", *(f"cases.{w.move}" for w in ORDINARY[:3])]
    assert [s.entry for s in case.steps.order_by("seq")] == [e.pk for e in entries[1:]]
    assert "示例餐饮" not in "".join(e.facts for e in entries)
    assert json.loads(entries[-1].facts)["role"] == "squad_head"


def test_the_documents_of_the_road_are_kept_as_issued_each_with_its_own_number(bench: Bench) -> None:
    case, _ = bench.roads[2026]
    papers = list(case.documents.all())
    assert all(p.text_hash == hashlib.sha256(p.text.encode()).hexdigest() for p in papers)
    kinds = [p.kind for p in papers]
    for kind in (
        "filing_form",
        "correction_order",
        "prior_notice",
        "penalty_decision",
        "case_closing_report",
    ):
        assert kinds.count(kind) == 1, kind
    numbers = [p.number for p in papers if p.number]
    assert len(numbers) == len(set(numbers)) >= 8
    decision = next(p.number for p in papers if p.kind == "penalty_decision")
    assert queries.file_of(case)["decision"]["number"] == case.decision_number == decision


@pytest.mark.parametrize("year", [2018, 2026])
def test_the_lead_reads_what_came_of_the_case_when_it_is_closed(bench: Bench, year: int) -> None:
    case, _ = bench.roads[year]
    assert case.lead is not None
    lead = Lead.objects.get(pk=case.lead.pk)
    assert (lead.state, lead.outcome) == ("settled", "case_closed")
    assert lead.outcome_at == case.steps.get(move="close_performed").at


def test_a_lead_that_comes_to_no_case_is_told_so(bench: Bench) -> None:
    lead = bench.desk.in_state(State.ACCEPTED)
    case = bench.open(lead=lead)
    at = bench.walk(case, ORDINARY[:1], AT)
    says: dict[str, Any] = {"filing.failed_criterion": "no_penalty_likely", "filing.refusal_reason": "示例"}
    bench.go(case, Went(HEAD, "refuse_filing", 0, says), at)
    assert case.state == "filing_refused"
    assert Lead.objects.get(pk=lead.pk).outcome == "filing_refused"


def test_a_lead_of_a_referred_case_is_told_once_though_the_case_is_closed_later(bench: Bench) -> None:
    lead = bench.desk.in_state(State.ACCEPTED)
    case = bench.open(lead=lead)
    bench.walk(case, ORDINARY[:1], AT)
    at = AT + timedelta(days=1)
    with record.act("示例", by=SYSTEM, at=at) as act:
        case.base = {**case.base, "case": {**case.base["case"], "our_power": False}}
        case.save()
        act.entry(on=case, facts={})
    says: dict[str, Any] = {"referral.to": "示例水务部门", "reason": "示例：河道水面"}
    bench.go(case, Went(HEAD, "pass_on_lead", 0, says), at)
    bench.go(case, Went(HEAD, "close_referred", 0, {"referral.receipt": "示例回执"}), at + timedelta(days=1))
    assert case.state == "closed"
    assert Lead.objects.get(pk=lead.pk).outcome == "referred"


@pytest.mark.parametrize(
    ("at", "fine", "party"),
    [
        (AT, 200, CITIZEN),
        (IN_2018, 50, CITIZEN),
        (AT, 500, ORGANISATION),
        (IN_2018, 500, ORGANISATION),
    ],
)
def test_on_the_spot_a_finding_becomes_a_delivered_decision_in_one_act(
    bench: Bench, at: datetime, fine: int, party: dict[str, str]
) -> None:
    case = bench.spot(at, fine, party)
    assert case.state == "delivered"
    assert case.fine == fine
    assert len(case.decision_number) == 10
    assert [d.kind for d in case.documents.filter(kind="on_spot_decision")] == ["on_spot_decision"]
    assert case.decided_on == case.served_on == at.date()


def test_a_summary_case_is_paid_reported_closed_and_archived(bench: Bench) -> None:
    case = bench.spot()
    road = (
        Went(O1, "pay_at_bank", 3, {"item.receipt_no": "示例0002"}),
        Went(O1, "report_for_record"),
        Went(HEAD, "close_summary", 1),
        Went(CLERK, "archive_case", 1, {"archive.index_pages": 3, "archive.actual_pages": 3}),
    )
    bench.walk(case, road, AT)
    assert (case.state, case.closed_on) == ("closed", date(2026, 5, 17))
    assert case.paid == 50


def test_cash_on_the_spot_goes_through_the_agency_to_the_bank(bench: Bench) -> None:
    case = bench.spot(fine=60, paying="small_amount", item__receipt_no="示例0003")
    assert case.state == "cash_collected"
    road = (
        Went(O1, "hand_in_cash", 1, {"payment.handed_in_amount": 60}),
        Went(HEAD, "deposit_cash", 1, {"payment.bank_slip_no": "示例单1"}),
    )
    bench.walk(case, road, AT)
    assert case.state == "paid"


def photo(bench: Bench, **more: object) -> Exhibit:
    data = b"\xff\xd8\xff\xe0\x00\x10JFIF" + str(more).encode()
    return evidence.add(
        kind="audio_visual",
        name="示例照片",
        data=data,
        by=bench.actor(O1),
        at=AT,
        collected_by=[bench.person(O1), bench.person(O2)],
        unit=bench.bureau.east,
        **more,  # type: ignore[arg-type]
    )


def test_an_exhibit_joins_the_evidence_list_with_its_hash_and_is_shown_to_the_authority(bench: Bench) -> None:
    case, at = bench.at_step("interview")
    exhibit = photo(bench)
    state, count = case.state, case.steps_taken
    actions.add_exhibit(case=case, exhibit=exhibit, shows="设施未开启", by=bench.actor(O1), at=at)
    row = queries.file_of(case)["evidence"][-1]
    assert exhibit.file is not None
    assert (row["sha256"], row["note"]) == (exhibit.file.sha256, "设施未开启")
    assert (case.state, case.steps_taken) == (state, count + 1)
    assert Exhibit.objects.visible(bench.actor(LEGAL)).filter(pk=exhibit.pk).exists()


def test_a_party_that_says_nothing_lets_the_defence_lapse_after_the_days_of_the_notice(bench: Bench) -> None:
    case, at = bench.at_step("serve_prior_notice")
    days = queries.file_of(case)["notice"]["defence_days"]
    last = at + timedelta(days=days)
    refused = bench.refused(case, SYSTEM_ITSELF, "let_defence_lapse", last)
    assert refused == {"defence_period_over": "PPL21 §44"}
    bench.go(case, Went(SYSTEM_ITSELF, "let_defence_lapse"), last + timedelta(days=1))
    assert case.state == "defence_done"


def test_a_second_correction_order_gets_its_own_number(bench: Bench) -> None:
    case, at = bench.at_step("interview")
    order = {"correction.requirement": "限期清洗", "correction.due_on": date(2026, 6, 1)}
    bench.go(case, Went(O1, "order_correction", 0, order), at)
    numbers = list(case.documents.filter(kind="correction_order").values_list("number", flat=True))
    first = queries.file_of(case, upto=5)["correction"]["number"]
    assert len(numbers) == 1
    assert numbers[0] == queries.file_of(case)["correction"]["number"] != first


def test_a_plan_that_changed_is_notified_anew_under_a_new_number(bench: Bench) -> None:
    case, at = bench.at_step("waive_defence")
    first = queries.file_of(case)["notice"]["number"]
    changed = {"renotice.ground": "new_facts", "renotice.reason": "示例：又查明一台设施"}
    bench.go(case, Went(O1, "renotify_changed_penalty", 0, changed), at)
    assert case.state == "legal_review_passed"
    bench.go(case, Went(O1, "serve_prior_notice", 0, {"notice.planned_fine": 9000}), at + timedelta(days=1))
    notice = queries.file_of(case)["notice"]
    assert notice["planned_fine"] == 9000
    assert notice["number"] != first


def test_officers_who_come_new_to_a_case_bring_their_certificates_and_stand_on_its_papers(
    bench: Bench,
) -> None:
    case, at = bench.at_step("approve_filing")
    new = [("officer", 2), ("officer", 3)]
    ids = [str(bench.person(w).pk) for w in new]
    step = bench.go(case, Went(HEAD, "assign_officers", 0, {"filing.officer_ids": ids}), at)
    assert [o["id"] for o in step.facts["officers"]] == ids
    bench.go(case, ORDINARY[4], at + timedelta(days=1))
    paper = queries.paper_of(case.documents.get(kind="correction_order"))
    said = paper.text()
    assert bench.person(new[0]).name in said
    assert bench.person(O1).name not in said.replace(bench.person(new[0]).name, "")


def test_a_certificate_renewed_while_the_case_goes_on_counts(bench: Bench) -> None:
    ended = [o | {"certificate_to": "2026-05-13"} for o in bench.roads[2026][0].base["officers"]]
    case, at = bench.at_step("assign_officers", officers=ended)
    later = at + timedelta(days=1)
    step = bench.go(case, Went(O1, "interview"), later)
    assert {o["certificate_to"] for o in step.facts["officers"]} == {"2099-12-31"}
