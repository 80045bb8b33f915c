"""The evidence list of a case grows by exhibits; each addition is a step of the case like any other."""

from __future__ import annotations

from datetime import datetime

from xiuhua.cases.actions.stepping import Walk, refresh_columns, start
from xiuhua.cases.models import Case, CaseExhibit, Step
from xiuhua.cases.procedure.articles import on_day
from xiuhua.cases.procedure.file import fold
from xiuhua.evidence import actions as evidence
from xiuhua.evidence import queries as exhibits
from xiuhua.evidence.queries import Exhibit
from xiuhua.kernel import record
from xiuhua.kernel.authz import Actor, Invalid, Refusal, Refused

ADD_EVIDENCE = "add_evidence"
COLLECTORS = ("officer", "squad_legal_clerk", "squad_head", "brigade_head")


def add_exhibit(
    *, case: Case, exhibit: Exhibit, shows: str, by: Actor, at: datetime, relied_on: bool = True
) -> Step:
    """Put `exhibit` on the evidence list, saying what it shows (PPL21 §46).

    Raises Invalid without that, or if it is on the list already; Refused for who collects no evidence, and once the
    matter is decided: what was not there then cannot have been the ground.
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
        row = {**exhibits.evidence_block(exhibit), "note": shows.strip(), "relied_on": relied_on}
        step = _step(walking, {"evidence": [row]})
    case.refresh_from_db()
    return step


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
