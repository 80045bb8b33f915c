"""What a fallen decision brings with it: the main road, the publication, money back, and rights that run out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from xiuhua.cases import actions, jobs, queries
from xiuhua.cases.models import Case, Matter, Remedy
from xiuhua.cases.procedure.guards.court_remedies import remedies_ended
from xiuhua.cases.procedure.surcharge import remedies as days_of_remedies
from xiuhua.cases.tests.bench.bench import (
    DEPUTY,
    HEAD,
    PUBLICITY,
    Bench,
    Went,
    grounds,
    nothing_written,
)
from xiuhua.cases.tests.bench.remedies import ASKED, TRIED, Remedies
from xiuhua.kernel import clock
from xiuhua.kernel.authz import Invalid, Refused
from xiuhua.kernel.models import Job, RecordEntry
from xiuhua.kernel.record import subject_of

pytestmark = pytest.mark.slow

YEARS = pytest.mark.parametrize("year", [2018, 2026])
REVOKED = (*ASKED, "revoke")


def fallen(bench: Bench, year: int = 2026, last: str = "publish_decision") -> Remedies:
    """A published decision that the government has revoked, with an order to decide anew."""
    case = Remedies(bench, last, year)
    case.walk("reconsideration", REVOKED)
    return case


def recall_of(case: Remedies) -> Matter | None:
    return Matter.objects.filter(case=case.case, procedure="publication_recall").first()


def run_recall(case: Remedies) -> None:
    job = Job.objects.filter(name="cases.recall_publication").latest("pk")
    with clock.held_at(case.at):
        jobs.recall_publication(job.payload)


def on_road(case: Remedies, move: str, who: tuple[str, int] = DEPUTY, **says: Any) -> Case:
    values = {path.replace("__", "."): value for path, value in says.items()}
    found = case.fresh
    case.at += timedelta(minutes=5)
    case.bench.go(found, Went(who, move), case.at, **values)
    return found


@YEARS
@pytest.mark.parametrize(
    ("last", "move"), [("publish_decision", "annul_decision"), ("perform", "annul_performed_decision")]
)
def test_the_main_road_takes_over_what_the_reconsideration_said(
    bench: Bench, year: int, last: str, move: str
) -> None:
    case = fallen(bench, year, last)
    assert on_road(case, move).state == "annulled"
    said = case.file["annulment"]
    assert (said["by"], said["new_decision"], bool(said["document"])) == ("reconsideration", True, True)


@YEARS
def test_a_decision_that_must_be_made_again_goes_back_to_the_investigation(bench: Bench, year: int) -> None:
    case = fallen(bench, year)
    on_road(case, "annul_decision")
    found = on_road(case, "redo_after_annulment", annulment__new_ground="补充证据后重新认定")
    assert found.state == "investigating"
    assert not case.file.get("decision")


@YEARS
def test_an_annulled_case_closes_only_after_money_went_back_and_the_publication_was_withdrawn(
    bench: Bench, year: int
) -> None:
    case = fallen(bench, year, "perform")
    on_road(case, "annul_performed_decision")
    found = case.bench.refused(case.fresh, HEAD, "close_annulled", case.at)
    assert set(found) == {"money_and_goods_returned", "publicity_withdrawn"}
    case.go("reconsideration", "carry_out_revocation", days=0)
    assert on_road(case, "close_annulled", HEAD).state == "closed"


def test_nothing_is_annulled_while_the_reconsideration_is_open_or_upholds(bench: Bench) -> None:
    case = Remedies(bench)
    case.walk("reconsideration", ASKED)
    for last in ("uphold", ""):
        by = case.actor(DEPUTY)
        with nothing_written(), pytest.raises(Invalid) as caught:
            actions.take(case=case.fresh, move="annul_decision", values={}, by=by, at=case.at)
        assert "annulment.document" in caught.value.errors
        if last:
            case.go("reconsideration", last)


def test_a_judgment_counts_against_the_decision_only_once_it_is_final(bench: Bench) -> None:
    case = Remedies(bench)
    case.walk("litigation", (*TRIED, "revoke_by_court"))
    assert not case.file.get("annulment")
    case.go("litigation", "make_final_revoked")
    assert case.file["annulment"]["by"] == "court"
    assert on_road(case, "annul_decision").state == "annulled"


def test_an_appeal_that_saves_the_decision_leaves_nothing_to_annul(bench: Bench) -> None:
    case = Remedies(bench)
    case.walk("litigation", (*TRIED, "revoke_by_court", "appeal_revocation", "decide_appeal"))
    assert not case.file.get("annulment")


def test_a_retrial_takes_back_what_the_court_had_said_before(bench: Bench) -> None:
    case = Remedies(bench)
    case.walk("litigation", (*TRIED, "revoke_by_court", "make_final_revoked", "carry_out_judgment"))
    case.go("litigation", "open_retrial")
    case.go("litigation", "decide_retrial", outcome="claims_dismissed")
    assert not case.file.get("annulment")
    assert [row["outcome"] for row in case.file["litigations"]] == ["revoked", "claims_dismissed"]


@YEARS
@pytest.mark.parametrize("outcome", ["revoke", "vary", "declare_unlawful"])
def test_the_worker_orders_the_withdrawal_of_what_was_published(
    bench: Bench, year: int, outcome: str
) -> None:
    Job.objects.update(done_at=clock.now())
    case = Remedies(bench, "publish_decision", year)
    case.walk("reconsideration", (*ASKED, outcome))
    assert recall_of(case) is None
    run_recall(case)
    recall = recall_of(case)
    assert recall is not None
    today = clock.day_of(case.at)
    assert (recall.state, recall.clock) == ("recall_due", "withdraw_publication")
    assert recall.due_on == queries.setting(today).calendar.after(today, 3)
    assert case.file["publicity"]["overturned_on"] == today.isoformat()
    entry = RecordEntry.objects.filter(subject=subject_of(case.case)).latest("pk")
    assert entry.verb == "cases.publication_recall.order_recall"


def test_the_order_is_given_once_however_often_the_worker_asks(bench: Bench) -> None:
    case = fallen(bench)
    for _ in range(3):
        run_recall(case)
    assert Matter.objects.filter(case=case.case, procedure="publication_recall").count() == 1
    case.work()
    run_recall(case)
    assert Matter.objects.filter(case=case.case, procedure="publication_recall").count() == 1


def test_what_was_never_published_is_not_recalled(bench: Bench) -> None:
    case = fallen(bench, last="serve_decision")
    run_recall(case)
    assert recall_of(case) is None


@pytest.mark.parametrize("road", [(*ASKED, "uphold"), (*ASKED, "dismiss")])
def test_a_decision_that_stands_stays_published(bench: Bench, road: tuple[str, ...]) -> None:
    Job.objects.filter(name="cases.recall_publication").delete()
    case = Remedies(bench)
    case.walk("reconsideration", road)
    assert not Job.objects.filter(name="cases.recall_publication").exists()
    with clock.held_at(case.at):
        assert actions.recall_publication(case=case.case, at=case.at) is None


@pytest.mark.parametrize(("year", "article"), [(2018, "SHCRED §37"), (2026, "PPL21 §48; PPL21 §85")])
def test_only_whoever_publishes_withdraws_and_says_why(bench: Bench, year: int, article: str) -> None:
    case = fallen(bench, year)
    run_recall(case)
    recall = recall_of(case)
    assert recall is not None
    says = {"publicity.withdrawal_reason": "决定已被撤销", "recall.places": "门户网站"}
    clerk, head = case.actor(PUBLICITY), case.actor(DEPUTY)
    with nothing_written(), pytest.raises(Refused) as caught:
        actions.take_in(matter=recall, move="withdraw_publication", values=says, by=head, at=case.at)
    assert grounds(caught.value.refusals) == {"wrong_role": article}
    actions.take_in(matter=recall, move="withdraw_publication", values=says, by=clerk, at=case.at)
    assert (recall.state, recall.ended) == ("recalled", True)
    assert case.file["publicity"]["withdrawn_on"] == clock.day_of(case.at).isoformat()


def test_a_revocation_is_not_carried_out_while_the_decision_stands_published(bench: Bench) -> None:
    case = fallen(bench)
    says, matter = (
        {"reconsideration.carried_out": "已撤销"},
        case.case.matters.get(procedure="reconsideration"),
    )
    for who, codes in ((DEPUTY, {"publicity_withdrawn"}), (HEAD, {"publicity_withdrawn", "wrong_role"})):
        by = case.actor(who)
        with nothing_written(), pytest.raises(Refused) as caught:
            actions.take_in(matter=matter, move="carry_out_revocation", values=says, by=by, at=case.at)
        assert set(grounds(caught.value.refusals)) == codes


@YEARS
def test_a_varied_fine_is_what_the_party_owes_once_it_is_carried_out(bench: Bench, year: int) -> None:
    case = Remedies(bench, "publish_decision", year)
    case.walk("reconsideration", (*ASKED, "vary"))
    assert case.file["decision"]["fine"] == 8000
    case.go("reconsideration", "carry_out_variation")
    assert case.file["decision"]["fine"] == 5000
    assert case.file["reconsiderations"][0]["original_fine"] == 8000
    assert case.fresh.fine == 5000


def overdue(bench: Bench, year: int) -> Remedies:
    case = Remedies(bench, "serve_decision", year)
    case.at += timedelta(days=16)
    assert actions.lapse(case=case.fresh, at=case.at) is not None
    assert case.fresh.state == "overdue"
    return case


def time_passes(case: Remedies, move: str) -> list[str]:
    """What the worker makes of the right on the day after its end: the states of the matters of the case."""
    job = Job.objects.filter(name="cases.lapse_right", payload__case=case.case.pk, payload__move=move).latest(
        "pk"
    )
    case.at = max(case.at, job.run_at + timedelta(hours=1))
    with clock.held_at(job.run_at - timedelta(hours=1)):
        jobs.lapse_right(job.payload)
    before = Matter.objects.filter(case=case.case, state="period_over").count()
    with clock.held_at(case.at):
        jobs.lapse_right(job.payload)
        jobs.lapse_right(job.payload)
    asked = Matter.objects.filter(case=case.case, procedure__in=("reconsideration", "litigation"))
    made = list(asked.order_by("pk").values_list("procedure", "state"))
    assert Matter.objects.filter(case=case.case, state="period_over").count() - before <= 1
    return [f"{procedure}:{state}" for procedure, state in made]


@YEARS
def test_time_writes_down_that_an_overdue_party_let_its_rights_go_by(bench: Bench, year: int) -> None:
    case = overdue(bench, year)
    assert time_passes(case, "let_period_lapse") == ["reconsideration:period_over"]
    assert time_passes(case, "let_suit_lapse") == ["reconsideration:period_over", "litigation:period_over"]
    steps = case.case.steps.order_by("seq").filter(matter__state="period_over")
    assert [s.by_name for s in steps] == ["系统", "系统"]


@YEARS
def test_a_party_that_asked_in_time_lost_nothing(bench: Bench, year: int) -> None:
    case = overdue(bench, year)
    case.go("reconsideration", "apply")
    assert time_passes(case, "let_period_lapse") == ["reconsideration:applied"]
    assert time_passes(case, "let_suit_lapse") == ["reconsideration:applied"]


@YEARS
def test_after_a_reconsideration_the_party_has_fifteen_days_for_a_suit(bench: Bench, year: int) -> None:
    case = overdue(bench, year)
    case.walk("reconsideration", (*ASKED, "uphold"))
    found = time_passes(case, "let_review_suit_lapse")
    assert found == ["reconsideration:upheld", "litigation:period_over"]


@pytest.mark.parametrize(("days", "refused"), [(15, set()), (16, {"filed_in_15_days"})])
def test_a_suit_after_a_reconsideration_comes_within_fifteen_days(
    bench: Bench, days: int, refused: set[str]
) -> None:
    case = Remedies(bench)
    case.walk("reconsideration", (*ASKED, "uphold"))
    case.matter = None
    if not refused:
        assert case.go("litigation", "file_suit_after_review", days).state == "suit_filed"
        return
    with pytest.raises(Refused) as caught:
        case.go("litigation", "file_suit_after_review", days)
    assert set(grounds(caught.value.refusals)) == refused


def test_an_on_the_spot_penalty_goes_to_reconsideration_before_the_court(bench: Bench) -> None:
    spot = bench.spot()
    case = Remedies.__new__(Remedies)
    case.bench, case.case, case.matter = bench, spot, None
    case.at = spot.state_since + timedelta(minutes=5)
    with pytest.raises(Refused) as caught:
        case.go("litigation", "file_suit")
    assert grounds(caught.value.refusals) == {"reconsideration_not_first": "ARL23 §23"}
    case.walk("reconsideration", ("apply_through_agency", "forward_application"))
    assert case.case.matters.get(procedure="reconsideration").state == "applied"


def test_a_case_that_was_paid_and_closed_may_still_be_reconsidered(bench: Bench) -> None:
    case = Remedies(bench, "close_performed")
    case.walk("reconsideration", REVOKED)
    run_recall(case)
    assert recall_of(case) is not None


@YEARS
@pytest.mark.parametrize("last", ["close_performed", "archive_case"])
def test_a_closed_case_whose_decision_fell_is_opened_again_and_closes_anew(
    bench: Bench, year: int, last: str
) -> None:
    case = Remedies(bench, last, year)
    first, number = case.fresh.closed_on, case.fresh.archive_number
    found = bench.refused(
        case.fresh,
        DEPUTY,
        "annul_closed_decision",
        case.at,
        annulment__by="reconsideration",
        annulment__document="示例复决1号",
        annulment__on=f"{clock.day_of(case.at)}",
    )
    assert found == {"closed_decision_fell": "AEL §41"}
    case.walk("reconsideration", REVOKED)
    run_recall(case)
    here = queries.road_of(case.fresh, case.at.date())
    offered = [c.move.id for c in queries.choices(here, case.actor(DEPUTY), case.at.date()) if c.is_open]
    assert offered == ["annul_closed_decision"]
    opened = on_road(case, "annul_closed_decision")
    assert (opened.state, opened.closed_on) == ("annulled", None)
    assert opened.clock == ("publicity_withdrawal" if year == 2026 else "")
    assert opened in queries.listed(case.bench.actor(DEPUTY)).filter(closed_on__isnull=True)
    row = Remedy.objects.visible(case.actor(DEPUTY)).get(case=opened)
    assert (row.overturned, row.outcome) == (True, "revoked")
    assert set(bench.refused(case.fresh, HEAD, "close_annulled", case.at)) == {
        "money_and_goods_returned",
        "publicity_withdrawn",
    }
    case.go("reconsideration", "carry_out_revocation", days=0)
    again = on_road(case, "close_annulled", HEAD)
    assert (again.state, again.archive_number) == ("closed", number)
    assert again.closed_on is not None
    assert first is not None
    assert again.closed_on > first


@YEARS
@pytest.mark.parametrize(("last", "days"), [("uphold", 15), ("revoke", None)])
def test_force_waits_for_the_end_of_the_remedy_and_the_surcharge_stands_still(
    bench: Bench, year: int, last: str, days: int | None
) -> None:
    case = overdue(bench, year)
    calendar = queries.setting(case.at.date()).calendar
    before = remedies_ended(case.file, calendar)
    case.walk("reconsideration", ASKED)
    accepted = case.file["reconsiderations"][0]["accepted_on"]
    assert remedies_ended(case.file, calendar) is None
    case.go("reconsideration", last)
    spans = days_of_remedies(case.file)
    assert [(f"{s.from_on}", f"{s.to_on}") for s in spans] == [(accepted, f"{clock.day_of(case.at)}")]
    after = remedies_ended(case.file, calendar)
    assert before is not None
    assert after == (max(before, clock.day_of(case.at) + timedelta(days=days)) if days else None)
