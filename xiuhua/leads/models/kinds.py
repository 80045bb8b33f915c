"""What leads can be about, the clocks that run on them, the questions they ask: data that the desk publishes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self, TypeVar

from django.db import models

from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import LegalModel, LegalQuerySet

T = TypeVar("T", bound=models.Model)


class PublishedQuerySet(LegalQuerySet[T]):
    def visible(self, user: Actor) -> Self:
        """What the desk asks and how long it takes is known to everybody who is signed in."""
        return self if user.user_id is not None or user.is_system else self.none()


class LeadKind(LegalModel):
    """What a lead can be about. `causes` and `clocks` are codes parted by `;`, the likeliest cause first."""

    code = models.CharField("代码", max_length=30, unique=True)
    name = models.CharField("名称", max_length=40)
    name_en = models.CharField("英文名", max_length=80)
    causes = models.CharField("案由", max_length=120, default="")
    near_metres = models.PositiveIntegerField("相近距离（米）")
    near_days = models.PositiveIntegerField("相近天数")
    verify_hours = models.PositiveIntegerField("核实时限（小时）")
    clocks = models.CharField("期限", max_length=200, default="")
    source = models.CharField("来源", max_length=200)
    certainty = models.CharField("确定程度", max_length=12)

    objects = PublishedQuerySet["LeadKind"].as_manager()

    class Meta:
        verbose_name = "线索类别"

    def __str__(self) -> str:
        return self.name

    @property
    def cause(self) -> str:
        """The likeliest cause of action; empty where the kind says nothing."""
        return self.causes.partition(";")[0]


class LeadClock(LegalModel):
    """A period that runs on leads, in the text of a time (see `rules.clocks.Period`)."""

    code = models.CharField("代码", max_length=40)
    label = models.CharField("名称", max_length=40)
    label_en = models.CharField("英文名", max_length=80)
    starts = models.CharField("起算", max_length=12)
    ends = models.CharField("终止", max_length=12)
    length = models.PositiveSmallIntegerField("长度", null=True)
    unit = models.CharField("单位", max_length=14)
    every = models.BooleanField("各类线索")
    for_reporter = models.BooleanField("仅有举报人时")
    valid_from = models.DateField("施行", null=True)
    valid_to = models.DateField("失效", null=True)
    article = models.CharField("条款", max_length=60, default="")
    consequence = models.CharField("逾期后果", max_length=100, default="")
    source = models.CharField("来源", max_length=200)
    certainty = models.CharField("确定程度", max_length=12)

    objects = PublishedQuerySet["LeadClock"].as_manager()

    class Meta:
        verbose_name = "线索期限"
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="lead_clock_version")]

    def __str__(self) -> str:
        return self.label


class LeadAttribute(LegalModel):
    """A question that a kind of lead asks. `values`: `key:中文:English` parted by `;` for lists."""

    kind = models.ForeignKey(LeadKind, models.PROTECT, related_name="attributes")
    code = models.CharField("代码", max_length=30)
    position = models.PositiveSmallIntegerField("次序")
    datatype = models.CharField("类型", max_length=16)
    required = models.BooleanField("必答")
    description = models.CharField("问题", max_length=100)
    description_en = models.CharField("英文", max_length=100)
    values = models.CharField("选项", max_length=400, default="")
    source = models.CharField("来源", max_length=200)
    certainty = models.CharField("确定程度", max_length=12)

    objects = PublishedQuerySet["LeadAttribute"].as_manager()

    class Meta:
        verbose_name = "线索问题"
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="lead_attribute_once")]

    def __str__(self) -> str:
        return self.description

    def choices(self, english: bool = False) -> Mapping[str, str]:
        """Key → label of the answers."""
        parts = (value.split(":") for value in self.values.split(";") if value)
        return {part[0]: part[2 if english else 1] for part in parts}
