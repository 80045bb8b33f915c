"""Rounds on the street: a road that was patrolled, a place or party that was inspected."""

from __future__ import annotations

from django.db import models

from xiuhua.duty import rules
from xiuhua.duty.models.events import Task
from xiuhua.duty.models.roster import Shift
from xiuhua.duty.models.seen import OfUnitQuerySet
from xiuhua.kernel.models import LegalModel


class RoadPatrol(LegalModel):
    """One road gone along once (条次): the same road in two passes is two rows."""

    officer = models.ForeignKey("org.Officer", models.PROTECT, related_name="+", verbose_name="人员")
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name="单位", db_index=False
    )
    shift = models.ForeignKey(Shift, models.PROTECT, null=True, related_name="roads", verbose_name="班次")
    road = models.CharField("道路", max_length=60)
    day = models.DateField("日期")
    at = models.DateTimeField("巡查时间")
    received_at = models.DateTimeField("收到时间")

    objects = OfUnitQuerySet["RoadPatrol"].as_manager()

    class Meta:
        verbose_name = "道路巡查"
        indexes = [models.Index(fields=["unit", "day"], name="road_patrol_unit_day")]
        constraints = [models.UniqueConstraint(fields=["officer", "road", "at"], name="road_patrol_once")]

    def __str__(self) -> str:
        return self.road


class Inspection(LegalModel):
    """A check of a party or place (执法检查); `task` where it was ordered, as a check of pollution sources is."""

    officer = models.ForeignKey("org.Officer", models.PROTECT, related_name="+", verbose_name="检查人")
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name="单位", db_index=False
    )
    shift = models.ForeignKey(
        Shift, models.PROTECT, null=True, related_name="inspections", verbose_name="班次"
    )
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="inspections", verbose_name="任务")
    whom = models.CharField("检查对象", max_length=100)
    place = models.CharField("地点", max_length=120)
    outcome = models.CharField(
        "检查情况",
        max_length=10,
        choices=[(o.value, rules.INSPECTION_LABELS[o]) for o in rules.InspectionOutcome],
    )
    note = models.CharField("情况说明", max_length=300, default="")
    day = models.DateField("日期")
    at = models.DateTimeField("检查时间")
    received_at = models.DateTimeField("收到时间")

    objects = OfUnitQuerySet["Inspection"].as_manager()

    class Meta:
        verbose_name = "执法检查"
        indexes = [models.Index(fields=["unit", "day"], name="inspection_unit_day")]
        constraints = [
            models.UniqueConstraint(fields=["officer", "whom", "at"], name="inspection_once"),
            models.CheckConstraint(
                name="inspection_found_with_note", condition=models.Q(outcome="clear") | ~models.Q(note="")
            ),
        ]

    def __str__(self) -> str:
        return self.whom
