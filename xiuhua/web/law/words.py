"""Words for the law: how sure a row is, who is named in an act, what a range counts, when a fine is possible."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiuhua.cases.queries.library import Cause
from xiuhua.web.frame import ranges
from xiuhua.web.frame.parts import State
from xiuhua.web.law.labels import CERTAINTIES, ENFORCERS, KINDS, MEASURES, WORDS

ONLY_REFUSAL = _("责令改正，拒不改正才罚")


def certainty(row_certainty: str) -> State:
    label, tone = CERTAINTIES.get(row_certainty, (row_certainty, "wait"))
    return State(str(label), tone)


def range_words(cause: Cause) -> tuple[str, str]:
    """The range of a version, and that for organisations where the law sets another; with their measure."""
    return (
        ranges.said(cause.floor, cause.ceiling, cause.unit),
        ranges.said(cause.floor_organisation, cause.ceiling_organisation, cause.unit),
    )


def enforcers(codes: str) -> str:
    return "、".join(str(ENFORCERS.get(code, code)) for code in codes.split(";") if code)


def kinds(codes: str) -> str:
    return "、".join(str(KINDS.get(code, code)) for code in codes.split(";") if code)


def condition(cause: Cause) -> str | Promise:
    """When a fine is possible: only after refusal, at will, or at once."""
    if cause.needs_refusal:
        return ONLY_REFUSAL
    return _("可以处罚") if cause.may else _("应当处罚")


def value(text: str, unit: str) -> str:
    """The value of a parameter in words: 200 元, 5 个工作日, 是."""
    if unit in MEASURES:
        return f"{int(text):,} {MEASURES[unit]}" if text.isdecimal() else text
    return "、".join(str(WORDS.get(part, part)) for part in text.split(";"))
