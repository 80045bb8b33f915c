"""An ordinary case after the decision: service, publication, payment, deferral, default, closing."""

from __future__ import annotations

from xiuhua.simulation import parts
from xiuhua.simulation.amounts import Fine
from xiuhua.simulation.story import Facts, Story, staff

SERVICE_SECONDS = 300
# How the decision reaches the party, and how the party pays, in parts of a hundred.
SERVICES = (("direct", 84), ("left", 9), ("post", 7))
WAYS = (("pays", 92), ("late", 4), ("instalments", 4))
INSTALMENTS_FROM = 3000  # yuan; smaller sums are not paid in parts


def serve(story: Story) -> None:
    """The decision reaches the party within seven calendar days."""
    decided = story.day
    day = min(story.wait(0, 3), story.days.between(decided, decided + 6)[-1])
    row: Facts = {
        "document": "penalty_decision",
        "on": story.text(day),
        "place": story.matter.party["address"],
        "receipt": True,
        "officer_ids": story.pair,
    }
    match story.rng.choices([n for n, _ in SERVICES], [w for _, w in SERVICES])[0]:
        case "left":
            row |= {
                "method": "left",
                "refusal_reason": "受送达人拒绝签收",
                "witness_signed": True,
                "video_ref": "V-service_decision",
            }
        case "post":
            row |= {
                "method": "post",
                "post_no": f"示例邮{story.rng.randrange(10**9):09}",
                "post_receipt_on": story.text(day),
            }
        case _:
            row |= {"method": "direct", "receiver_relation": parts.receiver(story)}
    minute = parts.OPENING + story.rng.randint(10, 400)
    facts: Facts = {
        "services": [row],
        "recording": [parts.recording(story, "service_decision", day, minute, SERVICE_SECONDS)],
    }
    story.step("serve_decision", day, story.officer(), "officer", facts, ("service_receipt",))


def _publicity(story: Story, decision: Facts, day: int) -> Facts:
    citizen = story.matter.party_kind == "citizen"
    block: Facts = {
        "required": True,
        "published_on": story.text(day),
        "amount_wan": decision["fine"] / 10000,
        "number": "",
        "shows_representative_id": False,
        "to_credit_catalogue": not citizen,
    }
    if citizen:
        block |= {"masked_id": True, "masked_address": True}
    return block


def settle(story: Story, fine: Fine) -> None:
    """Publication within seven working days of the decision, and payment, in whichever order they come."""
    served = story.day
    decision = next(
        step["facts"]["decision"] for step in reversed(story.steps) if "decision" in step["facts"]
    )
    decided = next(row.day for row in reversed(story.numbered) if row.kind == "penalty_decision")
    publish = max(served, story.days.after(decided, story.rng.randint(3, 7)))
    way = story.rng.choices([n for n, _ in WAYS], [w for _, w in WAYS])[0]
    if way == "instalments" and fine.amount < INSTALMENTS_FROM:
        way = "pays"
    paid = served + (story.rng.randint(0, 14) if way == "pays" else 99)
    if publish <= paid:
        _publish(story, "publish_decision", decision, publish)
    match way:
        case "pays":
            _pay(story, "perform", fine.amount, paid)
        case "late":
            _pay_late(story, fine.amount, served)
        case _:
            _instalments(story, fine.amount, served)
    if publish > paid:
        _publish(story, "publish_performed", decision, publish)
    parts.close(
        story,
        "close_performed",
        "performed",
        day=story.wait(1, 7),
        papers=("case_closing_report", "archive_index"),
        extra={"closing": {"officer_ids": story.pair, "approver_id": staff(story.team.head)}},
    )


def _publish(story: Story, move: str, decision: Facts, day: int) -> None:
    block = _publicity(story, decision, day)
    by = staff(story.rng.choice(story.team.publicity))
    made = story.step(move, day, by, "publicity_clerk", {"publicity": block}, ("publicity_record",))
    # The publicity shows the number of the decision, which is given out when all of the unit's are in order.
    story.same_number("penalty_decision", made["facts"]["publicity"])


def _pay(story: Story, move: str, amount: float, day: int) -> None:
    facts: Facts = {"payment": {"method": "bank", "items": [parts.payment(story, day, amount)]}}
    story.step(move, day, staff(story.team.clerk), "party", facts, ("fine_receipt",))


def _pay_late(story: Story, amount: float, served: int) -> None:
    """Fifteen days pass; then the party pays the fine with the surcharge for the days since."""
    days = int(story.world.parameter("pay_days", story.text(served)))
    overdue = served + days + 1
    story.step("fall_overdue", overdue, "", "system", {})
    day = overdue + story.rng.randint(0, 20)
    late = day - overdue + 1
    percent = story.world.amount("surcharge_percent", story.text(day))
    surcharge = min(amount, round(amount * percent * late / 100, 2))
    facts: Facts = {
        "surcharge": {
            "amount": surcharge,
            "days": late,
            "from_on": story.text(overdue),
            "to_on": story.text(day),
        },
        "payment": {"method": "bank", "items": [parts.payment(story, day, round(amount + surcharge, 2))]},
    }
    story.step("perform_late", day, staff(story.team.clerk), "party", facts, ("fine_receipt",))


def _instalments(story: Story, amount: float, served: int) -> None:
    """Hardship is stated, a plan approved, and each part paid by its day."""
    applied = story.rng.choice(story.days.between(served, served + 7) or [served])
    approved = story.days.after(max(applied, story.day), story.rng.randint(1, 3))
    parts_of: list[float] = [round(amount / 3), round(amount / 3)]
    parts_of.append(round(amount - sum(parts_of), 2))
    due = [approved + 30 * (i + 1) for i in range(3)]
    role = "town_approver" if story.unit.is_town else "bureau_deputy_head"
    deferral: Facts = {
        "applied_on": story.text(applied),
        "approved_on": story.text(approved),
        "approver_role": role,
        "kind": "instalment",
        "hardship_stated": True,
        "reason": "经营亏损，一次缴清确有困难",
        "plan": [{"due": story.text(d), "amount": a} for d, a in zip(due, parts_of, strict=True)],
    }
    made = story.step(
        "enter_deferral",
        approved,
        staff(story.rng.choice(story.team.deciders)),
        role,
        {"deferral": deferral},
        ("deferral_application", "deferral_approval"),
    )
    story.number("deferral_approval", made, deferral)
    for day, part in zip(due[:2], parts_of[:2], strict=True):
        _pay(story, "pay_instalment", part, story.rng.randint(max(day - 8, story.day), day))
    _pay(story, "perform_deferred", parts_of[2], story.rng.randint(due[2] - 8, due[2]))
