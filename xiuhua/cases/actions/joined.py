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
from xiuhua.cases.actions import goods_followed, matters, money_begun, on_spot, stepping
from xiuhua.cases.actions.following import Following, acting_in
from xiuhua.cases.actions.opening import Opening
from xiuhua.cases.models import Case, Matter, Step
from xiuhua.cases.procedure import judging
from xiuhua.cases.procedure.facts.forms import FORMS
from xiuhua.cases.procedure.file import STEP, File
from xiuhua.cases.procedure.guards import GUARDS, apart
from xiuhua.cases.procedure.guards.reading import block, fallen, rows
from xiuhua.cases.procedure.guards.remedies import to_set_off
from xiuhua.cases.procedure.moves import Move
from xiuhua.cases.procedure.side import payment_joint as joint
from xiuhua.cases.procedure.side.payment_booking import booking
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
            money_begun.begin(case, at)
    case.refresh_from_db()
    return case


def begin(
    *,
    case: Case,
    procedure: str,
    move: str,
    values: Mapping[str, Any],
    by: Actor,
    at: datetime,
    party: str = "",
) -> Matter:
    """See `matters.begin`."""
    with transaction.atomic():
        matter = matters.begin(
            case=case, procedure=procedure, move=move, values=values, by=by, at=at, party=party
        )
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


def payments_of(case: Case) -> list[Matter]:
    """The payments that are under way: that of the case, or those of its parties."""
    return list(case.matters.filter(procedure=PAYMENT, ended=False).order_by("number"))


def payment_of(case: Case, party: str = "") -> Matter | None:
    """The payment of the case's fine that is under way, or that of one party who pays apart."""
    return case.matters.filter(procedure=PAYMENT, party=party, ended=False).first()


def _check_agrees(case: Case, move: str) -> None:
    if any(not p.party and joint.contradicts(move, p.state) for p in payments_of(case)):
        raise Refused(
            Refusal(
                "payment_state",
                "正在加处罚款，延期分期应当在执行协议中约定",
                ground="AEL §42",
                meaning="The surcharge runs: a plan can only be part of an execution agreement.",
            )
        )


def _after_road(case: Case, step: Step, by: Actor, at: datetime) -> None:
    """What the payments do after a step of the road, and the road after money of a party that it took in itself."""
    case.refresh_from_db()
    if step.move in joint.BEGINNINGS:
        begin_payment(case, at)
    payments = payments_of(case)
    if payments:
        file = {**queries.file_of(case), STEP: step.facts}
        for payment in payments:
            for move in _answers(payment, step.move, file, at):
                _payment_moves(case, payment, move, by, at)
    if step.move == joint.SHARE_PAID and not apart.enforced(queries.file_of(case)):
        after_payment(case, step, by, at)
    _refresh(case, by, at)


def begin_payment(case: Case, at: datetime) -> None:
    """Begin what has not begun of the payment of the decision, and set off what was paid under one that fell."""
    money_begun.begin(case, at)
    payment, file = payment_of(case), queries.file_of(case)
    if payment is None or not (sum_ := to_set_off(file)) or rows(block(file, "payment"), "items"):
        return
    day = clock.day_of(at)
    found = booking(file, payment.state, sum_, day, queries.parameters_on(day))
    values = {
        "payment.method": "bank",
        "item.on": day,
        "item.amount": found.amount,
        "item.receipt_no": block(file, "refund").get("receipts"),
    }
    record_payment(case=case, move=found.move, values=values, by=SYSTEM, at=at)


def _answers(payment: Matter, move: str, file: File, at: datetime) -> tuple[str, ...]:
    """The moves that a payment makes after `move` of the road."""
    setting = queries.setting(clock.day_of(at))
    if not payment.party:
        settled = GUARDS["paid_in_full"].check(file, setting)
        return joint.payment_follows(move, payment.state, file, settled)
    overdue = GUARDS["payment_due_passed"].check(apart.of_one(file, payment.party), setting)
    ended = apart.ended_by_law(file, payment.party)
    return joint.share_follows(move, payment.state, overdue=overdue, ended=ended)


def _after_matter(matter: Matter, step: Step, by: Actor, at: datetime) -> None:
    """What the road does after a step of the payment, and measures after the end of confiscated things; of any other
    matter only the clocks of the payment are new, a party whose share it brought in has paid, and one for whom the
    decision fell is asked no more.
    """
    case = Case.objects.get(pk=matter.case_id)
    if matter.procedure == PAYMENT:
        after_payment(case, step, by, at)
    else:
        _drop_fallen(case, by, at)
        _settle_shares(case, by, at)
    goods_followed.measures_follow(case, matter, by, at)
    _refresh(case, by, at)


def _drop_fallen(case: Case, by: Actor, at: datetime) -> None:
    """End the payments of parties for whom the decision fell; while it stands for others, the road may go on."""
    file = queries.file_of(case)
    for payment in [p for p in payments_of(case) if p.party in fallen(file)]:
        _payment_moves(case, payment, f"drop_{payment.state}", by, at)
        if not file.get("annulment"):
            after_payment(case, payment.steps.latest("seq"), by, at)


def _settle_shares(case: Case, by: Actor, at: datetime) -> None:
    """Settle the payments of parties whose money came in beside it, such as from an auction."""
    for payment in [p for p in payments_of(case) if p.party]:
        if apart.settled(queries.file_of(case), payment.party):
            _payment_moves(case, payment, joint.SETTLES[payment.state], by, at)
            after_payment(case, payment.steps.latest("seq"), by, at)


def after_payment(case: Case, step: Step, by: Actor, at: datetime) -> None:
    """Let the road make the move that says the same as `step` of the payment, if its guards allow it as well."""
    day = clock.day_of(at)
    table = table_on(case.procedure, day)
    file = {**queries.file_of(case), STEP: step.facts}
    for move in joint.road_follows(step.move):
        row = table.by_id.get(move)
        # What a party states of its own payment is nothing that the road states.
        read = {**file, STEP: {}} if apart.pays_apart(file) else file
        if row is not None and row.source == case.state and _holds(row, read, at, by):
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
        walking.file = queries.file_of(case)
        stepping.refresh_columns(walking)


def record_payment(
    *, case: Case, move: str, values: Mapping[str, Any], by: Actor, at: datetime, party: str = ""
) -> Step:
    """A payment that the bank reports: the party's own act, whoever brings the report in (see `money_bank`).

    `party` is the id of the one whose bill it is on, where each pays apart.

    A move of the road is one that it makes after the payment was handed over to enforcement. Raises Refused where
    neither is under way, or as any other step.
    """
    with transaction.atomic():
        locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        payment, day = payment_of(locked, party), clock.day_of(at)
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
            Refusal(
                "no_payment",
                "本案没有进行中的缴款",
                meaning="No payment is under way in this case.",
                ground="平台规则 §15",
            )
        )
    stepping.in_order(at, case)
    with record.act(f"cases.{move}", by=by, at=at) as act:
        walking = Following(place, place.file, by, at, act, frozenset({"party"}))
        step = stepping.step_on(walking, move, stepping.stated(walking, move, values))
    _after_road(case, step, by, at)
    return step


def _refresh(case: Case, by: Actor, at: datetime) -> None:
    """The clocks of the payments and what their bills say, after whatever changed the file; with an entry if so."""
    latest = {p.party: p for p in case.matters.filter(procedure=PAYMENT).order_by("number")}
    for payment in latest.values():
        _refresh_one(case, payment, by, at)


def _refresh_one(case: Case, payment: Matter, by: Actor, at: datetime) -> None:
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
    money_begun.refresh(case, payment, place.file, by, at)
