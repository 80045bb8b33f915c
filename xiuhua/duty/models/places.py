"""Beats and points on the ground, and the reference tables of the street."""

from __future__ import annotations

from django.db import models

from xiuhua.duty import rules
from xiuhua.duty.models.seen import OfUnitQuerySet
from xiuhua.kernel.models import Area, InsideQuerySet, LegalModel, Threshold


class Beat(LegalModel):
    """A stretch of streets that a unit patrols (巡区)."""

    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name="单位")
    code = models.CharField("代码", max_length=20)
    name = models.CharField("名称", max_length=60)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+", verbose_name="街镇")

    objects = OfUnitQuerySet["Beat"].as_manager()

    class Meta:
        verbose_name = "巡区"
        constraints = [models.UniqueConstraint(fields=["unit", "code"], name="beat_once")]

    def __str__(self) -> str:
        return self.name


class Point(LegalModel):
    """A point at which people check in (签到点); a post (岗点) is one where somebody stands. WGS-84, metres."""

    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name="单位")
    beat = models.ForeignKey(Beat, models.PROTECT, null=True, related_name="points", verbose_name="巡区")
    code = models.CharField("代码", max_length=20)
    name = models.CharField("名称", max_length=60)
    lon = models.FloatField("经度")
    lat = models.FloatField("纬度")
    radius = models.PositiveIntegerField("范围（米）")
    is_post = models.BooleanField("固定岗", default=False)
    active_from = models.DateField("启用")
    active_to = models.DateField("停用", null=True)

    objects = OfUnitQuerySet["Point"].as_manager()

    class Meta:
        verbose_name = "签到点"
        constraints = [
            models.UniqueConstraint(fields=["unit", "code"], name="point_once"),
            models.CheckConstraint(name="point_radius", condition=models.Q(radius__gt=0)),
            models.CheckConstraint(
                name="point_dates",
                condition=models.Q(active_to__isnull=True) | models.Q(active_to__gte=models.F("active_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ShiftKind(LegalModel):
    """A kind of shift (班次) with its hours; one that ends before it begins ends on the next day."""

    code = models.CharField("代码", max_length=20, unique=True)
    name = models.CharField("名称", max_length=20)
    name_en = models.CharField("英文名", max_length=40)
    starts = models.TimeField("开始")
    ends = models.TimeField("结束")
    source = models.CharField("来源", max_length=200)
    certainty = models.CharField("确定程度", max_length=12)

    objects = InsideQuerySet["ShiftKind"].as_manager()

    class Meta:
        verbose_name = "班次种类"

    def __str__(self) -> str:
        return self.name


class Limit(Threshold):
    """A threshold of the street: what is near, what is late, what is a trick."""

    FILE = "duty_limits.csv"

    class Meta:
        verbose_name = "勤务阈值"


class Plan(LegalModel):
    """What an emergency plan orders for one hazard and one colour of warning. `call_share` in per cent."""

    hazard = models.CharField(
        "灾害", max_length=10, choices=[(h.value, rules.HAZARD_LABELS[h]) for h in rules.Hazard]
    )
    colour = models.CharField(
        "预警", max_length=10, choices=[(c.value, rules.COLOUR_LABELS[c]) for c in rules.Colour]
    )
    level = models.PositiveSmallIntegerField("勤务等级")
    call_share = models.PositiveSmallIntegerField("召集比例（%）")
    checks = models.CharField("检查要求", max_length=300)
    checks_en = models.CharField("英文检查要求", max_length=400)
    check_sources = models.BooleanField("检查污染源")
    check_hours = models.PositiveIntegerField("检查时限（小时）")
    source = models.CharField("来源", max_length=200)
    certainty = models.CharField("确定程度", max_length=12)

    objects = InsideQuerySet["Plan"].as_manager()

    class Meta:
        verbose_name = "应急预案"
        constraints = [models.UniqueConstraint(fields=["hazard", "colour"], name="plan_once")]

    def __str__(self) -> str:
        return f"{self.get_hazard_display()}{self.get_colour_display()}预警"
