"""An ordinary case from the lead to the closing report of the investigation, and through review."""

from __future__ import annotations

from dataclasses import dataclass

from xiuhua.simulation import parts
from xiuhua.simulation.amounts import Fine
from xiuhua.simulation.story import Facts, Story, staff

SCENE_SECONDS, INTERVIEW_SECONDS = 1800, 2400
AT_CHECK = 0.45  # corrections that are ordered on the scene
RETURNED = 0.03  # cases that come back from adjudication for more evidence

ANSWERS = (
    "是我们放的，想着方便经营，不知道不可以。",
    "情况属实，近期会整改到位。",
    "当时人手不够，没有及时处理，今后注意。",
    "知道有规定，但没有办理手续，愿意接受处理。",
)
REASONS = ("违法情节一般，能够配合调查", "主动配合调查并积极整改", "影响范围较大，曾被劝阻")
DEMAND = "立即停止违法行为，并在期限内改正"


@dataclass(slots=True)
class Course:
    """How the investigation goes: is the correction done, and does it end with fine, no_penalty or withdrawn."""

    corrected: bool
    ending: str
    fine: Fine | None = None
    major: bool = False
    corrected_on: int = 0


def check(story: Story) -> None:
    """Two officers go and look; they bring the first record and the recording home."""
    day = story.begun
    minute = parts.OPENING + story.rng.randint(0, 400)
    pair = story.officer()
    facts: Facts = {
        "inspections": [parts.inspection(story, day, minute, "inspection")],
        "recording": [parts.recording(story, "scene", day, minute, SCENE_SECONDS)],
        "evidence": [parts.footage(story, day, minute)],
    }
    story.minute, story.day = minute, day
    story.step(
        "check_lead", day, pair, "officer", facts, ("lead_register", "inspection_record", "photo_note")
    )


def order_correction(story: Story, move: str, day: int) -> int:
    """The order to correct, served at once; gives back its last day."""
    due = day + story.rng.randint(3, 12)
    facts: Facts = {
        "correction": {
            "ordered_on": story.text(day),
            "served_on": story.text(day),
            "due_on": story.text(due),
            "basis": story.matter.cause.basis,
            "requirement": DEMAND,
            "officer_ids": story.pair,
        },
        "services": [parts.served(story, "correction_order", day)],
    }
    made = story.step(move, day, story.officer(), "officer", facts, ("correction_order", "service_receipt"))
    story.number("correction_order", made, facts["correction"])
    return due


def file(story: Story) -> None:
    """Proposal by the officers, approval and assignment by the head of the unit."""
    pair, head = story.pair, staff(story.team.head)
    day = story.wait(0, 3)
    proposed = {"proposed_on": story.text(day), "proposer_ids": pair}
    made = story.step("propose_filing", day, pair[0], "officer", {"filing": proposed}, ("filing_form",))
    story.number("filing_form", made)
    day = story.wait(0, 3)
    approved = {
        "approved_on": story.text(day),
        "approver_id": head,
        "approver_role": story.unit.head_role,
        "approver_opinion": "同意立案。",
    }
    story.step("approve_filing", day, head, story.unit.head_role, {"filing": approved})
    story.step("assign_officers", day, head, story.unit.head_role, {"filing": {"officer_ids": pair}})


def interview(story: Story, number: int = 1) -> None:
    """Questions to the party, page by page signed; what it says and hands over is evidence."""
    day = story.wait(1, 6)
    minute = parts.OPENING + story.rng.randint(20, 380)
    pair, party = story.pair, story.matter.party
    talk: Facts = {
        "id": f"Q{number}",
        "from_at": parts.moment(story, day, minute),
        "to_at": parts.moment(story, day, minute + 40),
        "place": story.unit.short_name,
        "officer_ids": pair,
        "recorder_id": pair[1],
        "person": {
            "name": party.get("representative") or party.get("operator") or party["name"],
            "relation": "当事人",
        },
        "person_ids": ["party"],
        "exchanges": [{"q": f"关于{story.matter.cause.name}，请说明情况。", "a": story.rng.choice(ANSWERS)}],
        "rights_told": True,
        "certificate_shown": True,
        "page_count": 2,
        "pages_signed": 2,
    }
    statement: Facts = {
        "id": f"E{number + 1}",
        "kind": "party_statement",
        "name": "当事人陈述",
        "collected_on": story.text(day),
        "collected_by": pair,
        "source": "officers",
        "relied_on": True,
    }
    facts: Facts = {
        "interviews": [talk],
        "evidence": [statement],
        "recording": [parts.recording(story, "interview", day, minute, INTERVIEW_SECONDS)],
    }
    story.step("interview", day, pair[0], "officer", facts, ("interview_record",))


