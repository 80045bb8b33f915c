"""Orders from the desk to somebody on the street."""

from __future__ import annotations

from typing import Self

from django.db import models

from xiuhua.command import rules
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import LegalModel, LegalQuerySet
from xiuhua.org import queries as org


class OrderQuerySet(LegalQuerySet["Order"]):
    def visible(self, user: Actor) -> Self:
        """As the tasks of a unit: its people, the authority in whose name it acts, bureau-wide posts."""
        scope = user.scope("duty.see")
        if scope.everything:
            return self
        found = models.Q()
        if scope.units:
            found |= models.Q(unit__in=scope.units)
        if scope.authorities:
            found |= models.Q(unit__in=org.acting_for(scope.authorities))
        return self.filter(found) if found else self.none()


class Order(LegalModel):
    """Go there (调度令). `level`: 0 with the officer, 1 the head of the unit was told, 2 the desk.

    `grounds` is why this officer, as the rule said it when the order was given; `metres` how far away.
    """

    State = rules.OrderState

    lead = models.ForeignKey("leads.Lead", models.PROTECT, null=True, related_name="+", verbose_name="线索")
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name="单位", db_index=False
    )
    officer = models.ForeignKey("org.Officer", models.PROTECT, related_name="+", verbose_name="承办人")
    what = models.CharField("要求", max_length=200)
    place = models.CharField("地点", max_length=200, default="")
    lon = models.FloatField("经度")
    lat = models.FloatField("纬度")
    metres = models.PositiveIntegerField("距离（米）")
    grounds = models.JSONField("派单理由", default=list)
    state = models.CharField(
        "状态", max_length=14, choices=[(s.value, rules.ORDER_LABELS[s]) for s in rules.OrderState]
    )
    level = models.PositiveSmallIntegerField("上报级别", default=0)
    sent_at = models.DateTimeField("下达")
    sent_by = models.CharField("下达人", max_length=60)
    due_at = models.DateTimeField("应签收")
    acknowledged_at = models.DateTimeField("签收", null=True)
    closed_at = models.DateTimeField("办结", null=True)
    result = models.CharField("结果", max_length=300, default="")

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = "调度令"
        indexes = [models.Index(fields=["unit", "state"], name="order_unit_state")]
        constraints = [
            models.CheckConstraint(
                name="order_closed_with_result",
                condition=models.Q(state__in=("sent", "acknowledged"), closed_at__isnull=True)
                | (models.Q(state__in=("done", "withdrawn"), closed_at__isnull=False) & ~models.Q(result="")),
            )
        ]

    def __str__(self) -> str:
        return self.what
