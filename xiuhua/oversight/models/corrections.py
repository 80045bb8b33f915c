"""Decisions that fell, and what the unit that made them does about it."""

from __future__ import annotations

from typing import Self

from django.db import models

from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import LegalQuerySet
from xiuhua.oversight.models.reviews import of_units
from xiuhua.oversight.models.sent import Sent


class CorrectionQuerySet(LegalQuerySet["Correction"]):
    def visible(self, user: Actor) -> Self:
        """Those of the units over which the user oversees or answers."""
        seen = of_units(user, "unit")
        return self if seen is None else self.filter(seen)


class Correction(Sent):
    """A suggestion to correct an enforcement fault (纠正执法过错建议书) after a lost reconsideration or suit.

    `outcome`, `ground` and `found` are those of the remedy as it was sent: what is said there later changes nothing
    here. The reply of the unit says in `reply` what is mended, in `why` how it came about, in `answerable` who answers
    for it.
    """

    number = models.CharField("编号", max_length=40, unique=True)
    remedy = models.OneToOneField(
        "cases.Remedy", models.PROTECT, related_name="+", verbose_name="复议或者诉讼"
    )
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+", verbose_name="案件")
    outcome = models.CharField("结果", max_length=30)
    ended_on = models.DateField("结果日期")
    ground = models.CharField("理由", max_length=20, default="")
    found = models.TextField("认定的问题", default="")
    opened_at = models.DateTimeField("发出时间")
    why = models.CharField("原因分析", max_length=500, default="")
    answerable = models.CharField("责任认定", max_length=200, default="")
    closed_name = models.CharField("销号人", max_length=60, default="")

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = "纠正执法过错建议书"
        indexes = [
            models.Index(fields=["unit", "-sent_on"], name="correction_unit_sent"),
            models.Index(fields=["state", "due_on"], name="correction_state_due"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def reply_within(self) -> str:
        return "correction_workdays"

    @property
    def judged_by(self) -> int | None:
        return None

    def worked_on_by(self, user: Actor) -> bool:
        if user.officer_id is not None and user.officer_id == self.case.officer_id:
            return True
        return user.user_id is not None and self.case.steps.filter(by_user=user.user_id).exists()