def _expert(story: Story) -> Facts:
    """A test or expert report from outside, told to the party."""
    day = story.text(story.day)
    return {
        "id": "E9",
        "kind": "expert_opinion",
        "name": "检测（鉴定）报告",
        "collected_on": day,
        "collected_by": [],
        "source": "other_agency",
        "expert_qualification_no": "示例资质0001",
        "told_party_on": day,
        "relied_on": True,
    }


def recheck(story: Story, course: Course, due: int) -> None:
    """Officers look again: a correction may be found early, a failure only after the last day."""
    day = story.days.after(story.day, 1) if course.corrected else story.days.after(max(due, story.day), 1)
    facts: Facts = {
        "correction": {
            "rechecked_on": story.text(day),
            "recheck_result": "corrected" if course.corrected else "not_corrected",
            "recheck_facts": "违法行为已消除" if course.corrected else "违法行为仍然存在，未按要求改正",
            "recheck_officer_ids": story.pair,
        }
    }
    if course.corrected:
        facts["violation"] = {"corrected_on": story.text(day)}
    story.step("recheck_correction", day, story.officer(), "officer", facts, ("recheck_record",))


def report(story: Story, course: Course) -> None:
    """The investigation is closed with a proposal: a fine of a tier, or no penalty."""
    day = story.wait(1, 6)
    facts: Facts = {"investigation_report": {"on": story.text(day), "officer_ids": story.pair}}
    if course.fine is None:
        facts["investigation_report"]["no_penalty_ground"] = "corrected"
    else:
        facts["investigation_report"] |= {
            "proposed_kinds": ["fine"],
            "proposed_fine": course.fine.amount,
            "tier": course.fine.tier,
            "tier_reasons": story.rng.choice(REASONS),
        }
    if story.matter.profile.expert:
        facts["evidence"] = [_expert(story)]
    story.step("close_investigation", day, story.officer(), "officer", facts, ("investigation_report",))


def review(story: Story, course: Course) -> None:
    """Adjudication and legal review by people who did not investigate; now and then the file comes back once."""
    reviewer, legal = staff(story.rng.choice(story.team.reviewers)), staff(story.rng.choice(story.team.legal))
    role = "town_approver" if story.unit.is_town else "case_centre_reviewer"
    if story.rng.random() < RETURNED:
        day = story.wait(1, 4)
        back = {"reason": "当事人陈述与现场记录不一致，请补充询问"}
        story.step("return_for_evidence", day, reviewer, role, back, ("adjudication_opinion",))
        interview(story, 2)
        report(story, course)
    day = story.wait(1, 6)
    opinion: Facts = {"on": story.text(day), "reviewer_id": reviewer, "opinion": "pass"}
    story.step("adjudicate", day, reviewer, role, {"adjudication": opinion}, ("adjudication_opinion",))
    day = story.wait(0, 4)
    passed: Facts = {
        "on": story.text(day),
        "reviewer_id": legal,
        "opinion": "pass",
        "first_time_reviewer": False,
    }
    story.step(
        "pass_legal_review", day, legal, "legal_reviewer", {"legal_review": passed}, ("legal_review_opinion",)
    )


def withdraw(story: Story) -> None:
    """The facts could not be proved: the case is withdrawn by whoever may decide."""
    role = "town_approver" if story.unit.is_town else "bureau_deputy_head"
    facts: Facts = {"investigation": {"result": "not_proved", "reason": "现有证据不足以认定违法事实"}}
    day = story.wait(2, 10)
    story.step(
        "withdraw_case", day, staff(story.rng.choice(story.team.deciders)), role, facts, ("withdrawal_form",)
    )
    parts.close(story, "close_withdrawn", "withdrawn", day=story.wait(1, 5), papers=("case_closing_report",))
