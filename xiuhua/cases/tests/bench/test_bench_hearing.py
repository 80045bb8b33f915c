"""A hearing beside the main road: asked for, hosted, held, reported, taken over by the case; and what is refused."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from xiuhua.cases import actions, queries
from xiuhua.cases.models import Case, Document, Matter
from xiuhua.cases.queries import checking
from xiuhua.cases.tests.bench.bench import (
    CLERK,
    DEPUTY,
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
from xiuhua.org.models import Officer

pytestmark = pytest.mark.slow

HOST, OTHER_HOST = ("hearing_host", 0), ("hearing_host", 1)
TOLD = {"notice.planned_fine": 50000, "notice.tells_hearing": True, **SERVED}
HELD = {
    "hearing.case_put": "油烟净化设施停用，建议罚款五万元",
    "hearing.party_said": "已整改，请求从轻",
    "hearing.last_said": "坚持原意见",
}
REPORT = {"hearing.finding": "事实清楚，证据充分", "hearing.opinion": "建议维持拟处罚"}
YEARS = pytest.mark.parametrize("year", [2026, 2018])


def _squad(who: Who, case: Case) -> Any:
    return case.handling_unit if who[0] in {"officer", "squad_head", "squad_legal_clerk"} else None


def by(bench: Bench, who: Who, case: Case, at: datetime) -> Actor:
    return bench.actor(who, _squad(who, case), at)


def offered(bench: Bench, year: int = 2026) -> tuple[Case, datetime]:
    """A case whose party was told of the right to a hearing."""
    case, at = bench.at_step("pass_legal_review", year, cause={"hearing_always": True})
    at = bench.walk(case, [Went(O1, "serve_prior_notice", 1, TOLD), Went(O1, "offer_hearing", 0, SERVED)], at)
    return case, at


def begun(bench: Bench, case: Case, move: str, at: datetime, **says: Any) -> Matter:
    return actions.begin(
        case=case, procedure="hearing", move=move, values=says, by=by(bench, CLERK, case, at), at=at
    )


def pending(bench: Bench, year: int = 2026) -> tuple[Case, Matter, datetime]:
    """A case that waits for its hearing, and the hearing as it was asked for."""
    case, at = offered(bench, year)
    at += timedelta(days=1)
    bench.go(case, Went(O1, "request_hearing"), at)
    return case, begun(bench, case, "receive_request", at), at


def go(bench: Bench, matter: Matter, who: Who, move: str, at: datetime, **says: Any) -> None:
    actions.take_in(matter=matter, move=move, values=says, by=by(bench, who, matter.case, at), at=at)


def host(bench: Bench, number: int = 0) -> Officer:
    return bench.person(("hearing_host", number))


def appointed(bench: Bench, year: int = 2026) -> tuple[Case, Matter, datetime]:
    case, matter, at = pending(bench, year)
    go(bench, matter, DEPUTY, "appoint_host", at, **{"hearing.host_id": str(host(bench).pk)})
    return case, matter, at


def noticed(at: datetime, days: int = 14) -> dict[str, Any]:
    return {
        "hearing.planned_at": (at + timedelta(days=days)).strftime("%Y-%m-%dT09:30"),
        "hearing.planned_place": "示例会议室",
        **SERVED,
    }


def scheduled(bench: Bench, year: int = 2026) -> tuple[Case, Matter, datetime]:
    """A hearing whose notice was served, and the moment of the hearing."""
    case, matter, at = appointed(bench, year)
    go(bench, matter, HOST, "serve_hearing_notice", at, **noticed(at))
    return case, matter, at + timedelta(days=14)


def refused(bench: Bench, matter: Matter, who: Who, move: str, at: datetime, **says: Any) -> dict[str, str]:
    with nothing_written(), pytest.raises(Refused) as caught:
        go(bench, matter, who, move, at, **says)
    return grounds(caught.value.refusals)


def reported(bench: Bench, year: int = 2026) -> tuple[Case, Matter, datetime]:
    case, matter, at = scheduled(bench, year)
    go(bench, matter, HOST, "hold_hearing", at, **HELD)
    go(bench, matter, O1, "sign_record", at, **{"hearing.record_signed": True})
    at += timedelta(days=1)
    go(bench, matter, HOST, "report_hearing", at, **REPORT)
    return case, matter, at


@YEARS
def test_a_hearing_is_held_and_reported_and_the_case_takes_it_over_without_retyping(
    bench: Bench, year: int
) -> None:
    case, matter, at = reported(bench, year)
    assert (matter.state, matter.ended, matter.clock) == ("reported", True, "")
    at += timedelta(days=1)
    actions.take(case=case, move="take_hearing_result", values={}, by=by(bench, O1, case, at), at=at)
    assert case.state == "defence_done"
    hearing = queries.file_of(case)["hearing"]
    assert hearing["opinion"] == REPORT["hearing.opinion"]
    assert hearing["report_on"] == (at - timedelta(days=1)).date().isoformat()
    assert hearing["host_id"] == str(host(bench).pk)
    bench.go(case, Went(DEPUTY, "decide_penalty"), at + timedelta(hours=1))
    assert case.state == "decided"
    law = {"2026": "2021", "2018": "2017"}[str(year)]
    assert set(matter.steps.values_list("law_version", flat=True)) == {law}


def test_the_papers_of_a_hearing_are_issued_once_each(bench: Bench) -> None:
    case, _matter, at = reported(bench)
    actions.take(case=case, move="take_hearing_result", values={}, by=by(bench, O1, case, at), at=at)
    issued = list(
        Document.objects.filter(case=case, kind__startswith="hearing_")
        .order_by("pk")
        .values_list("kind", flat=True)
    )
    assert issued == ["hearing_right_notice", "hearing_notice", "hearing_record", "hearing_report"]


@YEARS
def test_a_notice_a_day_short_is_refused_and_the_first_lawful_day_is_not(bench: Bench, year: int) -> None:
    case, matter, at = appointed(bench, year)
    calendar = queries.setting(at.date()).calendar
    unit = "working_day" if year == 2026 else "calendar_day"
    first = calendar.due(at.date(), 7, unit).day
    short = noticed(at) | {"hearing.planned_at": f"{first - timedelta(days=1)}T09:30"}
    article = "PPL21 §64" if year == 2026 else "PPL17 §42"
    assert refused(bench, matter, HOST, "serve_hearing_notice", at, **short) == {
        "hearing_notice_early_enough": article
    }
    go(bench, matter, HOST, "serve_hearing_notice", at, **short | {"hearing.planned_at": f"{first}T09:30"})
    assert (matter.clock, matter.due_on) == ("hold_hearing", first)
    assert queries.file_of(case)["services"][-1]["document"] == "hearing_notice"


def test_a_hearing_behind_closed_doors_needs_its_ground(bench: Bench) -> None:
    _, matter, at = appointed(bench)
    says = noticed(at) | {"hearing.public": False}
    assert "open_or_secret_ground" in refused(bench, matter, HOST, "serve_hearing_notice", at, **says)
    go(bench, matter, HOST, "serve_hearing_notice", at, **says, **{"hearing.private_ground": "涉及商业秘密"})


def test_a_notice_without_proof_of_service_schedules_nothing(bench: Bench) -> None:
    _, matter, at = appointed(bench)
    says = noticed(at) | {"service.receipt": False}
    assert refused(bench, matter, HOST, "serve_hearing_notice", at, **says) == {
        "hearing_notice_proved": "CivPL23 §87"
    }


def test_an_investigator_of_the_case_does_not_host_its_hearing(bench: Bench) -> None:
    _, matter, at = pending(bench)
    says = {"hearing.host_id": str(bench.person(O1).pk)}
    assert refused(bench, matter, DEPUTY, "appoint_host", at, **says) == {
        "host_not_investigator": "PPL21 §64"
    }


def test_only_the_head_appoints_and_only_somebody_who_works_here(bench: Bench) -> None:
    _, matter, at = pending(bench)
    says = {"hearing.host_id": str(host(bench).pk)}
    assert "wrong_role" in refused(bench, matter, CLERK, "appoint_host", at, **says)
    with nothing_written(), pytest.raises(Invalid) as caught:
        go(bench, matter, DEPUTY, "appoint_host", at, **{"hearing.host_id": "999999"})
    assert set(caught.value.errors) == {"hearing.host_id"}


def test_another_host_than_the_one_appointed_does_not_act(bench: Bench) -> None:
    _, matter, at = scheduled(bench)
    host(bench, 1)
    assert "appointed_host_acts" in refused(bench, matter, OTHER_HOST, "hold_hearing", at, **HELD)
    postponed = refused(bench, matter, OTHER_HOST, "postpone_hearing", at, reason="场地冲突")
    assert postponed == {"appointed_host_acts": "PPL21 §64"}


def test_a_host_who_steps_back_is_not_appointed_again(bench: Bench) -> None:
    case, matter, at = appointed(bench)
    says = {"recusal.ground": "interest", "recusal.reason": "持有当事人股份"}
    untrue = says | {"recusal.ground": "investigated"}
    assert refused(bench, matter, DEPUTY, "replace_host", at, **untrue) == {
        "host_conflict_found": "PPL21 §64"
    }
    go(bench, matter, DEPUTY, "replace_host", at, **says)
    assert matter.state == "requested"
    file = queries.file_of(case)
    assert file["hearing"]["host_id"] is None
    assert file["recusals"][-1]["person_id"] == str(host(bench).pk)
    again = {"hearing.host_id": str(host(bench).pk)}
    assert refused(bench, matter, DEPUTY, "appoint_host", at, **again) == {"host_may_host": "PPL21 §64"}
    go(bench, matter, DEPUTY, "appoint_host", at, **{"hearing.host_id": str(host(bench, 1).pk)})
    assert matter.state == "host_appointed"


def test_a_postponed_hearing_needs_a_new_notice_in_good_time(bench: Bench) -> None:
    case, matter, at = scheduled(bench)
    with nothing_written(), pytest.raises(Invalid):
        go(bench, matter, HOST, "postpone_hearing", at)
    go(bench, matter, HOST, "postpone_hearing", at, reason="当事人住院")
    assert (matter.state, matter.due_on) == ("host_appointed", None)
    begins = {"hearing.from_at": at, "hearing.to_at": at, "hearing.place": "示例会议室"}
    assert "wrong_state" in refused(bench, matter, HOST, "hold_hearing", at, **HELD, **begins)
    assert "hearing_notice_early_enough" in refused(
        bench, matter, HOST, "serve_hearing_notice", at, **noticed(at, 1)
    )
    go(bench, matter, HOST, "serve_hearing_notice", at, **noticed(at))
    assert queries.file_of(case)["hearing"]["postponed_reason"] == "当事人住院"


def test_a_hearing_is_held_on_the_day_of_its_notice(bench: Bench) -> None:
    _, matter, at = scheduled(bench)
    before, after = at - timedelta(days=1), at + timedelta(days=1)
    assert "held_as_notified" in refused(
        bench,
        matter,
        HOST,
        "hold_hearing",
        before,
        **HELD,
        **{"hearing.from_at": before, "hearing.to_at": before},
    )
    assert "held_as_notified" in refused(bench, matter, HOST, "hold_hearing", after, **HELD)


def test_no_hearing_without_investigators_or_recording(bench: Bench) -> None:
    _, matter, at = scheduled(bench)
    nobody = {"hearing.investigator_ids": [str(bench.person(CLERK, matter.case.handling_unit).pk)]}
    assert refused(bench, matter, HOST, "hold_hearing", at, **HELD, **nobody) == {
        "investigators_present": "PPL21 §64"
    }
    silent = {"video.running": False}
    assert refused(bench, matter, HOST, "hold_hearing", at, **HELD, **silent) == {"recording_on": "PPL21 §47"}


def test_an_absent_party_ends_the_hearing_and_the_case_goes_on_without_it(bench: Bench) -> None:
    case, matter, at = scheduled(bench)
    says = {"hearing.attendance": "absent", "hearing.absence_reason": "等候三十分钟未到，电话无人接听"}
    early = refused(bench, matter, HOST, "end_by_absence", at - timedelta(days=1), **says)
    assert early == {"absent_without_reason": "PPL21 §64"}
    go(bench, matter, HOST, "end_by_absence", at, **says)
    assert (matter.state, matter.ended) == ("not_held", True)
    actions.take(case=case, move="take_hearing_result", values={}, by=by(bench, O1, case, at), at=at)
    assert case.state == "defence_done"
    assert "held_on" not in queries.file_of(case)["hearing"]


@pytest.mark.parametrize("late", [False, True], ids=["before a host is named", "before the hearing"])
def test_a_request_is_taken_back_in_writing_only(bench: Bench, late: bool) -> None:
    case, matter, at = scheduled(bench) if late else pending(bench)
    move = "withdraw_before_hearing" if late else "withdraw_request"
    says = {"hearing.waived_in_writing": False}
    assert "waiver_in_writing" in refused(bench, matter, O1, move, at, **says)
    go(bench, matter, O1, move, at, **{"hearing.waived_in_writing": True})
    assert matter.state == "not_held"
    actions.take(case=case, move="take_hearing_result", values={}, by=by(bench, O1, case, at), at=at)
    assert case.state == "defence_done"
    with nothing_written(), pytest.raises(Refused) as caught:
        begun(bench, case, "receive_request", at)
    assert "not_heard_yet" in grounds(caught.value.refusals)


@YEARS
def test_a_request_is_taken_back_after_a_host_is_named_and_before_anybody_is_called(
    bench: Bench, year: int
) -> None:
    case, matter, at = pending(bench, year)
    go(bench, matter, DEPUTY, "appoint_host", at, **{"hearing.host_id": str(host(bench).pk)})
    says = {"hearing.waived_in_writing": False}
    assert "waiver_in_writing" in refused(bench, matter, O1, "withdraw_before_notice", at, **says)
    go(bench, matter, O1, "withdraw_before_notice", at, **{"hearing.waived_in_writing": True})
    assert (matter.state, matter.ended) == ("not_held", True)
    actions.take(case=case, move="take_hearing_result", values={}, by=by(bench, O1, case, at), at=at)
    assert case.state == "defence_done"


def test_a_record_is_signed_or_the_refusal_is_noted_with_its_reason(bench: Bench) -> None:
    _, matter, at = scheduled(bench)
    go(bench, matter, HOST, "hold_hearing", at, **HELD)
    says = {"hearing.record_signed": False, "hearing.refusal_noted": True}
    assert refused(bench, matter, O1, "sign_record", at, **says) == {
        "hearing_record_signed_or_noted": "PPL21 §64"
    }
    assert "wrong_state" in refused(bench, matter, HOST, "report_hearing", at, **REPORT)
    go(bench, matter, O1, "sign_record", at, **says, **{"hearing.refusal_reason": "不认可记录"})
    assert matter.state == "record_signed"


@YEARS
def test_the_case_does_not_take_a_result_while_the_host_has_the_hearing_in_hand(
    bench: Bench, year: int
) -> None:
    case, _matter, at = scheduled(bench, year)
    day = at.date().isoformat()
    typed: dict[str, Any] = {
        "hearing__held_on": day,
        "hearing__record_signed": True,
        "hearing__opinion": "径行决定",
    }
    article = "PPL21 §65" if year == 2026 else "PPL17 §43"
    assert bench.refused(case, O1, "take_hearing_result", at, **typed)["hearing_ended"] == article


@YEARS
def test_a_late_request_is_turned_down_and_a_timely_one_is_not(bench: Bench, year: int) -> None:
    case, at = offered(bench, year)
    long_after = at + timedelta(days=20)
    bench.go(case, Went(("system", 0), "let_hearing_lapse"), long_after)
    in_time = {"hearing.late_request_on": (at + timedelta(days=1)).date()}
    with nothing_written(), pytest.raises(Refused) as caught:
        begun(bench, case, "reject_late_request", long_after, **in_time)
    article = "PPL21 §64" if year == 2026 else "PPL17 §42"
    assert grounds(caught.value.refusals) == {"hearing_period_over": article}
    with nothing_written(), pytest.raises(Refused) as caught:
        begun(bench, case, "receive_request", long_after, **{"hearing.requested_on": long_after.date()})
    assert grounds(caught.value.refusals)["hearing_requested_in_time"] == article
    matter = begun(bench, case, "reject_late_request", long_after)
    assert (matter.state, matter.ended) == ("not_held", True)
    bench.go(case, Went(DEPUTY, "decide_penalty"), long_after + timedelta(hours=1))
    assert case.state == "decided"


def test_a_request_that_came_in_time_keeps_time_from_passing_over_it(bench: Bench) -> None:
    case, at = offered(bench)
    begun(bench, case, "receive_request", at + timedelta(days=1))
    file, later = queries.file_of(case), (at + timedelta(days=30)).date()
    assert queries.lapse(case, file, later) is None
    case.refresh_from_db()
    says = {"defence.content": "请求从轻", "defence.officer_ids": []}
    bench.go(
        case,
        Went(O1, "receive_defence_instead", 0, {"defence.content": says["defence.content"]}),
        at + timedelta(days=2),
    )
    asked = at + timedelta(days=3)
    bench.go(
        case, Went(O1, "recheck_defence", 0, {"defence.adopted": True, "defence.reason": "部分采纳"}), asked
    )
    found = bench.refused(case, DEPUTY, "decide_penalty", asked)
    assert "hearing_settled" in found
    bench.go(case, Went(O1, "request_hearing_before_decision"), asked + timedelta(days=20))
    assert case.state == "hearing_pending"
    assert queries.file_of(case)["hearing"]["requested_on"] == (at + timedelta(days=1)).date().isoformat()


def test_a_case_has_one_hearing_at_a_time(bench: Bench) -> None:
    case, _matter, at = pending(bench)
    with nothing_written(), pytest.raises(Refused) as caught:
        begun(bench, case, "receive_request", at)
    assert grounds(caught.value.refusals) == {"begun_already": "PPL21 §64"}


def test_a_hearing_leaves_the_state_of_its_case_alone_and_waits_for_nobody(bench: Bench) -> None:
    Job.objects.update(done_at=clock.now())
    case, matter, _ = scheduled(bench)
    case.refresh_from_db()
    assert case.state == "hearing_pending"
    assert not Job.objects.filter(name="cases.lapse_matter", done_at=None).exists()
    assert matter.due_provisional is False


@YEARS
def test_the_file_check_finds_nothing_against_a_hearing_that_walked_its_table(
    bench: Bench, year: int
) -> None:
    case, _matter, at = reported(bench, year)
    at += timedelta(days=1)
    actions.take(case=case, move="take_hearing_result", values={}, by=by(bench, O1, case, at), at=at)
    bench.go(case, Went(DEPUTY, "decide_penalty"), at + timedelta(hours=1))
    found = {f.rule.id for f in checking.check_case(case).findings}
    assert not {rule for rule in found if rule.startswith("NO")}


def test_the_file_check_still_sees_a_host_who_investigated(bench: Bench) -> None:
    case, _matter, _at = reported(bench)
    file = queries.file_of(case)
    file["hearing"] = {**file["hearing"], "host_id": str(bench.person(O1).pk)}
    assert "NO11" in {f.rule.id for f in checking.check_case(case, file).findings}
