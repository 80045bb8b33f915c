"""Guidance notes (办案指引): published beside the steps they are about, marked by readers, withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from xiuhua.cases.actions.guidance import check_reason, check_there
from xiuhua.cases.models import Cause, GuidanceNote, NoteMark
from xiuhua.cases.permissions import check_can_guide
from xiuhua.cases.procedure.side import SIDES
from xiuhua.cases.procedure.tables import TABLES
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import Actor, Invalid, Refusal, Refused, Said
from xiuhua.org.queries import officers
from xiuhua.org.rules import CAUSE_GROUP_LABELS

SHORTEST = 5
LONGEST_NOTE = 800
MOST_MOVES = 8
# As long as their names may be together (`GuidanceNote.moves`).
LONGEST_MOVES = 300


def publish_note(
    *,
    title: str,
    text: str,
    moves: Sequence[str],
    valid_from: date,
    by: Actor,
    at: datetime,
    cause: str = "",
    valid_to: date | None = None,
) -> GuidanceNote:
    """A note beside `moves`, for every case, a group of causes or one cause; see `known_moves` for their names.

    Raises Invalid for moves or causes nobody knows, an empty or a long text, and days that are the wrong way round;
    Refused for whoever writes none.
    """
    check_can_guide(by)
    errors = {}
    if len(title.strip()) < SHORTEST:
        errors["title"] = "请写明标题"
    if not SHORTEST <= len(text.strip()) <= LONGEST_NOTE:
        errors["text"] = Said("请写明内容，不超过%(n)s字", n=LONGEST_NOTE)
    too_long = len(";".join(moves)) > LONGEST_MOVES
    if not 0 < len(moves) <= MOST_MOVES or too_long or set(moves) - known_moves():
        errors["moves"] = Said("请选择指引所在的步骤，不超过%(n)s个", n=MOST_MOVES)
    if cause and cause not in CAUSE_GROUP_LABELS and not Cause.objects.filter(code=cause).exists():
        errors["cause"] = "没有这个案由"
    if valid_to is not None and valid_to < valid_from:
        errors["valid_to"] = "止期早于起期"
    author = officers(by).filter(pk=by.officer_id or 0).first()
    if author is None:
        errors["title"] = "指引须由有名有姓的人员撰写"
    if errors or author is None:
        raise Invalid(errors)
    with record.act("cases.publish_note", by=by, at=at) as act:
        row = GuidanceNote(
            title=title.strip(),
            text=text.strip(),
            moves=";".join(moves),
            cause=cause,
            author=author,
            valid_from=valid_from,
            valid_to=valid_to,
            published_at=at,
        )
        row.save()
        facts = {"moves": row.moves, "cause": cause, "from": valid_from, "to": valid_to, "text": row.text}
        act.entry(on=row, facts=facts)
    return row


def known_moves() -> frozenset[str]:
    """The moves of every main road under every text of the law, and as `procedure:move` those of every side matter."""
    roads = {move.id for tables in TABLES.values() for table in tables for move in table.moves}
    sides = {f"{name}:{m.id}" for name, side in SIDES.items() for table in side.tables for m in table.moves}
    return frozenset(roads | sides)


def withdraw_note(*, note: GuidanceNote, reason: str, by: Actor, at: datetime) -> GuidanceNote:
    """From today on the note stands nowhere. Raises Invalid without a reason, Refused where it is withdrawn."""
    check_can_guide(by)
    check_reason(reason)
    with record.act("cases.withdraw_note", by=by, at=at) as act:
        row = GuidanceNote.objects.select_for_update(of=("self",)).get(pk=note.pk)
        check_there(row.withdrawn_on)
        row.withdrawn_on, row.withdrawn_by = clock.day_of(at), by.name
        row.withdrawn_reason = reason.strip()[:200]
        row.save()
        act.entry(on=row, facts={"reason": row.withdrawn_reason})
    return row


def mark_note(*, note: GuidanceNote, mark: str, by: Actor, at: datetime) -> NoteMark:
    """Say that a note helped or is outdated; said again, the later word counts.

    Raises Invalid for another word, Refused for people who are nobody in the bureau's file and for a withdrawn note.
    """
    if mark not in NoteMark.Mark.values:
        raise Invalid({"mark": "请选择有用或者已过时"})
    if by.officer_id is None or not by.can("cases.see"):
        raise Refused(
            Refusal(
                "notes.mark",
                "只有办案人员评价指引",
                meaning="Notes are marked by readers.",
                ground="平台规则 §16",
            )
        )
    check_there(note.withdrawn_on)
    with record.act("cases.mark_note", by=by, at=at) as act:
        row = NoteMark.objects.filter(note=note, officer=by.officer_id).first()
        row = row or NoteMark(note=note, officer_id=by.officer_id)
        row.mark, row.at = mark, at
        row.save()
        act.entry(on=note, facts={"mark": mark})
    return row
