"""What is published of two parties: each by itself, with its own sum and none of the other, and withdrawn by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from xiuhua.cases import actions, queries
from xiuhua.cases.checker.snapshot import read
from xiuhua.cases.models import Case, Document
from xiuhua.cases.procedure.guards import apart
from xiuhua.cases.queries.checking import case_file, check_case
from xiuhua.cases.tests.bench.bench import DEPUTY, HEAD, PUBLICITY, Bench, Went, grounds, nothing_written
from xiuhua.cases.tests.bench.test_bench_shares import by, served
from xiuhua.kernel.authz import Refused

pytestmark = pytest.mark.slow


def shown(bench: Bench, case: Case, at: datetime, *parties: str) -> None:
    for party in parties:
        bench.go(case, Went(PUBLICITY, "publish_decision", says={"publicity.party": party}), at)


def test_each_party_is_published_by_itself_with_its_own_sum_and_without_the_other(bench: Bench) -> None:
    case, at = served(bench)
    shown(bench, case, at, "P1", "P2")
    own = {party: queries.file_of(case)["shares"][party]["publicity"] for party in ("P1", "P2")}
    assert {party: block["amount_wan"] for party, block in own.items()} == {"P1": 0.9, "P2": 0.005}
    assert own["P2"]["masked_id"] is True
    of_firm, of_owner = (
        d.text for d in Document.objects.filter(case=case, kind="publicity_record").order_by("pk")
    )
    assert "示例店主" not in of_firm
    assert "示例餐饮有限公司" not in of_owner
    assert "110101199001010015" not in of_owner
    assert "0.005" in of_owner
    again = Document.objects.filter(case=case, kind="publicity_record").latest("pk")
    assert queries.paper_of(again).text() == again.text


def test_the_clock_runs_until_the_last_party_is_published_and_nobody_is_published_twice(bench: Bench) -> None:
    case, at = served(bench)
    waits = {c.clock_id for c in queries.running_clocks(case, queries.file_of(case), at.date())}
    shown(bench, case, at, "P1")
    still = {c.clock_id for c in queries.running_clocks(case, queries.file_of(case), at.date())}
    assert "publicity_penalty" in waits & still
    assert set(bench.invalid(case, PUBLICITY, "publish_decision", at, publicity__party="P1")) == {
        "publicity.party"
    }
    shown(bench, case, at, "P2")
    over = {c.clock_id for c in queries.running_clocks(case, queries.file_of(case), at.date())}
    assert "publicity_penalty" not in over


def test_nobody_is_published_whom_the_decision_does_not_punish_and_never_all_at_once(bench: Bench) -> None:
    case, at = served(bench)
    assert set(bench.invalid(case, PUBLICITY, "publish_decision", at, publicity__party="P3")) == {
        "publicity.party"
    }
    asked = queries.road_of(case, at.date()).forms["publish_decision"]
    assert next(f for f in asked if f.path == "publicity.party").required


def test_the_export_says_what_was_published_of_each_and_the_check_is_quiet_about_it(bench: Bench) -> None:
    case, at = served(bench)
    shown(bench, case, at, "P1", "P2")
    exported = case_file(case)
    assert (read(exported).faults, read(exported).ignored) == ({}, ())
    assert [row["amount_wan"] for row in exported["publications"]] == [0.9, 0.005]
    assert not {f.rule.id for f in check_case(case).findings} & {"PU01", "PU02", "PU03", "PU04", "PU07"}


def test_a_decision_that_falls_is_withdrawn_for_each_party_and_the_case_closes_after_the_last(
    bench: Bench,
) -> None:
    case, at = served(bench)
    shown(bench, case, at, "P1", "P2")
    fell = {"annulment.by": "self", "annulment.document": "示例撤销决定", "annulment.on": at.date()}
    bench.go(case, Went(DEPUTY, "annul_decision", says=fell), at)
    actions.recall_publication(case=case, at=at)
    recalls = {m.party: m for m in case.matters.filter(procedure="publication_recall")}
    assert set(recalls) == {"P1", "P2"}
    with nothing_written():
        assert actions.recall_publication(case=case, at=at) is None
    withdrawn: dict[str, Any] = {"publicity.withdrawal_reason": "决定已撤销", "recall.places": "门户网站"}
    for party, refused in (("P1", {"publicity_withdrawn"}), ("P2", set())):
        actions.take_in(
            matter=recalls[party], move="withdraw_publication", values=withdrawn, at=at,
            by=by(bench, case, PUBLICITY, at),
        )  # fmt: skip
        assert (
            apart.of_one(queries.file_of(case), party)["publicity"]["withdrawn_on"] == at.date().isoformat()
        )
        if refused:
            with pytest.raises(Refused) as caught:
                bench.go(case, Went(HEAD, "close_annulled"), at)
            assert set(grounds(caught.value.refusals)) == refused
    bench.go(case, Went(HEAD, "close_annulled"), at)
    assert case.state == "closed"
