"""Templates of typical cases and guidance notes: published from a day on, withdrawn with the reason, marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from xiuhua.cases.models import CaseTemplate, Cause, GuidanceNote, NoteMark
from xiuhua.cases.permissions import check_can_guide
from xiuhua.cases.procedure.tables import TABLES
from xiuhua.cases.reviewing.wording import TEXTS, strange_blanks
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import Actor, Invalid, Refusal, Refused
from xiuhua.org.queries import officers
from xiuhua.org.rules import CAUSE_GROUP_LABELS

SHORTEST = 5
LONGEST_NOTE = 800
MOST_MOVES = 8
DESIGN = "design"


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a template: texts with blanks in braces; `evidence` one item a line."""

    title: str
    facts: str
    evidence: Sequence[str]
    reasons: str
    proposal: str
    title_en: str = ""


def publish_template(
    *, cause_code: str, wording: Wording, valid_from: date, by: Actor, at: datetime, code: str = ""
) -> CaseTemplate:
    """A template, or with the `code` of one a later version of it, from `valid_from` on.

    Raises Invalid for a cause nobody knows, empty texts, blanks that no case fills, or a day in the past or one on
    which another version begins; Refused for whoever writes none.
    """
    check_can_guide(by)
    code = code or _new_code(cause_code)
    errors = _faults(wording)
    if not Cause.objects.filter(code=cause_code).exists():
        errors["cause_code"] = "没有这个案由"
    if valid_from < clock.day_of(at):
        errors["valid_from"] = "起用日期不能早于今天"
    elif CaseTemplate.objects.filter(code=code, valid_from=valid_from).exists():
        errors["valid_from"] = "这一天已有一版"
    if errors:
        raise Invalid(errors)
    with record.act("cases.publish_template", by=by, at=at) as act:
        row = CaseTemplate(
            code=code,
            cause_code=cause_code,
            title=wording.title.strip(),
            title_en=wording.title_en.strip(),
            facts=wording.facts.strip(),
            evidence="\n".join(wording.evidence),
            reasons=wording.reasons.strip(),
            proposal=wording.proposal.strip(),
            author=by.name,
            valid_from=valid_from,
            published_at=at,
            certainty=DESIGN,
        )
        row.save()
        texts = {name: getattr(row, name) for name in (*TEXTS, "evidence")}
        act.entry(on=row, facts={"code": code, "cause": cause_code, "from": valid_from, **texts})
    return row


def _new_code(cause_code: str) -> str:
    """The code of the cause, with a number behind it where the cause has templates already."""
    taken = set(
        CaseTemplate.objects.filter(code__startswith=cause_code).values_list("code", flat=True).distinct()
    )
    number = len(taken) + 1
    return cause_code if cause_code not in taken else f"{cause_code}-{number}"


def _faults(wording: Wording) -> dict[str, str]:
    errors = {
        name: "请写明内容" for name in ("title", *TEXTS) if len(getattr(wording, name).strip()) < SHORTEST
    }
    if not wording.evidence:
        errors["evidence"] = "请列出应有的证据，每行一项"
    for name in TEXTS:
        if strange := strange_blanks(getattr(wording, name)):
            errors[name] = f"没有这个空格：{'、'.join(strange)}"
    return errors


def withdraw_template(*, template: CaseTemplate, reason: str, by: Actor, at: datetime) -> CaseTemplate:
    """From today on the version is offered no more. Raises Invalid without a reason, Refused where it is out."""
    check_can_guide(by)
    _check_reason(reason)
    with record.act("cases.withdraw_template", by=by, at=at) as act:
        row = CaseTemplate.objects.select_for_update().get(pk=template.pk)
        _check_there(row.withdrawn_on)
        row.withdrawn_on, row.withdrawn_by = clock.day_of(at), by.name
        row.withdrawn_reason = reason.strip()[:200]
        row.save()
        act.entry(on=row, facts={"code": row.code, "reason": row.withdrawn_reason})
    return row


def _check_reason(reason: str) -> None:
    if len(reason.strip()) < SHORTEST:
        raise Invalid({"reason": "请写明理由"})


def _check_there(withdrawn_on: date | None) -> None:
    if withdrawn_on is not None:
        raise Refused(Refusal("withdrawn", "已经撤下", meaning="It is withdrawn already."))


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
    """A note beside `moves`, for every case, a group of causes or one cause.

    Raises Invalid for moves or causes nobody knows, an empty or a long text, and days that are the wrong way round;
    Refused for whoever writes none.
    """
    check_can_guide(by)
    errors = {}
    if len(title.strip()) < SHORTEST:
        errors["title"] = "请写明标题"
    if not SHORTEST <= len(text.strip()) <= LONGEST_NOTE:
        errors["text"] = f"请写明内容，不超过{LONGEST_NOTE}字"
    if not 0 < len(moves) <= MOST_MOVES or set(moves) - known_moves():
        errors["moves"] = f"请选择指引所在的步骤，不超过{MOST_MOVES}个"
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
    """The moves of every main road under every text of the law."""
    return frozenset(move.id for tables in TABLES.values() for table in tables for move in table.moves)


def withdraw_note(*, note: GuidanceNote, reason: str, by: Actor, at: datetime) -> GuidanceNote:
    """From today on the note stands nowhere. Raises Invalid without a reason, Refused where it is withdrawn."""
    check_can_guide(by)
    _check_reason(reason)
    with record.act("cases.withdraw_note", by=by, at=at) as act:
        row = GuidanceNote.objects.select_for_update(of=("self",)).get(pk=note.pk)
        _check_there(row.withdrawn_on)
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
        raise Refused(Refusal("notes.mark", "只有办案人员评价指引", meaning="Notes are marked by readers."))
    _check_there(note.withdrawn_on)
    with record.act("cases.mark_note", by=by, at=at) as act:
        row = NoteMark.objects.filter(note=note, officer=by.officer_id).first()
        row = row or NoteMark(note=note, officer_id=by.officer_id)
        row.mark, row.at = mark, at
        row.save()
        act.entry(on=note, facts={"mark": mark})
    return row
