"""An ordinary case from the prior notice to the decision: defence, hearing, discussion; or no penalty."""

from __future__ import annotations

from xiuhua.simulation import parts
from xiuhua.simulation.amounts import Fine, limit_kind, reduced
from xiuhua.simulation.investigation import Course
from xiuhua.simulation.story import Facts, Story, staff

# What parties do with their rights, in parts of a hundred.
DEFENCES = (("lapse", 62), ("waive", 22), ("defence", 16))
HEARINGS = (("lapse", 64), ("waive", 20), ("defence", 10), ("request", 6))
ADOPTED = 0.25

CLAIMS = ("经营困难，请求从轻处罚。", "已经主动整改，请求减少罚款。", "不了解有关规定，系初次，请求从轻。")


def hearing_due(story: Story, fine: Fine) -> bool:
    """Whether the planned penalty gives the right to a hearing on the day of the last step."""
    return story.matter.cause.hearing_always or fine.amount >= story.amount(
        f"hearing_fine_{limit_kind(story)}"
    )


def _choice(story: Story, table: tuple[tuple[str, int], ...]) -> str:
    return story.rng.choices([name for name, _ in table], [weight for _, weight in table])[0]


def notify(story: Story, fine: Fine) -> bool:
    """The prior notice is served, with the right to a hearing where one is due; gives back whether it was."""
    day = story.wait(1, 4)
    due = hearing_due(story, fine)
    notice: Facts = {
        "issued_on": story.text(day),
        "served_on": story.text(day),
        "party_name": story.matter.party["name"],
        "facts": True,
        "reasons": True,
        "basis": story.matter.cause.basis,
        "planned_kinds": ["fine"],
        "planned_fine": fine.amount,
        "defence_days": int(story.world.parameter("defence_days", story.text(day))),
        "tells_defence": True,
        "tells_hearing": due,
    }
    facts: Facts = {"notice": notice, "services": [parts.served(story, "prior_notice", day)]}
    made = story.step(
        "serve_prior_notice", day, story.officer(), "officer", facts, ("prior_notice", "service_receipt")
    )
    story.number("prior_notice", made, notice)
    if due:
        told: Facts = {
            "hearing": {"told_on": story.text(day)},
            "services": [parts.served(story, "hearing_right_notice", day)],
        }
        made = story.step(
            "offer_hearing",
            day,
            story.officer(),
            "officer",
            told,
            ("hearing_right_notice", "service_receipt"),
        )
        story.number("hearing_right_notice", made)
    return due


def _lapse(story: Story, move: str, days: int) -> None:
    """Nobody answered: the day after the period the system writes it down, and the officers read it when they work."""
    story.step(move, story.day + days + 1, "", "system", {})


def _waive(story: Story, move: str, block: str) -> None:
    day = story.day + story.rng.randint(0, 2)
    story.step(
        move,
        day,
        staff(story.team.clerk),
        "party",
        {block: {"waived_in_writing": True}},
        ("waiver_statement",),
    )


def _defend(story: Story, move: str, fine: Fine, until: int) -> Fine:
    """A defence is recorded by `until` and rechecked after it; sometimes it makes the fine smaller, never larger."""
    day = story.rng.choice(story.days.between(story.day, until) or [story.day])
    pair = story.pair
    received: Facts = {
        "received_on": story.text(day),
        "recorded": True,
        "content": story.rng.choice(CLAIMS),
        "officer_ids": pair,
        "waived_in_writing": False,
    }
    story.step(move, day, pair[0], "officer", {"defence": received}, ("defence_record",))
    adopted = story.rng.random() < ADOPTED and fine.tier != "mitigated"
    day = max(story.wait(1, 3), story.days.on_or_after(until + 1))
    answer: Facts = {
        "rechecked_on": story.text(day),
        "recheck_officer_ids": pair,
        "adopted": adopted,
        "reason": "申辩理由成立，部分采纳" if adopted else "申辩理由不影响违法事实的认定，不予采纳",
    }
    story.step("recheck_defence", day, pair[0], "officer", {"defence": answer}, ("recheck_opinion",))
    return reduced(fine, story) if adopted else fine


def _hearing(story: Story) -> None:
    """Asked for in time, announced early enough, held by a host who knows the case from the file only."""
    day = story.day + story.rng.randint(1, 3)
    asked: Facts = {"hearing": {"requested_on": story.text(day)}}
    story.step("request_hearing", day, staff(story.team.clerk), "party", asked)
    told = story.wait(1, 3)
    held = story.days.on_or_after(told + story.rng.randint(8, 14))
    report = story.days.after(held, story.rng.randint(1, 4))
    facts: Facts = {
        "hearing": {
            "notice_served_on": story.text(told),
            "held_on": story.text(held),
            "host_id": staff(story.rng.choice(story.team.hosts)),
            "public": True,
            "record_signed": True,
            "report_on": story.text(report),
        }
    }
    story.step("take_hearing_result", report, story.officer(), "officer", facts, ("hearing_report",))


