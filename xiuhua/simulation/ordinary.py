"""An ordinary case from the lead to the volume."""

from __future__ import annotations

from xiuhua.simulation import amounts, decision, investigation, parts, settling
from xiuhua.simulation.investigation import Course
from xiuhua.simulation.story import Story

WITHDRAWN = 0.012
SPARED = 0.01  # slight and corrected at once, though the act may be punished without refusal


def course(story: Story) -> Course:
    """How this case will go, by its cause: where only refusal is punishable, a correction ends it."""
    rng, cause = story.rng, story.matter.cause
    corrected = rng.random() < story.matter.profile.corrected
    if rng.random() < WITHDRAWN:
        return Course(corrected, "withdrawn")
    if (cause.needs_refusal and corrected) or rng.random() < SPARED:
        return Course(True, "no_penalty")
    fine = amounts.planned(story)
    heavy = fine.tier == "heavier" and decision.hearing_due(story, fine)
    return Course(corrected, "fine", fine, major=heavy or rng.random() < 0.002)


def ordinary(story: Story) -> None:
    """The whole history of an ordinary case."""
    story.day = story.begun
    way = course(story)
    story.base = {
        "case": {
            "lead_received_on": story.text(story.days.on_or_after(story.begun)),
            "complex_or_major": way.major,
            "public_interest": False,
            "multi_legal_relations": False,
            "recording_steps": _recorded(way),
        },
        "violation": {
            "continuing": False,
            "first_offence": story.rng.random() < 0.5,
            "slight": way.ending == "no_penalty",
            "harm": way.ending != "no_penalty",
            "crime_suspected": False,
            "affects_life_health_finance": False,
        },
    }
    at_check = story.rng.random() < investigation.AT_CHECK
    investigation.check(story)
    due = investigation.order_correction(story, "order_correction_at_check", story.day) if at_check else 0
    investigation.file(story)
    investigation.interview(story)
    if way.ending == "withdrawn":
        investigation.withdraw(story)
    else:
        due = due or investigation.order_correction(story, "order_correction", story.wait(0, 1))
        investigation.recheck(story, way, due)
        investigation.report(story, way)
        investigation.review(story, way)
        _end(story, way)
    parts.archive(story, pages=story.rng.randint(28, 96), cases=1)


def _recorded(way: Course) -> list[str]:
    steps = ["scene", "interview"]
    return [*steps, "service_decision"] if way.ending == "fine" else steps


def _end(story: Story, way: Course) -> None:
    if way.fine is None:
        decision.spare(story, "corrected")
        return
    due = decision.notify(story, way.fine)
    fine = decision.answer(story, way.fine, due)
    decision.decide(story, way, fine)
    settling.serve(story)
    settling.settle(story, fine)
