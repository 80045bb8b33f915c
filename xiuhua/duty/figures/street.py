"""What the street counts, and its three rates. Their rows are shifts, stops, findings, tasks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from xiuhua.duty import rules
from xiuhua.duty.models import CheckIn, Finding, Point, Shift, Stop, Task
from xiuhua.kernel import clock
from xiuhua.kernel.authz import Actor
from xiuhua.org.figures import Denominator, Figure, Period


def _span(period: Period) -> tuple[Any, Any]:
    return period.start, period.end


def planned(user: Actor, period: Period) -> QuerySet[Any]:
    """Shifts of the days of the period that stand, are over by now, and were not excused."""
    rows = Shift.objects.visible(user).filter(cancelled=False, excused=False, day__range=_span(period))
    # What is still to come can be neither kept nor missed.
    return rows.filter(ends_at__lte=clock.now())


def attended(user: Actor, period: Period) -> QuerySet[Any]:
    """Shifts worked: one row an officer and shift, with a check-in that counts. An excuse makes no attendance."""
    rows = Shift.objects.visible(user).filter(cancelled=False, day__range=_span(period))
    return rows.filter(attended_at__isnull=False)


def kept(user: Actor, period: Period) -> QuerySet[Any]:
    """Attended shifts among those of `planned`."""
    return planned(user, period).filter(attended_at__isnull=False)


def points(user: Actor, period: Period) -> QuerySet[Any]:
    """Points active on the last day of the period."""
    ends = Q(active_to__isnull=True) | Q(active_to__gte=period.end)
    return Point.objects.visible(user).filter(ends, active_from__lte=period.end)


def check_ins(user: Actor, period: Period) -> QuerySet[Any]:
    """Check-ins that count, by the day of the phone's moment."""
    return CheckIn.objects.visible(user).filter(counted=True, at__date__range=_span(period))


def stops(user: Actor, period: Period) -> QuerySet[Any]:
    """Points at which somebody had to be, in shifts of `planned`."""
    rows = Stop.objects.visible(user).filter(shift__cancelled=False, shift__excused=False)
    rows = rows.filter(shift__ends_at__lte=clock.now())
    return rows.filter(shift__day__range=_span(period))


def reached(user: Actor, period: Period) -> QuerySet[Any]:
    return stops(user, period).filter(reached_at__isnull=False)


def findings(user: Actor, period: Period) -> QuerySet[Any]:
    return Finding.objects.visible(user).filter(day__range=_span(period))


def handled(user: Actor, period: Period) -> QuerySet[Any]:
    """Findings whose lead has an outcome, or from which a case was opened."""
    return findings(user, period).filter(~Q(lead__outcome="") | ~Q(lead__case_subject=""))


def tasks(kind: rules.TaskKind) -> Callable[[Actor, Period], QuerySet[Any]]:
    """Tasks of one kind issued in the period and not withdrawn."""

    def rows(user: Actor, period: Period) -> QuerySet[Any]:
        found = Task.objects.visible(user).filter(kind=kind, day__range=_span(period))
        return found.exclude(state=rules.TaskState.WITHDRAWN)

    return rows


def _out_of(
    rows: Callable[[Actor, Period], QuerySet[Any]], label: str, label_en: str
) -> Callable[[Actor, Period], Denominator | None]:
    """A denominator of rows under the same `visible`; None where there are none."""

    def under(user: Actor, period: Period) -> Denominator | None:
        number = rows(user, period).count()
        return Denominator(number, label, label_en, "duty") if number else None

    return under


def made(id: str, label: str, label_en: str, definition: str, definition_en: str, **more: Any) -> Figure:
    """A figure by day and unit, unless `more` says otherwise."""
    shape = {"day": "day", "unit": "unit", **more}
    return Figure(
        id=id, label=label, label_en=label_en, definition=definition, definition_en=definition_en, **shape
    )


COUNTS = (
    made(
        "A12",
        "出勤",
        "Attendances",
        "班次日期在期内且有有效签到的班次数；一人一班计一人次，申诉成立但未签到的不计。从旧系统导入的班次以其记载的到岗时间为准。"
        "存疑：2018年报告的数低于全员全年应有的班次，可能只含系统启用后的部分。",
        "Shifts of the period with a check-in that counts: one for each person and shift; an excuse makes none. Shifts "
        "brought in from older systems count by the arrival that stands there. Doubtful: the number of the report of "
        "2018 is below what a whole year of all staff would give; perhaps only part of the year was kept.",
        measure="人次",
        measure_en="person-times",
        rows=attended,
    ),
    made(
        "A13",
        "签到点",
        "Check-in points",
        "期末当日启用的签到点数，是时点数。",
        "Points active on the last day of the period: a stock, not a flow.",
        measure="个",
        measure_en="points",
        rows=points,
        day="",
    ),
    made(
        "A14",
        "签到",
        "Check-ins",
        "签到时间在期内、在范围内且计入的签到数；可疑签到经督察员核查无异常后计入。",
        "Check-ins of the period within the geofence that count; doubtful ones count once an inspector cleared them.",
        measure="人次",
        measure_en="person-times",
        rows=check_ins,
        day="at__date",
    ),
    made(
        "A15",
        "巡查发现问题",
        "Issues found on patrol",
        "发现日期在期内的巡查发现数；不同于简易程序案件数（J03）。",
        "Findings of patrols by the day they were found; not the number of summary cases (J03).",
        measure="件",
        measure_en="issues",
        rows=findings,
    ),
    made(
        "A16",
        "日常任务",
        "Daily tasks",
        "期内下达且未撤销的日常任务数。",
        "Daily tasks issued in the period and not withdrawn.",
        measure="起",
        measure_en="tasks",
        rows=tasks(rules.TaskKind.DAILY),
    ),
    made(
        "A17",
        "专项任务",
        "Special tasks",
        "期内下达且未撤销的专项任务数。",
        "Special tasks issued in the period and not withdrawn.",
        measure="起",
        measure_en="tasks",
        rows=tasks(rules.TaskKind.SPECIAL),
    ),
)
RATES = (
    made(
        "R01",
        "出勤率",
        "Attendance rate",
        "已出勤班次除以应出勤班次。应出勤班次：班次日期在期内、已结束且未取消的班次，减去申诉成立的。",
        "Shifts attended divided by shifts planned: those of the period that stand and are over, but for "
        "those excused on appeal.",
        measure="%",
        measure_en="%",
        rows=kept,
        out_of=_out_of(planned, "应出勤班次", "shifts planned"),
        decimals=1,
    ),
    made(
        "R02",
        "到岗率",
        "On-post rate",
        "已到的应到点除以全部应到点。应到点：应出勤班次所在巡区的每个签到点，一班计一次。",
        "Stops reached divided by stops due: each point of the beat of a planned shift, once a shift.",
        measure="%",
        measure_en="%",
        rows=reached,
        out_of=_out_of(stops, "应到点", "stops due"),
        decimals=1,
        day="shift__day",
        unit="shift__unit",
    ),
    made(
        "R03",
        "管事率",
        "Handling rate",
        "已处置的巡查发现除以全部巡查发现。已处置：线索已有结果，或者已立案办理。",
        "Findings handled divided by findings: the lead has an outcome, or a case was opened.",
        measure="%",
        measure_en="%",
        rows=handled,
        out_of=_out_of(findings, "巡查发现", "findings"),
        decimals=1,
    ),
)
FIGURES = (*COUNTS, *RATES)
