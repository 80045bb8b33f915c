"""Collection stations and what was docked at them."""

from __future__ import annotations

from typing import Self

from django.db import models

from xiuhua.evidence.models.exhibits import Exhibit
from xiuhua.evidence.models.seen import of_units
from xiuhua.evidence.rules import recordings as rules
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import LegalModel, LegalQuerySet, StoredFile


class StationQuerySet(LegalQuerySet["Station"]):
    def visible(self, user: Actor) -> Self:
        """Stations of the units whose evidence the user sees."""
        seen = of_units(user)
        return self if seen is None else self.filter(seen)


class Station(LegalModel):
    """A collection station (采集站); of its token only the SHA-256 is kept."""

    name = models.CharField("名称", max_length=60, unique=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name="单位")
    policy = models.CharField(
        "上传策略", max_length=10, choices=[(p.value, rules.POLICY_LABELS[p]) for p in rules.Policy]
    )
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField("设立时间")
    ended_at = models.DateTimeField("停用时间", null=True)

    objects = StationQuerySet.as_manager()

    class Meta:
        verbose_name = "采集站"

    def __str__(self) -> str:
        return self.name


class RecordingQuerySet(LegalQuerySet["Recording"]):
    def visible(self, user: Actor) -> Self:
        """Recordings docked for the units whose evidence the user sees."""
        seen = of_units(user)
        return self if seen is None else self.filter(seen)


class Recording(LegalModel):
    """One file of a recorder, known by its manifest since it was docked; the file itself may come later, or never.

    `started_at` and `ended_at` are the recorder's own clock, as it stood.
    """

    station = models.ForeignKey(Station, models.PROTECT, related_name="recordings", verbose_name="采集站")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name="单位")
    file_name = models.CharField("文件名", max_length=200)
    size = models.BigIntegerField("大小")
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    sm3 = models.CharField("SM3", max_length=64)
    media_type = models.CharField("类型", max_length=60)
    recorder_no = models.CharField("记录仪编号", max_length=20, default="", db_index=True)
    officer_no = models.CharField("使用人工号", max_length=20, default="")
    officer = models.ForeignKey(
        "org.Officer", models.PROTECT, null=True, related_name="+", verbose_name="使用人"
    )
    started_at = models.DateTimeField("开始时间", null=True, db_index=True)
    ended_at = models.DateTimeField("结束时间", null=True)
    important = models.BooleanField("重要标记", default=False)
    docked_at = models.DateTimeField("接入时间")
    asked_at = models.DateTimeField("调取时间", null=True)
    state = models.CharField(
        "状态", max_length=12, choices=[(s.value, rules.STATE_LABELS[s]) for s in rules.State]
    )
    fault = models.CharField("隔离原因", max_length=200, default="")
    arrived_at = models.DateTimeField("入库时间", null=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name="文件")
    exhibit = models.OneToOneField(
        Exhibit, models.PROTECT, null=True, related_name="recording", verbose_name="证据"
    )

    objects = RecordingQuerySet.as_manager()

    class Meta:
        verbose_name = "执法记录"
        indexes = [models.Index(fields=["unit", "started_at"], name="recording_unit_start")]

    def __str__(self) -> str:
        return self.file_name
