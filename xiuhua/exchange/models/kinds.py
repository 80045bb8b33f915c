"""What can be shared at all, and the numbers of the room: loaded from `reference/`."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models

from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import LegalModel, LegalQuerySet

T = TypeVar("T", bound=models.Model)


class InsideQuerySet(LegalQuerySet[T]):
    def visible(self, user: Actor) -> Self:
        """Known to everybody who is signed in."""
        return self if user.user_id is not None or user.is_system else self.none()


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


class Limit(LegalModel):
    """One number, as `reference/exchange_limits.csv` has it."""

    code = models.CharField("代码", max_length=30, unique=True)
    value = models.PositiveIntegerField("数值")
    measure = models.CharField("单位", max_length=10)
    meaning = models.CharField("含义", max_length=200)
    meaning_en = models.CharField("英文含义", max_length=200)
    source = models.CharField("来源", max_length=200)
    certainty = models.CharField("确定程度", max_length=12)

    objects = InsideQuerySet["Limit"].as_manager()

    class Meta:
        verbose_name = "共享阈值"

    def __str__(self) -> str:
        return f"{self.code} {self.value}"
