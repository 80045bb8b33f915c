"""The payment of a fine with its bill: begun by the system in the act that serves the decision, kept to the file.

Where a case has several parties, each who is fined has a payment and a bill of its own, from its own service on.
"""

from __future__ import annotations

from datetime import datetime

from xiuhua.cases import queries
from xiuhua.cases.actions import matters, money_bills, stepping
from xiuhua.cases.actions.following import Following
from xiuhua.cases.models import Case, Matter
from xiuhua.cases.procedure import judging
from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards import GUARDS, apart, sharing
from xiuhua.cases.procedure.guards.reading import block
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import SYSTEM, Actor

PAYMENT = "payment"
START = "start_payment_period"


def begin(case: Case, at: datetime) -> None:
    """Begin what has not begun yet of everybody whom the decision fines and whom it reached with effect."""
    file = queries.file_of(case)
    if len(sharing.parties(file)) < 2:
        if block(file, "decision").get("fine"):
            _begin(case, "", at)
    elif not begun(file):
        for party in apart.fined(file):
            _begin(case, party, at)


def begun(file: File) -> bool:
    """Whether the payment of the decision that stands in the file has begun; what ran for one that fell is gone."""
    return bool(block(file, "payment").get("began_on"))


def _begin(case: Case, party: str, at: datetime) -> None:
    side, day = queries.sides()[PAYMENT], clock.day_of(at)
    place, setting = queries.place_in(case, side, day, party=party), queries.setting(day)
    if begun(place.file) or case.matters.filter(procedure=PAYMENT, party=party, ended=False).exists():
        return
    row = place.table.move(START)
    if not all(judging.holds(GUARDS[name], place.file, setting) for name in row.guards):
        return
    with record.act(f"cases.{PAYMENT}.{row.id}", by=SYSTEM, at=at) as act:
        walking = Following(place, place.file, SYSTEM, at, act, row.roles)
        matters.step_in(walking, row.id, stepping.stated(walking, row.id, {}))
        as_owed = queries.place_in(case, side, day, party=party).file
        money_bills.issue(case, as_owed, setting.calendar, act, party=party)


def refresh(case: Case, payment: Matter, file: File, by: Actor, at: datetime) -> None:
    """What the bill of a payment says, kept to `file`, which is as its party has it; with an entry if it changed.

    Once its decision was taken back, a bill stays as it was.
    """
    bill = money_bills.bill_of(case, payment.party)
    if bill is None or (payment.ended and not begun(file)):
        return
    calendar = queries.setting(clock.day_of(at)).calendar
    if money_bills.refresh(bill, money_bills.figures(file, calendar, payment.state if payment.ended else "")):
        with record.act("money.reckon_bill", by=by, at=at) as act:
            bill.save()
            act.entry(on=bill, facts={"paid": str(bill.paid), "left": str(bill.left), "state": bill.state})
