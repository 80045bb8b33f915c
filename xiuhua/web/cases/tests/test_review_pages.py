"""The review centre on the page: what waits, who may move it, what a division of work would mean, who is needed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from xiuhua.cases import queries
from xiuhua.cases.models import Review
from xiuhua.cases.tests.bench.bench import DEPUTY, O1, ORDINARY, REVIEWER, STATES, Bench
from xiuhua.kernel import clock
from xiuhua.web.cases.capacity import staffing
from xiuhua.web.cases.tests.conftest import browser

pytestmark = pytest.mark.slow

SECOND = ("case_centre_reviewer", 1)
CLOSING = ORDINARY[STATES["close_investigation"] - 1]


def came(bench: Bench) -> Review:
    bench.person(REVIEWER)
    case, at = bench.at_step("recheck_correction")
    bench.go(case, CLOSING, at + timedelta(days=1))
    return Review.objects.get(case=case, ended_at=None)


def test_what_waits_stands_in_the_list_with_its_reviewer_and_how_long(bench: Bench) -> None:
    review = came(bench)
    with clock.held_at(review.given_at + timedelta(days=7)):
        page = browser(bench, REVIEWER).get("/reviews/")
        mine = browser(bench, DEPUTY).get("/reviews/?mine")
    row = next(w for w in page.context["rows"] if w.review.pk == review.pk)
    assert row.days == 5
    assert row.may_move
    assert review.case.number in page.content.decode()
    assert mine.context["rows"] == []


def test_the_other_desk_shows_none_of_it(bench: Bench) -> None:
    came(bench)
    page = browser(bench, REVIEWER).get("/reviews/?stage=legal_review")
    assert page.context["rows"] == []
    assert browser(bench, REVIEWER).get("/reviews/?stage=nonsense").context["stage"] == "adjudication"


def test_a_review_is_moved_on_its_page_and_a_fault_keeps_what_was_typed(bench: Bench) -> None:
    review, to = came(bench), bench.person(SECOND)
    client, path = browser(bench, REVIEWER), f"/reviews/{review.pk}/move/"
    refused = client.post(path, {"to": str(to.pk), "reason": "短"})
    assert refused.status_code == 422
    assert "请写明改派理由" in refused.content.decode()
    assert client.post(path, {"to": "0", "reason": "示例：本人休假"}).status_code == 422
    done = client.post(path, {"to": str(to.pk), "reason": "示例：本人休假"})
    assert done.status_code == 302
    review.refresh_from_db()
    assert review.reviewer_id == to.pk


def test_who_may_not_move_a_review_is_refused_before_the_form(bench: Bench) -> None:
    review = came(bench)
    assert browser(bench, O1).get(f"/reviews/{review.pk}/move/").status_code == 409


def test_the_heads_divide_the_work_and_others_do_not_see_the_form(bench: Bench) -> None:
    assert browser(bench, REVIEWER).get("/reviews/division/").status_code == 409
    client = browser(bench, DEPUTY)
    assert client.get("/reviews/division/").status_code == 200
    assert client.post("/reviews/division/", {"reason": ""}).status_code == 422
    assert client.post("/reviews/division/", {"reason": "示例：试行条审理"}).status_code == 302
    assert queries.division() == "subject"


def test_cases_that_nobody_was_given_are_given_out_by_a_head(bench: Bench) -> None:
    bench.person(REVIEWER)
    case, _at = bench.at_step("close_investigation")
    assert browser(bench, REVIEWER).post("/reviews/give-out/").status_code == 409
    client = browser(bench, DEPUTY)
    assert client.get("/reviews/give-out/").status_code == 405
    assert client.get("/reviews/").context["not_given"] >= 1
    assert client.post("/reviews/give-out/").status_code == 302
    assert Review.objects.filter(case=case).exists()


def test_the_capacity_page_reckons_with_what_is_asked_and_bears_nonsense(bench: Bench) -> None:
    client = browser(bench, DEPUTY)
    page = client.get("/reviews/capacity/?inflow=48&pace=6&target=0.5")
    assert page.context["enough"] == 9
    assert [r.servers for r in page.context["rows"] if r.enough] == [9]
    for said in ("inflow=x", "pace=-1", "target=0", "inflow=1e999", "pace=nan"):
        assert client.get(f"/reviews/capacity/?{said}").status_code == 200


def test_who_neither_counts_nor_heads_does_not_open_the_capacity_page(bench: Bench) -> None:
    assert browser(bench, ("intake", 0)).get("/reviews/capacity/").status_code in {302, 409}


@pytest.mark.parametrize(("staff", "enough"), [(3, 9), (12, 9), (9, None)])
def test_the_rows_go_from_where_work_piles_up_to_past_what_is_needed_and_what_there_is(
    staff: int, enough: int | None
) -> None:
    rows = staffing(48, 6, staff, enough)
    assert rows[0].servers == 8
    assert rows[0].wait is None
    assert rows[-1].servers == max(staff, enough or 8) + 3
    waits = [r.wait for r in rows if r.wait is not None]
    assert waits == sorted(waits, reverse=True)
    assert all(0 <= r.busy <= 1 for r in rows)
