"""Rosters, swaps and appeals on a database: what is planned, what is refused, what changes hands."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from xiuhua.duty import actions, figures, permissions, queries, rules
from xiuhua.duty.models import Appeal, Shift, Stop, Swap
from xiuhua.duty.tests.street import Street
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM, Actor, Invalid, Refused
from xiuhua.org.figures import Period
from xiuhua.org.models import Officer
from xiuhua.registers.tests.bureau import AT

NEXT_WEEK = AT + timedelta(days=7)
AFTER = AT + timedelta(hours=10)


def officer(actor: Actor) -> Officer:
    return Officer.objects.get(pk=actor.officer_id or 0)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [r.code for r in refused.value.refusals]


def test_a_shift_has_a_stop_at_every_point_of_its_beat(street: Street) -> None:
    shift = street.shift()
    stops = queries.stops_of(street.officer, shift)
    assert {s.point for s in stops} == {street.point, street.other_point}
    assert all(shift.starts_at < s.due_at <= shift.ends_at for s in stops)
    assert not queries.stops_of(street.officer, street.shift(street.colleague, beat=None))


def test_a_closed_point_is_no_stop_any_more(street: Street) -> None:
    actions.close_point(point=street.other_point, on=AT.date() - timedelta(days=1), by=street.head, at=AT)
    assert [s.point for s in queries.stops_of(street.head, street.shift())] == [street.point]


def test_one_person_is_not_on_duty_twice(street: Street) -> None:
    street.shift()
    for kind in ("day", "late"):
        with pytest.raises(Invalid) as invalid:
            street.shift(kind=kind)
        assert list(invalid.value.errors) == ["day"]


def test_nobody_of_another_unit_is_planned(street: Street) -> None:
    stranger = street.bureau.officer("officer", street.bureau.west)
    with pytest.raises(Invalid) as invalid:
        street.shift(officer=stranger)
    assert list(invalid.value.errors) == ["officer"]


@pytest.mark.parametrize("who", ["officer", "dispatcher", "inspector"])
def test_rosters_are_made_by_heads_and_clerks_only(street: Street, who: str) -> None:
    with pytest.raises(Refused) as refused:
        street.shift(by=getattr(street, who))
    assert codes(refused) == ["plan_elsewhere"]
    assert not permissions.can_plan(street.unit.pk, getattr(street, who))


def test_a_head_plans_for_no_other_unit(street: Street) -> None:
    with pytest.raises(Refused):
        actions.add_beat(unit=street.bureau.west, code="B", name="示例", by=street.head, at=AT)


def test_a_shift_is_cancelled_before_it_begins_and_not_after(street: Street) -> None:
    shift = street.shift(day=NEXT_WEEK.date())
    actions.ask_swap(shift=shift, other=officer(street.colleague), reason="示例", by=street.officer, at=AT)
    with pytest.raises(Invalid):
        actions.cancel_shift(shift=shift, reason=" ", by=street.head, at=AT)
    actions.cancel_shift(shift=shift, reason="示例：调整", by=street.head, at=AT)
    assert Swap.objects.get().state == "withdrawn"
    assert not queries.shifts(street.head).exists()
    for gone in (shift, street.shift()):
        with pytest.raises(Refused) as refused:
            actions.cancel_shift(shift=gone, reason="示例", by=street.head, at=AT)
        assert codes(refused) == ["shift_begun"]


def test_a_week_is_copied_and_what_clashes_is_told(street: Street) -> None:
    street.shift()
    street.shift(street.colleague)
    street.shift(day=NEXT_WEEK.date())
    done = actions.copy_week(unit=street.unit, monday=AT.date(), to=NEXT_WEEK.date(), by=street.head, at=AT)
    assert (done.written, len(done.faults)) == (1, 1)
    assert Shift.objects.filter(day=NEXT_WEEK.date()).count() == 2
    copied = Shift.objects.get(day=NEXT_WEEK.date(), officer=street.colleague.officer_id)
    assert (copied.kind, copied.beat, copied.stops.count()) == (street.kind(), street.beat, 2)


def test_nothing_is_copied_onto_itself_or_from_an_empty_week(street: Street) -> None:
    for monday, to, field in (
        (AT.date(), AT.date(), "to"),
        (date(2026, 1, 5), NEXT_WEEK.date(), "monday"),
    ):
        with pytest.raises(Invalid) as invalid:
            actions.copy_week(unit=street.unit, monday=monday, to=to, by=street.head, at=AT)
        assert list(invalid.value.errors) == [field]


def lines(street: Street) -> list[rules.Line]:
    return [
        rules.Line(2, officer(street.officer).staff_no, "2026-05-20", "日班", "B1"),
        rules.Line(3, "没有", "2026-05-20", "日班"),
        rules.Line(4, officer(street.colleague).staff_no, "2026-05-21", "night"),
    ]


def test_a_file_is_tried_first_and_a_faulty_one_is_not_written(street: Street) -> None:
    for write in (False, True):
        done = actions.bring_in(unit=street.unit, lines=lines(street), by=street.head, at=AT, write=write)
        assert ([g.row for g in done.good], [f.row for f in done.faults]) == ([2, 4], [3])
        assert done.written == Shift.objects.count() == 0


def test_the_good_rows_of_a_faulty_file_are_written_where_that_is_asked_for(street: Street) -> None:
    done = actions.bring_in(
        unit=street.unit, lines=lines(street), by=street.head, at=AT, write=True, skip_faulty=True
    )
    assert done.written == Shift.objects.count() == 2
    assert Stop.objects.count() == 2
    nights = Shift.objects.get(kind__code="night")
    assert nights.ends_at.date() > nights.starts_at.date() or nights.ends_at > nights.starts_at
    again = actions.bring_in(unit=street.unit, lines=lines(street), by=street.head, at=AT, write=True)
    assert [f.row for f in again.faults] == [2, 3, 4]


def test_a_file_with_no_days_at_all_is_all_faults(street: Street) -> None:
    done = actions.bring_in(unit=street.unit, lines=[rules.Line(2, "x", "x", "x")], by=street.head, at=AT)
    assert not done.good


def test_a_file_that_is_too_long_is_refused(street: Street) -> None:
    line = rules.Line(2, "x", "2026-05-20", "day")
    with pytest.raises(Invalid):
        actions.bring_in(unit=street.unit, lines=[line] * (rules.MOST_ROWS + 1), by=street.head, at=AT)


@pytest.fixture
def swap(street: Street) -> Swap:
    mine = street.shift(day=NEXT_WEEK.date())
    theirs = street.shift(street.colleague, day=NEXT_WEEK.date() + timedelta(days=1))
    return actions.ask_swap(
        shift=mine,
        other=officer(street.colleague),
        in_exchange=theirs,
        reason="示例：家中有事",
        by=street.officer,
        at=AT,
    )


def test_shifts_change_hands_with_consent_and_approval(street: Street, swap: Swap) -> None:
    assert list(queries.waiting_for(street.colleague)[0]) == [swap]
    actions.answer_swap(swap=swap, consent=True, by=street.colleague, at=AT)
    assert list(queries.waiting_for(street.head)[0]) == [swap]
    actions.decide_swap(swap=swap, approve=True, by=street.head, at=AT)
    assert swap.state == "approved"
    assert Shift.objects.get(pk=swap.shift_id).officer_id == street.colleague.officer_id
    assert Shift.objects.get(pk=swap.in_exchange_id or 0).officer_id == street.officer.officer_id


def test_nothing_changes_hands_without_the_others_consent(street: Street, swap: Swap) -> None:
    with pytest.raises(Refused) as refused:
        actions.decide_swap(swap=swap, approve=True, by=street.head, at=AT)
    assert codes(refused) == ["swap_without_consent"]
    actions.answer_swap(swap=swap, consent=False, by=street.colleague, at=AT, note="示例")
    with pytest.raises(Refused):
        actions.decide_swap(swap=swap, approve=True, by=street.head, at=AT)
    assert Shift.objects.get(pk=swap.shift_id).officer_id == street.officer.officer_id


def test_only_the_one_who_was_asked_answers_and_once(street: Street, swap: Swap) -> None:
    with pytest.raises(Refused) as refused:
        actions.answer_swap(swap=swap, consent=True, by=street.officer, at=AT)
    assert codes(refused) == ["swap_not_asked_of_you"]
    actions.answer_swap(swap=swap, consent=True, by=street.colleague, at=AT)
    with pytest.raises(Refused) as refused:
        actions.answer_swap(swap=swap, consent=True, by=street.colleague, at=AT)
    assert codes(refused) == ["swap_answered"]
    assert not permissions.can_answer_swap(swap, street.colleague)


def test_a_swap_is_approved_by_the_head_of_the_unit_and_by_no_party_to_it(street: Street, swap: Swap) -> None:
    actions.answer_swap(swap=swap, consent=True, by=street.colleague, at=AT)
    for who, code in ((street.officer, "swap_for_head"), (street.dispatcher, "swap_for_head")):
        with pytest.raises(Refused) as refused:
            actions.decide_swap(swap=swap, approve=True, by=who, at=AT)
        assert codes(refused) == [code]
    heads = street.shift(street.head, day=NEXT_WEEK.date() + timedelta(days=3))
    own = actions.ask_swap(shift=heads, other=officer(street.officer), reason="示例", by=street.head, at=AT)
    actions.answer_swap(swap=own, consent=True, by=street.officer, at=AT)
    with pytest.raises(Refused) as refused:
        actions.decide_swap(swap=own, approve=True, by=street.head, at=AT)
    assert codes(refused) == ["swap_of_oneself"]
    assert permissions.can_decide_swap(swap, street.head)


def test_a_head_refuses_a_swap_and_nothing_moves(street: Street, swap: Swap) -> None:
    actions.answer_swap(swap=swap, consent=True, by=street.colleague, at=AT)
    actions.decide_swap(swap=swap, approve=False, by=street.head, at=AT, note="示例：人手不足")
    assert swap.state == "refused"
    assert Shift.objects.get(pk=swap.shift_id).officer_id == street.officer.officer_id


def test_a_swap_that_would_clash_is_not_approved(street: Street, swap: Swap) -> None:
    actions.answer_swap(swap=swap, consent=True, by=street.colleague, at=AT)
    street.shift(street.colleague, day=NEXT_WEEK.date(), kind="day")
    with pytest.raises(Invalid) as invalid:
        actions.decide_swap(swap=swap, approve=True, by=street.head, at=AT)
    assert list(invalid.value.errors) == ["shift"]
    assert Swap.objects.get(pk=swap.pk).state == "consented"


def test_a_shift_that_began_does_not_change_hands(street: Street, swap: Swap) -> None:
    actions.answer_swap(swap=swap, consent=True, by=street.colleague, at=AT)
    with pytest.raises(Invalid):
        actions.decide_swap(swap=swap, approve=True, by=street.head, at=NEXT_WEEK + timedelta(hours=2))


def test_one_asks_for_ones_own_coming_shift_once_and_of_a_colleague(street: Street, swap: Swap) -> None:
    other = officer(street.colleague)
    with pytest.raises(Refused) as refused:
        actions.ask_swap(shift=swap.shift, other=other, reason="示例", by=street.colleague, at=AT)
    assert codes(refused) == ["swap_of_another"]
    with pytest.raises(Refused) as refused:
        actions.ask_swap(shift=street.shift(), other=other, reason="示例", by=street.officer, at=AT)
    assert codes(refused) == ["swap_too_late"]
    with pytest.raises(Invalid) as invalid:
        actions.ask_swap(
            shift=swap.shift,
            other=street.bureau.officer("officer", street.bureau.west),
            in_exchange=swap.shift,
            reason="示例",
            by=street.officer,
            at=AT,
        )
    assert set(invalid.value.errors) == {"other", "in_exchange", "shift"}
    with pytest.raises(Invalid) as invalid:
        actions.ask_swap(shift=swap.shift, other=other, reason=" ", by=street.officer, at=AT)
    assert list(invalid.value.errors) == ["reason"]


def test_an_open_swap_is_withdrawn_by_whoever_asked(street: Street, swap: Swap) -> None:
    for who in (street.colleague, street.head):
        with pytest.raises(Refused):
            actions.withdraw_swap(swap=swap, by=who, at=AT)
    actions.withdraw_swap(swap=swap, by=street.officer, at=AT)
    assert swap.state == "withdrawn"
    assert not permissions.can_withdraw_swap(swap, street.officer)


def absent(street: Street) -> Shift:
    return street.shift()


def test_an_absence_is_appealed_and_the_head_decides_with_a_reason(street: Street) -> None:
    shift, period = absent(street), Period(AT.date(), AT.date())
    with clock.held_at(AFTER):
        assert figures.planned(SYSTEM, period).count() == 1
    made = actions.appeal(shift=shift, reason="示例：手机没电", by=street.officer, at=AFTER)
    assert list(queries.waiting_for(street.head)[1]) == [made]
    with pytest.raises(Invalid):
        actions.decide_appeal(appeal=made, grant=True, reason="", by=street.head, at=AFTER)
    actions.decide_appeal(appeal=made, grant=True, reason="示例：有同事证明", by=street.head, at=AFTER)
    shift.refresh_from_db()
    assert queries.standing_of(shift, AFTER) is rules.Standing.EXCUSED
    with clock.held_at(AFTER):
        assert figures.planned(SYSTEM, period).count() == 0
    assert figures.attended(SYSTEM, period).count() == 0


def test_an_appeal_that_is_refused_leaves_the_absence(street: Street) -> None:
    shift = absent(street)
    made = actions.appeal(shift=shift, reason="示例", by=street.officer, at=AFTER)
    actions.decide_appeal(appeal=made, grant=False, reason="示例：无证明", by=street.head, at=AFTER)
    shift.refresh_from_db()
    assert queries.standing_of(shift, AFTER) is rules.Standing.ABSENT
    with pytest.raises(Refused) as refused:
        actions.appeal(shift=shift, reason="示例", by=street.officer, at=AFTER)
    assert codes(refused) == ["appealed_already"]
    with pytest.raises(Refused) as refused:
        actions.decide_appeal(appeal=made, grant=True, reason="示例", by=street.head, at=AFTER)
    assert codes(refused) == ["appeal_decided"]


def test_what_is_no_absence_of_ones_own_is_not_appealed(street: Street) -> None:
    shift = absent(street)
    for who, at, code in (
        (street.colleague, AFTER, "appeal_of_another"),
        (street.officer, AT, "nothing_to_appeal"),
        (street.officer, AT + timedelta(days=6), "appeal_too_late"),
    ):
        with pytest.raises(Refused) as refused:
            actions.appeal(shift=shift, reason="示例", by=who, at=at)
        assert codes(refused) == [code]
        assert not permissions.can_appeal(shift, who, at)


def test_nobody_decides_an_own_appeal_or_one_of_another_unit(street: Street) -> None:
    made = actions.appeal(shift=absent(street), reason="示例", by=street.officer, at=AFTER)
    with pytest.raises(Refused) as refused:
        actions.decide_appeal(appeal=made, grant=True, reason="示例", by=street.colleague, at=AFTER)
    assert codes(refused) == ["appeal_for_head"]
    own = actions.appeal(shift=street.shift(street.head), reason="示例", by=street.head, at=AFTER)
    with pytest.raises(Refused) as refused:
        actions.decide_appeal(appeal=own, grant=True, reason="示例", by=street.head, at=AFTER)
    assert codes(refused) == ["own_appeal"]
    assert not permissions.can_decide_appeal(own, street.head)
    assert not queries.waiting_for(street.head)[1].filter(pk=own.pk).exists()
    assert list(Appeal.objects.visible(street.colleague)) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": ""}, "code"),
        ({"name": "x" * 61}, "name"),
        ({"lat": 200.0}, "lat"),
        ({"lon": 120.0}, "lon"),
        ({"radius": 0}, "radius"),
        ({"radius": 1001}, "radius"),
        ({"code": "P1"}, "code"),
    ],
)
def test_a_point_that_is_none_is_refused(street: Street, changes: dict[str, object], field: str) -> None:
    if changes.get("code") == "P1":
        changes = {"code": street.point.code}
    with pytest.raises(Invalid) as invalid:
        street.add_point(**changes)
    assert list(invalid.value.errors) == [field]


def test_a_point_belongs_to_a_beat_of_its_own_unit(street: Street) -> None:
    west = street.bureau.actor("squad_head", street.bureau.west)
    foreign = actions.add_beat(unit=street.bureau.west, code="W1", name="示例", by=west, at=AT)
    for act in (lambda: street.add_point(beat=foreign), lambda: street.shift(beat=foreign)):
        with pytest.raises(Invalid) as invalid:
            act()
        assert list(invalid.value.errors) == ["beat"]
    with pytest.raises(Invalid):
        actions.add_beat(unit=street.unit, code="B1", name="示例", by=street.head, at=AT)
    with pytest.raises(Invalid):
        actions.close_point(point=street.point, on=date(2025, 1, 1), by=street.head, at=AT)
