"""Exhibits and the units that may see them."""

from __future__ import annotations

from typing import Any, Self

from django.db import models

from xiuhua.evidence import rules
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import LegalModel, LegalQuerySet, OutsideAction, StoredFile


class ExhibitQuerySet(LegalQuerySet["Exhibit"]):
    def visible(self, user: Actor) -> Self:
        """Exhibits added by the user's units, or shared with them or with the authority in whose name they decide."""
        scope = user.scope("evidence.see")
        if scope.everything:
            return self
        units = scope.units | scope.authorities
        if not units:
            return self.none()
        shared = Shared.objects.filter(exhibit=models.OuterRef("pk"), unit__in=units)
        return self.filter(models.Q(unit__in=units) | models.Exists(shared))

    def update(self, **kwargs: Any) -> int:
        raise OutsideAction("an exhibit is written once")


class Exhibit(LegalModel):
    """One piece of evidence, written once. `captured_at` is the device's own clock, as it stood."""

    kind = models.CharField(
        "证据种类",
        max_length=24,
        choices=[(k.value, rules.EVIDENCE_KIND_LABELS[k]) for k in rules.EvidenceKind],
    )
    name = models.CharField("证据名称", max_length=120)
    note = models.CharField("证据说明", max_length=300, default="")
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="exhibits", verbose_name="文件"
    )
    captured_at = models.DateTimeField("拍摄时间", null=True)
    place = models.CharField("拍摄地点", max_length=200, default="")
    device_id = models.CharField("拍摄设备编号", max_length=60, default="")
    collected_on = models.DateField("收集日期")
    collected_by = models.ManyToManyField("org.Officer", related_name="+", verbose_name="收集人")
    source = models.CharField(
        "证据来源", max_length=14, choices=[(s.value, rules.SOURCE_LABELS[s]) for s in rules.Source]
    )
    carrier = models.CharField("原始载体存放处", max_length=120, default="")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name="加入单位")
    added_at = models.DateTimeField("加入时间")
    shared_with = models.ManyToManyField(
        "org.Unit", through="Shared", related_name="+", verbose_name="可见单位"
    )

    objects = ExhibitQuerySet.as_manager()

    class Meta:
        verbose_name = "证据"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Written once. Raises OutsideAction for a row that is there already."""
        if not self._state.adding:
            raise OutsideAction("an exhibit is written once")
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.name


class Shared(LegalModel):
    """A unit that may see an exhibit beside the one that added it, since a moment."""

    exhibit = models.ForeignKey(Exhibit, models.PROTECT, related_name="shares")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    since = models.DateTimeField("自")

    objects = LegalQuerySet["Shared"].as_manager()

    class Meta:
        verbose_name = "证据共享"
        constraints = [models.UniqueConstraint(fields=["exhibit", "unit"], name="shared_once")]

    def __str__(self) -> str:
        return f"{self.exhibit_id} {self.unit_id}"
