"""How long recordings are kept, what holds them, and how they end."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models

from xiuhua.evidence.models.docking import Recording
from xiuhua.evidence.models.seen import of_units
from xiuhua.evidence.rules import keeping as rules
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import LegalModel, LegalQuerySet


class Category(LegalModel):
    """Retention of one category of recordings, from the reference data; no days: as long as there is an archive."""

    code = models.CharField("代码", max_length=20, unique=True)
    name = models.CharField("名称", max_length=40)
    name_en = models.CharField("英文名", max_length=60)
    keep_days = models.PositiveIntegerField("保存天数", null=True)
    source = models.CharField("来源", max_length=200)
    certainty = models.CharField("确定程度", max_length=12)

    objects = LegalQuerySet["Category"].as_manager()

    class Meta:
        verbose_name = "保存期限"

    def __str__(self) -> str:
        return self.name


class HoldQuerySet(LegalQuerySet["Hold"]):
    def visible(self, user: Actor) -> Self:
        """As the recording."""
        seen = of_units(user, "recording__unit")
        return self if seen is None else self.filter(seen)

    def lasting(self, on: date) -> Self:
        """Those that hold on this day, as `rules.keeping.lasts` says."""
        return self.filter(models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=on), until__isnull=True)


class Hold(LegalModel):
    """While it lasts, a recording is not destroyed: it serves a case, a complaint or a suit, named by `subject`.

    One by hand says on which ground, and ends after `ends_on` by itself.
    """

    recording = models.ForeignKey(Recording, models.PROTECT, related_name="holds")
    kind = models.CharField(
        "保全事由",
        max_length=16,
        choices=[(k.value, rules.HOLD_LABELS[k]) for k in rules.HoldKind],
        default=rules.HoldKind.CASE.value,
    )
    subject = models.CharField("对象", max_length=80)
    ground = models.CharField("依据", max_length=200, default="")
    ends_on = models.DateField("保全至", null=True)
    label = models.CharField("对象名称", max_length=120)
    since = models.DateTimeField("自")
    until = models.DateTimeField("解除时间", null=True)
    until_reason = models.CharField("解除原因", max_length=200, default="")
    # Who asked that it be lifted before its matter is over, and why; somebody else confirms it.
    lift_asked_by = models.PositiveBigIntegerField("提请解除人", null=True)
    lift_asked_name = models.CharField("提请解除人姓名", max_length=60, default="")
    lift_asked_at = models.DateTimeField("提请解除时间", null=True)
    lift_reason = models.CharField("提请解除原因", max_length=200, default="")

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = "保全"
        constraints = [
            models.UniqueConstraint(
                fields=["recording", "subject"], condition=models.Q(until__isnull=True), name="held_once"
            )
        ]

    def __str__(self) -> str:
        return self.label


class DestructionQuerySet(LegalQuerySet["Destruction"]):
    def visible(self, user: Actor) -> Self:
        """Lists of the units whose evidence the user sees."""
        seen = of_units(user)
        return self if seen is None else self.filter(seen)


class Destruction(LegalModel):
    """A list of recordings past their retention: one proposes it, another reviews it, a third lets the files go."""

    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name="单位")
    recordings = models.ManyToManyField(Recording, related_name="destructions")
    reason = models.CharField("理由", max_length=200)
    proposed_at = models.DateTimeField("提出时间")
    proposed_by = models.BigIntegerField("提出人")
    proposed_name = models.CharField("提出人姓名", max_length=60)
    reviewed_at = models.DateTimeField("审核时间", null=True)
    reviewed_by = models.BigIntegerField("审核人", null=True)
    reviewed_name = models.CharField("审核人姓名", max_length=60, default="")
    done_at = models.DateTimeField("销毁时间", null=True)
    done_by = models.BigIntegerField("销毁人", null=True)
    done_name = models.CharField("销毁人姓名", max_length=60, default="")
    report = models.JSONField("销毁报告", null=True)

    objects = DestructionQuerySet.as_manager()

    class Meta:
        verbose_name = "销毁清单"

    def __str__(self) -> str:
        return f"销毁清单{self.pk}"
