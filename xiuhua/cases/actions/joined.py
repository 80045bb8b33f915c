"""Every step of a case, and what the payment of its fine does in the same transaction.

These are the verbs that others call. The step itself is made by `stepping`, `matters` and `on_spot`; afterwards the
payment begins, or it and the road follow one another (see `procedure.side.payment_joint`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from xiuhua.cases import queries
from xiuhua.cases.actions import goods_followed, matters, money_bills, on_spot, stepping
from xiuhua.cases.actions.following import Following, acting_in
from xiuhua.cases.actions.opening import Opening
from xiuhua.cases.models import Case, Matter, Step
from xiuhua.cases.procedure import judging
from xiuhua.cases.procedure.facts.forms import FORMS
from xiuhua.cases.procedure.file import STEP, File
from xiuhua.cases.procedure.guards import GUARDS
from xiuhua.cases.procedure.guards.reading import block
from xiuhua.cases.procedure.moves import Move
from xiuhua.cases.procedure.side import payment_joint as joint
from xiuhua.cases.procedure.tables import table_on
from xiuhua.cases.queries import Place
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import SYSTEM, Actor, Refusal, Refused

PAYMENT = "payment"


def take(*, case: Case, move: str, values: Mapping[str, Any], by: Actor, at: datetime) -> Step:
    """Make `move` on `case`; see `stepping.take`. Raises Refused also where its payment does not allow it."""
    with transaction.atomic():
        _check_agrees(case, move)
        step = stepping.take(case=case, move=move, values=values, by=by, at=at)
        _after_road(case, step, by, at)
    case.refresh_from_db()
    return step


def penalise_on_spot(*, opening: Opening, values: Mapping[str, Any], by: Actor, at: datetime) -> Case:
    """See `on_spot.penalise_on_spot`; a fine that was not taken in cash is to be paid."""
    with transaction.atomic():
        case = on_spot.penalise_on_spot(opening=opening, values=values, by=by, at=at)
        if case.state == "delivered":
            _begin(case, at)
    case.refresh_from_db()
    return case


def begin(
    *, case: Case, procedure: str, move: str, values: Mapping[str, Any], by: Actor, at: datetime
) -> Matter:
    """See `matters.begin`."""
    with transaction.atomic():
        matter = matters.begin(case=case, procedure=procedure, move=move, values=values, by=by, at=at)
        _refresh(case, by, at)
    return matter


def take_in(*, matter: Matter, move: str, values: Mapping[str, Any], by: Actor, at: datetime) -> Step:
    """See `matters.take_in`."""
    with transaction.atomic():
        step = matters.take_in(matter=matter, move=move, values=values, by=by, at=at)
        _after_matter(matter, step, by, at)
    matter.refresh_from_db()
    return step


def lapse_in(*, matter: Matter, at: datetime) -> Step | None:
    """See `matters.lapse_in`."""
    with transaction.atomic():
        step = matters.lapse_in(matter=matter, at=at)
        if step is not None:
            _after_matter(matter, step, SYSTEM, at)
    return step


def payment_of(case: Case) -> Matter | None:
    """The payment of the case's fine that is under way."""
    return case.matters.filter(procedure=PAYMENT, ended=False).first()


def _check_agrees(case: Case, move: str) -> None:
    payment = payment_of(case)
    if payment is not None and joint.contradicts(move, payment.state):
        raise Refused(
            Refusal(
                "payment_state",
                "正在加处罚款，延期分期应当在执行协议中约定",
                ground="AEL §42",
                meaning="The surcharge runs: a plan can only be part of an execution agreement.",
            )
        )


def _after_road(case: Case, step: Step, by: Actor, at: datetime) -> None:
    """What the payment does after a step of the road."""
    case.refresh_from_db()
    payment = payment_of(case)
    if payment is None:
        if step.move in joint.BEGINNINGS:
            _begin(case, at)
        _refresh(case, by, at)
        return
    file = {**queries.file_of(case), STEP: step.facts}
    settled = GUARDS["paid_in_full"].check(file, queries.setting(clock.day_of(at)))
    for move in joint.payment_follows(step.move, payment.state, file, settled):
        _payment_moves(case, payment, move, by, at)
    _refresh(case, by, at)


def _after_matter(matter: Matter, step: Step, by: Actor, at: datetime) -> None:
    """What the road does after a step of the payment, and measures after the end of confiscated things; of any other
    matter only the clocks of the payment are new.
    """
    case = Case.objects.get(pk=matter.case_id)
    if matter.procedure == PAYMENT:
        after_payment(case, step, by, at)
    goods_followed.measures_follow(case, matter, by, at)
    _refresh(case, by, at)


def after_payment(case: Case, step: Step, by: Actor, at: datetime) -> None:
    """Let the road make the move that says the same as `step` of the payment, if its guards allow it as well."""
    day = clock.day_of(at)
    table = table_on(case.procedure, day)
    file = {**queries.file_of(case), STEP: step.facts}
    for move in joint.ROAD_FOLLOWS.get(step.move, ()):
        row = table.by_id.get(move)
        if row is not None and row.source == case.state and _holds(row, file, at, by):
            _road_moves(case, row, file, by, at)
            return


def _holds(row: Move, file: File, at: datetime, by: Actor) -> bool:
    setting = queries.setting(clock.day_of(at), by, row.roles)
    return all(judging.holds(GUARDS[name], file, setting) for name in row.guards)


