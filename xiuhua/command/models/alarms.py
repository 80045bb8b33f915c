"""Alarms about people and vehicles on duty, and the switches that turn them off."""

from __future__ import annotations

from typing import Self

from django.db import models

from xiuhua.command import rules
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import InsideQuerySet, LegalModel, LegalQuerySet

KINDS = [(k.value, rules.ALARM_LABELS[k]) for k in rules.AlarmKind]


class AlarmQuerySet(LegalQuerySet["Alarm"]):
    def visible(self, user: Actor) -> Self:
        """Whoever may follow the unit's people on the map; everybody sees what is said of themselves."""
        scope = user.scope("positions.see")
        if scope.everything:
            return self
        found = models.Q()
        if scope.units:
            found |= models.Q(unit__in=scope.units)
        if user.officer_id is not None:
            found |= models.Q(officer=user.officer_id)
        return self.filter(found) if found else self.none()


class Alarm(LegalModel):
    """Left the area, or stood still too long, on duty. Open until it ends by itself or somebody looked into it.

    `measured` and `limit` in metres for the area, in minutes for standing: what was found, and what was allowed then.
    """

    kind = models.CharField("种类", max_length=8, choices=KINDS)
    device = models.ForeignKey(
        "observations.Device", models.PROTECT, related_name="+", verbose_name="设备", db_index=False
    )
    officer = models.ForeignKey(
        "org.Officer", models.PROTECT, null=True, related_name="+", verbose_name="人员"
    )
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name="单位")
    since = models.DateTimeField("起")
    raised_at = models.DateTimeField("提醒时间")
    lon = models.FloatField("经度")
    lat = models.FloatField("纬度")
    measured = models.PositiveIntegerField("实测")
    limit = models.PositiveIntegerField("阈值")
    ended_at = models.DateTimeField("解除", null=True)
    handled_by = models.CharField("核查人", max_length=60, default="")
    note = models.CharField("核查情况", max_length=200, default="")

    objects = AlarmQuerySet.as_manager()

    class Meta:
        verbose_name = "位置提醒"
        constraints = [
            models.UniqueConstraint(
                fields=["device", "kind"], name="alarm_open_once", condition=models.Q(ended_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.since:%H:%M}"


class Switch(LegalModel):
    """Whether a kind of alarm is raised at all; a kind without a row is on."""

    kind = models.CharField("种类", max_length=8, choices=KINDS, unique=True)
    on = models.BooleanField("开启", default=True)
    reason = models.CharField("原因", max_length=200)
    changed_by = models.CharField("变更人", max_length=60)
    changed_at = models.DateTimeField("变更时间")

    objects = InsideQuerySet["Switch"].as_manager()

    class Meta:
        verbose_name = "提醒开关"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"
