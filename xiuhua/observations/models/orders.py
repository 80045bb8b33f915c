"""Orders to terminals, from the wish to the answer."""

from __future__ import annotations

from django.db import models

from xiuhua.kernel.models import LegalModel
from xiuhua.observations import rules
from xiuhua.observations.models.devices import Device, OfDeviceQuerySet


class DeviceOrder(LegalModel):
    """What a terminal is told to do, by whom and why; how it answered.

    `purpose` and `basis` are empty for kinds that look at nobody. `serial` is the number of the message that carried
    it, `result` the code of the answer. `facts` never hold a place: who sees the order need not follow the device.
    """

    Kind = rules.OrderKind
    State = rules.OrderState

    device = models.ForeignKey(Device, models.PROTECT, related_name="orders")
    kind = models.CharField(
        "指令", max_length=12, choices=[(k.value, rules.ORDER_LABELS[k]) for k in rules.OrderKind]
    )
    parameters = models.JSONField("内容", default=dict)
    why = models.CharField("事由", max_length=200, default="")
    purpose = models.CharField("目的", max_length=20, default="")
    basis = models.CharField("依据", max_length=40, default="")
    by_user = models.BigIntegerField("下达人账号", null=True)
    by_name = models.CharField("下达人", max_length=60)
    unit_code = models.CharField("下达人单位", max_length=20)
    at = models.DateTimeField("下达时间")
    ends_at = models.DateTimeField("有效至")
    state = models.CharField(
        "状态",
        max_length=10,
        choices=[(s.value, rules.ORDER_STATE_LABELS[s]) for s in rules.OrderState],
        default=rules.OrderState.QUEUED.value,
    )
    sent_at = models.DateTimeField("发送时间", null=True)
    serial = models.PositiveIntegerField("流水号", null=True)
    result = models.PositiveSmallIntegerField("应答结果", null=True)
    answered_at = models.DateTimeField("应答时间", null=True)
    note = models.CharField("说明", max_length=200, default="")
    facts = models.JSONField("应答内容", default=dict)

    objects = OfDeviceQuerySet["DeviceOrder"].as_manager()

    class Meta:
        verbose_name = "终端指令"
        indexes = [
            models.Index(fields=["state", "ends_at"], name="device_order_state"),
            models.Index(fields=["device", "at"], name="device_order_device"),
        ]

    def __str__(self) -> str:
        return f"{self.device} {self.get_kind_display()}"
