"""Recordings are tied to the steps of a case by a person, or their lack is explained; each is a step of the case."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from xiuhua.cases.actions.exhibits import COLLECTORS
from xiuhua.cases.actions.holding import follow_recording
from xiuhua.cases.actions.stepping import Walk, refresh_columns, start
from xiuhua.cases.models import Case, Step
from xiuhua.cases.procedure.articles import on_day
from xiuhua.cases.procedure.file import fold
from xiuhua.cases.queries import recordings as queries
from xiuhua.evidence import actions as evidence
from xiuhua.evidence.queries import Recording
from xiuhua.evidence.rules import uses
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import Actor, Invalid, Refusal, Refused

TIE, EXPLAIN = "tie_recording", "explain_recording"


def tie(*, case: Case, recording: Recording, step: str, stated: str, by: Actor, at: datetime) -> Step:
    """A person takes a recording for a step that must be recorded (PPL21 §47).

    Raises Invalid if the case needs no such recording, has it already, or its file is not there.
    """
    exhibit = recording.exhibit
    if exhibit is None:
        raise Invalid({"recording": "文件尚未入库，不能关联"})
    with record.act(f"cases.{TIE}", by=by, at=at) as act:
        walking = start(case, by=by, at=at, act=act)
        _check(walking)
        kept = _needed(walking, step, stated, by)
        evidence.decide_link(
            exhibit=exhibit,
            subject=record.subject_of(case),
            step=f"{step} {stated}",
            taken=True,
            by=by,
            at=at,
        )
        evidence.hold(recording=recording, subject=record.subject_of(case), label=case.number, by=by, at=at)
        follow_recording(case, recording, at)
        row = {"item_ids": [str(exhibit.pk)], **_seconds(kept, recording)}
        arrived = recording.arrived_at
        told = {"uploaded_on": clock.day_of(arrived).isoformat()} if arrived else {}
        made = _step(walking, TIE, {"recording": [{"step": step, "from_at": stated, **row, **told}]})
    case.refresh_from_db()
    return made


def _seconds(kept: queries.Kept, recording: Recording) -> dict[str, Any]:
    """Seconds required and recorded, with this recording, where the act told how long it lasted."""
    span = queries.span_of(kept.need)
    if span is None:
        return {}
    spans = [(r.started_at, r.ended_at) for r in (*kept.tied, recording) if r.started_at and r.ended_at]
    found = uses.covered(span, spans)
    return {"required_seconds": found.required, "recorded_seconds": found.recorded}


def explain(*, case: Case, step: str, stated: str, reason: str, by: Actor, at: datetime) -> Step:
    """Why a recording is missing or has holes. Raises Invalid without a reason or such a need."""
    if not reason.strip():
        raise Invalid({"reason": "请写明原因"})
    with record.act(f"cases.{EXPLAIN}", by=by, at=at) as act:
        walking = start(case, by=by, at=at, act=act)
        _check(walking)
        _needed(walking, step, stated, by)
        row = {"step": step, "from_at": stated, "gap_reason": reason.strip()}
        made = _step(walking, EXPLAIN, {"recording": [row]})
    case.refresh_from_db()
    return made


def leave(*, case: Case, recording: Recording, reason: str, by: Actor, at: datetime) -> None:
    """A person says that a proposed recording does not belong to the case; it is not proposed again."""
    if not reason.strip():
        raise Invalid({"reason": "请写明理由"})
    if recording.exhibit is None:
        raise Invalid({"recording": "文件尚未入库"})
    with record.act("cases.leave_recording", by=by, at=at) as act:
        _check(start(case, by=by, at=at, act=act))
        subject = record.subject_of(case)
        evidence.decide_link(
            exhibit=recording.exhibit,
            subject=subject,
            step="",
            taken=False,
            reason=reason.strip(),
            by=by,
            at=at,
        )
        act.entry(on=case, facts={"recording": recording.sha256, "reason": reason.strip()}, label=case.number)


def _needed(walking: Walk, step: str, stated: str, by: Actor) -> queries.Kept:
    found = [k for k in queries.kept_of(walking.case, by) if (k.need.step, k.need.stated) == (step, stated)]
    if not found:
        raise Invalid({"step": "本案没有这一摄录环节"})
    return found[0]


def _check(walking: Walk) -> None:
    if walking.roles.isdisjoint(COLLECTORS):
        raise Refused(
            Refusal(
                "wrong_role",
                "执法记录应由办案单位人员关联和说明",
                ground=on_day("PPL21 §47", walking.day)[0],
                meaning="Recordings are tied and explained by people of the handling unit.",
            )
        )


def _step(walking: Walk, move: str, facts: dict[str, Any]) -> Step:
    """A step that only adds to the file and leaves the state as it is."""
    case = walking.case
    fold(walking.file, facts)
    entry = walking.act.entry(on=case, facts={"move": move, **facts["recording"][0]}, label=case.number)
    case.steps_taken += 1
    made = Step(
        case=case,
        seq=case.steps_taken,
        move=move,
        law_version=walking.place.table.version,
        from_state=case.state,
        to_state=case.state,
        at=walking.at,
        role=next(role for role in COLLECTORS if role in walking.roles),
        by_user=walking.by.user_id,
        by_name=walking.by.name,
        facts=facts,
        entry=entry.pk,
    )
    made.save()
    refresh_columns(walking)
    return made
