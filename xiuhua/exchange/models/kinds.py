"""What can be shared at all, and the numbers of the room: loaded from `reference/`."""

from __future__ import annotations

from django.db import models

from xiuhua.kernel.models import InsideQuerySet, LegalModel, Threshold


class EventKind(LegalModel):
    """One kind of event, as `reference/exchange_events.csv` has it: nothing else is shared, no other field is told."""

    type = models.CharField("类型", max_length=60, unique=True)
    label = models.CharField("名称", max_length=40)
    label_en = models.CharField("英文名", max_length=60)
    purpose = models.CharField("用途", max_length=200)
    purpose_en = models.CharField("英文用途", max_length=200)
    fields = models.CharField("内容", max_length=200)
    ground = models.CharField("依据", max_length=60)
    source = models.CharField("来源", max_length=200)
    certainty = models.CharField("确定程度", max_length=12)

    objects = InsideQuerySet["EventKind"].as_manager()

    class Meta:
        verbose_name = "共享事件种类"

    def __str__(self) -> str:
        return self.label


class Limit(Threshold):
    """One number, as `reference/exchange_limits.csv` has it."""

    FILE = "exchange_limits.csv"

    class Meta:
        verbose_name = "共享阈值"
