"""The service of one document beside the main road: every way, what each must prove, and how the case takes it over."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from xiuhua.cases import actions, jobs, queries
from xiuhua.cases.models import Case, Document, Matter
from xiuhua.cases.queries import checking
from xiuhua.cases.tests.bench import test_bench_hearing as walks
from xiuhua.cases.tests.bench.bench import (
    DEPUTY,
    HEAD,
    O1,
    SERVED,
    Bench,
    Went,
    Who,
    grounds,
    nothing_written,
)
from xiuhua.kernel import clock
from xiuhua.kernel.authz import Actor, Invalid, Refused
from xiuhua.kernel.models import Job

pytestmark = pytest.mark.slow

YEARS = pytest.mark.parametrize("year", [2026, 2018])
BY_HAND = {
    "service.place": "示例路1号",
    "service.receiver_name": "示例收件员",
    "service.receiver_relation": "mail_receiver",
    "service.receipt": True,
}
LEFT = {
    "service.place": "示例路1号",
    "delivery.at_residence": True,
    "service.receipt": True,
    "service.witness_signed": False,
    "service.video_ref": "示例录像3",
}
POSTED = {
    "delivery.hard_reason": "当事人在外省",
    "delivery.post_no": "示例EMS001",
    "delivery.slip_kept": True,
}
ANNOUNCED = {"delivery.announced_at": "门户网站", "delivery.reason": "迁址不明，邮件退回"}


def by(bench: Bench, who: Who, case: Case, at: datetime) -> Actor:
    squad = who[0] in {"officer", "squad_head", "squad_legal_clerk"}
    return bench.actor(who, case.handling_unit if squad else None, at)


def begun(
    bench: Bench, case: Case, at: datetime, document: str = "penalty_decision", /, **says: Any
) -> Matter:
    values = {"delivery.document": document, "delivery.sealed": True, **says}
    return actions.begin(
        case=case, procedure="service", move="choose_method", values=values, by=by(bench, O1, case, at), at=at
    )


def decided(bench: Bench, year: int = 2026, document: str = "penalty_decision") -> tuple[Matter, datetime]:
    """A decision whose service is taken up by the officers of the case."""
    case, at = bench.at_step("decide_penalty", year)
    return begun(bench, case, at, document), at


def go(bench: Bench, matter: Matter, move: str, at: datetime, who: Who = O1, /, **says: Any) -> None:
    actions.take_in(matter=matter, move=move, values=says, by=by(bench, who, matter.case, at), at=at)


def refused(
    bench: Bench, matter: Matter, move: str, at: datetime, who: Who = O1, /, **says: Any
) -> dict[str, str]:
    with nothing_written(), pytest.raises(Refused) as caught:
        go(bench, matter, move, at, who, **says)
    return grounds(caught.value.refusals)


def row(matter: Matter) -> dict[str, Any]:
    found: dict[str, Any] = queries.file_of(matter.case)["services"][-1]
    return found


def taken_over(bench: Bench, matter: Matter, at: datetime) -> Case:
    """The case after the main road took the service over without a word typed."""
    case = Case.objects.get(pk=matter.case_id)
    actions.take(case=case, move="serve_decision", values={}, by=by(bench, O1, case, at), at=at)
    return case


@YEARS
def test_a_decision_handed_over_is_enough_for_the_main_road(bench: Bench, year: int) -> None:
    matter, at = decided(bench, year)
    go(bench, matter, "hand_over", at, **BY_HAND)
    assert (matter.state, matter.ended, matter.clock) == ("effective", True, "")
    assert row(matter)["receiver_name"] == "示例收件员"
    assert row(matter)["document_number"] == matter.case.decision_number
    later = at + timedelta(days=2)
    case = taken_over(bench, matter, later)
    assert (case.state, case.served_on) == ("served", at.date())
    stated = case.steps.get(move="serve_decision").facts["services"][-1]
    assert stated["receiver_name"] == "示例收件员"
    assert stated["on"] == at.date().isoformat()
    assert stated["delivery"] == row(matter)["delivery"]


def test_the_receipt_of_a_service_is_issued_once(bench: Bench) -> None:
    matter, at = decided(bench)
    go(bench, matter, "hand_over", at, **BY_HAND)
    case = taken_over(bench, matter, at)
    receipts = Document.objects.filter(case=case, kind="service_receipt")
    assert [(r.step and r.step.move) for r in receipts] == ["hand_over"]
    assert "示例收件员" in receipts[0].text


def test_a_service_that_was_taken_over_does_not_stand_in_a_later_form(bench: Bench) -> None:
    matter, at = decided(bench)
    go(bench, matter, "hand_over", at, **BY_HAND)
    case = taken_over(bench, matter, at)
    place = queries.road_of(case, at.date())
    known = queries.known_values(place, "serve_decision", by(bench, O1, case, at), at)
    assert known["service.receiver_name"] == case.party_name
    assert "service.delivery" not in known


@YEARS
def test_the_days_for_service_run_from_the_decision(bench: Bench, year: int) -> None:
    matter, _ = decided(bench, year)
    case = matter.case
    assert case.decided_on is not None
    unit = "working_day" if year == 2026 else "calendar_day"
    last = queries.setting(case.decided_on).calendar.due(case.decided_on, 7, unit).day
    assert (matter.clock, matter.due_on) == ("hand_over", last)


def test_the_clock_of_a_decision_does_not_run_for_another_paper(bench: Bench) -> None:
    matter, _ = decided(bench, document="deferral_approval")
    assert (matter.clock, matter.due_on) == ("", None)


@pytest.mark.parametrize(
    ("says", "code", "article"),
    [
        (
            {"service.receiver_relation": "designated", "service.receipt": False},
            "receipt_complete",
            "CivPL23 §87",
        ),
        ({"service.on": date(2026, 1, 1)}, None, None),
    ],
)
def test_a_receipt_that_is_not_signed_serves_nothing(
    bench: Bench, says: dict[str, Any], code: str | None, article: str | None
) -> None:
    matter, at = decided(bench)
    if code is None:
        with nothing_written(), pytest.raises(Invalid):
            go(bench, matter, "hand_over", at, **BY_HAND | says)
    else:
        assert refused(bench, matter, "hand_over", at, **BY_HAND | says) == {code: article}


def test_a_paper_without_seal_is_not_taken_up(bench: Bench) -> None:
    case, at = bench.at_step("decide_penalty")
    with nothing_written(), pytest.raises(Refused) as caught:
        begun(bench, case, at, **{"delivery.sealed": False})
    assert grounds(caught.value.refusals) == {"document_sealed_and_dated": "PPL21 §59"}


def test_a_decision_that_was_not_made_is_not_taken_up(bench: Bench) -> None:
    case, at = bench.at_step("waive_defence")
    with nothing_written(), pytest.raises(Refused) as caught:
        begun(bench, case, at)
    assert "document_sealed_and_dated" in grounds(caught.value.refusals)
    with nothing_written(), pytest.raises(Refused) as caught:
        begun(bench, case, at, "no_penalty_decision")
    assert "document_sealed_and_dated" in grounds(caught.value.refusals)


@YEARS
def test_a_paper_is_left_only_after_a_refusal_at_the_residence_with_proof(bench: Bench, year: int) -> None:
    matter, at = decided(bench, year)
    assert "wrong_state" in refused(bench, matter, "leave_at_place", at, **LEFT, **{"service.on": at.date()})
    go(bench, matter, "refuse_receipt", at, **{"delivery.refusal_reason": "不认可处罚"})
    assert matter.state == "refused"
    article = "CivPL23 §89" if year == 2026 else "CivPL17 §86"
    bare = LEFT | {"service.video_ref": ""}
    assert refused(bench, matter, "leave_at_place", at, **bare)["witness_or_video"] == article
    elsewhere = LEFT | {"delivery.at_residence": False}
    assert refused(bench, matter, "leave_at_place", at, **elsewhere) == {"left_at_residence": article}
    go(bench, matter, "leave_at_place", at, **LEFT)
    assert (row(matter)["method"], row(matter)["refusal_reason"]) == ("left", "不认可处罚")
    assert taken_over(bench, matter, at + timedelta(days=1)).state == "served"


def test_electronic_service_needs_a_consent_before_it_and_counts_from_the_arrival(bench: Bench) -> None:
    matter, at = decided(bench)
    sent = {"service.channel": "示例@示例.cn", "service.arrived_at": at.strftime("%Y-%m-%dT%H:%M")}
    with nothing_written(), pytest.raises(Invalid):
        go(bench, matter, "send_electronically", at, **sent)
    sent["service.confirmation_signed_on"] = (at - timedelta(days=3)).date().isoformat()
    early = sent | {"service.arrived_at": (at - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")}
    assert refused(bench, matter, "send_electronically", at, **early) == {
        "arrival_recorded": "CivPL23 §90",
        "receipt_complete": "CivPL23 §87",
    }
    go(bench, matter, "send_electronically", at, **sent)
    assert row(matter)["effective_on"] == at.date().isoformat()
    assert taken_over(bench, matter, at + timedelta(days=1)).state == "served"


def test_in_2018_a_decision_is_not_served_electronically(bench: Bench) -> None:
    matter, at = decided(bench, 2018)
    sent = {
        "service.channel": "示例",
        "service.confirmation_signed_on": at.date().isoformat(),
        "service.arrived_at": at.strftime("%Y-%m-%dT%H:%M"),
    }
    found = refused(bench, matter, "send_electronically", at, **sent)
    assert found["served_by_lawful_method"] == "PPL17 §40"


@YEARS
@pytest.mark.parametrize("move", ["send_by_post", "entrust_service"])
def test_a_letter_counts_from_the_day_on_its_receipt(bench: Bench, move: str, year: int) -> None:
    matter, at = decided(bench, year)
    says = POSTED if move == "send_by_post" else {
        "delivery.hard_reason": "当事人在外省", "delivery.entrusted_to": "示例市城管局"
    }  # fmt: skip
    go(bench, matter, move, at, **says)
    assert matter.state == "posted"
    later, receipt = at + timedelta(days=4), (at + timedelta(days=3)).date()
    undated = {"service.post_receipt_on": (at - timedelta(days=1)).date()}
    article = "CivPL23 §91" if year == 2026 else "CivPL17 §88"
    assert refused(bench, matter, "confirm_post", later, **undated)["post_receipt_dated"] == article
    go(bench, matter, "confirm_post", later, **{"service.post_receipt_on": receipt})
    assert row(matter)["method"] == ("post" if move == "send_by_post" else "entrusted")
    assert row(matter)["effective_on"] == receipt.isoformat()
    case = taken_over(bench, matter, later)
    assert (case.state, case.served_on) == ("served", receipt)


def test_a_letter_is_sent_with_its_reason_and_its_slip(bench: Bench) -> None:
    matter, at = decided(bench)
    says = POSTED | {"delivery.slip_kept": False}
    assert refused(bench, matter, "send_by_post", at, **says) == {"postal_slip_kept": "CivPL23 §91"}
    with nothing_written(), pytest.raises(Invalid):
        go(bench, matter, "send_by_post", at, **POSTED | {"delivery.hard_reason": ""})


def undeliverable(bench: Bench, year: int) -> tuple[Matter, datetime]:
    matter, at = decided(bench, year)
    go(bench, matter, "send_by_post", at, **POSTED)
    at += timedelta(days=6)
    back = {"delivery.attempts": "直接送达两次无人，邮件因迁址退回"}
    found = refused(bench, matter, "fail_post", at, **back, **{"delivery.returned_mail_kept": False})
    assert set(found) == {"returned_mail_kept"}
    go(bench, matter, "fail_post", at, **back, **{"delivery.returned_mail_kept": True})
    return matter, at


@pytest.mark.parametrize(("year", "days"), [(2026, 30), (2018, 60)])
def test_time_ends_an_announcement_after_the_days_of_its_own_law(bench: Bench, year: int, days: int) -> None:
    Job.objects.update(done_at=clock.now())
    matter, at = undeliverable(bench, year)
    go(bench, matter, "announce", at, **ANNOUNCED)
    last = at.date() + timedelta(days=days)
    assert (matter.state, matter.clock, matter.due_on) == ("announced", "complete_announcement", last)
    job = Job.objects.filter(name="cases.lapse_matter", done_at=None).get()
    assert clock.day_of(job.run_at) == last + timedelta(days=1)
    with clock.held_at(job.run_at - timedelta(hours=2)):
        jobs.lapse_matter(job.payload)
    matter.refresh_from_db()
    assert matter.state == "announced"
    with clock.held_at(job.run_at + timedelta(hours=1)):
        jobs.lapse_matter(job.payload)
    matter.refresh_from_db()
    assert matter.state == "effective"
    assert row(matter)["effective_on"] == last.isoformat()
    case = taken_over(bench, matter, job.run_at + timedelta(days=1))
    assert (case.state, case.served_on) == ("served", last)


def test_an_announcement_says_what_is_served_why_and_until_when(bench: Bench) -> None:
    matter, at = undeliverable(bench, 2026)
    go(bench, matter, "announce", at, **ANNOUNCED)
    paper = Document.objects.get(case=matter.case, kind="announcement")
    for said in ("行政处罚决定书", matter.case.decision_number, "迁址不明，邮件退回", "门户网站"):
        assert said in paper.text
    assert queries.paper_of(paper).text() == paper.text


def test_nothing_is_announced_before_other_ways_were_tried(bench: Bench) -> None:
    matter, at = decided(bench)
    assert "wrong_state" in refused(bench, matter, "announce", at, **ANNOUNCED)
    with nothing_written(), pytest.raises(Invalid):
        go(bench, matter, "give_up_direct", at)
    go(bench, matter, "give_up_direct", at, **{"delivery.attempts": "三次上门无人，电话停机"})
    go(bench, matter, "announce", at, **ANNOUNCED | {"delivery.reason": ""})
    assert queries.file_of(matter.case)["deliveries"][-1]["reason"] == "三次上门无人，电话停机"


def test_only_officers_of_the_case_serve(bench: Bench) -> None:
    matter, at = decided(bench)
    assert "wrong_role" in refused(bench, matter, "hand_over", at, HEAD, **BY_HAND)
    stranger = bench.actor(O1, bench.bureau.west, at)
    with nothing_written(), pytest.raises(Refused):
        actions.take_in(matter=matter, move="hand_over", values=BY_HAND, by=stranger, at=at)
    assert "wrong_role" in refused(bench, matter, "hand_over", at, DEPUTY, **BY_HAND)


def test_a_prior_notice_served_beforehand_stands_in_its_form_with_its_own_day(bench: Bench) -> None:
    case, at = bench.at_step("pass_legal_review")
    day = at.date().isoformat()
    matter = begun(bench, case, at, "prior_notice", **{"delivery.issued_on": day})
    go(bench, matter, "send_by_post", at, **POSTED)
    at += timedelta(days=3)
    go(bench, matter, "confirm_post", at, **{"service.post_receipt_on": at.date()})
    at += timedelta(days=1)
    case.refresh_from_db()
    actions.take(case=case, move="serve_prior_notice", values={}, by=by(bench, O1, case, at), at=at)
    notice = queries.file_of(case)["notice"]
    assert notice["issued_on"] == day
    assert notice["served_on"] == (at - timedelta(days=1)).date().isoformat()


def test_two_papers_are_served_side_by_side_and_each_has_its_row(bench: Bench) -> None:
    matter, at = decided(bench)
    other = begun(bench, matter.case, at + timedelta(minutes=2), "deferral_approval")
    go(bench, other, "hand_over", at + timedelta(minutes=3), **BY_HAND)
    file = queries.file_of(matter.case)
    assert [d["state"] for d in file["deliveries"]] == ["method_chosen", "effective"]
    assert row(other)["document"] == "deferral_approval"
    go(bench, matter, "hand_over", at + timedelta(minutes=4), **BY_HAND)
    assert [r["document"] for r in queries.file_of(matter.case)["services"]][-2:] == [
        "deferral_approval",
        "penalty_decision",
    ]


def test_the_short_form_of_the_main_road_still_serves_by_itself(bench: Bench) -> None:
    case, at = bench.at_step("decide_penalty")
    bench.go(case, Went(O1, "serve_decision", 0, SERVED), at)
    assert case.state == "served"
    assert Document.objects.filter(case=case, kind="service_receipt").exists()


@YEARS
@pytest.mark.parametrize("way", ["by hand", "left", "by post", "announced"])
def test_the_file_check_finds_nothing_against_a_service_that_took_effect(
    bench: Bench, way: str, year: int
) -> None:
    matter, at = decided(bench, year) if way != "announced" else undeliverable(bench, year)
    match way:
        case "by hand":
            go(bench, matter, "hand_over", at, **BY_HAND)
        case "left":
            go(bench, matter, "refuse_receipt", at, **{"delivery.refusal_reason": "不认可处罚"})
            go(bench, matter, "leave_at_place", at, **LEFT | {"service.witness_signed": True})
        case "by post":
            go(bench, matter, "send_by_post", at, **POSTED)
            at += timedelta(days=3)
            go(bench, matter, "confirm_post", at, **{"service.post_receipt_on": at.date()})
        case "announced":
            go(bench, matter, "announce", at, **ANNOUNCED)
            at += timedelta(days=61)
            assert actions.lapse_in(matter=matter, at=at) is not None
    case = taken_over(bench, matter, at + timedelta(hours=1))
    # The road of the bench serves its order of correction without a receipt (SE05): that is not ours.
    found = {f.rule.id for f in checking.check_case(case, without_the_order(case)).findings}
    assert not {rule for rule in found if rule.startswith("SE")}


def without_the_order(case: Case) -> dict[str, Any]:
    file = queries.file_of(case)
    return {**file, "services": [r for r in file["services"] if r["document"] == "penalty_decision"]}


def test_a_notice_of_the_right_to_a_hearing_counts_from_the_day_it_was_signed_for(bench: Bench) -> None:
    case, at = bench.at_step("serve_prior_notice", cause={"hearing_always": True})
    matter = begun(bench, case, at, "hearing_right_notice", **{"delivery.issued_on": at.date()})
    go(bench, matter, "send_by_post", at, **POSTED)
    at += timedelta(days=3)
    go(bench, matter, "confirm_post", at, **{"service.post_receipt_on": at.date()})
    at += timedelta(days=1)
    case.refresh_from_db()
    actions.take(case=case, move="offer_hearing", values={}, by=by(bench, O1, case, at), at=at)
    assert queries.file_of(case)["hearing"]["told_on"] == (at - timedelta(days=1)).date().isoformat()


def test_a_host_takes_over_the_service_of_the_notice_without_a_second_receipt(bench: Bench) -> None:
    case, hearing, at = walks.appointed(bench)
    matter = begun(bench, case, at, "hearing_notice")
    go(bench, matter, "hand_over", at, **BY_HAND)
    receipts = Document.objects.filter(case=case, kind="service_receipt").count()
    says = {
        "hearing.planned_at": (at + timedelta(days=14)).strftime("%Y-%m-%dT09:30"),
        "hearing.planned_place": "示例会议室",
    }
    walks.go(bench, hearing, walks.HOST, "serve_hearing_notice", at, **says)
    assert hearing.state == "scheduled"
    assert row(matter)["receiver_name"] == "示例收件员"
    assert Document.objects.filter(case=case, kind="service_receipt").count() == receipts


def test_photographs_of_the_case_are_not_noted_again_with_a_service(bench: Bench) -> None:
    photo = {"name": "现场照片", "sha256": "0" * 64, "kind": "audio_visual", "relied_on": True}
    case, at = bench.at_step("decide_penalty", evidence=[photo])
    matter = begun(bench, case, at)
    go(bench, matter, "refuse_receipt", at, **{"delivery.refusal_reason": "不认可处罚"})
    go(bench, matter, "leave_at_place", at, **LEFT)
    assert not Document.objects.filter(case=case, step__matter=matter, kind="photo_note").exists()
