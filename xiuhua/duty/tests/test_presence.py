"""Check-ins, findings and messages that count once, on a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from xiuhua.duty import actions, figures, permissions, queries, rules
from xiuhua.duty.models import CheckIn, Delivery, Finding, Shift
from xiuhua.duty.tests.street import Street
from xiuhua.kernel.authz import SYSTEM, Actor, Invalid, Refused
from xiuhua.kernel.models import RecordEntry
from xiuhua.leads.actions import Sent
from xiuhua.leads.models import Lead
from xiuhua.leads.tests.desk import JPEG, VENDING
from xiuhua.org.figures import Period
from xiuhua.registers.tests.bureau import AT, EAST

DAY = Period(AT.date(), AT.date())


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [r.code for r in refused.value.refusals]


def test_a_check_in_in_place_makes_the_attendance_and_reaches_the_stop(street: Street) -> None:
    shift = street.shift()
    made = street.check_in(at=AT - timedelta(minutes=25))
    shift.refresh_from_db()
    assert (made.verdict, made.counted, made.shift) == ("valid", True, shift)
    assert shift.attended_at == made.at
    assert [bool(s.reached_at) for s in queries.stops_of(street.officer, shift)] == [True, False]
    assert queries.standing_of(shift, AT) is rules.Standing.ON_TIME
    entry = RecordEntry.objects.about(f"duty.checkin:{made.pk}").get()
    assert entry.verb == "duty.check_in"


def test_an_earlier_one_that_comes_later_is_the_attendance(street: Street) -> None:
    shift = street.shift()
    street.check_in()
    early = street.check_in(at=AT - timedelta(minutes=20), received_at=AT)
    shift.refresh_from_db()
    assert shift.attended_at == early.at


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"lat": EAST[1] + 0.004}, "outside"),
        ({"accuracy": 300.0}, "vague"),
        ({"mock": True}, "doubtful"),
    ],
)
def test_what_proves_nothing_makes_no_attendance(
    street: Street, changes: dict[str, Any], verdict: str
) -> None:
    shift = street.shift()
    made = street.check_in(**changes)
    shift.refresh_from_db()
    assert (made.verdict, made.counted, shift.attended_at) == (verdict, False, None)
    assert not figures.check_ins(SYSTEM, DAY).exists()


def test_one_phone_for_two_people_is_doubtful(street: Street) -> None:
    street.check_in()
    made = street.check_in(street.colleague, at=AT + timedelta(minutes=3))
    assert made.sign_list == [rules.Sign.SHARED_DEVICE]
    own = street.check_in(street.colleague, at=AT + timedelta(minutes=4), device="phone-2")
    assert own.verdict == "valid"


def test_a_person_cannot_be_far_away_a_minute_later(street: Street) -> None:
    street.check_in()
    far = street.add_point(lon=EAST[0] + 0.004, lat=EAST[1] + 0.004, radius=1000)
    made = street.check_in(at=AT + timedelta(seconds=5), point=far, lon=far.lon + 0.006, lat=far.lat)
    assert made.sign_list == [rules.Sign.JUMP]


def test_an_inspector_clears_a_doubtful_check_in_and_then_it_counts(street: Street) -> None:
    shift = street.shift()
    made = street.check_in(mock=True)
    assert list(queries.doubtful(street.inspector)) == [made]
    with pytest.raises(Invalid):
        actions.review_check_in(check_in=made, clear=True, note=" ", by=street.inspector, at=AT)
    actions.review_check_in(check_in=made, clear=True, note="示例：测试机", by=street.inspector, at=AT)
    shift.refresh_from_db()
    assert shift.attended_at == made.at
    assert not queries.doubtful(street.inspector).exists()
    with pytest.raises(Refused) as refused:
        actions.review_check_in(check_in=made, clear=False, note="示例", by=street.inspector, at=AT)
    assert codes(refused) == ["nothing_to_review"]


def test_a_trick_that_is_confirmed_never_counts(street: Street) -> None:
    made = street.check_in(mock=True)
    actions.review_check_in(check_in=made, clear=False, note="示例：属实", by=street.inspector, at=AT)
    assert not made.counted


@pytest.mark.parametrize("who", ["officer", "head", "dispatcher"])
def test_nobody_but_an_inspector_looks_into_a_check_in(street: Street, who: str) -> None:
    made = street.check_in(street.colleague, mock=True)
    by: Actor = getattr(street, who)
    with pytest.raises(Refused) as refused:
        actions.review_check_in(check_in=made, clear=True, note="示例", by=by, at=AT)
    assert codes(refused) == ["review_for_inspector"]


def test_people_without_duty_on_the_street_do_not_check_in(street: Street) -> None:
    with pytest.raises(Refused) as refused:
        street.check_in(street.dispatcher)
    assert codes(refused) == ["no_street_duty"]


def test_a_point_that_is_closed_takes_no_check_in(street: Street) -> None:
    actions.close_point(point=street.point, on=AT.date() - timedelta(days=1), by=street.head, at=AT)
    with pytest.raises(Invalid) as invalid:
        street.check_in()
    assert list(invalid.value.errors) == ["point"]


def test_colleagues_do_not_read_where_one_was(street: Street) -> None:
    made = street.check_in()
    assert list(queries.check_ins(street.officer)) == [made]
    assert not queries.check_ins(street.colleague).exists()
    assert list(queries.check_ins(street.head)) == [made]
    assert list(queries.check_ins(street.inspector)) == [made]
    # That somebody was there is counted by all who see the roster.
    assert figures.check_ins(street.colleague, DAY).count() == 1


def test_a_finding_is_a_lead_of_the_finders_unit(street: Street) -> None:
    shift = street.shift()
    kind = street.desk.kinds[VENDING]
    photo = Sent(data=JPEG, name="a.jpg")
    found = actions.find(
        kind=kind, content="占道", by=street.officer, at=AT, lon=EAST[0], lat=EAST[1], photos=[photo]
    )
    lead = Lead.objects.get(pk=found.lead_id)
    assert (lead.state, lead.source, lead.unit) == ("accepted", "patrol", street.unit)
    assert (found.shift, found.unit, found.persuaded) == (shift, street.unit, False)
    assert figures.findings(SYSTEM, DAY).count() == 1
    assert figures.handled(SYSTEM, DAY).count() == 0


def test_a_finding_may_end_in_persuasion_with_a_record(street: Street) -> None:
    kind = street.desk.kinds[VENDING]
    found = actions.find(
        kind=kind, content="占道", persuasion="当场收摊", by=street.officer, at=AT, lon=EAST[0], lat=EAST[1]
    )
    lead = Lead.objects.get(pk=found.lead_id)
    assert (lead.state, lead.outcome, found.persuaded) == ("settled", "persuaded", True)
    assert figures.handled(SYSTEM, DAY).count() == 1
    entries = RecordEntry.objects.about(f"duty.finding:{found.pk}").order_by("pk")
    assert [entry.verb for entry in entries] == ["duty.find", "duty.persuade"]


def test_an_assistants_finding_is_verified_first_and_ends_in_no_persuasion(street: Street) -> None:
    assistant = street.bureau.actor("auxiliary")
    kind = street.desk.kinds[VENDING]
    place: dict[str, Any] = {"lon": EAST[0], "lat": EAST[1]}
    with pytest.raises(Refused) as refused:
        actions.find(kind=kind, content="占道", persuasion="收摊", by=assistant, at=AT, **place)
    assert codes(refused) == ["persuasion_needs_officer"]
    assert not Lead.objects.exists()
    found = actions.find(kind=kind, content="占道", by=assistant, at=AT, **place)
    assert Lead.objects.get(pk=found.lead_id).state == "registered"


@pytest.mark.parametrize("hours", [-1, 25])
def test_a_finding_kept_too_long_or_from_the_future_is_refused(street: Street, hours: int) -> None:
    with pytest.raises(Invalid) as invalid:
        actions.find(
            kind=street.desk.kinds[VENDING],
            content="占道",
            found_at=AT - timedelta(hours=hours),
            by=street.officer,
            at=AT,
            place="示例路",
        )
    assert list(invalid.value.errors) == ["found_at"]


def test_a_message_sent_again_counts_once_and_is_answered_the_same(street: Street) -> None:
    key = uuid4()

    def do() -> dict[str, int]:
        return {"check_in": street.check_in().pk}

    first = actions.once(key=key, kind="check_in", by=street.officer, at=AT, do=do)
    again = actions.once(key=key, kind="check_in", by=street.officer, at=AT, do=do)
    assert first[1]
    assert not again[1]
    assert first[0] == again[0]
    assert CheckIn.objects.count() == 1


def test_a_message_that_is_refused_leaves_its_key_free(street: Street) -> None:
    key = uuid4()

    def refused() -> dict[str, int]:
        return {"check_in": street.check_in(accuracy=-1.0).pk}

    with pytest.raises(Invalid):
        actions.once(key=key, kind="check_in", by=street.officer, at=AT, do=refused)
    assert not Delivery.objects.exists()
    answer, now = actions.once(
        key=key, kind="check_in", by=street.officer, at=AT, do=lambda: {"check_in": street.check_in().pk}
    )
    assert now
    assert answer["check_in"]


def test_a_copy_is_refused_by_the_database_before_anything_of_it_is_done(street: Street) -> None:
    """Nobody looks first: a copy on its way at the same time would be seen by no look, but the key is taken once."""
    key, done = uuid4(), []

    def do() -> dict[str, int]:
        done.append(street.check_in().pk)
        return {"check_in": done[-1]}

    told = [actions.once(key=key, kind="check_in", by=street.officer, at=AT, do=do) for _ in range(2)]
    assert [now for _answer, now in told] == [True, False]
    assert told[0][0] == told[1][0] == {"check_in": CheckIn.objects.get().pk}
    assert len(done) == 1


def test_a_key_of_somebody_else_is_refused(street: Street) -> None:
    key = uuid4()
    actions.once(key=key, kind="check_in", by=street.officer, at=AT, do=lambda: {"a": 1})
    with pytest.raises(Refused) as refused:
        actions.once(key=key, kind="check_in", by=street.colleague, at=AT, do=lambda: {"a": 2})
    assert codes(refused) == ["key_of_another"]


def test_a_persuasion_that_was_kept_finds_its_finding_by_the_key(street: Street) -> None:
    key = uuid4()

    def do() -> dict[str, int]:
        made = actions.find(
            kind=street.desk.kinds[VENDING], content="占道", by=street.officer, at=AT, place="示例路"
        )
        return {"finding": made.pk}

    actions.once(key=key, kind="finding", by=street.officer, at=AT, do=do)
    found = actions.finding_of_key(key=key, by=street.officer)
    assert found == Finding.objects.get()
    for by, wrong in ((street.colleague, key), (street.officer, uuid4())):
        with pytest.raises(Invalid):
            actions.finding_of_key(key=wrong, by=by)


def test_whoever_is_in_a_shift_is_on_duty(street: Street) -> None:
    shift = street.shift()
    assert list(queries.on_duty(street.head, AT)) == [shift]
    assert not queries.on_duty(street.head, AT + timedelta(hours=9)).exists()
    assert Shift.objects.count() == 1


def test_what_may_be_done_is_asked_without_being_refused(street: Street) -> None:
    """The questions that pages ask before they draw a button."""
    made = street.check_in(mock=True)
    coming = street.shift(street.colleague, day=AT.date() + timedelta(days=1))
    assert permissions.can_work(street.officer)
    assert not permissions.can_work(street.dispatcher)
    assert permissions.can_ask_swap(coming, street.colleague, AT)
    assert not permissions.can_ask_swap(coming, street.officer, AT)
    assert permissions.can_review(made, street.inspector)
    assert not permissions.can_review(made, street.head)
    assert permissions.can_task(street.unit.pk, street.head)
    assert not permissions.can_task(street.bureau.west.pk, street.head)


def test_an_inspector_does_not_look_into_an_own_check_in(street: Street) -> None:
    made = street.check_in(mock=True)
    both = replace(street.inspector, officer_id=street.officer.officer_id)
    with pytest.raises(Refused) as refused:
        actions.review_check_in(check_in=made, clear=True, note="示例", by=both, at=AT)
    assert codes(refused) == ["own_check_in"]


def test_the_ground_is_known_on_a_day(street: Street) -> None:
    day = AT.date()
    actions.close_point(point=street.other_point, on=day, by=street.head, at=AT)
    assert queries.points(street.officer, day).count() == 2
    assert list(queries.points(street.officer, day + timedelta(days=1))) == [street.point]
    assert queries.point_by_code(street.officer, street.unit.pk, street.point.code) == street.point
    assert [k.code for k in queries.shift_kinds()] == ["early", "day", "late", "night"]
    assert queries.known_limits() == queries.limits()
    assert list(queries.beats(street.officer)) == [street.beat]
    names = [str(x) for x in (street.point, street.kind(), street.shift(), queries.plans()[0])]
    assert all(names)
