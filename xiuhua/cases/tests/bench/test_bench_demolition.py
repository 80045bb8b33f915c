"""Demolitions on the bench: every move by those who may make it, under the law of 2018 and of 2026; and refusals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from xiuhua.cases import actions, figures, jobs, queries
from xiuhua.cases.models import Case, Volume
from xiuhua.cases.queries import checking
from xiuhua.cases.tests.bench.bench import CLERK, DEPUTY, HEAD, O1, O2, Bench, Who, nothing_written
from xiuhua.cases.tests.bench.remedies import ASKED, Remedies
from xiuhua.cases.tests.procedure import demolition_live as live
from xiuhua.cases.tests.procedure.demolition_live import ROADS, Building, Said
from xiuhua.kernel import clock
from xiuhua.kernel.authz import Invalid
from xiuhua.kernel.models import Job
from xiuhua.leads.rules import State
from xiuhua.leads.tests.desk import ROADS as LEAD_ROADS
from xiuhua.org.figures import Period
from xiuhua.registers.tests.bureau import AT

pytestmark = pytest.mark.slow

TOWN: Who = ("town_approver", 0)
WHO: dict[str, Who] = {
    "officer": O1,
    "party": O1,
    "squad_head": HEAD,
    "squad_legal_clerk": CLERK,
    "bureau_deputy_head": DEPUTY,
    "town_approver": TOWN,
    "district_government": CLERK,
}
SQUAD = frozenset({"officer", "squad_head", "squad_legal_clerk"})


def at_nine(year: int) -> datetime:
    return AT.replace(year=year, month=3, day=6, hour=9)


def found(bench: Bench, year: int, *, town: bool = False, **more: Any) -> Case:
    """A light shed beside a house, found at nine in the morning."""
    at = at_nine(year)
    says: dict[str, Any] = {
        "procedure": "demolition",
        "cause": "WJ01",
        "facts": "屋后搭建彩钢板房一间",
        "unit": bench.bureau.town if town else bench.bureau.east,
        "found_at": at,
    }
    return bench.open(at + timedelta(minutes=20), **says | more)


def go(bench: Bench, case: Case, said: Said) -> None:
    at = datetime.combine(said.on, datetime.min.time(), clock.SHANGHAI).replace(hour=15)
    actions.take(case=case, move=said.move, values=said.values, by=actor(bench, case, said.role, at), at=at)


def actor(bench: Bench, case: Case, role: str, at: datetime) -> Any:
    who = WHO[role]
    return bench.actor(who, case.handling_unit if who[0] in SQUAD else None, at)


def driven(bench: Bench, road: Callable[[int], Building], year: int, **more: Any) -> Case:
    """The road walked by people through the actions alone."""
    pure = road(year)
    town = pure.base["case"]["authority_kind"] == "town_government"
    case = found(bench, year, town=town, being_built=pure.base["demolition"]["being_built"], **more)
    for said in pure.said:
        go(bench, case, said)
    assert case.state == pure.state
    return case


# The way back of one whose order fell goes through a reconsideration, which is walked by itself.
@pytest.mark.parametrize("road", [r for r in ROADS if r is not live.fallen], ids=lambda road: road.__name__)
def test_every_move_is_made_by_those_who_may_make_it(bench: Bench, road: Callable[[int], Building]) -> None:
    driven(bench, road, 2026)


@pytest.mark.parametrize("year", [2018, 2026])
def test_a_whole_demolition_from_a_report_to_the_closed_case(bench: Bench, year: int) -> None:
    at = at_nine(year)
    lead = bench.desk.report(at=at)
    for step in LEAD_ROADS[State.ACCEPTED]:
        bench.desk.move(step, lead, at)
    case = driven(bench, live.by_force, year, lead=lead)
    lead.refresh_from_db()
    assert (case.state, lead.outcome) == ("closed", "case_closed")
    assert (case.area_m2, case.demolished_on) == (Decimal("36.5"), date(year, 10, 16))
    assert case.decided_on == date(year, 3, 12)
    assert case.decision_number
    assert (case.clock, case.due_on, case.due_at) == ("", None, None)
    assert {s.law_version for s in case.steps.all()} == {"2012"}
    file = queries.file_of(case)
    assert file["demolition"]["has_reporter"] is True
    papers = list(case.documents.order_by("pk").values_list("kind", flat=True))
    assert papers.count("demolition_order") == 1
    assert not {"demand_notice", "enforcement_decision"} & set(papers)


def test_the_hours_to_the_scene_stand_in_the_case_from_the_first(bench: Bench) -> None:
    case = found(bench, 2026)
    assert (case.state, case.clock) == ("found", "illegal_building_scene")
    assert case.due_at == at_nine(2026) + timedelta(hours=24)
    hurried = found(bench, 2026, being_built=True)
    assert (hurried.state, hurried.clock) == ("found_being_built", "illegal_building_scene_being_built")
    assert hurried.due_at == at_nine(2026) + timedelta(hours=2)
    go(bench, hurried, live.stopped(2026).said[0])
    assert hurried.due_at is None


def test_without_a_moment_the_hours_run_from_the_opening_or_the_first_minute_of_the_day(bench: Bench) -> None:
    today = found(bench, 2026, found_at=None)
    assert queries.file_of(today)["demolition"]["reported_at"] == "2026-03-06T09:20"
    before = found(bench, 2026, found_at=None, found_on=at_nine(2026).date() - timedelta(days=1))
    assert queries.file_of(before)["demolition"]["reported_at"] == "2026-03-05T00:00"


@pytest.mark.parametrize(
    ("says", "field"),
    [
        ({"procedure": "ordinary", "being_built": True}, "being_built"),
        ({"found_at": at_nine(2026) - timedelta(days=1)}, "found_at"),
    ],
)
def test_an_opening_that_contradicts_itself_is_refused(
    bench: Bench, says: dict[str, Any], field: str
) -> None:
    with nothing_written(), pytest.raises(Invalid) as caught:
        found(bench, 2026, **says)
    assert field in caught.value.errors


def test_a_building_whose_builder_nobody_knows_has_no_party_and_a_notice(bench: Bench) -> None:
    case = driven(bench, live.builder_unknown, 2026, new_party=None)
    assert (case.party, case.state) == (None, "order_served")
    assert case.served_on == date(2026, 3, 24)


def test_nobody_demolishes_what_the_government_has_not_decided(bench: Bench) -> None:
    case = found(bench, 2026)
    for said in live.demanded(2026).said:
        go(bench, case, said)
    at = datetime(2026, 4, 20, 10, tzinfo=clock.SHANGHAI)
    refused = bench.refused(
        case, O1, "demolish", at, **{k: v for k, v in (live.FORCED | live.CALM).items() if v is not None}
    )
    assert refused["wrong_state"] == "SHDB §12; AEL §43; AEL §44"
    assert refused["enforcement_announced"] == "AEL §44"
    assert bench.refused(case, DEPUTY, "report_to_government", at) == {"remedy_periods_over": "AEL §53"}
    assert "wrong_role" in bench.refused(case, O2, "report_to_government", at)


def test_a_squad_of_the_bureau_gives_no_order_in_the_name_of_a_town(bench: Bench) -> None:
    case = found(bench, 2026)
    go(bench, case, live.ordered(2026).said[0])
    at = datetime(2026, 3, 12, 15, tzinfo=clock.SHANGHAI)
    assert "wrong_role" in bench.refused(
        case, HEAD, "order_demolition", at, demolition__order_due_on="2026-03-30"
    )


def test_moves_of_other_procedures_are_no_moves_of_this_one(bench: Bench) -> None:
    case = found(bench, 2026)
    at = at_nine(2026) + timedelta(hours=1)
    for move in ("check_lead", "arrive_on_scene", "close_performed"):
        assert set(bench.refused(case, O1, move, at)) == {"unknown_move"}


def test_square_metres_that_are_gone_add_up_by_the_day_of_the_removal(bench: Bench) -> None:
    year = Period.year(2026)
    before = figures.demolished(bench.actor(DEPUTY), year).count()
    driven(bench, live.by_itself, 2026)
    driven(bench, live.lawful, 2026)
    rows = figures.demolished(bench.actor(DEPUTY), year)
    assert rows.count() == before + 1
    assert rows.latest("pk").area_m2 == Decimal("36.5")


# The archive


@pytest.mark.parametrize("year", [2018, 2026])
def test_a_demolition_is_filed_away_under_a_number_and_its_volume_is_bound(bench: Bench, year: int) -> None:
    case = driven(bench, live.filed_away, year)
    assert (case.state, case.archive_number[-1:]) == ("closed", "号")
    assert Job.objects.filter(name="cases.bind_volume", payload__case=case.pk).count() == 1
    jobs.bind_volume({"case": case.pk})
    bound = Volume.objects.get(case=case)
    assert "限期拆除决定书" in {leaf["name"] for leaf in bound.contents}
    assert bound.contents[-1]["last"] == bound.pages


def test_the_cover_of_its_volume_speaks_of_a_building_and_of_no_penalty(bench: Bench) -> None:
    cover = papers_of(driven(bench, live.filed_away, 2026))["archive_index"]
    for words in ("违法建筑查处案卷", "拆违程序", "发现日期", "36.5平方米", "限期拆除决定书"):
        assert words in cover, words
    assert "行政处罚案卷" not in cover
    assert "处罚决定书" not in cover


def test_a_demolition_goes_into_the_archive_once_and_by_the_legal_clerk(bench: Bench) -> None:
    case = driven(bench, live.by_force, 2026)
    at = datetime(2026, 11, 5, 15, tzinfo=clock.SHANGHAI)
    wrong = {**live.COUNTED, "archive__actual_pages": 29}
    assert bench.refused(case, CLERK, "archive_case", at, **wrong) == {"archive_in_order": "案卷管理规定 §5"}
    assert "wrong_role" in bench.refused(case, O1, "archive_case", at, **live.COUNTED)
    go(bench, case, live.filed_away(2026).said[-1])
    again = bench.refused(case, CLERK, "archive_case", at + timedelta(days=1), **live.COUNTED)
    assert again == {"archived_before": "案卷管理规定 §5"}


def test_a_demolition_that_goes_on_is_not_filed_away(bench: Bench) -> None:
    case = found(bench, 2026)
    at = at_nine(2026) + timedelta(days=2)
    assert "wrong_state" in bench.refused(case, CLERK, "archive_case", at, **live.COUNTED)


def test_a_closed_demolition_whose_order_was_revoked_is_opened_again(bench: Bench) -> None:
    case = driven(bench, live.by_force, 2026)
    beside = Remedies.of(bench, case, datetime(2026, 10, 21, 15, tzinfo=clock.SHANGHAI))
    beside.walk("reconsideration", (*ASKED, "revoke"), late_reason="示例：住院")
    at = beside.at + timedelta(days=1)
    said = {"annulment.on": f"{clock.day_of(beside.at)}"}
    actions.take(case=case, move="annul_closed_order", values=said, by=bench.actor(DEPUTY, None, at), at=at)
    assert (case.state, case.closed_on) == ("annulled", None)
    head = bench.actor(HEAD, case.handling_unit, at)
    actions.take(case=case, move="close_annulled", values={}, by=head, at=at)
    assert (case.state, case.closed_on) == ("closed", clock.day_of(at))


def walked(bench: Bench, state: str, year: int) -> Case:
    """A demolition worked by people until it stands in `state`."""
    pure = live.standing_in(state, year)
    case = found(bench, year, being_built=pure.base["demolition"]["being_built"])
    for said in pure.said:
        go(bench, case, said)
    assert case.state == state
    return case


@pytest.mark.parametrize("year", [2018, 2026])
@pytest.mark.parametrize("state", ["ordered_being_built", "order_served", "demanded"])
def test_an_order_is_reconsidered_before_the_case_is_closed_and_the_case_ends_when_it_falls(
    bench: Bench, state: str, year: int
) -> None:
    case = walked(bench, state, year)
    beside = Remedies.of(bench, case, case.state_since + timedelta(days=1))
    beside.walk("reconsideration", (*ASKED, "revoke"))
    at = beside.at + timedelta(hours=1)
    deputy = bench.actor(DEPUTY, None, at)
    actions.take(case=case, move=f"annul_order_{state}", values={}, by=deputy, at=at)
    assert (case.state, queries.file_of(case)["annulment"]["by"]) == ("annulled", "reconsideration")
    says = {"annulment.new_ground": "补充测绘，重新认定"}
    actions.take(case=case, move="redo_order", values=says, by=deputy, at=at + timedelta(hours=1))
    file = queries.file_of(case)
    assert (case.state, file["decision"], file["services"]) == ("on_scene", None, None)
    assert not file["demolition"]["ordered_on"]
    assert file["demolition"]["area_m2"]


@pytest.mark.parametrize("year", [2018, 2026])
def test_nobody_forces_what_a_court_still_looks_at(bench: Bench, year: int) -> None:
    case = walked(bench, "demanded", year)
    beside = Remedies.of(bench, case, datetime(year, 9, 14, 10, tzinfo=clock.SHANGHAI))
    beside.go("litigation", "file_suit", days=0)
    beside.walk("litigation", ("court_registers", "serve_suit"))
    at = datetime(year, 9, 18, 15, tzinfo=clock.SHANGHAI)
    assert bench.refused(case, DEPUTY, "report_to_government", at) == {"remedy_periods_over": "AEL §53"}
    forced = walked(bench, "forced_decided", year)
    late = Remedies.of(bench, forced, datetime(year, 9, 21, 10, tzinfo=clock.SHANGHAI))
    late.go("litigation", "file_suit", days=0, late_reason="示例：住院")
    at = datetime(year, 10, 16, 15, tzinfo=clock.SHANGHAI)
    typed = {**live.FORCED, **live.CALM}
    refused = bench.refused(forced, O1, "demolish", at, **typed)
    assert refused == {"remedy_periods_over": "AEL §53"}


# Papers


def papers_of(case: Case) -> dict[str, str]:
    return {paper.kind: paper.text for paper in case.documents.order_by("pk")}


def test_papers_of_the_town_speak_of_the_demolition_order_and_of_no_fine(bench: Bench) -> None:
    papers = papers_of(driven(bench, live.by_the_town, 2026))
    order = papers["demolition_order"]
    assert "36.5平方米" in order
    assert "2026年3月30日" in order
    for kind in ("demand_notice", "enforcement_decision", "announcement"):
        assert "《限期拆除决定书》" in papers[kind], kind
        assert "处罚" not in papers[kind], kind
    assert "2026年9月30日前自行拆除" in papers["enforcement_decision"]
    assert "人民法院强制执行" not in papers["demand_notice"]


@pytest.mark.parametrize("year", [2018, 2026])
def test_papers_of_a_demolition_by_force_have_no_blank_of_their_own(bench: Bench, year: int) -> None:
    papers = papers_of(driven(bench, live.by_force, year))
    for kind in ("demolition_order", "announcement"):
        assert "____年" not in papers[kind], papers[kind]
    assert "有序拆除" in papers["enforcement_record"]
    assert "示例府强〔1〕号" in papers["enforcement_record"]
    assert f"{year}年10月16日" in papers["case_closing_report"]
    assert "无财物" in papers["case_closing_report"]


def test_a_notice_says_until_when_it_hangs_and_names_nobody(bench: Bench) -> None:
    notice = papers_of(driven(bench, live.builder_unknown, 2026, new_party=None))["announcement"]
    assert "该违法建筑的建设人、使用人" in notice
    assert "至2026年3月24日期满" in notice
    assert "走访三次，无人认领" in notice


def test_who_was_on_the_scene_serves_and_enforces_and_not_who_approved(bench: Bench) -> None:
    case = driven(bench, live.by_force, 2026)
    file = queries.file_of(case)
    went = file["inspections"][-1]["officer_ids"]
    assert len(went) == 2
    assert file["services"][-1]["officer_ids"] == went
    assert file["enforcement"]["officer_ids"] == went


@pytest.mark.parametrize("year", [2018, 2026])
def test_the_file_check_finds_no_fault_of_coercion_in_a_lawful_demolition(bench: Bench, year: int) -> None:
    case = driven(bench, live.by_force, year)
    found = checking.check_case(case).findings
    assert not [f.rule.id for f in found if f.rule.id.startswith("DM")]


def test_the_file_check_finds_a_demolition_whose_demand_never_came(bench: Bench) -> None:
    file = queries.file_of(driven(bench, live.by_force, 2026))
    own = {**file["demolition"], "demand_served_on": None, "remedy_ended_on": "2026-12-31"}
    case = Case.objects.latest("pk")
    found = {f.rule.id for f in checking.check_case(case, {**file, "demolition": own}).findings}
    assert {"DM05", "DM06"} <= found


@pytest.mark.parametrize("road", [live.by_force, live.by_the_town, live.gone_at_once, live.builder_unknown])
def test_papers_are_drawn_again_as_they_were_issued(bench: Bench, road: Callable[[int], Building]) -> None:
    case = driven(bench, road, 2026)
    papers = list(case.documents.order_by("pk"))
    assert papers
    for paper in papers:
        assert queries.paper_of(paper).text() == paper.text, paper.kind