def _road_moves(case: Case, row: Move, file: File, by: Actor, at: datetime) -> None:
    place = Place(case, file, table_on(case.procedure, clock.day_of(at)), case.state, FORMS)
    with record.act(f"cases.{row.id}", by=by, at=at) as act:
        walking = Following(place, file, by, at, act, acting_in(row, case, by))
        stepping.written(walking, row, {}, case.state)
        if case.state != row.target:
            case.state, case.state_since = row.target, at
        stepping.refresh_columns(walking)
        stepping.wait(case, walking.file, walking.day)


def _payment_moves(case: Case, payment: Matter, move: str, by: Actor, at: datetime) -> None:
    side, day = queries.sides()[PAYMENT], clock.day_of(at)
    place = queries.place_in(case, side, day, payment)
    row = place.table.move(move)
    by = SYSTEM if move in side.followers else by
    with record.act(f"cases.{PAYMENT}.{move}", by=by, at=at) as act:
        walking = Following(place, place.file, by, at, act, acting_in(row, case, by))
        stepping.written(walking, row, {}, payment.state, payment)
        if payment.state != row.target:
            payment.state, payment.state_since = row.target, at
        payment.ended = place.table.state(payment.state).final
        matters.refresh_clock(walking, payment)
        payment.save()
        stepping.refresh_columns(walking)


def _begin(case: Case, at: datetime) -> None:
    """Begin the payment with its bill, if the decision has a fine and is served with effect."""
    side, day = queries.sides()[PAYMENT], clock.day_of(at)
    place = queries.place_in(case, side, day)
    if not block(place.file, "decision").get("fine") or case.matters.filter(procedure=PAYMENT).exists():
        return
    row = place.table.move("start_payment_period")
    if not _holds(row, place.file, at, SYSTEM):
        return
    with record.act(f"cases.{PAYMENT}.{row.id}", by=SYSTEM, at=at) as act:
        walking = Following(place, place.file, SYSTEM, at, act, row.roles)
        matters.step_in(walking, row.id, stepping.stated(walking, row.id, {}))
        money_bills.issue(case, queries.file_of(case), queries.setting(day).calendar, act, day)


def record_payment(*, case: Case, move: str, values: Mapping[str, Any], by: Actor, at: datetime) -> Step:
    """A payment that the bank reports: the party's own act, whoever brings the report in (see `money_bank`).

    A move of the road is one that it makes after the payment was handed over to enforcement. Raises Refused where
    neither is under way, or as any other step.
    """
    with transaction.atomic():
        locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        payment, day = payment_of(locked), clock.day_of(at)
        if payment is None:
            return _paid_on_the_road(locked, move, values, by, at)
        stepping.in_order(at, payment)
        place = queries.place_in(locked, queries.sides()[PAYMENT], day, payment)
        with record.act(f"cases.{PAYMENT}.{move}", by=by, at=at) as act:
            walking = Following(place, place.file, by, at, act, frozenset({"party"}))
            step = matters.step_in(walking, move, stepping.stated(walking, move, values))
        _after_matter(payment, step, by, at)
    return step


def _paid_on_the_road(case: Case, move: str, values: Mapping[str, Any], by: Actor, at: datetime) -> Step:
    place = queries.road_of(case, clock.day_of(at))
    if not place.has(move):
        raise Refused(
            Refusal("no_payment", "本案没有进行中的缴款", meaning="No payment is under way in this case.")
        )
    stepping.in_order(at, case)
    with record.act(f"cases.{move}", by=by, at=at) as act:
        walking = Following(place, place.file, by, at, act, frozenset({"party"}))
        step = stepping.step_on(walking, move, stepping.stated(walking, move, values))
    _after_road(case, step, by, at)
    return step


def _refresh(case: Case, by: Actor, at: datetime) -> None:
    """The clocks of the payment and what its bill says, after whatever changed the file; with an entry if they did."""
    payment = case.matters.filter(procedure=PAYMENT).first()
    if payment is None:
        return
    place = queries.place_in(case, queries.sides()[PAYMENT], clock.day_of(at), payment)
    verb = f"cases.{PAYMENT}.reckon"
    before = (payment.clock, payment.due_on)
    if not payment.ended:
        matters.refresh_clock(stepping.Walk(place, place.file, by, at, record.Act(verb, by, at)), payment)
    if before != (payment.clock, payment.due_on):
        with record.act(verb, by=by, at=at) as act:
            payment.save()
            due = payment.due_on.isoformat() if payment.due_on else ""
            act.entry(on=case, facts={"clock": payment.clock, "due_on": due}, label=case.number)
    _refresh_bill(case, payment, place.file, by, at)


def _refresh_bill(case: Case, payment: Matter, file: File, by: Actor, at: datetime) -> None:
    bill = money_bills.bill_of(case)
    if bill is None:
        return
    calendar = queries.setting(clock.day_of(at)).calendar
    if money_bills.refresh(bill, money_bills.figures(file, calendar, payment.state if payment.ended else "")):
        with record.act("money.reckon_bill", by=by, at=at) as act:
            bill.save()
            act.entry(on=bill, facts={"paid": str(bill.paid), "left": str(bill.left), "state": bill.state})
