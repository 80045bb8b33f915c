"""What a party beside the first says, asks and gives up: its own records and days, and no more than it was told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from xiuhua.cases import queries
from xiuhua.cases.checker.apart import views
from xiuhua.cases.checker.snapshot import read
from xiuhua.cases.models import Case, Document
from xiuhua.cases.queries.checking import case_file
from xiuhua.cases.tests.bench.bench import DEPUTY, LEGAL, O1, REVIEWER, Bench, Went
from xiuhua.cases.tests.bench.test_bench_several import ON_COMPANY, ON_OWNER, joined, shares, told
from xiuhua.registers.tests.bureau import AT

pytestmark = pytest.mark.slow

# The owner, a citizen, has the right to a hearing from 5,000 yuan on; the company from 50,000.
LARGE = {"P1.V1": 8000.0, "P1.V2": 0.0, "P2.V1": 20000.0, "P2.V2": 0.0}
SPEAKS = {"heard.party": "P2", "heard.content": "垃圾为公司焚烧", "heard.speaker_name": "示例店主"}
GIVES_UP = {"hearing.waived_in_writing": True, "defence.waived_in_writing": True}


def offered(bench: Bench, at: datetime = AT) -> tuple[Case, datetime]:
    case, at = joined(bench, at)
    road = (
        Went(O1, "close_investigation", 1, shares(LARGE, reasons=True)),
        Went(REVIEWER, "adjudicate", 1),
        Went(LEGAL, "pass_legal_review", 1),
        Went(O1, "serve_prior_notice", 1, ON_COMPANY),
        Went(O1, "serve_notice_on_party", 1, ON_OWNER),
        Went(O1, "offer_hearing", 0, ON_COMPANY),
        Went(O1, "serve_hearing_right_on_party", 0, ON_OWNER),
    )
    return case, bench.walk(case, road, at)


def text_of(case: Case, kind: str) -> str:
    return Document.objects.filter(case=case, kind=kind).latest("pk").text


def test_what_a_further_party_says_and_the_answer_are_records_of_its_own(bench: Bench) -> None:
    case, at = told(bench, AT)
    bench.go(case, Went(O1, "hear_other_party", says=SPEAKS), at)
    record = text_of(case, "defence_record")
    assert "示例店主" in record
    assert "垃圾为公司焚烧" in record
    assert "示例餐饮有限公司" not in record
    assert "捌仟" not in record
    bench.go(case, Went(O1, "waive_defence", says={"defence.waived_in_writing": True}), at)
    answer = {
        "heard.party": "P2",
        "heard.adopted": False,
        "heard.reason": "有视频为证",
        "heard.proposed_fine": 50,
    }
    bench.go(case, Went(O1, "recheck_other_party", says=answer), at)
    opinion = text_of(case, "recheck_opinion")
    assert "示例店主" in opinion
    assert "有视频为证" in opinion
    assert "示例餐饮有限公司" not in opinion
    drawn = queries.paper_of(Document.objects.filter(case=case, kind="recheck_opinion").latest("pk"))
    assert drawn.text() == opinion


def test_who_waives_leaves_no_record_of_words(bench: Bench) -> None:
    case, at = told(bench, AT)
    waives = {"heard.party": "P2", "heard.waived_in_writing": True}
    bench.go(case, Went(O1, "hear_other_party", says=waives), at)
    assert not Document.objects.filter(case=case, kind="defence_record").exists()


def test_a_recheck_proposes_no_more_than_that_party_was_told(bench: Bench) -> None:
    case, at = told(bench, AT)
    bench.go(case, Went(O1, "hear_other_party", says=SPEAKS), at)
    bench.go(case, Went(O1, "waive_defence", says={"defence.waived_in_writing": True}), at)
    more: dict[str, Any] = {"heard__party": "P2", "heard__adopted": False, "heard__reason": "不采纳"}
    for fine in (50.01, 9000):
        found = bench.refused(case, O1, "recheck_other_party", at, **more, heard__proposed_fine=fine)
        assert found == {"other_not_heavier": "PPL21 §45"}


def test_a_hearing_that_the_first_gave_up_is_still_the_right_of_the_other(bench: Bench) -> None:
    case, at = offered(bench)
    at = bench.walk(case, (Went(O1, "waive_hearing", 0, GIVES_UP),), at)
    bench.go(
        case,
        Went(O1, "hear_other_party_late", says={"heard.party": "P2", "heard.waived_in_writing": True}),
        at,
    )
    said: dict[str, Any] = {k.replace(".", "__"): v for k, v in shares(LARGE).items()}
    assert bench.refused(case, DEPUTY, "decide_penalty", at, **said)["hearing_settled"] == "PPL21 §63"
    bench.go(case, Went(O1, "request_other_hearing_late", says={"request.party": "P2"}), at)
    assert case.state == "hearing_pending"
    assert queries.file_of(case)["hearing_requests"][0]["party"] == "P2"


def test_a_waiver_of_its_own_or_its_own_days_settle_the_right_of_the_other(bench: Bench) -> None:
    case, at = offered(bench)
    waives = {"request.party": "P2", "request.waived_in_writing": True}
    bench.go(case, Went(O1, "waive_other_hearing", says=waives), at)
    at = bench.walk(case, (Went(O1, "waive_hearing", 0, GIVES_UP),), at)
    again: dict[str, Any] = {"request__party": "P2"}
    assert bench.refused(case, O1, "request_other_hearing_late", at, **again) == {
        "other_hearing_in_time": "PPL21 §64"
    }
    bench.go(
        case,
        Went(O1, "hear_other_party_late", says={"heard.party": "P2", "heard.waived_in_writing": True}),
        at,
    )
    found = bench.refused(case, DEPUTY, "decide_penalty", at, share__P1__V1__fine=9000)
    assert "hearing_settled" not in found


def test_who_has_no_right_to_a_hearing_or_is_late_does_not_get_one(bench: Bench) -> None:
    case, at = offered(bench)
    late = at + timedelta(days=20)
    assert bench.refused(case, O1, "request_other_hearing", late, request__party="P2") == {
        "other_hearing_in_time": "PPL21 §64"
    }
    assert set(bench.invalid(case, O1, "request_other_hearing", at, request__party="P1")) == {"request.party"}


def test_a_request_of_a_further_party_goes_out_with_the_file_and_is_checked_for_that_party(
    bench: Bench,
) -> None:
    case, at = offered(bench)
    says = {"request.party": "P2", "request.content": "请求听证"}
    bench.go(case, Went(O1, "request_other_hearing", says=says), at)
    out = case_file(case)
    assert out["hearing_requests"] == [{"party": "P2", "requested_on": at.date().isoformat()}]
    plain = read(out)
    assert (plain.faults, plain.ignored) == ({}, ())
    seen = {view.of: view.file["hearing"] for view in views(out) if view.of_an_act is False}
    assert seen["示例店主"]["requested_on"] == at.date().isoformat()