def answer(story: Story, fine: Fine, hearing: bool) -> Fine:
    """What the party does with the notice; gives back the fine that is left of the plan."""
    day = story.text(story.day)
    days = int(story.world.parameter("hearing_request_days" if hearing else "defence_days", day))
    until = story.day + days
    match _choice(story, HEARINGS if hearing else DEFENCES):
        case "lapse":
            _lapse(story, "let_hearing_lapse" if hearing else "let_defence_lapse", days)
        case "waive" if hearing:
            # A waiver of the hearing says nothing of the defence, so both are in the paper.
            _waive_both(story)
        case "waive":
            _waive(story, "waive_defence", "defence")
        case "request":
            _hearing(story)
        case _:
            return _defend(story, "receive_defence_instead" if hearing else "receive_defence", fine, until)
    return fine


def _waive_both(story: Story) -> None:
    day = story.day + story.rng.randint(0, 2)
    facts: Facts = {"hearing": {"waived_in_writing": True}, "defence": {"waived_in_writing": True}}
    story.step("waive_hearing", day, staff(story.team.clerk), "party", facts, ("waiver_statement",))


def _discuss(story: Story, fine: Fine) -> None:
    """The leaders discuss a major case; each opinion is in the minutes."""
    day = story.wait(2, 8)
    leaders = [staff(n) for n in story.team.leaders]
    facts: Facts = {
        "discussion": {
            "on": story.text(day),
            "chair_id": leaders[0],
            "present_ids": leaders,
            "opinions": [{"person_id": n, "opinion": "同意拟处罚意见"} for n in leaders],
            "opinions_recorded": True,
            "minutes_signed": True,
            "conclusion": "同意处罚",
            "conclusion_fine": fine.amount,
        }
    }
    role = "town_approver" if story.unit.is_town else "bureau_head"
    story.step("discuss_collectively", day, leaders[0], role, facts, ("discussion_minutes",))


def decide(story: Story, course: Course, fine: Fine) -> None:
    """The decision by a head who did not investigate, discussed before where the matter is major."""
    if course.major:
        _discuss(story, fine)
    decider = staff(story.rng.choice(story.team.deciders))
    role = "town_approver" if story.unit.is_town else "bureau_deputy_head"
    day = story.wait(1, 5)
    decision: Facts = {
        "number_series": "money10",
        "decided_on": story.text(day),
        "approver_id": decider,
        "approver_role": role,
        "kinds": ["fine"],
        "fine": fine.amount,
        "tier": fine.tier,
        "basis": story.matter.cause.basis,
        "party_name": story.matter.party["name"],
        "sealed": True,
        "facts": True,
        "evidence_listed": True,
        **parts.remedies(story),
    }
    planned = course.fine.amount if course.fine else fine.amount
    if fine.amount != planned:
        decision["change_reason"] = "采纳当事人的部分申辩意见"
    if fine.tier == "mitigated":
        decision |= {"mitigation_ground": "32_1", "mitigation_reason": "主动消除违法行为危害后果"}
    if fine.tier == "heavier":
        decision["aggravation_ground"] = "一年内因同类违法行为受过处罚"
    if fine.units:
        decision["units"] = fine.units
    move = "decide_after_discussion" if course.major else "decide_penalty"
    made = story.step(move, day, decider, role, {"decision": decision}, ("penalty_decision",))
    story.number("penalty_decision", made, decision)


def spare(story: Story, ground: str) -> None:
    """Corrected in time, and only refusal is punishable: no penalty, with a decision that says so."""
    role = "town_approver" if story.unit.is_town else "bureau_deputy_head"
    day = story.wait(1, 4)
    proposed: Facts = {"no_penalty": {"ground": ground, "reason": "当事人已在期限内改正"}}
    story.step("propose_no_penalty", day, staff(story.team.head), story.unit.head_role, proposed)
    decider, day = staff(story.rng.choice(story.team.deciders)), story.wait(1, 5)
    decided: Facts = {
        "decided_on": story.text(day),
        "approver_id": decider,
        "approver_role": role,
        "education_given": True,
        "education": "已告知有关规定，当事人表示不再违反",
    }
    made = story.step(
        "decide_no_penalty", day, decider, role, {"no_penalty": decided}, ("no_penalty_decision",)
    )
    story.number("no_penalty_decision", made, decided)
    day = story.wait(1, 4)
    story.step(
        "serve_no_penalty",
        day,
        story.officer(),
        "officer",
        {"services": [parts.served(story, "no_penalty_decision", day)]},
        ("service_receipt",),
    )
    parts.close(
        story, "close_no_penalty", "no_penalty", day=story.wait(1, 6), papers=("case_closing_report",)
    )
