"""Events as they were written, where each went, and the line to a receiver.

Rows of work, not of legal effect: they hold positions and are deleted when `keep_days` are over. What was shared with
whom stays in the record. They are reached through a subscription that one may see.
"""

from __future__ import annotations

from django.db import models

from xiuhua.exchange import rules
from xiuhua.exchange.models.subscriptions import Subscription


class Event(models.Model):
    """One CloudEvent. `body` is the exact text that is signed and sent; `key` names what happened, once."""

    event_id = models.CharField("事件编号", max_length=36, unique=True)
    key = models.CharField("所指", max_length=80, unique=True)
    type = models.CharField("类型", max_length=60)
    subject = models.CharField("对象", max_length=80)
    at = models.DateTimeField("发生时间")
    made_at = models.DateTimeField("生成时间", db_index=True)
    body = models.TextField("内容")

    class Meta:
        verbose_name = "共享事件"

    def __str__(self) -> str:
        return f"{self.type} {self.subject}"


class Delivery(models.Model):
    """An event on its way to one agency. `next_at` is when it is tried next, or until when somebody is trying it;
    `queued_at` from when its tries count.
    """

    subscription = models.ForeignKey(Subscription, models.PROTECT, related_name="deliveries", db_index=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="deliveries", db_index=False)
    state = models.CharField(
        "状态", max_length=10, choices=[(s.value, rules.STATE_LABELS[s]) for s in rules.State]
    )
    queued_at = models.DateTimeField("排队时间")
    tries = models.PositiveSmallIntegerField("推送次数", default=0)
    next_at = models.DateTimeField("下次尝试")
    last_at = models.DateTimeField("最近尝试", null=True)
    last_status = models.PositiveSmallIntegerField("最近答复", null=True)
    last_answer = models.CharField("最近答复内容", max_length=200, default="")
    delivered_at = models.DateTimeField("推送时间", null=True)

    class Meta:
        verbose_name = "推送"
        indexes = [
            models.Index(fields=["subscription", "state", "next_at"], name="delivery_waiting"),
            models.Index(fields=["event"], name="delivery_event"),
        ]
        constraints = [models.UniqueConstraint(fields=["subscription", "event"], name="delivery_once")]

    def __str__(self) -> str:
        return f"{self.event} {self.get_state_display()}"


class Line(models.Model):
    """How things stand with a receiver: what it lets us send until when, and what went wrong last.

    `looked_at`: up to when was looked for what happened. `failures` in a row; `held_until`: nothing is tried before.
    `minute` and `sent` count against `per_minute`, which is empty where there is no bound.
    """

    subscription = models.OneToOneField(Subscription, models.PROTECT, related_name="line", primary_key=True)
    looked_at = models.DateTimeField("查看到")
    allowed_until = models.DateTimeField("许可至", null=True)
    per_minute = models.PositiveIntegerField("每分钟许可", null=True)
    fault = models.CharField("故障", max_length=200, default="")
    failures = models.PositiveSmallIntegerField("连续失败", default=0)
    held_until = models.DateTimeField("暂缓至", null=True)
    minute = models.DateTimeField("计数起点", null=True)
    sent = models.PositiveIntegerField("本分钟已发", default=0)

    class Meta:
        verbose_name = "接收线路"

    def __str__(self) -> str:
        return f"{self.subscription_id} {self.fault}"
