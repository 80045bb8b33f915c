"""Draws, the recordings that were drawn, and what was found on them."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models

from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import LegalModel, LegalQuerySet
from xiuhua.org import queries as org
from xiuhua.oversight import rules
from xiuhua.oversight.models.sent import Sent
from xiuhua.oversight.models.settings import Item

T = TypeVar("T", bound=models.Model)


def of_units(user: Actor, path: str) -> models.Q | None:
    """The condition on the unit of a row; None where every row is seen."""
    scope = user.scope("oversight.see")
    if scope.everything:
        return None
    return models.Q(**{f"{path}__in": scope.units}) | models.Q(
        **{f"{path}__in": org.acting_for(scope.authorities)}
    )


class DrawQuerySet(LegalQuerySet["Draw"]):
    def visible(self, user: Actor) -> Self:
        """Draws are known to those who oversee the whole bureau; units see what was drawn of theirs."""
        return self if user.scope("oversight.see").everything else self.none()


class Draw(LegalModel):
    """One draw for one month: its seed, and of each unit how many there were, under which digest, how many wanted."""

    month = models.DateField("月份")
    seed = models.CharField("随机种子", max_length=64)
    strata = models.JSONField("分层", default=list)
    drawn_at = models.DateTimeField("抽取时间")
    drawn_by = models.BigIntegerField("抽取人")
    drawn_name = models.CharField("抽取人姓名", max_length=60)
    not_units = models.JSONField("回避单位", default=list)
    not_officer = models.BigIntegerField("回避人员", null=True)

    objects = DrawQuerySet.as_manager()

    class Meta:
        verbose_name = "视频抽取"

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.seed[:8]}"


class SampleQuerySet(LegalQuerySet["Sample"]):
    def visible(self, user: Actor) -> Self:
        """Samples of the units over which the user oversees or answers."""
        seen = of_units(user, "unit")
        return self if seen is None else self.filter(seen)


class Sample(Sent):
    """A recording that was drawn, what came of it, and what the unit did."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="samples")
    recording = models.OneToOneField("evidence.Recording", models.PROTECT, related_name="+")
    month = models.DateField("月份")
    place = models.PositiveIntegerField("次序")
    look_by = models.DateField("应查看")
    watched_at = models.DateTimeField("播放时间", null=True)
    looked_at = models.DateTimeField("查看时间", null=True)
    reviewer = models.BigIntegerField("查看人", null=True)
    reviewer_name = models.CharField("查看人姓名", max_length=60, default="")
    note = models.CharField("总体评价", max_length=300, default="")
    faults = models.PositiveSmallIntegerField("问题数", default=0)

    objects = SampleQuerySet.as_manager()

    class Meta:
        verbose_name = "抽查视频"
        indexes = [
            models.Index(fields=["unit", "month"], name="sample_unit_month"),
            models.Index(fields=["state", "due_on"], name="sample_state_due"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.pk}"

    @property
    def reply_within(self) -> str:
        return "reply_workdays"

    @property
    def judged_by(self) -> int | None:
        return self.reviewer

    def worked_on_by(self, user: Actor) -> bool:
        return user.officer_id is not None and user.officer_id == self.recording.officer_id


class FindingQuerySet(LegalQuerySet["Finding"]):
    def visible(self, user: Actor) -> Self:
        """As the sample."""
        seen = of_units(user, "sample__unit")
        return self if seen is None else self.filter(seen)


class Finding(LegalModel):
    """What was said of one item of the sheet. `struck`: an appeal took it back."""

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="findings")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    verdict = models.CharField(
        "结论", max_length=10, choices=[(v.value, rules.VERDICT_LABELS[v]) for v in rules.Verdict]
    )
    note = models.CharField("说明", max_length=200, default="")
    second = models.PositiveIntegerField("秒", null=True)
    struck = models.BooleanField("撤销", default=False)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = "抽查结论"
        constraints = [models.UniqueConstraint(fields=["sample", "item"], name="found_once")]

    def __str__(self) -> str:
        return f"{self.sample_id} {self.item_id} {self.verdict}"
