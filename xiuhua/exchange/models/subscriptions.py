"""Subscriptions: which agency is told what, for which purpose, on which legal basis, from when to when."""

from __future__ import annotations

from typing import Self

from django.db import models

from xiuhua.exchange import rules
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import LegalModel, LegalQuerySet


class SubscriptionQuerySet(LegalQuerySet["Subscription"]):
    def visible(self, user: Actor) -> Self:
        """Whoever decides about sharing or audits it; a subscription belongs to the bureau and to no unit."""
        return self if user.can("exchange.see") else self.none()

    def running(self) -> Self:
        """Those for which events are made."""
        return self.filter(state=rules.Standing.ACTIVE)


class Subscription(LegalModel):
    """One agency, one address, one purpose. `kinds` types, `units` and `areas` codes; empty: all of them.

    `secret` and `old_secret` are sealed with the site's own key; in the clear they are shown once, when they are made.
    `active_since`: what happened before is not told. `interval` in seconds between positions of one device, `rate`
    deliveries a minute that the receiver is asked to let us make.
    """

    agency = models.CharField("接收机关", max_length=rules.LONGEST["agency"])
    contact = models.CharField("联系人", max_length=rules.LONGEST["contact"])
    url = models.CharField("接收地址", max_length=300)
    scheme = models.CharField(
        "签名方式", max_length=4, choices=[(s.value, rules.SCHEME_LABELS[s]) for s in rules.Scheme]
    )
    purpose = models.CharField("共享目的", max_length=rules.LONGEST["purpose"])
    basis = models.CharField("法律依据", max_length=rules.LONGEST["basis"])
    kinds = models.JSONField("事件种类")
    units = models.JSONField("限于单位", default=list)
    areas = models.JSONField("限于区域", default=list)
    interval = models.PositiveIntegerField("位置间隔（秒）")
    rate = models.PositiveIntegerField("每分钟条数")
    valid_from = models.DateField("起始日")
    valid_to = models.DateField("截止日")
    state = models.CharField(
        "状态", max_length=6, choices=[(s.value, rules.STANDING_LABELS[s]) for s in rules.Standing]
    )
    active_since = models.DateTimeField("生效时间")
    secret = models.CharField("密钥", max_length=300)
    old_secret = models.CharField("原密钥", max_length=300, default="")
    old_until = models.DateTimeField("原密钥用到", null=True)
    public_key = models.CharField("公钥", max_length=80, default="")
    made_at = models.DateTimeField("订立时间")
    made_by = models.CharField("订立人", max_length=60)
    ended_at = models.DateTimeField("终止时间", null=True)
    reason = models.CharField("原因", max_length=200, default="")

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = "共享订阅"
        constraints = [
            models.CheckConstraint(
                name="subscription_ended_and_when",
                condition=models.Q(state="ended", ended_at__isnull=False)
                | (~models.Q(state="ended") & models.Q(ended_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="subscription_has_grounds", condition=~models.Q(purpose="") & ~models.Q(basis="")
            ),
        ]

    def __str__(self) -> str:
        return self.agency
