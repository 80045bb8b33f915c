"""What is wrong with typed values, field by field, before the law is asked. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from xiuhua.cases.procedure.facts.composing import WHOLE
from xiuhua.cases.procedure.facts.field import FactField, Kind, Time, is_empty, read
from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards.reading import block

# Earlier field, later field, what to say at the later one.
IN_ORDER = (
    ("inspection.from_at", "inspection.to_at", "结束时间早于开始时间"),
    ("interview.from_at", "interview.to_at", "结束时间早于开始时间"),
    ("hearing.notice_served_on", "hearing.held_on", "听证早于听证通知"),
    ("service.confirmation_signed_on", "service.on", "电子送达早于确认书签订"),
    ("service.announced_on", "service.effective_on", "视为送达日期早于公告日期"),
    ("annulment.on", "refund.done_on", "退还早于撤销"),
)
DAYS = frozenset({Kind.DATE, Kind.MOMENT})


def faults_of(
    fields: tuple[FactField, ...], values: Mapping[str, Any], file: File, on: date
) -> dict[str, str]:
    """Path → reason (Chinese) of every value that cannot stand; empty if the form of `fields` can be taken.

    `file` is the file before the step and `on` its day.
    """
    known = {f.path for f in fields} | WHOLE
    found = {path: "没有这一项" for path in values if path not in known}
    typed: dict[str, Any] = {}
    for field in fields:
        raw = values.get(field.path)
        if is_empty(raw):
            if field.required:
                found[field.path] = "请填写"
            continue
        try:
            typed[field.path] = read(field, raw)
        except ValueError as error:
            found[field.path] = error.args[0]
            continue
        if field.kind in DAYS and (wrong := _misplaced(field, typed[field.path], file, on)):
            found[field.path] = wrong
    for earlier, later, reason in IN_ORDER:
        if earlier in typed and later in typed and typed[later] < typed[earlier]:
            found.setdefault(later, reason)
    return found


def _began(file: File) -> str:
    """The first day of the case: its lead, or the finding of the act."""
    days = (block(file, "case").get("lead_received_on"), block(file, "violation").get("discovered_on"))
    return min((d for d in days if d), default="")


def _misplaced(field: FactField, value: str, file: File, on: date) -> str:
    """Why a day cannot lie where it does."""
    day = value[:10]
    if field.time is Time.FUTURE and day < on.isoformat():
        return "期限不能早于今天"
    if field.time is Time.PAST and day > on.isoformat():
        return "日期不能晚于办理之日"
    if field.time is Time.PAST and day < _began(file)[:10]:
        return "日期早于案件开始"
    return ""
