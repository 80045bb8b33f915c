"""What the desk and the units do with a lead, what the record says of it, and what is refused."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from xiuhua.kernel import numbering
from xiuhua.kernel.authz import Grant, Invalid, Reach, Refused
from xiuhua.kernel.models import RecordEntry, Series, StoredFile
from xiuhua.leads import actions, permissions, queries, rules
from xiuhua.leads.actions import Reported, Sent
from xiuhua.leads.models import Lead, LeadMedia, Reporter
from xiuhua.leads.tests.desk import BUILDING, JPEG, RENTAL, VENDING, Desk
from xiuhua.registers.tests.bureau import AT, EAST, TOWN, WEST

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


def test_a_report_gets_a_number_an_area_a_public_number_and_its_clocks(desk: Desk) -> None:
    lead = desk.report()
    assert lead.number == "线索2026-000001"
    assert lead.area is not None
    assert lead.area.code == "E"
    assert len(lead.public_id) == 16
    assert (lead.state, lead.unit, lead.has_reporter) == ("registered", None, True)
    assert [c.period.code for c in queries.clocks_of(lead)] == [
        "lead_verify",
        "lead_transfer",
        "sanitation_complaint_answer",
        "reporter_answer",
    ]
    assert (lead.due_clock, lead.due_at) == ("lead_verify", AT + timedelta(hours=24))
    assert desk.report().number == "线索2026-000002"
    assert numbering.gaps(Series.objects.get(kind="lead")) == []


def test_the_record_proves_the_report_without_telling_it(desk: Desk) -> None:
    lead = desk.report(media=[Sent(data=JPEG, name="a.jpg")])
    entry = queries.timeline(lead).get()
    text = entry.label + entry.facts
    assert not [s for s in ("示例市民", "13800000000", "示例路口", "示例路1号") if s in text]
    assert hashlib.sha256(JPEG).hexdigest() in text
    assert entry.label == "线索2026-000001 占道设摊"


def test_who_reported_is_kept_apart(desk: Desk) -> None:
    lead = desk.report()
    assert Reporter.objects.get(lead=lead).phone == "13800000000"
    assert "示例市民" not in str(Lead.objects.values().get(pk=lead.pk))
    nameless = desk.report(reporter=None)
    assert not nameless.has_reporter
    assert not Reporter.objects.filter(lead=nameless).exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"content": ""}, "content"),
        ({"source": "rumour"}, "source"),
        ({"lon": 121.5, "lat": None}, "lat"),
        ({"lon": 31.2, "lat": 121.5}, "lat"),
        ({"lon": 120.0}, "lon"),
        ({"lon": None, "lat": None, "place": ""}, "place"),
        ({"received_at": AT + timedelta(minutes=1)}, "received_at"),
        ({"cause": "XX01"}, "cause"),
        ({"attributes": {"stall_count": "many"}}, "attribute[stall_count]"),
        ({"media": [Sent(data=JPEG), Sent(data=b"MZ")]}, "media[1]"),
        ({"media": [Sent(url="ftp://example.org/a.jpg")]}, "media[0]"),
        ({"media": [Sent(data=JPEG)] * 11}, "media"),
        ({"reporter": Reported(email="nobody")}, "reporter_email"),
    ],
)
def test_bad_input_names_the_field_and_leaves_nothing(desk: Desk, change: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as told:
        desk.report(**change)
    assert list(told.value.errors) == [field]
    assert not Lead.objects.exists()
    assert not Series.objects.filter(kind="lead").exists()
    assert not StoredFile.objects.exists()
    assert not RecordEntry.objects.filter(verb__startswith="leads.").exists()


def test_an_area_that_does_not_hold_the_point_is_invalid_and_without_a_point_it_counts(desk: Desk) -> None:
    area = desk.bureau.west.areas.get()
    with pytest.raises(Invalid) as told:
        desk.report(area=area)
    assert list(told.value.errors) == ["area"]
    assert desk.report(area=area, lon=None, lat=None).area == area


def test_a_source_gives_its_number_once(desk: Desk) -> None:
    desk.report(source_ref="12345-1")
    with pytest.raises(Invalid, match="已登记"):
        desk.report(source_ref="12345-1")
    desk.report(source_ref="12345-1", source="superior")


def test_photos_are_kept_and_addresses_are_not_fetched(desk: Desk) -> None:
    lead = desk.report(media=[Sent(data=JPEG, name="a.jpg"), Sent(url="https://example.org/b.jpg")])
    kept, elsewhere = queries.media_of(lead)
    assert kept.file is not None
    assert kept.file.media_type == "image/jpeg"
    assert (elsewhere.file, elsewhere.url) == (None, "https://example.org/b.jpg")


def test_a_machine_posts_through_its_own_door_only(desk: Desk) -> None:
    assert desk.posted().registered_by_id == desk.intake.officer_id
    with pytest.raises(Invalid) as told:
        desk.report(by=desk.intake)
    assert list(told.value.errors) == ["source"]


@pytest.mark.parametrize("role", ["auditor", "bureau_head", "statistics_clerk", "system_administrator"])
def test_posts_that_register_no_leads_are_refused(desk: Desk, role: str) -> None:
    by = desk.bureau.actor(role)
    assert not permissions.can_register(by)
    with pytest.raises(Refused):
        desk.report(by=by)
    assert not Lead.objects.exists()


# Findings -------------------------------------------------------------------------------------------------------------


def test_a_finding_is_at_once_in_the_hands_of_the_finders_unit(desk: Desk) -> None:
    lead = desk.finding(photos=[Sent(data=JPEG)])
    assert (lead.state, lead.source, lead.unit) == ("accepted", "patrol", desk.bureau.east)
    assert lead.authority == desk.bureau.top
    assert lead.verified_at == lead.accepted_at == lead.on_scene_at == AT
    assert lead.due_clock == "lead_handle"
    assert queries.timeline(lead).count() == 1


def test_a_finding_where_another_unit_handles_is_refused_on_its_ground(desk: Desk) -> None:
    with pytest.raises(Refused) as told:
        desk.finding(lon=WEST[0], lat=WEST[1])
    assert told.value.refusals[0].ground == "SHUM §14"
    assert desk.finding(by=desk.bureau.actor("brigade_head"), lon=WEST[0], lat=WEST[1]).unit == (
        desk.bureau.brigade
    )


def test_auxiliary_staff_make_no_findings_but_may_register(desk: Desk) -> None:
    auxiliary = desk.bureau.actor("auxiliary")
    assert not permissions.can_register_finding(auxiliary)
    with pytest.raises(Refused) as told:
        desk.finding(by=auxiliary)
    assert told.value.refusals[0].ground == "SHUM §16"
    assert desk.report(by=auxiliary).registered_unit == desk.bureau.east


@pytest.mark.parametrize(
    ("change", "field"),
    [({"content": ""}, "content"), ({"photos": [Sent(data=b"MZ")]}, "photos[0]"), ({"lon": 100.0}, "lon")],
)
def test_a_bad_finding_names_the_field(desk: Desk, change: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as told:
        desk.finding(**change)
    assert list(told.value.errors) == [field]
    assert not Lead.objects.exists()


# The desk -------------------------------------------------------------------------------------------------------------


def test_verifying_puts_right_what_was_wrong_and_says_what_changed(desk: Desk) -> None:
    lead = desk.report()
    actions.verify(
        lead=lead,
        kind=desk.kinds[RENTAL],
        cause="QZ01",
        place="示例路2号",
        lon=WEST[0],
        lat=WEST[1],
        on_scene=True,
        by=desk.dispatcher,
        at=LATER,
    )
    lead.refresh_from_db()
    assert (lead.kind.code, lead.cause_hint, lead.place) == (RENTAL, "QZ01", "示例路2号")
    assert lead.area is not None
    assert lead.area.code == "W"
    assert (lead.verified_at, lead.on_scene_at, lead.state_since) == (LATER, LATER, LATER)
    facts = queries.timeline(lead).last()
    assert facts is not None
    assert '"changed":{"area":"W","cause":"QZ01","kind":"group_rental","place":true}' in facts.facts


@pytest.mark.parametrize(
    ("change", "field"),
    [({"lon": 1.0, "lat": 1.0}, "lon"), ({"cause": "XX"}, "cause"), ({"lat": 1.0}, "lon")],
)
def test_a_wrong_correction_is_invalid(desk: Desk, change: dict[str, Any], field: str) -> None:
    lead = desk.report()
    with pytest.raises(Invalid) as told:
        actions.verify(lead=lead, by=desk.dispatcher, at=LATER, **change)
    assert list(told.value.errors) == [field]
    lead.refresh_from_db()
    assert lead.state == "registered"


def test_dispatch_finds_the_unit_and_the_authority_by_place(desk: Desk) -> None:
    for point, unit, authority in (
        (EAST, desk.bureau.east, desk.bureau.top),
        (WEST, desk.bureau.west, desk.bureau.top),
        (TOWN, desk.bureau.town, desk.bureau.government),
    ):
        lead = desk.move("dispatch", desk.in_state("verified", lon=point[0], lat=point[1]))
        assert (lead.unit, lead.authority, lead.due_clock) == (unit, authority, "lead_accept")


def test_dispatch_to_a_named_unit_and_again_to_another(desk: Desk) -> None:
    lead = desk.in_state("dispatched")
    actions.dispatch(lead=lead, unit=desk.bureau.brigade, by=desk.dispatcher, at=LATER)
    assert lead.unit == desk.bureau.brigade
    with pytest.raises(Refused):
        actions.accept(lead=lead, by=desk.officer, at=LATER)


def test_dispatch_without_a_place_needs_a_unit(desk: Desk) -> None:
    lead = desk.in_state("verified", lon=None, lat=None)
    with pytest.raises(Invalid) as told:
        desk.move("dispatch", lead)
    assert list(told.value.errors) == ["unit"]
    lead.refresh_from_db()
    assert (lead.state, lead.unit) == ("verified", None)


def test_dispatch_to_a_unit_that_may_not_handle_is_refused(desk: Desk) -> None:
    lead = desk.in_state("verified")
    with pytest.raises(Refused) as told:
        actions.dispatch(lead=lead, unit=desk.bureau.office, by=desk.dispatcher, at=LATER)
    assert told.value.refusals[0].ground == "SHUM §4"
    with pytest.raises(Invalid, match="案由"):
        actions.dispatch(lead=lead, cause="XX", by=desk.dispatcher, at=LATER)


def test_a_head_takes_a_lead_of_the_own_unit_and_sends_none_elsewhere(desk: Desk) -> None:
    lead = desk.report(by=desk.officer, source="report")
    desk.move("verify", lead)
    with pytest.raises(Refused) as told:
        actions.dispatch(lead=lead, unit=desk.bureau.west, by=desk.head, at=LATER)
    assert told.value.refusals[0].code == "dispatch_elsewhere"
    assert not permissions.can_send_to(desk.bureau.west.pk, desk.head)
    assert permissions.can_send_to(desk.bureau.east.pk, desk.head)
    actions.dispatch(lead=lead, by=desk.head, at=LATER)
    assert lead.unit == desk.bureau.east


def test_a_merged_lead_goes_along_and_its_reporter_gets_the_answer(desk: Desk) -> None:
    first, second, third = desk.posted(), desk.posted(), desk.report()
    for lead in (first, second, third):
        desk.move("verify", lead)
    actions.merge(lead=first, into=second, by=desk.dispatcher, at=AT)
    actions.merge(lead=second, into=third, by=desk.dispatcher, at=AT)
    first.refresh_from_db()
    assert (first.merged_into, second.merged_into, first.due_clock) == (
        third,
        third,
        "sanitation_complaint_answer",
    )
    for step in ("dispatch", "accept", "settle"):
        desk.move(step, third, LATER)
    first.refresh_from_db()
    assert (first.outcome, first.outcome_at, first.answered_at, first.due_clock) == (
        "persuaded",
        LATER,
        LATER,
        "",
    )
    third.refresh_from_db()
    assert third.answered_at is None
    assert queries.answer_of(first).sentence == "经现场教育劝阻，当事人已当场改正。"
    assert [e.verb for e in queries.timeline(first)][-1] == "leads.share_outcome"


def test_nothing_is_merged_into_itself_into_a_closed_lead_or_into_an_unseen_one(desk: Desk) -> None:
    lead, closed = desk.report(), desk.in_state("refused")
    for into, code in ((lead, "merge_itself"), (closed, "merge_into_closed")):
        assert not permissions.can_merge(lead, into, desk.dispatcher)
        with pytest.raises(Refused) as told:
            actions.merge(lead=lead, into=into, by=desk.dispatcher, at=AT)
        assert told.value.refusals[0].code == code
    lead.refresh_from_db()
    assert lead.state == "registered"


def test_nothing_is_merged_into_a_lead_that_one_does_not_see(desk: Desk) -> None:
    lead, other = desk.report(by=desk.officer, source="report"), desk.report()
    seeing = Grant("示例", desk.bureau.east.pk, None, frozenset({"leads.see", "leads.verify"}), Reach.UNIT)
    by = replace(desk.officer, grants=(seeing,))
    with pytest.raises(Refused) as told:
        actions.merge(lead=lead, into=other, by=by, at=AT)
    assert told.value.refusals[0].code == "merge_unseen"
    assert not permissions.can_merge(lead, other, by)


# The field ------------------------------------------------------------------------------------------------------------


def test_accepting_returning_and_dispatching_again(desk: Desk) -> None:
    lead = desk.in_state("accepted")
    assert (lead.accepted_at, lead.due_clock) == (AT, "sanitation_complaint_answer")
    desk.move("return", lead, LATER)
    assert (lead.state, lead.accepted_at, lead.due_clock) == ("returned", None, "lead_dispatch")
    actions.dispatch(lead=lead, unit=desk.bureau.west, by=desk.dispatcher, at=LATER)
    assert (lead.state, lead.unit) == ("dispatched", desk.bureau.west)


@pytest.mark.parametrize(
    ("step", "said", "field"),
    [
        ("return_", {"reason": " "}, "reason"),
        ("settle", {"outcome": "case_closed", "note": "示例"}, "outcome"),
        ("settle", {"outcome": "persuaded", "note": ""}, "note"),
        ("settle", {"outcome": "persuaded", "note": "示例", "public_note": "请拨13800000000"}, "public_note"),
        ("settle", {"outcome": "persuaded", "note": "示例", "public_note": "示" * 301}, "public_note"),
        ("tell_reporter", {"way": "pigeon", "note": "示例"}, "way"),
        ("tell_reporter", {"way": "phone", "note": ""}, "note"),
    ],
)
def test_a_move_that_is_told_badly_names_the_field(
    desk: Desk, step: str, said: dict[str, Any], field: str
) -> None:
    lead = desk.in_state("accepted")
    entries = RecordEntry.objects.count()
    with pytest.raises(Invalid) as told:
        getattr(actions, step)(lead=lead, by=desk.officer, at=LATER, **said)
    assert list(told.value.errors) == [field]
    lead.refresh_from_db()
    assert lead.state == "accepted"
    assert RecordEntry.objects.count() == entries


@pytest.mark.parametrize(
    ("step", "said", "field"),
    [
        ("refuse", {"reason": ""}, "reason"),
        ("transfer_out", {"to": "", "reason": "示例"}, "to"),
        ("transfer_out", {"to": "示例部门", "reason": " "}, "reason"),
    ],
)
def test_a_desk_move_that_is_told_badly_names_the_field(
    desk: Desk, step: str, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as told:
        getattr(actions, step)(lead=desk.report(), by=desk.dispatcher, at=LATER, **said)
    assert list(told.value.errors) == [field]


def test_reaching_the_scene_stops_the_clock_of_two_hours_and_the_first_time_counts(desk: Desk) -> None:
    lead = desk.in_state("dispatched", kind=desk.kinds[BUILDING])
    assert (lead.due_clock, lead.due_at) == ("illegal_building_scene_being_built", AT + timedelta(hours=2))
    desk.move("arrive", lead, LATER)
    desk.move("arrive", lead, LATER + timedelta(hours=1))
    assert lead.on_scene_at == LATER
    assert "illegal_building_scene_being_built" not in [c.period.code for c in queries.clocks_of(lead)]


def test_a_case_takes_a_lead_over_and_gives_its_outcome_back_once(desk: Desk) -> None:
    lead = desk.in_state("handed", source="open311", by=desk.intake)
    assert (lead.case_subject, lead.case_label) == ("cases.case:1", "示例案号")
    assert queries.answer_of(lead) == queries.Answer(False, "承办单位正在依法查处。", AT, "")
    reviewer = desk.bureau.actor("bureau_deputy_head")
    said = {"outcome": "case_closed", "public_note": ""}
    actions.record_outcome(lead=lead, by=reviewer, at=LATER, **said)
    entries = RecordEntry.objects.count()
    actions.record_outcome(lead=lead, by=reviewer, at=LATER + timedelta(hours=1), **said)
    assert RecordEntry.objects.count() == entries
    assert (lead.state, lead.outcome_at, lead.answered_at, lead.due_clock) == ("settled", LATER, LATER, "")
    assert queries.answer_of(lead).is_closed


def test_an_unknown_outcome_is_invalid_and_a_second_one_is_refused(desk: Desk) -> None:
    lead = desk.in_state("handed")
    with pytest.raises(Invalid):
        actions.record_outcome(lead=lead, outcome="lost", public_note="", by=desk.officer, at=LATER)
    desk.move("record_outcome", lead, LATER)
    with pytest.raises(Refused):
        actions.record_outcome(lead=lead, outcome="persuaded", public_note="", by=desk.officer, at=LATER)


def test_the_reporter_is_told_once_and_the_clock_stops(desk: Desk) -> None:
    lead = desk.in_state("settled")
    assert lead.due_clock == "sanitation_complaint_answer"
    assert permissions.can_tell_reporter(lead, desk.officer)
    desk.move("tell_reporter", lead, LATER)
    assert (lead.answered_at, lead.due_clock, lead.due_on) == (LATER, "", None)
    with pytest.raises(Refused) as told:
        desk.move("tell_reporter", lead, LATER)
    assert told.value.refusals[0].ground == "SHUM §26"


def test_where_nobody_reported_nobody_is_told(desk: Desk) -> None:
    lead = desk.in_state("settled", reporter=None)
    assert lead.due_clock == ""
    with pytest.raises(Refused) as told:
        desk.move("tell_reporter", lead)
    assert told.value.refusals[0].code == "no_reporter"


def test_looking_at_a_reporter_is_an_act_with_its_reason(desk: Desk) -> None:
    lead = desk.in_state("accepted")
    assert queries.reporter_known(lead, desk.officer)
    reporter = actions.reveal_reporter(lead=lead, reason="回访核实", by=desk.officer, at=LATER)
    assert reporter.name == "示例市民"
    entry = queries.timeline(lead).last()
    assert entry is not None
    assert (entry.verb, entry.facts) == ("leads.reveal_reporter", '{"reason":"回访核实"}')
    with pytest.raises(Invalid):
        actions.reveal_reporter(lead=lead, reason=" ", by=desk.officer, at=LATER)


def test_the_bureaus_own_desk_does_not_look_at_reporters(desk: Desk) -> None:
    lead = desk.in_state("accepted")
    for by in (desk.dispatcher, desk.clerk, desk.bureau.actor("bureau_head"), desk.bureau.actor("auxiliary")):
        assert not permissions.can_reveal_reporter(lead, by)
        with pytest.raises(Refused) as told:
            actions.reveal_reporter(lead=lead, reason="示例", by=by, at=LATER)
        assert told.value.refusals[0].ground == "SHUM §26"


# All moves ------------------------------------------------------------------------------------------------------------

CHECKS = {
    "verify": permissions.can_verify,
    "refuse": permissions.can_refuse,
    "dispatch": permissions.can_dispatch,
    "accept": permissions.can_accept,
    "return": permissions.can_return,
    "arrive": permissions.can_arrive,
    "transfer_out": permissions.can_transfer_out,
    "hand_to_case": permissions.can_hand_to_case,
    "settle": permissions.can_settle,
    "record_outcome": permissions.can_record_outcome,
    "tell_reporter": permissions.can_tell_reporter,
}


@pytest.mark.parametrize("state", rules.State)
def test_from_every_state_exactly_the_moves_of_the_table_are_open(desk: Desk, state: rules.State) -> None:
    """Each move is tried by somebody of its post: it is made where the table allows it, else nothing is written."""
    lead = desk.in_state(state)
    for step, move in rules.MOVES.items():
        with transaction.atomic():
            _try_move(desk, lead, step, move)
            transaction.set_rollback(True)
        lead.refresh_from_db()


def _try_move(desk: Desk, lead: Lead, step: str, move: rules.Move) -> None:
    state = rules.State(lead.state)
    who = desk.dispatcher if move.permission in {"leads.verify", "leads.dispatch"} else desk.officer
    allowed = state in move.sources and not (step == "tell_reporter" and lead.unit is None)
    if step in CHECKS:
        assert CHECKS[step](lead, who) is allowed, step
    assert (dict(queries.moves(lead, who))[move] == ()) is allowed, step
    said = desk.said(step)
    if allowed:
        assert desk.move(step, lead, LATER).state == (move.target or state)
    elif step != "record_outcome" or lead.outcome != said["outcome"]:
        before, entries = Lead.objects.values().get(pk=lead.pk), RecordEntry.objects.count()
        with pytest.raises(Refused):
            desk.doing(step)(lead=lead, by=who, at=LATER, **said)
        assert Lead.objects.values().get(pk=lead.pk) == before
        assert RecordEntry.objects.count() == entries


def test_a_stale_copy_moves_nothing(desk: Desk) -> None:
    """Two people have the page open; the slower one is refused."""
    lead = desk.in_state("dispatched")
    stale = Lead.objects.get(pk=lead.pk)
    desk.move("accept", lead)
    assert stale.state == "dispatched"
    with pytest.raises(Refused):
        actions.accept(lead=stale, by=desk.officer, at=LATER)
    assert queries.timeline(lead).filter(verb="leads.accept").count() == 1


def test_every_move_leaves_one_entry_in_order(desk: Desk) -> None:
    lead = desk.in_state("accepted")
    desk.move("settle", lead)
    verbs = [e.verb.removeprefix("leads.") for e in queries.timeline(lead)]
    assert verbs == ["register", "verify", "dispatch", "accept", "settle"]


def test_nothing_was_sent_along_that_is_not_there(desk: Desk) -> None:
    desk.report()
    assert not LeadMedia.objects.exists()


def test_holidays_move_the_answer_on(desk: Desk) -> None:
    """Received on Tuesday 2018-02-13, before the Spring Festival of that year (15–21 off, 11 and 24 worked)."""
    from_calendar = [(date(2018, 2, 15) + timedelta(days=i), False) for i in range(7)] + [
        (date(2018, 2, 24), True)
    ]
    desk.load_days(from_calendar)
    at = AT.replace(year=2018, month=2, day=13)
    lead = desk.report(at=at, kind=desk.kinds[VENDING], received_at=at)
    found = {c.period.code: c for c in queries.clocks_of(lead)}
    # Wed 14, Thu 22, Fri 23, Sat 24 (worked), Mon 26.
    assert found["reporter_answer"].day == date(2018, 2, 26)
    assert found["lead_transfer"].day == date(2018, 2, 23)
    assert not found["reporter_answer"].provisional
