"""What was punished on the counted days of major events. Their rows are cases."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from xiuhua.cases.models import Case
from xiuhua.duty import queries as duty
from xiuhua.kernel.authz import Actor
from xiuhua.org.figures import Figure, Period


def punished(user: Actor, period: Period) -> QuerySet[Any]:
    """Penalty cases decided on the counted days of a major event in the period."""
    windows = duty.counted_windows(user, period.start, period.end)
    rows = Case.objects.whole(user).filter(procedure__in=(Case.Procedure.SUMMARY, Case.Procedure.ORDINARY))
    return rows.filter(duty.in_windows(windows, "decided_on"))


def fined(user: Actor, period: Period) -> QuerySet[Any]:
    return punished(user, period).filter(fine__gt=0)


EVENTS = (
    Figure(
        id="X16",
        label="重大活动期间：查处案件",
        label_en="Major events: cases punished",
        measure="件",
        measure_en="cases",
        definition="决定日期在重大活动统计时段内的简易程序和普通程序案件数。存疑：2018年报告未写明按立案还是按决定；"
        "简易程序不立案，所以按决定日期。",
        definition_en="Summary and ordinary cases decided on the counted days of a major event. Doubtful: the report "
        "of 2018 does not say whether by filing or by decision; summary cases are not filed, hence by decision.",
        day="decided_on",
        unit="handling_unit",
        rows=punished,
    ),
    Figure(
        id="X17",
        label="重大活动期间：处罚金额",
        label_en="Major events: fines",
        measure="万元",
        measure_en="10,000 yuan",
        definition="X16各案决定的罚款金额之和。存疑：口径随X16。",
        definition_en="Fines decided in the cases of X16. Doubtful as X16 is.",
        day="decided_on",
        unit="handling_unit",
        rows=fined,
        total="fine",
        per=10000,
        decimals=2,
    ),
)
