"""The law of the bench as rows with dates: causes of action, parameters, discretion tiers, bands and factors."""

from __future__ import annotations

from datetime import date
from typing import Self, TypeVar

from django.db import models

from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import LegalModel, LegalQuerySet

T = TypeVar("T", bound=models.Model)


class LawQuerySet(LegalQuerySet[T]):
    def visible(self, user: Actor) -> Self:
        """Published law is public."""
        return self

    def on(self, day: date) -> Self:
        """Rows in force on `day`."""
        return self.filter(
            models.Q(valid_from__isnull=True) | models.Q(valid_from__lte=day),
            models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=day),
        )


class LawRow(LegalModel):
    """A row of law: valid from a day up to and with a day (open where empty), with its source and how sure it is."""

    valid_from = models.DateField("施行", null=True)
    valid_to = models.DateField("失效", null=True)
    source = models.CharField("来源", max_length=300)
    certainty = models.CharField("确定程度", max_length=12)

    class Meta:
        abstract = True


class Cause(LawRow):
    """A cause of action (案由): what is violated, on what basis it is punished, within which range.

    Amounts are in `unit` (mostly yuan); those for organisations hold only where the law sets another range for them.
    """

    code = models.CharField("代码", max_length=10)
    name = models.CharField("案由", max_length=100)
    name_en = models.CharField("英文", max_length=160)
    group = models.CharField("类别", max_length=10)
    violates = models.CharField("违反条款", max_length=200)
    basis = models.CharField("处罚依据", max_length=200)
    floor = models.DecimalField("下限", max_digits=12, decimal_places=2, null=True)
    ceiling = models.DecimalField("上限", max_digits=12, decimal_places=2, null=True)
    floor_organisation = models.DecimalField("单位下限", max_digits=12, decimal_places=2, null=True)
    ceiling_organisation = models.DecimalField("单位上限", max_digits=12, decimal_places=2, null=True)
    unit = models.CharField("计量", max_length=30, default="yuan")
    kinds_allowed = models.CharField("处罚种类", max_length=120)
    needs_refusal = models.BooleanField("拒不改正才罚", default=False)
    may = models.BooleanField("可以处罚", default=False)
    seize_power = models.BooleanField("可暂扣", default=False)
    hearing_always = models.BooleanField("必须告知听证", default=False)
    direct_penalty = models.BooleanField("直接处罚", default=False)
    statutory_enforcer = models.CharField("法定执法部门", max_length=20)
    actual_enforcer = models.CharField("实际执法部门", max_length=20)
    transfer_basis = models.CharField("划转依据", max_length=200, default="")
    tier_factors = models.CharField("裁量因素", max_length=200, default="")
    note = models.CharField("备注", max_length=300, default="")
    unverified = models.CharField("存疑栏目", max_length=200, default="")
    search = models.CharField("检索", max_length=200, default="", db_index=True)

    objects = LawQuerySet["Cause"].as_manager()

    class Meta:
        verbose_name = "案由"
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="cause_version")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Parameter(LawRow):
    """A number or switch that the law or the bureau sets for a time, such as the limit of an on-the-spot fine."""

    name = models.CharField("参数", max_length=60)
    value = models.CharField("值", max_length=200)
    unit = models.CharField("单位", max_length=20)
    article = models.CharField("条款", max_length=100)
    meaning = models.CharField("含义", max_length=200)
    meaning_en = models.CharField("英文含义", max_length=200)

    objects = LawQuerySet["Parameter"].as_manager()

    class Meta:
        verbose_name = "法定参数"
        constraints = [models.UniqueConstraint(fields=["name", "valid_from"], name="parameter_version")]

    def __str__(self) -> str:
        return f"{self.name} {self.value}"


class Tier(LawRow):
    """A discretion tier (裁量档次): the part of the span between floor and ceiling it stands for, in per cent."""

    cause_code = models.CharField("案由", max_length=10, default="*")
    tier = models.CharField("档次", max_length=20)
    label = models.CharField("名称", max_length=20)
    from_percent = models.PositiveSmallIntegerField("起")
    to_percent = models.PositiveSmallIntegerField("止")

    objects = LawQuerySet["Tier"].as_manager()

    class Meta:
        verbose_name = "裁量档次"
        constraints = [
            models.UniqueConstraint(fields=["cause_code", "tier", "valid_from"], name="tier_version")
        ]

    def __str__(self) -> str:
        return f"{self.cause_code} {self.label}"


class Band(LawRow):
    """A further range that the norm sets for a cause under a condition (情节严重, 造成损坏), beside its general one."""

    cause_code = models.CharField("案由", max_length=10)
    band = models.CharField("代码", max_length=20)
    label = models.CharField("条件", max_length=60)
    label_en = models.CharField("英文条件", max_length=100)
    party_kind = models.CharField("当事人", max_length=20, default="*")
    floor = models.DecimalField("下限", max_digits=12, decimal_places=2, null=True)
    ceiling = models.DecimalField("上限", max_digits=12, decimal_places=2, null=True)
    unit = models.CharField("计量", max_length=30, default="yuan")
    article = models.CharField("条款", max_length=100)
    note = models.CharField("备注", max_length=200, default="")

    objects = LawQuerySet["Band"].as_manager()

    class Meta:
        verbose_name = "特别幅度"
        constraints = [
            models.UniqueConstraint(fields=["cause_code", "band", "valid_from"], name="band_version")
        ]

    def __str__(self) -> str:
        return f"{self.cause_code} {self.label}"


class Factor(LawRow):
    """A circumstance that moves the penalty (裁量因素), with the article that says so.

    `direction`: none (no penalty), lighter, heavier, or either. `force`: must, may, or weigh (only weighed).
    `ground`: its code among the grounds below the floor. `only_named`: asked for causes that name it, else for all.
    `low` and `high`: the words for the two ways of one that goes either way (较小, 较大).
    """

    code = models.CharField("代码", max_length=30)
    label = models.CharField("情节", max_length=80)
    label_en = models.CharField("英文", max_length=120)
    direction = models.CharField("方向", max_length=10)
    force = models.CharField("效力", max_length=10)
    ground = models.CharField("减轻依据", max_length=10, default="")
    article = models.CharField("条款", max_length=100)
    party_kind = models.CharField("当事人", max_length=20, default="*")
    only_named = models.BooleanField("仅限列明的案由", default=False)
    low = models.CharField("轻的一面", max_length=20, default="")
    high = models.CharField("重的一面", max_length=20, default="")
    low_en = models.CharField("轻的一面（英文）", max_length=40, default="")
    high_en = models.CharField("重的一面（英文）", max_length=40, default="")
    note = models.CharField("备注", max_length=200, default="")

    objects = LawQuerySet["Factor"].as_manager()

    class Meta:
        verbose_name = "裁量因素"
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="factor_version")]

    def __str__(self) -> str:
        return self.label
