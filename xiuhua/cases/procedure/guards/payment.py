"""Money: cash on the spot, payment in full, deferral, default, enforcement."""

from __future__ import annotations

from datetime import date
from itertools import accumulate
from operator import itemgetter

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards import apart
from xiuhua.cases.procedure.guards.reading import (
    HEADS,
    block,
    come,
    iso,
    owed,
    paid,
    pay_until,
    rows,
    same_money,
    step_of,
    written,
)
from xiuhua.cases.procedure.guards.sharing import is_several, owed_by, paid_by, parties
from xiuhua.cases.procedure.setting import Setting

CASH_GROUNDS = frozenset({"hard_to_enforce_later", "remote_on_request"})
# AEL §40, and §39 for three years without capacity.
TERMINATION = frozenset({"died", "dissolved", "object_lost", "decision_revoked", "three_years"})
# Of these the execution against one party of several ends at once, and for which kind of party (AEL §40 items 1 to 3).
ENDS_FOR = {
    "died": frozenset({"citizen", "individual_business"}),
    "dissolved": frozenset({"organisation"}),
    "object_lost": None,
}


def cash_allowed(file: File, setting: Setting) -> bool:
    """Up to the limit of the day; above it only where later collection would be hard, or on request far away."""
    payment, fine = block(file, "payment"), block(file, "decision").get("fine") or 0
    if payment.get("method") != "cash" or fine <= 0:
        return False
    return fine <= setting.params["cash_limit"] or payment.get("cash_ground") in CASH_GROUNDS


def receipt_issued(file: File, setting: Setting) -> bool:
    """Every payment that this step states has the number of its finance receipt (PPL21 §70)."""
    items = rows(block(step_of(file), "payment"), "items")
    return bool(items) and all(item.get("receipt_no") for item in items)


def cash_counted(file: File, setting: Setting) -> bool:
    """What the officer hands in is what the receipts say, and what the fine was."""
    payment = block(file, "payment")
    handed, day = payment.get("handed_in_amount"), payment.get("officer_handed_in_on")
    if handed is None or not come(day, setting.day):
        return False
    return same_money(handed, paid(file)) and same_money(handed, block(file, "decision").get("fine") or 0)


def bank_slip(file: File, setting: Setting) -> bool:
    payment = block(file, "payment")
    return come(payment.get("agency_deposited_on"), setting.day) and bool(payment.get("bank_slip_no"))


def paid_in_full(file: File, setting: Setting) -> bool:
    """Payments up to this day equal what is owed, to the fen; of several parties, each has paid its own."""
    items = rows(block(file, "payment"), "items")
    each = not is_several(file) or all(
        paid_by(file, party) >= owed_by(file, party) - 0.005 for party in parties(file)
    )
    return each and same_money(paid(file), owed(file)) and all(come(i.get("on"), setting.day) for i in items)


def due_passed(file: File, setting: Setting) -> bool:
    """The last day to pay is over and something is still owed; of several parties, by one of them."""
    if apart.pays_apart(file):
        return any(due_passed(alone, setting) for alone in apart.open_shares(file))
    until = pay_until(file, setting.calendar)
    return until is not None and setting.on > until and paid(file) < owed(file) - 0.005


def not_deferred(file: File, setting: Setting) -> bool:
    return not block(file, "deferral").get("approved_on")


def surcharge_settled(file: File, setting: Setting) -> bool:
    """The surcharge is in the account with its amount, or the reason why it is not imposed or less is written.

    Of several parties, that of each who paid late.
    """
    if apart.pays_apart(file):
        whose = (apart.of_one(file, party) for party in apart.fined(file))
        return all(surcharge_settled(alone, setting) for alone in whose if _paid_late(alone, setting))
    surcharge = block(file, "surcharge")
    open_amount = (surcharge.get("amount") or 0) - (surcharge.get("waived") or 0)
    if open_amount > 0:
        return paid(file) >= owed(file) - 0.005
    return written(surcharge.get("reason_less"))


def _paid_late(file: File, setting: Setting) -> bool:
    until, last = pay_until(file, setting.calendar), apart.last_paid(file)
    return until is not None and last is not None and last > until


def hardship(file: File, setting: Setting) -> bool:
    deferral = block(file, "deferral")
    return bool(deferral.get("applied_on")) and deferral.get("hardship_stated") is True


