"""What was sent to a unit to answer for, whatever it was: a recording with faults, a decision that fell."""

from __future__ import annotations

from django.db import models

from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import LegalModel
from xiuhua.oversight import rules


class Sent(LegalModel):
    """The way from a fault to its mending: the unit replies or appeals within its days, somebody else ends it."""

    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", db_index=False, verbose_name="单位"
    )
    state = models.CharField(
        "状态", max_length=10, choices=[(s.value, rules.STATE_LABELS[s]) for s in rules.State]
    )
    sent_on = models.DateField("发出日期", null=True)
    due_on = models.DateField("应回复", null=True)
    appeal_by = models.DateField("申诉截止", null=True)
    replied_at = models.DateTimeField("回复时间", null=True)
    reply = models.CharField("整改情况", max_length=500, default="")
    appealed_at = models.DateTimeField("申诉时间", null=True)
    appeal = models.CharField("申诉理由", max_length=500, default="")
    decided_at = models.DateTimeField("申诉决定时间", null=True)
    decision = models.CharField("申诉决定理由", max_length=500, default="")
    decided_name = models.CharField("申诉决定人", max_length=60, default="")
    closed_at = models.DateTimeField("销号时间", null=True)

    class Meta:
        abstract = True

    @property
    def reply_within(self) -> str:
        """The code of the period within which the unit replies (see `Limit`)."""
        raise NotImplementedError

    @property
    def judged_by(self) -> int | None:
        """The account of who found the fault; None where nobody did."""
        raise NotImplementedError

    def worked_on_by(self, user: Actor) -> bool:
        """Whether it is about the work of this person."""
        raise NotImplementedError
