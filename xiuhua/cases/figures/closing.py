"""Cases closed, and what they came to. Their rows are cases."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from xiuhua.cases.models import Case
from xiuhua.kernel.authz import Actor
from xiuhua.org import queries as org
from xiuhua.org.figures import Denominator, Figure, Period
from xiuhua.org.rules import HEADCOUNT_LABELS, HeadcountKind


def closed(user: Actor, period: Period) -> QuerySet[Any]:
    """Penalty cases closed in the period: by `closed_on`, never by the day of filing or decision."""
    rows = Case.objects.whole(user).filter(closed_on__range=(period.start, period.end))
    return rows.filter(procedure__in=(Case.Procedure.SUMMARY, Case.Procedure.ORDINARY))


def demolished(user: Actor, period: Period) -> QuerySet[Any]:
    """Illegal buildings that were gone in the period, whoever removed them: by the day of the removal."""
    rows = Case.objects.whole(user).filter(procedure=Case.Procedure.DEMOLITION)
    return rows.filter(demolished_on__range=(period.start, period.end))


def closed_summary(user: Actor, period: Period) -> QuerySet[Any]:
    return closed(user, period).filter(procedure=Case.Procedure.SUMMARY)


def closed_ordinary(user: Actor, period: Period) -> QuerySet[Any]:
    return closed(user, period).filter(procedure=Case.Procedure.ORDINARY)


def case_bearing(period: Period) -> Denominator | None:
    """The head-count of its own kind on the last day of the period; never the located or the trained."""
    row = org.headcount(HeadcountKind.CASE_BEARING, period.end)
    if row is None or not row.number:
        return None
    return Denominator(
        row.number, str(HEADCOUNT_LABELS[HeadcountKind.CASE_BEARING]), "case-bearing staff", row.source
    )


def _figure(id: str, label: str, label_en: str, definition: str, definition_en: str, **more: Any) -> Figure:
    shape = {"measure": "件", "measure_en": "cases", "day": "closed_on", "unit": "handling_unit", **more}
    return Figure(
        id=id, label=label, label_en=label_en, definition=definition, definition_en=definition_en, **shape
    )


CLOSING = (
    _figure(
        "J01",
        "办结案件",
        "Cases closed",
        "结案日期在期内的案件数，简易程序与普通程序之和；按结案日期，不按立案或决定日期。结案后决定被推翻而重新办理的，"
        "按再次结案的日期计一次。",
        "Cases whose closing day lies in the period, summary and ordinary together; not by filing or decision. One "
        "opened again because its decision fell counts once, by the day on which it closed anew.",
        rows=closed,
    ),
    _figure(
        "J02",
        "人均办案数",
        "Cases closed per head",
        "办结案件数除以期末办案人数。分母只取“办案人数”口径，不取定位人数或参训人数。",
        "Cases closed divided by the case-bearing head-count on the last day; never the located or the trained one.",
        rows=closed,
        measure="件/人",
        measure_en="cases a head",
        denominator=case_bearing,
        decimals=2,
    ),
    _figure(
        "J03",
        "简易程序案件",
        "Summary cases closed",
        "办结案件中适用简易程序（当场处罚）的件数。",
        "Closed cases that went through the summary procedure (decided on the spot).",
        rows=closed_summary,
    ),
    _figure(
        "J04",
        "普通程序案件",
        "Ordinary cases closed",
        "办结案件中适用普通程序（2021年7月15日前称一般程序）的件数。",
        "Closed cases that went through the ordinary procedure.",
        rows=closed_ordinary,
    ),
    _figure(
        "G01",
        "拆除违法建筑",
        "Illegal buildings demolished",
        "拆除日期在期内的违法建筑面积之和，自行拆除、代为拆除与强制拆除均计；按拆除日期，不按结案日期。",
        "Floor area of the illegal buildings removed in the period, by their owners, on request or by force; by the "
        "day of the removal, not of closing.",
        rows=demolished,
        measure="万平方米",
        measure_en="10,000 m²",
        day="demolished_on",
        total="area_m2",
        per=10000,
        decimals=2,
    ),
)
