"""A summary case from the scene to the volume: certificates, facts and rights, defence, decision, payment, closing."""

from __future__ import annotations

from xiuhua.simulation import parts
from xiuhua.simulation.amounts import Fine
from xiuhua.simulation.story import Facts, Story, staff

SCENE_SECONDS, DECISION_SECONDS = 900, 300
DEPOSIT_DAYS = (
    2  # as PPL17 §50 has it, in calendar days; before a longer weekend the cash goes on the same day
)
WORDS = ("对告知的事实、理由和依据没有异议", "称不知道不能这样做，愿意改正", "称只停留了一会儿，请求从轻")
TEXTS = ("对上述告知没有异议", "承认事实，表示立即改正")


def tell(story: Story, fine: Fine) -> None:
    """From arriving on the scene to the defence heard; all of it within the hour."""
    day, officer = story.begun, story.officer()
    arrive = parts.OPENING + story.rng.randint(0, 420)
    at = parts.moment(story, day, arrive)
    story.minute, story.day = arrive - 5, day
    story.step(
        "arrive_on_scene",
        day,
        officer,
        "officer",
        {
            "scene": {"arrived_at": at, "officer_ids": story.pair, "place": story.matter.place},
            "recording": [parts.recording(story, "scene", day, arrive, SCENE_SECONDS)],
            "evidence": [parts.footage(story, day, arrive)],
        },
    )
    story.step(
        "show_certificate",
        day,
        officer,
        "officer",
        {"inspections": [parts.inspection(story, day, arrive, "scene")]},
    )
    told: Facts = {
        "planned_kinds": ["fine"],
        "planned_fine": fine.amount,
        "basis": story.matter.cause.basis,
        "facts": True,
        "reasons": True,
        "tells_defence": True,
    }
    story.step("tell_facts_and_rights", day, officer, "officer", {"notice": told})
    story.step(
        "hear_defence",
        day,
        officer,
        "officer",
        {"defence": {"recorded": True, "content": story.rng.choice(WORDS)}},
    )


def decide(story: Story, fine: Fine) -> None:
    day, officer = story.begun, story.officer()
    decision: Facts = {
        "number_series": "money10",
        "decided_on": story.text(day),
        "time": f"{story.minute // 60:02}:{story.minute % 60:02}",
        "place": story.matter.place,
        "kinds": ["fine"],
        "fine": fine.amount,
        "tier": fine.tier,
        "basis": story.matter.cause.basis,
        "signed_by": story.pair,
        "certificate_shown": True,
        "sign_refused": False,
        "defence_noted": True,
        "defence_text": story.rng.choice(TEXTS),
        **parts.remedies(story),
    }
    made = story.step(
        "decide_on_spot",
        day,
        officer,
        "officer",
        {
            "decision": decision,
            "recording": [parts.recording(story, "on_spot_decision", day, story.minute, DECISION_SECONDS)],
        },
        ("on_spot_decision",),
    )
    story.number("on_spot_decision", made, decision)
    story.step("hand_over_on_spot", day, officer, "officer", {"decision": {"delivered_on": story.text(day)}})


def _report(story: Story, move: str, day: int) -> None:
    story.step(move, day, story.officer(), "officer", {"decision": {"filed_with_agency_on": story.text(day)}})


def _pay_in_cash(story: Story, amount: float) -> None:
    """Small sums may be taken on the spot; they reach the agency and the bank in two days each."""
    day = story.day
    items = {"method": "cash", "cash_ground": "small_amount", "items": [parts.payment(story, day, amount)]}
    story.step("collect_cash", day, story.officer(), "officer", {"payment": items}, ("fine_receipt",))
    handed = {"officer_handed_in_on": story.text(day), "handed_in_amount": amount}
    story.step("hand_in_cash", day, story.officer(), "officer", {"payment": handed})
    following = story.days.after(day, 1)
    day = following if following <= day + DEPOSIT_DAYS else day
    slip = f"示例缴款{story.rng.randrange(10**8):08}"
    story.step(
        "deposit_cash",
        day,
        staff(story.team.head),
        story.unit.head_role,
        {"payment": {"agency_deposited_on": story.text(day), "bank_slip_no": slip}},
    )


def _pay_at_bank(story: Story, amount: float) -> None:
    day = story.begun + story.rng.randint(0, 14)
    story.step(
        "pay_at_bank",
        max(day, story.day),
        staff(story.team.clerk),
        "party",
        {"payment": {"method": "bank", "items": [parts.payment(story, max(day, story.day), amount)]}},
        ("fine_receipt",),
    )


def settle(story: Story, fine: Fine) -> None:
    """Report to the agency, payment, closing, archive. The law sets no order between report and payment."""
    cash = fine.amount <= story.amount("cash_limit") and story.rng.random() < 0.8
    first = not cash and story.rng.random() < 0.85
    if first:
        _report(story, "report_before_payment", story.days.after(story.begun, story.rng.randint(1, 2)))
    if cash:
        _pay_in_cash(story, fine.amount)
    else:
        _pay_at_bank(story, fine.amount)
    if not first:
        _report(story, "report_for_record", story.wait(1, 2))
    move = "close_reported" if first else "close_summary"
    parts.close(story, move, "performed", day=story.wait(1, 6), papers=("archive_index",))
    parts.archive(story, pages=story.rng.randint(60, 120), cases=story.rng.randint(12, 40))


def summary(story: Story, fine: Fine) -> None:
    """The whole history of a summary case."""
    story.base = {
        "case": {
            "lead_received_on": story.text(story.begun),
            "recording_steps": ["scene", "on_spot_decision"],
        },
        "violation": {
            "continuing": False,
            "first_offence": story.rng.random() < 0.4,
            "slight": False,
            "harm": True,
            "crime_suspected": False,
        },
    }
    tell(story, fine)
    decide(story, fine)
    settle(story, fine)
