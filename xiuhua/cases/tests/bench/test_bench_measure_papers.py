"""The documents of registered and seized things: each issued once, by the move that makes it, and drawn again alike."""

from __future__ import annotations

from datetime import timedelta

import pytest

from xiuhua.cases import queries
from xiuhua.cases.models import Document, Matter
from xiuhua.cases.tests.bench.bench import DEPUTY, O1, Bench
from xiuhua.cases.tests.bench.measuring import CUSTODIAN, DISPOSED, RETURNED, begin, go, in_force, power
from xiuhua.cases.tests.bench.test_bench_matters import registered
from xiuhua.kernel import clock

pytestmark = pytest.mark.slow

DAY = timedelta(days=1)


def issued(matter: Matter) -> list[tuple[str, str]]:
    """Which move issued which kinds, in order."""
    papers = Document.objects.filter(step__matter=matter).order_by("pk").values_list("step__move", "kind")
    return list(papers)


def drawn_alike(matter: Matter) -> bool:
    papers = Document.objects.filter(step__matter=matter)
    return all(queries.paper_of(paper).text() == paper.text for paper in papers)


def test_the_papers_of_a_registration(bench: Bench) -> None:
    matter, at = registered(bench)
    says = {"registration.outcome": "returned", "registration.outcome_reason": "已拍照固定"}
    go(bench, matter, DEPUTY, "decide_registration", at + DAY, says=says)
    go(bench, matter, CUSTODIAN, "return_items", at + DAY, says={"registration.receipt_signed": True})
    assert issued(matter) == [
        ("approve_registration", "measure_approval_form"),
        ("register_items", "registration_notice"),
        ("register_items", "registration_list"),
        ("decide_registration", "registration_outcome_decision"),
    ]
    assert drawn_alike(matter)


@pytest.mark.parametrize("year", [2026, 2018])
def test_the_papers_of_a_measure_that_ends_in_an_announcement(bench: Bench, year: int) -> None:
    matter, at = in_force(bench, year)
    called = {"measure.perishable": "鲜鱼，5箱，冰鲜", "measure.perishable_reason": "冰已化"}
    go(bench, matter, O1, "call_for_perishables", at, says=called)
    sold = {"measure.disposal_registered": True} | DISPOSED
    go(bench, matter, CUSTODIAN, "dispose_perishables", at + 3 * DAY, says=sold)
    go(bench, matter, DEPUTY, "extend_measure", at + 4 * DAY, says={"measure.complex_reason": "涉及三家单位"})
    released = {"measure.release_ground": "unrelated"}
    go(bench, matter, DEPUTY, "decide_release_extended", at + 5 * DAY, says=released)
    claim = {"measure.collect_told_on": (at + 5 * DAY).date(), "measure.claim_announced_at": "局网站"}
    go(bench, matter, O1, "announce_unclaimed", at + 9 * DAY, says=claim)
    rest = DISPOSED | {"measure.remitted_on": (at + 80 * DAY).date()}
    go(bench, matter, DEPUTY, "dispose_unclaimed", at + 80 * DAY, says=rest)
    assert issued(matter) == [
        ("approve_measure", "measure_approval_form"),
        ("implement_measure", "scene_record"),
        ("implement_measure", "measure_decision"),
        ("implement_measure", "measure_list"),
        ("call_for_perishables", "announcement"),
        ("dispose_perishables", "disposal_record"),
        ("extend_measure", "measure_extension_notice"),
        ("decide_release_extended", "measure_release_decision"),
        ("announce_unclaimed", "announcement"),
        ("dispose_unclaimed", "disposal_record"),
    ]
    assert drawn_alike(matter)
    numbers = Document.objects.filter(step__matter=matter).exclude(number="").values_list("number", flat=True)
    assert len(set(numbers)) == len(numbers) == 5


def test_an_urgent_measure_leaves_its_approval_form_when_the_head_approves(bench: Bench) -> None:
    case, at = power(bench)
    matter = begin(bench, case, at, "implement_urgently")
    assert [kind for _, kind in issued(matter)] == ["scene_record", "measure_decision", "measure_list"]
    from_now = {"measure.reported_at": at.astimezone(clock.SHANGHAI) + timedelta(minutes=5)}
    go(bench, matter, DEPUTY, "regularise_measure", at + timedelta(hours=1), says=from_now)
    assert issued(matter)[-1] == ("regularise_measure", "measure_approval_form")
    assert drawn_alike(matter)


def test_the_return_only_hands_on_the_decision_of_release(bench: Bench) -> None:
    matter, at = in_force(bench)
    go(bench, matter, DEPUTY, "decide_release", at, says={"measure.release_ground": "unrelated"})
    before = issued(matter)
    go(bench, matter, CUSTODIAN, "return_goods", at, says=RETURNED)
    assert issued(matter) == before
