"""A decision against two parties that falls for one of them: bill, payment, publication, money back, and the road."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from xiuhua.cases import jobs, queries
from xiuhua.cases.models import Case, FineBill, Matter, Remedy
from xiuhua.cases.procedure.guards.reading import fallen
from xiuhua.cases.tests.bench.bench import DEPUTY, HEAD, IN_2018, PUBLICITY, Bench, Went
from xiuhua.cases.tests.bench.remedies import ASKED, TRIED, Remedies
from xiuhua.cases.tests.bench.test_bench_shares import bill, go, payment, served
from xiuhua.kernel import clock
from xiuhua.kernel.models import Job
from xiuhua.registers.tests.bureau import AT

pytestmark = pytest.mark.slow

OWNER, COMPANY = ("P2", "示例店主"), ("P1", "示例餐饮有限公司")


def published(bench: Bench, at: datetime = AT) -> Remedies:
    """Both have the decision, and what each got is published."""
    case, at = served(bench, at)
    for party in ("P1", "P2"):
        bench.go(case, Went(PUBLICITY, "publish_decision", says={"publicity.party": party}), at)
        at += timedelta(minutes=5)
    return Remedies.of(bench, case, at)


def asked(case: Remedies, whose: tuple[str, str], last: str, **more: Any) -> Remedies:
    """One of them asks for reconsideration, and the government says `last`."""
    says: dict[str, Any] = {"reconsideration.party": whose[0], "reconsideration.applicant": whose[1]}
    case.matter = None
    case.go("reconsideration", "apply", **says)
    case.walk("reconsideration", ASKED[1:])
    case.go("reconsideration", last, **more)
    return case


def recalls(case: Remedies) -> list[tuple[str, str]]:
    for job in Job.objects.filter(name="cases.recall_publication", done_at=None):
        with clock.held_at(case.at):
            jobs.recall_publication(job.payload)
    found = Matter.objects.filter(case=case.case, procedure="publication_recall")
    return [(m.party, m.state) for m in found.order_by("pk")]


def bills(case: Case) -> dict[str, str]:
    return dict(FineBill.objects.filter(case=case).order_by("party").values_list("party", "state"))


@pytest.mark.parametrize("at", [AT, IN_2018])
def test_what_one_party_won_frees_that_party_and_leaves_the_other_where_it_was(
    bench: Bench, at: datetime
) -> None:
    case = asked(published(bench, at), OWNER, "revoke")
    assert fallen(case.file) == {"P2"}
    assert "annulment" not in case.file
    assert bills(case.case) == {"P1": "open", "P2": "dropped"}
    assert (payment(case.case, "P1").state, payment(case.case, "P2").state) == ("payable", "dropped")
    assert (case.fresh.state, recalls(case)) == ("served", [("P2", "recall_due")])
    row = Remedy.objects.get(case=case.case)
    assert (row.party_name, row.overturned) == ("示例店主", True)
    said = {"annulment__by": "reconsideration", "annulment__document": "", "annulment__on": case.at.date()}
    refused = bench.invalid(case.fresh, DEPUTY, "annul_decision", case.at, **said)
    assert "annulment.document" in refused
    go(
        bench,
        payment(case.case, "P1"),
        "pay_in_full",
        case.at + timedelta(minutes=1),
        {"item.receipt_no": "示例"},
    )
    assert (case.fresh.state, bills(case.case)["P1"]) == ("performed", "paid")


def test_the_case_is_performed_when_it_falls_for_the_last_who_owed(bench: Bench) -> None:
    case = published(bench)
    go(bench, payment(case.case, "P1"), "pay_in_full", case.at, {"item.receipt_no": "示例"})
    assert case.fresh.state == "served"
    asked(case, OWNER, "revoke")
    assert case.fresh.state == "performed"


def test_money_of_the_party_that_won_goes_back_before_the_case_closes(bench: Bench) -> None:
    case = published(bench)
    for party in ("P1", "P2"):
        go(bench, payment(case.case, party), "pay_in_full", case.at, {"item.receipt_no": f"示例{party}"})
        case.at += timedelta(minutes=1)
    asked(case, OWNER, "revoke")
    assert (case.fresh.state, bills(case.case)) == ("performed", {"P1": "paid", "P2": "dropped"})
    case.at += timedelta(minutes=5)
    assert "money_reconciled" in case.bench.refused(case.fresh, HEAD, "close_performed", case.at)
    case.go("reconsideration", "carry_out_revocation", days=0)
    assert case.file["shares"]["P2"]["refund"]["done_on"] == case.at.date().isoformat()
    assert "refund" not in case.file
    assert recalls(case) == [("P2", "recalled")]
    found = case.fresh
    bench.go(found, Went(HEAD, "close_performed"), case.at)
    assert found.state == "closed"


def test_a_varied_fine_of_one_is_what_that_one_owes(bench: Bench) -> None:
    case = asked(published(bench), COMPANY, "vary", varied_fine=4500)
    assert bills(case.case) == {"P1": "open", "P2": "open"}
    case.go("reconsideration", "carry_out_variation", days=0)
    assert case.file["reconsiderations"][0]["original_fine"] == 9000
    assert case.file["decision"]["fine"] == case.fresh.fine == 4550
    go(bench, payment(case.case, "P1"), "pay_in_full", case.at, {"item.receipt_no": "示例"})
    assert [item["amount"] for item in case.file["payment"]["items"]] == [4500]
    assert bill(case.case, "P1").state == "paid"


def test_a_decision_that_fell_for_both_falls_for_the_case(bench: Bench) -> None:
    case = asked(published(bench), OWNER, "revoke")
    case.at += timedelta(minutes=5)
    asked(case, COMPANY, "revoke")
    assert case.file["annulment"]["document"]
    assert set(bills(case.case).values()) == {"dropped"}
    assert recalls(case) == [("P1", "recall_due"), ("P2", "recall_due")]
    found = case.fresh
    case.at += timedelta(minutes=5)
    bench.go(found, Went(DEPUTY, "annul_decision"), case.at)
    assert found.state == "annulled"


def test_a_court_frees_the_one_that_sued_once_its_judgment_is_final(bench: Bench) -> None:
    case = published(bench)
    says: dict[str, Any] = {"litigation.party": "P2", "litigation.plaintiff": "示例店主"}
    case.go("litigation", "file_suit", **says)
    case.walk("litigation", (*TRIED[1:], "revoke_by_court"))
    assert fallen(case.file) == frozenset()
    case.go("litigation", "make_final_revoked")
    assert fallen(case.file) == {"P2"}
    assert payment(case.case, "P2").state == "dropped"
    assert Remedy.objects.get(case=case.case).party_name == "示例店主"
    case.go("litigation", "carry_out_judgment")
    case.go("litigation", "open_retrial")
    case.go("litigation", "decide_retrial", outcome="claims_dismissed")
    assert fallen(case.file) == frozenset()
    assert queries.file_of(case.fresh)["litigations"][-1]["party"] == "P2"
