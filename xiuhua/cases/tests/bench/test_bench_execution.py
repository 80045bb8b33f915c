"""Decisions carried out: each move of demand, substitute performance and court by whoever may make it, no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from xiuhua.cases import actions, jobs, queries
from xiuhua.cases.models import Case, Matter
from xiuhua.cases.queries.checking import check_case
from xiuhua.cases.tests.bench.bench import (
    CLERK,
    DEPUTY,
    HEAD,
    O1,
    Bench,
    Went,
    grounds,
    nothing_written,
)
from xiuhua.cases.tests.bench.execution import (
    APPLIED,
    BY_COURT,
    COURTS,
    DECIDE,
    DEMANDED,
    DEMANDS,
    ENFORCEMENT,
    HALF_A_YEAR,
    LAST_DEMAND,
    SUBSTITUTES,
    Beside,
    acting,
    block,
    overdue,
    step,
    walked,
)
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import SYSTEM, Refused
from xiuhua.kernel.models import Job
from xiuhua.registers.tests.bureau import AT

pytestmark = pytest.mark.slow

OWN_POWER: dict[str, Any] = {"cause": {"enforcement_power": True}}
YEARS = (2026, 2018)
BY_TIME = {
    "demand": {"break_agreement"},
    "substitute_performance": set(),
    "court_application": {"miss_three_months"},
}
ROADS = {"demand": DEMANDS, "substitute_performance": SUBSTITUTES, "court_application": COURTS}
EACH = [(procedure, name) for procedure, roads in ROADS.items() for name in roads]
# The older text walks the same tables: gone with the slow tests.
EVERY = [
    pytest.param(p, n, year, marks=[pytest.mark.slow] if year == 2018 else [], id=f"{p}: {n} {year}")
    for p, n in EACH
    for year in YEARS
]


def ready(bench: Bench, procedure: str, name: str, year: int = 2026) -> tuple[Case, datetime]:
    """A case in which the road can be gone."""
    if procedure == "demand":
        return overdue(bench, year, **({} if name in BY_COURT else OWN_POWER))
    if name == "cleared at once":
        return bench.at_step("assign_officers", year)
    case, at = overdue(bench, year)
    return case, walked(bench, Beside(case, "demand"), DEMANDED, at)


def demanded(bench: Bench, year: int = 2026, **base: Any) -> tuple[Beside, datetime]:
    """A case in which the demand is served."""
    case, at = overdue(bench, year, **base)
    beside = Beside(case, "demand")
    return beside, walked(bench, beside, DEMANDED, at)


def gone(bench: Bench, procedure: str, name: str, year: int = 2026) -> tuple[Beside, datetime]:
    case, at = ready(bench, procedure, name, year)
    beside = Beside(case, procedure)
    return beside, walked(bench, beside, ROADS[procedure][name], at)


def refused(bench: Bench, beside: Beside, went: Went, at: datetime) -> dict[str, str]:
    """Code → ground of everything that speaks against the move; fails if anything is written."""
    began = beside.matter
    acting(bench, went.who, beside.case, at)  # who is met for the first time is written down
    with nothing_written(), pytest.raises(Refused) as caught:
        step(bench, beside, went, at)
    assert beside.matter is began
    return grounds(caught.value.refusals)


def told(case: Case, **blocks: Any) -> None:
    """What the file of the case holds beside its steps."""
    case.refresh_from_db()
    case.base = {**case.base, **blocks}
    with record.act("示例", by=SYSTEM, at=clock.now()) as act:
        case.save()
        act.entry(on=case, facts={})


@pytest.mark.parametrize(("procedure", "name", "year"), EVERY)
def test_each_road_is_gone_to_its_end_in_both_texts_of_the_law(
    bench: Bench, procedure: str, name: str, year: int
) -> None:
    beside, _ = gone(bench, procedure, name, year)
    road, table = ROADS[procedure][name], queries.sides()[procedure].tables[0]
    assert beside.begun.state == table.move(road[-1].move).target
    assert beside.begun.ended
    assert [s.move for s in beside.begun.steps.order_by("seq")] == [w.move for w in road]


@pytest.mark.parametrize("procedure", ROADS)
def test_every_move_of_the_table_is_gone_by_people_or_by_time(procedure: str) -> None:
    made = {went.move for road in ROADS[procedure].values() for went in road}
    assert made | BY_TIME[procedure] == set(queries.sides()[procedure].tables[0].by_id)


@pytest.mark.slow
@pytest.mark.parametrize(("procedure", "name"), EACH, ids=[f"{p}: {n}" for p, n in EACH])
def test_nobody_else_makes_a_move_and_none_is_made_from_another_state(
    bench: Bench, procedure: str, name: str
) -> None:
    case, at = ready(bench, procedure, name)
    table, road, beside = (
        queries.sides()[procedure].tables[0],
        ROADS[procedure][name],
        Beside(case, procedure),
    )
    for went, after in zip(road, (*road[1:], road[1]), strict=True):
        at += timedelta(days=went.days, minutes=10)
        row = table.move(went.move)
        # A clerk of the squad writes down what party and court do, so there it is somebody of another office.
        outside = not row.roles.isdisjoint({"party", "court"})
        strangers = Went(DEPUTY if outside else CLERK, went.move, 0, went.says)
        assert refused(bench, beside, strangers, at)["wrong_role"] == "; ".join(row.articles)
        if beside.matter and table.move(after.move).source != beside.matter.state:
            too_early = refused(bench, beside, after, at)
            assert too_early["wrong_state"] == "; ".join(table.move(after.move).articles)
        step(bench, beside, went, at)


def test_a_demand_names_what_is_owed_the_way_the_days_and_the_right_to_be_heard(bench: Bench) -> None:
    beside, at = demanded(bench)
    case, demand = beside.case, block(beside.case, "demand")
    assert (demand["amount"], demand["duty_days"], demand["tells_defence"]) == (8000, 10, True)
    assert demand["way"].startswith("将款项缴至")
    assert demand["served_on"] == clock.day_of(at).isoformat()
    paper = case.documents.get(kind="demand_notice")
    assert paper.number == demand["number"]
    assert "人民币捌仟元整" in paper.text
    assert "有权向本机关进行陈述和申辩" in paper.text
    receipt = case.documents.filter(kind="service_receipt").latest("pk")
    assert "《催告书》" in receipt.text
    assert demand["number"] in receipt.text


def test_a_demand_without_days_or_what_it_demands_is_refused(bench: Bench) -> None:
    case, at = overdue(bench)
    beside = Beside(case, "demand")
    for says_ in ({"demand.duty_days": 0}, {"demand.amount": 0}):
        found = refused(bench, beside, Went(O1, "issue_demand", 0, says_), at)
        assert found == {"demand_fields_complete": "AEL §35"}


@pytest.mark.parametrize("last", ["decide_penalty", "serve_decision"])
def test_nothing_is_demanded_before_the_time_to_pay_is_over(bench: Bench, last: str) -> None:
    case, at = bench.at_step(last)
    for procedure in ("demand", "court_application"):
        begin = queries.sides()[procedure].beginnings(at.date())[0].id
        assert list(refused(bench, Beside(case, procedure), Went(O1, begin), at)) == ["wrong_state"]


@pytest.mark.parametrize("year", YEARS)
def test_the_court_is_not_asked_before_the_remedies_are_over_nor_while_one_is_under_way(
    bench: Bench, year: int
) -> None:
    beside, at = demanded(bench, year)
    hand = Went(DEPUTY, "hand_to_court")
    soon = refused(bench, beside, hand, at + timedelta(days=1))
    assert soon == {"ten_working_days_after_demand": "AEL §54", "remedy_periods_over": "AEL §53"}
    assert refused(bench, beside, hand, at + timedelta(days=60)) == {"remedy_periods_over": "AEL §53"}
    asked = {"applied_on": (at - timedelta(days=3)).date().isoformat()}
    told(beside.case, reconsideration=asked)
    late = at + timedelta(days=HALF_A_YEAR + 200)
    assert refused(bench, beside, hand, late) == {"remedy_periods_over": "AEL §53"}
    told(beside.case, reconsideration=asked | {"decided_on": at.date().isoformat(), "outcome": "revoked"})
    assert refused(bench, beside, hand, late) == {"remedy_periods_over": "AEL §53"}
    told(beside.case, reconsideration=asked | {"decided_on": at.date().isoformat(), "outcome": "upheld"})
    assert step(bench, beside, hand, late).state == "handed_to_court"


def applied(bench: Bench, year: int, *, signed: bool = True) -> tuple[Beside, datetime]:
    """An application prepared, and if wanted signed, when the last remedy has just ended."""
    beside, at = demanded(bench, year)
    court = Beside(beside.case, "court_application")
    return court, walked(bench, court, APPLIED[: 2 if signed else 1], at)


def three_months_end(case: Case) -> datetime:
    known = queries.file_of(case)
    calendar = queries.setting(clock.today()).calendar
    received = datetime.fromisoformat(
        next(r["on"] for r in known["services"] if r["document"] == "penalty_decision")
    ).date()
    ended = calendar.due(received, 6, "month").day
    last = calendar.due(ended, 3, "month").day
    return datetime.combine(last, datetime.min.time(), clock.SHANGHAI).replace(hour=10)


@pytest.mark.parametrize("year", YEARS)
def test_an_application_comes_within_three_months_of_the_end_of_the_remedies(bench: Bench, year: int) -> None:
    court, _ = applied(bench, year)
    last = three_months_end(court.case)
    found = refused(bench, court, Went(O1, "apply_to_court"), last + timedelta(days=1))
    assert found == {"within_three_months": "AEL §53"}
    step(bench, court, Went(O1, "apply_to_court"), last)
    said = block(court.case, "court")
    assert said["applied_on"] == last.date().isoformat()
    assert said["start_on"] == said["remedy_ended_on"] < said["applied_on"]


@pytest.mark.parametrize("year", YEARS)
def test_time_takes_the_right_to_apply_on_the_day_after_the_three_months(bench: Bench, year: int) -> None:
    Job.objects.update(done_at=clock.now())
    court, _ = applied(bench, year, signed=False)
    last = three_months_end(court.case)
    assert court.begun.due_on == last.date()
    job = Job.objects.filter(
        name="cases.lapse_matter", done_at=None, payload={"matter": court.begun.pk}
    ).get()
    with clock.held_at(last):
        jobs.lapse_matter(job.payload)
    court.begun.refresh_from_db()
    assert court.begun.state == "prepared"
    with clock.held_at(job.run_at + timedelta(hours=1)):
        jobs.lapse_matter(job.payload)
    court.begun.refresh_from_db()
    assert (court.begun.state, court.begun.ended) == ("right_lost", True)


def test_a_good_reason_for_lateness_keeps_the_right(bench: Bench) -> None:
    beside, at = demanded(bench)
    court = Beside(beside.case, "court_application")
    walked(
        bench,
        court,
        [Went(O1, "prepare", HALF_A_YEAR, {"court.late_reason": "示例：不可抗力"}), APPLIED[1]],
        at,
    )
    last = three_months_end(court.case)
    assert court.begun.due_on is None
    assert step(bench, court, Went(O1, "apply_to_court"), last + timedelta(days=30)).state == "applied"


def test_a_remedy_that_is_asked_for_after_the_papers_are_ready_stops_the_clock(bench: Bench) -> None:
    court, at = applied(bench, 2026)
    told(court.case, litigation={"filed_on": at.date().isoformat()})
    found = refused(bench, court, Went(O1, "apply_to_court"), at + timedelta(days=300))
    assert found == {"remedy_periods_over": "AEL §53", "within_three_months": "AEL §53"}


@pytest.mark.parametrize("missing", ["court.signed_by_head", "court.sealed"])
def test_an_application_is_signed_by_the_head_and_sealed(bench: Bench, missing: str) -> None:
    court, at = applied(bench, 2026, signed=False)
    sign = APPLIED[1]
    without = Went(sign.who, sign.move, 0, {**(sign.says or {}), missing: False})
    assert refused(bench, court, without, at) == {"signed_and_sealed": "AEL §55"}


def test_the_application_tells_the_court_what_the_law_wants_to_know(bench: Bench) -> None:
    court, _ = applied(bench, 2026)
    paper = court.case.documents.get(kind="court_application")
    said = block(court.case, "court")
    assert paper.number == said["number"]
    for words in (
        "罚款8,000元",
        "决定前未提出陈述申辩",
        "未申请行政复议",
        "催告书",
        "上海市浦东新区人民法院",
    ):
        assert words in paper.text, words
    assert said["materials"] == ["application", "decision", "party_opinion_and_demand", "object"]


def test_time_brings_a_broken_agreement_back_to_enforcement(bench: Bench) -> None:
    Job.objects.update(done_at=clock.now())
    case, at = overdue(bench, **OWN_POWER)
    beside = Beside(case, "demand")
    at = walked(bench, beside, (*ENFORCEMENT, DEMANDS["performed by agreement"][-2]), at)
    assert beside.begun.state == "execution_agreed"
    job = Job.objects.filter(
        name="cases.lapse_matter", done_at=None, payload={"matter": beside.begun.pk}
    ).get()
    with clock.held_at(job.run_at + timedelta(hours=1)):
        jobs.lapse_matter(job.payload)
    beside.begun.refresh_from_db()
    assert beside.begun.state == "enforcement_decided"
    assert beside.begun.steps.latest("seq").by_name == "系统"


def test_nobody_is_enforced_against_at_night_or_before_the_decision_is_served(bench: Bench) -> None:
    case, at = overdue(bench, **OWN_POWER)
    beside = Beside(case, "demand")
    at = walked(bench, beside, ENFORCEMENT[:-1], at)
    done = DEMANDS["enforced"][-1]
    night = at.astimezone(clock.SHANGHAI).replace(hour=23)
    found = refused(bench, beside, Went(O1, "enforce", 0, done.says), night)
    assert found == {"not_at_night_or_holiday": "AEL §43", "enforcement_decision_served": "AEL §38"}
    cut = {**(done.says or {}), "enforcement.residence": True, "enforcement.cut_utilities": True}
    step(bench, beside, ENFORCEMENT[-1], at)
    found = refused(bench, beside, Went(O1, "enforce", 0, cut), at)
    assert found == {"no_cutting_of_utilities": "AEL §43"}


def test_what_is_executed_is_not_enforced_again(bench: Bench) -> None:
    case, at = overdue(bench, **OWN_POWER)
    beside = Beside(case, "demand")
    at = walked(bench, beside, ENFORCEMENT, at)
    done = {"enforcement.finished_on": at.date(), "surcharge.reason_less": "示例：未决定加处"}
    bench.go(case, Went(DEPUTY, "execute", 0, done), at + timedelta(days=1))
    assert case.state == "executed"
    found = refused(bench, beside, DEMANDS["enforced"][-1], at + timedelta(days=3))
    assert found == {"case_elsewhere": "AEL §43; AEL §38"}
    assert "enforce" not in offered(bench, beside, at)


def offered(bench: Bench, beside: Beside, at: datetime) -> set[str]:
    """The moves that the page of the case offers in this matter."""
    day = clock.day_of(at)
    (place,) = [p for p in queries.beside(beside.case, day)[0] if p.matter == beside.matter]
    return {c.move.id for c in queries.choices(place, bench.actor(O1, beside.case.handling_unit, at), day)}


def test_without_a_law_that_gives_the_power_the_agency_does_not_enforce_itself(bench: Bench) -> None:
    beside, at = demanded(bench)
    decide = DEMANDS["enforced"][2]
    found = refused(bench, beside, decide, at + timedelta(days=30))
    assert found == {"own_enforcement_power": "AEL §34"}
    powerful, at = demanded(bench, **OWN_POWER)
    hand = refused(bench, powerful, Went(DEPUTY, "hand_to_court"), at + timedelta(days=HALF_A_YEAR))
    assert hand == {"no_own_enforcement_power": "AEL §53"}
    early = refused(bench, powerful, decide, at + timedelta(days=9))
    assert early == {"demand_period_over": "AEL §37"}


def test_a_substitute_waits_three_working_days_after_its_last_demand(bench: Bench) -> None:
    case, at = ready(bench, "substitute_performance", "closed")
    beside = Beside(case, "substitute_performance")
    at = walked(bench, beside, LAST_DEMAND, at)
    carry = SUBSTITUTES["closed"][3]
    found = refused(bench, beside, Went(O1, carry.move, 0, carry.says), at + timedelta(days=1))
    assert found == {"three_working_days_after_demand": "AEL §51"}
    paper = case.documents.filter(kind="demand_notice").latest("pk")
    assert "代履行前再次催告" in paper.text


def test_clearing_at_once_is_for_public_ways_and_leaves_the_duties_of_the_decision_open(bench: Bench) -> None:
    case, at = bench.at_step("assign_officers")
    beside = Beside(case, "substitute_performance")
    first = SUBSTITUTES["cleared at once"][0]
    usual = Went(DEPUTY, "decide_substitute", 0, {**(DECIDE.says or {}), "substitute.object": "示例"})
    assert "demand_served_and_unmet" in refused(bench, beside, usual, at)
    able = Went(O1, first.move, 0, {**(first.says or {}), "substitute.party_cannot_clear": False})
    assert refused(bench, beside, able, at) == {"party_cannot_clear": "AEL §52"}
    walked(bench, beside, SUBSTITUTES["cleared at once"], at)
    file = queries.file_of(case)
    assert file["substitute"]["immediate"] is True
    assert file["substitute"]["all_signed"] is True
    assert not file.get("enforcement", {}).get("finished_on")


# The joints with the main road: what is known is not typed again.


@pytest.mark.parametrize(
    ("procedure", "name", "move", "who", "state"),
    [
        ("demand", "performed", "perform_late", O1, "performed"),
        ("demand", "performed by agreement", "perform_late", O1, "performed"),
        ("demand", "enforced", "execute", DEPUTY, "executed"),
        ("demand", "execution_terminated", "terminate_execution", DEPUTY, "execution_terminated"),
        ("demand", "stopped", "terminate_execution", DEPUTY, "execution_terminated"),
        ("substitute_performance", "closed", "execute", DEPUTY, "executed"),
        ("substitute_performance", "closed without cost", "execute", DEPUTY, "executed"),
        ("court_application", "executed", "execute", DEPUTY, "executed"),
        ("court_application", "allowed by the higher court", "execute", DEPUTY, "executed"),
        (
            "court_application",
            "accepted by the higher court",
            "terminate_execution",
            DEPUTY,
            "execution_terminated",
        ),
    ],
)
@pytest.mark.parametrize("year", YEARS)
def test_the_main_road_goes_on_from_what_was_done_beside_it_without_typing(  # noqa: PLR0917
    bench: Bench, procedure: str, name: str, move: str, who: Any, state: str, year: int
) -> None:
    beside, at = gone(bench, procedure, name, year)
    case = beside.case
    before = queries.file_of(case).get("payment", {}).get("items", [])
    bench.go(case, Went(who, move), at + timedelta(days=1))
    assert case.state == state
    if procedure != "substitute_performance":
        assert queries.file_of(case).get("payment", {}).get("items", []) == before


@pytest.mark.parametrize("year", YEARS)
def test_a_case_that_the_court_executed_is_closed(bench: Bench, year: int) -> None:
    beside, at = gone(bench, "court_application", "executed", year)
    bench.go(beside.case, Went(DEPUTY, "execute"), at + timedelta(days=1))
    bench.go(beside.case, Went(HEAD, "close_executed"), at + timedelta(days=2))
    assert beside.case.state == "closed"


def test_matters_are_walked_by_the_people_of_the_case_only(bench: Bench) -> None:
    case, at = overdue(bench)
    stranger = bench.actor(O1, bench.bureau.west, at)
    with nothing_written(), pytest.raises(Refused):
        actions.begin(case=case, procedure="demand", move="issue_demand", values={}, by=stranger, at=at)


def test_a_second_demand_begins_clean(bench: Bench) -> None:
    beside, at = gone(bench, "demand", "enforcement_dropped")
    again = Beside(beside.case, "demand")
    step(bench, again, Went(O1, "issue_demand"), at + timedelta(days=1))
    demand = block(beside.case, "demand")
    assert demand["served_on"] is None
    assert demand["defence"] is None
    assert Matter.objects.filter(case=beside.case, procedure="demand").count() == 2


@pytest.mark.parametrize(
    ("procedure", "name"),
    [
        ("demand", "enforced"),
        ("demand", "enforced at once"),
        ("demand", "performed by agreement"),
        ("substitute_performance", "closed"),
        ("substitute_performance", "cleared at once"),
        ("court_application", "executed"),
    ],
)
def test_the_file_check_finds_nothing_in_what_was_carried_out_lawfully(
    bench: Bench, procedure: str, name: str
) -> None:
    case, at = ready(bench, procedure, name)
    before = check_case(case)
    walked(bench, Beside(case, procedure), ROADS[procedure][name], at)
    after = check_case(case)
    assert after.ids - before.ids == set()
    assert {rule.id for rule in after.unread} == {rule.id for rule in before.unread}


def test_a_penalty_on_the_spot_is_demanded_and_paid_late_without_typing_again(bench: Bench) -> None:
    case = bench.spot(fine=50)
    at = AT + timedelta(days=20)
    actions.lapse(case=case, at=at)
    case.refresh_from_db()
    assert case.state == "overdue"
    beside = Beside(case, "demand")
    at = walked(bench, beside, DEMANDS["performed"], at)
    assert "当场行政处罚决定书" in case.documents.get(kind="demand_notice").text
    bench.go(case, Went(O1, "settle_late", 0, {}), at + timedelta(days=1))
    assert case.state == "paid"
    assert len(queries.file_of(case)["payment"]["items"]) == 1


def test_papers_of_a_matter_are_drawn_again_as_they_were_issued(bench: Bench) -> None:
    """Also after later steps: the same form reads the defence of the demand, or the last demand of a substitute."""
    beside, at = gone(bench, "demand", "handed after a defence")
    walked(bench, Beside(beside.case, "court_application"), [replace(APPLIED[0], days=0), *APPLIED[1:]], at)
    other, _ = gone(bench, "substitute_performance", "closed")
    kinds = set()
    for case in (beside.case, other.case):
        for document in case.documents.filter(step__matter__isnull=False).order_by("pk"):
            assert queries.paper_of(document).text() == document.text, document.kind
            kinds.add(document.kind)
    assert kinds >= {
        "demand_notice",
        "defence_record",
        "court_application",
        "substitute_decision",
        "substitute_record",
    }
