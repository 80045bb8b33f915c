"""The evidence list of a case grows by exhibits; each addition is a step of the case like any other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from xiuhua.cases import queries
from xiuhua.cases.actions.holding import follow_recording
from xiuhua.cases.actions.stepping import Walk, refresh_columns, start
from xiuhua.cases.models import Case, CaseExhibit, Step
from xiuhua.cases.procedure.articles import on_day
from xiuhua.cases.procedure.file import fold
from xiuhua.cases.procedure.guards.evidence import lacking
from xiuhua.evidence import actions as evidence
from xiuhua.evidence import queries as exhibits
from xiuhua.evidence.queries import Exhibit
from xiuhua.kernel import record
from xiuhua.kernel.authz import Actor, Invalid, Refusal, Refused
from xiuhua.org.queries import Officer

ADD_EVIDENCE = "add_evidence"
COLLECTORS = ("officer", "squad_legal_clerk", "squad_head", "brigade_head")
# What may be said of an exhibit on this list beside what the exhibit itself holds.
SAID_OF = frozenset({"is_copy", "source_signed", "expert_qualification_no", "told_party_on"})
LACKING = {
    "kind": "请选择证据种类",
    "collected_on": "请写明收集日期",
    "collected_by": "执法人员收集的证据，收集人不得少于两名",
    "source_signed": "复制件须由出证人核对签章",
    "sha256": "视听资料、电子数据须有原始文件",
    "note": "请写明证明什么",
    "expert_qualification_no": "鉴定意见须写明鉴定人资质",
    "told_party_on": "鉴定意见须告知当事人",
}


def add_files(
    *,
    case: Case,
    files: Iterable[tuple[str, bytes]],
    kind: str,
    shows: str,
    by: Actor,
    at: datetime,
    source: str = "officers",
    collected_by: Iterable[Officer] = (),
    captured_at: datetime | None = None,
    said: Mapping[str, Any] | None = None,
) -> None:
    """Keep each file (name, bytes) as an exhibit and put it on the list, all of them or none. Raises like both."""
    with transaction.atomic():
        for name, data in files:
            exhibit = evidence.add(
                kind=kind,
                name=name,
                data=data,
                note=shows,
                source=source,
                collected_by=collected_by,
                captured_at=captured_at,
                unit=case.handling_unit,
                by=by,
                at=at,
            )
            add_exhibit(case=case, exhibit=exhibit, shows=shows, by=by, at=at, said=said)


def add_exhibit(
    *,
    case: Case,
    exhibit: Exhibit,
    shows: str,
    by: Actor,
    at: datetime,
    relied_on: bool = True,
    said: Mapping[str, Any] | None = None,
) -> Step:
    """Put `exhibit` on the evidence list, saying what it shows (PPL21 §46); `said` are keys of SAID_OF.

    Raises Invalid without that, if it is on the list already, or if what is relied on lacks its form, without which
    the investigation could never be closed; Refused for who collects no evidence, and once the matter is decided:
    what was not there then cannot have been the ground.
    """
    if not shows.strip():
        raise Invalid({"shows": "请写明证明什么"})
    with record.act(f"cases.{ADD_EVIDENCE}", by=by, at=at) as act:
        walking = start(case, by=by, at=at, act=act)
        _check(walking)
        if CaseExhibit.objects.filter(case=walking.case, exhibit=exhibit).exists():
            raise Invalid({"exhibit": "这件证据已在证据目录中"})
        CaseExhibit(
            case=walking.case, exhibit=exhibit, shows=shows.strip(), relied_on=relied_on, added_at=at
        ).save()
        if walking.case.authority_id != exhibit.unit_id:
            evidence.share(exhibit=exhibit, unit=walking.case.authority, by=by, at=at)
        if (recording := exhibits.recording_behind(exhibit.pk)) is not None:
            subject = record.subject_of(walking.case)
            evidence.hold(recording=recording, subject=subject, label=walking.case.number, by=by, at=at)
            follow_recording(walking.case, recording, at)
        row = {
            **exhibits.evidence_block(exhibit),
            "note": shows.strip(),
            "relied_on": relied_on,
            **_said(said),
        }
        _check_form(walking, row)
        step = _step(walking, {"evidence": [row]})
    case.refresh_from_db()
    return step


def _said(said: Mapping[str, Any] | None) -> dict[str, Any]:
    """What was said, as a file holds it. Raises KeyError for what is not said of an exhibit."""
    found = {key: value for key, value in (said or {}).items() if value not in (None, "")}
    if strange := found.keys() - SAID_OF:
        raise KeyError(", ".join(sorted(strange)))
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in found.items()}


def _check_form(walking: Walk, row: Mapping[str, Any]) -> None:
    if row["relied_on"]:
        least = queries.setting(walking.day).params["min_officers"]
        if found := lacking(row, least):
            raise Invalid({key: LACKING[key] for key in sorted(found)})


def _check(walking: Walk) -> None:
    """Raises Refused for other people than those who investigate, and after the decision or the end of the matter."""
    if walking.roles.isdisjoint(COLLECTORS):
        raise Refused(
            Refusal(
                "wrong_role",
                "证据应由办案单位人员收集",
                ground=on_day("PPL21 §54", walking.day)[0],
                meaning="Evidence is collected by people of the handling unit.",
            )
        )
    no_penalty = (walking.file.get("no_penalty") or {}).get("decided_on")
    if walking.case.decided_on or no_penalty or walking.place.table.state(walking.case.state).final:
        raise Refused(
            Refusal(
                "evidence_after_decision",
                "已作出决定或者已了结，不得再补充作为决定依据的证据",
                ground=on_day("PPL21 §40", walking.day)[0],
                meaning="Evidence added after the decision cannot have been its ground.",
            )
        )


def _step(walking: Walk, facts: dict[str, object]) -> Step:
    """A step that only adds to the file: it leaves the state as it is under any text of the law."""
    case = walking.case
    fold(walking.file, facts)
    entry = walking.act.entry(
        on=case, facts={"move": ADD_EVIDENCE}, label=case.number, verb=f"cases.{ADD_EVIDENCE}"
    )
    case.steps_taken += 1
    step = Step(
        case=case,
        seq=case.steps_taken,
        move=ADD_EVIDENCE,
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
    step.save()
    refresh_columns(walking)
    return step