def deferral_approved(file: File, setting: Setting) -> bool:
    """A head approved it after the application, with a plan whose sums make the fine."""
    deferral = block(file, "deferral")
    plan = deferral.get("plan") or ()
    return (
        bool(plan)
        and come(deferral.get("applied_on"), deferral.get("approved_on") or "")
        and come(deferral.get("approved_on"), setting.day)
        and deferral.get("approver_role") in HEADS
        and same_money(sum(row.get("amount") or 0 for row in plan), owed(file))
    )


def instalment_until(file: File) -> date | None:
    """The day of the first instalment, by their days, that the payments do not cover; None if they cover all."""
    expected, had = 0.0, paid(file)
    for row in sorted(block(file, "deferral").get("plan") or (), key=itemgetter("due")):
        expected += row.get("amount") or 0
        if had < expected - 0.005:
            return iso(row["due"])
    return None


def instalment_missed(file: File, setting: Setting) -> bool:
    """By the plan more should have been paid before today than was."""
    until = instalment_until(file)
    return until is not None and until < setting.on


def instalment_matches(file: File, setting: Setting) -> bool:
    """After this payment a whole number of instalments is paid."""
    plan = block(file, "deferral").get("plan") or ()
    steps = accumulate(row.get("amount") or 0 for row in plan)
    return receipt_issued(file, setting) and any(same_money(paid(file), total) for total in steps)


def enforcement_finished(file: File, setting: Setting) -> bool:
    """Carried out by force; of several parties, the duty of one, and nothing is asked of the others any more."""
    if apart.pays_apart(file) and not (apart.enforced(file) and shares_ended(file, setting)):
        return False
    return come(block(file, "enforcement").get("finished_on"), setting.day)


def termination_ground(file: File, setting: Setting) -> bool:
    """A ground of AEL §40; of several parties, each has paid or its own execution was ended."""
    if apart.pays_apart(file) and not shares_ended(file, setting):
        return False
    return block(file, "termination").get("ground") in TERMINATION


def shares_ended(file: File, setting: Setting) -> bool:
    """Every party that is fined has paid all it owes, or its execution was ended by law (AEL §40)."""
    return all(apart.settled(file, p) or apart.ended_by_law(file, p) for p in apart.fined(file))


def money_not_of_all(file: File, setting: Setting) -> bool:
    """The step states no payment, deferral or surcharge for the case where each party has its own."""
    own = step_of(file)
    stated = block(own, "payment").get("items") or own.get("deferral") or own.get("surcharge")
    return not apart.pays_apart(file) or not stated


def enforced_share_pays(file: File, setting: Setting) -> bool:
    """Money of one party whose payment was handed over, no later than today and no more than it owes."""
    items = rows(block(step_of(file), "payment"), "items")
    whose = {str(item.get("party") or "") for item in items}
    if len(whose) != 1 or (party := whose.pop()) not in apart.fined(file):
        return False
    alone = apart.of_one(file, party)
    handed = come(block(alone, "payment").get("handed_over_on"), setting.day)
    sums = all((item.get("amount") or 0) > 0 and come(item.get("on"), setting.day) for item in items)
    return handed and sums and paid(alone) <= owed(alone) + 0.005


def share_may_end(file: File, setting: Setting) -> bool:
    """The step ends the execution against one party that still owes, on a ground of AEL §40 that is explained."""
    whose = step_of(file).get(apart.SHARES) or {}
    ends = {party: block(said, "termination") for party, said in whose.items()}
    return bool(ends) and all(
        party in apart.fined(file)
        and not apart.settled(file, party)
        and _ends_for(end.get("ground"), parties(file)[party].get("kind"))
        and written(end.get("reason"))
        for party, end in ends.items()
    )


def _ends_for(ground: object, kind: object) -> bool:
    """Whether the ground ends the execution against such a party: an organisation does not die."""
    if ground not in ENDS_FOR:
        return False
    kinds = ENDS_FOR[str(ground)]
    return kinds is None or kind in kinds


def share_overdue(file: File, setting: Setting) -> bool:
    """Where each party pays apart, the days of this very party are over and it still owes."""
    return not apart.is_apart(file) or due_passed(file, setting)


def other_duties_done(file: File, setting: Setting) -> bool:
    """What else the decision asked is done and checked, and an ordered correction was rechecked."""
    correction = block(file, "correction")
    if correction.get("ordered_on") and not correction.get("rechecked_on"):
        return False
    if block(file, "decision").get("other_duties") and not rows(file, "duties"):
        return False
    return all(come(duty.get("done_on"), setting.day) for duty in rows(file, "duties"))
