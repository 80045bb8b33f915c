"""What is to be looked at and how much of it: rows of the reference data."""

from __future__ import annotations

from django.db import models

from xiuhua.kernel.models import InsideQuerySet, LegalModel, Threshold


class Goal(LegalModel):
    """How many recordings of a unit are looked at in a month; `unit` is a code, or `*` for every unit."""

    unit = models.CharField("单位", max_length=40)
    monthly = models.PositiveIntegerField("每月件数")
    valid_from = models.DateField("起")
    valid_to = models.DateField("止", null=True)
    source = models.CharField("来源", max_length=200)
    certainty = models.CharField("确定程度", max_length=12)

    objects = InsideQuerySet["Goal"].as_manager()

    class Meta:
        verbose_name = "视频抽查目标"
        constraints = [models.UniqueConstraint(fields=["unit", "valid_from"], name="goal_once")]

    def __str__(self) -> str:
        return f"{self.unit} {self.monthly}"


class Item(LegalModel):
    """One question of the sheet, with its article."""

    code = models.CharField("代码", max_length=30, unique=True)
    position = models.PositiveSmallIntegerField("次序")
    name = models.CharField("项目", max_length=60)
    name_en = models.CharField("英文名", max_length=100)
    ground = models.CharField("条款", max_length=60, default="")
    valid_from = models.DateField("起", null=True)
    valid_to = models.DateField("止", null=True)
    source = models.CharField("来源", max_length=200)
    certainty = models.CharField("确定程度", max_length=12)

    objects = InsideQuerySet["Item"].as_manager()

    class Meta:
        verbose_name = "视频抽查项目"

    def __str__(self) -> str:
        return self.name


class Limit(Threshold):
    """One period of oversight, as `reference/oversight_limits.csv` has it."""

    FILE = "oversight_limits.csv"

    class Meta:
        verbose_name = "督察期限"
