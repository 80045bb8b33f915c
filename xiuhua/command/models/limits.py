"""Thresholds of command: when somebody is lost, how long an order waits, what is too still and too far."""

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


class Limit(LegalModel):
    """One threshold, as `reference/command_limits.csv` has it."""

    code = models.CharField("代码", max_length=30, unique=True)
    value = models.PositiveIntegerField("数值")
    measure = models.CharField("单位", max_length=10)
    meaning = models.CharField("含义", max_length=200)
    meaning_en = models.CharField("英文含义", max_length=200)
    source = models.CharField("来源", max_length=200)
    certainty = models.CharField("确定程度", max_length=12)

    objects = InsideQuerySet["Limit"].as_manager()

    class Meta:
        verbose_name = "指挥阈值"

    def __str__(self) -> str:
        return f"{self.code} {self.value}"
