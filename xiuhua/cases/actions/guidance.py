"""Templates of typical cases: published from a day on, withdrawn with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from xiuhua.cases.models import CaseTemplate, Cause
from xiuhua.cases.permissions import check_can_guide
from xiuhua.cases.reviewing.wording import TEXTS, strange_blanks
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import Actor, Invalid, Refusal, Refused, Said

SHORTEST = 5
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
            errors[name] = Said("没有这个空格：%(names)s", names=tuple(strange))
    return errors


def withdraw_template(*, template: CaseTemplate, reason: str, by: Actor, at: datetime) -> CaseTemplate:
    """From today on the version is offered no more. Raises Invalid without a reason, Refused where it is out."""
    check_can_guide(by)
    check_reason(reason)
    with record.act("cases.withdraw_template", by=by, at=at) as act:
        row = CaseTemplate.objects.select_for_update().get(pk=template.pk)
        check_there(row.withdrawn_on)
        row.withdrawn_on, row.withdrawn_by = clock.day_of(at), by.name
        row.withdrawn_reason = reason.strip()[:200]
        row.save()
        act.entry(on=row, facts={"code": row.code, "reason": row.withdrawn_reason})
    return row


def check_reason(reason: str) -> None:
    """Raises Invalid for a reason that says nothing."""
    if len(reason.strip()) < SHORTEST:
        raise Invalid({"reason": "请写明理由"})


def check_there(withdrawn_on: date | None) -> None:
    """Raises Refused for what is withdrawn."""
    if withdrawn_on is not None:
        raise Refused(
            Refusal("withdrawn", "已经撤下", meaning="It is withdrawn already.", ground="平台规则 §5")
        )
