"""What steps of both procedures have in common: records of an act, evidence, recordings, service, closing, archive."""

from __future__ import annotations

from typing import Any

from xiuhua.simulation.story import Facts, Story, staff

BANK = "示例银行"
OPENING = 8 * 60 + 40


def moment(story: Story, day: int, minute: int) -> str:
    return f"{story.text(day)}T{minute // 60:02}:{minute % 60:02}"


def sample_hash(story: Story) -> str:
    """The SHA-256 that a recording of those days had; the recording itself is not part of the history."""
    return f"{story.rng.getrandbits(256):064x}"


def inspection(story: Story, day: int, minute: int, kind: str) -> Facts:
    """A record of what two officers saw."""
    pair = story.pair
    return {
        "id": "R1",
        "kind": kind,
        "on": story.text(day),
        "from_at": moment(story, day, minute),
        "to_at": moment(story, day, minute + 15),
        "place": story.matter.place,
        "present": story.matter.party["name"],
        "officer_ids": pair,
        "recorder_id": pair[1],
        "certificate_shown": True,
        "facts": story.matter.scene,
        "party_signed": True,
    }


def recording(story: Story, step: str, day: int, minute: int, seconds: int) -> Facts:
    return {
        "step": step,
        "from_at": moment(story, day, minute),
        "required_seconds": seconds,
        "recorded_seconds": seconds,
        "item_ids": [f"V-{step}"],
        "uploaded_on": story.text(day),
    }


def footage(story: Story, day: int, minute: int) -> Facts:
    """The recording of the scene as an item of evidence."""
    return {
        "id": "E1",
        "kind": "audio_visual",
        "name": "现场录像",
        "note": "现场检查录像",
        "shows": "违法行为的经过和现场情况",
        "collected_on": story.text(day),
        "collected_by": story.pair,
        "captured_at": moment(story, day, minute),
        "sha256": sample_hash(story),
        "source": "officers",
        "relied_on": True,
    }


def receiver(story: Story) -> str:
    """Who takes a paper for the party."""
    if story.matter.party_kind == "organisation":
        return story.rng.choice(("legal_representative", "mail_receiver", "responsible_person"))
    return "self"


def served(story: Story, document: str, day: int) -> Facts:
    """A paper that two officers hand over."""
    return {
        "document": document,
        "method": "direct",
        "on": story.text(day),
        "place": story.matter.party["address"],
        "receipt": True,
        "receiver_relation": receiver(story),
        "officer_ids": story.pair,
    }


def payment(story: Story, day: int, amount: float) -> Facts:
    return {"on": story.text(day), "amount": amount, "receipt_no": f"示例票{story.rng.randrange(10**8):08}"}


def remedies(story: Story) -> Facts:
    """What every decision tells of payment and remedies, by the law of its day."""
    day = story.text(story.day)
    parameter = story.world.parameter
    bodies = "reconsideration_bodies" + ("_of_town" if story.unit.is_town else "")
    return {
        "tells_reconsideration": True,
        "tells_litigation": True,
        "reconsideration_bodies": parameter(bodies, day).split(";"),
        "reconsideration_days": int(parameter("reconsideration_days", day)),
        "litigation_months": int(parameter("litigation_months", day)),
        "bank_name": BANK,
        "surcharge_told": True,
        "pay_days": int(parameter("pay_days", day)),
    }


def close(
    story: Story, move: str, reason: str, *, day: int, papers: tuple[str, ...], extra: Facts | None = None
) -> None:
    facts: dict[str, Any] = {"case": {"closed_on": story.text(day), "close_reason": reason}, **(extra or {})}
    story.step(move, day, staff(story.team.head), story.unit.head_role, facts, papers)
    story.closed = day


def archive(story: Story, pages: int, cases: int) -> None:
    """The volume is bound some weeks after closing; it gets the number of its year."""
    day = story.wait(4, 18)
    facts: Facts = {
        "archive": {
            "archived_on": story.text(day),
            "case_count_in_volume": cases,
            "index_pages": pages,
            "actual_pages": pages,
            "cover": True,
            "note_sheet": True,
        }
    }
    made = story.step(
        "archive_case", day, staff(story.team.clerk), "squad_legal_clerk", facts, ("archive_index",)
    )
    story.number("archive", made, facts["archive"])
